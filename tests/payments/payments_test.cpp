// Money is taken once, told of, and given back.

#include <fcntl.h>
#include <httplib.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <future>
#include <sstream>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "orders/lifecycle.h"
#include "payments/desk.h"
#include "payments/sandbox.h"
#include "payments/support.h"
#include "support/doomed.h"
#include "support/program.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

void with_sandbox(app::Config& config) {
    config.sandbox_payments = true;
    config.job_workers = 2;
    config.payment_wait_ms = 120'000;  // a stalled machine is not what a test looks for
}

constexpr auto kSuccess = "4242424242424242";

Json card(const std::string& number) {
    return {{"type", "card"}, {"number", number}, {"exp_month", 12}, {"exp_year", 2030}, {"cvc", "737"}};
}

std::int64_t charged(payments::Sandbox& sandbox, std::int64_t order) {
    std::int64_t count = 0;
    for (const auto& entry : sandbox.ledger()) {
        count += entry.order == order && entry.status == "captured" ? 1 : 0;
    }
    return count;
}

}  // namespace

TEST_CASE("a card pays an order, once") {
    Shop shop(with_sandbox);
    const auto order = place(shop, shop.product({}));
    const auto paid = pay(shop, order, card(kSuccess));
    REQUIRE(paid.status == 201);
    CHECK(paid.body["status"] == "succeeded");
    CHECK(paid.body["amount"] == 1250);
    CHECK(paid.body["method"]["brand"] == "visa");
    CHECK(paid.body["method"]["last4"] == "4242");
    CHECK(paid.body["gateway"] == "sandbox");
    CHECK(status_of(shop, order) == "paid");
    const auto again = pay(shop, order, card(kSuccess));
    CHECK(again.status == 409);
    CHECK(again.code() == "already_paid");
    CHECK(charged(*shop.app().sandbox(), order.id) == 1);
    CHECK(shop.get(path_of(paid), order.token).body["status"] == "succeeded");
    CHECK(shop.get(path_of(paid), place(shop, 1).token).status == 404);
    shop.check_invariants();
}

TEST_CASE("the same request again, by its Idempotency-Key, gets the same answer") {
    Shop shop(with_sandbox);
    const auto order = place(shop, shop.product({}));
    const auto first = pay(shop, order, card(kSuccess), {{"Idempotency-Key", "k-1"}});
    const auto second = pay(shop, order, card(kSuccess), {{"Idempotency-Key", "k-1"}});
    CHECK(first.status == 201);
    CHECK(second.status == 201);
    CHECK(second.text == first.text);
    CHECK(charged(*shop.app().sandbox(), order.id) == 1);
}

TEST_CASE("32 clients that pay the same order at once make one charge", "[concurrency]") {
    Shop shop(with_sandbox);
    const auto order = place(shop, shop.product({}));
    const auto replies = shop.at_once(32, [&](int) { return pay(shop, order, card(kSuccess)); });
    CHECK(count(replies, 201) >= 1);
    CHECK(count(replies, 201) + count(replies, 409) == 32);
    CHECK(charged(*shop.app().sandbox(), order.id) == 1);
    CHECK(shop.app().sandbox()->ledger().size() == 1);
    CHECK(status_of(shop, order) == "paid");
    shop.check_invariants();
}

TEST_CASE("a decline is 402 with its reason, and the payment can be tried again") {
    const auto [number, code] = GENERATE(table<std::string, std::string>({{"4000000000000002", "card_declined"},
                                                                          {"4000000000009995", "insufficient_funds"},
                                                                          {"4000000000009979", "card_declined"},
                                                                          {"4000000000000069", "expired_card"},
                                                                          {"4000000000000127", "incorrect_cvc"},
                                                                          {"4000000000000119", "processing_error"},
                                                                          {"4012888888881881", "test_card_required"}}));
    Shop shop(with_sandbox);
    const auto order = place(shop, shop.product({}));
    const auto declined = pay(shop, order, card(number));
    CHECK(declined.status == 402);
    CHECK(declined.code() == code);
    CHECK(status_of(shop, order) == "pending");
    const auto paid = pay(shop, order, card(kSuccess));
    CHECK(paid.status == 201);
    CHECK(paid.body["id"] == declined.body["payment_id"]);
    CHECK(status_of(shop, order) == "paid");
    const auto attempts = shop.get("/admin" + path_of(paid), shop.viewer()).body["attempts"];
    REQUIRE(attempts.size() == 2);
    CHECK(attempts[0]["outcome"] == "failed");
    CHECK(attempts[1]["outcome"] == "succeeded");
    shop.check_invariants();
}

