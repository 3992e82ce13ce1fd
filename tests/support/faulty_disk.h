#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace orderd::tests {

/// What is asked of the system about a file.
enum class Call : unsigned { open, create, read, write, sync, truncate, map, name, count };

/// A bit for each of the calls, for FaultyDisk::Fault.
constexpr unsigned only(std::initializer_list<Call> calls) {
    unsigned bits = 0;
    for (const auto call : calls) {
        bits |= 1U << static_cast<unsigned>(call);
    }
    return bits;
}
constexpr unsigned kEveryCall = (1U << static_cast<unsigned>(Call::count)) - 1;

/// Something that changed the disk, for the model of what a power cut leaves (support/power_cut.h).
struct DiskChange {
    enum class Kind { create, write, truncate, sync, failed_sync, rename, link, remove, note };

    Kind kind;
    std::string path;         ///< a folder's, of the sync of one
    std::string to = {};      ///< of rename and link
    std::int64_t offset = 0;  ///< of a write; the new size of truncate
    std::string bytes = {};   ///< of a write; the text of a note
};

/// A disk that fails when a test says so: below SQLite's own VFS and what orderd itself asks of the system, for some
/// files, in this process. The linker puts it before open(2), write(2) and the others (packaging/cmake/Tests.cmake).
/// What the C++ library does to files on its own (std::filesystem, std::fstream) never fails. One at a time.
class FaultyDisk {
public:
    /// @param files  a folder, or what the paths of the files begin with
    explicit FaultyDisk(const std::filesystem::path& files);
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;
    ~FaultyDisk();  ///< mends it

    /// write(2) fails so: ENOSPC, EROFS, EIO, …
    void fail_writes(int error);
    /// fsync(2) fails, after what was written.
    void fail_syncs();

    struct Fault {
        int error = 0;           ///< errno; 0: half of what is to be written is, and the call says so
        unsigned calls = 0;      ///< which of them count, and may fail: kEveryCall, only({…})
        std::int64_t at = 1;     ///< the call that fails, counted from now on; 0: none, they are only counted
        bool and_after = false;  ///< all later ones fail as well
    };
    void fail(const Fault& fault);
    void mend();

    std::int64_t seen() const;    ///< calls that counted, since the last fail()
    std::int64_t struck() const;  ///< of these, that failed

    /// Keeps every change from now on.
    void record();
    /// Says, between two changes, what somebody was told.
    void note(const std::string& text);
    std::vector<DiskChange> recorded() const;
};

}  // namespace orderd::tests
