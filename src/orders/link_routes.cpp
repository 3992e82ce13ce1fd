#include "orders/describe.h"
#include "orders/lifecycle.h"
#include "orders/links.h"
#include "orders/routes.h"

namespace orderd::orders {

namespace {

/// Each press of the button makes a new link; a repeated request with its Idempotency-Key makes none.
api::Answer renew_link(api::Request& in, Desk& desk) {
    const auto id = OrderId{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        const auto order = get(tx, id);
        renew_payment_link(tx, order, in.actor(), in.now());
        audit_change(tx, in, "order.payment_link", id, {{"payment_links", order.payment_links}},
                     {{"payment_links", order.payment_links + 1}});
        return answer_for_admin(desk, tx, id);
    });
}

/// The link to the order's page also cancels: it is not for those who may only look.
api::Answer show_links(api::Request& in, Desk& desk) {
    const auto view = in.read();
    const auto order = get(view, OrderId{in.id()});
    return api::ok({{"order_page", desk.url() + order_path(view.vault(), order.id)},
                    {"payment_page", desk.url() + payment_path(view.vault(), order)},
                    {"receipt", receipt_url(desk, view, order.id)}});
}

api::Shape links_shape() {
    using api::Shape;
    return Shape::object({{"order_page", Shape::text(1, 2000).described("shows the order, and can cancel it")},
                          {"payment_page", Shape::text(1, 2000).described("where it is paid; it shows no address")},
                          {"receipt", Shape::text(1, 2000).described("what was bought, for printing")}})
        .named("OrderLinks");
}

}  // namespace

void add_link_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Orders", desk);
    add({.method = "POST",
         .path = "/admin/orders/{id}/payment-link",
         .name = "orders.renewPaymentLink",
         .who = api::Who::staff,
         .summary = "Replace the link to the page on which an order is paid: the one before stops working",
         .answers = {{200, admin_order_shape()}},
         .idempotent = true},
        renew_link);
    add({.method = "GET",
         .path = "/admin/orders/{id}/links",
         .name = "orders.links",
         .who = api::Who::staff,
         .summary = "Read the links to a customer's pages of an order: whoever has one needs no sign-in",
         .answers = {{200, links_shape()}},
         .refuses = {kNotFound}},
        show_links);
}

}  // namespace orderd::orders
