#include "wire/places.h"

#include <algorithm>
#include <utility>

namespace orderd::wire {

bool Places::take(std::optional<Place>& place, const Party& party, std::function<void()> end) {
    const MutexLock lock(mutex_);
    const auto of_source = std::count_if(entries_.begin(), entries_.end(),
                                         [&](const Entry& entry) { return entry.party.source == party.source; });
    if (party.bounded && static_cast<std::size_t>(of_source) >= limits_.each) {
        return false;
    }
    if (entries_.size() >= limits_.all && !take_one_back(party)) {
        return false;
    }
    entries_.push_back({.id = ++last_id_, .party = party, .end = std::move(end)});
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
        if (const auto has = of(entry->party.name); entry->end && has > most) {
            chosen = entry;
            most = has;
        }
    }
    if (chosen == entries_.end()) {
        return false;
    }
    chosen->end();
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
