#include "catalog/stock.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

#include "base/errors.h"
#include "base/names.h"
#include "base/text.h"
#include "catalog/alerts.h"
#include "storage/events.h"

namespace orderd::catalog {

namespace {

constexpr auto kReserve = R"sql(
    UPDATE product SET reserved = reserved + ?2, last_order = max(ifnull(last_order, 0), ?4), updated_at = ?3, version = version + 1
     WHERE id = ?1 AND status <> 'archived' AND on_hand + beyond_limit - reserved >= ?2
)sql";
constexpr auto kOrderUncounted = R"sql(
    UPDATE product SET last_order = max(ifnull(last_order, 0), ?2) WHERE id = ?1 AND status <> 'archived'
)sql";
constexpr auto kSetLastOrder = "UPDATE product SET last_order = ?2 WHERE id = ?1";
// Not RETURNING: SQLite would first store its rows in a temporary table, which costs more than this look-up.
constexpr auto kLeft = "SELECT on_hand - reserved, low_stock_threshold FROM product WHERE id = ?1";
constexpr auto kOrderable =
    "SELECT iif(status <> 'archived', on_hand + beyond_limit - reserved, 0) FROM product WHERE id = ?1";
constexpr auto kRelease = R"sql(
    UPDATE product SET reserved = reserved - ?2, updated_at = ?3, version = version + 1
     WHERE id = ?1 AND reserved >= ?2
)sql";
constexpr auto kShip = R"sql(
    UPDATE product SET on_hand = on_hand - ?2, reserved = reserved - ?2, updated_at = ?3, version = version + 1
     WHERE id = ?1 AND reserved >= ?2 AND on_hand >= ?2
)sql";
constexpr auto kAdd = R"sql(
    UPDATE product SET on_hand = on_hand + ?2, updated_at = ?3, version = version + ?4
     WHERE id = ?1 AND on_hand + ?2 + beyond_limit >= reserved
)sql";
constexpr auto kOnHand = "SELECT on_hand FROM product WHERE id = ?1";
constexpr auto kIsCounted = "SELECT stock_policy <> 'uncounted' FROM product WHERE id = ?1";
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
constexpr auto kMostlyReserved =
    "SELECT " ORDERD_PRODUCT_COLUMNS
    " FROM product INDEXED BY product_mostly_held WHERE on_hand + beyond_limit < 2 * reserved ORDER BY id LIMIT ?1";
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

