// A guest buys by the shop's pages, with forms alone: no script runs in these tests.

#include <fmt/format.h>

#include <regex>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "payments/sandbox.h"
#include "storefront/buyer.h"
#include "storefront/settings.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::int64_t orders_in(Shop& shop) {
    return static_cast<std::int64_t>(shop.get("/admin/orders", shop.owner()).body.at("data").size());
}

Json first_order(Shop& shop) { return shop.get("/admin/orders/1001", shop.owner()).body; }

bool says(const Buyer& buyer, const std::string& text) { return buyer.page().find(text) != std::string::npos; }

/// The path of the order's own page, to which the page of its payment leads.
std::string order_page_of(const Buyer& buyer) {
    std::smatch found;
    REQUIRE(std::regex_search(buyer.page(), found, std::regex("\\.\\./(o/1001-[^\"]+)")));
    return "/" + found[1].str();
}

}  // namespace

TEST_CASE("a guest buys with a card, by the pages' forms") {
    OpenShop shop;
    shop.product({});
    shop.deliver({{"DE", 490}});
    Buyer ada(shop);
    ada.add("MUG", 2);
    CHECK(ada.get("/basket").status == 200);
    CHECK(says(ada, "€25.00"));
    CHECK(says(ada, "€29.90"));  // with delivery

    const auto placed = ada.check_out();
    REQUIRE(placed.status == 303);
    REQUIRE(placed.header("Location").starts_with("/pay/1001-"));
    CHECK(first_order(shop).at("status") == "pending");
    CHECK(first_order(shop).at("total") == 2990);
    CHECK(ada.cookies().count("orderd_basket") == 0);

    const auto link = placed.header("Location");
    REQUIRE(ada.get(link).status == 200);
    CHECK(says(ada, "4242 4242 4242 4242"));
    CHECK_FALSE(says(ada, "Analytische Allee"));  // the link may be passed on
    const auto paid = ada.follow(ada.post(link, card_fields(ada, "4242 4242 4242 4242")));
    CHECK(paid.status == 200);
    CHECK(says(ada, "Order 1001 is paid"));
    CHECK(first_order(shop).at("status") == "paid");

    std::smatch found;
    const auto& page = ada.page();
    REQUIRE(std::regex_search(page, found, std::regex("\\.\\./(o/1001-[^\"]+)")));  // this browser placed it
    REQUIRE(ada.get("/" + found[1].str()).status == 200);
    CHECK(says(ada, "Analytische Allee 12"));
    Buyer stranger(shop);
    stranger.get(link);
    CHECK_FALSE(std::regex_search(stranger.page(), std::regex("\\.\\./o/1001-")));
    CHECK(stranger.get("/o/" + link.substr(5)).status == 404);  // a link to one page opens no other
    shop.check_invariants();
}

TEST_CASE("a card that asks for 3-D Secure leads to the bank, and back to the order's payment") {
    OpenShop shop;
    shop.product({});
    Buyer ada(shop);
    const auto link = ada.order_mug();
    const auto to_bank = ada.post(link, card_fields(ada, "4000 0025 0000 3155"));
    REQUIRE(to_bank.status == 303);
    const auto bank = to_bank.header("Location");
    REQUIRE(bank.starts_with("/sandbox/3ds/"));

    SECTION("approved") {
        ada.get(bank);
        const auto decided = ada.post(bank, {{"decision", "approve"}});
        CHECK(decided.text.find(link + "?back=true") != std::string::npos);
        const auto back = ada.get(link + "?back=true");
        CHECK(back.status == 303);
        ada.follow(back);
        CHECK(says(ada, "Order 1001 is paid"));
    }
    SECTION("refused, and paid with another card") {
        ada.post(bank, {{"decision", "refuse"}});
        ada.follow(ada.get(link + "?back=true"));
        CHECK(says(ada, "The payment was not confirmed."));
        ada.follow(ada.post(link, card_fields(ada, "4242424242424242")));
        CHECK(says(ada, "Order 1001 is paid"));
    }
    SECTION("the bank's tab is closed, and the link opened again") {
        ada.get(link);
        CHECK(says(ada, "Confirm with your bank"));
        CHECK(says(ada, bank));
        ada.post(bank, {{"decision", "approve"}});
        ada.follow(ada.get(link + "?back=true"));
        CHECK(says(ada, "Order 1001 is paid"));
    }
    shop.check_invariants();
}

