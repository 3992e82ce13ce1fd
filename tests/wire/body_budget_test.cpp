// X1: what a body may cost.

#include <fmt/format.h>

#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "api/shape.h"
#include "base/budgets.h"
#include "base/errors.h"
#include "paths.h"
#include "support/program.h"
#include "support/temporary_folder.h"
#include "wire/desk.h"

using namespace orderd;
using namespace orderd::tests;
using api::Shape;
using api::Who;

namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20U;

/// `piece` again and again between two ends, up to so many bytes.
std::string filled(std::string_view before, std::string_view piece, std::string_view after, std::size_t bytes) {
    std::string text(before);
    while (text.size() + piece.size() + 1 + after.size() <= bytes) {
        text.append(text.size() == before.size() ? "" : ",").append(piece);
    }
    return text.append(after);
}

std::string repeated(std::size_t times, std::string_view piece) {
    std::string text = "[";
    for (std::size_t i = 0; i < times; ++i) {
        text.append(i == 0 ? "" : ",").append(piece);
    }
    return text + ']';
}

std::string code_of(const std::string& text) {
    try {
        parse_json(text);
        return "";
    } catch (const Refusal& refusal) {
        return std::string(refusal.code());
    }
}

const Shape& order_like() {
    static const auto line = Shape::object({{"sku", Shape::text(1, 10)}, api::optional("n", Shape::integer(1, 9))});
    static const auto shape = Shape::object(
        {{"items", Shape::list(line, 1, 3)},
         api::optional("note", Shape::text(0, 10)),
         api::optional("more", Shape::map(Shape::integer(0, 9))),
         api::optional("any", Shape::anything()),
         api::optional("how", Shape::tagged("type", {{"a", Shape::object({{"x", Shape::text(1, 9)}})},
                                                     {"b", Shape::object({{"y", Shape::list(Shape::id(), 0, 2)}})}}))});
    return shape;
}

std::size_t kibibytes(pid_t pid, std::string_view name) {
    std::ifstream status(fmt::format("/proc/{}/status", pid));
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(name)) {
            return std::stoul(line.substr(name.size() + 1));
        }
    }
    return 0;
}

}  // namespace

TEST_CASE("X1: a body has at most 20,000 values, however they are nested") {
    // The list counts too.
    for (const auto* piece : {"0", "{}", "[]", "\"\"", "null", "-1.5e3"}) {
        CHECK(code_of(repeated(budget::kJsonValues - 1, piece)).empty());
        CHECK(code_of(repeated(budget::kJsonValues, piece)) == "json_too_large");
    }
    CHECK(code_of(repeated(budget::kJsonValues / 2, "[0]")) == "json_too_large");
    CHECK(code_of(repeated(budget::kJsonValues / 2 - 1, "[0]")).empty());
    CHECK(code_of(repeated(budget::kJsonValues / 3 + 1, R"({"a":0,"b":[]})")) == "json_too_large");
    CHECK(code_of(repeated(budget::kJsonValues / 3, R"({"a":0,"b":[]})")).empty());
    CHECK(code_of(filled("[", "{}", "]", 30 * kMebibyte)) == "json_too_large");
}

TEST_CASE("X1: of a body only what its shape can have is built") {
    const auto parsed = [](std::string_view text) { return order_like().parse(text).dump(); };
    CHECK(parsed(R"({"items":[{"sku":"A","n":1},{"sku":"B"}],"note":"hi"})") ==
          R"({"items":[{"sku":"A","n":1},{"sku":"B"}],"note":"hi"})");
    CHECK(parsed(R"({"items":[1,2,3,4,5,{"sku":[1]},[2]],"note":1})") == R"({"items":[1,2,3,4],"note":1})");
    CHECK(parsed(R"({"items":[{"sku":{"a":{"b":[1,{"a":1,"a":2}]}},"x":[[1]]}],"note":[[],{"a":1}]})") ==
          R"({"items":[{"sku":{},"x":null}],"note":[]})");
    CHECK(parsed(R"({"unknown":{"deep":[1,2,{"x":3}]},"items":[]})") == R"({"unknown":null,"items":[]})");
    CHECK(parsed(R"({"more":{"a":1,"b":[2]},"any":[[1,{"a":[2]}]]})") ==
          R"({"more":{"a":1,"b":[]},"any":[[1,{"a":[2]}]]})");
    CHECK(parsed(R"({"how":{"y":[1,2,3,4],"x":[],"z":[1],"type":"b"}})") ==
          R"({"how":{"y":[1,2,3],"x":[],"z":null,"type":"b"}})");
    CHECK(parsed("[[1],2]") == "[]");
    CHECK(parsed("7") == "7");
    CHECK_THROWS_AS(parsed(R"({"unknown":)" + std::string(40, '[') + std::string(40, ']') + "}"), Refusal);
    CHECK_THROWS_AS(parsed(R"({"unknown":[)"), Refusal);
}

