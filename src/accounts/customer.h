#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/found_by.h"
#include "accounts/prepared_customer.h"
#include "base/actor.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/refused.h"
#include "base/time.h"
#include "storage/pruning.h"

namespace orderd::accounts {

inline constexpr Refused kEmailTaken{
    409, "email_taken", "There is an account with this e-mail address. Sign in to it, or use another address."};

/// The guest with this e-mail address (by mail_identity()), or a new one. On the hot path of orders. An existing guest's
/// data does not change, since whoever types an address may not be its owner. A customer's account is never used as a guest.
/// Without an e-mail address, always a new one.
CustomerId find_or_add_guest(storage::Transaction& tx, const PreparedCustomer& who, Time now);

struct Customer {
    CustomerId id{};
    std::optional<Contact> contact;  ///< nullopt: erased on request
    std::optional<Address> address;  ///< nullopt: erased, or never given
    bool has_account = false;        ///< can sign in
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;
};

/// @returns nullopt if there is no such customer; erased customers are found
std::optional<Customer> find_customer(const storage::View& view, CustomerId id);

/// Opens customer.contact_sealed; nullopt if it is NULL.
std::optional<Contact> open_contact(const storage::View& view, CustomerId id, std::optional<std::string_view> sealed);

/// @throws Refusal `not_found`
Customer get_customer(const storage::View& view, CustomerId id);

/// Some of the customers with this e-mail address, or who are found by the text as accounts::find() says: newest first, at
/// most `most`, older than `before` if it is given.
Found find_customers(const storage::View& view, std::string_view text, std::int64_t most,
                     std::optional<CustomerId> before = {});

/// What a customer is found by, besides the e-mail address, which has an index of its own. Nothing, once erased.
FoundBy found_by(const Customer& customer);

/// Puts a customer into the search index; see write_found_by().
void index_customer(storage::Transaction& tx, CustomerId id);

/// The customers after one, at most so many: oldest first.
std::vector<CustomerId> customers_after(const storage::View& view, CustomerId after, std::int64_t most);

/// All customers, newest first.
Found list_customers(const storage::View& view, std::int64_t most, std::optional<CustomerId> before = {});

/// Makes an account. A guest with the same address stays separate: nothing proves that the guest's orders
/// belong to the account's owner.
///
/// @param password_hash  from passwords.h
/// @throws Refusal 409 `email_taken` if an account has the address
CustomerId add_account(storage::Transaction& tx, const PreparedCustomer& who, const std::string& password_hash,
                       const Actor& actor, Time now);

/// Replaces an account's contact and address; what it is not found by any more is forgotten. A change of the e-mail address records an event,
/// "customer.email_changed", which sends a mail to the old address (former_contact()).
///
/// @throws Refusal 409 `email_taken`, 404 `not_found`
Customer update_account(storage::Transaction& tx, CustomerId id, const PreparedCustomer& who, const Actor& actor,
                        Time now);

/// The contact before an event "customer.email_changed"; nullopt once it was forgotten.
std::optional<Contact> former_contact(const storage::View& view, std::int64_t event);
void forget_former_contact(storage::Transaction& tx, std::int64_t event);

/// Forgets a slice of the former contacts whose mail was not sent in time.
storage::Pruned remove_old_former_contacts(storage::Transaction& tx, const storage::Slice& slice);

/// The data that signing in by e-mail needs.
struct AccountCredentials {
    CustomerId id{};
    std::string password_hash;
};

/// The account with this e-mail address, by mail_identity(). Of several from before schema 5, the one that has exactly
/// this address, or else the oldest.
std::optional<AccountCredentials> find_account(const storage::View& view, std::string_view email);

/// Sets a password, ends the customer's sessions except `keep`, and forgets the devices except the one with
/// the token `device`. Codes for a forgotten password are good no more.
void set_customer_password(storage::Transaction& tx, CustomerId id, const std::string& password_hash,
                           std::optional<SessionId> keep, Time now, std::string_view device = {});

/// Erases a customer: contact, address, password, sessions and all indexes. The row stays, since orders refer
/// to it. Other departments must erase their part first, see Desk::on_erase.
///
/// @throws Refusal `not_found`
void erase_customer(storage::Transaction& tx, CustomerId id, const Actor& actor, Time now);

// For `orderd key rotate`: a new key needs new indexes.

struct CustomerSlice {
    std::vector<CustomerId> old;     ///< customers whose indexes are not of the newest key
    std::optional<CustomerId> last;  ///< the slice's last customer; nullopt: there are no more
};

CustomerSlice find_old_indexes(const storage::View& view, CustomerId after, std::int64_t most);

/// Rebuilds the indexes of a customer.
void renew_indexes(storage::Transaction& tx, CustomerId id);

}  // namespace orderd::accounts
