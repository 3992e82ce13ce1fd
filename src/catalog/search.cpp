#include "catalog/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "catalog/along.h"
#include "catalog/text_index.h"

namespace orderd::catalog {

namespace {

/// How a list is sorted: the key that rows are compared by before their ids, and the direction of both.
struct Order {
    Sort sort;
    std::string_view name;
    std::string_view key;  ///< SQL; empty: the id alone
    bool descending;
    bool text_key = false;
    bool indexed = false;  ///< an index has the products in this order
};

/// More than any stock where it is not counted.
constexpr std::string_view kAvailability = "iif(p.stock_policy = 'uncounted', 1000000000000, p.on_hand - p.reserved)";

// As the index product_low_stock says it: SQLite turns a comparison around whose right side alone is a column, and then does
// not know it again.
constexpr auto kIsLow = "AND ?5 AND p.low_stock_threshold >= p.on_hand - p.reserved";
constexpr auto kIsLowOrNot = "AND (?5 IS NULL OR ifnull(p.low_stock_threshold >= p.on_hand - p.reserved, 0) = ?5)";
constexpr auto kFewAreLow = R"sql(
    SELECT count(*) <= ?1 FROM (SELECT 1 FROM product INDEXED BY product_low_stock
                                 WHERE low_stock_threshold >= on_hand - reserved LIMIT ?1 + 1)
)sql";

/// So many products are read and sorted rather than that the list is read in its order until it has a page of them.
constexpr std::int64_t kFew = 2'000;

constexpr std::array<Order, 10> kOrders{{
    {Sort::newest, "newest", "", true},
    {Sort::oldest, "oldest", "", false},
    {Sort::name, "name", "p.name_key", false, true, true},
    {Sort::name_descending, "-name", "p.name_key", true, true, true},
    {Sort::price, "price", "p.price", false, false, true},
    {Sort::price_descending, "-price", "p.price", true, false, true},
    {Sort::available, "available", kAvailability, false},
    {Sort::available_descending, "-available", kAvailability, true},
    {Sort::sku, "sku", "p.sku_key", false, true, true},
    {Sort::updated, "updated", "p.updated_at", true},
}};

const Order& order_of(Sort sort) {
    return *std::find_if(kOrders.begin(), kOrders.end(), [&](const Order& order) { return order.sort == sort; });
}

/// The index of words whose own order is the list's, if it has one: then a page reads no more of it than it shows, however
/// many products have the words.
std::string_view leading_index(const Order& order, const Words& words, const Search& wanted) {
    return order.key.empty() && !wanted.group && !wanted.collection ? words.index() : "";
}

/// How the products of a list are come by, where an index has its order but not what narrows it.
struct Way {
    bool along = false;   ///< the list is read in its order, and each row is looked at for the words
    bool by_low = false;  ///< those that are low are read and sorted
};

/// Whether so many products have the words that the list is read in its order: a page then reads few more than it shows.
/// Where few have them, those few are read and sorted.
bool goes_along(const storage::View& view, const Order& order, const Words& words, const Search& wanted) {
    return order.indexed && !wanted.group && !wanted.collection && !words.index().empty() &&
           !few_have(view, words, false, kFew);
}

Way way_to(const storage::View& view, const Order& order, const Words& words, const Search& wanted) {
    const bool low_alone = wanted.low_stock == true && !wanted.group && !wanted.collection && words.index().empty();
    return {.along = goes_along(view, order, words, wanted),
            .by_low = low_alone && (order.key.empty() || view.value<bool>(kFewAreLow, kFew).value())};
}

/// One statement for each sort order, with and without words and cursor: a few dozen, each prepared once per
/// connection.
std::string statement(const Order& order, const Words& words, const Search& wanted, const Way& way, bool has_after) {
    const auto leading = leading_index(order, words, wanted);
    const auto has_words = [&](std::string_view index, int parameter) {
        return index == leading ? std::string()
               : way.along      ? fmt::format("AND {}\n", has_each(index, "p.id", parameter))
                           : fmt::format("AND p.id IN (SELECT rowid FROM {0} WHERE {0} MATCH ?{1} AND rowid > 0)\n",
                                         index, parameter);
    };
    const auto products = leading.empty()
                              ? fmt::format("product p{}", way.by_low ? " INDEXED BY product_low_stock" : "")
                              : fmt::format(
                                    "(SELECT rowid AS found FROM {0} WHERE {0} MATCH ?{1} AND rowid > 0) "
                                    "CROSS JOIN product p ON p.id = found",
                                    leading, leading == "product_text" ? 6 : 11);
    const auto* const id = leading.empty() ? "p.id" : "found";
    // What is for sale lies together by id, however many archived products lie between.
    const bool by_status = wanted.status && !wanted.group && !wanted.collection && order.key.empty() &&
                           words.match.empty() && words.starts.empty();
    const auto* const status = by_status ? "p.status = ?1" : "(?1 IS NULL OR p.status = ?1)";
    std::string sql = fmt::format(R"sql(
        SELECT p.id, {}
          FROM {}
         WHERE {}
           AND (?2 IS NULL OR p.price >= ?2) AND (?3 IS NULL OR p.price <= ?3)
           AND (?4 IS NULL OR (p.on_hand > p.reserved OR p.stock_policy = 'uncounted') = ?4)
           {}
)sql",
                                  order.key.empty() ? "p.id" : order.key, products, status,
                                  wanted.low_stock == true ? kIsLow : kIsLowOrNot);
    sql += wanted.group ? "AND p.group_id = ?12\n" : "AND ?12 IS NULL\n";
    // By its members, of which there are few: the list's order would look through the shop for them.
    sql += wanted.collection ? "AND p.id IN (SELECT product_id FROM collection_product WHERE collection_id = ?13)\n"
                             : "AND ?13 IS NULL\n";
    // Unused parameters are bound too, and SQLite requires that the statement mentions their numbers.
    sql += words.match.empty() || way.along ? "AND ?6 IS NULL\n" : has_words("product_text", 6);
    sql += words.starts.empty() ? "AND ?11 IS NULL\n" : has_words("product_word", 11);
    sql += words.patterns.empty() ? "AND ?7 IS NULL\n" : R"sql(AND NOT EXISTS (SELECT 1 FROM json_each(?7)
                                                 WHERE NOT (p.sku_key LIKE value ESCAPE '\'
                                                            OR p.name_key LIKE value ESCAPE '\'
                                                            OR p.description LIKE value ESCAPE '\'))
)sql";
    const char* const beyond = order.descending ? "<" : ">";
    if (!has_after) {
        sql += "AND ?8 IS NULL AND ?9 IS NULL\n";
    } else if (order.key.empty()) {
        sql += fmt::format("AND ?8 IS NOT NULL AND {} {} ?9\n", id, beyond);
    } else {
        sql += fmt::format("AND ({}, p.id) {} (?8, ?9)\n", order.key, beyond);
    }
    const char* const direction = order.descending ? "DESC" : "ASC";
    sql += order.key.empty() ? fmt::format("ORDER BY {} {}", id, direction)
                             : fmt::format("ORDER BY {} {}, p.id {}", order.key, direction, direction);
    return sql + " LIMIT ?10";
}

