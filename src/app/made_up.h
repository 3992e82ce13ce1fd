#pragma once

#include <cstdint>
#include <vector>

#include "accounts/contact.h"
#include "base/json.h"
#include "catalog/product.h"

namespace orderd::app {

// Invented people, products and orders, for measurements: the same for the same number.

struct Guest {
    accounts::Contact contact;
    accounts::Address address;
};

/// The n-th guest: with a unique e-mail address, and a name whose words others share.
Guest made_up_guest(std::uint64_t n);

/// The guest of the n-th order of a run, where `first` is the run's first new guest: two of three orders are
/// by new guests, the third is by an earlier one.
std::uint64_t made_up_guest_of_order(std::uint64_t order, std::uint64_t first);

/// The body of the n-th order, with two of the products 1 to `products` (at least three).
Json made_up_order(std::uint64_t n, std::uint64_t first_guest, std::uint64_t products);

/// Products whose stock does not run out.
std::vector<catalog::NewProduct> made_up_products(int count);

}  // namespace orderd::app
