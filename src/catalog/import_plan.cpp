#include "catalog/import_plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/budgets.h"
#include "base/folding.h"
#include "catalog/price_step.h"
#include "catalog/sheet_groups.h"
#include "storage/settings.h"

namespace orderd::catalog {

namespace {

// What the imports that were not undone said about a product, in their order.
constexpr auto kSaid = R"sql(
    SELECT json_extract(kept, '$.said.quantity'), json_extract(kept, '$.said.status'),
           json_extract(kept, '$.said.archived'), json_extract(kept, '$.said.policy'), import.at
      FROM import_change JOIN import ON import.id = import_id
     WHERE subject = 'product' AND subject_id = ?1 AND undone_at IS NULL
     ORDER BY import_id
)sql";
constexpr auto kSoldSince = R"sql(
    SELECT ifnull(-sum(delta), 0) FROM inventory_movement WHERE product_id = ?1 AND reason = 'sold' AND at > ?2
)sql";

Said said_before(const storage::View& view, ProductId product) {
    Said last;
    view.each(
        kSaid,
        [&](const storage::Row& row) {
            if (const auto quantity = row.get<std::optional<Quantity>>(0)) {
                last.quantity = quantity;
                last.at = row.get<Time>(4);
            }
            if (const auto status = row.get<std::optional<std::string>>(1)) {
                last.status = kProductStatuses.stored(*status);
            } else if (const auto archived = row.get<std::optional<bool>>(2)) {  // as before schema 8
                last.status = *archived ? ProductStatus::archived : ProductStatus::active;
            }
            if (const auto policy = row.get<std::optional<std::string>>(3)) {
                last.policy = kStockPolicies.stored(*policy);
            }
        },
        product);
    return last;
}

void say_change(Step& step, const std::string& name, Json from, Json to) {
    step.report.changes[name] = {{"from", std::move(from)}, {"to", std::move(to)}};
}

void set_fault(Step& step, std::string reason) {
    step.report.outcome = ImportReport::Outcome::skipped;
    step.report.reason = std::move(reason);
    step.report.faulty = true;
    step.report.changes = Json::object();
    step.says_new = false;
}

/// As many are sold beyond the stock as any product can be: Shopify has no limit.
constexpr Quantity kNoLimit = kMaxQuantity;

std::string no_limit_note() {
    return fmt::format("Shopify sells it beyond its stock without a limit: its limit here is {}", kNoLimit);
}

/// Sets how a new product is sold.
void begin_policy(const Stock& stock, ProductFields& fields, Notes& notes) {
    fields.stock_policy = stock.policy.value_or(StockPolicy::counted);
    if (fields.stock_policy == StockPolicy::beyond) {
        fields.beyond_limit = stock.limit.value_or(kNoLimit);
        fields.expected_on = stock.day.value_or(std::nullopt);
        if (!stock.limit) {
            notes.push_back(no_limit_note());
        }
    } else if (stock.limit.value_or(0) > 0) {
        notes.push_back("Beyond Limit goes with the policy continue: not taken");
    }
}

}  // namespace

Planner::Planner(const storage::View& view, const Sheet& sheet)
    : view_(view),
      sheet_(sheet),
      unit_(price_step(view)),
      currency_(settings::currency(view)),
      groups_(view, sheet),
      collections_(view) {}

Step Planner::plan(const SheetRow& row) {
    Step step;
    step.row = &row;
    step.report.line = row.line;
    step.report.sku = row.sku;
    step.report.name = row.says.name.value_or("");
    if (!row.fault.empty()) {
        step.report.reason = row.fault;
        step.report.faulty = row.faulty;
        return step;
    }
    for (const auto& note : row.notes) {
        step.report.notes.push_back(*note);
    }
    step.product = find_by_sku(view_, row.sku);
    if (step.product) {
        plan_update(step);
    } else {
        plan_new(step);
    }
    return step;
}

/// A compare-at price that the new price has reached. The price counts, so the other goes.
void Planner::drop_compare_at(const Step& step, ProductFields& fields, Notes& notes) const {
    if (fields.compare_at_price && *fields.compare_at_price <= fields.price) {
        const bool is_said = step.row->says.compare_at_price.has_value();
        notes.push_back(fmt::format("its compare-at price {} is not above its price {}: {}",
                                    decimal_money(*fields.compare_at_price, currency_),
                                    decimal_money(fields.price, currency_), is_said ? "not taken" : "it goes"));
        fields.compare_at_price.reset();
    }
}

