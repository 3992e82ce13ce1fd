#include "orders/billing.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"

namespace orderd::orders {

namespace {

/// A form after the country's letters: 9 is a digit, A a letter, X either, and anything else itself.
struct Form {
    std::string_view country;
    std::string_view pattern;
};

/// From the European Commission's "VIES: frequently asked questions", question 11, and HM Revenue & Customs for GB.
/// Greece has EL there.
constexpr auto kForms = std::to_array<Form>({
    {"AT", "U99999999"},  {"BE", "9999999999"},   {"BG", "999999999"},   {"BG", "9999999999"},
    {"CY", "99999999A"},  {"CZ", "99999999"},     {"CZ", "999999999"},   {"CZ", "9999999999"},
    {"DE", "999999999"},  {"DK", "99999999"},     {"EE", "999999999"},   {"EL", "999999999"},
    {"ES", "X9999999X"},  {"FI", "99999999"},     {"FR", "XX999999999"}, {"HR", "99999999999"},
    {"HU", "99999999"},   {"IE", "9X99999A"},     {"IE", "9999999AA"},   {"IT", "99999999999"},
    {"LT", "999999999"},  {"LT", "999999999999"}, {"LU", "99999999"},    {"LV", "99999999999"},
    {"MT", "99999999"},   {"NL", "XXXXXXXXXBXX"}, {"PL", "9999999999"},  {"PT", "999999999"},
    {"RO", "99"},         {"RO", "999"},          {"RO", "9999"},        {"RO", "99999"},
    {"RO", "999999"},     {"RO", "9999999"},      {"RO", "99999999"},    {"RO", "999999999"},
    {"RO", "9999999999"}, {"SE", "999999999999"}, {"SI", "99999999"},    {"SK", "9999999999"},
    {"XI", "999999999"},  {"XI", "999999999999"}, {"XI", "GD999"},       {"XI", "HA999"},
    {"GB", "999999999"},  {"GB", "999999999999"}, {"GB", "GD999"},       {"GB", "HA999"},
});

bool fits(std::string_view text, std::string_view pattern) {
    return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(), [](char c, char wanted) {
        switch (wanted) {
            case '9': return is_digit(c);
            case 'A': return is_capital(c);
            case 'X': return is_digit(c) || is_capital(c);
            default: return c == wanted;
        }
    });
}

storage::Place place(OrderId order) { return {.table = "orders", .column = "billing_sealed", .row = number(order)}; }

}  // namespace

std::string vat_id_key(std::string_view text) {
    std::string key;
    for (const char c : text) {
        if (c != ' ' && c != '.' && c != '-') {
            key += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
    }
    return key;
}

bool has_vat_id_form(std::string_view key) {
    constexpr std::size_t kLetters = 2;
    constexpr std::size_t kFewest = 4;
    constexpr std::size_t kMost = 20;
    if (key.size() < kFewest || key.size() > kMost || !is_capital(key[0]) || !is_capital(key[1])) {
        return false;
    }
    const auto country = key.substr(0, kLetters);
    const auto rest = key.substr(kLetters);
    bool is_known = false;
    for (const auto& form : kForms) {
        if (form.country == country) {
            if (fits(rest, form.pattern)) {
                return true;
            }
            is_known = true;
        }
    }
    return !is_known && std::all_of(rest.begin(), rest.end(), [](char c) { return is_digit(c) || is_capital(c); });
}

std::string seal_billing(const storage::Vault& vault, OrderId order, const Billing& billing) {
    const auto address = billing.address ? accounts::to_list(*billing.address) : Json(nullptr);
    return vault.seal(
        place(order),
        json_text(Json::array({billing.name, billing.company, billing.vat_id, billing.vat_id_verified, address})));
}

std::optional<Billing> open_billing(const storage::Vault& vault, OrderId order,
                                    const std::optional<std::string>& sealed) {
    if (!sealed) {
        return std::nullopt;
    }
    const auto list = stored_json(vault.open(place(order), *sealed));
    return Billing{.name = list.at(0).get<std::string>(),
                   .company = list.at(1).get<std::string>(),
                   .vat_id = list.at(2).get<std::string>(),
                   .vat_id_verified = list.at(3).get<bool>(),
                   .address = list.at(4).is_null() ? std::nullopt : std::optional(accounts::address_from(list.at(4)))};
}

}  // namespace orderd::orders
