#include "catalog/stock.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>
#include <unordered_map>

#include "base/errors.h"
#include "base/names.h"
#include "base/text.h"
#include "catalog/alerts.h"
#include "storage/events.h"

namespace orderd::catalog {

namespace {

constexpr auto kPriceById = R"sql(
    SELECT id, sku, name, price, weight_g, tax_class FROM product WHERE id = ?1 AND status = 'active'
)sql";
constexpr auto kReserve = R"sql(
    UPDATE product SET reserved = reserved + ?2, last_order = ?4, updated_at = ?3, version = version + 1
     WHERE id = ?1 AND status = 'active' AND on_hand - reserved >= ?2
)sql";
// Not RETURNING: SQLite would first store its rows in a temporary table, which costs more than this look-up.
constexpr auto kLeft = "SELECT on_hand - reserved, low_stock_threshold FROM product WHERE id = ?1";
constexpr auto kAvailable = "SELECT iif(status = 'active', on_hand - reserved, 0) FROM product WHERE id = ?1";
constexpr auto kRelease = R"sql(
    UPDATE product SET reserved = reserved - ?2, updated_at = ?3, version = version + 1
     WHERE id = ?1 AND reserved >= ?2
)sql";
constexpr auto kShip = R"sql(
    UPDATE product SET on_hand = on_hand - ?2, reserved = reserved - ?2, updated_at = ?3, version = version + 1
     WHERE id = ?1 AND reserved >= ?2
)sql";
constexpr auto kAdd = R"sql(
    UPDATE product SET on_hand = on_hand + ?2, updated_at = ?3, version = version + ?4
     WHERE id = ?1 AND on_hand + ?2 >= reserved
)sql";
constexpr auto kMovement = R"sql(
    INSERT INTO inventory_movement (product_id, delta, reason, order_id, import_id, actor, note, at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
)sql";
constexpr auto kMovements = R"sql(
    SELECT id, delta, reason, order_id, import_id, actor, note, at
      FROM inventory_movement WHERE product_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3
)sql";
constexpr auto kForgetNotes = R"sql(
    UPDATE inventory_movement SET note = ''
     WHERE order_id IS NOT NULL AND note <> '' AND order_id IN (SELECT value FROM json_each(?1))
)sql";
constexpr auto kMostlyReserved = R"sql(
    SELECT id, sku, name, description, price, on_hand, reserved, low_stock_threshold, status = 'archived', weight_g,
           created_at, updated_at, version, tax_class
      FROM product INDEXED BY product_mostly_held WHERE on_hand < 2 * reserved ORDER BY id LIMIT ?1
)sql";
constexpr auto kSetCounters = R"sql(
    UPDATE product SET on_hand = ?2, reserved = ?3, version = version + 1, updated_at = ?4 WHERE id = ?1
)sql";
constexpr Names<MovementReason, 6> kReasons{{{
    {MovementReason::received, "received"},
    {MovementReason::adjusted, "adjusted"},
    {MovementReason::sold, "sold"},
    {MovementReason::returned, "returned"},
    {MovementReason::damaged, "damaged"},
    {MovementReason::corrected, "corrected"},
}}};

/// Whether taking these units made the product fall to its threshold. Only then is there an alert to open, so
/// the hot path of placing orders does no more than this.
bool falls_low(const storage::View& view, ProductId product, Quantity taken) {
    const auto crossed = [taken](const storage::Row& row) {
        const auto after = row.get<Quantity>(0);
        const auto threshold = row.get<std::optional<Quantity>>(1);
        return threshold && after <= *threshold && after + taken > *threshold;
    };
    return view.first(kLeft, crossed, product).value();
}

std::optional<Line> find_line(const storage::View& view, const Wanted& wanted) {
    const auto map = [&](const storage::Row& row) {
        return Line{.product = row.get<ProductId>(0),
                    .sku = row.get<std::string>(1),
                    .name = row.get<std::string>(2),
                    .unit_price = row.get<Money>(3),
                    .weight_g = row.get<std::optional<std::int64_t>>(4),
                    .tax_class = kTaxClasses.stored(row.get<std::string_view>(5)),
                    .quantity = wanted.quantity};
    };
    if (wanted.product_id) {
        return view.first(kPriceById, map, *wanted.product_id);
    }
    const auto named = find_by_sku(view, wanted.sku);
    if (!named || named->archived) {
        return std::nullopt;
    }
    return Line{.product = named->id,
                .sku = named->sku,
                .name = named->name,
                .unit_price = named->price,
                .weight_g = named->weight_g,
                .tax_class = named->tax_class,
                .quantity = wanted.quantity};
}

