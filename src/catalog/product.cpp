#include "catalog/product.h"

#include <fmt/format.h>

#include <vector>

#include "base/errors.h"
#include "base/folding.h"
#include "base/text.h"
#include "catalog/alerts.h"
#include "catalog/price_step.h"
#include "storage/events.h"
#include "storage/settings.h"

namespace orderd::catalog {

namespace {

constexpr auto kById = R"sql(
    SELECT id, sku, name, description, price, on_hand, reserved, low_stock_threshold, status = 'archived', weight_g,
           created_at, updated_at, version, tax_class
      FROM product WHERE id = ?1
)sql";
constexpr auto kBySku = R"sql(
    SELECT id, sku, name, description, price, on_hand, reserved, low_stock_threshold, status = 'archived', weight_g,
           created_at, updated_at, version, tax_class
      FROM product WHERE sku_key >= ?1 AND sku_key < ?1 || char(11) ORDER BY sku_key
)sql";
constexpr auto kInsertProduct = R"sql(
    INSERT INTO product (sku, name, description, price, on_hand, low_stock_threshold, status, weight_g, created_at,
                         updated_at, sku_key, name_key, tax_class)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, iif(?7, 'archived', 'active'), ?8, ?9, ?9, ?10, ?11, ?12)
)sql";
constexpr auto kFirstMovement = R"sql(
    INSERT INTO inventory_movement (product_id, delta, reason, import_id, actor, at)
    VALUES (?1, ?2, 'received', ?3, ?4, ?5)
)sql";
constexpr auto kUpdate = R"sql(
    UPDATE product
       SET sku = ?2, name = ?3, description = ?4, price = ?5, low_stock_threshold = ?6,
           status = iif(?7, 'archived', 'active'), weight_g = ?8, updated_at = ?9, version = version + 1,
           sku_key = iif(sku = ?2, sku_key, ?10), name_key = ?11, tax_class = ?12
     WHERE id = ?1
)sql";
constexpr auto kForgetText = "DELETE FROM product_text WHERE rowid = ?1";
constexpr auto kForgetWords = "DELETE FROM product_word WHERE rowid = ?1";
constexpr auto kIndexText = "INSERT INTO product_text (rowid, sku, name, description) VALUES (?1, ?2, ?3, ?4)";
constexpr auto kIndexWords = "INSERT INTO product_word (rowid, sku, name) VALUES (?1, ?2, ?3)";
constexpr auto kWasOrdered = "SELECT last_order IS NOT NULL FROM product WHERE id = ?1";
constexpr auto kKeys = "SELECT id, sku, sku_key, name, name_key FROM product";
constexpr auto kAnyProduct = "SELECT 1 FROM product LIMIT 1";
constexpr auto kDelete = "DELETE FROM product WHERE id = ?1";

/// Turns "\r\n" and "\r" into "\n", so that descriptions compare equal whatever they were typed on.
std::string with_plain_line_ends(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') {
            plain += text[i];
        } else if (i + 1 == text.size() || text[i + 1] != '\n') {
            plain += '\n';
        }
    }
    return plain;
}

void check_text(std::string_view text, std::string_view pointer, std::size_t least, std::size_t most, bool lines,
                std::vector<Fault>& faults) {
    if (!valid_utf8(text)) {
        faults.push_back({std::string(pointer), "is not well-formed UTF-8"});
    } else if (has_control(text, lines)) {
        faults.push_back({std::string(pointer), "has a control character in it"});
    } else if (const auto length = code_points(text); length < least || length > most) {
        faults.push_back(
            {std::string(pointer), fmt::format("has {} characters; {} to {} are allowed", length, least, most)});
    }
}

void check_range(std::int64_t value, std::string_view pointer, std::int64_t most, std::vector<Fault>& faults) {
    if (value < 0 || value > most) {
        faults.push_back({std::string(pointer), fmt::format("{} is not allowed; it is 0 to {}", value, most)});
    }
}

