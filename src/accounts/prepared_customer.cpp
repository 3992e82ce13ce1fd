#include "accounts/prepared_customer.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "base/domain.h"
#include "base/errors.h"
#include "base/json.h"

namespace orderd::accounts {

PreparedCustomer prepare(const storage::Vault& vault, Contact contact, std::optional<Address> address) {
    PreparedCustomer who;
    who.key = vault.generation();  // first: if the key is replaced meanwhile, the indexes are rebuilt
    who.email_identity = mail_identity(contact.email);
    who.email_index = email_index_of(vault, contact);
    who.contact_text = json_text(to_list(contact));
    if (address) {
        who.address_text = json_text(to_list(*address));
    }
    who.contact = std::move(contact);
    who.address = std::move(address);
    return who;
}

PreparedCustomer prepare(const storage::Vault& vault, const CustomerDetails& details, std::string_view pointer) {
    auto contact = without_margins(Contact{.name = details.name, .email = details.email, .phone = details.phone});
    std::optional<Address> address;
    std::vector<Fault> faults;
    check(contact, pointer, faults);
    if (details.shipping_address) {
        address = without_margins(*details.shipping_address);
        check(*address, fmt::format("{}/shipping_address", pointer), faults);
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    return prepare(vault, std::move(contact), std::move(address));
}

std::optional<std::int64_t> email_index_of(const storage::Vault& vault, const Contact& contact) {
    return contact.email.empty() ? std::nullopt : std::optional(vault.index("email", mail_identity(contact.email)));
}

}  // namespace orderd::accounts
