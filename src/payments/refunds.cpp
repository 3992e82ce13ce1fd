#include "payments/refunds.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "base/random.h"
#include "fulfillment/returns.h"
#include "orders/lifecycle.h"
#include "orders/shipping.h"
#include "payments/after_restore.h"
#include "payments/amounts.h"
#include "payments/capturing.h"
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
    UPDATE payment SET refunded = refunded + ?2, to_be_sent = to_be_sent + ?3, given_back = given_back + ?4
     WHERE id = ?1 AND captured - refunded >= ?2
)sql";
constexpr auto kInsertRefund =
    "INSERT INTO refund (id, payment_id, amount, reason, status, idempotency_key, actor, at, units, attempt_id, of_total) "
    "VALUES (" ORDERD_NEXT_ID("refund") R"sql(, ?1, ?2, ?3, ?7, ?4, ?5, ?6, ?8, ?9, ?10)
)sql";
constexpr auto kLeftOfCharges = R"sql(
    SELECT id, captured - coalesce((SELECT sum(amount) FROM refund
                                     WHERE attempt_id = payment_attempt.id AND status <> 'failed'), 0)
      FROM payment_attempt WHERE payment_id = ?1 AND outcome = 'succeeded' ORDER BY id DESC
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
    SELECT gateway FROM payment_attempt WHERE id = (SELECT attempt_id FROM refund WHERE id = ?1)
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

void add_refund_job(storage::Transaction& tx, RefundId refund, Time now) {
    jobs::add(tx,
              {.kind = kRefundJob,
               .payload = {{"refund_id", number(refund)}},
               .run_at = now,
               .dedupe_key = jobs::key_of(kRefundJob, number(refund)),
               .party = tx.value<std::string>(kGatewayOfRefund, refund).value_or("")},
              now);
}

}  // namespace

