#include "fulfillment/bodies.h"

namespace orderd::api {

using namespace fulfillment;

namespace {

Shape length() { return Shape::integer(1, 10'000).example(200); }

Shape units_of_parcel() {
    return Shape::list(shape_of<Units>(), 1, 200).described("left out: all that is in no parcel yet");
}

Shape refund() {
    return Shape::money().described(
        "left out: what the units cost, as far as it was not given back before; 0: nothing goes back");
}

std::optional<Rest> parse_rest(std::string_view word) { return kRests.parse(word); }
std::optional<MissingUnits> parse_missing_units(std::string_view word) { return kMissingUnits.parse(word); }

std::optional<Status> parse_step(std::string_view word) {
    return word == "ready" ? Status::ready : word == "shipped" ? Status::in_transit : Status::delivered;
}

}  // namespace

Declared<Parcel> Fields<Parcel>::value() {
    return object<Parcel>("Parcel", {optional("weight_g", &Parcel::weight_g,
                                              Shape::integer(1, 10'000'000)
                                                  .described("left out: what its items weigh, where that is known of "
                                                             "all")
                                                  .example(450)),
                                     optional("length_mm", &Parcel::length_mm, length()),
                                     optional("width_mm", &Parcel::width_mm, length()),
                                     optional("height_mm", &Parcel::height_mm, length())});
}

Declared<FulfillmentRequest> Fields<FulfillmentRequest>::value() {
    using Body = FulfillmentRequest;
    return object<Body>(
        "FulfillmentRequest",
        {optional("carrier", &Body::carrier, Shape::text(1, 40).described("local if absent").example("local")),
         optional("service", &Body::service, Shape::text(1, 80).example("standard")),
         optional("parcel", &Body::parcel, shape_of<Parcel>()),
         optional("items", &Body::items, units_of_parcel()).not_in_example(),
         optional("tracking_number", &Body::tracking_number,
                  Shape::text(4, 60).described("of a label that was bought elsewhere"))
             .not_in_example(),
         optional(
             "status", &Body::status,
             Shape::one_of({"ready", "shipped", "delivered"})
                 .described("moves parcels on, instead of starting one. Of an order that is picked up, or that the "
                            "shop brings itself: ready says that it can be fetched or comes next, delivered that it "
                            "was handed over"),
             parse_step)
             .not_in_example(),
         optional("shipment_id", &Body::shipment_id, Shape::id().described("with status: this parcel alone"))
             .not_in_example(),
         optional("though_owed", &Body::though_owed,
                  Shape::boolean().described("true: it ships though an edit added what is not paid yet"))
             .not_in_example()});
}

Declared<BulkFulfillmentRequest> Fields<BulkFulfillmentRequest>::value() {
    using Body = BulkFulfillmentRequest;
    return object_with<Body, FulfillmentRequest>(
        "BulkFulfillmentRequest",
        {field("order_ids", &Body::order_ids, Shape::list(orders::order_number(), 1, kMostOrders)),
         optional(
             "undoable", &Body::undoable,
             Shape::boolean().described("with status shipped: the parcels leave in a minute, and until then it can "
                                        "be taken back; nobody is told before"))
             .not_in_example(),
         optional("label_at_once", &Body::label_at_once,
                  Shape::boolean().described("the shop's own label is made before the answer, so that it can be "
                                             "printed then"))
             .not_in_example()});
}

Declared<OrdersRequest> Fields<OrdersRequest>::value() {
    using Body = OrdersRequest;
    return object<Body>("OrdersRequest",
                        {field("order_ids", &Body::order_ids, Shape::list(orders::order_number(), 1, kMostOrders))});
}

Declared<ShortPick> Fields<ShortPick>::value() {
    using Body = ShortPick;
    return object<Body>(
        "ShortPick",
        {field("missing", &Body::missing,
               Shape::list(shape_of<Units>(), 1, 200).described("what was not found, or is broken")),
         field("rest", &Body::rest,
               Shape::one_of(kRests.list())
                   .described("hold: the customer gets it later; refund: it is cancelled, and its money goes back"),
               parse_rest),
         field("missing_units", &Body::missing_units,
               Shape::one_of(kMissingUnits.list())
                   .described("put_back: they are in stock; write_off: they are taken off the stock"),
               parse_missing_units),
         optional("refund", &Body::refund, refund()), optional("reason", &Body::reason, Shape::text(0, 500)),
         optional("pack", &Body::pack,
                  Shape::boolean().described("whether what was found becomes a parcel with the shop's own label; true "
                                             "if absent")),
         optional("dry_run", &Body::dry_run, Shape::boolean().described("true: says what would come of it"))});
}

Declared<RatesRequest> Fields<RatesRequest>::value() {
    using Body = RatesRequest;
    return object<Body>(
        "RatesRequest",
        {optional("carrier", &Body::carrier, Shape::text(1, 40).described("easypost if absent").example("easypost")),
         optional("parcel", &Body::parcel, shape_of<Parcel>()),
         optional("items", &Body::items, units_of_parcel()).not_in_example()});
}

Declared<NewTrackingEvent> Fields<NewTrackingEvent>::value() {
    using Body = NewTrackingEvent;
    return object<Body>(
        "NewTrackingEvent",
        {field("status", &Body::status,
               Shape::one_of({"in_transit", "out_for_delivery", "delivered", "exception", "returned"}), parse_status),
         optional("description", &Body::description, Shape::text(0, 500)),
         optional("location", &Body::location, Shape::text(0, 200).example("Berlin")),
         optional("at", &Body::at, Shape::time().described("now if absent or in the future"))});
}

Declared<LabelsRequest> Fields<LabelsRequest>::value() {
    using Body = LabelsRequest;
    return object<Body>("LabelsRequest",
                        {optional("shipment_ids", &Body::shipment_ids, Shape::list(Shape::id(), 1, kMostLabels)),
                         optional("order_ids", &Body::order_ids,
                                  Shape::list(orders::order_number(), 1, kMostLabels)
                                      .described("every parcel of these that waits to be shipped"))
                             .not_in_example()});
}

Declared<NewReturn> Fields<NewReturn>::value() {
    return object<NewReturn>("NewReturn", {field("items", &NewReturn::items, Shape::list(shape_of<Units>(), 1, 200)),
                                           optional("reason", &NewReturn::reason, Shape::text(0, 500)),
                                           optional("restock", &NewReturn::restock,
                                                    Shape::boolean().described("put back into stock; true if absent")),
                                           optional("refund", &NewReturn::refund, refund())});
}

Declared<CancelUnshipped> Fields<CancelUnshipped>::value() {
    return object<CancelUnshipped>("CancelUnshipped",
                                   {optional("reason", &CancelUnshipped::reason, Shape::text(0, 500)),
                                    optional("refund", &CancelUnshipped::refund, refund())});
}

}  // namespace orderd::api
