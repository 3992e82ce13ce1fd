#pragma once

namespace orderd::storage {

/// The name of an SQLite VFS for reading a shop whose disk is full or read-only. SQLite keeps the index of a
/// write-ahead log in a file beside the database, which it creates at each start. This VFS keeps the index in
/// the process's memory, and a missing log reads as an empty one.
///
/// Only for read-only connections, and only while no connection without it is open: other processes do not
/// see the index. The first call registers the VFS. Thread-safe.
const char* private_index_vfs();

}  // namespace orderd::storage
