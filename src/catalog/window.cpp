#include "catalog/window.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "base/folding.h"
#include "base/text.h"
#include "catalog/along.h"
#include "catalog/handle.h"
#include "catalog/stock.h"
#include "catalog/text_index.h"

namespace orderd::catalog {

namespace {

/// How the window is sorted: by what, of products and of groups, and in which direction. Ties are broken by kind and id.
struct WindowOrder {
    Sort sort;
    std::string_view name;
    std::string_view of_product;
    std::string_view of_group;
    std::string_view alone;  ///< the index of products that stand alone, in this order
    bool descending;
    bool text_key = false;
};

constexpr std::array<WindowOrder, 6> kWindowOrders{{
    {Sort::newest, "newest", "p.created_at", "g.created_at", "product_alone_by_time", true},
    {Sort::oldest, "oldest", "p.created_at", "g.created_at", "product_alone_by_time", false},
    {Sort::name, "name", "p.name_key", "g.name_key", "product_alone_by_name", false, true},
    {Sort::name_descending, "-name", "p.name_key", "g.name_key", "product_alone_by_name", true, true},
    {Sort::price, "price", "p.price", "g.price_from", "product_alone_by_price", false},
    {Sort::price_descending, "-price", "p.price", "g.price_from", "product_alone_by_price", true},
}};

constexpr auto kGroupOfSku = R"sql(
    SELECT group_id FROM product WHERE sku_key = ?1 AND group_id IS NOT NULL AND (?2 OR status = 'active')
)sql";
constexpr auto kAloneBeyond = R"sql(
    SELECT id FROM product INDEXED BY product_alone_by_time WHERE group_id IS NULL AND status = 'active' LIMIT 1 OFFSET ?1
)sql";
constexpr auto kProductByHandle =
    "SELECT " ORDERD_PRODUCT_COLUMNS " FROM product WHERE handle = ?1 AND handle <> '' AND status <> 'archived'";
// With the plus, it goes by the index of groups: that of a status leads to nearly all products.
constexpr auto kSums = R"sql(
    SELECT group_id, min(price), max(price), count(*), max({})
      FROM product v WHERE group_id IN (SELECT value FROM json_each(?1)) AND +status = 'active' GROUP BY group_id
)sql";

/// Whether one unit of a product can be ordered, in SQL.
std::string can_be_ordered(std::string_view product) {
    return fmt::format("({0}.stock_policy = 'uncounted' OR {0}.on_hand + {0}.beyond_limit > {0}.reserved)", product);
}

/// How rows are found that have the words.
enum class Looking {
    up,     ///< few have them: those are read
    along,  ///< many have them: the list is read in its order, and each row is looked up among all that were found
    each    ///< the list is short: the index is asked for each of its rows, and does not say who else has the words
};

/// What is looked for, as both halves of the list's statement need it.
struct Question {
    Words words;
    std::optional<GroupId> group_of_sku;  ///< of the variant whose whole SKU the question is
    Looking products = Looking::up;
    Looking groups = Looking::up;

    bool empty() const { return words.match.empty() && words.starts.empty() && words.patterns.empty(); }
    bool is_indexed() const { return !words.match.empty() || !words.starts.empty(); }
};

Question question_of(const storage::View& view, std::string_view q, bool for_staff) {
    constexpr std::int64_t kFewAsked = 50;
    constexpr std::int64_t kFewGroups = 1'000;
    constexpr std::int64_t kFewProducts = 2'000;
    Question question{.words = words_of(q), .group_of_sku = {}};
    if (question.empty()) {
        return question;
    }
    question.group_of_sku = view.value<GroupId>(kGroupOfSku, identifier_key(q), for_staff);
    if (question.is_indexed()) {
        question.groups = few_have(view, question.words, true, kFewGroups) ? Looking::up : Looking::each;
        if (!for_staff && !few_have(view, question.words, false, kFewProducts)) {
            // Where nearly all products are variants, all may have the words, and hardly any of them stands alone.
            question.products = view.value<ProductId>(kAloneBeyond, kFewAsked) ? Looking::along : Looking::each;
        }
    }
    return question;
}

/// The condition that a product or a group has the words that an index finds.
std::string found_in(std::string_view index, int parameter, Looking how, bool of_group) {
    const auto* const id = of_group ? "g.id" : "p.id";
    if (how == Looking::each) {
        return of_group ? fmt::format("AND (g.id = ?11 OR {}) ", has_each(index, "-g.id", parameter))
                        : fmt::format("AND {} ", has_each(index, id, parameter));
    }
    // With a plus, SQLite goes through the list in its order.
    return fmt::format("AND {0}{1} IN (SELECT {2} FROM {4} WHERE {4} MATCH ?{5} AND rowid {3} 0{6}) ",
                       how == Looking::along ? "+" : "", id, of_group ? "-rowid" : "rowid", of_group ? "<" : ">", index,
                       parameter, of_group ? " UNION SELECT ?11" : "");
}