TEST_CASE("a card that cannot be one is refused with all its faults, and without saying it back") {
    Shop shop(with_sandbox);
    const auto order = place(shop, shop.product({}));
    const auto refused =
        pay(shop, order,
            {{"type", "card"}, {"number", "4242424242424241"}, {"exp_month", 1}, {"exp_year", 2020}, {"cvc", "73"}});
    CHECK(refused.status == 422);
    CHECK(refused.body["errors"].size() == 3);
    CHECK(refused.text.find("4242424242424241") == std::string::npos);
    CHECK(pay(shop, order, {{"type", "card"}}).status == 422);
    CHECK(shop.post("/payments", {{"order_id", order.id}, {"amount", 1}, {"method", card(kSuccess)}}, order.token)
              .code() == "amount_mismatch");
    CHECK(shop.app().sandbox()->ledger().empty());
}

TEST_CASE("without a gateway no card is taken") {
    Shop shop;
    const auto refused = pay(shop, place(shop, shop.product({})), card(kSuccess));
    CHECK(refused.status == 409);
    CHECK(refused.code() == "gateway_not_configured");
}

TEST_CASE("a lost answer and a time-out lead to one charge") {
    const auto* number = GENERATE("4000000000006009", "4000000000007007");
    Shop shop([](app::Config& config) { config.sandbox_payments = true; });
    const auto order = place(shop, shop.product({}));
    const auto waiting = pay(shop, order, card(number));
    REQUIRE(waiting.status == 202);
    CHECK(waiting.body["status"] == "processing");
    shop.drain();
    CHECK(status_of(shop, order) == "pending");
    shop.advance(minutes(1));
    CHECK(after_jobs(shop, path_of(waiting), order.token).body["status"] == "succeeded");
    CHECK(status_of(shop, order) == "paid");
    CHECK(charged(*shop.app().sandbox(), order.id) == 1);
    shop.check_invariants();
}

TEST_CASE("3-D Secure asks the customer, who approves or refuses") {
    const bool approves = GENERATE(true, false);
    Shop shop([](app::Config& config) { config.sandbox_payments = true; });
    const auto order = place(shop, shop.product({}));
    const auto asked = pay(shop, order, card("4000002500003155"));
    REQUIRE(asked.status == 202);
    const auto waiting = after_jobs(shop, path_of(asked), order.token);
    CHECK(waiting.body["status"] == "requires_action");
    const auto url = waiting.body["action_url"].get<std::string>();
    const auto page = url.substr(url.find("/sandbox/"));
    CHECK(shop.get(page).status == 200);
    const auto said =
        shop.send("POST", page, approves ? "decision=approve" : "decision=refuse", "application/x-www-form-urlencoded");
    CHECK(said.status == 200);
    const auto payment = after_jobs(shop, path_of(asked), order.token);
    CHECK(payment.body["status"] == (approves ? "succeeded" : "failed"));
    CHECK(status_of(shop, order) == (approves ? "paid" : "pending"));
    shop.check_invariants();
}

TEST_CASE("a charge that lands after its order was cancelled is refunded automatically") {
    Shop shop([](app::Config& config) { config.sandbox_payments = true; });
    const auto order = place(shop, shop.product({}));
    const auto waiting = pay(shop, order, card("4000000000007007"));
    shop.drain();  // charged, and the answer is lost
    CHECK(shop.post("/orders/" + std::to_string(order.id) + "/cancel", Json::object(), order.token).status == 200);
    shop.advance(minutes(1));
    const auto payment = after_jobs(shop, path_of(waiting), order.token);
    CHECK(payment.body["status"] == "refunded");
    const auto kinds = shop.events();
    CHECK(std::count(kinds.begin(), kinds.end(), "payment.late") == 1);
    CHECK(shop.app().sandbox()->ledger().at(0).refunded.minor == 1250);
    shop.check_invariants();
}

