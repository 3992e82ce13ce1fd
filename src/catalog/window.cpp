#include "catalog/window.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "base/folding.h"
#include "base/text.h"
#include "catalog/along.h"
#include "catalog/few.h"
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

/// Where the rows of a half of the list are read from: an index of what few have, or one that has the list's order.
struct Source {
    enum class From { order, words, price, out } from = From::order;
    Index index = Index::none;  ///< if it is from words
};

/// What is looked for, and where its rows are.
struct Question {
    Words words;
    std::optional<GroupId> group_of_sku;  ///< of the variant whose whole SKU the question is
    Source products;
    Source groups;
    bool along = false;      ///< rows that don't pass the filters are read too, and count as read
    bool narrowed = false;   ///< the indexes say which have the words; otherwise whoever reads looks at each
    std::int64_t first = 0;  ///< so many are read at first; 0: a page
};

Source source_of(const storage::View& view, const Words& words, const Search& wanted, bool groups, std::int64_t few) {
    if (const auto index = index_with_few(view, words, groups, few); index != Index::none) {
        return {.from = Source::From::words, .index = index};
    }
    if (few_are_out_of_stock(view, wanted, few)) {
        return {.from = Source::From::out};
    }
    if (few_have_price(view, wanted, few)) {
        return {.from = Source::From::price};
    }
    return {};
}

Question question_of(const storage::View& view, const Search& wanted, bool for_staff, std::int64_t few) {
    Question question{.words = words_of(wanted.q), .group_of_sku = {}, .products = {}, .groups = {}};
    if (!question.words.empty()) {
        question.group_of_sku = view.value<GroupId>(kGroupOfSku, identifier_key(wanted.q), for_staff);
    }
    if (!for_staff) {  // whose list has groups alone
        question.products = source_of(view, question.words, wanted, false, few);
        question.along = question.products.from == Source::From::order;
    }
    if (!question.along) {  // where one half is read along, a short way to the other gains little
        question.groups = source_of(view, question.words, wanted, true, few);
        question.along = question.groups.from == Source::From::order;
    }
    question.first = question.along || question.words.empty() ? 0 : few;
    return question;
}

/// The same question, read from the indexes whole: what is left where nothing else leads to few.
Question question_of_all(Question question) {
    const Source all{.from = question.words.empty() ? Source::From::order : Source::From::words,
                     .index = index_with_many(question.words)};
    question.products = question.groups = all;
    question.along = false;
    question.narrowed = !question.words.empty();
    question.first = question.narrowed ? kFew : 0;
    return question;
}

/// The conditions for the words: ?4, ?5, and of groups ?6. SQLite requires that a statement mentions all parameters.
std::string has_words(const Question& question, bool of_group) {
    const auto index = of_group ? question.groups.index : question.products.index;
    if (!question.narrowed) {
        return "AND ?4 IS ?4 AND ?5 IS ?5 AND ?6 IS ?6";
    }
    if (of_group) {  // the index has no SKUs of variants, so the group of that SKU (?6) is let through
        return fmt::format("AND (g.id = ?6 OR (TRUE {}))", found_also(question.words, index, "g.id", true));
    }
    return found_also(question.words, index, "p.id", false) + "AND ?6 IS ?6";
}

std::string products_of(const Question& question, const WindowOrder& order, bool of_collection) {
    switch (question.products.from) {
        case Source::From::words: return looked_up(found_by(question.products.index, false));
        case Source::From::out:
            return looked_up(
                "SELECT id AS found FROM product p INDEXED BY product_out_of_stock WHERE " ORDERD_IS_OUT_OF_STOCK);
        case Source::From::price:
            return looked_up("SELECT id AS found FROM product INDEXED BY product_by_price WHERE " ORDERD_HAS_PRICE);
        case Source::From::order: break;
    }
    // Without statistics, SQLite takes the index of what is for sale, and reads all variants to find that none stands
    // alone. A collection's products are looked up.
    return of_collection ? "product p" : fmt::format("product p INDEXED BY {}", order.alone);
}

