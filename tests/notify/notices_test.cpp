// What those who work in the shop are told of, by mail or by a POST to an address of theirs.

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "base/budgets.h"
#include "fulfillment/return_request.h"
#include "jobs/jobs.h"
#include "notify/mail_support.h"
#include "notify/noticing.h"
#include "notify/receiver.h"
#include "storage/events.h"
#include "support/closed_port.h"
#include "support/temporary_folder.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

struct NoticeShop : MailShop {
    explicit NoticeShop(bool private_allowed = true, const std::filesystem::path& backups = {})
        : MailShop({"none", "", ""}, [=](app::Config& config) {
              config.private_webhooks = private_allowed;
              config.backup_folder = backups;
              config.backup_every_hours = 24;
          }) {}

    Reply by_post(const std::vector<std::string>& about) {
        return shop.put("/admin/notices/post", {{"url", receiver.url()}, {"about", about}}, shop.staff());
    }
    Reply by_mail(const std::vector<std::string>& about) {
        return shop.put("/admin/notices/mail", {{"address", "anna@example.com"}, {"about", about}}, shop.staff());
    }

    /// Does what is due. @returns all messages so far
    std::vector<httplib::Request> told() {
        shop.drain();
        return receiver.taken();
    }
    /// The text of the newest message, once there are so many.
    std::string text(std::size_t messages) {
        const auto all = told();
        REQUIRE(all.size() == messages);
        return all.back().body;
    }

    /// Events of withdrawals that are nowhere else.
    void record_withdrawals(std::int64_t count) {
        shop.store().writer().run([&](storage::Transaction& tx) {
            for (std::int64_t i = 0; i < count; ++i) {
                events::record(tx, "return_request.received", {"return_request", 5000 + i},
                               {{"kind", "withdrawal"}, {"order_id", nullptr}}, Actor::system(), shop.clock().now());
            }
        });
    }

    Json dead_jobs() { return shop.get("/admin/jobs?status=dead", shop.owner()).body["data"]; }
    Json notices() { return shop.get("/admin/notices", shop.staff()).body; }

    Receiver receiver;
};

std::string order(const Placed& placed) { return "Order " + std::to_string(placed.id); }

}  // namespace

TEST_CASE("the first message comes at once, as ntfy takes it, and what follows in one after five minutes") {
    NoticeShop it;
    REQUIRE(it.by_post({"order_paid"}).status == 200);
    const auto first = it.paid();
    auto told = it.told();
    REQUIRE(told.size() == 1);
    CHECK(told[0].body == order(first) + " was paid: €12.50");
    CHECK(told[0].get_header_value("Title") == "1 order paid");
    CHECK(told[0].get_header_value("Tags") == "moneybag");
    CHECK(told[0].get_header_value("Click") == it.shop.app().url() + "/dashboard/orders/" + std::to_string(first.id));
    CHECK(told[0].get_header_value("Content-Type") == "text/plain; charset=utf-8");

    it.shop.advance(minutes(1));
    const auto second = it.paid();
    const auto third = it.paid();
    CHECK(it.told().size() == 1);
    it.shop.advance(seconds(239));
    CHECK(it.told().size() == 1);
    it.shop.advance(seconds(1));
    told = it.told();
    REQUIRE(told.size() == 2);
    CHECK(told[1].body == order(second) + " was paid: €12.50\n" + order(third) + " was paid: €12.50");
    CHECK(told[1].get_header_value("Title") == "2 orders paid");
    CHECK(told[1].get_header_value("Click") == it.shop.app().url() + "/dashboard/");
    it.shop.advance(hours(1));
    CHECK(it.told().size() == 2);
    it.shop.check_invariants();
}

