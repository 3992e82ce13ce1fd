#include "support/problems.h"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "api/refusals.h"
#include "api/router.h"

namespace orderd::tests {

namespace {

using Codes = std::set<std::pair<int, std::string>>;

Codes codes_of(const std::vector<Refused>& refusals) {
    Codes codes;
    for (const auto& refused : refusals) {
        codes.emplace(refused.status(), refused.code());
    }
    return codes;
}

/// What a table declares. That /docs and /openapi.json say the same, tests/api/refusals_test.cpp sees to.
struct Declared {
    explicit Declared(const api::RouteTable& routes)
        : router(routes), before_routing(codes_of(api::refusals_before_routing())) {
        for (const auto& row : routes.rows()) {
            names.push_back(row.route.method + ' ' + row.route.path);
            of_rows.push_back(codes_of(api::refusals_of(row.route)));
        }
        for (const auto& one : api::all_refusals(routes)) {
            anchors.emplace(one.refused.code());
        }
    }

    api::Router router;
    std::vector<std::string> names;
    std::vector<Codes> of_rows;
    Codes before_routing;
    std::set<std::string> anchors;
};

/// Tables are rebuilt for each shop, and are the same: each is read once a process.
const Declared& declared(const api::RouteTable& routes) {
    static std::mutex mutex;
    static std::map<std::string, std::unique_ptr<const Declared>> known;
    std::string print;
    for (const auto& row : routes.rows()) {
        print.append(row.route.method).append(row.route.path);
        for (const auto& refused : row.route.refuses) {
            print.append(1, ' ').append(refused.code());
        }
        print.append(1, '\n');
    }
    const std::lock_guard lock(mutex);
    auto& found = known[print];
    if (!found) {
        found = std::make_unique<const Declared>(routes);
    }
    return *found;
}

}  // namespace

void check_problem(const api::RouteTable& routes, std::string_view method, std::string_view target,
                   const Json& problem) {
    const auto& all = declared(routes);
    const auto code = problem.at("code").get<std::string>();
    const auto status = problem.at("status").get<int>();
    if (problem.at("type") != "/docs#" + code || !all.anchors.contains(code)) {
        throw std::runtime_error(
            fmt::format("the type {} of the problem {} leads nowhere in /docs: a route's refuses "
                        "names it, or api/refusals.cpp does",
                        problem.at("type").dump(), code));
    }
    const auto match = all.router.find(method, target.substr(0, target.find('?')));
    const std::pair key(status, code);
    if (all.before_routing.contains(key) || (match.row && all.of_rows[*match.row].contains(key))) {
        return;
    }
    throw std::runtime_error(fmt::format(
        "{} answered {} {}, which {}", match.row ? all.names[*match.row] : "no route", status, code,
        match.row ? "its row does not name: add it to its refuses" : "api::refusals_before_routing() does not name"));
}

}  // namespace orderd::tests
