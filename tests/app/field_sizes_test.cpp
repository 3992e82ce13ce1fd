// Every bound that the document names of a body's member or of a query's parameter: a value just below it, at it, just
// above it and far above it, through HTTP. What the bound lets through is never a failure of the server's, and what it
// does not is refused by name.

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "api/server.h"
#include "fulfillment/support.h"
#include "support/shop.h"
#include "wire/head.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// A shop in which /products/1, /orders/1001, /payments/1, /shipments/1, /admin/webhooks/1,
/// /admin/delivery-methods/1 and their like are there.
struct FurnishedShop : Shop {
    FurnishedShop() {
        const auto mug = product({.on_hand = 1000});
        labelled(*this, paid(*this, {{mug, 2}}));
        const Json webhook{{"url", "https://hooks.invalid/in"}, {"events", Json::array({"order.*"})}};
        REQUIRE(post("/admin/webhooks", webhook, owner()).status == 201);
        deliver({{"*", 490}});
        const Json account{{"name", "Ada"}, {"email", "ada@example.org"}, {"password", "seven bright lamps hum"}};
        post("/customers", account);
        const auto signed_in = post("/auth/login", {{"email", account["email"]}, {"password", account["password"]}});
        REQUIRE(signed_in.status == 200);
        customer = signed_in.body.at("access_token").get<std::string>();
    }

    std::string customer;
};

const Json& resolved(const Json& document, const Json& schema) {
    if (schema.contains("$ref")) {
        const auto path = schema.at("$ref").get<std::string>().substr(1);
        return resolved(document, document.at(Json::json_pointer(path)));
    }
    return schema.contains("anyOf") ? resolved(document, schema.at("anyOf").at(0)) : schema;
}

bool is_of_type(const Json& schema, std::string_view type) {
    const auto given = schema.value("type", Json());
    return given == type || (given.is_array() && !given.empty() && given.at(0) == type);
}

Json sample(const Json& document, const Json& described) {
    const auto& schema = resolved(document, described);
    if (schema.contains("examples")) {
        return schema.at("examples").at(0);
    }
    if (schema.contains("const")) {
        return schema.at("const");
    }
    if (schema.contains("enum")) {
        return schema.at("enum").at(0);
    }
    if (schema.contains("oneOf")) {
        return sample(document, schema.at("oneOf").at(0));
    }
    if (is_of_type(schema, "integer")) {
        return std::max<std::int64_t>(1, schema.at("minimum").get<std::int64_t>());
    }
    if (is_of_type(schema, "array")) {
        return Json::array({sample(document, schema.at("items"))});
    }
    if (is_of_type(schema, "object")) {
        auto object = Json::object();
        for (const auto& name : schema.value("required", Json::array())) {
            object[name.get<std::string>()] = sample(document, schema.at("properties").at(name.get<std::string>()));
        }
        return object;
    }
    return is_of_type(schema, "boolean") ? Json(true) : Json(std::string(schema.value("minLength", 1U), 'x'));
}

/// A bounded place of a body, and what to send there.
struct Place {
    std::string pointer;
    std::vector<std::pair<std::string, Json>> allowed;  ///< named: "at the bound"
    std::vector<std::pair<std::string, Json>> refused;
};

void add_bounds_of_integer(const Json& schema, Place& place) {
    const auto lowest = schema.at("minimum").get<std::int64_t>();
    const auto highest = schema.at("maximum").get<std::int64_t>();
    place.allowed = {{"lowest", lowest}, {"highest", highest}};
    if (highest > lowest) {
        place.allowed.emplace_back("just below the highest", highest - 1);
    }
    place.refused = {{"just above", static_cast<std::uint64_t>(highest) + 1},
                     {"far above", std::numeric_limits<std::uint64_t>::max()},
                     {"too large for an integer", 1e300},
                     {"far below", std::numeric_limits<std::int64_t>::min()}};
    if (lowest > std::numeric_limits<std::int64_t>::min()) {
        place.refused.emplace_back("just below the lowest", lowest - 1);
    }
}

