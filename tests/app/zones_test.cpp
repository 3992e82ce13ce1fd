// The shop's time zone: its days are those of reports, papers, pages, mails and exports.

#include <algorithm>
#include <map>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "app/exports.h"
#include "fulfillment/support.h"
#include "notify/mail_support.h"
#include "support/paper.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

Reply set_zone(Shop& shop, const Json& name) {
    return shop.put("/admin/settings", {{"time_zone", name}}, shop.owner());
}

/// Moves the clock to a time. Sessions have ended by then.
void go_to(Shop& shop, std::string_view time) {
    shop.advance(parse_time(time).value() - shop.clock().now());
    shop.sign_in_again();
}

/// Sells one of a product at a time.
std::int64_t sell_at(Shop& shop, std::int64_t product, std::string_view time) {
    go_to(shop, time);
    const auto order = shop.order({{product, 1}});
    REQUIRE(order.status == 201);
    const auto id = order.body["id"].get<std::int64_t>();
    set_payment(shop, id, "card", "succeeded");
    return id;
}

/// A figure of each day of a report.
std::map<std::string, std::int64_t> figure_by_day(Shop& shop, const std::string& report, const std::string& figure) {
    const auto reply = shop.get(report, shop.viewer());
    INFO(reply.text);
    REQUIRE(reply.status == 200);
    std::map<std::string, std::int64_t> figures;
    for (const auto& day : reply.body["days"]) {
        figures[day["date"]] = day[figure];
    }
    CHECK(figures.size() == reply.body["days"].size());
    return figures;
}

bool is_asked_for_zone(Shop& shop) {
    const auto list = shop.get("/admin/checklist", shop.viewer()).body["steps"];
    return std::any_of(list.begin(), list.end(),
                       [](const Json& step) { return step["step"] == "time_zone" && !step["done"].get<bool>(); });
}

std::string text_of_pdf(const Reply& reply) { return Paper(reply).text(); }

bool shows(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("M9: a sale half an hour after midnight is of that day and month, whenever it is looked at") {
    Shop shop;
    REQUIRE(set_zone(shop, "Europe/Berlin").status == 200);
    const auto mug = shop.product({.price = 1250, .on_hand = 10});
    sell_at(shop, mug, "2026-09-30T22:30:00Z");  // 1 October, 00:30
    for (const auto* looked_at : {"2026-10-02T10:00:00Z", "2026-11-15T12:00:00Z"}) {
        go_to(shop, looked_at);
        const auto orders = figure_by_day(shop, "/admin/stats/sales?days=60", "orders");
        CHECK(orders.at("2026-10-01") == 1);
        CHECK(orders.at("2026-09-30") == 0);
        CHECK(figure_by_day(shop, "/admin/stats/sales?days=60", "takings").at("2026-10-01") == 1250);
        const auto captured = figure_by_day(shop, "/admin/stats/payments?days=60", "captured");
        CHECK(captured.at("2026-10-01") == 1250);
        CHECK(captured.at("2026-09-30") == 0);
        CHECK(orders.rbegin()->first == std::string(looked_at).substr(0, 10));
    }
    CHECK(shop.get("/admin/orders?from=2026-10-01&to=2026-10-01", shop.viewer()).body["data"].size() == 1);
    CHECK(shop.get("/admin/orders?to=2026-09-30", shop.viewer()).body["data"].empty());
    CHECK(shop.get("/admin/payments?from=2026-10-01", shop.viewer()).body["data"].size() == 1);
    CHECK(shop.get("/admin/payments?to=2026-09-30", shop.viewer()).body["data"].empty());
}

TEST_CASE("M9: the days on which clocks change have all of their sales, each once") {
    Shop shop;
    REQUIRE(set_zone(shop, "Europe/Berlin").status == 200);
    const auto mug = shop.product({.price = 1000, .on_hand = 20});
    // Spring: 29 March has 23 hours. Autumn: 25 October has 25.
    for (const auto* time :
         {"2026-03-28T22:59:00Z", "2026-03-28T23:00:00Z", "2026-03-29T00:30:00Z", "2026-03-29T21:59:00Z",
          "2026-03-29T22:00:00Z", "2026-10-24T21:59:00Z", "2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z",
          "2026-10-25T01:30:00Z", "2026-10-25T22:59:00Z", "2026-10-25T23:00:00Z"}) {
        sell_at(shop, mug, time);
    }
    go_to(shop, "2026-11-20T12:00:00Z");
    for (const auto& [report, figure] : {std::pair("/admin/stats/sales?days=300", "orders"),
                                         std::pair("/admin/stats/payments?days=300", "payments")}) {
        const auto of_day = figure_by_day(shop, report, figure);
        CHECK(of_day.size() == 300);
        CHECK(of_day.at("2026-03-28") == 1);
        CHECK(of_day.at("2026-03-29") == 3);
        CHECK(of_day.at("2026-03-30") == 1);
        CHECK(of_day.at("2026-10-24") == 1);
        CHECK(of_day.at("2026-10-25") == 4);
        CHECK(of_day.at("2026-10-26") == 1);
    }
    CHECK(shop.get("/admin/orders?from=2026-10-25&to=2026-10-25", shop.viewer()).body["data"].size() == 4);
    // A time with its offset is that time.
    CHECK(shop.get("/admin/orders?from=2026-10-25T00:00:00Z&to=2026-10-26T00:00:00Z", shop.viewer())
              .body["data"]
              .size() == 4);
    CHECK(shop.get("/admin/orders?from=2026-10-25T23:00:00Z", shop.viewer()).body["data"].size() == 1);
}

TEST_CASE("M9: days are UTC's until a time zone is set, and Today asks for it") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 5});
    CHECK(shop.get("/admin/settings", shop.viewer()).body["time_zone"].is_null());
    CHECK(is_asked_for_zone(shop));
    sell_at(shop, mug, "2026-01-02T23:30:00Z");
    CHECK(figure_by_day(shop, "/admin/stats/sales?days=7", "orders").at("2026-01-02") == 1);
    REQUIRE(set_zone(shop, "Asia/Tokyo").status == 200);
    CHECK_FALSE(is_asked_for_zone(shop));
    CHECK(figure_by_day(shop, "/admin/stats/sales?days=7", "orders").at("2026-01-03") == 1);
    REQUIRE(set_zone(shop, "UTC").status == 200);
    CHECK_FALSE(is_asked_for_zone(shop));
    CHECK(figure_by_day(shop, "/admin/stats/sales?days=7", "orders").at("2026-01-02") == 1);
}

