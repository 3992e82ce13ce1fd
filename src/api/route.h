#pragma once

#include <functional>
#include <optional>
#include <string>
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

struct QueryParameter {
    std::string name;
    Shape shape;  ///< text, integer, boolean, time or one_of
    std::string description;
    bool repeated = false;  ///< a comma-separated list, each of the shape
};

struct Outcome {
    int status;
    std::optional<Shape> shape;  ///< none: no body
    std::string content_type = "application/json";
};

/// One row of the route table. Validation, authorization and the OpenAPI document are read from it.
struct Route {
    std::string method;     ///< "GET", "POST", "PUT", "DELETE"
    std::string path;       ///< "/orders/{id}"
    std::string name = {};  ///< what clients call it, its operationId in /openapi.json: "orders.place"; unique
    Who who = Who::owner;
    std::string summary = {};  ///< one line
    std::string tag = {};      ///< the group in the docs: "Orders"
    std::vector<QueryParameter> query = {};
    bool paged = false;                    ///< takes limit and cursor
    std::optional<Shape> body = {};        ///< of a JSON body; a typed handler's is its declaration's
    std::string raw_body = {};             ///< instead: the media type of a body that is not JSON
    std::size_t max_body = budget::kBody;  ///< bytes
    std::vector<Outcome> answers = {};     ///< the successes; the problems that any route can answer are added
    std::vector<Refused> refuses = {};     ///< what it refuses itself; what any route can refuse is added
    bool idempotent = false;               ///< takes Idempotency-Key
    bool if_match = false;                 ///< takes If-Match
    bool limited = false;                  ///< rate-limited by address (signing in, placing orders, paying)
    /// Refuses what can be refused before the body is read: called once the caller is let in, with a request that has
    /// no body yet.
    std::function<void(Request&)> before_body = {};
};

/// `body`: what the route's shape let through; null if it has none.
using Handler = std::function<Answer(Request& in, const Json& body)>;

/// All routes. Filled once by the departments, then constant.
class RouteTable {
public:
    struct Row {
        Route route;
        Handler handler;
    };

    /// @throws std::logic_error for a route that is there already
    void add(Route route, Handler handler);
    void add(Route route, std::function<Answer(Request&)> handler);  ///< of a route without a JSON body
    /// The route's shape, and what the handler gets, are the declaration's.
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

/// How a department adds its rows: gives each the department's tag, and its handler the desk, which outlives the table.
/// A handler that takes a body names its type: the row's shape, and what the handler gets, are its declaration's (see
/// fields.h).
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

/// The problem document of every error (RFC 9457), as a shape for the docs and the tests.
Shape problem_shape();

}  // namespace orderd::api
