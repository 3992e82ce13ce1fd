#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/fields.h"
#include "base/actor.h"
#include "base/names.h"
#include "base/refused.h"
#include "catalog/stock.h"
#include "orders/order.h"
#include "orders/sums.h"
#include "storage/paging.h"
#include "storage/writer.h"

namespace orderd::orders {

// Discount codes: what customers type in to pay less. A code's use is taken in the transaction that places the order, by
// one guarded UPDATE, and comes back when the order ends before anything of it was shipped.

inline constexpr Refused kCodeNotValid{
    422, "code_not_valid",
    "The discount code does not hold for this order. reason says why: unknown, off (the shop ended it), not_yet, over, "
    "minimum (the goods cost too little; minimum says how much they must cost) or products (it is for others). Order "
    "without it, or with another one."};
inline constexpr Refused kCodeUsedUp{
    409, "code_used_up",
    "The discount code was used as often as it may be: by all (scope is all), or by this customer (scope is customer). "
    "A use comes back when its order expires or is cancelled. Order without it."};
inline constexpr Refused kCodeTaken{409, "code_taken",
                                    "Another discount code is the same, as codes are compared: without case and "
                                    "characters that nobody sees. Choose another one, or change that one."};

enum class CodeKind { percent, amount, free_delivery };

inline constexpr Names<CodeKind, 3> kCodeKinds{{{
    {CodeKind::percent, "percent"},
    {CodeKind::amount, "amount"},
    {CodeKind::free_delivery, "free_delivery"},
}}};

/// The rules of a code. A request's body has the same members.
struct CodeRules {
    std::string code;
    CodeKind kind = CodeKind::percent;
    Rate rate_ppm;  ///< of `percent`
    Money amount;   ///< of `amount`; at most what the goods cost
    Money minimum;  ///< that the goods must cost, before any discount
    std::optional<Time> valid_from;
    std::optional<Time> valid_until;               ///< before this time
    std::optional<std::int64_t> most_uses;         ///< in all; nullopt: any number
    std::optional<std::int64_t> most_uses_of_one;  ///< of one customer
    std::vector<ProductId> products;               ///< that it is for; empty: all
    bool active = true;
};

struct DiscountCode : CodeRules {
    DiscountCodeId id{};
    std::int64_t uses = 0;  ///< by orders that have not ended unpaid
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;
};

/// @throws Refusal 422 naming every fault; 409 `code_taken`
DiscountCode add_code(storage::Transaction& tx, const CodeRules& wanted, const Actor& actor, Time now);

/// @throws Refusal as add_code(); 422 if it would have fewer uses than it was used
DiscountCode change_code(storage::Transaction& tx, const DiscountCode& before, const CodeRules& wanted,
                         const Actor& actor, Time now);

/// @throws Refusal 404 `not_found`
DiscountCode get_code(const storage::View& view, DiscountCodeId id);

struct Codes {
    std::vector<DiscountCode> rows;
    Json after = nullptr;
};

/// Newest first. `text`: that the code begins with; empty: all.
Codes list_codes(const storage::View& view, std::string_view text, const storage::Page& page);

/// The code that a customer typed in, if it holds for these goods. Whether a use is left is known for sure only by
/// take_use().
///
/// @throws Refusal 422 `code_not_valid`; 409 `code_used_up`
DiscountCode usable_code(const storage::View& view, std::string_view text, const std::vector<catalog::Line>& lines,
                         Time now);

Discount discount_of(const DiscountCode& code);

/// Takes one use for an order that is about to be inserted.
///
/// @throws Refusal 409 `code_used_up`
void take_use(storage::Transaction& tx, const DiscountCode& code, CustomerId customer);

/// Gives the order's use back, once.
void give_back_use(storage::Transaction& tx, const Order& order);

Json to_json(const DiscountCode& code);
const api::Shape& code_shape();

}  // namespace orderd::orders

namespace orderd {

template <>
struct api::Fields<orders::CodeRules> {
    static Declared<orders::CodeRules> value();
};

}  // namespace orderd
