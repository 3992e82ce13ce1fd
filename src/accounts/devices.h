#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accounts/sessions.h"
#include "storage/pruning.h"

namespace orderd::accounts {

// A device on which a user signed in keeps a random token, in a separate cookie for each user. The token
// gives no access. It only shows that a person who types a password here is not a stranger, so that wrong
// passwords from elsewhere do not lock them out, and so that they do not queue with strangers. The device's
// own wrong passwords are counted separately.

constexpr auto kDeviceLifetime = days(180);  ///< since it was last used

/// The name of a user's cookie, without __Host-: "orderd_device_admin_3".
std::string device_cookie(const User& user);

/// The identifier of a device in counts of attempts: the token's hash. Nullopt if the token is not this
/// user's, or was not used for too long.
std::optional<std::string> known_device(const storage::View& view, const User& user, std::string_view token, Time now);

/// Whether a request comes from a device on which this username (or customer's e-mail address) signed in before. For
/// queues with places for known people. `cookies`: the request's Cookie header. Cheap: no password is hashed.
bool is_known_device(const storage::View& view, std::string_view username, std::string_view cookies, bool secure,
                     Time now);

/// Notes that the user signed in on the device with `token`, or makes a new token if it is unknown. The 20
/// devices used last are kept for each user. @returns the token
std::string remember_device(storage::Transaction& tx, const User& user, std::string_view token, Time now);

/// Forgets a user's devices except the one with token `but`, since others may have known the password.
void forget_devices(storage::Transaction& tx, const User& user, std::string_view but = {});

/// Removes a slice of the devices that were not used for kDeviceLifetime.
storage::Pruned remove_old_devices(storage::Transaction& tx, const storage::Slice& slice);

}  // namespace orderd::accounts
