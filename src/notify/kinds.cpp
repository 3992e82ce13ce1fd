#include "notify/kinds.h"

#include <algorithm>
#include <array>

namespace orderd::notify {

namespace {

std::string_view family_of(std::string_view kind) { return kind.substr(0, kind.find('.')); }

/// Every kind of event that the shop records.
constexpr auto kKinds = std::to_array<std::string_view>({
    "admin.added",
    "admin.updated",
    "alert.notified",
    "alert.opened",
    "alert.resolved",
    "backup.late",
    "collection.created",
    "collection.deleted",
    "collection.products_changed",
    "collection.updated",
    "customer.email_changed",
    "customer.erased",
    "customer.password_forgotten",
    "customer.registered",
    "customer.updated",
    "delivery_method.created",
    "delivery_method.deleted",
    "delivery_method.updated",
    "discount_code.created",
    "discount_code.updated",
    "document.issued",
    "import.applied",
    "import.changed",
    "import.undone",
    "job.died",
    "job.discarded",
    "job.retried",
    "legal_text.saved",
    "logo.added",
    "order.awaited_changed",
    "order.billing_changed",
    "order.cancelled",
    "order.comment_removed",
    "order.commented",
    "order.delivered",
    "order.delivery_noted",
    "order.discounted",
    "order.draft_deleted",
    "order.drafted",
    "order.edited",
    "order.expired",
    "order.held",
    "order.items_returned",
    "order.language_changed",
    "order.noted",
    "order.paid",
    "order.partially_shipped",
    "order.payment_asked",
    "order.payment_link_renewed",
    "order.pending",
    "order.placed",
    "order.processing",
    "order.reassigned",
    "order.recipient_changed",
    "order.rest_cancelled",
    "order.returned",
    "order.shipped",
    "order.ships_owed",
    "order.tags_changed",
    "order.total_changed",
    "payment.authorized",
    "payment.capture_failed",
    "payment.capturing",
    "payment.charged_twice",
    "payment.dispute_lost",
    "payment.dispute_won",
    "payment.disputed",
    "payment.failed",
    "payment.late",
    "payment.processing",
    "payment.refund_failed",
    "payment.refunded",
    "payment.refunding",
    "payment.reminded",
    "payment.requires_action",
    "payment.started",
    "payment.succeeded",
    "payment.unknown_charge",
    "payment.voided",
    "payment.voiding",
    "product.archived",
    "product.created",
    "product.deleted",
    "product.pictures_changed",
    "product.restored",
    "product.updated",
    "product_group.created",
    "product_group.deleted",
    "product_group.pictures_changed",
    "product_group.updated",
    "return_request.received",
    "return_request.settled",
    "setting.changed",
    "shipment.delivered",
    "shipment.exception",
    "shipment.failed",
    "shipment.in_transit",
    "shipment.label_kept",
    "shipment.label_outdated",
    "shipment.label_pending",
    "shipment.label_ready",
    "shipment.leaving",
    "shipment.out_for_delivery",
    "shipment.ready",
    "shipment.returned",
    "shipment.stayed",
    "shipment.voided",
    "shop.gateway_asked",
    "shop.made",
    "shop.restored",
    "stock.adjusted",
    "stock.repaired",
    "webhook.disabled",
    "webhook.test",
    "words.changed",
});

}  // namespace

bool fits(std::string_view filter, std::string_view kind) {
    return filter == "*" || filter == kind || (filter.ends_with(".*") && family_of(filter) == family_of(kind));
}

bool fits_any_kind(std::string_view filter) {
    return std::any_of(kKinds.begin(), kKinds.end(), [&](std::string_view kind) { return fits(filter, kind); });
}

std::vector<std::string> kinds_beside(std::string_view filter) {
    const auto family = family_of(filter);
    std::vector<std::string> of_family;
    std::vector<std::string> families;
    for (const auto kind : kKinds) {
        if (family_of(kind) == family) {
            of_family.emplace_back(kind);
        }
        auto as_filter = std::string(family_of(kind)) + ".*";
        if (families.empty() || families.back() != as_filter) {
            families.push_back(std::move(as_filter));
        }
    }
    return of_family.empty() ? families : of_family;
}

}  // namespace orderd::notify
