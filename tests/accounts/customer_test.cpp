#include "accounts/customer.h"

#include <fmt/format.h>

#include <stdexcept>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "accounts/bare_shop.h"
#include "base/errors.h"

using namespace orderd;
using namespace orderd::accounts;
using tests::BareShop;

namespace {

const Contact kAda{.name = "Ada Lovelace", .email = "Ada@Example.com", .phone = "+49 (30) 123-4567"};

using Ids = std::vector<CustomerId>;

Ids ids_of(const Found& found) {
    Ids ids;
    for (const auto id : found.ids) {
        ids.push_back(CustomerId{id});
    }
    return ids;
}

Ids found(BareShop& shop, std::string_view text) { return ids_of(find_customers(shop.store.read(), text, 50)); }

}  // namespace

TEST_CASE("a guest is found again by e-mail address, whatever its case, and stays as stored") {
    BareShop shop;
    const auto ada = shop.guest(kAda);
    const auto again = shop.guest(
        {.name = "Somebody Else", .email = "ada@EXAMPLE.com", .phone = "1"},
        {.line1 = "Elsewhere 1", .line2 = "", .city = "Rome", .region = "", .postal_code = "", .country = "IT"});
    CHECK(again == ada);
    const auto stored = get_customer(shop.store.read(), ada);
    CHECK(stored.contact == kAda);
    CHECK(stored.address == BareShop::berlin());
    CHECK_FALSE(stored.has_account);
    CHECK(shop.guest({.name = "Ada Lovelace", .email = "ada@example.org", .phone = ""}) != ada);
}

TEST_CASE("a guest who gives another name is found by the one that is shown") {
    BareShop shop;
    const auto ada = shop.guest(kAda);
    shop.guest({.name = "Augusta King", .email = kAda.email, .phone = ""});
    CHECK(found(shop, "augusta").empty());
    CHECK(found(shop, "lovelace") == Ids{ada});
}

TEST_CASE("two addresses with the same hash are two guests") {
    BareShop shop;
    const auto ada = shop.guest(kAda);
    const Contact other{.name = "Charles Babbage", .email = "charles@example.com", .phone = ""};
    const auto collision = prepare(shop.store.vault(), other, BareShop::berlin()).email_index;
    shop.write([&](storage::Transaction& tx) {
        tx.run("UPDATE customer SET email_index = ?2 WHERE id = ?1", ada, collision);
    });
    const auto charles = shop.guest(other);
    CHECK(charles != ada);
    CHECK(shop.guest(other) == charles);
    CHECK(found(shop, "charles@example.com") == Ids{charles});
}

TEST_CASE("a customer's account is never taken for a guest") {
    BareShop shop;
    const auto account = shop.account(kAda);
    const auto guest = shop.guest(kAda);
    CHECK(guest != account);
    CHECK(get_customer(shop.store.read(), account).has_account);
    CHECK(shop.guest(kAda) == guest);
}

TEST_CASE("customers are found by e-mail address, telephone number, or all of the words given") {
    BareShop shop;
    const auto ada = shop.guest(kAda);
    const auto jurgen =
        shop.guest({.name = "Jürgen Müller-Lüdenscheidt", .email = "jm@example.com", .phone = "0171 99"});
    const auto jan = shop.guest({.name = "Jan Müller", .email = "jan@example.com", .phone = ""});
    CHECK(found(shop, " ada@example.COM ") == Ids{ada});
    CHECK(found(shop, "+49 30 1234567") == Ids{ada});
    CHECK(found(shop, "0171/99") == Ids{jurgen});
    CHECK(found(shop, "MÜLLER") == Ids{jan, jurgen});
    CHECK(found(shop, "müller jürgen") == Ids{jurgen});
    CHECK(found(shop, "müller ada").empty());
    CHECK(found(shop, "Love") == Ids{ada});
    CHECK(found(shop, "muller-lud") == Ids{jurgen});
    CHECK(found(shop, "Lo").empty());
    CHECK(found(shop, "elace").empty());
    CHECK(found(shop, "berlin 10115") == Ids{jan, jurgen, ada});
    CHECK(found(shop, "berl").empty());  // towns by whole words
    CHECK(found(shop, "@").empty());
    CHECK(found(shop, "").empty());
    CHECK(ids_of(find_customers(shop.store.read(), "müller", 1)) == Ids{jan});
    CHECK(ids_of(find_customers(shop.store.read(), "müller", 50, jan)) == Ids{jurgen});
    CHECK(ids_of(list_customers(shop.store.read(), 2)) == Ids{jan, jurgen});
    CHECK(ids_of(list_customers(shop.store.read(), 2, jurgen)) == Ids{ada});
}

