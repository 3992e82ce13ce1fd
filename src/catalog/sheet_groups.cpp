#include "catalog/sheet_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "base/folding.h"
#include "base/text.h"

namespace orderd::catalog {

namespace {

/// Up to which of its three options the rows have values.
std::size_t options_used(const std::vector<RowOptions>& rows) {
    std::size_t count = 0;
    for (const auto& row : rows) {
        for (std::size_t i = count; i < kMaxOptions; ++i) {
            count = row.values[i].empty() ? count : i + 1;
        }
    }
    return count;
}

bool fits(const std::string& text, std::size_t most) {
    return code_points(text) <= most && !has_control(text, false) && !identifier_key(text).empty();
}

/// Options with the names that they can have: each its own.
std::vector<Option> named_options(const OptionValues& names, std::size_t count) {
    std::vector<Option> options;
    std::map<std::string, std::size_t> keys;
    for (std::size_t i = 0; i < count; ++i) {
        const bool is_fit = fits(names[i], kMaxOptionName) && keys.emplace(identifier_key(names[i]), i).second;
        options.push_back({.name = is_fit ? names[i] : fmt::format("Option {}", i + 1), .values = {}});
    }
    return options;
}

/// The values of a group's options as its rows have them; equal ones are written as they were first.
class RowValues {
public:
    explicit RowValues(std::vector<Option>& options) : options_(options), written_(options.size()) {}

    void take(OptionValues& values) {
        for (std::size_t i = 0; i < options_.size(); ++i) {
            const auto [first, is_new] = written_[i].emplace(identifier_key(values[i]), values[i]);
            values[i] = first->second;
            if (is_new) {
                options_[i].values.push_back(values[i]);
            }
        }
    }

private:
    std::vector<Option>& options_;
    std::vector<std::map<std::string, std::string>> written_;
};

}  // namespace

std::string key_of(const OptionValues& values) {
    std::string key;
    for (const auto& value : values) {
        key += identifier_key(value) + '\n';
    }
    return key;
}

bool is_group_name(const std::string& text) { return fits(text, kMaxName); }

void make_group(SheetGroup group, const OptionValues& names, const std::vector<RowOptions>& rows, Sheet& sheet) {
    const auto count = options_used(rows);
    if (count == 0) {
        return;
    }
    group.options = named_options(names, count);
    RowValues known(group.options);
    std::map<std::string, std::int64_t> lines;  // by the keys of all values
    bool has_variants = false;
    for (const auto& [at, of_row] : rows) {
        auto& row = sheet.rows[at];
        auto values = of_row;
        const auto end = values.begin() + static_cast<std::ptrdiff_t>(count);
        const auto bad =
            std::find_if(values.begin(), end, [](const auto& value) { return !fits(value, kMaxOptionValue); });
        if (bad != end) {
            const auto& option = group.options[static_cast<std::size_t>(bad - values.begin())];
            row.notes.push_back(std::make_shared<const std::string>(fmt::format(
                "it has no {} as the other rows of its Handle have, so it is no variant of them", option.name)));
            continue;
        }
        known.take(values);
        if (const auto [first, is_new] = lines.emplace(key_of(values), row.line); !is_new) {
            row.fault = fmt::format("its options are those of line {} too", first->second);
            row.faulty = true;
            continue;
        }
        row.variant =
            std::make_shared<const SheetVariant>(SheetVariant{.group = sheet.groups.size(), .values = values});
        has_variants = true;
    }
    if (has_variants) {
        sheet.groups.push_back(std::move(group));
    }
}

}  // namespace orderd::catalog
