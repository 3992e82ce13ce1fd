#include "notify/webhook.h"

#include <httplib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <sstream>
#include <string_view>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "notify/delivering.h"
#include "notify/kinds.h"
#include "notify/receiver.h"
#include "orders/machine.h"
#include "paths.h"
#include "storage/event_log.h"
#include "support/closed_port.h"
#include "support/shop.h"

using namespace orderd;
using tests::Receiver;
using tests::Reply;
using tests::Shop;

namespace {

struct Told : Shop {
    /// An address at which nobody listens.
    std::string closed_url() const { return nobody.url() + "/hook"; }

    explicit Told(bool private_webhooks = true)
        : Shop([=](app::Config& config) { config.private_webhooks = private_webhooks; }) {
        drain();
    }

    Reply hook(const std::vector<std::string>& events) {
        return post("/admin/webhooks", {{"url", receiver.url()}, {"events", events}}, owner());
    }
    Json delivery() { return get("/admin/webhook-deliveries", owner()).body["data"].at(0); }
    std::string path_of(const Reply& hook) {
        return "/admin/webhooks/" + std::to_string(hook.body["id"].get<std::int64_t>());
    }

    Receiver receiver;
    const tests::ClosedPort nobody;
};

}  // namespace

TEST_CASE("a webhook's signature is that of the Standard Webhooks specification") {
    CHECK(notify::signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                            R"({"test": 2432232314})") == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    CHECK_THROWS(notify::signature("secret", "id", 1, "body"));
}

TEST_CASE("a webhook is told of the events it asked for, signed, and of no other") {
    Told shop;
    const auto hook = shop.hook({"order.*"});
    REQUIRE(hook.status == 201);
    const auto secret = hook.body["secret"].get<std::string>();
    CHECK(secret.starts_with("whsec_"));
    CHECK_FALSE(shop.get(shop.path_of(hook), shop.owner()).body.contains("secret"));

    const auto mug = shop.product({});
    const auto order = shop.order({{mug, 1}});
    shop.drain();
    shop.drain();

    const auto taken = shop.receiver.taken();
    REQUIRE(taken.size() == 1);
    const auto body = Json::parse(taken[0].body);
    CHECK(body["type"] == "order.placed");
    CHECK(body["data"]["subject_id"] == order.body["id"]);
    CHECK(taken[0].body.find("ada@example.com") == std::string::npos);
    const auto id = taken[0].get_header_value("webhook-id");
    const auto timestamp = taken[0].get_header_value("webhook-timestamp");
    CHECK(timestamp == std::to_string(shop.clock().now().ms / 1000));
    CHECK(taken[0].get_header_value("webhook-signature") ==
          notify::signature(secret, id, std::stoll(timestamp), taken[0].body));
    CHECK(id == events::id_of(shop.store().read(), body["data"]["sequence"]));
    CHECK(id == shop.delivery()["event_id"]);
    CHECK(shop.delivery()["status"] == "delivered");
    CHECK(shop.delivery()["response_status"] == 204);
    const auto whole = shop.get("/admin/webhook-deliveries/" + shop.delivery()["id"].dump(), shop.owner());
    CHECK(whole.body["payload"] == body);
}

TEST_CASE("a delivery that fails is tried again on its schedule, under one id, and then given up") {
    Told shop;
    REQUIRE(shop.hook({"product.created"}).status == 201);
    shop.receiver.answer(500);
    shop.product({});
    shop.drain();
    CHECK(shop.delivery()["status"] == "pending");
    CHECK(shop.delivery()["last_error"] == "it answered 500");
    CHECK(shop.drain() == 0);  // not before its time
    for (int i = 0; i < 9; ++i) {
        shop.advance(hours(25));
        shop.drain();
    }
    const auto taken = shop.receiver.taken();
    REQUIRE(taken.size() == 10);
    CHECK(taken.front().get_header_value("webhook-id") == taken.back().get_header_value("webhook-id"));
    shop.sign_in_again();
    CHECK(shop.delivery()["status"] == "failed");

    shop.receiver.answer(200);
    const auto path = "/admin/webhook-deliveries/" + shop.delivery()["id"].dump() + "/replay";
    CHECK(shop.post(path, Json::object(), shop.owner()).status == 200);
    CHECK(shop.post(path, Json::object(), shop.owner()).code() == "delivery_pending");
    shop.drain();
    CHECK(shop.delivery()["status"] == "delivered");
    CHECK(shop.delivery()["attempts"] == 11);
    CHECK(shop.receiver.taken().back().get_header_value("webhook-id") == taken.front().get_header_value("webhook-id"));
}

