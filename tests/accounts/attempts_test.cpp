#include "accounts/attempts.h"

#include <catch2/catch_test_macros.hpp>

#include "base/errors.h"

using namespace orderd;
using namespace orderd::accounts;

namespace {

/// Seconds until the account takes another attempt, or 0 where it took this one, as a failure.
int attempt(Attempts& attempts, const std::string& account, Time now, const LoginLimit& limit = {}) {
    try {
        attempts.begin(account, limit, now);
        return 0;
    } catch (const Refusal& refusal) {
        CHECK(refusal.reason() == Reason::too_many_requests);
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
    attempts.succeeded("anna");
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
        attempts.withdraw("anna");
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

TEST_CASE("a flood of names does not grow the count of attempts without bound, nor open the account under attack") {
    Attempts attempts;
    Time now{1'000'000'000};
    for (int i = 0; i < 9'990; ++i) {
        attempt(attempts, std::to_string(i), now);
    }
    now = now + seconds(1);
    for (int i = 0; i < 10; ++i) {
        attempt(attempts, "anna", now);
    }
    for (int i = 0; i < 100; ++i) {
        attempt(attempts, "other " + std::to_string(i), now);
    }
    CHECK(attempt(attempts, "anna", now) > 0);
}
