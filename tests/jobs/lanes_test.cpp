#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "accounts/bare_shop.h"
#include "jobs/jobs.h"
#include "jobs/queue.h"

using namespace orderd;
using namespace orderd::tests;
using jobs::Lane;

namespace {

/// Where handlers hang until a test lets them go.
class Hanging {
public:
    void hang() {
        std::unique_lock lock(mutex_);
        ++hanging_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return free_; });
    }
    void wait_for(int count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return hanging_ >= count; });
    }
    void let_go() {
        const std::lock_guard lock(mutex_);
        free_ = true;
        changed_.notify_all();
    }
    int hanging() {
        const std::lock_guard lock(mutex_);
        return hanging_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int hanging_ = 0;
    bool free_ = false;
};

/// The workers of a shop, which are stopped before what their handlers use is gone.
struct Running {
    explicit Running(BareShop& shop) : workers(shop.store, shop.clock, {}) {}
    ~Running() {
        hanging.let_go();
        workers.stop();
    }

    Hanging hanging;
    jobs::Workers workers;
};

}  // namespace

TEST_CASE("R2: a lane whose workers all hang keeps no other lane waiting", "[concurrency]") {
    const auto full = GENERATE(Lane::money, Lane::parcels, Lane::mail, Lane::webhooks, Lane::pictures, Lane::upkeep);
    BareShop shop;
    Running it(shop);
    const jobs::Kind hangs{"hangs", full};
    it.workers.handle(hangs, [&](const jobs::Job&) { it.hanging.hang(); });
    std::atomic<int> ran = 0;
    std::vector<std::string> names;
    for (const auto lane : jobs::kLanes) {
        names.push_back("good in " + std::string(jobs::to_text(lane)));
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        it.workers.handle({names[i], jobs::kLanes.at(i)}, [&](const jobs::Job&) { ++ran; });
    }
    it.workers.start();
    const int workers = jobs::limits_of(full).workers;
    for (int i = 0; i < workers + 5; ++i) {
        add(shop, {.kind = hangs, .run_at = shop.clock.now()});
    }
    it.hanging.wait_for(workers);
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (jobs::kLanes.at(i) != full) {
            add(shop, {.kind = {names[i], jobs::kLanes.at(i)}, .run_at = shop.clock.now()});
        }
    }
    while (ran + 1 < static_cast<int>(jobs::kLanes.size())) {
        std::this_thread::yield();
    }
    CHECK(it.hanging.hanging() == workers);
}

TEST_CASE("R2: a party that hangs leaves workers of its lane to the others", "[concurrency]") {
    const auto lane = GENERATE(Lane::money, Lane::parcels, Lane::webhooks, Lane::upkeep);
    BareShop shop;
    Running it(shop);
    const jobs::Kind kind{"ask", lane};
    std::atomic<int> ran = 0;
    it.workers.handle(kind, [&](const jobs::Job& job) {
        if (job.party == "slow") {
            it.hanging.hang();
        } else {
            ++ran;
        }
    });
    it.workers.start();
    const int most = jobs::limits_of(lane).per_party;
    for (int i = 0; i < 3 * most; ++i) {
        add(shop, {.kind = kind, .run_at = shop.clock.now(), .party = "slow"});
    }
    it.hanging.wait_for(most);
    for (int i = 0; i < 20; ++i) {
        add(shop, {.kind = kind, .run_at = shop.clock.now(), .party = i % 2 == 0 ? "" : "quick"});
    }
    while (ran < 20) {
        std::this_thread::yield();
    }
    CHECK(it.hanging.hanging() == most);
}