TEST_CASE("the sandbox has a way that leads to a bank, and a debit that somebody decides later") {
    const bool approved = GENERATE(true, false);
    OpenShop shop;
    shop.product({});
    Buyer ada(shop);
    const auto link = ada.order_mug();
    const auto way = [&](const char* method) {
        return ada.post(link, with(ada.hidden(), "method", method)).header("Location");
    };
    const auto decide = [&](const std::string& bank) {
        ada.post(bank, {{"decision", approved ? "approve" : "refuse"}});
        ada.follow(ada.get(link + "?back=true"));
    };
    SECTION("at a bank") {
        decide(way("sandbox_redirect"));
        CHECK(says(ada, approved ? "Order 1001 is paid" : "The payment was not confirmed."));
    }
    SECTION("a debit") {
        CHECK(way("sandbox_debit") == link);
        ada.get(link);
        CHECK(says(ada, "Your bank is still working on your payment."));
        shop.advance(days(3));
        shop.sign_in_again();
        CHECK(first_order(shop).at("status") == "pending");
        std::smatch bank;
        ada.get(link);
        const auto page = ada.page();
        REQUIRE(std::regex_search(page, bank, std::regex("href=\"(/sandbox/3ds/[^\"]+)\"")));
        decide(bank[1]);
        CHECK(says(ada, approved ? "Order 1001 is paid" : "There is not enough money"));
    }
    CHECK(first_order(shop).at("status") == (approved ? "paid" : "pending"));
    shop.check_invariants();
}

TEST_CASE("a declined card is said in place, and the order is paid later from its link") {
    OpenShop shop;
    shop.product({});
    Buyer ada(shop);
    const auto link = ada.order_mug();
    ada.follow(ada.post(link, card_fields(ada, "4000000000000002")));
    CHECK(says(ada, "The card was declined."));
    CHECK(first_order(shop).at("status") == "pending");

    const auto faulty = ada.post(link, with(card_fields(ada, "4242424242424241"), "expiry", "13/30"));
    CHECK(faulty.status == 422);
    CHECK(says(ada, "id=\"number-fault\""));
    CHECK(says(ada, "id=\"expiry-fault\""));
    CHECK_FALSE(says(ada, "4242424242424241"));  // what a card's field got goes nowhere

    Buyer later(shop);  // in another browser, by the mail's link
    later.get(link);
    later.follow(later.post(link, card_fields(later, "4242424242424242")));
    CHECK(says(later, "Order 1001 is paid"));
    CHECK(shop.app().sandbox()->ledger().size() == 2);
    shop.check_invariants();
}

TEST_CASE("a card's month is read as people type it, and one that is over is refused at its field") {
    OpenShop shop;
    shop.product({});
    const auto expires = GENERATE("05/30", "5/30", "05 / 2030", "0530", "09/30");
    CAPTURE(expires);
    Buyer ada(shop);
    const auto link = ada.order_mug();
    CHECK(ada.post(link, with(card_fields(ada, "4242424242424242"), "expiry", "05/20")).status == 422);
    CHECK(says(ada, "id=\"expiry-fault\""));
    ada.follow(ada.post(link, with(card_fields(ada, "4242424242424242"), "expiry", expires)));
    CHECK(says(ada, "Order 1001 is paid"));
}

TEST_CASE("a guest pays by transfer, and reads where to and what to name; another way stays open") {
    OpenShop shop;
    shop.product({});
    Buyer ada(shop);
    const auto link = ada.order_mug();
    const auto chosen = ada.post(link, with(ada.hidden(), "method", "bank_transfer"));
    CHECK(chosen.status == 303);
    ada.follow(chosen);
    CHECK(says(ada, "DE02 1203 0000 0000 2020 51"));
    CHECK(says(ada, "<strong>1001</strong>"));
    CHECK(first_order(shop).at("payment").at("method") == "bank_transfer");
    CHECK(says(ada, "Pay another way"));
    ada.follow(ada.post(link, card_fields(ada, "4242424242424242")));
    CHECK(says(ada, "Order 1001 is paid"));
    shop.check_invariants();
}

