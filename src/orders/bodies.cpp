#include "orders/bodies.h"

#include "accounts/customer_shapes.h"
#include "orders/describe.h"

namespace orderd::orders {

api::Shape order_number() { return api::Shape::id().example(1001); }

}  // namespace orderd::orders

namespace orderd::api {

using namespace orders;
using accounts::Address;
using accounts::CustomerDetails;

Declared<Units> Fields<Units>::value() {
    return object<Units>("ItemUnits", {field("item_id", &Units::item, Shape::id()),
                                       field("quantity", &Units::quantity, Shape::integer(1, kMaxOrderQuantity))});
}

namespace {

constexpr std::size_t kMostLines = 200;   ///< of one order
constexpr std::size_t kMostAccepted = 3;  ///< a text of each kind

std::optional<LegalKind> parse_legal_kind(std::string_view name) { return kLegalKinds.parse(name); }

Shape discount_code_shape() { return Shape::text(1, 60).example("SPRING"); }

}  // namespace

Declared<LegalVersion> Fields<LegalVersion>::value() {
    return object<LegalVersion>(
        "AcceptedTerms",
        {field("kind", &LegalVersion::kind, Shape::one_of({"terms", "privacy", "withdrawal"}), parse_legal_kind),
         field("version", &LegalVersion::version, Shape::id()),
         field("language", &LegalVersion::language, Shape::one_of(Language::codes()))});
}

Declared<OrderLine> Fields<OrderLine>::value() {
    return object<OrderLine>(
        "NewOrderItem",
        {optional("product_id", &OrderLine::product_id, Shape::id()),
         optional("sku", &OrderLine::sku, Shape::text(1, 100).described("instead of product_id")).not_in_example(),
         field("quantity", &OrderLine::quantity, Shape::integer(1, kMaxOrderQuantity))});
}

Declared<OrderRequest> Fields<OrderRequest>::value() {
    return object<OrderRequest>(
        "NewOrder",
        {optional("customer", &OrderRequest::customer,
                  shape_of<CustomerDetails>().described("may be left out by a signed-in customer: their account's")),
         field("items", &OrderRequest::items, Shape::list(shape_of<OrderLine>(), 1, kMostLines)),
         optional("note", &OrderRequest::note, Shape::lines(0, 2000)),
         optional("locale", &OrderRequest::locale,
                  Shape::one_of(Language::codes())
                      .described("the language of all that goes to the customer; without it, what the header "
                                 "Accept-Language asks for, or else the shop's")),
         optional("discount_code", &OrderRequest::discount_code, discount_code_shape()).not_in_example(),
         optional("billing", &OrderRequest::billing,
                  shape_of<BillingDetails>().described("who is billed, where it is not the recipient"))
             .not_in_example(),
         optional(
             "expected_total", &OrderRequest::expected_total,
             Shape::money().described("the total that the customer saw. If the order would cost anything else, it is "
                                      "refused, with the new quote"))
             .not_in_example(),
         optional(
             "delivery_method_id", &OrderRequest::delivery_method,
             Shape::id().described("how it is delivered; the cheapest that fits if absent, but never a pickup, which "
                                   "needs no shipping_address"))
             .not_in_example(),
         optional(
             "accepted_terms", &OrderRequest::accepted_terms,
             Shape::list(shape_of<LegalVersion>(), 0, kMostAccepted)
                 .described("the legal texts that the customer saw and accepts, as GET /legal-texts names them; the "
                            "order keeps them, and its mail has them below it"))
             .not_in_example()});
}

Declared<QuoteAddress> Fields<QuoteAddress>::value() {
    return object<QuoteAddress>(
        "QuoteAddress", {field("country", &QuoteAddress::country, Shape::country()),
                         optional("region", &QuoteAddress::region, Shape::text(0, 100).example("")),
                         optional("postal_code", &QuoteAddress::postal_code, Shape::text(0, 20).example("10115")),
                         optional("city", &QuoteAddress::city, Shape::text(0, 100).example("Berlin"))});
}

Declared<QuoteCustomer> Fields<QuoteCustomer>::value() {
    return object<QuoteCustomer>(
        "QuoteCustomer", {field("shipping_address", &QuoteCustomer::shipping_address, shape_of<QuoteAddress>())});
}

Declared<QuoteRequest> Fields<QuoteRequest>::value() {
    return object<QuoteRequest>(
        "QuoteRequest",
        {optional("customer", &QuoteRequest::customer,
                  shape_of<QuoteCustomer>().described("may be left out by a signed-in customer: their account's")),
         field("items", &QuoteRequest::items, Shape::list(shape_of<OrderLine>(), 1, kMostLines)),
         optional("discount_code", &QuoteRequest::discount_code, discount_code_shape()).not_in_example(),
         optional("delivery_method_id", &QuoteRequest::delivery_method,
                  Shape::id().described("as POST /orders takes it; with a pickup, customer may be left out"))
             .not_in_example()});
}

Declared<Cancellation> Fields<Cancellation>::value() {
    return object<Cancellation>("Cancellation", {optional("reason", &Cancellation::reason, Shape::text(0, 500))});
}

Declared<CustomerChanges> Fields<CustomerChanges>::value() {
    return object<CustomerChanges>(
        "OrderCustomerChanges",
        {optional("name", &CustomerChanges::name, accounts::name_shape()),
         optional("email", &CustomerChanges::email, Shape::email()),
         optional("phone", &CustomerChanges::phone, accounts::phone_shape()),
         optional("shipping_address", &CustomerChanges::shipping_address, shape_of<Address>())});
}

Declared<OrderUpdate> Fields<OrderUpdate>::value() {
    return object<OrderUpdate>(
        "OrderUpdate",
        {optional("status", &OrderUpdate::status,
                  status_shape()
                      .described("processing (packing began) or cancelled; the other steps follow from payments and "
                                 "shipments")
                      .example("processing"),
                  parse_status),
         optional("customer", &OrderUpdate::customer, shape_of<CustomerChanges>()),
         optional("note", &OrderUpdate::note, Shape::lines(0, 2000).described("the customer's note")),
         optional("staff_note", &OrderUpdate::staff_note, Shape::lines(0, 2000)),
         optional("delivery_note", &OrderUpdate::delivery_note,
                  Shape::lines(0, 500)
                      .described("when it comes, or can be fetched; the customer reads it")
                      .example("Tuesday, 17 to 19")),
         optional("managed_by", &OrderUpdate::managed_by,
                  Shape::id().described("an active owner's or staff member's id")),
         optional(
             "locale", &OrderUpdate::locale,
             Shape::one_of(Language::codes()).described("the language of all that goes to the customer from now on")),
         optional("reason", &OrderUpdate::reason, Shape::text(0, 500).described("why it is cancelled"))
             .not_in_example(),
         optional("hold_until", &OrderUpdate::hold_until,
                  Shape::time().nullable().described("until when an unpaid order holds its stock; null: without an "
                                                     "end. Cash on delivery is confirmed by it"))
             .not_in_example(),
         optional(
             "keep_total", &OrderUpdate::keep_total,
             Shape::boolean().described("true: the sums stay as they are, though the new address has another tax or "
                                        "delivery. Otherwise they are computed anew while nothing is paid"))
             .not_in_example(),
         optional("billing", &OrderUpdate::billing,
                  shape_of<BillingDetails>().nullable().described("null: the recipient is billed"))
             .not_in_example(),
         optional(
             "vat_id_verified", &OrderUpdate::vat_id_verified,
             Shape::boolean().described("that staff looked the VAT ID up. An order to a business in another member "
                                        "state of the European Union has no tax then, if it is not paid yet"))
             .not_in_example()});
}

}  // namespace orderd::api
