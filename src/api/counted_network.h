#pragma once

#include <cstdint>
#include <optional>

#include "api/request.h"

namespace orderd::api {

/// The network of who calls, as a keyed hash: what strangers ask for is counted by it. Nullopt for the shop's own people,
/// programs and machine.
std::optional<std::int64_t> counted_network(const Request& in);

}  // namespace orderd::api
