#pragma once

#include <optional>
#include <string>

#include "accounts/customer_shapes.h"
#include "api/fields.h"
#include "orders/billing.h"

namespace orderd::orders {

/// Who is billed, where it is not the recipient or is a business.
struct BillingDetails {
    std::string name;
    std::string company;
    std::string vat_id;
    std::optional<accounts::Address> address;
};

/// @returns nullopt if the recipient is billed. Staff have not verified its VAT ID yet
/// @throws Refusal 422 naming every fault at /billing
std::optional<Billing> billing_of(const std::optional<BillingDetails>& details);

}  // namespace orderd::orders

namespace orderd {

template <>
struct api::Fields<orders::BillingDetails> {
    static Declared<orders::BillingDetails> value();
};

}  // namespace orderd
