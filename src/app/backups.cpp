#include "app/backups.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <vector>

#include "app/check.h"
#include "app/key_rotation.h"
#include "app/scratch.h"
#include "base/log.h"
#include "storage/backup.h"
#include "storage/key_file.h"
#include "storage/migrations.h"

namespace orderd::app {

namespace {

constexpr std::uintmax_t kSpare = 16U << 20;  ///< left free for what the shop writes meanwhile

std::uintmax_t size_of(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    return error ? 0 : size;
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
    return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

/// The largest size of a copy of a database: its pages, and those still in the WAL.
std::uintmax_t size_of_copy(const std::filesystem::path& database) {
    return size_of(database) + size_of(database.string() + "-wal");
}

std::vector<std::string> faults_of_files(const storage::Files& files) {
    const auto vault = storage::Vault::open(files.key);
    storage::Connection connection(files.database, storage::Connection::Mode::read_only);
    std::vector<std::string> faults;
    for (const auto& finding : check(storage::View(connection, vault))) {
        faults.insert(faults.end(), finding.faults.begin(), finding.faults.end());
    }
    return faults;
}

std::string name_at(Time now) {
    auto name = rfc3339(now).substr(0, 19) + 'Z';
    std::erase_if(name, [](char c) { return c == '-' || c == ':'; });
    return "shop-" + name + ".db";
}

/// The time in a backup's name; nullopt for any other name.
std::optional<Time> time_of(const std::string& name) {
    if (name.size() != name_at({}).size() || !name.starts_with("shop-") || !name.ends_with("Z.db")) {
        return std::nullopt;
    }
    const auto part = [&](std::size_t at, std::size_t length) { return name.substr(5 + at, length); };
    const auto time = parse_time(
        fmt::format("{}-{}-{}T{}:{}:{}Z", part(0, 4), part(4, 2), part(6, 2), part(9, 2), part(11, 2), part(13, 2)));
    return time && name_at(*time) == name ? time : std::nullopt;
}

/// Removes what a server left that ended while it was copying.
void remove_unfinished(const std::filesystem::path& folder) {
    std::error_code error;
    for (std::filesystem::directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
        const auto name = file->path().filename().string();
        const auto copy = name.substr(0, name.find(".partial"));
        if (copy.size() < name.size() && time_of(copy)) {
            std::error_code ignored;
            std::filesystem::remove(file->path(), ignored);
        }
    }
}

/// The backups in a folder, newest first.
std::vector<std::pair<Time, std::filesystem::path>> backups_in(const std::filesystem::path& folder) {
    std::vector<std::pair<Time, std::filesystem::path>> found;
    std::error_code error;
    for (std::filesystem::directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
        const auto time = time_of(file->path().filename().string());
        std::error_code ignored;
        if (time && file->is_regular_file(ignored)) {
            found.emplace_back(*time, file->path());
        }
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    return found;
}

}  // namespace

void require_room(const std::filesystem::path& folder, std::uintmax_t bytes) {
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    if (!error && space.available < bytes + kSpare) {
        throw storage::OpenError(
            fmt::format("there is not enough room in {}: it takes {} MiB, and {} MiB are free; nothing was written",
                        folder.string(), (bytes + kSpare) >> 20U, space.available >> 20U));
    }
}

std::string hindrance_to_writing(const std::filesystem::path& folder) {
    std::error_code error;
    if (!std::filesystem::exists(folder, error)) {
        const auto above = folder_of(std::filesystem::absolute(folder));
        const auto why = above == folder ? "there is nothing there" : hindrance_to_writing(above);
        return why.empty() ? "" : fmt::format("{} does not exist, and {}", folder.string(), why);
    }
    if (!std::filesystem::is_directory(folder, error)) {
        return fmt::format("{} is not a folder", folder.string());
    }
    return ::access(folder.c_str(), W_OK | X_OK) == 0
               ? ""
               : fmt::format("{} cannot be written to by this user: {}", folder.string(), std::strerror(errno));
}

void checked_backup(const storage::Files& files, const std::filesystem::path& target) {
    const auto folder = folder_of(target);
    if (!std::filesystem::exists(folder)) {
        throw storage::OpenError(fmt::format("the folder {} does not exist: make it first", folder.string()));
    }
    if (const auto why = hindrance_to_writing(folder); !why.empty()) {
        throw storage::OpenError(why);
    }
    require_room(folder, size_of_copy(files.database));
    const auto key = storage::FileStamp::of(files.key);
    storage::backup(files.database, target);
    std::vector<std::string> faults;
    if (is_key_rotating(files) || key != storage::FileStamp::of(files.key)) {
        faults.emplace_back("the shop's key is being rotated: the copy would need both the old and the new one");
    }
    try {
        auto copy = files;
        copy.database = target;
        auto found = faults_of_files(copy);
        std::move(found.begin(), found.end(), std::back_inserter(faults));
    } catch (const std::exception& error) {
        faults.emplace_back(error.what());
    }
    if (!faults.empty()) {
        std::error_code ignored;
        std::filesystem::remove(target, ignored);
        throw storage::OpenError(fmt::format(
            "the copy violates an invariant, and was not kept: {}; `orderd check` says more", faults.front()));
    }
}

Drill drill(const storage::Files& files, const std::filesystem::path& backup, const std::filesystem::path& place) {
    const auto began = std::chrono::steady_clock::now();
    require_room(place, size_of_copy(backup));
    const Scratch scratch(place, "drill");
    storage::Files there(scratch.path());
    there.key = files.key;
    storage::restore(backup, there, {});
    Drill result;
    result.faults = faults_of_files(there);
    result.took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    return result;
}

Drill drill_now(const storage::Files& files, const std::filesystem::path& place) {
    require_room(place, 2 * size_of_copy(files.database));
    const Scratch scratch(place, "drill");
    const auto copy = scratch.path() / "copy.db";
    storage::backup(files.database, copy);
    return drill(files, copy, place);
}

std::optional<Time> Backups::newest(Time until) const {
    const auto all = backups_in(options_.folder);
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.first <= until; });
    return found == all.end() ? std::nullopt : std::optional(found->first);
}

void Backups::make_due(const storage::Files& files, Time now) const {
    const auto before = newest(now);  // a clock that was ahead must not delay a backup
    if (before && now < *before + options_.every) {
        return;
    }
    std::filesystem::create_directories(options_.folder);
    std::filesystem::permissions(options_.folder, std::filesystem::perms::owner_all);
    remove_unfinished(options_.folder);
    const auto target = options_.folder / name_at(now);
    checked_backup(files, target);
    log::info("backed up", {{"file", target.string()}});
    std::vector<Time> made;
    for (const auto& backup : backups_in(options_.folder)) {
        made.push_back(backup.first);
    }
    for (const auto time : superfluous(std::move(made), now, options_.keep)) {
        std::filesystem::remove(options_.folder / name_at(time));
    }
}

}  // namespace orderd::app
