#include "storage/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "base/random.h"
#include "base/text.h"
#include "storage/durable.h"

namespace orderd::storage {

namespace {

constexpr std::string_view kFirstLine = "orderd keys 1";
constexpr std::size_t kMostBytes = 1024;
constexpr std::size_t kMostKeys = 2;

[[noreturn]] void fail(const std::filesystem::path& file, std::string_view what) {
    throw std::runtime_error(fmt::format("the key file {} {}", file.string(), what));
}

void wipe(std::string& secret) { sodium_memzero(secret.data(), secret.size()); }

/// Closes a file descriptor at the end of its scope.
struct Descriptor {
    int fd;
    ~Descriptor() {
        if (fd >= 0) {
            ::close(fd);
        }
    }
};

/// The 32 bytes that follow `word` on a line.
std::optional<std::string> secret_of(std::string_view line, std::string_view word) {
    if (!line.starts_with(word)) {
        return std::nullopt;
    }
    const auto secret = from_base64(line.substr(word.size())).value_or("");
    if (secret.size() != kKeyBytes) {
        return std::nullopt;
    }
    return secret;
}

std::optional<KeyFile> parse(std::string_view text) {
    KeyFile content;
    if (text.size() == kKeyBytes) {
        content.keys.emplace_back(text);
        return content;
    }
    bool first = true;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line = trimmed(line);
        if (std::exchange(first, false)) {
            if (line != kFirstLine) {
                return std::nullopt;
            }
        } else if (auto key = secret_of(line, "key ")) {
            content.keys.push_back(std::move(*key));
        } else if (auto lasting = secret_of(line, "lasting ")) {
            content.lasting = std::move(*lasting);
        } else if (!line.empty()) {
            return std::nullopt;
        }
    }
    const bool whole = !content.keys.empty() && content.keys.size() <= kMostKeys && !content.lasting.empty();
    return whole ? std::optional(std::move(content)) : std::nullopt;
}

std::string printed(const KeyFile& content) {
    auto text = fmt::format("{}\nlasting {}\n", kFirstLine, to_base64(content.lasting));
    for (const auto& key : content.keys) {
        text += fmt::format("key {}\n", to_base64(key));
    }
    return text;
}

/// Writes a new file of mode 0600 with these bytes, and syncs it. A file of that name is replaced.
bool write_draft(const std::filesystem::path& draft, std::string_view bytes, const struct stat* owner) {
    ::unlink(draft.c_str());
    const Descriptor handle{::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (handle.fd < 0) {
        return false;
    }
    struct stat own {};
    if (owner != nullptr && ::fstat(handle.fd, &own) == 0 &&
        (own.st_uid != owner->st_uid || own.st_gid != owner->st_gid) &&
        ::fchown(handle.fd, owner->st_uid, owner->st_gid) != 0) {
        return false;
    }
    return ::write(handle.fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
           sync_to_disk(handle.fd);
}

}  // namespace

KeyFile::~KeyFile() {
    for (auto& key : keys) {
        wipe(key);
    }
    wipe(lasting);
}

KeyFile read_key_file(const std::filesystem::path& file) {
    const Descriptor handle{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    if (handle.fd < 0) {
        fail(file, errno == ENOENT ? "is missing; without it the customers' data cannot be read"
                                   : fmt::format("cannot be read: {}", std::strerror(errno)));
    }
    struct stat about {};
    if (::fstat(handle.fd, &about) != 0 || (about.st_mode & 077) != 0) {
        fail(file, "can be read by others; its mode must be 0600");
    }
    std::string text(kMostBytes + 1, '\0');
    const auto size = ::read(handle.fd, text.data(), text.size());
    text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    auto content = text.size() > kMostBytes ? std::nullopt : parse(text);
    wipe(text);
    if (!content) {
        fail(file, fmt::format("is not {} bytes long, and not what `orderd key rotate` writes", kKeyBytes));
    }
    return std::move(*content);
}

void create_key_file(const std::filesystem::path& file) {
    // Written beside it and then linked: a crash leaves no partial key, and if two programs do so at once,
    // the first key stays, which may already have sealed values.
    const auto draft = fmt::format("{}.new.{}", file.string(), ::getpid());
    auto key = random_bytes(kKeyBytes);
    const bool placed = write_draft(draft, key, nullptr) &&
                        (::link(draft.c_str(), file.c_str()) == 0 || errno == EEXIST) &&
                        sync_folder(file.parent_path());
    const int why = errno;
    wipe(key);
    ::unlink(draft.c_str());
    if (!placed) {
        fail(file, fmt::format("cannot be written: {}", std::strerror(why)));
    }
}

void save_key_file(const std::filesystem::path& file, const KeyFile& content) {
    if (FileStamp::of(file).size >= 0) {
        fail(file, "exists already; a key is never overwritten");
    }
    auto bytes = content.lasting.empty() ? content.keys.front() : printed(content);
    const bool written =
        write_draft(file, bytes, nullptr) && sync_folder(std::filesystem::absolute(file).parent_path());
    const int why = errno;
    wipe(bytes);
    if (!written) {
        ::unlink(file.c_str());
        fail(file, fmt::format("cannot be written: {}", std::strerror(why)));
    }
}

void replace_key_file(const std::filesystem::path& file, const KeyFile& content) {
    struct stat about {};
    if (::stat(file.c_str(), &about) != 0) {
        fail(file, fmt::format("cannot be read: {}", std::strerror(errno)));
    }
    const auto draft = file.string() + ".new";
    auto text = printed(content);
    const bool placed = write_draft(draft, text, &about) && ::rename(draft.c_str(), file.c_str()) == 0 &&
                        sync_folder(file.parent_path());
    const int why = errno;
    wipe(text);
    if (!placed) {
        ::unlink(draft.c_str());
        fail(file, fmt::format("cannot be replaced: {}", std::strerror(why)));
    }
}

FileStamp FileStamp::of(const std::filesystem::path& file) {
    struct stat about {};
    if (::stat(file.c_str(), &about) != 0) {
        return {};
    }
#ifdef __APPLE__
    const auto& changed = about.st_mtimespec;
#else
    const auto& changed = about.st_mtim;
#endif
    return {.inode = about.st_ino,
            .size = about.st_size,
            .changed_ns = static_cast<std::int64_t>(changed.tv_sec) * 1'000'000'000 + changed.tv_nsec};
}

}  // namespace orderd::storage