TEST_CASE("a message names orders and sums, and nobody") {
    NoticeShop it;
    it.by_post({"order_paid", "payment_failed", "refund_to_send", "refund_failed", "withdrawal", "dead_job"});
    const auto declined = it.place();
    pay(it.shop, declined, MailShop::card("4000000000000002"));
    CHECK(it.text(1) == order(declined) + ": the payment of €12.50 failed");

    it.shop.advance(minutes(5));
    const auto transfer = it.place_for_transfer();
    const auto payment = "/payments/" + it.shop.get("/admin/payments", it.shop.owner()).body["data"].at(0)["id"].dump();
    REQUIRE(it.shop.post(payment + "/capture", {{"reference", "transfer of Zoë Brûlé"}}, it.shop.staff()).status < 300);
    const auto refund =
        it.shop.post(payment + "/refunds", {{"amount", 250}, {"reason", "Zoë is sad"}}, it.shop.staff());
    REQUIRE(refund.status < 300);
    CHECK(it.text(2) ==
          order(transfer) + " was paid: €12.50\n" + order(transfer) + ": €2.50 are to be sent back by hand");
    CHECK(it.told().back().get_header_value("Title") == "1 order paid, 1 refund to send");
    CHECK(it.told().back().get_header_value("Tags") == "bell");

    it.shop.advance(minutes(5));
    const auto refunds = it.shop.get("/admin" + payment, it.shop.owner()).body["refunds"];
    REQUIRE(
        it.shop.post(payment + "/refunds/" + refunds.at(0)["id"].dump() + "/cancel", Json::object(), it.shop.staff())
            .status < 300);
    CHECK(it.text(3) == order(transfer) + ": the refund of €2.50 failed");

    it.shop.advance(minutes(5));
    it.shop.store().writer().run([&](storage::Transaction& tx) {
        fulfillment::receive_request(tx,
                                     {.said = {.order_number = std::to_string(transfer.id),
                                               .name = "Zoë Brûlé",
                                               .email = "zoe@example.com",
                                               .text = "It is not blue"}},
                                     it.shop.clock().now());
    });
    CHECK(it.text(4) == "A customer withdraws from order " + std::to_string(transfer.id));
    for (const auto& message : it.told()) {
        for (const auto* word : {"Zo", "zoe", "blue", "sad"}) {
            CHECK(message.body.find(word) == std::string::npos);
        }
    }
}

TEST_CASE("everybody is told what they chose, in the way they chose, and nothing else") {
    NoticeShop it;
    it.set_up();
    REQUIRE(it.by_mail({"order_paid"}).status == 200);
    REQUIRE(it.by_post({"payment_disputed"}).status == 200);
    const auto paid = it.paid();
    CHECK(it.told().empty());
    std::vector<Json> to_anna;
    for (const auto& mail : it.mails()) {
        if (mail["envelope_to"] == Json{"anna@example.com"}) {
            to_anna.push_back(mail);
        }
    }
    REQUIRE(to_anna.size() == 1);
    CHECK(to_anna[0]["subject"] == order(paid) + " was paid: €12.50");
    CHECK(has(to_anna[0]["text"], "/dashboard/orders/" + std::to_string(paid.id)));
    CHECK_FALSE(has(to_anna[0]["raw"], "zoe@"));

    // Nobody else sees or changes it.
    CHECK(it.notices()["mail"]["address"] == "anna@example.com");
    CHECK(it.shop.get("/admin/notices", it.shop.owner()).body["mail"].is_null());
    CHECK(it.shop.remove("/admin/notices/mail", it.shop.owner()).status == 404);
    const auto audit = it.shop.get("/admin/audit", it.shop.owner()).text;
    CHECK(audit.find("notices.set") != std::string::npos);
    CHECK(audit.find("anna@example.com") == std::string::npos);
    CHECK(audit.find("/hook") == std::string::npos);

    REQUIRE(it.shop.remove("/admin/notices/mail", it.shop.staff()).status == 204);
    const auto before = it.mails().size();
    it.paid();
    CHECK(it.mails().size() == before + 2);  // of the order, and of the payment, to the customer
}

TEST_CASE("who is told from now on is told nothing of what was before") {
    NoticeShop it;
    it.paid();
    it.shop.drain();
    it.by_post({"order_paid"});
    CHECK(it.told().empty());
    const auto paid = it.paid();
    CHECK(it.text(1) == order(paid) + " was paid: €12.50");
    it.shop.remove("/admin/notices/post", it.shop.staff());
    it.paid();
    CHECK(it.told().size() == 1);
    it.by_post({"order_paid"});
    CHECK(it.told().size() == 1);
}

TEST_CASE("an admin who may not sign in any more is told nothing, not even what was waiting") {
    NoticeShop it;
    const auto ida =
        it.shop.post("/admin/users", {{"username", "ida"}, {"role", "staff"}, {"password", "some words that are long"}},
                     it.shop.owner());
    REQUIRE(ida.status == 201);
    const auto token = it.shop.post("/auth/login", {{"username", "ida"}, {"password", "some words that are long"}})
                           .body["access_token"]
                           .get<std::string>();
    REQUIRE(it.shop.put("/admin/notices/post", {{"url", it.receiver.url()}, {"about", {"order_paid"}}}, token).status ==
            200);
    it.paid();
    CHECK(it.told().size() == 1);
    it.paid();
    CHECK(it.told().size() == 1);
    const auto active = [&](bool value) {
        const auto path = "/admin/users/" + ida.body["id"].dump();
        Json body{{"active", value}};
        if (!value) {
            body["hand_over_to"] = 1;
        }
        const auto changed = it.shop.put(path, body, it.shop.owner());
        INFO(changed.text);
        REQUIRE(changed.status == 200);
    };
    active(false);
    it.shop.advance(minutes(5));
    CHECK(it.told().size() == 1);
    it.paid();
    it.shop.advance(minutes(5));
    CHECK(it.told().size() == 1);
    active(true);
    CHECK(it.told().size() == 1);
    const auto paid = it.paid();
    CHECK(it.text(2) == order(paid) + " was paid: €12.50");
}

