#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.h"
#include "base/repeated_log.h"
#include "storage/files.h"

namespace orderd::storage {

/// Why nothing can be stored at present.
enum class Trouble {
    none,
    no_space,    ///< the disk is full, or a quota is used up
    read_only,   ///< the file system is mounted read-only, perhaps by the system after an error
    failed,      ///< the disk returns errors
    damaged,     ///< the database is corrupt
    files_gone,  ///< the shop's files were removed or replaced while they were open
};

std::string_view to_text(Trouble trouble);  ///< "no_space"

/// The trouble that an SQLite error code stands for; none if the disk is not the cause.
Trouble trouble_of(int sqlite_code);

/// Checks whether the folder can be written to. If `descriptor` (a file there) is given, it writes and syncs
/// a few bytes: some faults show only then.
Trouble look_at_disk(const std::filesystem::path& folder, int descriptor);

/// The mutation was not stored because of the disk or the database. Nothing of it is in the database.
class NotStored : public std::runtime_error {
public:
    NotStored(Trouble trouble, const std::string& what) : std::runtime_error(what), trouble_(trouble) {}
    Trouble trouble() const { return trouble_; }

private:
    Trouble trouble_;
};

/// Tracks whether the shop's writes reach its disk: the outcome of the last writes, whether the open files
/// are still those in the folder, and whether the database is sound. Logs every change. Thread-safe.
class Health {
public:
    explicit Health(const Files& files) : files_(files) {}

    struct State {
        Trouble trouble = Trouble::none;
        std::string text;  ///< for a person: what is wrong, and what to do; empty if nothing is wrong
    };
    State state() const;

    /// The same for readiness checks. It makes the writer try a real write within a second if nothing else is
    /// written. Without such calls, an idle shop leaves its disk alone.
    State asked();

    /// Whether every write is refused until orderd is restarted, since it would be lost or make the damage worse.
    bool refuses() const { return refuses_.load(std::memory_order_acquire); }

    /// Reports the result of a check of the database: a fault, or none.
    void checked(const std::optional<std::string>& fault);

    // Called by the writer, on its thread.

    /// Remembers which files are open from now on. `probe`: the descriptor of a file in the folder that may
    /// be written to; -1: none.
    void opened(int probe);
    /// Whether the files in the folder are still the open ones. Costs two or three calls of stat(2).
    bool files_are_ours();
    bool database_is_ours() const;  ///< the same for the database only
    void wrote();                   ///< a commit reached the disk
    void failed(Trouble trouble, std::string_view what);
    bool has_failed() const;  ///< a write failed, and nothing was written since
    /// Checks the disk. Called once a second.
    void look();

private:
    /// What identifies a file according to stat(2).
    struct Identity {
        std::filesystem::path file;
        dev_t device = 0;
        ino_t inode = 0;

        bool holds() const;
    };

    struct Found {
        Trouble trouble = Trouble::none;
        std::string detail;
    };

    void change(Found Health::*cause, Found now) EXCLUDES(mutex_);
    Found worst() const REQUIRES(mutex_);

    // constant after construction
    const Files files_;

    // used only by the writer's thread
    int probe_ = -1;
    std::vector<Identity> open_;  ///< the database first
    std::chrono::steady_clock::time_point tried_{};

    std::atomic<bool> refuses_ = false;
    std::atomic<bool> asked_ = false;
    log::RepeatedLine begun_;
    log::RepeatedLine over_;

    mutable Mutex mutex_;
    // the worst cause first
    Found gone_ GUARDED_BY(mutex_);
    Found damaged_ GUARDED_BY(mutex_);
    Found write_ GUARDED_BY(mutex_);
    Found disk_ GUARDED_BY(mutex_);
};

}  // namespace orderd::storage
