#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/shape.h"
#include "base/errors.h"
#include "base/money.h"
#include "storage/view.h"

namespace orderd::payments {

/// The setting `bank_account`: the account of bank_details, for programs. Customers' banking apps read it from a code.
struct BankAccount {
    std::string name;  ///< of whoever it belongs to
    std::string iban;  ///< without spaces, in capitals
    std::string bic;   ///< empty: within the European Economic Area a bank needs none
};

std::optional<BankAccount> read_bank_account(const storage::View& view);
Json bank_account_json(const storage::View& view);
api::Shape bank_account_shape();
void check_bank_account(const Json& value, std::vector<Fault>& faults);

/// Whether it is an IBAN, by its check digits (ISO 13616, ISO 7064 MOD 97-10). Without spaces, in capitals.
bool is_iban(std::string_view text);

/// What the code of a transfer says: "BCD", version 002 of the European Payments Council's EPC069-12, with Unicode.
///
/// @param reference  what the transfer is to name: up to 140 characters
std::string transfer_text(const BankAccount& account, Money amount, std::string_view reference);

/// The text of transfer_text() for a transfer to the shop. Nullopt if the shop has no bank_account, if its currency is not
/// EUR, or if the amount is none that a code can say (0.01 to 999,999,999.99).
std::optional<std::string> transfer_code(const storage::View& view, Money amount, std::string_view reference);

/// A QR code (ISO/IEC 18004) of that text as an SVG image, black on white with its quiet zone, with the correction level M
/// that EPC069-12 asks for.
std::string qr_image(const std::string& text);

}  // namespace orderd::payments
