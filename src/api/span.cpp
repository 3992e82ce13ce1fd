#include "api/span.h"

#include "storage/shop_zone.h"

namespace orderd::api {

Span span_of_query(const Request& in, const storage::View& view) {
    const auto moment = [&](std::string_view name, std::int64_t days_later) -> std::optional<Time> {
        const auto text = in.query(name);
        if (!text) {
            return std::nullopt;
        }
        const auto day = parse_day(*text);
        return day ? std::optional(settings::time_zone(view)->start_of(*day + days_later)) : parse_time(*text);
    };
    return {.from = moment("from", 0), .before = moment("to", 1)};
}

}  // namespace orderd::api
