#include "orders/placing.h"

#include <fmt/format.h>

#include "accounts/admin.h"
#include "orders/lifecycle.h"
#include "orders/numbering.h"
#include "storage/events.h"
#include "storage/numbering.h"
#include "storage/shop_language.h"

namespace orderd::orders {

namespace {

constexpr auto kInsert = R"sql(
    INSERT INTO orders (id, customer_id, status, subtotal, discount, shipping, tax, tax_included, total, tax_rate_ppm,
                        managed_by, contact_sealed, address_sealed, access_token_hash, placed_at, expires_at, updated_at,
                        placed_from, tax_country, tax_treatment, shipping_taxes, discount_code_id, discount_reason,
                        discount_counts, billing_sealed, locale, delivery)
    VALUES (?1, ?2, 'pending', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?14, ?16, ?17, ?18, ?19, ?20,
            ?21, ?20 IS NOT NULL, ?22, ?23, ?24)
)sql";

constexpr auto kInsertItem =
    "INSERT INTO order_item (id, order_id, product_id, sku, name, unit_price, weight_g, tax, quantity, tax_class, "
    "tax_rate_ppm, discount, listed_price) VALUES (" ORDERD_NEXT_ID("order_item") R"sql(,
            ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
)sql";

void insert(storage::Transaction& tx, const Order& order, const Json& delivery,
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
           order.language->code(), json_text(delivery));
}

void insert_items(storage::Transaction& tx, Order& order, const Quote& quote) {
    for (std::size_t i = 0; i < quote.lines.size(); ++i) {
        const auto& line = quote.lines[i];
        const auto& priced = quote.sums.lines[i];
        const auto listed = priced.unit_price == line.unit_price ? std::nullopt : std::optional(line.unit_price);
        const auto id = tx.insert(kInsertItem, order.id, line.product, line.sku, line.name, priced.unit_price,
                                  line.weight_g, priced.tax, line.quantity, catalog::kTaxClasses[line.tax_class],
                                  priced.tax_rate, priced.discount, listed);
        order.items.push_back({.id = ItemId{id},
                               .product = line.product,
                               .sku = line.sku,
                               .name = line.name,
                               .unit_price = priced.unit_price,
                               .weight_g = line.weight_g,
                               .tax_class = line.tax_class,
                               .tax_rate = priced.tax_rate,
                               .listed_price = listed,
                               .discount = priced.discount,
                               .tax = priced.tax,
                               .quantity = line.quantity});
    }
}

Json placed_body(const Order& order) {
    auto items = Json::array();
    for (const auto& item : order.items) {
        items.push_back(json_object({{"item_id", number(item.id)},
                                     {"product_id", number(item.product)},
                                     {"sku", item.sku},
                                     {"quantity", item.quantity}}));
    }
    return json_object(
        {{"total", order.totals.total.minor}, {"managed_by", number(order.managed_by)}, {"items", std::move(items)}});
}

Quantity units_of(const std::vector<catalog::Line>& lines) {
    Quantity units = 0;
    for (const auto& line : lines) {
        units += line.quantity;
    }
    return units;
}

}  // namespace

Order place(storage::Transaction& tx, const NewOrder& wanted, const Rates& rates, const Actor& actor, Time now) {
    const auto& language = wanted.language == nullptr ? settings::language(tx) : *wanted.language;
    const DeliveryWish wish{.to = wanted.customer.address.value_or(accounts::Address()), .method = wanted.delivery};
    const auto quoted =
        quote(tx, rates, {.lines = wanted.lines, .delivery = wish, .discount_code = wanted.discount_code}, now);
    if (wanted.expected_total && *wanted.expected_total != quoted.sums.totals.total) {
        throw Refusal(kTotalChanged,
                      fmt::format("the order would cost {} minor units, and not the {} that were expected",
                                  quoted.sums.totals.total.minor, wanted.expected_total->minor))
            .with("quote",
                  to_json(quoted, offers_for(rates, quoted, wish, now), rates.price.currency, language.code()));
    }
    // An order that is picked up has the place's address, whatever else was given.
    const auto& to = tax_place(quoted.sums.delivery, wish.to);
    const auto delivery = as_it_was(quoted.sums.delivery, language.code());
    const auto turn = next_turn(tx, now);
    catalog::reserve(tx, quoted.lines, turn.id, now);
    const auto customer = wanted.account ? *wanted.account : accounts::find_or_add_guest(tx, wanted.customer, now);
    if (wanted.placed_from) {
        require_room(tx, rates.guest_limits, customer, *wanted.placed_from, units_of(quoted.lines), now);
    }
    if (quoted.code) {
        take_use(tx, *quoted.code, customer);
    }
    Order order{.id = turn.id,
                .customer = customer,
                .status = Status::pending,
                .totals = quoted.sums.totals,
                .managed_by = accounts::manager_for(tx, turn.id),
                .recipient = Recipient{wanted.customer.contact, to, wanted.note},
                .staff_note = {},
                .access_token_hash = wanted.access_token_hash,
                .placed_at = turn.placed_at,
                .expires_at = now + rates.reservation,  // not from a stored time, which may be ahead of the clock
                .updated_at = turn.placed_at,
                .version = 1,
                .language = &language,
                .payment_status = {},
                .tax_country = to.country,
                .billing = wanted.billing,
                .discount_code = quoted.code ? std::optional(quoted.code->id) : std::nullopt,
                .discount_reason = quoted.code ? quoted.code->code : "",
                .items = {},
                .delivery = delivery_from(delivery)};
    insert(tx, order, delivery, wanted.placed_from);
    insert_items(tx, order, quoted);
    ask_for_expiry(tx, *order.expires_at, now);
    events::record(tx, "order.placed", {"order", number(order.id)}, placed_body(order), actor, now);
    tx.touched(storage::Topic::orders);
    return order;
}

}  // namespace orderd::orders
