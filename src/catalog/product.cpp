#include "catalog/product.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <tuple>
#include <type_traits>
#include <vector>

#include "base/errors.h"
#include "base/folding.h"
#include "base/text.h"
#include "catalog/alerts.h"
#include "catalog/handle.h"
#include "catalog/price_history.h"
#include "catalog/price_step.h"
#include "catalog/stock.h"
#include "catalog/text_index.h"
#include "catalog/variant.h"
#include "storage/events.h"
#include "storage/settings.h"

namespace orderd::catalog {

namespace {

constexpr auto kById = "SELECT " ORDERD_PRODUCT_COLUMNS " FROM product WHERE id = ?1";
constexpr auto kByIds = "SELECT " ORDERD_PRODUCT_COLUMNS " FROM product WHERE id IN (SELECT value FROM json_each(?1))";
constexpr auto kBySku =
    "SELECT " ORDERD_PRODUCT_COLUMNS " FROM product WHERE sku_key >= ?1 AND sku_key < ?1 || char(11) ORDER BY sku_key";
constexpr auto kByBarcode =
    "SELECT " ORDERD_PRODUCT_COLUMNS " FROM product WHERE barcode = ?1 AND barcode <> '' ORDER BY id DESC LIMIT ?2";
constexpr auto kInsertProduct = R"sql(
    INSERT INTO product (sku, sku_key, handle, name, name_key, description, price, compare_at_price, lowest_price,
                         stock_policy, beyond_limit, expected_on, most_per_order, low_stock_threshold, status, weight_g,
                         tax_class, barcode, content, content_unit, shelf, customs_code, origin_country, group_id,
                         group_position, option1, option2, option3, on_hand, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
            nullif(?24, 0), ?25, ?26, ?27, ?28, ?29, ?30, ?30)
)sql";
constexpr auto kFirstMovement = R"sql(
    INSERT INTO inventory_movement (product_id, delta, reason, import_id, actor, at)
    VALUES (?1, ?2, 'received', ?3, ?4, ?5)
)sql";
constexpr auto kUpdate = R"sql(
    UPDATE product
       SET sku_key = iif(sku = ?1, sku_key, ?2), sku = ?1, handle = ?3, name = ?4, name_key = ?5, description = ?6,
           price = ?7, compare_at_price = ?8, lowest_price = ?9, stock_policy = ?10, beyond_limit = ?11,
           expected_on = ?12, most_per_order = ?13, low_stock_threshold = ?14, status = ?15, weight_g = ?16,
           tax_class = ?17, barcode = ?18, content = ?19, content_unit = ?20, shelf = ?21, customs_code = ?22,
           origin_country = ?23, group_id = nullif(?24, 0), group_position = ?25, option1 = ?26, option2 = ?27, option3 = ?28,
           updated_at = ?30, version = version + 1
     WHERE id = ?29
)sql";
constexpr auto kWasOrdered = "SELECT last_order IS NOT NULL FROM product WHERE id = ?1";
constexpr auto kKeys = "SELECT id, sku, sku_key, name, name_key FROM product";
constexpr auto kAnyProduct = "SELECT 1 FROM product LIMIT 1";
constexpr auto kDelete = "DELETE FROM product WHERE id = ?1";

