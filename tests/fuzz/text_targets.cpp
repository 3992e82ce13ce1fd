// Texts that people type, and that stand in URLs, files and mails.

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

#include "accounts/totp.h"
#include "base/domain.h"
#include "base/folding.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "base/time_zone.h"
#include "fulfillment/tracking_number.h"
#include "fuzz/target.h"
#include "notify/message.h"
#include "outgoing/client.h"
#include "outgoing/public_address.h"

namespace orderd::fuzz {

namespace {

void money(std::string_view bytes) {
    Input input(bytes);
    const auto currency = std::array<std::string_view, 4>{"EUR", "JPY", "BHD", "USD"}[input.byte() % 4];
    const auto amount = parse_money(input.rest(), currency);
    if (!amount) {
        return;
    }
    require(*amount >= Money{0} && *amount <= kMaxPrice, "an amount is within its bounds");
    require(parse_money(decimal_money(*amount, currency), currency) == amount,
            "an amount that is printed reads the same");
}

void time(std::string_view bytes) {
    if (const auto moment = parse_time(bytes)) {
        require(parse_time(rfc3339(*moment)) == moment, "a time that is printed reads the same");
    }
}

void time_zone(std::string_view bytes) {
    Input input(bytes);
    const Time moment{static_cast<std::int64_t>(input.number(60'000)) * days(1).ms / 2};
    try {
        const auto zone = TimeZone::parse("Test/Zone", input.rest());
        const auto period = zone.at(moment);
        require(period.begin <= moment && moment < period.end, "a moment is in its period");
        require(period.ahead < hours(27) && hours(-26) < period.ahead, "clocks differ by a day or so");
        const auto day = zone.day_of(moment);
        require(zone.start_of(day) <= moment + hours(27) && zone.start_of(day) <= zone.start_of(day + 1),
                "days are in order");
        const auto periods = zone.periods(moment, moment + days(400));
        require(!periods.empty() && periods.front().begin == moment && periods.back().end == moment + days(400),
                "periods cover their span");
    } catch (const BadTimeZone&) {  // it says why
    }
}

void tracking_number(std::string_view bytes) {
    const auto tidy = fulfillment::tidy_number(bytes);
    require(fulfillment::tidy_number(tidy) == tidy, "a tidy number stays so");
    const auto known = fulfillment::recognise(tidy);
    require(!known || !fulfillment::mistyped(tidy), "a number that fits was not mistyped");
    require(!known || known->url.find_first_of(" <>\"") == std::string::npos, "a link is one");
    Input input(bytes);
    const auto own = fulfillment::own_number(static_cast<std::int64_t>(input.number(60'000)) * 65'536 + 1);
    require(own.size() == 13 && fulfillment::tidy_number(own) == own, "our own numbers are tidy");
}

/// RFC 4648, section 6.
std::string from_base32(std::string_view text) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        require(kDigits.find(c) != std::string_view::npos, "base32 has 32 digits");
        bits = bits << 5U | static_cast<unsigned>(kDigits.find(c));
        count += 5;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xffU);
        }
    }
    return bytes;
}

void encodings(std::string_view bytes) {
    require(from_base32(accounts::to_base32(bytes)) == bytes, "base32 comes back");
    require(from_base64(to_base64(bytes)) == bytes, "base64 comes back");
    require(from_base64url(to_base64url(bytes)) == bytes, "base64url comes back");
    if (const auto decoded = from_base64(bytes)) {
        require(from_base64(to_base64(*decoded)) == decoded, "what base64 says is printed and read again");
    }
    if (const auto decoded = from_base64url(bytes)) {
        require(from_base64url(to_base64url(*decoded)) == decoded, "what base64url says is printed and read again");
    }
    const auto code = accounts::totp_code(bytes, static_cast<std::int64_t>(bytes.size()));
    require(code.size() == 6 && std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; }),
            "a code has six digits");
    if (const auto number = parse_integer(bytes)) {
        require(std::to_string(*number) == bytes, "an integer is written in one way");
    }
}

void html_escape(std::string_view bytes) {
    const auto escaped = escape_html(bytes);
    require(escaped.find_first_of("<>\"'") == std::string::npos, "escaped text has no markup");
    std::string plain;
    for (std::size_t i = 0; i < escaped.size(); ++i) {
        if (escaped[i] != '&') {
            plain += escaped[i];
            continue;
        }
        const auto end = escaped.find(';', i);
        require(end != std::string::npos, "an ampersand begins a reference");
        const auto name = escaped.substr(i + 1, end - i - 1);
        plain += name == "amp" ? '&' : name == "lt" ? '<' : name == "gt" ? '>' : name == "quot" ? '"' : '\'';
        i = end;
    }
    require(plain == bytes, "escaped text says what the text says");
}

void words(std::string_view bytes) {
    if (!valid_utf8(bytes)) {
        return;
    }
    const auto once = folded(bytes);
    require(valid_utf8(once), "folded text is UTF-8");
    require(folded(once) == once, "folding twice is folding once");
    require(valid_utf8(identifier_key(bytes)) && valid_utf8(search_form(bytes)), "folded text is text");
    require(valid_utf8(mail_identity(bytes)), "an identity too");
    const auto found = folded_words(bytes);
    require(std::is_sorted(found.begin(), found.end()), "words are sorted");
    for (const auto& word : found) {
        require(!word.empty() && folded(word) == word, "a word is folded");
    }
    require(code_points(bytes) <= bytes.size(), "a code point takes a byte or more");
    require(trimmed(trimmed(bytes)) == trimmed(bytes), "trimming twice is trimming once");
    for (const char c : phone_digits(bytes)) {
        require(c >= '0' && c <= '9', "digits are digits");
    }
}

void domain(std::string_view bytes) {
    if (const auto ascii = ascii_domain(bytes)) {
        require(is_ascii(*ascii) && ascii->size() <= 253 && !ascii->empty(), "a domain is short, and ASCII");
        require(ascii_domain(*ascii) == ascii, "a domain on the wire stays so");
    }
    if (valid_email(bytes)) {
        require(bytes.size() <= 254 && std::count(bytes.begin(), bytes.end(), '@') == 1, "an address has one @");
        const auto address = mail_address(bytes);
        require(address.find_first_of(" \r\n<>") == std::string::npos, "nothing can be added to an address");
        require(mail_address(address) == address, "an address on the wire stays so");
    }
}

void url(std::string_view bytes) {
    const std::string text(bytes);
    if (outgoing::fault_of_fetched_url(text, false).empty()) {
        require(outgoing::is_outgoing_url(text), "what may be fetched can be asked for");
        const auto host = outgoing::host_of_url(text);
        const int port = outgoing::port_of_url(text);
        require(!host.empty() && !outgoing::is_this_machine(host), "what may be fetched is not this machine");
        require(port == 443 || port > 1023, "a port is 443, or above 1023");
        require(text.find_first_of("\r\n \t") == std::string::npos, "a URL is one line");
    }
}

/// Who writes, to whom, about what, and the text.
void mail(std::string_view bytes) {
    Input input(bytes);
    notify::Message message{.from = {.name = std::string(input.line()), .address = "shop@example.com"},
                            .to = {.name = std::string(input.line()), .address = "ada@example.com"},
                            .reply_to = "",
                            .subject = std::string(input.line()),
                            .text = std::string(input.rest()),
                            .html = "<p>" + escape_html(input.rest()) + "</p>",
                            .id = "abc@shop.example.com",
                            .date = {1'767'225'600'000}};
    const auto composed = notify::compose(message);
    const auto head = composed.substr(0, composed.find("\r\n\r\n"));
    require(is_ascii(composed), "a mail is ASCII");
    std::size_t headers = 0;
    for (std::size_t at = 0; at < composed.size();) {
        const auto end = composed.find("\r\n", at);
        require(end != std::string::npos, "a line ends in CR and LF");
        require(end - at <= 76, "a line has 76 characters at most");
        const auto line = composed.substr(at, end - at);
        require(line.find_first_of("\r\n") == std::string::npos, "a line is one");
        headers += at < head.size() && !line.empty() && line.front() != ' ' && line.front() != '\t' ? 1 : 0;
        at = end + 2;
    }
    message.from.name = message.to.name = message.subject = "x";
    const auto plain = notify::compose(message);
    std::size_t of_plain = 0;
    for (std::size_t at = 0; at < plain.find("\r\n\r\n"); at = plain.find("\r\n", at) + 2) {
        of_plain += plain[at] != ' ' && plain[at] != '\t' ? 1 : 0;
    }
    require(headers == of_plain, "nothing in a header starts another one");
}

}  // namespace

std::vector<Target> text_targets() {
    return {{"money", money},
            {"time", time},
            {"time_zone", time_zone},
            {"tracking_number", tracking_number},
            {"encodings", encodings},
            {"html_escape", html_escape},
            {"words", words},
            {"domain", domain},
            {"url", url},
            {"mail", mail}};
}

}  // namespace orderd::fuzz
