#include "storage/shop_language.h"

#include "storage/settings.h"

namespace orderd::settings {

const Language& language(const storage::View& view) {
    const auto code = read(view, kLocale);
    const auto* const found = code && code->is_string() ? Language::find(code->get_ref<const std::string&>()) : nullptr;
    return found == nullptr ? Language::english() : *found;
}

}  // namespace orderd::settings
