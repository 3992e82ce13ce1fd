#include "storefront/signing.h"

#include "base/text.h"

namespace orderd::storefront {

namespace {

constexpr std::size_t kMark = 16;  ///< bytes of the keyed hash

std::string mark_of(const storage::Vault& vault, std::string_view purpose, std::string_view text) {
    return vault.keyed_hash(purpose, text).substr(0, kMark);
}

}  // namespace

std::string signed_text(const storage::Vault& vault, std::string_view purpose, std::string_view text) {
    return to_base64url(mark_of(vault, purpose, text) + std::string(text));
}

std::optional<std::string> text_of_signed(const storage::Vault& vault, std::string_view purpose,
                                          std::string_view given) {
    const auto bytes = from_base64url(given);
    if (!bytes || bytes->size() < kMark) {
        return std::nullopt;
    }
    auto text = bytes->substr(kMark);
    if (!equal_in_constant_time(bytes->substr(0, kMark), mark_of(vault, purpose, text))) {
        return std::nullopt;
    }
    return text;
}

}  // namespace orderd::storefront
