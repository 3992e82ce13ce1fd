#include "orders/delivery_zones.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/shape.h"
#include "base/text.h"
#include "orders/regions.h"

namespace orderd::orders {

namespace {

// Whose postcodes are digits alone. People write their country's letters before them ("D-10115", "LV-1001").
constexpr std::array<std::string_view, 29> kDigitsOnly{"AT", "AU", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE",
                                                       "ES", "FI", "FR", "GR", "HR", "HU", "IT", "LI", "LT", "LU",
                                                       "LV", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "US"};

std::string joined(std::string_view country, std::string_view rest) { return fmt::format("{} {}", country, rest); }

bool is_country(const std::string& text) {
    std::vector<Fault> faults;
    api::Shape::country().check(text, "", faults);
    return faults.empty();
}

/// The faults of the zones' places, each place known by what it is compared by.
class PlaceCheck {
public:
    explicit PlaceCheck(std::vector<Fault>& faults) : faults_(faults) {}

    void check(const DeliveryPlace& place, const std::string& pointer) {
        const bool anywhere = place.country == kEverywhereElse;
        if (!anywhere && !is_country(place.country)) {
            add(pointer + "/country",
                fmt::format("\"{}\" is not a country; it is an ISO 3166-1 code, or *", place.country));
            return;
        }
        const bool has_region = !trimmed(place.region).empty();
        if (anywhere && (has_region || !place.postal_codes.empty())) {
            add(pointer, "is for everywhere else, which has no region and no postcodes");
        } else if (has_region && !place.postal_codes.empty()) {
            add(pointer,
                "has a region and postcodes; it has one of them, since a postcode is more exact than a region");
        } else if (has_region) {
            check_region(place, pointer);
        } else if (!place.postal_codes.empty()) {
            check_postal_codes(place, pointer);
        } else {
            once(place.country, pointer, anywhere ? "everywhere else" : place.country);
        }
    }

private:
    void check_region(const DeliveryPlace& place, const std::string& pointer) {
        if (knows_regions(place.country) && !find_region(place.country, place.region)) {
            add(pointer + "/region", fmt::format("\"{}\" is not a region of {}; it is an ISO 3166-2 code or a name",
                                                 place.region, place.country));
            return;
        }
        once(joined(place.country, region_key(place.country, place.region)) + " region", pointer + "/region",
             fmt::format("{} in {}", place.region, place.country));
    }

    void check_postal_codes(const DeliveryPlace& place, const std::string& pointer) {
        for (std::size_t i = 0; i < place.postal_codes.size(); ++i) {
            const auto& text = place.postal_codes[i];
            const auto key = postal_key(place.country, text);
            const auto at = fmt::format("{}/postal_codes/{}", pointer, i);
            if (key.empty()) {
                add(at, fmt::format("\"{}\" is not how a postcode of {} begins", text, place.country));
            } else {
                once(joined(place.country, key), at, fmt::format("what begins with {} in {}", text, place.country));
            }
        }
    }

    void once(const std::string& key, const std::string& pointer, const std::string& what) {
        const auto [first, is_new] = seen_.try_emplace(key, pointer);
        if (!is_new) {
            add(pointer, fmt::format("{} has its price at {} already", what, first->second));
        }
    }

    void add(std::string pointer, std::string detail) { faults_.push_back({std::move(pointer), std::move(detail)}); }

