#include "orders/tax_rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.h"
#include "orders/regions.h"
#include "storage/settings.h"

namespace orderd::orders {

namespace {

using api::Shape;
using catalog::kTaxClasses;
using catalog::TaxClass;

constexpr std::int64_t kMostRate = 1'000'000;
/// Rates up to this are refused by check_tax(), together with what else is wrong; larger ones by the shape.
constexpr std::int64_t kMostWritten = 1'000'000'000;

Refusal region_not_taxed(const TaxSettings& settings, const accounts::Address& to, bool is_known) {
    auto regions = Json::array();
    for (const auto& rate : settings.rates) {
        const bool is_listed = std::find(regions.begin(), regions.end(), Json(rate.region)) != regions.end();
        if (rate.country == to.country && !rate.region.empty() && !is_listed) {
            regions.push_back(rate.region);
        }
    }
    const auto detail =
        to.region.empty() ? fmt::format("taxes in {} differ by region, and the address has none", to.country)
        : is_known
            ? fmt::format("this shop has no tax rate for {} in {}, so it takes no orders there", to.region, to.country)
            : fmt::format("\"{}\" is no region of {} that has a tax rate here; write its code or its name", to.region,
                          to.country);
    return Refusal(kRegionNotTaxed, detail)
        .with("country", to.country)
        .with("region", to.region)
        .with("regions", std::move(regions));
}

/// The rates of a country that hold on a day, newest first of each kind.
class RatesOfCountry {
public:
    RatesOfCountry(const TaxSettings& settings, const std::string& country, Day day) {
        for (const auto& rate : settings.rates) {
            if (rate.country == country && (!rate.from || *rate.from <= day)) {
                rates_.push_back(&rate);
            }
        }
        std::stable_sort(rates_.begin(), rates_.end(),
                         [](const TaxRate* a, const TaxRate* b) { return a->from > b->from; });
    }

    bool empty() const { return rates_.empty(); }
    bool differ_by_region() const {
        return std::any_of(rates_.begin(), rates_.end(), [](const TaxRate* rate) { return !rate->region.empty(); });
    }
    bool has(const std::string& region) const {
        return std::any_of(rates_.begin(), rates_.end(), [&](const TaxRate* rate) { return rate->region == region; });
    }

    /// The rate of a class in a region of the country; of the whole country if the region has none.
    const TaxRate* find(const std::string& region, TaxClass tax_class) const {
        const auto* own = region.empty() ? nullptr : find_exactly(region, tax_class);
        return own != nullptr ? own : find_exactly("", tax_class);
    }

private:
    const TaxRate* find_exactly(const std::string& region, TaxClass tax_class) const {
        const auto found = std::find_if(rates_.begin(), rates_.end(), [&](const TaxRate* rate) {
            return rate->region == region && rate->tax_class == tax_class;
        });
        return found == rates_.end() ? nullptr : *found;
    }

