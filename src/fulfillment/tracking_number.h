#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orderd::fulfillment {

/// The carrier of a tracking number, and the page that tracks it.
struct TrackedBy {
    std::string carrier;  ///< "ups", "usps", "fedex", "dhl", or of UPU S10 the country's post: "post-fr"
    std::string url;      ///< empty if no page is known for that post
};

/// Normalizes a typed number: upper case, without spaces and hyphens.
std::string tidy_number(std::string_view typed);

/// Recognises a normalized number by its format and check digit: UPS 1Z, USPS IMpb and 20 digits, FedEx
/// Express and Ground, DHL Express and Paket (SSCC), UPU S10. nullopt for others: a parcel may go with a
/// carrier that is not known here.
std::optional<TrackedBy> recognise(std::string_view number);

/// The format of a normalized number whose check digit is wrong: it was mistyped. Only for formats that
/// nothing else looks like (UPS 1Z, UPU S10).
std::optional<std::string_view> mistyped(std::string_view number);

/// This shop's own tracking number of a shipment: "OD", ten digits, and a check digit (mod 10, weights 3 and
/// 1).
std::string own_number(std::int64_t shipment);

}  // namespace orderd::fulfillment
