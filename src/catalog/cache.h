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

/// A serialized answer, built once and shared by all requests for it.
struct Printed {
    std::shared_ptr<const std::string> text;
    std::string etag;                ///< with its quotes
    std::optional<Json> after = {};  ///< of a page that is not the last: its last row's sort key
};

/// Serializes a body. The ETag is a hash of the text.
Printed print(const Json& body);

/// Caches the serialized answers that customers read from the catalogue. An entry is valid until a commit
/// touches Topic::catalog, so a request never gets an answer older than a mutation that was acknowledged
/// before it. Bounded in bytes, since clients choose the keys. Thread-safe.
class PrintedCache {
public:
    explicit PrintedCache(storage::Store& store, std::size_t most_bytes = 16 << 20)
        : store_(store), most_bytes_(most_bytes) {}

    /// The entry under a key; if there is none, `make` builds it from a snapshot, and it is kept. If `make`
    /// throws, nothing is kept.
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
