// The places of base/budgets.h, as large as they are: what if one party takes all of them?

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "app/config.h"
#include "base/budgets.h"
#include "base/errors.h"
#include "base/fair_queue.h"
#include "support/in_time.h"
#include "support/program.h"
#include "support/temporary_folder.h"
#include "wire/desk.h"
#include "wire/places.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// Takes places, and holds them.
class Taker {
public:
    explicit Taker(budget::Places limits) : places_(limits) {}

    bool take(const std::string& party, const std::string& source, const std::function<void()>& end = {}) {
        held_.push_back(std::make_unique<std::optional<wire::Places::Place>>());
        return places_.take(*held_.back(), {.name = party, .source = source}, {.end = end, .left = {}});
    }
    std::size_t taken() const { return places_.taken(); }

private:
    wire::Places places_;
    std::vector<std::unique_ptr<std::optional<wire::Places::Place>>> held_;
};

/// So many ask for a turn that is taken. @returns how many were sent away, once the others had theirs
std::size_t sent_away(const FairQueue::Limits& limits, std::size_t askers, std::size_t expected,
                      const std::function<Asker(std::size_t)>& who) {
    FairQueue queue(limits);
    std::vector<std::unique_ptr<FairQueue::Turn>> taken;
    for (std::size_t i = 0; i < limits.at_once; ++i) {
        taken.push_back(std::make_unique<FairQueue::Turn>(queue, Asker{}));
    }
    std::atomic<std::size_t> away = 0;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < askers; ++i) {
        threads.emplace_back([&, i] {
            try {
                const FairQueue::Turn turn(queue, who(i));
            } catch (const Refusal&) {
                ++away;
            }
        });
    }
    // Nobody has a turn before those are away whom there is no room for: a bound that is too large is waited for.
    comes_true([&] { return away >= expected; });
    taken.clear();
    for (auto& thread : threads) {
        thread.join();
    }
    return away;
}

constexpr FairQueue::Limits kSearches{.at_once = budget::kSearchesAtOnce,
                                      .waiting = budget::kSearchesWaiting,
                                      .waiting_of_address = budget::kSearchesWaitingOfAddress,
                                      .waiting_known = 0};
constexpr FairQueue::Limits kLongBodies{.at_once = budget::kLongJsonAtOnce,
                                        .waiting = budget::kLongJsonWaiting,
                                        .waiting_of_address = budget::kLongJsonWaitingOfAddress,
                                        .waiting_known = budget::kLongJsonWaitingKnown};
constexpr FairQueue::Limits kSignIns{.at_once = budget::kHashesAtOnce,
                                     .waiting = budget::kSignInsWaiting,
                                     .waiting_of_address = budget::kSignInsWaitingOfAddress,
                                     .waiting_known = budget::kSignInsWaitingKnown};

}  // namespace

TEST_CASE("one source takes its places and no more, and all of them leave the last to none but each other") {
    for (const auto& limits : {budget::kBodiesOfStaff, budget::kBodiesOfStrangers, budget::kBodiesOfWebhooks,
                               budget::kLiveStreams, budget::kExports}) {
        CAPTURE(limits.all, limits.each);
        Taker taker(limits);
        for (std::size_t i = 0; i < limits.each; ++i) {
            CHECK(taker.take("greedy", "one"));
        }
        for (std::size_t i = 0; i < 100; ++i) {
            CHECK_FALSE(taker.take("greedy", "one"));
        }
        CHECK(taker.take("modest", "another"));
        for (std::size_t taken = limits.each + 1; taken < limits.all; ++taken) {
            CHECK(taker.take("many", fmt::format("source {}", taken)));
        }
        CHECK(taker.taken() == limits.all);
        CHECK_FALSE(taker.take("late", "late"));  // none of these is taken back
    }
}

TEST_CASE("who takes all live streams with many sessions gives one up to each newcomer") {
    Taker taker(budget::kLiveStreams);
    std::size_t ended = 0;
    const auto end = [&] { ++ended; };
    for (std::size_t i = 0; i < budget::kLiveStreams.all; ++i) {
        CHECK(taker.take("greedy", fmt::format("session {}", i / budget::kLiveStreams.each), end));
    }
    for (std::size_t i = 0; i < budget::kLiveStreams.all / 2; ++i) {
        CHECK(taker.take(fmt::format("newcomer {}", i), fmt::format("newcomer's {}", i), end));
        CHECK(ended == i + 1);
    }
    CHECK(taker.taken() == budget::kLiveStreams.all);
}