/// Refuses with every short line and what can be ordered. Lines that were reserved still are: the savepoint
/// undoes it.
[[noreturn]] void refuse_short(const storage::View& view, const std::vector<const Line*>& lines) {
    Json items = Json::array();
    std::string detail;
    for (const auto* line : lines) {
        const auto available = view.value<Quantity>(kOrderable, line->product).value_or(0);
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
    tx.stock_moved(product, now);
}

std::string_view to_text(MovementReason reason) { return kReasons[reason]; }

std::optional<MovementReason> parse_movement_reason(std::string_view text) { return kReasons.parse(text); }

void reserve(storage::Transaction& tx, const std::vector<Line>& lines, OrderId order, Time now) {
    std::vector<const Line*> too_short;
    for (const auto& line : lines) {
        if (line.is_free_text()) {
            continue;
        }
        const auto taken = line.counted ? tx.run(kReserve, line.product, line.quantity, now, order)
                                        : tx.run(kOrderUncounted, line.product, order);
        if (taken != 1) {
            too_short.push_back(&line);
        } else if (line.counted && falls_low(tx, line.product, line.quantity)) {
            keep_alert(tx, get(tx, line.product), now, order);
        }
    }
    if (!too_short.empty()) {
        refuse_short(tx, too_short);
    }
    tx.touched(storage::Topic::catalog);
}

void note_ordered(storage::Transaction& tx, ProductId product, OrderId order) {
    tx.run(kOrderUncounted, product, order);
}

void set_last_order(storage::Transaction& tx, ProductId product, std::optional<OrderId> order) {
    tx.run(kSetLastOrder, product, order);
}

void release(storage::Transaction& tx, ProductId product, Quantity quantity, Time now) {
    if (tx.run(kRelease, product, quantity, now) != 1) {
        throw std::logic_error(fmt::format("product {} does not have {} units reserved", number(product), quantity));
    }
    tx.touched(storage::Topic::catalog);
    tx.stock_moved(product, now);
}

void ship(storage::Transaction& tx, ProductId product, Quantity quantity, OrderId order, const Actor& actor, Time now) {
    if (tx.run(kShip, product, quantity, now) != 1) {
        throw std::logic_error(
            fmt::format("product {} does not have {} units reserved and on hand", number(product), quantity));
    }
    record_movement(tx, product, -quantity, MovementReason::sold, order, std::nullopt, actor, "", now);
    tx.touched(storage::Topic::catalog);
}

void take_back(storage::Transaction& tx, ProductId product, Quantity quantity, OrderId order, const Actor& actor,
               std::string_view note, Time now) {
    if (!is_counted(tx, product)) {
        return;
    }
    tx.run(kAdd, product, quantity, now, 1);
    record_movement(tx, product, quantity, MovementReason::returned, order, std::nullopt, actor, note, now);
    tx.touched(storage::Topic::catalog);
    tx.stock_moved(product, now);
    keep_alert(tx, get(tx, product), now);
}

bool is_counted(const storage::View& view, ProductId product) {
    return view.value<bool>(kIsCounted, product).value_or(false);
}

namespace {

/// Adds units, or takes them off, with all that records it: movement, event, audit entry, alert.
///
/// @param is_whole_change  whether it increases the product's version; false if its caller does that, for more than stock
Product move_stock(storage::Transaction& tx, const Product& before, Quantity delta, const StockChange& wanted,
                   bool is_whole_change, const Actor& actor, Time now) {
    const auto id = before.id;
    if (tx.run(kAdd, id, delta, now, is_whole_change ? 1 : 0) != 1) {
        throw below_reserved(before, fmt::format("{} on hand", before.on_hand + delta));
    }
    record_movement(tx, id, delta, wanted.reason, std::nullopt, wanted.import, actor, wanted.note, now);
    tx.touched(storage::Topic::catalog);
    tx.stock_moved(id, now);

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

/// The units that a change adds; negative: takes off. @throws Refusal for a product without stock
Quantity delta_of(const Product& product, const StockChange& wanted) {
    const auto delta = wanted.on_hand ? *wanted.on_hand - product.on_hand : wanted.delta.value_or(0);
    const bool is_nothing = wanted.on_hand && delta == 0;
    if (!product.is_counted() && !is_nothing) {
        throw invalid(
            wanted.on_hand ? "/quantity" : "/adjust",
            fmt::format("the stock of {} is not counted: set its stock_policy to counted first", product.sku));
    }
    if (!is_nothing) {
        check_adjustment(product, delta, wanted.reason, wanted.note);
    }
    return delta;
}

}  // namespace

Refusal below_reserved(const Product& product, std::string_view left) {
    return Refusal(kBelowReserved,
                   fmt::format("{} would be fewer than the {} that open orders hold", left, product.reserved))
        .with("on_hand", product.on_hand)
        .with("reserved", product.reserved);
}

void find_missing(storage::Transaction& tx, ProductId product, Quantity quantity, OrderId order, const Actor& actor,
                  Time now) {
    tx.stock_moved(product, now);
    const auto on_hand = tx.value<Quantity>(kOnHand, product).value_or(0);
    if (on_hand < quantity) {
        const StockChange found{.note = fmt::format("left with order {}", number(order))};
        move_stock(tx, get(tx, product), quantity - on_hand, found, true, actor, now);
    }
}

void stop_counting(storage::Transaction& tx, const Product& product, const Actor& actor, Time now) {
    auto unwatched = product;
    unwatched.low_stock_threshold.reset();  // nothing is low
    const StockChange none{.note = "not counted any more"};
    if (product.on_hand > 0) {
        move_stock(tx, unwatched, -product.on_hand, none, false, actor, now);
    }
}

Product change(storage::Transaction& tx, ProductId id, const Changes& fields, const std::optional<StockChange>& stock,
               const Actor& actor, Time now) {
    auto product = get(tx, id);
    const auto version_before = product.version;
    // What arrives comes first: it may be what lets the fields change.
    const bool arrives =
        stock && product.is_counted() && would_be(product, fields).is_counted() && delta_of(product, *stock) > 0;
    if (arrives) {
        const bool is_whole_change = difference(product, would_be(product, fields)).empty();
        move_stock(tx, product, delta_of(product, *stock), *stock, is_whole_change, actor, now);
        return update(tx, id, fields, actor, now);
    }
    product = update(tx, id, fields, actor, now);
    const auto delta = stock ? delta_of(product, *stock) : 0;
    return delta == 0 ? product : move_stock(tx, product, delta, *stock, product.version == version_before, actor, now);
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