/// Brings a product's fields into the form in which they are stored.
///
/// @throws Refusal with every fault
void tidy_and_check(Product& product) {
    auto faults = tidy(product);
    if (product.on_hand < 0 || product.on_hand > kMaxQuantity) {
        faults.push_back({"/quantity", fmt::format("{} is not allowed; it is 0 to {}", product.on_hand, kMaxQuantity)});
    }
    if (!product.is_counted() && product.on_hand > 0) {
        faults.push_back({"/quantity", "is not kept where the stock policy is uncounted"});
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
}

void check_sku_is_free(const storage::View& view, const Product& product) {
    const auto other = find_by_sku(view, product.sku);
    if (other && other->id != product.id) {
        const auto spelled = other->sku == product.sku ? "" : fmt::format(", where it is written {}", other->sku);
        throw Refusal(kSkuTaken, fmt::format("sku: {} is the SKU of another product, {}{}", product.sku,
                                             number(other->id), spelled))
            .with("product_id", number(other->id))
            .at({{"/sku", "is the SKU of another product"}});
    }
}

void check_step(const storage::View& view, const Product& product) {
    if (const auto step = price_step(view); !is_multiple(product.price, step)) {
        require_on_step(product.price, step, settings::currency(view), "the price", "/price");
    }
}

std::optional<std::int64_t> content_of(const Product& product) {
    return product.content ? std::optional(product.content->quantity) : std::nullopt;
}

std::optional<std::string_view> content_unit_of(const Product& product) {
    return product.content ? std::optional(kContentUnits[product.content->unit]) : std::nullopt;
}

std::optional<std::string> expected_on_of(const Product& product) {
    return product.expected_on ? std::optional(to_text(*product.expected_on)) : std::nullopt;
}

/// The columns that both statements above begin with.
auto columns_of(const Product& product) {
    const auto variant = product.variant.value_or(Variant{});
    return std::tuple(product.sku, identifier_key(product.sku), product.handle, product.name, search_form(product.name),
                      product.description, product.price, product.compare_at_price, product.lowest_price,
                      kStockPolicies[product.stock_policy], product.beyond_limit, expected_on_of(product),
                      product.most_per_order, product.low_stock_threshold, kProductStatuses[product.status],
                      product.weight_g, kTaxClasses[product.tax_class], product.barcode, content_of(product),
                      content_unit_of(product), product.shelf, product.customs_code, product.origin_country,
                      variant.group, variant.position, variant.values[0], variant.values[1], variant.values[2]);
}

/// Checks that open orders hold no more than a product's new stock policy lets them.
///
/// @throws Refusal 409 `below_reserved`
void check_held(const Product& before, const Product& after) {
    if (!after.is_counted() && before.reserved > 0) {
        throw below_reserved(before, "none, as of a product that is not counted,");
    }
    if (before.reserved > after.on_hand + after.beyond_limit) {
        throw below_reserved(before, fmt::format("{} on hand and {} beyond them", after.on_hand, after.beyond_limit));
    }
}

void store(storage::Transaction& tx, const Product& product, Time now) {
    std::apply([&](const auto&... columns) { tx.run(kUpdate, columns..., product.id, now); }, columns_of(product));
    tx.touched(storage::Topic::catalog);
}

ProductId insert(storage::Transaction& tx, const Product& product, Time now) {
    return ProductId{
        std::apply([&](const auto&... columns) { return tx.insert(kInsertProduct, columns..., product.on_hand, now); },
                   columns_of(product))};
}

/// A variant has no handle of its own; one that stands alone has its own, or is given one.
void settle_handle(const storage::View& view, Product& product, std::string_view before) {
    if (product.variant) {
        if (!product.handle.empty()) {
            throw invalid("/handle", "a variant has no page of its own: it has the handle of its group");
        }
    } else if (product.handle.empty()) {
        product.handle = before.empty() ? free_handle(view, product.name, product.sku) : std::string(before);
    } else if (product.handle != before) {
        check_handle_is_free(view, product.handle, product.id, std::nullopt);
    }
}

/// Tells the groups, of which either may be the other, that a variant has changed.
void keep_prices(storage::Transaction& tx, const Product& before, const Product& after) {
    if (before.variant && (!after.variant || after.variant->group != before.variant->group)) {
        keep_group_price(tx, before.variant->group);
    }
    if (after.variant) {
        keep_group_price(tx, after.variant->group);
    }
}

}  // namespace

Product read_product(const storage::Row& row) {
    Product product;
    int at = 0;
    const auto next = [&](auto& into) { into = row.get<std::remove_reference_t<decltype(into)>>(at++); };
    const auto word = [&](auto& into, const auto& names) { into = names.stored(row.get<std::string_view>(at++)); };
    next(product.id);
    next(product.sku);
    next(product.handle);
    next(product.name);
    next(product.description);
    next(product.price);
    next(product.compare_at_price);
    next(product.lowest_price);
    next(product.on_hand);
    next(product.reserved);
    word(product.stock_policy, kStockPolicies);
    next(product.beyond_limit);
    if (const auto day = row.get<std::optional<std::string>>(at++)) {
        product.expected_on = parse_day(*day);
    }
    next(product.most_per_order);
    next(product.low_stock_threshold);
    word(product.status, kProductStatuses);
    next(product.weight_g);
    word(product.tax_class, kTaxClasses);
    next(product.barcode);
    if (const auto content = row.get<std::optional<std::int64_t>>(at++)) {
        product.content = Content{.quantity = *content, .unit = kContentUnits.stored(row.get<std::string_view>(at))};
    }
    ++at;
    next(product.shelf);
    next(product.customs_code);
    next(product.origin_country);
    if (const auto group = row.get<std::optional<GroupId>>(at)) {
        product.variant = Variant{
            .group = *group,
            .position = row.get<std::int64_t>(at + 1),
            .values = {row.get<std::string>(at + 2), row.get<std::string>(at + 3), row.get<std::string>(at + 4)}};
    }
    at += 5;
    next(product.created_at);
    next(product.updated_at);
    next(product.version);
    return product;
}

