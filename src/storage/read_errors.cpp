#include "storage/read_errors.h"

#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace orderd::storage {

namespace {

std::atomic<std::uint64_t> refused = 0;

/// Under an errno by which unixRead() in SQLite's os_unix.c says SQLITE_IOERR_READ.
ssize_t told(ssize_t size) {
    if (size < 0 && (errno == EIO || errno == ENXIO)) {
        refused.fetch_add(1, std::memory_order_relaxed);
        errno = EBADMSG;
    }
    return size;
}

ssize_t read_some(int file, void* bytes, size_t count) { return told(::read(file, bytes, count)); }
ssize_t read_some_at(int file, void* bytes, size_t count, off_t at) { return told(::pread(file, bytes, count, at)); }

}  // namespace

void tell_read_errors_from_damage() {
    static const bool done = [] {
        auto* vfs = sqlite3_vfs_find("unix");
        vfs = vfs == nullptr ? sqlite3_vfs_find(nullptr) : vfs;
        const auto put = [&](const char* name, sqlite3_syscall_ptr call) {
            if (vfs->iVersion >= 3 && vfs->xGetSystemCall(vfs, name) != nullptr) {
                vfs->xSetSystemCall(vfs, name, call);
            }
        };
        static_assert(sizeof(off_t) == 8, "pread64() is pread()");
        put("read", reinterpret_cast<sqlite3_syscall_ptr>(read_some));
        put("pread", reinterpret_cast<sqlite3_syscall_ptr>(read_some_at));
        put("pread64", reinterpret_cast<sqlite3_syscall_ptr>(read_some_at));
        return true;
    }();
    static_cast<void>(done);
}

std::uint64_t refused_reads() { return refused.load(std::memory_order_relaxed); }

}  // namespace orderd::storage
