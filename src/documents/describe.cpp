#include "documents/describe.h"

#include "accounts/customer_shapes.h"

namespace orderd::documents {

namespace {

using api::Shape;

/// Amounts of credit notes are negative.
Shape signed_money() { return Shape::integer(-kMaxTotal.minor, kMaxTotal.minor); }

template <class Id>
Json id_or_null(const std::optional<Id>& id) {
    return id ? Json(number(*id)) : Json(nullptr);
}

Json taxes_json(const std::vector<RateSum>& taxes) {
    auto list = Json::array();
    for (const auto& sum : taxes) {
        list.push_back({{"rate_ppm", sum.rate.ppm}, {"base", sum.base.minor}, {"tax", sum.tax.minor}});
    }
    return list;
}

Json party_json(const Party& party) {
    return {{"name", party.name},
            {"company", party.company},
            {"vat_id", party.vat_id},
            {"tax_number", party.tax_number},
            {"register_entry", party.register_entry},
            {"email", party.email},
            {"address", party.address == accounts::Address{} ? Json(nullptr) : accounts::to_json(party.address)}};
}

Json line_json(const Line& line, const Content& content) {
    return {{"kind", to_text(line.kind)},
            {"sku", line.sku},
            {"name", line.name},
            {"quantity", line.quantity},
            {"unit_price", line.unit_price.minor},
            {"net_unit_price", net_unit_price(line, content.prices_include_tax, content.currency)},
            {"discount", line.discount.minor},
            {"rate_ppm", line.rate.ppm},
            {"net", line.net.minor},
            {"tax", line.tax.minor},
            {"total", line.total().minor}};
}

Json day_or_null(const std::optional<Day>& day) { return day ? Json(orderd::to_text(*day)) : Json(nullptr); }

Shape day_shape() { return Shape::text(10, 10).example("2026-11-24"); }

Shape party_shape() {
    return Shape::object({{"name", Shape::text(0, 200)},
                          {"company", Shape::text(0, 200)},
                          {"vat_id", Shape::text(0, 40)},
                          {"tax_number", Shape::text(0, 40)},
                          {"register_entry", Shape::text(0, 200)},
                          {"email", Shape::text(0, 254)},
                          {"address", accounts::address_shape().nullable().described("null: not known")}})
        .named("DocumentParty");
}

Shape line_shape() {
    return Shape::object(
               {{"kind",
                 Shape::one_of({"item", "delivery", "sum"}).described("sum: a part of a sum that was paid back")},
                {"sku", Shape::text(0, 100)},
                {"name", Shape::text(0, 200)},
                {"quantity", Shape::integer(1, kMaxOrderQuantity)},
                {"unit_price", Shape::money().described("as it was sold: with tax where the shop's prices include it")},
                {"net_unit_price", Shape::text(1, 40)
                                       .described("a decimal, with two more digits than the currency has where it is "
                                                  "not exact")
                                       .example("10.5042")},
                {"discount", Shape::money().described("of the line")},
                {"rate_ppm", Shape::integer(0, 10'000'000)},
                {"net", Shape::money()},
                {"tax", Shape::money()},
                {"total", Shape::money()}})
        .named("DocumentLine");
}

}  // namespace

Json describe(const Document& document, const std::string& currency) {
    return {{"id", number(document.id)},
            {"kind", to_text(document.kind)},
            {"number", document.number},
            {"order_id", number(document.order)},
            {"refers_to", id_or_null(document.refers_to)},
            {"refund_id", id_or_null(document.refund)},
            {"issued_on", orderd::to_text(document.issued_on)},
            {"net", document.net.minor},
            {"tax", document.tax.minor},
            {"total", document.total.minor},
            {"currency", currency},
            {"taxes", taxes_json(document.taxes)},
            {"tax_country", document.tax_country},
            {"tax_treatment", document.tax_treatment},
            {"locale", document.language->code()},
            {"created_at", rfc3339(document.created_at)}};
}

const Shape& document_shape() {
    static const auto shape =
        Shape::object({{"id", Shape::id()},
                       {"kind", Shape::one_of(kinds()).described(
                                    "correction: a new invoice, for a credit note whose refund failed")},
                       {"number", Shape::text(1, 60).example("2026-00001")},
                       {"order_id", Shape::id()},
                       {"refers_to", Shape::id().nullable().described("the document that it corrects")},
                       {"refund_id", Shape::id().nullable().described("that a credit note is for")},
                       {"issued_on", day_shape().described("a day of the shop's time zone")},
                       {"net", signed_money().described("a credit note's amounts are negative")},
                       {"tax", signed_money()},
                       {"total", signed_money()},
                       {"currency", Shape::currency()},
                       {"taxes", Shape::list(Shape::object({{"rate_ppm", Shape::integer(0, 10'000'000)},
                                                            {"base", signed_money()},
                                                            {"tax", signed_money()}})
                                                 .named("DocumentTax"))
                                     .described("by rate, highest first")},
                       {"tax_country", Shape::text(0, 2).described("whose tax it is; empty: not known")},
                       {"tax_treatment", Shape::one_of(orders::kTaxTreatments.list())},
                       {"locale", Shape::one_of(Language::codes()).described("the language that it is printed in")},
                       {"created_at", Shape::time()}})
            .named("SalesDocument");
    return shape;
}

Json describe_whole(const storage::View& view, const Document& document) {
    const auto content = content_of(view, document);
    auto json = describe(document, content.currency);
    json["seller"] = party_json(content.seller);
    json["buyer"] = party_json(content.buyer);
    json["delivered_to"] = content.delivered_to ? accounts::to_json(*content.delivered_to) : Json(nullptr);
    json["prices_include_tax"] = content.prices_include_tax;
    json["exemption"] = content.exemption;
    auto lines = Json::array();
    for (const auto& line : content.lines) {
        lines.push_back(line_json(line, content));
    }
    json["lines"] = std::move(lines);
    json["ordered_on"] = orderd::to_text(content.ordered_on);
    json["supplied_on"] = day_or_null(content.supplied_on);
    json["paid_on"] = day_or_null(content.paid_on);
    json["paid_by"] = content.paid_by;
    json["payment_terms"] = content.payment_terms;
    json["foot"] = content.foot;
    json["refers_to_number"] = content.refers_to ? Json(content.refers_to->number) : Json(nullptr);
    json["reason"] = content.reason;
    return json;
}

const Shape& whole_document_shape() {
    static const auto shape =
        document_shape()
            .with({{"seller", party_shape()},
                   {"buyer", party_shape()},
                   {"delivered_to", accounts::address_shape().nullable().described("null: the buyer's address")},
                   {"prices_include_tax", Shape::boolean().described("of unit_price and discount")},
                   {"exemption", Shape::text(0, 1000)},
                   {"lines",
                    Shape::list(line_shape(), 0, 10'000).described("as on paper: positive in a credit note too")},
                   {"ordered_on", day_shape()},
                   {"supplied_on", day_shape().nullable().described("the first parcel's day")},
                   {"paid_on", day_shape().nullable()},
                   {"paid_by", Shape::text(0, 40)},
                   {"payment_terms", Shape::lines(0, 400)},
                   {"foot", Shape::lines(0, 1000)},
                   {"refers_to_number", Shape::text(1, 60).nullable()},
                   {"reason", Shape::lines(0, 500)}})
            .named("WholeSalesDocument");
    return shape;
}

}  // namespace orderd::documents
