#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/vault.h"

namespace orderd::storefront {

// What a page's visitor carries for the shop, in a cookie, so that no row is written for strangers. It is signed with the
// shop's key, so that it is what the shop gave out; it is not secret.

/// `purpose` separates the uses: what was signed for one is invalid for another.
std::string signed_text(const storage::Vault& vault, std::string_view purpose, std::string_view text);

/// The text of what signed_text() made; nullopt for anything else.
std::optional<std::string> text_of_signed(const storage::Vault& vault, std::string_view purpose,
                                          std::string_view given);

}  // namespace orderd::storefront
