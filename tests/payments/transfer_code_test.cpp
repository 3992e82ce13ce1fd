// The QR code of a bank transfer, which banking apps read.

#include "payments/transfer_code.h"

#include <fmt/format.h>

#include <fstream>
#include <regex>

#include <catch2/catch_test_macros.hpp>

#include "storefront/buyer.h"
#include "support/paper.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// What a reader reads in the image: its modules, drawn as a grey map with five dots each.
std::string read_by_zbar(const std::string& svg) {
    std::smatch found;
    REQUIRE(std::regex_search(svg, found, std::regex("viewBox=\"0 0 ([0-9]+) ")));
    const auto side = static_cast<std::size_t>(std::stoi(found[1]));
    constexpr std::size_t kDots = 5;
    std::string dots(side * kDots * side * kDots, '\xff');
    static const std::regex of_module("M([0-9]+),([0-9]+)h1v1h-1z");
    for (std::sregex_iterator at(svg.begin(), svg.end(), of_module), end; at != end; ++at) {
        const auto x = static_cast<std::size_t>(std::stoi((*at)[1]));
        const auto y = static_cast<std::size_t>(std::stoi((*at)[2]));
        for (std::size_t row = 0; row < kDots; ++row) {
            std::fill_n(dots.begin() + static_cast<std::ptrdiff_t>((y * kDots + row) * side * kDots + x * kDots), kDots,
                        '\0');
        }
    }
    const TemporaryFolder folder;
    const auto file = (folder.path() / "code.pgm").string();
    std::ofstream(file, std::ios::binary) << fmt::format("P5\n{0} {0}\n255\n", side * kDots) << dots;
    auto text = output_of("zbarimg -q --raw -Sbinary " + file + " 2>/dev/null");
    while (text.ends_with('\n')) {
        text.pop_back();
    }
    return text;
}

Reply set_account(Shop& shop, const Json& account) {
    return shop.put("/admin/settings", {{"bank_account", account}}, shop.owner());
}

const Json kAccount{{"name", "Töpferei Müller"}, {"iban", "de02 1203 0000 0000 2020 51"}, {"bic", "byladem1001"}};

}  // namespace

TEST_CASE("a transfer's code says what EPC069-12 wants, line by line") {
    CHECK(payments::transfer_text({.name = "Red Cross", .iban = "BE72000000001616", .bic = "BPOTBEB1"}, Money{100},
                                  "Urgency fund") ==
          "BCD\n002\n1\nSCT\nBPOTBEB1\nRed Cross\nBE72000000001616\nEUR1.00\n\n\nUrgency fund");
    CHECK(payments::transfer_text({.name = "Shop", .iban = "DE02120300000000202051", .bic = ""}, Money{123'456'705},
                                  "1001") ==
          "BCD\n002\n1\nSCT\n\nShop\nDE02120300000000202051\nEUR1234567.05\n\n\n1001");
    for (const auto* iban : {"DE02120300000000202051", "BE72000000001616", "GB82WEST12345698765432", "NO9386011117947",
                             "MT84MALT011000012345MTLCAST001S"}) {
        CAPTURE(iban);
        CHECK(payments::is_iban(iban));
    }
    for (const auto* other : {"DE03120300000000202051", "DE0212030000000020205", "", "DE02", "de02120300000000202051",
                              "DE02 1203 0000 0000 2020 51", "0212030000000020205100"}) {
        CAPTURE(other);
        CHECK_FALSE(payments::is_iban(other));
    }
}

TEST_CASE(
    "a customer who pays by transfer scans a code, and a reader reads the account, the sum and the order's number") {
    OpenShop shop;
    shop.product({});
    Buyer ada(shop);
    const auto link = ada.order_mug();
    ada.follow(ada.post(link, with(ada.hidden(), "method", "bank_transfer")));
    CHECK(ada.page().find("code.svg") == std::string::npos);  // no account is set
    CHECK(ada.get(link + "/code.svg").status == 404);

    REQUIRE(set_account(shop, kAccount).status == 200);
    CHECK(shop.get("/admin/settings", shop.viewer()).body.at("bank_account") ==
          Json{{"name", "Töpferei Müller"}, {"iban", "DE02120300000000202051"}, {"bic", "BYLADEM1001"}});
    ada.get(link);
    const auto image = fmt::format("src=\"{}/code.svg\"", link.substr(5));
    CHECK(ada.page().find(image) != std::string::npos);
    CHECK(ada.page().find("alt=\"Code for banking apps: €12.50, reference 1001\"") != std::string::npos);
    const auto code = shop.get(link + "/code.svg");
    CHECK(code.status == 200);
    CHECK(code.header("Content-Type") == "image/svg+xml");
    CHECK(code.header("Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'");
    CHECK(read_by_zbar(code.text) ==
          "BCD\n002\n1\nSCT\nBYLADEM1001\nTöpferei Müller\nDE02120300000000202051\nEUR12.50\n\n\n1001");
    CHECK(shop.get("/pay/1001-x/code.svg").status == 404);

    ada.follow(ada.post(link, card_fields(ada, "4242424242424242")));
    CHECK(ada.get(link + "/code.svg").status == 404);  // nothing is to be transferred any more
}

TEST_CASE("an account with a mistake is refused at its field, and only a shop in EUR has a code") {
    OpenShop shop;
    const auto refused = set_account(shop, {{"name", " "}, {"iban", "DE03120300000000202051"}, {"bic", "short"}});
    CHECK(refused.status == 422);
    CHECK(refused.body.at("errors").size() == 3);
    REQUIRE(set_account(shop, kAccount).status == 200);
    const auto code = [&](Money amount) { return payments::transfer_code(shop.store().read(), amount, "1001"); };
    CHECK(code(Money{1}));
    CHECK(code(Money{99'999'999'999}));
    CHECK_FALSE(code(Money{0}));
    CHECK_FALSE(code(Money{100'000'000'000}));
    REQUIRE(set_account(shop, nullptr).status == 200);
    CHECK_FALSE(code(Money{1}));
    REQUIRE(set_account(shop, kAccount).status == 200);
    REQUIRE(shop.put("/admin/settings", {{"currency", "USD"}}, shop.owner()).status == 200);
    CHECK_FALSE(code(Money{1}));
}

TEST_CASE("the longest account and reference still fit the largest symbol that EPC069-12 allows") {
    std::string name;
    for (int i = 0; i < 70; ++i) {
        name += "ü";
    }
    const auto text = payments::transfer_text(
        {.name = name, .iban = "MT84MALT011000012345MTLCAST001S", .bic = "BYLADEM1001"}, Money{99'999'999'999}, "1001");
    CHECK(read_by_zbar(payments::qr_image(text)) == text);
}
