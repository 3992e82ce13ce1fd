#pragma once

#include <string_view>

namespace orderd::api {

/// Who may call a route. The route table declares it; the server checks each request before the handler runs.
enum class Who {
    anyone,           ///< no credentials needed (invalid ones are refused anyway)
    customer,         ///< a signed-in customer
    holder,           ///< an order's holder (by capability, or the order's customer), or an admin from viewer up; the
                      ///< handler checks whether it is theirs (orders/access.h), and answers 404 if it is not
    holder_or_staff,  ///< the same, but admins from staff up: for changes
    signed_in,        ///< any session
    viewer,
    staff,
    owner,
};

std::string_view to_text(Who who);

}  // namespace orderd::api
