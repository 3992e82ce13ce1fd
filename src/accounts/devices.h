#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accounts/sessions.h"
#include "storage/writer.h"

namespace orderd::accounts {

// A device that somebody signed in on keeps a random token, in its own cookie for each user. It opens nothing: it
// only says that whoever types a password here is not a stranger, so that wrong passwords from elsewhere do not keep
// them out, and so that they wait in no stranger's queue. Its own wrong passwords are counted by themselves.

constexpr auto kDeviceLifetime = days(180);  ///< since it was last used

/// The name of a user's cookie, without __Host-: "orderd_device_admin_3".
std::string device_cookie(const User& user);

/// What stands for a device in the counts of attempts: the token's hash. Nullopt if the token is not this user's, or
/// was not used for too long.
std::optional<std::string> known_device(const storage::View& view, const User& user, std::string_view token, Time now);

/// Whether a request comes from a device that this username (or customer's e-mail address) signed in on before: for
/// queues that keep a place for people who are known. `cookies`: the request's Cookie header. Cheap: no password is
/// hashed.
bool is_known_device(const storage::View& view, std::string_view username, std::string_view cookies, bool secure,
                     Time now);

/// Notes that the user signed in on the device with `token`, or makes a token if it is not known. A user has the 20
/// that were used last. @returns the token
std::string remember_device(storage::Transaction& tx, const User& user, std::string_view token, Time now);

/// Forgets a user's devices but for the one whose token this is: the password may have been in other hands.
void forget_devices(storage::Transaction& tx, const User& user, std::string_view but = {});

/// Removes some of those that were not used for too long: a slice. @returns how many; 0: no more
std::int64_t remove_old_devices(storage::Transaction& tx, Time now);

}  // namespace orderd::accounts
