#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "storage/files.h"

namespace orderd::app {

/// The number up to which restores into this folder kept ids free, by table. A backup that is restored a second time, or
/// an older one after it, does not know of the first restore, and what was given out since then must not be given
/// again. So that is kept beside the database, in shop.numbers.
using ReservedNumbers = std::map<std::string, std::int64_t>;

/// Nothing in a folder into which nothing was restored.
///
/// @throws storage::OpenError if the file cannot be read, or is not one
ReservedNumbers read_reserved_numbers(const storage::Files& files);

/// On the disk once it returns; a crash leaves the numbers from before.
///
/// @throws storage::OpenError
void write_reserved_numbers(const storage::Files& files, const ReservedNumbers& numbers);

}  // namespace orderd::app
