#include "catalog/price_step.h"
#include "orders/describe.h"
#include "orders/readdressing.h"
#include "orders/routes.h"
#include "orders/staff_discount.h"

namespace orderd::orders {

namespace {

using api::Answer;
using api::Request;
using api::Who;

Answer change_discount(Request& in, Desk& desk, const std::optional<StaffDiscount>& wanted) {
    const auto id = OrderId{in.id()};
    const bool is_owner = in.caller().is(Role::owner);
    return in.mutate([&](storage::Transaction& tx) {
        const auto order = get(tx, id);
        in.check_version(order.version);
        give_discount(tx, order, wanted, is_owner ? kAnyShare : most_of_staff(tx), desk.beside, in.actor(), in.now());
        const auto after = get(tx, id);
        audit_change(tx, in, "order.discount", id,
                     {{"discount", order.totals.discount.minor}, {"reason", order.staff_discount_reason}},
                     {{"discount", after.totals.discount.minor}, {"reason", after.staff_discount_reason}});
        return answer_for_admin(desk, tx, id);
    });
}

Answer give(Request& in, Desk& desk, StaffDiscount wanted) { return change_discount(in, desk, wanted); }
Answer take_back(Request& in, Desk& desk) { return change_discount(in, desk, std::nullopt); }

}  // namespace

void add_staff_discount_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Orders", desk);
    add({.method = "PUT",
         .path = "/admin/orders/{id}/discount",
         .name = "orders.discount",
         .who = Who::staff,
         .summary = "Take a share or an amount off an order, or off its lines, in place of what staff gave before",
         .answers = {{200, admin_order_shape()}},
         .refuses = {kOrderClosed, kDiscountTooLarge, kCustomerErased, kTotalWouldChange, kRegionNotTaxed,
                     kTotalOutOfRange, catalog::kPriceOffStep},
         .if_match = true},
        give);
    add({.method = "DELETE",
         .path = "/admin/orders/{id}/discount",
         .name = "orders.takeBackDiscount",
         .who = Who::staff,
         .summary = "Take back the discount that staff gave",
         .answers = {{200, admin_order_shape()}},
         .refuses = {kOrderClosed, kCustomerErased, kTotalWouldChange, kRegionNotTaxed, kTotalOutOfRange,
                     catalog::kPriceOffStep},
         .if_match = true},
        take_back);
}

}  // namespace orderd::orders
