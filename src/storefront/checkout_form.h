#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "orders/bodies.h"
#include "storefront/priced.h"

namespace orderd::storefront {

// The checkout's form as the body of POST /orders, so that one declaration checks both.

/// What is wrong with a field, by its name: the part of the message's name after "checkout_fault.".
using FieldFaults = std::map<std::string, std::string>;

/// The fields of a form without the blanks around them.
struct CheckoutForm {
    std::map<std::string, std::string> typed;  ///< by the fields' names
    bool is_picked_up = false;                 ///< no address is needed

    const std::string& at(const std::string& name) const;
    std::optional<DeliveryMethodId> method() const;
    std::optional<Money> expected_total() const;
    accounts::Address address() const;
};

/// @param sent  the form's fields by their names
/// @param country  where none was chosen
CheckoutForm read_checkout_form(const std::map<std::string, std::string>& sent, const std::string& country,
                                const orders::DeliveryMethods& methods);

/// The body of POST /orders; its faults by field are added.
std::optional<orders::OrderRequest> order_request(const CheckoutForm& form, const Basket& basket,
                                                  const std::string& language, FieldFaults& faults);

/// Adds the faults of a refusal that names places of that body. @returns whether there were any
bool add_faults(const std::vector<Fault>& found, FieldFaults& faults);

}  // namespace orderd::storefront