TEST_CASE("sealed columns that were swapped between rows do not open") {
    BareShop shop;
    const auto ada = shop.guest(kAda);
    const auto eve = shop.guest({.name = "Eve", .email = "eve@example.com", .phone = ""});
    const auto* column = GENERATE("contact_sealed", "address_sealed");
    shop.write([&](storage::Transaction& tx) {
        tx.run(fmt::format("UPDATE customer SET {0} = (SELECT {0} FROM customer WHERE id = ?2) WHERE id = ?1", column),
               ada, eve);
    });
    CHECK_THROWS_AS(get_customer(shop.store.read(), ada), std::runtime_error);
    CHECK_NOTHROW(get_customer(shop.store.read(), eve));
}

TEST_CASE("whoever is erased cannot be found, opened, or signed in as; the row stays for its orders") {
    BareShop shop;
    const auto ada = shop.account(kAda);
    shop.write([&](storage::Transaction& tx) { erase_customer(tx, ada, Actor::command_line(), shop.clock.now()); });
    const auto left = get_customer(shop.store.read(), ada);
    CHECK_FALSE(left.contact);
    CHECK_FALSE(left.address);
    CHECK_FALSE(left.has_account);
    CHECK(left.version == 2);
    CHECK_FALSE(find_account(shop.store.read(), kAda.email));
    CHECK(found(shop, kAda.email).empty());
    CHECK(found(shop, kAda.phone).empty());
    CHECK(found(shop, kAda.name).empty());
    CHECK(shop.count("SELECT count(*) FROM search_word") == 0);
    CHECK(
        shop.count(
            "SELECT count(*) FROM customer WHERE email_index IS NOT NULL OR contact_sealed IS NOT NULL OR address_sealed IS NOT NULL") ==
        0);
    CHECK(shop.guest(kAda) != ada);
}

TEST_CASE("what a shape cannot see of a customer is refused by name") {
    BareShop shop;
    auto address = BareShop::berlin();
    address.line1 = " ";
    address.city = "\u00A0";
    const CustomerDetails blank{.name = " \t ", .email = "a@example.com", .phone = "none", .shipping_address = address};
    try {
        prepare(shop.store.vault(), blank, "/customer");
        FAIL("nothing was refused");
    } catch (const Refusal& refusal) {
        CHECK(refusal.code() == "validation_failed");
        std::vector<std::string> pointers;
        for (const auto& fault : refusal.faults()) {
            pointers.push_back(fault.pointer);
        }
        CHECK(pointers == std::vector<std::string>{"/customer/name", "/customer/phone",
                                                   "/customer/shipping_address/line1",
                                                   "/customer/shipping_address/city"});
    }
}

TEST_CASE("P3: a guest is who has the address, in every form of it and in no other") {
    BareShop shop;
    const auto guest = [&](const std::string& email) {
        return shop.guest({.name = "Jo", .email = email, .phone = ""});
    };
    const auto sharp = guest("a@straße.example");
    const auto plain = guest("a@strasse.example");
    CHECK(sharp != plain);
    CHECK(guest("A@STRASSE.example") == plain);
    CHECK(guest("a@xn--strae-oqa.example") == sharp);
    CHECK(guest("A@Straße.Example") == sharp);
    CHECK(guest("straße@example.com") != guest("strasse@example.com"));
    CHECK(found(shop, "a@strasse.example") == Ids{plain});
    CHECK(found(shop, "a@xn--strae-oqa.example") == Ids{sharp});
    shop.write([&](storage::Transaction& tx) { erase_customer(tx, sharp, Actor::command_line(), shop.clock.now()); });
    CHECK(get_customer(shop.store.read(), plain).contact->email == "a@strasse.example");
}

TEST_CASE("P3: an address has one account, in every form of it") {
    BareShop shop;
    const auto umlaut = shop.account({.name = "Jo", .email = "jo@bücher.example", .phone = ""});
    CHECK_THROWS_AS(shop.account({.name = "Jo", .email = "jo@xn--bcher-kva.example", .phone = ""}), Refusal);
    CHECK_THROWS_AS(shop.account({.name = "Jo", .email = "Jo@BU\u0308CHER.example", .phone = ""}), Refusal);
    const auto other = shop.account({.name = "Jo", .email = "jo@buecher.example", .phone = ""});
    CHECK(find_account(shop.store.read(), "JO@xn--bcher-kva.example")->id == umlaut);
    const auto change_to = [&](CustomerId id, const std::string& email) {
        const auto who = prepare(shop.store.vault(), {.name = "Jo", .email = email, .phone = ""}, BareShop::berlin());
        return shop.write(
            [&](storage::Transaction& tx) { return update_account(tx, id, who, Actor::system(), shop.clock.now()); });
    };
    CHECK_THROWS_AS(change_to(other, "jo@xn--bcher-kva.example"), Refusal);
    CHECK(change_to(umlaut, "jo@xn--bcher-kva.example").contact->email == "jo@xn--bcher-kva.example");  // its own
    CHECK(find_account(shop.store.read(), "jo@bücher.example")->id == umlaut);
}
