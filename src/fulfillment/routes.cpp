#include "fulfillment/routes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "api/pages.h"
#include "api/problem.h"
#include "base/state_table.h"
#include "base/waiting_places.h"
#include "fulfillment/bodies.h"
#include "fulfillment/describe.h"
#include "fulfillment/fulfilling.h"
#include "fulfillment/labelling.h"
#include "fulfillment/leaving.h"
#include "fulfillment/outdating.h"
#include "fulfillment/shipment.h"
#include "fulfillment/tracking_number.h"
#include "fulfillment/tracking_page.h"
#include "orders/access.h"
#include "orders/packing.h"
#include "orders/shipping.h"
#include "storage/events.h"

namespace orderd::fulfillment {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer fulfil(Request& in, Desk& desk, FulfillmentRequest wanted);
Answer fulfil_many(Request& in, Desk& desk, BulkFulfillmentRequest wanted);
Answer list_carriers(Request& in, Desk& desk);
Answer ask_rates(Request& in, Desk& desk, RatesRequest asked);
Answer show_tracking(Request& in, Desk& desk);
Answer show_tracking_page(Request& in, Desk& desk);
Answer show_shipment(Request& in, Desk& desk);
Answer void_shipment(Request& in, Desk& desk);
Answer retry_shipment(Request& in, Desk& desk);
Answer add_tracking_event(Request& in, Desk& desk, NewTrackingEvent wanted);

}  // namespace

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

namespace {

Shape rates_shape() {
    const auto rate = Shape::object({
                                        {"service", Shape::text(1, 200).described("what to ask for with fulfillment")},
                                        {"cost", Shape::money()},
                                        {"currency", Shape::currency()},
                                        {"days", Shape::integer(0, 1000).nullable()},
                                    })
                          .named("Rate");
    const auto gap =
        Shape::object({{"sku", Shape::text(0, 100)},
                       {"name", Shape::text(0, 200)},
                       {"missing", Shape::list(Shape::one_of({"customs_code", "origin_country", "weight_g"}))}})
            .named("CustomsGap");
    return Shape::object({{"rates", Shape::list(rate).described("cheapest first")},
                          {"customs_missing",
                           Shape::list(gap).described("what the customs declaration of the parcel needs to know of its "
                                                      "products, and does not; empty if it has none")}})
        .named("Rates");
}

Shape carriers_shape() {
    return Shape::object({{"carriers",
                           Shape::list(Shape::object({
                                                         {"name", Shape::text(1, 40)},
                                                         {"ready", Shape::boolean().described("whether it is set up")},
                                                     })
                                           .named("Carrier"))}})
        .named("Carriers");
}

constexpr Refused kRatesRefused{
    409, "rates_refused",
    "The carrier does not take this parcel; detail is the carrier's own reason. Correct the address or the parcel, or "
    "choose another carrier."};
constexpr Refused kCarrierUnavailable{
    503, "carrier_unavailable",
    "The carrier does not answer, or not sensibly. Try again after the seconds in Retry-After."};

}  // namespace

