#include "orders/readdressing.h"

#include <fmt/format.h>

#include "orders/lifecycle.h"
#include "orders/rates.h"
#include "orders/regions.h"
#include "storage/events.h"

namespace orderd::orders {

namespace {

constexpr auto kSetTotals = R"sql(
    UPDATE orders SET shipping = ?2, tax = ?3, tax_included = ?4, total = ?5, tax_rate_ppm = ?6, updated_at = ?7,
                      version = version + 1
     WHERE id = ?1
)sql";
constexpr auto kSetLineTax = "UPDATE order_item SET tax = ?2 WHERE id = ?1";

/// Whether taxes and delivery may differ between the addresses: a corrected street is no reason to compute them anew.
bool elsewhere(const accounts::Address& before, const accounts::Address& after) {
    return before.country != after.country ||
           region_key(before.country, before.region) != region_key(after.country, after.region);
}

bool differ(const Totals& a, const Totals& b) {
    return a.shipping != b.shipping || a.tax != b.tax || a.tax_included != b.tax_included || a.total != b.total ||
           a.tax_rate != b.tax_rate;
}

Json to_json(const Totals& sums) {
    return {{"shipping", sums.shipping.minor},
            {"tax", sums.tax.minor},
            {"tax_included", sums.tax_included.minor},
            {"tax_rate_ppm", sums.tax_rate.ppm},
            {"total", sums.total.minor}};
}

/// The order's sums at another address. `line_tax`: of each line, in their order.
Totals totals_at(const storage::View& view, const Order& order, const accounts::Address& to,
                 std::vector<Money>& line_tax) {
    std::vector<catalog::Line> lines;
    for (const auto& item : order.items) {
        lines.push_back({.product = item.product,
                         .sku = item.sku,
                         .name = item.name,
                         .unit_price = item.unit_price,
                         .weight_g = item.weight_g,
                         .quantity = item.quantity});
    }
    auto sums = totals(read_rates(view), lines, to, line_tax);
    sums.discount = order.totals.discount;
    sums.total = sums.total - sums.discount;
    return sums;
}

void set_totals(storage::Transaction& tx, const Order& order, const Totals& sums, const std::vector<Money>& line_tax,
                const Actor& actor, Time now) {
    tx.run(kSetTotals, order.id, sums.shipping, sums.tax, sums.tax_included, sums.total, sums.tax_rate, now);
    for (std::size_t i = 0; i < order.items.size(); ++i) {
        tx.run(kSetLineTax, order.items[i].id, line_tax[i]);
    }
    events::record(tx, "order.total_changed", {"order", number(order.id)},
                   {{"total_before", order.totals.total.minor}, {"total", sums.total.minor}}, actor, now);
    tx.touched(storage::Topic::orders);
}

}  // namespace

std::vector<std::string> readdress(storage::Transaction& tx, const Order& order, const Recipient& recipient,
                                   bool keep_total, const Beside& beside, const Actor& actor, Time now) {
    auto fields = set_recipient(tx, order, recipient, actor, now);
    if (fields.empty() || keep_total || !elsewhere(order.recipient->address, recipient.address)) {
        return fields;
    }
    std::vector<Money> line_tax;
    const auto sums = totals_at(tx, order, recipient.address, line_tax);
    if (!differ(sums, order.totals)) {
        return fields;
    }
    if (beside.follow_total && !beside.follow_total(tx, order.id, sums.total, now)) {
        throw Refusal(
            kTotalWouldChange,
            fmt::format("with this address the order would be over {} and not {} minor units, and it is paid, or a "
                        "payment is under way",
                        sums.total.minor, order.totals.total.minor))
            .with("now", to_json(order.totals))
            .with("then", to_json(sums));
    }
    set_totals(tx, order, sums, line_tax, actor, now);
    return fields;
}

}  // namespace orderd::orders
