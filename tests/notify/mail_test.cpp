#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "fulfillment/return_request.h"
#include "fulfillment/support.h"
#include "notify/mail_support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// What every mail has to be, whatever it says.
void check_form(const Json& mail) {
    INFO(mail["raw"].get<std::string>());
    CHECK(mail["type"] == "multipart/alternative");
    CHECK(mail["parts"] == Json{"multipart/alternative", "text/plain", "text/html"});
    CHECK(mail["defects"].empty());
    CHECK(mail["header_defects"].empty());
    CHECK(mail["auto_submitted"] == "auto-generated");
    CHECK(mail["longest_line"].get<int>() <= 78);
    CHECK(mail["bare_line_ends"] == 0);
    CHECK(mail["ascii"] == true);
    CHECK(mail["from"] == Json::parse(R"([["Zoë's Töpfe", "shop@example.com"]])"));
    CHECK(has(mail["html"], "<!doctype html>"));
    CHECK_FALSE(has(mail["html"], "<script"));
    CHECK_FALSE(has(mail["html"], "<b>blue"));
    CHECK_FALSE(has(mail["html"], "{{"));
    CHECK_FALSE(has(mail["text"], "{{"));
    CHECK(has(mail["text"], "This is a demonstration."));
    CHECK(has(mail["html"], "This is a demonstration."));
}

std::string number_of(const Placed& order) { return std::to_string(order.id); }

}  // namespace

TEST_CASE("a customer gets a mail about an order that was placed, and reads their own name in it") {
    MailShop it;
    it.set_up();
    const auto order = it.place();
    const auto mail = it.newest();
    check_form(mail);
    CHECK(mail["to"] == Json::parse(R"([["Zoë Brûlé", "zoe@example.com"]])"));
    CHECK(mail["subject"] == "Your order " + number_of(order) + " at Zoë's Töpfe");
    CHECK(has(mail["text"], "Hello Zoë Brûlé,"));
    CHECK(has(mail["text"], "1 × Mug <b>blue</b> & \"big\"  €12.50"));
    CHECK(has(mail["html"], "Mug &lt;b&gt;blue&lt;/b&gt; &amp; &quot;big&quot;"));
    CHECK(has(mail["text"], "Total: €12.50"));
    CHECK_FALSE(has(mail["text"], "\n\n\n"));
    CHECK(has(mail["text"], "It goes to:\nZoë Brûlé\n"));
    const auto receipt = it.shop.get("/orders/" + number_of(order), order.token).body["receipt_url"].get<std::string>();
    CHECK(has(mail["text"], receipt));
    for (const auto* page : {"/o/", "/pay/"}) {  // where it is seen, and paid
        const auto link = it.shop.app().url() + page + number_of(order) + "-";
        CHECK(has(mail["text"], link));
        CHECK(has(mail["html"], "href=\"" + link));
    }
    CHECK(it.row()["status"] == "sent");
    CHECK(it.row()["order_id"] == order.id);
}

TEST_CASE("names in any script arrive as they were written") {
    MailShop it;
    it.set_up();
    for (const std::string name : {"山田 太郎 と とても長い名前の人がここにいます、本当に長いです", "Ада Лавлейс",
                                   "O'Brien, \"Bob\" <b@x.example>", "Ana, María; (José) @home", "👩‍🌾 Farmer",
                                   "=?utf-8?Q?encoded?=", "a\\b"}) {
        it.place(name);
        const auto mail = it.newest();
        CAPTURE(name);
        check_form(mail);
        REQUIRE(mail["to"].size() == 1);
        CHECK(mail["to"][0][0] == name);
        CHECK(mail["to"][0][1] == "zoe@example.com");
        CHECK(mail["envelope_to"] == Json{"zoe@example.com"});
    }
}

TEST_CASE("P4: mail goes to a domain beyond ASCII by its A-label, from one as well") {
    MailShop it;
    it.set_up({{"from_address", "laden@bücher.example"},
               {"reply_to", "antwort@BÜCHER.example"},
               {"alerts_to", "chef@straße.example"}});
    const auto placed = it.shop.post("/orders", Shop::order_body({{it.mug, 9}}, "jo@bücher.example"));
    REQUIRE(placed.status == 201);
    CHECK(placed.body["customer"]["email"] == "jo@bücher.example");  // shown as it was typed
    bool to_customer = false;
    bool to_shop = false;
    for (const auto& mail : it.mails()) {
        CAPTURE(mail["subject"]);
        CHECK(mail["envelope_from"] == "laden@xn--bcher-kva.example");
        CHECK(mail["reply_to"] == Json::parse(R"([["", "antwort@xn--bcher-kva.example"]])"));
        CHECK(mail["ehlo"] == "xn--bcher-kva.example");
        CHECK(has(mail["message_id"], "@xn--bcher-kva.example"));
        CHECK_FALSE(has(mail["raw"], "@bücher"));
        CHECK_FALSE(has(mail["raw"], "@BÜCHER"));
        to_customer = to_customer || mail["envelope_to"] == Json{"jo@xn--bcher-kva.example"};
        to_shop = to_shop || mail["envelope_to"] == Json{"chef@xn--strae-oqa.example"};
    }
    CHECK(to_customer);
    CHECK(to_shop);
    REQUIRE(it.send_test("jo@bücher.example").status == 200);
    CHECK(it.newest()["envelope_to"] == Json{"jo@xn--bcher-kva.example"});
}

TEST_CASE("P4: an address whose part before the @ is beyond ASCII is refused by name, wherever one is given") {
    MailShop it;
    it.set_up();
    const auto fault = [](const Reply& reply) {
        CHECK(reply.status == 422);
        return reply.status == 422 ? reply.body["errors"].at(0) : Json{{"pointer", ""}, {"detail", ""}};
    };
    auto refused = fault(it.shop.post("/orders", Shop::order_body({{it.mug, 1}}, "jürgen@example.com")));
    CHECK(refused["pointer"] == "/customer/email");
    CHECK(has(refused["detail"], "\"ü\" before the @"));
    refused = fault(
        it.shop.post("/customers", {{"name", "Z"}, {"email", "zoë@example.com"}, {"password", "long enough words"}}));
    CHECK(refused["pointer"] == "/email");
    for (const auto* name : {"from_address", "reply_to", "alerts_to"}) {
        Json mail{{"host", "localhost"}, {"port", 25}, {"security", "none"}, {"from_address", "shop@example.com"}};
        mail[name] = "büro@example.com";
        refused = fault(it.shop.put("/admin/settings", {{"mail", mail}}, it.shop.owner()));
        CHECK(refused["pointer"] == std::string("/mail/") + name);
    }
    CHECK(fault(it.send_test("zoë@example.com"))["pointer"] == "/to");
    // A domain that has no form for the wire is none.
    CHECK(fault(it.shop.post("/orders", Shop::order_body({{it.mug, 1}}, "jo@☃.example")))["pointer"] ==
          "/customer/email");
}

TEST_CASE("a customer gets a mail about a payment that came, and about one that goes back") {
    MailShop it;
    it.set_up();
    const auto order = it.paid();
    auto mail = it.newest();
    check_form(mail);
    CHECK(mail["subject"] == "Receipt for order " + number_of(order) + " at Zoë's Töpfe");
    CHECK(has(mail["text"], "payment of €12.50"));
    CHECK(has(mail["text"], "by Visa card ending in 4242"));
    CHECK_FALSE(has(mail["raw"], "4242424242424242"));

    const auto payment = it.shop.get("/admin/payments", it.shop.owner()).body["data"].at(0)["id"].dump();
    CHECK(it.shop.post("/payments/" + payment + "/refunds", {{"amount", 250}, {"reason", "scratched"}}, it.shop.staff())
              .status < 300);
    mail = it.newest();
    check_form(mail);
    CHECK(mail["subject"] == "Refund for order " + number_of(order) + " at Zoë's Töpfe");
    CHECK(has(mail["text"], "refunded €2.50"));
}

TEST_CASE("a declined payment is told of after a while, and not where the next card was good") {
    MailShop it;
    it.set_up();
    const auto given_up = it.place();
    const auto went_on = it.place();
    pay(it.shop, given_up, MailShop::card("4000000000009995"));
    pay(it.shop, went_on, MailShop::card("4000000000000002"));
    it.shop.drain();
    pay(it.shop, went_on, MailShop::good_card());
    const auto before = it.mails().size();
    CHECK(before == 3);  // two orders, one payment
    it.shop.advance(minutes(11));
    const auto mails = it.mails();
    REQUIRE(mails.size() == before + 1);
    check_form(mails.back());
    CHECK(mails.back()["subject"] == "Your payment for order " + number_of(given_up) + " did not go through");
    CHECK(has(mails.back()["text"], "UTC: you can pay it with another card"));
    const auto skipped = it.shop.get("/admin/mails?status=skipped", it.shop.viewer()).body["data"];
    REQUIRE(skipped.size() == 1);
    CHECK(skipped[0]["order_id"] == went_on.id);
    CHECK(skipped[0]["last_error"] == "the order was paid, or closed, in the meantime");
}

TEST_CASE("a customer gets a mail when a parcel left, with its link, and when it arrived, each once") {
    MailShop it;
    it.set_up();
    const auto paid = it.paid();
    const PaidOrder order{.id = paid.id, .token = paid.token, .items = {}};
    const auto shipment = labelled(it.shop, order, {{"tracking_number", "1Z5R89390357567127"}});
    it.shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, it.shop.staff());
    auto mail = it.newest();
    check_form(mail);
    CHECK(mail["subject"] == "Your order " + number_of(paid) + " is on its way");
    CHECK(has(mail["text"], "1Z5R89390357567127"));
    CHECK(has(mail["html"], "https://www.ups.com/"));
    const auto page = it.shop.get(order.path("/tracking"), order.token).body["page_url"].get<std::string>();
    CHECK(has(mail["text"], page));
    CHECK(has(mail["html"], "href=\"" + page + "\""));

    const auto count = it.mails().size();
    const auto tell = [&](const std::string& status) {
        it.shop.advance(minutes(1));
        CHECK(it.shop.post("/shipments/" + std::to_string(shipment) + "/events", {{"status", status}}, it.shop.staff())
                  .status == 201);
    };
    tell("exception");
    tell("in_transit");  // under way again: nothing new to a customer
    CHECK(it.mails().size() == count);
    tell("delivered");
    mail = it.newest();
    check_form(mail);
    CHECK(mail["subject"] == "Your order " + number_of(paid) + " was delivered");
    CHECK(it.mails().size() == count + 1);
}

