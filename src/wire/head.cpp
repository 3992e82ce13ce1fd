#include "wire/head.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/budgets.h"
#include "base/text.h"
#include "wire/session_cookie.h"

namespace orderd::wire {
namespace {

[[noreturn]] void bad(std::string_view why) { throw Refusal(kBadRequest, std::string(why)); }

constexpr auto kTokenCharacters = [] {
    std::array<bool, 256> allowed{};
    for (const char c :
         std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        allowed[static_cast<unsigned char>(c)] = true;
    }
    return allowed;
}();

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

std::string_view without_blanks(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The methods of RFC 9110 and RFC 5789.
constexpr std::array<std::string_view, 9> kMethods{"GET",     "HEAD",    "POST",  "PUT",  "DELETE",
                                                   "CONNECT", "OPTIONS", "TRACE", "PATCH"};

bool lists_word(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        const auto end = list.find(',');
        if (equal_ignoring_case(without_blanks(list.substr(0, end)), word)) {
            return true;
        }
        list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
    }
    return false;
}

bool is_letter_or_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Whether it is a name or an address, perhaps with a port, as a Host header has it (RFC 9110, section 7.2; RFC 3986,
/// section 3.2.2); or empty.
bool is_host(std::string_view text) {
    static constexpr std::string_view kOfName = "-._~%!$&'()*+,;=";
    const auto is_of_name = [](char c) { return is_letter_or_digit(c) || kOfName.find(c) != std::string_view::npos; };
    const auto is_of_address = [](char c) { return is_letter_or_digit(c) || c == ':' || c == '.'; };
    const bool literal = text.starts_with('[');
    auto end = literal ? text.find(']') : text.find(':');
    if (literal && end == std::string_view::npos) {
        return false;
    }
    const auto name = literal ? text.substr(1, end - 1) : text.substr(0, end);
    if (!(literal ? std::all_of(name.begin(), name.end(), is_of_address)
                  : std::all_of(name.begin(), name.end(), is_of_name))) {
        return false;
    }
    const auto port = literal ? text.substr(end + 1) : end == std::string_view::npos ? "" : text.substr(end);
    return port.empty() ||
           (port.front() == ':' && port.size() <= 6 && std::all_of(port.begin() + 1, port.end(), is_digit));
}

/// Reads the headers one by one, and derives the framing from all of them.
class FramingReader {
public:
    explicit FramingReader(bool http_1_0) : http_1_0_(http_1_0) { framing_.keep_alive = !http_1_0; }

    void take(std::string_view name, std::string_view value) {
        if (equal_ignoring_case(name, "content-length")) {
            const auto number = parse_integer(value);
            if (!number || has_length_) {
                bad("Content-Length is not one number");
            }
            has_length_ = true;
            framing_.content_length = static_cast<std::uint64_t>(*number);
        } else if (equal_ignoring_case(name, "transfer-encoding")) {
            if (framing_.chunked || http_1_0_ || !equal_ignoring_case(value, "chunked")) {
                bad("Transfer-Encoding is not chunked alone");
            }
            framing_.chunked = true;
        } else if (equal_ignoring_case(name, "host")) {
            ++hosts_;
            if (!is_host(value)) {
                bad("the Host header does not name a host");
            }
        } else if (equal_ignoring_case(name, "connection")) {
            if (lists_word(value, "close")) {
                framing_.keep_alive = false;
            } else if (http_1_0_ && value == "Keep-Alive") {
                framing_.keep_alive = true;
            }
        } else if (equal_ignoring_case(name, "expect")) {
            framing_.awaits_continue = true;
        } else if (equal_ignoring_case(name, "authorization")) {
            framing_.has_credentials = true;
        } else if (equal_ignoring_case(name, "cookie")) {
            framing_.has_credentials = framing_.has_credentials || !session_of_cookies(value, true).empty() ||
                                       !session_of_cookies(value, false).empty();
        }
    }

    Framing done() const {
        if (has_length_ && framing_.chunked) {
            bad("the request has both Content-Length and Transfer-Encoding");
        }
        if (hosts_ > 1 || (hosts_ == 0 && !http_1_0_)) {
            bad("the request does not have one Host header");
        }
        return framing_;
    }

private:
    const bool http_1_0_;
    Framing framing_;
    bool has_length_ = false;
    int hosts_ = 0;
};

}  // namespace

std::size_t head_length(std::string_view bytes, std::size_t& scanned) {
    const auto from = scanned < 3 ? 0 : scanned - 3;  // the empty line may be split between two reads
    const auto end = bytes.find("\r\n\r\n", from);
    scanned = bytes.size();
    if (bytes.size() > kMaxLine && bytes.substr(0, kMaxLine).find("\r\n") == std::string_view::npos) {
        throw Refusal(kUriTooLong, fmt::format("the request line is longer than {} bytes", kMaxLine));
    }
    if (std::min(end, bytes.size()) > kMaxHead) {
        throw Refusal(kHeadersTooLarge, fmt::format("the request's headers are longer than {} bytes", kMaxHead));
    }
    return end == std::string_view::npos ? 0 : end + 4;
}

Head::Head(std::string bytes) : bytes_(std::move(bytes)) {
    auto rest = std::string_view(bytes_).substr(0, bytes_.size() - 2);  // without the empty line; each ends in CRLF
    const auto next_line = [&rest] {
        const auto end = rest.find("\r\n");
        const auto line = rest.substr(0, end);
        rest.remove_prefix(end + 2);
        if (line.find_first_of("\r\n") != std::string_view::npos) {
            bad("a line of the request's head does not end in CR and LF");
        }
        return line;
    };
    read_request_line(next_line());
    FramingReader framing(http_1_0_);
    while (!rest.empty()) {
        read_header(next_line());
        framing.take(headers_.back().first, headers_.back().second);
    }
    framing_ = framing.done();
}

void Head::read_request_line(std::string_view line) {
    const auto method_end = line.find(' ');
    const auto target_end = line.rfind(' ');
    if (method_end == std::string_view::npos || target_end == method_end || !is_token(line.substr(0, method_end))) {
        bad("the request line is not METHOD TARGET VERSION");
    }
    method_ = line.substr(0, method_end);
    if (std::find(kMethods.begin(), kMethods.end(), method_) == kMethods.end()) {
        throw Refusal(kMethodUnknown, fmt::format("{} is not a known method", method_.substr(0, 40)));
    }
    target_ = line.substr(method_end + 1, target_end - method_end - 1);
    if (target_.empty() || std::any_of(target_.begin(), target_.end(), [](char c) {
            return is_control(c) || c == ' ' || c == '#' || static_cast<unsigned char>(c) >= 0x80;
        })) {
        bad("the request's target has characters in it that must be percent-encoded");
    }
    const auto version = line.substr(target_end + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        bad("the request's version is not HTTP/1.1");
    }
    http_1_0_ = version == "HTTP/1.0";
    auto target = target_;
    if (!target.starts_with('/') && target != "*") {  // absolute form, which a proxy may send (RFC 9112, section 3.2.2)
        const auto authority = target.find("://");
        if (authority == std::string_view::npos) {
            bad("the request's target does not start with a slash");
        }
        const auto path = target.find('/', authority + 3);
        target = path == std::string_view::npos ? std::string_view("/") : target.substr(path);
    }
    const auto mark = target.find('?');
    path_ = target.substr(0, mark);
    query_ = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
}

void Head::read_header(std::string_view line) {
    if (headers_.size() >= kMaxHeaders || line.size() > kMaxLine - 2) {
        throw Refusal(kHeadersTooLarge,
                      fmt::format("the request has more than {} headers, or one that is longer than {} bytes",
                                  kMaxHeaders, kMaxLine - 2));
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
        bad("a header has no name, or characters in it that a name does not have");  // a folded line too
    }
    const auto value = without_blanks(line.substr(colon + 1));
    if (std::any_of(value.begin(), value.end(), [](char c) { return is_control(c) && c != '\t'; })) {
        bad("a header's value has a control character in it");
    }
    headers_.emplace_back(line.substr(0, colon), value);
}

std::string_view Head::header(std::string_view name) const {
    const auto found = std::find_if(headers_.begin(), headers_.end(),
                                    [name](const auto& header) { return equal_ignoring_case(header.first, name); });
    return found == headers_.end() ? std::string_view() : found->second;
}

std::string Head::list_header(std::string_view name) const {
    std::string all;
    for (const auto& [known, value] : headers_) {
        if (equal_ignoring_case(known, name)) {
            all.append(all.empty() ? "" : ", ").append(value);
        }
    }
    return all;
}

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char c) { return kTokenCharacters[static_cast<unsigned char>(c)]; });
}

std::optional<std::string> unescaped(std::string_view text, bool plus_is_space) {
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
        out += c;
    }
    return out;
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
    auto out = unescaped(text, plus_is_space);
    if (!out || std::any_of(out->begin(), out->end(), is_control) || !valid_utf8(*out)) {
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
            bad("the query has a broken percent escape, a control character, or bytes that are not UTF-8");
        }
        if (parameters.size() == budget::kQueryParameters) {
            bad(fmt::format("the query has more than {} parameters", budget::kQueryParameters));
        }
        parameters.emplace_back(std::move(*name), std::move(*value));
    }
    return parameters;
}

}  // namespace orderd::wire
