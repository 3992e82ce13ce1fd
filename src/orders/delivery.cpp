#include "orders/delivery.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "base/errors.h"
#include "base/text.h"

namespace orderd::orders {

namespace {

constexpr auto kElsewhere = "not_to_that_address";
constexpr auto kUnknownWeight = "weight_unknown";
constexpr auto kTooHeavy = "too_heavy";
constexpr auto kOtherValue = "value_out_of_range";

std::int64_t product_or_most(std::int64_t a, std::int64_t b) {
    std::int64_t product = 0;
    return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<std::int64_t>::max() : product;
}

std::int64_t sum_or_most(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<std::int64_t>::max() : sum;
}

/// Bands cover what is counted from 0 without a gap, up to the end of the last one.
const PriceBand* band_at(const std::vector<PriceBand>& bands, std::int64_t amount) {
    const auto found = std::find_if(bands.begin(), bands.end(), [&](const PriceBand& band) {
        return amount >= band.from && (!band.to || amount <= *band.to);
    });
    return found == bands.end() ? nullptr : &*found;
}

Json pickup_or_null(const std::optional<PickupPlace>& place) { return place ? to_json(*place) : Json(nullptr); }

Refusal not_shipped_there(const accounts::Address& to, const Offers& offers) {
    return Refusal(kNotShippedThere, to.country.empty()
                                         ? std::string("say where the order goes, or choose a pickup")
                                         : fmt::format("this shop does not deliver this order to {}", to.country))
        .with("country", to.country)
        .with("fitting", offers_json(offers.fitting, ""))
        .with("unavailable", unavailable_json(offers.unavailable));
}

Refusal not_possible(DeliveryMethodId wanted, const Offers& offers) {
    const auto found = std::find_if(offers.unavailable.begin(), offers.unavailable.end(),
                                    [&](const Unavailable& it) { return it.id == wanted; });
    const bool is_known = found != offers.unavailable.end();
    const auto detail =
        is_known ? found->detail : fmt::format("delivery method {} is not offered by this shop", number(wanted));
    return Refusal(kDeliveryNotPossible, detail)
        .with("reason", is_known ? found->reason : "not_offered")
        .with("fitting", offers_json(offers.fitting, ""))
        .at({{"/delivery_method_id", detail}});
}

}  // namespace

std::string DeliveryMethod::name(std::string_view locale) const {
    const auto found = names.find(std::string(locale.substr(0, locale.find('-'))));
    return found == names.end() ? default_name : found->second;
}

Consignment consignment_of(const std::vector<catalog::Line>& lines, const accounts::Address& to, Money value) {
    Consignment consignment{.to = to, .value = value, .weight_g = 0, .unweighed_sku = {}};
    for (const auto& line : lines) {
        if (line.is_free_text()) {
            continue;  // an engraving weighs nothing
        }
        if (!line.weight_g) {
            consignment.weight_g.reset();
            consignment.unweighed_sku = line.sku;
            return consignment;
        }
        consignment.weight_g = sum_or_most(*consignment.weight_g, product_or_most(*line.weight_g, line.quantity));
    }
    return consignment;
}

DeliveryMethods::DeliveryMethods(const std::vector<DeliveryMethod>& methods, std::string currency)
    : currency_(std::move(currency)) {
    for (const auto& method : methods) {
        entries_.push_back({.method = method, .zones = ZoneIndex(method.zones)});
    }
    std::sort(entries_.begin(), entries_.end(),
              [](const Entry& a, const Entry& b) { return a.method.position < b.method.position; });
}

std::variant<Offer, Unavailable> DeliveryMethods::offer_of(const Entry& entry, const Consignment& consignment) const {
    const auto& method = entry.method;
    const bool is_fetched = method.kind == DeliveryKind::pickup;
    if (is_fetched && method.zones.empty()) {
        return Offer{.method = &method, .price = {}};
    }
    const auto place = is_fetched ? std::optional<std::size_t>(0) : entry.zones.find(consignment.to);
    const auto refused = [&](const char* reason, std::string detail) {
        return Unavailable{.id = method.id, .reason = reason, .detail = std::move(detail)};
    };
    if (!place || method.zones[*place].bands.empty()) {
        return refused(kElsewhere, fmt::format("{} does not go to that address", method.default_name));
    }
    const auto& zone = method.zones[*place];
    const bool by_weight = zone.by == BandsBy::weight;
    if (by_weight && !consignment.weight_g) {
        return refused(kUnknownWeight, fmt::format("the weight of {} is not known", consignment.unweighed_sku));
    }
    const auto* band = band_at(zone.bands, by_weight ? *consignment.weight_g : consignment.value.minor);
    if (band == nullptr && by_weight) {
        return refused(kTooHeavy, fmt::format("the order weighs {} g, and {} takes up to {} g", *consignment.weight_g,
                                              method.default_name, zone.bands.back().to.value_or(0)));
    }
    if (band == nullptr) {
        return refused(kOtherValue, fmt::format("the goods cost {}, and {} is for up to {}",
                                                format_money(consignment.value, currency_), method.default_name,
                                                format_money(Money{zone.bands.back().to.value_or(0)}, currency_)));
    }
    const bool is_free = zone.free_from && consignment.value >= *zone.free_from;
    return Offer{.method = &method, .price = is_free ? Money{} : band->price};
}

std::variant<Offer, Unavailable> DeliveryMethods::offer_of(DeliveryMethodId id, const Consignment& consignment) const {
    const auto found =
        std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.method.id == id; });
    if (found == entries_.end()) {
        throw std::logic_error("an offer is asked of a delivery method that is not there");
    }
    return offer_of(*found, consignment);
}

