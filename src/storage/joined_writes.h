#pragma once

namespace orderd::storage {

/// The name of an SQLite VFS that works like the system's, except that it buffers appends to a write-ahead log in
/// memory until the log is synced, read or measured, and then writes them at once. SQLite itself makes two system calls
/// for each page, one for its header and one for the page: a third of the cost of a batch of orders.
///
/// Only for the writer's connection, with synchronous=FULL: a commit then syncs the log before the index announces its
/// pages (SQLite, wal.c: sqlite3WalFrames), so that no reader looks for a page that is not in the file yet. If a crash
/// loses the buffer, no commit is lost. If a write fails, the sync fails, and with it the commit.
///
/// The first call registers the VFS. Thread-safe.
const char* joined_writes_vfs();

}  // namespace orderd::storage
