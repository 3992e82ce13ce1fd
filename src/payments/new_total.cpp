#include "payments/new_total.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/random.h"
#include "orders/editing.h"
#include "payments/after_restore.h"
#include "payments/capturing.h"
#include "payments/payment.h"
#include "payments/refunds.h"

namespace orderd::payments {

namespace {

/// Whether a gateway may have taken money that the shop does not know of.
bool may_be_charged(const Desk& desk, const storage::View& view, OrderId order) {
    const auto& gateways = desk.gateways.all();
    return std::any_of(gateways.begin(), gateways.end(), [&](const auto& gateway) {
        return is_to_be_asked(view, order, gateway->name()) && gateway->is_ready(view);
    });
}

/// Whether a charge of the present amount may still land.
bool has_charge_under_way(const storage::View& view, PaymentId payment) {
    const auto attempts = attempts_of(view, payment);
    return std::any_of(attempts.begin(), attempts.end(), [](const Attempt& attempt) {
        return attempt.outcome == AttemptOutcome::open || attempt.outcome == AttemptOutcome::requires_action;
    });
}

}  // namespace

bool follow_total(const Desk& desk, storage::Transaction& tx, OrderId order, Money total, Time now) {
    if (may_be_charged(desk, tx, order)) {
        return false;
    }
    auto payment = find_by_order(tx, order);
    if (!payment) {
        return true;
    }
    if (payment->is_taken() || has_charge_under_way(tx, payment->id)) {
        return false;
    }
    payment->amount = total;
    save(tx, *payment, payment->status, now);
    return true;
}

namespace {

Refusal cannot_follow(OrderId order, std::string_view why) {
    return {orders::kMoneyCannotFollow,
            fmt::format("the payment of order {} cannot follow now: {}", number(order), why)};
}

/// Gives back what a captured payment has too much, or has its order owe the rest.
void meet_captured(storage::Transaction& tx, Payment& payment, const Actor& actor, Time now) {
    const auto too_much = Money{} - payment.balance();
    if (too_much.minor > 0) {
        try {
            refund(tx, payment,
                   {.amount = too_much,
                    .reason = "the order was changed",
                    .restock = {},
                    .key = fmt::format("edit-{}-{}", number(payment.id), random_token(""))},
                   actor, now);
        } catch (const Refusal& refusal) {
            throw cannot_follow(payment.order, refusal.detail());
        }
    }
    keep_paid(tx, payment, actor, now);
}

/// The sum that a gateway holds for a payment.
Money authorized_sum(const storage::View& view, const Payment& payment) {
    const auto attempt =
        payment.gateway_reference ? find_attempt(view, payment.gateway, *payment.gateway_reference) : std::nullopt;
    return attempt ? attempt->amount : payment.amount;
}

}  // namespace

void meet_total(const Desk& desk, storage::Transaction& tx, OrderId order, Money total, const Actor& actor, Time now) {
    if (may_be_charged(desk, tx, order)) {
        throw cannot_follow(order, "the shop was restored, and a gateway was not asked yet what it took since");
    }
    auto payment = find_by_order(tx, order);
    if (!payment) {
        return;
    }
    if (has_charge_under_way(tx, payment->id)) {
        throw cannot_follow(order, "a card is being charged");
    }
    if (capture_under_way(tx, *payment)) {
        throw cannot_follow(order, "what is held is being captured");
    }
    payment->amount = total;
    if (payment->is_captured()) {
        save(tx, *payment, payment->status, now);
        meet_captured(tx, *payment, actor, now);
        return;
    }
    const bool is_too_small = payment->status == Status::authorized && authorized_sum(tx, *payment) < total;
    save(tx, *payment, payment->status, now);
    if (is_too_small) {
        void_payment(tx, *payment, actor, now, true);
    }
}

}  // namespace orderd::payments
