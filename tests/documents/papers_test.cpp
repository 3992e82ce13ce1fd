// Documents on paper: what a reader sees, in the order's language.

#include <map>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/language.h"
#include "documents/support.h"
#include "fulfillment/print/typeface.h"
#include "notify/mail_support.h"
#include "support/paper.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

int count_of(const std::string& text, const std::string& part) {
    int count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

void set_language(Shop& shop, const Bought& order, const std::string& code) {
    shop.store().writer().run([&](storage::Transaction& tx) {
        tx.run("UPDATE orders SET locale = ?2 WHERE id = ?1", OrderId{order.id}, code);
    });
}

Paper print_newest(Shop& shop, const Bought& order) {
    return Paper(
        shop.get("/admin/documents/" + documents_of_order(shop, order).back()["id"].dump() + ".pdf", shop.viewer()));
}

/// With a plain space in place of each that does not break a line: what a font shows for them is of one look.
std::string with_plain_spaces(std::string text) {
    for (const std::string space : {"\u00a0", "\u202f"}) {
        for (auto at = text.find(space); at != std::string::npos; at = text.find(space, at)) {
            text.replace(at, space.size(), " ");
        }
    }
    return text;
}

void check_shows(const std::string& text, const std::vector<std::string>& parts) {
    const auto plain = with_plain_spaces(text);
    INFO(plain);
    for (const auto& part : parts) {
        CAPTURE(part);
        CHECK(has(plain, part));
    }
}

}  // namespace

