#include "http/message.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace orderd::http {
namespace {

constexpr std::size_t kMaxChunkOverhead = 16 * 1024;
constexpr std::size_t kMaxChunkLine = 4 * 1024;

[[noreturn]] void bad(std::string_view why) { throw Refusal(Reason::malformed, "bad_request", std::string(why)); }

Refusal too_long_for_body(std::size_t most) {
    return {Reason::too_large, "body_too_large", fmt::format("the body is longer than the {} bytes that are allowed here", most)};
}

constexpr auto kTokenCharacters = [] {
    std::array<bool, 256> allowed{};
    for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        allowed[static_cast<unsigned char>(c)] = true;
    }
    return allowed;
}();

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

void parse_target(Head& head) {
    auto target = head.target;
    if (target.empty() || std::any_of(target.begin(), target.end(), [](char c) {
            return is_control(c) || c == ' ' || static_cast<unsigned char>(c) >= 0x80;
        })) {
        bad("the request's target has characters that must be percent-encoded");
    }
    if (target == "*" && head.method == "OPTIONS") {
        head.path = target;
        return;
    }
    if (target.front() != '/') {  // absolute form, which a proxy may send (RFC 9112, section 3.2.2)
        const auto authority = target.find("://");
        if (authority == std::string_view::npos) {
            bad("the request's target does not start with a slash");
        }
        const auto path = target.find('/', authority + 3);
        target = path == std::string_view::npos ? std::string_view("/") : target.substr(path);
    }
    target = target.substr(0, target.find('#'));
    const auto mark = target.find('?');
    head.path = target.substr(0, mark);
    head.query = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
}

void parse_request_line(std::string_view line, Head& head) {
    const auto method_end = line.find(' ');
    const auto target_end = line.rfind(' ');
    if (method_end == std::string_view::npos || target_end == method_end) {
        bad("the request line is not METHOD TARGET VERSION");
    }
    head.method = line.substr(0, method_end);
    head.target = line.substr(method_end + 1, target_end - method_end - 1);
    const auto version = line.substr(target_end + 1);
    if (!is_token(head.method)) {
        bad("the request's method is no word");
    }
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        bad("the request's version is not HTTP/1.1");
    }
    head.http_1_0 = version == "HTTP/1.0";
    parse_target(head);
}

void parse_header(std::string_view line, Head& head) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
        bad("a header has no name, or characters in it that a name does not have");  // folded lines too
    }
    const auto value = without_blanks(line.substr(colon + 1));
    if (std::any_of(value.begin(), value.end(), [](char c) { return is_control(c) && c != '\t'; })) {
        bad("a header's value has a control character in it");
    }
    if (head.headers.size() >= kMaxHeaders) {
        throw Refusal(Reason::headers_too_large, "headers_too_large",
                      fmt::format("the request has more than {} headers", kMaxHeaders));
    }
    head.headers.emplace_back(line.substr(0, colon), value);
}

/// How long the body is, and whether the connection stays: what the headers say of the message itself.
void understand_framing(Head& head) {
    std::optional<std::uint64_t> length;
    int hosts = 0;
    head.keep_alive = !head.http_1_0;
    for (const auto& [name, value] : head.headers) {
        if (equal_ignoring_case(name, "content-length")) {
            const auto number = parse_integer(value);
            if (!number || length) {
                bad("Content-Length is not one number");
            }
            length = static_cast<std::uint64_t>(*number);
        } else if (equal_ignoring_case(name, "transfer-encoding")) {
            if (head.chunked || head.http_1_0 || !equal_ignoring_case(value, "chunked")) {
                bad("Transfer-Encoding is not chunked alone");
            }
            head.chunked = true;
        } else if (equal_ignoring_case(name, "host")) {
            ++hosts;
        } else if (equal_ignoring_case(name, "connection")) {
            if (equal_ignoring_case(value, "close")) {
                head.keep_alive = false;
            } else if (head.http_1_0 && equal_ignoring_case(value, "keep-alive")) {
                head.keep_alive = true;
            }
        }
    }
    if (length && head.chunked) {
        bad("the request has both Content-Length and Transfer-Encoding");
    }
    if (hosts > 1 || (hosts == 0 && !head.http_1_0)) {
        bad("the request does not have one Host header");
    }
    head.content_length = length.value_or(0);
}

}  // namespace

std::string_view Head::header(std::string_view lower_case_name) const {
    for (const auto& [name, value] : headers) {
        if (equal_ignoring_case(name, lower_case_name)) {
            return value;
        }
    }
    return {};
}

std::string Head::joined_header(std::string_view lower_case_name) const {
    std::string all;
    for (const auto& [name, value] : headers) {
        if (equal_ignoring_case(name, lower_case_name)) {
            all.append(all.empty() ? "" : ", ").append(value);
        }
    }
    return all;
}

