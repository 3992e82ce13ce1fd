#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/fields.h"
#include "fulfillment/returns.h"
#include "fulfillment/shipment.h"
#include "fulfillment/short_pick.h"
#include "orders/bodies.h"

namespace orderd::fulfillment {

// The bodies of this department's requests, each declared once (see api/fields.h).

/// A parcel to start; or, if `status` is present, the step that existing parcels take.
struct FulfillmentRequest {
    std::optional<std::string> carrier = {};
    std::optional<std::string> service = {};
    std::optional<Parcel> parcel = {};
    std::optional<std::vector<Units>> items = {};
    std::optional<std::string> tracking_number = {};
    std::optional<Status> status = {};  ///< ready, in_transit or delivered
    std::optional<ShipmentId> shipment_id = {};
    bool though_owed = false;  ///< staff have it ship though some of it is owed
};

struct BulkFulfillmentRequest : FulfillmentRequest {
    std::vector<OrderId> order_ids;
    bool undoable = false;
    bool label_at_once = false;
};

struct OrdersRequest {
    std::vector<OrderId> order_ids;
};

struct RatesRequest {
    std::string carrier = "easypost";
    std::optional<Parcel> parcel;
    std::optional<std::vector<Units>> items;
};

struct NewTrackingEvent {
    Status status = Status::in_transit;
    std::string description;
    std::string location;
    std::optional<Time> at;
};

struct LabelsRequest {
    std::optional<std::vector<ShipmentId>> shipment_ids;
    std::optional<std::vector<OrderId>> order_ids;
};

struct CancelUnshipped {
    std::string reason;
    std::optional<Money> refund;
};

constexpr std::size_t kMostOrders = 200;   ///< fulfilled by one request
constexpr std::size_t kMostLabels = 1000;  ///< printed by one request

}  // namespace orderd::fulfillment

namespace orderd {

template <>
struct api::Fields<fulfillment::Parcel> {
    static Declared<fulfillment::Parcel> value();
};
template <>
struct api::Fields<fulfillment::FulfillmentRequest> {
    static Declared<fulfillment::FulfillmentRequest> value();
};
template <>
struct api::Fields<fulfillment::BulkFulfillmentRequest> {
    static Declared<fulfillment::BulkFulfillmentRequest> value();
};
template <>
struct api::Fields<fulfillment::OrdersRequest> {
    static Declared<fulfillment::OrdersRequest> value();
};
template <>
struct api::Fields<fulfillment::ShortPick> {
    static Declared<fulfillment::ShortPick> value();
};
template <>
struct api::Fields<fulfillment::RatesRequest> {
    static Declared<fulfillment::RatesRequest> value();
};
template <>
struct api::Fields<fulfillment::NewTrackingEvent> {
    static Declared<fulfillment::NewTrackingEvent> value();
};
template <>
struct api::Fields<fulfillment::LabelsRequest> {
    static Declared<fulfillment::LabelsRequest> value();
};
template <>
struct api::Fields<fulfillment::NewReturn> {
    static Declared<fulfillment::NewReturn> value();
};
template <>
struct api::Fields<fulfillment::CancelUnshipped> {
    static Declared<fulfillment::CancelUnshipped> value();
};

}  // namespace orderd
