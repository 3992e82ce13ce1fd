#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "storage/backup.h"

namespace orderd::app {

/// The result of a restore, for the person who ran it.
struct Restoration {
    Time until;                            ///< time of the newest event in the backup
    OrderId last_order{};                  ///< the last in the backup; 0: none
    OrderId next_order{};                  ///< the number of the next order
    std::string document_letters;          ///< that follow the numbers of documents from now on; empty: none do
    std::vector<std::string> owners;       ///< owners, and since when
    std::vector<std::string> api_keys;     ///< valid ones, with role and label
    std::vector<std::string> faults = {};  ///< what `orderd check` reports about the backup
};

struct RestoreWish {
    bool even_with_faults = false;  ///< accept a backup that violates an invariant
    bool nothing_since = false;     ///< the shop was stopped before the backup: numbers and log continue
};

/// Replaces a shop by a backup, and prepares it for a world that knows more than the backup: the event log gets a new
/// name, numbers that may have been used since, also after an earlier restore into this folder, are skipped, unpaid
/// orders are held until the gateways have been asked what they charged, and a job asks them.
///
/// @throws storage::OpenError
Restoration restore_shop(const std::filesystem::path& source, const storage::Files& files, const RestoreWish& wish,
                         const Clock& clock, const std::function<void(storage::RestoreMoment)>& at_moment = {});

}  // namespace orderd::app
