#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/errors.h"
#include "base/json.h"
#include "catalog/group.h"

namespace orderd::catalog {

// The options of a group as such, without its variants and without a database.

using Values = std::array<std::string, kMaxOptions>;  ///< of a variant; empty beyond the group's options

/// Brings the options into the form in which they are stored: without space around names and values.
///
/// @returns every fault: too many, blank, too long, twice the same
std::vector<Fault> tidy(std::vector<Option>& options);

/// Where a name is among names, by identifier_key().
std::optional<std::size_t> place_of(std::string_view name, const std::vector<std::string>& names);
std::optional<std::size_t> place_of(std::string_view name, const std::vector<Option>& options);

/// Gives a variant's values the spelling of their options, and adds those that are new to them.
///
/// @returns every fault, at /values/N: missing, too many, too long
std::vector<Fault> match(std::vector<Option>& options, Values& values);

/// What becomes of the options of a group, and so of its variants.
class Reform {
public:
    /// @param variants the values of the group's variants
    Reform(std::vector<Option> options, std::vector<Values> variants)
        : options_(std::move(options)), variants_(std::move(variants)) {}

    /// Renames options and values. Adds faults at /renamings/N.
    void rename(const std::vector<Renaming>& renamings, std::vector<Fault>& faults);

    /// Takes these options, which are tidy, for those there were. Adds a fault for a new one without values.
    ///
    /// @returns the places of variants that need a value that is not there any more
    std::vector<std::size_t> take(const std::vector<Option>& options, std::vector<Fault>& faults);

    /// The places of variants that have the same values as one before them.
    std::vector<std::size_t> repeated() const;

    /// Whether what was there before is in another order now.
    bool reordered() const { return reordered_; }

    /// The places of the variants, sorted by the order of their values.
    std::vector<std::size_t> sorted() const;

    const std::vector<Option>& options() const { return options_; }
    const std::vector<Values>& variants() const { return variants_; }

private:
    std::vector<Option> options_;
    std::vector<Values> variants_;
    bool reordered_ = false;
};

/// [{"name", "values"}]
Json to_json(const std::vector<Option>& options);
std::vector<Option> options_from(const Json& json);

}  // namespace orderd::catalog
