// An order's language: which one it gets, and that all that goes to its customer is in it.

#include <fmt/format.h>

#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "notify/language_support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

const Headers kGerman{{"Accept-Language", "de-DE,de;q=0.9,en;q=0.8"}};

std::string locale_of(Shop& shop, const Placed& order) {
    return shop.get(order_path(order), order.token).body["locale"].get<std::string>();
}

}  // namespace

TEST_CASE("an order that is placed with Accept-Language: de gets every mail and page in German") {
    MailShop it;
    it.set_up();
    const auto sold = sell(it, kGerman);
    const auto subject = [](std::string_view text, const Placed& order) { return with_number(text, order); };
    check_mails(
        it.mails(), "de",
        {
            {subject("Ihre Bestellung {} bei Zoë's Töpfe", sold.shipped),
             {"Guten Tag Zoë Brûlé,", with_number("vielen Dank für Ihre Bestellung {} vom", sold.shipped),
              "12,50\u00a0€", "Gesamtbetrag", "Lieferadresse", "Dies ist eine Demonstration."}},
            {subject("Ihre Bestellung {} bei Zoë's Töpfe", sold.transferred), {"Guten Tag Zoë Brûlé,"}},
            {subject("Zahlungsbeleg zur Bestellung {} bei Zoë's Töpfe", sold.shipped),
             {with_number("wir haben Ihre Zahlung von 12,50\u00a0€ für die Bestellung {} erhalten (Karte: Visa, "
                          "Endziffern 4242). Vielen Dank.",
                          sold.shipped)}},
            {subject("Erstattung zur Bestellung {} bei Zoë's Töpfe", sold.shipped),
             {with_number("wir haben Ihnen 2,50\u00a0€ zur Bestellung {} auf Ihre Karte erstattet (Visa, Endziffern "
                          "4242). Es kann einige Tage dauern, bis Ihre Bank den Betrag anzeigt.",
                          sold.shipped)}},
            {subject("Ihre Bestellung {} ist unterwegs", sold.shipped),
             {with_number("eine Sendung zu Ihrer Bestellung {} ist unterwegs:", sold.shipped), "Sendungsnummer",
              "Sendung verfolgen", "Lieferadresse"}},
            {subject("Ihre Bestellung {} wurde zugestellt", sold.shipped),
             {with_number("eine Sendung zu Ihrer Bestellung {} wurde zugestellt:", sold.shipped),
              "Wir hoffen, dass alles zu Ihrer Zufriedenheit ist."}},
            {subject("Ihre Zahlung für die Bestellung {} ist fehlgeschlagen", sold.declined),
             {with_number("Ihre Zahlung von 12,50\u00a0€ für die Bestellung {} ist fehlgeschlagen. Die Karte ist nicht "
                          "ausreichend gedeckt.",
                          sold.declined),
              "Uhr (UTC) für Sie reserviert"}},
            {subject("Ihre Bestellung {} wurde nicht rechtzeitig bezahlt", sold.declined),
             {"wurde nicht rechtzeitig bezahlt und ist geschlossen."}},
            {subject("Ihre Bestellung {} wurde storniert", sold.cancelled),
             {"Den bezahlten Betrag erstatten wir Ihnen; dazu erhalten Sie eine eigene Nachricht."}},
            {subject("Ihre Bestellung {} wartet auf Ihre Überweisung", sold.transferred),
             {with_number("Ihre Überweisung von 12,50\u00a0€ für die Bestellung {} vom", sold.transferred),
              "IBAN DE02 1203 0000 0000 2020 51", "Uhr (UTC) für Sie bereit."}},
        });
    for (const auto& mail : it.mails()) {
        CAPTURE(mail["subject"]);
        CHECK((mail["envelope_to"] == Json{"boss@example.com"} || !has(mail["text"], "Hello")));
    }

    check_says(receipt_page(it.shop, sold.shipped),
               {"<html lang=\"de\">", "DEUTSCHLAND", with_number("Zahlungsbeleg {}", sold.shipped), "Bestellt am",
                "bezahlt am", "Artikel", "Menge", "Einzelpreis", "12,50\u00a0€", "Erstattet am", "−2,50\u00a0€",
                "Karte: Visa, Endziffern 4242 (simuliert)", "Lieferadresse", "Simulierte Zahlung."});
    check_says(
        receipt_page(it.shop, sold.transferred),
        {with_number("Bestellung {}", sold.transferred), "Diese Bestellung ist noch nicht bezahlt.",
         with_number("Bitte überweisen Sie 12,50\u00a0€ und geben Sie als Verwendungszweck die Bestellnummer {} an.",
                     sold.transferred),
         "Überweisung"});
    check_says(receipt_page(it.shop, sold.cancelled), {"Diese Bestellung wurde storniert."});
    check_says(tracking_page(it.shop, sold.shipped),
               {"<html lang=\"de\">", "Die Bestellung wurde zugestellt.", "Sendung 1", "Zugestellt", "Versandt",
                "In dieser Sendung", "Bei UPS verfolgen", "Uhr (UTC)"});
}

