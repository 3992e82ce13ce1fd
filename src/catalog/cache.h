#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/json.h"
#include "base/mutex.h"
#include "storage/store.h"

namespace orderd::catalog {

/// An answer as it is sent, made once and shared by all who ask for the same.
struct Printed {
    std::shared_ptr<const std::string> text;
    std::string etag;                ///< with its quotes
    std::optional<Json> after = {};  ///< of a page that more rows follow: its last row's sort key
};

/// A Printed of this text, whose ETag is a hash of it.
Printed print(const Json& body);

/// What customers read of the catalogue, printed. An entry holds until a commit touches Topic::catalog, so nobody reads
/// an answer that is older than a mutation acknowledged before the question. Bounded in bytes: keys come from outside.
/// Thread-safe.
class PrintedCache {
public:
    explicit PrintedCache(storage::Store& store, std::size_t most_bytes = 16 << 20)
        : store_(store), most_bytes_(most_bytes) {}

    /// The entry under a key, or what `make` makes of a snapshot, which is kept. What `make` throws is passed on, and
    /// nothing is kept.
    std::shared_ptr<const Printed> get(const std::string& key,
                                       const std::function<Printed(const storage::View&)>& make);

    std::size_t bytes() const;

private:
    struct Entry {
        std::uint64_t generation = 0;
        std::shared_ptr<const Printed> printed;
    };

    void keep(const std::string& key, Entry entry) EXCLUDES(mutex_);

    // constant after construction
    storage::Store& store_;
    const std::size_t most_bytes_;

    mutable SharedMutex mutex_;
    std::unordered_map<std::string, Entry> entries_ GUARDED_BY(mutex_);
    std::size_t bytes_ GUARDED_BY(mutex_) = 0;
};

}  // namespace orderd::catalog
