#pragma once

#include <cstdint>

namespace orderd::storage {

/// Has SQLite say SQLITE_IOERR where the disk refuses to read (EIO, ENXIO). Its own files take that for a damaged file
/// system and say SQLITE_CORRUPT, as for pages that were read and make no sense: a shop would ask for its backup because
/// a cable was loose for a moment. With its first use, before a file is opened; from any thread.
void tell_read_errors_from_damage();

/// How many reads the disk refused, in this process. SQLite's integrity checks tell of them in words alone, as they do
/// of damage: who runs one looks whether this has grown meanwhile.
std::uint64_t refused_reads();

}  // namespace orderd::storage
