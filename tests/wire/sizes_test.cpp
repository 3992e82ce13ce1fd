// What a request may be long, just below each bound, at it, just above it and far above it.

#include <fmt/format.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "api/shape.h"
#include "base/budgets.h"
#include "wire/desk.h"
#include "wire/head.h"

using namespace orderd;
using namespace orderd::tests;
using api::Shape;
using api::Who;

namespace {

std::string letters_of(std::size_t count) { return std::string(count, 'x'); }

void add_sized(api::RouteTable& routes) {
    routes.add({.method = "GET", .path = "/here", .who = Who::anyone, .summary = "Is here", .tag = "Test"},
               [](api::Request&) {
                   return api::ok({{"here", true}});
               });
    routes.add({.method = "GET", .path = "/closed", .who = Who::viewer, .summary = "Is closed", .tag = "Test"},
               [](api::Request&) { return api::ok({}); });
    routes.add({.method = "POST",
                .path = "/bytes",
                .who = Who::anyone,
                .summary = "The bytes again",
                .tag = "Test",
                .raw_body = "text/plain"},
               [](api::Request& in) {
                   return api::printed(std::make_shared<const std::string>(in.raw_body()), "text/plain", "");
               });
    routes.add({.method = "POST",
                .path = "/json",
                .who = Who::anyone,
                .summary = "Any JSON",
                .tag = "Test",
                .body = Shape::anything(),
                .idempotent = true},
               [](api::Request& in, const Json& body) {
                   return in.mutate([&](storage::Transaction&) { return api::ok({{"parts", body.size()}}); });
               });
    routes.add({.method = "POST",
                .path = "/staff",
                .who = Who::staff,
                .summary = "Closed to strangers",
                .tag = "Test",
                .raw_body = "text/plain"},
               [](api::Request&) { return api::ok({}); });
}

std::string posted(std::string_view path, std::string_view type, std::string_view body, std::string_view more = "") {
    return fmt::format("POST {} HTTP/1.1\r\nHost: desk\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}\r\n{}", path,
                       type, body.size(), more, body);
}

std::string in_chunks(std::string_view path, std::string_view chunks) {
    return fmt::format(
        "POST {} HTTP/1.1\r\nHost: desk\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n{}", path,
        chunks);
}

std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

std::string object_of(std::size_t members) {
    std::string text = "{";
    for (std::size_t i = 0; i < members; ++i) {
        text += fmt::format(R"({}"m{}":0)", i == 0 ? "" : ",", i);
    }
    return text + '}';
}

std::string list_of(std::size_t values) {
    std::string text = "[";
    for (std::size_t i = 1; i < values; ++i) {  // the list counts too
        text += i == 1 ? "0" : ",0";
    }
    return text + ']';
}

std::string head_of_bytes(std::size_t bytes) {  // up to the empty line that ends it
    std::string head = "GET /here HTTP/1.1\r\nHost: desk";
    for (std::size_t i = 0; head.size() < bytes; ++i) {
        const auto left = bytes - head.size();
        const auto line = fmt::format("\r\nX-{:02}: ", i);
        const auto whole = std::min<std::size_t>(left, 1000);
        // A last line of its own needs room for its name and a letter.
        const auto size = left - whole > 0 && left - whole < 20 ? whole - 20 : whole;
        head += line + letters_of(size - line.size());
    }
    return head + "\r\n\r\n";
}

struct Bound {
    std::string_view what;
    std::size_t most;
    std::function<std::string(std::size_t size)> request;
    int within;
    int beyond;
    std::string_view code;  ///< of what is beyond
    std::size_t far;
};

const std::vector<Bound>& bounds() {
    const auto header_line = [](std::size_t size) {
        return "GET /here HTTP/1.1\r\nHost: desk\r\nX-Long: " + letters_of(size - 8) + "\r\n\r\n";
    };
    const auto key = [](std::size_t size) {
        return posted("/json", "application/json", "{}", "Idempotency-Key: " + letters_of(size) + "\r\n");
    };
    static const std::vector<Bound> all{
        {"a request line with its end", wire::kMaxLine,
         [](std::size_t size) {
             const std::string_view rest = "GET /here? HTTP/1.1\r\n";
             return "GET /here?" + std::string(size - rest.size(), '&') + " HTTP/1.1\r\nHost: desk\r\n\r\n";
         },
         200, 414, "uri_too_long", 1'000'000},
        {"a header's line", wire::kMaxLine - 2, header_line, 200, 431, "headers_too_large", 1'000'000},
        {"headers", wire::kMaxHeaders,
         [](std::size_t count) {
             std::string head = "GET /here HTTP/1.1\r\nHost: desk\r\n";
             for (std::size_t i = 1; i < count; ++i) {
                 head += fmt::format("X-{}: 1\r\n", i);
             }
             return head + "\r\n";
         },
         200, 431, "headers_too_large", 2'000},
        {"a head", wire::kMaxHead, head_of_bytes, 200, 431, "headers_too_large", 1'000'000},
        {"parameters of a query", budget::kQueryParameters,
         [](std::size_t count) {
             std::string query = "?a";
             for (std::size_t i = 1; i < count; ++i) {
                 query += "&a";
             }
             return "GET /here" + query + " HTTP/1.1\r\nHost: desk\r\n\r\n";
         },
         422, 400, "bad_request", 3'000},
        {"a body", budget::kBody, [](std::size_t size) { return posted("/bytes", "text/plain", letters_of(size)); },
         200, 413, "body_too_large", 8 * budget::kBody},
        {"a body in chunks", budget::kBody,
         [](std::size_t size) {
             return in_chunks("/bytes", fmt::format("{:x}\r\n{}\r\n0\r\n\r\n", size, letters_of(size)));
         },
         200, 413, "body_too_large", 8 * budget::kBody},
        {"what stands beside the sizes of chunks", 4096,
         [](std::size_t size) { return in_chunks("/bytes", fmt::format("1;{}\r\nx\r\n0\r\n\r\n", letters_of(size))); },
         200, 400, "body_incomplete", 100'000},
        {"levels of JSON", budget::kJsonDepth,
         [](std::size_t levels) { return posted("/json", "application/json", nested(levels)); }, 200, 400,
         "json_too_deep", 100'000},
        {"members of an object", budget::kJsonMembers,
         [](std::size_t count) { return posted("/json", "application/json", object_of(count)); }, 200, 400,
         "json_too_large", 19'000},
        {"values of a body", budget::kJsonValues,
         [](std::size_t count) { return posted("/json", "application/json", list_of(count)); }, 200, 400,
         "json_too_large", 500'000},
        {"a text in JSON", budget::kJsonString,
         [](std::size_t size) { return posted("/json", "application/json", '"' + letters_of(size) + '"'); }, 200, 400,
         "json_too_large", 300'000},
        {"an Idempotency-Key", 255, key, 200, 422, "invalid_idempotency_key", 8'000},
        {"a token", 512,
         [](std::size_t size) {
             return "GET /closed HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer " + letters_of(size) + "\r\n\r\n";
         },
         401, 401, "unauthenticated", 8'000},
    };
    return all;
}

}  // namespace

TEST_CASE("each size of a request: just below its bound, at it, just above it and far above it") {
    Desk desk(add_sized);
    const auto ask = [&](const std::string& request) {
        Wire wire(desk.port());
        wire.send(request);
        return wire.reply();
    };
    for (const auto& bound : bounds()) {
        for (const auto size : {bound.most - 1, bound.most}) {
            const auto reply = ask(bound.request(size));
            INFO(bound.what << " of " << size << ": " << reply.content.substr(0, 300));
            CHECK(reply.status == bound.within);
        }
        for (const auto size : {bound.most + 1, bound.far}) {
            const auto reply = ask(bound.request(size));
            INFO(bound.what << " of " << size << ": " << reply.content.substr(0, 300));
            CHECK(reply.status == bound.beyond);
            CHECK(reply.code() == bound.code);
        }
    }
}

TEST_CASE("a body of any size comes whole, and so does the answer, and the connection goes on") {
    Desk desk(add_sized);
    Wire wire(desk.port());
    // Around what is read, gathered and sent at once, and where a thread begins to wait.
    std::vector<std::size_t> sizes{0, 1, budget::kBody - 1, budget::kBody};
    for (const auto most : {std::size_t{4} * 1024, budget::kShortBody, std::size_t{32} * 1024, budget::kLongJson}) {
        sizes.insert(sizes.end(), {most - 1, most, most + 1});
    }
    for (const auto size : sizes) {
        std::string body;
        for (std::size_t i = 0; i < size; ++i) {
            body += static_cast<char>('a' + i % 26);
        }
        CAPTURE(size);
        wire.send(posted("/bytes", "text/plain", body));
        CHECK((wire.reply().content == body));
        std::string chunks;
        if (size > 1) {
            chunks = fmt::format("{:x}\r\n{}\r\n", size - 1, body.substr(0, size - 1));
        }
        if (size > 0) {
            chunks += fmt::format("1\r\n{}\r\n", body.back());
        }
        Wire another(desk.port());  // nothing follows chunks
        another.send(in_chunks("/bytes", chunks + "0\r\n\r\n"));
        CHECK((another.reply().content == body));
    }
}

TEST_CASE("of a body that nobody wants 64 KiB are read, to keep the connection") {
    constexpr std::size_t kMost = std::size_t{64} * 1024;
    Desk desk(add_sized);
    for (const auto size : {kMost - 1, kMost, kMost + 1, 10 * kMost}) {
        CAPTURE(size);
        Wire wire(desk.port());
        wire.send(posted("/staff", "text/plain", letters_of(size)));
        const auto refused = wire.reply();
        CHECK(refused.status == 401);
        CHECK((refused.header("Connection") == "close") == (size > kMost));
        wire.send("GET /here HTTP/1.1\r\nHost: desk\r\n\r\n");
        CHECK(wire.reply().status == (size > kMost ? 0 : 200));
    }
}
