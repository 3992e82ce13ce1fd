#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "accounts/admin.h"
#include "accounts/contact.h"
#include "base/refused.h"
#include "storage/writer.h"

namespace orderd::accounts {

inline constexpr Refused kCurrencyInUse{
    409, "currency_in_use",
    "Products or delivery methods are priced in the shop's currency, so it cannot change. detail says which."};
inline constexpr Refused kAlreadySetUp{409, "already_set_up",
                                       "The shop has its owner, so its set-up link is of no use any more. Sign in."};
inline constexpr Refused kInvalidSetupToken{
    401, "invalid_setup_token",
    "The token of the set-up link is wrong or out of date. orderd prints a new link when it starts."};

// A new shop has no password. Whoever starts it sees a link that works once, and becomes the owner with it.

/// Makes a new set-up token, which replaces the previous one. Only its hash is stored (setting "setup_token_hash").
///
/// @returns nullopt if the shop already has its owner
std::optional<std::string> issue_setup_token(storage::Transaction& tx, Time now);

/// Whether the shop has no owner yet, and this is the token of its newest set-up link.
bool is_setup_token(const storage::View& view, std::string_view token);

/// @throws Refusal 409 `already_set_up`; 401 `invalid_setup_token`
void check_setup_token(const storage::View& view, std::string_view token);

/// What of the shop has prices: "products"; empty: nothing. A department above provides it.
using WhatIsPriced = std::function<std::string_view(const storage::View& view)>;

/// Checks that no amount is in the shop's currency: only then the currency can change.
///
/// @param currency  the present currency
/// @throws Refusal 409 `currency_in_use`, naming what is priced
void require_no_prices(const storage::View& view, const std::string& currency, const WhatIsPriced& what_is_priced);

/// The new owner's data.
struct Setup {
    std::string username;
    std::string password_hash;
    std::string shop_name;
    std::optional<std::string> currency;        ///< of the shop; nullopt: it stays
    std::optional<Address> address;             ///< of the shop, as labels show it
    std::optional<std::string> time_zone = {};  ///< of the shop; nullopt: it stays
};

/// Claims the shop. This works only once: the token is used up.
///
/// @throws Refusal like check_setup_token() and add_admin(); 409 `currency_in_use` if there are prices in
///         another currency
Admin set_up(storage::Transaction& tx, std::string_view token, const Setup& setup, const WhatIsPriced& what_is_priced,
             const Actor& actor, Time now);

}  // namespace orderd::accounts
