#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "accounts/contact.h"
#include "accounts/desk.h"
#include "base/language.h"
#include "base/refused.h"
#include "storage/pruning.h"
#include "storage/store.h"

namespace orderd::accounts {

// A customer who forgot the password gets a code by mail, and sets a new password with it. Nobody learns from it who has an
// account: an address without one gets the same answers, and costs the same work. The code is stored nowhere.

constexpr auto kResetLifetime = hours(1);  ///< of a code

inline constexpr Refused kTooManyResets{
    429, "too_many_resets",
    "Too many codes for forgotten passwords were asked for from this network today. Use the last one, or write to the "
    "shop."};
inline constexpr Refused kInvalidResetCode{
    401, "invalid_reset_code",
    "The code is not the one of the mail, was used, or is over an hour old; or no account has this e-mail address: the "
    "answer does not say which. Ask for another code."};

struct ResetWish {
    std::string email;                                ///< as typed
    const Language* language = &Language::english();  ///< of the mail
    std::int64_t network = 0;                         ///< keyed hash of who asks; 0: not bounded
};

/// Has a code sent to the account with this e-mail address, by the event "customer.password_forgotten". Nothing happens if the
/// address got as many codes as it may within their lifetime: those are still good.
///
/// @throws Refusal 429 `too_many_resets`
void ask_for_reset(storage::Transaction& tx, const ResetWish& wish, const Actor& actor, Time now);

/// What the mail for an event "customer.password_forgotten" says. It goes to the account's own address, and not to the one
/// that was typed: two that are equal as identities may be two mailboxes.
struct ResetMail {
    Contact contact;
    std::string code;  ///< "K7QX-M2PD"
    const Language* language = &Language::english();
};

/// @returns nullopt if the code is good no more
std::optional<ResetMail> reset_mail(const storage::View& view, std::int64_t event, Time now);

struct PasswordReset {
    std::string email;
    std::string code;
    std::string password;
};

/// Sets the password, ends all of the customer's sessions and forgets their devices. The code is used up, and so are the
/// account's other codes.
///
/// Wrong codes are counted by account and address (attempts.h), and for each code: of codes that are tried at the same
/// moment, each counts.
///
/// @param address  the client's
/// @throws Refusal 401 `invalid_reset_code`; 422 at /password if it breaks the rules, and then the code stays good; 429
///         `too_many_attempts`
void reset_password(Desk& desk, storage::Store& store, const PasswordReset& wanted, const std::string& address,
                    Time now);

/// Has the codes of an account be good no more: its password or e-mail address is another one.
void void_resets(storage::Transaction& tx, CustomerId customer);
void erase_resets(storage::Transaction& tx, CustomerId customer);

/// Removes a slice of the old ones.
storage::Pruned remove_old_resets(storage::Transaction& tx, const storage::Slice& slice);

}  // namespace orderd::accounts
