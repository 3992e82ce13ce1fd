#include "catalog/import.h"

#include <fmt/format.h>

#include <unordered_map>

#include "base/errors.h"
#include "catalog/price_step.h"
#include "catalog/stock.h"
#include "storage/events.h"
#include "storage/numbering.h"

namespace orderd::catalog {

namespace {

constexpr auto kInsertImport =
    "INSERT INTO import (id, file_hash, changes, actor, at) VALUES (" ORDERD_NEXT_ID("import") ", ?1, '{}', ?2, ?3)";
constexpr auto kKeepChanges = "UPDATE import SET changes = ?2 WHERE id = ?1";
constexpr auto kUndone = "UPDATE import SET undone_at = ?2 WHERE id = ?1";
constexpr auto kChanges = "SELECT changes FROM import WHERE id = ?1";
constexpr auto kSameFile = "SELECT max(id) FROM import WHERE file_hash = ?1 AND undone_at IS NULL";
constexpr auto kLastOrder = "SELECT ifnull(max(last_order), 0) FROM product";
constexpr auto kOrderedSince = "SELECT ifnull(last_order > ?2, 0) FROM product WHERE id = ?1";
// What the imports that were not undone said about each product, in their order.
constexpr auto kSaid = R"sql(
    SELECT json_extract(row.value, '$.product_id'), json_extract(row.value, '$.said.quantity'),
           json_extract(row.value, '$.said.archived')
      FROM import, json_each(import.changes, '$.rows') AS row
     WHERE import.undone_at IS NULL
     ORDER BY import.id
)sql";
constexpr auto kImports = R"sql(
    SELECT id, json_extract(changes, '$.added'), json_extract(changes, '$.updated'), actor, at, undone_at
      FROM import WHERE id < ?1 ORDER BY id DESC LIMIT ?2
)sql";
constexpr auto kImport = R"sql(
    SELECT id, json_extract(changes, '$.added'), json_extract(changes, '$.updated'), actor, at, undone_at
      FROM import WHERE id = ?1
)sql";

/// What a file said about stock and sale, which belong to the running shop.
struct Said {
    std::optional<Quantity> quantity;
    std::optional<bool> archived;

    bool operator==(const Said&) const = default;
};

using SaidBefore = std::unordered_map<std::int64_t, Said>;  // by product

SaidBefore said_before(const storage::View& view) {
    SaidBefore said;
    view.each(kSaid, [&](const storage::Row& row) {
        auto& last = said[row.get<std::int64_t>(0)];
        if (const auto quantity = row.get<std::optional<Quantity>>(1)) {
            last.quantity = quantity;
        }
        if (const auto archived = row.get<std::optional<bool>>(2)) {
            last.archived = archived;
        }
    });
    return said;
}

/// The work for one row.
struct Step {
    ImportReport::Row report;
    const SheetRow* row = nullptr;
    std::optional<Product> product;  ///< the existing one
    Changes changes;
    std::optional<Quantity> on_hand;  ///< the new value
    bool says_new = false;            ///< the file says something new about stock or sale
};

std::string_view status_word(bool archived) { return archived ? "archived" : "active"; }

/// Records a field that differs, for the report and for update().
template <class T, class Show>
void change(Step& step, std::string_view name, std::optional<T>& slot, const T& now, const T& wanted, Show show) {
    if (now != wanted) {
        slot = wanted;
        step.report.changes[std::string(name)] = {{"from", show(now)}, {"to", show(wanted)}};
    }
}

void plan_update(Step& step, const Said& before) {
    const auto& row = *step.row;
    const auto& product = *step.product;
    const auto as_is = [](const auto& value) { return Json(value); };
    change(step, "name", step.changes.name, product.name, row.name, as_is);
    change(step, "description", step.changes.description, product.description, *row.description, as_is);
    change(step, "price", step.changes.price, product.price, row.price, [](Money price) { return Json(price.minor); });
    if (row.weight_g) {
        change(step, "weight_g", step.changes.weight_g, product.weight_g, row.weight_g,
               [](const std::optional<std::int64_t>& grams) { return or_null(grams); });
    }
    if (row.low_stock_threshold) {
        change(step, "low_stock_threshold", step.changes.low_stock_threshold, product.low_stock_threshold,
               *row.low_stock_threshold, [](const std::optional<Quantity>& level) { return or_null(level); });
    }
    if (row.tax_class) {
        change(step, "tax_class", step.changes.tax_class, product.tax_class, *row.tax_class,
               [](TaxClass tax_class) { return Json(kTaxClasses[tax_class]); });
    }
    if (row.archived && row.archived != before.archived) {
        step.says_new = true;
        change(step, "status", step.changes.archived, product.archived, *row.archived, status_word);
    }
    if (row.quantity && row.quantity != before.quantity) {
        step.says_new = true;
        change(step, "on_hand", step.on_hand, product.on_hand, *row.quantity, as_is);
    }
    auto& report = step.report;
    if (step.on_hand && *step.on_hand < product.reserved) {
        report.reason =
            fmt::format("its stock {} is below the {} that open orders hold", *step.on_hand, product.reserved);
        report.faulty = true;
        report.changes = Json::object();
        step.says_new = false;
    } else if (report.changes.empty()) {
        report.reason = "it would change nothing";
    } else {
        report.outcome = ImportReport::Outcome::updated;
    }
}

