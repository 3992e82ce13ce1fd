#include "accounts/sessions.h"

#include <catch2/catch_test_macros.hpp>

#include "accounts/api_keys.h"
#include "accounts/bare_shop.h"
#include "base/errors.h"
#include "base/random.h"

using namespace orderd;
using namespace orderd::accounts;
using tests::BareShop;

namespace {

struct Signed {
    BareShop shop = {};
    Authenticator authenticator{shop.store};
    AdminId olga = shop.admin("olga", Role::owner).id;
    CustomerId ada = shop.account({.name = "Ada Lovelace", .email = "ada@example.com", .phone = ""});

    NewSession begin(const User& user) {
        return shop.write([&](storage::Transaction& tx) { return begin_session(tx, user, shop.clock.now()); });
    }
    Caller authenticate(const std::string& token) { return authenticator.authenticate(token, shop.clock.now()); }
    bool refused(const std::string& token) {
        try {
            authenticate(token);
            return false;
        } catch (const Refusal& refusal) {
            CHECK(refusal.code() == "invalid_token");
            return true;
        }
    }
    Time last_used() {
        return *shop.store.read().value<Time>("SELECT last_used_at FROM session ORDER BY id DESC LIMIT 1");
    }
};

}  // namespace

TEST_CASE("a session's token says who is calling, and is stored only as its hash") {
    Signed people;
    const auto admin = people.begin(people.olga);
    const auto customer = people.begin(people.ada);
    const auto olga = people.authenticate(admin.token);
    CHECK(olga.kind == Caller::Kind::admin);
    CHECK(olga.id == number(people.olga));
    CHECK(olga.role == Role::owner);
    CHECK(olga.name == "olga");
    CHECK(olga.session == admin.id);
    CHECK(olga.csrf_token == admin.csrf_token);
    const auto ada = people.authenticate(customer.token);
    CHECK(ada.kind == Caller::Kind::customer);
    CHECK(ada.id == number(people.ada));
    CHECK(ada.role == Role::none);
    CHECK(ada.name.empty());
    CHECK(ada.csrf_token != olga.csrf_token);
    CHECK(people.shop.count("SELECT max(length(token_hash)) FROM session") == 32);
}

TEST_CASE("what is not a token of ours is refused") {
    Signed people;
    auto token = people.begin(people.olga).token;
    CHECK(people.refused(""));
    CHECK(people.refused("os_"));
    CHECK(people.refused(random_token("os_")));
    CHECK(people.refused(random_token("ok_")));
    CHECK(people.refused(random_token("xx_")));
    token.back() = token.back() == 'A' ? 'B' : 'A';
    CHECK(people.refused(token));
}

TEST_CASE("an order's token is recognised, and compared with an order later") {
    Signed people;
    const auto token = random_token("ot_");
    const auto caller = people.authenticate(token);
    CHECK(caller.kind == Caller::Kind::capability);
    CHECK(caller.capability_hash == storage::hash_of_token(token));
    CHECK(caller.role == Role::none);
}

TEST_CASE("an admin's session ends after 12 hours of rest, and after 7 days in any case") {
    Signed people;
    const auto rested = people.begin(people.olga);
    people.shop.clock.move(hours(12));
    CHECK(people.refused(rested.token));

    const auto used = people.begin(people.olga);
    for (int hour = 11; hour < 7 * 24; hour += 11) {
        people.shop.clock.move(hours(11));
        CHECK_FALSE(people.refused(used.token));
    }
    people.shop.clock.move(hours(3));  // 168 hours since it began
    CHECK(people.refused(used.token));
}

TEST_CASE("a customer's session ends after 30 days") {
    Signed people;
    const auto session = people.begin(people.ada);
    people.shop.clock.move(Duration{days(30).ms - 1});
    CHECK_FALSE(people.refused(session.token));
    people.shop.clock.move(Duration{1});
    CHECK(people.refused(session.token));
}

TEST_CASE("the use of a session is noted at most once a minute") {
    Signed people;
    const auto session = people.begin(people.olga);
    const auto begun = people.shop.clock.now();
    people.shop.clock.move(seconds(59));
    people.authenticate(session.token);
    CHECK(people.last_used() == begun);
    people.shop.clock.move(seconds(1));
    people.authenticate(session.token);
    CHECK(people.last_used() == begun + minutes(1));
    people.shop.clock.move(seconds(30));
    people.authenticate(session.token);
    CHECK(people.last_used() == begun + minutes(1));
}

