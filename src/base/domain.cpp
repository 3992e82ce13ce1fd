#include "base/domain.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <stdexcept>

#include "base/text.h"

namespace orderd {

namespace {

constexpr std::size_t kMostLabel = 63;
constexpr std::size_t kMostDomain = 253;

// RFC 3492, section 5.
constexpr std::uint32_t kBase = 36;
constexpr std::uint32_t kTMin = 1;
constexpr std::uint32_t kTMax = 26;
constexpr std::uint32_t kSkew = 38;
constexpr std::uint32_t kDamp = 700;
constexpr std::uint32_t kInitialBias = 72;
constexpr std::uint32_t kInitialN = 128;

char digit(std::uint32_t value) { return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26)); }

std::uint32_t adapted(std::uint32_t delta, std::uint32_t points, bool first) {
    delta = first ? delta / kDamp : delta / 2;
    delta += delta / points;
    std::uint32_t k = 0;
    for (; delta > (kBase - kTMin) * kTMax / 2; k += kBase) {
        delta /= kBase - kTMin;
    }
    return k + (kBase - kTMin + 1) * delta / (delta + kSkew);
}

void put_integer(std::string& out, std::uint32_t q, std::uint32_t bias) {
    for (std::uint32_t k = kBase;; k += kBase) {
        const auto t = k <= bias ? kTMin : k >= bias + kTMax ? kTMax : k - bias;
        if (q < t) {
            break;
        }
        out += digit(t + (q - t) % (kBase - t));
        q = (q - t) / (kBase - t);
    }
    out += digit(q);
}

/// Maps composed letters to the usual ones (with `more` other forms too), in lower case. Nullopt if it is not UTF-8.
std::optional<std::string> in_small_letters(std::string_view text, int more) {
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | more);
    std::string from(text);
    // Twice: a letter in lower case may compose with the character after it.
    for (int round = 0; round < 2; ++round) {
        utf8proc_uint8_t* out = nullptr;
        const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(from.data()),
                                       static_cast<utf8proc_ssize_t>(from.size()), &out, options);
        const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(out, &std::free);
        if (size < 0) {
            return std::nullopt;
        }
        std::string small;
        for (utf8proc_ssize_t at = 0; at < size;) {
            utf8proc_int32_t point = 0;
            at += utf8proc_iterate(out + at, size - at, &point);
            utf8proc_uint8_t bytes[4];
            const auto length = utf8proc_encode_char(utf8proc_tolower(point), bytes);
            small.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
        }
        from = std::move(small);
    }
    return from;
}

/// Maps composed, wide and other compatibility forms to the usual one, in lower case. Nullopt if it is not UTF-8.
std::optional<std::u32string> mapped(std::string_view text) {
    const auto from = in_small_letters(text, UTF8PROC_COMPAT);
    if (!from) {
        return std::nullopt;
    }
    std::u32string points;
    for (std::size_t at = 0; at < from->size();) {
        utf8proc_int32_t point = 0;
        const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(from->data() + at),
                                             static_cast<utf8proc_ssize_t>(from->size() - at), &point);
        if (length <= 0) {
            return std::nullopt;
        }
        points += static_cast<char32_t>(point);
        at += static_cast<std::size_t>(length);
    }
    return points;
}

bool is_mark(char32_t point) {
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(point));
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

/// The essence of RFC 5892: letters, marks, digits, the hyphen, and the middle dots of Catalan and Japanese words.
bool may_stand_in_label(char32_t point) {
    if (point < 0x80) {
        return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9') || point == '-' || point == '_';
    }
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(point))) {
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
        case UTF8PROC_CATEGORY_ND: return true;
        default: return point == 0xB7 || point == 0x30FB;
    }
}

