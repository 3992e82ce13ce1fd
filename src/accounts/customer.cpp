#include "accounts/customer.h"

#include <algorithm>

#include "accounts/devices.h"
#include "accounts/password_resets.h"
#include "accounts/sessions.h"
#include "base/domain.h"
#include "base/errors.h"
#include "base/text.h"
#include "storage/events.h"
#include "storage/numbering.h"

namespace orderd::accounts {

namespace {

constexpr auto kNextId = "SELECT coalesce(" ORDERD_NEXT_ID("customer") ", (SELECT max(id) + 1 FROM customer), 1)";
constexpr auto kInsertCustomer = R"sql(
    INSERT INTO customer (id, contact_sealed, address_sealed, email_index, password_hash, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
)sql";
constexpr auto kGuestsByEmail = R"sql(
    SELECT id, contact_sealed FROM customer WHERE email_index = ?1 AND password_hash IS NULL ORDER BY id
)sql";
constexpr auto kAccountByEmail = R"sql(
    SELECT id, contact_sealed, password_hash FROM customer WHERE email_index = ?1 AND password_hash IS NOT NULL
     ORDER BY id
)sql";
constexpr auto kGet = R"sql(
    SELECT id, contact_sealed, address_sealed, password_hash IS NOT NULL, created_at, updated_at, version
      FROM customer WHERE id = ?1
)sql";
constexpr auto kAfter = "SELECT id FROM customer WHERE id > ?1 ORDER BY id LIMIT ?2";
constexpr auto kEmailIndex = "SELECT email_index FROM customer WHERE id = ?1";
constexpr auto kSetEmailIndex = "UPDATE customer SET email_index = ?2 WHERE id = ?1";
constexpr auto kUpdateCustomer = R"sql(
    UPDATE customer SET contact_sealed = ?2, address_sealed = ?3, email_index = ?4, updated_at = ?5, version = version + 1
     WHERE id = ?1 AND password_hash IS NOT NULL
)sql";
constexpr auto kErase = R"sql(
    UPDATE customer SET contact_sealed = NULL, address_sealed = NULL, email_index = NULL, password_hash = NULL,
                        updated_at = ?2, version = version + 1
     WHERE id = ?1
)sql";
constexpr auto kSetCustomerPassword = R"sql(
    UPDATE customer SET password_hash = ?2, updated_at = ?3, version = version + 1
     WHERE id = ?1 AND password_hash IS NOT NULL
)sql";

constexpr auto kAddFormer = R"sql(
    INSERT INTO former_email (id, customer_id, event_sequence, contact_sealed, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)
)sql";
constexpr auto kNextFormer = "SELECT coalesce(max(id), 0) + 1 FROM former_email";
constexpr auto kFormer = "SELECT id, contact_sealed FROM former_email WHERE event_sequence = ?1";
constexpr auto kForgetFormer = "DELETE FROM former_email WHERE event_sequence = ?1";
constexpr auto kForgetFormerOf = "DELETE FROM former_email WHERE customer_id = ?1";
constexpr auto kRemoveOldFormer = R"sql(
    DELETE FROM former_email WHERE id IN (SELECT id FROM former_email WHERE changed_at < ?1 LIMIT ?2)
)sql";

storage::Place former_place(std::int64_t row) {
    return {.table = "former_email", .column = "contact_sealed", .row = row};
}

storage::Place contact_place(CustomerId id) {
    return {.table = "customer", .column = "contact_sealed", .row = number(id)};
}

storage::Place address_place(CustomerId id) {
    return {.table = "customer", .column = "address_sealed", .row = number(id)};
}

std::optional<Address> open_address(const storage::View& view, CustomerId id, std::optional<std::string_view> sealed) {
    return sealed ? std::optional(address_from(stored_json(view.vault().open(address_place(id), *sealed))))
                  : std::nullopt;
}

std::optional<std::string> seal_address(const storage::View& view, CustomerId id, const PreparedCustomer& who) {
    return who.address_text ? std::optional(view.vault().seal(address_place(id), *who.address_text)) : std::nullopt;
}

std::optional<storage::Blob> blob(const std::optional<std::string>& bytes) {
    return bytes ? std::optional(storage::Blob{*bytes}) : std::nullopt;
}

/// A prepared customer with indexes of the newest key: the key may have been replaced since the request computed them.
class Current {
public:
    Current(const storage::View& view, const PreparedCustomer& who) : who_(&who) {
        if (who.key != view.vault().generation()) {
            who_ = &renewed_.emplace(prepare(view.vault(), who.contact, who.address));
        }
    }
    Current(const Current&) = delete;
    Current& operator=(const Current&) = delete;

