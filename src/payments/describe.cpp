#include "payments/describe.h"

#include "base/budgets.h"
#include "orders/order.h"
#include "payments/declines.h"
#include "payments/reference.h"
#include "payments/sandbox.h"

namespace orderd::payments {

namespace {

using api::Shape;

Shape status_shape() {
    return Shape::one_of({"processing", "requires_action", "authorized", "succeeded", "failed", "voided",
                          "partially_refunded", "refunded", "disputed"});
}

Json failure_json(const Payment& payment, const Language& language) {
    if (!payment.failure_code || payment.status != Status::failed) {
        return nullptr;
    }
    const auto& decline = decline_of(*payment.failure_code);
    return {{"code", decline.code()}, {"text", decline_text(decline, language)}};
}

std::string absolute(const std::string& url, const std::string& base) {
    return url.starts_with('/') ? base + url : url;
}

Shape attempt_shape() {
    return Shape::object({
                             {"id", Shape::id()},
                             {"gateway", Shape::text(1, 40)},
                             {"outcome", Shape::text(1, 40)},
                             {"failure_code", Shape::text(0, 80).nullable().described("the gateway's own")},
                             {"gateway_reference", Shape::text(0, 255).nullable()},
                             {"created_at", Shape::time()},
                         })
        .named("PaymentAttempt");
}

Shape dispute_shape() {
    return Shape::object(
               {
                   {"id", Shape::id()},
                   {"amount", Shape::money()},
                   {"currency", Shape::currency()},
                   {"reason", Shape::text(0, 80).described("the gateway's word")},
                   {"status", Shape::one_of(dispute_statuses())},
                   {"gateway_reference", Shape::text(1, 255)},
                   {"respond_by", Shape::time().nullable().described("until when evidence can be sent, at the "
                                                                     "gateway")},
                   {"created_at", Shape::time()},
               })
        .named("Dispute");
}

}  // namespace

Json describe(const Dispute& dispute, const std::string& currency) {
    return {{"id", static_cast<std::int64_t>(dispute.id)},
            {"amount", dispute.amount.minor},
            {"currency", currency},
            {"reason", dispute.reason},
            {"status", to_text(dispute.status)},
            {"gateway_reference", dispute.gateway_reference},
            {"respond_by", or_null(dispute.respond_by)},
            {"created_at", rfc3339(dispute.at)}};
}

Json describe(const Refund& refund, const std::string& currency) {
    return {{"id", number(refund.id)},
            {"payment_id", number(refund.payment)},
            {"amount", refund.amount.minor},
            {"currency", currency},
            {"reason", refund.reason},
            {"status", to_text(refund.status)},
            {"failure_code", or_null(refund.failure_code)},
            {"sent_at", or_null(refund.sent_at)},
            {"created_at", rfc3339(refund.at)}};
}

const Shape& refund_shape() {
    static const auto shape =
        Shape::object({
                          {"id", Shape::id()},
                          {"payment_id", Shape::id()},
                          {"amount", Shape::money()},
                          {"currency", Shape::currency()},
                          {"reason", Shape::text(0, 500)},
                          {"status", Shape::one_of(refund_statuses()).described("to_be_sent: staff send it by hand")},
                          {"failure_code", Shape::text(0, 80).nullable()},
                          {"sent_at", Shape::time().nullable().described("by hand")},
                          {"created_at", Shape::time()},
                      })
            .named("Refund");
    return shape;
}

Json describe(const storage::View& view, const Payment& payment, const std::string& currency, const std::string& base) {
    auto refunds = Json::array();
    for (const auto& refund : refunds_of(view, payment.id)) {
        refunds.push_back(describe(refund, currency));
    }
    const bool waits = payment.status == Status::requires_action && payment.action_url;
    return {
        {"id", number(payment.id)},
        {"order_id", number(payment.order)},
        {"amount", payment.amount.minor},
        {"currency", currency},
        {"method",
         {{"type", payment.method}, {"brand", or_null(payment.card_brand)}, {"last4", or_null(payment.card_last4)}}},
        {"status", to_text(payment.status)},
        {"gateway", payment.gateway},
        {"simulated", payment.gateway == Sandbox::kName},
        {"captured", payment.captured.minor},
        {"refunded", payment.refunded.minor},
        {"to_be_sent", payment.to_be_sent.minor},
        {"action_url", waits ? Json(absolute(*payment.action_url, base)) : Json(nullptr)},
        {"failure", failure_json(payment, orders::language_of(view, payment.order))},
        {"refunds", std::move(refunds)},
        {"created_at", rfc3339(payment.created_at)},
        {"updated_at", rfc3339(payment.updated_at)},
        {"version", payment.version}};
}

const Shape& payment_shape() {
    static const auto shape =
        Shape::object(
            {
                {"id", Shape::id()},
                {"order_id", Shape::id()},
                {"amount", Shape::money()},
                {"currency", Shape::currency()},
                {"method", Shape::object({{"type", Shape::one_of({"card", "bank_transfer", "cash_on_delivery", "cash",
                                                                  "terminal"})},
                                          {"brand", Shape::text(0, 40).nullable()},
                                          {"last4", Shape::text(0, 4).nullable()}})
                               .named("PaidBy")},
                {"status", status_shape()},
                {"gateway", Shape::text(1, 40).described("sandbox, stripe, or manual")},
                {"simulated", Shape::boolean().described("no money moved: say so wherever the payment is shown")},
                {"captured", Shape::money()},
                {"refunded", Shape::money().described("or on its way back, or to be sent")},
                {"to_be_sent", Shape::money().described("of refunded: what staff are still to send by hand")},
                {"action_url",
                 Shape::text(0, 4000).nullable().described("requires_action: where the customer confirms the payment")},
                {"failure",
                 Shape::object({{"code", Shape::text(1, 80)},
                                {"text", Shape::text(1, 500).described(
                                             "for the customer, in the order's language; English for staff")}})
                     .named("PaymentFailure")
                     .nullable()},
                {"refunds", Shape::list(refund_shape(), 0, 100'000)},
                {"created_at", Shape::time()},
                {"updated_at", Shape::time()},
                {"version", Shape::id()},
            })
            .named("Payment");
    return shape;
}

std::map<OrderId, Json> describe_beside_orders(const storage::View& view, const std::vector<OrderId>& orders) {
    std::map<OrderId, Json> described;
    for (const auto& payment : find_by_orders(view, orders)) {
        described[payment.order] = {{"id", number(payment.id)},
                                    {"method", payment.method},
                                    {"status", to_text(payment.status)},
                                    {"gateway", payment.gateway},
                                    {"amount", payment.amount.minor},
                                    {"captured", payment.captured.minor},
                                    {"refunded", payment.refunded.minor},
                                    {"to_be_sent", payment.to_be_sent.minor},
                                    {"card_brand", or_null(payment.card_brand)},
                                    {"card_last4", or_null(payment.card_last4)},
                                    {"failure_code", or_null(payment.failure_code)}};
    }
    return described;
}

Json describe_for_admin(const storage::View& view, const Payment& payment, const std::string& currency,
                        const std::string& base) {
    auto json = describe(view, payment, currency, base);
    json["failure"] = failure_json(payment, Language::english());
    json["gateway_reference"] = or_null(payment.gateway_reference);
    json["reference"] = or_null(reference_of(view, payment.id));
    json["customer_name"] = orders::recipient_name(view, payment.order);
    auto attempts = Json::array();
    for (const auto& attempt : attempts_of(view, payment.id)) {
        attempts.push_back({{"id", static_cast<std::int64_t>(attempt.id)},
                            {"gateway", attempt.gateway},
                            {"outcome", to_text(attempt.outcome)},
                            {"failure_code", or_null(attempt.failure_code)},
                            {"gateway_reference", or_null(attempt.gateway_reference)},
                            {"created_at", rfc3339(attempt.at)}});
    }
    json["attempts"] = std::move(attempts);
    auto disputes = Json::array();
    for (const auto& dispute : disputes_of(view, payment.id)) {
        disputes.push_back(describe(dispute, currency));
    }
    json["disputes"] = std::move(disputes);
    return json;
}

const Shape& admin_payment_shape() {
    static const auto shape =
        payment_shape()
            .with({
                {"gateway_reference", Shape::text(0, 255).nullable()},
                {"reference", Shape::text(0, 500).nullable().described("what was written on receipt")},
                {"customer_name", Shape::text(0, 200).described("as on the order; empty once erased")},
                {"attempts", Shape::list(attempt_shape(), 0, 100'000)},
                {"disputes", Shape::list(dispute_shape(), 0, 1000)},
            })
            .named("AdminPayment");
    return shape;
}

Json describe(const std::optional<Totals>& totals, const std::string& currency) {
    const auto sum = [&](Money Totals::*member) { return totals ? Json((*totals.*member).minor) : Json(nullptr); };
    return {{"complete", totals.has_value()},
            {"most", budget::kPaymentsSummed},
            {"currency", currency},
            {"count", totals ? Json(totals->count) : Json(nullptr)},
            {"amount", sum(&Totals::amount)},
            {"captured", sum(&Totals::captured)},
            {"refunded", sum(&Totals::refunded)},
            {"to_be_sent", sum(&Totals::to_be_sent)},
            {"outstanding", sum(&Totals::outstanding)}};
}

const Shape& totals_shape() {
    const auto sum = [](std::string_view what) { return Shape::money().nullable().described(what); };
    static const auto shape =
        Shape::object({
                          {"complete", Shape::boolean().described(
                                           "false: there are more payments to look through than are added up for one "
                                           "answer, and the sums are null; choose days, or search")},
                          {"most", Shape::integer(1, kMaxTotal.minor).described("how many are looked through")},
                          {"currency", Shape::currency()},
                          {"count", Shape::integer(0, budget::kPaymentsSummed).nullable().described("payments")},
                          {"amount", sum("what was to be paid")},
                          {"captured", sum("what has come in")},
                          {"refunded", sum("what went back, is on its way or is to be sent")},
                          {"to_be_sent", sum("of refunded: what staff are still to send by hand")},
                          {"outstanding", sum("what is owed: not captured, of orders that were neither cancelled nor "
                                              "expired")},
                      })
            .named("PaymentTotals");
    return shape;
}

}  // namespace orderd::payments
