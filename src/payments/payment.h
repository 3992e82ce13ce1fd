#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/money.h"
#include "base/refused.h"
#include "base/time.h"
#include "orders/shipping.h"
#include "storage/writer.h"

namespace orderd::payments {

inline constexpr Refused kIllegalPaymentTransition{
    409, "illegal_payment_transition",
    "The payment cannot change from its present status to the one that your request implies. payment_status says how "
    "it stands, and allowed lists what can follow. Read it again before you decide."};

enum class Status {
    processing,
    requires_action,
    authorized,
    succeeded,
    failed,
    voided,
    partially_refunded,
    refunded,
    disputed
};

std::string_view to_text(Status status);
std::optional<Status> parse_status(std::string_view text);

/// The statuses that may follow a status: the whole state machine.
const std::vector<Status>& next(Status from);

/// The gateway of bank transfer and cash on delivery: staff record that the money has arrived.
constexpr std::string_view kManual = "manual";

/// An order's payment: one row per order, however many attempts there were.
struct Payment {
    PaymentId id{};
    OrderId order{};
    Money amount = {};
    std::string method = {};
    Status status = Status::processing;
    std::string gateway = {};
    std::optional<std::string> gateway_reference = {};
    std::optional<std::string> card_brand = {};
    std::optional<std::string> card_last4 = {};
    std::optional<std::string> action_url = {};
    std::optional<std::string> failure_code = {};
    Money captured = {};
    std::optional<Time> captured_at = {};
    Money refunded = {};    ///< includes refunds under way and those to be sent
    Money to_be_sent = {};  ///< part of refunded: what staff still have to send by hand
    Money waived = {};      ///< part of amount: what staff did not capture, and let go
    Money given_back = {};  ///< part of refunded: since the order's total fell, so it is not paid any more
    Time created_at = {};
    Time updated_at = {};
    std::int64_t version = 1;

    Money moved_back() const { return refunded - to_be_sent; }  ///< includes refunds under way at a gateway
    /// What the order still owes, or (negative) is to be refunded, once it was captured.
    Money balance() const { return is_captured() ? amount - waived - captured + given_back : Money{}; }
    bool is_manual() const { return gateway == kManual; }
    bool is_captured() const { return captured.minor > 0 || status == Status::succeeded; }
    bool is_taken() const { return status == Status::authorized || is_captured(); }  ///< includes held money
};

enum class AttemptId : std::int64_t {};

enum class AttemptOutcome {
    open,  ///< no outcome yet
    requires_action,
    authorized,
    succeeded,
    failed,
    voided,
    returned  ///< its money was returned, since another attempt counts
};
std::string_view to_text(AttemptOutcome outcome);

/// One attempt to charge a card.
struct Attempt {
    AttemptId id{};
    PaymentId payment{};
    std::string gateway;
    std::string key;         ///< idempotency key at the gateway
    std::string instrument;  ///< the gateway's token of the card
    std::string return_url;  ///< where the customer comes back to from a confirmation
    AttemptOutcome outcome = AttemptOutcome::open;
    std::optional<std::string> failure_code;
    std::optional<std::string> gateway_reference;
    Time at;
    Money amount = {};    ///< that the gateway is asked for
    Money captured = {};  ///< that it took
};

enum class RefundStatus {
    pending,
    to_be_sent,  ///< staff send it by hand, and then record that
    succeeded,
    failed
};
std::string_view to_text(RefundStatus status);
std::vector<std::string> refund_statuses();

struct Refund {
    RefundId id{};
    PaymentId payment{};
    Money amount;
    std::string reason;
    RefundStatus status = RefundStatus::pending;
    std::string key;  ///< idempotency key at the gateway
    std::optional<std::string> gateway_reference;
    std::optional<std::string> failure_code;
    std::string actor;  ///< who requested it
    Time at;
    std::optional<Time> sent_at;            ///< when staff recorded that they sent it
    std::vector<orders::Units> units;       ///< that it pays back; empty: it is a sum
    std::optional<AttemptId> attempt = {};  ///< whose charge it goes back on; nullopt: what was paid by hand
    bool of_total = false;                  ///< it gives back what the order's total fell by
};

enum class DisputeId : std::int64_t {};

enum class DisputeStatus { open, won, lost };
std::string_view to_text(DisputeStatus status);
std::vector<std::string> dispute_statuses();

/// A dispute: the customer asked the bank for the money back.
struct Dispute {
    DisputeId id{};
    Money amount;
    std::string reason;
    DisputeStatus status = DisputeStatus::open;
    std::string gateway_reference;
    std::optional<Time> respond_by;
    Time at;
};

/// @throws Refusal 404
Payment get(const storage::View& view, PaymentId id);
std::optional<Payment> find_by_order(const storage::View& view, OrderId order);
/// The payments of several orders, by one statement.
std::vector<Payment> find_by_orders(const storage::View& view, const std::vector<OrderId>& orders);

/// Writes every column that can change, and increases the version, also in `payment`. The status may change
/// only by the state machine. With a new status the order's version grows too, since the order shows its
/// payment's status.
///
/// @throws Refusal 409 `illegal_payment_transition`
void save(storage::Transaction& tx, Payment& payment, Status to, Time now);

/// @returns the payment with its id
Payment insert(storage::Transaction& tx, Payment payment, Time now);

Attempt get_attempt(const storage::View& view, AttemptId id);  ///< @throws Refusal 404
std::optional<Attempt> find_attempt(const storage::View& view, std::string_view gateway, std::string_view reference);
std::optional<Attempt> find_attempt_by_key(const storage::View& view, std::string_view gateway, std::string_view key);
std::vector<Attempt> attempts_of(const storage::View& view, PaymentId payment);  ///< oldest first
std::optional<Attempt> last_attempt(const storage::View& view, PaymentId payment);

Refund get_refund(const storage::View& view, RefundId id);                     ///< @throws Refusal 404
std::vector<Refund> refunds_of(const storage::View& view, PaymentId payment);  ///< oldest first

std::vector<Dispute> disputes_of(const storage::View& view, PaymentId payment);  ///< oldest first

/// Notes what an attempt took.
void set_captured(storage::Transaction& tx, AttemptId attempt, Money captured);

/// Has a captured order say that it is paid exactly where nothing is owed.
void keep_paid(storage::Transaction& tx, const Payment& payment, const Actor& actor, Time now);

/// Records an event of a payment, which names its order, and touches the topic of payments.
void record(storage::Transaction& tx, std::string_view kind, const Payment& payment, Json body, const Actor& actor,
            Time now);

}  // namespace orderd::payments
