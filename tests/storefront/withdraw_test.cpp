// The page on which a customer withdraws from a contract: two steps, no sign-in, one answer for all.

#include <catch2/catch_test_macros.hpp>

#include "storefront/buyer.h"
#include "storefront/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

FormFields withdrawal(const Buyer& buyer, const std::string& action, const std::string& order = "1001",
                      const std::string& email = "ada@example.com") {
    auto fields = buyer.hidden();
    for (const auto& [name, value] : FormFields{{"order", order},
                                                {"name", "Ada Lovelace"},
                                                {"email", email},
                                                {"text", "Only the <b>mug</b>"},
                                                {"action", action}}) {
        fields = with(fields, name, value);
    }
    return fields;
}

/// Goes through both steps. @returns the last page
Reply withdraw(Buyer& buyer, const std::string& order, const std::string& email = "ada@example.com") {
    buyer.get("/withdraw");
    const auto check = buyer.post("/withdraw", withdrawal(buyer, "review", order, email));
    REQUIRE(check.status == 200);
    CHECK(has(check, "Confirm withdrawal"));
    return buyer.follow(buyer.post("/withdraw", withdrawal(buyer, "confirm", order, email)));
}

Json requests(Shop& shop) { return shop.get("/admin/return-requests", shop.viewer()).body["data"]; }

}  // namespace

TEST_CASE("a customer withdraws in two steps, and nothing is said of the order") {
    OpenShop shop;
    shop.product({});
    const auto order = shop.order({{1, 1}}).body["id"].dump();
    Buyer buyer(shop);
    const auto done = withdraw(buyer, order);
    CHECK(done.status == 200);
    CHECK(has(done, "Your withdrawal has been sent"));
    CHECK_FALSE(has(done, order));
    REQUIRE(requests(shop).size() == 1);
    CHECK(requests(shop)[0]["order_id"].dump() == order);
    CHECK(requests(shop)[0]["text"] == "Only the <b>mug</b>");

    Buyer stranger(shop);
    const auto other = withdraw(stranger, "987654", "eve@example.com");
    const auto without_keys = [](std::string page) {
        return page.substr(page.find("<main"), page.find("</main") - page.find("<main"));
    };
    CHECK(without_keys(other.text) == without_keys(done.text));
    REQUIRE(requests(shop).size() == 2);
    CHECK(requests(shop)[0]["order_id"].is_null());
}

TEST_CASE("what is missing is said at its field, and nothing that was typed is lost") {
    OpenShop shop;
    Buyer buyer(shop);
    buyer.get("/withdraw");
    const auto faulty = buyer.post("/withdraw", withdrawal(buyer, "review", "", "ada@"));
    CHECK(faulty.status == 422);
    CHECK(has(faulty, "order-fault"));
    CHECK(has(faulty, "This is not an e-mail address"));
    CHECK(has(faulty, "Only the &lt;b&gt;mug"));
    CHECK_FALSE(has(faulty, "<b>mug"));
    CHECK(requests(shop).empty());
    const auto confirmed = buyer.post("/withdraw", withdrawal(buyer, "confirm", "1001", "not an address"));
    CHECK(confirmed.status == 422);
    CHECK(requests(shop).empty());
}

TEST_CASE("a withdrawal needs the form of its own page, and a program that fills in each field sends nothing") {
    OpenShop shop;
    Buyer buyer(shop);
    buyer.get("/withdraw");
    auto forged = withdrawal(buyer, "confirm");
    CHECK(buyer.post("/withdraw", with(forged, "token", "x")).status == 403);
    CHECK(buyer.post("/withdraw", forged, {{"Origin", "https://evil.test"}}).status == 403);
    CHECK(buyer.post("/withdraw", with(with(forged, "website", "https://spam.test"), "key", "k")).status == 303);
    CHECK(requests(shop).empty());
    // Twice the same form is one withdrawal, and one without its key is shown again.
    buyer.get("/withdraw");
    CHECK(buyer.post("/withdraw", withdrawal(buyer, "confirm")).status == 200);
    CHECK(requests(shop).empty());
    buyer.post("/withdraw", withdrawal(buyer, "review"));
    const auto sent = withdrawal(buyer, "confirm");
    CHECK(buyer.post("/withdraw", sent).status == 303);
    CHECK(buyer.post("/withdraw", sent).status == 303);
    CHECK(requests(shop).size() == 1);
}

TEST_CASE("each page leads to the withdrawal's, which answers also where the shop has no pages") {
    OpenShop shop;
    CHECK(has(shop.get("/", "", browser()), "href=\"./withdraw\""));
    open(shop, {{"withdrawal", false}});
    CHECK_FALSE(has(shop.get("/", "", browser()), "withdraw"));
    open(shop, {{"on", false}});
    CHECK(shop.get("/withdraw", "", browser("fr")).status == 200);
    CHECK(has(shop.get("/withdraw", "", browser("fr")), "Se rétracter d’un contrat"));
}
