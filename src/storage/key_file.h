#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace orderd::storage {

/// The content of a shop's key file. A file of 32 bytes is one key. `orderd key rotate` writes text instead:
/// a first line `orderd keys 1`, a line `lasting BASE64`, and a line `key BASE64` for each key, newest first.
struct KeyFile {
    std::vector<std::string> keys;  ///< 32 bytes each, newest first; two during a rotation
    std::string lasting;            ///< 32 bytes that a rotation never changes; empty if the key was never rotated

    KeyFile() = default;
    KeyFile(KeyFile&&) noexcept = default;
    KeyFile& operator=(KeyFile&&) noexcept = default;
    ~KeyFile();  ///< wipes them
};

constexpr std::size_t kKeyBytes = 32;

/// @throws std::runtime_error if it is missing, can be read by others, or is not a key file
KeyFile read_key_file(const std::filesystem::path& file);

/// Creates a file with one new key, mode 0600, and syncs it. If two programs do so at once, the first file stays.
void create_key_file(const std::filesystem::path& file);

/// Writes a copy, mode 0600, and syncs it. A key that was never rotated is written as `orderd serve` creates it.
///
/// @throws std::runtime_error, also if the file exists
void save_key_file(const std::filesystem::path& file, const KeyFile& content);

/// Replaces a key file's content: writes a file beside it, syncs it and renames it, so that a crash leaves the old or
/// the new content. The owner is kept, so that a server that runs as another user can still read it.
///
/// @throws std::runtime_error; the file is then unchanged, or has the new content, which a power cut may still undo:
///         nothing may be sealed under it
void replace_key_file(const std::filesystem::path& file, const KeyFile& content);

/// Detects that a file's content changed, without reading it.
struct FileStamp {
    std::uint64_t inode = 0;
    std::int64_t size = -1;  ///< -1: there is no such file
    std::int64_t changed_ns = 0;

    static FileStamp of(const std::filesystem::path& file);
    bool operator==(const FileStamp&) const = default;
};

}  // namespace orderd::storage
