#pragma once

#include <string>

#include "base/json.h"
#include "base/language.h"
#include "orders/rates.h"
#include "storefront/checkout_form.h"
#include "storefront/priced.h"

namespace orderd::storefront {

/// What checkout.html shows of the form: its fields with what was typed and what is wrong with it, the countries, the ways
/// of delivery, and why others are missing.
Json checkout_values(const Priced& priced, const orders::Rates& rates, const CheckoutForm& form,
                     const FieldFaults& faults, const Language& words, const std::string& currency);

}  // namespace orderd::storefront
