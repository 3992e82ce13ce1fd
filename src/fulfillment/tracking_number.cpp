#include "fulfillment/tracking_number.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace orderd::fulfillment {

namespace {

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }
int digit(char c) { return c - '0'; }

/// GS1's mod 10: weights 3, 1, 3, … from the right.
int mod10(std::string_view digits) {
    int sum = 0;
    int weight = 3;
    for (auto c = digits.rbegin(); c != digits.rend(); ++c) {
        sum += digit(*c) * weight;
        weight = 4 - weight;
    }
    return (10 - sum % 10) % 10;
}

bool fits_mod10(std::string_view number) { return mod10(number.substr(0, number.size() - 1)) == digit(number.back()); }

bool is_1z(std::string_view n) {
    return n.size() == 18 && n.starts_with("1Z") && is_digit(n.back()) &&
           std::all_of(n.begin(), n.end(), [](char c) { return is_digit(c) || is_capital(c); });
}

/// UPS: the 15 characters after 1Z, letters as (position + 2) mod 10, every second one doubled.
bool fits_1z(std::string_view n) {
    int sum = 0;
    for (std::size_t i = 2; i < 17; ++i) {
        const int value = is_digit(n[i]) ? digit(n[i]) : (n[i] - 'A' + 2) % 10;
        sum += i % 2 == 0 ? value : 2 * value;
    }
    return (10 - sum % 10) % 10 == digit(n.back());
}

bool is_s10(std::string_view n) {
    return n.size() == 13 && is_capital(n[0]) && is_capital(n[1]) && all_digits(n.substr(2, 9)) && is_capital(n[11]) &&
           is_capital(n[12]);
}

/// UPU standard S10: weights 8 6 4 2 3 5 9 7 on the eight digits, mod 11.
bool fits_s10(std::string_view n) {
    constexpr std::array weights{8, 6, 4, 2, 3, 5, 9, 7};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        sum += digit(n[2 + i]) * weights[i];
    }
    const int rest = 11 - sum % 11;
    return (rest == 10 ? 0 : rest == 11 ? 5 : rest) == digit(n[10]);
}

/// FedEx Express: weights 3, 1, 7 on eleven digits, mod 11, mod 10.
bool fits_fedex_express(std::string_view n) {
    constexpr std::array weights{3, 1, 7};
    int sum = 0;
    for (std::size_t i = 0; i < 11; ++i) {
        sum += digit(n[i]) * weights[i % 3];
    }
    return sum % 11 % 10 == digit(n[11]);
}

/// DHL Express: the first nine digits, mod 7.
bool fits_dhl_express(std::string_view n) {
    int rest = 0;
    for (const char c : n.substr(0, 9)) {
        rest = (rest * 10 + digit(c)) % 7;
    }
    return rest == digit(n[9]);
}

TrackedBy ups(std::string_view n) { return {"ups", fmt::format("https://www.ups.com/track?tracknum={}", n)}; }
TrackedBy usps(std::string_view n) {
    return {"usps", fmt::format("https://tools.usps.com/go/TrackConfirmAction?tLabels={}", n)};
}
TrackedBy fedex(std::string_view n) { return {"fedex", fmt::format("https://www.fedex.com/fedextrack/?trknbr={}", n)}; }
TrackedBy dhl(std::string_view n) {
    return {"dhl", fmt::format("https://www.dhl.com/global-en/home/tracking.html?tracking-id={}", n)};
}

/// The postal service of the country code at the number's end.
TrackedBy post(std::string_view n) {
    struct Page {
        std::string_view country;
        std::string_view url;
    };
    constexpr std::array pages{
        Page{"AT", "https://www.post.at/s/sendungsdetails?snr={}"},
        Page{"AU", "https://auspost.com.au/mypost/track/details/{}"},
        Page{"CA", "https://www.canadapost-postescanada.ca/track-reperage/en#/details/{}"},
        Page{"CH", "https://service.post.ch/ekp-web/ui/list/search/{}"},
        Page{"FR", "https://www.laposte.fr/outils/suivre-vos-envois?code={}"},
        Page{"GB", "https://www.royalmail.com/track-your-item#/tracking-results/{}"},
    };
    const auto country = n.substr(11);
    if (country == "US") {
        return usps(n);
    }
    if (country == "DE") {
        return dhl(n);
    }
    auto name =
        fmt::format("post-{}{}", static_cast<char>(country[0] - 'A' + 'a'), static_cast<char>(country[1] - 'A' + 'a'));
    const auto page = std::find_if(pages.begin(), pages.end(), [&](const Page& p) { return p.country == country; });
    return {std::move(name), page == pages.end() ? "" : fmt::format(fmt::runtime(page->url), n)};
}

/// USPS puts 420 and the destination's ZIP code, of five or nine digits, before the number in its barcode.
std::string_view without_zip(std::string_view n) {
    if (n.starts_with("420") && (n.size() == 30 || n.size() == 34)) {
        return n.substr(n.size() - 22);
    }
    return n;
}

std::optional<TrackedBy> recognise_digits(std::string_view n) {
    const auto inner = without_zip(n);
    if (inner.size() == 22 && inner[0] == '9' && inner[1] >= '1' && inner[1] <= '5' && fits_mod10(inner)) {
        return usps(inner);
    }
    switch (n.size()) {
        case 10: return fits_dhl_express(n) ? std::optional(dhl(n)) : std::nullopt;
        case 12: return fits_fedex_express(n) ? std::optional(fedex(n)) : std::nullopt;
        case 15: return fits_mod10(n) ? std::optional(fedex(n)) : std::nullopt;
        case 20:
            if (!fits_mod10(n)) {
                return std::nullopt;
            }
            if (n.starts_with("003404")) {
                return dhl(n);
            }
            return n[0] == '7' || n.starts_with("03") ? std::optional(usps(n)) : std::nullopt;
        case 22:
            return n.starts_with("96") && fits_mod10(n.substr(7)) ? std::optional(fedex(n.substr(7))) : std::nullopt;
        default: return std::nullopt;
    }
}

}  // namespace

std::string tidy_number(std::string_view typed) {
    std::string number;
    for (const char c : typed) {
        if (c != ' ' && c != '-') {
            number += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
    }
    return number;
}

std::optional<TrackedBy> recognise(std::string_view number) {
    if (is_1z(number)) {
        return fits_1z(number) ? std::optional(ups(number)) : std::nullopt;
    }
    if (is_s10(number)) {
        return fits_s10(number) ? std::optional(post(number)) : std::nullopt;
    }
    return all_digits(number) && !number.empty() ? recognise_digits(number) : std::nullopt;
}

std::optional<std::string_view> mistyped(std::string_view number) {
    if (is_1z(number) && !fits_1z(number)) {
        return "UPS";
    }
    if (is_s10(number) && !fits_s10(number)) {
        return "UPU S10";
    }
    return std::nullopt;
}

std::string own_number(std::int64_t shipment) {
    const auto digits = fmt::format("{:010}", shipment);
    return fmt::format("OD{}{}", digits, mod10(digits));
}

}  // namespace orderd::fulfillment
