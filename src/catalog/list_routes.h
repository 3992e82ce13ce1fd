#pragma once

#include <string>
#include <string_view>

#include "api/request.h"
#include "base/json.h"
#include "catalog/cache.h"
#include "catalog/search.h"

namespace orderd::catalog {

// What the routes of lists that customers read have in common.

/// The key of a request to a list that is printed for customers: the list's name and its parameters in a fixed order,
/// equal for equal requests.
std::string question(const api::Request& in, std::string_view list);

/// Whether a request to such a list filters or sorts it, which an index may not be able to answer.
bool narrows(const api::Request& in);

api::Answer printed_answer(const Printed& printed);

/// A page of a list, printed for customers.
Printed printed_page(const api::Request& in, Json rows, const Json& after);

/// The filters that the lists of products and the window have.
Search search_of(const api::Request& in);

/// With the collection too, which products alone can be in. One that is not there has none.
Search search_of(const storage::View& view, const api::Request& in);

}  // namespace orderd::catalog
