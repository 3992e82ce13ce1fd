#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/refused.h"
#include "fulfillment/label.h"

namespace orderd::fulfillment {

inline constexpr Refused kLabelsRefused{
    409, "labels_refused",
    "Some of the labels cannot be printed, and none is left out silently. shipments names each with its reason, and "
    "printable lists the others: print those alone, or get the missing labels first."};
inline constexpr Refused kLabelRefused{
    409, "label_refused",
    "The label or packing slip cannot be made; detail says why. Correct the address or the parcel, and ask again."};

/// Whether it has one: what is handed over without a parcel has none.
bool has_label(const Shipment& shipment);

/// Prints labels and packing slips. Fonts are opened when something is first printed. Thread-safe.
class Printer {
public:
    /// `fonts`: TrueType files for letters that the built-in font does not have.
    explicit Printer(std::vector<std::filesystem::path> fonts) : fonts_(std::move(fonts)) {}

    /// @throws std::runtime_error for a file that is not a font, naming it
    const print::Typeface& typeface() const;

    /// Lays out the shop's own label, to find out whether it can be printed. @throws CarrierRefused if not
    void check(const Consignment& consignment) const { label_page(typeface(), consignment); }

    /// The labels in one PDF, in the given order. Carriers' labels appear as the carriers drew them.
    ///
    /// @throws Refusal 409 `labels_refused`, with "shipments" (each with its reason) and "printable" (the others),
    ///         if any has no label or cannot be printed: nothing is left out silently
    std::string labels_pdf(const storage::View& view, const std::vector<ShipmentId>& shipments) const;

    /// The same for a Zebra printer. @throws Refusal like labels_pdf()
    std::string labels_zpl(const storage::View& view, const std::vector<ShipmentId>& shipments,
                           int dots_per_inch) const;

    /// @throws Refusal 409 `label_refused`
    std::string packing_slip_pdf(const storage::View& view, const Shipment& shipment) const;

    /// All that is needed to pack orders, in one PDF: the pick list, then for each order the slips and labels of its parcels
    /// that are still in the shop; of one without parcels, the slip of what can be packed now. What has no label yet has its
    /// slip alone.
    ///
    /// @throws Refusal 409 `label_refused`, naming the order; 404 `not_found`
    std::string packing_sheets_pdf(const storage::View& view, const std::vector<OrderId>& orders) const;

private:
    std::vector<print::Page> slip_pages(const storage::View& view, const Shipment& shipment) const;
    std::vector<print::Page> pages_of_parcel(const storage::View& view, const Shipment& shipment) const;
    print::Page label_page_of(const storage::View& view, const Shipment& shipment) const;

    const std::vector<std::filesystem::path> fonts_;

    mutable std::once_flag opened_;
    mutable std::unique_ptr<const print::Typeface> typeface_;  // constant after opened_
};

}  // namespace orderd::fulfillment
