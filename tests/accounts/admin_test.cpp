#include "accounts/admin.h"

#include <map>
#include <set>
#include <sstream>

#include <catch2/catch_test_macros.hpp>

#include "accounts/bare_shop.h"
#include "accounts/commands.h"
#include "accounts/desk.h"
#include "accounts/passwords.h"
#include "accounts/sessions.h"
#include "accounts/setup.h"
#include "base/errors.h"
#include "storage/audit.h"
#include "storage/settings.h"

using namespace orderd;
using namespace orderd::accounts;
using tests::BareShop;

namespace {

AdminId manager(BareShop& shop, std::int64_t order) { return manager_for(shop.store.read(), OrderId{order}); }

std::string code_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Refusal& refusal) {
        return std::string(refusal.code());
    }
    return "";
}

}  // namespace

TEST_CASE("an order has a manager from the shop's first minute on") {
    BareShop shop;
    const auto unclaimed = unclaimed_owner(shop.store.read());
    REQUIRE(unclaimed);
    CHECK(manager(shop, 1001) == *unclaimed);
    CHECK(find_admin(shop.store.read(), "owner")->claimed == false);
}

TEST_CASE("active owners and staff look after orders in turn; viewers and those who left do not") {
    BareShop shop;
    const auto olga = shop.admin("olga", Role::owner).id;
    const auto sam = shop.admin("sam", Role::staff).id;
    const auto sue = shop.admin("sue", Role::staff).id;
    shop.admin("vera", Role::viewer);
    std::map<AdminId, int> turns;
    for (std::int64_t order = 1001; order <= 1030; ++order) {
        ++turns[manager(shop, order)];
        CHECK(manager(shop, order) == manager(shop, order));
    }
    CHECK(turns == std::map<AdminId, int>{{olga, 10}, {sam, 10}, {sue, 10}});
    shop.write([&](storage::Transaction& tx) {
        update_admin(tx, sam, {.active = false}, Actor::command_line(), shop.clock.now());
    });
    turns.clear();
    for (std::int64_t order = 1001; order <= 1030; ++order) {
        ++turns[manager(shop, order)];
    }
    CHECK(turns == std::map<AdminId, int>{{olga, 15}, {sue, 15}});
}

TEST_CASE("the first owner to be added claims the shop; the next one is another") {
    BareShop shop;
    const auto waiting = *unclaimed_owner(shop.store.read());
    const auto staff = shop.admin("sam", Role::staff);
    CHECK(staff.id != waiting);
    CHECK(unclaimed_owner(shop.store.read()));
    const auto olga = shop.admin("olga", Role::owner);
    CHECK(olga.id == waiting);
    CHECK(olga.username == "olga");
    CHECK(olga.claimed);
    CHECK_FALSE(unclaimed_owner(shop.store.read()));
    CHECK_FALSE(find_admin(shop.store.read(), "owner"));
    CHECK(shop.admin("otto", Role::owner).id != olga.id);
}

TEST_CASE("the set-up token is good once, and only the newest") {
    BareShop shop;
    const auto issue = [&] {
        return shop.write([&](storage::Transaction& tx) { return issue_setup_token(tx, shop.clock.now()); });
    };
    const auto claim = [&](const std::string& token) {
        return code_of([&] {
            shop.write([&](storage::Transaction& tx) {
                set_up(tx, token,
                       {.username = "olga",
                        .password_hash = "!",
                        .shop_name = "Mugs",
                        .currency = "USD",
                        .address = BareShop::berlin()},
                       {}, Actor::system(), shop.clock.now());
            });
        });
    };
    const auto old = issue();
    const auto token = issue();
    REQUIRE(token);
    CHECK(claim(*old) == "invalid_setup_token");
    CHECK(claim("") == "invalid_setup_token");
    CHECK(claim(*token) == "");
    CHECK(claim(*token) == "already_set_up");
    CHECK_FALSE(issue());
    const auto view = shop.store.read();
    CHECK(find_admin(view, "OLGA")->role == Role::owner);
    CHECK(settings::shop_name(view) == "Mugs");
    CHECK(settings::currency(view) == "USD");
    CHECK_FALSE(settings::read(view, "setup_token_hash"));
}

TEST_CASE("a shop never loses its last active owner") {
    BareShop shop;
    const auto olga = shop.admin("olga", Role::owner).id;
    const auto change = [&](AdminId id, const AdminChanges& changes) {
        return code_of([&] {
            shop.write([&](storage::Transaction& tx) {
                update_admin(tx, id, changes, Actor::command_line(), shop.clock.now());
            });
        });
    };
    CHECK(change(olga, {.active = false}) == "last_owner");
    CHECK(change(olga, {.role = Role::staff}) == "last_owner");
    CHECK(get_admin(shop.store.read(), olga).version == 2);  // claimed; the refusals changed nothing
    const auto otto = shop.admin("otto", Role::owner).id;
    CHECK(change(olga, {.role = Role::staff}) == "");
    CHECK(change(otto, {.active = false}) == "last_owner");
    CHECK(change(olga, {.role = Role::owner}) == "");
    CHECK(change(otto, {.active = false}) == "");
}