/// The initial values of a new product, as changes.
Json begins_as(const SheetRow& row) {
    Json changes = Json::object();
    const auto begins = [&](std::string_view name, Json value) {
        changes[std::string(name)] = {{"from", nullptr}, {"to", std::move(value)}};
    };
    begins("price", row.price.minor);
    begins("on_hand", row.quantity.value_or(0));
    begins("status", status_word(row.archived.value_or(false)));
    return changes;
}

/// What of the row is not taken as the file says.
std::vector<std::string> notes_of(const SheetRow& row, bool is_new) {
    std::vector<std::string> notes;
    for (const auto& note : row.notes) {
        notes.push_back(*note);
    }
    const std::string_view why =
        row.not_counted ? "Shopify does not count its stock, and this shop does" : "the file does not say its stock";
    if (is_new && !row.quantity) {
        notes.push_back(fmt::format("{}: it begins with 0 on hand", why));
    } else if (row.not_counted) {
        notes.push_back(fmt::format("{}: its stock stays as it is", why));
    }
    return notes;
}

Step plan_row(const storage::View& view, const SheetRow& row, const SaidBefore& said, Money unit) {
    Step step;
    step.row = &row;
    step.report.line = row.line;
    step.report.sku = row.sku;
    step.report.name = row.name;
    if (!row.fault.empty()) {
        step.report.reason = row.fault;
        step.report.faulty = row.faulty;
        return step;
    }
    step.product = find_by_sku(view, row.sku);
    step.report.notes = notes_of(row, !step.product);
    if (!is_multiple(row.price, unit) && (!step.product || step.product->price != row.price)) {
        step.report.reason =
            fmt::format("its price is not a multiple of {} minor units, in which cards are charged", unit.minor);
        step.report.faulty = true;
        return step;
    }
    if (!step.product) {
        step.report.outcome = ImportReport::Outcome::added;
        step.report.changes = begins_as(row);
        return step;
    }
    const auto before = said.find(number(step.product->id));
    plan_update(step, before == said.end() ? Said{} : before->second);
    return step;
}

std::optional<ImportId> same_file(const storage::View& view, const Sheet& sheet) {
    return view.value<std::optional<ImportId>>(kSameFile, storage::Blob{sheet.file_hash}).value_or(std::nullopt);
}

/// Executes a step. @returns what the import keeps about it, or null
Json carry_out(storage::Transaction& tx, const Step& step, ImportId import, const Actor& actor, Time now) {
    const auto& row = *step.row;
    Json kept{{"product_id", nullptr},
              {"sku", row.sku},
              {"before", nullptr},
              {"after", nullptr},
              {"said", {{"quantity", or_null(row.quantity)}, {"archived", or_null(row.archived)}}}};
    switch (step.report.outcome) {
        case ImportReport::Outcome::added: {
            const auto product = create(tx,
                                        {.sku = row.sku,
                                         .name = row.name,
                                         .description = *row.description,
                                         .price = row.price,
                                         .quantity = row.quantity.value_or(0),
                                         .low_stock_threshold = row.low_stock_threshold.value_or(std::nullopt),
                                         .weight_g = row.weight_g,
                                         .tax_class = row.tax_class.value_or(TaxClass::standard),
                                         .archived = row.archived.value_or(false),
                                         .import = import},
                                        actor, now);
            kept["product_id"] = number(product.id);
            kept["after"] = state_json(product);
            return kept;
        }
        case ImportReport::Outcome::updated: {
            std::optional<StockChange> stock;
            if (step.on_hand) {
                stock = {.on_hand = step.on_hand,
                         .note = fmt::format("import {}, line {}", number(import), row.line),
                         .import = import};
            }
            const auto product = change(tx, step.product->id, step.changes, stock, actor, now);
            kept["product_id"] = number(product.id);
            kept["before"] = state_json(*step.product);
            kept["after"] = state_json(product);
            return kept;
        }
        case ImportReport::Outcome::skipped: break;
    }
    if (!step.says_new) {
        return nullptr;
    }
    kept["product_id"] = number(step.product->id);
    return kept;
}

/// Why a product prevents an undo; empty if it does not.
std::string in_use(const storage::View& view, const Json& kept, std::int64_t last_order) {
    const ProductId id{kept.at("product_id").get<std::int64_t>()};
    const auto product = find(view, id);
    if (!product) {
        return "it was removed since";
    }
    if (view.value<bool>(kOrderedSince, id, last_order).value()) {
        return "it was ordered since";
    }
    auto after = kept.at("after");
    after.emplace("tax_class", kTaxClasses[TaxClass::standard]);  // imports of before schema 6 do not have it
    return state_json(*product) == after ? "" : "it was changed since";
}

