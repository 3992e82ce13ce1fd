#pragma once

#include <string>

#include "support/shop.h"

namespace orderd::tests {

/// An order that is placed and paid, as a customer would have it.
struct PaidOrder {
    std::int64_t id = 0;
    std::string token;  ///< its holder's
    std::vector<std::int64_t> items;
    std::string path(const std::string& rest) const { return "/orders/" + std::to_string(id) + rest; }
};

PaidOrder placed(Shop& shop, const std::vector<Shop::Line>& lines);
PaidOrder paid(Shop& shop, const std::vector<Shop::Line>& lines);

/// The same of a whole body of POST /orders.
PaidOrder paid_order(Shop& shop, const Json& body);

/// A payment of an order in some state, as the payments department would have left it.
void set_payment(Shop& shop, std::int64_t order, const std::string& method, const std::string& status);

/// Starts a parcel of everything, and gets its label. @returns the shipment's id
std::int64_t labelled(Shop& shop, const PaidOrder& order, const Json& body = Json::object());

std::string order_status(Shop& shop, std::int64_t order);
std::string shipment_status(Shop& shop, std::int64_t shipment);
Json stock(Shop& shop, std::int64_t product);  ///< {"on_hand", "reserved", …}

}  // namespace orderd::tests
