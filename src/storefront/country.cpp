#include "storefront/country.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/folding.h"
#include "base/text.h"
#include "storage/settings.h"

namespace orderd::storefront {

namespace {

constexpr std::string_view kNames = "country.";

/// Countries whose addresses name a state, province or county, after the city.
constexpr std::array<std::string_view, 16> kWithRegion{"AE", "AR", "AU", "BR", "CA", "CN", "ES", "HK",
                                                       "IE", "IN", "IT", "JP", "MX", "MY", "US", "VE"};
/// Countries whose postcode stands after the city.
constexpr std::array<std::string_view, 10> kCityFirst{"AU", "CA", "GB", "IE", "IN", "JP", "NZ", "SG", "US", "ZA"};

template <class List>
bool has(const List& list, std::string_view country) {
    return std::find(list.begin(), list.end(), country) != list.end();
}

/// Nullopt: all of them.
std::optional<std::set<std::string>> delivered_to(const orders::DeliveryMethods& methods) {
    if (methods.empty()) {
        return std::nullopt;
    }
    std::set<std::string> countries;
    for (const auto* method : methods.active()) {
        for (const auto& zone : method->zones) {
            for (const auto& place : zone.places) {
                if (place.country == orders::kEverywhereElse) {
                    return std::nullopt;
                }
                countries.insert(place.country);
            }
        }
    }
    return countries.empty() ? std::nullopt : std::optional(std::move(countries));
}

}  // namespace

std::string home_country(const storage::View& view) {
    const auto address = settings::read(view, "shop_address").value_or(nullptr);
    auto country = address.is_object() ? text_member(address, "country") : std::string();
    return country.empty() ? "DE" : country;
}

Json country_choices(const orders::DeliveryMethods& methods, const Language& words, std::string_view chosen) {
    const auto only = delivered_to(methods);
    std::vector<std::pair<std::string, Json>> choices;
    const auto& texts = words.texts();
    for (auto it = texts.lower_bound(kNames); it != texts.end() && it->first.starts_with(kNames); ++it) {
        const auto code = it->first.substr(kNames.size());
        if (!only || only->contains(code) || code == chosen) {
            choices.emplace_back(search_form(it->second),
                                 Json{{"code", code}, {"name", it->second}, {"chosen", code == chosen}});
        }
    }
    std::sort(choices.begin(), choices.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    auto list = Json::array();
    for (auto& [key, choice] : choices) {
        list.push_back(std::move(choice));
    }
    return list;
}

AddressForm address_form(std::string_view country) {
    return {.city_first = has(kCityFirst, country), .has_region = has(kWithRegion, country)};
}

}  // namespace orderd::storefront
