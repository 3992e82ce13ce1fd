#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/shape.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/money.h"
#include "base/refused.h"
#include "base/time.h"
#include "storage/writer.h"

namespace orderd::orders {

// How long unpaid orders hold their stock, and how much of it strangers may hold. An order that is never paid
// gives its stock back in the end, unless staff agreed to hold it (lifecycle.h, agree_to_hold).

/// The setting "unpaid_holds": how long an order holds its stock if its payment takes days. An order that is
/// to be paid by card holds it for `reservation_minutes`.
struct HoldTimes {
    Duration bank_transfer = days(7);
    Duration reminder = days(3);          ///< when a reminder of the transfer is sent; 0: never
    Duration cash_on_delivery = days(3);  ///< for staff to confirm it
    Duration gateway = days(14);          ///< for methods that a gateway decides in days (direct debits)
};

HoldTimes read_hold_times(const storage::View& view);
Json to_json(const HoldTimes& times);
api::Shape hold_times_shape();

/// The setting "guest_limits": how much may be unpaid at a time; nullopt: no limit. Orders of staff, of API
/// keys, and those placed directly from this machine are not counted.
struct GuestLimits {
    std::optional<std::int64_t> orders_per_email = 5;
    std::optional<std::int64_t> orders_per_network = 10;
    std::optional<std::int64_t> units_per_network = 100;
};

GuestLimits read_guest_limits(const storage::View& view);
Json to_json(const GuestLimits& limits);
api::Shape guest_limits_shape();

inline constexpr Refused kTooManyUnpaid{
    409, "too_many_unpaid",
    "Too many unpaid orders of this e-mail address or network hold stock already. scope, limit and held say which "
    "limit it is. Pay or cancel one of them, or wait until one expires."};

/// Call it before an order of `units` is placed. It runs one query, which looks at no more orders than the
/// limits allow.
///
/// @param customer  the guest of the e-mail address, or the account
/// @param network keyed hash of the client's network
/// @throws Refusal 409 `too_many_unpaid`, with members "scope" (email, network_orders, network_units), "limit" and
/// "held"
void require_room(const storage::View& view, const GuestLimits& limits, CustomerId customer, std::int64_t network,
                  Quantity units, Time now);

/// An unpaid order that holds over half of what can be sold of a product, and that nobody of the shop agreed to hold.
struct LargeHold {
    OrderId order{};
    ProductId product{};
    std::string sku;
    std::string name;
    Quantity quantity = 0;
    Quantity on_hand = 0;
    Quantity beyond_limit = 0;  ///< that can be sold beyond it
    std::optional<std::string> payment_method;
    Time placed_at;
    Time expires_at;
    std::int64_t version = 1;
};

/// At most `most` large holds, by product.
std::vector<LargeHold> large_holds(const storage::View& view, std::size_t most);
Json to_json(const LargeHold& hold);
const api::Shape& large_holds_shape();

}  // namespace orderd::orders
