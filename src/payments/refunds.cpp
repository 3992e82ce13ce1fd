#include "payments/refunds.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "base/random.h"
#include "fulfillment/returns.h"
#include "orders/lifecycle.h"
#include "orders/rates.h"
#include "orders/shipping.h"
#include "payments/after_restore.h"
#include "payments/amounts.h"
#include "payments/charging.h"
#include "payments/reference.h"
#include "storage/actor_text.h"
#include "storage/numbering.h"
#include "storage/settings.h"

namespace orderd::payments {

namespace {

constexpr auto kEraseReasons = R"sql(
    UPDATE refund SET reason = ''
     WHERE payment_id IN (SELECT p.id FROM payment p JOIN orders o ON o.id = p.order_id WHERE o.customer_id = ?1)
)sql";

// One guarded statement, so two refunds cannot race.
constexpr auto kTakeForRefund = R"sql(
    UPDATE payment SET refunded = refunded + ?2, to_be_sent = to_be_sent + ?3 WHERE id = ?1 AND captured - refunded >= ?2
)sql";
constexpr auto kInsertRefund =
    "INSERT INTO refund (id, payment_id, amount, reason, status, idempotency_key, actor, at, units) "
    "VALUES (" ORDERD_NEXT_ID("refund") R"sql(, ?1, ?2, ?3, ?7, ?4, ?5, ?6, ?8)
)sql";
constexpr auto kDecideRefund = R"sql(
    UPDATE refund SET status = ?2, gateway_reference = ?3, failure_code = ?4 WHERE id = ?1 AND status = 'pending'
)sql";
constexpr auto kSent = "UPDATE refund SET status = 'succeeded', sent_at = ?2 WHERE id = ?1 AND status = 'to_be_sent'";
constexpr auto kNotSent = R"sql(
    UPDATE refund SET status = 'failed', failure_code = 'not_sent' WHERE id = ?1 AND status = 'to_be_sent'
)sql";
constexpr auto kWaitingRefunds = R"sql(
    SELECT id FROM refund WHERE status = 'pending' AND gateway_reference IS NULL AND at <= ?1 ORDER BY at LIMIT 100
)sql";
constexpr auto kGatewayOfRefund = R"sql(
    SELECT gateway FROM payment WHERE id = (SELECT payment_id FROM refund WHERE id = ?1)
)sql";
constexpr auto kNameRefund = "UPDATE refund SET gateway_reference = ?2 WHERE id = ?1 AND status = 'pending'";
constexpr auto kFailRefund = R"sql(
    UPDATE refund SET status = 'failed', gateway_reference = coalesce(?2, gateway_reference), failure_code = ?3
     WHERE id = ?1 AND status <> 'failed'
)sql";
constexpr auto kSeenRefund = R"sql(
    SELECT id FROM refund WHERE payment_id = ?1 AND (idempotency_key = ?2 OR gateway_reference = ?3)
)sql";
constexpr auto kUndecided = R"sql(
    SELECT 1 FROM refund WHERE payment_id = ?1 AND status = 'pending' AND gateway_reference IS NULL LIMIT 1
)sql";
constexpr auto kDispute = "SELECT id, status FROM dispute WHERE gateway_reference = ?1";
constexpr auto kInsertDispute =
    "INSERT INTO dispute (id, payment_id, gateway_reference, amount, reason, status, respond_by, at, updated_at) "
    "VALUES (" ORDERD_NEXT_ID("dispute") ", ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)";
constexpr auto kSaveDispute = "UPDATE dispute SET status = ?2, respond_by = ?3, updated_at = ?4 WHERE id = ?1";
constexpr auto kOpenDisputes = "SELECT count(*) FROM dispute WHERE payment_id = ?1 AND status = 'open'";

/// @returns whether it was added; false: one of its kind is already under way for this id
bool add_job(storage::Transaction& tx, jobs::Kind kind, std::int64_t id, Json payload, std::string gateway, Time now) {
    return jobs::add(tx,
                     {.kind = kind,
                      .payload = std::move(payload),
                      .run_at = now,
                      .dedupe_key = jobs::key_of(kind, id),
                      .party = std::move(gateway)},
                     now);
}

void add_refund_job(storage::Transaction& tx, RefundId refund, Time now) {
    add_job(tx, kRefundJob, number(refund), {{"refund_id", number(refund)}},
            tx.value<std::string>(kGatewayOfRefund, refund).value_or(""), now);
}

