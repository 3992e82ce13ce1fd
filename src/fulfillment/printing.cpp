#include "fulfillment/printing.h"

#include <fmt/format.h>

#include "fulfillment/print/pdf.h"
#include "fulfillment/print/zpl.h"

namespace orderd::fulfillment {

namespace {

bool has_label(const Shipment& shipment) {
    const bool has_none = shipment.carrier == "pickup" || shipment.carrier == "own_delivery";
    return !has_none && shipment.status != Status::label_pending && shipment.status != Status::failed &&
           shipment.status != Status::voided;
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
    const auto pages = print_all(view, shipments, [&](const Shipment& shipment) {
        const auto drawn = read_label(view, shipment.id);
        return drawn ? label_page(*drawn) : label_page(typeface(), consignment_of(view, shipment));
    });
    const auto title = shipments.size() == 1 ? fmt::format("Label of shipment {}", number(shipments.front()))
                                             : fmt::format("{} labels", shipments.size());
    return print::pdf(typeface(), pages, title);
}

std::string Printer::labels_zpl(const storage::View& view, const std::vector<ShipmentId>& shipments,
                                int dots_per_inch) const {
    std::string all;
    for (const auto& one : print_all(view, shipments, [&](const Shipment& shipment) {
             if (auto made = read_zpl(view, shipment.id)) {
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
        const auto order = orders::get(view, shipment.order);
        const auto pages = packing_slip(typeface(), consignment_of(view, shipment), order);
        const auto title = order.language->say("slip.document", {{"order", std::to_string(number(order.id))}});
        return print::pdf(typeface(), pages, title);
    } catch (const CarrierRefused& error) {
        throw Refusal(kLabelRefused, error.what());
    }
}

}  // namespace orderd::fulfillment