TEST_CASE("a session that was ended, or whose admin left, is refused from that moment on") {
    Signed people;
    const auto session = people.begin(people.olga);
    const auto other = people.begin(people.olga);
    CHECK_FALSE(people.refused(session.token));
    CHECK_FALSE(people.refused(other.token));
    people.shop.write([&](storage::Transaction& tx) { end_session(tx, session.id); });
    CHECK(people.refused(session.token));
    CHECK_FALSE(people.refused(other.token));

    const auto otto = people.shop.admin("otto", Role::owner).id;
    const auto change = [&](const AdminChanges& changes) {
        people.shop.write([&](storage::Transaction& tx) {
            update_admin(tx, people.olga, changes, Actor::command_line(), people.shop.clock.now());
        });
    };
    change({.username = "helga"});
    CHECK(people.authenticate(other.token).name == "helga");
    change({.active = false});
    CHECK(people.refused(other.token));
    CHECK_FALSE(people.refused(people.begin(otto).token));
}

TEST_CASE("a role that was taken away is gone at once") {
    Signed people;
    people.shop.admin("otto", Role::owner);
    const auto session = people.begin(people.olga);
    CHECK(people.authenticate(session.token).role == Role::owner);
    people.shop.write([&](storage::Transaction& tx) {
        update_admin(tx, people.olga, {.role = Role::viewer}, Actor::command_line(), people.shop.clock.now());
    });
    CHECK(people.refused(session.token));  // signed out, to sign in as what she is now
    CHECK(people.authenticate(people.begin(people.olga).token).role == Role::viewer);
}

TEST_CASE("sessions that ran out are removed") {
    Signed people;
    people.begin(people.olga);
    const auto customer = people.begin(people.ada);
    people.shop.clock.move(days(1));
    const auto now = people.shop.clock.now();
    people.shop.write(
        [&](storage::Transaction& tx) { remove_ended_sessions(tx, {.before = now, .now = now, .most = 10}); });
    CHECK(people.shop.count("SELECT count(*) FROM session") == 1);
    CHECK_FALSE(people.refused(customer.token));
}

TEST_CASE("an API key acts with its role until it runs out or is revoked") {
    Signed people;
    const auto add = [&](const NewApiKey& wanted) {
        return people.shop.write([&](storage::Transaction& tx) {
            return add_api_key(tx, wanted, people.olga, Actor::command_line(), people.shop.clock.now());
        });
    };
    const auto now = people.shop.clock.now();
    const auto [lasting, lasting_secret] = add({.label = " till ", .role = Role::staff, .expires_at = {}});
    const auto [brief, brief_secret] = add({.label = "import", .role = Role::viewer, .expires_at = now + hours(1)});
    const auto caller = people.authenticate(lasting_secret);
    CHECK(caller.kind == Caller::Kind::api_key);
    CHECK(caller.id == number(lasting.id));
    CHECK(caller.role == Role::staff);
    CHECK(caller.name == "till");
    CHECK(people.authenticate(brief_secret).role == Role::viewer);
    people.shop.clock.move(hours(1));
    CHECK(people.refused(brief_secret));
    CHECK_FALSE(people.refused(lasting_secret));
    people.shop.write([&, id = lasting.id](storage::Transaction& tx) {
        revoke_api_key(tx, id, Actor::command_line(), people.shop.clock.now());
    });
    CHECK(people.refused(lasting_secret));
    const auto keys = list_api_keys(people.shop.store.read(), 50, std::nullopt);
    REQUIRE(keys.size() == 2);
    CHECK(keys[0].id == brief.id);
    CHECK(keys[1].revoked_at);
    CHECK(keys[1].last_used_at == now + hours(1));
    CHECK_THROWS_AS(add({.label = " ", .role = Role::staff, .expires_at = {}}), Refusal);
    CHECK_THROWS_AS(add({.label = "old", .role = Role::staff, .expires_at = now}), Refusal);
}
