// The link to the page on which an order is paid: staff mail it, and replace it.

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "notify/mail_support.h"
#include "storefront/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::string link_of(Shop& shop, const Placed& order) {
    const auto url =
        shop.get(fmt::format("/admin/orders/{}", order.id), shop.viewer()).body.at("payment_url").get<std::string>();
    return url.substr(url.find("/pay/"));
}

}  // namespace

TEST_CASE("staff replace a payment link: the one before opens nothing any more") {
    MailShop it;
    auto& shop = it.shop;
    const auto order = it.place();
    const auto other = it.place();
    const auto first = link_of(shop, order);
    CHECK(shop.get(first).status == 200);
    const auto path = fmt::format("/admin/orders/{}/payment-link", order.id);
    CHECK(shop.post(path, Json::object(), shop.viewer()).status == 403);
    CHECK(link_of(shop, order) == first);

    const Headers key{{"Idempotency-Key", "one-press-of-the-button"}};
    const auto renewed = shop.post(path, Json::object(), shop.staff(), key);
    REQUIRE(renewed.status == 200);
    const auto second = link_of(shop, order);
    CHECK(renewed.body.at("payment_url").get<std::string>().ends_with(second));
    CHECK(second != first);
    CHECK(shop.post(path, Json::object(), shop.staff(), key).status == 200);  // an answer that got lost
    CHECK(link_of(shop, order) == second);
    CHECK(shop.get(first).status == 404);
    CHECK(shop.send("POST", first, "method=bank_transfer", "application/x-www-form-urlencoded").status == 404);
    CHECK(shop.get(second).status == 200);
    CHECK(shop.get(link_of(shop, other)).status == 200);
    const auto entries = shop.get("/admin/audit", shop.owner()).body.at("data");
    CHECK(entries.at(0).at("action") == "order.payment_link");
    CHECK(shop.post("/admin/orders/9999/payment-link", Json::object(), shop.staff()).status == 404);
    shop.check_invariants();
}

TEST_CASE("staff mail a payment link, as it is when the mail goes") {
    MailShop it;
    auto& shop = it.shop;
    const auto order = it.place();
    const auto path = fmt::format("/admin/orders/{}/payment-link", order.id);
    CHECK(shop.post(path + "/mail", Json::object(), shop.staff()).code() == "mail_not_set_up");
    it.set_up();
    shop.drain();
    const auto sent = shop.post(path + "/mail", Json::object(), shop.staff());
    REQUIRE(sent.status == 200);
    CHECK(sent.body == Json{{"sent_to", "zoe@example.com"}});
    REQUIRE(shop.post(path, Json::object(), shop.staff()).status == 200);  // replaced before the mail went
    const auto mail = it.newest();
    CHECK(mail.at("subject").get<std::string>().starts_with(fmt::format("Pay your order {}", order.id)));
    for (const auto* part : {"text", "html"}) {
        CHECK(has(mail.at(part), link_of(shop, order)));
        CHECK(has(mail.at(part), "12.50"));
    }

    REQUIRE(pay(shop, order, MailShop::good_card()).status == 202);
    shop.drain();
    CHECK(shop.post(path + "/mail", Json::object(), shop.staff()).code() == "not_pending");
    shop.check_invariants();
}

TEST_CASE(
    "the mails of a placed order and of a failed payment lead to where it is paid, and of a transfer to its code") {
    MailShop it;
    auto& shop = it.shop;
    it.set_up();
    const auto order = it.place();
    CHECK(has(it.newest().at("text"), link_of(shop, order)));
    pay(shop, order, MailShop::card("4000000000000002"));
    shop.drain();
    shop.advance(minutes(11));
    const auto failed = it.newest();
    CHECK(has(failed.at("text"), "The card was declined."));
    CHECK(has(failed.at("text"), link_of(shop, order)));
    CHECK_FALSE(has(failed.at("text"), "your bank's app"));

    const Json account{{"name", "The shop"}, {"iban", "de02 1203 0000 0000 2020 51"}, {"bic", ""}};
    REQUIRE(shop.put("/admin/settings", {{"bank_account", account}}, shop.owner()).status == 200);
    const auto transferred = it.place_for_transfer();
    const auto mail = it.newest();
    CHECK(has(mail.at("text"), "A code for your bank's app is here: "));
    CHECK(has(mail.at("html"), link_of(shop, transferred)));
}
