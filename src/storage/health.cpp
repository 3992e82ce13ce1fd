#include "storage/health.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "storage/durable.h"

namespace orderd::storage {

namespace {

/// A disk with less free space counts as full: a page of the WAL and its checkpoint need some room.
constexpr std::uint64_t kLeastFree = std::uint64_t{64} << 10U;

/// How often an idle shop tries a real write without being asked: often enough for the log to report trouble,
/// and seldom enough to spare a memory card.
constexpr auto kTryEvery = std::chrono::seconds(60);
constexpr auto kTryEveryWhenAsked = std::chrono::seconds(1);

constexpr std::string_view kProbe = "held by the orderd that serves this shop\n";

Trouble trouble_of_errno(int error) {
    switch (error) {
        case ENOSPC:
        case EDQUOT:
        case EFBIG: return Trouble::no_space;
        case EROFS: return Trouble::read_only;
        default: return Trouble::failed;
    }
}

std::string told(Trouble trouble, const std::string& detail) {
    switch (trouble) {
        case Trouble::none: return "";
        case Trouble::no_space:
            return "There is no space left on the shop's disk: nothing can be stored. Make room; orders are taken "
                   "again as soon as there is some.";
        case Trouble::read_only:
            return "The shop's disk is read-only: nothing can be stored. The system's log says why (dmesg); orders are "
                   "taken again as soon as the disk can be written to.";
        case Trouble::failed:
            return fmt::format("The shop's disk fails ({}): nothing can be stored. The system's log says more (dmesg).",
                               detail);
        case Trouble::damaged:
            return fmt::format(
                "The database is damaged ({}): nothing is stored any more. Stop orderd, keep a copy of the folder, and "
                "restore the newest backup with `orderd restore`; `orderd check` says more about the damage.",
                detail);
        case Trouble::files_gone:
            return fmt::format(
                "{} was removed or replaced while the shop is open: nothing is stored any more. Stop orderd, put the "
                "shop's files back or restore a backup, and start it again.",
                detail);
    }
    return "";
}

}  // namespace

std::string_view to_text(Trouble trouble) {
    switch (trouble) {
        case Trouble::none: return "none";
        case Trouble::no_space: return "no_space";
        case Trouble::read_only: return "read_only";
        case Trouble::failed: return "failed";
        case Trouble::damaged: return "damaged";
        case Trouble::files_gone: return "files_gone";
    }
    return "failed";
}

Trouble trouble_of(int sqlite_code) {
    switch (sqlite_code & 0xff) {  // the primary code
        case SQLITE_FULL: return Trouble::no_space;
        case SQLITE_READONLY: return Trouble::read_only;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return Trouble::damaged;
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_NOMEM: return Trouble::failed;
        default: return Trouble::none;
    }
}

Trouble look_at_disk(const std::filesystem::path& folder, int descriptor) {
    struct statvfs system {};
    if (::statvfs(folder.c_str(), &system) == 0) {
        if ((system.f_flag & ST_RDONLY) != 0) {
            return Trouble::read_only;
        }
        const auto free = ::geteuid() == 0 ? system.f_bfree : system.f_bavail;
        if (system.f_blocks > 0 && std::uint64_t{free} * system.f_frsize < kLeastFree) {
            return Trouble::no_space;
        }
    }
    if (descriptor >= 0 &&
        (::pwrite(descriptor, kProbe.data(), kProbe.size(), 0) != static_cast<ssize_t>(kProbe.size()) ||
         !sync_to_disk(descriptor)) &&
        errno != EBADF) {  // opened for reading only
        return trouble_of_errno(errno);
    }
    return Trouble::none;
}

Health::Found Health::worst() const {
    for (const auto* found : {&gone_, &damaged_, &write_, &disk_}) {
        if (found->trouble != Trouble::none) {
            return *found;
        }
    }
    return {};
}

Health::State Health::state() const {
    const MutexLock lock(mutex_);
    const auto found = worst();
    return {found.trouble, told(found.trouble, found.detail)};
}

Health::State Health::asked() {
    asked_ = true;
    return state();
}

/// Stores the state of one cause of trouble, and logs if the worst trouble changes.
void Health::change(Found Health::*cause, Found now) {
    Found before;
    Found after;
    {
        const MutexLock lock(mutex_);
        before = worst();
        this->*cause = std::move(now);
        after = worst();
        refuses_.store(gone_.trouble != Trouble::none || damaged_.trouble != Trouble::none, std::memory_order_release);
    }
    if (before.trouble == after.trouble) {
        return;
    }
    if (after.trouble == Trouble::none) {
        over_.write(log::Level::info, "the shop can store data again", {{"was", to_text(before.trouble)}});
    } else {
        begun_.error("the shop cannot store anything",
                     {{"reason", to_text(after.trouble)}, {"detail", told(after.trouble, after.detail)}});
    }
}

void Health::checked(const std::optional<std::string>& fault) {
    change(&Health::damaged_, fault ? Found{Trouble::damaged, *fault} : Found{});
}

bool Health::Identity::holds() const {
    struct stat now {};
    return ::stat(file.c_str(), &now) == 0 && now.st_dev == device && now.st_ino == inode;
}

void Health::opened(int probe) {
    probe_ = probe;
    open_.clear();
    for (const auto& file : {files_.database, files_.log(), files_.lock}) {
        struct stat now {};
        if ((file != files_.lock || probe >= 0) && ::stat(file.c_str(), &now) == 0) {
            open_.push_back({.file = file, .device = now.st_dev, .inode = now.st_ino});
        }
    }
    tried_ = std::chrono::steady_clock::now();
    change(&Health::disk_, {});
}

bool Health::files_are_ours() {
    for (const auto& file : open_) {
        if (!file.holds()) {
            change(&Health::gone_, {Trouble::files_gone, file.file.filename().string()});
            return false;
        }
    }
    return true;
}

bool Health::database_is_ours() const { return !open_.empty() && open_.front().holds(); }

void Health::wrote() {
    tried_ = std::chrono::steady_clock::now();
    if (has_failed()) {
        change(&Health::write_, {});
    }
}

void Health::failed(Trouble trouble, std::string_view what) {
    change(trouble == Trouble::damaged ? &Health::damaged_ : &Health::write_, {trouble, std::string(what)});
}

bool Health::has_failed() const {
    const MutexLock lock(mutex_);
    return write_.trouble != Trouble::none;
}

void Health::look() {
    const auto now = std::chrono::steady_clock::now();
    const bool was_in_trouble = [&] {
        const MutexLock lock(mutex_);
        return disk_.trouble != Trouble::none;
    }();
    const bool tries =
        was_in_trouble || now - tried_ >= kTryEvery || (now - tried_ >= kTryEveryWhenAsked && asked_.exchange(false));
    const auto trouble = look_at_disk(files_.folder, tries ? probe_ : -1);
    const int error = errno;
    if (tries) {
        tried_ = now;
    }
    if (was_in_trouble || trouble != Trouble::none) {
        change(&Health::disk_, {trouble, trouble == Trouble::failed ? std::strerror(error) : ""});
    }
}

}  // namespace orderd::storage
