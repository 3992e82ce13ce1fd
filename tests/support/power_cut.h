#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "support/faulty_disk.h"

namespace orderd::tests {

/// What a folder on a disk may be after the power failed, as POSIX allows it: bytes that were not synced are there, or
/// not, sector by sector; names that were made, given or removed are on the disk once their folder was synced, and
/// those after it as far as the first that is lost. A sync that failed leaves what it was for in the same state, and
/// no later one repeats it.
class PowerCut {
public:
    /// @param folder  whose changes are applied
    /// @param before  a copy of it from before them, all of which is synced
    /// @param seed    of what is lost
    PowerCut(const std::filesystem::path& folder, const std::filesystem::path& before, std::uint64_t seed);

    void apply(const DiskChange& change);

    /// Writes what the disk holds if the power fails now into another folder. SQLite's shared memory is left out: the
    /// first connection empties it.
    void leave(const std::filesystem::path& to);

private:
    static constexpr std::size_t kSector = 512;

    struct Pending {
        std::int64_t at = 0;
        std::string bytes;       ///< of a write
        bool truncates = false;  ///< to the size `at`
    };
    struct File {
        std::string synced;
        std::vector<Pending> pending;
    };
    using Names = std::map<std::string, std::shared_ptr<File>>;

    static void write(std::string& content, const Pending& pending, std::size_t from, std::size_t to);
    static void settle(File& file);
    std::string torn(const File& file);
    std::string name_of(const std::string& path) const;
    static void rename(Names& names, const DiskChange& change, const std::string& from, const std::string& to);

    const std::string folder_;
    std::mt19937_64 random_;
    Names now_;
    Names synced_names_;
    struct NameChange {
        DiskChange change;
        std::string from;
        std::string to;
        std::shared_ptr<File> file;  ///< of create
    };
    std::vector<NameChange> pending_names_;
};

}  // namespace orderd::tests
