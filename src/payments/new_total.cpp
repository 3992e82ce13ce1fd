#include "payments/new_total.h"

#include <algorithm>

#include "payments/after_restore.h"
#include "payments/payment.h"

namespace orderd::payments {

namespace {

constexpr auto kSetAmount = R"sql(
    UPDATE payment SET amount = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1 AND captured = 0
)sql";

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
    const auto payment = find_by_order(tx, order);
    if (!payment) {
        return true;
    }
    if (payment->is_taken() || has_charge_under_way(tx, payment->id)) {
        return false;
    }
    tx.run(kSetAmount, payment->id, total, now);
    tx.touched(storage::Topic::payments);
    return true;
}

}  // namespace orderd::payments
