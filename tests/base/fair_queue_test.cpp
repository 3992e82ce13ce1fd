#include "base/fair_queue.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <latch>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/errors.h"
#include "base/mutex.h"

using namespace orderd;

namespace {

/// Who came last of those who wait in a queue; null: nobody waits. The queue tells nobody, but an explicit instantiation
/// may name what is private.
const void* last_waiter(FairQueue& queue);

template <auto waiting, auto mutex>
struct Opened {
    friend const void* last_waiter(FairQueue& queue) ORDERD_CHECKED(no_thread_safety_analysis) {
        const MutexLock lock(queue.*mutex);
        return (queue.*waiting).empty() ? nullptr : (queue.*waiting).back();
    }
};

template struct Opened<&FairQueue::waiting_, &FairQueue::mutex_>;

/// A queue with one turn, which is taken, and those who wait behind it, in an order that is known.
class Line {
public:
    explicit Line(FairQueue::Limits limits) : queue_(limits) {
        turn_ = std::make_unique<FairQueue::Turn>(queue_, Asker{});
    }
    ~Line() { let_go(); }

    /// Begins to wait; returns once that is so, or was refused.
    void wait(const std::string& name, const Asker& asker) {
        const auto* before = last_waiter(queue_);
        threads_.emplace_back([this, name, asker] {
            try {
                const FairQueue::Turn turn(queue_, asker);
                const std::lock_guard lock(mutex_);
                order_.push_back(name);
            } catch (const Refusal& refusal) {
                const std::lock_guard lock(mutex_);
                refused_.push_back(name + ":" + std::string(refusal.code()));
            }
        });
        const auto is_refused = [&] {
            const std::lock_guard lock(mutex_);
            return std::find_if(refused_.begin(), refused_.end(),
                                [&](const std::string& one) { return one.starts_with(name + ":"); }) != refused_.end();
        };
        while (last_waiter(queue_) == before && !is_refused()) {
            std::this_thread::yield();
        }
    }

    /// @returns who had their turns, in order
    std::vector<std::string> let_go() {
        turn_.reset();
        for (auto& thread : threads_) {
            thread.join();
        }
        threads_.clear();
        return order_;
    }

    /// Those who were sent away, once there are so many.
    std::vector<std::string> refused(std::size_t count) {
        for (const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);;) {
            {
                const std::lock_guard lock(mutex_);
                if (refused_.size() >= count || std::chrono::steady_clock::now() > until) {
                    return refused_;
                }
            }
            std::this_thread::yield();
        }
    }

private:
    FairQueue queue_;
    std::unique_ptr<FairQueue::Turn> turn_;
    std::vector<std::thread> threads_;
    std::mutex mutex_;
    std::vector<std::string> order_;
    std::vector<std::string> refused_;
};

Asker stranger(std::string address) { return {.address = std::move(address), .known = false, .bounded = true}; }

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("X7: addresses have their turns one after the other, and who is known goes first", "[concurrency]") {
    Line line({.at_once = 1, .waiting = 10, .waiting_of_address = 4, .waiting_known = 2});
    line.wait("a1", stranger("a"));
    line.wait("a2", stranger("a"));
    line.wait("a3", stranger("a"));
    line.wait("b1", stranger("b"));
    line.wait("known", {.address = "a", .known = true});
    CHECK(line.let_go() == Names{"known", "b1", "a1", "a2", "a3"});
}

TEST_CASE("X7: who has most waiting makes room for a newcomer", "[concurrency]") {
    Line line({.at_once = 1, .waiting = 4, .waiting_of_address = 3, .waiting_known = 1});
    line.wait("a1", stranger("a"));
    line.wait("a2", stranger("a"));
    line.wait("a3", stranger("a"));
    line.wait("a4", stranger("a"));
    CHECK(line.refused(1) == Names{"a4:busy"});
    line.wait("b1", stranger("b"));
    line.wait("c1", stranger("c"));  // in place of a's last
    CHECK(line.refused(2) == Names{"a4:busy", "a3:busy"});
    line.wait("b2", stranger("b"));  // b would have as many as a
    CHECK(line.refused(3) == Names{"a4:busy", "a3:busy", "b2:busy"});
    line.wait("known", {.address = "a"});
    line.wait("known too", {.address = "d"});
    CHECK(line.refused(4).back() == "known too:busy");
    CHECK(line.let_go() == Names{"known", "b1", "c1", "a1", "a2"});
}

TEST_CASE("X7: an address never holds all turns: a newcomer gets the last one at once", "[concurrency]") {
    FairQueue queue({.at_once = 2, .waiting = 10, .waiting_of_address = 4, .waiting_known = 2});
    auto first = std::make_unique<FairQueue::Turn>(queue, stranger("a"));
    std::atomic<bool> had_second = false;
    std::thread second([&] {
        const FairQueue::Turn turn(queue, stranger("a"));
        had_second = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // until it stands in the queue
    CHECK_FALSE(had_second);
    {
        const FairQueue::Turn newcomer(queue, stranger("b"));  // waits for nobody
        CHECK_FALSE(had_second);
    }
    CHECK_FALSE(had_second);
    first.reset();
    second.join();
    CHECK(had_second);

    // Who is known, or whose address may be everybody's, is not limited so.
    const FairQueue::Turn known(queue, {.address = "a"});
    const FairQueue::Turn known_too(queue, {.address = "a"});
}

TEST_CASE("X7: with one turn, an address has it again and again", "[concurrency]") {
    FairQueue queue({.at_once = 1, .waiting = 2, .waiting_of_address = 2, .waiting_known = 1});
    for (int i = 0; i < 3; ++i) {
        const FairQueue::Turn turn(queue, stranger("a"));
    }
}