TEST_CASE("a customer gets a mail about an order that was cancelled, or not paid in time") {
    MailShop it;
    it.set_up();
    const auto order = it.place();
    const auto late = it.place();
    CHECK(it.shop.post("/orders/" + number_of(order) + "/cancel", Json::object(), order.token).status == 200);
    auto mail = it.newest();
    check_form(mail);
    CHECK(mail["subject"] == "Your order " + number_of(order) + " was cancelled");
    it.shop.advance(minutes(31));
    mail = it.newest();
    check_form(mail);
    CHECK(mail["subject"] == "Your order " + number_of(late) + " was not paid in time");
}

TEST_CASE("who looks after the stock gets a mail when it is low, once") {
    MailShop it;
    it.set_up();
    for (int i = 0; i < 9; ++i) {
        it.place();
    }
    std::vector<Json> alerts;
    for (const auto& mail : it.mails()) {
        if (mail["envelope_to"] == Json{"boss@example.com"}) {
            alerts.push_back(mail);
        }
    }
    REQUIRE(alerts.size() == 1);
    CHECK(has(alerts[0]["subject"], "Low stock: Mug <b>blue</b>"));
    CHECK(has(alerts[0]["text"], "the threshold is 2"));
    CHECK(has(alerts[0]["text"], "/dashboard/"));
}

