#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/errors.h"
#include "base/ids.h"
#include "base/refused.h"
#include "storage/writer.h"

namespace orderd::catalog {

// A handle is the name of a page in its address: /p/blue-mug. A group has one, and so has a product that stands alone. A
// variant is found on its group's page. No two handles are the same, whichever they belong to. Each is in handle_form()
// (base/folding.h).

constexpr std::size_t kMaxHandle = 100;  ///< code points

inline constexpr Refused kHandleTaken{
    409, "handle_taken",
    "Another product or group has this handle; product_id or group_id names it. Choose another handle."};

/// Adds a fault at /handle if there is a handle that is not in handle_form().
void check_handle(std::string_view handle, std::vector<Fault>& faults);

/// A handle for something new: of its name; if that is taken, of name and `second` (a product's SKU); else with a
/// number.
std::string free_handle(const storage::View& view, std::string_view name, std::string_view second);

/// @param product, group whose handle it may be already
/// @throws Refusal 409 `handle_taken`
void check_handle_is_free(const storage::View& view, std::string_view handle, std::optional<ProductId> product,
                          std::optional<GroupId> group);

}  // namespace orderd::catalog
