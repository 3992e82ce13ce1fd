#include "base/json.h"

#include <fmt/format.h>

#include <string>

#include <catch2/catch_test_macros.hpp>

#include "base/errors.h"

using namespace orderd;

namespace {

std::string code_of(const std::string& text) {
    try {
        parse_json(text);
    } catch (const Refusal& refusal) {
        CHECK(refusal.status() == 400);
        return std::string(refusal.code());
    }
    return "";
}

std::string nested(int levels) {
    return std::string(static_cast<std::size_t>(levels), '[') + std::string(static_cast<std::size_t>(levels), ']');
}

std::string with_members(int count) {
    std::string text = "{";
    for (int i = 0; i < count; ++i) {
        text += fmt::format(R"({}"m{}":{})", i == 0 ? "" : ",", i, i);
    }
    return text + "}";
}

}  // namespace

TEST_CASE("JSON is read as it was written") {
    CHECK(parse_json(R"({"b":[1,-2,2.5,"é\n",true,null,{}],"a":{"x":[]}})").dump() ==
          R"({"b":[1,-2,2.5,"é\n",true,null,{}],"a":{"x":[]}})");
    CHECK(parse_json("7") == 7);
    CHECK(parse_json(with_members(200)).size() == 200);
}

TEST_CASE("what is not JSON is refused with the byte where it goes wrong") {
    CHECK(code_of("") == "malformed_json");
    CHECK(code_of("{") == "malformed_json");
    CHECK(code_of("{} {}") == "malformed_json");
    CHECK(code_of("{'a':1}") == "malformed_json");
    CHECK(code_of("[1,]") == "malformed_json");
    CHECK(code_of("NaN") == "malformed_json");
    CHECK(code_of("[01]") == "malformed_json");
    CHECK(code_of("// a comment\n1") == "malformed_json");
    CHECK(code_of("\"\xC3\x28\"") == "malformed_json");  // no UTF-8
    CHECK(code_of("\"\\ud800\"") == "malformed_json");   // half a surrogate pair
    CHECK(code_of("\"a\nb\"") == "malformed_json");
    try {
        parse_json(R"({"a": nope})");
        FAIL();
    } catch (const Refusal& refusal) {
        CHECK(refusal.detail() == "the body is not JSON: it goes wrong at byte 8");
    }
}

TEST_CASE("JSON has its limits") {
    CHECK(code_of(nested(32)).empty());
    CHECK(code_of(nested(33)) == "json_too_deep");
    CHECK(code_of(nested(100'000)) == "json_too_deep");
    CHECK(code_of(with_members(201)) == "json_too_large");
    CHECK(code_of('"' + std::string(64 * 1024, 'x') + '"').empty());
    CHECK(code_of('"' + std::string(64 * 1024 + 1, 'x') + '"') == "json_too_large");
    CHECK(code_of(R"({"a":1,"b":2,"a":3})") == "duplicate_member");
    CHECK(code_of(R"({"a":1,"\u0061":3})") == "duplicate_member");
    CHECK(code_of(R"([{"a":1},{"a":2}])").empty());
}