TEST_CASE("mail that is set up later tells nobody of what happened before") {
    MailShop it;
    it.place();
    it.shop.drain();
    it.set_up();
    CHECK(it.mails().empty());
    it.place();
    CHECK(it.mails().size() == 1);
    it.shop.put("/admin/settings", {{"mail", nullptr}}, it.shop.owner());
    it.place();
    CHECK(it.mails().size() == 1);
    it.set_up();
    CHECK(it.mails().size() == 1);
}

TEST_CASE("mails wait for a server that is down, and none is lost") {
    MailShop it;
    it.set_up();
    it.server.stop();
    it.place_for_transfer();
    it.shop.drain();
    CHECK(it.row()["status"] == "waiting");
    CHECK(has(it.row()["last_error"], "cannot be reached"));
    it.shop.advance(hours(1));
    it.shop.drain();
    it.shop.restart();
    it.server.start();
    it.shop.advance(hours(2));
    it.shop.sign_in_again();
    CHECK(it.mails().size() == 1);
    CHECK(it.row()["status"] == "sent");
    CHECK(it.row()["attempts"].get<int>() >= 3);
}

TEST_CASE("a server that does not answer is asked by one mail, and the others wait for its answer") {
    MailShop it;
    it.set_up();
    it.server.stop();
    it.place_for_transfer();
    it.place_for_transfer();
    it.shop.drain();
    const auto rows = it.shop.get("/admin/mails", it.shop.viewer()).body["data"];
    REQUIRE(rows.size() == 2);
    CHECK(rows[0]["attempts"].get<int>() + rows[1]["attempts"].get<int>() == 1);
    it.server.start();
    it.shop.advance(minutes(2));
    CHECK(it.mails().size() == 2);
}

