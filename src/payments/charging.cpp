#include "payments/charging.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "base/log.h"
#include "orders/holding.h"
#include "orders/lifecycle.h"
#include "orders/rates.h"
#include "payments/after_restore.h"
#include "payments/declines.h"
#include "payments/refunds.h"
#include "payments/reminding.h"
#include "storage/event_log.h"
#include "storage/events.h"

namespace orderd::payments {

namespace {

constexpr auto kInsertAttempt = R"sql(
    INSERT INTO payment_attempt (payment_id, gateway, idempotency_key, instrument, request_key, outcome, at, return_url)
    VALUES (?1, ?2, ?3, ?4, ?5, 'open', ?6, ?7)
)sql";
constexpr auto kByRequest = R"sql(
    SELECT id FROM payment_attempt
     WHERE payment_id = ?1 AND request_key = ?2 AND outcome NOT IN ('failed', 'voided') ORDER BY id DESC LIMIT 1
)sql";
constexpr auto kSaveAttempt = R"sql(
    UPDATE payment_attempt SET outcome = ?2, failure_code = coalesce(?3, failure_code),
                               gateway_reference = coalesce(?4, gateway_reference)
     WHERE id = ?1
)sql";
constexpr auto kOverdue = R"sql(
    SELECT id, outcome FROM payment_attempt
     WHERE outcome IN ('open', 'requires_action') AND at <= ?1 ORDER BY at LIMIT 100
)sql";

constexpr auto kGatewayOf = "SELECT gateway FROM payment_attempt WHERE id = ?1";
constexpr auto kUndecided = R"sql(
    SELECT a.id FROM payment p JOIN payment_attempt a ON a.gateway = p.gateway AND a.gateway_reference = p.gateway_reference
     WHERE p.status IN ('authorized', 'disputed')
        OR p.id IN (SELECT payment_id FROM refund WHERE status = 'pending' AND gateway_reference IS NOT NULL)
     ORDER BY a.id LIMIT 1000
)sql";

constexpr auto kFirstChosen = R"sql(
    SELECT min(at) FROM event
     WHERE subject = 'payment' AND subject_id = ?1 AND kind = 'payment.started' AND json_extract(body, '$.method') = ?2
)sql";
constexpr auto kTakesDays = R"sql(
    SELECT 1 FROM event
     WHERE subject = 'payment' AND subject_id = ?1 AND kind = 'payment.processing'
       AND json_extract(body, '$.attempt_id') = ?2
)sql";

constexpr Duration kOverdueAfter = minutes(3);
/// A dead job that staff start again counts its tries from the beginning; none dies sooner than this.
constexpr Duration kSurelyFirst = minutes(10);
constexpr Duration kLookAfterEvery = minutes(5);
constexpr Duration kReconcileEvery = hours(6);

std::optional<Attempt> last_attempt(const storage::View& view, PaymentId payment) {
    auto attempts = attempts_of(view, payment);
    return attempts.empty() ? std::nullopt : std::optional(std::move(attempts.back()));
}

bool is_payable(const orders::Order& order, Time now) {
    return order.status == orders::Status::pending && (!order.expires_at || *order.expires_at > now);
}

Refusal not_payable(const orders::Order& order) {
    return Refusal(kOrderNotPayable,
                   order.status == orders::Status::pending
                       ? std::string("the order's reservation is over; place it again")
                       : fmt::format("the order is {}; only a pending one can be paid", orders::to_text(order.status)))
        .with("order_status", orders::to_text(order.status));
}

Refusal already_paid(const Payment& payment) {
    return Refusal(kAlreadyPaid,
                   fmt::format("the order has a payment that is {}; it is not charged again", to_text(payment.status)))
        .with("payment_id", number(payment.id))
        .with("payment_status", to_text(payment.status));
}

void check_amount(const orders::Order& order, std::optional<Money> amount) {
    if (amount && *amount != order.totals.total) {
        throw Refusal(kAmountMismatch,
                      fmt::format("{} is not what is owed: it is {}", amount->minor, order.totals.total.minor))
            .at({{"/amount", fmt::format("is {}; what is owed is {}", amount->minor, order.totals.total.minor)}})
            .with("amount_owed", order.totals.total.minor);
    }
}

/// Whether money was taken, or is held, by this payment.
bool is_taken(const Payment& payment) { return payment.status == Status::authorized || payment.is_captured(); }

