#include "simulate/disk.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <utility>

namespace orderd::tests {

namespace {

/// A file of SQLite's. The system's own follows it in memory.
struct File {
    sqlite3_file base;   // first: SQLite sees this
    Disk::State* state;  ///< null: a temporary file
};

sqlite3_vfs* system_vfs = nullptr;
Disk* disk = nullptr;

File& file_of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(&file_of(file) + 1); }

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
    auto* state = file_of(file).state;
    return state == nullptr ? real(file)->pMethods->xWrite(real(file), bytes, count, at)
                            : disk->write(*state, real(file), bytes, count, at);
}

int read(sqlite3_file* file, void* bytes, int count, sqlite3_int64 at) {
    auto* state = file_of(file).state;
    return state == nullptr ? real(file)->pMethods->xRead(real(file), bytes, count, at)
                            : disk->read(*state, real(file), bytes, count, at);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    auto* state = file_of(file).state;
    return state == nullptr ? real(file)->pMethods->xTruncate(real(file), size)
                            : disk->truncate(*state, real(file), size);
}

int sync(sqlite3_file* file, int) {
    auto* state = file_of(file).state;
    return state == nullptr ? SQLITE_OK : disk->sync(*state, real(file));
}

int control(sqlite3_file* file, int what, void* value) {
    if (what == SQLITE_FCNTL_LAST_ERRNO) {
        *static_cast<int*>(value) = EIO;
        return SQLITE_OK;
    }
    return real(file)->pMethods->xFileControl(real(file), what, value);
}

template <auto method, class Result, class... Args>
Result pass_on(sqlite3_file* file, Args... args) {
    return (real(file)->pMethods->*method)(real(file), args...);
}

constexpr sqlite3_io_methods kMethods{
    .iVersion = 2,
    .xClose = pass_on<&sqlite3_io_methods::xClose, int>,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = pass_on<&sqlite3_io_methods::xFileSize, int, sqlite3_int64*>,
    .xLock = pass_on<&sqlite3_io_methods::xLock, int, int>,
    .xUnlock = pass_on<&sqlite3_io_methods::xUnlock, int, int>,
    .xCheckReservedLock = pass_on<&sqlite3_io_methods::xCheckReservedLock, int, int*>,
    .xFileControl = control,
    .xSectorSize = pass_on<&sqlite3_io_methods::xSectorSize, int>,
    .xDeviceCharacteristics = pass_on<&sqlite3_io_methods::xDeviceCharacteristics, int>,
    .xShmMap = pass_on<&sqlite3_io_methods::xShmMap, int, int, int, int, void volatile**>,
    .xShmLock = pass_on<&sqlite3_io_methods::xShmLock, int, int, int, int>,
    .xShmBarrier = pass_on<&sqlite3_io_methods::xShmBarrier, void>,
    .xShmUnmap = pass_on<&sqlite3_io_methods::xShmUnmap, int, int>,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* flags_out) {
    file->pMethods = nullptr;
    if (disk->is_power_off()) {
        return SQLITE_CANTOPEN;
    }
    const int code = system_vfs->xOpen(system_vfs, name, real(file), flags, flags_out);
    if (code == SQLITE_OK) {
        const bool lasts =
            name != nullptr && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
        file_of(file).state = lasts ? disk->opened(name) : nullptr;
        file->pMethods = &kMethods;
    }
    return code;
}

int remove(sqlite3_vfs*, const char* name, int) {
    if (disk->is_power_off()) {
        return SQLITE_IOERR_DELETE;
    }
    disk->forget(name);
    return system_vfs->xDelete(system_vfs, name, 0);
}

std::uint64_t inode_of(const std::string& name) {
    struct stat about {};
    return ::stat(name.c_str(), &about) == 0 ? about.st_ino : 0;
}

std::int64_t size_of(const std::string& name) {
    struct stat about {};
    return ::stat(name.c_str(), &about) == 0 ? about.st_size : 0;
}