/// The condition that a row has the words: ?4 to ?6, and ?11. Unused parameters are bound too, and SQLite requires that
/// the statement mentions their numbers.
std::string has_words(const Question& question, bool of_group) {
    const auto& words = question.words;
    const auto how = of_group ? question.groups : question.products;
    std::string sql;
    sql += words.match.empty() ? "AND ?4 IS NULL " : found_in("product_text", 4, how, of_group);
    sql += words.starts.empty() ? "AND ?5 IS NULL " : found_in("product_word", 5, how, of_group);
    if (!words.patterns.empty()) {
        const auto* const texts = of_group ? "g.handle || ' ' || g.name_key || ' ' || g.options || ' ' || g.description"
                                           : "p.sku_key || ' ' || p.name_key || ' ' || p.description";
        sql += fmt::format("AND ({}NOT EXISTS (SELECT 1 FROM json_each(?6) WHERE {} NOT LIKE value ESCAPE '\\')) ",
                           of_group ? "ifnull(g.id = ?11, 0) OR " : "", texts);
    } else {
        sql += "AND ?6 IS NULL ";
    }
    return sql + (question.empty() ? "AND ?11 IS NULL" : "");
}

/// The condition that a row comes after the last page's. `id`: the parameter that its own id is compared with.
std::string is_after(std::string_view key, std::string_view row, const WindowOrder& order, bool has_after, int id) {
    const auto* const beyond = order.descending ? "<" : ">";
    if (!has_after) {
        return fmt::format("AND ?7 IS NULL AND ?{} IS NULL", id);
    }
    if (key == fmt::format("{}.id", row)) {  // which SQLite begins at, but not at a pair of it
        return fmt::format("AND ?7 IS NOT NULL AND {} {} ?{}", key, beyond, id);
    }
    return fmt::format("AND ({}, {}.id) {} (?7, ?{})", key, row, beyond, id);
}

/// A group is in a collection if a variant on sale is.
std::string is_in_collection(bool of_collection, bool of_group) {
    if (!of_collection) {
        return "AND ?12 IS NULL";
    }
    return of_group ? "AND g.id IN (SELECT v.group_id FROM collection_product c JOIN product v ON v.id = c.product_id "
                      "WHERE c.collection_id = ?12 AND v.group_id IS NOT NULL AND +v.status = 'active')"
                    : "AND p.id IN (SELECT product_id FROM collection_product WHERE collection_id = ?12)";
}

std::string products_half(const WindowOrder& order, const Question& question, bool has_after, bool of_collection) {
    // Without statistics, SQLite takes the index of what is for sale, and reads all variants to find that none stands
    // alone. A collection's products are looked up.
    const bool by_list = !of_collection && (!question.is_indexed() || question.products != Looking::up);
    const auto products = by_list ? fmt::format("product p INDEXED BY {}", order.alone) : "product p";
    return fmt::format(
        R"sql(
        SELECT {0} AS key, 0 AS kind, p.id AS id FROM {6}
         WHERE p.group_id IS NULL AND p.status = 'active'
           AND (?1 IS NULL OR p.price >= ?1) AND (?2 IS NULL OR p.price <= ?2) AND (?3 IS NULL OR {1} = ?3)
           {5} {2} {3}
         ORDER BY {0} {4}, p.id {4} LIMIT ?10
)sql",
        order.of_product, can_be_ordered("p"), has_words(question, false),
        is_after(order.of_product, "p", order, has_after, 8), order.descending ? "DESC" : "ASC",
        is_in_collection(of_collection, false), products);
}

std::string groups_half(const WindowOrder& order, const Question& question, bool has_after, bool of_collection) {
    return fmt::format(
        R"sql(
        SELECT {0} AS key, 1 AS kind, g.id AS id FROM product_group g
         WHERE g.price_from IS NOT NULL
           AND ((?1 IS NULL AND ?2 IS NULL)
                OR EXISTS (SELECT 1 FROM product v WHERE v.group_id = g.id AND +v.status = 'active'
                              AND v.price >= ifnull(?1, v.price) AND v.price <= ifnull(?2, v.price)))
           AND (?3 IS NULL
                OR EXISTS (SELECT 1 FROM product v WHERE v.group_id = g.id AND +v.status = 'active' AND {1}) = ?3)
           {5} {2} {3}
         ORDER BY {0} {4}, g.id {4} LIMIT ?10
)sql",
        order.of_group, can_be_ordered("v"), has_words(question, true),
        is_after(order.of_group, "g", order, has_after, 9), order.descending ? "DESC" : "ASC",
        is_in_collection(of_collection, true));
}

