#include "api/operation_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/embedded.h"
#include "base/gzip.h"

namespace orderd::api {

OperationWords parse_operation_words(std::string_view text) {
    OperationWords words;
    std::string name;
    std::string prose;
    const auto end_entry = [&] {
        if (!name.empty() && (prose.empty() || !words.emplace(name, prose).second)) {
            throw std::logic_error(fmt::format("the words of {} are missing, or there twice", name));
        }
        name.clear();
        prose.clear();
    };
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty()) {
            end_entry();
        } else if (line.starts_with('#')) {
            continue;
        } else if (name.empty()) {
            name = line;
        } else {
            prose += prose.empty() ? "" : " ";
            prose += line;
        }
    }
    end_entry();
    return words;
}

OperationWords operation_words() { return parse_operation_words(inflated(embedded::operation_words())); }

}  // namespace orderd::api