Changes changes_back_to(const Json& state) {
    const auto& level = state.at("low_stock_threshold");
    return {.sku = state.at("sku").get<std::string>(),
            .name = state.at("name").get<std::string>(),
            .description = state.at("description").get<std::string>(),
            .price = Money{state.at("price").get<std::int64_t>()},
            .low_stock_threshold = level.is_null() ? std::optional<Quantity>() : level.get<Quantity>(),
            .weight_g = state.at("weight_g").is_null() ? std::optional<std::int64_t>()
                                                       : state.at("weight_g").get<std::int64_t>(),
            .tax_class = kTaxClasses.stored(state.value("tax_class", "standard")),
            .archived = state.at("status") == "archived"};
}

Import read_import(const storage::Row& row) {
    return {.id = row.get<ImportId>(0),
            .added = row.get<std::int64_t>(1),
            .updated = row.get<std::int64_t>(2),
            .actor = row.get<std::string>(3),
            .at = row.get<Time>(4),
            .undone_at = row.get<std::optional<Time>>(5)};
}

}  // namespace

ImportReport preview(const storage::View& view, const Sheet& sheet, const Progress& progress) {
    ImportReport report;
    report.same_file_as = same_file(view, sheet);
    report.form = sheet.form;
    const auto said = said_before(view);
    const auto unit = price_step(view);
    for (const auto& row : sheet.rows) {
        report.add(plan_row(view, row, said, unit).report);
        if (progress) {
            progress(static_cast<double>(report.all()) / static_cast<double>(sheet.rows.size()));
        }
    }
    return report;
}

ImportReport apply(storage::Transaction& tx, const Sheet& sheet, const Actor& actor, Time now,
                   const Progress& progress) {
    ImportReport report;
    report.same_file_as = same_file(tx, sheet);
    report.form = sheet.form;
    const auto said = said_before(tx);
    const auto unit = price_step(tx);
    const ImportId import{tx.insert(kInsertImport, storage::Blob{sheet.file_hash}, to_text(actor), now)};
    std::string rows;  // as text from the start: a JSON tree would be many times as large
    for (const auto& row : sheet.rows) {
        auto step = plan_row(tx, row, said, unit);
        if (const auto kept = carry_out(tx, step, import, actor, now); !kept.is_null()) {
            rows.append(rows.empty() ? "[" : ",").append(json_text(kept));
        }
        report.add(std::move(step.report));
        if (progress) {
            progress(static_cast<double>(report.all()) / static_cast<double>(sheet.rows.size()));
        }
    }
    if (rows.empty()) {
        tx.run("DELETE FROM import WHERE id = ?1", import);  // nothing to undo or to remember
        return report;
    }
    report.id = import;
    const Json figures{{"added", report.added}, {"updated", report.updated}, {"skipped", report.skipped}};
    rows += ']';
    tx.run(kKeepChanges, import,
           fmt::format(R"({{"added":{},"updated":{},"last_order":{},"rows":{}}})", report.added, report.updated,
                       tx.value<std::int64_t>(kLastOrder).value(), rows));
    const events::Subject subject{"import", number(import)};
    events::record(tx, "import.applied", subject, figures, actor, now);
    audit::record(tx, "product.import", subject, nullptr, figures, actor, now);
    return report;
}

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

Import undo_import(storage::Transaction& tx, ImportId id, const Actor& actor, Time now) {
    if (get_import(tx, id).undone_at) {
        throw Refusal(kAlreadyUndone, fmt::format("import {} was undone before", number(id)));
    }
    const auto changes = stored_json(tx.value<std::string>(kChanges, id).value());
    const auto last_order = changes.at("last_order").get<std::int64_t>();
    Json obstacles = Json::array();
    for (const auto& kept : changes.at("rows")) {
        if (kept.at("after").is_null()) {
            continue;  // the file agreed with the product: nothing was changed
        }
        if (const auto reason = in_use(tx, kept, last_order); !reason.empty()) {
            obstacles.push_back({{"product_id", kept.at("product_id")}, {"sku", kept.at("sku")}, {"reason", reason}});
        }
    }
    if (!obstacles.empty()) {
        auto detail =
            fmt::format("import {} cannot be undone: {} of its products were ordered, changed or removed since",
                        number(id), obstacles.size());
        throw Refusal(kImportInUse, std::move(detail)).with("products", std::move(obstacles));
    }
    const auto note = fmt::format("import {} undone", number(id));
    for (const auto& kept : changes.at("rows")) {
        const ProductId product{kept.at("product_id").get<std::int64_t>()};
        if (kept.at("after").is_null()) {
            continue;
        }
        if (kept.at("before").is_null()) {
            remove(tx, product, actor, now);
        } else {
            const auto& before = kept.at("before");
            change(tx, product, changes_back_to(before),
                   StockChange{.on_hand = before.at("on_hand").get<Quantity>(), .note = note, .import = id}, actor,
                   now);
        }
    }
    tx.run(kUndone, id, now);
    const events::Subject subject{"import", number(id)};
    events::record(tx, "import.undone", subject, Json::object(), actor, now);
    audit::record(tx, "product.import_undo", subject, nullptr, nullptr, actor, now);
    return get_import(tx, id);
}

}  // namespace orderd::catalog
