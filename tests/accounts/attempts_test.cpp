#include "accounts/attempts.h"

#include <catch2/catch_test_macros.hpp>

#include "base/errors.h"

using namespace orderd;
using namespace orderd::accounts;

namespace {

/// Seconds until the account takes another attempt, or 0 if it took this one, as a failure.
int attempt(Attempts& attempts, const std::string& account, Time now, const LoginLimit& limit = {}) {
    try {
        attempts.begin({.account = account, .address = "192.0.2.1"}, limit, now);
        return 0;
    } catch (const Refusal& refusal) {
        CHECK(refusal.status() == 429);
        CHECK(refusal.code() == "too_many_attempts");
        return refusal.retry_after_seconds();
    }
}

}  // namespace

TEST_CASE("ten failures pause an account, and each further one for twice as long") {
    Attempts attempts;
    Time now{1'000'000'000};
    for (int i = 0; i < 10; ++i) {
        CHECK(attempt(attempts, "anna", now) == 0);
    }
    CHECK(attempt(attempts, "anna", now) == 60);
    CHECK(attempt(attempts, "bert", now) == 0);  // another's account goes on
    now = now + seconds(59);
    CHECK(attempt(attempts, "anna", now) == 1);
    now = now + seconds(1);
    CHECK(attempt(attempts, "anna", now) == 0);
    CHECK(attempt(attempts, "anna", now) == 120);
    now = now + seconds(120);
    CHECK(attempt(attempts, "anna", now) == 0);
    CHECK(attempt(attempts, "anna", now) == 240);
}

TEST_CASE("failures are forgotten after the window, or with a success") {
    Attempts attempts;
    Time now{1'000'000'000};
    for (int i = 0; i < 9; ++i) {
        attempt(attempts, "anna", now);
    }
    attempts.succeeded({.account = "anna", .address = "192.0.2.1"});
    for (int i = 0; i < 10; ++i) {
        CHECK(attempt(attempts, "anna", now) == 0);
    }
    CHECK(attempt(attempts, "anna", now) > 0);
    now = now + minutes(15);
    for (int i = 0; i < 10; ++i) {
        CHECK(attempt(attempts, "anna", now) == 0);
    }
    CHECK(attempt(attempts, "anna", now) > 0);
}

TEST_CASE("an attempt without a verdict does not count") {
    Attempts attempts;
    const Time now{1'000'000'000};
    for (int i = 0; i < 50; ++i) {
        CHECK(attempt(attempts, "anna", now) == 0);
        attempts.withdraw({.account = "anna", .address = "192.0.2.1"});
    }
}

TEST_CASE("the pause never gets longer than the window") {
    Attempts attempts;
    const LoginLimit limit{.failures = 1, .window = minutes(5)};
    Time now{1'000'000'000};
    int longest = 0;
    for (int i = 0; i < 12; ++i) {
        const int pause = attempt(attempts, "anna", now, limit);
        longest = std::max(longest, pause);
        now = now + seconds(pause);
    }
    CHECK(longest <= 300);
}

namespace {

std::string numbered(int n) {
    return std::to_string(10 + n / 65536) + "." + std::to_string(n / 256 % 256) + ".0." + std::to_string(n % 256);
}

/// Seconds until that address may try that account again, or 0 if it failed just now.
int attempt_from(Attempts& attempts, const Attempt& from, Time now) {
    try {
        attempts.begin(from, {}, now);
        return 0;
    } catch (const Refusal& refusal) {
        return refusal.retry_after_seconds();
    }
}

}  // namespace

TEST_CASE(
    "X5: a flood of names and addresses neither grows the counts without bound nor opens the account under attack") {
    Attempts attempts;
    Time now{1'000'000'000};
    for (int i = 0; i < 10; ++i) {
        CHECK(attempt_from(attempts, {.account = "anna", .address = "192.0.2.1"}, now) == 0);
    }
    for (int i = 0; i < 40'000; ++i) {
        attempt_from(attempts, {.account = "other " + std::to_string(i), .address = numbered(i)}, now);
    }
    CHECK(attempt_from(attempts, {.account = "anna", .address = "192.0.2.1"}, now) > 0);
}

TEST_CASE("X5: an address of version 6 counts with its /64, and its /48 bears five times as much") {
    Attempts attempts;
    const Time now{1'000'000'000};
    for (int i = 0; i < 10; ++i) {
        CHECK(attempt_from(attempts, {.account = "anna", .address = "2001:db8:1:1::" + std::to_string(i + 1)}, now) ==
              0);
    }
    CHECK(attempt_from(attempts, {.account = "anna", .address = "2001:db8:1:1:ffff::1"}, now) > 0);
    int taken = 10;
    for (int i = 2; i < 200; ++i) {
        taken +=
            attempt_from(attempts, {.account = "anna", .address = "2001:db8:1:" + std::to_string(i) + "::1"}, now) == 0
                ? 1
                : 0;
    }
    CHECK(taken == 50);
    CHECK(attempt_from(attempts, {.account = "anna", .address = "2001:db8:2:1::1"}, now) == 0);
}

TEST_CASE("X5: an account that many addresses attack gives each of them fewer failures, and refuses none at first") {
    Attempts attempts;
    const Time now{1'000'000'000};
    for (int i = 0; i < 1'000; ++i) {
        CHECK(attempt_from(attempts, {.account = "anna", .address = numbered(i)}, now) == 0);
    }
    const Attempt anna{.account = "anna", .address = "192.0.2.1"};
    for (int i = 0; i < 3; ++i) {
        CHECK(attempt_from(attempts, anna, now) == 0);
    }
    CHECK(attempt_from(attempts, anna, now) == 60);
    const Attempt device{.account = "anna", .address = "192.0.2.1", .known_as = "device"};
    for (int i = 0; i < 10; ++i) {
        CHECK(attempt_from(attempts, device, now) == 0);
    }
    CHECK(attempt_from(attempts, device, now) == 60);
}

TEST_CASE("X5: an address has a hundred failures on all accounts together, which run off") {
    Attempts attempts;
    Time now{1'000'000'000};
    for (int i = 0; i < 100; ++i) {
        CHECK(attempt_from(attempts, {.account = std::to_string(i), .address = "192.0.2.1"}, now) == 0);
    }
    CHECK(attempt_from(attempts, {.account = "anna", .address = "192.0.2.1"}, now) == 9);
    CHECK(attempt_from(attempts, {.account = "anna", .address = "192.0.2.2"}, now) == 0);
    now = now + seconds(9);
    CHECK(attempt_from(attempts, {.account = "anna", .address = "192.0.2.1"}, now) == 0);
    CHECK(attempt_from(attempts, {.account = "anna", .address = "192.0.2.1"}, now) > 0);
    for (int i = 0; i < 200; ++i) {  // a proxy that is not configured: everyone is there
        CHECK(attempt_from(attempts, {.account = std::to_string(i), .address = "127.0.0.1"}, now) == 0);
    }
}

TEST_CASE("X5: a clock that was set back keeps nobody waiting for it") {
    Attempts attempts;
    const Time later{1'000'000'000};
    for (int i = 0; i < 10; ++i) {
        attempt_from(attempts, {.account = "anna", .address = "192.0.2.1"}, later);
    }
    const Time now = later - days(1);
    CHECK(attempt_from(attempts, {.account = "anna", .address = "192.0.2.1"}, now) == 60);
    CHECK(attempt_from(attempts, {.account = "anna", .address = "192.0.2.1"}, now + seconds(60)) == 0);
}