TEST_CASE("M9: a time zone that is not known is refused by name, and nothing changes") {
    Shop shop;
    REQUIRE(set_zone(shop, "Europe/Berlin").status == 200);
    const auto before = shop.events();
    for (const auto* name : {"Europe/Berlim", "CET-1CEST", "../../etc/passwd", "posix/Europe/Berlin", "+02:00"}) {
        const auto refused = shop.put("/admin/settings", {{"time_zone", name}, {"shop_name", "Changed"}}, shop.owner());
        INFO(refused.text);
        CHECK(refused.status == 422);
        REQUIRE(refused.body["errors"].size() == 1);
        CHECK(refused.body["errors"][0]["pointer"] == "/time_zone");
        CHECK(shows(refused.body["errors"][0]["detail"], name));
    }
    CHECK(set_zone(shop, "").status == 422);
    CHECK(shop.events() == before);
    CHECK(shop.get("/admin/settings", shop.viewer()).body["time_zone"] == "Europe/Berlin");
}

TEST_CASE("M9: a new shop has the time zone of who sets it up") {
    Shop shop;
    shop.store().writer().run(
        [](storage::Transaction& tx) { tx.run("UPDATE admin_user SET password_hash = NULL WHERE id = 1"); });
    const auto link = shop.app().setup_link();
    Json setup{{"token", link.substr(link.find('#') + 1)},
               {"username", "olga"},
               {"password", "nine quiet lamps above"},
               {"shop_name", "Olga's Mugs"},
               {"time_zone", "America/Nowhere"}};
    const auto refused = shop.post("/auth/setup", setup);
    INFO(refused.text);
    CHECK(refused.status == 422);
    REQUIRE(refused.body["errors"].size() == 1);
    CHECK(refused.body["errors"][0]["pointer"] == "/time_zone");
    setup["time_zone"] = "America/New_York";
    REQUIRE(shop.post("/auth/setup", setup).status == 200);
    CHECK(shop.get("/admin/settings", shop.viewer()).body["time_zone"] == "America/New_York");
    CHECK_FALSE(is_asked_for_zone(shop));
}

