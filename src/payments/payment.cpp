#include "payments/payment.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "base/names.h"
#include "base/state_table.h"
#include "orders/lifecycle.h"
#include "storage/events.h"
#include "storage/numbering.h"

namespace orderd::payments {

namespace {

struct State {
    Status status;
    std::string_view text;
    std::vector<Status> next;
};

/// The payment's states and steps. A failed or voided payment is tried again as the same payment. A refund
/// that the gateway could not make leads back.
const StateTable<State, 9>& table() {
    using enum Status;
    static const StateTable<State, 9> states({{
        {processing, "processing", {requires_action, authorized, succeeded, failed, voided}},
        {requires_action, "requires_action", {processing, authorized, succeeded, failed, voided}},
        {authorized, "authorized", {succeeded, voided, failed}},
        {succeeded, "succeeded", {partially_refunded, refunded, disputed}},
        {failed, "failed", {processing, requires_action, authorized, succeeded, voided}},
        {voided, "voided", {processing, authorized, succeeded}},
        {partially_refunded, "partially_refunded", {succeeded, refunded, disputed}},
        {refunded, "refunded", {succeeded, partially_refunded, disputed}},
        {disputed, "disputed", {succeeded, partially_refunded, refunded}},
    }});
    return states;
}

void require_step(Status from, Status to) {
    if (from != to && !table().allows(from, to)) {
        throw Refusal(kIllegalPaymentTransition,
                      fmt::format("the payment is {}; it cannot become {}", to_text(from), to_text(to)))
            .with("payment_status", to_text(from))
            .with("allowed", table().names_after(from));
    }
}

#define ORDERD_PAYMENT_COLUMNS                                                                                        \
    "SELECT id, order_id, amount, method, status, gateway, gateway_reference, card_brand, card_last4, action_url, "   \
    "failure_code, captured, refunded, created_at, updated_at, version, captured_at, to_be_sent, waived, given_back " \
    "FROM payment "
constexpr auto kGet = ORDERD_PAYMENT_COLUMNS "WHERE id = ?1";
constexpr auto kOfOrder = ORDERD_PAYMENT_COLUMNS "WHERE order_id = ?1";
constexpr auto kOfOrders = ORDERD_PAYMENT_COLUMNS "WHERE order_id IN (SELECT value FROM json_each(?1))";
#undef ORDERD_PAYMENT_COLUMNS

constexpr auto kSave = R"sql(
    UPDATE payment
       SET method = ?3, status = ?4, gateway = ?5, gateway_reference = ?6, card_brand = ?7, card_last4 = ?8,
           action_url = ?9, failure_code = ?10, captured = ?11, refunded = ?12, updated_at = ?13, captured_at = ?14,
           to_be_sent = ?15, amount = ?16, waived = ?17, given_back = ?18, version = version + 1
     WHERE id = ?1 AND version = ?2
)sql";
constexpr auto kInsert =
    "INSERT INTO payment (id, order_id, amount, method, status, gateway, card_brand, card_last4, "
    "captured, created_at, updated_at) "
    "VALUES (" ORDERD_NEXT_ID("payment") R"sql(, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)
)sql";

#define ORDERD_ATTEMPT_COLUMNS                                                                                    \
    "SELECT id, payment_id, gateway, idempotency_key, instrument, outcome, failure_code, gateway_reference, at, " \
    "return_url, amount, captured FROM payment_attempt "
constexpr auto kAttempt = ORDERD_ATTEMPT_COLUMNS "WHERE id = ?1";
constexpr auto kAttemptByReference = ORDERD_ATTEMPT_COLUMNS "WHERE gateway = ?1 AND gateway_reference = ?2";
constexpr auto kAttemptByKey = ORDERD_ATTEMPT_COLUMNS "WHERE gateway = ?1 AND idempotency_key = ?2";
constexpr auto kAttempts = ORDERD_ATTEMPT_COLUMNS "WHERE payment_id = ?1 ORDER BY id";
#undef ORDERD_ATTEMPT_COLUMNS

#define ORDERD_REFUND_COLUMNS                                                                               \
    "SELECT id, payment_id, amount, reason, status, idempotency_key, gateway_reference, failure_code, at, " \
    "actor, sent_at, units, attempt_id, of_total FROM refund "
constexpr auto kRefund = ORDERD_REFUND_COLUMNS "WHERE id = ?1";
constexpr auto kRefunds = ORDERD_REFUND_COLUMNS "WHERE payment_id = ?1 ORDER BY id";
#undef ORDERD_REFUND_COLUMNS

constexpr auto kDisputes = R"sql(
    SELECT id, amount, reason, status, gateway_reference, respond_by, at FROM dispute WHERE payment_id = ?1 ORDER BY id
)sql";

constexpr auto kSetCaptured = "UPDATE payment_attempt SET captured = ?2 WHERE id = ?1";