TEST_CASE("R2: an endpoint that does not answer is paused alone, and staff see it and can try it now") {
    Told shop;
    const auto dead =
        shop.post("/admin/webhooks", {{"url", shop.closed_url()}, {"events", {"product.created"}}}, shop.owner());
    REQUIRE(dead.status == 201);
    CHECK(dead.body["paused_until"].is_null());
    REQUIRE(shop.hook({"product.created"}).status == 201);
    for (int i = 0; i < 5; ++i) {
        shop.product({.sku = "P" + std::to_string(i)});
    }
    shop.drain();
    const auto taken = shop.receiver.taken();
    REQUIRE(taken.size() == 5);  // the other one is told of everything, in order
    for (std::size_t i = 1; i < taken.size(); ++i) {
        CHECK(Json::parse(taken[i - 1].body)["data"]["sequence"] < Json::parse(taken[i].body)["data"]["sequence"]);
    }

    const auto shown = shop.get(shop.path_of(dead), shop.owner()).body;
    CHECK(shown["paused_until"] == rfc3339(shop.clock().now() + seconds(5)));
    CHECK(shown["paused_because"] == "it was not reached");
    const auto party = "webhook-" + dead.body["id"].dump();
    const auto lane_of = [&](const std::string& name) {
        const auto lanes = shop.get("/admin/job-lanes", shop.viewer()).body["data"];
        for (const auto& lane : lanes) {
            if (lane["lane"] == name) {
                return lane;
            }
        }
        return Json();
    };
    const auto paused = lane_of("webhooks")["paused"];
    REQUIRE(paused.size() == 1);
    CHECK(paused[0]["party"] == party);
    CHECK(paused[0]["reason"] == "it was not reached");
    CHECK(paused[0]["failures"] == 1);
    CHECK(paused[0]["waiting"] == 5);
    CHECK(lane_of("money")["paused"].empty());
    const auto waiting = shop.get("/admin/webhook-deliveries?status=pending", shop.owner()).body["data"];
    REQUIRE(waiting.size() == 5);
    for (const auto& delivery : waiting) {
        CHECK(delivery["next_attempt_at"] == shown["paused_until"]);
    }
    CHECK(waiting[4]["attempts"] == 1);  // the oldest alone was tried
    CHECK(waiting[3]["attempts"] == 0);
    const auto job = shop.get("/admin/jobs?lane=webhooks&status=ready", shop.viewer()).body["data"][0];
    CHECK(job["party"] == party);
    CHECK(job["paused_until"] == shown["paused_until"]);

    CHECK(shop.drain() == 0);
    const auto path = "/admin/job-parties/" + party + "/try";
    CHECK(shop.post(path, Json::object(), shop.viewer()).status == 403);
    CHECK(shop.post(path, Json::object(), shop.staff()).status == 204);
    CHECK(shop.drain() == 1);
    CHECK(lane_of("webhooks")["paused"][0]["failures"] == 2);
    CHECK(shop.post("/admin/job-parties/mail/try", Json::object(), shop.staff()).status == 404);

    // At its new address it is told of all that it missed, in order.
    const auto now = shop.get(shop.path_of(dead), shop.owner());
    CHECK(shop.put(shop.path_of(dead), {{"url", shop.receiver.url()}}, shop.owner(), {{"If-Match", now.header("ETag")}})
              .status == 200);
    shop.drain();
    const auto all = shop.receiver.taken();
    REQUIRE(all.size() == 10);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(all[i].body == all[i + 5].body);
    }
    CHECK(lane_of("webhooks")["paused"].empty());
    CHECK(shop.get(shop.path_of(dead), shop.owner()).body["paused_until"].is_null());
}

TEST_CASE("R2: an event that an endpoint refuses does not hold up the next one, and is tried again on its schedule") {
    Told shop;
    REQUIRE(shop.hook({"product.created"}).status == 201);
    shop.receiver.answer(500);
    shop.product({.sku = "A"});
    shop.drain();
    shop.receiver.answer(204);
    shop.product({.sku = "B"});
    shop.drain();
    CHECK(shop.receiver.taken().size() == 2);
    shop.advance(seconds(5));
    shop.drain();
    const auto taken = shop.receiver.taken();
    REQUIRE(taken.size() == 3);
    CHECK(taken[2].body == taken[0].body);
    CHECK(shop.get("/admin/webhook-deliveries?status=delivered", shop.owner()).body["data"].size() == 2);
}

TEST_CASE("R2: an endpoint that has not answered for three days is disabled, and what waits for it fails") {
    Told shop;
    const auto dead = shop.post("/admin/webhooks", {{"url", shop.closed_url()}, {"events", {"*"}}}, shop.owner());
    shop.product({.sku = "A"});
    shop.product({.sku = "B"});
    for (int i = 0; i < 400; ++i) {
        shop.drain();
        shop.advance(minutes(15));
    }
    shop.sign_in_again();
    const auto after = shop.get(shop.path_of(dead), shop.owner()).body;
    CHECK(after["enabled"] == false);
    CHECK(after["disabled_because"] == "it did not answer for three days");
    CHECK(shop.get("/admin/webhook-deliveries?status=pending", shop.owner()).body["data"].empty());
    CHECK(shop.get("/admin/jobs?lane=webhooks", shop.owner()).body["data"].empty());
}