void add_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Fulfillment", desk);
    add({.method = "PUT",
         .path = "/orders/{id}/fulfillment",
         .name = "orders.fulfill",
         .who = Who::staff,
         .summary = "Start a parcel of an order, or move its parcels on",
         .answers = {{202, shipment_shape()}, {200, fulfillment_shape()}},
         .refuses = {kIllegalTransition, kNoShipment, kNothingToShip, orders::kNotOpen, orders::kUnitsAwaited,
                     orders::kNotPaid, orders::kBalanceOwed, orders::kPaymentNotHeld, kWeightUnknown, kLabelRefused,
                     kPickedUp, kShippedInParcels, kLabelOutdated},
         .if_match = true},
        fulfil);
    add({.method = "POST",
         .path = "/orders/bulk/fulfillment",
         .name = "orders.fulfillMany",
         .who = Who::staff,
         .summary = "The same for many orders, with a result for each",
         .answers = {{200, bulk_shape()}},
         .idempotent = true},
        fulfil_many);
    add({.method = "GET",
         .path = "/carriers",
         .name = "carriers.list",
         .who = Who::viewer,
         .summary = "List the carriers that make labels",
         .answers = {{200, carriers_shape()}}},
        list_carriers);
    add({.method = "POST",
         .path = "/orders/{id}/rates",
         .name = "orders.rates",
         .who = Who::staff,
         .summary = "Ask a carrier for its prices for a parcel",
         .answers = {{200, rates_shape()}},
         .refuses = {kRatesRefused, kCarrierUnavailable, kTooManyWait, kNothingToShip, orders::kNotOpen,
                     orders::kUnitsAwaited, kWeightUnknown}},
        ask_rates);
    add({.method = "GET",
         .path = "/orders/{id}/tracking",
         .name = "orders.tracking",
         .who = Who::holder,
         .summary = "Read where an order's parcels are",
         .answers = {{200, tracking_shape()}}},
        show_tracking);
    add({.method = "GET",
         .path = "/track/{link}",
         .name = "tracking.page",
         .who = Who::anyone,
         .summary = "The same as a page, for whoever has its link",
         .answers = {{200, std::nullopt, "text/html; charset=utf-8"}}},
        show_tracking_page);
    add({.method = "GET",
         .path = "/shipments/{id}",
         .name = "shipments.get",
         .who = Who::viewer,
         .summary = "Read a shipment",
         .answers = {{200, shipment_shape()}}},
        show_shipment);
    add({.method = "POST",
         .path = "/shipments/{id}/void",
         .name = "shipments.void",
         .who = Who::staff,
         .summary = "Void a parcel whose label was not used",
         .answers = {{200, shipment_shape()}},
         .refuses = {kIllegalTransition},
         .idempotent = true,
         .if_match = true},
        void_shipment);
    add({.method = "POST",
         .path = "/shipments/{id}/retry",
         .name = "shipments.retry",
         .who = Who::staff,
         .summary = "Retry a label that failed",
         .answers = {{202, shipment_shape()}},
         .refuses = {kIllegalTransition, kLabelRefused},
         .idempotent = true,
         .if_match = true},
        retry_shipment);
    add({.method = "POST",
         .path = "/shipments/{id}/events",
         .name = "shipments.addEvent",
         .who = Who::staff,
         .summary = "Record by hand what happened to a parcel",
         .answers = {{201, shipment_shape()}},
         .refuses = {kIllegalTransition, kNewerKnown, kAlreadyTold, orders::kNotOpen, orders::kUnitsAwaited,
                     kLabelOutdated},
         .idempotent = true,
         .if_match = true},
        add_tracking_event);
    add_packing_routes(routes, desk);
    add_printing_routes(routes, desk);
    add_returning_routes(routes, desk);
    add_return_request_routes(routes, desk);
    add_easypost_routes(routes, desk);
}

