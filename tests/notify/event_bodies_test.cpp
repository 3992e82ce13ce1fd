// What the document says of events is what is recorded and sent. Every Shop of a test checks its own events at its end
// (support/event_bodies.h); here a shop lives through much of what there is.

#include "notify/event_bodies.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/errors.h"
#include "fulfillment/support.h"
#include "notify/kinds.h"
#include "payments/support.h"
#include "support/picture_files.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

const Json kByTransfer{{"type", "bank_transfer"}};

Json card(const std::string& number) {
    return {{"type", "card"}, {"number", number}, {"exp_month", 12}, {"exp_year", 2030}, {"cvc", "123"}};
}

/// A shop in which each request succeeds.
struct LivingShop : Shop {
    LivingShop()
        : Shop([](app::Config& config) {
              config.sandbox_payments = true;
              config.private_webhooks = true;
          }) {}

    Json must(const Reply& reply) {
        INFO(reply.text);
        REQUIRE(reply.status / 100 == 2);
        return reply.body;
    }
    Json does(const std::string& path, const Json& body = Json::object()) { return must(post(path, body, owner())); }
    Json sets(const std::string& path, const Json& body) { return must(put(path, body, owner())); }
    void removes(const std::string& path) { must(remove(path, owner())); }
    std::string picture(const std::string& path) {
        const auto png = png_of({.width = 4, .height = 4}, noise(false));
        return must(send("POST", path, png, "image/png", owner())).dump();
    }
    std::string path_of_one(const std::string& list, const Json& one) {
        return fmt::format("{}/{}", list, one.at("id").dump());
    }

    void catalogue();
    void stock_by_hand();
    void settings_and_people();
    void orders_of_many_kinds();
    void payments_of_many_kinds();
    void parcels();
};

void LivingShop::catalogue() {
    product({.sku = "MUG", .on_hand = 30, .threshold = 29});
    product({.sku = "POT", .on_hand = 20});
    const auto gone = inventory(product({.sku = "GONE"}));
    picture(inventory(1) + "/pictures");
    sets(inventory(2), {{"price", 990}, {"content", {{"quantity", 500}, {"unit", "g"}}}});
    sets(inventory(2), {{"status", "archived"}});
    sets(inventory(2), {{"status", "active"}});
    removes(gone);
    const Json size{{"name", "Size"}, {"values", {"Large", "Small"}}};
    const auto group =
        path_of_one("/admin/product-groups",
                    does("/admin/product-groups",
                         {{"name", "Shirt"}, {"options", Json::array({size})}, {"generate", {{"price", 1000}}}}));
    picture(group + "/pictures");
    sets(group, {{"name", "T-shirt"}});
    const auto variants = must(get(group, owner())).at("variants");
    sets(group + "/variants", {{"order", Json::array({variants.at(1).at("id"), variants.at(0).at("id")})}});
    removes(group);
    const auto collection = path_of_one("/admin/collections", does("/admin/collections", {{"name", "Gifts"}}));
    does(collection + "/products", {{"add", {1, 2}}});
    does(collection + "/products", {{"remove", {2}}});
    sets(collection, {{"name", "Presents"}});
    removes(collection);
}

void LivingShop::stock_by_hand() {
    sets(inventory(1), {{"adjust", -2}, {"reason", "damaged"}});
    sets(inventory(1), {{"adjust", 20}, {"reason", "received"}});
    const auto delivery =
        path_of_one("/admin/inventory/deliveries", does("/admin/inventory/deliveries", {{"reference", "A"}}));
    does(delivery + "/lines", {{"product_id", 1}, {"units", 3}});
    sets(delivery, {{"reference", "B"}});
    const Json counted{{"product_id", 2}, {"counted", 19}, {"seen", 20}};
    does("/admin/inventory/counts", {{"products", Json::array({counted})}});
    const auto bulk = does("/admin/inventory/bulk", {{"ids", {1, 2}}, {"price", 1500}});
    does(fmt::format("/admin/inventory/bulk/{}/undo", bulk.at("id").dump()));
    sets(inventory(1), {{"low_stock_threshold", 1000}});
    const auto alerts = must(get("/admin/alerts?status=open", owner())).at("data");
    does(path_of_one("/admin/alerts", alerts.at(0)) + "/dismiss");
}