TEST_CASE("an order in English gets every mail and page in English") {
    MailShop it;
    it.set_up();
    REQUIRE(it.shop.put("/admin/settings", {{"locale", "de"}}, it.shop.owner()).status == 200);
    const auto sold = sell(it, {{"Accept-Language", "en-GB"}});
    const auto subject = [](std::string_view text, const Placed& order) { return with_number(text, order); };
    check_mails(
        it.mails(), "en",
        {
            {subject("Your order {} at Zoë's Töpfe", sold.shipped),
             {"Hello Zoë Brûlé,", with_number("Thank you for your order {} of", sold.shipped), "€12.50", "Total",
              "It goes to", "This is a demonstration."}},
            {subject("Receipt for order {} at Zoë's Töpfe", sold.shipped),
             {with_number(
                 "We have received your payment of €12.50 for order {}, by Visa card ending in 4242. Thank you.",
                 sold.shipped)}},
            {subject("Refund for order {} at Zoë's Töpfe", sold.shipped),
             {with_number("We have refunded €2.50 of order {} to your Visa card ending in 4242. It can take your bank "
                          "some days to show it.",
                          sold.shipped)}},
            {subject("Your order {} is on its way", sold.shipped), {"Tracking number", "Follow the parcel"}},
            {subject("Your order {} was delivered", sold.shipped), {"We hope that you like it."}},
            {subject("Your payment for order {} did not go through", sold.declined),
             {"did not go through. There is not enough money on the card. Try another card.",
              "UTC: you can pay it with another card, or in another way."}},
            {subject("Your order {} was not paid in time", sold.declined), {"You are welcome to order again."}},
            {subject("Your order {} was cancelled", sold.cancelled),
             {"What you paid is refunded; you get a separate message about it."}},
            {subject("Your order {} waits for your transfer", sold.transferred),
             {with_number("Please name the order's number, {}.", sold.transferred).substr(0, 16),
              "After that it is closed, and you are welcome to order again."}},
        });
    check_says(receipt_page(it.shop, sold.shipped), {"<html lang=\"en\">", "Subtotal", "€12.50", "−€2.50"});
    check_says(tracking_page(it.shop, sold.shipped),
               {"<html lang=\"en\">", "The order was delivered.", "Follow it at UPS"});
}

