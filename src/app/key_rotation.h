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

/// Rows that are looked at together.
struct KeyedSlice {
    std::vector<std::int64_t> old;     ///< ids of those that are not under the newest key
    std::optional<std::int64_t> last;  ///< the last id that was looked at; nothing: there are no more
};

/// Something in the database that follows the shop's key.
struct Keyed {
    std::string table;
    std::vector<std::string> columns;
    std::function<KeyedSlice(const storage::View& view, std::int64_t after)> find;
    std::function<void(storage::Transaction& tx, std::int64_t id)> renew;  ///< may find it renewed already
};

/// All of it: every column *_sealed, and every column *_index. A test holds schema.sql against it.
const std::vector<Keyed>& all_keyed();

struct RotateOptions {
    std::filesystem::path keep_old = {};  ///< where the key file is copied to before it changes; empty: nowhere
    bool bar = false;                     ///< draws a progress bar
    /// Called when a step is done, for tests: "key added", "announced", "slice", "renewed", "key removed".
    std::function<void(std::string_view step)> done = {};
};

/// Whether a rotation is at work on the shop: what is copied now is under both keys, and soon only one is there.
bool is_key_rotating(const storage::Files& files);

/// `orderd key rotate`: a new key takes the old one's place while the shop is served.
///
/// 1. The key file gets the new key beside the old one. From the next transaction on, every process writes under the
///    new one (Vault::refresh()) and reads under both.
/// 2. What is under the old one is re-encrypted, in slices, until a whole pass finds nothing more.
/// 3. The old key leaves the file.
///
/// Interrupted anywhere, also by kill -9, it goes on when it is called again: two keys in the file say that it was
/// begun, and rows tell by themselves which key they are under.
///
/// @throws std::runtime_error, storage::OpenError; both keys stay in the file then
void rotate_key(storage::Store& store, const RotateOptions& options, const Clock& clock, std::ostream& out,
                std::ostream& terminal);

}  // namespace orderd::app