TEST_CASE("an address waits in so many places of a queue, all strangers in so many, and who is known in others",
          "[concurrency]") {
    for (const auto& limits : {kSearches, kLongBodies, kSignIns}) {
        const auto of_address = limits.waiting_of_address;
        const auto one_address = [](std::size_t) { return Asker{.address = "a", .known = false, .bounded = true}; };
        const auto many_addresses = [](std::size_t i) {
            return Asker{.address = std::to_string(i), .known = false, .bounded = true};
        };
        const auto known = [](std::size_t) { return Asker{}; };
        CAPTURE(limits.waiting, of_address, limits.waiting_known);
        for (const auto more : {std::size_t{0}, std::size_t{1}, std::size_t{50}}) {
            CHECK(sent_away(limits, of_address + more, more, one_address) == more);
            CHECK(sent_away(limits, limits.waiting + more, more, many_addresses) == more);
            CHECK(sent_away(limits, limits.waiting_known + more, more, known) == more);
        }
        // One address that takes all it may is in nobody's way, nor is anybody in that of who is known.
        const auto all = of_address + (limits.waiting - of_address) + limits.waiting_known;
        CHECK(sent_away(limits, all, 0, [&](std::size_t i) {
                  return i < of_address ? one_address(i) : i < limits.waiting ? many_addresses(i) : known(i);
              }) == 0);
    }
}

TEST_CASE("a server's limits are the budget's unless the shop sets others") {
    const api::Config server;
    CHECK(server.connections == budget::kConnections);
    CHECK(server.connections_per_address == budget::kConnectionsOfAddress);
    CHECK(server.workers.threads == budget::kThreads);
    CHECK(server.workers.queue == budget::kWaiting);
    CHECK(server.rate.per_minute == budget::kRatePerMinute);
    CHECK(server.rate.at_once == budget::kRateBurst);
    CHECK(server.deadlines.body_begins == budget::kBodyBegins);
    CHECK(server.deadlines.body_rate == budget::kSlowestBody);
    const app::Config shop;
    const auto of_shop = app::server_config(shop);
    CHECK(of_shop.connections == budget::kConnections);
    CHECK(of_shop.connections_per_address == budget::kConnectionsOfAddress);
    CHECK(of_shop.rate.per_minute == budget::kRatePerMinute);
    CHECK(of_shop.rate.at_once == budget::kRateBurst);
    CHECK(shop.job_workers == budget::kMoneyWorkers);
}

TEST_CASE("a server takes as many connections as the system lets it open files for") {
    constexpr rlim_t kFiles = 700;
    constexpr auto kFit = static_cast<std::size_t>(kFiles) - budget::kDescriptorsAside;
    const TemporaryFolder folder;
    std::optional<std::size_t> left;
    for (int tries = 0; tries < 10 && !left; ++tries) {
        rlimit before{};
        REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
        REQUIRE(before.rlim_max >= kFiles);
        const rlimit few{kFiles, kFiles};
        REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
        const Served served(folder.path());
        // Where the system lets it: the next test may need more.
        static_cast<void>(::setrlimit(RLIMIT_NOFILE, &before));

        const auto begun = std::chrono::steady_clock::now();
        std::vector<std::unique_ptr<Wire>> clients;
        const auto ask = [](Wire& wire) {
            wire.send("GET /healthz HTTP/1.1\r\nHost: shop\r\n\r\n");
            return wire.reply().status;
        };
        const auto open_up_to = [&](std::size_t count) {
            while (clients.size() < count) {
                clients.push_back(std::make_unique<Wire>(served.port()));
                REQUIRE(ask(*clients.back()) == 200);
            }
        };
        open_up_to(kFit);
        const int again = ask(*clients.front());
        open_up_to(kFit + 20);  // newcomers are answered, each in the place of one that is idle
        std::size_t answered = 0;
        for (const auto& client : clients) {
            answered += ask(*client) == 200 ? 1 : 0;
        }
        if (std::chrono::steady_clock::now() - begun < wire::Deadlines{}.idle) {  // else some were ended for being idle
            CHECK(again == 200);
            left = answered;
        }
    }
    CHECK(left == kFit);
}
