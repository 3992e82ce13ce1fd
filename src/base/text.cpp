#include "base/text.h"

#include <sodium.h>
#include <utf8proc.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <stdexcept>

namespace orderd {

namespace {

/// Removes one code point from the front. @returns it, or nullopt if the bytes are not UTF-8
std::optional<utf8proc_int32_t> take_code_point(std::string_view& text) {
    utf8proc_int32_t point = 0;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &point);
    if (size <= 0) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(size));
    return point;
}

bool is_ascii_letter_or_digit(utf8proc_int32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Letters, numbers and marks: without marks, a Hindi or Thai word would be split at each vowel sign.
bool is_part_of_a_word(utf8proc_int32_t point) {
    switch (utf8proc_category(point)) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
        case UTF8PROC_CATEGORY_ME:
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_NL:
        case UTF8PROC_CATEGORY_NO: return true;
        default: return false;
    }
}

/// Which non-ASCII characters an e-mail address may have (RFC 6531): all visible ones.
bool is_visible_beyond_ascii(utf8proc_int32_t point) {
    if (point < 0x80) {
        return false;
    }
    switch (utf8proc_category(point)) {
        case UTF8PROC_CATEGORY_ZS:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_CF:
        case UTF8PROC_CATEGORY_CS:
        case UTF8PROC_CATEGORY_CO:
        case UTF8PROC_CATEGORY_CN: return false;
        default: return true;
    }
}

/// Whether the text is not empty, and `allowed` accepts each of its code points.
template <class Allowed>
bool consists_of(std::string_view text, Allowed allowed) {
    if (text.empty()) {
        return false;
    }
    while (!text.empty()) {
        const auto point = take_code_point(text);
        if (!point || !allowed(*point)) {
            return false;
        }
    }
    return true;
}

/// Checks each dot-separated part with `valid`. @returns the number of parts, or 0 if one is not valid
template <class Valid>
std::size_t valid_parts(std::string_view text, Valid valid) {
    for (std::size_t parts = 1;; ++parts) {
        const auto dot = text.find('.');
        if (!valid(text.substr(0, dot))) {
            return 0;
        }
        if (dot == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(dot + 1);
    }
}

/// RFC 5321, section 4.1.2: Atom, as extended by RFC 6531.
bool is_atom(std::string_view text) {
    static constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~";
    return consists_of(text, [](utf8proc_int32_t point) {
        return is_ascii_letter_or_digit(point) || is_visible_beyond_ascii(point) ||
               (point < 0x80 && kMarks.find(static_cast<char>(point)) != std::string_view::npos);
    });
}

bool is_domain_label(std::string_view text) {
    return text.size() <= 63 &&
           consists_of(text,
                       [](utf8proc_int32_t point) {
                           return is_ascii_letter_or_digit(point) || is_visible_beyond_ascii(point) || point == '-';
                       }) &&
           text.front() != '-' && text.back() != '-';
}

std::string sodium_text(std::size_t size_with_zero, auto write) {
    std::string text(size_with_zero, '\0');
    write(text.data(), text.size());
    text.pop_back();
    return text;
}

const unsigned char* unsigned_bytes(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string encoded(std::string_view bytes, int variant) {
    return sodium_text(sodium_base64_encoded_len(bytes.size(), variant), [&](char* to, std::size_t size) {
        sodium_bin2base64(to, size, unsigned_bytes(bytes), bytes.size(), variant);
    });
}

std::optional<std::string> decoded(std::string_view text, int variant) {
    std::string bytes(text.size() * 3 / 4 + 1, '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                          nullptr, &size, &end, variant) != 0 ||
        end != text.data() + text.size()) {
        return std::nullopt;
    }
    bytes.resize(size);
    return bytes;
}

char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool valid_utf8(std::string_view text) {
    if (is_ascii(text)) {
        return true;
    }
    while (!text.empty()) {
        if (!take_code_point(text)) {
            return false;
        }
    }
    return true;
}

bool has_control(std::string_view text, bool lines_allowed) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7F) {
            if (!lines_allowed || (byte != '\n' && byte != '\r' && byte != '\t')) {
                return true;
            }
        } else if (byte == 0xC2 && i + 1 < text.size()) {  // U+0080 to U+009F
            const auto next = static_cast<unsigned char>(text[i + 1]);
            if (next >= 0x80 && next < 0xA0) {
                return true;
            }
        }
    }
    return false;
}

