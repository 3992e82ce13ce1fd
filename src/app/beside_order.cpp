#include "app/beside_order.h"

#include "documents/document.h"
#include "fulfillment/shipment.h"
#include "payments/payment.h"

namespace orderd::app {

std::vector<events::Subject> subjects_beside_order(const storage::View& view, OrderId order) {
    std::vector<events::Subject> subjects;
    if (const auto payment = payments::find_by_order(view, order)) {
        subjects.push_back({"payment", number(payment->id)});
    }
    for (const auto& shipment : fulfillment::shipments_of(view, order)) {
        subjects.push_back({"shipment", number(shipment.id)});
    }
    for (const auto& document : documents::documents_of(view, order)) {
        subjects.push_back({"document", number(document.id)});
    }
    return subjects;
}

std::vector<OrderId> orders_by_number(const storage::View& view, std::string_view text) {
    std::vector<OrderId> found;
    for (const auto& parcel : fulfillment::find_by_number(view, text)) {
        found.push_back(parcel.order);
    }
    if (const auto document = documents::find_by_number(view, text)) {
        found.push_back(document->order);
    }
    return found;
}

}  // namespace orderd::app