void add_job(storage::Transaction& tx, jobs::Kind kind, AttemptId attempt, Time now, bool again = false) {
    const auto id = static_cast<std::int64_t>(attempt);
    jobs::add(tx,
              {.kind = kind,
               .payload = {{"attempt_id", id}, {"again", again}},
               .run_at = now,
               .dedupe_key = jobs::key_of(kind, id),
               .party = tx.value<std::string>(kGatewayOf, attempt).value_or("")},
              now);
}

/// What costs nothing is paid by being asked for.
void pay_nothing(storage::Transaction& tx, const orders::Order& order, std::optional<Payment> payment,
                 const std::string& method, const Actor& actor, Time now) {
    if (!payment) {
        payment = insert(tx, {.order = order.id, .method = method, .gateway = std::string(kManual)}, now);
    }
    payment->captured_at = now;
    save(tx, *payment, Status::succeeded, now);
    record(tx, "payment.succeeded", *payment, {{"amount", 0}}, actor, now);
    orders::step(tx, order, orders::Status::paid, actor, now);
}

/// The payment's row for a new try: made, or turned to the method and gateway that is tried now.
Payment prepared_row(storage::Transaction& tx, const orders::Order& order, std::optional<Payment> payment,
                     const std::string& method, const std::string& gateway, const Instrument& instrument, Time now) {
    const auto some = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
    if (!payment) {
        return insert(tx,
                      {.order = order.id,
                       .amount = order.totals.total,
                       .method = method,
                       .gateway = gateway,
                       .card_brand = some(instrument.brand),
                       .card_last4 = some(instrument.last4)},
                      now);
    }
    payment->method = method;
    payment->gateway = gateway;
    payment->gateway_reference = std::nullopt;
    payment->card_brand = some(instrument.brand);
    payment->card_last4 = some(instrument.last4);
    payment->action_url = std::nullopt;
    payment->failure_code = std::nullopt;
    save(tx, *payment, Status::processing, now);
    return std::move(*payment);
}

}  // namespace

std::optional<AttemptId> begin_card(storage::Transaction& tx, const orders::Order& order, const CardPayment& wanted,
                                    const Actor& actor, Time now) {
    auto payment = find_by_order(tx, order.id);
    if (payment && wanted.request_key) {
        if (const auto same = tx.value<AttemptId>(kByRequest, payment->id, storage::Blob{*wanted.request_key})) {
            return same;  // the same request once more, after an answer that was lost
        }
    }
    if (payment && is_taken(*payment)) {
        throw already_paid(*payment);
    }
    if (!is_payable(order, now)) {
        throw not_payable(order);
    }
    check_amount(order, wanted.amount);
    if (order.totals.total.minor == 0) {
        pay_nothing(tx, order, std::move(payment), "card", actor, now);
        return std::nullopt;
    }
    if (payment && !payment->is_manual()) {
        if (const auto last = last_attempt(tx, payment->id); last && last->outcome == AttemptOutcome::open) {
            return last->id;
        }
    }
    if (payment && payment->is_manual()) {  // the customer thought better of it: the stock waits for a card, no longer
        const auto soon = now + orders::read_rates(tx).reservation;
        orders::hold_until(tx, order, std::min(order.expires_at.value_or(soon), soon), now);
    }
    const auto row = prepared_row(tx, order, std::move(payment), "card", wanted.gateway, wanted.instrument, now);
    const auto key = wanted.request_key ? std::optional(storage::Blob{*wanted.request_key}) : std::nullopt;
    const AttemptId attempt{tx.insert(kInsertAttempt, row.id, wanted.gateway, wanted.key, wanted.instrument.token, key,
                                      now, wanted.return_url)};
    add_job(tx, kChargeJob, attempt, now);
    record(tx, "payment.started", row, {{"method", "card"}, {"gateway", wanted.gateway}, {"amount", row.amount.minor}},
           actor, now);
    tx.touched(storage::Topic::orders);
    return attempt;
}

namespace {

/// Until when an order waits for money that comes by hand. Whoever tries a card in between and comes back goes on with
/// the wait that began before, so that no one holds stock for ever by changing their mind.
std::optional<Time> waits_until(const storage::View& view, const orders::Order& order, const Payment& payment,
                                Time now) {
    if (!order.expires_at) {
        return std::nullopt;  // staff agreed to hold it
    }
    const auto times = orders::read_hold_times(view);
    const auto wait = payment.method == "bank_transfer" ? times.bank_transfer : times.cash_on_delivery;
    const auto first =
        view.value<std::optional<Time>>(kFirstChosen, payment.id, payment.method).value_or(std::nullopt).value_or(now);
    return std::max(*order.expires_at, std::min(first, now) + wait);
}

}  // namespace

