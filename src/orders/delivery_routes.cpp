#include <fmt/format.h>

#include <algorithm>

#include "catalog/price_step.h"
#include "orders/delivery_bodies.h"
#include "orders/routes.h"

namespace orderd::orders {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

constexpr std::int64_t kMostGrams = 1'000'000'000;

std::vector<api::QueryParameter> consignment_parameters() {
    return {
        {"country", Shape::country(), "where it goes; left out: nowhere, as of a pickup"},
        {"region", Shape::text(0, 100), "of the country, by ISO 3166-2 code or name"},
        {"postal_code", Shape::text(0, 20), "whole"},
        {"value", Shape::money(), "what the goods cost after discount; 0 if absent"},
        {"weight_g", Shape::integer(0, kMostGrams), "what they weigh; left out: not known"},
    };
}

Shape offers_shape() {
    return Shape::object(
               {{"delivery_methods", delivery_offers_shape()}, {"unavailable", unavailable_deliveries_shape()}})
        .named("DeliveryOffers");
}

Answer answer_method(const DeliveryMethod& method) { return api::ok(to_json(method), method.version); }

Answer list_delivery_methods(Request& in, Desk&) {
    const auto page = in.page();
    const auto after = storage::after_id(page).value_or(0);
    auto methods = list_methods(in.read());
    std::erase_if(methods, [&](const DeliveryMethod& method) { return method.position <= after; });
    methods.resize(std::min(methods.size(), static_cast<std::size_t>(storage::rows_to_read(page))));
    const bool more = storage::cut(methods, page);
    auto rows = Json::array();
    for (const auto& method : methods) {
        rows.push_back(to_json(method));
    }
    const Json last = more ? rows.back().at("position") : Json(nullptr);
    return api::page(std::move(rows), last);
}

Answer show_delivery_method(Request& in, Desk&) {
    return answer_method(get_method(in.read(), DeliveryMethodId{in.id()}));
}

Answer add_delivery_method(Request& in, Desk&, NewDeliveryMethod wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto method = add_method(tx, wanted, in.actor(), in.now());
        return api::created(fmt::format("/admin/delivery-methods/{}", number(method.id)), to_json(method),
                            method.version);
    });
}

Answer change_delivery_method(Request& in, Desk&, DeliveryMethodChanges wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto before = get_method(tx, DeliveryMethodId{in.id()});
        in.check_version(before.version);
        return answer_method(change_method(tx, before, wanted, in.actor(), in.now()));
    });
}

Answer remove_delivery_method(Request& in, Desk&) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto method = get_method(tx, DeliveryMethodId{in.id()});
        in.check_version(method.version);
        remove_method(tx, method, in.actor(), in.now());
        return api::no_content();
    });
}

Answer preview_delivery(Request& in, Desk& desk) {
    Consignment consignment{.to = {},
                            .value = Money{in.query_integer("value").value_or(0)},
                            .weight_g = in.query_integer("weight_g"),
                            .unweighed_sku = "the order"};
    consignment.to.country = in.query("country").value_or("");
    consignment.to.region = in.query("region").value_or("");
    consignment.to.postal_code = in.query("postal_code").value_or("");
    const auto rates = desk.rates.get();
    const auto offers = rates->delivery.offers(consignment);
    return api::ok(
        {{"delivery_methods", offers_json(offers.fitting, "")}, {"unavailable", unavailable_json(offers.unavailable)}});
}

}  // namespace

void add_delivery_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Orders", desk);
    add({.method = "GET",
         .path = "/admin/delivery-methods",
         .name = "delivery.list",
         .who = Who::viewer,
         .summary = "List the shop's delivery methods, by their position",
         .paged = true,
         .answers = {{200, Shape::page(delivery_method_shape())}}},
        list_delivery_methods);
    add({.method = "POST",
         .path = "/admin/delivery-methods",
         .name = "delivery.add",
         .who = Who::staff,
         .summary = "Add a delivery method, at the end of the list",
         .answers = {{201, delivery_method_shape()}},
         .refuses = {kTooManyMethods, catalog::kPriceOffStep},
         .idempotent = true},
        add_delivery_method);
    add({.method = "GET",
         .path = "/admin/delivery-methods/offers",
         .name = "delivery.preview",
         .who = Who::viewer,
         .summary = "Which methods a parcel could take, and what they cost",
         .query = consignment_parameters(),
         .answers = {{200, offers_shape()}}},
        preview_delivery);
    add({.method = "GET",
         .path = "/admin/delivery-methods/{id}",
         .name = "delivery.get",
         .who = Who::viewer,
         .summary = "Read a delivery method",
         .answers = {{200, delivery_method_shape()}}},
        show_delivery_method);
    add({.method = "PUT",
         .path = "/admin/delivery-methods/{id}",
         .name = "delivery.update",
         .who = Who::staff,
         .summary = "Change a delivery method, or its place in the list; orders keep it as it was",
         .answers = {{200, delivery_method_shape()}},
         .refuses = {catalog::kPriceOffStep},
         .if_match = true},
        change_delivery_method);
    add({.method = "DELETE",
         .path = "/admin/delivery-methods/{id}",
         .name = "delivery.remove",
         .who = Who::staff,
         .summary = "Delete a delivery method; orders keep it as it was",
         .answers = {{204, std::nullopt}},
         .if_match = true},
        remove_delivery_method);
}

}  // namespace orderd::orders
