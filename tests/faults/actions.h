#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/files.h"
#include "storage/view.h"
#include "support/shop.h"

namespace orderd::tests {

/// Where faults come from. They begin once what an action starts from is there, and end before it is looked at.
class Faults {
public:
    virtual ~Faults() = default;
    virtual void begin(const std::filesystem::path& shop_folder) = 0;
    virtual void end() = 0;
};

using Wrongs = std::vector<std::string>;  ///< what is wrong, for a person; empty: all is well

/// Something that a shop does. It runs in a process of its own.
struct Action {
    std::string name;
    /// Leaves a closed shop in an empty folder, and what else the action starts from.
    std::function<void(const std::filesystem::path& folder)> prepare;
    /// Does it once, on a copy of that folder, while faults strike; holds what is there afterwards against what was
    /// answered, and tries it again without faults.
    std::function<Wrongs(const std::filesystem::path& prepared, Faults& faults)> run;
};

/// Opening and making a shop, migrating, placing, paying, charging, shipping, importing, checkpoints, backup, restore.
const std::vector<Action>& actions();
const Action& action_named(const std::string& name);

/// Adds to `wrongs` what SQLite and `orderd check` find in a shop.
void check_shop(const storage::View& view, const std::string& where, Wrongs& wrongs);

/// The number that a statement finds; -1: it finds none.
std::int64_t number_in(const storage::View& view, std::string_view sql);

/// How many orders a database has, of whatever schema.
std::int64_t orders_in(const std::filesystem::path& database);

/// A copy of a shop's files as they are now: what a process that is killed leaves.
void copy_files(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace orderd::tests