Payment begin_manual(storage::Transaction& tx, const orders::Order& order, const std::string& method,
                     std::optional<Money> amount, const Actor& actor, Time now) {
    auto payment = find_by_order(tx, order.id);
    if (payment && is_taken(*payment)) {
        throw already_paid(*payment);
    }
    if (!is_payable(order, now)) {
        throw not_payable(order);
    }
    check_amount(order, amount);
    if (order.totals.total.minor == 0) {
        pay_nothing(tx, order, std::move(payment), method, actor, now);
        return find_by_order(tx, order.id).value();
    }
    if (payment && payment->is_manual() && payment->status == Status::processing && payment->method == method) {
        return std::move(*payment);
    }
    if (payment && !payment->is_manual()) {
        const auto last = last_attempt(tx, payment->id);
        if (last && (last->outcome == AttemptOutcome::open || last->outcome == AttemptOutcome::requires_action)) {
            throw Refusal(kPaymentUnderWay, "a card is being charged for the order; wait for its outcome")
                .with("payment_id", number(payment->id));
        }
    }
    auto row = prepared_row(tx, order, std::move(payment), method, std::string(kManual), {}, now);
    const auto until = waits_until(tx, order, row, now);
    orders::hold_until(tx, order, until, now);
    ask_to_remind(tx, row, until, now);
    record(tx, "payment.started", row, {{"method", method}, {"gateway", kManual}, {"amount", row.amount.minor}}, actor,
           now);
    return row;
}

namespace {

/// An attempt and what it belongs to, inside the transaction that settles it.
struct Case {
    storage::Transaction& tx;
    Attempt attempt;
    Payment payment;
    orders::Order order;
    const Actor& actor;
    Time now;

    bool undecided() const {
        return attempt.outcome == AttemptOutcome::open || attempt.outcome == AttemptOutcome::requires_action;
    }
    /// Whether the payment's status speaks of this attempt: it is the last one, and no other took the money.
    bool counts() const {
        const auto last = last_attempt(tx, payment.id);
        return last && last->id == attempt.id && payment.gateway == attempt.gateway;
    }

    void save_attempt(AttemptOutcome outcome, const Outcome& from) {
        const auto some = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
        tx.run(kSaveAttempt, attempt.id, to_text(outcome), some(from.failure_code), some(from.reference));
        attempt.outcome = outcome;
        if (!from.reference.empty()) {
            attempt.gateway_reference = from.reference;
        }
        tx.touched(storage::Topic::payments);
    }

