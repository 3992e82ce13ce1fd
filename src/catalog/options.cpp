#include "catalog/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "base/budgets.h"
#include "base/folding.h"
#include "base/text.h"

namespace orderd::catalog {

namespace {

/// Adds a fault unless it is text of 1 to `most` characters on one line, with something to be seen in it.
bool is_label(std::string_view text, std::size_t most, std::string pointer, std::vector<Fault>& faults) {
    if (!valid_utf8(text)) {
        faults.push_back({std::move(pointer), "is not well-formed UTF-8"});
    } else if (has_control(text, false)) {
        faults.push_back({std::move(pointer), "has a control character in it"});
    } else if (const auto length = code_points(text); length > most) {
        faults.push_back({std::move(pointer), fmt::format("has {} characters; 1 to {} are allowed", length, most)});
    } else if (identifier_key(text).empty()) {
        faults.push_back({std::move(pointer), "has nothing in it that can be seen"});
    } else {
        return true;
    }
    return false;
}

void check_repeated(const std::vector<std::string>& labels, std::string_view pointer, std::string_view member,
                    std::vector<Fault>& faults) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (!seen.insert(identifier_key(labels[i])).second) {
            faults.push_back({fmt::format("{}/{}{}", pointer, i, member), fmt::format("{} is there twice", labels[i])});
        }
    }
}

void tidy_values(Option& option, std::string_view pointer, std::vector<Fault>& faults) {
    const auto before = faults.size();
    for (std::size_t i = 0; i < option.values.size(); ++i) {
        option.values[i] = trimmed(option.values[i]);
        is_label(option.values[i], kMaxOptionValue, fmt::format("{}/{}", pointer, i), faults);
    }
    if (option.values.size() > budget::kOptionValues) {
        faults.push_back({std::string(pointer),
                          fmt::format("has {} values; {} are allowed", option.values.size(), budget::kOptionValues)});
    } else if (faults.size() == before) {
        check_repeated(option.values, pointer, "", faults);
    }
}

std::vector<std::string> names_of(const std::vector<Option>& options) {
    std::vector<std::string> names;
    for (const auto& option : options) {
        names.push_back(option.name);
    }
    return names;
}

/// Whether those of `before` that are still there follow each other in `after` as they did.
bool keeps_order(const std::vector<std::string>& before, const std::vector<std::string>& after) {
    std::size_t least = 0;
    for (const auto& name : before) {
        const auto place = place_of(name, after);
        if (place && *place < least) {
            return false;
        }
        least = place.value_or(least);
    }
    return true;
}

}  // namespace

std::vector<Fault> tidy(std::vector<Option>& options) {
    std::vector<Fault> faults;
    if (options.size() > kMaxOptions) {
        faults.push_back(
            {"/options", fmt::format("has {} options; a group has {} at most", options.size(), kMaxOptions)});
        return faults;
    }
    for (std::size_t i = 0; i < options.size(); ++i) {
        auto& option = options[i];
        option.name = trimmed(option.name);
        is_label(option.name, kMaxOptionName, fmt::format("/options/{}/name", i), faults);
        tidy_values(option, fmt::format("/options/{}/values", i), faults);
    }
    if (faults.empty()) {
        check_repeated(names_of(options), "/options", "/name", faults);
    }
    return faults;
}

std::optional<std::size_t> place_of(std::string_view name, const std::vector<std::string>& names) {
    const auto key = identifier_key(name);
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const auto& one) { return identifier_key(one) == key; });
    return found == names.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - names.begin()));
}

std::optional<std::size_t> place_of(std::string_view name, const std::vector<Option>& options) {
    return place_of(name, names_of(options));
}

std::vector<Fault> match(std::vector<Option>& options, Values& values) {
    std::vector<Fault> faults;
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto& value = values[i];
        value = trimmed(value);
        const auto pointer = fmt::format("/values/{}", i);
        if (i >= options.size()) {
            if (!value.empty()) {
                faults.push_back(
                    {pointer, fmt::format("{} is a value too many: the group has {} options", value, options.size())});
            }
        } else if (value.empty()) {
            faults.push_back({pointer, fmt::format("has no value of {}", options[i].name)});
        } else if (is_label(value, kMaxOptionValue, pointer, faults)) {
            auto& known = options[i].values;
            if (const auto place = place_of(value, known)) {
                value = known[*place];
            } else {
                known.push_back(value);
            }
        }
    }
    return faults;
}

