#include "catalog/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

#include "base/budgets.h"
#include "base/folding.h"
#include "base/text.h"

namespace orderd::catalog {

namespace {

/// How a list is sorted: the key that rows are compared by before their ids, and the direction of both.
struct Order {
    Sort sort;
    std::string_view name;
    std::string_view key;  ///< SQL; empty: the id alone
    bool descending;
    bool text_key = false;
};

constexpr std::array<Order, 10> kOrders{{
    {Sort::newest, "newest", "", true},
    {Sort::oldest, "oldest", "", false},
    {Sort::name, "name", "p.name_key", false, true},
    {Sort::name_descending, "-name", "p.name_key", true, true},
    {Sort::price, "price", "p.price", false},
    {Sort::price_descending, "-price", "p.price", true},
    {Sort::available, "available", "p.on_hand - p.reserved", false},
    {Sort::available_descending, "-available", "p.on_hand - p.reserved", true},
    {Sort::sku, "sku", "p.sku_key", false, true},
    {Sort::updated, "updated", "p.updated_at", true},
}};

const Order& order_of(Sort sort) {
    return *std::find_if(kOrders.begin(), kOrders.end(), [&](const Order& order) { return order.sort == sort; });
}

/// The words of a search, by the index that finds them.
struct Words {
    std::string match;              ///< three characters or more: in the trigram index, as an FTS5 query
    std::string starts;             ///< shorter: in the index of words, as an FTS5 query
    Json patterns = Json::array();  ///< shorter, and not in either index: as LIKE patterns
};

/// In East Asian scripts a word may be shorter than a trigram, and no spaces separate it from others.
constexpr std::uint32_t kFirstEastAsian = 0x2E80;

/// The first character of well-formed UTF-8.
std::uint32_t first_code_point(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
    if (text.empty() || byte(0) < 0x80U) {
        return text.empty() ? 0 : byte(0);
    }
    const std::size_t length = byte(0) < 0xE0U ? 2 : byte(0) < 0xF0U ? 3 : 4;
    auto value = byte(0) & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length && i < text.size(); ++i) {
        value = value << 6U | (byte(i) & 0x3FU);
    }
    return value;
}

/// Whether a short word has a letter or a digit in it: the index has only those.
bool has_letters(std::string_view word) {
    for (std::size_t at = 0; at < word.size(); ++at) {
        const auto c = first_code_point(word.substr(at));
        const bool inside = (static_cast<unsigned char>(word[at]) & 0xC0U) == 0x80U;  // a character of several bytes
        if (!inside &&
            (c < 0x80U ? std::isalnum(static_cast<int>(c)) != 0 : c >= 0xC0U && (c < 0x2000U || c >= 0x2C00U))) {
            return true;
        }
    }
    return false;
}

std::string quoted(std::string_view word) {
    std::string text = "\"";
    for (const char c : word) {
        text.append(c == '"' ? 2 : 1, c);
    }
    return text + '"';
}

std::string pattern_of(std::string_view word) {
    std::string pattern = "%";
    for (const char c : word) {
        if (c == '%' || c == '_' || c == '\\') {
            pattern += '\\';
        }
        pattern += c;
    }
    return pattern + '%';
}

/// The words of a question, folded as the indexes are.
Words split(std::string_view question) {
    constexpr std::string_view kSpace = " \t\r\n";
    constexpr std::size_t kTrigram = 3;
    const auto folded_question = search_form(question);
    const std::string_view q = folded_question;
    Words words;
    std::size_t count = 0;
    for (std::size_t at = q.find_first_not_of(kSpace); at != std::string_view::npos && count < budget::kSearchWords;) {
        const auto end = std::min(q.find_first_of(kSpace, at), q.size());
        const auto word = q.substr(at, end - at);
        at = q.find_first_not_of(kSpace, end);
        const auto add = [](std::string& query, const std::string& term) {
            query += query.empty() ? term : ' ' + term;  // FTS5 requires all adjacent terms to match
        };
        if (code_points(word) >= kTrigram) {
            add(words.match, quoted(word));
        } else if (first_code_point(word) < kFirstEastAsian && has_letters(word)) {
            add(words.starts, quoted(word) + '*');
        } else {
            words.patterns.push_back(pattern_of(word));
        }
        ++count;
    }
    return words;
}

/// One statement for each sort order, with and without words and cursor: a few dozen, each prepared once per
/// connection.
std::string statement(const Order& order, const Words& words, const std::optional<bool>& archived, bool has_after) {
    // What is for sale lies together by id, however many archived products lie between.
    const bool by_status = archived && order.key.empty() && words.match.empty() && words.starts.empty();
    const auto* const status = !by_status  ? "(?1 IS NULL OR (p.status = 'archived') = ?1)"
                               : *archived ? "?1 IS NOT NULL AND p.status = 'archived'"
                                           : "?1 IS NOT NULL AND p.status = 'active'";
    std::string sql = fmt::format(R"sql(
        SELECT p.id, p.sku, p.name, p.description, p.price, p.on_hand, p.reserved, p.low_stock_threshold,
               p.status = 'archived', p.weight_g, p.created_at, p.updated_at, p.version, p.tax_class, {}
          FROM product p
         WHERE {}
           AND (?2 IS NULL OR p.price >= ?2) AND (?3 IS NULL OR p.price <= ?3)
           AND (?4 IS NULL OR (p.on_hand > p.reserved) = ?4)
           AND (?5 IS NULL OR ifnull(p.on_hand - p.reserved <= p.low_stock_threshold, 0) = ?5)
)sql",
                                  order.key.empty() ? "p.id" : order.key, status);
    // Unused parameters are bound too, and SQLite requires that the statement mentions their numbers.
    sql += words.match.empty() ? "AND ?6 IS NULL\n"
                               : "AND p.id IN (SELECT rowid FROM product_text WHERE product_text MATCH ?6)\n";
    sql += words.starts.empty() ? "AND ?11 IS NULL\n"
                                : "AND p.id IN (SELECT rowid FROM product_word WHERE product_word MATCH ?11)\n";
    sql += words.patterns.empty() ? "AND ?7 IS NULL\n" : R"sql(AND NOT EXISTS (SELECT 1 FROM json_each(?7)
                                                 WHERE NOT (p.sku_key LIKE value ESCAPE '\'
                                                            OR p.name_key LIKE value ESCAPE '\'
                                                            OR p.description LIKE value ESCAPE '\'))
)sql";
    const char* const beyond = order.descending ? "<" : ">";
    if (!has_after) {
        sql += "AND ?8 IS NULL AND ?9 IS NULL\n";
    } else if (order.key.empty()) {
        sql += fmt::format("AND ?8 IS NOT NULL AND p.id {} ?9\n", beyond);
    } else {
        sql += fmt::format("AND ({}, p.id) {} (?8, ?9)\n", order.key, beyond);
    }
    const char* const direction = order.descending ? "DESC" : "ASC";
    sql += order.key.empty() ? fmt::format("ORDER BY p.id {}", direction)
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

}  // namespace