    /// The payment becomes what this attempt is.
    void save_payment(Status to, const Outcome& from) {
        payment.method = "card";
        payment.gateway = attempt.gateway;
        payment.gateway_reference = attempt.gateway_reference;
        payment.action_url = from.action_url.empty() ? std::nullopt : std::optional(from.action_url);
        payment.failure_code = from.failure_code.empty() ? std::nullopt : std::optional(from.failure_code);
        if (!from.brand.empty()) {
            payment.card_brand = from.brand;
        }
        if (!from.last4.empty()) {
            payment.card_last4 = from.last4;
        }
        save(tx, payment, to, now);
        tx.touched(storage::Topic::orders);  // lists show payment_status
    }
};

bool waits_for_money(const orders::Order& order) { return order.status == orders::Status::pending; }

void needs_action(Case& it, const Outcome& outcome) {
    if (it.attempt.outcome != AttemptOutcome::open) {
        return;
    }
    it.save_attempt(AttemptOutcome::requires_action, outcome);
    if (it.counts() && it.payment.status == Status::processing) {
        it.save_payment(Status::requires_action, outcome);
        record(it.tx, "payment.requires_action", it.payment, Json::object(), it.actor, it.now);
    }
    if (!waits_for_money(it.order)) {
        orders::ask_to_settle(it.tx, it.order.id, Actor::system(), it.now);
    }
}

/// The gateway needs days to decide (a direct debit): the stock is held meanwhile, once for each attempt.
void takes_days(Case& it, const Outcome& outcome) {
    if (!it.undecided()) {
        return;
    }
    it.save_attempt(it.attempt.outcome, outcome);
    if (outcome.reference.empty() || !waits_for_money(it.order) || !it.order.expires_at || !it.counts() ||
        it.tx.value<bool>(kTakesDays, it.payment.id, it.attempt.id)) {
        return;
    }
    const auto until = std::max(*it.order.expires_at, it.now + orders::read_hold_times(it.tx).gateway);
    orders::hold_until(it.tx, it.order, until, it.now);
    record(it.tx, "payment.processing", it.payment,
           {{"attempt_id", static_cast<std::int64_t>(it.attempt.id)}, {"held_until", rfc3339(until)}}, it.actor,
           it.now);
}

/// The days that takes_days() gave are over with its attempt: the order waits for another card as any other does.
void hold_no_longer(Case& it) {
    if (waits_for_money(it.order) && it.order.expires_at &&
        it.tx.value<bool>(kTakesDays, it.payment.id, it.attempt.id)) {
        const auto soon = it.now + orders::read_rates(it.tx).reservation;
        orders::hold_until(it.tx, it.order, std::min(*it.order.expires_at, soon), it.now);
    }
}

void declined(Case& it, const Outcome& outcome) {
    if (!it.undecided()) {
        return;
    }
    hold_no_longer(it);
    it.save_attempt(AttemptOutcome::failed, outcome);
    if (it.counts() && !is_taken(it.payment)) {
        it.save_payment(Status::failed, outcome);
        record(it.tx, "payment.failed", it.payment, {{"code", decline_of(outcome.failure_code).refused.code()}},
               it.actor, it.now);
    }
}

void let_go(Case& it, const Outcome& outcome) {
    if (!it.undecided() && it.attempt.outcome != AttemptOutcome::authorized) {
        return;
    }
    const bool held = it.attempt.outcome == AttemptOutcome::authorized;
    hold_no_longer(it);
    it.save_attempt(AttemptOutcome::voided, outcome);
    const bool captured = it.payment.is_captured();
    if ((held || it.counts()) && !captured) {
        it.save_payment(Status::voided, outcome);
        record(it.tx, "payment.voided", it.payment, Json::object(), it.actor, it.now);
    }
}

void authorized(Case& it, const Outcome& outcome) {
    if (!it.undecided()) {
        return;
    }
    if (is_taken(it.payment)) {
        it.save_attempt(AttemptOutcome::returned, outcome);
        add_job(it.tx, kReturnJob, it.attempt.id, it.now);
        return;
    }
    it.save_attempt(AttemptOutcome::authorized, outcome);
    it.save_payment(Status::authorized, outcome);
    record(it.tx, "payment.authorized", it.payment, {{"amount", it.payment.amount.minor}}, it.actor, it.now);
    if (waits_for_money(it.order)) {
        orders::hold_until(it.tx, it.order, it.now + kAuthorizationHolds, it.now);
    } else {
        orders::ask_to_settle(it.tx, it.order.id, Actor::system(), it.now);
    }
}

void landed(Case& it, const Outcome& outcome) {
    if (it.attempt.outcome == AttemptOutcome::succeeded || it.attempt.outcome == AttemptOutcome::returned) {
        return;  // counted before: by the job, a webhook, or a look
    }
    const bool other_took = it.payment.is_captured() || (it.payment.status == Status::authorized &&
                                                         it.attempt.outcome != AttemptOutcome::authorized);
    if (other_took) {
        it.save_attempt(AttemptOutcome::returned, outcome);
        record(it.tx, "payment.charged_twice", it.payment, {{"goes_back", true}}, it.actor, it.now);
        add_job(it.tx, kReturnJob, it.attempt.id, it.now);
        return;
    }
    it.save_attempt(AttemptOutcome::succeeded, outcome);
    it.payment.captured =
        outcome.captured.minor > 0 ? std::min(outcome.captured, it.payment.amount) : it.payment.amount;
    it.payment.captured_at = it.now;
    it.save_payment(Status::succeeded, outcome);
    record(it.tx, "payment.succeeded", it.payment, {{"amount", it.payment.captured.minor}}, it.actor, it.now);
    if (waits_for_money(it.order)) {
        orders::step(it.tx, it.order, orders::Status::paid, it.actor, it.now);
    } else if (it.order.status == orders::Status::cancelled || it.order.status == orders::Status::expired) {
        record(it.tx, "payment.late", it.payment,
               {{"order_status", orders::to_text(it.order.status)}, {"goes_back", true}}, it.actor, it.now);
        orders::ask_to_settle(it.tx, it.order.id, Actor::system(), it.now);
    }
}

}  // namespace

