#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/form.h"
#include "base/errors.h"
#include "fulfillment/return_request.h"
#include "fulfillment/tracking_page.h"
#include "notify/values.h"
#include "orders/access.h"
#include "orders/lifecycle.h"
#include "orders/links.h"
#include "orders/routes.h"
#include "storefront/buying_routes.h"
#include "storefront/form_routes.h"
#include "storefront/page.h"
#include "storefront/pay_values.h"

namespace orderd::storefront {

namespace {

using api::Answer;
using api::Form;
using api::Request;

Answer show_order_page(Request& in, BuyersDesk& desk);
Answer act_on_order_page(Request& in, BuyersDesk& desk);

constexpr std::array kReturnReasons{"changed_mind", "damaged", "wrong_item", "other"};

}  // namespace

void add_order_routes(api::RouteTable& routes, BuyersDesk& desk) {
    const auto add = api::rows_of(routes, "Shop pages", desk);
    add(page_row("/o/{link}", "shop.order", "An order's page, for whoever has its link",
                 {{"asked", api::Shape::boolean(), "a return was asked for just now"}}),
        show_order_page);
    add(form_row("/o/{link}", "shop.orderByForm", "Cancel an order, or ask for a return, by the forms of its page"),
        act_on_order_page);
}

namespace {

OrderId order_shown(const Request& in) {
    return order_at(orders::order_of_page(in.store().vault(), in.path_text("link")));
}

bool can_cancel(const orders::Order& order) {
    const auto& next = orders::next(order.status);
    return std::find(next.begin(), next.end(), orders::Status::cancelled) != next.end();
}

/// Whether something of it is with the customer.
bool can_return(const orders::Order& order) {
    return std::any_of(order.items.begin(), order.items.end(),
                       [](const auto& item) { return item.shipped > item.returned; });
}

Json return_reasons(const Language& words) {
    auto reasons = Json::array();
    for (const auto* reason : kReturnReasons) {
        reasons.push_back({{"value", reason},
                           {"text", words.text(fmt::format("return_reason.{}", reason))},
                           {"first", reasons.empty()}});
    }
    return reasons;
}

Answer order_page(Request& in, BuyersDesk& desk, OrderId id, const std::string& said, int status = 200) {
    const auto view = in.read();
    const auto order = orders::get(view, id);
    const auto visit = visit_in(in, desk.pages, *order.language);
    auto values = frame(view, visit, "");
    const auto tracked = fulfillment::tracking_values(view, order);
    values.update(notify::order_values(view, order, desk.pages.url(), desk.simulated));
    const auto payment = payments::find_by_order(view, id);
    const auto state = pay_state(view, order, payment, in.now());
    const bool takes_days = state == PayState::takes_days;
    const bool to_pay = state != PayState::paid && state != PayState::closed && !takes_days;
    const auto link_from_here = [&](const std::string& path) { return visit.root + path.substr(1); };
    values.update({{"head_title", values.at("title")},
                   {"state", tracked.at("state")},
                   {"parcels", tracked.at("parcels")},
                   {"pay_url", to_pay ? link_from_here(orders::payment_path(view.vault(), order)) : std::string()},
                   {"receipt_page", link_from_here(orders::receipt_path(view.vault(), id))},
                   {"takes_days", takes_days},
                   {"money_back", state == PayState::closed && payment && payment->captured.minor > 0},
                   {"can_cancel", can_cancel(order)},
                   {"cancel_open", false},
                   {"can_return", can_return(order)},
                   {"return_reasons", return_reasons(*visit.language)},
                   {"notice", said.empty() ? said : visit.language->text(said)},
                   {"key", new_form_key()}});
    return form_page(in, desk.pages, visit, "order.html", std::move(values), status);
}

Answer show_order_page(Request& in, BuyersDesk& desk) {
    const bool asked = in.query_flag("asked").value_or(false);
    return order_page(in, desk, order_shown(in), asked ? "order_page.return_asked" : "");
}

/// Tells the shop's people that a customer wants to send something back: they agree on it with the customer, and record
/// what came.
void ask_for_return(storage::Transaction& tx, const Request& in, const orders::Order& order,
                    const std::string& reason) {
    const bool known = std::find(kReturnReasons.begin(), kReturnReasons.end(), reason) != kReturnReasons.end();
    if (!can_return(order) || !order.recipient) {
        return;
    }
    const auto& contact = order.recipient->contact;
    fulfillment::receive_request(
        tx,
        {.kind = fulfillment::RequestKind::send_back,
         .said = {.order_number = std::to_string(number(order.id)),
                  .name = contact.name,
                  .email = contact.email,
                  .text = order.language->text(fmt::format("return_reason.{}", known ? reason : "other"))},
         .language = order.language},
        in.now());
}

Answer act_on_order_page(Request& in, BuyersDesk& desk) {
    require_own_site(in, desk.pages.url());
    const auto id = order_shown(in);
    const auto form = Form::parse(in.raw_body());
    if (!has_token(in, form)) {
        return order_page(in, desk, id, "form.again", 403);
    }
    in.act_as_holder(orders::get(in.read(), id).access_token_hash);
    take_form_key(in, form);
    const auto page = orders::order_path(in.store().vault(), id);
    const bool returns = form.value("action") == "return";
    try {
        return in.mutate([&](storage::Transaction& tx) {
            const auto order = orders::get_for(tx, id, in.caller());
            if (returns) {
                ask_for_return(tx, in, order, form.value("reason"));
                return api::see_other(page + "?asked=true");
            }
            orders::cancel(tx, order, "", in.actor(), in.now());
            return api::see_other(page);
        });
    } catch (const Refusal& refusal) {
        if (refusal.status() != 409 && refusal.status() != 422) {
            throw;
        }
        return order_page(in, desk, id, "order_page.too_late", 409);
    }
}

}  // namespace

}  // namespace orderd::storefront
