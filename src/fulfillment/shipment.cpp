#include "fulfillment/shipment.h"

#include "fulfillment/tracking_number.h"
#include "orders/lifecycle.h"
#include "storage/numbering.h"

namespace orderd::fulfillment {

namespace {

constexpr auto kColumns = R"sql(
    SELECT id, order_id, carrier, service, status, tracking_number, tracked_by, tracking_url, carrier_reference, cost,
           cost_currency, weight_g, length_mm, width_mm, height_mm, failure, shipped_at, delivered_at, created_at,
           updated_at, version, outdated_at, leaves_at
      FROM shipment
)sql";
const std::string kGet = std::string(kColumns) + " WHERE id = ?1";
const std::string kWithNumber = std::string(kColumns) + " WHERE tracking_number = ?1 ORDER BY id DESC LIMIT 20";
const std::string kShipmentsOfOrder = std::string(kColumns) + " WHERE order_id = ?1 ORDER BY id";

constexpr auto kInTrouble = R"sql(
    SELECT 1 FROM shipment WHERE order_id = ?1 AND status IN ('failed', 'exception') LIMIT 1
)sql";
constexpr auto kUnderWay = R"sql(
    SELECT 1 FROM shipment WHERE order_id = ?1 AND shipped_at IS NOT NULL AND status <> 'delivered' LIMIT 1
)sql";
constexpr auto kShipmentItems = "SELECT item_id, quantity FROM shipment_item WHERE shipment_id = ?1 ORDER BY item_id";
constexpr auto kInsertShipment =
    "INSERT INTO shipment (id, order_id, carrier, service, status, tracking_number, tracked_by, "
    "tracking_url, weight_g, length_mm, width_mm, height_mm, created_at, updated_at) "
    "VALUES (" ORDERD_NEXT_ID("shipment") R"sql(, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)
)sql";
constexpr auto kPackedOf = R"sql(
    SELECT i.item_id, sum(i.quantity) FROM shipment s JOIN shipment_item i ON i.shipment_id = s.id
     WHERE s.order_id = ?1 AND s.status <> 'voided' AND s.shipped_at IS NULL GROUP BY i.item_id
)sql";
constexpr auto kInsertShipmentItem = "INSERT INTO shipment_item (shipment_id, item_id, quantity) VALUES (?1, ?2, ?3)";
constexpr auto kSave = R"sql(
    UPDATE shipment
       SET service = ?2, status = ?3, tracking_number = ?4, tracked_by = ?5, tracking_url = ?6, carrier_reference = ?7,
           cost = ?8, cost_currency = ?9, failure = ?10, shipped_at = ?11, delivered_at = ?12, updated_at = ?13,
           outdated_at = ?14, leaves_at = ?15, version = version + 1
     WHERE id = ?1
)sql";
constexpr auto kEvents = R"sql(
    SELECT status, description, location, at FROM tracking_event WHERE shipment_id = ?1 ORDER BY at, id
)sql";
constexpr auto kInsertEvent = R"sql(
    INSERT INTO tracking_event (shipment_id, status, description, location, at, told_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT DO NOTHING
)sql";
constexpr auto kLabel = "SELECT label_sealed FROM shipment WHERE id = ?1";
constexpr auto kShipmentZpl = "SELECT zpl_sealed FROM shipment WHERE id = ?1";
constexpr auto kSaveLabel = "UPDATE shipment SET label_sealed = ?2, zpl_sealed = ?3 WHERE id = ?1";

using Text = std::optional<std::string>;
using Number = std::optional<std::int64_t>;

Shipment map(const storage::Row& row) {
    return {.id = row.get<ShipmentId>(0),
            .order = row.get<OrderId>(1),
            .carrier = row.get<std::string>(2),
            .service = row.get<std::string>(3),
            .status = parse_status(row.get<std::string_view>(4)).value(),
            .tracking_number = row.get<Text>(5),
            .tracked_by = row.get<Text>(6),
            .tracking_url = row.get<Text>(7),
            .carrier_reference = row.get<Text>(8),
            .cost = row.get<std::optional<Money>>(9),
            .cost_currency = row.get<Text>(10),
            .parcel = {.weight_g = row.get<std::optional<std::int64_t>>(11),
                       .length_mm = row.get<Number>(12),
                       .width_mm = row.get<Number>(13),
                       .height_mm = row.get<Number>(14)},
            .failure = row.get<std::string>(15),
            .shipped_at = row.get<std::optional<Time>>(16),
            .delivered_at = row.get<std::optional<Time>>(17),
            .outdated_at = row.get<std::optional<Time>>(21),
            .leaves_at = row.get<std::optional<Time>>(22),
            .created_at = row.get<Time>(18),
            .updated_at = row.get<Time>(19),
            .version = row.get<std::int64_t>(20),
            .items = {}};
}

