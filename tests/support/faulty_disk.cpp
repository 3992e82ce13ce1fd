#include "support/faulty_disk.h"

#include <sqlite3.h>

#include <atomic>
#include <cerrno>
#include <mutex>
#include <string>

namespace orderd::tests {

namespace {

std::atomic<int> write_error = 0;
std::atomic<bool> syncs_fail = false;
std::mutex mutex;
std::string failing_folder;  // guarded by mutex

/// A file of SQLite's. The system's own follows it in memory.
struct File {
    sqlite3_file base;  // first: SQLite sees this
    const char* name;   ///< SQLite keeps it as long as the file is open; null: a temporary file
};

sqlite3_vfs* real_vfs = nullptr;

sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(reinterpret_cast<File*>(file) + 1); }

bool is_failing(sqlite3_file* file) {
    const auto* name = reinterpret_cast<File*>(file)->name;
    const std::lock_guard lock(mutex);
    return name != nullptr && !failing_folder.empty() && std::string_view(name).starts_with(failing_folder);
}

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
    if (const int error = write_error; error != 0 && is_failing(file)) {
        return error == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    return real(file)->pMethods->xWrite(real(file), bytes, count, at);
}

int sync(sqlite3_file* file, int flags) {
    return syncs_fail && is_failing(file) ? SQLITE_IOERR_FSYNC : real(file)->pMethods->xSync(real(file), flags);
}

int control(sqlite3_file* file, int what, void* value) {
    if (const int error = write_error; what == SQLITE_FCNTL_LAST_ERRNO && error != 0 && is_failing(file)) {
        *static_cast<int*>(value) = error;
        return SQLITE_OK;
    }
    return real(file)->pMethods->xFileControl(real(file), what, value);
}

template <auto method, class Result, class... Args>
Result passed_on(sqlite3_file* file, Args... args) {
    return (real(file)->pMethods->*method)(real(file), args...);
}

constexpr sqlite3_io_methods kMethods{
    .iVersion = 2,
    .xClose = passed_on<&sqlite3_io_methods::xClose, int>,
    .xRead = passed_on<&sqlite3_io_methods::xRead, int, void*, int, sqlite3_int64>,
    .xWrite = write,
    .xTruncate = passed_on<&sqlite3_io_methods::xTruncate, int, sqlite3_int64>,
    .xSync = sync,
    .xFileSize = passed_on<&sqlite3_io_methods::xFileSize, int, sqlite3_int64*>,
    .xLock = passed_on<&sqlite3_io_methods::xLock, int, int>,
    .xUnlock = passed_on<&sqlite3_io_methods::xUnlock, int, int>,
    .xCheckReservedLock = passed_on<&sqlite3_io_methods::xCheckReservedLock, int, int*>,
    .xFileControl = control,
    .xSectorSize = passed_on<&sqlite3_io_methods::xSectorSize, int>,
    .xDeviceCharacteristics = passed_on<&sqlite3_io_methods::xDeviceCharacteristics, int>,
    .xShmMap = passed_on<&sqlite3_io_methods::xShmMap, int, int, int, int, void volatile**>,
    .xShmLock = passed_on<&sqlite3_io_methods::xShmLock, int, int, int, int>,
    .xShmBarrier = passed_on<&sqlite3_io_methods::xShmBarrier, void>,
    .xShmUnmap = passed_on<&sqlite3_io_methods::xShmUnmap, int, int>,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* flags_out) {
    file->pMethods = nullptr;
    const int code = real_vfs->xOpen(real_vfs, name, real(file), flags, flags_out);
    if (code == SQLITE_OK) {
        reinterpret_cast<File*>(file)->name = name;
        file->pMethods = &kMethods;
    }
    return code;
}

/// In place before the first database is opened: what stands on the system's VFS finds this one.
const bool in_place = [] {
    real_vfs = sqlite3_vfs_find(nullptr);
    static auto vfs = *real_vfs;
    vfs.pNext = nullptr;
    vfs.zName = "faulty-disk";
    vfs.szOsFile += static_cast<int>(sizeof(File));
    vfs.xOpen = open;
    return sqlite3_vfs_register(&vfs, 1) == SQLITE_OK;
}();

}  // namespace

FaultyDisk::FaultyDisk(const std::filesystem::path& folder) {
    const std::lock_guard lock(mutex);
    failing_folder = in_place ? folder.string() : "";
}

FaultyDisk::~FaultyDisk() {
    mend();
    const std::lock_guard lock(mutex);
    failing_folder.clear();
}

void FaultyDisk::fail_writes(int error) { write_error = error; }
void FaultyDisk::fail_syncs() { syncs_fail = true; }

void FaultyDisk::mend() {
    write_error = 0;
    syncs_fail = false;
}

}  // namespace orderd::tests
