#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/answer.h"
#include "api/fields.h"
#include "api/request.h"
#include "api/shape.h"
#include "api/who.h"
#include "base/budgets.h"
#include "base/caller.h"
#include "base/refused.h"

namespace orderd::api {

/// The media types of Route::raw_body.
std::vector<std::string_view> media_types_of(std::string_view raw_body);

struct QueryParameter {
    std::string name;
    Shape shape;  ///< text, integer, boolean, time or one_of
    std::string description;
    bool repeated = false;  ///< a comma-separated list; each value has the shape
};

struct Outcome {
    int status;
    std::optional<Shape> shape;  ///< nullopt: no body
    std::string content_type = "application/json";
};

/// One row of the route table. Validation, authorization and the OpenAPI document are derived from it.
struct Route {
    std::string method;     ///< "GET", "POST", "PUT", "DELETE"
    std::string path;       ///< "/orders/{id}"
    std::string name = {};  ///< its operationId in /openapi.json, for clients: "orders.place"; unique
    Who who = Who::owner;
    std::string summary = {};  ///< one line
    std::string tag = {};      ///< the group in the docs: "Orders"
    std::vector<QueryParameter> query = {};
    bool paged = false;              ///< takes limit and cursor
    std::optional<Shape> body = {};  ///< of a JSON body; a typed handler's declaration sets it
    std::string raw_body = {};       ///< instead of `body`: the media types of a body that is not JSON, with commas
    std::size_t max_body = budget::kBody;  ///< bytes
    std::vector<Outcome> answers = {};     ///< the successes; general problems are added
    std::vector<Refused> refuses = {};     ///< its own refusals; general ones are added
    bool idempotent = false;               ///< takes Idempotency-Key
    bool if_match = false;                 ///< takes If-Match
    bool limited = false;                  ///< rate-limited by address (signing in, placing orders, paying)
    /// One of the shop's own pages: links to it come from anywhere, so that parameters of others (utm_source=…) are
    /// passed over; and whoever works here is a visitor like all others, so that credentials are not read.
    bool page = false;
    /// Called after authorization but before the body is read, with a request that has no body yet, to refuse early.
    std::function<void(Request&)> before_body = {};
};

/// `body`: accepted by the route's shape; null if the route has none.
using Handler = std::function<Answer(Request& in, const Json& body)>;

/// All routes. The departments fill it once; then it is constant.
class RouteTable {
public:
    struct Row {
        Route route;
        Handler handler;
    };

    /// @throws std::logic_error if the route is already in the table
    void add(Route route, Handler handler);
    void add(Route route, std::function<Answer(Request&)> handler);  ///< for a route without a JSON body
    /// The declaration gives the route's shape and the handler's argument.
    template <class Body>
    void add(Route route, const Declared<Body>& body, std::function<Answer(Request&, Body)> handler) {
        route.body = body.shape;
        add(std::move(route), [read = body.read, handler = std::move(handler)](Request& in, const Json& given) {
            Body wanted{};
            read(given, &wanted);
            return handler(in, std::move(wanted));
        });
    }

    const std::vector<Row>& rows() const { return rows_; }

private:
    std::vector<Row> rows_;
};

/// Adds a department's rows: sets the department's tag, and passes the desk to the handlers. The desk outlives the
/// table. If a handler takes a body, its type's declaration gives the row's shape and the reader (see fields.h).
template <class Desk>
class Rows {
public:
    Rows(RouteTable& routes, std::string tag, Desk& desk) : routes_(routes), tag_(std::move(tag)), desk_(desk) {}

    void operator()(Route route, Answer (*handler)(Request&, Desk&)) const {
        route.tag = tag_;
        routes_.add(std::move(route), [handler, &desk = desk_](Request& in) { return handler(in, desk); });
    }

    template <class Body>
    void operator()(Route route, Answer (*handler)(Request&, Desk&, Body)) const {
        route.tag = tag_;
        routes_.add<Body>(std::move(route), declared<Body>(), [handler, &desk = desk_](Request& in, Body wanted) {
            return handler(in, desk, std::move(wanted));
        });
    }

private:
    RouteTable& routes_;
    const std::string tag_;
    Desk& desk_;
};

template <class Desk>
Rows<Desk> rows_of(RouteTable& routes, std::string tag, Desk& desk) {
    return Rows<Desk>(routes, std::move(tag), desk);
}

/// The shape of problem documents (RFC 9457), for the docs and the tests.
Shape problem_shape();

}  // namespace orderd::api
