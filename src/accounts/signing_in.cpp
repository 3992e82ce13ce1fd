#include "accounts/signing_in.h"

#include <fmt/format.h>

#include "accounts/customer.h"
#include "accounts/devices.h"
#include "accounts/password_rules.h"
#include "accounts/totp.h"
#include "base/address.h"
#include "base/errors.h"
#include "base/text.h"
#include "storage/events.h"
#include "wire/session_cookie.h"

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

/// A user who could be signing in.
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
    if (credentials.username->find('@') != std::string::npos) {  // no username contains an @
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

/// The account name that attempts are counted under.
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
    // Record no input: people type their password into the wrong field.
    const Actor actor{.kind = Actor::Kind::guest, .id = 0, .name = {}, .address = address};
    try {
        store.writer().run([&](storage::Transaction& tx) {
            audit::record(tx, "login.failed", found ? subject_of(found->user) : events::Subject{"nobody", 0}, nullptr,
                          nullptr, actor, now);
        });
    } catch (const storage::NotStored&) {
        // The disk cannot be written to, which is logged elsewhere; the answer is the same.
    }
}

/// Verifies a password, and counts the attempt. @returns whether it is right; then the caller must settle the attempt
bool holds(Desk& desk, const Attempt& attempt, const std::optional<std::string>& hash, std::string_view password,
           const Asker& asker, const LoginLimit& limit, Time now) {
    desk.attempts.begin(attempt, limit, now);
    try {
        return hash ? desk.hasher.verify(*hash, password, asker) : desk.hasher.verify_nobody(password, asker);
    } catch (...) {
        desk.attempts.withdraw(attempt);
        throw;
    }
}

/// A client with a recovery code, or on a device that signed in before, is not a stranger: only its own failures count.
std::string known_as(const storage::View& view, const std::optional<Found>& found, const Credentials& credentials,
                     const From& from, Time now) {
    if (!found) {
        return {};
    }
    const auto token = wire::host_cookie_of(from.cookies, device_cookie(found->user), from.secure);
    if (const auto device = known_device(view, found->user, token, now)) {
        return "device " + *device;
    }
    const auto* admin = std::get_if<AdminId>(&found->user);
    if (admin != nullptr && found->totp && is_recovery_code(view, *admin, credentials.recovery_code)) {
        return "recovery code " + storage::hash_of_token(credentials.recovery_code);
    }
    return {};
}

/// The asker for the queue of the password hasher.
Asker asker_of(const Attempt& attempt) { return stranger_at(attempt.address, !attempt.known_as.empty()); }

/// The attempt for a code after a right password: counted for the whole account.
Attempt code_attempt(const Attempt& password) {
    return {.account = password.account, .address = password.address, .known_as = "code after the password"};
}

/// If an address may try no more passwords, a right code of the authenticator app lets its owner try anyway.
/// Guesses of codes are counted too: for the address, and for the account with three times the limit.
///
/// @returns the attempt to count instead, or nullopt if there is no right code
std::optional<Attempt> by_code(Desk& desk, const storage::View& view, const Attempt& refused,
                               const std::optional<Found>& found, const Credentials& credentials,
                               const LoginLimit& limit, Time now) {
    const auto* admin = found ? std::get_if<AdminId>(&found->user) : nullptr;
    if (admin == nullptr || !found->totp || credentials.totp.empty()) {
        return std::nullopt;
    }
    // Not while wrong codes follow right passwords: their sender knows the password, and only has to guess the code.
    const auto after_password = code_attempt(refused);
    desk.attempts.begin(after_password, limit, now);
    desk.attempts.withdraw(after_password);
    const LoginLimit of_account{.failures = 3 * limit.failures, .window = limit.window};
    const Attempt all{.account = refused.account, .address = refused.address, .known_as = "any code"};
    desk.attempts.begin(all, of_account, now);
    Attempt here{
        .account = refused.account, .address = refused.address, .known_as = "code from " + counted_as(refused.address)};
    desk.attempts.begin(here, limit, now);
    if (!is_totp_code(view, *admin, credentials.totp, now)) {
        return std::nullopt;
    }
    desk.attempts.withdraw(here);  // holds() counts it again
    return here;
}