TEST_CASE("a refund whose answer could not be kept is found by its key, and made once") {
    Shop shop(with_sandbox);
    const auto order = place(shop, shop.product({}));
    const auto paid = pay(shop, order, card(kSuccess));
    REQUIRE(paid.status == 201);
    // The answer once the gateway decided is 201; how the refund began is kept with the refund itself.
    shop.store().writer().run([](storage::Transaction& tx) {
        tx.run(
            "CREATE TRIGGER forgetful BEFORE INSERT ON idempotency_key WHEN NEW.status = 201 "
            "BEGIN SELECT RAISE(ABORT, 'forgotten'); END");
    });
    const auto refund = [&](int amount) {
        return shop.post(path_of(paid) + "/refunds", {{"amount", amount}}, shop.staff(), {{"Idempotency-Key", "K"}});
    };
    CHECK(refund(100).status == 500);
    const auto again = refund(100);
    CHECK(again.status == 202);
    CHECK(again.header("Idempotent-Replayed") == "true");
    CHECK(refund(200).code() == "idempotency_key_reused");
    const auto payment = shop.get(path_of(paid), order.token).body;
    CHECK(payment["refunded"] == 100);
    REQUIRE(payment["refunds"].size() == 1);
    CHECK(payment["refunds"][0]["id"] == again.body["id"]);
    CHECK(shop.app().sandbox()->ledger().at(0).refunded.minor == 100);
    shop.store().writer().run([](storage::Transaction& tx) { tx.run("DROP TRIGGER forgetful"); });
    shop.check_invariants();
}

TEST_CASE("a capture or a void whose answer could not be kept is found by its key") {
    const auto* act = GENERATE("/capture", "/void");
    Shop shop([](app::Config& config) {
        with_sandbox(config);
        config.authorize_only = true;
    });
    const auto held = pay(shop, place(shop, shop.product({})), card(kSuccess));
    REQUIRE(held.body["status"] == "authorized");
    shop.store().writer().run([](storage::Transaction& tx) {
        tx.run(
            "CREATE TRIGGER forgetful BEFORE INSERT ON idempotency_key WHEN NEW.status = 200 "
            "BEGIN SELECT RAISE(ABORT, 'forgotten'); END");
    });
    const auto ask = [&] {
        return shop.post(path_of(held) + act, Json::object(), shop.staff(), {{"Idempotency-Key", "K"}});
    };
    CHECK(ask().status == 500);
    const auto again = ask();
    CHECK(again.status == 202);
    CHECK(again.body["id"] == held.body["id"]);
    shop.store().writer().run([](storage::Transaction& tx) { tx.run("DROP TRIGGER forgetful"); });
    shop.check_invariants();
}

TEST_CASE("a refund whose process died before it was answered is made once", "[crash]") {
    const TemporaryFolder folder;
    std::string payment;
    std::string token;
    {
        Shop shop([&](app::Config& config) {
            with_sandbox(config);
            config.data = folder.path();
        });
        const auto order = place(shop, shop.product({}));
        payment = path_of(pay(shop, order, card(kSuccess)));
        token = order.token;
    }
    const std::string password = "correct horse battery";
    const auto data = folder.path().string();
    REQUIRE(run_orderd({"admin", "add", "ada", "--role", "owner", "--password-stdin", "--data", data}, password + "\n")
                .exit_code == 0);
    const std::vector<std::string> without_workers{"--sandbox-payments", "--job-workers", "0"};
    std::string owner;
    const auto refund = [&](int port) {
        httplib::Client client("127.0.0.1", port);
        client.set_read_timeout(60);
        return client.Post(payment + "/refunds", {{"Authorization", "Bearer " + owner}, {"Idempotency-Key", "K"}},
                           R"({"amount": 100})", "application/json");
    };
    const auto refunds = [&](int port) {
        httplib::Client client("127.0.0.1", port);
        return Json::parse(client.Get(payment, {{"Authorization", "Bearer " + token}})->body)["refunds"];
    };
    {
        Served served(folder.path(), without_workers);
        httplib::Client client("127.0.0.1", served.port());
        const auto login =
            client.Post("/auth/login", Json{{"username", "ada"}, {"password", password}}.dump(), "application/json");
        owner = Json::parse(login->body)["access_token"];
        std::thread asks([&] { refund(served.port()); });  // waits for a gateway that nobody asks
        while (refunds(served.port()).empty()) {
            std::this_thread::yield();
        }
        served.kill();
        asks.join();
    }
    Served served(folder.path(), without_workers);
    const auto again = refund(served.port());
    REQUIRE(again);
    CHECK(again->status == 202);
    const auto made = refunds(served.port());
    REQUIRE(made.size() == 1);
    CHECK(made[0]["id"] == Json::parse(again->body)["id"]);
}

