#include "notify/event_bodies.h"

#include <cstdint>
#include <utility>

#include "notify/event_table.h"

namespace orderd::notify {

namespace {

using api::Shape;

constexpr std::int64_t kMostInEvent = 9'007'199'254'740'991;  ///< that JSON readers keep whole
constexpr std::size_t kLongestList = 1'000'000;

Shape word() { return Shape::text(0, 1'000); }
Shape count_of() { return Shape::integer(0, kMostInEvent); }

/// Units of an order's lines.
Shape units_shape(bool are_placed) {
    auto item = Shape::object(
        {{"item_id", Shape::id()},
         {"product_id", Shape::id().nullable().described("null: a line that staff wrote, of no product")},
         {"quantity", count_of().described("units")},
         api::optional("counted",
                       Shape::boolean().described("false: the product's stock is not counted, so none moved"))});
    if (are_placed) {
        item = item.with({{"sku", word()},
                          api::optional("awaited", count_of().described("units of them that are not in stock yet"))});
    }
    return Shape::list(item.named(are_placed ? "PlacedItem" : "MovedItem"), 0, kLongestList);
}

Shape shape_of(Is is) {
    switch (is) {
        case Is::id: return Shape::id();
        case Is::count: return count_of();
        case Is::sum: return Shape::integer(-kMostInEvent, kMostInEvent);
        case Is::word: return word();
        case Is::text: return Shape::lines(0, kLongestList);
        case Is::time: return Shape::time();
        case Is::day: return Shape::day();
        case Is::flag: return Shape::boolean();
        case Is::ids: return Shape::list(Shape::id(), 0, kLongestList);
        case Is::words: return Shape::list(word());
        case Is::moved: return units_shape(false);
        case Is::placed: return units_shape(true);
        case Is::members: return Shape::map(Shape::anything());
        case Is::list: return Shape::list(Shape::anything());
    }
    return Shape::anything();
}

Shape shape_of(const EventRow& row) {
    std::vector<Shape::Field> fields;
    for (const auto& member : row.members) {
        auto shape = shape_of(member.is);
        if (!member.words.empty()) {
            shape = shape.described(member.words);
        }
        if (member.has == Has::null) {
            shape = shape.nullable();
        }
        fields.push_back({.name = member.name, .shape = std::move(shape), .required = member.has != Has::absent});
    }
    return Shape::object(fields).named(row.body);
}

Shape sent_envelope() {
    const auto data =
        Shape::object({{"sequence", Shape::id()},
                       {"subject", word().described("what it is about: order, payment, product, …")},
                       {"subject_id", count_of().described("its number; 0 where there is one of its kind")},
                       {"body", Shape::anything()}})
            .named("WebhookEventData")
            .described("the event, as GET /admin/events has it");
    return Shape::object({{"type", word().described("the kind of the event")},
                          {"timestamp", Shape::time().described("when it happened")},
                          {"data", data}})
        .named("WebhookEvent");
}

}  // namespace

api::SentEvents sent_events() {
    api::SentEvents sent{.envelope = sent_envelope(), .kinds = {}};
    for (const auto& row : event_rows()) {
        sent.kinds.push_back({.name = row.kind, .subject = row.subject, .meaning = row.meaning, .body = shape_of(row)});
    }
    return sent;
}

}  // namespace orderd::notify