namespace {

std::string location_of(ShipmentId id) { return fmt::format("/shipments/{}", number(id)); }

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

NewShipment new_shipment(const FulfillmentRequest& body, const Carriers& carriers) {
    NewShipment wanted;
    wanted.carrier = body.carrier.value_or(wanted.carrier);
    wanted.service = body.service.value_or(wanted.service);
    const auto* carrier = carriers.find(wanted.carrier);
    if (carrier == nullptr) {
        throw invalid("/carrier", fmt::format("\"{}\" is not a carrier of this shop; it has {}", wanted.carrier,
                                              fmt::join(carriers.names(), ", ")));
    }
    if (!carrier->is_ready()) {
        throw invalid("/carrier", fmt::format("{} is not set up: its API key is not in the settings", wanted.carrier));
    }
    wanted.needs_weight = carrier->needs_weight();
    const auto parcel = body.parcel.value_or(Parcel{});
    wanted.weight_g = parcel.weight_g;
    wanted.length_mm = parcel.length_mm;
    wanted.width_mm = parcel.width_mm;
    wanted.height_mm = parcel.height_mm;
    wanted.items = body.items.value_or(std::vector<Units>());
    if (body.tracking_number) {
        if (wanted.carrier != "local") {
            throw invalid("/tracking_number", fmt::format("{} gives its own number", wanted.carrier));
        }
        wanted.tracking_number = checked_number(*body.tracking_number);
    }
    return wanted;
}

/// The parcels that "shipped" or "delivered" applies to: the named one, or all that can take the step.
std::vector<Shipment> moved(const storage::View& view, const orders::Order& order, std::optional<ShipmentId> named,
                            Status to) {
    if (named) {
        auto shipment = get_shipment(view, *named);
        if (shipment.order != order.id) {
            throw not_found("shipment");
        }
        return {std::move(shipment)};
    }
    const bool leaves = to == Status::in_transit;
    std::vector<Shipment> ready;
    std::vector<Shipment> others;
    for (auto& shipment : shipments_of(view, order.id)) {
        const auto from = shipment.status;
        const bool can = leaves ? from == Status::label_pending || may_leave(from) : may_step(from, to);
        auto& list = can ? ready : others;
        list.push_back(std::move(shipment));
    }
    if (!ready.empty()) {
        return ready;
    }
    others.erase(
        std::remove_if(others.begin(), others.end(), [](const Shipment& s) { return s.status == Status::voided; }),
        others.end());
    if (!others.empty()) {
        leaves ? require_leave(others.back().status) : require_step(others.back().status, to);
    }
    throw Refusal(kNoShipment, fmt::format("order {} has no parcel yet: start one first", number(order.id)))
        .with("order_status", orders::to_text(order.status))
        .with("allowed", Json::array());
}

/// How a step is taken.
struct Step {
    Status to = Status::in_transit;
    bool undoable = false;  ///< of in_transit: it counts in a minute, and can be taken back until then
};

void move_on(storage::Transaction& tx, Request& in, const Carriers& carriers, Shipment shipment, const Step& step) {
    if (step.to == Status::delivered) {
        deliver(tx, std::move(shipment), in.actor(), in.now());
        return;
    }
    shipment = with_label(tx, carriers, shipment, in.actor(), in.now());
    if (step.undoable) {
        leave_soon(tx, std::move(shipment), in.actor(), in.now());
    } else {
        ship(tx, std::move(shipment), in.actor(), in.now());
    }
}

/// A member that cannot be combined with another.
struct Misplaced {
    const char* name;
    bool is_there;
};

void check_members(const FulfillmentRequest& body) {
    std::vector<Fault> faults;
    const std::array beside_status{Misplaced{"carrier", body.carrier.has_value()},
                                   Misplaced{"service", body.service.has_value()},
                                   Misplaced{"parcel", body.parcel.has_value()},
                                   Misplaced{"items", body.items.has_value() && body.status != Status::ready},
                                   Misplaced{"tracking_number", body.tracking_number.has_value()}};
    for (const auto& [name, is_there] : beside_status) {
        if (body.status && is_there) {
            faults.push_back({fmt::format("/{}", name), "does not go together with status"});
        }
    }
    if (!body.status && body.shipment_id) {
        faults.push_back({"/shipment_id", "goes together with status alone"});
    }
    if (body.status == Status::ready && body.shipment_id) {
        faults.push_back({"/shipment_id", "is of what is there already; name items to say what became ready"});
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

void made_ready(storage::Transaction& tx, Request& in, const orders::Order& order, const std::vector<Units>& items) {
    const auto shipment = set_ready(tx, order, items, in.actor(), in.now());
    audit::record(tx, "shipment.ready", {"shipment", number(shipment)}, nullptr, {{"order_id", number(order.id)}},
                  in.actor(), in.now());
}

std::ptrdiff_t shipments_in_progress(const storage::View& view, OrderId order) {
    const auto all = shipments_of(view, order);
    return std::count_if(all.begin(), all.end(),
                         [](const Shipment& it) { return is_in_house(it.status) || is_under_way(it.status); });
}

/// `items`: of what becomes ready; empty: all that is not.
void move_all(storage::Transaction& tx, Request& in, const Carriers& carriers, const orders::Order& order,
              const Step& step, std::optional<ShipmentId> named, const std::vector<Units>& items = {}) {
    const auto to = step.to;
    if (to == Status::ready) {
        made_ready(tx, in, order, items);
        return;
    }
    if (to == Status::delivered && !named && has_no_parcels(order) && shipments_in_progress(tx, order.id) == 0) {
        made_ready(tx, in, order, {});  // handed over at once, without a word before
    }
    for (auto& shipment : moved(tx, order, named, to)) {
        const auto before = to_text(shipment.status);
        const auto of = number(shipment.id);
        move_on(tx, in, carriers, std::move(shipment), step);
        audit::record(tx, "shipment.update", {"shipment", of}, {{"status", before}}, {{"status", to_text(to)}},
                      in.actor(), in.now());
    }
}

/// The order of a request that ships it. `though_owed`: staff have it ship though some of it is owed.
orders::Order order_to_ship(storage::Transaction& tx, Request& in, OrderId id, bool though_owed) {
    auto order = orders::get(tx, id);
    in.check_version(order.version);
    if (though_owed) {
        orders::agree_to_owed(tx, order, in.actor(), in.now());
        order = orders::get(tx, id);
    }
    return order;
}

Answer fulfil(Request& in, Desk& desk, FulfillmentRequest wanted) {
    const OrderId id{in.id()};
    check_members(wanted);
    if (!wanted.status) {
        const auto parcel = new_shipment(wanted, desk.carriers);
        return in.mutate([&](storage::Transaction& tx) {
            const auto order = order_to_ship(tx, in, id, wanted.though_owed);
            const auto made = start_one(tx, in, order, parcel);
            return api::accepted(location_of(made.id), describe(made), made.version);
        });
    }
    return in.mutate([&](storage::Transaction& tx) {
        const auto order = order_to_ship(tx, in, id, wanted.though_owed);
        move_all(tx, in, desk.carriers, order, {.to = *wanted.status}, wanted.shipment_id,
                 wanted.items.value_or(std::vector<Units>()));
        auto json = describe_fulfillment(tx, id);
        const auto version = json.at("version").get<std::int64_t>();
        return api::ok(std::move(json), version);
    });
}

}  // namespace

Json result_of_one(Request& in, OrderId id, int status, const std::function<Json(storage::Transaction&)>& change) {
    Json result{{"order_id", number(id)}, {"status", status}, {"code", nullptr}, {"detail", ""}};
    auto shipments = Json::array();
    try {
        in.store().writer().run([&](storage::Transaction& tx) { shipments = change(tx); });
    } catch (const Refusal& refusal) {
        result["status"] = refusal.status();
        result["code"] = refusal.code();
        result["detail"] = refusal.detail();
    }
    result["shipments"] = std::move(shipments);
    return result;
}

namespace {

Json fulfil_one_of_many(Request& in, Desk& desk, OrderId id, const BulkFulfillmentRequest& wanted,
                        const std::optional<NewShipment>& parcel) {
    return result_of_one(in, id, parcel ? 202 : 200, [&](storage::Transaction& tx) {
        auto order = orders::get(tx, id);
        if (wanted.though_owed) {
            orders::agree_to_owed(tx, order, in.actor(), in.now());
            order = orders::get(tx, id);
        }
        if (parcel) {
            const auto made = start_one(tx, in, order, *parcel);
            const auto& shown = wanted.label_at_once ? with_label(tx, desk.carriers, made, in.actor(), in.now()) : made;
            return Json::array({describe(shown)});
        }
        move_all(tx, in, desk.carriers, order, {.to = wanted.status.value(), .undoable = wanted.undoable},
                 std::nullopt);
        return describe_fulfillment(tx, id).at("shipments");
    });
}

/// A crash midway leaves the earlier orders fulfilled; repeating the call reports for them that nothing is
/// left to do.
Answer fulfil_many(Request& in, Desk& desk, BulkFulfillmentRequest wanted) {
    check_members(wanted);
    const std::array of_one_order{Misplaced{"items", wanted.items.has_value()},
                                  Misplaced{"tracking_number", wanted.tracking_number.has_value()},
                                  Misplaced{"shipment_id", wanted.shipment_id.has_value()}};
    for (const auto& [name, is_there] : of_one_order) {
        if (is_there) {
            throw invalid(fmt::format("/{}", name), "is of one order, and these are many");
        }
    }
    if (wanted.undoable && wanted.status != Status::in_transit) {
        throw invalid("/undoable", "goes together with status shipped alone");
    }
    const auto parcel = wanted.status ? std::nullopt : std::optional(new_shipment(wanted, desk.carriers));
    return in.once([&] {
        auto results = Json::array();
        for (const auto id : wanted.order_ids) {
            results.push_back(fulfil_one_of_many(in, desk, id, wanted, parcel));
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

Answer ask_rates(Request& in, Desk& desk, RatesRequest asked) {
    const auto wanted = new_shipment(
        {.carrier = asked.carrier, .service = {}, .parcel = asked.parcel, .items = asked.items}, desk.carriers);
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
        auto* const carrier = desk.carriers.find(wanted.carrier);
        for (const auto& rate : carrier->rates(consignment)) {
            rates.push_back({{"service", rate.service},
                             {"cost", rate.cost},
                             {"currency", rate.currency},
                             {"days", or_null(rate.days)}});
        }
        auto gaps = Json::array();
        for (const auto& gap : carrier->declares_customs() ? customs_gaps(consignment) : std::vector<CustomsGap>()) {
            gaps.push_back({{"sku", gap.sku}, {"name", gap.name}, {"missing", gap.missing}});
        }
        return api::ok({{"rates", std::move(rates)}, {"customs_missing", std::move(gaps)}});
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
    const auto followed = orders::get(view, *order);
    return api::page(desk.templates, "tracking.html", tracking_values(view, followed), *followed.language);
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

Answer add_tracking_event(Request& in, Desk&, NewTrackingEvent wanted) {
    const TrackingEvent event{.status = wanted.status,
                              .description = wanted.description,
                              .location = wanted.location,
                              .at = wanted.at.value_or(in.now())};
    return change_shipment(in, "shipment.track", 201, [&](storage::Transaction& tx, const Shipment& shipment) {
        track(tx, shipment.id, event, true, in.actor(), in.now());
    });
}

}  // namespace

}  // namespace orderd::fulfillment
