#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace orderd::storage {

/// What a shop's key file holds. A file of 32 bytes is one key. `orderd key rotate` writes text instead: a first line
/// `orderd keys 1`, a line `lasting BASE64`, and a line `key BASE64` for each key, newest first.
struct KeyFile {
    std::vector<std::string> keys;  ///< 32 bytes each, newest first; two while a rotation is under way
    std::string lasting;            ///< 32 bytes that no rotation changes; empty in a file that was never rotated

    KeyFile() = default;
    KeyFile(KeyFile&&) noexcept = default;
    KeyFile& operator=(KeyFile&&) noexcept = default;
    ~KeyFile();  ///< wipes them
};

constexpr std::size_t kKeyBytes = 32;

/// @throws std::runtime_error when it is missing, can be read by others, or is not a key file
KeyFile read_key_file(const std::filesystem::path& file);

/// Makes a file with one new key, mode 0600, synced before it is used. If two programs make one at once, the first
/// one's stays.
void create_key_file(const std::filesystem::path& file);

/// Writes a copy, mode 0600, synced: as `orderd serve` makes it where it was never rotated.
///
/// @throws std::runtime_error, also if there is such a file
void save_key_file(const std::filesystem::path& file, const KeyFile& content);

/// Puts other content in place of a key file: written beside it, synced and renamed, so that a crash leaves the one
/// or the other. Its owner stays, so that a server of another user can go on reading it.
///
/// @throws std::runtime_error; the file is as it was then
void replace_key_file(const std::filesystem::path& file, const KeyFile& content);

/// Tells one content of a file from another without reading it.
struct FileStamp {
    std::uint64_t inode = 0;
    std::int64_t size = -1;  ///< -1: there is no such file
    std::int64_t changed_ns = 0;

    static FileStamp of(const std::filesystem::path& file);
    bool operator==(const FileStamp&) const = default;
};

}  // namespace orderd::storage
