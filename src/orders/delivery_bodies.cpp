#include "orders/delivery_bodies.h"

#include "accounts/customer_shapes.h"

namespace orderd::orders {

namespace {

using api::Shape;

Shape method_name() { return Shape::text(1, 100).described("as customers read it").example("Parcel"); }

Shape method_names() {
    return Shape::map(Shape::text(0, 100))
        .described("the name in other languages, by their two letters; where an order's language has none, name holds")
        .example({{"de", "Paket"}});
}

Shape method_days() {
    return Shape::text(0, 40).described("how many days it takes, as customers read it").example("2–3");
}

Shape method_class() {
    return Shape::one_of(catalog::kTaxClasses.list())
        .nullable()
        .described(
            "the tax class of the delivery; null: it is taxed as its goods are, in proportion to what they cost");
}

Shape method_zones() {
    return Shape::list(api::shape_of<DeliveryZone>(), 0, kMostZones)
        .described(
            "where it goes, and what it costs there. Of the zones that an address is in, the most exact holds: the "
            "longest beginning of a postcode, a region, a country, *. A pickup has one zone without places at most");
}

Shape method_note() {
    return Shape::lines(0, 500).described(
        "what customers should know of it, such as the days on which the shop brings "
        "orders");
}

Shape money_or_null(std::string_view description) { return Shape::money().nullable().described(description); }

}  // namespace

Shape delivery_kind_shape() {
    return Shape::one_of(kDeliveryKinds.list())
        .described("shipping: in parcels, by a carrier. pickup: the customer comes. own_delivery: the shop brings it");
}

Shape pickup_shape() { return api::shape_of<PickupPlace>(); }

const Shape& delivery_method_shape() {
    static const auto shape = Shape::object({
                                                {"id", Shape::id()},
                                                {"name", method_name()},
                                                {"names", method_names()},
                                                {"kind", delivery_kind_shape()},
                                                {"days", method_days()},
                                                {"tax_class", method_class()},
                                                {"active", Shape::boolean()},
                                                {"position", Shape::id().described("in lists, lowest first")},
                                                {"zones", method_zones()},
                                                {"pickup", pickup_shape().nullable()},
                                                {"note", method_note()},
                                                {"created_at", Shape::time()},
                                                {"updated_at", Shape::time()},
                                                {"version", Shape::id()},
                                            })
                                  .named("DeliveryMethod");
    return shape;
}

Shape delivery_offers_shape() {
    return Shape::list(Shape::object({
                                         {"id", Shape::id()},
                                         {"name", method_name()},
                                         {"kind", delivery_kind_shape()},
                                         {"price", Shape::money()},
                                         {"days", method_days()},
                                         {"note", method_note()},
                                         {"pickup", pickup_shape().nullable()},
                                     })
                           .named("DeliveryOffer"))
        .described("what fits, cheapest first");
}

Shape unavailable_deliveries_shape() {
    return Shape::list(Shape::object({
                                         {"id", Shape::id()},
                                         {"reason", Shape::text(1, 80).described(
                                                        "not_to_that_address, weight_unknown, too_heavy, "
                                                        "value_out_of_range, or a refusal's code")},
                                         {"detail", Shape::text(1, 500)},
                                     })
                           .named("UnavailableDelivery"))
        .described("the other methods, with why they do not fit");
}

Shape order_delivery_shape() {
    return Shape::object({
                             {"method_id", Shape::id().described("the method may have changed since, or be gone")},
                             {"name", method_name()},
                             {"kind", delivery_kind_shape()},
                             {"days", method_days()},
                             {"note", method_note()},
                             {"pickup", pickup_shape().nullable()},
                         })
        .named("OrderDelivery");
}

}  // namespace orderd::orders

