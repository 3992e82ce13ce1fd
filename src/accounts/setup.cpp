#include "accounts/setup.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "base/random.h"
#include "base/text.h"
#include "storage/settings.h"
#include "storage/shop_zone.h"

namespace orderd::accounts {

namespace {

constexpr auto kTokenHash = "setup_token_hash";

}  // namespace

void require_no_prices(const storage::View& view, const std::string& currency, const WhatIsPriced& what_is_priced) {
    const auto priced = what_is_priced ? what_is_priced(view) : std::string_view();
    if (!priced.empty()) {
        throw Refusal(kCurrencyInUse,
                      fmt::format("the shop has {}, priced in {}: its currency stays", priced, currency));
    }
}

std::optional<std::string> issue_setup_token(storage::Transaction& tx, Time now) {
    if (!unclaimed_owner(tx)) {
        return std::nullopt;
    }
    auto token = random_token("");
    settings::write(tx, kTokenHash, to_hex(storage::hash_of_token(token)), now);
    return token;
}

bool is_setup_token(const storage::View& view, std::string_view token) {
    const auto hash = settings::read(view, kTokenHash);
    return unclaimed_owner(view) && hash &&
           equal_in_constant_time(hash->get<std::string>(), to_hex(storage::hash_of_token(token)));
}

void check_setup_token(const storage::View& view, std::string_view token) {
    if (!unclaimed_owner(view)) {
        throw Refusal(kAlreadySetUp, "the shop has its owner: sign in");
    }
    if (!is_setup_token(view, token)) {
        throw Refusal(kInvalidSetupToken,
                      "the set-up link is not valid, or no longer: orderd prints a new one when it starts");
    }
}

Admin set_up(storage::Transaction& tx, std::string_view token, const Setup& setup, const WhatIsPriced& what_is_priced,
             const Actor& actor, Time now) {
    check_setup_token(tx, token);
    if (const auto before = settings::currency(tx); setup.currency && *setup.currency != before) {
        require_no_prices(tx, before, what_is_priced);
        settings::write(tx, "currency", *setup.currency, now);
    }
    settings::write(tx, "shop_name", setup.shop_name, now);
    if (setup.address) {
        settings::write(tx, "shop_address", to_json(*setup.address), now);
    }
    if (setup.time_zone) {
        settings::write(tx, settings::kTimeZone, *setup.time_zone, now);
    }
    return add_admin(tx, setup.username, Role::owner, setup.password_hash, actor, now);
}

}  // namespace orderd::accounts
