#include "storage/store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include "storage/opening.h"
#include "storage/private_index.h"

namespace orderd::storage {

Store::Lock::Lock(const std::filesystem::path& file) : fd_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (fd_ < 0 && (errno == EROFS || errno == ENOSPC || errno == EDQUOT)) {
        // The shop can still be read. Lock the existing file, or else the folder; every orderd without the file does.
        fd_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
        fd_ = fd_ >= 0 ? fd_ : ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    if (fd_ < 0) {
        throw OpenError(fmt::format("{} cannot be made: {}", file.string(), std::strerror(errno)));
    }
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
        ::close(fd_);
        throw OpenError(fmt::format("the shop in {} is served by another orderd already", file.parent_path().string()));
    }
}

Store::Lock::~Lock() { ::close(fd_); }

Store::Store(const std::filesystem::path& folder, const Options& options)
    : files_(folder),
      vault_(open_vault(files_, static_cast<bool>(options.make_new))),
      lock_(options.server ? std::make_unique<Lock>(files_.lock) : nullptr),
      most_readers_(options.readers),
      health_(files_) {
    if (most_readers_ == 0) {
        throw std::logic_error("a store needs a reader: without one, every read would wait forever");
    }
    auto connection = open_first(options);
    writer_ = std::make_unique<Writer>(
        std::move(connection), [this, schema = options.schema] { return open_late(schema); },
        [this] { return Connection(files_.database, Connection::Mode::read_write); }, vault_, options.limits,
        [this](unsigned topics) { committed(topics); }, health_);
}

/// @returns nullopt if the disk cannot be written to, but the shop can be read
std::optional<Connection> Store::open_first(const Options& options) {
    try {
        auto connection = open_database(files_, vault_, options.make_new, true, options.schema);
        seen_version_ = pragma(connection, "PRAGMA data_version");
        health_.opened(lock_ ? lock_->fd() : -1);
        return connection;
    } catch (const OpenError& error) {
        // What failed may have left some room behind: the disk is not full any more, and is too full all the same.
        const auto seen = lock_ ? look_at_disk(files_.folder, lock_->fd()) : Trouble::none;
        if (!lock_ || !open_for_reading(options.schema, seen == Trouble::none ? error.trouble() : seen)) {
            throw;
        }
        return std::nullopt;
    }
}

/// If the shop cannot be opened because its disk is full or read-only, lets readers work without shared memory.
/// @returns whether they can
bool Store::open_for_reading(const Schema& schema, Trouble trouble) {
    if (trouble != Trouble::no_space && trouble != Trouble::read_only) {
        return false;
    }
    try {
        if (!can_be_read(*open_reader(private_index_vfs()), vault_, files_, schema)) {
            return false;  // a migration needs room
        }
    } catch (const std::exception&) {
        return false;
    }
    {
        const MutexLock lock(mutex_);
        readers_vfs_ = private_index_vfs();
    }
    health_.failed(trouble, "the disk took no write when orderd started");
    return true;
}

/// Called on the writer's thread while readers work without shared memory. Opens the database once the disk
/// can be written to, and lets the readers open again.
///
/// @throws OpenError while that is not possible
Connection Store::open_late(const Schema& schema) {
    if (look_at_disk(files_.folder, lock_ ? lock_->fd() : -1) != Trouble::none) {
        throw OpenError("the disk cannot be written to yet");
    }
    // No reader without shared memory may be open when the first write comes.
    const MutexLock lock(mutex_);
    if (opened_ != idle_.size()) {
        throw OpenError("readers are in use; this will be tried again soon");
    }
    idle_.clear();
    opened_ = 0;
    auto connection = open_database(files_, vault_, {}, true, schema);
    readers_vfs_ = nullptr;
    health_.opened(lock_->fd());
    health_.wrote();
    return connection;
}

Store::~Store() { stop(); }

void Store::stop() { writer_->stop(); }

void Store::on_commit(Writer::OnCommit listener) { listeners_.push_back(std::move(listener)); }

void Store::committed(unsigned topics) {
    for (unsigned topic = 0; topic < generations_.size(); ++topic) {
        if ((topics >> topic & 1U) != 0) {
            generations_[topic].fetch_add(1, std::memory_order_release);
        }
    }
    for (const auto& listener : listeners_) {
        listener(topics);
    }
}

void Store::notice_others() {
    vault_.refresh();
    writer_->outside_transaction([this](Connection& connection) {
        // A connection's data_version changes only if another connection wrote. In this process only the
        // writer writes, so it was another process.
        const auto version = pragma(connection, "PRAGMA data_version");
        if (std::exchange(seen_version_, version) != version) {
            committed(~0U >> (32 - static_cast<unsigned>(Topic::count)));
        }
    });
}

bool Store::clear_log() {
    constexpr std::chrono::milliseconds kMoment{100};  // the writer is blocked meanwhile
    bool cleared = false;
    writer_->outside_transaction([&](Connection& connection) {
        sqlite3* handle = connection.database().getHandle();
        connection.wait_for_locks(kMoment);
        cleared = sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr) == SQLITE_OK;
        connection.wait_for_locks(Connection::kUsualWait);
    });
    return cleared;
}

void Store::compact() {
    writer_->outside_transaction([](Connection& connection) {
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL");
        connection.execute("VACUUM");
    });
    clear_log();
}

void Store::optimize() {
    writer_->outside_transaction([](Connection& connection) {
        connection.execute("PRAGMA analysis_limit = 1000");  // rows of an index that are looked at; no samples are kept
        connection.execute("PRAGMA optimize = 0x10002");     // of all tables, whatever this connection read so far
    });
}

}  // namespace orderd::storage
