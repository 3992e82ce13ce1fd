#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accounts/contact.h"
#include "base/ids.h"
#include "storage/vault.h"

namespace orderd::orders {

/// Who is billed, where it is not the recipient or is a business.
struct Billing {
    std::string name;
    std::string company;
    std::string vat_id;            ///< as vat_id_key() has it; may be empty
    bool vat_id_verified = false;  ///< staff looked it up: until then, tax is charged
    std::optional<accounts::Address> address;

    bool operator==(const Billing&) const = default;
};

/// A VAT ID as it is written on documents: upper case, without spaces, dots and dashes.
std::string vat_id_key(std::string_view text);

/// Whether it has the form of its country's VAT IDs: of the member states of the European Union, Northern Ireland (XI)
/// and Great Britain. Others need two letters, and 2 to 18 letters or digits after them.
///
/// Whether it was given out, and to whom, only the country's register knows.
bool has_vat_id_form(std::string_view key);

std::string seal_billing(const storage::Vault& vault, OrderId order, const Billing& billing);
std::optional<Billing> open_billing(const storage::Vault& vault, OrderId order,
                                    const std::optional<std::string>& sealed);

}  // namespace orderd::orders
