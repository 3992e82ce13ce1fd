#pragma once

namespace orderd::storage {

/// The name of a VFS of SQLite's for reading a shop whose disk takes no write: it is full, or read-only. SQLite keeps
/// the index of a write-ahead log in a file beside the database, which it makes at each start; here that index is in
/// this process's memory, and a log that is not there reads as an empty one.
///
/// For read-only connections alone, and while no connection without it is open: other processes know nothing of the
/// index. Registered with its first use; from any thread.
const char* private_index_vfs();

}  // namespace orderd::storage