std::size_t head_length(std::string_view bytes, std::size_t& scanned) {
    const auto from = scanned < 3 ? 0 : scanned - 3;  // the end may have been cut in two
    const auto end = bytes.find("\r\n\r\n", from);
    scanned = bytes.size();
    const auto line_end = bytes.substr(0, kMaxRequestLine + 2).find("\r\n");
    if (line_end == std::string_view::npos && bytes.size() > kMaxRequestLine) {
        throw Refusal(Reason::uri_too_long, "uri_too_long",
                      fmt::format("the request line is longer than {} bytes", kMaxRequestLine));
    }
    if ((end == std::string_view::npos ? bytes.size() : end) > kMaxHead) {
        throw Refusal(Reason::headers_too_large, "headers_too_large",
                      fmt::format("the request's headers are longer than {} bytes", kMaxHead));
    }
    return end == std::string_view::npos ? 0 : end + 4;
}

void parse_head(std::string_view bytes, Head& head) {
    head.headers.clear();
    head.query = {};
    head.chunked = false;
    auto rest = bytes.substr(0, bytes.size() - 2);  // the empty line aside, each line ends in CRLF
    const auto next_line = [&rest] {
        const auto end = rest.find("\r\n");
        const auto line = rest.substr(0, end);
        rest.remove_prefix(end + 2);
        // A bare CR or LF would be a line's end to other readers.
        if (line.find_first_of("\r\n") != std::string_view::npos) {
            bad("a line of the request's head does not end in CR and LF");
        }
        return line;
    };
    parse_request_line(next_line(), head);
    while (!rest.empty()) {
        parse_header(next_line(), head);
    }
    understand_framing(head);
}

std::size_t ChunkReader::take(std::string_view bytes, std::string& body, std::size_t most) {
    std::size_t taken = 0;
    const auto line = [&]() -> std::optional<std::string_view> {
        const auto rest = bytes.substr(taken);
        const auto end = rest.find("\r\n");
        if (end == std::string_view::npos ? rest.size() > kMaxChunkLine : end > kMaxChunkLine) {
            bad("a line of the chunked body is too long");
        }
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        taken += end + 2;
        overhead_ += end + 2;
        if (overhead_ > kMaxChunkOverhead + body.size()) {
            bad("the chunked body is cut into too many pieces");
        }
        const auto text = rest.substr(0, end);
        if (text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) {
            bad("a line of the chunked body does not end in CR and LF");
        }
        return text;
    };
    while (state_ != State::done) {
        if (state_ == State::size) {
            const auto text = line();
            if (!text) break;
            const auto digits = text->substr(0, text->find(';'));
            if (digits.empty() || digits.size() > 8 ||
                std::any_of(digits.begin(), digits.end(), [](char c) { return hex_digit(c) < 0; })) {
                bad("a chunk's size is no hexadecimal number");
            }
            left_ = 0;
            for (const char c : digits) {
                left_ = left_ * 16 + static_cast<std::uint64_t>(hex_digit(c));
            }
            if (left_ > most - std::min(most, body.size())) {
                throw too_long_for_body(most);
            }
            state_ = left_ == 0 ? State::trailer : State::data;
        } else if (state_ == State::data) {
            const auto part = bytes.substr(taken, static_cast<std::size_t>(left_));
            if (part.empty()) break;
            body.append(part);
            taken += part.size();
            left_ -= part.size();
            if (left_ == 0) state_ = State::data_end;
        } else if (state_ == State::data_end) {
            const auto rest = bytes.substr(taken, 2);
            if (rest.size() < 2) break;
            if (rest != "\r\n") {
                bad("a chunk is longer than its size");
            }
            taken += 2;
            state_ = State::size;
        } else {
            const auto text = line();  // trailers are read over: nothing here takes one
            if (!text) break;
            if (text->empty()) state_ = State::done;
        }
    }
    return taken;
}

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return kTokenCharacters[static_cast<unsigned char>(c)];
    });
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = high < 0 ? -1 : hex_digit(text[i + 2]);
            if (low < 0) {
                return std::nullopt;
            }
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (is_control(c)) {
            return std::nullopt;
        }
        out += c;
    }
    if (!valid_utf8(out)) {
        return std::nullopt;
    }
    return out;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char c : text) {
        if (kPlain.find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += kDigits[byte >> 4U];
            out += kDigits[byte & 0xFU];
        }
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> parameters;
    while (!query.empty()) {
        const auto end = query.find('&');
        const auto part = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        if (part.empty()) {
            continue;
        }
        const auto equals = part.find('=');
        auto name = percent_decoded(part.substr(0, equals), true);
        auto value = equals == std::string_view::npos ? std::string() : percent_decoded(part.substr(equals + 1), true);
        if (!name || !value) {
            bad("the query has a broken percent escape, a control character, or bytes that are no UTF-8");
        }
        parameters.emplace_back(std::move(*name), std::move(*value));
    }
    return parameters;
}

}  // namespace orderd::http
