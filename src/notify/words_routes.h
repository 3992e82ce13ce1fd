#pragma once

#include "api/route.h"
#include "notify/desk.h"

namespace orderd::notify {

/// Adds /admin/words: the texts of mails and pages in the shop's own words, and how a mail reads with them.
void add_words_routes(api::RouteTable& routes, Desk& desk);

}  // namespace orderd::notify
