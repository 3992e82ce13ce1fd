#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "accounts/contact.h"
#include "storage/vault.h"

namespace orderd::accounts {

/// A customer in a request.
struct CustomerDetails {
    std::string name;
    std::string email;
    std::string phone;  ///< may be empty
    std::optional<Address> shipping_address;
};

/// A customer with everything computed that needs neither the database nor an id. Folding and keyed hashes
/// are computed on the request's thread, to keep this work off the only writer.
struct PreparedCustomer {
    std::uint64_t key = 0;  ///< the vault's generation when the indexes were made
    Contact contact;
    std::optional<Address> address;
    std::string email_identity;               ///< see mail_identity() of base/domain.h
    std::optional<std::int64_t> email_index;  ///< nullopt without an address, as of who orders by telephone
    std::string contact_text;                 ///< to be sealed
    std::optional<std::string> address_text;
};

PreparedCustomer prepare(const storage::Vault& vault, Contact contact, std::optional<Address> address);

/// The same for a request's details, without the white space around values. `pointer`: their place in the
/// request, "" for the body itself.
///
/// @throws Refusal `validation_failed`, see check()
PreparedCustomer prepare(const storage::Vault& vault, const CustomerDetails& details, std::string_view pointer);

/// What a contact's e-mail address is found by, under the newest key; nullopt without an address.
std::optional<std::int64_t> email_index_of(const storage::Vault& vault, const Contact& contact);

}  // namespace orderd::accounts
