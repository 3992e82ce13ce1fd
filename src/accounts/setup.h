#pragma once

#include <functional>
#include <optional>
#include <string>

#include "accounts/admin.h"
#include "accounts/contact.h"
#include "base/refused.h"
#include "storage/writer.h"

namespace orderd::accounts {

inline constexpr Refused kCurrencyInUse{
    409, "currency_in_use",
    "Products or shipping rates are priced in the shop's currency, so it cannot change. detail says which."};
inline constexpr Refused kAlreadySetUp{409, "already_set_up",
                                       "The shop has its owner, so its set-up link is of no use any more. Sign in."};
inline constexpr Refused kInvalidSetupToken{
    401, "invalid_setup_token",
    "The token of the set-up link is wrong or out of date. orderd prints a new link when it starts."};

// A new shop has no password. Who starts it sees a link, good once, with which its owner is made.

/// Makes a new set-up token, in place of the one before; only its hash is stored (setting "setup_token_hash").
///
/// @returns nullopt if the shop has its owner already
std::optional<std::string> issue_setup_token(storage::Transaction& tx, Time now);

/// Whether the shop waits for its owner, and this is the token of its newest set-up link.
bool is_setup_token(const storage::View& view, std::string_view token);

/// @throws Refusal 409 `already_set_up`; 401 `invalid_setup_token`
void check_setup_token(const storage::View& view, std::string_view token);

/// Whether products have prices: the catalog tells it.
using HasPrices = std::function<bool(const storage::View& view)>;

/// A shop's currency changes only while no amount is in it: prices of products, or the settings' for shipping.
///
/// @param currency  that they would be in
/// @throws Refusal 409 `currency_in_use`, naming what is priced
void require_no_prices(const storage::View& view, const std::string& currency, const HasPrices& has_prices);

/// What the new owner says.
struct Setup {
    std::string username;
    std::string password_hash;
    std::string shop_name;
    std::optional<std::string> currency;  ///< of the shop; nothing: as it was made
    std::optional<Address> address;       ///< of the shop, as labels show it
};

/// Claims the shop, once; the token is used up.
///
/// @throws Refusal as check_setup_token() and add_admin(); 409 `currency_in_use` if prices in another are there
Admin set_up(storage::Transaction& tx, std::string_view token, const Setup& setup, const HasPrices& has_prices,
             const Actor& actor, Time now);

}  // namespace orderd::accounts