/// Each half reads no more rows than a page has, from its own index.
std::string window_statement(const WindowOrder& order, const Question& question, bool has_after, bool of_collection) {
    return fmt::format("SELECT * FROM ({0}) UNION ALL SELECT * FROM ({1}) ORDER BY key {2}, kind {2}, id {2} LIMIT ?10",
                       products_half(order, question, has_after, of_collection),
                       groups_half(order, question, has_after, of_collection), order.descending ? "DESC" : "ASC");
}

/// The sort key of a row: ["price", 1250, 1, 17], with its kind (1: a group) before its id.
struct WindowKey {
    std::optional<std::string> text = {};
    std::optional<std::int64_t> number = {};
    std::optional<std::int64_t> product = {};  ///< the id to compare a product's with, if its key is the same
    std::optional<std::int64_t> group = {};
};

WindowKey read_window_key(const WindowOrder& order, const storage::Page& page) {
    constexpr auto kAbove = std::numeric_limits<std::int64_t>::max();
    if (!page.after) {
        return {};
    }
    const auto& key = *page.after;
    const bool fits = key.is_array() && key.size() == 4 && key[0] == order.name && key[2].is_number_integer() &&
                      key[3].is_number_integer() && (order.text_key ? key[1].is_string() : key[1].is_number_integer());
    if (!fits) {
        throw storage::bad_cursor();
    }
    WindowKey read;
    const bool at_group = key[2].get<std::int64_t>() != 0;
    const auto id = key[3].get<std::int64_t>();
    read.product = at_group ? kAbove : id;  // above all: none, or all, of those with this key follow
    read.group = at_group ? id : 0;
    if (order.text_key) {
        read.text = key[1].get<std::string>();
    } else {
        read.number = key[1].get<std::int64_t>();
    }
    return read;
}

std::optional<std::string> or_nothing(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

std::optional<std::string> patterns_of(const Question& question) {
    return question.words.patterns.empty() ? std::nullopt : std::optional(question.words.patterns.dump());
}

struct Place {
    bool is_group;
    std::int64_t id;
};

WindowEntry entry_of(Product product) {
    const bool orderable =
        product.stock_policy == StockPolicy::uncounted || product.on_hand + product.beyond_limit > product.reserved;
    const auto price = product.price;
    return {
        .product = std::move(product), .price_from = price, .price_to = price, .variants = 1, .orderable = orderable};
}

/// Reads the entries at their places.
std::vector<WindowEntry> entries_at(const storage::View& view, const std::vector<Place>& places) {
    auto group_ids = Json::array();
    std::vector<ProductId> product_ids;
    for (const auto& place : places) {
        if (place.is_group) {
            group_ids.push_back(place.id);
        } else {
            product_ids.push_back(ProductId{place.id});
        }
    }
    std::map<std::int64_t, WindowEntry> of_groups;
    static const auto sums = fmt::format(kSums, can_be_ordered("v"));
    view.each(
        sums,
        [&](const storage::Row& row) {
            of_groups[row.get<std::int64_t>(0)] = {.price_from = row.get<Money>(1),
                                                   .price_to = row.get<Money>(2),
                                                   .variants = row.get<std::int64_t>(3),
                                                   .orderable = row.get<bool>(4)};
        },
        group_ids.dump());
    auto alone = products(view, product_ids);
    auto next_alone = alone.begin();
    std::vector<WindowEntry> entries;
    for (const auto& place : places) {
        if (place.is_group) {
            entries.push_back(of_groups.at(place.id));
            entries.back().group = get_group(view, GroupId{place.id});
        } else {
            entries.push_back(entry_of(std::move(*next_alone++)));
        }
    }
    return entries;
}

/// Reads the next groups of staff's list that match, at most so many.
std::vector<Listed<Group>> read_groups(const storage::View& view, const WindowOrder& order, const Question& question,
                                       const storage::Page& page) {
    const auto key = read_window_key(order, page);
    const auto sql = fmt::format(
        "SELECT g.id, {0} FROM product_group g WHERE ?1 IS NULL AND ?2 IS NULL AND ?3 IS NULL AND ?8 IS ?8 {1} {2} "
        "ORDER BY {0} {3}, g.id {3} LIMIT ?10",
        order.of_group, has_words(question, true), is_after(order.of_group, "g", order, key.group.has_value(), 9),
        order.descending ? "DESC" : "ASC");
    std::vector<Listed<Group>> listed;
    const auto take = [&](const storage::Row& row) {
        const auto id = row.get<GroupId>(0);
        listed.push_back({.row = get_group(view, id),
                          .key = order.text_key ? Json{order.name, row.get<std::string>(1), 1, number(id)}
                                                : Json{order.name, number(id), 1, number(id)}});
    };
    const auto run = [&](const auto& sort_key) {
        view.each(sql, take, std::nullopt, std::nullopt, std::nullopt, or_nothing(question.words.match),
                  or_nothing(question.words.starts), patterns_of(question), sort_key, key.product, key.group,
                  page.limit, question.group_of_sku);
    };
    if (order.text_key) {
        run(key.text);
    } else {
        run(key.number);
    }
    return listed;
}

}  // namespace

