#include "jobs/jobs.h"

#include <atomic>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "accounts/bare_shop.h"
#include "jobs/queue.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

constexpr jobs::Kind kTest{"test", jobs::Lane::upkeep};

}  // namespace

TEST_CASE("a job runs when its time has come, and is gone when it is done") {
    BareShop shop;
    jobs::Workers workers(shop.store, shop.clock, {});
    int ran = 0;
    workers.handle(kTest, [&](const jobs::Job& job) { ran += job.payload["step"].get<int>(); });
    add(shop, {.kind = kTest, .payload = {{"step", 2}}, .run_at = shop.clock.now() + minutes(1)});
    CHECK(workers.drain() == 0);
    shop.clock.move(minutes(1));
    CHECK(workers.drain() == 1);
    CHECK(ran == 2);
    CHECK(jobs_in(shop, "ready") + jobs_in(shop, "running") == 0);
}

TEST_CASE("a job that fails is tried again later and later, and then is a dead letter that says why") {
    BareShop shop;
    jobs::Workers workers(shop.store, shop.clock, {});
    int ran = 0;
    workers.handle(kTest, [&](const jobs::Job& job) {
        CHECK(job.attempt == ++ran);
        throw std::runtime_error("the gateway is out");
    });
    add(shop, {.kind = {kTest.name, kTest.lane, 4}, .run_at = shop.clock.now()});
    CHECK(workers.drain() == 1);  // not again at once
    for (int i = 0; i < 10; ++i) {
        shop.clock.move(hours(2));
        workers.drain();
    }
    CHECK(ran == 4);
    CHECK(jobs_in(shop, "dead") == 1);
    CHECK(shop.store.read().value<std::string>("SELECT last_error FROM job") == "the gateway is out");
    CHECK(shop.store.read().value<int>("SELECT count(*) FROM event WHERE kind = 'job.died'") == 1);
}

TEST_CASE("what trying again cannot mend is a dead letter at once") {
    BareShop shop;
    jobs::Workers workers(shop.store, shop.clock, {});
    workers.handle(kTest, [](const jobs::Job&) { throw jobs::GiveUp("no such card"); });
    add(shop, {.kind = kTest, .run_at = shop.clock.now()});
    add(shop, {.kind = {"of an orderd that is newer"}, .run_at = shop.clock.now()});
    CHECK(workers.drain() == 2);
    CHECK(jobs_in(shop, "dead") == 2);
}

TEST_CASE("R3: a job whose process died is taken again at the next start, at once") {
    BareShop shop;
    add(shop, {.kind = kTest, .run_at = shop.clock.now()});
    // What a process leaves that was killed after it took the job.
    shop.write([&](storage::Transaction& tx) { tx.run("UPDATE job SET status = 'running', attempts = 1"); });
    jobs::Workers workers(shop.store, shop.clock, {.threads = 0});
    int attempt = 0;
    workers.handle(kTest, [&](const jobs::Job& job) { attempt = job.attempt; });
    CHECK(workers.drain() == 0);  // it might be another's, while this one was not started
    workers.start();
    CHECK(workers.drain() == 1);
    CHECK(attempt == 2);
}

TEST_CASE("a job that ends its process each time is a dead letter in the end") {
    BareShop shop;
    add(shop, {.kind = {kTest.name, kTest.lane, 3}, .run_at = shop.clock.now()});
    shop.write([&](storage::Transaction& tx) {
        tx.run("UPDATE job SET status = 'running', attempts = 3, run_at = ?1", shop.clock.now());
    });
    jobs::Workers workers(shop.store, shop.clock, {.threads = 0});
    workers.handle(kTest, [](const jobs::Job&) { FAIL("it was tried as often as it may be"); });
    workers.start();
    workers.drain();
    CHECK(jobs_in(shop, "dead") == 1);
}

TEST_CASE("a job with the key of one that waits is not added again") {
    BareShop shop;
    for (int i = 0; i < 3; ++i) {
        add(shop, {.kind = kTest, .run_at = shop.clock.now(), .dedupe_key = "the one"});
    }
    CHECK(jobs_in(shop, "ready") == 1);
    jobs::Workers workers(shop.store, shop.clock, {});
    workers.handle(kTest, [](const jobs::Job&) {});
    workers.drain();
    add(shop, {.kind = kTest, .run_at = shop.clock.now(), .dedupe_key = "the one"});
    CHECK(jobs_in(shop, "ready") == 1);
}

TEST_CASE("many workers run each job once", "[concurrency]") {
    BareShop shop;
    std::atomic<int> ran = 0;
    for (int i = 0; i < 40; ++i) {
        add(shop, {.kind = kTest, .run_at = shop.clock.now()});
    }
    jobs::Workers workers(shop.store, shop.clock, {});
    workers.handle(kTest, [&](const jobs::Job&) { ++ran; });
    workers.start();
    while (jobs_in(shop, "ready") + jobs_in(shop, "running") > 0) {
        std::this_thread::yield();
    }
    workers.stop();
    CHECK(ran == 40);
}

TEST_CASE("what runs every so often runs at the start, and again after its period") {
    BareShop shop;
    jobs::Workers workers(shop.store, shop.clock, {.threads = 0});
    int ran = 0;
    workers.every({"tick"}, hours(1), [&](const jobs::Job&) {
        if (++ran == 2) {
            throw std::runtime_error("this time it fails, and goes on all the same");
        }
    });
    workers.start();
    CHECK(workers.drain() == 1);
    for (int i = 0; i < 3; ++i) {
        shop.clock.move(hours(1));
        workers.drain();
    }
    CHECK(ran == 4);
}