TEST_CASE("what is wrong with a checkout is said in place, and nothing that was typed is lost") {
    OpenShop shop;
    shop.product({});
    shop.deliver({{"DE", 490}});
    Buyer ada(shop);
    ada.add("MUG");
    ada.get("/checkout");
    auto fields = ada.checkout_fields("not an address");
    fields = with(with(std::move(fields), "city", ""), "note", "Please ring\ntwice");
    const auto refused = ada.post("/checkout", with(with(std::move(fields), "code", "NONE"), "action", "order"));
    CHECK(refused.status == 422);
    for (const auto* fault : {"email-fault", "city-fault"}) {
        CHECK(says(ada, fmt::format("aria-describedby=\"{}\"", fault)));
    }
    CHECK_FALSE(says(ada, "name-fault"));
    CHECK(says(ada, "value=\"not an address\""));
    CHECK(says(ada, "Please ring\ntwice</textarea>"));
    CHECK(says(ada, "value=\"Analytische Allee 12\""));
    CHECK(says(ada, "This code does not hold"));
    CHECK(orders_in(shop) == 0);
}

TEST_CASE("prices come from the quote, and what changed is said before the button") {
    OpenShop shop;
    const auto mug = shop.product({});
    shop.deliver({{"DE", 490}, {"AT", 990}});
    Buyer ada(shop);
    ada.add("MUG");
    ada.get("/checkout");
    ada.post("/checkout", with(with(ada.checkout_fields(), "country", "AT"), "action", "update"));
    CHECK(says(ada, "€22.40"));

    shop.put(fmt::format("/products/{}", mug), {{"price", 1500}}, shop.owner());
    const auto refused = ada.post("/checkout", with(with(ada.checkout_fields(), "country", "AT"), "action", "order"));
    CHECK(refused.status == 409);
    CHECK(says(ada, "The total is now €24.90, and no longer €22.40"));
    CHECK(orders_in(shop) == 0);
    const auto placed = ada.post("/checkout", with(with(ada.checkout_fields(), "country", "AT"), "action", "order"));
    CHECK(placed.status == 303);
    CHECK(first_order(shop).at("total") == 2490);

    Buyer far(shop);
    far.add("MUG");
    far.get("/checkout");
    far.post("/checkout", with(with(far.checkout_fields(), "country", "US"), "action", "update"));
    CHECK(says(far, "Nothing can be delivered there"));
    CHECK_FALSE(says(far, "value=\"order\""));
}

TEST_CASE("two want the last unit, and one is told before paying") {
    OpenShop shop;
    shop.product({.on_hand = 1});
    Buyer ada(shop);
    Buyer bob(shop);
    for (auto* buyer : {&ada, &bob}) {
        buyer->add("MUG");
        buyer->get("/checkout");
    }
    CHECK(ada.post("/checkout", with(ada.checkout_fields(), "action", "order")).status == 303);
    const auto late = bob.post("/checkout", with(bob.checkout_fields("bob@example.com"), "action", "order"));
    CHECK(late.status == 409);
    CHECK(says(bob, "Somebody was faster"));
    CHECK(says(bob, "Mug is sold out."));
    CHECK(says(bob, "value=\"bob@example.com\""));
    CHECK(orders_in(shop) == 1);
    shop.check_invariants();
}

TEST_CASE("an order's page shows it to its holder, who cancels it while nothing has left") {
    OpenShop shop;
    const auto mug = shop.product({});
    Buyer ada(shop);
    const auto link = ada.order_mug();
    ada.follow(ada.post(link, card_fields(ada, "4242424242424242")));
    const auto page = order_page_of(ada);
    ada.get(page);
    CHECK(says(ada, "Cancel it now"));
    CHECK_FALSE(says(ada, "Ask for a return"));
    CHECK(ada.follow(ada.post(page, with(ada.hidden(), "action", "cancel"))).status == 200);
    CHECK(says(ada, "The order was cancelled."));
    CHECK(first_order(shop).at("status") == "cancelled");
    CHECK(ada.post(page, with(ada.hidden(), "action", "cancel")).status != 500);
    CHECK(shop.get(fmt::format("/products/{}", mug)).body.at("available") == 10);
    shop.check_invariants();
}

