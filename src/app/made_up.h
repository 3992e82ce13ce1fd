#pragma once

#include <cstdint>
#include <vector>

#include "accounts/contact.h"
#include "base/json.h"
#include "catalog/product.h"

namespace orderd::app {

// A shop's worth of people, products and orders that nobody ever made, to measure with: the same for the same number.

struct Guest {
    accounts::Contact contact;
    accounts::Address address;
};

/// The n-th guest: with an e-mail address of their own, and words in the name that others have too.
Guest made_up_guest(std::uint64_t n);

/// Which guest the n-th order of a run is by, where `first` is the run's first new one: two orders in three are by
/// guests who were never there before, the third is by one of those who were.
std::uint64_t made_up_guest_of_order(std::uint64_t order, std::uint64_t first);

/// The body of the n-th order: of two of the products 1 to `products`, which are at least three.
Json made_up_order(std::uint64_t n, std::uint64_t first_guest, std::uint64_t products);

/// Products that do not run out.
std::vector<catalog::NewProduct> made_up_products(int count);

}  // namespace orderd::app