std::string groups_of(const Question& question) {
    const auto of = [](const std::string& found) {
        return fmt::format("({}) CROSS JOIN product_group g NOT INDEXED ON g.id = found", found);
    };
    switch (question.groups.from) {
        case Source::From::words: return of(found_by(question.groups.index, true) + " UNION SELECT ?6");
        case Source::From::out:  // where no variant can be ordered, all are in this index
            return of(
                "SELECT DISTINCT group_id AS found FROM product p INDEXED BY product_out_of_stock "
                "WHERE " ORDERD_IS_OUT_OF_STOCK " AND group_id IS NOT NULL");
        case Source::From::price:
            return of(
                "SELECT DISTINCT group_id AS found FROM product INDEXED BY product_by_price WHERE " ORDERD_HAS_PRICE
                " AND group_id IS NOT NULL");
        case Source::From::order: break;
    }
    return "product_group g";
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
        return "AND ?11 IS NULL";
    }
    return of_group ? "AND g.id IN (SELECT v.group_id FROM collection_product c JOIN product v ON v.id = c.product_id "
                      "WHERE c.collection_id = ?11 AND v.group_id IS NOT NULL AND +v.status = 'active')"
                    : "AND p.id IN (SELECT product_id FROM collection_product WHERE collection_id = ?11)";
}

std::string products_half(const WindowOrder& order, const Question& question, bool has_after, bool of_collection) {
    const auto passes =
        fmt::format("(?1 IS NULL OR p.price >= ?1) AND (?2 IS NULL OR p.price <= ?2) AND (?3 IS NULL OR {} = ?3)",
                    can_be_ordered("p"));
    return fmt::format(
        R"sql(
        SELECT {0} AS key, 0 AS kind, p.id AS id, {1} AS passes FROM {6}
         WHERE p.group_id IS NULL AND p.status = 'active' AND {7}
           {5} {2} {3}
         ORDER BY {0} {4}, p.id {4} LIMIT ?10
)sql",
        order.of_product, question.along ? passes : "TRUE", has_words(question, false),
        is_after(order.of_product, "p", order, has_after, 8), order.descending ? "DESC" : "ASC",
        is_in_collection(of_collection, false), products_of(question, order, of_collection),
        question.along ? "TRUE" : passes);
}

std::string groups_half(const WindowOrder& order, const Question& question, bool has_after, bool of_collection) {
    const auto passes = fmt::format(
        R"sql(((?1 IS NULL AND ?2 IS NULL)
                OR EXISTS (SELECT 1 FROM product v WHERE v.group_id = g.id AND +v.status = 'active'
                              AND v.price >= ifnull(?1, v.price) AND v.price <= ifnull(?2, v.price)))
           AND (?3 IS NULL
                OR EXISTS (SELECT 1 FROM product v WHERE v.group_id = g.id AND +v.status = 'active' AND {}) = ?3))sql",
        can_be_ordered("v"));
    return fmt::format(
        R"sql(
        SELECT {0} AS key, 1 AS kind, g.id AS id, {1} AS passes FROM {6}
         WHERE g.price_from IS NOT NULL AND {7}
           {5} {2} {3}
         ORDER BY {0} {4}, g.id {4} LIMIT ?10
)sql",
        order.of_group, question.along ? passes : "TRUE", has_words(question, true),
        is_after(order.of_group, "g", order, has_after, 9), order.descending ? "DESC" : "ASC",
        is_in_collection(of_collection, true), groups_of(question), question.along ? "TRUE" : passes);
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

/// Reads the next rows of the window, at most so many.
std::vector<Listed<Place>> read_places(const storage::View& view, const WindowOrder& order, const Question& question,
                                       const Search& wanted, const storage::Page& page) {
    const auto key = read_window_key(order, page);
    std::vector<Listed<Place>> listed;
    const auto take = [&](const storage::Row& row) {
        const auto kind = row.get<std::int64_t>(1);
        const auto id = row.get<std::int64_t>(2);
        listed.push_back({.row = {.is_group = kind != 0, .id = id},
                          .key = order.text_key ? Json{order.name, row.get<std::string>(0), kind, id}
                                                : Json{order.name, row.get<std::int64_t>(0), kind, id},
                          .passes = row.get<bool>(3)});
    };
    const auto run = [&](const auto& sort_key) {
        view.each(window_statement(order, question, key.product.has_value(), wanted.collection.has_value()), take,
                  wanted.least_price, wanted.most_price, wanted.in_stock, question.words.trigrams,
                  question.words.short_words, question.group_of_sku, sort_key, key.product, key.group, page.limit,
                  wanted.collection);
    };
    if (order.text_key) {
        run(key.text);
    } else {
        run(key.number);
    }
    return listed;
}

