#include "fulfillment/printing.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "fulfillment/print/pdf.h"
#include "fulfillment/print/zpl.h"

namespace orderd::fulfillment {

bool has_label(const Shipment& shipment) {
    const bool has_none = shipment.carrier == "pickup" || shipment.carrier == "own_delivery";
    return !has_none && shipment.status != Status::label_pending && shipment.status != Status::failed &&
           shipment.status != Status::voided;
}

namespace {

/// What of the shipment's order is not in it.
std::vector<NotInParcel> not_in(const storage::View& view, const Shipment& shipment, const orders::Order& order) {
    std::map<ItemId, Quantity> here;
    for (const auto& units : shipment.items) {
        here[units.item] += units.quantity;
    }
    std::map<ItemId, Quantity> packed = here;  // or was: in this parcel or another
    const auto all = shipments_of(view, order.id);
    for (const auto& other : all) {
        if (other.status == Status::voided || other.id == shipment.id) {
            continue;
        }
        for (const auto& units : other.items) {
            packed[units.item] += units.quantity;
        }
    }
    std::vector<NotInParcel> missing;
    for (const auto& item : order.items) {
        const NotInParcel it{.item = item.id,
                             .later = std::max<Quantity>(0, item.quantity - item.cancelled - packed[item.id]),
                             .elsewhere = packed[item.id] - here[item.id],
                             .cancelled = item.cancelled};
        if (it.later + it.elsewhere + it.cancelled > 0) {
            missing.push_back(it);
        }
    }
    return missing;
}

/// A label that a carrier drew stays as it is; the shop's own is drawn anew.
void require_printable(const Shipment& shipment) {
    if (shipment.outdated_at) {
        throw CarrierRefused("the order was changed since its label was bought: replace the label, or keep it");
    }
}

/// The result of `print` for each shipment; if any fails, a refusal that names each failure.
template <class Print>
auto print_all(const storage::View& view, const std::vector<ShipmentId>& shipments, const Print& print) {
    std::vector<std::invoke_result_t<Print, const Shipment&>> made;
    auto refused = Json::array();
    auto printable = Json::array();
    for (const auto id : shipments) {
        const auto shipment = get_shipment(view, id);
        try {
            if (!has_label(shipment)) {
                throw CarrierRefused(fmt::format("it is {}: it has no label", to_text(shipment.status)));
            }
            made.push_back(print(shipment));
            printable.push_back(number(id));
        } catch (const CarrierRefused& error) {
            refused.push_back(
                {{"shipment_id", number(id)}, {"order_id", number(shipment.order)}, {"detail", error.what()}});
        }
    }
    if (!refused.empty()) {
        const auto detail = fmt::format("shipment {}: {}", refused[0].at("shipment_id").get<std::int64_t>(),
                                        refused[0].at("detail").get_ref<const std::string&>());
        throw Refusal(kLabelsRefused, refused.size() == 1 ? detail
                                                          : fmt::format("{} of {} labels cannot be printed; {}",
                                                                        refused.size(), shipments.size(), detail))
            .with("shipments", std::move(refused))
            .with("printable", std::move(printable));
    }
    return made;
}

}  // namespace

const print::Typeface& Printer::typeface() const {
    std::call_once(opened_, [&] { typeface_ = std::make_unique<const print::Typeface>(fonts_); });
    return *typeface_;
}

std::string Printer::labels_pdf(const storage::View& view, const std::vector<ShipmentId>& shipments) const {
    const auto pages =
        print_all(view, shipments, [&](const Shipment& shipment) { return label_page_of(view, shipment); });
    const auto title = shipments.size() == 1 ? fmt::format("Label of shipment {}", number(shipments.front()))
                                             : fmt::format("{} labels", shipments.size());
    return print::pdf(typeface(), pages, title);
}

print::Page Printer::label_page_of(const storage::View& view, const Shipment& shipment) const {
    const auto drawn = read_label(view, shipment.id);
    if (drawn) {
        require_printable(shipment);
    }
    return drawn ? label_page(*drawn) : label_page(typeface(), consignment_of(view, shipment));
}

std::string Printer::labels_zpl(const storage::View& view, const std::vector<ShipmentId>& shipments,
                                int dots_per_inch) const {
    std::string all;
    for (const auto& one : print_all(view, shipments, [&](const Shipment& shipment) {
             if (auto made = read_zpl(view, shipment.id)) {
                 require_printable(shipment);
                 return std::move(*made);
             }
             if (read_label(view, shipment.id)) {
                 throw CarrierRefused("the carrier gave its label as a picture only: print the PDF");
             }
             return print::zpl(typeface(), label_page(typeface(), consignment_of(view, shipment)), dots_per_inch);
         })) {
        all += one;
    }
    return all;
}

std::string Printer::packing_slip_pdf(const storage::View& view, const Shipment& shipment) const {
    try {
        const auto& words = orders::language_of(view, shipment.order);
        const auto title = words.say("slip.document", {{"order", std::to_string(number(shipment.order))}});
        return print::pdf(typeface(), slip_pages(view, shipment), title);
    } catch (const CarrierRefused& error) {
        throw Refusal(kLabelRefused, error.what());
    }
}

std::vector<print::Page> Printer::slip_pages(const storage::View& view, const Shipment& shipment) const {
    const auto order = orders::get(view, shipment.order);
    return packing_slip(typeface(), consignment_of(view, shipment), order, not_in(view, shipment, order));
}

}  // namespace orderd::fulfillment