void LivingShop::settings_and_people() {
    sets("/admin/settings", {{"shop_name", "The mug shop"}});
    sets("/admin/words/en/mail.hello", {{"text", "Dear {customer_name},"}});
    sets("/admin/texts/terms/en", {{"text", "We sell mugs."}});
    picture("/admin/logos");
    const auto method =
        path_of_one("/admin/delivery-methods", does("/admin/delivery-methods", parcel_method({{"*", 490}})));
    sets(method, {{"position", 1}, {"name", "Post"}});
    removes(method);
    const Json spring{{"code", "SPRING"}, {"kind", "percent"}, {"rate_ppm", 100'000}};
    const auto code = path_of_one("/admin/discount-codes", does("/admin/discount-codes", spring));
    sets(code, {{"code", "SPRING"}, {"kind", "percent"}, {"rate_ppm", 50'000}, {"active", false}});
    sets("/admin/users/3", {{"role", "staff"}});
    const std::string password = "a long password of tests";
    must(post("/customers", {{"name", "Ada"}, {"email", "ada@example.org"}, {"password", password}}));
    const auto token =
        must(post("/auth/login", {{"email", "ada@example.org"}, {"password", password}})).at("access_token");
    must(put("/customers/me", {{"email", "ada@example.net"}, {"password", password}}, token.get<std::string>()));
    must(post("/customers/password-resets", {{"email", "ada@example.net"}}));
    must(remove("/customers/me", token.get<std::string>()));
    const auto webhook = does("/admin/webhooks", {{"url", "http://127.0.0.1:1/"}, {"events", {"*"}}});
    does(path_of_one("/admin/webhooks", webhook) + "/test");
}

void LivingShop::orders_of_many_kinds() {
    const auto order = placed(*this, {{1, 2}, {2, 1}});
    const auto path = fmt::format("/admin/orders/{}", order.id);
    sets(path, {{"staff_note", "wrap it"}, {"delivery_note", "Tuesday"}, {"managed_by", 1}, {"locale", "de"}});
    sets(path, {{"customer", {{"name", "Ada King"}}}, {"hold_until", nullptr}});
    const Json address{{"line1", "Weg 1"}, {"city", "Bonn"}, {"postal_code", "53111"}, {"country", "DE"}};
    sets(path, {{"billing", {{"name", "Ada"}, {"company", "Engines"}, {"address", address}}}});
    sets(path + "/discount", {{"amount", 100}, {"reason", "late"}});
    does(path + "/payment-link");
    does(order.path("/cancel"), {{"reason", "ordered twice"}});
    placed(*this, {{1, 1}});
    advance(hours(2));
    drain();  // it expires
    sets(inventory(2), {{"stock_policy", "beyond"}, {"beyond_limit", 50}});
    const auto awaiting = paid(*this, {{2, 40}});
    sets(inventory(2), {{"adjust", 60}, {"reason", "received"}});
    does(fmt::format("/orders/{}/cancel", awaiting.id));
    drain();
}

void LivingShop::payments_of_many_kinds() {
    const auto by_card = [&](const std::string& number) {
        const auto order = place(*this, 1);
        pay(*this, order, card(number));
        drain();
        return order;
    };
    const auto taken = by_card("4242424242424242");
    const auto payments = must(get(fmt::format("/admin/payments?order_id={}", taken.id), owner())).at("data");
    const auto payment = path_of_one("/payments", payments.at(0));
    does(payment + "/refunds", {{"amount", 100}});
    drain();
    by_card("4000000000009995");  // declined
    by_card("4000002760003184");  // asks the customer to confirm
    const auto transfer = path_of(pay(*this, place(*this, 1), kByTransfer));
    does(transfer + "/capture");
    for (const auto* decision : {"sent", "cancel"}) {
        const auto refund = does(transfer + "/refunds", {{"amount", 200}});
        does(fmt::format("{}/refunds/{}/{}", transfer, refund.at("id").dump(), decision));
    }
    const auto given_up = path_of(pay(*this, place(*this, 1), kByTransfer));
    does(given_up + "/void");
    pay(*this, place(*this, 1), kByTransfer);
    advance(days(4));
    drain();  // the customer is reminded
    sign_in_again();
}

void LivingShop::parcels() {
    const auto order = paid(*this, {{1, 3}});
    const Json one{{"item_id", order.items.at(0)}, {"quantity", 1}};
    const auto first = labelled(*this, order, {{"items", Json::array({one})}});
    const Json leaves{{"order_ids", {order.id}}, {"status", "shipped"}, {"undoable", true}};
    does("/orders/bulk/fulfillment", leaves);
    does("/orders/bulk/fulfillment/undo", {{"order_ids", {order.id}}});
    sets(fmt::format("/admin/orders/{}", order.id), {{"customer", {{"name", "Countess Ada"}}}});
    does(fmt::format("/shipments/{}/keep-label", first));
    sets(order.path("/fulfillment"), {{"status", "shipped"}});
    does(fmt::format("/shipments/{}/void", labelled(*this, order, {{"items", Json::array({one})}})));
    does(fmt::format("/shipments/{}/events", first), {{"status", "out_for_delivery"}});
    sets(order.path("/fulfillment"), {{"status", "delivered"}});
    does(order.path("/returns"), {{"items", Json::array({one})}, {"refund", 0}});
    does(order.path("/cancel-unshipped"), {{"refund", 0}});
    const Json address{{"line1", "Weg 1"}, {"city", "Bonn"}, {"postal_code", "53111"}, {"country", "DE"}};
    const auto pickup =
        delivery_method({{"name", "Pickup"},
                         {"kind", "pickup"},
                         {"pickup", {{"name", "Workshop"}, {"address", address}, {"opening_hours", ""}}}});
    auto fetched = order_body({{1, 1}});
    fetched["delivery_method_id"] = pickup;
    const auto to_fetch = paid_order(*this, fetched);
    sets(to_fetch.path("/fulfillment"), {{"status", "ready"}});
    sets(to_fetch.path("/fulfillment"), {{"status", "delivered"}});
    drain();
}

std::set<std::string> names_of(const api::SentEvents& events) {
    std::set<std::string> names;
    for (const auto& kind : events.kinds) {
        CHECK(names.emplace(kind.name).second);
    }
    return names;
}

}  // namespace

TEST_CASE("the document has a body for each kind of event that a webhook can be sent, and for no other") {
    std::set<std::string> known;
    for (const auto& family : notify::kinds_beside("?")) {
        for (const auto& kind : notify::kinds_beside(family)) {
            known.insert(kind);
        }
    }
    CHECK(known == names_of(notify::sent_events()));
    Shop shop;
    const auto webhooks = shop.get("/openapi.json").body.at("webhooks");
    CHECK(webhooks.size() == known.size());
    for (const auto& kind : known) {
        CAPTURE(kind);
        CHECK(webhooks.contains(kind));
    }
}

TEST_CASE("what a shop records and sends in its life is what the document says") {
    LivingShop shop;
    shop.settings_and_people();
    shop.catalogue();
    shop.stock_by_hand();
    shop.payments_of_many_kinds();
    shop.orders_of_many_kinds();
    shop.parcels();
    shop.check_invariants();

    std::set<std::string> happened;
    for (const auto& kind : shop.events()) {
        happened.insert(kind);
    }
    std::string missing;
    for (const auto& kind : names_of(notify::sent_events())) {
        missing += happened.contains(kind) ? "" : kind + ' ';
    }
    INFO("it did not happen: " << missing);
    CHECK(happened.size() >= 75);

    const auto envelope = notify::sent_events().envelope;
    const auto deliveries = shop.must(shop.get("/admin/webhook-deliveries?limit=200", shop.owner())).at("data");
    REQUIRE(deliveries.size() > 20);
    for (const auto& delivery : deliveries) {
        const auto path = fmt::format("/admin/webhook-deliveries/{}", delivery.at("id").dump());
        const auto sent = shop.must(shop.get(path, shop.owner())).at("payload");
        std::vector<Fault> faults;
        envelope.check(sent, "", faults);
        CAPTURE(sent.dump());
        CHECK(faults.empty());
        CHECK(sent.at("type") == delivery.at("event_kind"));
    }
}
