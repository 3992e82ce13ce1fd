#include "storage/reshaping.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace orderd::storage {

namespace {

/// Tables, including virtual ones, then indexes and triggers, in the order of their creation. A virtual
/// table's own tables are left out: they are created and dropped with it.
constexpr auto kParts = R"sql(
    SELECT s.type, s.name, s.sql
      FROM sqlite_schema s LEFT JOIN pragma_table_list l ON l.schema = 'main' AND l.name = s.name
     WHERE s.sql IS NOT NULL AND coalesce(l.type, '') <> 'shadow' AND s.name NOT LIKE 'sqlite\_%' ESCAPE '\'
     ORDER BY s.rowid
)sql";

struct Part {
    std::string type;
    std::string name;
    std::string sql;

    bool is_table() const { return type == "table"; }
    bool is_virtual() const { return sql.starts_with("CREATE VIRTUAL TABLE"); }
    bool has_content() const { return sql.find("content = ''") == std::string::npos; }
};

std::vector<Part> parts_of(SQLite::Database& database) {
    std::vector<Part> parts;
    SQLite::Statement all(database, kParts);
    while (all.executeStep()) {
        parts.push_back({.type = all.getColumn(0).getString(),
                         .name = all.getColumn(1).getString(),
                         .sql = all.getColumn(2).getString()});
    }
    return parts;
}

std::map<std::string, std::string> words_of(const std::vector<Part>& parts) {
    std::map<std::string, std::string> words;
    for (const auto& part : parts) {
        words[part.name] = part.sql;
    }
    return words;
}

std::string quoted(const std::string& name) { return fmt::format("\"{}\"", name); }

std::vector<std::string> columns_of(SQLite::Database& database, const std::string& table) {
    std::vector<std::string> columns;
    SQLite::Statement all(database, "SELECT name FROM pragma_table_info(?1)");
    all.bind(1, table);
    while (all.executeStep()) {
        columns.push_back(all.getColumn(0).getString());
    }
    return columns;
}

/// The highest id that an AUTOINCREMENT table ever assigned; 0 if there is none, or if it is not such a table.
std::int64_t last_id(SQLite::Database& database, const std::string& table) {
    SQLite::Statement last(database, "SELECT seq FROM sqlite_sequence WHERE name = ?1");
    last.bind(1, table);
    return last.executeStep() ? last.getColumn(0).getInt64() : 0;
}

/// Ensures that ids are never assigned again, not even those of deleted rows.
void keep_last_id(SQLite::Database& database, const std::string& table, std::int64_t id) {
    if (id == 0 || id == last_id(database, table)) {
        return;
    }
    for (const auto* sql : {"DELETE FROM sqlite_sequence WHERE name = ?1 AND ?2",
                            "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)"}) {
        SQLite::Statement change(database, sql);
        change.bind(1, table);
        change.bind(2, id);
        change.exec();
    }
}

/// Rebuilds a table, and keeps its rows.
void make_anew(SQLite::Database& database, const Part& wanted) {
    const auto before = columns_of(database, wanted.name);
    const auto name = quoted(wanted.name);
    const auto last = last_id(database, wanted.name);
    database.exec(fmt::format("CREATE TEMP TABLE kept_rows AS SELECT * FROM main.{}", name));
    database.exec(fmt::format("DROP TABLE main.{}", name));
    database.exec(wanted.sql);
    std::vector<std::string> both;
    for (const auto& column : columns_of(database, wanted.name)) {
        if (std::find(before.begin(), before.end(), column) != before.end()) {
            both.push_back(quoted(column));
        }
    }
    database.exec(fmt::format("INSERT INTO main.{} ({}) SELECT {} FROM kept_rows", name, fmt::join(both, ", "),
                              fmt::join(both, ", ")));
    database.exec("DROP TABLE kept_rows");
    keep_last_id(database, wanted.name, last);
}

void drop(SQLite::Database& database, const Part& part) {
    database.exec(fmt::format("DROP {} IF EXISTS main.{}", part.type, quoted(part.name)));
}

}  // namespace

void reshape(Connection& connection, std::string_view schema_sql) {
    SQLite::Database model(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    model.exec(std::string(schema_sql));
    const auto wanted = parts_of(model);
    const auto wanted_words = words_of(wanted);
    auto& database = connection.database();

    // Indexes and triggers first: a trigger must not run while rows are copied.
    for (const auto& part : parts_of(database)) {
        const auto found = wanted_words.find(part.name);
        const bool is_wanted = found != wanted_words.end();
        const bool is_same = is_wanted && found->second == part.sql;
        const bool is_remade = is_wanted && part.is_table() && !part.is_virtual();  // below, with its rows
        if (part.type == "trigger" || (!is_same && !is_remade)) {
            drop(database, part);
        }
    }
    auto words = words_of(parts_of(database));
    for (const auto& part : wanted) {
        const auto found = words.find(part.name);
        if (part.is_table() && found == words.end()) {
            database.exec(part.sql);
            if (part.is_virtual() && part.has_content()) {
                database.exec(fmt::format("INSERT INTO {0} ({0}) VALUES ('rebuild')", quoted(part.name)));
            }
        } else if (part.is_table() && found->second != part.sql) {
            make_anew(database, part);
        }
    }
    words = words_of(parts_of(database));  // rebuilt tables have lost their indexes
    for (const auto& part : wanted) {
        if (!words.contains(part.name)) {
            database.exec(part.sql);
        }
    }
}

}  // namespace orderd::storage
