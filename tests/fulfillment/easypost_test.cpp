#include "fulfillment/easypost.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "base/text.h"
#include "fulfillment/easypost_server.h"
#include "fulfillment/labelling.h"
#include "fulfillment/support.h"
#include "jobs/jobs.h"
#include "support/doomed.h"

using namespace orderd;
using namespace orderd::tests;
using Trouble = EasyPostServer::Fault;

namespace {

constexpr auto kSecret = "wébhook secret";

std::filesystem::path file_of(const std::filesystem::path& folder, const std::string& name, const std::string& text) {
    std::ofstream(folder / name) << text;
    return folder / name;
}

/// A configuration that has EasyPost on the test's own server.
void with_easypost(app::Config& config, const std::string& url) {
    config.easypost_url = url;
    config.easypost_key_file = file_of(config.data, "easypost.key", EasyPostServer::kKey);
    config.easypost_webhook_key_file = file_of(config.data, "easypost-webhook.key", kSecret);
}

const Json kHome{{"line1", "417 Montgomery Street"},
                 {"city", "San Francisco"},
                 {"region", "CA"},
                 {"postal_code", "94104"},
                 {"country", "US"}};

void set_shop_address(Shop& shop) {
    REQUIRE(
        shop.put("/admin/settings", {{"shop_name", "The Mug Shop"}, {"shop_address", kHome}}, shop.owner()).status ==
        200);
}

struct EasyShop : Shop {
    explicit EasyShop(EasyPostServer& server, int timeout_ms = 30'000)
        : Shop([&](app::Config& config) {
              with_easypost(config, server.url());
              config.easypost_timeout_ms = timeout_ms;
          }) {
        set_shop_address(*this);
        mug = product({.on_hand = 50});
        REQUIRE(put("/products/" + std::to_string(mug), {{"weight_g", 350}}, staff()).status == 200);
    }

    /// Lets the job try again until it is done, or given up.
    void settle() {
        for (int i = 0; i < 12; ++i) {
            drain();
            advance(minutes(40));
        }
        drain();
        sign_in_again();
    }

    std::int64_t start(const PaidOrder& order, Json body = Json::object()) {
        body["carrier"] = "easypost";
        const auto reply = put(order.path("/fulfillment"), body, staff());
        INFO(reply.text);
        REQUIRE(reply.status == 202);
        return reply.body["id"].get<std::int64_t>();
    }

    Json shipment(std::int64_t id) { return get("/shipments/" + std::to_string(id), viewer()).body; }

    std::int64_t mug = 0;
};

std::string signature_of(const std::string& body, const std::string& secret) {
    std::array<unsigned char, 32> mac{};
    unsigned size = 0;
    ::HMAC(::EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(body.data()), body.size(), mac.data(), &size);
    return "hmac-sha256-hex=" + to_hex({reinterpret_cast<const char*>(mac.data()), size});
}

Json detail(const std::string& status, const std::string& at, const std::string& message) {
    return {{"object", "TrackingDetail"},
            {"status", status},
            {"message", message},
            {"datetime", at},
            {"tracking_location", {{"city", "Reno"}, {"state", "NV"}, {"country", "US"}, {"zip", nullptr}}}};
}

}  // namespace

TEST_CASE("EasyPost's rates are shown, and a label is bought in PDF and ZPL") {
    EasyPostServer server;
    EasyShop shop(server);
    const auto order = paid(shop, {{shop.mug, 2}});
    const auto rates = shop.post(order.path("/rates"), {{"parcel", {{"weight_g", 700}}}}, shop.staff());
    INFO(rates.text);
    REQUIRE(rates.status == 200);
    CHECK(rates.body["rates"] ==
          Json::array({{{"service", "USPS GroundAdvantage"}, {"cost", 560}, {"currency", "USD"}, {"days", 4}},
                       {{"service", "USPS Priority"}, {"cost", 758}, {"currency", "USD"}, {"days", 2}}}));
    CHECK(server.made() == 0);

    const auto id =
        shop.start(order, {{"service", "usps priority"},
                           {"parcel", {{"weight_g", 700}, {"length_mm", 254}, {"width_mm", 127}, {"height_mm", 51}}}});
    CHECK(shop.shipment(id)["status"] == "label_pending");
    shop.drain();
    const auto shipment = shop.shipment(id);
    CHECK(shipment["status"] == "label_ready");
    CHECK(shipment["service"] == "USPS Priority");
    CHECK(shipment["cost"] == 758);
    CHECK(shipment["cost_currency"] == "USD");
    CHECK(shipment["tracking_number"] == "9400111202555842332669");
    CHECK(shipment["tracked_by"] == "usps");
    CHECK(server.bought() == 1);
    const auto there = server.shipment("shp_2");
    CHECK(there["parcel"] == Json({{"weight", 24.7}, {"length", 10.0}, {"width", 5.0}, {"height", 2.0}}));
    CHECK(there["from_address"]["company"] == "The Mug Shop");
    CHECK(there["to_address"]["name"].is_string());
    CHECK(there["customs_info"]["customs_items"][0]["quantity"] == 2);

    const auto path = "/shipments/" + std::to_string(id);
    const auto pdf = shop.get(path + "/label", shop.staff());
    CHECK(pdf.status == 200);
    CHECK(pdf.text.starts_with("%PDF-"));
    CHECK(shop.get(path + "/label.zpl", shop.staff()).text == "^XA^FO50,50^FDEasyPost^FS^XZ");
    CHECK(shop.get(path + "/packing-slip", shop.staff()).status == 200);
    shop.check_invariants();
}

TEST_CASE("whatever happens to a request, one label is bought, and it is found") {
    EasyPostServer server;
    EasyShop shop(server, 700);
    const auto order = paid(shop, {{shop.mug, 1}});
    const auto [method, path] = GENERATE(table<std::string, std::string>(
        {{"POST", "/shipments"}, {"POST", "/buy"}, {"GET", "/label"}, {"GET", "/shp_1"}}));
    const auto fault = GENERATE(Trouble::down, Trouble::busy, Trouble::lost, Trouble::slow, Trouble::garbled);
    CAPTURE(method, path, static_cast<int>(fault));
    server.fail_next(method, path, fault);
    server.fail_next(method, path, fault);  // and again
    const auto id = shop.start(order);
    shop.settle();
    CHECK(shop.shipment(id)["status"] == "label_ready");
    CHECK(server.made() == 1);
    CHECK(server.bought() == 1);
    CHECK(shop.get("/shipments/" + std::to_string(id) + "/label", shop.staff()).status == 200);
    shop.check_invariants();
}

TEST_CASE("a process that dies at any moment of buying a label buys one") {
    using Moment = fulfillment::EasyPost::Moment;
    const auto moment = GENERATE(Moment::before_making, Moment::after_making, Moment::before_buying,
                                 Moment::after_buying, Moment::before_fetching);
    CAPTURE(static_cast<int>(moment));
    const TemporaryFolder folder;
    Doomed process([&](const auto& told) {
        const auto url = told();
        Shop shop([&](app::Config& config) {
            config.data = folder.path();
            with_easypost(config, url);
        });
        set_shop_address(shop);
        const auto order = paid(shop, {{shop.product({}), 1}});
        shop.app().easypost().at_moment = [&](Moment reached) {
            if (reached == moment) {
                ::kill(::getpid(), SIGKILL);
            }
        };
        shop.put(order.path("/fulfillment"), {{"carrier", "easypost"}, {"parcel", {{"weight_g", 400}}}}, shop.staff());
        shop.drain();
    });
    EasyPostServer server;
    process.tell(server.url());
    REQUIRE(process.was_killed());

    ManualClock clock;
    app::Config config;
    config.data = folder.path();
    config.listen = "127.0.0.1:0";
    config.log_level = "error";
    config.job_workers = 0;
    with_easypost(config, server.url());
    const auto made = app::App::make(config, clock);
    auto& app = *made;
    app.bind();
    app.start();
    for (int i = 0; i < 5; ++i) {
        app.jobs().drain();
        clock.move(minutes(40));
    }
    CHECK(server.made() == 1);
    CHECK(server.bought() == 1);
    CHECK(app.store().read().value<std::string>("SELECT status FROM shipment WHERE id = 1") == "label_ready");
}

TEST_CASE("what EasyPost refuses fails with its code and no personal data, and can be tried again") {
    EasyPostServer server;
    EasyShop shop(server);
    const auto order = paid(shop, {{shop.mug, 1}});
    server.fail_next("POST", "/buy", Trouble::refused);
    const auto id = shop.start(order);
    shop.drain();
    auto shipment = shop.shipment(id);
    CHECK(shipment["status"] == "failed");
    CHECK(shipment["failure"] == "EasyPost answered 422 SHIPMENT.POSTAGE.FAILURE");
    const auto path = "/shipments/" + std::to_string(id);
    CHECK(shop.post(path + "/retry", Json::object(), shop.staff()).status == 202);
    shop.drain();
    CHECK(shop.shipment(id)["status"] == "label_ready");
    CHECK(server.made() == 1);
    CHECK(server.bought() == 1);

    const auto other = paid(shop, {{shop.mug, 1}});
    const auto unknown = shop.start(other, {{"service", "Pigeon Overnight"}});
    shop.drain();
    CHECK(shop.shipment(unknown)["failure"].get<std::string>().find("USPS GroundAdvantage, USPS Priority") !=
          std::string::npos);
}

TEST_CASE("a label is bought for the address that holds when it is bought") {
    EasyPostServer server;
    EasyShop shop(server);
    const auto order = paid(shop, {{shop.mug, 1}});
    server.fail_next("POST", "/buy", Trouble::refused);
    const auto id = shop.start(order);
    shop.drain();
    REQUIRE(shop.shipment(id)["status"] == "failed");
    auto customer = Shop::order_body({})["customer"];
    customer["shipping_address"] = kHome;
    customer["shipping_address"]["line1"] = "1 Other Street";
    const auto changed = shop.put("/admin/orders/" + std::to_string(order.id), {{"customer", customer}}, shop.staff());
    INFO(changed.text);
    REQUIRE(changed.status == 200);
    shop.post("/shipments/" + std::to_string(id) + "/retry", Json::object(), shop.staff());
    shop.drain();
    CHECK(shop.shipment(id)["status"] == "label_ready");
    CHECK(server.made() == 2);
    CHECK(server.bought() == 1);
    CHECK(server.first_shipment()["postage_label"].is_null());
    CHECK(server.shipment("shp_2")["to_address"]["street1"] == "1 Other Street");
}

TEST_CASE("S9: a label whose order changes while it is bought is outdated when it comes, and can be replaced") {
    EasyPostServer server;
    EasyShop shop(server);
    const auto order = paid(shop, {{shop.mug, 1}});
    auto customer = Shop::order_body({})["customer"];
    customer["shipping_address"] = kHome;
    customer["shipping_address"]["line1"] = "1 Other Street";
    int changed = 0;
    server.while_buying([&] {
        changed = shop.put("/admin/orders/" + std::to_string(order.id), {{"customer", customer}}, shop.staff()).status;
    });
    const auto id = shop.start(order);
    shop.drain();
    REQUIRE(changed == 200);
    REQUIRE(shop.shipment(id)["status"] == "label_ready");
    CHECK(shop.shipment(id)["outdated_at"].is_string());
    CHECK(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).code() == "label_outdated");
    const auto replaced =
        shop.post("/shipments/" + std::to_string(id) + "/replace-label", Json::object(), shop.staff());
    INFO(replaced.text);
    REQUIRE(replaced.status / 100 == 2);
    shop.drain();
    CHECK(server.bought() == 2);
    CHECK(server.refunded() == 1);
    CHECK(server.shipment("shp_2")["to_address"]["street1"] == "1 Other Street");
    shop.check_invariants();
}