    std::vector<Fault>& faults_;
    std::map<std::string, std::string> seen_;
};

void check_band(const PriceBand& band, const PriceBand* before, const std::string& pointer,
                std::vector<Fault>& faults) {
    if (before == nullptr && band.from != 0) {
        faults.push_back({pointer + "/from", fmt::format("is {}; the first band begins at 0", band.from)});
    } else if (before != nullptr && !before->to) {
        faults.push_back({pointer, "comes after a band without an end; only the last band has none"});
    } else if (before != nullptr && band.from > *before->to + 1) {
        faults.push_back(
            {pointer + "/from", fmt::format("is {}, and the band before goes up to {}: what is between has no price; "
                                            "it is {}",
                                            band.from, *before->to, *before->to + 1)});
    } else if (before != nullptr && band.from <= *before->to) {
        faults.push_back({pointer + "/from", fmt::format("is {}, and the band before goes up to {}: they overlap; it "
                                                         "is {}",
                                                         band.from, *before->to, *before->to + 1)});
    }
    if (band.to && *band.to < band.from) {
        faults.push_back({pointer + "/to", fmt::format("is {}, below {}, where the band begins", *band.to, band.from)});
    }
    if (band.price > kMaxPrice) {
        faults.push_back(
            {pointer + "/price", fmt::format("{} is too much; it is 0 to {}", band.price.minor, kMaxPrice.minor)});
    }
}

}  // namespace

std::string postal_key(std::string_view country, std::string_view text) {
    std::string key;
    for (const char c : in_capitals(folded(text))) {
        if (is_digit(c) || is_capital(c)) {
            key += c;
        }
    }
    if (std::find(kDigitsOnly.begin(), kDigitsOnly.end(), country) != kDigitsOnly.end()) {
        key.erase(key.begin(), std::find_if(key.begin(), key.end(), is_digit));
    }
    return key;
}

ZoneIndex::ZoneIndex(const std::vector<DeliveryZone>& zones) {
    for (std::size_t i = 0; i < zones.size(); ++i) {
        for (const auto& place : zones[i].places) {
            add(place, i);
        }
    }
}

void ZoneIndex::add(const DeliveryPlace& place, std::size_t zone) {
    if (!place.region.empty()) {
        by_region_.emplace(joined(place.country, region_key(place.country, place.region)), zone);
        return;
    }
    if (place.postal_codes.empty()) {
        by_country_.emplace(place.country, zone);
    }
    for (const auto& beginning : place.postal_codes) {
        auto key = postal_key(place.country, beginning);
        longest_ = std::max(longest_, key.size());
        by_postcode_.emplace(joined(place.country, key), zone);
    }
}

std::optional<std::size_t> ZoneIndex::find(const accounts::Address& to) const {
    const auto look_up = [](const Zones& zones, std::string_view key) -> std::optional<std::size_t> {
        const auto found = zones.find(key);
        return found == zones.end() ? std::nullopt : std::optional(found->second);
    };
    const auto code = postal_key(to.country, to.postal_code);
    for (auto length = std::min(longest_, code.size()); length > 0; --length) {
        if (const auto zone = look_up(by_postcode_, joined(to.country, code.substr(0, length)))) {
            return zone;
        }
    }
    if (!to.region.empty()) {
        if (const auto zone = look_up(by_region_, joined(to.country, region_key(to.country, to.region)))) {
            return zone;
        }
    }
    const auto zone = look_up(by_country_, to.country);
    return zone || to.country.empty() ? zone : look_up(by_country_, kEverywhereElse);
}

void check_zones(const std::vector<DeliveryZone>& zones, std::vector<Fault>& faults) {
    PlaceCheck places(faults);
    for (std::size_t i = 0; i < zones.size(); ++i) {
        const auto pointer = fmt::format("/zones/{}", i);
        const auto& zone = zones[i];
        for (std::size_t place = 0; place < zone.places.size(); ++place) {
            places.check(zone.places[place], fmt::format("{}/places/{}", pointer, place));
        }
        for (std::size_t band = 0; band < zone.bands.size(); ++band) {
            check_band(zone.bands[band], band == 0 ? nullptr : &zone.bands[band - 1],
                       fmt::format("{}/bands/{}", pointer, band), faults);
        }
        if (zone.bands.empty() && zone.free_from) {
            faults.push_back({pointer + "/free_from", "is given, and the zone has no price to be free of"});
        }
    }
}

}  // namespace orderd::orders
