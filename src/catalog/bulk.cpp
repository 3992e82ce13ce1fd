#include "catalog/bulk.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/budgets.h"
#include "base/errors.h"
#include "catalog/collections.h"
#include "catalog/price_step.h"
#include "storage/settings.h"

namespace orderd::catalog {

namespace {

std::vector<Product> named_products(const storage::View& view, const std::vector<ProductId>& ids) {
    std::vector<Product> products;
    std::vector<Fault> faults;
    std::set<ProductId> seen;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (!seen.insert(ids[i]).second) {
            continue;
        }
        if (auto product = find(view, ids[i])) {
            products.push_back(std::move(*product));
        } else {
            faults.push_back({fmt::format("/ids/{}", i), fmt::format("there is no product {}", number(ids[i]))});
        }
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    return products;
}

std::vector<Product> found_products(const storage::View& view, Search wanted) {
    constexpr std::int64_t kStep = 500;
    wanted.sort = Sort::oldest;
    std::vector<Product> products;
    storage::Page page{.limit = kStep, .after = {}};
    for (bool more = true; more;) {
        auto found = search(view, wanted, page);
        std::move(found.rows.begin(), found.rows.end(), std::back_inserter(products));
        more = !found.after.is_null();
        page.after = found.after;
        if (std::ssize(products) > budget::kBulkProducts) {
            throw Refusal(kTooManyProducts,
                          fmt::format("the filter finds more than {} products", budget::kBulkProducts))
                .with("most", budget::kBulkProducts);
        }
    }
    return products;
}

void require_collections(const storage::View& view, const BulkEdit& edit) {
    const auto require = [&](const std::optional<CollectionId>& id, const char* pointer) {
        if (id && !find_collection(view, *id)) {
            throw invalid(pointer, fmt::format("there is no collection {}", number(*id)));
        }
    };
    require(edit.add_to_collection, "/add_to_collection");
    require(edit.remove_from_collection, "/remove_from_collection");
}

struct BulkStep {
    BulkRow row;
    Changes changes = {};
    std::optional<std::vector<Collection>> collections = {};  ///< that it is in, if those change
    std::set<CollectionId> wanted = {};                       ///< to be in
};

/// Works out a bulk edit, product by product.
class BulkPlanner {
public:
    BulkPlanner(const storage::View& view, const BulkEdit& edit)
        : view_(view), edit_(edit), step_(price_step(view)), currency_(settings::currency(view)) {
        require_collections(view, edit);
        if (edit.price) {
            require_on_step(*edit.price, step_, currency_, "the price", "/price");
        }
    }

    std::vector<Product> products() const {
        return edit_.ids ? named_products(view_, *edit_.ids) : found_products(view_, edit_.filter.value_or(Search{}));
    }

    BulkStep plan(const Product& product) const {
        BulkStep step{.row = {.product = product.id, .sku = product.sku, .name = product.name}};
        step.changes = {.price = edit_.price,
                        .status = edit_.status,
                        .tax_class = edit_.tax_class,
                        .low_stock_threshold = edit_.low_stock_threshold};
        if (edit_.price_change_ppm) {
            step.changes.price = changed_price(product.price, *edit_.price_change_ppm, step_);
        }
        auto after = changed(product, step.changes);
        drop_compare_at(product, after, step);
        if (const auto faults = tidy(after); !faults.empty()) {
            step.row.reason = fmt::format("its {} {}", faults.front().pointer.substr(1), faults.front().detail);
            step.row.faulty = true;
            return step;
        }
        const auto was = difference(product, after);
        const auto is = difference(after, product);
        for (const auto& [name, value] : is.items()) {
            step.row.changes[name] = {{"from", was.at(name)}, {"to", value}};
        }
        plan_collections(product, step);
        if (step.row.changes.empty()) {
            step.row.reason = "it would change nothing";
        }
        return step;
    }

private:
    void drop_compare_at(const Product& product, ProductFields& after, BulkStep& step) const {
        if (after.compare_at_price && *after.compare_at_price <= after.price && after.price != product.price) {
            step.row.notes.push_back(fmt::format("its compare-at price {} is not above its new price: it goes",
                                                 format_money(*after.compare_at_price, currency_)));
            after.compare_at_price.reset();
            step.changes.compare_at_price.emplace(std::nullopt);
        }
    }

