#include "storage/joined_writes.h"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <new>
#include <stdexcept>
#include <string>

namespace orderd::storage {

namespace {

constexpr auto kLogVfs = "orderd-joined-writes";
constexpr std::size_t kMostWaiting = std::size_t{4} << 20U;  // bytes: a few batches; a long import flushes in between
constexpr std::size_t kMostAtOnce = std::size_t{64} << 10U;  // bytes: SQLite's unix VFS takes less than 128 KiB a call

/// A write-ahead log. The system's own file object follows it in memory.
struct Log {
    sqlite3_file base;  // first: SQLite uses the struct as this
    std::string* waiting;
    sqlite3_int64 waiting_at;  ///< the file offset of its first byte
};

sqlite3_vfs* system_vfs() { return sqlite3_vfs_find(nullptr); }

Log& log_of(sqlite3_file* file) { return *reinterpret_cast<Log*>(file); }
sqlite3_file* log_file(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(&log_of(file) + 1); }

/// SQLite reports only ENOSPC as a full disk. For a shop, a used-up quota or a limit on a file's size is the
/// same. A file system that became read-only refuses the write, which SQLite reports as a disk error.
int as_told(sqlite3_file* real, int code) {
    int error = 0;
    if (code == SQLITE_IOERR_WRITE &&
        real->pMethods->xFileControl(real, SQLITE_FCNTL_LAST_ERRNO, &error) == SQLITE_OK) {
        return error == EDQUOT || error == EFBIG ? SQLITE_FULL : error == EROFS ? SQLITE_READONLY : code;
    }
    return code;
}

/// Writes the buffer and empties it, even after a failure: what could not be written is not part of any commit.
int write_waiting(sqlite3_file* file) {
    auto& log = log_of(file);
    if (log.waiting->empty()) {
        return SQLITE_OK;
    }
    auto* real = log_file(file);
    int code = SQLITE_OK;
    for (std::size_t done = 0; done < log.waiting->size() && code == SQLITE_OK; done += kMostAtOnce) {
        const auto size = std::min(kMostAtOnce, log.waiting->size() - done);
        code = real->pMethods->xWrite(real, log.waiting->data() + done, static_cast<int>(size),
                                      log.waiting_at + static_cast<sqlite3_int64>(done));
    }
    log.waiting->clear();
    return as_told(real, code);
}

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
    auto& log = log_of(file);
    const auto size = static_cast<std::size_t>(count);
    const bool follows = at == log.waiting_at + static_cast<sqlite3_int64>(log.waiting->size());
    if (!log.waiting->empty() && (!follows || log.waiting->size() + size > kMostWaiting)) {
        if (const int code = write_waiting(file); code != SQLITE_OK) {
            return code;
        }
    }
    try {
        if (log.waiting->empty()) {
            log.waiting_at = at;
        }
        log.waiting->append(static_cast<const char*>(bytes), size);
    } catch (const std::bad_alloc&) {
        return SQLITE_IOERR_NOMEM;
    }
    return SQLITE_OK;
}

/// Calls `method` of the system's file after the buffer was written.
template <auto method, class... Args>
int after_waiting(sqlite3_file* file, Args... args) {
    if (const int code = write_waiting(file); code != SQLITE_OK) {
        return code;
    }
    auto* real = log_file(file);
    return (real->pMethods->*method)(real, args...);
}

template <auto method, class... Args>
int at_once(sqlite3_file* file, Args... args) {
    auto* real = log_file(file);
    return (real->pMethods->*method)(real, args...);
}

int close(sqlite3_file* file) {
    const int written = write_waiting(file);
    delete log_of(file).waiting;
    auto* real = log_file(file);
    const int closed = real->pMethods->xClose(real);
    return written == SQLITE_OK ? closed : written;
}

// Version 1: without shared memory and mapping, which SQLite uses only for the database's file.
constexpr sqlite3_io_methods kLogMethods{
    .iVersion = 1,
    .xClose = close,
    .xRead = after_waiting<&sqlite3_io_methods::xRead, void*, int, sqlite3_int64>,
    .xWrite = write,
    .xTruncate = after_waiting<&sqlite3_io_methods::xTruncate, sqlite3_int64>,
    .xSync = after_waiting<&sqlite3_io_methods::xSync, int>,
    .xFileSize = after_waiting<&sqlite3_io_methods::xFileSize, sqlite3_int64*>,
    .xLock = at_once<&sqlite3_io_methods::xLock, int>,
    .xUnlock = at_once<&sqlite3_io_methods::xUnlock, int>,
    .xCheckReservedLock = at_once<&sqlite3_io_methods::xCheckReservedLock, int*>,
    .xFileControl = at_once<&sqlite3_io_methods::xFileControl, int, void*>,
    .xSectorSize = at_once<&sqlite3_io_methods::xSectorSize>,
    .xDeviceCharacteristics = at_once<&sqlite3_io_methods::xDeviceCharacteristics>,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open_log(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* flags_out) {
    auto* vfs = system_vfs();
    if ((flags & SQLITE_OPEN_WAL) == 0) {
        return vfs->xOpen(vfs, name, file, flags, flags_out);
    }
    file->pMethods = nullptr;  // otherwise SQLite closes the file, even after a failure to open it
    auto* waiting = new (std::nothrow) std::string;
    if (waiting == nullptr) {
        return SQLITE_NOMEM;
    }
    const int code = vfs->xOpen(vfs, name, log_file(file), flags, flags_out);
    if (code != SQLITE_OK) {
        delete waiting;
        return code;
    }
    log_of(file).waiting = waiting;
    log_of(file).waiting_at = 0;
    file->pMethods = &kLogMethods;
    return SQLITE_OK;
}

}  // namespace

const char* joined_writes_vfs() {
    static auto vfs = [] {
        auto copy = *system_vfs();
        copy.pNext = nullptr;
        copy.zName = kLogVfs;
        copy.szOsFile += static_cast<int>(sizeof(Log));
        copy.xOpen = open_log;
        return copy;
    }();
    static const bool registered = sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
    if (!registered) {
        throw std::runtime_error("SQLite refuses to register the writer's VFS");
    }
    return kLogVfs;
}

}  // namespace orderd::storage