TEST_CASE("M10: receipt, tracking page, papers, mails and exports have the day and time of the shop's time zone") {
    MailShop it;
    it.set_up();
    REQUIRE(set_zone(it.shop, "Europe/Berlin").status == 200);
    go_to(it.shop, "2026-11-25T23:40:00Z");  // 26 November, 00:40
    const auto order = it.paid();
    const auto path = "/orders/" + std::to_string(order.id);
    const auto mails = it.mails();
    REQUIRE(!mails.empty());
    bool named = false;
    for (const auto& mail : mails) {
        for (const auto* part : {"text", "html"}) {
            CHECK_FALSE(shows(mail[part], "25 November 2026"));
            named = named || shows(mail[part], "26 November 2026");
        }
    }
    CHECK(named);

    const auto receipt_url = it.shop.get(path, order.token).body["receipt_url"].get<std::string>();
    const auto receipt = it.shop.get(receipt_url.substr(receipt_url.find("/receipt/"))).text;
    CHECK(shows(receipt, "Ordered on 26 November 2026"));
    CHECK(shows(receipt, "paid on 26 November 2026"));
    CHECK_FALSE(shows(receipt, "25 November 2026"));

    const auto shipment = labelled(it.shop, {.id = order.id, .token = order.token, .items = {}});
    const auto papers = "/shipments/" + std::to_string(shipment);
    CHECK(shows(text_of_pdf(it.shop.get(papers + "/packing-slip", it.shop.staff())), "Ordered on 26 November 2026"));
    CHECK(shows(text_of_pdf(it.shop.get(papers + "/label", it.shop.staff(), {{"Accept", "application/pdf"}})),
                "2026-11-26"));
    REQUIRE(it.shop.put(path + "/fulfillment", {{"status", "shipped"}}, it.shop.staff()).status == 200);
    const auto tracking_url = it.shop.get(path + "/tracking", order.token).body["page_url"].get<std::string>();
    const auto tracking = it.shop.get(tracking_url.substr(tracking_url.find("/track/"))).text;
    CHECK(shows(tracking, "26 November 2026, 00:40 CET"));
    CHECK_FALSE(shows(tracking, "UTC"));

    CHECK(shows(it.shop.get("/admin/orders/export", it.shop.viewer()).text, "2026-11-26 00:40:00 +0100"));
    std::string customers;
    app::export_customers(it.shop.store(), std::nullopt, [&](std::string_view piece) {
        customers += piece;
        return true;
    });
    CHECK(shows(customers, "2026-11-26 00:40:00 +0100"));
    // The API stays in UTC.
    CHECK(it.shop.get(path, order.token).body["created_at"] == "2026-11-25T23:40:00.000Z");
}

TEST_CASE("a packing slip is in its order's language, and the label beside it in English") {
    MailShop it;
    const auto body = [&](const std::string& locale) {
        auto order = Shop::order_body({{it.mug, 2}});
        order["locale"] = locale;
        order["note"] = "Bitte klingeln";
        order["customer"]["shipping_address"]["country"] = "AT";
        order["customer"]["shipping_address"]["postal_code"] = "1010";
        return order;
    };
    go_to(it.shop, "2027-03-05T12:00:00Z");
    const auto papers = [&](const std::string& locale) {
        const auto order = paid_order(it.shop, body(locale));
        const auto shipment =
            labelled(it.shop, order, {{"items", Json::array({{{"item_id", order.items.at(0)}, {"quantity", 1}}})}});
        const auto path = "/shipments/" + std::to_string(shipment);
        return std::pair(text_of_pdf(it.shop.get(path + "/packing-slip", it.shop.staff())),
                         text_of_pdf(it.shop.get(path + "/label", it.shop.staff(), {{"Accept", "application/pdf"}})));
    };
    const auto [german, label] = papers("de");
    INFO(german << label);
    for (const std::string words : {"Lieferschein", "Bestellt am 5. März 2027", "Sendung 1", "LIEFERADRESSE", "MENGE",
                                    "ARTIKEL", "1 von 2", "ANMERKUNG", "Seite 1 von 1", "ÖSTERREICH", "DEUTSCHLAND"}) {
        CAPTURE(words);
        CHECK(shows(german, words));
    }
    for (const std::string words : {"FROM", "TO", "AUSTRIA", "GERMANY", "2027-03-05"}) {
        CAPTURE(words);
        CHECK(shows(label, words));
    }
    const auto check_slip = [&](const std::string& locale, const std::vector<std::string>& words) {
        const auto slip = papers(locale).first;
        INFO(slip);
        for (const auto& each : words) {
            CAPTURE(each);
            CHECK(shows(slip, each));
        }
    };
    check_slip("fr",
               {"Bon de livraison", "Commande passée le 5 mars 2027", "Colis 2", "ADRESSE DE LIVRAISON", "QUANTITÉ",
                "RÉFÉRENCE", "ARTICLE", "1 sur 2", "REMARQUE", "Page 1 sur 1", "AUTRICHE", "ALLEMAGNE"});
    check_slip("es", {"Albarán", "Pedido hecho el 5 de marzo de 2027", "Paquete 3", "DIRECCIÓN DE ENTREGA", "CANTIDAD",
                      "REFERENCIA", "ARTÍCULO", "1 de 2", "NOTA", "Página 1 de 1", "AUSTRIA", "ALEMANIA"});
    const auto english = papers("en").first;
    INFO(english);
    for (const std::string words :
         {"Packing slip", "Ordered on 5 March 2027", "SHIP TO", "1 of 2", "NOTE", "Page 1 of 1", "AUSTRIA"}) {
        CAPTURE(words);
        CHECK(shows(english, words));
    }
}