TEST_CASE("a greylisted mail is tried again, and taken") {
    MailShop it;
    it.set_up();
    it.server.rules({{"rcpt", "451 4.7.1 greylisted, come back"}});
    it.place_for_transfer();
    CHECK(it.mails().empty());
    CHECK(it.row()["status"] == "waiting");
    CHECK(has(it.row()["last_error"], "451 4.7.1"));
    CHECK(has(it.row()["last_error"], "it has a local problem"));
    it.server.rules(Json::object());
    it.shop.advance(hours(1));
    CHECK(it.mails().size() == 1);
}

TEST_CASE("a mail that is refused for good is a dead letter at once, which names nobody, and can be sent again") {
    for (const auto& rules : {Json{{"rcpt", "550 5.1.1 <zoe@example.com> zoe is not known here"}},
                              Json{{"data", "554 5.7.1 Zoe@Example.com wants no spam"}}}) {
        MailShop it;
        it.set_up();
        it.server.rules(rules);
        it.place();
        it.shop.drain();
        CHECK(it.row()["status"] == "failed");
        CHECK(it.row()["attempts"] == 1);
        const auto jobs = it.shop.get("/admin/jobs?status=dead", it.shop.owner());
        REQUIRE(jobs.body["data"].size() == 1);
        const auto job = jobs.body["data"][0];
        CHECK(job["kind"] == "mail.send");
        CHECK((has(job["last_error"], "550 5.1.1, there is no such mailbox") ||
               has(job["last_error"], "554 5.7.1, it refuses")));
        CHECK_FALSE(has(job["last_error"], "zoe"));

        it.server.rules(Json::object());
        CHECK(it.shop.post("/admin/jobs/" + job["id"].dump() + "/retry", Json::object(), it.shop.staff()).status < 300);
        CHECK(it.mails().size() == 1);
        CHECK(it.row()["status"] == "sent");
    }
}

