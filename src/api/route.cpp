#include "api/route.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/text.h"

namespace orderd::api {

std::vector<std::string_view> media_types_of(std::string_view raw_body) {
    std::vector<std::string_view> types;
    while (!raw_body.empty()) {
        const auto comma = std::min(raw_body.find(','), raw_body.size());
        types.push_back(trimmed(raw_body.substr(0, comma)));
        raw_body.remove_prefix(std::min(comma + 1, raw_body.size()));
    }
    return types;
}

void RouteTable::add(Route route, Handler handler) {
    for (const auto& row : rows_) {
        if (row.route.method == route.method && row.route.path == route.path) {
            throw std::logic_error(fmt::format("the route {} {} is declared twice", route.method, route.path));
        }
        if (row.route.name == route.name && !route.name.empty()) {
            throw std::logic_error(fmt::format("two routes have the name {}", route.name));
        }
    }
    rows_.push_back({std::move(route), std::move(handler)});
}

void RouteTable::add(Route route, std::function<Answer(Request&)> handler) {
    add(std::move(route), [handler = std::move(handler)](Request& in, const Json&) { return handler(in); });
}

Shape problem_shape() {
    static const auto shape =
        Shape::object(
            {
                {"type", Shape::text(1, 200).described("a URI that names the kind of problem")},
                {"title", Shape::text(1, 200)},
                {"status", Shape::integer(400, 599)},
                {"code", Shape::text(1, 100).described("stable: what a program decides on")},
                {"detail", Shape::text(0, 20'000).described("for a person: what was wrong, and what would be right")},
                {"request_id", Shape::text(1, 64)},
                optional(
                    "errors",
                    Shape::list(
                        Shape::object(
                            {
                                {"pointer", Shape::text(0, 2000).described(
                                                "where: a JSON pointer into the body, or ?name for a query parameter")},
                                {"detail", Shape::text(1, 2000)},
                            })
                            .named("ProblemPart"))),
            })
            .open()  // a refusal may have further members: the available units, the allowed states
            .named("Problem")
            .example({{"type", "/docs#validation_failed"},
                      {"title", "Unprocessable content"},
                      {"status", 422},
                      {"code", "validation_failed"},
                      {"detail", "/items/0/quantity: 0 is not allowed; it is 1 to 10000"},
                      {"request_id", "req_3f2a9c1b7d5e4f60"},
                      {"errors", Json::array({{{"pointer", "/items/0/quantity"},
                                               {"detail", "0 is not allowed; it is 1 to 10000"}}})}});
    return shape;
}

}  // namespace orderd::api