bool Planner::has_fault(Step& step, ProductFields fields, bool is_new_price) const {
    if (is_new_price && !is_multiple(fields.price, unit_)) {
        set_fault(step, fmt::format("its price is not a multiple of {} minor units, in which cards are charged",
                                    unit_.minor));
        return true;
    }
    const auto faults = tidy(fields);
    if (!faults.empty()) {
        set_fault(step, fmt::format("its {} {}", faults.front().pointer.substr(1), faults.front().detail));
        return true;
    }
    return false;
}

void Planner::plan_new(Step& step) {
    const auto& row = *step.row;
    if (!row.says.name || !row.says.price) {
        set_fault(step, fmt::format("there is no product with the SKU {}, and the file does not say {} of a new one",
                                    row.sku, !row.says.name ? "the Title" : "the Variant Price"));
        return;
    }
    auto& notes = step.report.notes;
    step.fields = changed({}, row.says);
    step.fields.sku = row.sku;
    step.fields.description = row.description ? *row.description : "";
    begin_policy(row.stock, step.fields, notes);
    drop_compare_at(step, step.fields, notes);
    if (has_fault(step, step.fields, true)) {
        return;
    }
    const bool is_counted = step.fields.stock_policy != StockPolicy::uncounted;
    if (is_counted && !row.stock.quantity) {
        notes.push_back("the file does not say its stock: it begins with 0 on hand");
    }
    step.report.outcome = ImportReport::Outcome::added;
    say_change(step, "price", nullptr, step.fields.price.minor);
    say_change(step, "on_hand", nullptr, is_counted ? row.stock.quantity.value_or(0) : 0);
    say_change(step, "status", nullptr, kProductStatuses[step.fields.status]);
    if (!is_counted || step.fields.stock_policy == StockPolicy::beyond) {
        say_change(step, "stock_policy", nullptr, kStockPolicies[step.fields.stock_policy]);
    }
    plan_place(step);
    plan_collections(step);
}

void Planner::plan_update(Step& step) {
    const auto& row = *step.row;
    const auto& product = *step.product;
    const auto before = said_before(view_, product.id);
    auto& report = step.report;
    if (report.name.empty()) {
        report.name = product.name;
    }
    step.changes = row.says;
    step.changes.status.reset();
    if (row.description) {
        step.changes.description = *row.description;
    }
    if (row.says.status && row.says.status != before.status) {
        step.says_new = true;
        step.changes.status = row.says.status;
    }
    plan_policy(step, before);
    auto after = changed(product, step.changes);
    drop_compare_at(step, after, report.notes);
    step.changes.compare_at_price = after.compare_at_price;
    if (has_fault(step, after, after.price != product.price)) {
        return;
    }
    tidy(after);
    const auto was = difference(product, after);
    const auto is = difference(after, product);
    for (const auto& [name, value] : is.items()) {
        say_change(step, name, was.at(name), value);
    }
    plan_quantity(step, before);
    plan_place(step);
    plan_collections(step);
    if (report.faulty) {
        return;
    }
    const auto on_hand = step.on_hand.value_or(product.on_hand);
    if (after.stock_policy != StockPolicy::uncounted && on_hand + after.beyond_limit < product.reserved) {
        set_fault(step, fmt::format("its stock {} is below the {} that open orders hold", on_hand + after.beyond_limit,
                                    product.reserved));
    } else if (report.changes.empty()) {
        report.reason = "it would change nothing";
    } else {
        report.outcome = ImportReport::Outcome::updated;
    }
}

/// How it is sold belongs to the running shop, as its stock does.
void Planner::plan_policy(Step& step, const Said& before) {
    const auto& stock = step.row->stock;
    const auto& product = *step.product;
    const bool is_new = stock.policy && stock.policy != before.policy;
    if (stock.policy == StockPolicy::uncounted) {
        if (product.stock_policy != StockPolicy::uncounted) {
            step.report.notes.push_back("Shopify does not count its stock: its stock stays as it is");
        }
        return;
    }
    if (is_new) {
        step.says_new = true;
        step.changes.stock_policy = stock.policy;
    }
    const auto policy = step.changes.stock_policy.value_or(product.stock_policy);
    if (policy == StockPolicy::beyond) {
        step.changes.beyond_limit = stock.limit;
        step.changes.expected_on = stock.day;
        if (product.stock_policy != StockPolicy::beyond && !stock.limit) {
            step.changes.beyond_limit = kNoLimit;
            step.report.notes.push_back(no_limit_note());
        }
        return;
    }
    if (product.stock_policy == StockPolicy::beyond) {
        step.changes.beyond_limit = 0;
        step.changes.expected_on.emplace(std::nullopt);
    }
    if (stock.limit.value_or(0) > 0) {
        step.report.notes.push_back("Beyond Limit goes with the policy continue: not taken");
    }
}