/// The sort key of a row: ["price", 1250, 17]. It contains the order's name, so that a cursor is not accepted
/// by a list in another order.
struct Key {
    std::optional<std::string> text;
    std::optional<std::int64_t> number;
    std::optional<std::int64_t> id;
};

Key read_key(const Order& order, const storage::Page& page) {
    if (!page.after) {
        return {};
    }
    const auto& key = *page.after;
    const bool fits = key.is_array() && key.size() == 3 && key[0] == order.name && key[2].is_number_integer() &&
                      (order.text_key ? key[1].is_string() : key[1].is_number_integer());
    if (!fits) {
        throw storage::bad_cursor();
    }
    Key read{.text = {}, .number = {}, .id = key[2].get<std::int64_t>()};
    if (order.text_key) {
        read.text = key[1].get<std::string>();
    } else {
        read.number = key[1].get<std::int64_t>();
    }
    return read;
}

/// Reads the next rows of a list, at most so many.
std::vector<Listed<Product>> read_rows(const storage::View& view, const Search& wanted, const Words& words,
                                       const Way& way, const storage::Page& page) {
    const auto& order = order_of(wanted.sort);
    const auto key = read_key(order, page);
    std::vector<ProductId> ids;  // first which, so that a sort carries no more than that
    std::vector<Json> keys;
    const auto take = [&](const storage::Row& row) {
        const auto id = row.get<ProductId>(0);
        ids.push_back(id);
        keys.push_back(order.text_key ? Json{order.name, row.get<std::string>(1), number(id)}
                                      : Json{order.name, row.get<std::int64_t>(1), number(id)});
    };
    const auto query = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
    const auto run = [&](const auto& sort_key) {
        const auto sql = statement(order, words, wanted, way, key.id.has_value());
        const auto status = wanted.status ? std::optional(kProductStatuses[*wanted.status]) : std::nullopt;
        view.each(sql, take, status, wanted.least_price, wanted.most_price, wanted.in_stock, wanted.low_stock,
                  way.along ? std::nullopt : query(words.match),
                  words.patterns.empty() ? std::nullopt : std::optional(words.patterns.dump()), sort_key, key.id,
                  page.limit, query(words.starts), wanted.group, wanted.collection);
    };
    if (order.text_key) {
        run(key.text);
    } else {
        run(key.number);
    }
    auto read = products(view, ids);
    std::vector<Listed<Product>> listed;
    for (std::size_t i = 0; i < read.size(); ++i) {
        listed.push_back({.row = std::move(read[i]), .key = std::move(keys[i])});
    }
    return listed;
}

}  // namespace

std::optional<Sort> parse_sort(std::string_view text) {
    const auto* found =
        std::find_if(kOrders.begin(), kOrders.end(), [&](const Order& order) { return order.name == text; });
    return found == kOrders.end() ? std::nullopt : std::optional(found->sort);
}

Products search(const storage::View& view, const Search& wanted, const storage::Page& page) {
    const auto words = words_of(wanted.q);
    auto way = way_to(view, order_of(wanted.sort), words, wanted);
    const auto read = [&](const storage::Page& part, bool along) {
        way.along = along;
        return read_rows(view, wanted, words, way, part);
    };
    return read_page<Products>(page, way.along, read,
                               [&](const Product& product) { return has_longer_words(texts_of(product), words); });
}

}  // namespace orderd::catalog
