#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orderd::fulfillment {

/// Whose number it is, and where it is followed.
struct TrackedBy {
    std::string carrier;  ///< "ups", "usps", "fedex", "dhl", or of UPU S10 the country's post: "post-fr"
    std::string url;      ///< empty if no page is known for that post
};

/// Upper case, without spaces and hyphens: how a number is kept, whatever way it was typed in.
std::string tidy_number(std::string_view typed);

/// Recognises a tidy number by its format and check digit: UPS 1Z, USPS IMpb and 20 digits, FedEx Express and Ground,
/// DHL Express and Paket (SSCC), UPU S10. Nothing for others: a carrier that is not known here still carries.
std::optional<TrackedBy> recognise(std::string_view number);

/// The format that a tidy number has, where its check digit does not fit: it was mistyped. Only of formats that nothing
/// else looks like (UPS 1Z, UPU S10).
std::optional<std::string_view> mistyped(std::string_view number);

/// This shop's own number of a shipment: "OD", ten digits, and a check digit (mod 10, weights 3 and 1).
std::string own_number(std::int64_t shipment);

}  // namespace orderd::fulfillment
