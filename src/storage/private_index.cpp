#include "storage/private_index.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/mutex.h"

namespace orderd::storage {

namespace {

constexpr auto kIndexVfs = "orderd-private-index";

/// The index of one database's WAL: its memory regions, and the state of its locks.
struct Index {
    std::vector<std::unique_ptr<std::byte[]>> regions;
    std::array<int, SQLITE_SHM_NLOCK> shared{};
    std::array<bool, SQLITE_SHM_NLOCK> exclusive{};
};

// One mutex for all indexes: about a dozen connections share an index, and hold the mutex only for moments.
Mutex mutex;
std::map<std::string, std::weak_ptr<Index>> indexes GUARDED_BY(mutex);  // by the database's path

/// A database, or a missing log. The system's own file object follows it in memory.
struct File {
    sqlite3_file base;  // first: SQLite uses the struct as this
    std::shared_ptr<Index>* index;
    unsigned shared;     ///< bits of the index's shared locks that this connection holds
    unsigned exclusive;  ///< the same for exclusive locks
};

File& file_of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_file* index_file(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(&file_of(file) + 1); }

template <auto method, class... Args>
int of_system(sqlite3_file* file, Args... args) {
    auto* real = index_file(file);
    return (real->pMethods->*method)(real, args...);
}

void unlock_all(File& file) {
    const MutexLock guard(mutex);
    for (unsigned slot = 0; slot < SQLITE_SHM_NLOCK; ++slot) {
        (*file.index)->shared[slot] -= (file.shared >> slot & 1U) != 0 ? 1 : 0;
        if ((file.exclusive >> slot & 1U) != 0) {
            (*file.index)->exclusive[slot] = false;
        }
    }
    file.shared = 0;
    file.exclusive = 0;
}

int close_database(sqlite3_file* file) {
    unlock_all(file_of(file));
    delete file_of(file).index;
    auto* real = index_file(file);
    return real->pMethods->xClose(real);
}

int map_region(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
    const MutexLock guard(mutex);
    auto& regions = (*file_of(file).index)->regions;
    const auto wanted = static_cast<std::size_t>(region);
    *memory = nullptr;
    try {
        while (regions.size() <= wanted && extend != 0) {
            regions.push_back(std::make_unique<std::byte[]>(static_cast<std::size_t>(size)));
        }
    } catch (const std::bad_alloc&) {
        return SQLITE_NOMEM;
    }
    if (wanted < regions.size()) {
        *memory = regions[wanted].get();
    }
    return SQLITE_OK;
}

int take_locks(File& file, unsigned first, unsigned end, bool exclusive) REQUIRES(mutex) {
    auto& index = **file.index;
    for (unsigned slot = first; slot < end; ++slot) {
        const bool others = index.shared[slot] > static_cast<int>(file.shared >> slot & 1U);
        const bool mine = (file.exclusive >> slot & 1U) != 0;
        if ((index.exclusive[slot] && !mine) || (exclusive && others)) {
            return SQLITE_BUSY;
        }
    }
    for (unsigned slot = first; slot < end; ++slot) {
        if (exclusive) {
            index.exclusive[slot] = true;
            file.exclusive |= 1U << slot;
        } else if ((file.shared >> slot & 1U) == 0) {
            ++index.shared[slot];
            file.shared |= 1U << slot;
        }
    }
    return SQLITE_OK;
}

int lock_index(sqlite3_file* opened, int offset, int count, int flags) {
    const MutexLock guard(mutex);
    auto& file = file_of(opened);
    const auto first = static_cast<unsigned>(offset);
    const auto end = first + static_cast<unsigned>(count);
    if ((flags & SQLITE_SHM_LOCK) != 0) {
        return take_locks(file, first, end, (flags & SQLITE_SHM_EXCLUSIVE) != 0);
    }
    auto& index = **file.index;
    for (unsigned slot = first; slot < end; ++slot) {
        const unsigned bit = 1U << slot;
        if ((flags & SQLITE_SHM_EXCLUSIVE) != 0 && (file.exclusive & bit) != 0) {
            index.exclusive[slot] = false;
            file.exclusive &= ~bit;
        } else if ((flags & SQLITE_SHM_SHARED) != 0 && (file.shared & bit) != 0) {
            --index.shared[slot];
            file.shared &= ~bit;
        }
    }
    return SQLITE_OK;
}

void barrier(sqlite3_file*) { const MutexLock guard(mutex); }

int unmap(sqlite3_file* file, int) {
    unlock_all(file_of(file));
    return SQLITE_OK;
}

constexpr sqlite3_io_methods kDatabaseMethods{
    .iVersion = 2,  // without memory-mapping the file itself
    .xClose = close_database,
    .xRead = of_system<&sqlite3_io_methods::xRead, void*, int, sqlite3_int64>,
    .xWrite = of_system<&sqlite3_io_methods::xWrite, const void*, int, sqlite3_int64>,
    .xTruncate = of_system<&sqlite3_io_methods::xTruncate, sqlite3_int64>,
    .xSync = of_system<&sqlite3_io_methods::xSync, int>,
    .xFileSize = of_system<&sqlite3_io_methods::xFileSize, sqlite3_int64*>,
    .xLock = of_system<&sqlite3_io_methods::xLock, int>,
    .xUnlock = of_system<&sqlite3_io_methods::xUnlock, int>,
    .xCheckReservedLock = of_system<&sqlite3_io_methods::xCheckReservedLock, int*>,
    .xFileControl = of_system<&sqlite3_io_methods::xFileControl, int, void*>,
    .xSectorSize = of_system<&sqlite3_io_methods::xSectorSize>,
    .xDeviceCharacteristics = of_system<&sqlite3_io_methods::xDeviceCharacteristics>,
    .xShmMap = map_region,
    .xShmLock = lock_index,
    .xShmBarrier = barrier,
    .xShmUnmap = unmap,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

// A missing log.

constexpr int kSector = 4096;

int nothing(sqlite3_file*) { return SQLITE_OK; }
int read_nothing(sqlite3_file*, void* into, int count, sqlite3_int64) {
    std::memset(into, 0, static_cast<std::size_t>(count));
    return SQLITE_IOERR_SHORT_READ;
}
int no_size(sqlite3_file*, sqlite3_int64* size) {
    *size = 0;
    return SQLITE_OK;
}
int not_reserved(sqlite3_file*, int* reserved) {
    *reserved = 0;
    return SQLITE_OK;
}

constexpr sqlite3_io_methods kEmptyMethods{
    .iVersion = 1,
    .xClose = nothing,
    .xRead = read_nothing,
    .xWrite = [](sqlite3_file*, const void*, int, sqlite3_int64) { return SQLITE_READONLY; },
    .xTruncate = [](sqlite3_file*, sqlite3_int64) { return SQLITE_READONLY; },
    .xSync = [](sqlite3_file*, int) { return SQLITE_READONLY; },
    .xFileSize = no_size,
    .xLock = [](sqlite3_file*, int) { return SQLITE_OK; },
    .xUnlock = [](sqlite3_file*, int) { return SQLITE_OK; },
    .xCheckReservedLock = not_reserved,
    .xFileControl = [](sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; },
    .xSectorSize = [](sqlite3_file*) { return kSector; },
    .xDeviceCharacteristics = nothing,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

std::shared_ptr<Index> index_of(const std::string& path) {
    const MutexLock guard(mutex);
    auto found = indexes[path].lock();
    if (!found) {
        found = std::make_shared<Index>();
        indexes[path] = found;
    }
    return found;
}

int open_database(sqlite3_filename name, sqlite3_file* file, int flags, int* flags_out) {
    auto* vfs = sqlite3_vfs_find(nullptr);
    file->pMethods = nullptr;  // otherwise SQLite closes the file, even after a failure to open it
    try {
        auto index = std::make_unique<std::shared_ptr<Index>>(index_of(name));
        const int code = vfs->xOpen(vfs, name, index_file(file), flags, flags_out);
        if (code != SQLITE_OK) {
            return code;
        }
        file_of(file).index = index.release();
    } catch (const std::bad_alloc&) {
        return SQLITE_NOMEM;
    }
    file_of(file).shared = 0;
    file_of(file).exclusive = 0;
    file->pMethods = &kDatabaseMethods;
    return SQLITE_OK;
}

int open_index(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* flags_out) {
    auto* vfs = sqlite3_vfs_find(nullptr);
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0) {
        return open_database(name, file, flags, flags_out);
    }
    if ((flags & SQLITE_OPEN_WAL) == 0) {
        return vfs->xOpen(vfs, name, file, flags, flags_out);
    }
    const int as_it_is = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    int there = 0;
    if (vfs->xAccess(vfs, name, SQLITE_ACCESS_EXISTS, &there) == SQLITE_OK && there == 0) {
        file->pMethods = &kEmptyMethods;
        if (flags_out != nullptr) {
            *flags_out = as_it_is;
        }
        return SQLITE_OK;
    }
    return vfs->xOpen(vfs, name, file, as_it_is, flags_out);
}

}  // namespace

const char* private_index_vfs() {
    static auto vfs = [] {
        auto copy = *sqlite3_vfs_find(nullptr);
        copy.pNext = nullptr;
        copy.zName = kIndexVfs;
        copy.szOsFile += static_cast<int>(sizeof(File));
        copy.xOpen = open_index;
        return copy;
    }();
    static const bool registered = sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
    if (!registered) {
        throw std::runtime_error("SQLite refuses to register the readers' VFS");
    }
    return kIndexVfs;
}

}  // namespace orderd::storage
