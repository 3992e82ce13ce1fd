#include <fmt/format.h>

#include "accounts/customer.h"
#include "base/random.h"
#include "catalog/price_step.h"
#include "catalog/stock.h"
#include "orders/describe.h"
#include "orders/editing.h"
#include "orders/lifecycle.h"
#include "orders/links.h"
#include "orders/quoting.h"
#include "orders/readdressing.h"
#include "orders/recomputing.h"
#include "orders/routes.h"
#include "orders/staff_order.h"
#include "orders/staff_order_bodies.h"
#include "storage/trial.h"

namespace orderd::orders {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer take(Request& in, Desk& desk, StaffOrderRequest asked);
Answer place_one(Request& in, Desk& desk, DraftPlacement wanted);
Answer delete_one(Request& in, Desk& desk);
Answer edit_one(Request& in, Desk& desk, OrderEdit wanted);

Shape edited_shape() {
    const auto moved =
        Shape::object({{"product_id", Shape::id()},
                       {"reserved_delta",
                        Shape::integer(-kMaxQuantity, kMaxQuantity).described("units that it holds more than before")}})
            .named("MovedStock");
    return Shape::object({{"order", admin_order_shape()}, {"balance", balance_shape()}, {"stock", Shape::list(moved)}})
        .named("EditedOrder");
}

}  // namespace

void add_staff_order_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Orders", desk);
    add({.method = "POST",
         .path = "/admin/orders",
         .name = "orders.take",
         .who = Who::staff,
         .summary = "Take an order by telephone or at the counter, or draft one",
         .answers = {{201, admin_order_shape()}, {200, admin_order_shape()}},
         .refuses = {catalog::kInsufficientStock, kDiscountTooLarge, kDeliveryNotPossible, kNotShippedThere,
                     kRegionNotTaxed, kTotalOutOfRange, catalog::kPriceOffStep},
         .idempotent = true},
        take);
    add({.method = "POST",
         .path = "/admin/orders/{id}/place",
         .name = "orders.placeDraft",
         .who = Who::staff,
         .summary = "Place a draft: it holds its stock from now on",
         .answers = {{200, admin_order_shape()}},
         .refuses = {kNotADraft, catalog::kInsufficientStock},
         .idempotent = true,
         .if_match = true},
        place_one);
    add({.method = "DELETE",
         .path = "/admin/orders/{id}",
         .name = "orders.deleteDraft",
         .who = Who::staff,
         .summary = "Delete a draft",
         .answers = {{204, std::nullopt}},
         .refuses = {kNotADraft},
         .if_match = true},
        delete_one);
    add({.method = "POST",
         .path = "/admin/orders/{id}/edits",
         .name = "orders.edit",
         .who = Who::staff,
         .summary = "Change what an order has, until it is packed; its stock, payment and documents follow",
         .answers = {{200, edited_shape()}},
         .refuses = {kOrderClosed, kCustomerErased, kUnitsPacked, kNothingLeft, kMoneyCannotFollow,
                     catalog::kInsufficientStock, kDiscountTooLarge, kAlreadyShipped, kAddressOfPickup,
                     kDeliveryNotPossible, kNotShippedThere, kRegionNotTaxed, kTotalOutOfRange, catalog::kPriceOffStep},
         .idempotent = true,
         .if_match = true},
        edit_one);
}