TEST_CASE("R2: an endpoint is asked one job at a time, in their order, also after it did not answer") {
    BareShop shop;
    jobs::Workers workers(shop.store, shop.clock, {});
    const jobs::Kind kind{"deliver", Lane::webhooks, 2};
    std::vector<std::int64_t> order;
    int silent = 3;
    workers.handle(kind, [&](const jobs::Job& job) {
        order.push_back(job.payload.at("n").get<std::int64_t>());
        if (--silent >= 0) {
            throw jobs::NoAnswer("it did not answer in time");
        }
    });
    for (int i = 1; i <= 4; ++i) {
        add(shop, {.kind = kind, .payload = {{"n", i}}, .run_at = shop.clock.now(), .party = "a"});
    }
    CHECK(workers.drain() == 1);  // and then it rests
    for (int i = 0; i < 30 && jobs_in(shop, "ready") > 0; ++i) {
        shop.clock.move(seconds(5));
        workers.drain();
    }
    CHECK(order == std::vector<std::int64_t>{1, 1, 1, 1, 2, 3, 4});
    CHECK(workers.pauses().all().empty());
    CHECK(jobs_in(shop, "dead") == 0);
}

TEST_CASE("R2: only the party that does not answer rests, longer each time, and it can be tried at once") {
    BareShop shop;
    jobs::Workers workers(shop.store, shop.clock, {});
    const jobs::Kind kind{"deliver", Lane::webhooks};
    std::map<std::string, int> asked;
    bool well = false;
    workers.handle(kind, [&](const jobs::Job& job) {
        ++asked[job.party];
        if (job.party == "silent" && !well) {
            throw jobs::NoAnswer("it did not answer in time");
        }
    });
    for (int i = 0; i < 5; ++i) {
        add(shop, {.kind = kind, .run_at = shop.clock.now(), .party = "silent"});
        add(shop, {.kind = kind, .run_at = shop.clock.now(), .party = "well"});
    }
    workers.drain();
    CHECK(asked == std::map<std::string, int>{{"silent", 1}, {"well", 5}});
    const auto pause = workers.pauses().of("silent");
    REQUIRE(pause);
    CHECK(pause->reason == "it did not answer in time");
    CHECK(pause->until == shop.clock.now() + seconds(5));
    CHECK_FALSE(workers.pauses().of("well"));

    std::vector<std::int64_t> lengths;
    for (int i = 0; i < 14; ++i) {
        shop.clock.move(workers.pauses().of("silent")->until - shop.clock.now());
        CHECK(workers.drain() == 1);
        lengths.push_back((workers.pauses().of("silent")->until - shop.clock.now()).ms / 1000);
    }
    CHECK(std::vector(lengths.begin(), lengths.begin() + 4) == std::vector<std::int64_t>{10, 20, 40, 80});
    CHECK(lengths.back() == 900);

    well = true;
    CHECK(workers.drain() == 0);
    workers.pauses().end("silent", shop.clock.now());
    CHECK(workers.drain() == 5);
    CHECK_FALSE(workers.pauses().of("silent"));
}

TEST_CASE("R2: while a gateway rests, new charges are tried, and what failed before waits") {
    BareShop shop;
    jobs::Workers workers(shop.store, shop.clock, {});
    const jobs::Kind kind{"charge", Lane::money};
    bool well = false;
    int asked = 0;
    workers.handle(kind, [&](const jobs::Job&) {
        ++asked;
        if (!well) {
            throw jobs::NoAnswer("no answer");
        }
    });
    const auto charge = [&] { add(shop, {.kind = kind, .run_at = shop.clock.now(), .party = "stripe"}); };
    charge();
    charge();
    workers.drain();
    CHECK_FALSE(workers.pauses().of("stripe"));  // it may have been these two cards alone
    charge();
    workers.drain();
    REQUIRE(workers.pauses().of("stripe"));
    shop.write([&](storage::Transaction& tx) { tx.run("UPDATE job SET run_at = ?1", shop.clock.now()); });
    CHECK(workers.drain() == 0);  // due, but its gateway rests
    well = true;
    charge();
    CHECK(workers.drain() == 4);  // the new one was taken, so the others go as well
    CHECK(asked == 7);
}

