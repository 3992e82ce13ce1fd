#pragma once

#include <optional>
#include <string_view>

#include "api/request.h"
#include "base/time.h"

namespace orderd::api {

/// What `from` and `to` say of a list, for its declaration.
inline constexpr std::string_view kDateAloneBegins = "; a date alone is a day of the shop's time zone";
inline constexpr std::string_view kDateAloneEnds =
    "; a date alone is a day of the shop's time zone, and counts to its end";

/// A span of time; nullopt: it has no such end.
struct Span {
    std::optional<Time> from;
    std::optional<Time> before;
};

/// The span of the query parameters `from` and `to`. A date alone is a day of the shop's time zone: `from` is its first
/// moment, and `to` includes it.
Span span_of_query(const Request& in, const storage::View& view);

}  // namespace orderd::api
