#include "fulfillment/routes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "api/pages.h"
#include "api/problem.h"
#include "base/state_table.h"
#include "base/waiting_places.h"
#include "fulfillment/describe.h"
#include "fulfillment/fulfilling.h"
#include "fulfillment/labelling.h"
#include "fulfillment/shipment.h"
#include "fulfillment/tracking_number.h"
#include "fulfillment/tracking_page.h"
#include "orders/access.h"
#include "orders/packing.h"
#include "orders/shipping.h"
#include "storage/events.h"

namespace orderd::fulfillment {

namespace {

constexpr std::size_t kMostOrders = 200;

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer fulfil(Request& in, Desk& desk);
Answer fulfil_many(Request& in, Desk& desk);
Answer list_carriers(Request& in, Desk& desk);
Answer ask_rates(Request& in, Desk& desk);
Answer show_tracking(Request& in, Desk& desk);
Answer show_tracking_page(Request& in, Desk& desk);
Answer show_shipment(Request& in, Desk& desk);
Answer void_shipment(Request& in, Desk& desk);
Answer retry_shipment(Request& in, Desk& desk);
Answer add_tracking_event(Request& in, Desk& desk);

Shape parcel_shape() {
    const auto length = Shape::integer(1, 10'000);
    return Shape::object({
                             api::optional("weight_g", Shape::integer(1, 10'000'000)
                                                           .described("left out: what its items weigh, where "
                                                                      "that is known of all")),
                             api::optional("length_mm", length),
                             api::optional("width_mm", length),
                             api::optional("height_mm", length),
                         })
        .named("Parcel");
}

Shape units_shape() {
    return Shape::list(Shape::object({{"item_id", Shape::id()}, {"quantity", Shape::integer(1, kMaxOrderQuantity)}}), 1,
                       200);
}

Shape fulfillment_request() {
    return Shape::object({
                             api::optional("carrier", Shape::text(1, 40).described("local, where it is left out")),
                             api::optional("service", Shape::text(1, 80)),
                             api::optional("parcel", parcel_shape()),
                             api::optional("items", units_shape().described("left out: all that is in no parcel yet")),
                             api::optional("tracking_number",
                                           Shape::text(4, 60).described("of a label that was bought elsewhere")),
                             api::optional("status", Shape::one_of({"shipped", "delivered"})
                                                         .described("moves parcels on, instead of starting one")),
                             api::optional("shipment_id", Shape::id().described("with status: this parcel alone")),
                         })
        .named("FulfillmentRequest");
}

Shape bulk_request() {
    return fulfillment_request()
        .with({{"order_ids", Shape::list(Shape::id(), 1, kMostOrders)}})
        .named("BulkFulfillmentRequest");
}

Shape bulk_shape() {
    const auto result =
        Shape::object(
            {
                {"order_id", Shape::id()},
                {"status", Shape::integer(200, 599).described("as PUT /orders/{id}/fulfillment would say it")},
                {"code", Shape::text(1, 100).nullable().described("why not")},
                {"detail", Shape::text(0, 10'000)},
                {"shipments", Shape::list(shipment_shape(), 0, 100'000).described("as they are then")},
            })
            .named("BulkResult");
    return Shape::object({{"results", Shape::list(result, 1, kMostOrders)}}).named("BulkResults");
}

Shape rates_request() {
    return Shape::object({
                             api::optional("carrier", Shape::text(1, 40).described("easypost, where it is left out")),
                             api::optional("parcel", parcel_shape()),
                             api::optional("items", units_shape().described("left out: all that is in no parcel yet")),
                         })
        .named("RatesRequest");
}

Shape rates_shape() {
    const auto rate = Shape::object({
                                        {"service", Shape::text(1, 200).described("what to ask for with fulfillment")},
                                        {"cost", Shape::money()},
                                        {"currency", Shape::currency()},
                                        {"days", Shape::integer(0, 1000).nullable()},
                                    })
                          .named("Rate");
    return Shape::object({{"rates", Shape::list(rate).described("cheapest first")}}).named("Rates");
}

Shape carriers_shape() {
    return Shape::object({{"carriers", Shape::list(Shape::object({
                                           {"name", Shape::text(1, 40)},
                                           {"ready", Shape::boolean().described("whether it is set up")},
                                       }))}})
        .named("Carriers");
}

Shape tracking_event_shape() {
    return Shape::object(
               {
                   {"status", Shape::one_of({"in_transit", "out_for_delivery", "delivered", "exception", "returned"})},
                   api::optional("description", Shape::text(0, 500)),
                   api::optional("location", Shape::text(0, 200)),
                   api::optional("at", Shape::time().described("now, where it is left out, or is to come")),
               })
        .named("NewTrackingEvent");
}

constexpr Refused kRatesRefused{409, "rates_refused",
                                "The carrier does not take this parcel; detail is the carrier's own reason. Correct "
                                "the address or the parcel, or choose another carrier."};
constexpr Refused kCarrierUnavailable{
    503, "carrier_unavailable",
    "The carrier does not answer, or not sensibly. Try again after the seconds in Retry-After."};

}  // namespace

void add_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Fulfillment", desk);
    add({.method = "PUT",
         .path = "/orders/{id}/fulfillment",
         .who = Who::staff,
         .summary = "Start a parcel of an order, or move its parcels on",
         .body = fulfillment_request(),
         .answers = {{202, shipment_shape()}, {200, fulfillment_shape()}},
         .refuses = {kIllegalTransition, kNoShipment, kNothingToShip, orders::kNotOpen, orders::kNotPaid,
                     orders::kPaymentNotHeld, kWeightUnknown, kLabelRefused},
         .if_match = true},
        fulfil);
    add({.method = "POST",
         .path = "/orders/bulk/fulfillment",
         .who = Who::staff,
         .summary = "The same for many orders, with a result for each",
         .body = bulk_request(),
         .answers = {{200, bulk_shape()}},
         .idempotent = true},
        fulfil_many);
    add({.method = "GET",
         .path = "/carriers",
         .who = Who::viewer,
         .summary = "List the carriers that make labels",
         .answers = {{200, carriers_shape()}}},
        list_carriers);
    add({.method = "POST",
         .path = "/orders/{id}/rates",
         .who = Who::staff,
         .summary = "Ask a carrier what it would take for a parcel",
         .body = rates_request(),
         .answers = {{200, rates_shape()}},
         .refuses = {kRatesRefused, kCarrierUnavailable, kTooManyWait, kNothingToShip, orders::kNotOpen,
                     kWeightUnknown}},
        ask_rates);
    add({.method = "GET",
         .path = "/orders/{id}/tracking",
         .who = Who::holder,
         .summary = "Where an order's parcels are",
         .answers = {{200, tracking_shape()}}},
        show_tracking);
    add({.method = "GET",
         .path = "/track/{link}",
         .who = Who::anyone,
         .summary = "The same as a page, to who has its link",
         .answers = {{200, std::nullopt, "text/html; charset=utf-8"}}},
        show_tracking_page);
    add({.method = "GET",
         .path = "/shipments/{id}",
         .who = Who::viewer,
         .summary = "Read a shipment",
         .answers = {{200, shipment_shape()}}},
        show_shipment);
    add({.method = "POST",
         .path = "/shipments/{id}/void",
         .who = Who::staff,
         .summary = "Give up a parcel whose label was not used",
         .answers = {{200, shipment_shape()}},
         .refuses = {kIllegalTransition},
         .idempotent = true,
         .if_match = true},
        void_shipment);
    add({.method = "POST",
         .path = "/shipments/{id}/retry",
         .who = Who::staff,
         .summary = "Ask once more for a label that failed",
         .answers = {{202, shipment_shape()}},
         .refuses = {kIllegalTransition, kLabelRefused},
         .idempotent = true,
         .if_match = true},
        retry_shipment);
    add({.method = "POST",
         .path = "/shipments/{id}/events",
         .who = Who::staff,
         .summary = "Say what happened to a parcel, by hand",
         .body = tracking_event_shape(),
         .answers = {{201, shipment_shape()}},
         .refuses = {kIllegalTransition, kNewerKnown, kAlreadyTold, orders::kNotOpen},
         .idempotent = true,
         .if_match = true},
        add_tracking_event);
    add_printing_routes(routes, desk);
    add_returning_routes(routes, desk);
    add_easypost_routes(routes, desk);
}

namespace {

std::string location_of(ShipmentId id) { return fmt::format("/shipments/{}", number(id)); }

std::optional<std::int64_t> integer_in(const Json& body, std::string_view name) {
    const auto found = body.find(name);
    return found == body.end() ? std::nullopt : std::optional(found->get<std::int64_t>());
}

std::string checked_number(const std::string& typed) {
    auto tidy = tidy_number(typed);
    const bool plain =
        std::all_of(tidy.begin(), tidy.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
    if (!plain || tidy.size() < 4 || tidy.size() > 40) {
        throw invalid("/tracking_number",
                      "4 to 40 letters (A to Z) and digits are needed; spaces and hyphens may stand between");
    }
    if (const auto format = mistyped(tidy)) {
        throw invalid("/tracking_number",
                      fmt::format("it looks like a number of {}, and its check digit does not fit", *format));
    }
    return tidy;
}

NewShipment new_shipment(const Json& body, const Carriers& carriers) {
    NewShipment wanted;
    wanted.carrier = body.value("carrier", wanted.carrier);
    wanted.service = body.value("service", wanted.service);
    const auto* carrier = carriers.find(wanted.carrier);
    if (carrier == nullptr) {
        throw invalid("/carrier", fmt::format("\"{}\" is no carrier of this shop; it has {}", wanted.carrier,
                                              fmt::join(carriers.names(), ", ")));
    }
    if (!carrier->is_ready()) {
        throw invalid("/carrier", fmt::format("{} is not set up: its API key is not in the settings", wanted.carrier));
    }
    wanted.needs_weight = carrier->needs_weight();
    if (const auto parcel = body.find("parcel"); parcel != body.end()) {
        wanted.weight_g = integer_in(*parcel, "weight_g");
        wanted.length_mm = integer_in(*parcel, "length_mm");
        wanted.width_mm = integer_in(*parcel, "width_mm");
        wanted.height_mm = integer_in(*parcel, "height_mm");
    }
    if (const auto items = body.find("items"); items != body.end()) {
        for (const auto& item : *items) {
            wanted.items.push_back({ItemId{item["item_id"].get<std::int64_t>()}, item["quantity"].get<Quantity>()});
        }
    }
    if (const auto typed = body.find("tracking_number"); typed != body.end()) {
        if (wanted.carrier != "local") {
            throw invalid("/tracking_number", fmt::format("{} gives its own number", wanted.carrier));
        }
        wanted.tracking_number = checked_number(typed->get<std::string>());
    }
    return wanted;
}

/// The parcels that "shipped" or "delivered" is said of: the one named, or all that can take the step.
std::vector<Shipment> moved(const storage::View& view, const orders::Order& order, const Json& body, Status to) {
    if (const auto id = integer_in(body, "shipment_id")) {
        auto shipment = get_shipment(view, ShipmentId{*id});
        if (shipment.order != order.id) {
            throw not_found("shipment");
        }
        return {std::move(shipment)};
    }
    std::vector<Shipment> ready;
    std::vector<Shipment> others;
    for (auto& shipment : shipments_of(view, order.id)) {
        const bool pending = to == Status::in_transit && shipment.status == Status::label_pending;
        auto& list = pending || may_step(shipment.status, to) ? ready : others;
        list.push_back(std::move(shipment));
    }
    if (!ready.empty()) {
        return ready;
    }
    others.erase(
        std::remove_if(others.begin(), others.end(), [](const Shipment& s) { return s.status == Status::voided; }),
        others.end());
    if (!others.empty()) {
        require_step(others.back().status, to);
    }
    throw Refusal(kNoShipment, fmt::format("order {} has no parcel yet: start one first", number(order.id)))
        .with("order_status", orders::to_text(order.status))
        .with("allowed", Json::array());
}

void move_on(storage::Transaction& tx, Request& in, const Carriers& carriers, Shipment shipment, Status to) {
    if (to == Status::delivered) {
        deliver(tx, std::move(shipment), in.actor(), in.now());
        return;
    }
    auto* carrier = carriers.find(shipment.carrier);
    if (shipment.status == Status::label_pending && carrier != nullptr && carrier->at_once()) {
        make_at_once(tx, *carrier, shipment, in.actor(), in.now());
        shipment = get_shipment(tx, shipment.id);
    }
    ship(tx, std::move(shipment), in.actor(), in.now());
}

void check_members(const Json& body) {
    std::vector<Fault> faults;
    const bool moves = body.contains("status");
    for (const auto* name : {"carrier", "service", "parcel", "items", "tracking_number"}) {
        if (moves && body.contains(name)) {
            faults.push_back({fmt::format("/{}", name), "does not go together with status"});
        }
    }
    if (!moves && body.contains("shipment_id")) {
        faults.push_back({"/shipment_id", "goes together with status alone"});
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
}

Shipment start_one(storage::Transaction& tx, Request& in, const orders::Order& order, const NewShipment& wanted) {
    const auto shipment = start(tx, order, wanted, in.actor(), in.now());
    audit::record(tx, "shipment.start", {"shipment", number(shipment)}, nullptr,
                  {{"order_id", number(order.id)}, {"carrier", wanted.carrier}}, in.actor(), in.now());
    return get_shipment(tx, shipment);
}

void move_all(storage::Transaction& tx, Request& in, const Carriers& carriers, const orders::Order& order) {
    const auto& body = in.body();
    const auto to = body["status"] == "shipped" ? Status::in_transit : Status::delivered;
    for (auto& shipment : moved(tx, order, body, to)) {
        const auto before = to_text(shipment.status);
        const auto of = number(shipment.id);
        move_on(tx, in, carriers, std::move(shipment), to);
        audit::record(tx, "shipment.update", {"shipment", of}, {{"status", before}}, {{"status", to_text(to)}},
                      in.actor(), in.now());
    }
}

Answer fulfil(Request& in, Desk& desk) {
    const auto& body = in.body();
    const OrderId id{in.id()};
    check_members(body);
    if (!body.contains("status")) {
        const auto wanted = new_shipment(body, desk.carriers);
        return in.mutate([&](storage::Transaction& tx) {
            const auto order = orders::get(tx, id);
            in.check_version(order.version);
            const auto made = start_one(tx, in, order, wanted);
            return api::accepted(location_of(made.id), describe(made), made.version);
        });
    }
    return in.mutate([&](storage::Transaction& tx) {
        const auto order = orders::get(tx, id);
        in.check_version(order.version);
        move_all(tx, in, desk.carriers, order);
        auto json = describe_fulfillment(tx, id);
        const auto version = json["version"].get<std::int64_t>();
        return api::ok(std::move(json), version);
    });
}

/// One order of many, in a transaction of its own: what is refused of one leaves the others as they are.
Json fulfil_one_of_many(Request& in, Desk& desk, OrderId id, const std::optional<NewShipment>& wanted) {
    Json result{{"order_id", number(id)}, {"status", wanted ? 202 : 200}, {"code", nullptr}, {"detail", ""}};
    auto shipments = Json::array();
    try {
        in.store().writer().run([&](storage::Transaction& tx) {
            const auto order = orders::get(tx, id);
            if (wanted) {
                shipments.push_back(describe(start_one(tx, in, order, *wanted)));
                return;
            }
            move_all(tx, in, desk.carriers, order);
            shipments = describe_fulfillment(tx, id)["shipments"];
        });
    } catch (const Refusal& refusal) {
        result["status"] = refusal.status();
        result["code"] = refusal.code();
        result["detail"] = refusal.detail();
    }
    result["shipments"] = std::move(shipments);
    return result;
}

/// A crash midway leaves the orders before it fulfilled; the same call again says of them that nothing is left to do.
Answer fulfil_many(Request& in, Desk& desk) {
    const auto& body = in.body();
    check_members(body);
    for (const auto* name : {"items", "tracking_number", "shipment_id"}) {
        if (body.contains(name)) {
            throw invalid(fmt::format("/{}", name), "is of one order, and these are many");
        }
    }
    const auto wanted = body.contains("status") ? std::nullopt : std::optional(new_shipment(body, desk.carriers));
    return in.once([&] {
        auto results = Json::array();
        for (const auto& id : body["order_ids"]) {
            results.push_back(fulfil_one_of_many(in, desk, OrderId{id.get<std::int64_t>()}, wanted));
        }
        return api::ok({{"results", std::move(results)}});
    });
}

Answer list_carriers(Request&, Desk& desk) {
    auto list = Json::array();
    for (const auto& name : desk.carriers.names()) {
        list.push_back({{"name", name}, {"ready", desk.carriers.find(name)->is_ready()}});
    }
    return api::ok({{"carriers", std::move(list)}});
}

Answer ask_rates(Request& in, Desk& desk) {
    auto body = in.body();
    body.emplace("carrier", "easypost");
    const auto wanted = new_shipment(body, desk.carriers);
    try {
        const auto consignment = [&] {
            const auto view = in.read();
            return consignment_of(view, plan(view, orders::get(view, OrderId{in.id()}), wanted));
        }();
        const auto place = desk.places.take(in.caller());
        if (!place) {
            throw too_many_wait();
        }
        auto rates = Json::array();
        for (const auto& rate : desk.carriers.find(wanted.carrier)->rates(consignment)) {
            rates.push_back({{"service", rate.service},
                             {"cost", rate.cost},
                             {"currency", rate.currency},
                             {"days", or_null(rate.days)}});
        }
        return api::ok({{"rates", std::move(rates)}});
    } catch (const CarrierRefused& error) {
        throw Refusal(kRatesRefused, error.what());
    } catch (const CarrierUnavailable& error) {
        throw Refusal(kCarrierUnavailable, error.what()).retry_after(30);
    }
}

Answer show_tracking(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto order = orders::get_for(view, OrderId{in.id()}, in.caller());
    return api::ok(describe_tracking(view, order, desk.url()), order.version);
}

Answer show_tracking_page(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto order = order_of_link(view.vault(), in.path_text("link"));
    if (!order) {
        throw not_found("page");
    }
    return api::page(desk.templates, "tracking.html", tracking_values(view, orders::get(view, *order)));
}

Answer show_shipment(Request& in, Desk&) {
    const auto shipment = get_shipment(in.read(), ShipmentId{in.id()});
    return api::ok(describe(shipment), shipment.version);
}

template <class Change>
Answer change_shipment(Request& in, std::string_view action, int status, const Change& change) {
    const ShipmentId id{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        const auto before = get_shipment(tx, id);
        in.check_version(before.version);
        change(tx, before);
        const auto after = get_shipment(tx, id);
        audit::record(tx, action, {"shipment", number(id)}, {{"status", to_text(before.status)}},
                      {{"status", to_text(after.status)}}, in.actor(), in.now());
        auto answer = api::ok(describe(after), after.version);
        answer.status = status;
        return answer;
    });
}

Answer void_shipment(Request& in, Desk&) {
    return change_shipment(in, "shipment.void", 200, [&](storage::Transaction& tx, const Shipment& shipment) {
        void_label(tx, shipment, in.actor(), in.now());
    });
}

Answer retry_shipment(Request& in, Desk&) {
    return change_shipment(in, "shipment.retry", 202, [&](storage::Transaction& tx, const Shipment& shipment) {
        retry(tx, shipment, in.actor(), in.now());
    });
}

Answer add_tracking_event(Request& in, Desk&) {
    const auto& body = in.body();
    const auto at = body.contains("at") ? parse_time(body["at"].get<std::string>()).value() : in.now();
    const TrackingEvent event{.status = parse_status(body["status"].get<std::string>()).value(),
                              .description = body.value("description", ""),
                              .location = body.value("location", ""),
                              .at = at};
    return change_shipment(in, "shipment.track", 201, [&](storage::Transaction& tx, const Shipment& shipment) {
        track(tx, shipment.id, event, true, in.actor(), in.now());
    });
}

}  // namespace

}  // namespace orderd::fulfillment
