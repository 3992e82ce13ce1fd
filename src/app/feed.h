#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "api/route.h"
#include "base/mutex.h"
#include "storage/store.h"

namespace orderd::app {

/// The live event log: wakes the dashboards' streams after each commit. Thread-safe.
class Feed {
public:
    explicit Feed(storage::Store& store) : store_(store) {}

    void committed();  ///< quick: called on the writer's thread
    void stop();       ///< ends the streams

    /// Sends events after `sequence` as server-sent events, until the client is gone or the feed stops. `first`: sent
    /// before them; may be empty.
    void stream(std::int64_t sequence, const std::string& log, const std::string& first,
                const std::function<bool(std::string_view)>& send);

private:
    enum class News { none, some, stopped };

    /// Waits a while for a commit after the first `seen` ones.
    News wait(std::uint64_t seen) EXCLUDES(mutex_);

    storage::Store& store_;
    Mutex mutex_;
    ConditionVariable woken_;
    std::uint64_t commits_ GUARDED_BY(mutex_) = 0;
    bool stopped_ GUARDED_BY(mutex_) = false;
};

/// Adds GET /admin/events and /admin/events/stream.
void add_event_routes(api::RouteTable& routes, Feed& feed);

}  // namespace orderd::app
