#include "notify/language_support.h"

#include <fmt/format.h>

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "fulfillment/support.h"

namespace orderd::tests {

std::string order_path(const Placed& order) { return "/orders/" + std::to_string(order.id); }

std::string receipt_page(Shop& shop, const Placed& order) {
    const auto url = shop.get(order_path(order), order.token).body["receipt_url"].get<std::string>();
    return shop.get(url.substr(url.find("/receipt/"))).text;
}

std::string tracking_page(Shop& shop, const Placed& order) {
    const auto url = shop.get(order_path(order) + "/tracking", order.token).body["page_url"].get<std::string>();
    return shop.get(url.substr(url.find("/track/"))).text;
}

void check_says(const std::string& page, const std::vector<std::string>& sentences) {
    INFO(page);
    for (const auto& sentence : sentences) {
        CAPTURE(sentence);
        CHECK(page.find(sentence) != std::string::npos);
    }
}

void check_mails(const std::vector<Json>& mails, const std::string& language, const std::vector<SaidByMail>& wanted) {
    for (const auto& one : wanted) {
        CAPTURE(one.subject);
        const auto found =
            std::find_if(mails.begin(), mails.end(), [&](const Json& mail) { return mail["subject"] == one.subject; });
        REQUIRE(found != mails.end());
        CHECK(has((*found)["html"], "<html lang=\"" + language + "\">"));
        check_says((*found)["html"], one.sentences);
        check_says((*found)["text"], one.sentences);
        CHECK_FALSE(has((*found)["text"], "{"));
    }
}

Sold sell(MailShop& it, const Headers& headers) {
    auto& shop = it.shop;
    REQUIRE(shop.put("/admin/settings", {{"bank_details", "IBAN DE02 1203 0000 0000 2020 51"}}, shop.owner()).status ==
            200);
    Sold sold{.shipped = it.paid(headers),
              .declined = it.place("Zoë Brûlé", headers),
              .cancelled = it.paid(headers),
              .transferred = it.place_for_transfer(headers)};
    const auto payment = shop.get("/admin" + order_path(sold.shipped), shop.staff()).body["payment"]["id"].dump();
    REQUIRE(shop.post("/payments/" + payment + "/refunds", {{"amount", 250}}, shop.staff()).status < 300);
    const auto shipment = labelled(shop, {.id = sold.shipped.id, .token = sold.shipped.token, .items = {}},
                                   {{"tracking_number", "1Z5R89390357567127"}});
    REQUIRE(shop.put(order_path(sold.shipped) + "/fulfillment", {{"status", "shipped"}}, shop.staff()).status == 200);
    shop.drain();
    REQUIRE(shop.post("/shipments/" + std::to_string(shipment) + "/events", {{"status", "delivered"}}, shop.staff())
                .status == 201);
    REQUIRE(shop.post(order_path(sold.cancelled) + "/cancel", Json::object(), sold.cancelled.token).status == 200);
    pay(shop, sold.declined, MailShop::card("4000000000009995"));
    shop.drain();
    shop.advance(minutes(11));
    shop.drain();
    shop.advance(minutes(30));
    shop.drain();
    shop.advance(days(4));
    shop.drain();
    return sold;
}

std::string with_number(std::string_view text, const Placed& order) {
    return fmt::format(fmt::runtime(text), order.id);
}

}  // namespace orderd::tests
