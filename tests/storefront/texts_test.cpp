// Texts of mails and pages in the shop's own words.

#include <fmt/format.h>

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "base/budgets.h"
#include "notify/mail_support.h"
#include "storage/backup.h"
#include "storage/files.h"
#include "storefront/buyer.h"
#include "storefront/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::string words_path(const std::string& language, const std::string& name) {
    return "/admin/words/" + language + "/" + name;
}

Reply say_in(Shop& shop, const std::string& language, const std::string& name, const Json& text) {
    const auto now = shop.get(words_path(language, name), shop.owner());
    return shop.put(words_path(language, name), {{"text", text}}, shop.owner(), {{"If-Match", now.header("ETag")}});
}

}  // namespace

TEST_CASE("after a restore the shop speaks in the words of the backup") {
    Shop shop;
    open(shop);
    REQUIRE(say_in(shop, "en", "shop.basket", "Bag").status == 200);
    const auto copy = shop.folder() / "copy.db";
    storage::backup(storage::Files(shop.folder()).database, copy);
    REQUIRE(say_in(shop, "en", "shop.basket", "Trolley").status == 200);
    REQUIRE(say_in(shop, "de", "shop.basket", "Beutel").status == 200);
    REQUIRE(has(shop.get("/", "", browser()), ">Trolley</a>"));

    shop.restore(copy);
    shop.sign_in_again();
    CHECK(has(shop.get("/", "", browser()), ">Bag</a>"));
    CHECK(has(shop.get("/", "", browser("de")), "Warenkorb"));
    CHECK(say_in(shop, "en", "shop.basket", "Basket, again").status == 200);
}

TEST_CASE("a text in the shop's own words shows at once, by language, and is the original again") {
    Shop shop;
    open(shop);
    shop.product({});
    REQUIRE(has(shop.get("/", "", browser()), ">Basket</a>"));
    REQUIRE(has(shop.get("/p/mug", "", browser()), "Add to basket"));
    const auto saved = say_in(shop, "en", "shop.basket", "My <b>bag</b>");
    REQUIRE(saved.status == 200);
    CHECK(saved.body["text"] == "My <b>bag</b>");
    CHECK(saved.body["original"] == "Basket");
    CHECK(saved.header("ETag") == "\"1\"");
    say_in(shop, "en", "shop.in_stock", "Ready to go");  // said by code, not by a template
    for (const auto* path : {"/", "/p/mug", "/basket", "/nowhere"}) {
        CAPTURE(path);
        const auto page = shop.get(path, "", browser());
        CHECK(has(page, "My &lt;b&gt;bag&lt;/b&gt;"));
        CHECK_FALSE(has(page, "<b>bag"));
    }
    CHECK(has(shop.get("/p/mug", "", browser()), "Ready to go"));
    CHECK(has(shop.get("/", "", browser("de")), "Warenkorb"));

    shop.restart();
    CHECK(has(shop.get("/", "", browser()), "My &lt;b&gt;bag"));
    const auto back = say_in(shop, "en", "shop.basket", nullptr);
    CHECK(back.body["text"].is_null());
    CHECK(back.header("ETag") == "\"2\"");
    CHECK(has(shop.get("/", "", browser()), ">Basket</a>"));
    CHECK(say_in(shop, "en", "shop.basket", "Basket").body["text"].is_null());  // the original's own words
    shop.check_invariants();
}

TEST_CASE("a text keeps the placeholders of the original, and what is wrong is said at its field") {
    Shop shop;
    const auto fault = [&](const std::string& name, const std::string& text) {
        const auto refused = say_in(shop, "en", name, text);
        CHECK(refused.status == 422);
        REQUIRE(refused.body["errors"].size() == 1);
        CHECK(refused.body["errors"][0]["pointer"] == "/text");
        return refused.body["errors"][0]["detail"].get<std::string>();
    };
    CHECK(fault("order.title", "Your order") == "has lost {order_number}, in whose place a value stands");
    CHECK(fault("order.title", "{order_number} of {total}") == "has {total}, for which there is no value here");
    CHECK(fault("order.title", "{{order_number}}").starts_with("has a brace"));
    CHECK(fault("order.title", "{order_number} {").starts_with("has a brace"));
    CHECK(fault("order.title", "{order_number} {{> shop_top}}").starts_with("has a brace"));
    CHECK(say_in(shop, "en", "order.title", "No. {order_number}").status == 200);
    CHECK(say_in(shop, "en", "order.title", "two\nlines {order_number}").status == 422);
    for (const auto* other : {"format.decimal", "country.DE", "currency.EUR", "document.invoice", "slip.title",
                              "paid_by.card", "language.name", "no.such"}) {
        CAPTURE(other);
        CHECK(say_in(shop, "en", other, "x").status == 404);
    }
    CHECK(say_in(shop, "tlh", "order.title", "x").status == 404);
    CHECK(shop.put(words_path("en", "shop.basket"), {{"text", "x"}}, shop.staff()).status == 403);
    CHECK(shop.put(words_path("en", "order.title"), {{"text", "{order_number}"}}, shop.owner(), {{"If-Match", "\"0\""}})
              .status == 412);
    const auto list = shop.get("/admin/words/en", shop.viewer());
    REQUIRE(list.status == 200);
    const auto& all = list.body["data"];
    CHECK(std::count_if(all.begin(), all.end(), [](const Json& words) { return !words["text"].is_null(); }) == 1);
    CHECK(shop.events().back() == "words.changed");
    CHECK(shop.get("/admin/audit", shop.owner()).text.find("words.change") != std::string::npos);
}

