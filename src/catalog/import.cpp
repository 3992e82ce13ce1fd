#include "catalog/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "base/budgets.h"
#include "base/folding.h"
#include "catalog/handle.h"
#include "catalog/import_plan.h"
#include "catalog/picture_wanted.h"
#include "catalog/sheet_groups.h"
#include "catalog/stock.h"

namespace orderd::catalog {

namespace {

constexpr auto kSameFile =
    "SELECT max(id) FROM import WHERE file_hash = ?1 AND undone_at IS NULL AND json_extract(changes, '$.complete')";

std::optional<ImportId> same_file(const storage::View& view, const Sheet& sheet) {
    return view.value<std::optional<ImportId>>(kSameFile, storage::Blob{sheet.file_hash}).value_or(std::nullopt);
}

/// Carries out the steps of some rows of a file, in one transaction.
class Slice {
public:
    Slice(storage::Transaction& tx, const Sheet& sheet, ImportRecord& record, const Actor& actor, Time now)
        : tx_(tx), sheet_(sheet), planner_(tx, sheet), record_(record), actor_(actor), now_(now) {}

    /// @returns what became of the row
    ImportReport::Row carry_out(const SheetRow& row) {
        auto step = planner_.plan(row);
        const auto& stock = row.stock;
        const auto& status = row.says.status;
        Json kept{{"sku", row.sku},
                  {"before", nullptr},
                  {"after", nullptr},
                  {"said",
                   {{"quantity", or_null(stock.quantity)},
                    {"status", status ? Json(kProductStatuses[*status]) : Json(nullptr)},
                    {"policy", stock.policy ? Json(kStockPolicies[*stock.policy]) : Json(nullptr)}}}};
        switch (step.report.outcome) {
            case ImportReport::Outcome::added: add(step, std::move(kept)); break;
            case ImportReport::Outcome::updated: update(step, std::move(kept)); break;
            case ImportReport::Outcome::skipped:
                if (step.says_new) {
                    record_.keep(tx_, step.product->id, std::move(kept));
                }
                break;
        }
        return std::move(step.report);
    }

    /// What concerns many rows is done once.
    void finish() {
        for (auto& [group, known] : planner_.groups().seen()) {
            if (known.is_told) {
                const auto after =
                    update_group(tx_, known.group->id, planner_.groups().changes_of(group), actor_, now_);
                record_.keep_changed(tx_, *known.group, after);
            }
        }
        for (const auto& [collection, products] : joins_) {
            add_products(tx_, collection, products, actor_, now_);
        }
        for (const auto& [collection, products] : leaves_) {
            take_products(tx_, collection, products, actor_, now_);
        }
    }

private:
    using Moves = std::map<CollectionId, std::vector<ProductId>>;

    void add(const Step& step, Json kept) {
        NewProduct added{step.fields};
        added.quantity = added.stock_policy == StockPolicy::uncounted ? 0 : step.row->stock.quantity.value_or(0);
        added.import = record_.id(tx_);
        if (step.takes_place) {
            added.variant = place_of(step);
        } else if (!step.row->handle.empty()) {
            added.handle = free_handle(tx_, step.row->handle, step.row->sku);
        }
        const auto product = create(tx_, added, actor_, now_);
        kept["after"] = state_json(product);
        kept["collections"] = {{"before", Json::array()}, {"after", Json::array()}};
        keep_collections(step, product.id, kept);
        record_.keep(tx_, product.id, std::move(kept));
    }

    void update(const Step& step, Json kept) {
        const auto& before = *step.product;
        auto changes = step.changes;
        if (step.takes_place) {
            const auto placed = set_variant(tx_, before.id, place_of(step), actor_, now_);
            kept["variant"] = {{"before", to_json(before.variant)}, {"after", to_json(placed.variant)}};
            changes.name = step.changes.name.value_or(before.name);  // its place may have given it another
        }
        std::optional<StockChange> stock;
        if (step.on_hand) {
            stock = {.on_hand = step.on_hand,
                     .note = fmt::format("import {}, line {}", number(record_.id(tx_)), step.row->line),
                     .import = record_.id(tx_)};
        }
        const auto product = change(tx_, before.id, changes, stock, actor_, now_);
        kept["before"] = state_json(before);
        kept["after"] = state_json(product);
        keep_collections(step, product.id, kept);
        record_.keep(tx_, product.id, std::move(kept));
    }