/// The payload of the capture job, if there is one: until it is done, no other request may decide about the
/// same money.
std::optional<Json> capture_under_way(const storage::View& view, const Payment& payment) {
    return jobs::under_way(view, jobs::key_of(kCaptureJob, number(payment.id)));
}

bool is_being_let_go(const storage::View& view, const Payment& payment) {
    return jobs::under_way(view, jobs::key_of(kVoidJob, number(payment.id))).has_value();
}

/// The status of a captured payment, from its refunds and open disputes.
Status status_now(const storage::View& view, const Payment& payment) {
    if (view.value<std::int64_t>(kOpenDisputes, payment.id).value_or(0) > 0) {
        return Status::disputed;
    }
    const auto back = payment.moved_back();
    if (back.minor == 0) {
        return Status::succeeded;
    }
    return back == payment.captured ? Status::refunded : Status::partially_refunded;
}

void mark_received(storage::Transaction& tx, Payment& payment, std::optional<Money> amount, std::string_view reference,
                   const Actor& actor, Time now) {
    const auto order = orders::get(tx, payment.order);
    if (payment.status != Status::processing || order.status == orders::Status::cancelled ||
        order.status == orders::Status::expired) {
        throw Refusal(kNotCapturable, fmt::format("the payment is {} and its order {}; there is no money to wait for",
                                                  to_text(payment.status), orders::to_text(order.status)))
            .with("payment_status", to_text(payment.status));
    }
    if (amount && *amount != payment.amount) {
        throw invalid("/amount", fmt::format("is {}; what is owed is {}, and is received whole", amount->minor,
                                             payment.amount.minor));
    }
    if (!reference.empty()) {
        set_reference(tx, payment.id, reference);
    }
    payment.captured = payment.amount;
    payment.captured_at = now;
    save(tx, payment, Status::succeeded, now);
    record(tx, "payment.succeeded", payment, {{"amount", payment.captured.minor}}, actor, now);
    if (order.status == orders::Status::pending) {
        orders::step(tx, order, orders::Status::paid, actor, now);
    }
}

}  // namespace

bool capture(storage::Transaction& tx, Payment& payment, std::optional<Money> amount, std::string_view reference,
             const Actor& actor, Time now) {
    if (payment.is_manual()) {
        mark_received(tx, payment, amount, reference, actor, now);
        return true;
    }
    if (payment.status != Status::authorized) {
        throw Refusal(kNotCapturable,
                      fmt::format("the payment is {}; only an authorized one is captured", to_text(payment.status)))
            .with("payment_status", to_text(payment.status));
    }
    const auto wanted = amount.value_or(payment.amount);
    if (wanted.minor < 1 || wanted > payment.amount) {
        throw invalid("/amount",
                      fmt::format("is {}; it is 1 to the {} that are authorized", wanted.minor, payment.amount.minor));
    }
    require_on_step(payment.gateway, settings::currency(tx), wanted, "/amount");
    if (is_being_let_go(tx, payment)) {
        throw Refusal(kNotCapturable, "the payment is being voided; it can no longer be captured")
            .with("payment_status", to_text(payment.status));
    }
    if (const auto first = capture_under_way(tx, payment)) {
        const auto amount_of_first = first->at("amount").get<std::int64_t>();
        if (amount_of_first == wanted.minor) {
            return false;
        }
        throw Refusal(kCaptureUnderWay,
                      fmt::format("{} are being captured; the rest is released then", amount_of_first))
            .with("amount", amount_of_first);
    }
    add_job(tx, kCaptureJob, number(payment.id),
            {{"payment_id", number(payment.id)}, {"amount", wanted.minor}, {"actor", to_text(actor)}}, payment.gateway,
            now);
    record(tx, "payment.capturing", payment, {{"amount", wanted.minor}}, actor, now);
    return true;
}

