#pragma once

#include "api/route.h"
#include "payments/desk.h"

namespace orderd::app {

/// What a new shop needs before it sells, as far as its settings do not say it.
struct ChecklistFacts {
    const payments::Desk& payments;
    bool has_public_url = false;
    bool makes_backups = false;
};

/// GET /admin/checklist: what a new shop still needs. PUT /admin/checklist/{step}: an owner says that a step which only
/// people can know of is settled, such as "this shop charges no tax". What `facts` names outlives the routes.
void add_checklist_routes(api::RouteTable& routes, const ChecklistFacts& facts);

}  // namespace orderd::app
