#pragma once

#include "http/shape.h"

namespace orderd::accounts {

/// {line1, line2, city, region, postal_code, country}
http::Shape address_shape();

/// Who an order is for, as the request says it: {name, email, phone, shipping_address}.
http::Shape order_customer_shape();

/// The same as answers show it; null where it was erased.
http::Shape contact_shape();

/// A customer as admins see it.
http::Shape customer_shape();

/// An account as its owner sees it.
http::Shape account_shape();

}  // namespace orderd::accounts
