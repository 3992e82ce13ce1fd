#pragma once

#include "api/request.h"
#include "base/language.h"

namespace orderd::api {

/// The language that the path's {language} names by its code. @throws Refusal  404 if customers are not served in it
const Language& language_in_path(const Request& in);

}  // namespace orderd::api
