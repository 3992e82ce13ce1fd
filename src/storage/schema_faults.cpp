#include "storage/schema_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <map>

#include "base/embedded.h"
#include "storage/connection.h"

namespace orderd::storage {

namespace {

// Excludes SQLite's own objects: they have no SQL, or belong to AUTOINCREMENT or ANALYZE.
constexpr auto kAllObjects = R"sql(
    SELECT name, type, tbl_name, sql FROM sqlite_schema
     WHERE sql IS NOT NULL AND name NOT IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4')
)sql";

/// Litestream's own two tables, which it makes in what it copies.
constexpr std::array<std::string_view, 2> kOfLitestream{
    "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)", "CREATE TABLE _litestream_lock (id INTEGER)"};

struct Object {
    std::string type;  ///< table, index, trigger, view
    std::string table;
    std::vector<std::string> parts;  ///< sorted
};

using Objects = std::map<std::string, Object>;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$'; }

/// Removes a comment from the beginning. @returns whether there was one
bool skip_comment(std::string_view& rest) {
    const bool line = rest.starts_with("--");
    if (!line && !rest.starts_with("/*")) {
        return false;
    }
    const auto end = line ? rest.find('\n') : rest.find("*/", 2);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + (line ? 1 : 2));
    return true;
}

/// Removes a quoted token from the beginning. @returns a text unchanged, or a name without quotes that it does not need
std::string take_quoted(std::string_view& rest) {
    const char quote = rest.front() == '[' ? ']' : rest.front();
    std::size_t end = 1;
    while (end < rest.size() && (rest[end] != quote || (end + 1 < rest.size() && rest[end + 1] == quote))) {
        end += rest[end] == quote ? 2 : 1;
    }
    const auto whole = rest.substr(0, end + 1);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto inner = whole.substr(1, whole.size() < 2 ? 0 : whole.size() - 2);
    const bool plain = quote != '\'' && !inner.empty() && std::all_of(inner.begin(), inner.end(), is_word);
    return std::string(plain ? inner : whole);
}

/// Splits SQL into words, texts and signs.
std::vector<std::string> tokens_of(std::string_view rest) {
    std::vector<std::string> tokens;
    while (!rest.empty()) {
        const char c = rest.front();
        if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            rest.remove_prefix(1);
        } else if (skip_comment(rest)) {
            continue;
        } else if (c == '\'' || c == '"' || c == '`' || c == '[') {
            tokens.push_back(take_quoted(rest));
        } else {
            const auto end = std::find_if_not(rest.begin(), rest.end(), is_word);
            const auto length = std::max<std::ptrdiff_t>(1, end - rest.begin());
            tokens.emplace_back(rest.substr(0, static_cast<std::size_t>(length)));
            rest.remove_prefix(static_cast<std::size_t>(length));
        }
    }
    return tokens;
}

std::string joined(const std::vector<std::string>& tokens) {
    std::string text;
    for (const auto& token : tokens) {
        text += (text.empty() ? "" : " ") + token;
    }
    return text;
}

/// Splits a table into its columns, constraints and options. Any other object is one part.
std::vector<std::string> parts_of(const std::vector<std::string>& tokens, bool is_table) {
    if (!is_table) {
        return {joined(tokens)};
    }
    std::vector<std::string> parts;
    std::vector<std::string> part;
    int depth = 0;
    for (const auto& token : tokens) {
        const bool opens = token == "(";
        const bool closes = token == ")";
        const bool border = (opens && depth == 0) || (closes && depth == 1) || (token == "," && depth <= 1);
        depth += opens ? 1 : closes ? -1 : 0;
        if (border) {
            parts.push_back(joined(part));
            part.clear();
        } else {
            part.push_back(token);
        }
    }
    parts.push_back(joined(part));
    std::sort(parts.begin(), parts.end());
    return parts;
}

bool is_of_litestream(std::string_view sql) {
    const auto tokens = tokens_of(sql);
    return std::any_of(kOfLitestream.begin(), kOfLitestream.end(),
                       [&](std::string_view known) { return tokens == tokens_of(known); });
}

Objects read_schema(const View& view) {
    Objects schema;
    view.each(kAllObjects, [&](const Row& row) {
        if (is_of_litestream(row.get<std::string_view>(3))) {
            return;
        }
        Object object{.type = row.get<std::string>(1), .table = row.get<std::string>(2), .parts = {}};
        object.parts = parts_of(tokens_of(row.get<std::string_view>(3)), object.type == "table");
        schema.emplace(row.get<std::string>(0), std::move(object));
    });
    return schema;
}

const Objects& embedded_schema(const Vault& vault) {
    static const auto schema = [&] {
        Connection made(":memory:", Connection::Mode::create);
        made.execute(std::string(embedded::schema_sql()));
        return read_schema(View(made, vault));
    }();
    return schema;
}

std::string name_of(const std::string& name, const Object& object) {
    return object.table == name ? fmt::format("{} {}", object.type, name)
                                : fmt::format("{} {} on {}", object.type, name, object.table);
}

/// Adds a fault for each part that only one of the two has.
void compare(const std::string& name, const Object& wanted, const Object& found, std::vector<std::string>& faults) {
    const auto tell = [&](const Object& from, const Object& less, std::string_view verb) {
        std::vector<std::string> only;
        std::set_difference(from.parts.begin(), from.parts.end(), less.parts.begin(), less.parts.end(),
                            std::back_inserter(only));
        for (const auto& part : only) {
            faults.push_back(fmt::format("{} {}: {}", name_of(name, wanted), verb, part));
        }
    };
    tell(wanted, found, "lacks");
    tell(found, wanted, "has a part that orderd did not make");
}

}  // namespace

std::vector<std::string> schema_faults(const View& view) {
    std::vector<std::string> faults;
    const auto& wanted = embedded_schema(view.vault());
    const auto found = read_schema(view);
    for (const auto& [name, object] : wanted) {
        const auto there = found.find(name);
        if (there == found.end() || there->second.type != object.type) {
            faults.push_back(name_of(name, object) + " is missing");
        } else {
            compare(name, object, there->second, faults);
        }
    }
    for (const auto& [name, object] : found) {
        const auto known = wanted.find(name);
        if (known == wanted.end() || known->second.type != object.type) {
            faults.push_back(name_of(name, object) + " was added: orderd did not make it");
        }
    }
    return faults;
}

}  // namespace orderd::storage