std::size_t code_points(std::string_view text) {
    const auto starts =
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    return static_cast<std::size_t>(starts);
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpaces = " \t\r\n";
    constexpr std::string_view kNoBreakSpace = "\u00A0";
    for (;;) {
        if (!text.empty() && kSpaces.find(text.front()) != std::string_view::npos) {
            text.remove_prefix(1);
        } else if (text.starts_with(kNoBreakSpace)) {
            text.remove_prefix(kNoBreakSpace.size());
        } else {
            break;
        }
    }
    for (;;) {
        if (!text.empty() && kSpaces.find(text.back()) != std::string_view::npos) {
            text.remove_suffix(1);
        } else if (text.ends_with(kNoBreakSpace)) {
            text.remove_suffix(kNoBreakSpace.size());
        } else {
            return text;
        }
    }
}

std::string folded(std::string_view text) {
    if (is_ascii(text)) {  // the common case; same result as the tables below
        std::string lower(text);
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        return lower;
    }
    utf8proc_uint8_t* mapped = nullptr;
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                                                  UTF8PROC_CASEFOLD | UTF8PROC_IGNORE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(mapped, &std::free);
    if (size < 0) {
        throw std::invalid_argument("the text to fold is not well-formed UTF-8");
    }
    return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
}

std::string in_capitals(std::string_view text) {
    std::string capitals(text);
    std::transform(capitals.begin(), capitals.end(), capitals.begin(), capital);
    // U+00E0 to U+00FE but the sign of division, in UTF-8: 0xC3, and a byte that is 0x20 above its capital's.
    for (std::size_t i = 1; i < capitals.size(); ++i) {
        const auto byte = static_cast<unsigned char>(capitals[i]);
        if (capitals[i - 1] == '\xc3' && byte >= 0xa0 && byte <= 0xbe && byte != 0xb7) {
            capitals[i] = static_cast<char>(byte - 0x20);
        }
    }
    return capitals;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return capital(x) == capital(y); });
}

std::vector<std::string> folded_words(std::string_view text) {
    const auto whole = folded(text);
    std::vector<std::string> words;
    std::string_view rest = whole;
    std::string word;
    while (!rest.empty()) {
        const auto before = rest;
        const auto point = take_code_point(rest);
        if (point && is_part_of_a_word(*point)) {
            word += before.substr(0, before.size() - rest.size());
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) {
        words.push_back(std::move(word));
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

std::string joined_words(std::string_view text) {
    const auto whole = folded(text);
    std::string joined;
    for (std::string_view rest = whole; !rest.empty();) {
        const auto before = rest;
        const auto point = take_code_point(rest);
        if (point && is_part_of_a_word(*point)) {
            joined += before.substr(0, before.size() - rest.size());
        }
    }
    return joined;
}

std::vector<std::string> reference_words(std::string_view text) {
    auto words = folded_words(text);
    if (auto joined = joined_words(text); words.size() > 1) {
        words.push_back(std::move(joined));  // not there yet: it is longer than each of them
    }
    return words;
}

bool valid_email(std::string_view text) {
    const auto at = text.rfind('@');
    if (at > 64 || text.size() > 254) {  // npos without an @
        return false;
    }
    return valid_parts(text.substr(0, at), is_atom) > 0 && valid_parts(text.substr(at + 1), is_domain_label) >= 2;
}

std::string phone_digits(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string to_hex(std::string_view bytes) {
    return sodium_text(bytes.size() * 2 + 1, [&](char* to, std::size_t size) {
        sodium_bin2hex(to, size, unsigned_bytes(bytes), bytes.size());
    });
}

std::string to_base64(std::string_view bytes) { return encoded(bytes, sodium_base64_VARIANT_ORIGINAL); }

std::string to_base64url(std::string_view bytes) { return encoded(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING); }

std::optional<std::string> from_base64(std::string_view text) { return decoded(text, sodium_base64_VARIANT_ORIGINAL); }

std::optional<std::string> from_base64url(std::string_view text) {
    return decoded(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t value = 0;
    if (text.empty() || text.front() < '0' || text.front() > '9' || (text.front() == '0' && text.size() > 1)) {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string escape_html(std::string_view text) {
    std::string html;
    for (const char c : text) {
        switch (c) {
            case '&': html += "&amp;"; break;
            case '<': html += "&lt;"; break;
            case '>': html += "&gt;"; break;
            case '"': html += "&quot;"; break;
            case '\'': html += "&#39;"; break;
            default: html += c;
        }
    }
    return html;
}

}  // namespace orderd
