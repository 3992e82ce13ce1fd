#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/contact.h"
#include "api/fields.h"
#include "orders/staff_discount.h"
#include "orders/staff_lines.h"

namespace orderd::orders {

/// A customer as staff enter one: there need be no e-mail address.
struct StaffCustomer {
    std::string name;
    std::string email;
    std::string phone;
    std::optional<accounts::Address> shipping_address = {};
};

/// A new order in a request of staff.
struct StaffOrderRequest {
    std::string status = "pending";  ///< or "draft"
    std::optional<CustomerId> customer_id = {};
    std::optional<StaffCustomer> customer = {};
    std::vector<StaffLine> items = {};
    std::optional<StaffDiscount> discount = {};
    std::optional<std::optional<Time>> hold_until = {};  ///< inner nullopt: until it is paid
    std::optional<DeliveryMethodId> delivery_method = {};
    std::string note = {};
    std::optional<std::string> locale = {};
    bool dry_run = false;
};

struct DraftPlacement {
    std::optional<std::optional<Time>> hold_until = {};
};

}  // namespace orderd::orders

namespace orderd {

template <>
struct api::Fields<orders::StaffCustomer> {
    static Declared<orders::StaffCustomer> value();
};
template <>
struct api::Fields<orders::StaffOrderRequest> {
    static Declared<orders::StaffOrderRequest> value();
};
template <>
struct api::Fields<orders::DraftPlacement> {
    static Declared<orders::DraftPlacement> value();
};

}  // namespace orderd