/// Refuses with every short line and what is available. Lines that were reserved still are: the savepoint
/// undoes it.
[[noreturn]] void refuse_short(const storage::View& view, const std::vector<const Line*>& lines) {
    Json items = Json::array();
    std::string detail;
    for (const auto* line : lines) {
        const auto available = view.value<Quantity>(kAvailable, line->product).value_or(0);
        items.push_back({{"product_id", number(line->product)},
                         {"sku", line->sku},
                         {"name", line->name},
                         {"requested", line->quantity},
                         {"available", available}});
        detail += fmt::format("{}{}: {} wanted, {} available", detail.empty() ? "" : "; ", line->sku, line->quantity,
                              available);
    }
    throw Refusal(kInsufficientStock, std::move(detail)).with("items", std::move(items));
}

void record_movement(storage::Transaction& tx, ProductId product, Quantity delta, MovementReason reason,
                     std::optional<OrderId> order, std::optional<ImportId> import, const Actor& actor,
                     std::string_view note, Time now) {
    tx.run(kMovement, product, delta, to_text(reason), order, import, to_text(actor), note, now);
}

void check_adjustment(const Product& product, Quantity delta, MovementReason reason, std::string_view note) {
    std::vector<Fault> faults;
    const auto fault = [&](std::string_view pointer, std::string detail) {
        faults.push_back({std::string(pointer), std::move(detail)});
    };
    if (delta == 0) {
        fault("/adjust", "0 changes nothing; give the units to add, or a negative number to take off");
    } else if (delta > kMaxQuantity - product.on_hand || delta < -product.on_hand) {
        fault("/adjust",
              fmt::format("{} on hand and {} more would leave 0 to {}", product.on_hand, delta, kMaxQuantity));
    }
    if (reason == MovementReason::sold || reason == MovementReason::returned) {
        fault("/reason", fmt::format("{} comes from orders alone; it is received, adjusted, damaged or corrected",
                                     to_text(reason)));
    } else if (reason == MovementReason::received && delta < 0) {
        fault("/reason", "what is received is added; to take off, it is damaged, adjusted or corrected");
    } else if (reason == MovementReason::damaged && delta > 0) {
        fault("/reason", "what is damaged is taken off; to add, it is received, adjusted or corrected");
    }
    if (!valid_utf8(note) || has_control(note, true) || code_points(note) > kMaxNote) {
        fault("/note", fmt::format("is to be text of at most {} characters", kMaxNote));
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
}

}  // namespace

void forget_notes(storage::Transaction& tx, const Json& orders) { tx.run(kForgetNotes, orders.dump()); }

std::vector<Product> mostly_reserved(const storage::View& view, std::int64_t most) {
    std::vector<Product> products;
    view.each(
        kMostlyReserved, [&](const storage::Row& row) { products.push_back(read_product(row)); }, most);
    return products;
}

void set_counters(storage::Transaction& tx, ProductId product, Quantity on_hand, Quantity reserved, Time now) {
    tx.run(kSetCounters, product, on_hand, reserved, now);
    tx.touched(storage::Topic::catalog);
}

std::string_view to_text(MovementReason reason) { return kReasons[reason]; }

std::optional<MovementReason> parse_movement_reason(std::string_view text) { return kReasons.parse(text); }

std::vector<Line> price(const storage::View& view, const std::vector<Wanted>& wanted) {
    std::vector<Line> lines;
    lines.reserve(wanted.size());
    std::unordered_map<std::int64_t, std::size_t> line_of;  // by product; merges an order of 1000 lines in one pass
    std::vector<Fault> unknown;
    std::vector<Fault> out_of_range;
    const auto check_quantity = [&](Quantity quantity, std::size_t item) {
        if (quantity < 1 || quantity > kMaxOrderQuantity) {
            out_of_range.push_back({fmt::format("/items/{}/quantity", item),
                                    fmt::format("{} is not allowed; it is 1 to {}", quantity, kMaxOrderQuantity)});
            return false;
        }
        return true;
    };
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        auto line = find_line(view, wanted[i]);
        if (!line) {
            const auto& item = wanted[i];
            unknown.push_back({fmt::format("/items/{}", i),
                               item.product_id ? fmt::format("there is no product {} on sale", number(*item.product_id))
                                               : fmt::format("there is no product with the SKU {} on sale", item.sku)});
            continue;
        }
        if (!check_quantity(line->quantity, i)) {
            continue;
        }
        const auto [place, is_new] = line_of.try_emplace(number(line->product), lines.size());
        if (is_new) {
            lines.push_back(std::move(*line));
        } else if (check_quantity(lines[place->second].quantity + line->quantity, i)) {
            lines[place->second].quantity += line->quantity;
        }
    }
    if (!unknown.empty()) {
        auto detail = unknown.front().detail;
        if (unknown.size() > 1) {
            detail += fmt::format(", and {} more lines have the same fault", unknown.size() - 1);
        }
        unknown.insert(unknown.end(), out_of_range.begin(), out_of_range.end());
        throw Refusal(kUnknownProduct, std::move(detail)).at(std::move(unknown));
    }
    if (!out_of_range.empty()) {
        throw Refusal(std::move(out_of_range));
    }
    return lines;
}

