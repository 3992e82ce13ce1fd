// What comes over the wire before a route is found.

#include <array>
#include <optional>
#include <string>

#include "api/admission.h"
#include "api/conditional.h"
#include "base/address.h"
#include "base/errors.h"
#include "base/text.h"
#include "fuzz/target.h"
#include "wire/chunks.h"
#include "wire/head.h"
#include "wire/session_cookie.h"

namespace orderd::fuzz {

namespace {

/// The length of the head, told piece by piece as it would trickle in.
std::size_t length_by_pieces(std::string_view bytes, std::size_t piece) {
    std::size_t scanned = 0;
    for (std::size_t size = piece; size < bytes.size(); size += piece) {
        if (const auto length = wire::head_length(bytes.substr(0, size), scanned)) {
            return length;
        }
    }
    return wire::head_length(bytes, scanned);
}

std::optional<std::size_t> head_length_of(std::string_view bytes, std::size_t piece) {
    try {
        return length_by_pieces(bytes, piece);
    } catch (const Refusal& refusal) {
        require(refusal.status() == 414 || refusal.status() == 431, "only a head that is too long has no length");
        return std::nullopt;
    }
}

void check_head(const wire::Head& head, std::string_view bytes) {
    const auto& framing = head.framing();
    require(wire::is_token(head.method()), "a method is a token");
    require(!framing.chunked || framing.content_length == 0, "a body has one length");
    require(!framing.chunked || head.list_header("content-length").empty(),
            "Transfer-Encoding and Content-Length do not stand together");
    require(!framing.chunked || !head.http_1_0(), "HTTP/1.0 has no chunks");
    auto target = std::string(head.path());
    if (head.target().find('?') != std::string_view::npos) {
        target.append("?").append(head.query());
    }
    const bool absolute = head.target().find("://") != std::string_view::npos;
    require(absolute || target == head.target(), "a target is its path and its query");
    for (const char c : head.target()) {
        require(static_cast<unsigned char>(c) > 0x20 && c != 0x7f, "a target has no space and no control character");
    }
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        require(bytes[i] != '\n' || (i > 0 && bytes[i - 1] == '\r'), "a line ends in CR and LF");
        require(bytes[i] != '\r' || (i + 1 < bytes.size() && bytes[i + 1] == '\n'), "a CR stands before an LF alone");
        require(bytes[i] != '\0', "no NUL is let in");
    }
}

void request_head(std::string_view bytes) {
    Input input(bytes);
    const std::size_t piece = 1 + input.byte();
    const auto rest = input.rest();
    const auto length = head_length_of(rest, rest.size() + 1);
    const auto by_pieces = head_length_of(rest, piece);
    require(!length || !by_pieces || length == by_pieces, "a head is as long whichever way it trickles in");
    if (!length || *length == 0) {
        return;
    }
    const auto text = rest.substr(0, *length);
    try {
        const wire::Head head{std::string(text)};
        check_head(head, text);
        const wire::Head again{std::string(head.method()) + ' ' + std::string(head.target()) +
                               " HTTP/1.1\r\nHost: " + std::string(head.header("host")) + "\r\n\r\n"};
        require(again.path() == head.path() && again.query() == head.query() && again.method() == head.method() &&
                    again.header("host") == head.header("host"),
                "a head that is printed again reads the same");
        for (const auto* list : {"accept", "if-match", "if-none-match", "accept-encoding"}) {
            api::accepts(head.list_header(list), "application/json");
        }
    } catch (const Refusal& refusal) {
        require(
            refusal.status() == 400 || refusal.status() == 414 || refusal.status() == 431 || refusal.status() == 501,
            "a head is refused as its contract says");
    }
}

void chunked_body(std::string_view bytes) {
    Input input(bytes);
    const std::array<std::size_t, 3> pieces{1U + input.byte() % 7U, 1U + input.byte(), 1U};
    const auto rest = input.rest();
    wire::Chunks at_once;
    std::string whole;
    const auto used = at_once.take(rest, whole);
    for (const auto piece : pieces) {
        wire::Chunks chunks;
        std::string body;
        std::size_t at = 0;
        while (at < rest.size() && chunks.state() == wire::Chunks::State::more) {
            at += chunks.take(rest.substr(at, piece), body);
        }
        require(chunks.state() == at_once.state(), "a body ends the same way however it is cut");
        require(chunks.state() == wire::Chunks::State::broken || (body == whole && at == used),
                "a body is the same however it is cut");
    }
    // And a body that is well cut comes back as it was.
    std::string sent;
    for (auto left = rest; !left.empty();) {
        const auto size = std::min(left.size(), pieces[1]);
        std::array<char, 20> line{};
        const auto length = std::snprintf(line.data(), line.size(), "%zx\r\n", size);
        sent.append(line.data(), static_cast<std::size_t>(length)).append(left.substr(0, size)).append("\r\n");
        left.remove_prefix(size);
    }
    sent += "0\r\n\r\n";
    wire::Chunks chunks;
    std::string body;
    require(chunks.take(sent, body) == sent.size() && chunks.state() == wire::Chunks::State::whole && body == rest,
            "a body that was cut into chunks is put together again");
}

void query(std::string_view bytes) {
    const auto parse = [](std::string_view text) -> std::optional<std::vector<std::pair<std::string, std::string>>> {
        try {
            return wire::parse_query(text);
        } catch (const Refusal& refusal) {
            require(refusal.status() == 400, "a query is refused with 400");
            return std::nullopt;
        }
    };
    const auto parsed = parse(bytes);
    if (!parsed) {
        return;
    }
    std::string printed;
    for (const auto& [name, value] : *parsed) {
        require(valid_utf8(name) && valid_utf8(value), "a parameter is UTF-8");
        printed += (printed.empty() ? "" : "&") + wire::percent_encoded(name) + '=' + wire::percent_encoded(value);
    }
    require(parse(printed) == parsed, "a query that is printed again reads the same");
}

void cookies(std::string_view bytes) {
    Input input(bytes);
    const bool secure = input.byte() % 2 == 0;
    const auto token = wire::session_of_cookies(input.rest(), secure);
    require(token.empty() || input.rest().find(token) != std::string_view::npos, "a token stands in the header");
    require(token.find(';') == std::string_view::npos, "a token ends with its cookie");
    const auto set = wire::session_cookie("os_abc", hours(1), secure);
    const auto sent = set.substr(0, set.find(';'));
    require(wire::session_of_cookies(sent + "; " + std::string(input.rest()), secure) == "os_abc",
            "the first cookie of the name counts");
    require(wire::session_of_cookies(sent, !secure).empty(), "a cookie of the other scheme does not count");
}

void authorization(std::string_view bytes) {
    if (bytes.find('\n') != std::string_view::npos) {
        return;  // the rest would be another header
    }
    std::optional<wire::Head> head;
    try {
        head.emplace("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: " + std::string(bytes) + "\r\n\r\n");
    } catch (const Refusal&) {
        return;
    }
    try {
        const auto token = api::bearer_token(*head);
        require(token.empty() == trimmed(bytes).empty(), "a header has a token, or is refused");
        require(token == trimmed(token), "a token has no space around it");
    } catch (const Refusal& refusal) {
        require(refusal.status() == 401, "credentials that are none are refused with 401");
    }
}

void forwarded(std::string_view bytes) {
    static const std::vector<Network> proxies{Network("10.0.0.0/8"), Network("2001:db8::/32")};
    Input input(bytes);
    const auto proto = input.line();
    const auto peer =
        std::array<std::string_view, 4>{"10.1.2.3", "203.0.113.7", "127.0.0.1", "2001:db8::1"}[input.byte() % 4];
    const auto origin = origin_of(peer, input.rest(), proto, proxies);
    require(IpAddress::parse(origin.address).has_value(), "where a request comes from is an address");
    if (peer == "203.0.113.7" || peer == "127.0.0.1") {
        require(origin.address == peer && !origin.forwarded && !origin.secure,
                "nobody but a configured proxy says for whom it asks");
    }
    const auto behind = origin_of("10.1.2.3", std::string(input.rest()) + ", 198.51.100.9", proto, proxies);
    require(behind.address == "198.51.100.9", "what our own proxy wrote counts, whatever stands before it");
    const auto address = IpAddress::parse(input.rest());
    require(!address || Network(input.rest()).contains(*address), "an address is in the range that it is");
    try {
        const Network network(input.rest());
    } catch (const std::invalid_argument&) {
    }
    host_without_port(input.rest());
}

void conditions(std::string_view bytes) {
    Input input(bytes);
    const auto list = input.line();
    const auto accept = input.rest();
    require(!api::names_etag(list, "\"x\"", false) || api::names_etag(list, "\"x\"", true),
            "what matches strongly matches weakly");
    const auto with_tag = std::string(list.empty() ? "" : "\"a\", ") + "\"x\"";
    require(api::names_etag(with_tag, "\"x\"", false), "a list that has a tag names it");
    require(!api::names_version(list, 7, false) || api::names_version(list, 7, true),
            "a version that matches strongly matches weakly");
    api::accepts(accept, "application/json");
    api::prefers_html(accept);
    api::asked_language(accept);
    api::accepts_encoding(accept, "gzip");
    require(!api::is_media_type(accept, "text/csv") || !api::is_media_type(accept, "application/json"),
            "a media type is one");
}

}  // namespace

std::vector<Target> http_targets() {
    return {{"request_head", request_head}, {"chunked_body", chunked_body},   {"query", query},
            {"cookies", cookies},           {"authorization", authorization}, {"forwarded", forwarded},
            {"conditions", conditions}};
}

}  // namespace orderd::fuzz