TEST_CASE("an endpoint that says it is gone is disabled, and told nothing more") {
    Told shop;
    const auto hook = shop.hook({"*"});
    shop.receiver.answer(410);
    CHECK(shop.post(shop.path_of(hook) + "/test", Json::object(), shop.owner()).status == 204);
    shop.drain();
    const auto after = shop.get(shop.path_of(hook), shop.owner()).body;
    CHECK(after["enabled"] == false);
    CHECK(after["disabled_because"] == "it answered 410: it is gone");
    const auto so_far = shop.receiver.taken().size();
    shop.product({});
    shop.drain();
    CHECK(shop.receiver.taken().size() == so_far);
    CHECK(shop.post(shop.path_of(hook) + "/test", Json::object(), shop.owner()).code() == "webhook_disabled");
}

TEST_CASE("what happens while no webhook is enabled is told to none that comes later") {
    Told shop;
    const auto mug = shop.product({});
    const auto first = shop.hook({"order.placed"});
    shop.order({{mug, 1}});
    shop.drain();
    REQUIRE(shop.receiver.taken().size() == 1);

    const auto set_enabled = [&](bool enabled) {
        const auto now = shop.get(shop.path_of(first), shop.owner());
        REQUIRE(shop.put(shop.path_of(first), {{"enabled", enabled}}, shop.owner(), {{"If-Match", now.header("ETag")}})
                    .status == 200);
    };
    set_enabled(false);
    shop.order({{mug, 1}});
    shop.drain();
    set_enabled(true);
    shop.drain();
    CHECK(shop.receiver.taken().size() == 1);

    const auto heard = shop.order({{mug, 1}});
    shop.drain();
    REQUIRE(shop.receiver.taken().size() == 2);
    CHECK(Json::parse(shop.receiver.taken()[1].body)["data"]["subject_id"] == heard.body["id"]);
}

TEST_CASE("a test event goes to the one endpoint that it is for") {
    Told shop;
    shop.hook({"*"});
    const auto second = shop.hook({"order.placed"});
    CHECK(shop.post(shop.path_of(second) + "/test", Json::object(), shop.owner()).status == 204);
    shop.drain();
    const auto taken = shop.receiver.taken();
    REQUIRE(taken.size() == 1);
    CHECK(Json::parse(taken[0].body)["type"] == "webhook.test");
    CHECK(shop.delivery()["webhook_id"] == second.body["id"]);
}

TEST_CASE("after its secret was changed, a webhook is signed with both for a day") {
    Told shop;
    const auto hook = shop.hook({"product.created"});
    const auto rotated = shop.post(shop.path_of(hook) + "/rotate-secret", Json::object(), shop.owner());
    REQUIRE(rotated.status == 200);
    const auto expected = [&](const Json& with, const httplib::Request& request) {
        return notify::signature(with["secret"].get<std::string>(), request.get_header_value("webhook-id"),
                                 std::stoll(request.get_header_value("webhook-timestamp")), request.body);
    };
    shop.product({.sku = "A"});
    shop.drain();
    const auto during = shop.receiver.taken().at(0);
    CHECK(during.get_header_value("webhook-signature") ==
          expected(rotated.body, during) + " " + expected(hook.body, during));
    shop.advance(hours(24));
    shop.sign_in_again();
    shop.product({.sku = "B"});
    shop.drain();
    const auto later = shop.receiver.taken().at(1);
    CHECK(later.get_header_value("webhook-signature") == expected(rotated.body, later));
}

TEST_CASE("a webhook reaches no private address unless configuration lets it") {
    Told shop(false);
    for (const auto* url : {"http://127.0.0.1:9/x", "https://10.1.2.3/", "https://[::1]/x", "https://2130706433/",
                            "https://localhost/x"}) {
        const auto refused = shop.post("/admin/webhooks", {{"url", url}, {"events", {"*"}}}, shop.owner());
        CAPTURE(url);
        CHECK(refused.status == 422);
        CHECK(refused.body["errors"][0]["pointer"] == "/url");
        CHECK(refused.text.find("--private-webhooks") != std::string::npos);
    }
    // One that was added while configuration let it.
    shop.store().writer().run([&](storage::Transaction& tx) {
        notify::add_webhook(tx, {.url = shop.receiver.url(), .description = "", .kinds = {"product.created"}},
                            Actor::system(), shop.clock().now());
    });
    shop.product({});
    shop.drain();
    CHECK(shop.receiver.taken().empty());
    CHECK(shop.delivery()["status"] == "pending");
    CHECK(shop.delivery()["response_status"].is_null());
}

