#include <catch2/catch_test_macros.hpp>

#include "notify/mail_support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::string of_mail(const Json& row) { return "/admin/mails/" + std::to_string(row["id"].get<std::int64_t>()); }

}  // namespace

TEST_CASE("a mail about an order is read as it would be sent now, by who may write to customers") {
    MailShop it;
    it.set_up();
    const auto order = it.place();
    const auto sent = it.newest();
    const auto shown = it.shop.get(of_mail(it.row()), it.shop.staff());
    REQUIRE(shown.status == 200);
    CHECK(shown.body["to"] == "zoe@example.com");
    CHECK(shown.body["subject"] == sent["subject"]);
    CHECK(has(shown.body["text"], "/o/" + std::to_string(order.id) + "-"));
    CHECK(shown.body["not_sent_now"] == "");
    CHECK(it.shop.get(of_mail(it.row()), it.shop.viewer()).status == 403);  // its links act for the customer
    CHECK(it.shop.get("/admin/mails/999999", it.shop.staff()).status == 404);
}

TEST_CASE("a mail is sent again to the address that its order has now, as another mail") {
    MailShop it;
    it.set_up();
    const auto order = it.place();
    const auto first = it.newest();
    const auto at = "/admin/orders/" + std::to_string(order.id);
    const Json corrected{{"customer", {{"email", "brule@example.com"}}}};
    REQUIRE(it.shop.put(at, corrected, it.shop.staff()).status == 200);
    const auto path = of_mail(it.row());
    const auto asked = it.shop.post(path + "/send-again", Json::object(), it.shop.staff());
    REQUIRE(asked.status == 200);
    CHECK(asked.body["status"] == "waiting");
    CHECK(asked.body["sent_again"] == 1);
    const auto twice = it.shop.post(path + "/send-again", Json::object(), it.shop.staff());
    CHECK(twice.status == 409);
    CHECK(twice.body["code"] == "mail_waiting");
    const auto second = it.newest();
    CHECK(it.mails().size() == 2);
    CHECK(second["to"] == Json::parse(R"([["Zoë Brûlé", "brule@example.com"]])"));
    CHECK(second["subject"] == first["subject"]);
    CHECK(second["message_id"] != first["message_id"]);
    CHECK(it.row()["status"] == "sent");
}

TEST_CASE("a mail that failed is sent once its cause is mended") {
    MailShop it;
    it.set_up();
    it.server.rules({{"rcpt", "550 5.1.1 no such mailbox here"}});
    it.place();
    it.mails();
    REQUIRE(it.row()["status"] == "failed");
    it.server.rules(Json::object());
    REQUIRE(it.shop.post(of_mail(it.row()) + "/send-again", Json::object(), it.shop.staff()).status == 200);
    CHECK(it.mails().size() == 1);
    CHECK(it.row()["status"] == "sent");
    CHECK(it.row()["last_error"] == "");
}

TEST_CASE("what no longer holds is not sent again, and what is about no order is neither shown nor sent") {
    MailShop it;
    it.set_up();
    const auto order = it.place();
    it.mails();
    const auto at = "/admin/orders/" + std::to_string(order.id);
    REQUIRE(it.shop.post(at + "/payment-link/mail", Json::object(), it.shop.staff()).status == 200);
    it.mails();
    const auto path = of_mail(it.row());
    REQUIRE(it.shop.post("/orders/" + std::to_string(order.id) + "/cancel", Json::object(), it.shop.staff()).status ==
            200);
    const auto refused = it.shop.post(path + "/send-again", Json::object(), it.shop.staff());
    CHECK(refused.status == 409);
    CHECK(refused.body["code"] == "mail_not_needed");
    CHECK(it.shop.get(path, it.shop.staff()).body["text"].is_null());
}