TEST_CASE("a mail whose answer was lost is sent once more, as the same mail") {
    MailShop it;
    it.set_up();
    it.server.rules({{"lose", true}});
    it.place_for_transfer();
    CHECK(it.mails().size() == 1);
    CHECK(it.row()["status"] == "waiting");
    it.server.rules(Json::object());
    it.shop.advance(hours(1));
    const auto mails = it.mails();
    REQUIRE(mails.size() == 2);
    CHECK(mails[0]["raw"] == mails[1]["raw"]);
    CHECK(mails[0]["message_id"] == mails[1]["message_id"]);
    CHECK(it.row()["status"] == "sent");
}

TEST_CASE("a mail whose worker died after it was sent is recognized by its Message-ID") {
    MailShop it;
    it.set_up();
    it.place();
    REQUIRE(it.mails().size() == 1);
    // As it was when the server had answered, and the process died before that was written.
    it.shop.store().writer().run([&](storage::Transaction& tx) {
        tx.run("UPDATE mail SET status = 'waiting', attempts = 0");
        tx.run(R"sql(
            INSERT INTO job (kind, lane, party, payload, status, run_at, attempts, max_attempts, created_at, updated_at)
            SELECT 'mail.send', 'mail', 'mail', json_object('mail_id', id), 'running', ?1, 1, 100, ?1, ?1 FROM mail
        )sql",
               it.shop.clock().now());
    });
    CHECK(it.mails().size() == 1);
    it.shop.restart();
    const auto mails = it.mails();
    REQUIRE(mails.size() == 2);
    CHECK(mails[0]["message_id"] == mails[1]["message_id"]);
    CHECK(mails[0]["date"] == mails[1]["date"]);
}

TEST_CASE("neither jobs nor events nor the mails' own rows say who gets mail") {
    MailShop it;
    it.set_up();
    it.paid();
    it.server.rules({{"rcpt", "451 4.7.1 <zoe@example.com>: later, Zoë"}});
    it.place();
    it.shop.drain();
    std::string all;
    it.shop.store().read().each(
        "SELECT payload || last_error FROM job UNION ALL SELECT body FROM event "
        "UNION ALL SELECT template || last_error FROM mail",
        [&](const storage::Row& row) { all += row.get<std::string>(0); });
    CHECK(all.find("zoe") == std::string::npos);
    CHECK(all.find("Zoë") == std::string::npos);
    CHECK(all.find("example.com") == std::string::npos);
}

TEST_CASE("a customer whose data was erased gets no mail more") {
    MailShop it;
    it.set_up();
    const auto order = it.place();
    it.shop.post("/orders/" + number_of(order) + "/cancel", Json::object(), order.token);
    const auto customer = it.shop.get("/admin/orders/" + number_of(order), it.shop.owner()).body["customer_id"].dump();
    REQUIRE(it.shop.post("/admin/customers/" + customer + "/erase", Json::object(), it.shop.owner()).status < 300);
    CHECK(it.mails().empty());
    CHECK(it.row()["status"] == "skipped");
    CHECK(it.row()["last_error"] == "the customer's data was erased");
}

TEST_CASE("a shop's own template is used, and a broken one is not") {
    const TemporaryFolder own;
    MailShop it({"none", "", ""}, [&](app::Config& config) { config.templates = own.path(); });
    it.set_up();
    std::ofstream(own.path() / "order_placed.subject") << "Danke, {{customer_name}}!\n";
    std::ofstream(own.path() / "order_placed.txt") << "{{#items}} never closed";
    std::ofstream(own.path() / "order_placed.html")
        << "<p>{{customer_name}}</p>\n.\n..x\n";  // dots end mails (RFC 5321)
    it.place();
    const auto mail = it.newest();
    CHECK(mail["subject"] == "Danke, Zoë Brûlé!");
    CHECK(has(mail["text"], "Thank you for your order"));
    CHECK(mail["html"] == "<p>Zoë Brûlé</p>\n.\n..x\n");
}

