#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "orders/order.h"
#include "storage/view.h"

namespace orderd::notify {

// The values for templates of mails and of the receipt page. README lists them, since shops write their own
// templates. Amounts, days and numbers are texts in the order's language; an amount of 0 and unknown values are empty, which is
// false for a template's sections.

/// The values of an order, its payment and its links, and fulfillment::shop_values(). `url`: the shop's
/// public address. `simulated`: payments are simulated, even if this order has none yet.
Json order_values(const storage::View& view, const orders::Order& order, const std::string& url, bool simulated);

/// What every mail has: fulfillment::shop_values(), and logo_url, since who reads a mail elsewhere needs the whole address.
Json mail_values(const storage::View& view, const Language& language, const std::string& url);

/// {"taxes", "taxes_within"}: a line for each rate, {"label", "tax"}, of taxes on top of the prices, and of those within them.
Json tax_lines(const std::vector<orders::RateSum>& taxes, const orders::Totals& totals, const Language& language,
               std::string_view currency);

}  // namespace orderd::notify