std::optional<Product> find(const storage::View& view, ProductId id) { return view.first(kById, read_product, id); }

std::vector<Product> products(const storage::View& view, const std::vector<ProductId>& ids) {
    auto wanted = Json::array();
    for (const auto id : ids) {
        wanted.push_back(number(id));
    }
    std::map<ProductId, Product> found;
    view.each(
        kByIds,
        [&](const storage::Row& row) {
            auto product = read_product(row);
            found.emplace(product.id, std::move(product));
        },
        wanted.dump());
    std::vector<Product> in_order;
    for (const auto id : ids) {
        in_order.push_back(std::move(found.at(id)));
    }
    return in_order;
}

std::optional<Product> find_by_sku(const storage::View& view, std::string_view sku) {
    std::optional<Product> found;
    const auto take = [&](const storage::Row& row) {
        if (auto product = read_product(row); !found || product.sku == sku) {
            found = std::move(product);
        }
    };
    view.each(kBySku, take, identifier_key(sku));
    return found;
}

std::vector<Product> find_by_barcode(const storage::View& view, std::string_view barcode, std::int64_t most) {
    std::vector<Product> found;
    view.each(
        kByBarcode, [&](const storage::Row& row) { found.push_back(read_product(row)); }, barcode, most);
    return found;
}

Product get(const storage::View& view, ProductId id) {
    auto product = find(view, id);
    if (!product) {
        throw not_found("product");
    }
    return std::move(*product);
}

Product create(storage::Transaction& tx, const NewProduct& wanted, const Actor& actor, Time now) {
    Product product{wanted};
    product.on_hand = wanted.quantity;
    product.variant = wanted.variant;
    product.created_at = now;
    product.updated_at = now;
    tidy_and_check(product);
    check_step(tx, product);
    check_sku_is_free(tx, product);
    if (product.variant) {
        product.variant = settle_variant(tx, *product.variant, std::nullopt, actor, now);
    }
    settle_handle(tx, product, "");
    if (product.compare_at_price) {
        product.lowest_price = product.price;  // it had no other
    }
    product.id = insert(tx, product, now);
    keep_price(tx, product, now);
    index_texts(tx, product);
    keep_prices(tx, product, product);
    if (product.on_hand > 0) {
        tx.run(kFirstMovement, product.id, product.on_hand, wanted.import, to_text(actor), now);
    }
    tx.touched(storage::Topic::catalog);
    const auto stored = state_json(product);
    const events::Subject subject{"product", number(product.id)};
    events::record(tx, "product.created", subject, stored, actor, now);
    audit::record(tx, "product.create", subject, nullptr, stored, actor, now);
    keep_alert(tx, product, now);
    return product;
}

Product update(storage::Transaction& tx, ProductId id, const Changes& changes, const Actor& actor, Time now) {
    const auto before = get(tx, id);
    auto after = before;
    static_cast<ProductFields&>(after) = changed(before, changes);
    return replace(tx, before, std::move(after), actor, now);
}

Product replace(storage::Transaction& tx, const Product& before, Product after, const Actor& actor, Time now) {
    const auto id = before.id;
    const bool stops_counting = before.is_counted() && !after.is_counted();
    after.on_hand = stops_counting ? 0 : before.on_hand;
    tidy_and_check(after);
    settle_handle(tx, after, before.handle);
    auto was = difference(before, after);
    auto is = difference(after, before);
    if (after.variant != before.variant) {
        was["variant"] = to_json(before.variant);
        is["variant"] = to_json(after.variant);
    }
    if (was.empty()) {
        return before;
    }
    check_held(before, after);
    if (stops_counting) {
        stop_counting(tx, before, actor, now);
    }
    if (before.price != after.price) {
        check_step(tx, after);
    }
    if (after.sku != before.sku) {  // unchanged, it may be that of another product: see schema.sql
        check_sku_is_free(tx, after);
    }
    if (after.price != before.price || after.compare_at_price != before.compare_at_price) {
        keep_price(tx, after, now);
    }
    store(tx, after, now);
    if (after.sku != before.sku || after.name != before.name || after.description != before.description) {
        index_texts(tx, after);
    }
    if (after.price != before.price || after.status != before.status || after.variant != before.variant) {
        keep_prices(tx, before, after);
    }
    after.updated_at = now;
    after.version = before.version + 1;

    const events::Subject subject{"product", number(id)};
    const auto kind = before.archived() == after.archived() ? "product.updated"
                      : after.archived()                    ? "product.archived"
                                                            : "product.restored";
    events::record(tx, kind, subject, {{"sku", after.sku}, {"before", was}, {"after", is}}, actor, now);
    audit::record(tx, "product.update", subject, was, is, actor, now);
    if (before.archived() != after.archived() || before.low_stock_threshold != after.low_stock_threshold ||
        stops_counting) {
        keep_alert(tx, after, now);
    }
    return after;
}

