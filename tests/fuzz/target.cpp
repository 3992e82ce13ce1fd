#include "fuzz/target.h"

#include <algorithm>
#include <stdexcept>

namespace orderd::fuzz {

const std::vector<Target>& targets() {
    static const auto all = [] {
        std::vector<Target> list;
        for (const auto& some :
             {http_targets(), json_targets(), text_targets(), shop_targets(), picture_targets(), page_targets()}) {
            list.insert(list.end(), some.begin(), some.end());
        }
        return list;
    }();
    return all;
}

const Target* find_target(std::string_view name) {
    const auto found =
        std::find_if(targets().begin(), targets().end(), [&](const Target& target) { return target.name == name; });
    return found == targets().end() ? nullptr : &*found;
}

void require(bool kept, std::string_view promise) {
    if (!kept) {
        throw std::logic_error("a promise is broken: " + std::string(promise));
    }
}

std::uint8_t Input::byte() {
    if (rest_.empty()) {
        return 0;
    }
    const auto first = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return first;
}

std::size_t Input::number(std::size_t below) {
    const std::size_t high = byte();
    const std::size_t low = byte();
    return below == 0 ? 0 : (high << 8U | low) % below;
}

std::string_view Input::line() {
    const auto end = std::min(rest_.find('\n'), rest_.size());
    const auto text = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return text;
}

}  // namespace orderd::fuzz