    const PreparedCustomer* operator->() const { return who_; }
    const PreparedCustomer& operator*() const { return *who_; }

private:
    std::optional<PreparedCustomer> renewed_;
    const PreparedCustomer* who_;
};

/// The indexes that an e-mail address may be stored under.
std::vector<std::int64_t> email_indexes(const storage::View& view, const PreparedCustomer& who) {
    if (!who.email_index) {
        return {};
    }
    return view.vault().has_older() ? view.vault().indexes("email", who.email_identity) : std::vector{*who.email_index};
}

/// The id must be known before the insert, since sealed values are bound to it. Rows are never deleted, so no
/// id is assigned twice.
CustomerId insert_customer(storage::Transaction& tx, const PreparedCustomer& who,
                           const std::optional<std::string>& password_hash, Time now) {
    const auto id = *tx.value<CustomerId>(kNextId);
    const auto contact = tx.vault().seal(contact_place(id), who.contact_text);
    const auto address = seal_address(tx, id, who);
    tx.run(kInsertCustomer, id, storage::Blob{contact}, blob(address), who.email_index, password_hash, now);
    return id;
}

/// Keeps the old contact, which gets a mail about the change of the e-mail address.
void note_email_change(storage::Transaction& tx, CustomerId id, const Contact& before, const Actor& actor, Time now) {
    const auto event =
        events::record(tx, "customer.email_changed", {"customer", number(id)}, Json::object(), actor, now);
    const auto row = *tx.value<std::int64_t>(kNextFormer);
    const auto sealed = tx.vault().seal(former_place(row), json_text(to_list(before)));
    tx.run(kAddFormer, row, id, event, storage::Blob{sealed}, now);
}

void refuse_taken_email(const storage::View& view, const PreparedCustomer& who, std::optional<CustomerId> own) {
    for (const auto index : email_indexes(view, who)) {
        view.each(
            kAccountByEmail,
            [&](const storage::Row& row) {
                if (row.get<CustomerId>(0) != own) {
                    throw Refusal(kEmailTaken, "there is an account with this e-mail address: sign in to it");
                }
            },
            index);
    }
}

}  // namespace

std::optional<Contact> open_contact(const storage::View& view, CustomerId id, std::optional<std::string_view> sealed) {
    return sealed ? std::optional(contact_from(stored_json(view.vault().open(contact_place(id), *sealed))))
                  : std::nullopt;
}

CustomerId find_or_add_guest(storage::Transaction& tx, const PreparedCustomer& prepared, Time now) {
    const Current who(tx, prepared);
    std::optional<CustomerId> known;
    for (const auto index : email_indexes(tx, *who)) {
        tx.each(
            kGuestsByEmail,
            [&](const storage::Row& row) {
                const auto id = row.get<CustomerId>(0);
                const auto contact =
                    known ? std::nullopt : open_contact(tx, id, row.get<std::optional<std::string_view>>(1));
                if (contact && mail_identity(contact->email) == who->email_identity) {
                    known = id;
                }
            },
            index);
    }
    return known ? *known : insert_customer(tx, *who, std::nullopt, now);
}

std::optional<Customer> find_customer(const storage::View& view, CustomerId id) {
    return view.first(
        kGet,
        [&](const storage::Row& row) {
            return Customer{.id = id,
                            .contact = open_contact(view, id, row.get<std::optional<std::string_view>>(1)),
                            .address = open_address(view, id, row.get<std::optional<std::string_view>>(2)),
                            .has_account = row.get<bool>(3),
                            .created_at = row.get<Time>(4),
                            .updated_at = row.get<Time>(5),
                            .version = row.get<std::int64_t>(6)};
        },
        id);
}

Customer get_customer(const storage::View& view, CustomerId id) {
    auto customer = find_customer(view, id);
    if (!customer) {
        throw not_found("customer");
    }
    return std::move(*customer);
}

CustomerId add_account(storage::Transaction& tx, const PreparedCustomer& who, const std::string& password_hash,
                       const Actor& actor, Time now) {
    const Current current(tx, who);
    refuse_taken_email(tx, *current, std::nullopt);
    const auto id = insert_customer(tx, *current, password_hash, now);
    events::record(tx, "customer.registered", {"customer", number(id)}, Json::object(), actor, now);
    return id;
}

Customer update_account(storage::Transaction& tx, CustomerId id, const PreparedCustomer& prepared, const Actor& actor,
                        Time now) {
    const Current current(tx, prepared);
    const auto& who = *current;
    const auto old = get_customer(tx, id);
    const auto& before = old.contact;
    if (!before || mail_identity(before->email) != who.email_identity) {
        refuse_taken_email(tx, who, id);
    }
    const auto contact = tx.vault().seal(contact_place(id), who.contact_text);
    const auto address = seal_address(tx, id, who);
    if (tx.run(kUpdateCustomer, id, storage::Blob{contact}, blob(address), who.email_index, now) == 0) {
        throw not_found("account");
    }
    auto after = get_customer(tx, id);
    forget_found_by(tx, Kind::customer, number(id), found_by(old), found_by(after));
    events::record(tx, "customer.updated", {"customer", number(id)}, Json::object(), actor, now);
    if (before && before->email != who.contact.email) {
        void_resets(tx, id);  // they went to the address before
        note_email_change(tx, id, *before, actor, now);
    }
    return after;
}

