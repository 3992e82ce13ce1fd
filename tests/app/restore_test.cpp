// A backup is older than the world: what a restored shop does about that, and what a restore finds in a backup.

#include <fmt/format.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include <catch2/catch_test_macros.hpp>

#include "app/open_shop.h"
#include "app/restoring.h"
#include "base/version.h"
#include "fulfillment/support.h"
#include "notify/webhook.h"
#include "orders/numbering.h"
#include "paths.h"
#include "payments/sandbox.h"
#include "payments/support.h"
#include "support/doomed.h"
#include "support/files.h"
#include "support/kept_database.h"
#include "support/program.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// A closed shop with one product, and a backup of it beside its database.
struct ClosedShop {
    ClosedShop() {
        const auto csv = folder.path() / "products.csv";
        std::ofstream(csv) << "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\nmug,Mug,MUG,50,12.50\n";
        REQUIRE(run_orderd({"import", csv.string(), "--data", data()}).exit_code == 0);
    }

    std::string data() const { return folder.path().string(); }
    std::filesystem::path copy() const { return folder.path() / "copy.db"; }
    storage::Files files() const { return storage::Files(folder.path()); }

    void back_up() const { REQUIRE(run_orderd({"backup", copy().string(), "--data", data()}).exit_code == 0); }
    void put_aside() const {
        for (const auto* companion : {"", "-wal", "-shm"}) {
            std::filesystem::remove(files().database.string() + companion);
        }
    }
    Outcome restore(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{"restore", copy().string(), "--data", data()};
        words.insert(words.end(), more.begin(), more.end());
        return run_orderd(words);
    }

    TemporaryFolder folder;
};

struct Ordered {
    std::int64_t id;
    std::string token;
};

/// With simulated cards, whose outcome is waited for however slow the machine is.
const std::vector<std::string> kWithCards{"--sandbox-payments", "--payment-wait-ms", "60000"};

Ordered place_at(int port) {
    httplib::Client client("127.0.0.1", port);
    const auto placed = client.Post("/orders", Shop::order_body({{1, 1}}).dump(), "application/json");
    REQUIRE(placed);
    REQUIRE(placed->status == 201);
    const auto body = Json::parse(placed->body);
    return {body["id"], body["access_token"]};
}

Json pay_at(int port, const Ordered& order) {
    httplib::Client client("127.0.0.1", port);
    client.set_read_timeout(300);
    const Json card{
        {"type", "card"}, {"number", "4242424242424242"}, {"exp_month", 12}, {"exp_year", 2050}, {"cvc", "123"}};
    const auto paid = client.Post("/payments", {{"Authorization", "Bearer " + order.token}},
                                  Json{{"order_id", order.id}, {"method", card}}.dump(), "application/json");
    REQUIRE(paid);
    auto body = Json::parse(paid->body);
    body["http"] = paid->status;
    return body;
}

std::string status_at(int port, const Ordered& order) {
    httplib::Client client("127.0.0.1", port);
    const auto found = client.Get("/orders/" + std::to_string(order.id), {{"Authorization", "Bearer " + order.token}});
    REQUIRE(found);
    return Json::parse(found->body).value("status", "");
}

std::filesystem::path backed_up(Shop& shop, const TemporaryFolder& kept) {
    const auto copy = kept.path() / "copy.db";
    storage::backup(shop.store().files().database, copy);
    return copy;
}

std::string statuses_of(Shop& shop, const Placed& order) {
    const auto body = shop.get("/admin/orders/" + std::to_string(order.id), shop.owner()).body;
    return body["status"].get<std::string>();
}

}  // namespace