TEST_CASE("an order in French gets every mail and page in French") {
    MailShop it;
    it.set_up();
    const auto sold = sell(it, {{"Accept-Language", "fr-FR,fr;q=0.9,en;q=0.8"}});
    const auto order = [](std::string_view text, const Placed& of) { return with_number(text, of); };
    check_mails(
        it.mails(), "fr",
        {
            {order("Votre commande n°\u00a0{} chez Zoë's Töpfe", sold.shipped),
             {"Bonjour Zoë Brûlé,", order("Nous vous remercions de votre commande n°\u00a0{} du ", sold.shipped),
              "12,50\u00a0€", "Total", "Adresse de livraison", "ALLEMAGNE", "Ceci est une démonstration."}},
            {order("Votre commande n°\u00a0{} chez Zoë's Töpfe", sold.transferred),
             {order("Veuillez effectuer un virement de 12,50\u00a0€ en indiquant comme référence le numéro de la "
                    "commande, {}.",
                    sold.transferred)}},
            {order("Reçu de la commande n°\u00a0{} chez Zoë's Töpfe", sold.shipped),
             {order(
                 "Nous avons bien reçu votre paiement de 12,50\u00a0€ pour la commande n°\u00a0{}, par carte Visa se "
                 "terminant par 4242. Nous vous en remercions.",
                 sold.shipped)}},
            {order("Remboursement sur la commande n°\u00a0{} chez Zoë's Töpfe", sold.shipped),
             {order(
                 "Nous vous avons remboursé 2,50\u00a0€ sur la commande n°\u00a0{}, sur votre carte Visa se terminant "
                 "par 4242. Le montant peut mettre quelques jours à apparaître sur votre compte.",
                 sold.shipped)}},
            {order("Votre commande n°\u00a0{} est en route", sold.shipped),
             {order("Un colis de votre commande n°\u00a0{} est en route\u00a0:", sold.shipped),
              "Numéro de suivi\u00a0:", "Suivre le colis"}},
            {order("Votre commande n°\u00a0{} a été livrée", sold.shipped),
             {"Nous espérons que tout vous convient. Si quelque chose ne va pas, dites-le-nous."}},
            {order("Le paiement de votre commande n°\u00a0{} n’a pas abouti", sold.declined),
             {"n’a pas abouti. La provision de la carte est insuffisante.",
              "(UTC)\u00a0: vous pouvez la régler avec une autre carte"}},
            {order("Votre commande n°\u00a0{} n’a pas été payée à temps", sold.declined),
             {"et a été clôturée. Vous pouvez bien sûr commander à nouveau."}},
            {order("Votre commande n°\u00a0{} a été annulée", sold.cancelled),
             {"Votre paiement vous est remboursé\u202f; vous recevrez un message séparé à ce sujet."}},
            {order("Votre commande n°\u00a0{} est en attente de votre virement", sold.transferred),
             {"Nous réservons votre commande jusqu’au ", "(UTC). Passé ce délai, elle sera clôturée\u202f;"}},
        });
    check_says(
        receipt_page(it.shop, sold.shipped),
        {"<html lang=\"fr\">", order("Reçu de la commande n°\u00a0{}", sold.shipped), "Commande passée le ",
         "· payée le ", "Prix unitaire", "Remboursé le ", "−2,50\u00a0€", "Carte Visa se terminant par 4242 (simulé)"});
    check_says(tracking_page(it.shop, sold.shipped), {"<html lang=\"fr\">", "La commande a été livrée.", "ALLEMAGNE",
                                                      "Colis 1", "Expédié le", "Livré le", "Suivre chez UPS"});
}