    void plan_collections(const Product& product, BulkStep& step) const {
        if (!edit_.add_to_collection && !edit_.remove_from_collection) {
            return;
        }
        auto current = collections_of(view_, product.id);
        std::set<CollectionId> before;
        for (const auto& collection : current) {
            before.insert(collection.id);
        }
        step.wanted = before;
        if (edit_.remove_from_collection) {
            step.wanted.erase(*edit_.remove_from_collection);
        }
        if (edit_.add_to_collection) {
            step.wanted.insert(*edit_.add_to_collection);
        }
        if (step.wanted != before) {
            step.row.changes["collections"] = {{"from", names_of(before)}, {"to", names_of(step.wanted)}};
            step.collections = std::move(current);
        }
    }

    Json names_of(const std::set<CollectionId>& ids) const {
        auto names = Json::array();
        for (const auto id : ids) {
            names.push_back(get_collection(view_, id).name);
        }
        return names;
    }

    const storage::View& view_;
    const BulkEdit& edit_;
    const Money step_;
    const std::string currency_;
};

void add(BulkReport& report, BulkRow row) {
    ++(row.reason.empty() ? report.updated : report.skipped);
    report.faulty += row.faulty ? 1 : 0;
    if (report.rows.size() < budget::kBulkRowsShown) {
        report.rows.push_back(std::move(row));
    } else {
        ++report.left_out;
    }
}

/// Does what was worked out for a product. @returns what is kept for undoing it
Json carry_out(storage::Transaction& tx, const Product& product, const BulkStep& step, const Actor& actor, Time now) {
    Json kept{{"sku", product.sku}, {"before", nullptr}, {"after", nullptr}};
    const auto after = update(tx, product.id, step.changes, actor, now);
    if (after.version != product.version) {
        kept["before"] = difference(product, after);
        kept["after"] = difference(after, product);
    }
    if (step.collections) {
        kept["collections"] = {{"before", ids_json(*step.collections)}, {"after", numbers_json(step.wanted)}};
    }
    return kept;
}

/// The products move at once: one event a collection.
void move_all(storage::Transaction& tx, const BulkEdit& edit, const std::vector<ProductId>& products,
              const Actor& actor, Time now) {
    if (products.empty()) {
        return;
    }
    if (edit.remove_from_collection && edit.remove_from_collection != edit.add_to_collection) {
        take_products(tx, *edit.remove_from_collection, products, actor, now);
    }
    if (edit.add_to_collection) {
        add_products(tx, *edit.add_to_collection, products, actor, now);
    }
}

}  // namespace

Money changed_price(Money price, std::int64_t ppm, Money step) {
    constexpr std::int64_t kWhole = 1'000'000;
    const auto scaled = price.minor * (kWhole + ppm);  // at most kMaxPrice times 11 million: below 2^63
    const auto unit = kWhole * step.minor;
    const auto rounded = (scaled + unit / 2) / unit * step.minor;
    return Money{price.minor > 0 ? std::max(rounded, step.minor) : 0};
}

BulkReport preview(const storage::View& view, const BulkEdit& edit) {
    BulkReport report;
    const BulkPlanner planner(view, edit);
    for (const auto& product : planner.products()) {
        add(report, planner.plan(product).row);
    }
    return report;
}

BulkReport edit(storage::Transaction& tx, const BulkEdit& edit, const Actor& actor, Time now) {
    BulkReport report;
    const BulkPlanner planner(tx, edit);
    const auto products = planner.products();
    ImportRecord record(ImportKind::bulk_edit, "bulk edit", actor, now);
    std::vector<ProductId> moved;
    for (const auto& product : products) {
        auto step = planner.plan(product);
        if (step.row.reason.empty()) {
            record.keep(tx, product.id, carry_out(tx, product, step, actor, now));
            if (step.collections) {
                moved.push_back(product.id);
            }
        }
        add(report, std::move(step.row));
    }
    move_all(tx, edit, moved, actor, now);
    report.id = record.end(tx, 0, report.updated, report.skipped);
    return report;
}

Json to_json(const BulkReport& report) {
    auto rows = Json::array();
    for (const auto& row : report.rows) {
        Json shown{{"product_id", number(row.product)},
                   {"sku", row.sku},
                   {"name", row.name},
                   {"outcome", row.reason.empty() ? "updated" : "skipped"},
                   {"notes", row.notes},
                   {"changes", row.changes}};
        if (!row.reason.empty()) {
            shown["reason"] = row.reason;
            shown["faulty"] = row.faulty;
        }
        rows.push_back(std::move(shown));
    }
    return {{"id", or_null(report.id ? std::optional(number(*report.id)) : std::nullopt)},
            {"updated", report.updated},
            {"skipped", report.skipped},
            {"faulty", report.faulty},
            {"rows", std::move(rows)},
            {"rows_left_out", report.left_out}};
}

}  // namespace orderd::catalog
