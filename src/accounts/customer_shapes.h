#pragma once

#include "api/shape.h"

namespace orderd::accounts {

/// {line1, line2, city, region, postal_code, country}
api::Shape address_shape();

/// Who an order is for, as the request says it: {name, email, phone, shipping_address}.
api::Shape order_customer_shape();

/// The same as answers show it; null where it was erased.
api::Shape contact_shape();

/// A customer as admins see it.
api::Shape customer_shape();

/// An account as its owner sees it.
api::Shape account_shape();

}  // namespace orderd::accounts