TEST_CASE("an order in Spanish gets every mail and page in Spanish") {
    MailShop it;
    it.set_up();
    const auto sold = sell(it, {{"Accept-Language", "es-ES,es;q=0.9,en;q=0.8"}});
    const auto order = [](std::string_view text, const Placed& of) { return with_number(text, of); };
    check_mails(
        it.mails(), "es",
        {
            {order("Su pedido {} en Zoë's Töpfe", sold.shipped),
             {"Hola, Zoë Brûlé:", order("Gracias por su pedido {} del ", sold.shipped), " de 20", "12,50\u00a0€",
              "Total", "Dirección de entrega", "ALEMANIA", "Esto es una demostración."}},
            {order("Su pedido {} en Zoë's Töpfe", sold.transferred),
             {order("Haga una transferencia de 12,50\u00a0€ e indique como concepto el número de pedido, {}.",
                    sold.transferred)}},
            {order("Recibo del pedido {} en Zoë's Töpfe", sold.shipped),
             {order("Hemos recibido su pago de 12,50\u00a0€ por el pedido {}, con la tarjeta Visa terminada en 4242. "
                    "Muchas gracias.",
                    sold.shipped)}},
            {order("Reembolso del pedido {} en Zoë's Töpfe", sold.shipped),
             {order(
                 "Le hemos reembolsado 2,50\u00a0€ del pedido {} en su tarjeta Visa terminada en 4242. Su banco puede "
                 "tardar unos días en mostrar el importe.",
                 sold.shipped)}},
            {order("Su pedido {} está en camino", sold.shipped),
             {order("Un paquete de su pedido {} está en camino:", sold.shipped),
              "Número de seguimiento:", "Seguir el paquete"}},
            {order("Su pedido {} ha sido entregado", sold.shipped),
             {"Esperamos que le guste. Si algo no está bien, díganoslo."}},
            {order("El pago de su pedido {} no se ha completado", sold.declined),
             {"no se ha completado. La tarjeta no tiene saldo suficiente.", "Le reservamos el pedido hasta el ",
              "(UTC): puede pagarlo con otra tarjeta o de otra forma."}},
            {order("Su pedido {} no se pagó a tiempo", sold.declined), {"Puede volver a hacerlo cuando quiera."}},
            {order("Su pedido {} ha sido cancelado", sold.cancelled),
             {"Le reembolsamos lo que ha pagado; recibirá un mensaje aparte al respecto."}},
            {order("Su pedido {} está pendiente de su transferencia", sold.transferred),
             {order("Indique como concepto el número de pedido, {}.", sold.transferred),
              "Pasado ese plazo se cerrará;"}},
        });
    check_says(receipt_page(it.shop, sold.shipped),
               {"<html lang=\"es\">", order("Recibo del pedido {}", sold.shipped), "Pedido hecho el ", "· pagado el ",
                "Precio unitario", "Reembolsado el ", "−2,50\u00a0€", "Tarjeta Visa terminada en 4242 (simulado)"});
    check_says(tracking_page(it.shop, sold.shipped),
               {"<html lang=\"es\">", "El pedido ha sido entregado.", "Paquete 1", "Enviado el", "Entregado el",
                "Seguir en la web de UPS", " a las "});
}

TEST_CASE("an order's language is what it asks for, else what the browser asks for, else the shop's") {
    MailShop it;
    auto body = Shop::order_body({{it.mug, 1}});
    const auto placed_with = [&](const Headers& headers) {
        const auto reply = it.shop.post("/orders", body, {}, headers);
        INFO(reply.text);
        REQUIRE(reply.status == 201);
        return reply.body["locale"].get<std::string>();
    };
    const Headers italian{{"Accept-Language", "it-IT, it;q=0.9, *;q=0.5"}};
    CHECK(it.shop.get("/admin/settings", it.shop.viewer()).body["locale"] == "en");
    CHECK(placed_with({}) == "en");
    CHECK(placed_with(kGerman) == "de");
    CHECK(placed_with({{"Accept-Language", "fr-CH, fr;q=0.9, de;q=0.8"}}) == "fr");
    CHECK(placed_with({{"Accept-Language", "ca, es-ES;q=0.9, en;q=0.8"}}) == "es");
    CHECK(placed_with(italian) == "en");
    body["locale"] = "de";
    CHECK(placed_with({{"Accept-Language", "en"}}) == "de");
    body.erase("locale");
    REQUIRE(it.shop.put("/admin/settings", {{"locale", "de"}}, it.shop.owner()).status == 200);
    CHECK(placed_with(italian) == "de");
    CHECK(placed_with({{"Accept-Language", "en;q=0.1"}}) == "en");
}

TEST_CASE("a language that there is not is refused by name, and nothing changes") {
    MailShop it;
    auto body = Shop::order_body({{it.mug, 1}});
    for (const Json& wrong : {Json("it"), Json("DE"), Json(""), Json(nullptr), Json(1)}) {
        CAPTURE(wrong);
        body["locale"] = wrong;
        const auto refused = it.shop.post("/orders", body);
        CHECK(refused.status == 422);
        CHECK(refused.body["errors"].at(0)["pointer"] == "/locale");
        CHECK(it.shop.put("/admin/settings", {{"locale", wrong}, {"shop_name", "Changed"}}, it.shop.owner()).status ==
              422);
    }
    CHECK(it.shop.get("/admin/settings", it.shop.viewer()).body["shop_name"] == "Zoë's Töpfe");
    CHECK(it.shop.get("/admin/orders", it.shop.viewer()).body["data"].empty());
}

