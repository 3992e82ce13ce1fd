#pragma once

#include <functional>
#include <map>
#include <vector>

#include "base/json.h"
#include "orders/order.h"
#include "storage/events.h"
#include "storage/view.h"
#include "storage/writer.h"

namespace orderd::orders {

/// The progress of an order's parcels.
struct ParcelProgress {
    Quantity loose = 0;             ///< units of an open order that are in no parcel yet
    std::int64_t pending = 0;       ///< parcels whose label is being bought
    std::int64_t ready = 0;         ///< parcels in the shop with a label
    std::int64_t failed = 0;        ///< parcels that got no label
    std::int64_t to_hand_over = 0;  ///< what is ready to be fetched or brought, without a parcel
    std::int64_t under_way = 0;     ///< parcels that have left and not arrived
    bool all_can_leave = false;     ///< there are parcels in the shop, and none waits for a carrier's label
};

/// What the departments above know about an order. Each function may be null: nothing is known then.
struct Beside {
    /// The progress of these orders' parcels.
    std::function<std::map<OrderId, ParcelProgress>(const storage::View&, const std::vector<OrderId>&)> parcels_of = {};
    std::function<Json(const storage::View&, OrderId)> payment_of = {};    ///< as payment_summary_shape(); null: none
    std::function<Json(const storage::View&, OrderId)> shipments_of = {};  ///< each as shipment_summary_shape()
    /// Has an order's payment follow the order's new total, in the transaction that changes it. @returns false if it
    /// cannot: it took money, or is about to
    std::function<bool(storage::Transaction&, OrderId, Money total, Time now)> follow_total = {};
    /// The subjects whose events belong to the order's history.
    std::function<std::vector<events::Subject>(const storage::View&, OrderId)> subjects_of = {};
};

}  // namespace orderd::orders