TEST_CASE("R6: order, backup, pay, restore: the order is paid, is not charged again, and no number is given twice") {
    const ClosedShop shop;
    Ordered order{};
    {
        Served served(shop.folder.path(), kWithCards);
        order = place_at(served.port());
        shop.back_up();
        REQUIRE(pay_at(served.port(), order)["http"] == 201);
        CHECK(place_at(served.port()).id == 1002);
        REQUIRE(served.terminate().first == 0);
    }
    shop.put_aside();
    const auto restored = shop.restore();
    INFO(restored.out << restored.error);
    REQUIRE(restored.exit_code == 0);
    CHECK(says(restored, "Orders continue with number 3001 (the backup's last is 1001)"));
    CHECK(says(restored, "nothing is charged or refunded for the backup's orders"));
    CHECK(says(restored, "owner (since "));
    {
        Served served(shop.folder.path(), kWithCards);
        pay_at(served.port(), order);  // before or after the gateway was asked
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (status_at(served.port(), order) != "paid" && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::yield();
        }
        CHECK(status_at(served.port(), order) == "paid");
        CHECK(pay_at(served.port(), order)["code"] == "already_paid");
        const auto next = place_at(served.port());
        CHECK(next.id == 3001);
        const auto paid = pay_at(served.port(), next);
        CHECK(paid["http"] == 201);
        CHECK(paid["id"].get<std::int64_t>() > 1000);
        REQUIRE(served.terminate().first == 0);
    }
    payments::Sandbox sandbox(shop.folder.path());
    const auto ledger = sandbox.ledger();
    CHECK(std::count_if(ledger.begin(), ledger.end(), [&](const auto& it) { return it.order == order.id; }) == 1);
    CHECK(run_orderd({"check", "--data", shop.data()}).exit_code == 0);
}

TEST_CASE("R6: a backup that is restored a second time gives no number that was given after the first") {
    const ClosedShop shop;
    shop.back_up();
    std::set<std::int64_t> orders;
    std::set<std::int64_t> webhooks;
    for (int restores = 0; restores < 3; ++restores) {
        shop.put_aside();
        REQUIRE(shop.restore().exit_code == 0);
        const SystemClock clock;
        const auto store = app::open_shop(shop.folder.path(), clock, false);
        store->writer().run([&](storage::Transaction& tx) {
            orders.insert(number(orders::next_turn(tx, clock.now()).id));
            const auto hook = notify::add_webhook(
                tx, {.url = "https://hooks.invalid/", .description = "", .kinds = {"*"}}, Actor::system(), clock.now());
            webhooks.insert(static_cast<std::int64_t>(hook.first.id));
        });
    }
    CHECK(orders == std::set<std::int64_t>{2001, 3001, 4001});
    CHECK(webhooks == std::set<std::int64_t>{1001, 2001, 3001});
    CHECK(std::filesystem::status(shop.folder.path() / "shop.numbers").permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));

    shop.put_aside();
    std::ofstream(shop.folder.path() / "shop.numbers") << "what is this";
    const auto refused = shop.restore();
    CHECK(refused.exit_code == 1);
    CHECK(says(refused, "shop.numbers cannot be read"));
    CHECK_FALSE(std::filesystem::exists(shop.files().database));
}

TEST_CASE("R6: a shop that was stopped before its backup goes on with its numbers") {
    const ClosedShop shop;
    shop.back_up();
    shop.put_aside();
    CHECK(says(shop.restore({"--nothing-since"}), "Orders continue with number 1001"));
}

