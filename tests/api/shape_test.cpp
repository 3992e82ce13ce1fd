#include "api/shape.h"

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "base/errors.h"

using namespace orderd;
using api::Shape;

namespace {

std::vector<Fault> faults_of(const Shape& shape, const std::string& json) {
    std::vector<Fault> faults;
    shape.check(parse_json(json), "", faults);
    return faults;
}

std::string first_fault(const Shape& shape, const std::string& json) {
    const auto faults = faults_of(shape, json);
    return faults.empty() ? "" : faults.front().pointer + ": " + faults.front().detail;
}

bool fits(const Shape& shape, const std::string& json) { return faults_of(shape, json).empty(); }

}  // namespace

TEST_CASE("a value fits its shape, or the fault says what would be right") {
    const auto [shape, json, fault] = GENERATE(table<Shape, std::string, std::string>({
        {Shape::integer(1, 10'000), "1", ""},
        {Shape::integer(1, 10'000), "10000", ""},
        {Shape::integer(1, 10'000), "0", ": 0 is not allowed; it is 1 to 10000"},
        {Shape::integer(1, 10'000), "-1", ": -1 is not allowed; it is 1 to 10000"},
        {Shape::integer(1, 10'000), "18446744073709551615", ": 18446744073709551615 is not allowed; it is 1 to 10000"},
        {Shape::integer(1, 10'000), "99999999999999999999",
         ": a number that is not an integer is not allowed; it is 1 to 10000"},
        {Shape::integer(1, 10'000), "1.0", ": a number that is not an integer is not allowed; it is 1 to 10000"},
        {Shape::integer(1, 10'000), "1e3", ": a number that is not an integer is not allowed; it is 1 to 10000"},
        {Shape::integer(1, 10'000), "\"1\"", ": text is not allowed; it is 1 to 10000"},
        {Shape::integer(1, 10'000), "null", ": null is not allowed; it is 1 to 10000"},
        {Shape::integer(-5, 5), "-5", ""},
        {Shape::money(), "9007199254740991", ""},
        {Shape::money(), "9007199254740992", ": 9007199254740992 is not allowed; it is 0 to 9007199254740991"},
        {Shape::text(1, 3), "\"abc\"", ""},
        {Shape::text(1, 3), "\"äöü\"", ""},
        {Shape::text(1, 3), "\"abcd\"", ": has 4 characters; it is text of 1 to 3 characters"},
        {Shape::text(1, 3), "\"\"", ": is empty; it is text of 1 to 3 characters"},
        {Shape::text(1, 3), "\"a\\nb\"", ": has a control character in it; none is allowed here"},
        {Shape::text(1, 3), "\"a\\u0000\"", ": has a control character in it; none is allowed here"},
        {Shape::text(1, 3), "4242", ": a number is not allowed; it is text of 1 to 3 characters"},
        {Shape::lines(0, 5), "\"a\\nb\"", ""},
        {Shape::lines(0, 5), "\"a\\u0007\"", ": has a control character in it; none is allowed here"},
        {Shape::email(), "\"ada@example.com\"", ""},
        {Shape::email(), "\"ada\"", ": is not an e-mail address, as in name@example.com"},
        {Shape::time(), "\"2026-11-24T05:46:03Z\"", ""},
        {Shape::time(), "\"yesterday\"", ": is not a time, as in 2026-11-24T05:46:03Z"},
        {Shape::country(), "\"DE\"", ""},
        {Shape::country(), "\"de\"", ": is not a country of ISO 3166-1, as in DE"},
        {Shape::country(), "\"XX\"", ": is not a country of ISO 3166-1, as in DE"},
        {Shape::country(), "\"D \"", ": is not a country of ISO 3166-1, as in DE"},
        {Shape::currency(), "\"EUR\"", ""},
        {Shape::currency(), "\"ABC\"", ": is not a currency of ISO 4217, as in EUR"},
        {Shape::boolean(), "true", ""},
        {Shape::boolean(), "1", ": a number is not allowed; it is true or false"},
        {Shape::one_of({"a", "b"}), "\"b\"", ""},
        {Shape::one_of({"a", "b"}), "\"c\"", ": is not one of a, b"},
        {Shape::text(1, 3).nullable(), "null", ""},
        {Shape::list(Shape::integer(0, 1), 1, 2), "[]", ": has 0 elements; it has 1 to 2"},
        {Shape::list(Shape::integer(0, 1), 1, 2), "[0,1,0]", ": has more than 2 elements; it has 1 to 2"},
        {Shape::list(Shape::integer(0, 1), 1, 2), "[0,2]", "/1: 2 is not allowed; it is 0 to 1"},
        {Shape::map(Shape::boolean()), R"({"a/b~c": 1})", "/a~1b~0c: a number is not allowed; it is true or false"},
        {Shape::anything(), R"({"a":[1,null]})", ""},
    }));
    CAPTURE(json);
    CHECK(first_fault(shape, json) == fault);
}

TEST_CASE("an object has its members and no others") {
    const auto shape = Shape::object({{"name", Shape::text(1, 10)}, optional("note", Shape::lines(0, 10))});
    CHECK(fits(shape, R"({"name":"a"})"));
    CHECK(fits(shape, R"({"name":"a","note":""})"));
    CHECK(faults_of(shape, R"({"note":"x","Name":"a","colour":1})") ==
          std::vector<Fault>{{"/name", "is missing; it is text of 1 to 10 characters"},
                             {"/Name", "is not known here; known are name, note"},
                             {"/colour", "is not known here; known are name, note"}});
    CHECK(first_fault(shape, R"({"name":"a","":1})") == "/: is not known here; known are name, note");
    CHECK(fits(shape.open(), R"({"name":"a","colour":1})"));
    CHECK(fits(shape.all_optional(), "{}"));
    CHECK(fits(shape.with({{"size", Shape::integer(1, 2)}}), R"({"name":"a","size":2})"));
    CHECK_FALSE(fits(shape.with({{"size", Shape::integer(1, 2)}}), R"({"name":"a"})"));
}

TEST_CASE("one of several objects is told by its tag") {
    const auto shape = Shape::tagged(
        "type", {{"card", Shape::object({{"number", Shape::text(12, 19)}})}, {"cash", Shape::object({})}});
    CHECK(fits(shape, R"({"type":"cash"})"));
    CHECK(fits(shape, R"({"type":"card","number":"4242424242424242"})"));
    CHECK(first_fault(shape, R"({"type":"card"})") == "/number: is missing; it is text of 12 to 19 characters");
    CHECK(first_fault(shape, R"({"type":"gold"})") == "/type: is not known here; it is one of card, cash");
    CHECK(first_fault(shape, R"({"number":"1"})") == "/type: is missing; it is one of card, cash");
    CHECK(first_fault(shape, R"({"type":"cash","number":"1"})") == "/number: is not known here; nothing is");
}

TEST_CASE("a fault never says a text back: it may be a card number") {
    const auto shape = Shape::object({{"number", Shape::text(1, 4)}, {"month", Shape::integer(1, 12)}});
    for (const auto& fault : faults_of(shape, R"({"number":"4242424242424242","month":"4242424242424242"})")) {
        CHECK(fault.detail.find("4242") == std::string::npos);
    }
}

TEST_CASE("a body with very many faults is told a hundred") {
    std::string json = "[";
    for (int i = 0; i < 1000; ++i) {
        json += i == 0 ? "2" : ",2";
    }
    CHECK(faults_of(Shape::list(Shape::integer(0, 1)), json + "]").size() == 100);
}

TEST_CASE("a named shape becomes a component, once") {
    const auto address = Shape::object({{"country", Shape::country()}}).named("Address");
    const auto shape = Shape::object({{"to", address}, optional("from", address.nullable())});
    Json components = Json::object();
    const auto schema = shape.schema(components);
    CHECK(schema["properties"]["to"]["$ref"] == "#/components/schemas/Address");
    CHECK(schema["properties"]["from"]["anyOf"][1] == Json{{"type", "null"}});
    CHECK(schema["required"] == Json::array({"to"}));
    CHECK(schema["additionalProperties"] == false);
    CHECK(components.size() == 1);
    CHECK(components["Address"]["properties"]["country"]["pattern"] == "^[A-Z]{2}$");
}