std::optional<Contact> former_contact(const storage::View& view, std::int64_t event) {
    return view.first(
        kFormer,
        [&](const storage::Row& row) {
            return contact_from(
                stored_json(view.vault().open(former_place(row.get<std::int64_t>(0)), row.get<std::string_view>(1))));
        },
        event);
}

void forget_former_contact(storage::Transaction& tx, std::int64_t event) { tx.run(kForgetFormer, event); }

storage::Pruned remove_old_former_contacts(storage::Transaction& tx, const storage::Slice& slice) {
    return storage::Pruned::again_if(tx.run(kRemoveOldFormer, slice.before, slice.most));
}

std::optional<AccountCredentials> find_account(const storage::View& view, std::string_view email) {
    const auto wanted = mail_identity(email);
    std::optional<AccountCredentials> found;
    for (const auto index : view.vault().indexes("email", wanted)) {
        view.each(
            kAccountByEmail,
            [&](const storage::Row& row) {
                const auto id = row.get<CustomerId>(0);
                const auto contact = open_contact(view, id, row.get<std::optional<std::string_view>>(1));
                if (contact && mail_identity(contact->email) == wanted && (!found || contact->email == email)) {
                    found = {.id = id, .password_hash = row.get<std::string>(2)};
                }
            },
            index);
    }
    return found;
}

void set_customer_password(storage::Transaction& tx, CustomerId id, const std::string& password_hash,
                           std::optional<SessionId> keep, Time now, std::string_view device) {
    if (tx.run(kSetCustomerPassword, id, password_hash, now) == 0) {
        throw not_found("account");
    }
    void_resets(tx, id);
    end_sessions_of(tx, id, keep);
    forget_devices(tx, id, device);
}

void erase_customer(storage::Transaction& tx, CustomerId id, const Actor& actor, Time now) {
    forget_found_by(tx, Kind::customer, number(id), found_by(get_customer(tx, id)));
    tx.run(kErase, id, now);
    tx.run(kForgetFormerOf, id);
    erase_resets(tx, id);
    end_sessions_of(tx, id);
    forget_devices(tx, id);
    events::record(tx, "customer.erased", {"customer", number(id)}, Json::object(), actor, now);
    if (actor.kind != Actor::Kind::customer) {
        audit::record(tx, "customer.erase", {"customer", number(id)}, nullptr, {{"personal_data", "erased"}}, actor,
                      now);
    }
}

namespace {

bool has_newest_indexes(const storage::View& view, const Customer& customer) {
    const auto stored = view.value<std::optional<std::int64_t>>(kEmailIndex, customer.id).value_or(std::nullopt);
    return stored == email_index_of(view.vault(), *customer.contact) &&
           !is_found_by_older(view, Kind::customer, number(customer.id), found_by(customer));
}

}  // namespace

FoundBy found_by(const Customer& customer) {
    if (!customer.contact) {
        return {};
    }
    return {.names = {customer.contact->name},
            .places = customer.address ? places_of(*customer.address) : std::vector<std::string>(),
            .phones = {customer.contact->phone}};
}

void index_customer(storage::Transaction& tx, CustomerId id) {
    if (const auto customer = find_customer(tx, id)) {
        write_found_by(tx, Kind::customer, number(id), found_by(*customer));
    }
}

std::vector<CustomerId> customers_after(const storage::View& view, CustomerId after, std::int64_t most) {
    std::vector<CustomerId> found;
    view.each(
        kAfter, [&](const storage::Row& row) { found.push_back(row.get<CustomerId>(0)); }, after, most);
    return found;
}

CustomerSlice find_old_indexes(const storage::View& view, CustomerId after, std::int64_t most) {
    CustomerSlice slice;
    for (const auto id : customers_after(view, after, most)) {
        const auto customer = get_customer(view, id);
        if (customer.contact && !has_newest_indexes(view, customer)) {
            slice.old.push_back(id);
        }
        slice.last = id;
    }
    return slice;
}

void renew_indexes(storage::Transaction& tx, CustomerId id) {
    if (const auto contact = get_customer(tx, id).contact) {
        tx.run(kSetEmailIndex, id, email_index_of(tx.vault(), *contact));
        index_customer(tx, id);
    }
}

}  // namespace orderd::accounts
