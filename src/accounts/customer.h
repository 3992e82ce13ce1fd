#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/contact.h"
#include "base/actor.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/refused.h"
#include "base/time.h"
#include "storage/writer.h"

namespace orderd::accounts {

inline constexpr Refused kEmailTaken{
    409, "email_taken", "There is an account with this e-mail address. Sign in to it, or use another address."};

/// A customer with everything worked out that needs neither the database nor an id: folding and keyed hashes are made
/// on the thread of the request, so that the one writer does not spend its time on them.
struct PreparedCustomer {
    std::uint64_t key = 0;  ///< the vault's generation that the indexes are of
    Contact contact;
    std::optional<Address> address;
    std::string folded_email;
    std::int64_t email_index = 0;
    std::optional<std::int64_t> phone_index;  ///< nullopt if no telephone number was given
    std::vector<std::int64_t> word_indexes;   ///< of the words of the name
    std::string contact_text;                 ///< what is sealed
    std::optional<std::string> address_text;
};

PreparedCustomer prepare(const storage::Vault& vault, Contact contact, std::optional<Address> address);

/// A customer as a request describes them.
struct CustomerDetails {
    std::string name;
    std::string email;
    std::string phone;  ///< may be empty
    std::optional<Address> shipping_address;
};

/// The same of a request's details, without the white space around them. `pointer`: where in the request they stand,
/// "" for the body itself.
///
/// @throws Refusal `validation_failed`, see check()
PreparedCustomer prepare(const storage::Vault& vault, const CustomerDetails& details, std::string_view pointer);

/// The guest with this e-mail address, or a new one. On the way of every order. What is stored of a guest who was there
/// already stays as it is, since whoever types an address need not be its owner; the words of another name are added,
/// so that a search finds the guest by them. A customer's account is never taken for a guest.
CustomerId find_or_add_guest(storage::Transaction& tx, const PreparedCustomer& who, Time now);

struct Customer {
    CustomerId id{};
    std::optional<Contact> contact;  ///< nothing: erased on request
    std::optional<Address> address;  ///< nothing: erased, or an account that gave none
    bool has_account = false;        ///< can sign in
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;
};

/// @returns nullopt if there is no such customer; erased ones are found
std::optional<Customer> find_customer(const storage::View& view, CustomerId id);

/// What is sealed in customer.contact_sealed; nullopt if it is NULL.
std::optional<Contact> open_contact(const storage::View& view, CustomerId id, std::optional<std::string_view> sealed);

/// @throws Refusal `not_found`
Customer get_customer(const storage::View& view, CustomerId id);

/// The customers with this e-mail address, this telephone number, or all of these words in their names; whole words,
/// since only keyed hashes of them are stored. Newest first, at most `most`, older than `before` if that is given.
std::vector<CustomerId> find_customers(const storage::View& view, std::string_view text, std::int64_t most,
                                       std::optional<CustomerId> before = {});

/// All of them, newest first.
std::vector<CustomerId> list_customers(const storage::View& view, std::int64_t most,
                                       std::optional<CustomerId> before = {});

/// Makes an account. A guest's row with the same address stays a guest's: its orders are not proven to be theirs.
///
/// @param password_hash  of passwords.h
/// @throws Refusal 409 `email_taken` if an account has the address
CustomerId add_account(storage::Transaction& tx, const PreparedCustomer& who, const std::string& password_hash,
                       const Actor& actor, Time now);

/// Replaces contact and address of an account, with its indexes. A change of the e-mail address is its own event,
/// "customer.email_changed", which sends a mail to the old address (former_contact()).
///
/// @throws Refusal 409 `email_taken`, 404 `not_found`
Customer update_account(storage::Transaction& tx, CustomerId id, const PreparedCustomer& who, const Actor& actor,
                        Time now);

/// The contact as it was before an event "customer.email_changed". Nothing once it was forgotten.
std::optional<Contact> former_contact(const storage::View& view, std::int64_t event);
void forget_former_contact(storage::Transaction& tx, std::int64_t event);

/// Forgets what was kept for a mail that did not go out within a week.
std::int64_t remove_old_former_contacts(storage::Transaction& tx, Time now);

/// What signing in by e-mail needs.
struct AccountCredentials {
    CustomerId id{};
    std::string password_hash;
};
std::optional<AccountCredentials> find_account(const storage::View& view, std::string_view email);

/// Sets a password, ends the customer's sessions but for `keep`, and forgets the devices but for the one with the token
/// `device`.
void set_customer_password(storage::Transaction& tx, CustomerId id, const std::string& password_hash,
                           std::optional<SessionId> keep, Time now, std::string_view device = {});

/// Forgets who a customer is: contact, address, password, sessions and every index go; the row stays, since orders
/// point at it. Other departments must erase their part first, see Desk::on_erase.
///
/// @throws Refusal `not_found`
void erase_customer(storage::Transaction& tx, CustomerId id, const Actor& actor, Time now);

// For `orderd key rotate`: the indexes follow the key.

struct CustomerSlice {
    std::vector<CustomerId> old;     ///< whose indexes are not those of the newest key
    std::optional<CustomerId> last;  ///< where the slice ends; nothing: there are no more customers
};

/// The other names of a customer, such as those on orders, so that a search for them still finds the customer.
using NamesOf = std::function<std::vector<std::string>(const storage::View&, CustomerId)>;

CustomerSlice find_old_indexes(const storage::View& view, CustomerId after, std::int64_t most, const NamesOf& names_of);

/// Rebuilds the indexes of a customer.
void renew_indexes(storage::Transaction& tx, CustomerId id, const NamesOf& names_of);

}  // namespace orderd::accounts