void Planner::plan_quantity(Step& step, const Said& before) {
    const auto& wanted = step.row->stock.quantity;
    const auto& product = *step.product;
    if (!wanted || wanted == before.quantity) {
        return;
    }
    if (step.changes.stock_policy.value_or(product.stock_policy) == StockPolicy::uncounted) {
        step.report.notes.push_back(fmt::format("this shop does not count its stock: its {} {} not taken", *wanted,
                                                *wanted == 1 ? "is" : "are"));
        return;
    }
    step.says_new = true;
    if (*wanted != product.on_hand) {
        step.on_hand = wanted;
        say_change(step, "on_hand", product.on_hand, *wanted);
        note_sales(step, before);
    }
}

/// What was sold since the file's stock was counted, which nobody can see in the file.
void Planner::note_sales(Step& step, const Said& before) const {
    const auto since = sheet_.counted_at ? sheet_.counted_at
                       : before.quantity ? std::optional(before.at)
                                         : std::nullopt;
    if (!since) {
        return;
    }
    const auto sold = view_.value<Quantity>(kSoldSince, step.product->id, *since).value_or(0);
    if (sold > 0) {
        step.report.notes.push_back(
            fmt::format("{} {} sold since {}, {}", sold, sold == 1 ? "was" : "were", rfc3339(*since),
                        sheet_.counted_at ? "when its stock was counted" : "when a file said its stock before"));
    }
}

/// Whether it becomes a variant of its row's group, or another one of it.
void Planner::plan_place(Step& step) {
    const auto& row = *step.row;
    if (!row.variant) {
        return;
    }
    auto& known = groups_.at(row.variant->group);
    const auto& in_file = groups_.in_sheet(row.variant->group);
    const auto stays = [&](std::string why) { step.report.notes.push_back(std::move(why)); };
    const auto current = step.product ? step.product->variant : std::nullopt;
    if (current && (!known.group || current->group != known.group->id)) {
        return stays("it is a variant of another group, and stays there");
    }
    if (known.values.size() != in_file.options.size()) {
        return stays(fmt::format("the group {} has {} options, and not {} as in the file: it stays as it is",
                                 in_file.handle, known.values.size(), in_file.options.size()));
    }
    const auto key = key_of(row.variant->values);
    if (!current || key_of(current->values) != key) {
        if (const auto other = known.taken.find(key); other != known.taken.end()) {
            return set_fault(step,
                             fmt::format("its options are those of {}, another variant of its group", other->second));
        }
        for (std::size_t i = 0; i < known.values.size(); ++i) {
            auto& keys = known.values[i];
            if (!keys.contains(identifier_key(row.variant->values[i])) && keys.size() >= budget::kOptionValues) {
                return stays(fmt::format("an option has {} values at most: it stands alone", budget::kOptionValues));
            }
        }
        if (!current && known.taken.size() >= budget::kGroupVariants) {
            return stays(fmt::format("a group has {} variants at most: it stands alone", budget::kGroupVariants));
        }
        for (std::size_t i = 0; i < known.values.size(); ++i) {
            known.values[i].insert(identifier_key(row.variant->values[i]));
        }
        known.taken.emplace(key, row.sku);
        step.takes_place = true;
        auto options = Json::array();
        for (std::size_t i = 0; i < known.values.size(); ++i) {
            options.push_back(row.variant->values[i]);
        }
        if (!current) {
            say_change(step, "group", nullptr, in_file.handle);
        }
        say_change(step, "options", current ? Json(current->values) : Json(nullptr), std::move(options));
    }
    const auto texts = groups_.changes_of(row.variant->group);
    if (!known.is_told && (texts.name || texts.description)) {
        known.is_told = true;
        if (texts.name) {
            say_change(step, "group_name", known.group->name, *texts.name);
        }
        if (texts.description) {
            say_change(step, "group_description", known.group->description, *texts.description);
        }
    }
}

void Planner::plan_collections(Step& step) {
    if (!step.row->collections || step.report.faulty) {
        return;
    }
    std::set<std::string> wanted;
    for (const auto& name : *step.row->collections) {
        if (!collections_.can_have(name)) {
            step.report.notes.push_back(fmt::format("the shop can have no collection {:.40}: not taken", name));
        } else if (const auto id = collections_.find(name)) {
            wanted.insert(collections_.name_of(*id));
        } else {
            wanted.insert(name);
        }
    }
    std::set<std::string> current;
    if (step.product) {
        for (const auto& collection : collections_of(view_, step.product->id)) {
            current.insert(collection.name);
        }
    }
    if (wanted != current) {
        step.collections.emplace(wanted.begin(), wanted.end());
        say_change(step, "collections", step.product ? Json(current) : Json(nullptr), wanted);
    }
}

}  // namespace orderd::catalog
