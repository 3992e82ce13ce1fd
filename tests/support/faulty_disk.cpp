#include "support/faulty_disk.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <mutex>
#include <string_view>

namespace orderd::tests {

namespace {

std::atomic<bool> watching = false;  // else a call costs no more than this look

std::mutex disk_mutex;
// guarded by disk_mutex
std::string watched;
FaultyDisk::Fault plan;
std::int64_t calls_seen = 0;
std::int64_t calls_struck = 0;
bool is_recording = false;
std::vector<DiskChange> changes;

bool is_watched(std::string_view path) {
    return path.starts_with(watched) || path == std::string_view(watched).substr(0, watched.rfind('/'));
}

std::string path_behind(int file) {
    std::array<char, 4096> path{};
    const auto link = "/proc/self/fd/" + std::to_string(file);
    const auto size = ::readlink(link.c_str(), path.data(), path.size());
    return {path.data(), size < 0 ? 0 : static_cast<std::size_t>(size)};
}

/// One call about a file, for as long as it lasts: it is alone then, so that changes are kept in their order.
class Turn {
public:
    Turn(Call call, std::string path) : path_(std::move(path)), lock_(disk_mutex) {
        if (!watching || !is_watched(path_) || (plan.calls & only({call})) == 0) {
            return;
        }
        ++calls_seen;
        strikes_ = plan.at > 0 && (calls_seen == plan.at || (plan.and_after && calls_seen > plan.at));
        calls_struck += strikes_ ? 1 : 0;
    }