bool void_payment(storage::Transaction& tx, Payment& payment, const Actor& actor, Time now) {
    const bool waits_for_customer = payment.status == Status::requires_action;
    if (payment.is_manual() && payment.status == Status::processing) {
        save(tx, payment, Status::voided, now);
        record(tx, "payment.voided", payment, Json::object(), actor, now);
        const auto order = orders::get(tx, payment.order);
        if (order.status == orders::Status::pending) {  // its stock is held as for any unpaid order
            orders::hold_until(tx, order, now + orders::read_rates(tx).reservation, now);
        }
        return true;
    }
    if (payment.is_manual() || !(waits_for_customer || payment.status == Status::authorized)) {
        throw Refusal(kNotVoidable, fmt::format("the payment is {}; {}", to_text(payment.status),
                                                payment.is_captured() ? "what was captured is refunded"
                                                                      : "there is nothing to let go"))
            .with("payment_status", to_text(payment.status));
    }
    if (capture_under_way(tx, payment)) {
        throw Refusal(kNotVoidable, "the payment is being captured; what was captured is refunded")
            .with("payment_status", to_text(payment.status));
    }
    if (!add_job(tx, kVoidJob, number(payment.id), {{"payment_id", number(payment.id)}, {"actor", to_text(actor)}},
                 payment.gateway, now)) {
        return false;
    }
    record(tx, "payment.voiding", payment, Json::object(), actor, now);
    return true;
}

namespace {

/// Restocks the units that a refund is for.
void take_units_back(storage::Transaction& tx, const Payment& payment, const RefundWanted& wanted, Money amount,
                     const Actor& actor, Time now) {
    if (wanted.restock.empty()) {
        return;
    }
    const auto order = orders::get(tx, payment.order);
    fulfillment::receive(tx, order,
                         {.order = order.id,
                          .items = orders::one_line_each(order, wanted.restock, "/restock"),
                          .reason = wanted.reason,
                          .restocked = true,
                          .refund = amount,
                          .at = now},
                         "refunded", actor, now);
}

/// What a refund pays back, as its row has it.
std::string units_text(const RefundWanted& wanted) {
    auto list = Json::array();
    for (const auto* units : {&wanted.restock, &wanted.units}) {
        for (const auto& unit : *units) {
            list.push_back(Json::array({number(unit.item), unit.quantity}));
        }
    }
    return list.dump();
}

}  // namespace

RefundId refund(storage::Transaction& tx, Payment& payment, const RefundWanted& wanted, const Actor& actor, Time now) {
    if (is_to_be_asked(tx, payment.order, payment.gateway) && !payment.is_manual()) {
        throw Refusal(kGatewayNotAsked,
                      fmt::format("the shop was restored from a backup, and {} has not said yet what went back since; "
                                  "try again in a minute",
                                  payment.gateway));
    }
    if (payment.captured.minor == 0) {
        throw Refusal(kNothingCaptured, fmt::format("the payment is {}; nothing was captured that could go back",
                                                    to_text(payment.status)))
            .with("payment_status", to_text(payment.status));
    }
    if (payment.status == Status::disputed) {
        throw Refusal(kPaymentDisputed, "the customer disputes the payment: the bank decides where the money goes");
    }
    const auto left = payment.captured - payment.refunded;
    const auto amount = wanted.amount.value_or(left);
    const bool by_hand = payment.is_manual();
    require_on_step(payment.gateway, settings::currency(tx), amount, wanted.pointer);
    if (amount.minor < 1 || tx.run(kTakeForRefund, payment.id, amount, by_hand ? amount : Money{}) != 1) {
        throw Refusal(kRefundExceedsCaptured, fmt::format("{} cannot be refunded: {} of {} are left", amount.minor,
                                                          left.minor, payment.captured.minor))
            .with("refundable", left.minor);
    }
    payment = get(tx, payment.id);
    take_units_back(tx, payment, wanted, amount, actor, now);
    const RefundId id{tx.insert(kInsertRefund, payment.id, amount, wanted.reason, wanted.key, to_text(actor), now,
                                to_text(by_hand ? RefundStatus::to_be_sent : RefundStatus::pending),
                                units_text(wanted))};
    save(tx, payment, status_now(tx, payment), now);
    record(tx, "payment.refunding", payment,
           {{"refund_id", number(id)}, {"amount", amount.minor}, {"to_be_sent", by_hand}}, actor, now);
    if (!by_hand) {
        add_refund_job(tx, id, now);
    }
    tx.touched(storage::Topic::orders);
    return id;
}

namespace {

Refusal not_to_be_sent(const Refund& refund) {
    return Refusal(kRefundNotToBeSent,
                   fmt::format("the refund is {}; only one that is to_be_sent is sent, or given up, by hand",
                               to_text(refund.status)))
        .with("refund_status", to_text(refund.status));
}

}  // namespace