TEST_CASE("an order keeps its language when the shop changes its own, and one from before languages has the shop's") {
    MailShop it;
    const auto kept = it.place();
    const auto old = it.place();
    it.shop.store().writer().run(
        [&](storage::Transaction& tx) { tx.run("UPDATE orders SET locale = '' WHERE id = ?1", old.id); });
    CHECK(locale_of(it.shop, old) == "en");
    REQUIRE(it.shop.put("/admin/settings", {{"locale", "de"}}, it.shop.owner()).status == 200);
    CHECK(locale_of(it.shop, kept) == "en");
    CHECK(locale_of(it.shop, old) == "de");
    check_says(receipt_page(it.shop, kept), {"<html lang=\"en\">", "This order is not paid yet."});
    check_says(receipt_page(it.shop, old), {"<html lang=\"de\">", "Diese Bestellung ist noch nicht bezahlt."});
    // A language that an older version does not know, or a newer one has lost.
    it.shop.store().writer().run(
        [&](storage::Transaction& tx) { tx.run("UPDATE orders SET locale = 'tlh' WHERE id = ?1", old.id); });
    CHECK(locale_of(it.shop, old) == "de");
}

TEST_CASE("staff change an order's language, and what follows is in it") {
    MailShop it;
    it.set_up();
    const auto order = it.place();
    it.shop.drain();
    const auto path = "/admin" + order_path(order);
    const auto change = [&](const std::string& token) { return it.shop.put(path, {{"locale", "de"}}, token); };
    CHECK(change(it.shop.viewer()).status == 403);
    CHECK(change(order.token).status >= 401);
    CHECK(locale_of(it.shop, order) == "en");
    const auto before = it.shop.get(path, it.shop.staff()).body["version"].get<std::int64_t>();
    const auto changed = change(it.shop.staff());
    REQUIRE(changed.status == 200);
    CHECK(changed.body["locale"] == "de");
    CHECK(changed.body["version"] == before + 1);
    const auto entry = changed.body["history"].back();
    CHECK(entry["kind"] == "order.language_changed");
    CHECK(entry["body"] == Json{{"from", "en"}, {"to", "de"}});
    // The same again changes nothing.
    CHECK(change(it.shop.staff()).body["version"] == before + 1);
    REQUIRE(it.shop.post(order_path(order) + "/cancel", Json::object(), order.token).status == 200);
    CHECK(it.newest()["subject"] == fmt::format("Ihre Bestellung {} wurde storniert", order.id));
    it.shop.check_invariants();
}

TEST_CASE("why a card was declined is told in the order's language to its customer, and in English to staff") {
    MailShop it;
    const auto order = it.place("Zoë Brûlé", kGerman);
    const auto answer = pay(it.shop, order, MailShop::card("4000000000000002"));
    it.shop.drain();
    const auto paths = "/payments/" + it.shop.get("/admin/payments", it.shop.staff()).body["data"][0]["id"].dump();
    const auto failure = it.shop.get(paths, order.token).body["failure"];
    CHECK(failure["code"] == "card_declined");
    CHECK(failure["text"] ==
          "Die Karte wurde abgelehnt. Versuchen Sie es mit einer anderen Karte, oder fragen Sie Ihre Bank.");
    CHECK(it.shop.get("/admin" + paths, it.shop.staff()).body["failure"]["text"] ==
          "The card was declined. Try another card, or ask your bank.");
    CHECK(answer.status == 202);
}

