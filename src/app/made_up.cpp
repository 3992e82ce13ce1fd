#include "app/made_up.h"

#include <fmt/format.h>

#include <array>

namespace orderd::app {

namespace {

/// Scatters neighbouring numbers (Knuth's multiplicative hash).
std::uint64_t scattered(std::uint64_t n) { return n * 0x9E3779B97F4A7C15ULL >> 33U; }

std::string made_up_name(std::uint64_t n) {
    constexpr std::array kFirst{"Am", "Jo", "Zo", "Hen", "Mar", "Lu", "In", "Ev", "Pie", "No"};
    constexpr std::array kSecond{"ira", "nas", "ela", "rik", "ta",  "ca",  "es",  "alin", "ter", "ra",
                                 "in",  "on",  "ian", "eta", "ius", "mir", "ola", "ane",  "do",  "via"};
    constexpr std::array kThird{"Had", "Vog", "Lam", "Soer", "Kow", "Fer", "Car", "Nov", "Wit", "Byr",
                                "Lin", "Iba", "Bre", "Falk", "Hol", "Ber", "San", "Ost", "Wal", "Kes"};
    constexpr std::array kFourth{"dad",   "el",  "bert", "sen", "ski", "ri",   "valho", "ak",   "man", "ne",
                                 "qvist", "nez", "tin",  "mer", "ner", "land", "dal",   "feld", "ez",  "ton"};
    auto rest = scattered(n + 1);
    const auto draw = [&rest](const auto& of) {
        const auto* drawn = of[rest % of.size()];
        rest /= of.size();
        return drawn;
    };
    const auto* const first = draw(kFirst);
    const auto* const second = draw(kSecond);
    const auto* const third = draw(kThird);
    return fmt::format("{}{} {}{}", first, second, third, draw(kFourth));
}

}  // namespace

Guest made_up_guest(std::uint64_t n) {
    return {.contact = {.name = made_up_name(n),
                        .email = fmt::format("guest{}@example.com", n),
                        .phone = fmt::format("+49 30 {:07}", n % 10'000'000)},
            .address = {.line1 = fmt::format("Lindenhof {}", 1 + n % 240),
                        .line2 = n % 4 == 0 ? "2. OG" : "",
                        .city = "Berlin",
                        .region = "",
                        .postal_code = fmt::format("{:05}", 10115 + n % 3000),
                        .country = "DE"}};
}

std::uint64_t made_up_guest_of_order(std::uint64_t order, std::uint64_t first) {
    const auto new_before = order / 3 * 2;
    return first + (order % 3 == 2 ? scattered(order) % (new_before + 2) : new_before + order % 3);
}

Json made_up_order(std::uint64_t n, std::uint64_t first_guest, std::uint64_t products) {
    const auto who = made_up_guest(made_up_guest_of_order(n, first_guest));
    const auto product = n % products;
    const auto other = (product + 1 + n / products % (products - 1)) % products;
    return {{"customer", accounts::to_json(who.contact, who.address)},
            {"items",
             {{{"product_id", product + 1}, {"quantity", 1 + n % 3}}, {{"product_id", other + 1}, {"quantity", 1}}}},
            {"note", ""}};
}

std::vector<catalog::NewProduct> made_up_products(int count) {
    std::vector<catalog::NewProduct> products;
    for (int n = 1; n <= count; ++n) {
        catalog::NewProduct product{
            {.sku = fmt::format("BOWL-{:04}", n),
             .name = fmt::format("Stoneware bowl number {}", n),
             .description = "Thrown by hand, glazed in warm sand, and safe in the dishwasher; 15 cm across.",
             .price = Money{900 + n * 37 % 4000},
             .weight_g = 500}};
        product.quantity = kMaxQuantity / 2;
        products.push_back(std::move(product));
    }
    return products;
}

}  // namespace orderd::app