TEST_CASE("user names are unique whatever their case, and plain") {
    BareShop shop;
    shop.admin("olga", Role::owner);
    CHECK(code_of([&] { shop.admin("OLGA", Role::staff); }) == "username_taken");
    for (const auto* wrong : {"", ".a", "a b", "a@b.de", "ölga", "a/b", "-"}) {
        CAPTURE(wrong);
        CHECK(code_of([&] { shop.admin(wrong, Role::staff); }) == "validation_failed");
    }
    CHECK(code_of([&] { shop.admin(std::string(65, 'a'), Role::staff); }) == "validation_failed");
    CHECK(code_of([&] { shop.admin("a.b-c_1", Role::staff); }) == "");
}

TEST_CASE("whoever leaves hands over the orders under way to someone named, or stays") {
    BareShop shop;
    shop.admin("olga", Role::owner);
    const auto sam = shop.admin("sam", Role::staff).id;
    const auto sue = shop.admin("sue", Role::staff).id;
    const auto vera = shop.admin("vera", Role::viewer).id;
    std::vector<std::pair<AdminId, AdminId>> handed;
    Desk desk;
    desk.open_orders_of = [&](const storage::View&, AdminId id) { return id == sam ? 3 : 0; };
    desk.hand_over = [&](storage::Transaction&, AdminId from, AdminId to, const Actor&, Time) {
        handed.emplace_back(from, to);
    };
    const auto leave = [&](AdminId id, std::optional<AdminId> to, const AdminChanges& changes = {.active = false}) {
        return code_of([&] {
            shop.write([&](storage::Transaction& tx) {
                update_admin(desk, tx, id, changes, {.orders = to}, Actor::command_line(), shop.clock.now());
            });
        });
    };
    CHECK(leave(sam, std::nullopt) == "has_open_orders");
    CHECK(leave(sam, std::nullopt, {.role = Role::viewer}) == "has_open_orders");
    CHECK(leave(sam, sam) == "validation_failed");
    CHECK(leave(sam, vera) == "validation_failed");
    CHECK(leave(sam, AdminId{99}) == "validation_failed");
    CHECK(handed.empty());
    CHECK(get_admin(shop.store.read(), sam).active);
    CHECK(leave(sam, sue) == "");
    CHECK(handed == std::vector<std::pair<AdminId, AdminId>>{{sam, sue}});
    CHECK(leave(sue, std::nullopt) == "");  // looks after none
}

TEST_CASE("orderd admin adds, lists, and changes passwords, and signs out whoever had the old one") {
    BareShop shop;
    std::ostringstream out;
    add_admin_command(shop.store, "olga", "owner", "first password", out, shop.clock.now());
    const auto token = shop.write([&](storage::Transaction& tx) {
                               return begin_session(tx, find_admin(tx, "olga")->id, shop.clock.now());
                           })
                           .token;
    Authenticator authenticator(shop.store);
    CHECK(authenticator.authenticate(token, shop.clock.now()).role == Role::owner);
    admin_password_command(shop.store, "olga", "second password", false, out, shop.clock.now());
    CHECK_THROWS_AS(authenticator.authenticate(token, shop.clock.now()), Refusal);
    const auto hash = *shop.store.read().value<std::string>("SELECT password_hash FROM admin_user WHERE id = 1");
    CHECK(PasswordHasher().verify(hash, "second password"));
    list_admins_command(shop.store, out);
    CHECK(out.str().find("olga") != std::string::npos);
    CHECK(out.str().find("password\n") == std::string::npos);

    CHECK(code_of([&] { add_admin_command(shop.store, "x", "boss", "long enough", out, shop.clock.now()); }) ==
          "validation_failed");
    CHECK(code_of([&] { add_admin_command(shop.store, "x", "staff", "short", out, shop.clock.now()); }) ==
          "validation_failed");
    CHECK(code_of([&] { admin_password_command(shop.store, "nobody", "long enough", false, out, shop.clock.now()); }) ==
          "not_found");
    CHECK(audit::fault(shop.store.read()).empty());
}

TEST_CASE("a password on standard input is its first line") {
    std::istringstream unix_line("correct horse\nbattery");
    CHECK(read_password(unix_line) == "correct horse");
    std::istringstream dos_line("correct horse\r\n");
    CHECK(read_password(dos_line) == "correct horse");
    std::istringstream bare("correct horse");
    CHECK(read_password(bare) == "correct horse");
    std::istringstream nothing("");
    CHECK_THROWS_AS(read_password(nothing), Refusal);
    std::istringstream latin1(
        "Stra\xDF"
        "enbahn\n");
    CHECK_THROWS_AS(read_password(latin1), Refusal);
}