TEST_CASE("X19: a change of an account's e-mail address is told to the address before, once, which is then forgotten") {
    MailShop it;
    it.set_up();
    const Json account{{"name", "Zoë Brûlé"}, {"email", "zoe@example.com"}, {"password", "quince and medlar"}};
    REQUIRE(it.shop.post("/customers", account).status == 201);
    const auto token = it.shop.post("/auth/login", {{"email", "zoe@example.com"}, {"password", "quince and medlar"}})
                           .body["access_token"]
                           .get<std::string>();
    const auto change = [&](const std::string& email) {
        return it.shop.put("/customers/me", {{"email", email}, {"password", "quince and medlar"}}, token).status;
    };
    REQUIRE(it.shop.put("/customers/me", {{"phone", "+49 30 1"}}, token).status == 200);
    CHECK(it.mails().empty());
    REQUIRE(change("eve@example.com") == 200);
    REQUIRE(change("mallory@example.com") == 200);  // whoever took it over hides behind a second change
    const auto mails = it.mails();
    REQUIRE(mails.size() == 2);
    CHECK(mails[0]["to"] == Json::parse(R"([["Zoë Brûlé", "zoe@example.com"]])"));
    CHECK(mails[0]["subject"] == "The e-mail address of your account was changed");
    CHECK(has(mails[0]["text"], "Hello Zoë Brûlé,"));
    CHECK_FALSE(has(mails[0]["raw"], "mallory"));
    CHECK(mails[1]["to"] == Json::parse(R"([["Zoë Brûlé", "eve@example.com"]])"));
    CHECK(it.mails().size() == 2);
    CHECK(it.shop.store().read().value<std::int64_t>("SELECT count(*) FROM former_email") == 0);
    CHECK(it.row()["kind"] == "email_changed");
}

TEST_CASE("who withdraws from an order has a receipt at once, whether there is such an order or not") {
    MailShop it;
    it.set_up();
    const auto ask = [&](const std::string& number, const Language& language) {
        it.shop.store().writer().run([&](storage::Transaction& tx) {
            fulfillment::receive_request(tx,
                                         {.said = {.order_number = number,
                                                   .name = "Zoë <b>Brûlé</b>",
                                                   .email = "zoe@example.com",
                                                   .text = "The teapot.\nIt is <i>blue</i>."},
                                          .language = &language},
                                         it.shop.clock().now());
        });
    };
    ask("4711", Language::english());
    auto mails = it.mails();
    REQUIRE(mails.size() == 1);
    CHECK(mails[0]["to"] == Json::parse(R"([["Zoë <b>Brûlé</b>", "zoe@example.com"]])"));
    CHECK(has(mails[0]["subject"], "We have received your withdrawal"));
    CHECK(has(mails[0]["text"], "Order number: 4711"));
    CHECK(has(mails[0]["text"], "The teapot."));
    CHECK(has(mails[0]["html"], "It is &lt;i&gt;blue&lt;/i&gt;."));
    CHECK_FALSE(has(mails[0]["html"], "<b>"));
    ask("4712", *Language::find("de"));
    mails = it.mails();
    REQUIRE(mails.size() == 2);
    CHECK(has(mails[1]["subject"], "Wir haben Ihren Widerruf erhalten"));
    CHECK(it.row()["kind"] == "return_received");
}

TEST_CASE("X19: who is erased before the mail went out is not written to") {
    MailShop it;
    const Json account{{"name", "Zoë Brûlé"}, {"email", "zoe@example.com"}, {"password", "quince and medlar"}};
    REQUIRE(it.shop.post("/customers", account).status == 201);
    it.set_up();
    const auto token = it.shop.post("/auth/login", {{"email", "zoe@example.com"}, {"password", "quince and medlar"}})
                           .body["access_token"]
                           .get<std::string>();
    REQUIRE(
        it.shop.put("/customers/me", {{"email", "z@example.com"}, {"password", "quince and medlar"}}, token).status ==
        200);
    REQUIRE(it.shop.remove("/customers/me", token).status == 204);
    CHECK(it.mails().empty());
    CHECK(it.row()["status"] == "skipped");
}
