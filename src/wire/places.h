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

/// Who takes a place: a party (a person, a site) and one of its sources (a session, an address).
struct Party {
    std::string name;
    std::string source;
    bool bounded = true;  ///< false: its source may take all of its party's places
};

/// A limited number of places for streams or long bodies, shared so that no party keeps others out: each source has its
/// own limit, and if all places are taken, the party with the most places loses its oldest one. Thread-safe.
class Places {
public:
    explicit Places(budget::Places limits) : limits_(limits) {}

    /// A place, held while the object lives.
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

    /// `end`: makes the holder give the place up soon. It must be quick, and is called at most once, from any
    /// thread, while the place is held. Empty: the place is never taken back.
    ///
    /// @returns false if the source is at its limit, or if all places are taken and none can be taken back
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