TEST_CASE("a text in the shop's own words has so many letters, and not one more") {
    Shop shop;
    for (const std::size_t letters : {budget::kOwnWords - 1, budget::kOwnWords}) {
        CHECK(say_in(shop, "fr", "shop.basket", std::string(letters, 'x')).status == 200);
    }
    CHECK(say_in(shop, "fr", "shop.basket", std::string(budget::kOwnWords + 1, 'x')).status == 422);
    CHECK(say_in(shop, "fr", "shop.basket", std::string(budget::kOwnWords * 20, 'x')).status == 422);
    CHECK(say_in(shop, "fr", "shop.basket", "").status == 422);
}

TEST_CASE("a mail is written in the shop's own words, and shown before it is sent") {
    MailShop it;
    it.set_up();
    const auto order = it.place();
    const auto mails = it.mails().size();
    const Json wanted{
        {"mail", "order_placed"},
        {"order_id", order.id},
        {"words",
         Json::array({Json{{"name", "order_placed.subject"}, {"text", "Hooray: {order_number} {shop_name}"}}})}};
    const auto shown = it.shop.post("/admin/mails/preview", wanted, it.shop.owner());
    REQUIRE(shown.status == 200);
    CHECK(shown.body["subject"] == fmt::format("Hooray: {} Zoë's Töpfe", order.id));
    CHECK(has(shown.body["text"], "Hello Zoë Brûlé,"));
    CHECK(has(shown.body["html"], "<!doctype html>"));
    CHECK(it.mails().size() == mails);  // nothing was sent, nothing is kept
    CHECK(it.shop.get(words_path("en", "order_placed.subject"), it.shop.owner()).body["version"] == 0);

    auto german = wanted;
    german["language"] = "de";
    german.erase("words");
    CHECK(has(it.shop.post("/admin/mails/preview", german, it.shop.owner()).body["text"], "Zwischensumme") ==
          has(it.shop.post("/admin/mails/preview", german, it.shop.owner()).body["html"], "Zwischensumme"));
    for (const auto* mail : {"payment_link", "payment_received", "payment_failed", "payment_reminder", "refunded",
                             "ready", "shipped", "delivered", "cancelled", "expired"}) {
        CAPTURE(mail);
        auto other = german;
        other["mail"] = mail;
        const auto reply = it.shop.post("/admin/mails/preview", other, it.shop.owner());
        CHECK(reply.status == 200);
        CHECK_FALSE(has(reply.body["text"], "{"));
    }
    auto faulty = wanted;
    faulty["words"][0]["text"] = "without a number";
    const auto refused = it.shop.post("/admin/mails/preview", faulty, it.shop.owner());
    CHECK(refused.status == 422);
    CHECK(refused.body["errors"][0]["pointer"] == "/words/0/text");
    faulty = wanted;
    faulty["order_id"] = 99'999;
    CHECK(it.shop.post("/admin/mails/preview", faulty, it.shop.owner()).status == 404);
    CHECK(it.shop.post("/admin/mails/preview", wanted, it.shop.staff()).status == 403);

    auto trial = wanted;
    trial["to"] = "me@example.com";
    REQUIRE(it.shop.post("/admin/mails/test", trial, it.shop.owner()).status == 200);
    CHECK(it.newest()["envelope_to"] == Json{"me@example.com"});
    CHECK(it.newest()["subject"] == fmt::format("Hooray: {} Zoë's Töpfe", order.id));

    REQUIRE(say_in(it.shop, "en", "order_placed.title", "Thanks & <i>soon</i>").status == 200);
    it.place();
    CHECK(has(it.newest()["html"], "Thanks &amp; &lt;i&gt;soon&lt;/i&gt;"));
    it.shop.check_invariants();
}
