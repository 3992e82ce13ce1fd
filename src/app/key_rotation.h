#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "storage/store.h"

namespace orderd::app {

/// A batch of rows to check.
struct KeyedSlice {
    std::vector<std::int64_t> old;     ///< ids of the rows that are not under the newest key
    std::optional<std::int64_t> last;  ///< the last id that was checked; nullopt: there are no more
};

/// A part of the database that depends on the shop's key.
struct Keyed {
    std::string table;
    std::vector<std::string> columns;
    std::function<KeyedSlice(const storage::View& view, std::int64_t after)> find;
    std::function<void(storage::Transaction& tx, std::int64_t id)> renew;  ///< the row may be renewed already
};

/// All such parts: every column *_sealed, and every column *_index. A test checks the list against
/// schema.sql.
const std::vector<Keyed>& all_keyed();

struct RotateOptions {
    std::filesystem::path keep_old = {};  ///< where the key file is copied to before it changes; empty: nowhere
    bool bar = false;                     ///< draws a progress bar
    /// Called when a step is done, for tests: "key added", "announced", "slice", "renewed", "key removed".
    std::function<void(std::string_view step)> done = {};
};

/// Whether a rotation is running on the shop: a copy made now would need both keys, and soon only one of them
/// exists.
bool is_key_rotating(const storage::Files& files);

/// `orderd key rotate`: replaces the shop's key while the shop is served.
///
/// 1. The key file gets the new key beside the old one. From the next transaction on, every process writes under the
///    new one (Vault::refresh()) and reads under both.
/// 2. What is under the old one is re-encrypted, in slices, until a whole pass finds nothing more.
/// 3. The old key leaves the file.
///
/// If it is interrupted anywhere, even by kill -9, the next call continues it: two keys in the file show that
/// it was begun, and each row shows which key it is under.
///
/// @throws std::runtime_error, storage::OpenError; both keys stay in the file then
void rotate_key(storage::Store& store, const RotateOptions& options, const Clock& clock, std::ostream& out,
                std::ostream& terminal);

}  // namespace orderd::app
