#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "fulfillment/shipment.h"
#include "notify/desk.h"
#include "orders/order.h"

namespace orderd::notify {

/// The mails about an order, by the names of their templates.
inline constexpr std::array<std::string_view, 11> kOrderMails{
    "order_placed", "payment_link", "payment_received", "payment_failed", "payment_reminder", "refunded",
    "ready",        "shipped",      "delivered",        "cancelled",      "expired"};

/// What a mail is about, beside its order.
struct OrderMail {
    std::string name;
    std::optional<Money> refund = {};
    std::optional<fulfillment::Shipment> parcel = {};
};

/// The values of its templates: order_values(), and what this mail alone has. The one for a placed order has the terms and
/// the withdrawal text that the order accepted.
Json order_mail_values(const storage::View& view, const Desk& desk, const orders::Order& order, const OrderMail& mail);

/// A mail as it would be sent about an order now, as far as the order has what it tells of: its newest parcel, its newest
/// refund. nullopt if its customer was erased.
std::optional<Json> sample_values(const storage::View& view, const Desk& desk, const orders::Order& order,
                                  const std::string& name);

}  // namespace orderd::notify
