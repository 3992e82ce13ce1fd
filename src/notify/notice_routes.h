#pragma once

#include "api/route.h"
#include "base/refused.h"
#include "notify/desk.h"

namespace orderd::notify {

/// Adds /admin/notices: what whoever asks is told of, and how.
void add_notice_routes(api::RouteTable& routes, Desk& desk);

inline constexpr Refused kNoticeNotTaken{
    409, "notice_not_taken",
    "The address did not take the test; detail says what it answered. Correct it, with its topic and token."};
inline constexpr Refused kNoticeNotSent{
    503, "notice_not_sent", "The address was not reached, or did not answer in time. Check it, or try again."};

}  // namespace orderd::notify
