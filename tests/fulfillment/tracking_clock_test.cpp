// Senders' clocks: a tracking event that is dated ahead, or behind, never decides for good where a parcel is.

#include <catch2/catch_test_macros.hpp>

#include "fulfillment/fulfilling.h"
#include "fulfillment/support.h"
#include "fulfillment/tracking_updates.h"

using namespace orderd;
using namespace orderd::tests;
using fulfillment::Status;

namespace {

/// A carrier tells of a parcel, as a poll or a webhook would.
int tell(Shop& shop, std::int64_t shipment, std::vector<fulfillment::TrackingEvent> events) {
    return shop.store().writer().run([&](storage::Transaction& tx) {
        return fulfillment::take_news(tx, fulfillment::get_shipment(tx, ShipmentId{shipment}), events, "easypost",
                                      shop.clock().now());
    });
}

fulfillment::TrackingEvent event(Status status, Time at) {
    return {.status = status, .description = "scanned", .location = "Reno", .at = at};
}

Json events_of(Shop& shop, const PaidOrder& order) {
    return shop.get(order.path("/tracking"), order.token).body["shipments"][0]["events"];
}

}  // namespace

TEST_CASE("S10: an event of 2062 does not win for ever") {
    Shop shop;
    const auto order = paid(shop, {{shop.product({}), 1}});
    const auto shipment = labelled(shop, order);
    const auto far = parse_time("2062-01-01T00:00:00Z").value();
    CHECK(tell(shop, shipment, {event(Status::in_transit, far)}) == 1);
    CHECK(shipment_status(shop, shipment) == "in_transit");
    CHECK(events_of(shop, order)[0]["at"] == rfc3339(shop.clock().now()));
    CHECK(tell(shop, shipment, {event(Status::in_transit, far)}) == 0);  // the same again is the same event

    shop.advance(hours(2));
    CHECK(tell(shop, shipment, {event(Status::out_for_delivery, shop.clock().now() - minutes(5))}) == 1);
    CHECK(shipment_status(shop, shipment) == "out_for_delivery");
    CHECK(tell(shop, shipment, {event(Status::in_transit, shop.clock().now() - hours(1))}) == 1);
    CHECK(shipment_status(shop, shipment) == "out_for_delivery");  // what comes late moves nothing back
    CHECK(tell(shop, shipment, {event(Status::delivered, shop.clock().now())}) == 1);
    CHECK(order_status(shop, order.id) == "delivered");
    shop.check_invariants();
}

TEST_CASE("S10: after an event nine hours ahead, `delivered` by hand delivers the parcel") {
    Shop shop;
    const auto order = paid(shop, {{shop.product({}), 1}});
    const auto shipment = labelled(shop, order);
    CHECK(tell(shop, shipment, {event(Status::in_transit, shop.clock().now() + hours(9))}) == 1);
    const auto said =
        shop.post("/shipments/" + std::to_string(shipment) + "/events", {{"status", "delivered"}}, shop.staff());
    CHECK(said.status == 201);
    CHECK(said.body["status"] == "delivered");
    CHECK(order_status(shop, order.id) == "delivered");
    shop.check_invariants();
}

TEST_CASE("S10: a carrier whose clock is behind is believed when the parcel arrived") {
    Shop shop;
    const auto order = paid(shop, {{shop.product({}), 1}});
    const auto shipment = labelled(shop, order);
    const auto path = "/shipments/" + std::to_string(shipment) + "/events";
    REQUIRE(shop.post(path, {{"status", "in_transit"}}, shop.staff()).status == 201);
    REQUIRE(shop.post(path, {{"status", "exception"}}, shop.staff()).body["status"] == "exception");
    shop.advance(hours(1));
    CHECK(tell(shop, shipment, {event(Status::delivered, shop.clock().now() - hours(9))}) == 1);
    CHECK(shipment_status(shop, shipment) == "delivered");
    shop.check_invariants();
}

TEST_CASE("S10: what staff date ahead counts as now") {
    Shop shop;
    const auto order = paid(shop, {{shop.product({}), 1}});
    const auto shipment = labelled(shop, order);
    const auto path = "/shipments/" + std::to_string(shipment) + "/events";
    CHECK(shop.post(path, {{"status", "in_transit"}, {"at", "2062-01-01T00:00:00Z"}}, shop.staff()).body["status"] ==
          "in_transit");
    CHECK(events_of(shop, order)[0]["at"] == rfc3339(shop.clock().now()));
    CHECK(shop.post(path, {{"status", "out_for_delivery"}}, shop.staff()).body["status"] == "out_for_delivery");
}