/// Normalizes the texts for storage, and reports every fault of the product.
void tidy_and_check(Product& product) {
    product.sku = trimmed(product.sku);
    product.name = trimmed(product.name);
    product.description = trimmed(with_plain_line_ends(product.description));
    std::vector<Fault> faults;
    check_text(product.sku, "/sku", 1, kMaxSku, false, faults);
    if (faults.empty() && identifier_key(product.sku).empty()) {
        faults.push_back({"/sku", "has nothing in it that can be seen"});
    }
    check_text(product.name, "/name", 1, kMaxName, false, faults);
    check_text(product.description, "/description", 0, kMaxDescription, true, faults);
    check_range(product.price.minor, "/price", kMaxPrice.minor, faults);
    check_range(product.on_hand, "/quantity", kMaxQuantity, faults);
    check_range(product.low_stock_threshold.value_or(0), "/low_stock_threshold", kMaxQuantity, faults);
    check_range(product.weight_g.value_or(0), "/weight_g", kMaxWeight, faults);
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    if (product.weight_g == 0) {  // forms and files use 0 for an unknown weight
        product.weight_g.reset();
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

/// Adds a product's texts to the indexes, folded as a question is: see search().
void index_texts(storage::Transaction& tx, const Product& product) {
    const auto sku = search_form(product.sku);
    const auto name = search_form(product.name);
    tx.run(kIndexText, product.id, sku, name, search_form(product.description));
    tx.run(kIndexWords, product.id, sku, name);
}

void check_step(const storage::View& view, const Product& product) {
    if (const auto step = price_step(view); !is_multiple(product.price, step)) {
        require_on_step(product.price, step, settings::currency(view), "the price", "/price");
    }
}

Json to_json(const std::optional<std::int64_t>& value) { return value ? Json(*value) : Json(nullptr); }

std::string_view status_of(const Product& product) { return product.archived ? "archived" : "active"; }

/// The members that differ between two states of a product, with the values of the first.
Json difference(const Product& one, const Product& other) {
    Json members = Json::object();
    const auto compare = [&](std::string_view name, const auto& a, const auto& b, const Json& value) {
        if (a != b) {
            members[std::string(name)] = value;
        }
    };
    compare("sku", one.sku, other.sku, one.sku);
    compare("name", one.name, other.name, one.name);
    compare("description", one.description, other.description, one.description);
    compare("price", one.price, other.price, one.price.minor);
    compare("low_stock_threshold", one.low_stock_threshold, other.low_stock_threshold,
            to_json(one.low_stock_threshold));
    compare("weight_g", one.weight_g, other.weight_g, to_json(one.weight_g));
    compare("tax_class", one.tax_class, other.tax_class, kTaxClasses[one.tax_class]);
    compare("status", one.archived, other.archived, status_of(one));
    return members;
}

void store(storage::Transaction& tx, const Product& product, Time now) {
    tx.run(kUpdate, product.id, product.sku, product.name, product.description, product.price,
           product.low_stock_threshold, product.archived, product.weight_g, now, identifier_key(product.sku),
           search_form(product.name), kTaxClasses[product.tax_class]);
    tx.touched(storage::Topic::catalog);
}

}  // namespace

Product read_product(const storage::Row& row) {
    return {.id = row.get<ProductId>(0),
            .sku = row.get<std::string>(1),
            .name = row.get<std::string>(2),
            .description = row.get<std::string>(3),
            .price = row.get<Money>(4),
            .on_hand = row.get<Quantity>(5),
            .reserved = row.get<Quantity>(6),
            .low_stock_threshold = row.get<std::optional<Quantity>>(7),
            .archived = row.get<bool>(8),
            .weight_g = row.get<std::optional<std::int64_t>>(9),
            .tax_class = kTaxClasses.stored(row.get<std::string_view>(13)),
            .created_at = row.get<Time>(10),
            .updated_at = row.get<Time>(11),
            .version = row.get<std::int64_t>(12)};
}

std::optional<Product> find(const storage::View& view, ProductId id) { return view.first(kById, read_product, id); }

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

Product get(const storage::View& view, ProductId id) {
    auto product = find(view, id);
    if (!product) {
        throw not_found("product");
    }
    return std::move(*product);
}

Product create(storage::Transaction& tx, const NewProduct& wanted, const Actor& actor, Time now) {
    Product product{.id = {},
                    .sku = wanted.sku,
                    .name = wanted.name,
                    .description = wanted.description,
                    .price = wanted.price,
                    .on_hand = wanted.quantity,
                    .reserved = 0,
                    .low_stock_threshold = wanted.low_stock_threshold,
                    .archived = wanted.archived,
                    .weight_g = wanted.weight_g,
                    .tax_class = wanted.tax_class,
                    .created_at = now,
                    .updated_at = now,
                    .version = 1};
    tidy_and_check(product);
    check_step(tx, product);
    check_sku_is_free(tx, product);
    product.id =
        ProductId{tx.insert(kInsertProduct, product.sku, product.name, product.description, product.price,
                            product.on_hand, product.low_stock_threshold, product.archived, product.weight_g, now,
                            identifier_key(product.sku), search_form(product.name), kTaxClasses[product.tax_class])};
    index_texts(tx, product);
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
    after.sku = changes.sku.value_or(before.sku);
    after.name = changes.name.value_or(before.name);
    after.description = changes.description.value_or(before.description);
    after.price = changes.price.value_or(before.price);
    after.low_stock_threshold = changes.low_stock_threshold.value_or(before.low_stock_threshold);
    after.weight_g = changes.weight_g.value_or(before.weight_g);
    after.tax_class = changes.tax_class.value_or(before.tax_class);
    after.archived = changes.archived.value_or(before.archived);
    tidy_and_check(after);
    const auto was = difference(before, after);
    if (was.empty()) {
        return before;
    }
    if (before.price != after.price) {
        check_step(tx, after);
    }
    if (after.sku != before.sku) {  // unchanged, it may be that of another product: see schema.sql
        check_sku_is_free(tx, after);
    }
    store(tx, after, now);
    if (after.sku != before.sku || after.name != before.name || after.description != before.description) {
        tx.run(kForgetText, id);
        tx.run(kForgetWords, id);
        index_texts(tx, after);
    }
    after.updated_at = now;
    after.version = before.version + 1;

    const auto is = difference(after, before);
    const events::Subject subject{"product", number(id)};
    const auto kind = before.archived == after.archived ? "product.updated"
                      : after.archived                  ? "product.archived"
                                                        : "product.restored";
    events::record(tx, kind, subject, {{"sku", after.sku}, {"before", was}, {"after", is}}, actor, now);
    audit::record(tx, "product.update", subject, was, is, actor, now);
    if (before.archived != after.archived || before.low_stock_threshold != after.low_stock_threshold) {
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
        update(tx, id, {.archived = true}, actor, now);
        return Removal::archived;
    }
    // Its movements and alerts are deleted too. An open alert is closed first, so that the event log has an
    // end for each beginning.
    auto unwatched = product;
    unwatched.low_stock_threshold.reset();
    keep_alert(tx, unwatched, now);
    tx.run(kDelete, id);
    tx.touched(storage::Topic::catalog);
    const events::Subject subject{"product", number(id)};
    events::record(tx, "product.deleted", subject, {{"sku", product.sku}}, actor, now);
    audit::record(tx, "product.delete", subject, state_json(product), nullptr, actor, now);
    return Removal::deleted;
}

Json state_json(const Product& product) {
    return {{"sku", product.sku},
            {"name", product.name},
            {"description", product.description},
            {"price", product.price.minor},
            {"on_hand", product.on_hand},
            {"low_stock_threshold", to_json(product.low_stock_threshold)},
            {"weight_g", to_json(product.weight_g)},
            {"tax_class", kTaxClasses[product.tax_class]},
            {"status", status_of(product)}};
}

Json admin_json(const Product& product, std::string_view currency) {
    return {{"id", number(product.id)},
            {"sku", product.sku},
            {"name", product.name},
            {"description", product.description},
            {"price", product.price.minor},
            {"currency", currency},
            {"on_hand", product.on_hand},
            {"reserved", product.reserved},
            {"available", product.available()},
            {"low_stock_threshold", to_json(product.low_stock_threshold)},
            {"status", status_of(product)},
            {"weight_g", to_json(product.weight_g)},
            {"tax_class", kTaxClasses[product.tax_class]},
            {"created_at", rfc3339(product.created_at)},
            {"updated_at", rfc3339(product.updated_at)},
            {"version", product.version}};
}

Json public_json(const Product& product, std::string_view currency) {
    return {{"id", number(product.id)},
            {"sku", product.sku},
            {"name", product.name},
            {"description", product.description},
            {"price", product.price.minor},
            {"currency", currency},
            {"available", product.available()},
            {"status", status_of(product)},
            {"weight_g", to_json(product.weight_g)},
            {"tax_class", kTaxClasses[product.tax_class]},
            {"created_at", rfc3339(product.created_at)},
            {"updated_at", rfc3339(product.updated_at)},
            {"version", product.version}};
}

}  // namespace orderd::catalog
