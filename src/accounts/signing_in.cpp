#include "accounts/signing_in.h"

#include <fmt/format.h>

#include "accounts/customer.h"
#include "accounts/totp.h"
#include "base/errors.h"
#include "base/text.h"
#include "storage/events.h"

namespace orderd::accounts {

namespace {

constexpr auto kAdminByName = R"sql(
    SELECT id, username, role, password_hash, totp_sealed IS NOT NULL FROM admin_user
     WHERE username = ?1 AND active = 1 AND password_hash IS NOT NULL
)sql";
constexpr auto kAdminHash = "SELECT password_hash FROM admin_user WHERE id = ?1 AND active = 1";
constexpr auto kCustomerHash = "SELECT password_hash FROM customer WHERE id = ?1";
constexpr auto kRehashAdmin = "UPDATE admin_user SET password_hash = ?2 WHERE id = ?1";
constexpr auto kRehashCustomer = "UPDATE customer SET password_hash = ?2 WHERE id = ?1";

/// Someone who could be signing in.
struct Found {
    User user;
    std::string name;
    std::string role;
    std::string password_hash;
    bool totp = false;
};

std::optional<Found> find_customer_user(const storage::View& view, const std::string& email) {
    const auto account = find_account(view, email);
    if (!account) {
        return std::nullopt;
    }
    return Found{.user = account->id, .name = email, .role = "customer", .password_hash = account->password_hash};
}

std::optional<Found> find_user(const storage::View& view, const Credentials& credentials) {
    if (credentials.email) {
        return find_customer_user(view, *credentials.email);
    }
    if (credentials.username->find('@') != std::string::npos) {  // no admin is called so
        return find_customer_user(view, *credentials.username);
    }
    return view.first(
        kAdminByName,
        [](const storage::Row& row) {
            return Found{.user = row.get<AdminId>(0),
                         .name = row.get<std::string>(1),
                         .role = row.get<std::string>(2),
                         .password_hash = row.get<std::string>(3),
                         .totp = row.get<bool>(4)};
        },
        *credentials.username);
}

events::Subject subject_of(const User& user) {
    if (const auto* admin = std::get_if<AdminId>(&user)) {
        return {"admin", number(*admin)};
    }
    return {"customer", number(std::get<CustomerId>(user))};
}

/// Under what name attempts are counted.
std::string account_of(const User& user) {
    const auto subject = subject_of(user);
    return fmt::format("{}:{}", subject.kind, subject.id);
}

std::string account_of(const std::optional<Found>& found, const Credentials& credentials) {
    return found ? account_of(found->user)
                 : "nobody:" + folded(credentials.email ? *credentials.email : *credentials.username);
}

std::optional<std::string> stored_hash(const storage::View& view, const User& user) {
    const auto subject = subject_of(user);
    return view
        .value<std::optional<std::string>>(std::holds_alternative<AdminId>(user) ? kAdminHash : kCustomerHash,
                                           subject.id)
        .value_or(std::nullopt);
}

Actor actor_of(const Found& found, const std::string& address) {
    const auto subject = subject_of(found.user);
    return std::holds_alternative<AdminId>(found.user)
               ? Actor{.kind = Actor::Kind::admin, .id = subject.id, .name = found.name, .address = address}
               : Actor{.kind = Actor::Kind::customer, .id = subject.id, .name = {}, .address = address};
}

void record_failure(storage::Store& store, const std::optional<Found>& found, const std::string& address, Time now) {
    // Nothing of what was typed: people type their password into the wrong field.
    const Actor actor{.kind = Actor::Kind::guest, .id = 0, .name = {}, .address = address};
    try {
        store.writer().run([&](storage::Transaction& tx) {
            audit::record(tx, "login.failed", found ? subject_of(found->user) : events::Subject{"nobody", 0}, nullptr,
                          nullptr, actor, now);
        });
    } catch (const storage::NotStored&) {
        // The disk takes no write, which the log says; the answer is the same.
    }
}

/// Verifies, and counts the attempt. @returns whether the password is right; then the attempt is still to be settled
bool holds(Desk& desk, const std::string& account, const std::optional<std::string>& hash, std::string_view password,
           const LoginLimit& limit, Time now) {
    desk.attempts.begin(account, limit, now);
    try {
        return hash ? desk.hasher.verify(*hash, password) : desk.hasher.verify_nobody(password);
    } catch (...) {
        desk.attempts.withdraw(account);
        throw;
    }
}

bool code_holds(storage::Transaction& tx, const Found& found, const Credentials& credentials, Time now) {
    const auto* admin = std::get_if<AdminId>(&found.user);
    if (admin == nullptr || !found.totp) {
        return true;
    }
    return credentials.totp.empty() ? use_recovery_code(tx, *admin, credentials.recovery_code)
                                    : use_totp_code(tx, *admin, credentials.totp, now);
}

void rehash(storage::Transaction& tx, const User& user, const std::string& hash) {
    tx.run(std::holds_alternative<AdminId>(user) ? kRehashAdmin : kRehashCustomer, subject_of(user).id, hash);
}

/// @returns nothing where the code is wrong, or the password was changed meanwhile
std::optional<NewSession> begin(storage::Store& store, const Found& found, const Credentials& credentials,
                                const std::optional<std::string>& better_hash, const std::string& address, Time now) {
    return store.writer().run([&](storage::Transaction& tx) -> std::optional<NewSession> {
        // Looked at again: it may have been changed while the hash was computed.
        if (stored_hash(tx, found.user) != found.password_hash || !code_holds(tx, found, credentials, now)) {
            return std::nullopt;
        }
        if (better_hash) {
            rehash(tx, found.user, *better_hash);
        }
        audit::record(tx, "login", subject_of(found.user), nullptr, nullptr, actor_of(found, address), now);
        return begin_session(tx, found.user, now);
    });
}

/// The same while the disk takes no write: whoever has to make room must be able to sign in. A recovery code, which is
/// good once, cannot be used up, and is refused as everything is that must be stored.
///
/// @throws storage::NotStored from inside a handler of it
std::optional<NewSession> begin_unsaved(Desk& desk, storage::Store& store, const Found& found,
                                        const Credentials& credentials, const std::string& address, Time now) {
    std::optional<std::int64_t> step;
    {
        const auto view = store.read();
        if (stored_hash(view, found.user) != found.password_hash) {
            return std::nullopt;
        }
        if (const auto* admin = std::get_if<AdminId>(&found.user); admin != nullptr && found.totp) {
            if (credentials.totp.empty()) {
                throw;
            }
            step = totp_step(view, *admin, credentials.totp, now);
            if (!step) {
                return std::nullopt;
            }
        }
    }
    const auto actor = actor_of(found, address);
    auto session = begin_unsaved_session(desk.unsaved, store.vault(),
                                         {.user = found.user,
                                          .password_hash = found.password_hash,
                                          .address = address,
                                          .name = actor.name,
                                          .created_at = now,
                                          .expires_at = now,
                                          .totp_step = step},
                                         now);
    if (!session && !step) {
        throw;  // there are as many as memory has room for
    }
    return session;
}

User user_of(const http::Caller& caller) {
    if (caller.kind == http::Caller::Kind::admin) {
        return AdminId{caller.id};
    }
    if (caller.kind == http::Caller::Kind::customer) {
        return CustomerId{caller.id};
    }
    throw Refusal(Reason::forbidden, "session_required", "only someone who signed in can do this: sign in first");
}

void confirm(Desk& desk, storage::Store& store, const User& user, std::string_view password, std::string_view pointer,
             Time now) {
    const auto account = account_of(user);
    const auto hash = stored_hash(store.read(), user);
    const auto limit = login_limit(store.read());
    if (!holds(desk, account, hash, password, limit, now)) {
        throw Refusal({Fault{std::string(pointer), "is not the current password"}});
    }
    desk.attempts.withdraw(account);
}

}  // namespace

