#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/budgets.h"
#include "base/mutex.h"

namespace orderd::wire {

/// Who takes a place: a party (a person, a site), and which of its sources (a session, an address).
struct Party {
    std::string name;
    std::string source;
    bool bounded = true;  ///< false: its source may take all of its party's places
};

/// A bounded number of places, for streams or long bodies, so that no party keeps another out: a source has a bound of
/// its own, and where all places are taken the party that has most of them gives its oldest one up. Thread-safe.
class Places {
public:
    explicit Places(budget::Places limits) : limits_(limits) {}

    /// A place, for as long as it lives.
    class Place {
    public:
        Place(Places& places, std::uint64_t id) : places_(&places), id_(id) {}
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;
        ~Place() { places_->leave(id_); }

    private:
        Places* places_;
        std::uint64_t id_;
    };

    /// `end`: makes whoever has the place give it up soon. Called at most once, quickly, by any thread, while the place
    /// is there. Empty: the place is never taken back.
    ///
    /// @returns false if the source has as many as it may, or all are taken and none is taken back
    [[nodiscard]] bool take(std::optional<Place>& place, const Party& party, std::function<void()> end = {});

    std::size_t taken() const;

private:
    struct Entry {
        std::uint64_t id;
        Party party;
        std::function<void()> end;
    };

    void leave(std::uint64_t id) EXCLUDES(mutex_);
    bool take_one_back(const Party& newcomer) REQUIRES(mutex_);

    const budget::Places limits_;
    mutable Mutex mutex_;
    std::vector<Entry> entries_ GUARDED_BY(mutex_);  ///< oldest first
    std::uint64_t last_id_ GUARDED_BY(mutex_) = 0;
};

}  // namespace orderd::wire
