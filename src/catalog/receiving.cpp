#include "catalog/receiving.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/errors.h"
#include "storage/events.h"

namespace orderd::catalog {

namespace {

constexpr auto kSetReference = "UPDATE import SET changes = json_set(changes, '$.reference', ?2) WHERE id = ?1";
constexpr auto kSetUpdated = "UPDATE import SET changes = json_set(changes, '$.updated', ?2) WHERE id = ?1";
constexpr auto kMovedLines = R"sql(
    SELECT m.product_id, p.sku, p.name, sum(m.delta), p.on_hand
      FROM inventory_movement m JOIN product p ON p.id = m.product_id
     WHERE m.import_id = ?1 GROUP BY m.product_id HAVING sum(m.delta) <> 0 ORDER BY max(m.id) DESC
)sql";
constexpr auto kOfScan =
    "SELECT " ORDERD_PRODUCT_COLUMNS
    " FROM product WHERE barcode <> '' AND barcode IN (?1, ?2) AND status <> 'archived' ORDER BY id LIMIT 20";

/// The other form of a GTIN with 12 digits, which has a 0 before them.
std::string other_form(std::string_view code) {
    return code.size() == 13 && code.starts_with('0') ? std::string(code.substr(1))
           : code.size() == 12                        ? fmt::format("0{}", code)
                                                      : std::string(code);
}

ImportId insert(storage::Transaction& tx, ImportKind kind, std::string_view reference, std::size_t updated,
                const Actor& actor, Time now) {
    const Json changes{
        {"kind", kImportKinds[kind]}, {"added", 0}, {"updated", updated}, {"complete", true}, {"reference", reference}};
    const auto id = insert_import(tx, kImportKinds[kind], changes, actor, now);
    events::record(tx, "import.applied", {"import", number(id)},
                   {{"kind", kImportKinds[kind]}, {"added", 0}, {"updated", updated}, {"skipped", 0}}, actor, now);
    return id;
}

void require_counted(const Product& product, const char* pointer) {
    if (!product.is_counted()) {
        throw invalid(
            pointer, fmt::format("the stock of {} is not counted: set its stock_policy to counted first", product.sku));
    }
}

Quantity least_on_hand(const Product& product) {
    return std::max<Quantity>(0, product.reserved - product.beyond_limit);
}

void require_not_moved(const CountReport& report) {
    auto moved = Json::array();
    std::string names;
    for (const auto& row : report.rows) {
        if (row.moved) {
            moved.push_back({{"product_id", number(row.product.id)},
                             {"sku", row.product.sku},
                             {"on_hand", row.product.on_hand},
                             {"counted", row.counted}});
            names += fmt::format("{}{}", names.empty() ? "" : ", ", row.product.sku);
        }
    }
    if (!moved.empty()) {
        throw Refusal(kStockMoved, fmt::format("the stock changed meanwhile of {}", names))
            .with("products", std::move(moved));
    }
}

}  // namespace

std::vector<MovedLine> lines_of_import(const storage::View& view, ImportId id) {
    std::vector<MovedLine> lines;
    view.each(
        kMovedLines,
        [&](const storage::Row& row) {
            lines.push_back({.product = row.get<ProductId>(0),
                             .sku = row.get<std::string>(1),
                             .name = row.get<std::string>(2),
                             .units = row.get<Quantity>(3),
                             .on_hand = row.get<Quantity>(4)});
        },
        id);
    return lines;
}

std::vector<Product> find_by_code(const storage::View& view, std::string_view code) {
    std::vector<Product> found;
    view.each(
        kOfScan, [&](const storage::Row& row) { found.push_back(read_product(row)); }, code, other_form(code));
    const auto by_sku = find_by_sku(view, code);
    if (by_sku && by_sku->status != ProductStatus::archived &&
        std::none_of(found.begin(), found.end(), [&](const Product& it) { return it.id == by_sku->id; })) {
        found.push_back(*by_sku);
    }
    return found;
}

ImportId begin_delivery(storage::Transaction& tx, std::string_view reference, const Actor& actor, Time now) {
    return insert(tx, ImportKind::delivery, reference, 0, actor, now);
}

Import get_delivery(const storage::View& view, ImportId id) {
    auto import = get_import(view, id);
    if (import.kind != ImportKind::delivery) {
        throw not_found("delivery");
    }
    return import;
}

void set_reference(storage::Transaction& tx, ImportId id, std::string_view reference, const Actor& actor, Time now) {
    const auto delivery = get_delivery(tx, id);
    if (delivery.reference == reference) {
        return;
    }
    tx.run(kSetReference, id, reference);
    const events::Subject subject{"import", number(id)};
    events::record(tx, "import.changed", subject, Json::object(), actor, now);
    audit::record(tx, "delivery.update", subject, {{"reference", delivery.reference}}, {{"reference", reference}},
                  actor, now);
}

