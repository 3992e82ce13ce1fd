#pragma once

#include "api/route.h"
#include "notify/desk.h"

namespace orderd::notify {

/// Adds POST /admin/settings/mail/test, GET /admin/mails, and GET /receipt/{link}.
void add_mail_routes(api::RouteTable& routes, Desk& desk);

}  // namespace orderd::notify
