#pragma once

#include <string_view>

namespace orderd::api {

/// Who may call a route. The route table says it; the server holds every request against it before the handler runs.
enum class Who {
    anyone,           ///< no credentials needed (bad ones are refused anyway)
    customer,         ///< a signed-in customer
    holder,           ///< an order's holder (capability, or the customer whose it is), or an admin from viewer up;
                      ///< whether it is theirs is for the handler to ask (orders/access.h): not theirs is 404
    holder_or_staff,  ///< the same, from staff up: what changes something
    signed_in,        ///< any session
    viewer,
    staff,
    owner,
};

std::string_view to_text(Who who);

}  // namespace orderd::api
