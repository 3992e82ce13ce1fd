#pragma once

#include <filesystem>
#include <string_view>

namespace orderd::app {

/// A new folder that goes with its object, and all that is in it.
class Scratch {
public:
    /// Made in `place`; "demo" names it orderd-demo-… there. @throws std::runtime_error
    Scratch(const std::filesystem::path& place, std::string_view what);
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch();

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace orderd::app