void refund_sent(storage::Transaction& tx, const Refund& refund, const Actor& actor, Time now) {
    if (tx.run(kSent, refund.id, now) != 1) {
        throw not_to_be_sent(refund);
    }
    auto payment = get(tx, refund.payment);
    payment.to_be_sent = payment.to_be_sent - refund.amount;
    save(tx, payment, status_now(tx, payment), now);
    record(tx, "payment.refunded", payment, {{"refund_id", number(refund.id)}, {"amount", refund.amount.minor}}, actor,
           now);
    tx.touched(storage::Topic::orders);
}

void refund_not_sent(storage::Transaction& tx, const Refund& refund, const Actor& actor, Time now) {
    if (tx.run(kNotSent, refund.id) != 1) {
        throw not_to_be_sent(refund);
    }
    auto payment = get(tx, refund.payment);
    payment.refunded = payment.refunded - refund.amount;
    payment.to_be_sent = payment.to_be_sent - refund.amount;
    save(tx, payment, status_now(tx, payment), now);
    record(tx, "payment.refund_failed", payment,
           {{"refund_id", number(refund.id)}, {"amount", refund.amount.minor}, {"code", "not_sent"}}, actor, now);
    tx.touched(storage::Topic::orders);
}

void erase_comments(storage::Transaction& tx, CustomerId customer) {
    erase_references(tx, customer);
    tx.run(kEraseReasons, customer);
}

void take_up_refunds(storage::Transaction& tx, Time until, Time now) {
    std::vector<RefundId> waiting;
    tx.each(
        kWaitingRefunds, [&](const storage::Row& row) { waiting.push_back(row.get<RefundId>(0)); }, until);
    for (const auto refund : waiting) {
        add_refund_job(tx, refund, now);
    }
}