TEST_CASE("refunds never pass what was captured, whoever asks at once", "[concurrency]") {
    Shop shop(with_sandbox);
    const auto order = place(shop, shop.product({.price = 1000}));
    const auto paid = pay(shop, order, card(kSuccess));
    REQUIRE(paid.status == 201);
    const auto replies = shop.at_once(16, [&](int) {
        return shop.post(path_of(paid) + "/refunds", {{"amount", 300}}, shop.staff());
    });
    CHECK(count(replies, 201) + count(replies, 202) == 3);
    CHECK(count(replies, 409) == 13);
    CHECK(shop.post(path_of(paid) + "/refunds", Json::object(), shop.staff()).body["amount"] == 100);
    CHECK(shop.get(path_of(paid), order.token).body["status"] == "refunded");
    CHECK(shop.app().sandbox()->ledger().at(0).refunded.minor == 1000);
    shop.check_invariants();
}

TEST_CASE("cancelling a paid order gives its money back") {
    Shop shop(with_sandbox);
    const auto order = place(shop, shop.product({}));
    const auto paid = pay(shop, order, card(kSuccess));
    CHECK(shop.post("/orders/" + std::to_string(order.id) + "/cancel", Json::object(), order.token).status == 200);
    // The shop's own workers do it, or drain() does.
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (shop.get(path_of(paid), order.token).body["status"] != "refunded" ||
           shop.app().sandbox()->ledger().at(0).refunded.minor == 0) {
        REQUIRE(std::chrono::steady_clock::now() < until);
        shop.drain();
    }
    CHECK(shop.get(path_of(paid), order.token).body["status"] == "refunded");
    CHECK(shop.app().sandbox()->ledger().at(0).refunded.minor == 1250);
    shop.check_invariants();
}

TEST_CASE("an authorized card is captured or let go by staff") {
    Shop shop([](app::Config& config) {
        with_sandbox(config);
        config.authorize_only = true;
    });
    const auto mug = shop.product({});
    const auto order = place(shop, mug);
    const auto held = pay(shop, order, card(kSuccess));
    CHECK(held.body["status"] == "authorized");
    CHECK(status_of(shop, order) == "pending");
    CHECK(shop.post(path_of(held) + "/capture", Json::object(), shop.viewer()).status == 403);
    const auto captured = shop.post(path_of(held) + "/capture", Json::object(), shop.staff());
    CHECK(captured.body["status"] == "succeeded");
    CHECK(status_of(shop, order) == "paid");

    const auto other = place(shop, mug);
    const auto let_go = pay(shop, other, card(kSuccess));
    CHECK(shop.post(path_of(let_go) + "/void", Json::object(), shop.staff()).body["status"] == "voided");
    CHECK(status_of(shop, other) == "pending");
    CHECK(pay(shop, other, card(kSuccess)).body["status"] == "authorized");
    shop.check_invariants();
}

TEST_CASE("when a capture and a void race, one wins, and the other is refused and stands in no log", "[concurrency]") {
    Shop shop([](app::Config& config) {
        config.sandbox_payments = true;
        config.authorize_only = true;
    });
    const auto mug = shop.product({.on_hand = 20});
    for (int i = 0; i < 6; ++i) {
        const auto order = place(shop, mug);
        const auto held = pay(shop, order, card(kSuccess));
        REQUIRE(after_jobs(shop, path_of(held), order.token).body["status"] == "authorized");
        const auto ask = [&](bool captures) {
            return shop.post(path_of(held) + (captures ? "/capture" : "/void"), Json::object(), shop.staff());
        };
        // In one order, in the other, and at once.
        const auto answers = i < 4 ? std::vector{ask(i % 2 == 0), ask(i % 2 != 0)}
                                   : shop.at_once(2, [&](int caller) { return ask(caller == 0); });
        CHECK(count(answers, 202) == 1);
        CHECK(count(answers, 409) == 1);
        const bool captured = i < 4 ? i % 2 == 0 : answers[0].status == 202;
        const auto& refused = i < 4 ? answers[1] : answers[captured ? 1 : 0];
        CHECK(refused.code() == (captured ? "not_voidable" : "not_capturable"));
        CHECK(after_jobs(shop, path_of(held), order.token).body["status"] == (captured ? "succeeded" : "voided"));
    }
    CHECK(shop.get("/admin/audit?subject=payment", shop.owner()).body["data"].size() == 6);
    shop.check_invariants();
}

