#include "payments/card.h"

#include <sodium.h>

#include <algorithm>
#include <vector>

#include "base/errors.h"
#include "base/text.h"

namespace orderd::payments {

namespace {

constexpr std::size_t kShortest = 12;
constexpr std::size_t kLongest = 19;
constexpr int kFurthestYear = 50;  ///< no card is valid for longer

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string without_separators(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c != ' ' && c != '-') {
            digits += c;
        }
    }
    return digits;
}

struct Month {
    int year;
    int month;
};

Month month_of(Time now) {
    const auto text = rfc3339(now);
    return {std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2))};
}

void check_expiry(const Card& card, Time now, std::vector<Fault>& faults) {
    const auto today = month_of(now);
    if (card.exp_month < 1 || card.exp_month > 12) {
        faults.push_back({"/method/exp_month", "is not a month; it is 1 to 12"});
    } else if (card.exp_year > today.year + kFurthestYear) {
        faults.push_back({"/method/exp_year", "is too far away"});
    } else if (card.exp_year < today.year || (card.exp_year == today.year && card.exp_month < today.month)) {
        faults.push_back({"/method/exp_year", "the card has expired"});
    }
}

}  // namespace

TypedCard::~TypedCard() {
    for (auto* secret : {&number, &cvc}) {
        if (*secret) {
            sodium_memzero((*secret)->data(), (*secret)->size());
        }
    }
}

Card::~Card() {
    sodium_memzero(number.data(), number.size());
    sodium_memzero(cvc.data(), cvc.size());
}

bool luhn_holds(std::string_view digits) {
    int sum = 0;
    bool twice = false;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, twice = !twice) {
        const int value = (*digit - '0') * (twice ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return !digits.empty() && sum % 10 == 0;
}

std::string_view brand_of(std::string_view digits) {
    const auto first_two = digits.substr(0, 2);
    const auto first_four = digits.substr(0, 4);
    if (digits.starts_with('4')) {
        return "visa";
    }
    if (first_two == "34" || first_two == "37") {
        return "amex";
    }
    if ((first_two >= "51" && first_two <= "55") || (first_four >= "2221" && first_four <= "2720")) {
        return "mastercard";
    }
    if (first_four == "6011" || first_two == "65") {
        return "discover";
    }
    return "unknown";
}

Card read_card(const TypedCard& typed, Time now) {
    std::vector<Fault> faults;
    const auto require = [&](bool is_there, const char* name) {
        if (!is_there) {
            faults.push_back({std::string("/method/") + name, "is required for a card that comes without a token"});
        }
    };
    require(typed.number.has_value(), "number");
    require(typed.exp_month.has_value(), "exp_month");
    require(typed.exp_year.has_value(), "exp_year");
    require(typed.cvc.has_value(), "cvc");
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    Card card;
    card.number = without_separators(typed.number.value());
    card.exp_month = typed.exp_month.value();
    card.exp_year = typed.exp_year.value();
    card.cvc = typed.cvc.value();
    const bool right_length = card.number.size() >= kShortest && card.number.size() <= kLongest;
    if (!right_length || !all_digits(card.number)) {
        faults.push_back({"/method/number", "is not a card number; it has 12 to 19 digits"});
    } else if (!luhn_holds(card.number)) {
        faults.push_back({"/method/number", "is not a card number: a digit is wrong"});
    }
    check_expiry(card, now, faults);
    const std::size_t cvc_length = brand_of(card.number) == "amex" ? 4 : 3;
    if (card.cvc.size() != cvc_length || !all_digits(card.cvc)) {
        faults.push_back(
            {"/method/cvc", cvc_length == 4 ? "is 4 digits on such a card" : "is 3 digits on such a card"});
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    return card;
}

}  // namespace orderd::payments