    std::vector<const TaxRate*> rates_;
};

/// The key of the region that a rate in the settings is for; empty: the whole country.
std::string key_of_rate(const Json& rate) {
    return region_key(rate.at("country").get_ref<const std::string&>(), rate.value("region", ""));
}

TaxClass class_of_rate(const Json& rate) { return kTaxClasses.stored(rate.value("tax_class", "standard")); }

std::string from_of_rate(const Json& rate) {
    const auto from = rate.find("from");
    return from == rate.end() || from->is_null() ? "" : from->get<std::string>();
}

TaxRate read_rate(const Json& rate) {
    return {.country = rate.at("country"),
            .region = key_of_rate(rate),
            .tax_class = class_of_rate(rate),
            .from = parse_day(from_of_rate(rate)),
            .rate = Rate{rate.at("rate_ppm").get<std::int64_t>()},
            .confirmed = rate.value("confirmed", true),
            .source = rate.value("source", "")};
}

/// What is wrong with one rate alone.
void check_rate(const Json& rate, const std::string& pointer, std::vector<Fault>& faults) {
    const auto country = rate.at("country").get<std::string>();
    const auto region = rate.value("region", "");
    if (const auto ppm = rate.at("rate_ppm").get<std::int64_t>(); ppm > kMostRate) {
        faults.push_back({pointer + "/rate_ppm", fmt::format("{} is more than 100 %; it is 0 to {}", ppm, kMostRate)});
    }
    if (!trimmed(region).empty() && knows_regions(country) && !find_region(country, region)) {
        faults.push_back(
            {pointer + "/region",
             fmt::format("\"{}\" is not a region of {}; it is an ISO 3166-2 code or a name", region, country)});
    }
    if (const auto from = from_of_rate(rate); !from.empty() && !parse_day(from)) {
        faults.push_back({pointer + "/from", fmt::format("\"{}\" is not a day, such as 2027-01-01", from)});
    }
}

bool has_standard_rate(const Json& rates, const Json& of) {
    const auto region = key_of_rate(of);
    return std::any_of(rates.begin(), rates.end(), [&](const Json& rate) {
        const auto place = key_of_rate(rate);
        return rate.at("country") == of.at("country") && class_of_rate(rate) == TaxClass::standard &&
               (place.empty() || place == region) && from_of_rate(rate) <= from_of_rate(of);
    });
}

}  // namespace

std::optional<PlaceRates> rates_at(const TaxSettings& settings, const accounts::Address& to, Day day) {
    const RatesOfCountry country(settings, to.country, day);
    if (country.empty()) {
        return std::nullopt;
    }
    std::string region;
    if (country.differ_by_region()) {
        region = region_key(to.country, to.region);
        const bool is_known = find_region(to.country, to.region).has_value();
        const bool fits = !region.empty() && country.has(region);
        if (!fits && (!country.has("") || (knows_regions(to.country) && !is_known))) {
            throw region_not_taxed(settings, to, is_known);
        }
    }
    std::array<Rate, kTaxClasses.all.size()> rates{};
    Rate before;
    for (const auto& [tax_class, name] : kTaxClasses.all) {
        const auto* found = country.find(region, tax_class);
        auto& rate = rates[static_cast<std::size_t>(tax_class)];
        rate = found != nullptr ? found->rate : tax_class == TaxClass::zero ? Rate{} : before;
        before = rate;
    }
    return PlaceRates(rates);
}

TaxSettings read_tax_settings(const storage::View& view) {
    TaxSettings settings;
    const auto stored = settings::read(view, "tax");
    if (!stored) {
        return settings;
    }
    settings.prices_include_tax = stored->at("prices_include_tax").get<bool>();
    settings.shipping_taxed = stored->at("shipping_taxed").get<bool>();
    if (const auto it = stored->find("shipping_class"); it != stored->end() && !it->is_null()) {
        settings.shipping_class = kTaxClasses.stored(it->get<std::string>());
    }
    settings.same_price_untaxed = stored->value("untaxed_prices", "net") == "same";
    if (const auto it = stored->find("small_business"); it != stored->end() && !it->is_null()) {
        settings.small_business = it->get<std::string>();
    }
    for (const auto& rate : stored->at("rates")) {
        settings.rates.push_back(read_rate(rate));
    }
    return settings;
}

void check_tax(const Json& settings, std::vector<Fault>& faults) {
    const auto& rates = settings.at("rates");
    std::map<std::tuple<std::string, std::string, TaxClass, std::string>, std::size_t> seen;
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const auto& rate = rates.at(i);
        const auto pointer = fmt::format("/tax/rates/{}", i);
        const auto before = faults.size();
        check_rate(rate, pointer, faults);
        if (std::any_of(faults.begin() + static_cast<std::ptrdiff_t>(before), faults.end(),
                        [](const Fault& fault) { return fault.pointer.ends_with("/region"); })) {
            continue;
        }
        const auto country = rate.at("country").get<std::string>();
        const auto region = rate.value("region", "");
        const auto place = region.empty() ? country : fmt::format("{} in {}", region, country);
        const auto tax_class = class_of_rate(rate);
        const auto [first, is_new] = seen.try_emplace({country, key_of_rate(rate), tax_class, from_of_rate(rate)}, i);
        if (!is_new) {
            faults.push_back({pointer, fmt::format("is for {}, as rate {} is: a place has one {} rate from a day on",
                                                   place, first->second + 1, kTaxClasses[tax_class])});
        } else if (tax_class != TaxClass::standard && !has_standard_rate(rates, rate)) {
            faults.push_back({pointer, fmt::format("is for {}, which has no standard rate by then", place)});
        }
    }
}

