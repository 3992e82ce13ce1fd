#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "simulate/dice.h"

struct sqlite3_file;

namespace orderd::tests {

/// The disk under SQLite, with its faults. Files are real ones, in a folder that lies in memory, so that they can be
/// renamed and looked at as usual; what was written and not synced is noted beside them, and is lost or torn, sector by
/// sector, when the power fails. A sync never reaches a real disk.
///
/// There is one, SQLite's default, from install() on. Used by one thread.
class Disk {
public:
    /// Becomes SQLite's default VFS, before any database is opened.
    static Disk& install();

    /// Another run: nothing is noted, nothing fails. `seed`: for what is lost, and for SQLite's own random numbers.
    void begin(std::uint64_t seed);

    /// The power fails at the n-th write, sync or truncation from now (from 1).
    void fail_power_after(int operations) {
        until_power_fails_ = operations;
        after_truncation_ = 0;
    }
    /// The same, counted from the next truncation, which seldom comes.
    void fail_power_after_truncation(int operations) { after_truncation_ = operations; }
    bool is_power_off() const { return off_; }
    /// After everything that was open is closed. What was not synced is there, lost, or torn.
    void turn_power_on();
    void turn_power_off() { off_ = true; }

    enum class Fault { none, full, write_error, sync_error, read_error };
    /// What so many of the next calls that can meet it do.
    void fail_next(Fault fault, int calls);
    void mend() { fail_next(Fault::none, 0); }
    bool is_failing() const { return fault_ != Fault::none; }

    /// Files under this path were removed past SQLite.
    void forget(const std::filesystem::path& file);

    /// How often each happened.
    struct Counts {
        std::int64_t power_failures = 0;
        std::int64_t lost_sectors = 0;
        std::int64_t kept_sectors = 0;  ///< that were not synced
        std::int64_t torn_files = 0;    ///< some of their sectors were lost, others not
        std::int64_t full = 0;
        std::int64_t write_errors = 0;
        std::int64_t sync_errors = 0;
        std::int64_t read_errors = 0;
        std::int64_t truncations_undone = 0;
    };
    const Counts& counts() const { return counts_; }

    // For the VFS.
    static constexpr std::int64_t kSector = 512;
    using Bytes = std::unique_ptr<std::string>;
    struct State {
        std::string name;
        std::uint64_t inode = 0;
        std::int64_t durable_size = 0;
        /// What the sectors that were written since the last sync held before; null: they lay beyond the file's end.
        std::map<std::int64_t, Bytes> before = {};
        /// Of them, what a sync failed on: later ones do not reach it, as with Linux, which takes it for written.
        std::map<std::int64_t, bool> given_up = {};
    };
    State* opened(const char* name);
    int write(State& state, sqlite3_file* real, const void* bytes, int count, std::int64_t at);
    int read(State& state, sqlite3_file* real, void* bytes, int count, std::int64_t at);
    int truncate(State& state, sqlite3_file* real, std::int64_t size);
    int sync(State& state, sqlite3_file* real);
    int random(int count, char* bytes);

private:
    Disk() = default;
    bool power_fails_now();
    bool meets(Fault fault);
    static void note(State& state, sqlite3_file* real, std::int64_t from, std::int64_t until);
    void settle(State& state);

    Dice dice_{0};
    Dice of_sqlite_{0};
    bool off_ = false;
    int until_power_fails_ = 0;  ///< 0: it does not
    int after_truncation_ = 0;   ///< what that becomes at the next truncation; 0: it stays
    Fault fault_ = Fault::none;
    int calls_ = 0;
    std::map<std::string, State*> states_;
    std::vector<std::unique_ptr<State>> all_;  ///< also of files that are gone: handles may be open
    Counts counts_;
};

}  // namespace orderd::tests
