#include "storage/durable.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace orderd::storage {

bool sync_to_disk(int descriptor) {
#ifdef F_FULLFSYNC
    // macOS: fsync(2) stops at the drive's cache. Not every file system there supports F_FULLFSYNC.
    if (::fcntl(descriptor, F_FULLFSYNC) == 0) {
        return true;
    }
#endif
    return ::fsync(descriptor) == 0;
}

bool sync_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return errno == EACCES || errno == EPERM;
    }
    const bool synced = sync_to_disk(descriptor) || errno == EINVAL || errno == ENOTSUP;
    const int why = errno;
    ::close(descriptor);
    errno = why;
    return synced;
}

}  // namespace orderd::storage