TEST_CASE("X1: a list ends at its own bound, and its faults at a hundred") {
    Desk desk([](api::RouteTable& routes) {
        routes.add({.method = "POST",
                    .path = "/order",
                    .who = Who::anyone,
                    .summary = "Takes three",
                    .tag = "Test",
                    .query = {{"q", Shape::text(0, 10), "text"}},
                    .body = order_like()},
                   [](api::Request&, const Json& body) {
                       return api::ok({{"items", body.at("items").size()}});
                   });
    });
    CHECK(desk.post("/order", R"({"items":[{"sku":"A"},{"sku":"B"},{"sku":"C"}]})").status == 200);
    const auto longer = desk.post("/order", R"({"items":[{"sku":"A"},{"sku":"B"},{"sku":"C"},{"sku":"D"}],"note":7})");
    CHECK(longer.status == 422);
    CHECK(longer.json().at("errors").dump() ==
          R"([{"pointer":"/items","detail":"has more than 3 elements; it has 1 to 3"},)"
          R"({"pointer":"/note","detail":"a number is not allowed; it is text of 0 to 10 characters"}])");
    CHECK(desk.post("/order", filled(R"({"items":[)", "{}", "]}", 50'000)).status == 422);
    CHECK(desk.post("/order", filled(R"({"items":[)", "{}", "]}", kMebibyte)).code() == "json_too_large");
    CHECK(desk.post("/order", filled(R"({"items":[],"x":[)", "{}", "]}", kMebibyte)).code() == "json_too_large");
    std::string unknown = R"({"items":[])";
    for (int i = 0; i < 190; ++i) {
        unknown += fmt::format(R"(,"m{}":[0,{{}}])", i);
    }
    const auto faulty = desk.post("/order", unknown + "}");
    CHECK(faulty.status == 422);
    CHECK(faulty.json().at("errors").size() == budget::kFaults);

    const auto with_parameters = [&](std::size_t count) {
        std::string query = "?q=x";
        for (std::size_t i = 1; i < count; ++i) {
            query += "&a";
        }
        return desk.post("/order" + query, R"({"items":[{"sku":"A"}]})").status;
    };
    CHECK(with_parameters(1) == 200);
    CHECK(with_parameters(budget::kQueryParameters) == 422);
    CHECK(with_parameters(budget::kQueryParameters + 1) == 400);
    CHECK(with_parameters(3'000) == 400);
}

TEST_CASE("X1: thirty of the worst bodies at once leave the server under 150 MiB", "[large]") {
    const tests::TemporaryFolder folder;
    tests::Served served(folder.path());
    std::string names = R"({)";
    for (int i = 0; i < 190; ++i) {
        names += fmt::format(R"({}"{}{}":0)", i == 0 ? "" : ",", std::string(5'400, 'n'), i);
    }
    const std::vector<std::string> bodies{
        filled(R"({"items":[)", "{}", "]}", kMebibyte),
        filled(R"({"items":[)", R"({"a":0})", "]}", kMebibyte),
        filled(R"({"items":[)", R"({"product_id":1,"sku":"x","quantity":1})", "]}", kMebibyte),
        filled(R"({"items":[)", "[[[[[[[[]]]]]]]]", "]}", kMebibyte),
        filled(R"({"items":[],"note":[)", "\"" + std::string(60'000, 'x') + "\"", "]}", kMebibyte),
        filled(R"({"items":[],"x":[)", "\"" + std::string(33, 'x') + "\"", "]}", 700'000),
        names + "}",
        std::string(kMebibyte, '['),
        std::string(kMebibyte, ' '),
    };
    for (const auto& body : bodies) {
        std::vector<std::thread> clients;
        for (int i = 0; i < 30; ++i) {
            clients.emplace_back([&] {
                Wire wire(served.port());
                wire.send(
                    fmt::format("POST /orders HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n"
                                "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                                body.size()));
                wire.send(body);
                wire.reply();
            });
        }
        for (auto& client : clients) {
            client.join();
        }
    }
    const auto most = kibibytes(served.pid(), "VmHWM:");
    CHECK(most > 0);
    if (std::string_view(tests::kSanitizers).empty()) {  // which need memory of their own
        CHECK(most < 150 * 1024);
    }
}
