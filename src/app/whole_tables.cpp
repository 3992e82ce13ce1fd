#include "app/whole_tables.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace orderd::app {

namespace {

constexpr auto kTables = R"sql(
    SELECT name FROM pragma_table_list
     WHERE schema = 'main' AND type = 'table' AND name NOT IN ('sqlite_schema', 'sqlite_sequence') ORDER BY name
)sql";
constexpr auto kColumns = "SELECT name, type FROM pragma_table_xinfo(?1) WHERE hidden = 0 ORDER BY cid";

/// Made anew from the others, or of no use under another key and at another address.
constexpr std::array<std::string_view, 7> kLeftOut{"search_word",  "search_renewal", "payment_word",   "session",
                                                   "known_device", "password_reset", "idempotency_key"};

ColumnKind kind_of(std::string_view name, std::string_view type) {
    if (name.ends_with("_sealed")) {
        return ColumnKind::sealed;
    }
    return type == "INTEGER" ? ColumnKind::integer : type == "BLOB" ? ColumnKind::bytes : ColumnKind::text;
}

}  // namespace

std::vector<WholeTable> whole_tables(const storage::View& view) {
    std::vector<WholeTable> tables;
    view.each(kTables, [&](const storage::Row& row) {
        const auto name = row.get<std::string>(0);
        if (std::find(kLeftOut.begin(), kLeftOut.end(), name) == kLeftOut.end()) {
            tables.push_back({.name = name, .columns = {}});
        }
    });
    for (auto& table : tables) {
        view.each(
            kColumns,
            [&](const storage::Row& row) {
                const auto name = row.get<std::string>(0);
                if (!name.ends_with("_index")) {  // a hash under the key, made anew
                    table.columns.push_back({name, kind_of(name, row.get<std::string_view>(1))});
                }
            },
            table.name);
    }
    // SQLite's own counters (of AUTOINCREMENT), which other rows change: last.
    tables.push_back(
        {.name = "sqlite_sequence", .columns = {{"name", ColumnKind::text}, {"seq", ColumnKind::integer}}});
    return tables;
}

}  // namespace orderd::app