TEST_CASE("who has an order asks for a return on its page, once something was sent, and the shop sees it") {
    OpenShop shop([](app::Config& config) { config.job_workers = 0; });
    shop.product({.weight_g = 300});
    Buyer ada(shop);
    ada.add("MUG");
    ada.follow(ada.check_out());
    const auto page = order_page_of(ada);
    ada.get(page);
    ada.post(page, with(with(ada.hidden(), "action", "return"), "reason", "damaged"));
    CHECK(shop.events().back() == "order.placed");  // nothing was sent yet

    const Json transfer{{"order_id", 1001}, {"method", {{"type", "bank_transfer"}}}};
    const auto payment = shop.post("/payments", transfer, shop.owner()).body.at("id").get<std::int64_t>();
    shop.post(fmt::format("/payments/{}/capture", payment), Json::object(), shop.owner());
    const Json parcel{{"carrier", "local"}, {"service", "standard"}, {"parcel", {{"weight_g", 500}}}};
    REQUIRE(shop.put("/orders/1001/fulfillment", parcel, shop.owner()).status == 202);
    shop.drain();
    REQUIRE(shop.put("/orders/1001/fulfillment", {{"status", "shipped"}}, shop.owner()).status == 200);

    ada.get(page);
    CHECK(says(ada, "The order is on its way."));
    CHECK(says(ada, "Parcel 1"));
    CHECK_FALSE(says(ada, "Cancel it now"));
    const auto asked = ada.post(page, with(with(ada.hidden(), "action", "return"), "reason", "damaged"));
    CHECK(asked.status == 303);
    ada.follow(asked);
    CHECK(says(ada, "We have your request."));
    CHECK(shop.events().back() == "return_request.received");
    CHECK(shop.get("/orders/1001/return-requests", shop.owner()).body.at("requests").at(0).at("text") ==
          "It is damaged");
    CHECK(ada.post(page, with(ada.hidden(), "action", "cancel")).status == 409);
    CHECK(says(ada, "That is no longer possible"));
    shop.check_invariants();
}

TEST_CASE("an order that is picked up needs no address, and keeps what was typed of one") {
    OpenShop shop;
    shop.product({});
    shop.deliver({{"AT", 490}});
    const Json workshop{{"line1", "Werkstattweg 1"}, {"city", "Berlin"}, {"postal_code", "10997"}, {"country", "DE"}};
    const auto pickup = std::to_string(shop.delivery_method(
        {{"name", "Pickup"}, {"kind", "pickup"}, {"pickup", {{"name", "Workshop"}, {"address", workshop}}}}));
    Buyer ada(shop);
    ada.add("MUG");
    ada.get("/checkout");
    ada.post("/checkout", with(ada.checkout_fields(), "action", "update"));
    CHECK(says(ada, "Nothing can be delivered there like this."));  // not to Germany, but it can be fetched
    CHECK(says(ada, fmt::format("name=\"delivery\" value=\"{}\">", pickup)));
    CHECK_FALSE(says(ada, "value=\"order\""));
    ada.post("/checkout", with(with(ada.checkout_fields(), "delivery", pickup), "action", "update"));
    CHECK(says(ada, "so no address is needed"));
    CHECK(says(ada, "type=\"hidden\" name=\"line1\" value=\"Analytische Allee 12\""));
    const auto placed = ada.post("/checkout", with(ada.checkout_fields(), "action", "order"));
    REQUIRE(placed.status == 303);
    CHECK(first_order(shop).at("delivery").at("kind") == "pickup");
    CHECK(first_order(shop).at("total") == 1250);
    shop.check_invariants();
}

TEST_CASE("a shop whose pages are off has no checkout, and its orders' links go on working") {
    OpenShop shop;
    shop.product({});
    Buyer ada(shop);
    ada.add("MUG");
    const auto link = ada.check_out().header("Location");
    storefront::Settings pages;
    pages.on = false;
    shop.put("/admin/settings", {{"storefront", storefront::to_json(pages)}}, shop.owner());
    CHECK(ada.get("/basket").status == 404);
    CHECK(ada.get("/checkout").status == 404);
    CHECK(ada.post("/checkout", {{"action", "order"}}).status == 404);
    REQUIRE(ada.get(link).status == 200);
    ada.follow(ada.post(link, card_fields(ada, "4242424242424242")));
    CHECK(says(ada, "Order 1001 is paid"));
    CHECK(ada.get(link + "x").status == 404);
}
