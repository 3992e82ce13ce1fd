#include "orders/describe.h"

#include "accounts/admin.h"
#include "accounts/customer_shapes.h"
#include "orders/bodies.h"
#include "orders/delivery_bodies.h"
#include "orders/packing.h"
#include "orders/tags.h"

namespace orderd::orders {

namespace {

using api::Shape;

JsonObject item_json(const Item& item) {
    JsonObject json;
    json.add("id", number(item.id))
        .add_tree("product_id", product_json(item))
        .add("sku", item.sku)
        .add("name", item.name)
        .add("unit_price", item.unit_price.minor)
        .add("quantity", item.quantity)
        .add("quantity_shipped", item.shipped)
        .add("quantity_cancelled", item.cancelled)
        .add("quantity_returned", item.returned)
        .add("tax_class", catalog::kTaxClasses[item.tax_class])
        .add("tax_rate_ppm", item.tax_rate.ppm)
        .add("discount", item.discount.minor)
        .add("staff_discount", item.staff_discount.minor)
        .add("tax", item.tax.minor)
        .add("total", (item.unit_price * item.quantity).minor)
        .add("awaited", item.awaited)
        .add("price_reason", item.price_reason);
    item.expected_on ? json.add("expected_on", to_text(*item.expected_on)) : json.add("expected_on", nullptr);
    return json;
}

Json delivery_json(const Order& order) {
    if (!order.delivery) {
        return nullptr;
    }
    const auto& it = *order.delivery;
    return json_object({{"method_id", number(it.method)},
                        {"name", it.name},
                        {"kind", kDeliveryKinds[it.kind]},
                        {"days", it.days},
                        {"note", it.note},
                        {"pickup", it.pickup ? to_json(*it.pickup) : Json(nullptr)}});
}

void add_time(JsonObject& json, std::string_view name, const std::optional<Time>& time) {
    time ? json.add(name, rfc3339(*time)) : json.add(name, nullptr);
}

/// Null: it has none.
Json payment_of(const storage::View& view, OrderId id, const Beside& beside) {
    auto found = beside.payments_of ? beside.payments_of(view, {id}) : std::map<OrderId, Json>();
    return found.empty() ? Json(nullptr) : std::move(found.begin()->second);
}

Json history_json(const storage::View& view, OrderId id, const Beside& beside) {
    auto entries = Json::array();
    for (const auto& entry : history(view, id, beside)) {
        entries.push_back({{"sequence", entry.sequence},
                           {"kind", entry.kind},
                           {"actor", entry.actor},
                           {"body", entry.body},
                           {"at", rfc3339(entry.at)}});
    }
    return entries;
}

Shape item_shape() {
    return Shape::object(
               {
                   {"id", Shape::id()},
                   {"product_id", Shape::id().nullable().described("null: a line that staff wrote, of no product")},
                   {"sku", Shape::text(0, 100)},
                   {"name", Shape::text(1, 200)},
                   {"unit_price", Shape::money()},
                   {"quantity", Shape::integer(1, kMaxOrderQuantity)},
                   {"quantity_shipped", Shape::integer(0, kMaxOrderQuantity)},
                   {"quantity_cancelled", Shape::integer(0, kMaxOrderQuantity)},
                   {"quantity_returned", Shape::integer(0, kMaxOrderQuantity)},
                   {"tax_class", catalog::tax_class_shape()},
                   {"tax_rate_ppm", Shape::integer(0, 1'000'000)},
                   {"discount", Shape::money().described("of the line; total is before it")},
                   {"staff_discount", Shape::money().described("what of it staff gave")},
                   {"tax", Shape::money().described("of the line: added to it, or contained in it")},
                   {"total", Shape::money().described("unit_price × quantity")},
                   {"awaited",
                    Shape::integer(0, kMaxOrderQuantity).described("of the units to be shipped: not in stock yet")},
                   {"price_reason", Shape::text(0, 200).described(
                                        "why staff gave it another price than the product's; empty: they did not")},
                   {"expected_on", Shape::day().nullable().described(
                                       "when what is awaited was to come, as it was told with the order")},
               })
        .named("OrderItem");
}

Shape payment_summary_shape() {
    return Shape::object({
                             {"id", Shape::id()},
                             {"method", Shape::text(1, 40)},
                             {"status", Shape::text(1, 40)},
                             {"gateway", Shape::text(1, 40)},
                             {"amount", Shape::money()},
                             {"captured", Shape::money()},
                             {"refunded", Shape::money()},
                             {"to_be_sent", Shape::money().described("of refunded: what staff are to send by hand")},
                             {"card_brand", Shape::text(0, 40).nullable()},
                             {"card_last4", Shape::text(0, 4).nullable()},
                             {"failure_code", Shape::text(0, 80).nullable()},
                         })
        .named("PaymentSummary");
}

Shape shipment_summary_shape() {
    return Shape::object({
                             {"id", Shape::id()},
                             {"carrier", Shape::text(1, 40)},
                             {"service", Shape::text(0, 80)},
                             {"status", Shape::text(1, 40)},
                             {"tracking_number", Shape::text(0, 80).nullable()},
                             {"tracking_url", Shape::text(0, 2000).nullable()},
                             {"items", Shape::list(api::shape_of<Units>())},
                             {"cost", Shape::money().nullable().described("of the label")},
                             {"cost_currency", Shape::currency().nullable()},
                             {"failure", Shape::text(0, 1000).described("why there is no label")},
                             {"outdated_at", Shape::time().nullable().described(
                                                 "since when the order says something else than the label; null: "
                                                 "it does not")},
                             {"leaves_at", Shape::time().nullable().described(
                                               "marked shipped, which counts from then on; null: not marked")},
                             {"created_at", Shape::time()},
                             {"version", Shape::id()},
                         })
        .named("ShipmentSummary");
}

Shape history_shape() {
    return Shape::object({
                             {"sequence", Shape::id()},
                             {"kind", Shape::text(1, 80)},
                             {"actor", Shape::text(1, 200)},
                             {"body", Shape::anything()},
                             {"at", Shape::time()},
                         })
        .named("HistoryEntry");
}

Shape packable_shape() {
    return Shape::boolean().described(
        "whether it may be packed now: paid or by the setting ship_before_payment, and something of it is in stock");
}

Json to_json(const Billing& billing) {
    return {{"name", billing.name},
            {"company", billing.company},
            {"vat_id", billing.vat_id},
            {"vat_id_verified", billing.vat_id_verified},
            {"address", billing.address ? accounts::to_json(*billing.address) : Json(nullptr)}};
}

Shape billing_shape() {
    return Shape::object({
                             {"name", Shape::text(0, 200)},
                             {"company", Shape::text(0, 200)},
                             {"vat_id", Shape::text(0, 30)},
                             {"vat_id_verified", Shape::boolean().described("staff looked it up")},
                             {"address", accounts::address_shape().nullable()},
                         })
        .named("OrderBilling");
}

}  // namespace

Json to_json(const std::vector<RateSum>& taxes) {
    auto list = Json::array();
    for (const auto& sum : taxes) {
        list.push_back({{"rate_ppm", sum.rate.ppm}, {"base", sum.base.minor}, {"tax", sum.tax.minor}});
    }
    return list;
}

Shape taxes_shape() {
    return Shape::list(
               Shape::object({
                                 {"rate_ppm", Shape::integer(0, 1'000'000)},
                                 {"base", Shape::money().described("what is taxed at the rate, without its tax")},
                                 {"tax", Shape::money()},
                             })
                   .named("TaxOfRate"))
        .described("by rate, highest first; bases and taxes add up to the total");
}

Shape status_shape() {
    std::vector<std::string> words;
    for (const auto status : all_statuses()) {
        words.emplace_back(to_text(status));
    }
    return Shape::one_of(std::move(words));
}

Shape balance_shape() {
    return Shape::integer(-kMaxTotal.minor, kMaxTotal.minor)
        .described("what is still to be paid; negative: to be refunded");
}

JsonObject describe(const Order& order, const std::string& currency, const std::string& receipt_url) {
    const auto& sums = order.totals;
    const auto& to = order.recipient;
    std::vector<JsonObject> items;
    for (const auto& item : order.items) {
        items.push_back(item_json(item));
    }
    JsonObject json;
    json.add("id", number(order.id)).add("status", to_text(order.status));
    order.payment_status.empty() ? json.add("payment_status", nullptr)
                                 : json.add("payment_status", order.payment_status);
    json.add("items", items)
        .add("subtotal", sums.subtotal.minor)
        .add("discount", sums.discount.minor)
        .add("shipping", sums.shipping.minor)
        .add("tax", sums.tax.minor)
        .add("tax_included", sums.tax_included.minor)
        .add("tax_rate_ppm", sums.tax_rate.ppm)
        .add_tree("taxes", to_json(taxes_of(order)))
        .add("tax_treatment", kTaxTreatments[sums.treatment])
        .add("total", sums.total.minor)
        .add("balance", balance_of(order).minor)
        .add("currency", currency)
        .add_tree("customer", to ? accounts::to_json(to->contact, to->address) : Json(nullptr))
        .add_tree("billing", order.billing ? to_json(*order.billing) : Json(nullptr))
        .add("discount_reason", order.discount_reason)
        .add("staff_discount_reason", order.staff_discount_reason)
        .add("note", to ? to->note : "")
        .add("locale", order.language->code())
        .add_tree("delivery", delivery_json(order))
        .add("delivery_note", order.delivery_note)
        .add_tree("accepted_terms", to_json(order.accepted_terms))
        .add("receipt_url", receipt_url)
        .add("created_at", rfc3339(order.placed_at))
        .add("updated_at", rfc3339(order.updated_at));
    add_time(json, "expires_at", order.expires_at);
    json.add("version", order.version);
    return json;
}

const Shape& order_shape() {
    static const auto shape =
        Shape::object(
            {
                {"id", Shape::id().described("the order number")},
                {"status", status_shape()},
                {"payment_status", Shape::text(1, 40).nullable().described("null: no payment yet")},
                {"items", Shape::list(item_shape())},
                {"subtotal", Shape::money()},
                {"discount", Shape::money()},
                {"shipping", Shape::money()},
                {"tax", Shape::money().described("added to the prices; 0 where they include it")},
                {"tax_included", Shape::money().described("contained in prices and shipping")},
                {"tax_rate_ppm",
                 Shape::integer(0, 1'000'000)
                     .described("in millionths: 190000 is 19 %; of several, that of most of the goods")},
                {"taxes", taxes_shape()},
                {"tax_treatment", Shape::one_of(kTaxTreatments.list()).described("why it has this tax, or none")},
                {"total", Shape::money().described("subtotal − discount + shipping + tax")},
                {"balance", balance_shape()},
                {"currency", Shape::currency()},
                {"customer", accounts::contact_shape().nullable()},
                {"billing", billing_shape().nullable().described("null: the recipient is billed")},
                {"discount_reason", Shape::text(0, 200).described("the discount code")},
                {"staff_discount_reason",
                 Shape::text(0, 200).described("why staff gave a discount; empty: they did not")},
                {"note", Shape::lines(0, 2000)},
                {"locale", Shape::one_of(Language::codes()).described("the language of all that goes to the customer")},
                {"delivery", order_delivery_shape().nullable().described(
                                 "as it was agreed; null: free, as in a shop without methods")},
                {"delivery_note", Shape::lines(0, 500).described("when it comes, or can be fetched, as the shop says")},
                {"accepted_terms",
                 Shape::list(legal_version_shape())
                     .described("the legal texts that the customer accepted: /legal/{kind}?lang=&version=")},
                {"receipt_url", Shape::text(1, 2000).described("a page to print or keep; its link is its key")},
                {"created_at", Shape::time()},
                {"updated_at", Shape::time()},
                {"expires_at", Shape::time().nullable().described("when unpaid stock is given back")},
                {"version", Shape::id()},
            })
            .named("Order");
    return shape;
}

const Shape& placed_order_shape() {
    static const auto shape =
        order_shape()
            .with({{"access_token", Shape::text(40, 80).described("opens this order alone; it is shown once")}})
            .named("PlacedOrder");
    return shape;
}

JsonObject describe_for_admin(const storage::View& view, const Order& order, const std::string& currency,
                              const std::string& receipt_url, const Beside& beside) {
    const auto manager = accounts::get_admin(view, order.managed_by);
    auto allowed = Json::array();
    for (const auto status : next(order.status)) {
        allowed.push_back(to_text(status));
    }
    auto json = describe(order, currency, receipt_url);
    json.add("customer_id", number(order.customer))
        .add_tree("tags", tags_of(view, order.id))
        .add("managed_by", JsonObject().add("id", number(manager.id)).add("username", manager.username))
        .add("staff_note", order.staff_note)
        .add_tree("payment", payment_of(view, order.id, beside))
        .add_tree("shipments", beside.shipments_of ? beside.shipments_of(view, order.id) : Json::array())
        .add_tree("history", history_json(view, order.id, beside))
        .add_tree("next_statuses", allowed)
        .add("packable", is_packable(view, order.id));
    return json;
}

const Shape& admin_order_shape() {
    static const auto shape =
        order_shape()
            .with({
                {"customer_id", Shape::id()},
                {"tags", order_tags_shape()},
                {"managed_by",
                 Shape::object({{"id", Shape::id()}, {"username", Shape::text(1, 64)}}).named("OrderManager")},
                {"staff_note", Shape::lines(0, 2000)},
                {"payment", payment_summary_shape().nullable()},
                {"shipments", Shape::list(shipment_summary_shape())},
                {"history", Shape::list(history_shape(), 0, 100'000)},
                {"next_statuses", Shape::list(status_shape()).described("where the state machine lets it go")},
                {"packable", packable_shape()},
                {"payment_url", Shape::text(1, 2000).described("the page on which its customer pays it; its link is "
                                                               "its key")},
            })
            .named("AdminOrder");
    return shape;
}

Json describe(const Summary& summary, const std::string& currency) {
    return json_object(
        {{"id", number(summary.id)},
         {"status", to_text(summary.status)},
         {"payment_status", summary.payment_status.empty() ? Json(nullptr) : Json(summary.payment_status)},
         {"payment_method", or_null(summary.payment_method)},
         {"units", summary.units},
         {"total", summary.total.minor},
         {"currency", currency},
         {"created_at", rfc3339(summary.placed_at)},
         {"expires_at", or_null(summary.expires_at)},
         {"version", summary.version}});
}

const Shape& order_summary_shape() {
    static const auto shape =
        Shape::object({
                          {"id", Shape::id().described("the order number")},
                          {"status", status_shape()},
                          {"payment_status", Shape::text(1, 40).nullable().described("null: no payment yet")},
                          {"payment_method", Shape::text(1, 40).nullable()},
                          {"units", Shape::integer(1, kMaxQuantity)},
                          {"total", Shape::money()},
                          {"currency", Shape::currency()},
                          {"created_at", Shape::time()},
                          {"expires_at", Shape::time().nullable()},
                          {"version", Shape::id()},
                      })
            .named("OrderSummary");
    return shape;
}

Json describe(const std::vector<Item>& items) {
    auto list = Json::array();
    for (const auto& item : items) {
        list.push_back(stored_json(item_json(item).text()));
    }
    return list;
}

Json describe_for_admin(const Summary& summary, const std::string& currency) {
    auto json = describe(summary, currency);
    json["customer_id"] = number(summary.customer);
    json["customer_name"] = summary.customer_name;
    json["tags"] = summary.tags;
    json["managed_by"] = {{"id", number(summary.managed_by)}, {"username", summary.manager}};
    json["packable"] = summary.packable;
    json["awaits"] = summary.awaits;
    json["delivery_kind"] = summary.delivery_kind ? Json(kDeliveryKinds[*summary.delivery_kind]) : Json(nullptr);
    const auto label = label_state(summary);
    json["label"] = label.empty() ? Json(nullptr) : Json(label);
    auto& can = json["can"] = Json::array();
    for (const auto act : acts_on(summary)) {
        can.push_back(to_text(act));
    }
    return json;
}

const Shape& admin_order_summary_shape() {
    static const auto shape =
        order_summary_shape()
            .with({
                {"customer_id", Shape::id()},
                {"customer_name", Shape::text(0, 200)},
                {"tags", order_tags_shape()},
                {"managed_by",
                 Shape::object({{"id", Shape::id()}, {"username", Shape::text(1, 64)}}).named("OrderManager")},
                {"packable", packable_shape()},
                {"awaits", Shape::one_of({"none", "some", "all"})
                               .described("how much of what is to be shipped is not in stock yet")},
                {"delivery_kind", delivery_kind_shape().nullable().described("null: shipping that was free")},
                {"label", Shape::one_of({"ready", "leaving", "pending", "outdated", "failed"})
                              .nullable()
                              .described("of the parcels that are still in the house; null: there are none")},
                {"can", Shape::list(Shape::one_of(act_names()), 0, 10)
                            .described("what would not be refused now, of what can be done with many orders at once")},
                api::optional("items", Shape::list(item_shape()).described("where expand asks for them")),
                api::optional("payment", payment_summary_shape().nullable().described(
                                             "where expand asks for it; null: nobody began to pay")),
            })
            .named("AdminOrderSummary");
    return shape;
}

}  // namespace orderd::orders
