#include "payments/settling.h"

#include <algorithm>

#include "orders/holding.h"
#include "orders/lifecycle.h"
#include "orders/rates.h"
#include "payments/charge_jobs.h"
#include "payments/declines.h"
#include "payments/refunds.h"
#include "storage/events.h"

namespace orderd::payments {

namespace {

constexpr auto kSaveAttempt = R"sql(
    UPDATE payment_attempt
       SET outcome = ?2, failure_code = coalesce(?3, failure_code), gateway_reference = coalesce(?4, gateway_reference),
           instrument = iif(?2 IN ('open', 'requires_action'), instrument, ''),
           return_url = iif(?2 IN ('open', 'requires_action'), return_url, '')
     WHERE id = ?1
)sql";
constexpr auto kTakesDays = R"sql(
    SELECT 1 FROM event
     WHERE subject = 'payment' AND subject_id = ?1 AND kind = 'payment.processing'
       AND json_extract(body, '$.attempt_id') = ?2
)sql";

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
    /// Whether this attempt determines the payment's status: it is the last one, and no other took the money.
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

    /// Gives the payment the status of this attempt.
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

/// Whether an attempt is over what an order owes since it was edited, after it was paid.
bool is_of_rest(const Payment& payment, const Attempt& attempt) {
    return payment.is_captured() && attempt.amount.minor > 0 && attempt.amount <= payment.balance();
}

void needs_action(Case& it, const Outcome& outcome) {
    if (it.attempt.outcome != AttemptOutcome::open) {
        return;
    }
    it.save_attempt(AttemptOutcome::requires_action, outcome);
    if (it.counts() && is_of_rest(it.payment, it.attempt)) {
        it.payment.action_url = outcome.action_url.empty() ? std::nullopt : std::optional(outcome.action_url);
        save(it.tx, it.payment, it.payment.status, it.now);
        record(it.tx, "payment.requires_action", it.payment, Json::object(), it.actor, it.now);
    } else if (it.counts() && it.payment.status == Status::processing) {
        it.save_payment(Status::requires_action, outcome);
        record(it.tx, "payment.requires_action", it.payment, Json::object(), it.actor, it.now);
    }
    if (!waits_for_money(it.order)) {
        orders::ask_to_settle(it.tx, it.order.id, Actor::system(), it.now);
    }
}

/// Handles a charge that the gateway decides in days (a direct debit): the stock is held meanwhile, once per
/// attempt.
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

/// Ends the hold that takes_days() gave, with its attempt: the order waits for another payment. Its customer is no longer
/// at the page, and reads of it in a mail.
void hold_no_longer(Case& it) {
    if (waits_for_money(it.order) && it.order.expires_at &&
        it.tx.value<bool>(kTakesDays, it.payment.id, it.attempt.id)) {
        const auto wait = std::max(orders::read_rates(it.tx).reservation, kAfterFailedDebit);
        orders::hold_until(it.tx, it.order, it.now + wait, it.now);
    }
}

/// A charge of the rest ended without money: there is nothing left to confirm.
void forget_action(Case& it) {
    if (it.payment.is_captured() && it.payment.action_url && it.counts()) {
        it.payment.action_url = std::nullopt;
        save(it.tx, it.payment, it.payment.status, it.now);
    }
}

void declined(Case& it, const Outcome& outcome) {
    if (!it.undecided()) {
        return;
    }
    hold_no_longer(it);
    it.save_attempt(AttemptOutcome::failed, outcome);
    forget_action(it);
    if (it.counts() && !it.payment.is_taken()) {
        it.save_payment(Status::failed, outcome);
        record(it.tx, "payment.failed", it.payment, {{"code", decline_of(outcome.failure_code).code()}}, it.actor,
               it.now);
    }
}

void let_go(Case& it, const Outcome& outcome) {
    if (!it.undecided() && it.attempt.outcome != AttemptOutcome::authorized) {
        return;
    }
    const bool held = it.attempt.outcome == AttemptOutcome::authorized;
    hold_no_longer(it);
    it.save_attempt(AttemptOutcome::voided, outcome);
    forget_action(it);
    const bool captured = it.payment.is_captured();
    const bool another_holds = !held && it.payment.is_taken();
    if ((held || it.counts()) && !captured && !another_holds) {
        it.save_payment(Status::voided, outcome);
        record(it.tx, "payment.voided", it.payment, Json::object(), it.actor, it.now);
    }
}

void authorized(Case& it, const Outcome& outcome) {
    if (!it.undecided()) {
        return;
    }
    if (it.payment.is_taken()) {
        it.save_attempt(AttemptOutcome::returned, outcome);
        ask_for(it.tx, kReturnJob, it.attempt.id, it.now);
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

/// Adds a charge of what the order owed since it was edited. The payment stays what it is.
void take_rest(Case& it, Money took) {
    it.payment.captured += took;
    it.payment.action_url = std::nullopt;
    it.payment.failure_code = std::nullopt;
    save(it.tx, it.payment, with_refunds(it.tx, it.payment), it.now);
    it.tx.touched(storage::Topic::orders);
}

void landed(Case& it, const Outcome& outcome) {
    if (it.attempt.outcome == AttemptOutcome::succeeded || it.attempt.outcome == AttemptOutcome::returned) {
        return;  // already counted: by the job, a webhook, or a look-up
    }
    const bool is_rest = is_of_rest(it.payment, it.attempt);
    const bool other_took =
        (it.payment.is_captured() && !is_rest) ||
        (it.payment.status == Status::authorized && it.attempt.outcome != AttemptOutcome::authorized);
    if (other_took) {
        it.save_attempt(AttemptOutcome::returned, outcome);
        record(it.tx, "payment.charged_twice", it.payment, {{"goes_back", true}}, it.actor, it.now);
        ask_for(it.tx, kReturnJob, it.attempt.id, it.now);
        return;
    }
    it.save_attempt(AttemptOutcome::succeeded, outcome);
    const auto took = outcome.captured.minor > 0 ? std::min(outcome.captured, it.attempt.amount) : it.attempt.amount;
    set_captured(it.tx, it.attempt.id, took);
    if (is_rest) {
        take_rest(it, took);
    } else {
        it.payment.captured = took;
        it.payment.captured_at = it.now;
        it.payment.waived = std::max(it.payment.amount - took, Money{});
        it.save_payment(Status::succeeded, outcome);
    }
    record(it.tx, "payment.succeeded", it.payment, {{"amount", took.minor}}, it.actor, it.now);
    keep_paid(it.tx, it.payment, it.actor, it.now);
    if (it.order.status == orders::Status::cancelled || it.order.status == orders::Status::expired) {
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

}  // namespace orderd::payments
