#include "base/money.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

namespace orderd {

namespace {

/// Large enough for any amount times any rate.
__extension__ using Wide = __int128;

constexpr Wide kMillion = 1'000'000;

Money rounded_quotient(Wide dividend, Wide divisor) {
    const Wide half = divisor / 2;
    const Wide quotient = (dividend < 0 ? dividend - half : dividend + half) / divisor;
    if (quotient > std::numeric_limits<std::int64_t>::max() || quotient < std::numeric_limits<std::int64_t>::min()) {
        throw Overflow();
    }
    return {static_cast<std::int64_t>(quotient)};
}

// ISO 4217, list one: every currency and fund code with a minor unit, grouped by its number of decimals.
// Sorted. BGN ended with 2025, but stays: a shop that began with it keeps its books in it.
constexpr std::string_view kNoDecimals[] = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
                                            "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::string_view kTwoDecimals[] = {
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BMD", "BND", "BOB",
    "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHE", "CHF", "CHW", "CNY", "COP", "COU", "CRC",
    "CUP", "CVE", "CZK", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP",
    "GMD", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IRR", "JMD", "KES", "KGS", "KHR", "KPW",
    "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR",
    "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "PAB", "PEN", "PGK", "PHP",
    "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD",
    "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "USD", "USN",
    "UYU", "UZS", "VED", "VES", "WST", "XAD", "XCD", "XCG", "YER", "ZAR", "ZMW", "ZWG"};
constexpr std::string_view kThreeDecimals[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
constexpr std::string_view kFourDecimals[] = {"CLF", "UYW"};

static_assert(std::is_sorted(std::begin(kNoDecimals), std::end(kNoDecimals)));
static_assert(std::is_sorted(std::begin(kTwoDecimals), std::end(kTwoDecimals)));

template <std::size_t N>
bool contains(const std::string_view (&codes)[N], std::string_view code) {
    return std::binary_search(std::begin(codes), std::end(codes), code);
}

int exponent_or_throw(std::string_view currency) {
    const auto exponent = currency_exponent(currency);
    if (!exponent) {
        throw std::invalid_argument(fmt::format("{} is not an ISO 4217 currency", currency));
    }
    return *exponent;
}

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) {
        power *= 10;
    }
    return power;
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Money tax_on(Money net, Rate rate) { return rounded_quotient(Wide{net.minor} * rate.ppm, kMillion); }

Money tax_within(Money gross, Rate rate) { return rounded_quotient(Wide{gross.minor} * rate.ppm, kMillion + rate.ppm); }

std::optional<int> currency_exponent(std::string_view code) {
    if (contains(kTwoDecimals, code)) return 2;
    if (contains(kNoDecimals, code)) return 0;
    if (contains(kThreeDecimals, code)) return 3;
    if (contains(kFourDecimals, code)) return 4;
    return std::nullopt;
}

std::string decimal_money(Money amount, std::string_view currency) {
    const int exponent = exponent_or_throw(currency);
    const auto power = static_cast<std::uint64_t>(power_of_ten(exponent));
    // Not -minor: it overflows for the smallest number.
    const auto size =
        amount.minor < 0 ? 0 - static_cast<std::uint64_t>(amount.minor) : static_cast<std::uint64_t>(amount.minor);
    const auto sign = amount.minor < 0 ? "-" : "";
    return exponent == 0 ? fmt::format("{}{}", sign, size)
                         : fmt::format("{}{}.{:0{}}", sign, size / power, size % power, exponent);
}

std::string format_money(Money amount, std::string_view currency) {
    return fmt::format("{} {}", decimal_money(amount, currency), currency);
}

std::optional<Money> parse_money(std::string_view decimal, std::string_view currency) {
    const auto exponent = static_cast<std::size_t>(exponent_or_throw(currency));
    const auto point = decimal.find('.');
    const auto whole = decimal.substr(0, point);
    auto fraction = point == std::string_view::npos ? std::string_view() : decimal.substr(point + 1);
    if (whole.empty() || !all_digits(whole) || !all_digits(fraction) ||
        (point != std::string_view::npos && fraction.empty())) {
        return std::nullopt;
    }
    while (fraction.size() > exponent && fraction.back() == '0') {
        fraction.remove_suffix(1);
    }
    if (fraction.size() > exponent) {
        return std::nullopt;
    }
    std::string digits(whole);
    digits += fraction;
    digits.append(exponent - fraction.size(), '0');
    std::int64_t minor = 0;
    for (const char digit : digits) {
        minor = minor * 10 + (digit - '0');
        if (minor > kMaxPrice.minor) {
            return std::nullopt;
        }
    }
    return Money{minor};
}

}  // namespace orderd