void add_items(const storage::View& view, Shipment& shipment) {
    view.each(
        kShipmentItems,
        [&](const storage::Row& row) {
            shipment.items.push_back({row.get<ItemId>(0), row.get<Quantity>(1)});
        },
        shipment.id);
}

storage::Place place(std::string_view column, ShipmentId id) {
    return {.table = "shipment", .column = column, .row = number(id)};
}

Text open(const storage::View& view, std::string_view sql, std::string_view column, ShipmentId id) {
    const auto sealed = view.value<Text>(sql, id).value_or(std::nullopt);
    return sealed ? Text(view.vault().open(place(column, id), *sealed)) : std::nullopt;
}

}  // namespace

Shipment get_shipment(const storage::View& view, ShipmentId id) {
    auto shipment = view.first(kGet, map, id);
    if (!shipment) {
        throw not_found("shipment");
    }
    add_items(view, *shipment);
    return std::move(*shipment);
}

std::map<ItemId, Quantity> packed_of(const storage::View& view, OrderId order) {
    std::map<ItemId, Quantity> packed;
    view.each(
        kPackedOf, [&](const storage::Row& row) { packed[row.get<ItemId>(0)] = row.get<Quantity>(1); }, order);
    return packed;
}

std::vector<Shipment> find_by_number(const storage::View& view, std::string_view typed) {
    std::vector<Shipment> found;
    view.each(
        kWithNumber, [&](const storage::Row& row) { found.push_back(map(row)); }, tidy_number(typed));
    for (auto& shipment : found) {
        add_items(view, shipment);
    }
    return found;
}

std::vector<Shipment> shipments_of(const storage::View& view, OrderId order) {
    std::vector<Shipment> shipments;
    view.each(
        kShipmentsOfOrder, [&](const storage::Row& row) { shipments.push_back(map(row)); }, order);
    for (auto& shipment : shipments) {
        add_items(view, shipment);
    }
    return shipments;
}

std::vector<Shipment> parcels_in_house(const storage::View& view, OrderId order) {
    auto shipments = shipments_of(view, order);
    std::erase_if(shipments, [](const Shipment& it) { return !is_in_house(it.status); });
    return shipments;
}

bool is_under_way(const storage::View& view, OrderId order) { return view.value<bool>(kUnderWay, order).has_value(); }

std::vector<TrackingEvent> events_of(const storage::View& view, ShipmentId id) {
    std::vector<TrackingEvent> events;
    view.each(
        kEvents,
        [&](const storage::Row& row) {
            events.push_back({.status = parse_status(row.get<std::string_view>(0)).value(),
                              .description = row.get<std::string>(1),
                              .location = row.get<std::string>(2),
                              .at = row.get<Time>(3)});
        },
        id);
    return events;
}

void save(storage::Transaction& tx, const Shipment& it, Time now) {
    tx.run(kSave, it.id, it.service, to_text(it.status), it.tracking_number, it.tracked_by, it.tracking_url,
           it.carrier_reference, it.cost, it.cost_currency, it.failure, it.shipped_at, it.delivered_at, now,
           it.outdated_at, it.leaves_at);
    orders::set_parcel_trouble(tx, it.order, tx.value<bool>(kInTrouble, it.order).has_value());
}

ShipmentId insert(storage::Transaction& tx, const Shipment& it, Time now) {
    const ShipmentId id{tx.insert(kInsertShipment, it.order, it.carrier, it.service, to_text(it.status),
                                  it.tracking_number, it.tracked_by, it.tracking_url, it.parcel.weight_g,
                                  it.parcel.length_mm, it.parcel.width_mm, it.parcel.height_mm, now)};
    for (const auto& units : it.items) {
        tx.run(kInsertShipmentItem, id, units.item, units.quantity);
    }
    return id;
}

bool insert(storage::Transaction& tx, ShipmentId id, const TrackingEvent& event, Time now) {
    return tx.run(kInsertEvent, id, to_text(event.status), event.description, event.location, std::min(event.at, now),
                  event.at) == 1;
}

std::optional<std::string> read_label(const storage::View& view, ShipmentId id) {
    return open(view, kLabel, "label_sealed", id);
}

std::optional<std::string> read_zpl(const storage::View& view, ShipmentId id) {
    return open(view, kShipmentZpl, "zpl_sealed", id);
}

void save_label(storage::Transaction& tx, ShipmentId id, const std::optional<std::string>& png,
                const std::optional<std::string>& zpl) {
    const auto seal = [&](std::string_view column, const std::optional<std::string>& plain) {
        return plain ? std::optional(tx.vault().seal(place(column, id), *plain)) : std::nullopt;
    };
    const auto blob = [](const std::optional<std::string>& sealed) {
        return sealed ? std::optional(storage::Blob{*sealed}) : std::nullopt;
    };
    const auto sealed_png = seal("label_sealed", png);
    const auto sealed_zpl = seal("zpl_sealed", zpl);
    tx.run(kSaveLabel, id, blob(sealed_png), blob(sealed_zpl));
}

}  // namespace orderd::fulfillment
