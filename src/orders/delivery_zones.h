#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/contact.h"
#include "base/errors.h"
#include "base/money.h"

namespace orderd::orders {

// Where a delivery method goes, and what it costs there.

/// What the country of a place is where it means every country that no other place names.
constexpr std::string_view kEverywhereElse = "*";

/// A country, a region of it, or the postcodes of it that begin in a certain way.
struct DeliveryPlace {
    std::string country;                    ///< ISO 3166-1 alpha-2, or kEverywhereElse
    std::string region;                     ///< as region_key() knows it; empty: the whole country
    std::vector<std::string> postal_codes;  ///< how they begin; empty: all

    bool operator==(const DeliveryPlace&) const = default;
};

enum class BandsBy { value, weight };

/// The price of what weighs, or costs, `from` to `to`, both included.
struct PriceBand {
    std::int64_t from = 0;           ///< grams, or minor units
    std::optional<std::int64_t> to;  ///< nullopt: no end
    Money price;

    bool operator==(const PriceBand&) const = default;
};

struct DeliveryZone {
    std::vector<DeliveryPlace> places;
    BandsBy by = BandsBy::value;
    std::vector<PriceBand> bands;    ///< in order, from 0, without a gap; empty: the method does not go to these places
    std::optional<Money> free_from;  ///< what the goods cost, after discount

    bool operator==(const DeliveryZone&) const = default;
};

constexpr std::size_t kMostZones = 50;          ///< of a method
constexpr std::size_t kMostPlaces = 300;        ///< of a zone: every country
constexpr std::size_t kMostPostalCodes = 1000;  ///< of a place
constexpr std::size_t kMostBands = 50;          ///< of a zone

/// What postcodes are compared by: their letters and digits in capitals. "SW1A 1AA" and "sw1a1aa" are the same; and so
/// are "D-10115" and "10115", since Germany's have no letters.
std::string postal_key(std::string_view country, std::string_view text);

/// Finds the zone of an address: that of the longest beginning of its postcode, else of its region, else of its country,
/// else the one for everywhere else.
class ZoneIndex {
public:
    explicit ZoneIndex(const std::vector<DeliveryZone>& zones);

    /// @returns the zone's place in the list
    std::optional<std::size_t> find(const accounts::Address& to) const;

private:
    using Zones = std::map<std::string, std::size_t, std::less<>>;

    void add(const DeliveryPlace& place, std::size_t zone);

    Zones by_postcode_;  ///< "DE 10"
    Zones by_region_;    ///< "US CA"
    Zones by_country_;
    std::size_t longest_ = 0;  ///< of the beginnings
};

/// Adds every fault of a method's zones: places that do not exist or are named twice; bands that do not begin at 0,
/// overlap, or leave a gap; prices that are too high.
void check_zones(const std::vector<DeliveryZone>& zones, std::vector<Fault>& faults);

}  // namespace orderd::orders