    Variant place_of(const Step& step) {
        const auto& wanted = *step.row->variant;
        return {.group = group_of(wanted.group), .position = 0, .values = wanted.values};
    }

    /// The group of some rows; it is made with the first of them.
    GroupId group_of(std::size_t group) {
        auto& known = planner_.groups().at(group);
        if (!known.group) {
            const auto& in_file = sheet_.groups[group];
            NewGroup wanted{.handle = free_handle(tx_, in_file.handle, ""),
                            .name = is_group_name(in_file.title) ? in_file.title : in_file.handle,
                            .description = in_file.description ? *in_file.description : "",
                            .options = in_file.options};
            for (auto& option : wanted.options) {
                option.values.resize(std::min(option.values.size(), budget::kOptionValues));
            }
            known.group = create_group(tx_, wanted, actor_, now_);
            record_.keep_made(tx_, known.group->id);
        }
        return known.group->id;
    }

    void keep_collections(const Step& step, ProductId product, Json& kept) {
        if (!step.collections) {
            return;
        }
        std::set<CollectionId> wanted;
        for (const auto& name : *step.collections) {
            wanted.insert(collection_of(name));
        }
        const auto current = collections_of(tx_, product);
        auto missing = wanted;
        for (const auto& collection : current) {
            if (missing.erase(collection.id) == 0) {
                leaves_[collection.id].push_back(product);
            }
        }
        for (const auto id : missing) {
            joins_[id].push_back(product);
        }
        kept["collections"] = {{"before", ids_json(current)}, {"after", numbers_json(wanted)}};
    }

    CollectionId collection_of(const std::string& name) {
        auto& book = planner_.collections();
        if (const auto id = book.find(name)) {
            return *id;
        }
        const auto made =
            add_collection(tx_, {.name = name, .handle = free_collection_handle(tx_, name)}, actor_, now_);
        record_.keep_made(tx_, made.id);
        book.made(made);
        return made.id;
    }

    storage::Transaction& tx_;
    const Sheet& sheet_;
    Planner planner_;
    ImportRecord& record_;
    const Actor& actor_;
    const Time now_;
    Moves joins_;
    Moves leaves_;
};

double share_of(const ImportReport& report, const Sheet& sheet) {
    return static_cast<double>(report.all()) / static_cast<double>(sheet.rows.size());
}

/// The next few of a list, from `done` on. Moves `done` on.
template <class Item>
std::span<const Item> next_of(const std::vector<Item>& all, std::size_t& done) {
    const auto from = std::exchange(done, std::min(all.size(), done + budget::kImportSlice));
    return std::span(all).subspan(from, done - from);
}

}  // namespace

ImportReport preview(const storage::View& view, const Sheet& sheet, const Progress& progress) {
    ImportReport report;
    report.same_file_as = same_file(view, sheet);
    report.form = sheet.form;
    report.pictures = count_new_pictures(view, sheet.pictures);
    Planner planner(view, sheet);
    for (const auto& row : sheet.rows) {
        report.add(planner.plan(row).report);
        if (progress) {
            progress(share_of(report, sheet));
        }
    }
    return report;
}

ImportRun::ImportRun(const Sheet& sheet, Actor actor, Time now)
    : sheet_(sheet), actor_(std::move(actor)), now_(now), record_(ImportKind::file, sheet.file_hash, actor_, now) {
    report_.form = sheet.form;
}

bool ImportRun::next(storage::Transaction& tx) {
    if (rows_ == 0) {
        report_.same_file_as = same_file(tx, sheet_);
    }
    if (const auto rows = next_of(sheet_.rows, rows_); !rows.empty()) {
        Slice slice(tx, sheet_, record_, actor_, now_);
        for (const auto& row : rows) {
            report_.add(slice.carry_out(row));
        }
        slice.finish();
    } else {
        report_.pictures += want_pictures(
            tx, next_of(sheet_.pictures, pictures_), [&] { return record_.id(tx); }, now_);
    }
    if (rows_ < sheet_.rows.size() || pictures_ < sheet_.pictures.size()) {
        record_.count(tx, report_.added, report_.updated);
        return true;
    }
    report_.id = record_.end(tx, report_.added, report_.updated, report_.skipped);
    return false;
}

double ImportRun::done() const { return sheet_.rows.empty() ? 1 : share_of(report_, sheet_); }

}  // namespace orderd::catalog