constexpr Names<AttemptOutcome, 7> kOutcomes{{{{AttemptOutcome::open, "open"},
                                               {AttemptOutcome::requires_action, "requires_action"},
                                               {AttemptOutcome::authorized, "authorized"},
                                               {AttemptOutcome::succeeded, "succeeded"},
                                               {AttemptOutcome::failed, "failed"},
                                               {AttemptOutcome::voided, "voided"},
                                               {AttemptOutcome::returned, "returned"}}}};
constexpr Names<RefundStatus, 4> kRefundStatuses{{{{RefundStatus::pending, "pending"},
                                                   {RefundStatus::to_be_sent, "to_be_sent"},
                                                   {RefundStatus::succeeded, "succeeded"},
                                                   {RefundStatus::failed, "failed"}}}};
constexpr Names<DisputeStatus, 3> kDisputeStatuses{
    {{{DisputeStatus::open, "open"}, {DisputeStatus::won, "won"}, {DisputeStatus::lost, "lost"}}}};

using OptionalText = std::optional<std::string>;

Payment read_payment(const storage::Row& row) {
    return {.id = row.get<PaymentId>(0),
            .order = row.get<OrderId>(1),
            .amount = row.get<Money>(2),
            .method = row.get<std::string>(3),
            .status = parse_status(row.get<std::string_view>(4)).value(),
            .gateway = row.get<std::string>(5),
            .gateway_reference = row.get<OptionalText>(6),
            .card_brand = row.get<OptionalText>(7),
            .card_last4 = row.get<OptionalText>(8),
            .action_url = row.get<OptionalText>(9),
            .failure_code = row.get<OptionalText>(10),
            .captured = row.get<Money>(11),
            .captured_at = row.get<std::optional<Time>>(16),
            .refunded = row.get<Money>(12),
            .to_be_sent = row.get<Money>(17),
            .waived = row.get<Money>(18),
            .given_back = row.get<Money>(19),
            .created_at = row.get<Time>(13),
            .updated_at = row.get<Time>(14),
            .version = row.get<std::int64_t>(15)};
}

Attempt read_attempt(const storage::Row& row) {
    return {.id = row.get<AttemptId>(0),
            .payment = row.get<PaymentId>(1),
            .gateway = row.get<std::string>(2),
            .key = row.get<std::string>(3),
            .instrument = row.get<std::string>(4),
            .return_url = row.get<std::string>(9),
            .outcome = kOutcomes.stored(row.get<std::string_view>(5)),
            .failure_code = row.get<OptionalText>(6),
            .gateway_reference = row.get<OptionalText>(7),
            .at = row.get<Time>(8),
            .amount = row.get<Money>(10),
            .captured = row.get<Money>(11)};
}

std::vector<orders::Units> units_from(std::string_view text) {
    std::vector<orders::Units> units;
    for (const auto& unit : stored_json(text)) {
        units.push_back({ItemId{unit.at(0).get<std::int64_t>()}, unit.at(1).get<Quantity>()});
    }
    return units;
}

Refund read_refund(const storage::Row& row) {
    return {.id = row.get<RefundId>(0),
            .payment = row.get<PaymentId>(1),
            .amount = row.get<Money>(2),
            .reason = row.get<std::string>(3),
            .status = kRefundStatuses.stored(row.get<std::string_view>(4)),
            .key = row.get<std::string>(5),
            .gateway_reference = row.get<OptionalText>(6),
            .failure_code = row.get<OptionalText>(7),
            .actor = row.get<std::string>(9),
            .at = row.get<Time>(8),
            .sent_at = row.get<std::optional<Time>>(10),
            .units = units_from(row.get<std::string_view>(11)),
            .attempt = row.get<std::optional<AttemptId>>(12),
            .of_total = row.get<bool>(13)};
}

void tell_order(storage::Transaction& tx, const Payment& payment, Time now) {
    orders::set_payment_state(tx, payment.order,
                              {.status = to_text(payment.status),
                               .method = payment.method,
                               .goes_back = payment.captured.minor > 0 && payment.refunded == payment.captured,
                               .balance = payment.balance()},
                              now);
}

template <class T>
T found_or_refused(std::optional<T> found, std::string_view what) {
    if (!found) {
        throw not_found(what);
    }
    return std::move(*found);
}

}  // namespace

std::string_view to_text(Status status) { return table()[status].text; }

std::string_view to_text(AttemptOutcome outcome) { return kOutcomes[outcome]; }

std::string_view to_text(RefundStatus status) { return kRefundStatuses[status]; }
std::vector<std::string> refund_statuses() { return kRefundStatuses.list(); }

std::string_view to_text(DisputeStatus status) { return kDisputeStatuses[status]; }
std::vector<std::string> dispute_statuses() { return kDisputeStatuses.list(); }

std::optional<Status> parse_status(std::string_view text) { return table().parse(text); }

const std::vector<Status>& next(Status from) { return table()[from].next; }

