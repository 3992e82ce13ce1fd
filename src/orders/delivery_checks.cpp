#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "catalog/price_step.h"
#include "orders/delivery_methods.h"
#include "storage/settings.h"

namespace orderd::orders {

namespace {

constexpr std::size_t kMostNames = 20;

void check_names(const DeliveryMethod& method, std::vector<Fault>& faults) {
    if (method.default_name.empty()) {
        faults.push_back({"/name", "is blank; it must have something in it"});
    }
    if (method.names.size() > kMostNames) {
        faults.push_back({"/names", fmt::format("has {} names; it has {} at most", method.names.size(), kMostNames)});
    }
    for (const auto& [language, name] : method.names) {
        const bool is_code = language.size() == 2 &&
                             std::all_of(language.begin(), language.end(), [](char c) { return c >= 'a' && c <= 'z'; });
        if (!is_code) {
            faults.push_back({fmt::format("/names/{}", language),
                              fmt::format("\"{}\" is not a language; it is two letters, such as de", language)});
        }
    }
}

/// A pickup has a place of its own, and one price for all who come.
void check_pickup(const DeliveryMethod& method, std::vector<Fault>& faults) {
    if (!method.pickup) {
        faults.push_back({"/pickup", "is required: where the order is fetched, and when"});
    } else {
        accounts::check(method.pickup->address, "/pickup/address", faults);
    }
    if (method.zones.size() > 1) {
        faults.push_back({"/zones", "has several zones; a pickup has one price for all, or none where it is free"});
    }
    for (std::size_t i = 0; i < method.zones.size(); ++i) {
        if (!method.zones[i].places.empty()) {
            faults.push_back(
                {fmt::format("/zones/{}/places", i), "is not of a pickup: it is for all, whatever their address"});
        }
        if (method.zones[i].bands.empty()) {
            faults.push_back({fmt::format("/zones/{}/bands", i), "is empty; leave the zone out where pickup is free"});
        }
    }
}

void check_delivery(const DeliveryMethod& method, std::vector<Fault>& faults) {
    if (method.pickup) {
        faults.push_back({"/pickup", "is of a method whose kind is pickup; here it is null"});
    }
    if (method.zones.empty()) {
        faults.push_back({"/zones", "is empty; it says where the method goes, and what it costs"});
    }
    for (std::size_t i = 0; i < method.zones.size(); ++i) {
        if (method.zones[i].places.empty()) {
            faults.push_back({fmt::format("/zones/{}/places", i), "is empty; it names countries, or *"});
        }
    }
}

std::vector<Fault> faults_of(const DeliveryMethod& method) {
    std::vector<Fault> faults;
    check_names(method, faults);
    method.kind == DeliveryKind::pickup ? check_pickup(method, faults) : check_delivery(method, faults);
    check_zones(method.zones, faults);
    return faults;
}

struct StepFaults {
    std::vector<Fault> faults;
    std::string first;  ///< for a message about all of them
};

StepFaults off_step(const DeliveryMethod& method, Money step, const std::string& currency) {
    StepFaults found;
    for (std::size_t i = 0; i < method.zones.size(); ++i) {
        for (std::size_t band = 0; band < method.zones[i].bands.size(); ++band) {
            const auto price = method.zones[i].bands[band].price;
            if (!is_multiple(price, step)) {
                auto fault =
                    fmt::format("is {}; cards are charged in steps of {}", price.minor, format_money(step, currency));
                if (found.faults.empty()) {
                    found.first = fmt::format("a price of {} {}", method.default_name, fault);
                }
                found.faults.push_back({fmt::format("/zones/{}/bands/{}/price", i, band), std::move(fault)});
            }
        }
    }
    return found;
}

}  // namespace

void require_sound_method(const storage::View& view, const DeliveryMethod& method) {
    auto faults = faults_of(method);
    const auto step = catalog::price_step(view);
    auto prices = off_step(method, step, settings::currency(view));
    if (faults.empty() && prices.faults.empty()) {
        return;
    }
    if (faults.empty()) {
        throw Refusal(catalog::kPriceOffStep, prices.first).with("price_step", step.minor).at(std::move(prices.faults));
    }
    faults.insert(faults.end(), prices.faults.begin(), prices.faults.end());
    throw Refusal(std::move(faults));
}

void require_methods_on_step(const storage::View& view) {
    const auto step = catalog::price_step(view);
    if (step.minor == 1) {
        return;
    }
    const auto currency = settings::currency(view);
    for (const auto& method : list_methods(view)) {
        if (const auto found = off_step(method, step, currency); !found.faults.empty()) {
            throw Refusal(catalog::kPriceOffStep, found.first).with("price_step", step.minor);
        }
    }
}

}  // namespace orderd::orders
