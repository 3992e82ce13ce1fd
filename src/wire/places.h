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
///
/// Someone who reloads a page leaves one stream and opens the next within moments, before the first one's thread has
/// noticed. So at a limit, places whose holders have left are free.
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

    /// Both are quick, and called from any thread while the place is held.
    struct Hold {
        std::function<void()> end;  ///< makes it give the place up soon; called at most once. Empty: it keeps the place
        std::function<bool()> left;  ///< whether it has gone, and gives the place up soon anyway. Empty: never
    };

    /// @returns false if the source is at its limit, or if all places are taken and none can be taken back
    [[nodiscard]] bool take(std::optional<Place>& place, const Party& party, Hold hold = {});

    std::size_t taken() const;

private:
    struct Entry {
        std::uint64_t id;
        Party party;
        Hold hold;
    };

    void leave(std::uint64_t id) EXCLUDES(mutex_);
    bool has_room_for(const Party& party) const REQUIRES(mutex_);
    bool take_one_back(const Party& newcomer) REQUIRES(mutex_);

    const budget::Places limits_;
    mutable Mutex mutex_;
    std::vector<Entry> entries_ GUARDED_BY(mutex_);  ///< oldest first
    std::uint64_t last_id_ GUARDED_BY(mutex_) = 0;
};

}  // namespace orderd::wire
