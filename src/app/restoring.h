#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "storage/backup.h"

namespace orderd::app {

/// What a restore came to, for the person who asked for it.
struct Restoration {
    Time until;                            ///< of the newest event in the backup
    OrderId last_order{};                  ///< in the backup; 0: none
    OrderId next_order{};                  ///< the number that the next one gets
    std::vector<std::string> owners;       ///< who may do everything, and since when
    std::vector<std::string> api_keys;     ///< that are good, with role and label
    std::vector<std::string> faults = {};  ///< what `orderd check` says of the backup
};

struct RestoreWish {
    bool even_with_faults = false;  ///< take a backup in which an invariant does not hold
    bool nothing_since = false;     ///< the shop was stopped before its backup was made: numbers and log just go on
};

/// Puts a backup in a shop's place, and makes it a shop that goes on although the world knows more than it: the event
/// log gets another name, numbers that may have been given since are not given again, unpaid orders are held until the
/// gateways were asked what they charged, and a job asks them.
///
/// @throws storage::OpenError
Restoration restore_shop(const std::filesystem::path& source, const storage::Files& files, const RestoreWish& wish,
                         const Clock& clock, const std::function<void(storage::RestoreMoment)>& at_moment = {});

}  // namespace orderd::app
