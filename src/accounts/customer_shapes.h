#pragma once

#include "accounts/prepared_customer.h"
#include "api/fields.h"

namespace orderd::accounts {

/// A customer's name and telephone number.
api::Shape name_shape();
api::Shape phone_shape();

/// {line1, line2, city, region, postal_code, country}
api::Shape address_shape();

/// An order's contact in answers; null if it was erased.
api::Shape contact_shape();

/// A customer, for admins.
api::Shape customer_shape();

/// An account, for its owner.
api::Shape account_shape();

}  // namespace orderd::accounts

namespace orderd {

template <>
struct api::Fields<accounts::Address> {
    static Declared<accounts::Address> value();
};

/// An order's contact in requests, with an address.
template <>
struct api::Fields<accounts::CustomerDetails> {
    static Declared<accounts::CustomerDetails> value();
};

}  // namespace orderd