namespace {

/// The answer that a change would give, without the change. It refuses what the change would refuse.
Answer answer_of_trial(Request& in, const std::function<Answer(storage::Transaction&)>& change) {
    return in.store().writer().run([&](storage::Transaction& tx) {
        Answer answer;
        storage::try_out(tx, [&] { answer = change(tx); });
        return answer;
    });
}

accounts::PreparedCustomer recipient_of(Request& in, const StaffOrderRequest& asked) {
    const auto& vault = in.store().vault();
    const auto known = asked.customer_id ? accounts::find_customer(in.read(), *asked.customer_id) : std::nullopt;
    if (asked.customer_id && (!known || !known->contact)) {
        throw invalid("/customer_id", "is no customer, or one whose data was erased");
    }
    if (asked.customer) {
        const auto& who = *asked.customer;
        return accounts::prepare(
            vault, {.name = who.name, .email = who.email, .phone = who.phone, .shipping_address = who.shipping_address},
            "/customer");
    }
    if (!known) {
        throw invalid("/customer", "is needed, or customer_id");
    }
    return accounts::prepare(vault, *known->contact, known->address);
}

void require_address(const Rates& rates, const StaffOrderRequest& asked, const accounts::PreparedCustomer& customer) {
    const auto* method = asked.delivery_method ? rates.delivery.find(*asked.delivery_method) : nullptr;
    if (!customer.address && (method == nullptr || method->kind != DeliveryKind::pickup)) {
        throw invalid("/customer/shipping_address", "is needed, unless the order is picked up");
    }
}

Answer take(Request& in, Desk& desk, StaffOrderRequest asked) {
    const auto rates = desk.rates.get();
    auto customer = recipient_of(in, asked);
    require_address(*rates, asked, customer);
    NewStaffOrder wanted{.is_draft = asked.status == "draft",
                         .customer = std::move(customer),
                         .customer_id = asked.customer_id,
                         .lines = asked.items,
                         .discount = asked.discount,
                         .delivery = asked.delivery_method,
                         .note = asked.note,
                         .language = asked.locale ? Language::find(*asked.locale) : nullptr,
                         .hold_until = asked.hold_until,
                         .access_token_hash = storage::hash_of_token(random_token("ot_"))};
    const bool is_owner = in.caller().is(Role::owner);
    const auto take_it = [&](storage::Transaction& tx) {
        wanted.most = is_owner ? kAnyShare : most_of_staff(tx);
        const auto order = take_order(tx, wanted, *rates, in.actor(), in.now());
        audit_change(tx, in, wanted.is_draft ? "order.draft" : "order.place", order.id, Json::object(),
                     {{"total", order.totals.total.minor}});
        return answer_for_admin(desk, tx, order.id);
    };
    if (asked.dry_run) {
        return answer_of_trial(in, take_it);
    }
    return in.mutate([&](storage::Transaction& tx) {
        auto answer = take_it(tx);
        answer.status = 201;
        return answer;
    });
}

Answer place_one(Request& in, Desk& desk, DraftPlacement wanted) {
    const auto id = OrderId{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        const auto order = get(tx, id);
        in.check_version(order.version);
        place_draft(tx, order, wanted.hold_until, in.actor(), in.now());
        audit_change(tx, in, "order.place", id, {{"status", "draft"}}, {{"status", "pending"}});
        return answer_for_admin(desk, tx, id);
    });
}

Answer delete_one(Request& in, Desk&) {
    const auto id = OrderId{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        const auto order = get(tx, id);
        in.check_version(order.version);
        delete_draft(tx, order, in.actor(), in.now());
        audit_change(tx, in, "order.delete_draft", id, {{"total", order.totals.total.minor}}, Json::object());
        return api::no_content();
    });
}

/// Refuses a stale version with the order as it is now, so that whoever edits sees what changed.
void require_version(Request& in, const Desk& desk, const storage::View& view, const Order& order) {
    try {
        in.check_version(order.version);
    } catch (const Refusal& refusal) {
        if (refusal.code() != kStaleVersion.code()) {
            throw;
        }
        const auto current =
            describe_for_admin(view, order, desk.currency.code(), receipt_url(desk, view, order.id), desk.beside);
        throw Refusal(refusal).with("order", stored_json(current.text()));
    }
}

JsonObject describe_edited(const storage::View& view, const Desk& desk, const Order& order,
                           const std::map<ProductId, Quantity>& moved) {
    auto stock = Json::array();
    for (const auto& [product, delta] : moved) {
        if (delta != 0) {
            stock.push_back({{"product_id", number(product)}, {"reserved_delta", delta}});
        }
    }
    JsonObject json;
    json.add("order", describe_whole(desk, view, order))
        .add("balance", balance_of(order).minor)
        .add_tree("stock", stock);
    return json;
}

Answer edit_one(Request& in, Desk& desk, OrderEdit wanted) {
    const auto id = OrderId{in.id()};
    const bool is_owner = in.caller().is(Role::owner);
    const auto edit_it = [&](storage::Transaction& tx) {
        const auto order = get(tx, id);
        require_version(in, desk, tx, order);
        const auto moved =
            edit(tx, order, wanted, is_owner ? kAnyShare : most_of_staff(tx), desk.beside, in.actor(), in.now());
        const auto after = get(tx, id);
        audit_change(tx, in, "order.edit", id, {{"total", order.totals.total.minor}},
                     {{"total", after.totals.total.minor}});
        return api::ok(describe_edited(tx, desk, after, moved), after.version);
    };
    return wanted.dry_run ? answer_of_trial(in, edit_it) : in.mutate(edit_it);
}

}  // namespace

}  // namespace orderd::orders