namespace {

/// The actor who requested a job.
Actor actor_in(const jobs::Job& job) { return actor_of(job.payload.value("actor", "system")); }

/// A job's payment, and the attempt whose charge is the payment's.
struct Charged {
    Payment payment;
    std::optional<Attempt> attempt;
};

Charged charged_of(Desk& desk, const jobs::Job& job) {
    const auto view = desk.store.read();
    auto payment = get(view, PaymentId{job.payload.at("payment_id").get<std::int64_t>()});
    auto attempt =
        payment.gateway_reference ? find_attempt(view, payment.gateway, *payment.gateway_reference) : std::nullopt;
    return {.payment = std::move(payment), .attempt = std::move(attempt)};
}

void capture_now(Desk& desk, const jobs::Job& job) {
    const auto charged = charged_of(desk, job);
    const auto& payment = charged.payment;
    const auto& attempt = charged.attempt;
    if (payment.status != Status::authorized || !attempt) {
        return;
    }
    Outcome outcome;
    try {
        outcome = desk.gateways.by_name(payment.gateway)
                      .capture(*payment.gateway_reference, Money{job.payload.at("amount").get<std::int64_t>()});
    } catch (const GatewayRefused& refused) {
        desk.store.writer().run([&](storage::Transaction& tx) {
            record(tx, "payment.capture_failed", payment, {{"code", refused.code()}}, Actor::system(),
                   desk.clock.now());
            ask_to_look_up(tx, attempt->id, {}, desk.clock.now());
        });
        return;
    }
    desk.store.writer().run(
        [&](storage::Transaction& tx) { settle(tx, attempt->id, outcome, actor_in(job), desk.clock.now()); });
}

void void_now(Desk& desk, const jobs::Job& job) {
    const auto charged = charged_of(desk, job);
    const auto& payment = charged.payment;
    const auto& attempt = charged.attempt;
    if (!attempt || (payment.status != Status::authorized && payment.status != Status::requires_action)) {
        return;
    }
    const auto outcome = desk.gateways.by_name(payment.gateway).cancel(*payment.gateway_reference);
    desk.store.writer().run([&](storage::Transaction& tx) {
        const auto now = desk.clock.now();
        settle(tx, attempt->id, outcome, actor_in(job), now);
        const auto order = orders::get(tx, payment.order);
        if (order.status == orders::Status::pending) {
            orders::hold_until(tx, order, now + orders::read_rates(tx).reservation, now);
        }
    });
}

/// Handles a failed refund: the money is the shop's again.
void refund_failed(storage::Transaction& tx, const Refund& refund, std::string_view reference, std::string_view code,
                   Time now) {
    const auto named = reference.empty() ? std::nullopt : std::optional(reference);
    if (tx.run(kFailRefund, refund.id, named, code) != 1) {
        return;
    }
    auto payment = get(tx, refund.payment);
    payment.refunded = payment.refunded - refund.amount;
    save(tx, payment, status_now(tx, payment), now);
    record(tx, "payment.refund_failed", payment,
           {{"refund_id", number(refund.id)}, {"amount", refund.amount.minor}, {"code", code}}, Actor::system(), now);
    // What went back without us, and did not fit beside this refund, is taken in now.
    const auto attempt =
        payment.gateway_reference ? find_attempt(tx, payment.gateway, *payment.gateway_reference) : std::nullopt;
    if (attempt) {
        ask_to_look_up(tx, attempt->id, {}, now);
    }
}

/// Settles a stored refund with its gateway's state.
void settle_refund(storage::Transaction& tx, const Refund& refund, const RefundSeen& seen, Time now) {
    switch (seen.state) {
        case RefundSeen::State::pending: tx.run(kNameRefund, refund.id, seen.reference); return;
        case RefundSeen::State::failed: return refund_failed(tx, refund, seen.reference, seen.failure_code, now);
        case RefundSeen::State::succeeded:
            if (tx.run(kDecideRefund, refund.id, "succeeded", seen.reference, std::nullopt) == 1) {
                auto payment = get(tx, refund.payment);
                save(tx, payment, payment.status, now);  // its answer shows refunds, so its version grows
                record(tx, "payment.refunded", payment,
                       {{"refund_id", number(refund.id)}, {"amount", refund.amount.minor}}, actor_of(refund.actor),
                       now);
            }
    }
}

/// Adds a refund that was not made here: at the gateway, or by a bank after a dispute. While a refund of ours is
/// undecided, one of more than what is left of the payment waits: the gateway will have refused one of the two. One that
/// is pending may fail yet, as ours may.
void add_refund_of_others(storage::Transaction& tx, Payment& payment, const RefundSeen& seen, std::string_view reason,
                          Time now) {
    const auto amount = seen.amount;
    const auto fits = std::min(amount, payment.captured - payment.refunded);
    if (fits.minor < 1 || (fits < amount && tx.value<bool>(kUndecided, payment.id).value_or(false))) {
        return;
    }
    const auto key = fmt::format("{}-{}", payment.gateway, seen.reference);
    const bool done = seen.state == RefundSeen::State::succeeded;
    const RefundId id{tx.insert(kInsertRefund, payment.id, fits, reason, key, to_text(Actor::system()), now,
                                to_text(RefundStatus::pending), "[]")};
    tx.run(kNameRefund, id, seen.reference);
    if (done) {
        tx.run(kDecideRefund, id, "succeeded", seen.reference, std::nullopt);
    }
    payment.refunded += fits;
    save(tx, payment, status_now(tx, payment), now);
    record(tx, done ? "payment.refunded" : "payment.refunding", payment,
           {{"refund_id", number(id)}, {"amount", fits.minor}, {"made_at", payment.gateway}}, Actor::system(), now);
    tx.touched(storage::Topic::orders);
}

/// When to look again at the payment of a closed order that is being captured.
constexpr Duration kCaptureTakes = seconds(30);

void settle_dispute(storage::Transaction& tx, Payment& payment, const DisputeSeen& seen, Time now) {
    const auto known = tx.first(
        kDispute, [](const storage::Row& row) { return std::pair(row.get<DisputeId>(0), row.get<std::string>(1)); },
        seen.reference);
    const auto status = to_text(seen.status);
    if (known && (known->second == status || known->second != to_text(DisputeStatus::open))) {
        return;  // already stored or decided: a late report does not reopen it
    }
    if (known) {
        tx.run(kSaveDispute, known->first, status, seen.respond_by, now);
    } else {
        tx.insert(kInsertDispute, payment.id, seen.reference, seen.amount, seen.reason, status, seen.respond_by, now);
    }
    save(tx, payment, status_now(tx, payment), now);
    const Json body{{"amount", seen.amount.minor}, {"reason", seen.reason}};
    const auto kind =
        seen.status == DisputeStatus::open ? "payment.disputed" : fmt::format("payment.dispute_{}", status);
    record(tx, kind, payment, body, Actor::system(), now);
    if (seen.status == DisputeStatus::won) {  // what a closed order took may go back now
        orders::ask_to_settle(tx, payment.order, Actor::system(), now);
    }
    tx.touched(storage::Topic::orders);
}

void refund_now(Desk& desk, const jobs::Job& job) {
    const auto found = [&] {
        const auto view = desk.store.read();
        auto its_refund = get_refund(view, RefundId{job.payload.at("refund_id").get<std::int64_t>()});
        auto its_payment = get(view, its_refund.payment);
        return std::pair(std::move(its_refund), std::move(its_payment));
    }();
    const auto& row = found.first;
    const auto& payment = found.second;
    if (row.status != RefundStatus::pending || row.gateway_reference || !payment.gateway_reference) {
        return;
    }
    try {
        const auto seen = desk.gateways.by_name(payment.gateway)
                              .refund({.key = row.key,
                                       .reference = *payment.gateway_reference,
                                       .amount = row.amount,
                                       .currency = desk.currency.code(),
                                       .begun = row.at});
        desk.store.writer().run([&](storage::Transaction& tx) { settle_refund(tx, row, seen, desk.clock.now()); });
    } catch (const GatewayRefused& refused) {
        desk.store.writer().run(
            [&](storage::Transaction& tx) { refund_failed(tx, row, {}, refused.code(), desk.clock.now()); });
    }
}

/// Returns what the payment of a closed order holds. A charge that is under way is settled when it lands.
///
/// @throws jobs::Later while a capture is under way: it may fail, and then the rest has to be voided
void settle_order(storage::Transaction& tx, OrderId id, const Actor& by, Time now) {
    auto payment = find_by_order(tx, id);
    const auto order = orders::get(tx, id);
    const bool closed = order.status == orders::Status::cancelled || order.status == orders::Status::expired;
    if (!payment || !closed || payment->status == Status::disputed) {
        return;
    }
    if (payment->captured > payment->refunded) {
        refund(tx, *payment,
               {.amount = std::nullopt,
                .reason = fmt::format("the order is {}", orders::to_text(order.status)),
                .restock = {},
                .key = fmt::format("settle-{}-{}", number(payment->id), random_token(""))},
               by, now);
    } else if (capture_under_way(tx, *payment)) {
        throw jobs::Later(now + kCaptureTakes);
    } else if (payment->status == Status::authorized || payment->status == Status::requires_action ||
               (payment->is_manual() && payment->status == Status::processing)) {
        void_payment(tx, *payment, by, now);
    }
}

}  // namespace

