#include "wire/places.h"

#include <algorithm>
#include <utility>

namespace orderd::wire {

bool Places::has_room_for(const Party& party) const {
    const auto of_source = std::count_if(entries_.begin(), entries_.end(),
                                         [&](const Entry& entry) { return entry.party.source == party.source; });
    return !party.bounded || static_cast<std::size_t>(of_source) < limits_.each;
}

bool Places::take(std::optional<Place>& place, const Party& party, Hold hold) {
    const MutexLock lock(mutex_);
    if (entries_.size() >= limits_.all || !has_room_for(party)) {
        std::erase_if(entries_, [](const Entry& entry) {
            const bool left = entry.hold.left && entry.hold.left();
            if (left && entry.hold.end) {
                entry.hold.end();  // it may be in a write that its client will never read
            }
            return left;
        });
    }
    if (!has_room_for(party) || (entries_.size() >= limits_.all && !take_one_back(party))) {
        return false;
    }
    entries_.push_back({.id = ++last_id_, .party = party, .hold = std::move(hold)});
    place.emplace(*this, last_id_);
    return true;
}

bool Places::take_one_back(const Party& newcomer) {
    const auto of = [&](const std::string& name) REQUIRES(mutex_) {
        return std::count_if(entries_.begin(), entries_.end(),
                             [&](const Entry& entry) { return entry.party.name == name; });
    };
    auto chosen = entries_.end();
    auto most = of(newcomer.name) + 1;
    for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
        if (const auto has = of(entry->party.name); entry->hold.end && has > most) {
            chosen = entry;
            most = has;
        }
    }
    if (chosen == entries_.end()) {
        return false;
    }
    chosen->hold.end();
    entries_.erase(chosen);  // the holder leaves soon; the place is free already
    return true;
}

void Places::leave(std::uint64_t id) {
    const MutexLock lock(mutex_);
    std::erase_if(entries_, [&](const Entry& entry) { return entry.id == id; });
}

std::size_t Places::taken() const {
    const MutexLock lock(mutex_);
    return entries_.size();
}

}  // namespace orderd::wire