void settle(storage::Transaction& tx, AttemptId id, const Outcome& outcome, const Actor& actor, Time now) {
    auto attempt = get_attempt(tx, id);
    auto payment = get(tx, attempt.payment);
    auto order = orders::get(tx, payment.order);
    Case it{tx, std::move(attempt), std::move(payment), std::move(order), actor, now};
    switch (outcome.state) {
        case Outcome::State::processing: return takes_days(it, outcome);
        case Outcome::State::requires_action: return needs_action(it, outcome);
        case Outcome::State::declined: return declined(it, outcome);
        case Outcome::State::voided: return let_go(it, outcome);
        case Outcome::State::authorized: return authorized(it, outcome);
        case Outcome::State::succeeded: return landed(it, outcome);
    }
}

void ask_to_look_up(storage::Transaction& tx, AttemptId attempt, std::string_view reference, Time now) {
    // Without a dedupe key: one that runs just now may have asked before what there is to see now.
    jobs::add(tx,
              {.kind = kLookUpJob,
               .payload = {{"attempt_id", static_cast<std::int64_t>(attempt)}, {"reference", reference}},
               .run_at = now,
               .party = tx.value<std::string>(kGatewayOf, attempt).value_or("")},
              now);
}

namespace {

AttemptId attempt_of(const jobs::Job& job) { return AttemptId{job.payload.at("attempt_id").get<std::int64_t>()}; }

void settle_now(Desk& desk, AttemptId attempt, const Outcome& outcome) {
    desk.store.writer().run([&](storage::Transaction& tx) {
        settle(tx, attempt, outcome, Actor::system(), desk.clock.now());
        desk.reached(Moment::before_commit);
    });
    desk.reached(Moment::after_commit);
}

/// An earlier attempt that still waits for its customer must not land beside this one: it is let go first. @returns
/// whether one of them has the money already
bool let_earlier_go(Desk& desk, const Attempt& attempt) {
    const auto attempts = attempts_of(desk.store.read(), attempt.payment);
    for (const auto& earlier : attempts) {
        if (earlier.id == attempt.id || earlier.outcome != AttemptOutcome::requires_action ||
            !earlier.gateway_reference) {
            continue;
        }
        const auto outcome = desk.gateways.by_name(earlier.gateway).cancel(*earlier.gateway_reference);
        settle_now(desk, earlier.id, outcome);
        if (outcome.state == Outcome::State::succeeded || outcome.state == Outcome::State::authorized) {
            return true;
        }
    }
    return false;
}

Charge charge_of(Desk& desk, const Attempt& attempt, const Payment& payment) {
    return {.key = attempt.key,
            .instrument = attempt.instrument,
            .amount = payment.amount,
            .currency = desk.currency.code(),
            .order = payment.order,
            .payment = payment.id,
            .shop = events::shop_name_outside(desk.store.read()),
            .capture = desk.capture_at_once,
            .return_url = attempt.return_url,
            .begun = attempt.at};
}

/// What an attempt needs to know before it asks for money.
struct Wanted {
    Attempt attempt;
    Payment payment;
    orders::Order order;
};

Wanted wanted_by(Desk& desk, AttemptId id) {
    const auto view = desk.store.read();
    auto attempt = get_attempt(view, id);
    auto payment = get(view, attempt.payment);
    auto order = orders::get(view, payment.order);
    return {std::move(attempt), std::move(payment), std::move(order)};
}

void charge(Desk& desk, const jobs::Job& job) {
    const auto id = attempt_of(job);
    const auto before = wanted_by(desk, id);
    ask_first(desk, before.order.id, before.attempt.gateway);
    const auto [attempt, payment, order] = wanted_by(desk, id);
    if (attempt.outcome != AttemptOutcome::open) {
        return;  // settled before: this job came again after a crash
    }
    // In its first run nobody was asked for money yet. In a later one the gateway may have been: only it can say, so it
    // is asked again, and what it took goes back.
    const bool nothing_asked =
        job.attempt == 1 && !job.payload.value("again", false) && desk.clock.now() - attempt.at < kSurelyFirst;
    if (nothing_asked && !waits_for_money(order)) {
        return settle_now(desk, id, {.state = Outcome::State::voided, .failure_code = "order_closed"});
    }
    const auto restored = read_restored(desk.store.read());
    const bool asked_since =
        restored && attempt.at <= restored->at;  // and its charge is not there, else it had settled
    if (is_taken(payment) && (nothing_asked || asked_since)) {
        return settle_now(desk, id, {.state = Outcome::State::voided, .failure_code = "superseded"});
    }
    if (let_earlier_go(desk, attempt) && nothing_asked) {
        return settle_now(desk, id, {.state = Outcome::State::voided, .failure_code = "superseded"});
    }
    auto& gateway = desk.gateways.by_name(attempt.gateway);
    const auto wanted = charge_of(desk, attempt, payment);
    if (!waits_for_money(order)) {  // it may have been charged before: nothing new is, and what is found goes back
        return settle_now(
            desk, id,
            gateway.find(wanted).value_or(Outcome{.state = Outcome::State::voided, .failure_code = "order_closed"}));
    }
    desk.reached(Moment::before_call);
    const auto outcome = gateway.charge(wanted);
    desk.reached(Moment::after_call);
    settle_now(desk, id, outcome);
}

/// A second charge for one payment goes back whole: by being let go, or refunded where it was captured.
void give_back(Desk& desk, const jobs::Job& job) {
    const auto attempt = get_attempt(desk.store.read(), attempt_of(job));
    if (!attempt.gateway_reference) {
        return;
    }
    auto& gateway = desk.gateways.by_name(attempt.gateway);
    const auto outcome = gateway.cancel(*attempt.gateway_reference);
    if (outcome.state == Outcome::State::succeeded) {
        gateway.refund({.key = attempt.key + "-return",
                        .reference = *attempt.gateway_reference,
                        .amount = outcome.captured,
                        .currency = desk.currency.code(),
                        .begun = attempt.at});
    }
}

/// What a dead job or a lost webhook left behind is taken up again: no payment stays between two states for good.
void look_after(Desk& desk) {
    const auto now = desk.clock.now();
    desk.store.writer().run([&](storage::Transaction& tx) {
        std::vector<std::pair<AttemptId, bool>> overdue;
        tx.each(
            kOverdue,
            [&](const storage::Row& row) {
                overdue.emplace_back(row.get<AttemptId>(0), row.get<std::string_view>(1) == "open");
            },
            now - kOverdueAfter);
        for (const auto& [attempt, open] : overdue) {
            add_job(tx, open ? kChargeJob : kLookUpJob, attempt, now, true);
        }
        take_up_refunds(tx, now - kOverdueAfter, now);
    });
}

/// Asks about what a gateway decides in days, where its webhook is not set up or was lost: an authorization that it let
/// go, a refund that did not arrive, a dispute.
void reconcile(Desk& desk) {
    desk.store.writer().run([&](storage::Transaction& tx) {
        std::vector<AttemptId> undecided;
        tx.each(kUndecided, [&](const storage::Row& row) { undecided.push_back(row.get<AttemptId>(0)); });
        for (const auto attempt : undecided) {
            add_job(tx, kCompareJob, attempt, desk.clock.now(), true);
        }
    });
}

}  // namespace

