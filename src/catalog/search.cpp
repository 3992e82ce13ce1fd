#include "catalog/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "catalog/along.h"
#include "catalog/few.h"
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

/// Where the products of a list are read from: an index of what few have, or one that has the list's order.
enum class From { order, words, group, collection, low, out, status, price };

struct Way {
    From from = From::order;
    Index index = Index::none;  ///< if it is from words
    bool along = false;         ///< rows that don't pass the filters are read too, and count as read
    bool narrowed = false;      ///< the indexes say which have the words; otherwise whoever reads looks at each
    std::int64_t first = 0;     ///< so many are read at first; 0: a page
};

/// Nullopt if few products have none of what is asked for. `more`: also of what is rather tried after reading along, since
/// the list's order leads to a page as soon in nearly every shop.
std::optional<Way> way_to_few(const storage::View& view, const Words& words, const Search& wanted, std::int64_t few,
                              bool more) {
    const auto first = words.empty() ? 0 : few;  // without words, all that is read belongs to the page
    if (wanted.group) {
        return Way{.from = From::group, .first = first};
    }
    if (const auto index = index_with_few(view, words, false, few); index != Index::none) {
        return Way{.from = From::words, .index = index, .first = first};
    }
    struct Narrow {
        From from;
        bool (*few_have)(const storage::View& view, const Search& wanted, std::int64_t few);
        bool later;
    };
    constexpr std::array<Narrow, 5> kNarrow{{
        {From::collection, few_are_in_collection, false},
        {From::low, few_are_low, false},
        {From::out, few_are_out_of_stock, false},
        {From::status, few_have_status, true},
        {From::price, few_have_price, true},
    }};
    for (const auto& narrow : kNarrow) {
        if ((more || !narrow.later) && narrow.few_have(view, wanted, few)) {
            return Way{.from = narrow.from, .first = first};
        }
    }
    return std::nullopt;
}

/// Nullopt if no index has the order.
std::optional<Way> way_along(const Order& order, const Words& words, const Search& wanted) {
    if (order.key.empty() &&
        wanted.low_stock == true) {  // product_low_stock is in the order of ids, and so are the next
        return Way{.from = From::low, .along = true};
    }
    if (order.key.empty() && !words.empty()) {
        return Way{.from = From::words, .index = index_with_many(words), .along = true};
    }
    return order.key.empty() || order.indexed ? std::optional(Way{.along = true}) : std::nullopt;
}

/// What reads and sorts all that there are.
Way way_to_all(const Words& words) {
    return words.empty() ? Way{}
                         : Way{.from = From::words, .index = index_with_many(words), .narrowed = true, .first = kFew};
}

/// What a list reads from. SQLite takes no other index than the one that is named.
std::string source(const Way& way) {
    switch (way.from) {
        case From::words: return looked_up(found_by(way.index, false));
        case From::collection:
            return looked_up("SELECT product_id AS found FROM collection_product WHERE collection_id = ?12");
        case From::group: return "product p INDEXED BY product_by_group";
        case From::low: return "product p INDEXED BY product_low_stock";
        case From::out: return "product p INDEXED BY product_out_of_stock";
        case From::status: return "product p INDEXED BY product_by_status";
        case From::price: return "product p INDEXED BY product_by_price";
        case From::order: break;
    }
    return "product p";
}

/// What narrows the list, besides where it is read from. Unused parameters are bound too, and SQLite requires that the
/// statement mentions their numbers.
std::string filters(const Search& wanted, const Way& way) {
    return fmt::format(
        R"sql((?1 IS NULL OR p.status = ?1)
           AND (?2 IS NULL OR p.price >= ?2) AND (?3 IS NULL OR p.price <= ?3)
           AND (?6 IS NULL OR (p.on_hand > p.reserved OR p.stock_policy = 'uncounted') = ?6)
           AND (?7 IS NULL OR ifnull()sql" ORDERD_IS_LOW R"sql(, 0) = ?7)
           AND {})sql",
        !wanted.collection || way.from == From::collection
            ? "?12 IS ?12"
            : "EXISTS (SELECT 1 FROM collection_product c WHERE c.collection_id = ?12 AND c.product_id = p.id)");
}