TEST_CASE("an order that is cancelled while its payment is captured gets its money back") {
    Shop shop([](app::Config& config) {
        config.sandbox_payments = true;
        config.authorize_only = true;
    });
    const auto order = place(shop, shop.product({}));
    const auto held = pay(shop, order, card(kSuccess));
    REQUIRE(after_jobs(shop, path_of(held), order.token).body["status"] == "authorized");
    REQUIRE(shop.post(path_of(held) + "/capture", Json::object(), shop.staff()).status == 202);
    REQUIRE(shop.post("/orders/" + std::to_string(order.id) + "/cancel", {{"reason", "x"}}, shop.staff()).status ==
            200);
    const auto tries = [&](const std::string& kind) {
        return shop.store().read().value<int>("SELECT max_attempts FROM job WHERE kind = ?1", kind);
    };
    CHECK(tries("payment.settle") == tries("payment.capture"));  // neither gives up before the other
    shop.drain();
    shop.advance(minutes(1));
    CHECK(after_jobs(shop, path_of(held), order.token).body["status"] == "refunded");
    shop.check_invariants();
}

TEST_CASE("while a capture is under way, the same is that one, and another amount is refused") {
    Shop shop([](app::Config& config) {
        config.sandbox_payments = true;
        config.authorize_only = true;
    });
    const auto order = place(shop, shop.product({.price = 1000}));
    const auto held = pay(shop, order, card(kSuccess));
    REQUIRE(after_jobs(shop, path_of(held), order.token).body["status"] == "authorized");
    const auto capture = [&](int amount) {
        return shop.post(path_of(held) + "/capture", {{"amount", amount}}, shop.staff());
    };
    CHECK(capture(700).status == 202);
    CHECK(capture(700).status == 202);
    const auto other = capture(900);
    CHECK(other.status == 409);
    CHECK(other.code() == "capture_under_way");
    CHECK(other.body["amount"] == 700);
    const auto kinds = shop.events();
    CHECK(std::count(kinds.begin(), kinds.end(), "payment.capturing") == 1);
    const auto audit = shop.get("/admin/audit?subject=payment", shop.owner()).body["data"];
    REQUIRE(audit.size() == 1);
    CHECK(audit[0]["after"]["amount"] == 700);
    CHECK(after_jobs(shop, path_of(held), order.token).body["captured"] == 700);
    shop.check_invariants();
}

TEST_CASE("whoever asks whether a payment, its order or its history changed is told so") {
    Shop shop([](app::Config& config) { config.sandbox_payments = true; });
    const auto mug = shop.product({});
    const auto order = place(shop, mug);
    struct Known {
        std::string path;
        std::string token;
        Reply seen = {};
    };
    std::vector<Known> all{{"/orders/" + std::to_string(order.id), order.token},
                           {"/admin/orders/" + std::to_string(order.id), shop.viewer()},
                           {"/admin/inventory/" + std::to_string(mug), shop.viewer()}};
    // What differs must not be 304; what is the same must be.
    const auto look_again = [&] {
        for (auto& it : all) {
            INFO(it.path);
            auto now = shop.get(it.path, it.token);
            REQUIRE(now.status == 200);
            const auto conditional = shop.get(it.path, it.token, {{"If-None-Match", it.seen.header("ETag")}});
            CHECK(conditional.status == (now.text == it.seen.text ? 304 : 200));
            it.seen = std::move(now);
        }
    };
    look_again();
    const auto declined = pay(shop, order, card("4000000000000002"));
    look_again();
    shop.drain();
    CHECK(shop.get(all[0].path, order.token).body["payment_status"] == "failed");
    look_again();
    all.push_back({path_of(declined), order.token});
    all.push_back({"/admin" + path_of(declined), shop.viewer()});
    look_again();
    REQUIRE(pay(shop, order, {{"type", "bank_transfer"}}).status == 201);
    CHECK(shop.get(all[2].path, shop.viewer()).body["holds"][0]["expires_at"] == "2026-01-08T00:00:00.000Z");
    look_again();
    REQUIRE(shop.post(path_of(declined) + "/void", Json::object(), shop.staff()).status == 200);
    look_again();
    REQUIRE(pay(shop, order, card(kSuccess)).status == 202);
    look_again();
    shop.drain();
    look_again();
    REQUIRE(shop.post(path_of(declined) + "/refunds", {{"amount", 100}}, shop.staff()).status == 202);
    CHECK(shop.get(all[0].path, order.token).body["payment_status"] == "partially_refunded");
    look_again();
    shop.drain();
    CHECK(shop.get(path_of(declined), order.token).body["refunds"][0]["status"] == "succeeded");
    look_again();
    look_again();
    // Both what was composed with a version and the version itself are what an edit is based on.
    const auto version = "\"" + all[1].seen.body["version"].dump() + "\"";
    const Json note{{"staff_note", "asked for a receipt"}};
    const auto noted = shop.put(all[1].path, note, shop.staff(), {{"If-Match", all[1].seen.header("ETag")}});
    CHECK(noted.status == 200);
    CHECK(shop.put(all[1].path, note, shop.staff(), {{"If-Match", version}}).status == 412);
    look_again();
}