TEST_CASE("an invoice on paper has all that article 226 asks for, in English") {
    Shop shop;
    const auto mug = taxed_product(shop, "MUG", 123'456, "standard");
    const auto tea = taxed_product(shop, "TEA", 1070, "reduced");
    make_seller(shop, {{"time_zone", "Europe/Berlin"}});
    shop.advance(parse_time("2026-11-24T12:00:00Z").value() - shop.clock().now());
    shop.sign_in_again();
    const auto order = transferred_for(shop, {{mug, 1}, {tea, 2}});
    const auto text = print_newest(shop, order).text();
    INFO(text);
    for (const auto* part : {"Invoice",
                             "2026-00001",
                             "24 November 2026",
                             "Tide & Clay GmbH",
                             "Werkstattweg 1",
                             "VAT ID DE123456789",
                             "Ada Lovelace",
                             "Lindenhof 4",
                             "10115 Berlin",
                             "A MUG",
                             "SKU TEA",
                             "Unit price, net",
                             "1,037.45",
                             "1,234.56",
                             "197.11",
                             "19%",
                             "7%",
                             "Tax 19% on 1,037.45",
                             "Tax 7% on 20.00",
                             "1.40",
                             "1,255.96 EUR",
                             "Date of payment",
                             "Paid on 24 November 2026 by bank transfer",
                             "Amtsgericht Charlottenburg, HRB 12345",
                             "Thank you.",
                             "Page 1 of 1"}) {
        INFO(part);
        CHECK(has(text, part));
    }
    CHECK_FALSE(has(text, "Payable within"));
}

TEST_CASE("documents are printed in the order's language") {
    Shop shop;
    const auto mug = taxed_product(shop, "MUG", 119'000, "standard");
    make_seller(shop);
    shop.advance(parse_time("2026-11-24T12:00:00Z").value() - shop.clock().now());
    shop.sign_in_again();
    const auto order = ordered(shop, {{mug, 1}});
    set_language(shop, order, "de");
    receive_money(shop, order);
    auto text = print_newest(shop, order).text();
    INFO(text);
    for (const auto* part : {"Rechnung", "24. November 2026", "Bestellung", "Einzelpreis netto", "1.000,00", "19 %",
                             "Umsatzsteuer 19 % auf 1.000,00", "1.190,00 EUR",
                             "Bezahlt am 24. November 2026 per Überweisung", "Seite 1 von 1"}) {
        INFO(part);
        CHECK(has(text, part));
    }
    send_refund(shop, order, 595);
    text = print_newest(shop, order).text();
    INFO(text);
    for (const auto* part :
         {"Rechnungskorrektur", "2026-00002", "Berichtigt die Rechnung 2026-00001 vom 24. November 2026", "Erstattung",
          "Gutgeschriebener Betrag", "5,95 EUR", "0,95"}) {
        INFO(part);
        CHECK(has(text, part));
    }
    CHECK_FALSE(has(text, "−"));  // what is credited is positive on paper
}

TEST_CASE("invoices and credit notes in French and Spanish have the words that the law of their countries asks for") {
    Shop shop;
    const auto mug = taxed_product(shop, "MUG", 1'428'000, "standard");
    make_seller(shop);
    shop.advance(parse_time("2026-12-01T12:00:00Z").value() - shop.clock().now());
    shop.sign_in_again();
    const auto french = ordered(shop, {{mug, 1}});
    set_language(shop, french, "fr");
    receive_money(shop, french);
    check_shows(print_newest(shop, french).text(), {"Facture",
                                                    "Numéro",
                                                    "2026-00001",
                                                    "1er décembre 2026",
                                                    "Date de commande",
                                                    "N° de TVA DE123456789",
                                                    "Désignation",
                                                    "Réf. MUG",
                                                    "Prix unitaire HT",
                                                    "Montant HT",
                                                    "Montant TTC",
                                                    "12 000,00",
                                                    "19 %",
                                                    "Total HT",
                                                    "TVA 19 % sur 12 000,00",
                                                    "2 280,00",
                                                    "Total TTC",
                                                    "14 280,00 EUR",
                                                    "Date de paiement",
                                                    "Payée le 1er décembre 2026 par virement bancaire",
                                                    "Page 1 sur 1"});
    send_refund(shop, french, 595);
    check_shows(print_newest(shop, french).text(),
                {"Avoir", "2026-00002", "Rectifie la facture 2026-00001 du 1er décembre 2026", "Remboursement",
                 "Total TTC de l’avoir", "5,95 EUR"});

    const auto spanish = ordered(shop, {{mug, 1}});
    set_language(shop, spanish, "es");
    receive_money(shop, spanish);
    check_shows(print_newest(shop, spanish).text(), {"Factura",
                                                     "Número",
                                                     "2026-00003",
                                                     "Fecha de expedición",
                                                     "1 de diciembre de 2026",
                                                     "Fecha del pedido",
                                                     "NIF-IVA DE123456789",
                                                     "Descripción",
                                                     "Ref. MUG",
                                                     "Precio unit. sin IVA",
                                                     "Base imponible",
                                                     "Total con IVA",
                                                     "12.000,00",
                                                     "19 %",
                                                     "IVA 19 % sobre 12.000,00",
                                                     "2280,00",
                                                     "Importe total",
                                                     "14.280,00 EUR",
                                                     "Fecha de pago",
                                                     "Pagada el 1 de diciembre de 2026 por transferencia bancaria",
                                                     "Página 1 de 1"});
    send_refund(shop, spanish, 595);
    check_shows(print_newest(shop, spanish).text(),
                {"Factura rectificativa", "2026-00004", "Rectifica la factura 2026-00003 del 1 de diciembre de 2026",
                 "Reembolso", "Importe total abonado", "5,95 EUR"});
}

TEST_CASE("why a document has no tax is said in the words of directive 2006/112, article 226, in each language") {
    const std::map<std::string, std::string> reverse_charge{{"de", "Steuerschuldnerschaft des Leistungsempfängers"},
                                                            {"en", "Reverse charge"},
                                                            {"es", "Inversión del sujeto pasivo"},
                                                            {"fr", "Autoliquidation"}};
    for (const auto& language : Language::all()) {
        CAPTURE(language.code());
        const auto& text = language.text("document.reverse_charge");
        CHECK(text.starts_with(reverse_charge.at(language.code())));
        CHECK(has(text, "138"));
        CHECK(has(text, "2006/112/"));
    }
    CHECK(has(Language::find("fr")->text("document.small_business"), "TVA non applicable"));
    CHECK(has(Language::find("es")->text("document.small_business"), "Exenta de IVA"));
}

TEST_CASE("the built-in font has every letter of every language") {
    const fulfillment::print::Typeface built_in;
    for (const auto& language : Language::all()) {
        for (const auto& [name, text] : language.texts()) {
            CAPTURE(language.code(), name, text);
            CHECK_NOTHROW(built_in.set(text));
        }
    }
}

TEST_CASE("a long order goes over several pages, each with the table's head and its number") {
    Shop shop;
    std::vector<Shop::Line> lines;
    for (int i = 0; i < 60; ++i) {
        lines.push_back({taxed_product(shop, "SKU-" + std::to_string(i), 119, "standard"), 1});
    }
    make_seller(shop);
    const auto printed = print_newest(shop, transferred_for(shop, lines));
    const auto text = printed.text();
    INFO(text);
    CHECK(has(printed.info(), "Pages:           3"));
    CHECK(count_of(text, "Unit price, net") == 3);
    CHECK(has(text, "Page 3 of 3"));
    CHECK(count_of(text, "SKU SKU-") == 60);
    CHECK(has(text, "71.40 EUR"));
}

TEST_CASE("many documents are one PDF: those named, or all of a month") {
    Shop shop;
    const auto mug = taxed_product(shop, "MUG", 1190, "standard");
    make_seller(shop);
    shop.advance(parse_time("2026-11-24T12:00:00Z").value() - shop.clock().now());
    shop.sign_in_again();
    auto ids = Json::array();
    for (int i = 0; i < 3; ++i) {
        const auto order = transferred_for(shop, {{mug, 1}});
        ids.push_back(documents_of_order(shop, order)[0]["id"]);
        send_refund(shop, order, 100);
    }
    const auto print = [&](const Json& body) { return shop.post("/admin/documents/pdf", body, shop.viewer()); };
    CHECK(has(Paper(print({{"document_ids", ids}})).info(), "Pages:           3"));
    CHECK(has(Paper(print({{"month", "2026-11"}})).info(), "Pages:           6"));
    CHECK(has(Paper(print({{"month", "2026-11"}, {"kind", "credit_note"}})).info(), "Pages:           3"));
    CHECK(print({{"month", "2026-10"}}).code() == "no_documents");
    CHECK(print({{"month", "2026-99"}}).status == 422);
    CHECK(print(Json::object()).status == 422);
    CHECK(print({{"month", "2026-11"}, {"document_ids", ids}}).status == 422);
    CHECK(print({{"kind", "invoice"}, {"document_ids", ids}}).status == 422);
    CHECK(print({{"document_ids", Json::array({99})}}).status == 404);
}

TEST_CASE("whoever has the link to a receipt fetches that order's documents, and no others") {
    Shop shop;
    const auto mug = taxed_product(shop, "MUG", 1190, "standard");
    make_seller(shop);
    const auto order = transferred_for(shop, {{mug, 1}});
    const auto other = transferred_for(shop, {{mug, 1}});
    const auto of = [&](const Bought& it) { return documents_of_order(shop, it)[0]; };
    const auto url =
        shop.get("/orders/" + std::to_string(order.id), order.token).body["receipt_url"].get<std::string>();
    const auto receipt = url.substr(url.find("/receipt/"));
    const auto page = shop.get(receipt);
    INFO(page.text);
    REQUIRE(page.status == 200);
    const auto path = receipt + "/documents/" + of(order)["id"].dump();
    CHECK(has(page.text, path));
    CHECK(has(page.text, of(order)["number"].get<std::string>()));
    CHECK(has(Paper(shop.get(path)).text(), "Invoice"));
    CHECK(shop.get(receipt + "/documents/" + of(other)["id"].dump()).status == 404);
    CHECK(shop.get(receipt + "x/documents/" + of(order)["id"].dump()).status == 404);
    CHECK(shop.get("/admin/documents/" + of(order)["id"].dump() + ".pdf").status == 401);
}

TEST_CASE("letters that no font has are refused by name, not left out") {
    Shop shop;
    const auto mug = taxed_product(shop, "MUG", 1190, "standard");
    make_seller(shop);
    auto body = Shop::order_body({{mug, 1}});
    body["customer"]["name"] = "李小龍";
    const auto placed = shop.post("/orders", body);
    REQUIRE(placed.status == 201);
    Bought order{.id = placed.body["id"].get<std::int64_t>(),
                 .token = placed.body["access_token"].get<std::string>(),
                 .items = {},
                 .payment = {}};
    REQUIRE(issue(shop, order).status == 201);
    const auto refused =
        shop.get("/admin/documents/" + documents_of_order(shop, order)[0]["id"].dump() + ".pdf", shop.viewer());
    CHECK(refused.code() == "document_not_printable");
    CHECK(has(refused.body["detail"], "Han"));
}

TEST_CASE("mails about a payment, a parcel and a refund link to the order's documents") {
    MailShop it;
    it.set_up();
    make_seller(it.shop);
    const auto placed = it.paid();
    const Bought order{.id = placed.id, .token = placed.token, .items = {}, .payment = {}};
    const auto mail = it.newest();
    INFO(mail.dump());
    const auto number = documents_of_order(it.shop, order).at(0)["number"].get<std::string>();
    const auto text = mail["text"].get<std::string>();
    REQUIRE(has(text, "Invoice " + number + " ("));
    const auto begin = text.find("/receipt/", text.find(number));
    const auto path = text.substr(begin, text.find_first_of("\r\n", begin) - begin);
    CHECK(has(Paper(it.shop.get(path)).text(), number));
    CHECK(has(mail["html"].get<std::string>(), ">Invoice " + number + "</a>"));

    ship_all(it.shop, order);
    CHECK(has(it.newest()["text"].get<std::string>(), "Invoice " + number + " ("));
    const auto payment = it.shop.get(order.path(), it.shop.staff()).body["payment"]["id"].dump();
    REQUIRE(it.shop.post("/payments/" + payment + "/refunds", {{"amount", 250}}, it.shop.staff()).status < 300);
    it.shop.drain();
    CHECK(has(it.newest()["text"].get<std::string>(), "Credit note "));
}
