#pragma once

#include <filesystem>

namespace orderd::storage {

/// The files of a shop's folder.
struct Files {
    explicit Files(const std::filesystem::path& of_shop)
        : folder(of_shop), database(folder / "shop.db"), key(folder / "shop.key"), lock(folder / "shop.lock") {}

    /// SQLite's write-ahead log: commits since the last checkpoint are only here.
    std::filesystem::path log() const { return database.string() + "-wal"; }

    std::filesystem::path folder;
    std::filesystem::path database;
    std::filesystem::path key;   ///< never in a backup of the database
    std::filesystem::path lock;  ///< held by the one process that writes
};

}  // namespace orderd::storage
