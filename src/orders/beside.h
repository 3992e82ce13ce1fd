#pragma once

#include <functional>
#include <map>
#include <vector>

#include "base/json.h"
#include "orders/order.h"
#include "storage/events.h"
#include "storage/view.h"

namespace orderd::orders {

/// How far the parcels of an order are.
struct ParcelProgress {
    Quantity loose = 0;          ///< units that are in no parcel yet, of an open order
    std::int64_t pending = 0;    ///< parcels whose label is being bought
    std::int64_t ready = 0;      ///< parcels in the house with a label
    std::int64_t failed = 0;     ///< parcels that got no label
    std::int64_t under_way = 0;  ///< parcels that left, and did not arrive
    bool all_can_leave = false;  ///< there are parcels in the house, and none of them waits for a carrier's label
};

/// What stands beside an order, as the departments above tell it. Each may be null: nothing is known then.
struct Beside {
    /// How far the parcels of these orders are.
    std::function<std::map<OrderId, ParcelProgress>(const storage::View&, const std::vector<OrderId>&)> parcels_of = {};
    std::function<Json(const storage::View&, OrderId)> payment_of = {};    ///< as payment_summary_shape(); null: none
    std::function<Json(const storage::View&, OrderId)> shipments_of = {};  ///< each as shipment_summary_shape()
    /// Whose events belong to the order's history.
    std::function<std::vector<events::Subject>(const storage::View&, OrderId)> subjects_of = {};
};

}  // namespace orderd::orders