TEST_CASE("what the shop's own people get is in English, and mails about an account are in the shop's language") {
    MailShop it;
    it.set_up();
    REQUIRE(it.shop.put("/admin/settings", {{"locale", "de"}}, it.shop.owner()).status == 200);
    REQUIRE(it.send_test().status == 200);
    CHECK(it.newest()["subject"] == "A test from Zoë's Töpfe");
    CHECK(has(it.newest()["html"], "<html lang=\"en\">"));
    for (int i = 0; i < 9; ++i) {
        it.place();
    }
    bool alerted = false;
    for (const auto& mail : it.mails()) {
        alerted = alerted || has(mail["subject"], "Low stock: Mug");
    }
    CHECK(alerted);

    const Json account{{"name", "Zoë Brûlé"}, {"email", "zoe@example.com"}, {"password", "quince and medlar"}};
    REQUIRE(it.shop.post("/customers", account).status == 201);
    const auto token = it.shop.post("/auth/login", {{"email", "zoe@example.com"}, {"password", "quince and medlar"}})
                           .body["access_token"]
                           .get<std::string>();
    REQUIRE(
        it.shop.put("/customers/me", {{"email", "z@example.com"}, {"password", "quince and medlar"}}, token).status ==
        200);
    CHECK(it.newest()["subject"] == "Die E-Mail-Adresse Ihres Kundenkontos wurde geändert");
    CHECK(has(it.newest()["text"], "die E-Mail-Adresse Ihres Kundenkontos bei uns wurde geändert."));
}

TEST_CASE("a shop's own template says the catalogue's words, in the order's language, and has sections for languages") {
    const TemporaryFolder own;
    MailShop it({"none", "", ""}, [&](app::Config& config) { config.templates = own.path(); });
    it.set_up();
    std::ofstream(own.path() / "order_placed.subject")
        << "{{#language.de}}Danke{{/language.de}}{{^language.de}}Thanks{{/language.de}}: {{ words.order.title }}, {{total}}";
    std::ofstream(own.path() / "order_placed.html")
        << "<p lang=\"{{lang}}\">{{{words.mail.hello}}} {{words.receipt.ordered}}</p>";
    std::ofstream(own.path() / "order_placed.txt") << "{{words.order.titel}}";  // there is no such text
    const auto german = it.place("A & B", kGerman);
    auto mail = it.newest();
    CHECK(mail["subject"] == fmt::format("Danke: Bestellung {}, 12,50\u00a0€", german.id));
    CHECK(has(mail["html"], "<p lang=\"de\">Guten Tag A &amp; B, Bestellt am "));
    CHECK(has(mail["text"], "vielen Dank für Ihre Bestellung"));
    const auto english = it.place();
    mail = it.newest();
    CHECK(mail["subject"] == fmt::format("Thanks: Order {}, €12.50", english.id));
    CHECK(has(mail["html"], "<p lang=\"en\">Hello Zoë Brûlé, Ordered on "));
}

TEST_CASE("a page about an error is in the browser's language, else in the shop's") {
    Shop shop;
    const auto page = [&](const std::string& accept_language) {
        return shop.get("/receipt/x", "", {{"Accept", "text/html"}, {"Accept-Language", accept_language}}).text;
    };
    check_says(page("de"), {"<html lang=\"de\">", "<h1>Seite nicht gefunden</h1>", "Kopieren Sie ihn ganz"});
    check_says(page("fr-BE, nl;q=0.9"),
               {"<html lang=\"fr\">", "<h1>Page introuvable</h1>", "a peut-être été coupé\u00a0: copiez"});
    check_says(page("es-MX"), {"<html lang=\"es\">", "<h1>Página no encontrada</h1>", "cópielo entero"});
    check_says(page("it"), {"<html lang=\"en\">", "<h1>Page not found</h1>"});
    REQUIRE(shop.put("/admin/settings", {{"locale", "de"}}, shop.owner()).status == 200);
    check_says(page("it"), {"<html lang=\"de\">", "<h1>Seite nicht gefunden</h1>"});
    check_says(page("en-US,en;q=0.9"), {"<html lang=\"en\">", "<h1>Page not found</h1>"});
}
