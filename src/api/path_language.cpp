#include "api/path_language.h"

#include "base/errors.h"

namespace orderd::api {

const Language& language_in_path(const Request& in) {
    const auto* language = Language::find(in.path_text("language"));
    if (language == nullptr) {
        throw not_found("language");
    }
    return *language;
}

}  // namespace orderd::api
