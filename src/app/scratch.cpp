#include "app/scratch.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <stdexcept>
#include <system_error>

namespace orderd::app {

Scratch::Scratch(const std::filesystem::path& place, std::string_view what) {
    auto name = (place / fmt::format("orderd-{}-XXXXXX", what)).string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error(fmt::format("no folder can be made in {}; name another with --data", place.string()));
    }
    path_ = name;
}

Scratch::~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace orderd::app
