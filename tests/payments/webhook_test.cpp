// Who may tell the shop that something happened at Stripe: Stripe, lately.

#include <cstdio>
#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "paths.h"
#include "payments/stripe_webhook_routes.h"
#include "payments/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

struct Wanted {
    std::string payload;
    std::string secret;
    std::int64_t seconds;
};

/// Headers by Stripe's official client for Node.
std::vector<std::string> signed_by_stripes_client(const std::vector<Wanted>& all) {
    const TemporaryFolder folder;
    auto requests = Json::array();
    for (const auto& one : all) {
        requests.push_back({{"payload", one.payload}, {"secret", one.secret}, {"timestamp", one.seconds}});
    }
    const auto file = folder.path() / "requests.json";
    std::ofstream(file) << requests.dump();
    const std::string source = tests::kSourceFolder;
    const auto command = "node '" + source + "/tests/payments/sign.mjs' '" + source + "/build/deps/stripe-node' <'" +
                         file.string() + "'";
    auto* pipe = ::popen(command.c_str(), "r");  // NOLINT: what it runs stands above
    REQUIRE(pipe != nullptr);
    std::string text;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
        text += static_cast<char>(c);
    }
    REQUIRE(::pclose(pipe) == 0);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    REQUIRE(lines.size() == all.size());
    return lines;
}

}  // namespace

TEST_CASE("what Stripe's own client signs is taken, and nothing else is") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    const auto waiting = it.paid(order, "pm_card_authenticationRequired");
    const auto intent = it.stripe.intents().at(0)["id"].get<std::string>();
    it.stripe.decide(intent, true);
    const auto event = it.stripe.event("payment_intent.succeeded", intent);
    const auto now = it.shop.clock().now().ms / 1000;
    const auto headers = signed_by_stripes_client({{event, kWebhookSecret, now},
                                                   {event, "whsec_of_somebody_else", now},
                                                   {event, kWebhookSecret, now - 301},
                                                   {event, kWebhookSecret, now + 301},
                                                   {event, kWebhookSecret, now - 299}});
    const auto send = [&](const std::string& body, const std::string& header) {
        return it.shop.send("POST", "/webhooks/stripe", body, "application/json", "", {{"Stripe-Signature", header}});
    };
    for (const auto& refused : {headers[1], headers[2], headers[3], std::string("t=1,v1=00"), std::string("v1="),
                                std::string("t=" + std::to_string(now)), std::string()}) {
        const auto reply = send(event, refused);
        INFO(refused);
        CHECK(reply.status == 400);
        CHECK(reply.code() == "bad_signature");
    }
    CHECK(send(event + " ", headers[0]).status == 400);
    CHECK(it.shop.post("/webhooks/stripe", Json::parse(event)).status == 400);
    it.shop.drain();
    CHECK(it.shop.get(path_of(waiting), order.token).body["status"] == "requires_action");

    CHECK(send(event, headers[4]).status == 200);
    // While a secret is rolled, Stripe signs with both of them.
    CHECK(send(event, headers[0] + ",v1=" + std::string(64, '0') + ",v0=1").status == 200);
    it.shop.drain();
    CHECK(it.shop.get(path_of(waiting), order.token).body["status"] == "succeeded");
    CHECK(it.recorded("payment.succeeded") == 1);
}

TEST_CASE("an event that is sent again is not asked about again, and one of a stranger's payment is let be") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    it.paid(order);
    const auto intent = it.stripe.intents().at(0)["id"].get<std::string>();
    const auto event = it.stripe.event("payment_intent.succeeded", intent);
    CHECK(it.tell(event).status == 200);
    CHECK(it.shop.drain() == 1);
    CHECK(it.tell(event).status == 200);
    CHECK(it.shop.drain() == 0);
    auto stranger = Json::parse(event);
    stranger["id"] = "evt_other";
    stranger["data"]["object"]["id"] = "pi_other";
    stranger["data"]["object"]["metadata"] = Json::object();
    CHECK(it.tell(stranger.dump()).status == 200);
    for (const auto* body : {"{}", "[]", R"({"id": "evt_1", "type": "customer.created", "data": {"object": {}}})",
                             R"({"id": "evt_2", "type": "charge.succeeded", "data": {"object": null}})",
                             R"({"id": "evt_3", "type": "charge.succeeded", "data": 1})"}) {
        INFO(body);
        CHECK(it.tell(body).status == 200);
    }
    CHECK(it.tell("{").status == 400);
    CHECK(it.shop.drain() == 0);
}

TEST_CASE("an event that names another attempt's payment changes nothing") {
    StripeShop it;
    const auto mug = it.shop.product({});
    const auto waiting = place(it.shop, mug);
    it.paid(waiting, "pm_card_authenticationRequired");
    const auto first = it.stripe.intents().at(0);
    it.paid(place(it.shop, mug));
    auto event = Json::parse(it.stripe.event("payment_intent.succeeded", it.stripe.intents().at(1)["id"]));
    event["data"]["object"]["id"] = "pi_unknown";
    event["data"]["object"]["metadata"] = first["metadata"];
    CHECK(it.tell(event.dump()).status == 200);
    it.shop.drain();
    CHECK(status_of(it.shop, waiting) == "pending");
    it.shop.check_invariants();
}

TEST_CASE("without a signing secret there is no webhook") {
    Shop shop;
    CHECK(shop.post("/webhooks/stripe", Json::object()).status == 404);
}

TEST_CASE("X9: a webhook whose secret is not set takes no body") {
    Shop shop;
    for (const auto* path : {"/webhooks/stripe", "/webhooks/easypost"}) {
        const auto reply = shop.send("POST", path, std::string(900'000, 'x'), "application/json");
        INFO(path);
        CHECK(reply.status == 404);
        CHECK(reply.code() == "not_found");
    }
}