TEST_CASE("two workers at once buy one label", "[concurrency]") {
    EasyPostServer server;
    EasyShop shop(server);
    const auto order = paid(shop, {{shop.mug, 1}});
    const auto id = shop.start(order);
    const jobs::Job job{.id = {},
                        .kind = std::string(fulfillment::kLabelJob.name),
                        .payload = {{"shipment_id", id}},
                        .attempt = 1,
                        .max_attempts = 8};
    fulfillment::Carriers carriers;
    outgoing::Client outgoing;
    carriers.add(std::make_unique<fulfillment::EasyPost>(
        outgoing, fulfillment::EasyPost::Options{
                      .url = server.url(), .key = [] { return std::optional<std::string>(EasyPostServer::kKey); }}));
    std::vector<std::thread> workers;
    for (int i = 0; i < 3; ++i) {
        workers.emplace_back([&] {
            try {
                fulfillment::get_label(shop.store(), shop.clock(), carriers, job);
            } catch (const fulfillment::CarrierUnavailable&) {  // to be tried again
            }
        });
    }
    for (auto& worker : workers) {
        worker.join();
    }
    shop.drain();
    CHECK(server.bought() == 1);
    CHECK(shop.shipment(id)["status"] == "label_ready");
}

TEST_CASE("a label that is given up is given back, once") {
    EasyPostServer server;
    EasyShop shop(server);
    const auto order = paid(shop, {{shop.mug, 1}});
    const auto id = shop.start(order);
    shop.drain();
    const auto path = "/shipments/" + std::to_string(id) + "/void";
    CHECK(shop.post(path, Json::object(), shop.staff()).body["status"] == "voided");
    const auto fault = GENERATE(Trouble::down, Trouble::lost);
    server.fail_next("POST", "/refund", fault);
    shop.settle();
    CHECK(server.refunded() == 1);
    CHECK(shop.post(path, Json::object(), shop.staff()).code() == "illegal_transition");

    server.set_refund_status("rejected");
    const auto second = shop.start(order);
    shop.drain();
    shop.post("/shipments/" + std::to_string(second) + "/void", Json::object(), shop.staff());
    shop.drain();
    const auto dead = shop.get("/admin/jobs?status=dead", shop.viewer()).body["data"];
    REQUIRE(dead.size() == 1);
    CHECK(dead[0]["kind"] == "shipment.void");
    shop.check_invariants();
}