/// Like holds(), with by_code() if the attempt is refused. @returns the counted attempt, and whether the
/// password is right
std::pair<Attempt, bool> try_password(Desk& desk, storage::Store& store, const Attempt& attempt,
                                      const std::optional<Found>& found, const Credentials& credentials, Time now) {
    const auto limit = login_limit(store.read());
    const auto hash = found ? std::optional(found->password_hash) : std::nullopt;
    try {
        return {attempt, holds(desk, attempt, hash, credentials.password, asker_of(attempt), limit, now)};
    } catch (const Refusal& refusal) {
        if (refusal.code() != kTooManyAttempts.code()) {
            throw;
        }
        const auto instead = by_code(desk, store.read(), attempt, found, credentials, limit, now);
        if (!instead) {
            throw;
        }
        return {*instead, holds(desk, *instead, hash, credentials.password, asker_of(*instead), limit, now)};
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

/// @param shown  the token of a known device, or empty
/// @returns nullopt if the code is wrong, or the password was changed meanwhile
std::optional<SignedIn> begin(storage::Store& store, const Found& found, const Credentials& credentials,
                              const std::optional<std::string>& better_hash, const From& from, const std::string& shown,
                              Time now) {
    return store.writer().run([&](storage::Transaction& tx) -> std::optional<SignedIn> {
        // Checked again: the password may have been changed while the hash was computed.
        if (stored_hash(tx, found.user) != found.password_hash || !code_holds(tx, found, credentials, now)) {
            return std::nullopt;
        }
        if (better_hash) {
            rehash(tx, found.user, *better_hash);
        }
        audit::record(tx, "login", subject_of(found.user), nullptr, nullptr, actor_of(found, from.client.address), now);
        return SignedIn{.user = found.user,
                        .name = found.name,
                        .role = found.role,
                        .session = begin_session(tx, found.user, now, from.client),
                        .device = remember_device(tx, found.user, shown, now)};
    });
}

/// The same while the disk cannot be written to, since someone must be able to sign in to make room. A
/// recovery code works once, but its use could not be stored, so it is refused like every mutation.
///
/// Called inside a catch block for storage::NotStored. @throws that exception again
std::optional<SignedIn> begin_unsaved(Desk& desk, storage::Store& store, const Found& found,
                                      const Credentials& credentials, const From& from, Time now) {
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
    const auto session = begin_unsaved_session(desk.unsaved, store.vault(),
                                               {.user = found.user,
                                                .password_hash = found.password_hash,
                                                .client = from.client,
                                                .name = actor_of(found, from.client.address).name,
                                                .created_at = now,
                                                .expires_at = now,
                                                .totp_step = step},
                                               now);
    if (!session) {
        if (!step) {
            throw;  // the limit of unsaved sessions is reached
        }
        return std::nullopt;
    }
    return SignedIn{.user = found.user, .name = found.name, .role = found.role, .session = *session, .device = {}};
}

User user_of(const Caller& caller) {
    if (caller.kind == Caller::Kind::admin) {
        return AdminId{caller.id};
    }
    if (caller.kind == Caller::Kind::customer) {
        return CustomerId{caller.id};
    }
    throw Refusal(kSessionRequired, "only someone who signed in can do this: sign in first");
}

/// The attempt of a signed-in user: counted for the session, so that others who know the name cannot use it up.
Attempt attempt_of(const Caller& caller) {
    return {.account = account_of(user_of(caller)),
            .address = caller.address,
            .known_as = fmt::format("session {}", number(caller.session))};
}

Refusal wrong(std::string_view pointer, std::string detail) {
    return Refusal({Fault{std::string(pointer), std::move(detail)}});
}

/// @returns the attempt, which still counts as failed
Attempt check_current(Desk& desk, storage::Store& store, const Caller& caller, std::string_view password,
                      std::string_view pointer, Time now) {
    auto attempt = attempt_of(caller);
    const auto hash = stored_hash(store.read(), user_of(caller));
    const auto limit = login_limit(store.read());
    if (!holds(desk, attempt, hash, password, {}, limit, now)) {
        throw wrong(pointer, "is not the current password");
    }
    return attempt;
}

PasswordRule rule_of(const storage::View& view, const User& user) {
    if (const auto* id = std::get_if<AdminId>(&user)) {
        const auto admin = get_admin(view, *id);
        return admin_password_rule(view, admin.username, admin.totp);
    }
    const auto contact = get_customer(view, std::get<CustomerId>(user)).contact.value_or(Contact{});
    return customer_password_rule(view, contact.name, contact.email);
}

}  // namespace

std::optional<User> user_named(const storage::View& view, std::string_view username) {
    const auto found = find_user(
        view, {.username = std::string(username), .email = {}, .password = {}, .totp = {}, .recovery_code = {}});
    return found ? std::optional(found->user) : std::nullopt;
}

AdminId require_admin(const Caller& caller, const std::string& why) {
    if (caller.kind != Caller::Kind::admin) {
        throw Refusal(kSessionRequired, why);
    }
    return AdminId{caller.id};
}

SignedIn sign_in(Desk& desk, storage::Store& store, const Credentials& credentials, const From& from, Time now) {
    const auto found = find_user(store.read(), credentials);
    const auto& address = from.client.address;
    // A separate statement, so that no snapshot is held while the password is hashed.
    const auto known = known_as(store.read(), found, credentials, from, now);
    const auto [attempt, right] =
        try_password(desk, store, {.account = account_of(found, credentials), .address = address, .known_as = known},
                     found, credentials, now);
    if (!right) {
        record_failure(store, found, address, now);
        throw Refusal(kInvalidCredentials, "no user has this name and this password");
    }
    if (found->totp && credentials.totp.empty() && credentials.recovery_code.empty()) {
        desk.attempts.withdraw(attempt);
        throw Refusal(kTotpRequired, "the code of your authenticator app is needed as well");
    }
    const auto code = code_attempt(attempt);
    const bool counts_codes = found->totp && attempt.known_as.empty();
    if (counts_codes) {
        try {
            desk.attempts.begin(code, login_limit(store.read()), now);
        } catch (...) {
            desk.attempts.withdraw(attempt);  // the password was right
            throw;
        }
    }
    const auto& hash = found->password_hash;
    const auto better_hash = desk.hasher.outdated(hash)
                                 ? std::optional(desk.hasher.hash(credentials.password, asker_of(attempt)))
                                 : std::nullopt;
    const auto shown = std::string(wire::host_cookie_of(from.cookies, device_cookie(found->user), from.secure));
    std::optional<SignedIn> signed_in;
    try {
        signed_in = begin(store, *found, credentials, better_hash, from, shown, now);
    } catch (const storage::NotStored&) {
        signed_in = begin_unsaved(desk, store, *found, credentials, from, now);
    }
    if (!signed_in) {
        record_failure(store, found, address, now);
        throw Refusal(kTotpInvalid, "the code is not valid, or was used before");
    }
    desk.attempts.succeeded(attempt);
    if (counts_codes) {
        desk.attempts.succeeded(code);
    }
    return std::move(*signed_in);
}

void change_password(Desk& desk, storage::Store& store, const Caller& caller, const From& from,
                     std::string_view current, std::string_view wanted, Time now) {
    const auto user = user_of(caller);
    require_password(wanted, rule_of(store.read(), user), "/new_password");
    confirm_password(desk, store, caller, current, "/current_password", now);
    const auto hash = desk.hasher.hash(wanted);
    const auto device = wire::host_cookie_of(from.cookies, device_cookie(user), from.secure);
    store.writer().run([&](storage::Transaction& tx) {
        if (const auto* admin = std::get_if<AdminId>(&user)) {
            set_admin_password(tx, *admin, hash, caller.session, caller.actor(), now, device);
        } else {
            set_customer_password(tx, std::get<CustomerId>(user), hash, caller.session, now, device);
        }
    });
}

void confirm_password(Desk& desk, storage::Store& store, const Caller& caller, std::string_view password,
                      std::string_view pointer, Time now) {
    desk.attempts.withdraw(check_current(desk, store, caller, password, pointer, now));
}

void turn_codes_off(Desk& desk, storage::Store& store, const Caller& admin, std::string_view password,
                    std::string_view code, std::string_view recovery_code, Time now) {
    const AdminId id{admin.id};
    const bool on = get_admin(store.read(), id).totp;
    if (on && code.empty() && recovery_code.empty()) {
        throw wrong("/totp", "is missing: the code of the authenticator app, or else recovery_code");
    }
    const auto attempt = check_current(desk, store, admin, password, "/password", now);
    if (on && code_points(password) < kMinAdminPassword) {
        desk.attempts.withdraw(attempt);
        throw Refusal(kPasswordTooShort,
                      fmt::format("your password has fewer than {} characters, too few to be enough without a code: "
                                  "change it first",
                                  kMinAdminPassword));
    }
    const bool off = store.writer().run([&](storage::Transaction& tx) {
        if (on && !(code.empty() ? use_recovery_code(tx, id, recovery_code) : use_totp_code(tx, id, code, now))) {
            return false;
        }
        disable_totp(tx, id, admin.actor(), now);
        return true;
    });
    if (!off) {
        throw wrong(code.empty() ? "/recovery_code" : "/totp", "is not valid, or was used before");
    }
    desk.attempts.withdraw(attempt);
}

}  // namespace orderd::accounts