/// What the source of a way has, as its index says it.
std::string_view of_source(const Search& wanted, const Way& way, const Order& order) {
    switch (way.from) {
        case From::low: return ORDERD_IS_LOW;
        case From::out: return ORDERD_IS_OUT_OF_STOCK;
        case From::status: return "p.status = ?1";
        case From::price: return "p.price >= ifnull(?2, 0) AND p.price <= ifnull(?3, 9e18)";
        // What is for sale lies together by id, however many archived products lie between.
        case From::order: return wanted.status && order.key.empty() ? "p.status = ?1" : "TRUE";
        default: return "TRUE";
    }
}

/// One statement for each sort order and way, with and without cursor, each prepared once per connection.
std::string statement(const Order& order, const Words& words, const Search& wanted, const Way& way, bool has_after) {
    const auto* const id = way.from == From::words && order.key.empty() ? "found" : "p.id";
    const char* const beyond = order.descending ? "<" : ">";
    const auto after = !has_after          ? std::string("?8 IS NULL AND ?9 IS NULL")
                       : order.key.empty() ? fmt::format("?8 IS NOT NULL AND {} {} ?9", id, beyond)
                                           : fmt::format("({}, p.id) {} (?8, ?9)", order.key, beyond);
    const auto passes = filters(wanted, way);
    const char* const direction = order.descending ? "DESC" : "ASC";
    return fmt::format(R"sql(
        SELECT p.id, {}, {} FROM {}
         WHERE {} AND {} AND {} {} AND {}
         ORDER BY {} LIMIT ?10
)sql",
                       order.key.empty() ? "p.id" : order.key, way.along ? passes : "TRUE", source(way),
                       of_source(wanted, way, order), way.along ? "TRUE" : passes,
                       wanted.group ? "p.group_id = ?11" : "?11 IS NULL",
                       way.narrowed ? found_also(words, way.index, "p.id", false) : "AND ?4 IS ?4 AND ?5 IS ?5", after,
                       order.key.empty() ? fmt::format("{} {}", id, direction)
                                         : fmt::format("{} {}, p.id {}", order.key, direction, direction));
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

/// Reads the next rows of a list, at most so many. First which, so that a sort carries no more than that.
std::vector<Listed<ProductId>> read_rows(const storage::View& view, const Search& wanted, const Words& words,
                                         const Way& way, const storage::Page& page) {
    const auto& order = order_of(wanted.sort);
    const auto key = read_key(order, page);
    std::vector<Listed<ProductId>> listed;
    const auto take = [&](const storage::Row& row) {
        const auto id = row.get<ProductId>(0);
        listed.push_back({.row = id,
                          .key = order.text_key ? Json{order.name, row.get<std::string>(1), number(id)}
                                                : Json{order.name, row.get<std::int64_t>(1), number(id)},
                          .passes = row.get<bool>(2)});
    };
    const auto run = [&](const auto& sort_key) {
        const auto sql = statement(order, words, wanted, way, key.id.has_value());
        const auto status = wanted.status ? std::optional(kProductStatuses[*wanted.status]) : std::nullopt;
        view.each(sql, take, status, wanted.least_price, wanted.most_price, words.trigrams, words.short_words,
                  wanted.in_stock, wanted.low_stock, sort_key, key.id, page.limit, wanted.group, wanted.collection);
    };
    if (order.text_key) {
        run(key.text);
    } else {
        run(key.number);
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
    const auto list = [&](const Way& way) {
        return read_page<ProductId>(
            page, way.along ? kMostAlong : kAllOfIt, std::max(way.first, storage::rows_to_read(page)),
            [&](const storage::Page& part) { return read_rows(view, wanted, words, way, part); },
            [&](ProductId id) { return words.empty() || has_words(view, id, words); });
    };
    auto way = way_to_few(view, words, wanted, kFew, false);
    if (!way) {
        way = way_along(order_of(wanted.sort), words, wanted);
    }
    auto found = way ? list(*way) : std::nullopt;
    if (!found) {
        way = way_to_few(view, words, wanted, kMore, true);
        found = list(way ? *way : way_to_all(words));
    }
    return {.rows = products(view, found->rows), .after = std::move(found->after)};
}

}  // namespace orderd::catalog
