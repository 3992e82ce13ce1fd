#include "orders/order.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/errors.h"
#include "storage/shop_language.h"

namespace orderd::orders {

namespace {

constexpr auto kGet = R"sql(
    SELECT customer_id, status, subtotal, discount, shipping, tax, tax_included, total, tax_rate_ppm, managed_by,
           contact_sealed, address_sealed, staff_note_sealed, access_token_hash, placed_at, expires_at, updated_at,
           version, payment_status, money_goes_back, tax_treatment, shipping_taxes, tax_country, billing_sealed,
           discount_code_id, discount_reason, locale, delivery, delivery_note_sealed, staff_discount_reason,
           payment_links, accepted_terms, balance, owed_agreed
      FROM orders WHERE id = ?1
)sql";

constexpr auto kExists = "SELECT 1 FROM orders WHERE id = ?1";
constexpr auto kLocaleOf = "SELECT locale FROM orders WHERE id = ?1";

#define ORDERD_ITEM_COLUMNS                                                                                 \
    "SELECT id, product_id, sku, name, unit_price, weight_g, tax, quantity, shipped, cancelled, returned, " \
    "tax_class, tax_rate_ppm, discount, listed_price, staff_discount, counted, awaited, expected_on, "      \
    "price_reason, order_id FROM order_item "
constexpr auto kItems = ORDERD_ITEM_COLUMNS "WHERE order_id = ?1 AND quantity > 0 ORDER BY id";
constexpr auto kItemsOfMany = ORDERD_ITEM_COLUMNS
    "WHERE order_id IN (SELECT value FROM json_each(?1)) AND quantity > 0 ORDER BY order_id DESC, id LIMIT ?2";
#undef ORDERD_ITEM_COLUMNS

constexpr auto kContact = "SELECT contact_sealed FROM orders WHERE id = ?1";

/// `locale`: as an order's row has it. A language that is not there any more is the shop's, too.
const Language& language_from(const storage::View& view, std::string_view locale) {
    const auto* const found = locale.empty() ? nullptr : Language::find(locale);
    return found == nullptr ? settings::language(view) : *found;
}

storage::Place place(OrderId id, std::string_view column) {
    return {.table = "orders", .column = column, .row = number(id)};
}

std::vector<TaxedPart> parts_from(const Json& list) {
    std::vector<TaxedPart> parts;
    for (const auto& part : list) {
        parts.push_back({.rate = Rate{part.at(0).get<std::int64_t>()},
                         .amount = Money{part.at(1).get<std::int64_t>()},
                         .tax = Money{part.at(2).get<std::int64_t>()}});
    }
    return parts;
}

}  // namespace

std::vector<RateSum> taxes_of(const Order& order) {
    auto parts = order.totals.shipping_taxes;
    for (const auto& item : order.items) {
        parts.push_back({.rate = item.tax_rate, .amount = item.amount(), .tax = item.tax});
    }
    return sum_by_rate(parts, order.totals.includes_tax());
}

Json to_json(const std::vector<TaxedPart>& parts) {
    auto list = Json::array();
    for (const auto& part : parts) {
        list.push_back(Json::array({part.rate.ppm, part.amount.minor, part.tax.minor}));
    }
    return list;
}

std::string recipient_name(const storage::View& view, OrderId id) {
    const auto sealed = view.value<std::optional<std::string>>(kContact, id).value_or(std::nullopt);
    return sealed ? accounts::contact_from(stored_json(view.vault().open(place(id, "contact_sealed"), *sealed))).name
                  : "";
}

constexpr std::size_t kNote = 3;  ///< its place, after the contact

std::string seal_contact(const storage::Vault& vault, OrderId id, const Recipient& recipient) {
    auto contact = accounts::to_list(recipient.contact);
    contact.push_back(recipient.note);
    return vault.seal(place(id, "contact_sealed"), json_text(contact));
}

std::string seal_address(const storage::Vault& vault, OrderId id, const accounts::Address& address) {
    return vault.seal(place(id, "address_sealed"), json_text(accounts::to_list(address)));
}

std::string seal_staff_note(const storage::Vault& vault, OrderId id, std::string_view note) {
    return vault.seal(place(id, "staff_note_sealed"), note);
}

std::string seal_delivery_note(const storage::Vault& vault, OrderId id, std::string_view note) {
    return vault.seal(place(id, "delivery_note_sealed"), note);
}

std::optional<Recipient> open_recipient(const storage::Vault& vault, OrderId id,
                                        const std::optional<std::string>& contact_sealed,
                                        const std::optional<std::string>& address_sealed) {
    if (!contact_sealed || !address_sealed) {
        return std::nullopt;
    }
    const auto contact = stored_json(vault.open(place(id, "contact_sealed"), *contact_sealed));
    const auto address = stored_json(vault.open(place(id, "address_sealed"), *address_sealed));
    return Recipient{.contact = accounts::contact_from(contact),
                     .address = accounts::address_from(address),
                     .note = (contact.is_array() ? contact.at(kNote) : contact.at("note")).get<std::string>()};
}

bool exists(const storage::View& view, OrderId id) { return view.value<bool>(kExists, id).has_value(); }

void require_exists(const storage::View& view, OrderId id) {
    if (!exists(view, id)) {
        throw not_found("order");
    }
}