void settle_returns(storage::Transaction& tx, AttemptId id, const Report& report, Time now) {
    auto payment = get(tx, get_attempt(tx, id).payment);
    if (!payment.is_captured() || payment.gateway_reference != report.charge.reference) {
        return;  // nothing to return, or a second charge, which is returned automatically
    }
    for (const auto& seen : report.refunds) {
        const auto known = tx.value<RefundId>(kSeenRefund, payment.id, seen.key, seen.reference);
        if (known) {
            settle_refund(tx, get_refund(tx, *known), seen, now);
        } else if (seen.state != RefundSeen::State::failed) {
            add_refund_of_others(tx, payment, seen, "made at the gateway", now);
        }
        payment = get(tx, payment.id);
    }
    for (const auto& seen : report.disputes) {
        settle_dispute(tx, payment, seen, now);
        if (seen.status == DisputeStatus::lost &&
            !tx.value<RefundId>(kSeenRefund, payment.id, seen.reference, seen.reference)) {
            add_refund_of_others(tx, payment, {.reference = seen.reference, .key = {}, .amount = seen.amount},
                                 "the dispute was lost", now);
        }
    }
}

void add_returning_jobs(jobs::Workers& workers, Desk& desk) {
    workers.handle(kCaptureJob, asking_gateway([&desk](const jobs::Job& job) { capture_now(desk, job); }));
    workers.handle(kVoidJob, asking_gateway([&desk](const jobs::Job& job) { void_now(desk, job); }));
    workers.handle(kRefundJob, asking_gateway([&desk](const jobs::Job& job) { refund_now(desk, job); }));
    workers.handle(orders::kSettleJob, [&desk](const jobs::Job& job) {
        const OrderId order{job.payload.at("order_id").get<std::int64_t>()};
        const auto payment = find_by_order(desk.store.read(), order);
        if (payment && !payment->is_manual()) {
            ask_first(desk, order, payment->gateway);
        }
        desk.store.writer().run(
            [&](storage::Transaction& tx) { settle_order(tx, order, actor_in(job), desk.clock.now()); });
    });
}

}  // namespace orderd::payments