std::optional<std::string> ascii_label(std::u32string_view label) {
    const bool fits = !label.empty() && label.front() != '-' && label.back() != '-' && !is_mark(label.front()) &&
                      std::all_of(label.begin(), label.end(), may_stand_in_label);
    if (!fits) {
        return std::nullopt;
    }
    std::string ascii;
    if (std::all_of(label.begin(), label.end(), [](char32_t point) { return point < 0x80; })) {
        std::transform(label.begin(), label.end(), std::back_inserter(ascii),
                       [](char32_t point) { return static_cast<char>(point); });
    } else {
        const auto code = punycode(label);
        if (!code || label.substr(0, 4) == U"xn--" || label.find(U'_') != std::u32string_view::npos) {
            return std::nullopt;
        }
        ascii = "xn--" + *code;
    }
    return ascii.size() <= kMostLabel ? std::optional(std::move(ascii)) : std::nullopt;
}

}  // namespace

std::optional<std::string> punycode(std::u32string_view label) {
    std::string out;
    for (const auto point : label) {
        if (point < 0x80) {
            out += static_cast<char>(point);
        }
    }
    const auto basic = static_cast<std::uint32_t>(out.size());
    if (basic > 0) {
        out += '-';
    }
    std::uint32_t n = kInitialN;
    std::uint32_t delta = 0;
    std::uint32_t bias = kInitialBias;
    for (auto handled = basic; handled < label.size();) {
        std::uint32_t next = std::numeric_limits<std::uint32_t>::max();
        for (const auto point : label) {
            next = point >= n ? std::min<std::uint32_t>(next, point) : next;
        }
        if (next - n > (std::numeric_limits<std::uint32_t>::max() - delta) / (handled + 1)) {
            return std::nullopt;
        }
        delta += (next - n) * (handled + 1);
        n = next;
        for (const auto point : label) {
            if (point < n && ++delta == 0) {
                return std::nullopt;
            }
            if (point == n) {
                put_integer(out, delta, bias);
                bias = adapted(delta, handled + 1, handled == basic);
                delta = 0;
                ++handled;
            }
        }
        ++delta;
        ++n;
    }
    return out;
}

std::optional<std::string> ascii_domain(std::string_view domain) {
    const auto points = mapped(domain);
    if (!points) {
        return std::nullopt;
    }
    std::string out;
    std::u32string_view rest = *points;
    while (true) {
        // U+3002 is the full stop of Chinese and Japanese keyboards. Wide full stops were mapped before.
        const auto dot = std::min(rest.find_first_of(U".\u3002"), rest.size());
        const auto label = ascii_label(rest.substr(0, dot));
        if (!label) {
            return std::nullopt;
        }
        out += (out.empty() ? "" : ".") + *label;
        if (dot == rest.size()) {
            break;
        }
        rest.remove_prefix(dot + 1);
    }
    return out.size() <= kMostDomain ? std::optional(std::move(out)) : std::nullopt;
}

std::string mail_address(std::string_view address) {
    const auto at = address.rfind('@');
    if (at == std::string_view::npos || is_ascii(address.substr(at + 1))) {
        return std::string(address);
    }
    const auto domain = ascii_domain(address.substr(at + 1));
    return domain ? std::string(address.substr(0, at + 1)) + *domain : std::string(address);
}

std::string mail_identity(std::string_view address) {
    if (is_ascii(address)) {
        return folded(address);
    }
    const auto small = in_small_letters(address, 0);
    if (!small) {
        throw std::invalid_argument("the address is not well-formed UTF-8");
    }
    const auto at = small->rfind('@');
    const auto domain = at == std::string::npos ? std::nullopt : ascii_domain(address.substr(address.rfind('@') + 1));
    return domain ? small->substr(0, at + 1) + *domain : *small;
}

std::string_view beyond_ascii_before_at(std::string_view address) {
    const auto local = address.substr(0, std::min(address.rfind('@'), address.size()));
    const auto found =
        std::find_if(local.begin(), local.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (found == local.end()) {
        return {};
    }
    const auto at = static_cast<std::size_t>(found - local.begin());
    std::size_t length = 1;
    while (at + length < local.size() && (static_cast<unsigned char>(local[at + length]) & 0xC0U) == 0x80) {
        ++length;
    }
    return local.substr(at, length);
}

}  // namespace orderd
