#include <fmt/format.h>

#include "api/conditional.h"
#include "fulfillment/bodies.h"
#include "fulfillment/routes.h"
#include "fulfillment/shipment.h"

namespace orderd::fulfillment {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

constexpr auto kPdf = "application/pdf";
constexpr auto kZplType = "application/zpl";

Answer print_label(Request& in, Desk& desk);
Answer print_label_pdf(Request& in, Desk& desk);
Answer print_label_zpl(Request& in, Desk& desk);
Answer print_labels(Request& in, Desk& desk, LabelsRequest wanted);
Answer print_packing_slip(Request& in, Desk& desk);

api::QueryParameter resolution() {
    return {"dpi", Shape::one_of({"203", "300"}), "dots per inch of a ZPL printer; 203 if absent"};
}

}  // namespace

void add_printing_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Fulfillment", desk);
    add({.method = "GET",
         .path = "/shipments/{id}/label",
         .name = "shipments.label",
         .who = Who::staff,
         .summary = "Print a label, 4 by 6 inches: PDF, or ZPL if Accept allows only that",
         .query = {resolution()},
         .answers = {{200, std::nullopt, kPdf}, {200, std::nullopt, kZplType}},
         .refuses = {kLabelsRefused}},
        print_label);
    add({.method = "GET",
         .path = "/shipments/{id}/label.pdf",
         .name = "shipments.labelPdf",
         .who = Who::staff,
         .summary = "Print a label as PDF",
         .answers = {{200, std::nullopt, kPdf}},
         .refuses = {kLabelsRefused}},
        print_label_pdf);
    add({.method = "GET",
         .path = "/shipments/{id}/label.zpl",
         .name = "shipments.labelZpl",
         .who = Who::staff,
         .summary = "Print a label as ZPL",
         .query = {resolution()},
         .answers = {{200, std::nullopt, kZplType}},
         .refuses = {kLabelsRefused}},
        print_label_zpl);
    add({.method = "POST",
         .path = "/shipments/labels",
         .name = "shipments.labels",
         .who = Who::staff,
         .summary = "Print many labels, in one PDF or for a ZPL printer",
         .query = {resolution()},
         .answers = {{200, std::nullopt, kPdf}, {200, std::nullopt, kZplType}},
         .refuses = {kLabelsRefused, kNoShipment, kNotFound}},
        print_labels);
    add({.method = "GET",
         .path = "/shipments/{id}/packing-slip",
         .name = "shipments.packingSlip",
         .who = Who::staff,
         .summary = "Print what is in a parcel, as PDF",
         .answers = {{200, std::nullopt, kPdf}},
         .refuses = {kLabelRefused}},
        print_packing_slip);
}

namespace {

Answer file(std::string bytes, const char* type, const std::string& name) {
    Answer answer;
    answer.text = std::make_shared<const std::string>(std::move(bytes));
    answer.content_type = type;
    answer.headers = {{"Content-Disposition", fmt::format("inline; filename=\"{}\"", name)},
                      {"Cache-Control", "private, no-store"}};
    return answer;
}

Answer pdf_of(Request& in, Desk& desk, const std::vector<ShipmentId>& shipments, const std::string& name) {
    return file(desk.printer.labels_pdf(in.read(), shipments), kPdf, name + ".pdf");
}

Answer zpl_of(Request& in, Desk& desk, const std::vector<ShipmentId>& shipments, const std::string& name) {
    const int dpi = in.query("dpi") == "300" ? 300 : 203;
    return file(desk.printer.labels_zpl(in.read(), shipments, dpi), kZplType, name + ".zpl");
}

/// Whether Accept allows ZPL and not PDF.
bool wants_zpl(const Request& in) {
    const auto accept = in.header("Accept");
    return !accept.empty() && !api::accepts(accept, kPdf) && api::accepts(accept, kZplType);
}

std::string label_name(const Request& in) { return fmt::format("label-{}", in.id()); }

Answer print_label(Request& in, Desk& desk) {
    const std::vector<ShipmentId> one{ShipmentId{in.id()}};
    return wants_zpl(in) ? zpl_of(in, desk, one, label_name(in)) : pdf_of(in, desk, one, label_name(in));
}

Answer print_label_pdf(Request& in, Desk& desk) { return pdf_of(in, desk, {ShipmentId{in.id()}}, label_name(in)); }

Answer print_label_zpl(Request& in, Desk& desk) { return zpl_of(in, desk, {ShipmentId{in.id()}}, label_name(in)); }

/// The named parcels, and those of the named orders that are still in the shop.
std::vector<ShipmentId> named_shipments(const storage::View& view, const LabelsRequest& wanted) {
    auto all = wanted.shipment_ids.value_or(std::vector<ShipmentId>());
    for (const auto order : wanted.order_ids.value_or(std::vector<OrderId>())) {
        for (const auto& shipment : parcels_in_house(view, order)) {
            if (shipment.status != Status::ready) {
                all.push_back(shipment.id);
            }
        }
    }
    if (all.empty()) {
        throw Refusal(kNoShipment, "none of these orders has a parcel that waits to be shipped");
    }
    return all;
}

Answer print_labels(Request& in, Desk& desk, LabelsRequest wanted) {
    if (wanted.shipment_ids.has_value() == wanted.order_ids.has_value()) {
        throw invalid("", "either shipment_ids or order_ids is needed");
    }
    const auto shipments = named_shipments(in.read(), wanted);
    if (shipments.size() > kMostLabels) {
        throw invalid("/order_ids", fmt::format("these have {} parcels; {} labels are printed at once",
                                                shipments.size(), kMostLabels));
    }
    return wants_zpl(in) ? zpl_of(in, desk, shipments, "labels") : pdf_of(in, desk, shipments, "labels");
}

Answer print_packing_slip(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto shipment = get_shipment(view, ShipmentId{in.id()});
    return file(desk.printer.packing_slip_pdf(view, shipment), kPdf,
                fmt::format("packing-slip-{}.pdf", number(shipment.id)));
}

}  // namespace

}  // namespace orderd::fulfillment