void receive(storage::Transaction& tx, ImportId id, ProductId product_id, Quantity units, const Actor& actor,
             Time now) {
    const auto delivery = get_delivery(tx, id);
    if (delivery.undone_at) {
        throw Refusal(kAlreadyUndone, fmt::format("delivery {} was undone", number(id)));
    }
    const auto product = get(tx, product_id);
    require_counted(product, "/product_id");
    const auto before = lines_of_import(tx, id);
    const auto line =
        std::find_if(before.begin(), before.end(), [&](const MovedLine& it) { return it.product == product_id; });
    const auto came = line == before.end() ? 0 : line->units;
    if (came + units < 0) {
        throw invalid("/units",
                      fmt::format("{} of {} are in this delivery: no more can be taken back", came, product.sku));
    }
    if (line == before.end() && before.size() >= kMostReceived) {
        throw invalid("/product_id", fmt::format("a delivery has at most {} products: begin another", kMostReceived));
    }
    const StockChange change_of_it{.delta = units,
                                   .reason = units > 0 ? MovementReason::received : MovementReason::corrected,
                                   .note = delivery.reference,
                                   .import = id};
    change(tx, product_id, {}, change_of_it, actor, now);
    tx.run(kSetUpdated, id, static_cast<std::int64_t>(lines_of_import(tx, id).size()));
}

CountReport preview(const storage::View& view, const Count& count) {
    CountReport report;
    std::vector<Fault> faults;
    std::set<ProductId> named;
    for (std::size_t i = 0; i < count.products.size(); ++i) {
        const auto& wanted = count.products[i];
        const auto pointer = fmt::format("/products/{}/product_id", i);
        auto product = find(view, wanted.product);
        if (!product) {
            faults.push_back({pointer, fmt::format("there is no product {}", number(wanted.product))});
        } else if (!product->is_counted()) {
            faults.push_back({pointer, fmt::format("the stock of {} is not counted", product->sku)});
        } else if (!named.insert(wanted.product).second) {
            faults.push_back({pointer, fmt::format("{} is named twice", product->sku)});
        } else {
            const bool moved = product->on_hand != wanted.seen;
            report.rows.push_back({.product = std::move(*product), .counted = wanted.counted, .moved = moved});
        }
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    return report;
}

CountReport book_count(storage::Transaction& tx, const Count& count, const Actor& actor, Time now) {
    auto report = preview(tx, count);
    require_not_moved(report);
    const auto differing = std::count_if(report.rows.begin(), report.rows.end(),
                                         [](const CountRow& row) { return row.difference() != 0; });
    if (differing == 0) {
        return report;
    }
    report.id = insert(tx, ImportKind::count, count.note, static_cast<std::size_t>(differing), actor, now);
    for (const auto& row : report.rows) {
        if (row.difference() == 0) {
            continue;
        }
        if (row.counted < least_on_hand(row.product)) {
            throw below_reserved(row.product, fmt::format("{} of {}", row.counted, row.product.sku));
        }
        change(tx, row.product.id, {},
               StockChange{.on_hand = row.counted,
                           .reason = MovementReason::corrected,
                           .note = count.note.empty() ? "counted" : count.note,
                           .import = report.id},
               actor, now);
    }
    return report;
}

void undo_movements(storage::Transaction& tx, const Import& import, const Actor& actor, Time now) {
    const auto lines = lines_of_import(tx, import.id);
    auto obstacles = Json::array();
    for (const auto& line : lines) {
        const auto product = get(tx, line.product);
        if (!product.is_counted() || product.on_hand - line.units < least_on_hand(product)) {
            obstacles.push_back({{"product_id", number(line.product)},
                                 {"sku", line.sku},
                                 {"reason", product.is_counted() ? "its units have left, or are promised to orders"
                                                                 : "its stock is not counted any more"}});
        }
    }
    if (!obstacles.empty()) {
        auto detail = fmt::format("{} {} cannot be undone: the stock of {} of its products does not allow it",
                                  kImportKinds[import.kind], number(import.id), obstacles.size());
        throw Refusal(kImportInUse, std::move(detail)).with("products", std::move(obstacles));
    }
    for (const auto& line : lines) {
        change(tx, line.product, {},
               StockChange{.delta = -line.units,
                           .reason = MovementReason::corrected,
                           .note = fmt::format("{} {} undone", kImportKinds[import.kind], number(import.id)),
                           .import = import.id},
               actor, now);
    }
}

}  // namespace orderd::catalog
