#pragma once

#include "api/route.h"
#include "payments/desk.h"

namespace orderd::app {

/// What the checklist needs to know beyond the settings.
struct ChecklistFacts {
    const payments::Desk& payments;
    bool has_public_url = false;
    bool makes_backups = false;
};

/// Adds GET /admin/checklist: what a new shop still needs. PUT /admin/checklist/{step}: an owner confirms a
/// step that only people can know to be settled, such as "this shop charges no tax". What `facts` refers to
/// must outlive the routes.
void add_checklist_routes(api::RouteTable& routes, const ChecklistFacts& facts);

}  // namespace orderd::app
