#pragma once

#include <filesystem>
#include <string_view>

namespace orderd::app {

/// A new folder that is removed, with everything in it, when the object is destroyed.
class Scratch {
public:
    /// Creates it in `place`; with "demo" it is named orderd-demo-…. @throws std::runtime_error
    Scratch(const std::filesystem::path& place, std::string_view what);
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch();

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace orderd::app
