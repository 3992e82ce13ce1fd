#include "orders/writing.h"

#include "storage/numbering.h"

namespace orderd::orders {

namespace {

constexpr auto kInsert = R"sql(
    INSERT INTO orders (id, customer_id, status, subtotal, discount, shipping, tax, tax_included, total, tax_rate_ppm,
                        managed_by, contact_sealed, address_sealed, access_token_hash, placed_at, expires_at, updated_at,
                        placed_from, tax_country, tax_treatment, shipping_taxes, discount_code_id, discount_reason,
                        discount_counts, billing_sealed, locale, delivery, awaits, accepted_terms, staff_discount_reason)
    VALUES (?1, ?2, ?27, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?14, ?16, ?17, ?18, ?19, ?20,
            ?21, ?20 IS NOT NULL, ?22, ?23, ?24, ?25, ?26, ?28)
)sql";

constexpr auto kInsertItem =
    "INSERT INTO order_item (id, order_id, product_id, sku, name, unit_price, weight_g, tax, quantity, tax_class, "
    "tax_rate_ppm, discount, listed_price, counted, awaited, expected_on, staff_discount, price_reason) "
    "VALUES (" ORDERD_NEXT_ID("order_item") R"sql(,
            ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
)sql";

}  // namespace

std::string_view awaits_of(const std::vector<catalog::Line>& lines) {
    Quantity awaited = 0;
    Quantity units = 0;
    for (const auto& line : lines) {
        awaited += line.awaited;
        units += line.quantity;
    }
    return awaited == 0 ? "none" : awaited == units ? "all" : "some";
}

void insert(storage::Transaction& tx, const Order& order, const Json& delivery, std::string_view awaits,
            std::optional<std::int64_t> placed_from) {
    const auto& sums = order.totals;
    const auto contact = seal_contact(tx.vault(), order.id, *order.recipient);
    const auto address = seal_address(tx.vault(), order.id, order.recipient->address);
    const auto billing = order.billing ? seal_billing(tx.vault(), order.id, *order.billing) : "";
    tx.run(kInsert, order.id, order.customer, sums.subtotal, sums.discount, sums.shipping, sums.tax, sums.tax_included,
           sums.total, sums.tax_rate, order.managed_by, storage::Blob{contact}, storage::Blob{address},
           storage::Blob{order.access_token_hash}, order.placed_at, order.expires_at, placed_from, order.tax_country,
           kTaxTreatments[sums.treatment], json_text(to_json(sums.shipping_taxes)), order.discount_code,
           order.discount_reason, order.billing ? std::optional(storage::Blob{billing}) : std::nullopt,
           order.language->code(), json_text(delivery), awaits, json_text(to_column(order.accepted_terms)),
           to_text(order.status), order.staff_discount_reason);
}

void insert_lines(storage::Transaction& tx, Order& order, const std::vector<catalog::Line>& lines,
                  const std::vector<PricedLine>& priced) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& line = lines[i];
        const auto& sums = priced[i];
        const auto product = line.is_free_text() ? std::nullopt : std::optional(line.product);
        const auto listed = sums.unit_price == line.unit_price ? std::nullopt : std::optional(line.unit_price);
        const auto expected_on = line.expected_on ? std::optional(to_text(*line.expected_on)) : std::nullopt;
        const auto id =
            tx.insert(kInsertItem, order.id, product, line.sku, line.name, sums.unit_price, line.weight_g, sums.tax,
                      line.quantity, catalog::kTaxClasses[line.tax_class], sums.tax_rate, sums.discount, listed,
                      line.counted, line.awaited, expected_on, sums.staff_discount, line.price_reason);
        order.items.push_back({.id = ItemId{id},
                               .product = product,
                               .sku = line.sku,
                               .name = line.name,
                               .unit_price = sums.unit_price,
                               .weight_g = line.weight_g,
                               .tax_class = line.tax_class,
                               .tax_rate = sums.tax_rate,
                               .listed_price = listed,
                               .discount = sums.discount,
                               .staff_discount = sums.staff_discount,
                               .tax = sums.tax,
                               .quantity = line.quantity,
                               .counted = line.counted,
                               .awaited = line.awaited,
                               .expected_on = line.expected_on,
                               .price_reason = line.price_reason});
    }
}

Json placed_body(const Order& order) {
    auto items = Json::array();
    for (const auto& item : order.items) {
        auto units = json_object({{"item_id", number(item.id)},
                                  {"product_id", product_json(item)},
                                  {"sku", item.sku},
                                  {"quantity", item.quantity}});
        if (!item.counted) {
            units["counted"] = false;
        }
        if (item.awaited > 0) {
            units["awaited"] = item.awaited;
        }
        items.push_back(std::move(units));
    }
    return json_object(
        {{"total", order.totals.total.minor}, {"managed_by", number(order.managed_by)}, {"items", std::move(items)}});
}

}  // namespace orderd::orders