    bool fails() const { return strikes_ && plan.error != 0; }
    bool falls_short() const { return strikes_ && plan.error == 0; }
    int failed() const {
        errno = plan.error;
        return -1;
    }
    void keep(DiskChange::Kind kind, std::string to = {}, std::int64_t offset = 0, std::string_view bytes = {}) const {
        if (watching && is_recording && is_watched(path_)) {
            const int before = errno;
            changes.push_back({kind, path_, std::move(to), offset, std::string(bytes)});
            errno = before;
        }
    }

private:
    const std::string path_;
    const std::lock_guard<std::mutex> lock_;
    bool strikes_ = false;
};

using Kind = DiskChange::Kind;

template <class Open>
int opened(const char* path, int flags, Open really) {
    if (!watching) {
        return really();
    }
    const bool makes = (flags & O_CREAT) != 0 && ::access(path, F_OK) != 0;
    const Turn turn(makes ? Call::create : Call::open, path);
    if (turn.fails()) {
        return turn.failed();
    }
    const int file = really();
    if (file >= 0 && makes) {
        turn.keep(Kind::create);
    } else if (file >= 0 && (flags & O_TRUNC) != 0) {
        turn.keep(Kind::truncate);
    }
    return file;
}

/// @param at  nullopt stands for the file's own place
template <class Write>
ssize_t written(int file, const void* bytes, std::size_t count, std::int64_t at, Write really) {
    if (!watching) {
        return really(count);
    }
    const Turn turn(Call::write, path_behind(file));
    if (turn.fails()) {
        return turn.failed();
    }
    const auto size = really(turn.falls_short() ? count / 2 : count);
    if (size > 0) {
        turn.keep(Kind::write, {}, at, {static_cast<const char*>(bytes), static_cast<std::size_t>(size)});
    }
    return size;
}

template <class Read>
ssize_t read_from(int file, Read really) {
    if (!watching) {
        return really();
    }
    const Turn turn(Call::read, path_behind(file));
    return turn.fails() ? turn.failed() : really();
}

template <class Sync>
int synced(int file, Sync really) {
    if (!watching) {
        return really();
    }
    const Turn turn(Call::sync, path_behind(file));
    if (turn.fails()) {
        turn.keep(Kind::failed_sync);
        return turn.failed();
    }
    const int code = really();
    if (code == 0) {
        turn.keep(Kind::sync);
    }
    return code;
}

template <class Rename>
int renamed(Kind kind, const char* path, const char* to, Rename really) {
    if (!watching) {
        return really();
    }
    const Turn turn(Call::name, path);
    if (turn.fails()) {
        return turn.failed();
    }
    const int code = really();
    if (code == 0) {
        turn.keep(kind, to);
    }
    return code;
}

}  // namespace

// The names are the linker's (--wrap). What it calls __real_… is the system's own.
extern "C" {

int __real_open(const char* path, int flags, ...);
int __real_open64(const char* path, int flags, ...);
ssize_t __real_read(int file, void* bytes, std::size_t count);
ssize_t __real_pread(int file, void* bytes, std::size_t count, off_t at);
ssize_t __real_pread64(int file, void* bytes, std::size_t count, off64_t at);
ssize_t __real_write(int file, const void* bytes, std::size_t count);
ssize_t __real_pwrite(int file, const void* bytes, std::size_t count, off_t at);
ssize_t __real_pwrite64(int file, const void* bytes, std::size_t count, off64_t at);
int __real_fsync(int file);
int __real_fdatasync(int file);
int __real_ftruncate(int file, off_t size);
int __real_ftruncate64(int file, off64_t size);
void* __real_mmap(void* at, std::size_t size, int protection, int flags, int file, off_t offset);
void* __real_mmap64(void* at, std::size_t size, int protection, int flags, int file, off64_t offset);
int __real_rename(const char* path, const char* to);
int __real_link(const char* path, const char* to);
int __real_unlink(const char* path);

int __wrap_open(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const auto mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : mode_t{0};
    va_end(more);
    return opened(path, flags, [&] { return __real_open(path, flags, mode); });
}

int __wrap_open64(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const auto mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : mode_t{0};
    va_end(more);
    return opened(path, flags, [&] { return __real_open64(path, flags, mode); });
}

ssize_t __wrap_read(int file, void* bytes, std::size_t count) {
    return read_from(file, [&] { return __real_read(file, bytes, count); });
}

ssize_t __wrap_pread(int file, void* bytes, std::size_t count, off_t at) {
    return read_from(file, [&] { return __real_pread(file, bytes, count, at); });
}

ssize_t __wrap_pread64(int file, void* bytes, std::size_t count, off64_t at) {
    return read_from(file, [&] { return __real_pread64(file, bytes, count, at); });
}

ssize_t __wrap_write(int file, const void* bytes, std::size_t count) {
    const auto at = watching ? ::lseek(file, 0, SEEK_CUR) : 0;
    return written(file, bytes, count, at, [&](std::size_t size) { return __real_write(file, bytes, size); });
}

ssize_t __wrap_pwrite(int file, const void* bytes, std::size_t count, off_t at) {
    return written(file, bytes, count, at, [&](std::size_t size) { return __real_pwrite(file, bytes, size, at); });
}

ssize_t __wrap_pwrite64(int file, const void* bytes, std::size_t count, off64_t at) {
    return written(file, bytes, count, at, [&](std::size_t size) { return __real_pwrite64(file, bytes, size, at); });
}

int __wrap_fsync(int file) {
    return synced(file, [&] { return __real_fsync(file); });
}

int __wrap_fdatasync(int file) {
    return synced(file, [&] { return __real_fdatasync(file); });
}

int __wrap_ftruncate64(int file, off64_t size) {
    if (!watching) {
        return __real_ftruncate64(file, size);
    }
    const Turn turn(Call::truncate, path_behind(file));
    if (turn.fails()) {
        return turn.failed();
    }
    const int code = __real_ftruncate64(file, size);
    if (code == 0) {
        turn.keep(Kind::truncate, {}, size);
    }
    return code;
}

int __wrap_ftruncate(int file, off_t size) { return __wrap_ftruncate64(file, size); }

void* __wrap_mmap64(void* at, std::size_t size, int protection, int flags, int file, off64_t offset) {
    if (!watching || file < 0) {
        return __real_mmap64(at, size, protection, flags, file, offset);
    }
    const Turn turn(Call::map, path_behind(file));
    if (turn.fails()) {
        turn.failed();
        return MAP_FAILED;
    }
    return __real_mmap64(at, size, protection, flags, file, offset);
}

void* __wrap_mmap(void* at, std::size_t size, int protection, int flags, int file, off_t offset) {
    return __wrap_mmap64(at, size, protection, flags, file, offset);
}

int __wrap_rename(const char* path, const char* to) {
    return renamed(Kind::rename, path, to, [&] { return __real_rename(path, to); });
}

int __wrap_link(const char* path, const char* to) {
    return renamed(Kind::link, path, to, [&] { return __real_link(path, to); });
}

int __wrap_unlink(const char* path) {
    return renamed(Kind::remove, path, "", [&] { return __real_unlink(path); });
}

}  // extern "C"

FaultyDisk::FaultyDisk(const std::filesystem::path& files) {
    const std::lock_guard lock(disk_mutex);
    watched = std::filesystem::is_directory(files) ? files.string() + '/' : files.string();
    watching = true;
}

FaultyDisk::~FaultyDisk() {
    mend();
    const std::lock_guard lock(disk_mutex);
    watching = false;
    is_recording = false;
    changes.clear();
}

void FaultyDisk::fail_writes(int error) {
    fail({.error = error, .calls = only({Call::create, Call::write}), .at = 1, .and_after = true});
}

void FaultyDisk::fail_syncs() { fail({.error = EIO, .calls = only({Call::sync}), .at = 1, .and_after = true}); }

void FaultyDisk::fail(const Fault& fault) {
    const std::lock_guard lock(disk_mutex);
    plan = fault;
    calls_seen = 0;
    calls_struck = 0;
}

void FaultyDisk::mend() {
    const std::lock_guard lock(disk_mutex);
    plan = {};
}

std::int64_t FaultyDisk::seen() const {
    const std::lock_guard lock(disk_mutex);
    return calls_seen;
}

std::int64_t FaultyDisk::struck() const {
    const std::lock_guard lock(disk_mutex);
    return calls_struck;
}

void FaultyDisk::record() {
    const std::lock_guard lock(disk_mutex);
    is_recording = true;
}

void FaultyDisk::note(const std::string& text) {
    const std::lock_guard lock(disk_mutex);
    changes.push_back({.kind = Kind::note, .path = {}, .bytes = text});
}

std::vector<DiskChange> FaultyDisk::recorded() const {
    const std::lock_guard lock(disk_mutex);
    return changes;
}

}  // namespace orderd::tests
