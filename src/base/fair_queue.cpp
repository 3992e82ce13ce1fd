#include "base/fair_queue.h"

#include <algorithm>
#include <tuple>

#include "base/errors.h"
#include "base/mutex.h"

namespace orderd {

namespace {

constexpr std::size_t kMostRemembered = 1024;  ///< addresses whose last turn is remembered

Refusal busy() { return Refusal(kBusy, "too many ask for this at the moment: try again").retry_after(2); }

}  // namespace

struct FairQueue::Waiter {
    enum class State { waits, called, sent_away };

    const Asker& asker;
    State state = State::waits;
    ConditionVariable changed = {};
};

namespace {

bool is_bounded(const Asker& asker) { return asker.bounded && !asker.known; }

}  // namespace

FairQueue::Turn::Turn(FairQueue& queue, const Asker& asker)
    : queue_(queue), stranger_(is_bounded(asker) ? asker.address : std::string()) {
    queue_.enter(asker);
}

FairQueue::Turn::~Turn() { queue_.leave(stranger_); }

bool FairQueue::may_run(const Asker& asker) const {
    const bool is_last = running_ + 1 == limits_.at_once;
    return running_ < limits_.at_once &&
           !(is_last && is_bounded(asker) &&
             std::find(strangers_.begin(), strangers_.end(), asker.address) != strangers_.end());
}

void FairQueue::begin(const Asker& asker) {
    ++running_;
    if (is_bounded(asker)) {
        strangers_.push_back(asker.address);
    }
}

void FairQueue::enter(const Asker& asker) {
    const MutexLock lock(mutex_);
    if (may_run(asker)) {
        begin(asker);
        return;
    }
    make_room(asker);
    Waiter waiter{.asker = asker};
    waiting_.push_back(&waiter);
    while (waiter.state == Waiter::State::waits) {
        waiter.changed.wait(mutex_);
    }
    if (waiter.state == Waiter::State::sent_away) {
        throw busy();
    }
}

void FairQueue::leave(const std::string& stranger) {
    const MutexLock lock(mutex_);
    --running_;
    if (const auto ended = std::find(strangers_.begin(), strangers_.end(), stranger); ended != strangers_.end()) {
        strangers_.erase(ended);
    }
    while (call_next()) {
    }
}

/// @throws Refusal if no address has more waiters than the newcomer's would have
void FairQueue::make_room(const Asker& newcomer) {
    const auto alike = [&](const Waiter* waiter) { return waiter->asker.known == newcomer.known; };
    const auto waiting_of = [&](const std::string& address) REQUIRES(mutex_) {
        return static_cast<std::size_t>(std::count_if(waiting_.begin(), waiting_.end(), [&](const Waiter* waiter) {
            return alike(waiter) && waiter->asker.address == address;
        }));
    };
    const auto own = waiting_of(newcomer.address);
    if (newcomer.bounded && own >= limits_.waiting_of_address) {
        throw busy();
    }
    if (static_cast<std::size_t>(std::count_if(waiting_.begin(), waiting_.end(), alike)) <
        (newcomer.known ? limits_.waiting_known : limits_.waiting)) {
        return;
    }
    auto last = waiting_.end();
    auto most = own + 2;
    for (auto waiter = waiting_.begin(); waiter != waiting_.end(); ++waiter) {
        if (const auto has = waiting_of((*waiter)->asker.address); alike(*waiter) && has >= most) {
            most = has;
            last = waiter;
        }
    }
    if (last == waiting_.end()) {
        throw busy();
    }
    (*last)->state = Waiter::State::sent_away;
    (*last)->changed.notify_one();
    waiting_.erase(last);
}

/// Gives a free turn to a known asker, or else to the address whose last turn is longest ago.
/// @returns false if nobody waits who may run
bool FairQueue::call_next() {
    if (waiting_.empty()) {
        last_turn_.clear();
        return false;
    }
    const auto rank = [&](const Waiter* waiter) REQUIRES(mutex_) {
        const auto last = last_turn_.find(waiter->asker.address);
        return std::tuple(!may_run(waiter->asker), !waiter->asker.known, last == last_turn_.end() ? 0 : last->second);
    };
    const auto next =
        std::min_element(waiting_.begin(), waiting_.end(),
                         [&](const Waiter* a, const Waiter* b) REQUIRES(mutex_) { return rank(a) < rank(b); });
    auto& waiter = **next;
    if (!may_run(waiter.asker)) {
        return false;
    }
    waiting_.erase(next);
    if (last_turn_.size() >= kMostRemembered) {
        last_turn_.clear();
    }
    last_turn_[waiter.asker.address] = ++turns_;
    begin(waiter.asker);
    waiter.state = Waiter::State::called;
    waiter.changed.notify_one();
    return true;
}

}  // namespace orderd
