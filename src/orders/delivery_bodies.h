#pragma once

#include "api/fields.h"
#include "orders/delivery_methods.h"

namespace orderd::orders {

/// A delivery method, for admins.
const api::Shape& delivery_method_shape();

api::Shape delivery_kind_shape();

/// Where and when an order is fetched.
api::Shape pickup_shape();

/// Members of an answer that lists what fits, and what does not: offers_json() and unavailable_json().
api::Shape delivery_offers_shape();
api::Shape unavailable_deliveries_shape();

/// An order's delivery as it was agreed, with what staff said of when.
api::Shape order_delivery_shape();

}  // namespace orderd::orders

namespace orderd {

template <>
struct api::Fields<orders::DeliveryPlace> {
    static Declared<orders::DeliveryPlace> value();
};
template <>
struct api::Fields<orders::PriceBand> {
    static Declared<orders::PriceBand> value();
};
template <>
struct api::Fields<orders::DeliveryZone> {
    static Declared<orders::DeliveryZone> value();
};
template <>
struct api::Fields<orders::PickupPlace> {
    static Declared<orders::PickupPlace> value();
};
template <>
struct api::Fields<orders::NewDeliveryMethod> {
    static Declared<orders::NewDeliveryMethod> value();
};
template <>
struct api::Fields<orders::DeliveryMethodChanges> {
    static Declared<orders::DeliveryMethodChanges> value();
};

}  // namespace orderd
