// What accounts keep and take of one person: just below each bound, at it, just above it and far above it.

#include <fmt/format.h>

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "accounts/unsaved_sessions.h"
#include "base/budgets.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// Signs in again and again on a disk that takes no write.
class UnsavedSignIns {
public:
    /// @returns how many of so many tries were kept
    std::size_t of(const accounts::User& user, std::size_t tries) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < tries; ++i) {
            const accounts::UnsavedSessions::Session session{.user = user,
                                                             .password_hash = "!",
                                                             .client = {},
                                                             .name = "",
                                                             .created_at = {},
                                                             .expires_at = {},
                                                             .totp_step = {}};
            last_ = sessions_.add(fmt::format("token {}", ++tokens_), session);
            kept += last_ ? 1 : 0;
        }
        return kept;
    }
    void end_last() { CHECK(sessions_.end(last_.value())); }

private:
    accounts::UnsavedSessions sessions_;
    std::optional<SessionId> last_;
    int tokens_ = 0;
};

}  // namespace

TEST_CASE("sessions in memory have their bounds, and customers who take all of theirs leave staff's") {
    UnsavedSignIns sign_ins;
    CHECK(sign_ins.of(CustomerId{1}, budget::kUnsavedSessionsOfOne) == budget::kUnsavedSessionsOfOne);
    sign_ins.end_last();
    CHECK(sign_ins.of(CustomerId{1}, 1) == 1);
    CHECK(sign_ins.of(CustomerId{1}, 500) == 0);
    std::size_t of_customers = budget::kUnsavedSessionsOfOne;
    for (int customer = 2; customer <= 300; ++customer) {
        of_customers += sign_ins.of(CustomerId{customer}, 1);
    }
    CHECK(of_customers == budget::kUnsavedSessionsOfCustomers);
    std::size_t of_staff = sign_ins.of(AdminId{1}, 500);
    CHECK(of_staff == budget::kUnsavedSessionsOfOne);
    for (int admin = 2; admin <= 100; ++admin) {
        of_staff += sign_ins.of(AdminId{admin}, 1);
    }
    CHECK(of_staff == budget::kUnsavedSessions - budget::kUnsavedSessionsOfCustomers);
}

TEST_CASE("a telephone number has 3 to 20 digits, whatever stands between them") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 100});
    const auto status_with = [&](const std::string& phone) {
        auto body = Shop::order_body({{mug, 1}});
        body["customer"]["phone"] = phone;
        return shop.post("/orders", body).status;
    };
    for (const std::size_t digits : std::vector<std::size_t>{3, 4, 19, 20}) {
        CHECK(status_with("+" + std::string(digits, '7')) == 201);
    }
    for (const std::size_t digits : std::vector<std::size_t>{1, 2, 21, 22, 1'000}) {
        CHECK(status_with(std::string(digits, '7')) == 422);
    }
    CHECK(status_with("+1 (2) 3-4/5 6.7") == 201);
}

TEST_CASE("a session keeps 200 bytes of what its program calls itself") {
    Shop shop;
    REQUIRE(shop.post("/customers", {{"name", "Ada"}, {"email", "ada@example.org"}, {"password", "seven bright lamps"}})
                .status == 201);
    for (const std::size_t bytes : std::vector<std::size_t>{0, 1, 199, 200, 201, 8'000}) {
        CAPTURE(bytes);
        const auto signed_in =
            shop.post("/auth/login", {{"email", "ada@example.org"}, {"password", "seven bright lamps"}}, {},
                      {{"User-Agent", std::string(bytes, 'u')}});
        REQUIRE(signed_in.status == 200);
        const auto kept = shop.store().read().value<std::string>(
            "SELECT user_agent FROM session WHERE customer_id IS NOT NULL ORDER BY id DESC LIMIT 1");
        CHECK(kept.value_or("").find(std::string(std::min<std::size_t>(bytes, 200), 'u')) == 0);
        CHECK(kept.value_or("").size() == std::min<std::size_t>(bytes, 200));
    }
}
