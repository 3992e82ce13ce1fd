#include "payments/starting.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "orders/holding.h"
#include "orders/lifecycle.h"
#include "orders/rates.h"
#include "payments/amounts.h"
#include "payments/charge_jobs.h"
#include "payments/reminding.h"
#include "storage/events.h"
#include "storage/numbering.h"
#include "storage/settings.h"

namespace orderd::payments {

namespace {

constexpr auto kInsertAttempt =
    "INSERT INTO payment_attempt (id, payment_id, gateway, idempotency_key, instrument, request_key, outcome, at, "
    "return_url, amount) VALUES (" ORDERD_NEXT_ID("payment_attempt") ", ?1, ?2, ?3, ?4, ?5, 'open', ?6, ?7, ?8)";
constexpr auto kByRequest = R"sql(
    SELECT id FROM payment_attempt
     WHERE payment_id = ?1 AND request_key = ?2 AND outcome NOT IN ('failed', 'voided') ORDER BY id DESC LIMIT 1
)sql";
constexpr auto kFirstChosen = R"sql(
    SELECT min(at) FROM event
     WHERE subject = 'payment' AND subject_id = ?1 AND kind = 'payment.started' AND json_extract(body, '$.method') = ?2
)sql";

bool is_payable(const orders::Order& order, Time now) {
    const bool owes_rest = orders::is_open(order.status) && order.balance.minor > 0;
    return owes_rest || (order.status == orders::Status::pending && (!order.expires_at || *order.expires_at > now));
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
    const auto owed = orders::balance_of(order);
    if (amount && *amount != owed) {
        throw Refusal(kAmountMismatch, fmt::format("{} is not what is owed: it is {}", amount->minor, owed.minor))
            .at({{"/amount", fmt::format("is {}; what is owed is {}", amount->minor, owed.minor)}})
            .with("amount_owed", owed.minor);
    }
}

/// An order that costs nothing is paid as soon as a payment is requested.
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

/// The payment's row for a new attempt: a new one, or the existing one with the method and gateway of this
/// attempt.
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

/// How long an order waits for a manual payment. A customer who tries a card in between and comes back
/// continues the earlier wait, so that changing one's mind cannot hold stock for ever.
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

std::optional<AttemptId> begin_card(storage::Transaction& tx, const orders::Order& order, const CardPayment& wanted,
                                    const Actor& actor, Time now) {
    auto payment = find_by_order(tx, order.id);
    if (payment && wanted.request_key) {
        if (const auto same = tx.value<AttemptId>(kByRequest, payment->id, storage::Blob{*wanted.request_key})) {
            return same;  // the same request again, after a lost answer
        }
    }
    const bool is_rest = payment && payment->balance().minor > 0;
    if (payment && payment->is_taken() && !is_rest) {
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
    if (payment && (is_rest || !payment->is_manual())) {
        if (const auto last = last_attempt(tx, payment->id); last && last->outcome == AttemptOutcome::open) {
            return last->id;
        }
    }
    const auto owed = orders::balance_of(order);
    require_chargeable(wanted.gateway, settings::currency(tx), owed, *order.language);
    if (payment && payment->is_manual() && !is_rest) {  // changed to a card: the stock waits no longer than for a card
        const auto soon = now + orders::read_rates(tx).reservation;
        orders::hold_until(tx, order, std::min(order.expires_at.value_or(soon), soon), now);
    }
    const auto row = is_rest
                         ? std::move(*payment)
                         : prepared_row(tx, order, std::move(payment), "card", wanted.gateway, wanted.instrument, now);
    const auto key = wanted.request_key ? std::optional(storage::Blob{*wanted.request_key}) : std::nullopt;
    const AttemptId attempt{tx.insert(kInsertAttempt, row.id, wanted.gateway, wanted.key, wanted.instrument.token, key,
                                      now, wanted.return_url, owed)};
    ask_for(tx, kChargeJob, attempt, now);
    record(tx, "payment.started", row, {{"method", "card"}, {"gateway", wanted.gateway}, {"amount", owed.minor}}, actor,
           now);
    tx.touched(storage::Topic::orders);
    return attempt;
}

Payment begin_manual(storage::Transaction& tx, const orders::Order& order, const std::string& method,
                     std::optional<Money> amount, const Actor& actor, Time now) {
    auto payment = find_by_order(tx, order.id);
    const bool is_rest = payment && payment->balance().minor > 0;
    if (payment && payment->is_taken() && !is_rest) {
        throw already_paid(*payment);
    }
    if (!is_payable(order, now)) {
        throw not_payable(order);
    }
    check_amount(order, amount);
    if (is_rest) {  // staff say when it came: the payment stays as it is until then
        record(tx, "payment.started", *payment,
               {{"method", method}, {"gateway", kManual}, {"amount", payment->balance().minor}}, actor, now);
        return std::move(*payment);
    }
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

}  // namespace orderd::payments
