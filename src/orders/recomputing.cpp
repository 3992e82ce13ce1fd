#include "orders/recomputing.h"

#include <fmt/format.h>

#include "orders/codes.h"
#include "storage/events.h"

namespace orderd::orders {

namespace {

constexpr auto kSetTotals = R"sql(
    UPDATE orders SET subtotal = ?2, discount = ?3, shipping = ?4, tax = ?5, tax_included = ?6, total = ?7,
                      tax_rate_ppm = ?8, tax_treatment = ?9, shipping_taxes = ?10, tax_country = ?11,
                      rounded_by = 'rate', updated_at = ?12, version = version + 1
     WHERE id = ?1
)sql";
constexpr auto kSetLine = R"sql(
    UPDATE order_item SET unit_price = ?2, discount = ?3, tax_rate_ppm = ?4, tax = ?5, listed_price = ?6,
                          staff_discount = ?7
     WHERE id = ?1
)sql";

Json to_json(const Totals& sums) {
    return {{"shipping", sums.shipping.minor},
            {"tax", sums.tax.minor},
            {"tax_included", sums.tax_included.minor},
            {"tax_rate_ppm", sums.tax_rate.ppm},
            {"total", sums.total.minor}};
}

}  // namespace

bool owes_tax(const std::optional<Billing>& billing) {
    constexpr std::size_t kLetters = 2;
    if (!billing || !billing->vat_id_verified) {
        return false;
    }
    const auto country = billing->vat_id.substr(0, kLetters);
    return is_in_eu(country == "EL" ? "GR" : country);
}

bool differ(const Totals& a, const Totals& b) {
    return a.subtotal != b.subtotal || a.discount != b.discount || a.shipping != b.shipping || a.tax != b.tax ||
           a.tax_included != b.tax_included || a.total != b.total || a.tax_rate != b.tax_rate ||
           a.treatment != b.treatment || a.shipping_taxes != b.shipping_taxes;
}

std::vector<catalog::Line> as_lines(const Order& order) {
    std::vector<catalog::Line> lines;
    for (const auto& item : order.items) {
        lines.push_back({.product = item.product.value_or(ProductId{}),
                         .sku = item.sku,
                         .name = item.name,
                         .unit_price = item.listed_price.value_or(item.unit_price),
                         .weight_g = item.weight_g,
                         .tax_class = item.tax_class,
                         .quantity = item.quantity,
                         .counted = item.counted,
                         .price_reason = item.price_reason});
    }
    return lines;
}

Basket basket_of(const storage::View& view, const Order& order, bool buyer_owes_tax) {
    Basket basket{.lines = as_lines(order), .discount = std::nullopt, .to = {}, .reverse_charge = buyer_owes_tax};
    Discount discount;
    for (const auto& item : order.items) {
        discount.kept.push_back(
            {.amount = item.discount, .of = item.unit_price * item.quantity, .by_staff = item.staff_discount});
    }
    if (order.discount_code) {
        discount.free_delivery = get_code(view, *order.discount_code).kind == CodeKind::free_delivery;
    }
    basket.discount = std::move(discount);
    return basket;
}

Sums sums_with_agreed_delivery(const Rates& rates, const Order& order, Basket basket, Time now) {
    DeliveryMethod agreed;
    agreed.tax_class = order.delivery ? order.delivery->tax_class : std::nullopt;
    basket.to = order.recipient->address;
    auto sums = compute(rates.price, basket, rates.zone->day_of(now), [&](Money) {
        return Offer{.method = &agreed, .price = order.totals.shipping, .is_charged = true};
    });
    sums.delivery = nullptr;
    return sums;
}

void follow(storage::Transaction& tx, const Order& order, const Totals& after, const Beside& beside, Time now) {
    if (beside.follow_total && !beside.follow_total(tx, order.id, after.total, now)) {
        throw Refusal(
            kTotalWouldChange,
            fmt::format("the order would be over {} and not {} minor units then, and it is paid, or a payment "
                        "is under way",
                        after.total.minor, order.totals.total.minor))
            .with("now", to_json(order.totals))
            .with("then", to_json(after));
    }
}

void set_totals(storage::Transaction& tx, const Order& order, const Sums& sums, const std::string& tax_country,
                const Actor& actor, Time now) {
    const auto& totals = sums.totals;
    tx.run(kSetTotals, order.id, totals.subtotal, totals.discount, totals.shipping, totals.tax, totals.tax_included,
           totals.total, totals.tax_rate, kTaxTreatments[totals.treatment],
           json_text(orders::to_json(totals.shipping_taxes)), tax_country, now);
    for (std::size_t i = 0; i < order.items.size(); ++i) {
        const auto& item = order.items[i];
        const auto& line = sums.lines[i];
        const auto price = item.listed_price.value_or(item.unit_price);
        tx.run(kSetLine, item.id, line.unit_price, line.discount, line.tax_rate, line.tax,
               line.unit_price == price ? std::nullopt : std::optional(price), line.staff_discount);
    }
    events::record(tx, "order.total_changed", {"order", number(order.id)},
                   {{"total_before", order.totals.total.minor}, {"total", totals.total.minor}}, actor, now);
    tx.touched(storage::Topic::orders);
}

}  // namespace orderd::orders
