#pragma once

#include <optional>
#include <string_view>

#include "api/answer.h"
#include "wire/head.h"

namespace orderd::api {

/// Serves the dashboard's files from the executable: /dashboard/ and all paths below it, and redirects to it.
///
/// @returns nullopt for a path that does not belong to the dashboard
std::optional<Answer> web_answer(const wire::Head& head, std::string_view accept_encoding);

}  // namespace orderd::api