TEST_CASE("a shipment that is given up before its label is there costs nothing") {
    EasyPostServer server;
    EasyShop shop(server);
    const auto order = paid(shop, {{shop.mug, 1}});
    const auto id = shop.start(order);
    shop.post("/shipments/" + std::to_string(id) + "/void", Json::object(), shop.staff());
    shop.drain();
    CHECK(server.bought() == 0);
    CHECK(server.refunded() == 0);

    // Voided between buying and writing it down.
    const auto second = shop.start(order);
    shop.app().easypost().at_moment = [&](fulfillment::EasyPost::Moment moment) {
        if (moment == fulfillment::EasyPost::Moment::after_buying) {
            shop.post("/shipments/" + std::to_string(second) + "/void", Json::object(), shop.staff());
        }
    };
    shop.drain();
    CHECK(server.bought() == 1);
    CHECK(server.refunded() == 1);
    CHECK(shop.shipment(second)["status"] == "voided");
    shop.check_invariants();
}

TEST_CASE("EasyPost's webhooks move parcels on, once each, and only when they are signed") {
    EasyPostServer server;
    EasyShop shop(server);
    const auto order = paid(shop, {{shop.mug, 1}});
    const auto id = shop.start(order);
    shop.drain();
    const auto event = [&](const Json& details) {
        return Json{{"object", "Event"},
                    {"description", "tracker.updated"},
                    {"result",
                     {{"object", "Tracker"},
                      {"shipment_id", "shp_1"},
                      {"tracking_code", "9400111202555842332669"},
                      {"tracking_details", details}}}}
            .dump();
    };
    const auto tell = [&](const std::string& body, const std::string& secret) {
        return shop.send("POST", "/webhooks/easypost", body, "application/json", "",
                         {{"X-Hmac-Signature", signature_of(body, secret)}});
    };
    const std::string decomposed =
        "we\xCC\x81"
        "bhook secret";  // NFKD, as EasyPost's libraries have it
    const auto pre = detail("pre_transit", "2026-01-01T10:00:00Z", "Label made");
    const auto scan = detail("in_transit", "2026-01-02T10:00:00Z", "Arrived at facility");
    const auto out = detail("out_for_delivery", "2026-01-03T08:00:00Z", "Out for delivery");
    const auto done = detail("delivered", "2026-01-03T12:00:00Z", "Delivered, front door");

    CHECK(tell(event({pre, scan}), "another").code() == "bad_signature");
    CHECK(shop.post("/webhooks/easypost", Json::object()).code() == "bad_signature");
    CHECK(shop.shipment(id)["status"] == "label_ready");

    CHECK(tell(event(Json::array({pre})), decomposed).status == 204);
    CHECK(shop.shipment(id)["status"] == "label_ready");
    CHECK(tell(event({pre, scan}), decomposed).status == 204);
    CHECK(shop.shipment(id)["status"] == "in_transit");
    CHECK(order_status(shop, order.id) == "shipped");
    CHECK(tell(event({pre, scan, out, done}), decomposed).status == 204);
    const auto events = shop.events();
    CHECK(tell(event({pre, scan, out, done}), decomposed).status == 204);
    CHECK(tell(event({pre, scan}), decomposed).status == 204);  // late
    CHECK(shop.events() == events);
    CHECK(order_status(shop, order.id) == "delivered");
    const auto tracked = shop.get(order.path("/tracking"), order.token).body["shipments"][0]["events"];
    REQUIRE(tracked.size() == 3);
    CHECK(tracked[0]["location"] == "Reno, NV, US");
    CHECK(tracked[2]["description"] == "Delivered, front door");

    CHECK(tell("no JSON", decomposed).status == 204);
    CHECK(tell(R"({"description":"tracker.updated","result":{"shipment_id":"shp_77"}})", decomposed).status == 204);
    CHECK(tell(R"({"description":"batch.created","result":{}})", decomposed).status == 204);
    shop.check_invariants();
}