TEST_CASE("an address that fails is tried again, and its end is told to nobody, or it would never end") {
    NoticeShop it;
    it.set_up();
    it.by_post({"order_paid", "dead_job"});
    REQUIRE(it.shop.put("/admin/notices/post", {{"url", it.receiver.url()}, {"about", {"dead_job"}}}, it.shop.owner())
                .status == 200);
    it.receiver.answer(500);
    const auto paid = it.paid();
    for (int i = 0; i < 40 && it.dead_jobs().empty(); ++i) {
        it.shop.advance(hours(6));
        it.shop.sign_in_again();
        it.shop.drain();
    }
    REQUIRE(it.dead_jobs().size() == 1);
    CHECK(it.dead_jobs()[0]["kind"] == "notice.post");
    CHECK(it.notices()["post"]["last_error"] == "it answered 500");
    const auto tries = it.receiver.taken().size();
    it.shop.advance(hours(6));
    CHECK(it.told().size() == tries);

    // What it said comes with the next one.
    it.shop.sign_in_again();
    it.receiver.answer(200);
    const auto next = it.paid();
    CHECK(it.told().size() == tries + 1);
    CHECK(it.told().back().body == order(paid) + " was paid: €12.50\n" + order(next) + " was paid: €12.50");
    CHECK(it.notices()["post"]["last_error"] == "");
}

TEST_CASE("an address at which nobody listens delays no other, and makes no dead job") {
    NoticeShop it;
    const ClosedPort nobody;
    it.by_post({"order_paid"});
    REQUIRE(
        it.shop
            .put("/admin/notices/post", {{"url", nobody.url() + "/hook"}, {"about", {"order_paid"}}}, it.shop.owner())
            .status == 200);
    const auto paid = it.paid();
    CHECK(it.text(1) == order(paid) + " was paid: €12.50");
    CHECK(it.shop.get("/admin/notices", it.shop.owner()).body["post"]["last_error"] == "it was not reached");
    for (int i = 0; i < 20; ++i) {
        it.shop.advance(hours(1));
        it.shop.drain();
    }
    CHECK(it.dead_jobs().empty());
    it.shop.sign_in_again();
    CHECK(it.shop.get("/admin/jobs", it.shop.owner()).text.find("notice.post") == std::string::npos);
}

TEST_CASE("a message's job that runs again after a crash sends nothing twice") {
    NoticeShop it;
    it.by_post({"order_paid"});
    it.paid();
    CHECK(it.told().size() == 1);
    it.shop.store().writer().run([&](storage::Transaction& tx) {
        const auto now = it.shop.clock().now();
        jobs::add(tx,
                  {.kind = notify::kNoticePostJob,
                   .payload = {{"way_id", 1}, {"before", 0}, {"since", now.ms}},
                   .run_at = now,
                   .party = "notice-1"},
                  now);
    });
    it.paid();
    CHECK(it.told().size() == 1);
    it.shop.advance(minutes(5));
    CHECK(it.told().size() == 2);
}

TEST_CASE("a message has so many lines, and counts what it has no room for") {
    NoticeShop it;
    it.by_post({"withdrawal"});
    const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n') + 1; };
    std::size_t messages = 0;
    for (const auto count :
         {budget::kNoticeLines - 1, budget::kNoticeLines, budget::kNoticeLines + 1, budget::kNoticeLines * 30}) {
        CAPTURE(count);
        it.record_withdrawals(count);
        it.shop.advance(minutes(5));
        const auto text = it.text(++messages);
        CHECK(text.size() <= 4096);
        const auto rest = count - budget::kNoticeLines;
        CHECK(lines(text) == (rest > 0 ? budget::kNoticeLines + 1 : count));
        if (rest > 0) {
            const auto s = std::to_string(rest);
            CHECK(text.ends_with("\nand " + s + " more: " + s +
                                 (rest == 1 ? " withdrawal or return" : " withdrawals or returns")));
        }
        CHECK(it.told().back().get_header_value("Title") == std::to_string(count) + " withdrawals or returns");
    }
}

TEST_CASE("what came while a full message was sent is in the next one, without lines") {
    const auto notice =
        notify::notice_of({{.about = notify::About::order_paid, .text = {}, .link = {}, .count = 3}}, "https://shop");
    CHECK(notice.title == "3 orders paid");
    CHECK(notice.lines.empty());
    CHECK(notice.more == "3 orders paid");
    CHECK(notice.url == "https://shop/dashboard/");
}