/// Reads the next groups of staff's list, at most so many.
std::vector<Listed<GroupId>> read_groups(const storage::View& view, const WindowOrder& order, const Question& question,
                                         const storage::Page& page) {
    const auto key = read_window_key(order, page);
    const auto sql = fmt::format(
        "SELECT g.id, {0} FROM {4} WHERE ?1 IS NULL AND ?2 IS NULL AND ?3 IS NULL AND ?8 IS ?8 {1} {2} "
        "ORDER BY {0} {3}, g.id {3} LIMIT ?10",
        order.of_group, has_words(question, true), is_after(order.of_group, "g", order, key.group.has_value(), 9),
        order.descending ? "DESC" : "ASC", groups_of(question));
    std::vector<Listed<GroupId>> listed;
    const auto take = [&](const storage::Row& row) {
        const auto id = row.get<GroupId>(0);
        listed.push_back({.row = id,
                          .key = order.text_key ? Json{order.name, row.get<std::string>(1), 1, number(id)}
                                                : Json{order.name, number(id), 1, number(id)}});
    };
    const auto run = [&](const auto& sort_key) {
        view.each(sql, take, std::nullopt, std::nullopt, std::nullopt, question.words.trigrams,
                  question.words.short_words, question.group_of_sku, sort_key, key.product, key.group, page.limit);
    };
    if (order.text_key) {
        run(key.text);
    } else {
        run(key.number);
    }
    return listed;
}

/// Reads a page of the window, or of staff's groups.
template <class Row, class Read, class HasWords>
Listing<Row> page_of(const storage::View& view, const Search& wanted, bool for_staff, const storage::Page& page,
                     const Read& read, const HasWords& has) {
    const auto list = [&](const Question& question) {
        return read_page<Row>(
            page, question.along ? kMostAlong : kAllOfIt, std::max(question.first, storage::rows_to_read(page)),
            [&](const storage::Page& part) { return read(question, part); },
            [&](const Row& row) { return question.words.empty() || has(row, question); });
    };
    auto found = list(question_of(view, wanted, for_staff, kFew));
    if (!found) {
        const auto question = question_of(view, wanted, for_staff, kMore);
        found = list(question.along ? question_of_all(question) : question);
    }
    return std::move(*found);
}

bool has_words(const storage::View& view, GroupId group, const Question& question) {
    return group == question.group_of_sku || has_words(get_group(view, group), question.words);
}

}  // namespace

bool sorts_window(Sort sort) {
    return std::any_of(kWindowOrders.begin(), kWindowOrders.end(),
                       [&](const auto& order) { return order.sort == sort; });
}

Window window(const storage::View& view, const Search& wanted, const storage::Page& page) {
    const auto& order = *std::find_if(kWindowOrders.begin(), kWindowOrders.end(),
                                      [&](const auto& one) { return one.sort == wanted.sort; });
    auto found = page_of<Place>(
        view, wanted, false, page,
        [&](const Question& question, const storage::Page& part) {
            return read_places(view, order, question, wanted, part);
        },
        [&](const Place& place, const Question& question) {
            return place.is_group ? has_words(view, GroupId{place.id}, question)
                                  : has_words(view, ProductId{place.id}, question.words);
        });
    return {.rows = entries_at(view, found.rows), .after = std::move(found.after)};
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
    auto found = page_of<GroupId>(
        view, {.q = std::string(q)}, true, page,
        [&](const Question& question, const storage::Page& part) { return read_groups(view, order, question, part); },
        [&](GroupId group, const Question& question) { return has_words(view, group, question); });
    Groups groups{.rows = {}, .after = std::move(found.after)};
    for (const auto id : found.rows) {
        groups.rows.push_back(get_group(view, id));
    }
    return groups;
}

}  // namespace orderd::catalog
