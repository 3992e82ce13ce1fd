#include <algorithm>
#include <array>
#include <string_view>

#include "orders/tax_rates.h"

namespace orderd::orders {

namespace {

using catalog::TaxClass;

/// A country's rates in hundredths of a percent. 0: it has no such rate. `reduced` is the one that most of its reduced
/// food or books have; `from` is when the newest of them began.
struct Country {
    std::string_view code;
    int standard;
    int reduced;
    int second_reduced;
    int super_reduced;
    std::string_view from;
};

/// As of 2026-11. Two-letter codes of ISO 3166, so Greece is GR.
constexpr std::array<Country, 27> kEuropeanUnion{{
    {"AT", 2000, 1000, 1300, 0, "2016-01-01"},  {"BE", 2100, 600, 1200, 0, "2000-01-01"},
    {"BG", 2000, 900, 0, 0, "2011-04-01"},      {"CY", 1900, 500, 900, 300, "2023-07-01"},
    {"CZ", 2100, 1200, 0, 0, "2024-01-01"},     {"DE", 1900, 700, 0, 0, "2021-01-01"},
    {"DK", 2500, 0, 0, 0, "1992-01-01"},        {"EE", 2400, 900, 1300, 0, "2025-07-01"},
    {"ES", 2100, 1000, 0, 400, "2012-09-01"},   {"FI", 2550, 1350, 1000, 0, "2026-01-01"},
    {"FR", 2000, 550, 1000, 210, "2014-01-01"}, {"GR", 2400, 1300, 600, 0, "2016-06-01"},
    {"HR", 2500, 500, 1300, 0, "2014-01-01"},   {"HU", 2700, 500, 1800, 0, "2012-01-01"},
    {"IE", 2300, 1350, 900, 480, "2021-03-01"}, {"IT", 2200, 1000, 500, 400, "2016-01-01"},
    {"LT", 2100, 1200, 500, 0, "2026-01-01"},   {"LU", 1700, 800, 1400, 300, "2024-01-01"},
    {"LV", 2100, 1200, 500, 0, "2018-01-01"},   {"MT", 1800, 500, 700, 0, "2011-01-01"},
    {"NL", 2100, 900, 0, 0, "2019-01-01"},      {"PL", 2300, 500, 800, 0, "2011-01-01"},
    {"PT", 2300, 600, 1300, 0, "2011-01-01"},   {"RO", 2100, 1100, 0, 0, "2025-08-01"},
    {"SE", 2500, 1200, 600, 0, "1996-01-01"},   {"SI", 2200, 950, 500, 0, "2020-01-01"},
    {"SK", 2300, 500, 1900, 0, "2025-01-01"},
}};
constexpr Country kUnitedKingdom{"GB", 2000, 500, 0, 0, "2011-01-04"};

constexpr auto kEuSource = "European Commission, VAT rates in the member states, as of November 2026";
constexpr auto kUkSource = "HM Revenue & Customs, VAT rates, as of November 2026";

void add(std::vector<TaxRate>& rates, const Country& country, TaxClass tax_class, int hundredths,
         std::string_view source) {
    if (hundredths > 0 || tax_class == TaxClass::zero) {
        rates.push_back({.country = std::string(country.code),
                         .region = {},
                         .tax_class = tax_class,
                         .from = {},
                         .rate = Rate{hundredths * 100},
                         .confirmed = false,
                         .source = std::string(source)});
    }
}

void add_all(std::vector<TaxRate>& rates, const Country& country, std::string_view authority) {
    const auto source = std::string(authority) + "; in force since " + std::string(country.from);
    add(rates, country, TaxClass::standard, country.standard, source);
    add(rates, country, TaxClass::reduced, country.reduced, source);
    add(rates, country, TaxClass::second_reduced, country.second_reduced, source);
    add(rates, country, TaxClass::super_reduced, country.super_reduced, source);
}

}  // namespace

bool is_in_eu(std::string_view country) {
    return std::any_of(kEuropeanUnion.begin(), kEuropeanUnion.end(),
                       [&](const Country& member) { return member.code == country; });
}

std::vector<TaxRate> default_rates() {
    std::vector<TaxRate> rates;
    for (const auto& country : kEuropeanUnion) {
        add_all(rates, country, kEuSource);
    }
    add_all(rates, kUnitedKingdom, kUkSource);
    add(rates, kUnitedKingdom, TaxClass::zero, 0, std::string(kUkSource));
    return rates;
}

}  // namespace orderd::orders
