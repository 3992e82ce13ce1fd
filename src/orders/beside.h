#pragma once

#include <functional>
#include <map>
#include <string_view>
#include <vector>

#include "base/actor.h"
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
    std::int64_t outdated = 0;      ///< of the ready ones: the order says something else than their label
    std::int64_t leaving = 0;       ///< of the ready ones: marked shipped, which can be taken back for a minute
    std::int64_t to_hand_over = 0;  ///< what is ready to be fetched or brought, without a parcel
    std::int64_t under_way = 0;     ///< parcels that have left and not arrived
    bool all_can_leave = false;     ///< there are parcels in the shop, and none waits for anything
};

/// What the departments above know about an order. Each function may be null: nothing is known then.
struct Beside {
    /// The progress of these orders' parcels.
    std::function<std::map<OrderId, ParcelProgress>(const storage::View&, const std::vector<OrderId>&)> parcels_of = {};
    /// The payments of these orders, each as payment_summary_shape(); orders without one are left out.
    std::function<std::map<OrderId, Json>(const storage::View&, const std::vector<OrderId>&)> payments_of = {};
    std::function<Json(const storage::View&, OrderId)> shipments_of = {};  ///< each as shipment_summary_shape()
    /// Has an order's payment follow the order's new total, in the transaction that changes it. @returns false if it
    /// cannot: it took money, or is about to
    std::function<bool(storage::Transaction&, OrderId, Money total, Time now)> follow_total = {};
    /// The same for an edit: what was paid too much goes back, and what is owed is charged later. It may refuse.
    std::function<void(storage::Transaction&, OrderId, Money total, const Actor& actor, Time now)> meet_total = {};
    /// The units of an order that are in parcels, and have not left.
    std::function<std::map<ItemId, Quantity>(const storage::View&, OrderId)> packed_of = {};
    /// Tells that what labels and customs declarations are made from has changed, in the transaction that changes it.
    /// `what`: the fields, as order.recipient_changed names them. An edit of lines outdates none: it cannot take out what is
    /// in a parcel.
    std::function<void(storage::Transaction&, OrderId, const std::vector<std::string>& what, const Actor&, Time now)>
        outdate_parcels = {};
    /// The subjects whose events belong to the order's history.
    std::function<std::vector<events::Subject>(const storage::View&, OrderId)> subjects_of = {};
    /// The orders that a number of theirs finds, such as a parcel's.
    std::function<std::vector<OrderId>(const storage::View&, std::string_view text)> found_by_number = {};
};

}  // namespace orderd::orders