Status with_refunds(const storage::View& view, const Payment& payment) {
    if (view.value<std::int64_t>(kOpenDisputes, payment.id).value_or(0) > 0) {
        return Status::disputed;
    }
    const auto back = payment.moved_back();
    if (back.minor == 0) {
        return Status::succeeded;
    }
    return back == payment.captured ? Status::refunded : Status::partially_refunded;
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

namespace {

/// A part of a refund: on one charge, or of what was paid by hand.
struct Part {
    std::optional<AttemptId> attempt;
    Money amount = {};
    bool of_total = false;
};

/// What is left of each charge of a payment, newest first. Without an attempt: of what was paid by hand.
std::vector<Part> charges_of(const storage::View& view, const Payment& payment) {
    std::vector<Part> charges;
    Money by_hand = payment.captured - payment.refunded;
    view.each(
        kLeftOfCharges,
        [&](const storage::Row& row) {
            charges.push_back({.attempt = row.get<AttemptId>(0), .amount = row.get<Money>(1)});
            by_hand = by_hand - charges.back().amount;
        },
        payment.id);
    if (by_hand.minor > 0) {  // it came after the card's charge, or before all of them
        charges.insert(payment.is_manual() ? charges.end() : charges.begin(), Part{.attempt = {}, .amount = by_hand});
    }
    return charges;
}

/// An amount by the charges that it goes back on, newest first. What the order's total fell by comes first.
std::vector<Part> split(const storage::View& view, const Payment& payment, Money amount) {
    auto of_total = std::max(Money{} - payment.balance(), Money{});
    std::vector<Part> parts;
    for (const auto& charge : charges_of(view, payment)) {
        auto left = std::min(charge.amount, amount);
        while (left.minor > 0) {
            const bool is_of_total = of_total.minor > 0;
            const auto part = is_of_total ? std::min(left, of_total) : left;
            parts.push_back({.attempt = charge.attempt, .amount = part, .of_total = is_of_total});
            of_total = of_total - (is_of_total ? part : Money{});
            left = left - part;
            amount = amount - part;
        }
    }
    return parts;
}

RefundId add_part(storage::Transaction& tx, const Payment& payment, const Part& part, std::size_t place,
                  const RefundWanted& wanted, const Actor& actor, Time now) {
    const bool by_hand = !part.attempt;
    const auto key = place == 0 ? wanted.key : fmt::format("{}-{}", wanted.key, place + 1);
    const RefundId id{tx.insert(kInsertRefund, payment.id, part.amount, wanted.reason, key, to_text(actor), now,
                                to_text(by_hand ? RefundStatus::to_be_sent : RefundStatus::pending),
                                place == 0 ? units_text(wanted) : "[]", part.attempt, part.of_total)};
    record(tx, "payment.refunding", payment,
           {{"refund_id", number(id)}, {"amount", part.amount.minor}, {"to_be_sent", by_hand}}, actor, now);
    if (!by_hand) {
        add_refund_job(tx, id, now);
    }
    return id;
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
    require_on_step(payment.gateway, settings::currency(tx), amount, wanted.pointer);
    const auto parts = split(tx, payment, amount);
    Money by_hand;
    Money of_total;
    for (const auto& part : parts) {
        by_hand += part.attempt ? Money{} : part.amount;
        of_total += part.of_total ? part.amount : Money{};
    }
    if (amount.minor < 1 || tx.run(kTakeForRefund, payment.id, amount, by_hand, of_total) != 1) {
        throw Refusal(kRefundExceedsCaptured, fmt::format("{} cannot be refunded: {} of {} are left", amount.minor,
                                                          left.minor, payment.captured.minor))
            .with("refundable", left.minor);
    }
    payment = get(tx, payment.id);
    take_units_back(tx, payment, wanted, amount, actor, now);
    save(tx, payment, with_refunds(tx, payment), now);
    std::optional<RefundId> first;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto id = add_part(tx, payment, parts[i], i, wanted, actor, now);
        first = first.value_or(id);
    }
    tx.touched(storage::Topic::orders);
    return first.value();
}

namespace {

/// The money is the shop's again.
void take_off(Payment& payment, const Refund& refund) {
    payment.refunded = payment.refunded - refund.amount;
    payment.given_back = payment.given_back - (refund.of_total ? refund.amount : Money{});
}

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
    save(tx, payment, with_refunds(tx, payment), now);
    record(tx, "payment.refunded", payment, {{"refund_id", number(refund.id)}, {"amount", refund.amount.minor}}, actor,
           now);
    tx.touched(storage::Topic::orders);
}

void refund_not_sent(storage::Transaction& tx, const Refund& refund, const Actor& actor, Time now) {
    if (tx.run(kNotSent, refund.id) != 1) {
        throw not_to_be_sent(refund);
    }
    auto payment = get(tx, refund.payment);
    take_off(payment, refund);
    payment.to_be_sent = payment.to_be_sent - refund.amount;
    save(tx, payment, with_refunds(tx, payment), now);
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

/// Handles a failed refund: the money is the shop's again.
void refund_failed(storage::Transaction& tx, const Refund& refund, std::string_view reference, std::string_view code,
                   Time now) {
    const auto named = reference.empty() ? std::nullopt : std::optional(reference);
    if (tx.run(kFailRefund, refund.id, named, code) != 1) {
        return;
    }
    auto payment = get(tx, refund.payment);
    take_off(payment, refund);
    save(tx, payment, with_refunds(tx, payment), now);
    record(tx, "payment.refund_failed", payment,
           {{"refund_id", number(refund.id)}, {"amount", refund.amount.minor}, {"code", code}}, Actor::system(), now);
    // What went back without us, and did not fit beside this refund, is taken in now.
    if (refund.attempt) {
        ask_to_look_up(tx, *refund.attempt, {}, now);
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
void add_refund_of_others(storage::Transaction& tx, Payment& payment, AttemptId attempt, const RefundSeen& seen,
                          std::string_view reason, Time now) {
    const auto amount = seen.amount;
    const auto fits = std::min(amount, payment.captured - payment.refunded);
    if (fits.minor < 1 || (fits < amount && tx.value<bool>(kUndecided, payment.id).value_or(false))) {
        return;
    }
    const auto key = fmt::format("{}-{}", payment.gateway, seen.reference);
    const bool done = seen.state == RefundSeen::State::succeeded;
    const bool of_total = fits <= Money{} - payment.balance();
    const RefundId id{tx.insert(kInsertRefund, payment.id, fits, reason, key, to_text(Actor::system()), now,
                                to_text(RefundStatus::pending), "[]", attempt, of_total)};
    tx.run(kNameRefund, id, seen.reference);
    if (done) {
        tx.run(kDecideRefund, id, "succeeded", seen.reference, std::nullopt);
    }
    payment.refunded += fits;
    payment.given_back += of_total ? fits : Money{};
    save(tx, payment, with_refunds(tx, payment), now);
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
    save(tx, payment, with_refunds(tx, payment), now);
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
        auto its_charge = its_refund.attempt ? std::optional(get_attempt(view, *its_refund.attempt)) : std::nullopt;
        return std::pair(std::move(its_refund), std::move(its_charge));
    }();
    const auto& row = found.first;
    const auto& charge = found.second;
    if (row.status != RefundStatus::pending || row.gateway_reference || !charge || !charge->gateway_reference) {
        return;
    }
    try {
        const auto seen = desk.gateways.by_name(charge->gateway)
                              .refund({.key = row.key,
                                       .reference = *charge->gateway_reference,
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
    const auto attempt = get_attempt(tx, id);
    auto payment = get(tx, attempt.payment);
    if (attempt.outcome != AttemptOutcome::succeeded || attempt.gateway_reference != report.charge.reference) {
        return;  // nothing to return, or a second charge, which is returned automatically
    }
    for (const auto& seen : report.refunds) {
        const auto known = tx.value<RefundId>(kSeenRefund, payment.id, seen.key, seen.reference);
        if (known) {
            settle_refund(tx, get_refund(tx, *known), seen, now);
        } else if (seen.state != RefundSeen::State::failed) {
            add_refund_of_others(tx, payment, id, seen, "made at the gateway", now);
        }
        payment = get(tx, payment.id);
    }
    for (const auto& seen : report.disputes) {
        settle_dispute(tx, payment, seen, now);
        if (seen.status == DisputeStatus::lost &&
            !tx.value<RefundId>(kSeenRefund, payment.id, seen.reference, seen.reference)) {
            add_refund_of_others(tx, payment, id, {.reference = seen.reference, .key = {}, .amount = seen.amount},
                                 "the dispute was lost", now);
        }
    }
}

void add_refund_jobs(jobs::Workers& workers, Desk& desk) {
    workers.handle(kRefundJob, asking_gateway([&desk](const jobs::Job& job) { refund_now(desk, job); }));
    workers.handle(orders::kSettleJob, [&desk](const jobs::Job& job) {
        const OrderId order{job.payload.at("order_id").get<std::int64_t>()};
        const auto payment = find_by_order(desk.store.read(), order);
        if (payment && !payment->is_manual()) {
            ask_first(desk, order, payment->gateway);
        }
        desk.store.writer().run([&](storage::Transaction& tx) {
            settle_order(tx, order, actor_of(job.payload.value("actor", "system")), desk.clock.now());
        });
    });
}

}  // namespace orderd::payments
