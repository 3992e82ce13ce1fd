#pragma once

#include "base/language.h"
#include "storage/view.h"

namespace orderd::settings {

inline constexpr auto kLocale = "locale";  ///< the setting's name: a language's code

/// The shop's language: of pages and mails to who asked for none. English until it is set.
const Language& language(const storage::View& view);

}  // namespace orderd::settings