TEST_CASE("webhooks are refused with a fault for each thing that is wrong, and edited by version") {
    Told shop;
    const auto refused =
        shop.post("/admin/webhooks", {{"url", "ftp://example.com/"}, {"events", {"order.*", "Order"}}}, shop.owner());
    CHECK(refused.status == 422);
    CHECK(refused.body["errors"].size() == 2);
    const auto hook = shop.hook({"*"});
    CHECK(shop.put(shop.path_of(hook), {{"enabled", false}}, shop.owner(), {{"If-Match", "\"7\""}}).status == 412);
    const auto changed = shop.put(shop.path_of(hook), {{"enabled", false}}, shop.owner(), {{"If-Match", "\"1\""}});
    CHECK(changed.status == 200);
    CHECK(changed.body["version"] == 2);
    shop.product({});
    shop.drain();
    CHECK(shop.receiver.taken().empty());
    CHECK(shop.remove(shop.path_of(hook), shop.owner()).status == 204);
    CHECK(shop.get(shop.path_of(hook), shop.owner()).status == 404);
}

namespace {

/// Adds the kinds that a source names where it records: `record(tx, "order.placed", …`. The audit log's are actions.
void kinds_recorded_in(std::string_view source, std::set<std::string>& kinds) {
    constexpr std::string_view kCall = "record(";
    const auto skip = [&](std::size_t at) { return std::min(source.find_first_not_of(" \n", at), source.size()); };
    for (auto at = source.find(kCall); at != source.npos; at = source.find(kCall, at + 1)) {
        const auto before = source.substr(0, at);
        auto next = skip(at + kCall.size());
        if (before.ends_with("audit::") || before.ends_with('_') || !source.substr(next).starts_with("tx,")) {
            continue;
        }
        next = skip(next + 3);
        const auto end = source.find('"', next + 1);
        if (next < source.size() && source[next] == '"' && end != source.npos) {
            const auto kind = source.substr(next + 1, end - next - 1);
            if (kind.find('.') != kind.npos && kind.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.") == kind.npos) {
                kinds.emplace(kind);
            }
        }
    }
}

}  // namespace

TEST_CASE("a filter that no event would ever pass is refused by name, and every kind that is recorded passes one") {
    Told shop;
    for (const auto& [filter, said] : {std::pair("nope.*", "order.*"), std::pair("order.nope", "order.placed")}) {
        const auto refused = shop.hook({filter});
        CHECK(refused.status == 422);
        CHECK(refused.body["errors"][0]["pointer"] == "/events/0");
        CHECK(refused.text.find(said) != std::string::npos);
    }
    // As the sources name them; orders and shipments have one for each of their statuses.
    std::set<std::string> kinds;
    for (const auto& file : std::filesystem::recursive_directory_iterator(std::string(tests::kSourceFolder) + "/src")) {
        if (!file.is_regular_file()) {
            continue;
        }
        std::ostringstream stream;
        stream << std::ifstream(file.path(), std::ios::binary).rdbuf();
        const auto text = stream.str();
        kinds_recorded_in(text, kinds);
    }
    CHECK(kinds.size() > 30);
    for (const auto status : orders::all_statuses()) {
        if (status != orders::Status::pending && status != orders::Status::draft) {
            kinds.insert("order." + std::string(orders::to_text(status)));
        }
    }
    for (const auto& kind : kinds) {
        CAPTURE(kind);
        CHECK(notify::fits_any_kind(kind));
    }
}

TEST_CASE("a webhook that is asked for twice under one key is there once") {
    Told shop;
    const Json body{{"url", shop.receiver.url()}, {"events", {"*"}}};
    const auto first = shop.post("/admin/webhooks", body, shop.owner(), {{"Idempotency-Key", "hook-1"}});
    const auto again = shop.post("/admin/webhooks", body, shop.owner(), {{"Idempotency-Key", "hook-1"}});
    CHECK(first.status == 201);
    CHECK(again.status == 201);
    CHECK(again.body["id"] == first.body["id"]);
    CHECK(shop.get("/admin/webhooks", shop.owner()).body["data"].size() == 1);
}

TEST_CASE("the address and the secret of a webhook are not in the database in the clear") {
    Told shop;
    const auto hook = shop.hook({"*"});
    const auto found = shop.store().read().value<std::int64_t>(
        "SELECT count(*) FROM webhook_endpoint WHERE instr(url_sealed, '127.0.0.1') OR instr(secret_sealed, ?1)",
        hook.body["secret"].get<std::string>());
    CHECK(found == 0);
}
