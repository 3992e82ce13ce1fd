#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orderd {

/// The names of an enum's values in the database and in JSON.
template <class Enum, std::size_t kCount>
struct Names {
    std::array<std::pair<Enum, std::string_view>, kCount> all;

    constexpr std::string_view operator[](Enum value) const {
        return std::find_if(all.begin(), all.end(), [&](const auto& entry) { return entry.first == value; })->second;
    }

    constexpr std::optional<Enum> parse(std::string_view name) const {
        const auto* found =
            std::find_if(all.begin(), all.end(), [&](const auto& entry) { return entry.second == name; });
        return found == all.end() ? std::nullopt : std::optional(found->first);
    }

    /// @throws std::logic_error for an unknown name, which the database's CHECK prevents
    Enum stored(std::string_view name) const {
        if (const auto value = parse(name)) {
            return *value;
        }
        throw std::logic_error("no value has the name " + std::string(name));
    }

    std::vector<std::string> list() const {
        std::vector<std::string> names;
        for (const auto& entry : all) {
            names.emplace_back(entry.second);
        }
        return names;
    }
};

}  // namespace orderd