TEST_CASE("a bank transfer holds its stock until an admin marks it received") {
    Shop shop;
    const auto order = place(shop, shop.product({}));
    const auto waiting = pay(shop, order, {{"type", "bank_transfer"}});
    REQUIRE(waiting.status == 201);
    CHECK(waiting.body["status"] == "processing");
    shop.advance(hours(2));  // a card's reservation would be over
    shop.drain();
    CHECK(status_of(shop, order) == "pending");
    const auto received = shop.post(path_of(waiting) + "/capture", {{"reference", "INV 1001 LOVELACE"}}, shop.staff());
    CHECK(received.status == 200);
    CHECK(received.body["status"] == "succeeded");
    CHECK(status_of(shop, order) == "paid");
    const auto listed = shop.get("/admin/payments?status=succeeded&method=bank_transfer", shop.viewer());
    REQUIRE(listed.body["data"].size() == 1);
    CHECK(listed.body["data"][0]["reference"] == "INV 1001 LOVELACE");
    CHECK(shop.get("/admin/payments?status=failed", shop.viewer()).body["data"].empty());
    shop.check_invariants();
}

TEST_CASE("a partial capture pays the order, and the rest is not refundable") {
    Shop shop([](app::Config& config) {
        with_sandbox(config);
        config.authorize_only = true;
    });
    const auto order = place(shop, shop.product({.price = 1000}));
    const auto held = pay(shop, order, card(kSuccess));
    const auto captured = shop.post(path_of(held) + "/capture", {{"amount", 700}}, shop.staff());
    CHECK(captured.body["status"] == "succeeded");
    CHECK(captured.body["captured"] == 700);
    CHECK(status_of(shop, order) == "paid");
    const auto refused = shop.post(path_of(held) + "/refunds", {{"amount", 701}}, shop.staff());
    CHECK(refused.code() == "refund_exceeds_captured");
    CHECK(refused.body["refundable"] == 700);
    CHECK(shop.app().sandbox()->ledger().at(0).captured.minor == 700);
    shop.check_invariants();
}