Offers DeliveryMethods::offers(const Consignment& consignment) const {
    Offers offers;
    for (const auto& entry : entries_) {
        if (!entry.method.active) {
            continue;
        }
        auto its = offer_of(entry, consignment);
        if (auto* why = std::get_if<Unavailable>(&its)) {
            offers.unavailable.push_back(std::move(*why));
        } else {
            offers.fitting.push_back(std::get<Offer>(its));
        }
    }
    std::stable_sort(offers.fitting.begin(), offers.fitting.end(),
                     [](const Offer& a, const Offer& b) { return a.price < b.price; });
    return offers;
}

std::vector<const DeliveryMethod*> DeliveryMethods::active() const {
    std::vector<const DeliveryMethod*> all;
    for (const auto& entry : entries_) {
        if (entry.method.active) {
            all.push_back(&entry.method);
        }
    }
    return all;
}

const DeliveryMethod* DeliveryMethods::find(DeliveryMethodId id) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const Entry& entry) { return entry.method.id == id && entry.method.active; });
    return found == entries_.end() ? nullptr : &found->method;
}

Offer DeliveryMethods::choose(const Consignment& consignment, std::optional<DeliveryMethodId> wanted) const {
    if (empty() && !wanted) {
        return {};
    }
    const auto offers = this->offers(consignment);
    const auto found = std::find_if(offers.fitting.begin(), offers.fitting.end(), [&](const Offer& offer) {
        return wanted ? offer.method->id == *wanted : offer.method->kind != DeliveryKind::pickup;
    });
    if (found != offers.fitting.end()) {
        return *found;
    }
    throw wanted ? not_possible(*wanted, offers) : not_shipped_there(consignment.to, offers);
}

const accounts::Address& tax_place(const DeliveryMethod* method, const accounts::Address& to) {
    return method != nullptr && method->pickup ? method->pickup->address : to;
}

Json offers_json(const std::vector<Offer>& fitting, std::string_view locale) {
    auto list = Json::array();
    for (const auto& offer : fitting) {
        const auto& method = *offer.method;
        list.push_back({{"id", number(method.id)},
                        {"name", method.name(locale)},
                        {"kind", kDeliveryKinds[method.kind]},
                        {"price", offer.price.minor},
                        {"days", method.days},
                        {"note", method.note},
                        {"pickup", pickup_or_null(method.pickup)}});
    }
    return list;
}

Json unavailable_json(const std::vector<Unavailable>& unavailable) {
    auto list = Json::array();
    for (const auto& it : unavailable) {
        list.push_back({{"id", number(it.id)}, {"reason", it.reason}, {"detail", it.detail}});
    }
    return list;
}

Json to_json(const PickupPlace& place) {
    return json_object(
        {{"name", place.name}, {"address", accounts::to_json(place.address)}, {"opening_hours", place.opening_hours}});
}

PickupPlace pickup_from(const Json& json) {
    return {.name = text_member(json, "name"),
            .address = accounts::address_from(json.at("address")),
            .opening_hours = text_member(json, "opening_hours")};
}

Json as_it_was(const DeliveryMethod* method, std::string_view locale) {
    if (method == nullptr) {
        return Json::object();
    }
    return json_object(
        {{"id", number(method->id)},
         {"name", method->name(locale)},
         {"kind", kDeliveryKinds[method->kind]},
         {"days", method->days},
         {"tax_class", method->tax_class ? Json(catalog::kTaxClasses[*method->tax_class]) : Json(nullptr)},
         {"note", method->note},
         {"pickup", pickup_or_null(method->pickup)}});
}

std::optional<OrderDelivery> delivery_from(const Json& as_it_was) {
    if (as_it_was.empty()) {
        return std::nullopt;
    }
    const auto& pickup = member_or_null(as_it_was, "pickup");
    const auto tax_class = text_member(as_it_was, "tax_class");
    return OrderDelivery{
        .method = DeliveryMethodId{as_it_was.at("id").get<std::int64_t>()},
        .name = text_member(as_it_was, "name"),
        .kind = kDeliveryKinds.stored(text_member(as_it_was, "kind")),
        .days = text_member(as_it_was, "days"),
        .tax_class = tax_class.empty() ? std::nullopt : std::optional(catalog::kTaxClasses.stored(tax_class)),
        .note = text_member(as_it_was, "note"),
        .pickup = pickup.is_null() ? std::nullopt : std::optional(pickup_from(pickup))};
}

}  // namespace orderd::orders
