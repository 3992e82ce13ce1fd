#pragma once

#include <string_view>

#include "base/actor.h"

namespace orderd {

/// The actor that to_text() wrote, but for the address, which is in no text: who wanted what a job finishes.
Actor actor_of(std::string_view text);

}  // namespace orderd
