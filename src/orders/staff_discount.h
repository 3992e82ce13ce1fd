#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/fields.h"
#include "base/actor.h"
#include "base/refused.h"
#include "orders/beside.h"
#include "orders/order.h"
#include "orders/sums.h"

namespace orderd::orders {

// What staff take off a placed order.

inline constexpr Refused kOrderClosed{
    409, "order_closed",
    "The order was shipped, cancelled, or expired, so its sums stay. Send a part of what was paid back instead."};
inline constexpr Refused kDiscountTooLarge{
    403, "discount_too_large",
    "The discount is a larger share than the shop's setting staff_discount_ppm lets staff give; most is that share, in "
    "millionths. An owner may give more, or change the setting."};

/// Off a line, less what its code takes off: a share or an amount, never both.
struct LineDiscountWish {
    ItemId item{};
    std::optional<Rate> rate;
    std::optional<Money> amount;
};

/// In place of what staff gave before. `items` come first. A share or an amount of the whole order is of what they leave,
/// and shared to all lines.
struct StaffDiscount {
    std::string reason;
    std::optional<Rate> rate;
    std::optional<Money> amount;
    std::vector<LineDiscountWish> items;
};

/// What a discount takes off each line of an order, in the order of its lines.
///
/// @param most  the largest share
/// @throws Refusal 422 naming every fault; 403 `discount_too_large`
std::vector<Money> discount_parts(const Order& order, const StaffDiscount& wanted, const PriceRules& rules, Rate most);

/// What owners may give.
inline constexpr Rate kAnyShare{1'000'000};

/// The setting "staff_discount_ppm": the largest share of the order, and of a line, that staff may take off.
Rate most_of_staff(const storage::View& view);

/// Writes why staff took something off; nullopt: they take nothing off.
void set_discount_reason(storage::Transaction& tx, OrderId order, const std::optional<StaffDiscount>& discount);

/// Takes off what staff decided, beside what a discount code does, which stays. Taxes are computed anew by today's rates;
/// the delivery costs what was agreed; the payment follows. Records "order.discounted".
///
/// @param wanted  nullopt: takes back what staff gave before
/// @param most  the largest share
/// @throws Refusal 422 naming every fault; 403 `discount_too_large`; 409 `order_closed`, `customer_erased`;
///         `total_would_change` if the sums are settled
void give_discount(storage::Transaction& tx, const Order& order, const std::optional<StaffDiscount>& wanted, Rate most,
                   const Beside& beside, const Actor& actor, Time now);

}  // namespace orderd::orders

namespace orderd {

template <>
struct api::Fields<orders::LineDiscountWish> {
    static Declared<orders::LineDiscountWish> value();
};
template <>
struct api::Fields<orders::StaffDiscount> {
    static Declared<orders::StaffDiscount> value();
};

}  // namespace orderd