std::optional<Sort> parse_sort(std::string_view text) {
    const auto* found =
        std::find_if(kOrders.begin(), kOrders.end(), [&](const Order& order) { return order.name == text; });
    return found == kOrders.end() ? std::nullopt : std::optional(found->sort);
}

Products search(const storage::View& view, const Search& wanted, const storage::Page& page) {
    const auto& order = order_of(wanted.sort);
    const auto words = split(wanted.q);
    const auto key = read_key(order, page);
    Products found;
    Json last;
    const auto map = [&](const storage::Row& row) {
        if (static_cast<std::int64_t>(found.rows.size()) == page.limit) {
            found.after = last;  // there is a next page
            return;
        }
        found.rows.push_back(read_product(row));
        constexpr int kKeyColumn = 14;
        const auto id = number(found.rows.back().id);
        last = order.text_key ? Json{order.name, row.get<std::string>(kKeyColumn), id}
                              : Json{order.name, row.get<std::int64_t>(kKeyColumn), id};
    };
    const auto query = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
    const auto run = [&](const auto& sort_key) {
        const auto sql = statement(order, words, wanted.archived, key.id.has_value());
        view.each(sql, map, wanted.archived, wanted.least_price, wanted.most_price, wanted.in_stock, wanted.low_stock,
                  query(words.match), words.patterns.empty() ? std::nullopt : std::optional(words.patterns.dump()),
                  sort_key, key.id, page.limit + 1, query(words.starts));
    };
    if (order.text_key) {
        run(key.text);
    } else {
        run(key.number);
    }
    return found;
}

}  // namespace orderd::catalog
