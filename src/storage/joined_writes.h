#pragma once

namespace orderd::storage {

/// The name of a VFS of SQLite's that is the system's own, but for one thing: what is appended to a write-ahead log is
/// kept in memory until the log is synced, read or measured, and then written at once. SQLite itself writes a page's
/// header and the page apart, one call of the system each: a third of what a batch of orders costs.
///
/// For the writer's connection alone, with synchronous=FULL: there a commit syncs the log before the index says that
/// its pages are there (SQLite, wal.c: sqlite3WalFrames), so that no reader looks for a page that is not in the file
/// yet. What a crash loses of the memory was in no commit. A write that fails fails the sync, and with it the commit.
///
/// Registered with its first use; from any thread.
const char* joined_writes_vfs();

}  // namespace orderd::storage
