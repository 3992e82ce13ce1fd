#include "fulfillment/fulfilling.h"

namespace orderd::fulfillment {

namespace {

// The units of an order that are in stock and still to be shipped, less those in parcels that have not left.
constexpr auto kLoose = R"sql(
    SELECT i.order_id, sum(max(0, i.quantity - i.shipped - i.cancelled - i.awaited
               - coalesce((SELECT sum(si.quantity) FROM shipment_item si JOIN shipment s ON s.id = si.shipment_id
                            WHERE si.item_id = i.id AND s.status IN ('label_pending', 'label_ready', 'ready',
                                                                           'failed')), 0)))
      FROM json_each(?1) wanted JOIN order_item i ON i.order_id = wanted.value
     WHERE i.quantity > i.shipped + i.cancelled
     GROUP BY i.order_id
)sql";
constexpr auto kParcels = R"sql(
    SELECT s.order_id, s.status, s.carrier, count(*), count(s.outdated_at), count(s.leaves_at)
      FROM json_each(?1) wanted JOIN shipment s ON s.order_id = wanted.value
     GROUP BY s.order_id, s.status, s.carrier
)sql";

}  // namespace

std::map<OrderId, orders::ParcelProgress> progress_of(const storage::View& view, const Carriers& carriers,
                                                      const std::vector<OrderId>& orders) {
    const auto list = numbers_json(orders).dump();
    std::map<OrderId, orders::ParcelProgress> progress;
    view.each(
        kLoose, [&](const storage::Row& row) { progress[row.get<OrderId>(0)].loose = row.get<Quantity>(1); }, list);
    std::map<OrderId, std::int64_t> waits;  // parcels that wait for a carrier's label
    view.each(
        kParcels,
        [&](const storage::Row& row) {
            const auto order = row.get<OrderId>(0);
            auto& its = progress[order];
            const auto status = parse_status(row.get<std::string_view>(1)).value();
            const auto count = row.get<std::int64_t>(3);
            if (status == Status::label_pending) {
                const auto* carrier = carriers.find(row.get<std::string>(2));
                its.pending += count;
                waits[order] += carrier != nullptr && carrier->at_once() ? 0 : count;
            } else if (status == Status::label_ready) {
                its.ready += count;
                its.outdated += row.get<std::int64_t>(4);
                its.leaving += row.get<std::int64_t>(5);
            } else if (status == Status::ready) {
                its.to_hand_over += count;
            } else if (status == Status::failed) {
                its.failed += count;
            } else if (is_under_way(status)) {
                its.under_way += count;
            }
        },
        list);
    for (auto& [order, its] : progress) {
        its.all_can_leave = its.ready - its.leaving + its.pending > 0 && waits[order] == 0 && its.outdated == 0;
    }
    return progress;
}

}  // namespace orderd::fulfillment