Order get(const storage::View& view, OrderId id) {
    std::string locale;
    auto order = view.first(
        kGet,
        [&](const storage::Row& row) {
            const auto staff_note = row.get<std::optional<std::string>>(12);
            locale = row.get<std::string>(26);
            const auto delivery_note = row.get<std::optional<std::string>>(28);
            return Order{
                .id = id,
                .customer = row.get<CustomerId>(0),
                .status = parse_status(row.get<std::string_view>(1)).value(),
                .totals = {.subtotal = row.get<Money>(2),
                           .discount = row.get<Money>(3),
                           .shipping = row.get<Money>(4),
                           .tax = row.get<Money>(5),
                           .tax_included = row.get<Money>(6),
                           .total = row.get<Money>(7),
                           .tax_rate = row.get<Rate>(8),
                           .treatment = kTaxTreatments.stored(row.get<std::string_view>(20)),
                           .shipping_taxes = parts_from(stored_json(row.get<std::string_view>(21)))},
                .managed_by = row.get<AdminId>(9),
                .recipient = open_recipient(view.vault(), id, row.get<std::optional<std::string>>(10),
                                            row.get<std::optional<std::string>>(11)),
                .staff_note = staff_note ? view.vault().open(place(id, "staff_note_sealed"), *staff_note) : "",
                .access_token_hash = row.get<std::string>(13),
                .placed_at = row.get<Time>(14),
                .expires_at = row.get<std::optional<Time>>(15),
                .updated_at = row.get<Time>(16),
                .version = row.get<std::int64_t>(17),
                .payment_status = row.get<std::string>(18),
                .money_goes_back = row.get<bool>(19),
                .owed_agreed = row.get<bool>(33),
                .balance = row.get<Money>(32),
                .tax_country = row.get<std::string>(22),
                .billing = open_billing(view.vault(), id, row.get<std::optional<std::string>>(23)),
                .discount_code = row.get<std::optional<DiscountCodeId>>(24),
                .discount_reason = row.get<std::string>(25),
                .staff_discount_reason = row.get<std::string>(29),
                .items = {},
                .delivery = delivery_from(stored_json(row.get<std::string_view>(27))),
                .delivery_note =
                    delivery_note ? view.vault().open(place(id, "delivery_note_sealed"), *delivery_note) : "",
                .payment_links = row.get<std::int64_t>(30),
                .accepted_terms = versions_from_column(stored_json(row.get<std::string_view>(31))),
            };
        },
        id);
    if (!order) {
        throw not_found("order");
    }
    order->language = &language_from(view, locale);
    order->items = items_of(view, id);
    return std::move(*order);
}

const Language& language_of(const storage::View& view, OrderId id) {
    const auto locale = view.value<std::string>(kLocaleOf, id);
    if (!locale) {
        throw std::logic_error(fmt::format("there is no order {}", number(id)));
    }
    return language_from(view, *locale);
}

Json product_json(const Item& item) { return item.product ? Json(number(*item.product)) : Json(nullptr); }

Money balance_of(const Order& order) {
    constexpr std::array<std::string_view, 4> kPaid{"succeeded", "partially_refunded", "refunded", "disputed"};
    if (order.status == Status::cancelled || order.status == Status::expired) {
        return {};
    }
    const bool is_paid = std::find(kPaid.begin(), kPaid.end(), order.payment_status) != kPaid.end();
    return is_paid ? order.balance : order.totals.total;
}

Json moved_units(const Item& item, Quantity quantity) {
    Json units{{"item_id", number(item.id)}, {"product_id", product_json(item)}, {"quantity", quantity}};
    if (!item.counted) {
        units["counted"] = false;
    }
    return units;
}

Json open_units(const Order& order) {
    auto units = Json::array();
    for (const auto& item : order.items) {
        if (item.open() > 0) {
            units.push_back(moved_units(item, item.open()));
        }
    }
    return units;
}

namespace {

Item item_from(const storage::Row& row) {
    const auto expected_on = row.get<std::optional<std::string>>(18);
    return {.id = row.get<ItemId>(0),
            .product = row.get<std::optional<ProductId>>(1),
            .sku = row.get<std::string>(2),
            .name = row.get<std::string>(3),
            .unit_price = row.get<Money>(4),
            .weight_g = row.get<std::optional<std::int64_t>>(5),
            .tax_class = catalog::kTaxClasses.stored(row.get<std::string_view>(11)),
            .tax_rate = row.get<Rate>(12),
            .listed_price = row.get<std::optional<Money>>(14),
            .discount = row.get<Money>(13),
            .staff_discount = row.get<Money>(15),
            .tax = row.get<Money>(6),
            .quantity = row.get<Quantity>(7),
            .shipped = row.get<Quantity>(8),
            .cancelled = row.get<Quantity>(9),
            .returned = row.get<Quantity>(10),
            .counted = row.get<bool>(16),
            .awaited = row.get<Quantity>(17),
            .expected_on = expected_on ? parse_day(*expected_on) : std::nullopt,
            .price_reason = row.get<std::string>(19)};
}

}  // namespace

std::vector<Item> items_of(const storage::View& view, OrderId id) {
    std::vector<Item> items;
    view.each(
        kItems, [&](const storage::Row& row) { items.push_back(item_from(row)); }, id);
    return items;
}

std::map<OrderId, std::vector<Item>> items_of(const storage::View& view, const std::vector<OrderId>& orders,
                                              std::int64_t most) {
    std::map<OrderId, std::vector<Item>> items;
    view.each(
        kItemsOfMany, [&](const storage::Row& row) { items[row.get<OrderId>(20)].push_back(item_from(row)); },
        numbers_json(orders).dump(), most);
    return items;
}

bool awaits_stock(const Order& order) {
    return std::any_of(order.items.begin(), order.items.end(), [](const Item& item) { return item.awaited > 0; });
}

}  // namespace orderd::orders