TEST_CASE("a line of a message is cut where it is too long, between letters") {
    const auto most = budget::kNoticeLine;
    CHECK(notify::shortened(std::string(most - 1, 'x'), most) == std::string(most - 1, 'x'));
    CHECK(notify::shortened(std::string(most, 'x'), most) == std::string(most, 'x'));
    CHECK(notify::shortened(std::string(most + 1, 'x'), most) == std::string(most - 3, 'x') + "…");
    CHECK(notify::shortened(std::string(100 * most, 'x'), most) == std::string(most - 3, 'x') + "…");
    CHECK(notify::shortened("äöüß", 6) == "ä…");
    CHECK(notify::shortened("äöüß", 7) == "äö…");

    NoticeShop it;
    it.by_post({"low_stock"});
    std::string name;
    for (int i = 0; i < 200; ++i) {
        name += "ß";
    }
    it.shop.product({.sku = std::string(64, 'S'), .name = name, .on_hand = 1, .threshold = 2});
    const auto text = it.text(1);
    CHECK(text.size() <= most);
    CHECK(text.starts_with("Low stock: ßß"));
    CHECK(text.ends_with("…), 1 available; the threshold is 2"));
}

TEST_CASE("a private address is refused, as of a webhook, and what may not be is said by its field") {
    NoticeShop it(false);
    const auto put = [&](const std::string& url, const Json& about) {
        return it.shop.put("/admin/notices/post", {{"url", url}, {"about", about}}, it.shop.viewer());
    };
    for (const auto* url :
         {"http://127.0.0.1:8080/hook", "https://10.0.0.1/hook", "https://[::1]/x", "ntfy.sh/topic"}) {
        CAPTURE(url);
        const auto refused = put(url, {"order_paid"});
        CHECK(refused.status == 422);
        CHECK(refused.body["errors"][0]["pointer"] == "/url");
    }
    CHECK(put("https://ntfy.example.com/topic", Json::array()).status == 422);
    CHECK(put("https://ntfy.example.com/topic", {"everything"}).status == 422);
    CHECK(put("https://ntfy.example.com/topic", {"order_paid", "order_paid"}).body["about"] == Json{"order_paid"});
    CHECK(
        it.shop.put("/admin/notices/mail", {{"address", "anna"}, {"about", {"order_paid"}}}, it.shop.viewer()).status ==
        422);
    const auto key = it.shop.post("/admin/api-keys", {{"label", "till"}, {"role", "staff"}}, it.shop.owner())
                         .body["secret"]
                         .get<std::string>();
    CHECK(it.shop.get("/admin/notices", key).code() == "session_required");
    CHECK(
        it.shop.put("/admin/notices/mail", {{"address", "anna@example.com"}, {"about", {"order_paid"}}}, key).code() ==
        "session_required");
}

TEST_CASE("a test goes out at once, and says why it does not") {
    NoticeShop it;
    const auto post = [&](const std::string& way) {
        return it.shop.post("/admin/notices/" + way + "/test", Json::object(), it.shop.staff());
    };
    CHECK(post("post").status == 404);
    it.by_post({"order_paid"});
    it.by_mail({"order_paid"});
    const auto sent = post("post");
    CHECK(sent.status == 200);
    CHECK(sent.body["sent_to"] == it.receiver.url());
    REQUIRE(it.receiver.taken().size() == 1);
    CHECK(it.receiver.taken()[0].get_header_value("Title") == "A test");
    it.receiver.answer(403);
    CHECK(post("post").code() == "notice_not_taken");
    CHECK(post("mail").code() == "mail_not_set_up");
    it.set_up();
    CHECK(post("mail").body["sent_to"] == "anna@example.com");
    CHECK(has(it.newest()["text"], "this is how you are told"));
    const ClosedPort nobody;
    REQUIRE(
        it.shop
            .put("/admin/notices/post", {{"url", nobody.url() + "/hook"}, {"about", {"order_paid"}}}, it.shop.staff())
            .status == 200);
    CHECK(post("post").code() == "notice_not_sent");
    CHECK(post("post").status == 503);
    CHECK(post("post").status == 429);  // six a minute, of the whole shop
}

TEST_CASE("a backup that does not come is told of, once") {
    const TemporaryFolder kept;
    const auto folder = kept.path() / "backups";
    std::ofstream(folder) << "a file, where the folder would be";
    NoticeShop it(true, folder);
    it.by_post({"late_backup"});
    it.shop.advance(hours(47));
    CHECK(it.told().empty());
    it.shop.advance(hours(2));
    CHECK(it.text(1) == "There is no new backup: the last ones failed");
    CHECK(it.told().back().get_header_value("Tags") == "warning");
    for (int i = 0; i < 3; ++i) {
        it.shop.advance(hours(24));
        CHECK(it.told().size() == 1);
    }
}