SignedIn sign_in(Desk& desk, storage::Store& store, const Credentials& credentials, const std::string& address,
                 Time now) {
    const auto found = find_user(store.read(), credentials);
    const auto limit = login_limit(store.read());
    const auto account = account_of(found, credentials);
    const auto hash = found ? std::optional(found->password_hash) : std::nullopt;
    if (!holds(desk, account, hash, credentials.password, limit, now)) {
        record_failure(store, found, address, now);
        throw Refusal(Reason::unauthenticated, "invalid_credentials", "no user has this name and this password");
    }
    if (found->totp && credentials.totp.empty() && credentials.recovery_code.empty()) {
        desk.attempts.withdraw(account);
        throw Refusal(Reason::unauthenticated, "totp_required", "the code of your authenticator app is needed as well");
    }
    const auto better_hash =
        desk.hasher.outdated(*hash) ? std::optional(desk.hasher.hash(credentials.password)) : std::nullopt;
    std::optional<NewSession> session;
    try {
        session = begin(store, *found, credentials, better_hash, address, now);
    } catch (const storage::NotStored&) {
        session = begin_unsaved(desk, store, *found, credentials, address, now);
    }
    if (!session) {
        record_failure(store, found, address, now);
        throw Refusal(Reason::unauthenticated, "totp_invalid", "the code is not valid, or was used before");
    }
    desk.attempts.succeeded(account);
    return {.user = found->user, .name = found->name, .role = found->role, .session = *session};
}

void change_password(Desk& desk, storage::Store& store, const http::Caller& caller, std::string_view current,
                     std::string_view wanted, Time now) {
    const auto user = user_of(caller);
    std::vector<Fault> faults;
    check_password(wanted, "/new_password", faults);
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    confirm(desk, store, user, current, "/current_password", now);
    const auto hash = desk.hasher.hash(wanted);
    store.writer().run([&](storage::Transaction& tx) {
        if (const auto* admin = std::get_if<AdminId>(&user)) {
            set_admin_password(tx, *admin, hash, caller.session, caller.actor(), now);
        } else {
            set_customer_password(tx, std::get<CustomerId>(user), hash, caller.session, now);
        }
    });
}

void confirm_password(Desk& desk, storage::Store& store, const http::Caller& admin, std::string_view password,
                      Time now) {
    confirm(desk, store, user_of(admin), password, "/password", now);
}

}  // namespace orderd::accounts