void look_up(Desk& desk, AttemptId id, std::string_view reference) {
    const auto attempt = get_attempt(desk.store.read(), id);
    const auto name = reference.empty() ? attempt.gateway_reference.value_or("") : std::string(reference);
    if (name.empty()) {
        return;
    }
    const auto report = desk.gateways.by_name(attempt.gateway).report(name);
    if (!report.charge.key.empty() && report.charge.key != attempt.key) {
        throw jobs::GiveUp("the gateway's charge is of another attempt");
    }
    desk.store.writer().run([&](storage::Transaction& tx) {
        const auto now = desk.clock.now();
        settle(tx, id, report.charge, Actor::system(), now);
        settle_returns(tx, id, report, now);
    });
}

jobs::Handler asking_gateway(jobs::Handler handler) {
    return [handler = std::move(handler)](const jobs::Job& job) {
        try {
            handler(job);
        } catch (const GatewayTrouble& trouble) {
            throw jobs::NoAnswer(trouble.what());
        }
    };
}

void add_charging_jobs(jobs::Workers& workers, Desk& desk) {
    const auto look = [&desk](const jobs::Job& job) {
        look_up(desk, attempt_of(job), job.payload.value("reference", ""));
    };
    workers.handle(kChargeJob, asking_gateway([&desk](const jobs::Job& job) { charge(desk, job); }));
    workers.handle(kLookUpJob, asking_gateway(look));
    workers.handle(kCompareJob, asking_gateway(look));
    workers.handle(kReturnJob, asking_gateway([&desk](const jobs::Job& job) { give_back(desk, job); }));
    workers.every(kReconcileJob, kReconcileEvery, [&desk](const jobs::Job&) { reconcile(desk); });
    workers.every(kLookAfterJob, kLookAfterEvery, [&desk](const jobs::Job&) { look_after(desk); });
}

}  // namespace orderd::payments
