#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orderd::fuzz {

/// Something that reads bytes from outside. It takes any bytes: what it refuses, it refuses as its contract says, and
/// what it takes has the properties that the target requires.
struct Target {
    std::string_view name;
    void (*run)(std::string_view bytes);
};

/// All of them. tests/fuzz/corpus has a folder for each.
const std::vector<Target>& targets();
const Target* find_target(std::string_view name);

/// The targets of each file.
std::vector<Target> http_targets();
std::vector<Target> json_targets();
std::vector<Target> text_targets();
std::vector<Target> shop_targets();
std::vector<Target> picture_targets();
std::vector<Target> page_targets();

/// @throws std::logic_error with the promise, if it is broken
void require(bool kept, std::string_view promise);

/// Bytes, as what several arguments are taken from.
class Input {
public:
    explicit Input(std::string_view bytes) : rest_(bytes) {}

    std::uint8_t byte();
    std::size_t number(std::size_t below);  ///< from two bytes; 0 if `below` is 0
    std::string_view line();                ///< up to the next line end, which is left out
    std::string_view rest() const { return rest_; }
    bool empty() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

}  // namespace orderd::fuzz
