#include "catalog/import_record.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "storage/events.h"
#include "storage/numbering.h"

namespace orderd::catalog {

namespace {

constexpr auto kInsertImport =
    "INSERT INTO import (id, file_hash, changes, actor, at) VALUES (" ORDERD_NEXT_ID("import") ", ?1, ?2, ?3, ?4)";
constexpr auto kInsertChange =
    "INSERT INTO import_change (import_id, subject, subject_id, kept) VALUES (?1, ?2, ?3, ?4)";
constexpr auto kSetFigures = "UPDATE import SET changes = ?2 WHERE id = ?1 AND undone_at IS NULL";
constexpr auto kLastOrder = "SELECT ifnull(last_order, 0) FROM product WHERE id = ?1";
#define ORDERD_IMPORT_COLUMNS                                                                                     \
    "id, json_extract(changes, '$.kind'), json_extract(changes, '$.added'), json_extract(changes, '$.updated'), " \
    "json_extract(changes, '$.complete'), "                                                                       \
    "EXISTS (SELECT 1 FROM picture_wanted w WHERE w.import_id = import.id), actor, at, undone_at, "               \
    "ifnull(json_extract(changes, '$.reference'), '')"
constexpr auto kImports = "SELECT " ORDERD_IMPORT_COLUMNS " FROM import WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
constexpr auto kImport = "SELECT " ORDERD_IMPORT_COLUMNS " FROM import WHERE id = ?1";

Import read_import(const storage::Row& row) {
    const auto kind = row.get<std::optional<std::string>>(1);  // imports from before schema 8 do not say it
    return {.id = row.get<ImportId>(0),
            .kind = kind ? kImportKinds.stored(*kind) : ImportKind::file,
            .added = row.get<std::int64_t>(2),
            .updated = row.get<std::int64_t>(3),
            .complete = row.get<bool>(4),
            .has_pictures = row.get<bool>(5),
            .reference = row.get<std::string>(9),
            .actor = row.get<std::string>(6),
            .at = row.get<Time>(7),
            .undone_at = row.get<std::optional<Time>>(8)};
}

Json figures_json(ImportKind kind, std::int64_t added, std::int64_t updated, bool complete) {
    return {{"kind", kImportKinds[kind]}, {"added", added}, {"updated", updated}, {"complete", complete}};
}

}  // namespace

Imports imports(const storage::View& view, const storage::Page& page) {
    const auto before = storage::below_id(page);
    Imports found;
    view.each(
        kImports, [&](const storage::Row& row) { found.rows.push_back(read_import(row)); }, before,
        storage::rows_to_read(page));
    if (storage::cut(found.rows, page)) {
        found.after = number(found.rows.back().id);
    }
    return found;
}

Import get_import(const storage::View& view, ImportId id) {
    auto found = view.first(kImport, read_import, id);
    if (!found) {
        throw not_found("import");
    }
    return std::move(*found);
}

ImportId insert_import(storage::Transaction& tx, std::string_view file_hash, const Json& figures, const Actor& actor,
                       Time now) {
    return ImportId{tx.insert(kInsertImport, storage::Blob{file_hash}, json_text(figures), to_text(actor), now)};
}

ImportId ImportRecord::id(storage::Transaction& tx) {
    if (!id_) {
        id_ = insert_import(tx, file_hash_, figures_json(kind_, 0, 0, false), actor_, now_);
    }
    return *id_;
}

void ImportRecord::insert(storage::Transaction& tx, const char* subject, std::int64_t subject_id, const Json& kept) {
    tx.run(kInsertChange, id(tx), subject, subject_id, json_text(kept));
}

void ImportRecord::keep(storage::Transaction& tx, ProductId product, Json kept) {
    kept["last_order"] = tx.value<std::int64_t>(kLastOrder, product).value();
    insert(tx, "product", number(product), kept);
}

void ImportRecord::keep_made(storage::Transaction& tx, GroupId group) {
    insert(tx, "group", number(group), {{"before", nullptr}, {"after", nullptr}});
}

void ImportRecord::keep_changed(storage::Transaction& tx, const Group& before, const Group& after) {
    insert(tx, "group", number(after.id),
           {{"before", {{"name", before.name}, {"description", before.description}}},
            {"after", {{"name", after.name}, {"description", after.description}}}});
}

void ImportRecord::keep_made(storage::Transaction& tx, CollectionId collection) {
    insert(tx, "collection", number(collection), {{"before", nullptr}, {"after", nullptr}});
}

void ImportRecord::set_figures(storage::Transaction& tx, std::int64_t added, std::int64_t updated, bool complete) {
    if (id_ && tx.run(kSetFigures, *id_, json_text(figures_json(kind_, added, updated, complete))) == 0) {
        throw Refusal(kAlreadyUndone, fmt::format("import {} was undone before its last row", number(*id_)));
    }
}

void ImportRecord::count(storage::Transaction& tx, std::int64_t added, std::int64_t updated) {
    set_figures(tx, added, updated, false);
}

std::optional<ImportId> ImportRecord::end(storage::Transaction& tx, std::int64_t added, std::int64_t updated,
                                          std::int64_t skipped) {
    if (!id_) {
        return std::nullopt;
    }
    set_figures(tx, added, updated, true);
    const Json figures{{"kind", kImportKinds[kind_]}, {"added", added}, {"updated", updated}, {"skipped", skipped}};
    const events::Subject subject{"import", number(*id_)};
    events::record(tx, "import.applied", subject, figures, actor_, now_);
    audit::record(tx, "product.import", subject, nullptr, figures, actor_, now_);
    return id_;
}

std::optional<Variant> variant_from(const Json& json) {
    if (json.is_null()) {
        return std::nullopt;
    }
    return Variant{.group = GroupId{json.at("group_id").get<std::int64_t>()},
                   .position = json.at("position").get<std::int64_t>(),
                   .values = json.at("values").get<std::array<std::string, kMaxOptions>>()};
}

Json to_json(const Import& import) {
    return {{"id", number(import.id)},
            {"kind", kImportKinds[import.kind]},
            {"added", import.added},
            {"updated", import.updated},
            {"complete", import.complete},
            {"has_pictures", import.has_pictures},
            {"reference", import.reference},
            {"actor", import.actor},
            {"at", rfc3339(import.at)},
            {"undone_at", import.undone_at ? Json(rfc3339(*import.undone_at)) : Json(nullptr)}};
}

}  // namespace orderd::catalog
