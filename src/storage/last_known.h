#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "base/mutex.h"
#include "storage/store.h"

namespace orderd::storage {

/// What follows from the shop's settings, read again when a commit touched them. While the database cannot be read, it is
/// what was read last: for answers that must come even then. Thread-safe. May be called by a thread that holds a reader.
template <class T>
class LastKnown {
public:
    /// @param at_first  until it could be read
    LastKnown(Store& store, std::function<T(const View&)> read, T at_first)
        : store_(store), read_(std::move(read)), known_(std::make_shared<const T>(std::move(at_first))) {}

    std::shared_ptr<const T> get() EXCLUDES(mutex_) {
        const MutexLock lock(mutex_);
        const auto generation = store_.generation(Topic::settings);
        const auto now = std::chrono::steady_clock::now();
        if (generation != generation_ && now >= next_try_) {
            try {
                known_ = std::make_shared<const T>(read_(store_.read_apart()));
                generation_ = generation;
            } catch (const std::exception&) {
                next_try_ =
                    now + kPause;  // the database's trouble is reported elsewhere; do not retry for each request
            }
        }
        return known_;
    }

private:
    static constexpr auto kPause = std::chrono::seconds(1);

    Store& store_;
    const std::function<T(const View&)> read_;

    Mutex mutex_;
    std::shared_ptr<const T> known_ GUARDED_BY(mutex_);
    std::optional<std::uint64_t> generation_ GUARDED_BY(mutex_);  ///< of the settings in `known_`; nullopt: never read
    std::chrono::steady_clock::time_point next_try_ GUARDED_BY(mutex_);
};

}  // namespace orderd::storage
