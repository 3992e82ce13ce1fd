#include "fulfillment/easypost_json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "base/money.h"
#include "base/text.h"

namespace orderd::fulfillment {

namespace {

constexpr double kGramsInOunce = 28.349523125;
constexpr double kMillimetresInInch = 25.4;

Json address_json(const accounts::Address& address, const std::string& name, const std::string& company,
                  const std::string& phone) {
    Json json = {{"street1", address.line1}, {"street2", address.line2},   {"city", address.city},
                 {"state", address.region},  {"zip", address.postal_code}, {"country", address.country}};
    const auto add = [&](const char* member, const std::string& value) {
        if (!value.empty()) {
            json[member] = value;
        }
    };
    add("name", name);
    add("company", company);
    add("phone", phone);
    return json;
}

/// Rounds to one decimal place, as EasyPost stores it; never to 0.
double measure(double value) { return std::max(std::round(value * 10) / 10, 0.1); }

Json parcel_json(const Parcel& parcel) {
    if (!parcel.weight_g) {
        throw CarrierRefused("EasyPost needs the parcel's weight, which is unknown: start it again with a weight");
    }
    Json json = {{"weight", measure(static_cast<double>(*parcel.weight_g) / kGramsInOunce)}};
    const auto add = [&](const char* member, const std::optional<std::int64_t>& length) {
        if (length) {
            json[member] = measure(static_cast<double>(*length) / kMillimetresInInch);
        }
    };
    add("length", parcel.length_mm);
    add("width", parcel.width_mm);
    add("height", parcel.height_mm);
    return json;
}

/// The weight of a unit of unknown weight: an equal share of the parcel's weight less the known weights.
double unknown_share(const Consignment& consignment) {
    auto left = consignment.shipment.parcel.weight_g.value_or(0);
    Quantity units = 0;
    for (const auto& content : consignment.contents) {
        left -= content.weight_g.value_or(0) * content.quantity;
        units += content.weight_g ? 0 : content.quantity;
    }
    if (units > 0 && left < 1) {
        throw CarrierRefused("the parcel weighs no more than its products of known weight: check both weights");
    }
    return units == 0 ? 0 : static_cast<double>(left) / static_cast<double>(units);
}

/// An amount for EasyPost's CustomsItem: a number, in whole units of its currency.
double decimal_amount(Money amount, std::string_view currency) {
    const int digits = currency_exponent(currency).value_or(2);
    return static_cast<double>(amount.minor) / std::pow(10.0, digits);
}

Json customs_json(const Consignment& consignment) {
    auto items = Json::array();
    const auto share = unknown_share(consignment);
    for (const auto& content : consignment.contents) {
        const auto grams = content.weight_g ? static_cast<double>(*content.weight_g) : share;
        const auto weight = grams / kGramsInOunce;
        const auto& origin = content.origin_country;
        Json item{{"description", content.name},
                  {"quantity", content.quantity},
                  {"value", decimal_amount(content.unit_price * content.quantity, consignment.currency)},
                  {"currency", consignment.currency},
                  {"weight", measure(weight * static_cast<double>(content.quantity))},
                  {"origin_country", origin.empty() ? consignment.from.address.country : origin}};
        if (!content.customs_code.empty()) {
            item["hs_tariff_number"] = content.customs_code;
        }
        items.push_back(std::move(item));
    }
    return {{"contents_type", "merchandise"},
            {"restriction_type", "none"},
            {"customs_certify", true},
            {"customs_signer", consignment.from.name},
            {"customs_items", std::move(items)}};
}

}  // namespace

Json shipment_json(const Consignment& consignment) {
    if (consignment.from.address.line1.empty()) {
        throw CarrierRefused("the shop has no address: set it in the settings first");
    }
    const auto& to = consignment.to;
    Json json = {{"to_address", address_json(to.address, to.contact.name, "", to.contact.phone)},
                 {"from_address", address_json(consignment.from.address, "", consignment.from.name, "")},
                 {"parcel", parcel_json(consignment.shipment.parcel)},
                 {"options", {{"label_format", "PNG"}, {"label_size", "4x6"}}}};
    if (to.address.country != consignment.from.address.country) {
        json["customs_info"] = customs_json(consignment);
    }
    return json;
}

std::string reference_of(const Consignment& consignment) {
    return fmt::format("orderd-{}-{}", number(consignment.shipment.id), consignment.fingerprint);
}

std::optional<Rate> rate_from(const Json& json) {
    const auto& amount = member_or_null(json, "rate");
    auto decimal = amount.is_string()   ? amount.get<std::string>()
                   : amount.is_number() ? fmt::format("{:.2f}", amount.get<double>())
                                        : std::string();
    const auto currency = text_member(json, "currency");
    // EasyPost sends five decimals: "7.58000". Drops zeros beyond the second.
    const auto point = decimal.find('.');
    while (point != std::string::npos && decimal.size() > point + 3 && decimal.back() == '0') {
        decimal.pop_back();
    }
    const auto money = currency_exponent(currency) ? parse_money(decimal, currency) : std::nullopt;
    const auto id = text_member(json, "id");
    if (id.empty() || !money) {
        return std::nullopt;
    }
    const auto& days = member_or_null(json, "delivery_days");
    return Rate{.id = id,
                .service = fmt::format("{} {}", text_member(json, "carrier"), text_member(json, "service")),
                .cost = money->minor,
                .currency = currency,
                .days = days.is_number_integer() ? std::optional(days.get<std::int64_t>()) : std::nullopt};
}

std::vector<Rate> rates_in(const Json& shipment) {
    std::vector<Rate> rates;
    for (const auto& json : member_or_null(shipment, "rates")) {
        if (auto rate = rate_from(json)) {
            rates.push_back(std::move(*rate));
        }
    }
    std::sort(rates.begin(), rates.end(), [](const Rate& a, const Rate& b) { return a.cost < b.cost; });
    return rates;
}

const Rate& choose(const std::vector<Rate>& rates, const std::string& service) {
    if (rates.empty()) {
        throw CarrierRefused("EasyPost has no rate for this parcel: look at its address, weight and size");
    }
    if (service == "standard" || service == "cheapest") {
        return rates.front();
    }
    const auto found = std::find_if(rates.begin(), rates.end(),
                                    [&](const Rate& rate) { return folded(rate.service) == folded(service); });
    if (found == rates.end()) {
        std::vector<std::string_view> names;
        for (const auto& rate : rates) {
            names.push_back(rate.service);
        }
        throw CarrierRefused(
            fmt::format("\"{}\" is not offered for this parcel; it can be {}", service, fmt::join(names, ", ")));
    }
    return *found;
}

std::vector<TrackingEvent> tracker_events(const Json& tracker) {
    static const std::vector<std::pair<std::string_view, Status>> kStatuses{
        {"in_transit", Status::in_transit},     {"out_for_delivery", Status::out_for_delivery},
        {"delivered", Status::delivered},       {"available_for_pickup", Status::out_for_delivery},
        {"return_to_sender", Status::returned}, {"failure", Status::exception},
        {"error", Status::exception},
    };
    std::vector<TrackingEvent> events;
    for (const auto& detail : member_or_null(tracker, "tracking_details")) {
        const auto status = text_member(detail, "status");
        const auto known =
            std::find_if(kStatuses.begin(), kStatuses.end(), [&](const auto& pair) { return pair.first == status; });
        const auto at = parse_time(text_member(detail, "datetime"));
        if (known == kStatuses.end() || !at) {
            continue;
        }
        std::string location;
        for (const auto* part : {"city", "state", "country"}) {
            const auto text = text_member(member_or_null(detail, "tracking_location"), part);
            location += text.empty() ? "" : (location.empty() ? "" : ", ") + text;
        }
        const auto cut = [](std::string text, std::size_t most) {
            return code_points(text) > most || has_control(text, false) ? std::string() : text;
        };
        events.push_back({.status = known->second,
                          .description = cut(text_member(detail, "message"), 500),
                          .location = cut(location, 200),
                          .at = *at});
    }
    std::stable_sort(events.begin(), events.end(),
                     [](const TrackingEvent& a, const TrackingEvent& b) { return a.at < b.at; });
    return events;
}

}  // namespace orderd::fulfillment
