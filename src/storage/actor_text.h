#pragma once

#include <string_view>

#include "base/actor.h"

namespace orderd {

/// Parses the text that to_text() wrote, without the address, which the text does not have. For jobs, which
/// finish what an actor asked for.
Actor actor_of(std::string_view text);

}  // namespace orderd