TEST_CASE("a parcel that no webhook tells of is asked about, less and less often") {
    EasyPostServer server;
    EasyShop shop(server);
    const auto order = paid(shop, {{shop.mug, 1}});
    const auto id = shop.start(order);
    shop.drain();
    const auto asked = [&] { return server.asked("GET", "/shp_1"); };
    const auto pass = [&](Duration time) {
        for (auto left = time.ms; left > 0; left -= minutes(10).ms) {
            shop.advance(minutes(10));
            shop.drain();
        }
    };
    const auto before = asked();
    pass(hours(1));
    CHECK(asked() == before);
    pass(hours(24));
    CHECK(asked() - before <= 4);  // after 2, 6, 14 hours …
    CHECK(asked() - before >= 3);
    server.set_tracker("shp_1", Json::array({detail("in_transit", "2026-01-02T10:00:00Z", "Arrived")}));
    server.fail_next("GET", "/shp_1", Trouble::down);
    pass(hours(72));
    shop.sign_in_again();
    CHECK(shop.shipment(id)["status"] == "in_transit");
    server.set_tracker("shp_1", Json::array({detail("delivered", "2026-01-05T10:00:00Z", "Delivered")}));
    pass(hours(48));
    shop.sign_in_again();
    CHECK(order_status(shop, order.id) == "delivered");
    const auto then = asked();
    pass(hours(48));
    CHECK(asked() == then);
}

