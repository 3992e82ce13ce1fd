#pragma once

#include <string>

#include "base/json.h"
#include "orders/order.h"
#include "storage/view.h"

namespace orderd::notify {

// What templates are given, for mails and for the receipt page. README lists it, since shops write templates of their
// own. Sums are texts with their currency; a sum of nothing, and what is not known, is empty, which is false to a
// template's sections.

/// All of an order, its payment and its links, beside fulfillment::shop_values(). `url`: how customers reach the shop.
/// `simulated`: payments are, also where this order has none yet.
Json order_values(const storage::View& view, const orders::Order& order, const std::string& url, bool simulated);

}  // namespace orderd::notify