Payment get(const storage::View& view, PaymentId id) {
    return found_or_refused(view.first(kGet, read_payment, id), "payment");
}

std::optional<Payment> find_by_order(const storage::View& view, OrderId order) {
    return view.first(kOfOrder, read_payment, order);
}

std::vector<Payment> find_by_orders(const storage::View& view, const std::vector<OrderId>& orders) {
    std::vector<Payment> payments;
    view.each(
        kOfOrders, [&](const storage::Row& row) { payments.push_back(read_payment(row)); },
        numbers_json(orders).dump());
    return payments;
}

void save(storage::Transaction& tx, Payment& payment, Status to, Time now) {
    require_step(payment.status, to);
    const auto changed = tx.run(kSave, payment.id, payment.version, payment.method, to_text(to), payment.gateway,
                                payment.gateway_reference, payment.card_brand, payment.card_last4, payment.action_url,
                                payment.failure_code, payment.captured, payment.refunded, now, payment.captured_at,
                                payment.to_be_sent, payment.amount, payment.waived, payment.given_back);
    if (changed != 1) {
        throw std::logic_error("the payment changed since it was read in this transaction");
    }
    payment.status = to;
    tell_order(tx, payment, now);
    payment.updated_at = now;
    ++payment.version;
    tx.touched(storage::Topic::payments);
}

Payment insert(storage::Transaction& tx, Payment payment, Time now) {
    payment.id = PaymentId{tx.insert(kInsert, payment.order, payment.amount, payment.method, to_text(payment.status),
                                     payment.gateway, payment.card_brand, payment.card_last4, payment.captured, now)};
    payment.created_at = payment.updated_at = now;
    payment.version = 1;
    tell_order(tx, payment, now);
    tx.touched(storage::Topic::payments);
    return payment;
}

Attempt get_attempt(const storage::View& view, AttemptId id) {
    return found_or_refused(view.first(kAttempt, read_attempt, id), "attempt at a payment");
}

std::optional<Attempt> find_attempt(const storage::View& view, std::string_view gateway, std::string_view reference) {
    return view.first(kAttemptByReference, read_attempt, gateway, reference);
}

std::optional<Attempt> find_attempt_by_key(const storage::View& view, std::string_view gateway, std::string_view key) {
    return view.first(kAttemptByKey, read_attempt, gateway, key);
}

std::vector<Attempt> attempts_of(const storage::View& view, PaymentId payment) {
    std::vector<Attempt> attempts;
    view.each(
        kAttempts, [&](const storage::Row& row) { attempts.push_back(read_attempt(row)); }, payment);
    return attempts;
}

std::optional<Attempt> last_attempt(const storage::View& view, PaymentId payment) {
    auto attempts = attempts_of(view, payment);
    return attempts.empty() ? std::nullopt : std::optional(std::move(attempts.back()));
}

Refund get_refund(const storage::View& view, RefundId id) {
    return found_or_refused(view.first(kRefund, read_refund, id), "refund");
}

std::vector<Refund> refunds_of(const storage::View& view, PaymentId payment) {
    std::vector<Refund> refunds;
    view.each(
        kRefunds, [&](const storage::Row& row) { refunds.push_back(read_refund(row)); }, payment);
    return refunds;
}

std::vector<Dispute> disputes_of(const storage::View& view, PaymentId payment) {
    std::vector<Dispute> disputes;
    view.each(
        kDisputes,
        [&](const storage::Row& row) {
            disputes.push_back({.id = row.get<DisputeId>(0),
                                .amount = row.get<Money>(1),
                                .reason = row.get<std::string>(2),
                                .status = kDisputeStatuses.stored(row.get<std::string_view>(3)),
                                .gateway_reference = row.get<std::string>(4),
                                .respond_by = row.get<std::optional<Time>>(5),
                                .at = row.get<Time>(6)});
        },
        payment);
    return disputes;
}

void set_captured(storage::Transaction& tx, AttemptId attempt, Money captured) {
    tx.run(kSetCaptured, attempt, captured);
}

void keep_paid(storage::Transaction& tx, const Payment& payment, const Actor& actor, Time now) {
    const auto order = orders::get(tx, payment.order);
    const bool owes = payment.balance().minor > 0;
    if (order.status == orders::Status::pending && payment.is_captured() && !owes) {
        orders::step(tx, order, orders::Status::paid, actor, now);
    } else if (order.status == orders::Status::paid && owes) {
        orders::step(tx, order, orders::Status::pending, actor, now);
    }
}

void record(storage::Transaction& tx, std::string_view kind, const Payment& payment, Json body, const Actor& actor,
            Time now) {
    Json whole{{"order_id", number(payment.order)}};
    whole.update(body);
    events::record(tx, kind, {"payment", number(payment.id)}, whole, actor, now);
    tx.touched(storage::Topic::payments);
}

}  // namespace orderd::payments