std::vector<std::string> wrong_keys(const storage::View& view, std::size_t most) {
    std::vector<std::string> lines;
    view.each(kKeys, [&](const storage::Row& row) {
        const auto id = row.get<std::int64_t>(0);
        const auto sku = row.get<std::string>(1);
        const auto name = row.get<std::string>(3);
        bool is_right = valid_utf8(sku) && valid_utf8(name);
        if (is_right) {
            const auto stored = row.get<std::string>(2);
            const auto key = identifier_key(sku);
            is_right = (stored == key || stored == fmt::format("{}\n{}", key, id)) &&
                       row.get<std::string>(4) == search_form(name);
        }
        if (!is_right && lines.size() < most) {
            lines.push_back(fmt::format("product {} is not found by its SKU, or not sorted by its name", id));
        }
    });
    return lines;
}

bool has_products(const storage::View& view) { return view.value<bool>(kAnyProduct).has_value(); }

Removal remove(storage::Transaction& tx, ProductId id, const Actor& actor, Time now) {
    const auto product = get(tx, id);
    if (tx.value<bool>(kWasOrdered, id).value()) {
        update(tx, id, {.status = ProductStatus::archived}, actor, now);
        return Removal::archived;
    }
    // Its movements and alerts are deleted too. An open alert is closed first, so that the event log has an
    // end for each beginning.
    auto unwatched = product;
    unwatched.low_stock_threshold.reset();
    keep_alert(tx, unwatched, now);
    tx.run(kDelete, id);
    if (product.variant) {
        keep_group_price(tx, product.variant->group);
    }
    tx.touched(storage::Topic::catalog);
    const events::Subject subject{"product", number(id)};
    events::record(tx, "product.deleted", subject, {{"sku", product.sku}}, actor, now);
    audit::record(tx, "product.delete", subject, state_json(product), nullptr, actor, now);
    return Removal::deleted;
}

Json to_json(const std::optional<Variant>& variant) {
    if (!variant) {
        return nullptr;
    }
    return {{"group_id", number(variant->group)}, {"position", variant->position}, {"values", variant->values}};
}

Json state_json(const Product& product) {
    auto state = to_json(product);
    state["on_hand"] = product.on_hand;
    state["variant"] = to_json(product.variant);
    return state;
}

Json admin_json(const Product& product, std::string_view currency) {
    auto json = to_json(product);
    const auto if_counted = [&](Quantity units) { return product.is_counted() ? Json(units) : Json(nullptr); };
    json.update({{"id", number(product.id)},
                 {"currency", currency},
                 {"lowest_price", product.lowest_price ? Json(product.lowest_price->minor) : Json(nullptr)},
                 {"price_per", price_per_json(product)},
                 {"on_hand", product.on_hand},
                 {"reserved", product.reserved},
                 {"available", if_counted(product.available())},
                 {"orderable", if_counted(product.orderable())},
                 {"created_at", rfc3339(product.created_at)},
                 {"updated_at", rfc3339(product.updated_at)},
                 {"version", product.version}});
    return json;
}

Json public_json(const Product& product, std::string_view currency) {
    constexpr std::array kNotShown{"shelf",        "customs_code", "origin_country",
                                   "stock_policy", "beyond_limit", "low_stock_threshold"};
    auto json = admin_json(product, currency);
    if (product.available() < 0) {
        json["available"] = 0;
    }
    for (const auto* name : {"on_hand", "reserved"}) {
        json.erase(name);
    }
    for (const auto* name : kNotShown) {
        json.erase(name);
    }
    return json;
}

}  // namespace orderd::catalog
