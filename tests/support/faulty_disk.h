#pragma once

#include <filesystem>

namespace orderd::tests {

/// A disk that fails when a test says so: below every database of a folder, under SQLite's own files, in this process.
/// What is written before and after goes to the real one. One at a time.
class FaultyDisk {
public:
    explicit FaultyDisk(const std::filesystem::path& folder);
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;
    ~FaultyDisk();  ///< mends it

    /// write(2) fails so: ENOSPC, EROFS, EIO, …
    void fail_writes(int error);
    /// fsync(2) fails, after what was written.
    void fail_syncs();
    void mend();
};

}  // namespace orderd::tests