bool sorts_window(Sort sort) {
    return std::any_of(kWindowOrders.begin(), kWindowOrders.end(),
                       [&](const auto& order) { return order.sort == sort; });
}

Window window(const storage::View& view, const Search& wanted, const storage::Page& page) {
    const auto& order = *std::find_if(kWindowOrders.begin(), kWindowOrders.end(),
                                      [&](const auto& one) { return one.sort == wanted.sort; });
    const auto question = question_of(view, wanted.q, false);
    const auto key = read_window_key(order, page);
    std::vector<Place> places;
    Window found;
    Json last;
    const auto take = [&](const storage::Row& row) {
        if (std::ssize(places) == page.limit) {
            found.after = last;  // there is a next page
            return;
        }
        places.push_back({.is_group = row.get<bool>(1), .id = row.get<std::int64_t>(2)});
        const auto kind = row.get<std::int64_t>(1);
        last = order.text_key ? Json{order.name, row.get<std::string>(0), kind, places.back().id}
                              : Json{order.name, row.get<std::int64_t>(0), kind, places.back().id};
    };
    const auto run = [&](const auto& sort_key) {
        view.each(window_statement(order, question, key.product.has_value(), wanted.collection.has_value()), take,
                  wanted.least_price, wanted.most_price, wanted.in_stock, or_nothing(question.words.match),
                  or_nothing(question.words.starts), patterns_of(question), sort_key, key.product, key.group,
                  storage::rows_to_read(page), question.group_of_sku, wanted.collection);
    };
    if (order.text_key) {
        run(key.text);
    } else {
        run(key.number);
    }
    found.rows = entries_at(view, places);
    return found;
}

std::vector<Product> shown_variants(const storage::View& view, GroupId group) {
    const auto all = variants(view, group);
    std::vector<Product> shown;
    for (const auto status : {ProductStatus::active, ProductStatus::hidden}) {
        if (shown.empty()) {
            std::copy_if(all.begin(), all.end(), std::back_inserter(shown),
                         [&](const Product& variant) { return variant.status == status; });
        }
    }
    return shown;
}

std::optional<WindowEntry> window_entry(const storage::View& view, std::string_view handle) {
    auto group = find_group_by_handle(view, handle);
    if (!group) {
        auto product = view.first(kProductByHandle, read_product, handle_form(handle, kMaxHandle));
        return product ? std::optional(entry_of(std::move(*product))) : std::nullopt;
    }
    const auto shown = shown_variants(view, group->id);
    if (shown.empty()) {
        return std::nullopt;
    }
    auto entry = entry_of(shown.front());
    for (const auto& variant : shown) {
        entry.price_from = std::min(entry.price_from, variant.price);
        entry.price_to = std::max(entry.price_to, variant.price);
        entry.orderable = entry.orderable || entry_of(variant).orderable;
    }
    entry.variants = std::ssize(shown);
    entry.product.reset();
    entry.group = std::move(group);
    return entry;
}

Groups groups(const storage::View& view, std::string_view q, bool by_name, const storage::Page& page) {
    const WindowOrder order{.sort = by_name ? Sort::name : Sort::newest,
                            .name = by_name ? "name" : "newest",
                            .of_product = "",
                            .of_group = by_name ? "g.name_key" : "g.id",
                            .alone = "",
                            .descending = !by_name,
                            .text_key = by_name};
    auto question = question_of(view, q, true);
    const bool along =
        question.groups == Looking::each && question.words.starts.empty() && question.words.patterns.empty();
    if (along) {
        question.groups = Looking::up;  // if they are asked for after all
    }
    const auto read = [&](const storage::Page& part, bool all) {
        return read_groups(view, order, all ? Question{} : question, part);
    };
    return read_page<Groups>(page, along, read, [&](const Group& group) {
        return group.id == question.group_of_sku || has_longer_words(texts_of(group), question.words);
    });
}

}  // namespace orderd::catalog