Json to_json(const std::vector<TaxRate>& rates) {
    auto list = Json::array();
    for (const auto& rate : rates) {
        list.push_back({{"country", rate.country},
                        {"region", rate.region},
                        {"tax_class", kTaxClasses[rate.tax_class]},
                        {"from", rate.from ? Json(to_text(*rate.from)) : Json(nullptr)},
                        {"rate_ppm", rate.rate.ppm},
                        {"confirmed", rate.confirmed},
                        {"source", rate.source}});
    }
    return list;
}

Json to_json(const TaxSettings& settings) {
    return {{"prices_include_tax", settings.prices_include_tax},
            {"shipping_taxed", settings.shipping_taxed},
            {"shipping_class", settings.shipping_class ? Json(kTaxClasses[*settings.shipping_class]) : Json(nullptr)},
            {"untaxed_prices", settings.same_price_untaxed ? "same" : "net"},
            {"small_business", settings.small_business.empty() ? Json(nullptr) : Json(settings.small_business)},
            {"rates", to_json(settings.rates)}};
}

Shape tax_rate_shape() {
    return Shape::object(
               {
                   {"country", Shape::country()},
                   api::optional("region", Shape::text(0, 80).described(
                                               "a region in the country, by ISO 3166-2 code or name; goes before the "
                                               "country. Where one has a rate, addresses need a known region")),
                   api::optional("tax_class", catalog::tax_class_shape()),
                   api::optional("from", Shape::text(10, 10)
                                             .nullable()
                                             .described("the day from which it holds, in the shop's time zone, in "
                                                        "place of an earlier one; null: it always did")
                                             .example("2026-01-01")),
                   {"rate_ppm", Shape::integer(0, kMostWritten)
                                    .described("in millionths: 190000 is 19 %; 1000000, which is 100 %, at most")
                                    .example(190'000)},
                   api::optional("confirmed", Shape::boolean().described(
                                                  "false: it is a default, and no owner has looked at it yet")),
                   api::optional("source", Shape::text(0, 300).described("where a default comes from")),
               })
        .named("TaxRate");
}

Shape tax_shape() {
    return Shape::object(
               {
                   {"prices_include_tax", Shape::boolean().described("whether product prices contain the tax")},
                   {"shipping_taxed", Shape::boolean().described("whether shipping is taxed")},
                   api::optional("shipping_class",
                                 Shape::one_of(kTaxClasses.list())
                                     .nullable()
                                     .described("the class that shipping is taxed at; null: it is taxed as the goods "
                                                "are, in proportion to what they cost")),
                   api::optional("untaxed_prices",
                                 Shape::one_of({"net", "same"})
                                     .described("what prices that include tax become where no tax is due: without the "
                                                "tax of the shop's own country (net), or the same")),
                   api::optional("small_business",
                                 Shape::text(0, 500).nullable().described(
                                     "if the shop is exempt from tax as a small business, the sentence that says so "
                                     "on its documents: no order is taxed then, whatever the rates")),
                   {"rates", Shape::list(tax_rate_shape(), 0, 500)},
               })
        .named("TaxSettings");
}

}  // namespace orderd::orders
