#include "jobs/pauses.h"

#include <algorithm>

namespace orderd::jobs {

namespace {

bool is_paused(const Pause& pause) { return pause.failures >= limits_of(pause.lane).patience; }

/// How long a party is paused that failed to answer `times` times more than its lane's patience.
Duration length(const LaneLimits& limits, int times) {
    const auto doubled = limits.first_pause.ms << std::min(times, 20);
    return {std::min(doubled, limits.longest_pause.ms)};
}

}  // namespace

void Pauses::no_answer(Lane lane, std::string_view party, std::string_view reason, Time now) {
    const auto& limits = limits_of(lane);
    const MutexLock lock(mutex_);
    auto found = troubled_.find(party);
    if (found == troubled_.end()) {
        found = troubled_.emplace(party, Pause{.party = std::string(party), .lane = lane, .since = now}).first;
    }
    auto& pause = found->second;
    const bool rests = is_paused(pause) && pause.rests(now);
    pause.reason = reason;
    if (rests) {
        return;  // the job began before the pause, so this is no news
    }
    ++pause.failures;
    if (is_paused(pause)) {
        pause.until = now + length(limits, pause.failures - limits.patience);
    }
}

void Pauses::answered(std::string_view party) {
    const MutexLock lock(mutex_);
    if (const auto found = troubled_.find(party); found != troubled_.end()) {
        troubled_.erase(found);
    }
}

std::optional<Pause> Pauses::end(std::string_view party, Time now) {
    const MutexLock lock(mutex_);
    const auto found = troubled_.find(party);
    if (found == troubled_.end() || !is_paused(found->second)) {
        return std::nullopt;
    }
    found->second.until = std::min(found->second.until, now);
    return found->second;
}

void Pauses::end_all(Time now) {
    const MutexLock lock(mutex_);
    for (auto& [party, pause] : troubled_) {
        pause.until = std::min(pause.until, now);
    }
}

std::optional<Pause> Pauses::of(std::string_view party) const {
    const MutexLock lock(mutex_);
    const auto found = troubled_.find(party);
    return found != troubled_.end() && is_paused(found->second) ? std::optional(found->second) : std::nullopt;
}

std::vector<Pause> Pauses::all() const {
    const MutexLock lock(mutex_);
    std::vector<Pause> pauses;
    for (const auto& [party, pause] : troubled_) {
        if (is_paused(pause)) {
            pauses.push_back(pause);
        }
    }
    return pauses;
}

}  // namespace orderd::jobs
