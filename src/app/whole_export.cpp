#include <fmt/format.h>

#include <string>

#include "app/exports.h"
#include "app/whole_shop.h"
#include "app/whole_tables.h"
#include "base/text.h"
#include "base/version.h"
#include "catalog/csv.h"
#include "storage/event_log.h"
#include "storage/key_file.h"
#include "storage/migrations.h"

namespace orderd::app {

namespace {

/// Sent in parts of about this size.
constexpr std::size_t kPart = std::size_t{256} * 1024;

Json bytes_json(std::string_view bytes) { return json_object({{"base64", to_base64(bytes)}}); }

/// What a row has in a column.
Json value_of(const storage::View& view, const WholeTable& table, const storage::Row& row, int place, std::int64_t id) {
    const auto& column = table.columns[static_cast<std::size_t>(place)];
    if (row.is_null(place)) {
        return nullptr;
    }
    if (column.kind == ColumnKind::integer) {
        return row.get<std::int64_t>(place);
    }
    const auto bytes = row.get<std::string_view>(place);
    if (column.kind == ColumnKind::text) {
        return bytes;
    }
    if (column.kind == ColumnKind::bytes) {
        return bytes_json(bytes);
    }
    const auto opened = view.vault().open({table.name, column.name, id}, bytes);
    return valid_utf8(opened) ? Json(opened) : bytes_json(opened);
}

std::string select_all(const WholeTable& table) {
    std::string names;
    int id = -1;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        names += fmt::format("{}\"{}\"", i == 0 ? "" : ", ", table.columns[i].name);
        if (table.columns[i].name == "id") {
            id = static_cast<int>(i);
        }
    }
    return fmt::format("SELECT {}, {} FROM \"{}\"", names, id < 0 ? "0" : "id", table.name);
}

Json first_line(const storage::View& view, const storage::Files& files, Time now) {
    const auto log = events::current_log(view);
    const auto key = storage::read_key_file(files.key);
    const auto lasting = key.lasting.empty() ? storage::lasting_secret_of(key.keys.back()) : key.lasting;
    return json_object({{"orderd", version()},
                        {"schema", storage::kSchemaVersion},
                        {"log", log.name},
                        {"sequence", log.last},
                        {"made_at", rfc3339(now)},
                        {"lasting_secret", to_base64(lasting)}});
}

bool write_all(storage::Store& store, const csv::Send& send, Time now) {
    const auto view = store.read();
    std::string part = json_text(first_line(view, store.files(), now)) + '\n';
    std::int64_t rows = 0;
    bool is_wanted = true;
    for (const auto& table : whole_tables(view)) {
        const auto columns = static_cast<int>(table.columns.size());
        view.each(select_all(table), [&](const storage::Row& row) {
            if (!is_wanted) {
                return;
            }
            auto json = Json::object();
            for (int place = 0; place < columns; ++place) {
                json[table.columns[static_cast<std::size_t>(place)].name] =
                    value_of(view, table, row, place, row.get<std::int64_t>(columns));
            }
            part += json_text(json_object({{"table", table.name}, {"row", std::move(json)}})) + '\n';
            ++rows;
            if (part.size() >= kPart) {
                is_wanted = send(part);
                part.clear();
            }
        });
    }
    part += json_text(json_object({{"rows", rows}})) + '\n';
    return is_wanted && send(part);
}

}  // namespace

void export_everything(storage::Store& store, const std::filesystem::path& file, const Clock& clock,
                       std::ostream& out) {
    note_export(store, "shop", false, Actor::command_line(), clock.now());
    csv::save(file, out, [&](const csv::Send& send) { return write_all(store, send, clock.now()); });
}

}  // namespace orderd::app
