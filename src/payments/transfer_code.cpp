#include "payments/transfer_code.h"

#include <fmt/format.h>

#include <algorithm>

#include <qrcodegen.hpp>

#include "base/text.h"
#include "storage/settings.h"

namespace orderd::payments {

namespace {

using api::Shape;

constexpr std::size_t kMostOfIban = 34;
constexpr Money kMostOfCode{99'999'999'999};
constexpr int kQuietZone = 4;       ///< modules on each side, by ISO/IEC 18004
constexpr int kLargestSymbol = 13;  ///< by EPC069-12

/// "de02 1203…" as banks write it: "DE021203…".
std::string without_spaces(std::string_view typed) {
    std::string text;
    std::copy_if(typed.begin(), typed.end(), std::back_inserter(text), [](char c) { return c != ' '; });
    return in_capitals(text);
}

bool is_bic(std::string_view text) {
    return (text.size() == 8 || text.size() == 11) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_capital(c) || is_digit(c); });
}

BankAccount account_from(const Json& value) {
    const auto name = text_member(value, "name");
    return {.name = std::string(trimmed(name)),
            .iban = without_spaces(text_member(value, "iban")),
            .bic = without_spaces(text_member(value, "bic"))};
}

}  // namespace

std::optional<BankAccount> read_bank_account(const storage::View& view) {
    const auto value = settings::read(view, "bank_account");
    return value && value->is_object() ? std::optional(account_from(*value)) : std::nullopt;
}

Json bank_account_json(const storage::View& view) {
    const auto account = read_bank_account(view);
    return account ? Json{{"name", account->name}, {"iban", account->iban}, {"bic", account->bic}} : Json(nullptr);
}

Shape bank_account_shape() {
    return Shape::object({{"name", Shape::text(1, 70).described("of whoever the account belongs to")},
                          {"iban", Shape::text(15, 50).example("DE02 1203 0000 0000 2020 51")},
                          {"bic", Shape::text(0, 20)
                                      .described("may be empty within the European Economic Area")
                                      .example("BYLADEM1001")}})
        .named("BankAccount")
        .nullable()
        .described("the account of bank_details, for the code that customers' banking apps read; in EUR alone");
}

void check_bank_account(const Json& value, std::vector<Fault>& faults) {
    if (!value.is_object()) {
        return;
    }
    const auto account = account_from(value);
    if (account.name.empty()) {
        faults.push_back({"/bank_account/name", "must name whoever the account belongs to"});
    }
    if (!is_iban(account.iban)) {
        faults.push_back({"/bank_account/iban", "is not an IBAN: its check digits do not fit"});
    }
    if (!account.bic.empty() && !is_bic(account.bic)) {
        faults.push_back({"/bank_account/bic", "is not a BIC of 8 or 11 letters and digits"});
    }
}

bool is_iban(std::string_view text) {
    if (text.size() < 15 || text.size() > kMostOfIban || !is_capital(text[0]) || !is_capital(text[1])) {
        return false;
    }
    int rest = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[(i + 4) % text.size()];  // the country and its check digits come last
        if (is_digit(c)) {
            rest = (rest * 10 + (c - '0')) % 97;
        } else if (is_capital(c)) {
            rest = (rest * 100 + (c - 'A' + 10)) % 97;
        } else {
            return false;
        }
    }
    return rest == 1;
}

std::string transfer_text(const BankAccount& account, Money amount, std::string_view reference) {
    // Name by name: service, version, UTF-8, SEPA credit transfer; then whom, how much, no purpose, no structured
    // reference, what to name.
    return fmt::format("BCD\n002\n1\nSCT\n{}\n{}\n{}\nEUR{}.{:02}\n\n\n{}", account.bic, account.name, account.iban,
                       amount.minor / 100, amount.minor % 100, reference);
}

std::optional<std::string> transfer_code(const storage::View& view, Money amount, std::string_view reference) {
    const auto account = read_bank_account(view);
    if (!account || settings::currency(view) != "EUR" || amount.minor < 1 || amount > kMostOfCode) {
        return std::nullopt;
    }
    return transfer_text(*account, amount, reference);
}

std::string qr_image(const std::string& text) {
    using qrcodegen::QrCode;
    const std::vector<std::uint8_t> bytes(text.begin(), text.end());
    const auto code = QrCode::encodeSegments({qrcodegen::QrSegment::makeBytes(bytes)}, QrCode::Ecc::MEDIUM,
                                             QrCode::MIN_VERSION, kLargestSymbol, -1, false);
    const int side = code.getSize() + 2 * kQuietZone;
    auto svg = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" shape-rendering=\"crispEdges\">"
        "<rect width=\"{0}\" height=\"{0}\" fill=\"#fff\"/><path d=\"",
        side);
    for (int y = 0; y < code.getSize(); ++y) {
        for (int x = 0; x < code.getSize(); ++x) {
            if (code.getModule(x, y)) {
                svg += fmt::format("M{},{}h1v1h-1z", x + kQuietZone, y + kQuietZone);
            }
        }
    }
    return svg + "\"/></svg>";
}

}  // namespace orderd::payments
