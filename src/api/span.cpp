#include "api/span.h"

#include "storage/shop_zone.h"

namespace orderd::api {

Span span_of_query(const Request& in, const storage::View& view) {
    const auto moment = [&](std::string_view name, std::int64_t days_later) -> std::optional<Time> {
        const auto text = in.query(name);
        return text ? settings::moment(view, *text, days_later) : std::nullopt;
    };
    return {.from = moment("from", 0), .before = moment("to", 1)};
}

}  // namespace orderd::api
