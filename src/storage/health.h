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

/// Why nothing can be stored now.
enum class Trouble {
    none,
    no_space,    ///< the disk is full, or a quota is
    read_only,   ///< the file system is mounted so, perhaps by the system after an error
    failed,      ///< the disk answers with errors
    damaged,     ///< the database's pages are not what was written
    files_gone,  ///< the shop's files were removed or replaced while they were open
};

std::string_view to_text(Trouble trouble);  ///< "no_space"

/// What a failure of SQLite's means for the disk; none if it is not the disk's.
Trouble trouble_of(int sqlite_code);

/// What a write into the folder meets. With a descriptor of a file there, a few bytes are really written and synced:
/// file systems notice some faults no sooner.
Trouble look_at_disk(const std::filesystem::path& folder, int descriptor);

/// The mutation was not stored, since the disk or the database does not allow it. Nothing of it is in the database.
class NotStored : public std::runtime_error {
public:
    NotStored(Trouble trouble, const std::string& what) : std::runtime_error(what), trouble_(trouble) {}
    Trouble trouble() const { return trouble_; }

private:
    Trouble trouble_;
};

/// Whether what the shop writes reaches its disk: what the last writes met, whether the open files are still those in
/// the folder, and whether the database is sound. Thread-safe; the log is told of every change.
class Health {
public:
    explicit Health(const Files& files) : files_(files) {}

    struct State {
        Trouble trouble = Trouble::none;
        std::string text;  ///< for a person: what is wrong, and what to do; empty if nothing is
    };
    State state() const;

    /// The same for someone who decides by it whether the shop is ready. Then the writer tries a real write within a
    /// second if nothing else is written: where nobody asks, an idle shop leaves its disk alone.
    State asked();

    /// Whether every write is refused, until orderd is started again: it would be lost, or make the damage worse.
    bool refuses() const { return refuses_.load(std::memory_order_acquire); }

    /// A check of the database found this fault, or none.
    void checked(const std::optional<std::string>& fault);

    // What the writer tells and asks, on its thread.

    /// Remembers which files are open from now on. `probe`: a file in the folder that may be written to; -1: none.
    void opened(int probe);
    /// Whether the files in the folder are still the open ones. Two or three calls of stat(2).
    bool files_are_ours();
    bool database_is_ours() const;  ///< the database alone
    void wrote();                   ///< a commit reached the disk
    void failed(Trouble trouble, std::string_view what);
    bool has_failed() const;  ///< and nothing was written since
    /// Looks at the disk: once a second.
    void look();

private:
    /// What stat(2) tells a file from another by.
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

    // used by the writer's thread alone
    int probe_ = -1;
    std::vector<Identity> open_;  ///< the database first
    std::chrono::steady_clock::time_point tried_{};

    std::atomic<bool> refuses_ = false;
    std::atomic<bool> asked_ = false;
    log::RepeatedLine begun_;
    log::RepeatedLine over_;

    mutable Mutex mutex_;
    // the worst first
    Found gone_ GUARDED_BY(mutex_);
    Found damaged_ GUARDED_BY(mutex_);
    Found write_ GUARDED_BY(mutex_);
    Found disk_ GUARDED_BY(mutex_);
};

}  // namespace orderd::storage
