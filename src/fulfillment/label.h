#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fulfillment/carrier.h"
#include "fulfillment/print/page.h"

namespace orderd::fulfillment {

// What is printed for a parcel. A text that does not fit is set smaller and on more lines. If it is still too
// long, or has letters that no font here has, it is refused by name: nothing is cut off.

/// The shop's own label, 4 by 6 inches: sender, recipient, what is in it, and the tracking number as Code 128.
///
/// @throws CarrierRefused
print::Page label_page(const print::Typeface& typeface, const Consignment& consignment);

/// A label that a carrier drew, on a page of 4 by 6 inches. @throws CarrierRefused if the picture cannot be
/// shown
print::Page label_page(std::string_view png);

/// What of an order's line is not in a parcel.
struct NotInParcel {
    ItemId item{};
    Quantity later = 0;      ///< still to be packed
    Quantity elsewhere = 0;  ///< in other parcels
    Quantity cancelled = 0;
};

/// The contents of a parcel, for the recipient, in the order's language: as many pages as needed, Letter or A4 by the
/// shop's country. It has the order's number as a barcode, and says what of the order is not in the parcel.
///
/// @throws CarrierRefused
std::vector<print::Page> packing_slip(const print::Typeface& typeface, const Consignment& consignment,
                                      const orders::Order& order, const std::vector<NotInParcel>& missing);

/// A product that has to be fetched from its shelf, for one or several orders.
struct Pick {
    std::string shelf;
    std::string sku;
    std::string name;
    Quantity quantity = 0;
    std::string orders;  ///< their numbers
};

/// What is to be fetched from the shelves, for the shop's staff.
///
/// @throws CarrierRefused
std::vector<print::Page> pick_list(const print::Typeface& typeface, const std::vector<Pick>& picks, bool is_letter,
                                   const std::string& heading);

/// Whether the shop's paper is Letter, by its country; else it is A4.
bool is_letter_country(std::string_view country);

/// An address as it is printed on a parcel, with the country's name if the parcel crosses a border. Postal services want
/// that in English; what customers read has it in their language.
std::vector<std::string> address_lines(const accounts::Address& address, std::string_view from_country,
                                       const Language& language = Language::english());

}  // namespace orderd::fulfillment