std::int64_t size_of(sqlite3_file* real) {
    sqlite3_int64 size = 0;
    real->pMethods->xFileSize(real, &size);
    return size;
}

void require(bool done) {
    if (!done) {
        throw std::runtime_error("the simulated disk's own file cannot be changed");
    }
}

}  // namespace

Disk& Disk::install() {
    static Disk only;
    if (disk == nullptr) {
        disk = &only;
        system_vfs = sqlite3_vfs_find(nullptr);
        static auto vfs = *system_vfs;
        vfs.pNext = nullptr;
        vfs.zName = "simulated-disk";
        vfs.szOsFile += static_cast<int>(sizeof(File));
        vfs.xOpen = open;
        vfs.xDelete = remove;
        vfs.xRandomness = [](sqlite3_vfs*, int count, char* bytes) { return disk->random(count, bytes); };
        require(sqlite3_vfs_register(&vfs, 1) == SQLITE_OK);
    }
    return only;
}

void Disk::begin(std::uint64_t seed) {
    dice_ = Dice(seed);
    of_sqlite_ = Dice(seed + 1);
    off_ = false;
    fail_power_after(0);
    fault_ = Fault::none;
    states_.clear();
    all_.clear();
    counts_ = {};
    sqlite3_randomness(0, nullptr);  // it draws a new beginning from random()
}

int Disk::random(int count, char* bytes) {
    for (int i = 0; i < count; ++i) {
        bytes[i] = static_cast<char>(of_sqlite_.next());
    }
    return count;
}

Disk::State* Disk::opened(const char* name) {
    auto& state = states_[name];
    const auto inode = inode_of(name);
    if (state == nullptr || state->inode != inode) {
        all_.push_back(std::make_unique<State>(State{.name = name, .inode = inode, .durable_size = size_of(name)}));
        state = all_.back().get();
    }
    return state;
}

void Disk::forget(const std::filesystem::path& file) { states_.erase(file.string()); }

void Disk::fail_next(Fault fault, int calls) {
    fault_ = calls > 0 ? fault : Fault::none;
    calls_ = calls;
}

bool Disk::meets(Fault fault) {
    if (fault_ != fault) {
        return false;
    }
    if (--calls_ <= 0) {
        fault_ = Fault::none;
    }
    return true;
}

bool Disk::power_fails_now() {
    if (until_power_fails_ == 0 || --until_power_fails_ > 0) {
        return false;
    }
    off_ = true;
    return true;
}

/// Keeps what the sectors from one place to another hold now, where that is not noted yet.
void Disk::note(State& state, sqlite3_file* real, std::int64_t from, std::int64_t until) {
    std::string content;
    const auto first = from / kSector;
    const auto last = (until - 1) / kSector;
    for (auto sector = first; sector <= last; ++sector) {
        state.given_up.erase(sector);
        if (state.before.contains(sector)) {
            continue;
        }
        if (sector * kSector >= state.durable_size) {
            state.before.emplace(sector, nullptr);
            continue;
        }
        if (content.empty()) {
            content.resize(static_cast<std::size_t>((last - first + 1) * kSector));
            real->pMethods->xRead(real, content.data(), static_cast<int>(content.size()), first * kSector);
        }
        state.before.emplace(sector, std::make_unique<std::string>(content.substr(
                                         static_cast<std::size_t>((sector - first) * kSector), kSector)));
    }
}

int Disk::write(State& state, sqlite3_file* real, const void* bytes, int count, std::int64_t at) {
    if (off_) {
        return SQLITE_IOERR_WRITE;
    }
    const auto some = [&](int part) {
        if (part > 0) {
            note(state, real, at, at + part);
            real->pMethods->xWrite(real, bytes, part, at);
        }
    };
    const auto a_part = [&] { return static_cast<int>(dice_.below(static_cast<std::size_t>(count))); };
    if (power_fails_now()) {
        some(dice_.chance(500) ? count : a_part());
        return SQLITE_IOERR_WRITE;
    }
    if (at + count > size_of(real) && meets(Fault::full)) {
        ++counts_.full;
        some(a_part());
        return SQLITE_FULL;
    }
    if (meets(Fault::write_error)) {
        ++counts_.write_errors;
        some(a_part());
        return SQLITE_IOERR_WRITE;
    }
    note(state, real, at, at + count);
    return real->pMethods->xWrite(real, bytes, count, at);
}

