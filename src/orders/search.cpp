#include "orders/search.h"

#include "base/budgets.h"
#include "base/folding.h"
#include "base/text.h"

namespace orderd::orders {

namespace {

constexpr auto kSealedOf = "SELECT contact_sealed, address_sealed, billing_sealed FROM orders WHERE id = ?1";
constexpr auto kOrdersAfter = "SELECT id FROM orders WHERE id > ?1 ORDER BY id LIMIT ?2";
constexpr auto kByNumber = "SELECT id FROM orders WHERE id = ?1 AND id < ?2";
constexpr auto kBySku = R"sql(
    SELECT i.order_id FROM product p CROSS JOIN order_item i INDEXED BY order_item_by_product ON i.product_id = p.id
     WHERE p.sku_key = ?1 AND i.order_id < ?2 ORDER BY i.order_id DESC LIMIT ?3
)sql";

accounts::Found by_number(const storage::View& view, std::string_view text, std::int64_t below) {
    accounts::Found found;
    if (const auto number = parse_integer(text.starts_with('#') ? text.substr(1) : text)) {
        view.each(
            kByNumber, [&](const storage::Row& row) { found.ids.push_back(row.get<std::int64_t>(0)); }, *number, below);
    }
    return found;
}

accounts::Found by_sku(const storage::View& view, std::string_view text, std::int64_t below) {
    accounts::Found found;
    view.each(
        kBySku, [&](const storage::Row& row) { found.ids.push_back(row.get<std::int64_t>(0)); }, identifier_key(text),
        below, budget::kFoundAtOnce);
    if (std::ssize(found.ids) == budget::kFoundAtOnce) {
        found.looked_to = found.ids.back();
    }
    return found;
}

}  // namespace

accounts::FoundBy found_by(const std::optional<Recipient>& recipient, const std::optional<Billing>& billing) {
    accounts::FoundBy by;
    if (recipient) {
        by = {.names = {recipient->contact.name},
              .places = accounts::places_of(recipient->address),
              .phones = {recipient->contact.phone},
              .emails = {recipient->contact.email}};
    }
    if (billing) {
        by.names.push_back(billing->name);
        by.names.push_back(billing->company);
        if (billing->address) {
            const auto places = accounts::places_of(*billing->address);
            by.places.insert(by.places.end(), places.begin(), places.end());
        }
    }
    return by;
}

accounts::FoundBy found_by(const storage::View& view, OrderId id) {
    using Text = std::optional<std::string>;
    return view
        .first(
            kSealedOf,
            [&](const storage::Row& row) {
                return found_by(open_recipient(view.vault(), id, row.get<Text>(0), row.get<Text>(1)),
                                open_billing(view.vault(), id, row.get<Text>(2)));
            },
            id)
        .value_or(accounts::FoundBy{});
}

void index_order(storage::Transaction& tx, OrderId id) {
    accounts::write_found_by(tx, accounts::Kind::order, number(id), found_by(tx, id));
}

std::vector<OrderId> orders_after(const storage::View& view, std::int64_t after, std::int64_t most) {
    std::vector<OrderId> found;
    view.each(
        kOrdersAfter, [&](const storage::Row& row) { found.push_back(row.get<OrderId>(0)); }, after, most);
    return found;
}

accounts::Found find_orders(const storage::View& view, std::string_view text, std::int64_t below,
                            const Beside& beside) {
    const auto wanted = trimmed(text);
    auto found = accounts::find(view, accounts::Kind::order, wanted, below, budget::kFoundAtOnce);
    found.add(by_number(view, wanted, below));
    found.add(by_sku(view, wanted, below));
    if (beside.found_by_number) {
        for (const auto id : beside.found_by_number(view, wanted)) {
            if (number(id) < below) {
                found.ids.push_back(number(id));
            }
        }
    }
    found.tidy(budget::kFoundAtOnce);
    return found;
}

OrderSlice find_old_index(const storage::View& view, std::int64_t after, std::int64_t most) {
    OrderSlice slice;
    for (const auto id : orders_after(view, after, most)) {
        if (accounts::is_found_by_older(view, accounts::Kind::order, number(id), found_by(view, id))) {
            slice.old.push_back(id);
        }
        slice.last = id;
    }
    return slice;
}

}  // namespace orderd::orders
