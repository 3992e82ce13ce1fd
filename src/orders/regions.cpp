#include "orders/regions.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"

namespace orderd::orders {

namespace {

struct Region {
    std::string_view country;
    std::string_view code;
    std::string_view names;  ///< and what they are shortened to, with | between them
};

// ISO 3166-2, and the names that people write. Shortened names are those of the Associated Press and of older mail.
constexpr std::array kRegions{
    Region{"AU", "ACT", "Australian Capital Territory"},
    Region{"AU", "NSW", "New South Wales"},
    Region{"AU", "NT", "Northern Territory"},
    Region{"AU", "QLD", "Queensland"},
    Region{"AU", "SA", "South Australia"},
    Region{"AU", "TAS", "Tasmania"},
    Region{"AU", "VIC", "Victoria"},
    Region{"AU", "WA", "Western Australia"},
    Region{"CA", "AB", "Alberta|Alta"},
    Region{"CA", "BC", "British Columbia|Colombie-Britannique"},
    Region{"CA", "MB", "Manitoba|Man"},
    Region{"CA", "NB", "New Brunswick|Nouveau-Brunswick"},
    Region{"CA", "NL",
           "Newfoundland and Labrador|Newfoundland & Labrador|Newfoundland|Labrador|Nfld|Terre-Neuve-et-Labrador"},
    Region{"CA", "NS", "Nova Scotia|Nouvelle-Écosse|Nouvelle-Ecosse"},
    Region{"CA", "NT", "Northwest Territories|NWT|Territoires du Nord-Ouest"},
    Region{"CA", "NU", "Nunavut"},
    Region{"CA", "ON", "Ontario|Ont"},
    Region{"CA", "PE", "Prince Edward Island|PEI|Île-du-Prince-Édouard|Ile-du-Prince-Edouard"},
    Region{"CA", "QC", "Quebec|Québec|Que|PQ"},
    Region{"CA", "SK", "Saskatchewan|Sask"},
    Region{"CA", "YT", "Yukon|Yukon Territory"},
    Region{"US", "AL", "Alabama|Ala"},
    Region{"US", "AK", "Alaska|Alas"},
    Region{"US", "AZ", "Arizona|Ariz"},
    Region{"US", "AR", "Arkansas|Ark"},
    Region{"US", "CA", "California|Calif|Cal"},
    Region{"US", "CO", "Colorado|Colo"},
    Region{"US", "CT", "Connecticut|Conn"},
    Region{"US", "DE", "Delaware|Del"},
    Region{"US", "DC", "District of Columbia|Washington DC|Washington D.C."},
    Region{"US", "FL", "Florida|Fla"},
    Region{"US", "GA", "Georgia"},
    Region{"US", "HI", "Hawaii|Hawai'i"},
    Region{"US", "ID", "Idaho|Ida"},
    Region{"US", "IL", "Illinois|Ill"},
    Region{"US", "IN", "Indiana|Ind"},
    Region{"US", "IA", "Iowa"},
    Region{"US", "KS", "Kansas|Kan|Kans"},
    Region{"US", "KY", "Kentucky|Ken"},
    Region{"US", "LA", "Louisiana"},
    Region{"US", "ME", "Maine"},
    Region{"US", "MD", "Maryland"},
    Region{"US", "MA", "Massachusetts|Mass"},
    Region{"US", "MI", "Michigan|Mich"},
    Region{"US", "MN", "Minnesota|Minn"},
    Region{"US", "MS", "Mississippi|Miss"},
    Region{"US", "MO", "Missouri"},
    Region{"US", "MT", "Montana|Mont"},
    Region{"US", "NE", "Nebraska|Neb|Nebr"},
    Region{"US", "NV", "Nevada|Nev"},
    Region{"US", "NH", "New Hampshire"},
    Region{"US", "NJ", "New Jersey"},
    Region{"US", "NM", "New Mexico|N Mex"},
    Region{"US", "NY", "New York"},
    Region{"US", "NC", "North Carolina|N Car"},
    Region{"US", "ND", "North Dakota|N Dak"},
    Region{"US", "OH", "Ohio"},
    Region{"US", "OK", "Oklahoma|Okla"},
    Region{"US", "OR", "Oregon|Ore|Oreg"},
    Region{"US", "PA", "Pennsylvania|Penn|Penna"},
    Region{"US", "RI", "Rhode Island"},
    Region{"US", "SC", "South Carolina|S Car"},
    Region{"US", "SD", "South Dakota|S Dak"},
    Region{"US", "TN", "Tennessee|Tenn"},
    Region{"US", "TX", "Texas|Tex"},
    Region{"US", "UT", "Utah"},
    Region{"US", "VT", "Vermont"},
    Region{"US", "VA", "Virginia"},
    Region{"US", "WA", "Washington|Wash"},
    Region{"US", "WV", "West Virginia|W Va"},
    Region{"US", "WI", "Wisconsin|Wis|Wisc"},
    Region{"US", "WY", "Wyoming|Wyo"},
    Region{"US", "AS", "American Samoa"},
    Region{"US", "GU", "Guam"},
    Region{"US", "MP", "Northern Mariana Islands"},
    Region{"US", "PR", "Puerto Rico"},
    Region{"US", "UM", "United States Minor Outlying Islands|US Minor Outlying Islands"},
    Region{"US", "VI", "Virgin Islands|US Virgin Islands|United States Virgin Islands"},
    Region{"US", "AA", "Armed Forces Americas"},
    Region{"US", "AE", "Armed Forces Europe"},
    Region{"US", "AP", "Armed Forces Pacific"},
};

/// The folded letters and digits of a text: "N.Y.", "ny" and "n y" become equal.
std::string letters_of(std::string_view text) {
    auto letters = folded(text);
    std::erase_if(letters, [](char c) {
        return static_cast<unsigned char>(c) < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
    });
    return letters;
}

/// Code by country and what may be written for it: "US california" and "US usca" lead to "CA".
const std::map<std::string, std::string_view, std::less<>>& known_texts() {
    static const auto texts = [] {
        std::map<std::string, std::string_view, std::less<>> known;
        for (const auto& region : kRegions) {
            const auto add = [&](std::string_view text) {
                known.emplace(std::string(region.country) + ' ' + letters_of(text), region.code);
            };
            add(region.code);
            add(std::string(region.country) + std::string(region.code));
            for (auto rest = region.names; !rest.empty();) {
                const auto end = std::min(rest.find('|'), rest.size());
                const std::string name(rest.substr(0, end));
                add(name);
                add("State of " + name);
                add(name + " State");
                add("Province of " + name);
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
        }
        return known;
    }();
    return texts;
}

}  // namespace

bool knows_regions(std::string_view country) {
    return std::any_of(kRegions.begin(), kRegions.end(), [&](const Region& it) { return it.country == country; });
}

std::optional<std::string_view> find_region(std::string_view country, std::string_view text) {
    if (text.empty() || !knows_regions(country)) {
        return std::nullopt;
    }
    const auto& known = known_texts();
    const auto found = known.find(std::string(country) + ' ' + letters_of(text));
    return found == known.end() ? std::nullopt : std::optional(found->second);
}

std::string region_key(std::string_view country, std::string_view text) {
    const auto code = find_region(country, text);
    return code ? std::string(*code) : folded(trimmed(text));
}

}  // namespace orderd::orders
