#include "orders/quoting.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "orders/delivery_bodies.h"
#include "orders/describe.h"

namespace orderd::orders {

namespace {

using api::Shape;

Json line_json(const catalog::Line& line, const PricedLine& priced) {
    return {{"product_id", number(line.product)},
            {"sku", line.sku},
            {"name", line.name},
            {"unit_price", priced.unit_price.minor},
            {"quantity", line.quantity},
            {"discount", priced.discount.minor},
            {"tax_rate_ppm", priced.tax_rate.ppm},
            {"tax", priced.tax.minor},
            {"total", (priced.unit_price * line.quantity).minor},
            {"awaited", line.awaited},
            {"expected_on", line.expected_on ? Json(to_text(*line.expected_on)) : Json(nullptr)}};
}

Shape line_shape() {
    return Shape::object({
                             {"product_id", Shape::id()},
                             {"sku", Shape::text(1, 100)},
                             {"name", Shape::text(1, 200)},
                             {"unit_price", Shape::money().described("without the tax in the product's price, where "
                                                                     "no tax is due")},
                             {"quantity", Shape::integer(1, kMaxOrderQuantity)},
                             {"discount", Shape::money().described("of the line")},
                             {"tax_rate_ppm", Shape::integer(0, 1'000'000)},
                             {"tax", Shape::money().described("of the line: added to it, or contained in it")},
                             {"total", Shape::money().described("unit_price × quantity")},
                             {"awaited", Shape::integer(0, kMaxOrderQuantity)
                                             .described("of the quantity: not in stock now, and can be ordered")},
                             {"expected_on", Shape::day().nullable().described("when that comes; null: not said")},
                         })
        .named("QuoteItem");
}

std::vector<TaxedPart> parts_of(const Quote& quote) {
    auto parts = quote.sums.totals.shipping_taxes;
    for (std::size_t i = 0; i < quote.lines.size(); ++i) {
        const auto& line = quote.sums.lines[i];
        parts.push_back({.rate = line.tax_rate,
                         .amount = line.unit_price * quote.lines[i].quantity - line.discount,
                         .tax = line.tax});
    }
    return parts;
}

Basket basket_of(const Quote& quote) {
    return {.lines = quote.lines,
            .discount = quote.code ? std::optional(discount_of(*quote.code)) : std::nullopt,
            .to = {}};
}

}  // namespace

std::vector<RateSum> taxes_of(const Quote& quote) {
    return sum_by_rate(parts_of(quote), quote.sums.totals.includes_tax());
}

std::vector<catalog::Wanted> wanted_lines(const std::vector<OrderLine>& items) {
    std::vector<catalog::Wanted> lines;
    std::vector<Fault> faults;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& item = items[i];
        if (item.product_id.has_value() == item.sku.has_value()) {
            faults.push_back({fmt::format("/items/{}", i), "one of product_id and sku is needed, not both"});
            continue;
        }
        lines.push_back({.product_id = item.product_id, .sku = item.sku.value_or(""), .quantity = item.quantity});
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    return lines;
}

Quote quote(const storage::View& view, const Rates& rates, const Asked& asked, Time now) {
    Quote made;
    made.lines = catalog::price(view, asked.lines);
    if (asked.discount_code) {
        made.code = usable_code(view, *asked.discount_code, made.lines, now);
    }
    made.sums = sums_of(rates, basket_of(made), asked.delivery, now);
    return made;
}

Offers offers_for(const Rates& rates, const Quote& quote, const DeliveryWish& wish, Time now) {
    Offers offers;
    std::vector<std::pair<Money, Offer>> priced;  // by what it costs before the discount
    auto basket = basket_of(quote);
    for (const auto* method : rates.delivery.active()) {
        basket.to = tax_place(method, wish.to);
        std::optional<Unavailable> why;
        Money price;
        try {
            const auto sums = compute(rates.price, basket, rates.zone->day_of(now), [&](Money value) {
                auto its = rates.delivery.offer_of(method->id, consignment_of(basket.lines, wish.to, value));
                if (auto* found = std::get_if<Unavailable>(&its)) {
                    why = std::move(*found);
                    return Offer{.method = method, .price = {}};
                }
                price = std::get<Offer>(its).price;
                return std::get<Offer>(its);
            });
            if (!why) {
                priced.emplace_back(price, Offer{.method = method, .price = sums.totals.shipping});
            }
        } catch (const Refusal& refusal) {
            why = Unavailable{.id = method->id, .reason = std::string(refusal.code()), .detail = refusal.detail()};
        }
        if (why) {
            offers.unavailable.push_back(std::move(*why));
        }
    }
    std::stable_sort(priced.begin(), priced.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [price, offer] : priced) {
        offers.fitting.push_back(offer);
    }
    return offers;
}

Json to_json(const Quote& quote, const Offers& offers, const std::string& currency, std::string_view locale) {
    const auto& totals = quote.sums.totals;
    auto lines = Json::array();
    for (std::size_t i = 0; i < quote.lines.size(); ++i) {
        lines.push_back(line_json(quote.lines[i], quote.sums.lines[i]));
    }
    return {
        {"items", std::move(lines)},
        {"taxes", to_json(taxes_of(quote))},
        {"tax_treatment", kTaxTreatments[totals.treatment]},
        {"discount_code", quote.code ? Json(quote.code->code) : Json(nullptr)},
        {"delivery_method_id", quote.sums.delivery == nullptr ? Json(nullptr) : Json(number(quote.sums.delivery->id))},
        {"delivery_methods", offers_json(offers.fitting, locale)},
        {"unavailable", unavailable_json(offers.unavailable)},
        {"subtotal", totals.subtotal.minor},
        {"discount", totals.discount.minor},
        {"shipping", totals.shipping.minor},
        {"tax", totals.tax.minor},
        {"tax_included", totals.tax_included.minor},
        {"total", totals.total.minor},
        {"currency", currency}};
}

const Shape& quote_shape() {
    static const auto shape =
        Shape::object({
                          {"items", Shape::list(line_shape())},
                          {"taxes", taxes_shape()},
                          {"tax_treatment", Shape::one_of(kTaxTreatments.list())},
                          {"discount_code", Shape::text(1, 60).nullable()},
                          {"delivery_method_id", Shape::id().nullable().described(
                                                     "the one that shipping is of; null: delivered free, by a shop "
                                                     "without methods")},
                          {"delivery_methods", delivery_offers_shape()},
                          {"unavailable", unavailable_deliveries_shape()},
                          {"subtotal", Shape::money()},
                          {"discount", Shape::money()},
                          {"shipping", Shape::money()},
                          {"tax", Shape::money().described("added to the prices; 0 where they include it")},
                          {"tax_included", Shape::money().described("contained in prices and shipping")},
                          {"total", Shape::money().described("subtotal − discount + shipping + tax")},
                          {"currency", Shape::currency()},
                      })
            .named("Quote");
    return shape;
}

}  // namespace orderd::orders