namespace orderd::api {

using namespace orders;

namespace {

std::optional<BandsBy> parse_by(std::string_view word) { return word == "weight" ? BandsBy::weight : BandsBy::value; }
std::optional<DeliveryKind> parse_kind(std::string_view word) { return kDeliveryKinds.parse(word); }

Shape beginning() { return Shape::text(1, 20).example("10"); }

}  // namespace

Declared<DeliveryPlace> Fields<DeliveryPlace>::value() {
    using Body = DeliveryPlace;
    return object<Body>(
        "DeliveryPlace",
        {field(
             "country", &Body::country,
             Shape::text(1, 2).described("ISO 3166-1 alpha-2, or * for every country that is not named").example("DE")),
         optional("region", &Body::region,
                  Shape::text(0, 100).described("a region of the country, by ISO 3166-2 code or name").example("")),
         optional("postal_codes", &Body::postal_codes,
                  Shape::list(beginning(), 0, kMostPostalCodes)
                      .described("how postcodes begin, instead of a region; empty: all of them"))});
}

Declared<PriceBand> Fields<PriceBand>::value() {
    using Body = PriceBand;
    const auto end = Shape::money();
    return object<Body>(
        "DeliveryPriceBand",
        {field("from", &Body::from,
               end.described("grams or minor units; the first band begins at 0, "
                             "each other one where the one before ends, plus 1")
                   .example(0)),
         optional("to", &Body::to,
                  end.nullable().described("likewise, and still in the band; null: without an end").example(nullptr)),
         field("price", &Body::price, Shape::money().example(490))});
}

Declared<DeliveryZone> Fields<DeliveryZone>::value() {
    using Body = DeliveryZone;
    return object<Body>(
        "DeliveryZone",
        {optional("places", &Body::places, Shape::list(shape_of<DeliveryPlace>(), 0, kMostPlaces)),
         optional(
             "by", &Body::by,
             Shape::one_of({"value", "weight"})
                 .described("what the bands count: what the goods cost after discount, which is so if absent; or what "
                            "they weigh: then the method does not fit while a weight is unknown"),
             parse_by),
         field("bands", &Body::bands,
               Shape::list(shape_of<PriceBand>(), 0, kMostBands)
                   .described("one from 0 to null is one price for all; none: the method does not go there")),
         optional("free_from", &Body::free_from,
                  money_or_null("free where the goods cost this or more, after discount").example(6000))});
}

Declared<PickupPlace> Fields<PickupPlace>::value() {
    using Body = PickupPlace;
    return object<Body>(
        "PickupPlace",
        {optional("name", &Body::name, Shape::text(0, 100).described("empty: the shop's").example("Workshop")),
         field("address", &Body::address, accounts::address_shape()),
         optional("opening_hours", &Body::opening_hours, Shape::lines(0, 500).example("Monday to Friday, 10 to 18"))});
}

Declared<NewDeliveryMethod> Fields<NewDeliveryMethod>::value() {
    using Body = NewDeliveryMethod;
    return object<Body>("NewDeliveryMethod",
                        {field("name", &Body::name, method_name()), optional("names", &Body::names, method_names()),
                         field("kind", &Body::kind, delivery_kind_shape().example("shipping"), parse_kind),
                         optional("days", &Body::days, method_days()),
                         optional("tax_class", &Body::tax_class, method_class().example(nullptr)),
                         optional("active", &Body::active, Shape::boolean().described("true if absent").example(true)),
                         optional("zones", &Body::zones, method_zones()),
                         optional("pickup", &Body::pickup, shape_of<PickupPlace>().nullable()).not_in_example(),
                         optional("note", &Body::note, method_note())});
}

Declared<DeliveryMethodChanges> Fields<DeliveryMethodChanges>::value() {
    using Body = DeliveryMethodChanges;
    return object<Body>(
        "DeliveryMethodChanges",
        {optional("name", &Body::name, method_name()), optional("names", &Body::names, method_names()),
         optional("kind", &Body::kind, delivery_kind_shape().example("shipping"), parse_kind),
         optional("days", &Body::days, method_days()),
         optional("tax_class", &Body::tax_class, method_class().example(nullptr)),
         optional("active", &Body::active, Shape::boolean().example(true)),
         optional("zones", &Body::zones, method_zones()),
         optional("pickup", &Body::pickup, shape_of<PickupPlace>().nullable()).not_in_example(),
         optional("note", &Body::note, method_note()),
         optional("position", &Body::position,
                  Shape::integer(1, kMostMethods).described("its new place in the list, from 1; the others move"))});
}

}  // namespace orderd::api