TEST_CASE("a refund puts units back on the shelf, as many as were sent and not one more") {
    Shop shop([](app::Config& config) { config.sandbox_payments = true; });
    const auto mug = shop.product({.on_hand = 5});
    const auto placed = shop.order({{mug, 3}});
    const Placed order{placed.body["id"], placed.body["access_token"]};
    const auto item = placed.body["items"][0]["id"];
    const auto paid = pay(shop, order, card(kSuccess));
    shop.drain();
    const auto restock = [&](int units, int amount) {
        return shop.post(path_of(paid) + "/refunds",
                         {{"amount", amount}, {"restock", {{{"item_id", item}, {"quantity", units}}}}}, shop.staff());
    };
    CHECK(restock(1, 100).status == 409);  // nothing was sent yet
    const auto fulfilment = "/orders/" + std::to_string(order.id) + "/fulfillment";
    REQUIRE(shop.put(fulfilment, {{"carrier", "local"}, {"service", "standard"}, {"parcel", {{"weight_g", 500}}}},
                     shop.staff())
                .status == 202);
    shop.drain();
    REQUIRE(shop.put(fulfilment, {{"status", "shipped"}}, shop.staff()).status == 200);
    const auto on_hand = [&] {
        return shop.get("/admin/inventory/" + std::to_string(mug), shop.staff()).body["on_hand"];
    };
    CHECK(on_hand() == 2);
    CHECK(restock(4, 100).code() == "not_shipped");
    CHECK(restock(2, 2500).status == 202);
    CHECK(on_hand() == 4);
    CHECK(restock(2, 100).code() == "not_shipped");
    const auto restock_these = [&](const Json& lines) {
        return shop.post(path_of(paid) + "/refunds", {{"amount", 1}, {"restock", lines}}, shop.staff());
    };
    const Json one{{"item_id", item}, {"quantity", 1}};
    const Json nobodys{{"item_id", 999'999}, {"quantity", 1}};
    const auto of_another = shop.order({{shop.product({.sku = "POT"}), 1}}).body["items"][0]["id"];
    const auto refused = restock_these({one, nobodys, {{"item_id", of_another}, {"quantity", 1}}});
    CHECK(refused.status == 422);
    REQUIRE(refused.body["errors"].size() == 2);
    CHECK(refused.body["errors"][0]["pointer"] == "/restock/1/item_id");
    CHECK(refused.body["errors"][1]["pointer"] == "/restock/2/item_id");
    CHECK(restock_these({one, one}).code() == "not_shipped");  // together more than the one that is left
    CHECK(shop.get(path_of(paid), order.token).body["refunded"] == 2500);
    CHECK(restock(1, 1250).status == 202);
    CHECK(on_hand() == 5);
    CHECK(status_of(shop, order) == "returned");
    CHECK(after_jobs(shop, path_of(paid), order.token).body["status"] == "refunded");
    shop.check_invariants();
}

TEST_CASE("a card that answers slowly is answered 202, and charged once") {
    Shop shop([](app::Config& config) {
        with_sandbox(config);
        config.payment_wait_ms = 50;
        config.sandbox_slowness_ms = 0;
    });
    std::promise<void> may_charge;  // let go by its end at the latest
    shop.app().payments().at_moment = [charges = may_charge.get_future().share()](payments::Moment moment) {
        if (moment == payments::Moment::before_call) {
            charges.wait();
        }
    };
    const auto order = place(shop, shop.product({}));
    const auto first = pay(shop, order, card("4000000000008005"));
    CHECK(first.status == 202);
    CHECK(first.body["status"] == "processing");
    const auto again = pay(shop, order, card("4000000000008005"));  // an impatient customer
    CHECK(again.body["id"] == first.body["id"]);
    may_charge.set_value();
    while (shop.get(path_of(first), order.token).body["status"] == "processing") {
        std::this_thread::yield();
    }
    CHECK(shop.get(path_of(first), order.token).body["status"] == "succeeded");
    CHECK(shop.app().sandbox()->ledger().size() == 1);
    CHECK(status_of(shop, order) == "paid");
    shop.check_invariants();
}

TEST_CASE("an order whose time is over during the charge expires, and its money is refunded automatically") {
    Shop shop([](app::Config& config) { config.sandbox_payments = true; });
    const auto order = place(shop, shop.product({}));
    shop.app().payments().at_moment = [&](payments::Moment moment) {
        if (moment == payments::Moment::after_call) {
            shop.advance(minutes(31));
            shop.store().writer().run([&](storage::Transaction& tx) { orders::expire_due(tx, shop.clock().now()); });
        }
    };
    const auto waiting = pay(shop, order, card(kSuccess));
    const auto payment = after_jobs(shop, path_of(waiting), order.token);
    CHECK(status_of(shop, order) == "expired");
    CHECK(payment.body["status"] == "refunded");
    CHECK(shop.app().sandbox()->ledger().at(0).refunded.minor == 1250);
    const auto kinds = shop.events();
    CHECK(std::count(kinds.begin(), kinds.end(), "payment.late") == 1);
    CHECK(pay(shop, order, card(kSuccess)).status == 409);
    shop.check_invariants();
}

TEST_CASE("no card number, security code or key stays anywhere: database, WAL, logs, errors, events") {
    const TemporaryFolder folder;
    const TemporaryFolder elsewhere;
    const auto log = elsewhere.path() / "log";
    const std::vector<std::string> secrets{kSuccess,   "4000000000000002", "4242424242424241", "\"737\"",
                                           "90210371", StripeLike::kKey,   kWebhookSecret};
    std::string answers;
    const int original = ::dup(STDERR_FILENO);
    const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    ::dup2(file, STDERR_FILENO);
    {
        StripeShop it([&](app::Config& config) {
            config.data = folder.path();
            config.sandbox_payments = true;
            config.log_level = "debug";
        });
        auto& shop = it.shop;
        const auto mug = shop.product({.on_hand = 50});
        const auto keep = [&](const Reply& reply) { answers += reply.text; };
        // By Stripe: refused cards, good and bad tokens, Stripe in trouble, webhooks good and bad.
        keep(tests::pay(shop, place(shop, mug), card(kSuccess)));
        keep(it.paid(place(shop, mug)));
        keep(it.paid(place(shop, mug), "pm_card_visa_chargeDeclined"));
        it.stripe.next({.status = 500}, 5);
        keep(it.paid(place(shop, mug)));
        keep(it.tell("{"));
        it.hear("payment_intent.succeeded", it.stripe.intents().at(0)["id"]);
        keep(shop.put("/admin/settings", {{"stripe_secret_key", "sk_test_revoked90210371"}}, shop.owner()));
        keep(it.paid(place(shop, mug)));
        // By the sandbox: a good card, a declined one, one with a wrong digit, a wrong code, and a body that is none.
        REQUIRE(shop.put("/admin/settings", {{"card_gateway", "sandbox"}}, shop.owner()).status == 200);
        for (const auto* number : {kSuccess, "4000000000000002", "4242424242424241", "4000000000007007"}) {
            const auto order = place(shop, mug);
            keep(tests::pay(shop, order, card(number), {{"Idempotency-Key", std::string("k-") + number[12]}}));
            shop.drain();
        }
        auto odd = card(kSuccess);
        odd["cvc"] = "90210371";
        keep(tests::pay(shop, place(shop, mug), odd));
        odd["unknown"] = kSuccess;
        keep(tests::pay(shop, place(shop, mug), odd));
        keep(shop.send("POST", "/payments", std::string("{\"number\": \"") + kSuccess, "application/json",
                       shop.owner()));
        for (const auto* path : {"/admin/settings", "/admin/audit", "/admin/events", "/admin/jobs", "/admin/payments",
                                 "/metrics", "/payment-methods"}) {
            keep(shop.get(path, shop.owner()));
        }
        shop.check_invariants();
        // While it runs, so that the WAL is there too.
        for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
            std::ostringstream bytes;
            bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
            for (const auto& secret : secrets) {
                INFO(entry.path() << " has " << secret);
                CHECK(bytes.str().find(secret) == std::string::npos);
            }
        }
    }
    ::dup2(original, STDERR_FILENO);
    ::close(original);
    ::close(file);
    std::ostringstream logged;
    logged << std::ifstream(log).rdbuf();
    CHECK_FALSE(logged.str().empty());
    for (const auto& secret : secrets) {
        INFO(secret);
        CHECK(logged.str().find(secret) == std::string::npos);
        CHECK(answers.find(secret) == std::string::npos);
    }
}

TEST_CASE("a process that dies at any moment of a charge charges once, and the order is paid") {
    using payments::Moment;
    const auto moment = GENERATE(Moment::before_call, Moment::after_call, Moment::before_commit, Moment::after_commit);
    const TemporaryFolder folder;
    Doomed process([&](const auto&) {
        Shop shop([&](app::Config& config) {
            with_sandbox(config);
            config.data = folder.path();
        });
        shop.app().payments().at_moment = [&](Moment reached) {
            if (reached == moment) {
                ::kill(::getpid(), SIGKILL);
            }
        };
        const auto placed = shop.order({{shop.product({}), 1}});
        const auto method = card(kSuccess);
        shop.post("/payments", {{"order_id", placed.body["id"]}, {"method", method}},
                  placed.body["access_token"].get<std::string>());
    });
    REQUIRE(process.was_killed());

    app::Config config;
    with_sandbox(config);
    config.data = folder.path();
    Restarted again(config);
    auto& app = *again.app;
    CHECK(charged(*app.sandbox(), 1001) == 1);
    CHECK(app.sandbox()->ledger().size() == 1);
    CHECK(app.store().read().value<std::string>("SELECT status FROM orders WHERE id = 1001") == "paid");
}