void reserve(storage::Transaction& tx, const std::vector<Line>& lines, OrderId order, Time now) {
    std::vector<const Line*> too_short;
    for (const auto& line : lines) {
        if (tx.run(kReserve, line.product, line.quantity, now, order) != 1) {
            too_short.push_back(&line);
        } else if (falls_low(tx, line.product, line.quantity)) {
            keep_alert(tx, get(tx, line.product), now, order);
        }
    }
    if (!too_short.empty()) {
        refuse_short(tx, too_short);
    }
    tx.touched(storage::Topic::catalog);
}

void release(storage::Transaction& tx, ProductId product, Quantity quantity, Time now) {
    if (tx.run(kRelease, product, quantity, now) != 1) {
        throw std::logic_error(fmt::format("product {} does not have {} units reserved", number(product), quantity));
    }
    tx.touched(storage::Topic::catalog);
}

void ship(storage::Transaction& tx, ProductId product, Quantity quantity, OrderId order, const Actor& actor, Time now) {
    if (tx.run(kShip, product, quantity, now) != 1) {
        throw std::logic_error(fmt::format("product {} does not have {} units reserved", number(product), quantity));
    }
    record_movement(tx, product, -quantity, MovementReason::sold, order, std::nullopt, actor, "", now);
    tx.touched(storage::Topic::catalog);
}

void take_back(storage::Transaction& tx, ProductId product, Quantity quantity, OrderId order, const Actor& actor,
               std::string_view note, Time now) {
    tx.run(kAdd, product, quantity, now, 1);
    record_movement(tx, product, quantity, MovementReason::returned, order, std::nullopt, actor, note, now);
    tx.touched(storage::Topic::catalog);
    keep_alert(tx, get(tx, product), now);
}

namespace {

/// @param is_whole_change false: part of a change that has already increased the version
Product adjust(storage::Transaction& tx, const Product& before, Quantity delta, const StockChange& wanted,
               bool is_whole_change, const Actor& actor, Time now) {
    const auto id = before.id;
    check_adjustment(before, delta, wanted.reason, wanted.note);
    if (tx.run(kAdd, id, delta, now, is_whole_change ? 1 : 0) != 1) {
        throw Refusal(kBelowReserved, fmt::format("{} on hand would be fewer than the {} that open orders hold",
                                                  before.on_hand + delta, before.reserved))
            .with("on_hand", before.on_hand)
            .with("reserved", before.reserved);
    }
    record_movement(tx, id, delta, wanted.reason, std::nullopt, wanted.import, actor, wanted.note, now);
    tx.touched(storage::Topic::catalog);

    auto after = before;
    after.on_hand += delta;
    after.updated_at = now;
    after.version += is_whole_change ? 1 : 0;
    const events::Subject subject{"product", number(id)};
    events::record(tx, "stock.adjusted", subject,
                   {{"sku", after.sku},
                    {"delta", delta},
                    {"reason", to_text(wanted.reason)},
                    {"on_hand", after.on_hand},
                    {"available", after.available()}},
                   actor, now);
    audit::record(tx, "stock.adjust", subject, {{"on_hand", before.on_hand}},
                  {{"on_hand", after.on_hand}, {"reason", to_text(wanted.reason)}, {"note", wanted.note}}, actor, now);
    if (delta > 0 || after.available() <= after.low_stock_threshold.value_or(-1)) {
        keep_alert(tx, after, now);  // removing stock resolves no alert
    }
    return after;
}

}  // namespace

Product change(storage::Transaction& tx, ProductId id, const Changes& fields, const std::optional<StockChange>& stock,
               const Actor& actor, Time now) {
    const auto version_before = get(tx, id).version;
    auto product = update(tx, id, fields, actor, now);
    if (!stock || stock->on_hand == product.on_hand) {
        return product;
    }
    const auto delta = stock->on_hand ? *stock->on_hand - product.on_hand : stock->delta.value_or(0);
    return adjust(tx, product, delta, *stock, product.version == version_before, actor, now);
}

Movements movements(const storage::View& view, ProductId product, const storage::Page& page) {
    const auto before = storage::below_id(page);
    Movements found;
    view.each(
        kMovements,
        [&](const storage::Row& row) {
            found.rows.push_back({.id = row.get<std::int64_t>(0),
                                  .delta = row.get<Quantity>(1),
                                  .reason = row.get<std::string>(2),
                                  .order = row.get<std::optional<OrderId>>(3),
                                  .import = row.get<std::optional<ImportId>>(4),
                                  .actor = row.get<std::string>(5),
                                  .note = row.get<std::string>(6),
                                  .at = row.get<Time>(7)});
        },
        product, before, storage::rows_to_read(page));
    if (storage::cut(found.rows, page)) {
        found.after = found.rows.back().id;
    }
    return found;
}

}  // namespace orderd::catalog