TEST_CASE("a number that was typed in is followed through EasyPost where the shop wants that") {
    EasyPostServer server;
    EasyShop shop(server);
    const std::string number = "1Z5R89390357567127";
    server.set_tracker(number, Json::array({detail("delivered", "2026-01-01T01:00:00Z", "Delivered")}));
    const auto quiet = paid(shop, {{shop.mug, 1}});
    labelled(shop, quiet, {{"tracking_number", number}});
    shop.settle();
    CHECK(order_status(shop, quiet.id) == "processing");
    CHECK(server.asked("POST", "/trackers") == 0);

    REQUIRE(shop.put("/admin/settings", {{"follow_typed_numbers", true}}, shop.owner()).status == 200);
    const auto order = paid(shop, {{shop.mug, 1}});
    labelled(shop, order, {{"tracking_number", number}});
    shop.settle();
    CHECK(order_status(shop, order.id) == "delivered");
}

TEST_CASE("EasyPost is offered once it is set up") {
    EasyPostServer server;
    Shop shop([&](app::Config& config) { config.easypost_url = server.url(); });
    const auto order = paid(shop, {{shop.product({}), 1}});
    const auto put = [&] {
        return shop.put(order.path("/fulfillment"), {{"carrier", "easypost"}, {"parcel", {{"weight_g", 400}}}},
                        shop.staff());
    };
    CHECK(shop.get("/carriers", shop.viewer()).body["carriers"] ==
          Json::array({{{"name", "local"}, {"ready", true}}, {{"name", "easypost"}, {"ready", false}}}));
    CHECK(put().status == 422);
    CHECK(shop.post(order.path("/rates"), Json::object(), shop.staff()).status == 422);
    CHECK(shop.put("/admin/settings", {{"easypost_api_key", "EZTK1"}}, shop.owner()).status == 200);
    CHECK(shop.get("/carriers", shop.viewer()).body["carriers"][1]["ready"] == true);
    CHECK(shop.get("/admin/settings", shop.viewer()).text.find("EZTK1") == std::string::npos);
    const auto started = put();
    CHECK(started.status == 202);
    shop.drain();
    CHECK(shop.get("/shipments/1", shop.viewer()).body["failure"].get<std::string>().find("no address") !=
          std::string::npos);
}