int Disk::read(State&, sqlite3_file* real, void* bytes, int count, std::int64_t at) {
    if (off_) {
        return SQLITE_IOERR_READ;
    }
    if (meets(Fault::read_error)) {
        ++counts_.read_errors;
        return SQLITE_IOERR_READ;
    }
    return real->pMethods->xRead(real, bytes, count, at);
}

int Disk::truncate(State& state, sqlite3_file* real, std::int64_t size) {
    if (off_ || power_fails_now()) {
        return SQLITE_IOERR_TRUNCATE;
    }
    if (const auto end = std::min(size_of(real), state.durable_size); size < end) {
        note(state, real, size, end);
    }
    if (after_truncation_ > 0) {
        until_power_fails_ = std::exchange(after_truncation_, 0);
    }
    return real->pMethods->xTruncate(real, size);
}

int Disk::sync(State& state, sqlite3_file* real) {
    if (off_) {
        return SQLITE_IOERR_FSYNC;
    }
    const bool fails = power_fails_now();
    if (fails && dice_.chance(500)) {
        return SQLITE_IOERR_FSYNC;
    }
    if (!fails && meets(Fault::sync_error)) {
        ++counts_.sync_errors;
        for (const auto& [sector, content] : state.before) {
            state.given_up.emplace(sector, true);
        }
        return SQLITE_IOERR_FSYNC;
    }
    std::erase_if(state.before, [&](const auto& entry) { return !state.given_up.contains(entry.first); });
    state.durable_size = size_of(real);
    return fails ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

void Disk::turn_power_on() {
    ++counts_.power_failures;
    for (auto& [name, state] : states_) {
        if (inode_of(name) == state->inode) {
            settle(*state);
        }
    }
    states_.clear();
    all_.clear();
    off_ = false;
    fail_power_after(0);
    mend();
}

/// What of a file's writes and truncations reached the disk before the power failed: all, none, or some sectors.
void Disk::settle(State& state) {
    if (state.before.empty() && size_of(state.name) == state.durable_size) {
        return;
    }
    const int kept_per_mille = std::vector<int>{0, 1000, 500, 900, 100}[dice_.below(5)];
    const auto size = size_of(state.name);
    const bool truncation_holds = size >= state.durable_size || dice_.chance(500);
    const int fd = ::open(state.name.c_str(), O_RDWR | O_CLOEXEC);
    require(fd >= 0);
    std::int64_t end = truncation_holds ? std::min(size, state.durable_size) : state.durable_size;
    counts_.truncations_undone += truncation_holds ? 0 : 1;
    bool kept_some = false;
    bool lost_some = false;
    for (const auto& [sector, content] : state.before) {
        const auto at = sector * kSector;
        const bool cut_off = at >= size;
        if (cut_off && truncation_holds) {
            continue;
        }
        if (!cut_off && dice_.chance(kept_per_mille)) {
            ++counts_.kept_sectors;
            kept_some = true;
            end = std::max(end, std::min(at + kSector, size));
            continue;
        }
        ++counts_.lost_sectors;
        lost_some = true;
        const auto old = content ? *content : std::string(kSector, '\0');
        require(::pwrite(fd, old.data(), old.size(), at) == static_cast<ssize_t>(old.size()));
    }
    require(::ftruncate(fd, end) == 0);
    ::close(fd);
    counts_.torn_files += kept_some && lost_some ? 1 : 0;
}

}  // namespace orderd::tests
