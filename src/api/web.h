#pragma once

#include <optional>
#include <string_view>

#include "api/answer.h"
#include "wire/head.h"

namespace orderd::api {

/// The dashboard's files, out of the executable: /dashboard/ and what is below it, and the ways that lead there.
///
/// @returns nothing for a path that is not the dashboard's
std::optional<Answer> web_answer(const wire::Head& head, std::string_view accept_encoding);

}  // namespace orderd::api
