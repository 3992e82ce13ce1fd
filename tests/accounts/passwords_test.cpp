#include "accounts/passwords.h"

#include <atomic>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "base/errors.h"

using namespace orderd;
using namespace orderd::accounts;

TEST_CASE("passwords are hashed with Argon2id at OWASP's least cost, each with a salt of its own") {
    PasswordHasher hasher;
    const auto hash = hasher.hash("correct horse");
    CHECK(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    CHECK(hasher.hash("correct horse") != hash);
    CHECK(hasher.verify(hash, "correct horse"));
    CHECK_FALSE(hasher.verify(hash, "correct Horse"));
    CHECK_FALSE(hasher.verify(hash, ""));
    CHECK_FALSE(hasher.verify("not a hash", "correct horse"));
    CHECK_FALSE(hasher.outdated(hash));
}

TEST_CASE("a hash made at another cost is outdated, and still verifies") {
    PasswordHasher cheap({.passes = 1, .memory = 8 * 1024 * 1024});
    PasswordHasher today;
    const auto hash = cheap.hash("correct horse");
    CHECK(today.outdated(hash));
    CHECK(today.verify(hash, "correct horse"));
}

TEST_CASE("who comes when too many hashes wait is told to come again", "[concurrency]") {
    PasswordHasher hasher;
    std::atomic<int> waiting = 100;
    std::atomic<int> hashed = 0;
    std::atomic<int> refused = 0;  // checked at the end: assertions are for one thread
    std::vector<std::thread> threads;
    for (int i = 0; i < 100; ++i) {
        threads.emplace_back([&] {
            --waiting;
            while (waiting > 0) {
                std::this_thread::yield();
            }
            try {
                hasher.hash("correct horse");
                ++hashed;
            } catch (const Refusal& refusal) {
                refused += refusal.code() == "busy" && refusal.retry_after_seconds() > 0 ? 1 : 0;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(hashed + refused == 100);
    CHECK(hashed >= 18);  // two at work, and as many known devices as may wait
    CHECK(refused > 0);
    CHECK(hasher.computed() == static_cast<std::uint64_t>(hashed));
}