void add_bounds_of_text(const Json& schema, std::size_t most_bytes, Place& place) {
    const auto shortest = schema.at("minLength").get<std::size_t>();
    const auto longest = schema.at("maxLength").get<std::size_t>();
    const auto letters = [](std::size_t count) { return std::string(count, 'x'); };
    std::string wide;  // a bound counts characters, not bytes
    for (std::size_t i = 0; i < longest; ++i) {
        wide += "é";
    }
    place.allowed = {{"shortest", letters(shortest)}, {"longest", letters(longest)}};
    if (longest > shortest) {
        place.allowed.emplace_back("just below the longest", letters(longest - 1));
    }
    if (wide.size() <= most_bytes) {
        place.allowed.emplace_back("longest, of two bytes each", wide);
    }
    place.refused = {{"just above", letters(longest + 1)}, {"far above", letters(60'000)}};
    if (shortest > 0) {
        place.refused.emplace_back("just too short", letters(shortest - 1));
    }
}

void add_bounds_of_list(const Json& document, const Json& schema, Place& place) {
    const auto fewest = schema.at("minItems").get<std::size_t>();
    const auto most = schema.at("maxItems").get<std::size_t>();
    const auto elements = [&](std::size_t count) { return Json(count, sample(document, schema.at("items"))); };
    place.allowed = {
        {"fewest", elements(fewest)}, {"just below the most", elements(most - 1)}, {"most", elements(most)}};
    place.refused = {{"just above", elements(most + 1)},
                     {"far above", elements(std::max<std::size_t>(3000, 2 * most))}};
    if (fewest > 0) {
        place.refused.emplace_back("just too few", elements(fewest - 1));
    }
}

/// The bounded places of a body, from the described one down.
void find_places(const Json& document, const Json& described, const std::string& pointer, std::vector<Place>& into) {
    const auto& schema = resolved(document, described);
    Place place{.pointer = pointer, .allowed = {}, .refused = {}};
    if (is_of_type(schema, "integer")) {
        add_bounds_of_integer(schema, place);
    } else if (is_of_type(schema, "string") && schema.contains("minLength")) {
        add_bounds_of_text(schema, 60'000, place);
    } else if (is_of_type(schema, "array")) {
        add_bounds_of_list(document, schema, place);
        find_places(document, schema.at("items"), pointer + "/0", into);
    } else if (schema.contains("oneOf")) {
        for (const auto& alternative : schema.at("oneOf")) {
            find_places(document, alternative, pointer, into);
        }
    } else if (is_of_type(schema, "object") && schema.contains("properties")) {
        for (const auto& [name, member] : schema.at("properties").items()) {
            find_places(document, member, pointer + '/' + name, into);
        }
    }
    if (!place.allowed.empty()) {
        into.push_back(std::move(place));
    }
}

/// The alternative that has the first member of a pointer; an object itself.
const Json& object_with(const Json& document, const Json& described, const std::string& member) {
    const auto& schema = resolved(document, described);
    if (schema.contains("oneOf")) {
        for (const auto& alternative : schema.at("oneOf")) {
            const auto& object = resolved(document, alternative);
            if (object.at("properties").contains(member)) {
                return object;
            }
        }
    }
    return schema;
}

/// The body with a value at a pointer. What is missing on the way there is made up.
Json with_value(const Json& document, const Json& schema, Json body, std::string_view pointer, const Json& value) {
    if (pointer.empty()) {
        return value;
    }
    const auto slash = std::min(pointer.find('/', 1), pointer.size());
    const std::string name(pointer.substr(1, slash - 1));
    const auto rest = pointer.substr(slash);
    const auto& object = object_with(document, schema, name);
    if (is_of_type(object, "array")) {
        auto first = body.is_array() && !body.empty() ? body.at(0) : sample(document, object.at("items"));
        return Json::array({with_value(document, object.at("items"), std::move(first), rest, value)});
    }
    const auto& member = object.at("properties").at(name);
    const bool another = !body.is_object() || &object != &resolved(document, schema);
    auto whole = another && !(body.is_object() && body.contains(name)) ? sample(document, object) : std::move(body);
    whole[name] =
        with_value(document, member, whole.contains(name) ? whole.at(name) : sample(document, member), rest, value);
    return whole;
}

struct Operation {
    std::string method;
    std::string path;
    Json schema;  ///< of its body
    Json example;
};

std::vector<Operation> operations_with_bodies(const Json& document) {
    std::vector<Operation> all;
    for (const auto& [path, methods] : document.at("paths").items()) {
        for (const auto& [method, operation] : methods.items()) {
            const auto content = operation.value("/requestBody/content/application~1json"_json_pointer, Json());
            if (content.is_object() && content.at("schema").value("type", "") != "string") {
                auto upper = method;
                std::transform(upper.begin(), upper.end(), upper.begin(),
                               [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
                all.push_back({upper, path, content.at("schema"), content.at("example")});
            }
        }
    }
    return all;
}

/// The path with ids in it that a furnished shop has.
std::string path_in_shop(std::string path) {
    const bool order = path.starts_with("/orders/") || path.starts_with("/admin/orders/");
    for (auto open = path.find('{'); open != std::string::npos; open = path.find('{')) {
        const auto close = path.find('}', open);
        const auto name = path.substr(open, close - open + 1);
        path.replace(open, name.size(), name == "{step}" ? "backups" : order ? "1001" : "1");
    }
    return path;
}

bool blames(const Reply& reply, const std::string& pointer) {
    const auto errors = reply.body.is_object() ? reply.body.value("errors", Json::array()) : Json::array();
    return std::any_of(errors.begin(), errors.end(),
                       [&](const Json& error) { return error.value("pointer", "") == pointer; });
}

/// The same shop for one operation's bodies. Whoever was signed out by one of them signs in again.
class Sender {
public:
    Reply operator()(const Operation& operation, const Json& body) {
        auto& token = operation.path.starts_with("/customers/me") ? shop_.customer : shop_.owner();
        auto reply = shop_.send(operation.method, path_in_shop(operation.path), body.dump(), "application/json", token);
        if (reply.status == 401) {
            shop_.sign_in_again();
            reply = shop_.send(operation.method, path_in_shop(operation.path), body.dump(), "application/json",
                               shop_.owner());
        }
        return reply;
    }

    FurnishedShop& shop() { return shop_; }

private:
    FurnishedShop shop_;
};

/// Whether a request of it hashes a password, which takes its time.
bool has_password(const Operation& operation) {
    return operation.path.starts_with("/auth/") || operation.path.starts_with("/customers") ||
           operation.path.starts_with("/admin/users");
}

void check_bodies(bool with_password) {
    const auto document = Shop().get("/openapi.json").body;
    std::size_t places_seen = 0;
    for (const auto& operation : operations_with_bodies(document)) {
        if (has_password(operation) != with_password) {
            continue;
        }
        Sender send;
        std::vector<Place> places;
        find_places(document, operation.schema, "", places);
        places_seen += places.size();
        for (const auto& place : places) {
            const auto ask = [&](const Json& value) {
                return send(operation, with_value(document, operation.schema, operation.example, place.pointer, value));
            };
            for (const auto& [name, value] : place.refused) {
                const auto reply = ask(value);
                INFO(operation.method << ' ' << operation.path << ' ' << place.pointer << ' ' << name << ": "
                                      << reply.status << ' ' << reply.text.substr(0, 500));
                CHECK(reply.status == 422);
                CHECK(blames(reply, place.pointer));
            }
            for (const auto& [name, value] : place.allowed) {
                const auto reply = ask(value);
                INFO(operation.method << ' ' << operation.path << ' ' << place.pointer << ' ' << name << ": "
                                      << reply.status << ' ' << reply.text.substr(0, 500));
                CHECK(reply.status < 500);
                if (blames(reply, place.pointer)) {
                    CHECK(reply.text.find("is not allowed; it is") == std::string::npos);
                    CHECK(reply.text.find("characters; it is") == std::string::npos);
                    CHECK(reply.text.find("elements; it has") == std::string::npos);
                }
            }
        }
        INFO(operation.method << ' ' << operation.path);
        send.shop().check_invariants();
    }
    CHECK(places_seen > (with_password ? 20 : 150));
}

}  // namespace

TEST_CASE("each bound of a body's member lets through what it names, and nothing beyond", "[large]") {
    check_bodies(false);
}

TEST_CASE("each bound of a member beside a password lets through what it names, and nothing beyond", "[large]") {
    check_bodies(true);
}

TEST_CASE("each bound of a query's parameter lets through what it names, and nothing beyond") {
    FurnishedShop shop;
    const auto document = shop.get("/openapi.json").body;
    std::size_t parameters_seen = 0;
    for (const auto& [path, methods] : document.at("paths").items()) {
        if (!methods.contains("get") || path.ends_with("/stream")) {  // which does not end
            continue;
        }
        const auto& answer = methods.at("get").at("responses").value("200", Json::object());
        const bool is_page = answer.value("content", Json::object()).contains("text/html; charset=utf-8");
        for (const auto& parameter : methods.at("get").value("parameters", Json::array())) {
            if (parameter.value("in", "") != "query" || is_page) {  // a page passes over what it does not know
                continue;
            }
            const auto& described = parameter.at("schema");
            Place place{.pointer = "?" + parameter.at("name").get<std::string>(), .allowed = {}, .refused = {}};
            if (is_of_type(described, "integer")) {
                add_bounds_of_integer(described, place);
            } else if (is_of_type(described, "string") && described.contains("minLength")) {
                add_bounds_of_text(described, 1'000, place);  // the request's line has 8 KiB
            }
            parameters_seen += place.allowed.empty() ? 0 : 1;
            const auto& token = path.starts_with("/customers/me") ? shop.customer : shop.owner();
            const auto ask = [&, &route = path](const Json& value) {
                const auto text = value.is_string() ? value.get<std::string>() : value.dump();
                return shop.get(fmt::format("{}{}={}", path_in_shop(route), place.pointer, wire::percent_encoded(text)),
                                token);
            };
            for (const auto& [name, value] : place.refused) {
                const auto reply = ask(value);
                INFO(path << place.pointer << ' ' << name << ": " << reply.status << ' ' << reply.text.substr(0, 500));
                const bool line_is_too_long = reply.status == 414;
                CHECK((line_is_too_long || (reply.status == 422 && blames(reply, place.pointer))));
            }
            for (const auto& [name, value] : place.allowed) {
                const auto reply = ask(value);
                INFO(path << place.pointer << ' ' << name << ": " << reply.status << ' ' << reply.text.substr(0, 500));
                CHECK(reply.status < 500);
                CHECK(reply.status != 414);
            }
        }
    }
    CHECK(parameters_seen > 40);
}