TEST_CASE("R2: the jobs of a party that rests are not read, however many they are") {
    BareShop shop;
    jobs::Workers workers(shop.store, shop.clock, {});
    const jobs::Kind kind{"deliver", Lane::webhooks};
    int asked = 0;
    workers.handle(kind, [&](const jobs::Job& job) {
        ++asked;
        if (job.party == "silent") {
            throw jobs::NoAnswer("no answer");
        }
    });
    shop.write([&](storage::Transaction& tx) {
        for (int i = 0; i < 20'000; ++i) {
            jobs::add(tx, {.kind = kind, .run_at = shop.clock.now(), .party = "silent"}, shop.clock.now());
        }
    });
    workers.drain();
    CHECK(asked == 1);
    const auto steps_before = asked;
    add(shop, {.kind = kind, .run_at = shop.clock.now(), .party = "zzz"});
    CHECK(workers.drain() == 1);
    CHECK(asked == steps_before + 1);
    // As SQLite plans it: by skipping from party to party.
    std::string plan;
    shop.store.read().each(
        "EXPLAIN QUERY PLAN SELECT id, run_at FROM job WHERE status = 'ready' AND lane = 'webhooks' AND party = 'zzz' "
        "AND (attempts > 0) = 0 AND run_at <= 5 ORDER BY run_at, id LIMIT 5",
        [&](const storage::Row& row) { plan += row.get<std::string>(3) + "\n"; });
    CAPTURE(plan);
    CHECK(plan.find("job_by_turn (lane=? AND party=? AND <expr>=? AND run_at<?)") != std::string::npos);
    CHECK(plan.find("TEMP B-TREE") == std::string::npos);
}

TEST_CASE("R2: a clock that was wrong keeps nobody resting") {
    BareShop shop;
    jobs::Workers workers(shop.store, shop.clock, {});
    const jobs::Kind kind{"deliver", Lane::webhooks};
    int asked = 0;
    workers.handle(kind, [&](const jobs::Job&) {
        if (++asked == 1) {
            throw jobs::NoAnswer("no answer");
        }
    });
    add(shop, {.kind = kind, .run_at = shop.clock.now(), .party = "a"});
    shop.clock.move(days(30));
    CHECK(workers.drain() == 1);
    shop.clock.move(days(-30));
    CHECK(workers.drain() == 1);
    CHECK(asked == 2);
}

TEST_CASE("R3: what could not be written down of a job is not lost: it runs again", "[concurrency]") {
    BareShop shop;
    Running it(shop);
    const jobs::Kind kind{"once more", Lane::upkeep};
    std::atomic<int> ran = 0;
    it.workers.handle(kind, [&](const jobs::Job&) {
        if (++ran == 1) {
            // The row that finish() would write is refused, once.
            shop.write([](storage::Transaction& tx) {
                tx.run("CREATE TRIGGER refuse BEFORE DELETE ON job BEGIN SELECT raise(ABORT, 'no'); END");
            });
        } else {
            shop.write([](storage::Transaction& tx) { tx.run("DROP TRIGGER IF EXISTS refuse"); });
        }
    });
    it.workers.start();
    add(shop, {.kind = kind, .run_at = shop.clock.now()});
    while (ran < 2 || jobs_in(shop, "ready") + jobs_in(shop, "running") > 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    CHECK(ran == 2);
}

TEST_CASE("R11: a job that is asked to stop ends where it is safe, and goes on at the next start", "[concurrency]") {
    BareShop shop;
    const jobs::Kind kind{"long", Lane::upkeep, 1};
    add(shop, {.kind = kind, .run_at = shop.clock.now()});
    {
        jobs::Workers workers(shop.store, shop.clock, {});
        std::atomic<bool> begun = false;
        workers.handle(kind, [&](const jobs::Job& job) {
            begun = true;
            while (true) {
                job.end_if_stopping();
                std::this_thread::yield();
            }
        });
        workers.start();
        while (!begun) {
            std::this_thread::yield();
        }
        workers.stop();
    }
    CHECK(jobs_in(shop, "ready") == 1);
    CHECK(jobs_in(shop, "dead") == 0);
    jobs::Workers again(shop.store, shop.clock, {.threads = 0});
    bool done = false;
    again.handle(kind, [&](const jobs::Job&) { done = true; });
    again.start();
    again.drain();
    CHECK(done);
    CHECK(jobs_in(shop, "ready") + jobs_in(shop, "dead") == 0);
}
