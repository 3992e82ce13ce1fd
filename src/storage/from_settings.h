#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "base/mutex.h"
#include "storage/store.h"

namespace orderd::storage {

/// What follows from the shop's settings, read again when a commit touched them. Thread-safe. May be called by a thread that
/// holds a reader.
template <class T>
class FromSettings {
public:
    FromSettings(Store& store, std::function<T(const View&)> read) : store_(store), read_(std::move(read)) {}

    std::shared_ptr<const T> get() EXCLUDES(mutex_) {
        // Read before the snapshot is taken, so that the snapshot is at least as new as this number.
        const auto generation = store_.generation(Topic::settings);
        {
            const ReadLock lock(mutex_);
            if (known_ && generation_ == generation) {
                return known_;
            }
        }
        auto fresh = std::make_shared<const T>(read_(store_.read_apart()));
        const WriteLock lock(mutex_);
        known_ = fresh;
        generation_ = generation;
        return fresh;
    }

private:
    Store& store_;
    const std::function<T(const View&)> read_;

    SharedMutex mutex_;
    std::shared_ptr<const T> known_ GUARDED_BY(mutex_);
    std::uint64_t generation_ GUARDED_BY(mutex_) = 0;
};

}  // namespace orderd::storage
