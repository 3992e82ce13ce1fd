#include "catalog/sheet_names.h"

#include "base/text.h"
#include "catalog/product_fields.h"
#include "storage/vault.h"

namespace orderd::catalog {

std::string slug(std::string_view handle_text, const std::vector<std::string>& options) {
    auto text = std::string(handle_text);
    for (const auto& option : options) {
        text += '-' + option;
    }
    std::string made;
    for (const char c : folded(text)) {
        const bool stays =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
        if (stays) {
            made += c;
        } else if (!made.empty() && made.back() != '-') {
            made += '-';
        }
    }
    if (made.ends_with('-')) {
        made.pop_back();
    }
    if (code_points(made) <= kMaxSku) {
        return made;
    }
    // A slug that is too long becomes its beginning and a hash of the whole, so that two long ones stay
    // distinct.
    constexpr std::size_t kHashDigits = 8;
    std::size_t end = 0;
    for (std::size_t count = 0; count < kMaxSku - kHashDigits - 1; ++count) {
        do {
            ++end;
        } while ((static_cast<unsigned char>(made[end]) & 0xc0U) == 0x80U);  // not inside a UTF-8 character
    }
    return made.substr(0, end) + '-' + to_hex(storage::hash_of_token(made)).substr(0, kHashDigits);
}

std::string name_in_sheet(std::string_view title, const std::vector<std::string>& options) {
    auto name = std::string(title);
    for (std::size_t i = 0; i < options.size(); ++i) {
        name += (i == 0 ? " – " : " / ") + options[i];
    }
    return name;
}

}  // namespace orderd::catalog
