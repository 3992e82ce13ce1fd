#include <catch2/catch_test_macros.hpp>

#include "accounts/bare_shop.h"
#include "accounts/signing_in.h"
#include "base/errors.h"

using namespace orderd;
using namespace orderd::accounts;
using tests::BareShop;

namespace {

const From kFrom{.client = {.address = "192.0.2.1", .user_agent = "test"}};

/// What one failed attempt costs.
struct Work {
    std::uint64_t hashes;
    std::uint64_t mutations;

    bool operator==(const Work&) const = default;
};

Work work_of(BareShop& shop, Desk& desk, const Credentials& credentials) {
    const auto hashes = desk.hasher.computed();
    const auto mutations = shop.store.writer().figures().mutations;
    CHECK_THROWS_AS(sign_in(desk, shop.store, credentials, kFrom, shop.clock.now()), Refusal);
    return {desk.hasher.computed() - hashes, shop.store.writer().figures().mutations - mutations};
}

Credentials by_name(const std::string& username) {
    return {.username = username, .email = {}, .password = "wrong horse", .totp = "", .recovery_code = ""};
}

Credentials by_email(const std::string& email) {
    return {.username = {}, .email = email, .password = "wrong horse", .totp = "", .recovery_code = ""};
}

}  // namespace

TEST_CASE("a failed sign-in costs the same work whether there is such a user or not") {
    BareShop shop;
    Desk desk;
    const auto hash = desk.hasher.hash("correct horse");
    shop.admin("olga", Role::owner, hash);
    const auto lena = shop.admin("lena", Role::staff, hash).id;
    shop.write([&](storage::Transaction& tx) {
        update_admin(tx, lena, {.active = false}, Actor::command_line(), shop.clock.now());
    });
    shop.account({.name = "Ada", .email = "ada@example.com", .phone = ""}, hash);
    shop.guest({.name = "Gil", .email = "gil@example.com", .phone = ""});

    const Work expected{.hashes = 1, .mutations = 1};
    CHECK(work_of(shop, desk, by_name("olga")) == expected);
    CHECK(work_of(shop, desk, by_name("nobody")) == expected);
    CHECK(work_of(shop, desk, by_name("lena")) == expected);  // left
    CHECK(work_of(shop, desk, by_email("ada@example.com")) == expected);
    CHECK(work_of(shop, desk, by_email("gil@example.com")) == expected);  // a guest
    CHECK(work_of(shop, desk, by_email("nobody@example.com")) == expected);
}

TEST_CASE("a hash made at another cost is replaced when its user signs in") {
    BareShop shop;
    Desk desk;
    const auto old_hash = PasswordHasher({.passes = 1, .memory = 8 * 1024 * 1024}).hash("correct horse");
    shop.admin("olga", Role::owner, old_hash);
    auto right = by_name("olga");
    right.password = "correct horse";
    sign_in(desk, shop.store, right, kFrom, shop.clock.now());
    const auto hash = *shop.store.read().value<std::string>("SELECT password_hash FROM admin_user WHERE id = 1");
    CHECK(hash != old_hash);
    CHECK_FALSE(desk.hasher.outdated(hash));
    CHECK(desk.hasher.verify(hash, "correct horse"));
    sign_in(desk, shop.store, right, kFrom, shop.clock.now());
}