void Reform::rename(const std::vector<Renaming>& renamings, std::vector<Fault>& faults) {
    for (std::size_t i = 0; i < renamings.size(); ++i) {
        const auto& renaming = renamings[i];
        const auto pointer = [&](std::string_view member) { return fmt::format("/renamings/{}/{}", i, member); };
        const std::string to(trimmed(renaming.to));
        const auto option = place_of(renaming.option, options_);
        if (!option) {
            faults.push_back({pointer("option"), fmt::format("the group has no option {}", renaming.option)});
            continue;
        }
        auto& names = options_[*option].values;
        const auto place = renaming.value ? place_of(*renaming.value, names) : option;
        if (!place) {
            faults.push_back({pointer("value"), fmt::format("{} has no value {}", renaming.option, *renaming.value)});
            continue;
        }
        const auto taken = renaming.value ? place_of(to, names) : place_of(to, options_);
        if (taken && taken != place) {
            faults.push_back({pointer("to"), fmt::format("{} is there already", to)});
        } else if (is_label(to, renaming.value ? kMaxOptionValue : kMaxOptionName, pointer("to"), faults)) {
            if (!renaming.value) {
                options_[*option].name = to;
                continue;
            }
            for (auto& values : variants_) {
                auto& value = values[*option];
                value = value == names[*place] ? to : value;
            }
            names[*place] = to;
        }
    }
}

std::vector<std::size_t> Reform::take(const std::vector<Option>& options, std::vector<Fault>& faults) {
    std::vector<std::size_t> in_need;
    std::vector<Values> changed(variants_.size());
    for (std::size_t i = 0; i < options.size(); ++i) {
        const auto& option = options[i];
        const auto before = place_of(option.name, options_);
        if (!before && option.values.empty() && !variants_.empty()) {
            faults.push_back({fmt::format("/options/{}/values", i),
                              fmt::format("{} is new: it needs a value, which all variants get", option.name)});
        }
        for (std::size_t variant = 0; variant < variants_.size(); ++variant) {
            const auto place =
                before ? place_of(variants_[variant][*before], option.values) : std::optional<std::size_t>(0);
            if (place && *place < option.values.size()) {
                changed[variant][i] = option.values[*place];
            } else {
                in_need.push_back(variant);
            }
        }
        reordered_ = reordered_ || (before && !keeps_order(options_[*before].values, option.values));
    }
    reordered_ = reordered_ || !keeps_order(names_of(options_), names_of(options));
    options_ = options;
    variants_ = std::move(changed);
    std::sort(in_need.begin(), in_need.end());
    in_need.erase(std::unique(in_need.begin(), in_need.end()), in_need.end());
    return in_need;
}

std::vector<std::size_t> Reform::repeated() const {
    std::vector<std::size_t> places;
    std::set<Values> seen;
    for (std::size_t i = 0; i < variants_.size(); ++i) {
        if (!seen.insert(variants_[i]).second) {
            places.push_back(i);
        }
    }
    return places;
}

std::vector<std::size_t> Reform::sorted() const {
    std::vector<std::array<std::size_t, kMaxOptions>> keys(variants_.size());
    for (std::size_t variant = 0; variant < variants_.size(); ++variant) {
        for (std::size_t i = 0; i < options_.size(); ++i) {
            keys[variant][i] = place_of(variants_[variant][i], options_[i].values).value_or(0);
        }
    }
    std::vector<std::size_t> places(variants_.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::stable_sort(places.begin(), places.end(), [&](auto one, auto other) { return keys[one] < keys[other]; });
    return places;
}

Json to_json(const std::vector<Option>& options) {
    auto list = Json::array();
    for (const auto& option : options) {
        list.push_back({{"name", option.name}, {"values", option.values}});
    }
    return list;
}

std::vector<Option> options_from(const Json& json) {
    std::vector<Option> options;
    for (const auto& option : json) {
        options.push_back({.name = option.at("name").get<std::string>(),
                           .values = option.at("values").get<std::vector<std::string>>()});
    }
    return options;
}

}  // namespace orderd::catalog