TEST_CASE("R6: numbers jump by twice what the shop sells in as long a time, where that is more than a thousand") {
    const TemporaryFolder kept;
    Shop shop;
    shop.store().writer().run([](storage::Transaction& tx) {
        tx.run("INSERT INTO customer (created_at, updated_at) VALUES (0, 0)");
        tx.run(R"sql(
            INSERT INTO orders (id, customer_id, status, subtotal, discount, shipping, tax, tax_included, total,
                                tax_rate_ppm, managed_by, access_token_hash, placed_at, updated_at)
            WITH RECURSIVE n (i) AS (VALUES (1001) UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
            SELECT i, 1, 'cancelled', 0, 0, 0, 0, 0, 0, 0, 1, x'', 1767225600000, 1767225600000 FROM n
        )sql");
    });
    const auto copy = backed_up(shop, kept);
    shop.advance(days(1));
    const auto told = shop.restore(copy, {.even_with_faults = true});
    CHECK(number(told.last_order) == 4000);
    CHECK(number(told.next_order) == 10'001);  // 4000 + 2 * 3000
}

TEST_CASE("R6: an id that a path or an event names is not given again, whatever it is of") {
    // Ids that name nothing outside, and of jobs and sessions, which are given again whenever the last one ended.
    const std::set<std::string> others{
        "audit_anchor",    "audit_entry",    "event_log",          "event_start", "former_email",
        "idempotency_key", "import_change",  "inventory_movement", "job",         "known_device",
        "notice_item",     "password_reset", "picture_content",    "secret",      "session",
        "tracking_event"};
    const TemporaryFolder kept;
    Shop shop;
    const auto mug = shop.product({.on_hand = 10});
    const auto order = paid(shop, {{mug, 2}});
    labelled(shop, order);
    REQUIRE(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 200);
    const auto copy = backed_up(shop, kept);
    const auto given = [&] {
        const auto id = [](const Reply& reply) {
            INFO(reply.body.dump());
            REQUIRE(reply.status == 201);
            return reply.body["id"].get<std::int64_t>();
        };
        const Json came_back{{"items", Json::array({{{"item_id", order.items.at(0)}, {"quantity", 1}}})}};
        return std::vector{
            id(shop.post(order.path("/returns"), came_back, shop.staff())),
            id(shop.post("/admin/users",
                         {{"username", "eva"}, {"password", "a long horse battery"}, {"role", "viewer"}},
                         shop.owner())),
            id(shop.post("/admin/api-keys", {{"label", "till"}, {"role", "viewer"}}, shop.owner())),
            id(shop.send("POST", "/admin/inventory/import", "Handle,Title,Variant Price\npot,Pot,5.00\n", "text/csv",
                         shop.staff())),
        };
    };
    const auto before = given();
    shop.restore(copy);
    shop.sign_in_again();
    const auto after = given();
    for (std::size_t i = 0; i < before.size(); ++i) {
        CHECK(before[i] < 1000);
        CHECK(after[i] > 1000);
    }

    std::set<std::string> without_floor;
    shop.store().read().each(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%id % INTEGER PRIMARY KEY%' "
        "AND sql NOT LIKE '%AUTOINCREMENT%' AND name NOT LIKE 'product_%' "
        "AND name NOT IN (SELECT name FROM number_floor)",
        [&](const storage::Row& row) { without_floor.insert(row.get<std::string>(0)); });
    CHECK(without_floor == others);
    shop.check_invariants();
}

TEST_CASE("R6: what Stripe charged and gave back after the backup is taken over before anything is asked of it again") {
    const TemporaryFolder kept;
    StripeShop it;
    auto& shop = it.shop;
    const auto mug = shop.product({});
    const auto unpaid = place(shop, mug);
    const auto refunded = place(shop, mug);
    const auto payment = it.paid(refunded);
    const auto waiting = place(shop, mug);
    const auto copy = backed_up(shop, kept);

    it.paid(unpaid);
    REQUIRE(shop.post(path_of(payment) + "/refunds", {{"amount", 400}}, shop.staff()).status == 202);
    shop.drain();
    it.paid(waiting, "pm_card_authenticationRequired");
    const auto lost = place(shop, mug);
    it.paid(lost);
    REQUIRE(it.stripe.charged() == 3);
    shop.advance(hours(30));  // Stripe has forgotten its keys
    it.stripe.forget_keys();
    shop.restore(copy);
    shop.sign_in_again();

    CHECK(shop.post(path_of(payment) + "/refunds", {{"amount", 400}}, shop.staff()).code() == "gateway_not_asked");
    const auto again = it.pay(unpaid);  // its job asks first
    CHECK(again.status == 202);
    shop.drain();
    CHECK(it.stripe.charged() == 3);
    CHECK(statuses_of(shop, unpaid) == "paid");
    CHECK(it.pay(unpaid).code() == "already_paid");
    const auto seen = shop.get("/admin" + path_of(payment), shop.staff()).body;
    CHECK(seen["refunded"] == 400);
    CHECK(it.recorded("payment.unknown_charge") == 1);
    CHECK(it.recorded("shop.gateway_asked") == 1);
    CHECK(shop.post(path_of(payment) + "/refunds", {{"amount", 100}}, shop.staff()).status == 202);
    shop.drain();
    CHECK(it.stripe.refunds().size() == 2);

    // What was begun after the backup, and is confirmed only now.
    const auto intents = it.stripe.intents();
    const auto open = std::find_if(intents.begin(), intents.end(),
                                   [](const Json& intent) { return intent["status"] == "requires_action"; });
    REQUIRE(open != intents.end());
    it.stripe.decide((*open)["id"], true);
    it.hear("payment_intent.succeeded", (*open)["id"]);
    CHECK(statuses_of(shop, waiting) == "paid");
    shop.check_invariants();
}

TEST_CASE("R6: a charge that no order of the backup fits is told of once, with what it took, and takes nothing later") {
    const TemporaryFolder kept;
    StripeShop it([](app::Config& config) { config.authorize_only = true; });
    auto& shop = it.shop;
    const auto mug = shop.product({});
    const auto cheaper = place(shop, mug);
    const auto unconfirmed = place(shop, mug);
    const auto copy = backed_up(shop, kept);

    for (const auto& order : {cheaper, unconfirmed}) {
        REQUIRE(shop.put("/admin/orders/" + std::to_string(order.id) + "/discount",
                         {{"amount", 100}, {"reason", "The box is scratched"}}, shop.staff())
                    .status == 200);
    }
    REQUIRE(it.paid(cheaper).body["status"] == "authorized");
    REQUIRE(it.paid(unconfirmed, "pm_card_authenticationRequired").body["status"] == "requires_action");
    const auto lost = place(shop, mug);
    it.paid(lost, "pm_card_authenticationRequired");
    shop.restore(copy);
    shop.sign_in_again();
    shop.drain();
    shop.drain();

    REQUIRE(it.recorded("payment.unknown_charge") == 1);
    const auto log =
        shop.get("/admin/events?subject=order&subject_id=" + std::to_string(cheaper.id), shop.owner()).body;
    const auto told = std::find_if(log["data"].begin(), log["data"].end(),
                                   [](const Json& event) { return event["kind"] == "payment.unknown_charge"; });
    REQUIRE(told != log["data"].end());
    CHECK((*told)["body"]["amount"] == 1'150);
    CHECK((*told)["body"]["captured"] == 0);
    CHECK(statuses_of(shop, cheaper) == "pending");

    // Their customers cannot confirm any more.
    std::map<std::string, int> now;
    for (const auto& intent : it.stripe.intents()) {
        ++now[intent["status"].get<std::string>()];
    }
    CHECK(now == std::map<std::string, int>{{"canceled", 2}, {"requires_capture", 1}});
    CHECK(it.stripe.charged() == 0);
    shop.check_invariants();
}

TEST_CASE("R6: an order whose charge the backup lacks is not charged a second time until that money is back") {
    const TemporaryFolder kept;
    StripeShop it;
    auto& shop = it.shop;
    const auto order = place(shop, shop.product({}));
    const auto copy = backed_up(shop, kept);
    REQUIRE(shop.put("/admin/orders/" + std::to_string(order.id) + "/discount",
                     {{"amount", 100}, {"reason", "The box is scratched"}}, shop.staff())
                .status == 200);
    it.paid(order);
    shop.restore(copy);
    shop.sign_in_again();

    const auto again = it.paid(order);  // its job asks first
    CHECK(again.body["status"] == "failed");
    CHECK(it.stripe.charged() == 1);
    CHECK(statuses_of(shop, order) == "pending");
    CHECK(it.pay(order).status == 202);
    shop.drain();
    CHECK(it.stripe.charged() == 1);

    it.stripe.refund_there(it.stripe.intents().front()["id"], 1'150);
    CHECK(it.paid(order).body["status"] == "succeeded");
    CHECK(it.stripe.charged() == 2);
    CHECK(statuses_of(shop, order) == "paid");
    shop.check_invariants();
}

TEST_CASE("R6: what Stripe told late, after the backup, is asked for, though it happened days before") {
    const TemporaryFolder kept;
    StripeShop it;
    auto& shop = it.shop;
    const auto order = place(shop, shop.product({}));
    const auto payment = it.paid(order);
    const auto refund = it.stripe.refund_there(it.stripe.intents().front()["id"], 300);
    shop.advance(hours(60));
    shop.sign_in_again();
    const auto busy = shop.product({.sku = "BUSY"});
    for (int i = 0; i < 110; ++i) {  // the backup's time is that of its last hundred events
        REQUIRE(shop.put("/products/" + std::to_string(busy), {{"price", 1'000 + i}}, shop.staff()).status == 200);
    }
    const auto copy = backed_up(shop, kept);
    it.hear("refund.updated", refund);
    shop.drain();
    const auto refunded = [&] { return shop.get("/admin" + path_of(payment), shop.viewer()).body["refunded"]; };
    REQUIRE(refunded() == 300);
    shop.restore(copy);
    shop.sign_in_again();
    CHECK(refunded() == 0);
    shop.drain();
    CHECK(refunded() == 300);
}

TEST_CASE("R6: another shop's charges at the same gateway are not taken for this one's") {
    const TemporaryFolder kept;
    StripeShop it;
    auto& shop = it.shop;
    const auto order = place(shop, shop.product({}));
    const auto copy = backed_up(shop, kept);
    it.paid(order);
    it.stripe.change_metadata("orderd_shop", "another");
    shop.restore(copy);
    shop.sign_in_again();
    shop.drain();
    CHECK(statuses_of(shop, order) == "pending");
    CHECK(it.recorded("payment.unknown_charge") == 0);
}

TEST_CASE("R6: an unpaid order of the backup does not expire before the gateway was asked") {
    const TemporaryFolder kept;
    StripeShop it;
    auto& shop = it.shop;
    const auto mug = shop.product({});
    const auto paid = place(shop, mug);
    const auto unpaid = place(shop, mug);
    const auto copy = backed_up(shop, kept);
    it.paid(paid);
    shop.advance(days(3));
    shop.restore(copy);
    shop.sign_in_again();
    shop.drain();
    CHECK(statuses_of(shop, paid) == "paid");
    CHECK(statuses_of(shop, unpaid) == "pending");
    shop.advance(hours(2));
    shop.drain();
    CHECK(statuses_of(shop, unpaid) == "expired");
    CHECK(it.stripe.refunds().empty());
}

TEST_CASE("R6: a gateway that does not answer after a restore charges nothing until it does") {
    const TemporaryFolder kept;
    StripeShop it;
    auto& shop = it.shop;
    const auto order = place(shop, shop.product({}));
    const auto copy = backed_up(shop, kept);
    it.paid(order);
    shop.restore(copy);
    shop.sign_in_again();
    it.stripe.refuse_lists(true);
    CHECK(it.pay(order).status == 202);
    shop.drain();
    CHECK(it.stripe.charged() == 1);
    CHECK(statuses_of(shop, order) == "pending");
    it.stripe.refuse_lists(false);
    shop.advance(minutes(10));
    shop.drain();
    CHECK(it.stripe.charged() == 1);
    CHECK(statuses_of(shop, order) == "paid");
}

TEST_CASE("R12: after a killed restore nothing is served or made in the shop's place, and restoring again goes on",
          "[crash]") {
    const ClosedShop shop;
    shop.back_up();
    using Moment = storage::RestoreMoment;
    const auto at =
        GENERATE(Moment::marked, Moment::checked, Moment::copied, Moment::migrated, Moment::begun_anew, Moment::placed);
    shop.put_aside();
    REQUIRE(Doomed([&](const auto&) {
                app::restore_shop(shop.copy(), shop.files(), {}, SystemClock(), [&](Moment moment) {
                    if (moment == at) {
                        ::kill(::getpid(), SIGKILL);
                    }
                });
            }).was_killed());
    if (at != Moment::placed) {
        for (const std::vector<std::string>& command : {std::vector<std::string>{"serve", "--listen", "127.0.0.1:0"},
                                                        {"import", (shop.folder.path() / "products.csv").string()},
                                                        {"check"}}) {
            auto words = command;
            words.insert(words.end(), {"--data", shop.data()});
            const auto refused = run_orderd(words);
            CHECK(refused.exit_code == 1);
            CHECK(says(refused, "run `orderd restore FILE --data " + shop.data() + "` again"));
        }
        CHECK(says(run_orderd({"doctor", "--data", shop.data()}), "FAIL database: a restore was begun"));
        CHECK_FALSE(std::filesystem::exists(shop.files().database));
        CHECK(shop.restore().exit_code == 0);
    }
    {
        Served served(shop.folder.path());
        CHECK(place_at(served.port()).id > 2000);
    }
    CHECK(run_orderd({"check", "--data", shop.data()}).exit_code == 0);
}

TEST_CASE("R12: a restore that fails leaves the folder as it was") {
    const ClosedShop shop;
    shop.back_up();
    shop.put_aside();
    std::filesystem::resize_file(shop.copy(), std::filesystem::file_size(shop.copy()) / 2);
    CHECK(shop.restore().exit_code == 1);
    CHECK(says(run_orderd({"check", "--data", shop.data()}), "there is no shop"));
}

TEST_CASE("what Litestream copied is restored, with the two tables that it makes") {
    const ClosedShop shop;
    shop.back_up();
    shop.put_aside();
    run_sql(shop.copy(),
            "CREATE TABLE IF NOT EXISTS _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER);"
            "CREATE TABLE IF NOT EXISTS _litestream_lock (id INTEGER);");
    const auto taken = shop.restore();
    INFO(taken.error);
    CHECK(taken.exit_code == 0);
    CHECK(run_orderd({"check", "--data", shop.data()}).exit_code == 0);
}

TEST_CASE("X12: a backup that somebody worked on is refused, with what was found, and its owners are listed") {
    struct Tampered {
        std::string sql;
        std::string says;
    };
    const auto with = GENERATE(values<Tampered>({
        {"CREATE TRIGGER quiet AFTER INSERT ON orders BEGIN UPDATE product SET price = 1; END",
         "trigger quiet on orders was added"},
        {"CREATE VIEW everyone AS SELECT * FROM customer", "view everyone was added"},
        {"CREATE TABLE loot (text TEXT)", "table loot was added"},
        {"CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER, loot TEXT)",
         "table _litestream_seq was added"},
        {"DROP INDEX orders_by_customer", "index orders_by_customer on orders is missing"},
        {"DROP TRIGGER product_text_removed", "trigger product_text_removed on product is missing"},
        {"DELETE FROM audit_entry", "the audit log ends with entry 0"},
        {"DELETE FROM audit_entry; DELETE FROM audit_anchor", "the audit log has no seal"},
        {"DROP TABLE audit_entry", "audit_entry"},
        {"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (price >= 0)', '') "
         "WHERE name = 'product'",
         "table product lacks: price INTEGER NOT NULL CHECK ( price > = 0 )"},
    }));
    const ClosedShop shop;
    shop.back_up();
    shop.put_aside();
    run_sql(shop.copy(), with.sql);
    const auto refused = shop.restore();
    INFO(with.sql << '\n' << refused.out << refused.error);
    CHECK(refused.exit_code == 1);
    CHECK(says(refused, with.says));
    CHECK_FALSE(std::filesystem::exists(shop.files().database));
}

TEST_CASE(
    "X12: an owner that was added to a backup is among those that a restore lists, and check finds what was added") {
    const ClosedShop shop;
    shop.back_up();
    run_sql(shop.copy(),
            "INSERT INTO admin_user (username, password_hash, role, created_at, updated_at) "
            "VALUES ('mallory', '!', 'owner', 0, 0)");
    shop.put_aside();
    const auto restored = shop.restore();
    CHECK(restored.exit_code == 0);
    CHECK(says(restored, "mallory (since 1970-01-01T00:00:00.000Z)"));
    run_sql(shop.files().database, "CREATE TRIGGER quiet AFTER INSERT ON orders BEGIN SELECT 1; END");
    const auto check = run_orderd({"check", "--data", shop.data()});
    CHECK(check.exit_code == 1);
    CHECK(says(check, "FAIL schema"));
    CHECK(says(check, "trigger quiet on orders was added"));
}

TEST_CASE("X12: a shop of schema 1 is brought to today's schema, and its audit log goes on from a sealed end",
          "[upgrade]") {
    const TemporaryFolder folder;
    const storage::Files files(folder.path());
    put_kept_database(1, files);
    const auto data = folder.path().string();
    const auto check = run_orderd({"check", "--data", data});
    INFO(check.out << check.error);
    CHECK(check.exit_code == 0);
    run_sql(files.database, "UPDATE audit_entry SET actor_name = 'nobody' WHERE id = 1");
    const auto changed = run_orderd({"check", "--data", data});
    CHECK(changed.exit_code == 1);
    CHECK(says(changed, "the audit chain breaks at entry 1"));
}

TEST_CASE("X16: what orderd makes is its user's alone, whatever the umask") {
    const auto before = ::umask(022);
    {
        const ClosedShop shop;
        Served served(shop.folder.path(), kWithCards);
        const auto order = place_at(served.port());
        CHECK(pay_at(served.port(), order)["http"] == 201);
        shop.back_up();
        const auto open = [&](const std::string& name) {
            struct stat status {};
            REQUIRE(::stat((shop.folder.path() / name).c_str(), &status) == 0);
            return (status.st_mode & 077U) != 0;
        };
        for (const auto* name : {"shop.db", "shop.db-wal", "shop.db-shm", "shop.key", "shop.lock", "sandbox.db",
                                 "sandbox.db-wal", "sandbox.db-shm", "copy.db"}) {
            INFO(name);
            CHECK_FALSE(open(name));
        }
        served.terminate();
        // What an older orderd left open is closed.
        ::chmod(shop.files().database.c_str(), 0644);
        CHECK(run_orderd({"check", "--data", shop.data()}).exit_code == 0);
        CHECK_FALSE(open("shop.db"));
    }
    ::umask(before);
}

TEST_CASE("X24: version --verbose names each library, and the bill of materials is the same list") {
    CHECK(run_orderd({"version"}).out == fmt::format("orderd {}\n", version()));
    const auto verbose = run_orderd({"version", "--verbose"}).out;
    INFO(verbose);
    CHECK(verbose.starts_with(fmt::format("orderd {}\nSQLite 3.", version())));
    CHECK(verbose.find("\nOpenSSL 3.") != std::string::npos);
    if (::access("/usr/bin/dpkg-query", X_OK) == 0) {
        CHECK(verbose.find("(Debian's libsodium-dev ") != std::string::npos);
    }
    std::ifstream file(std::filesystem::path(tests::kExecutable).parent_path() / "orderd.cdx.json");
    const auto bill = Json::parse(file);
    CHECK(bill["bomFormat"] == "CycloneDX");
    std::string list = fmt::format("orderd {}\n", version());
    std::vector<std::string> refs;
    for (const auto& component : bill["components"]) {
        list += component["name"].get<std::string>() + ' ' + component["version"].get<std::string>();
        if (component.contains("properties")) {
            list += " (" + component["properties"][0]["value"].get<std::string>() + ")";
        }
        list += '\n';
        refs.push_back(component["bom-ref"]);
        CHECK(component["purl"].get<std::string>().starts_with("pkg:"));
    }
    CHECK(list == verbose);
    CHECK(bill["dependencies"][0]["dependsOn"].get<std::vector<std::string>>() == refs);
}
