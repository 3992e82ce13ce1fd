#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/time.h"
#include "storage/vault.h"
#include "storage/writer.h"

namespace orderd::storage {

/// The files of a shop's folder.
struct Files {
    explicit Files(const std::filesystem::path& folder)
        : folder(folder), database(folder / "shop.db"), key(folder / "shop.key"), lock(folder / "shop.lock") {}

    std::filesystem::path folder;
    std::filesystem::path database;
    std::filesystem::path key;   ///< never in a backup of the database
    std::filesystem::path lock;  ///< held by the one process that writes
};

/// A reader's connection, inside a read transaction: one snapshot. Returned to its pool at the end of its life.
class Reader;

/// One shop's database: the pool of read-only connections and the one writer. Thread-safe.
class Store {
public:
    enum class Missing { create, refuse };

    struct Options {
        Missing missing = Missing::refuse;
        std::size_t readers = 8;      ///< connections in the pool, opened when first needed
        Writer::Limits limits;
        std::string currency = "EUR"; ///< of a shop that is made now
    };

    /// Opens the shop in a folder, or makes one there; migrates an older database.
    ///
    /// @throws OpenError with a text for a person: not there, not ours, newer than this executable, corrupt,
    ///         read-only, its key missing or another's, or in use by another orderd
    Store(const std::filesystem::path& folder, const Clock& clock, Options options);
    ~Store();

    /// A snapshot of everything that was committed before the call. Waits for a connection when all are in use; never
    /// waits for the writer.
    Reader read();

    Writer& writer() { return *writer_; }
    const Vault& vault() const { return vault_; }
    const Files& files() const { return files_; }

    /// Grows with each commit that touched the topic, before its callers are answered. What was read from a snapshot
    /// taken after asking is as new as the number says, or newer.
    std::uint64_t generation(Topic topic) const {
        return generations_[static_cast<std::size_t>(topic)].load(std::memory_order_acquire);
    }

    /// Adds a listener that is called after each commit, on the writer's thread: quick, and never throwing. Before the
    /// first mutation only.
    void on_commit(Writer::OnCommit listener);

    /// Copies the database while it is in use, consistent as of one moment, and checks the copy. The key is not in it.
    ///
    /// @throws OpenError when the target exists or cannot be written
    void backup(const std::filesystem::path& target);

    void stop();  ///< commits what waits and closes; nothing else may be called after

private:
    friend class Reader;
    class Lock;

    void give_back(std::unique_ptr<Connection> connection);
    void committed(unsigned topics);

    // constant after construction
    Files files_;
    std::unique_ptr<Lock> lock_;
    Vault vault_;
    std::size_t most_readers_;

    std::array<std::atomic<std::uint64_t>, static_cast<std::size_t>(Topic::count)> generations_{};
    std::vector<Writer::OnCommit> listeners_;

    // guarded by mutex_
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t opened_ = 0;

    std::unique_ptr<Writer> writer_;
};

class Reader : public View {
public:
    Reader(Store& store, std::unique_ptr<Connection> connection);
    Reader(Reader&& other) noexcept;
    Reader& operator=(Reader&&) = delete;
    ~Reader();

private:
    Store* store_;
    std::unique_ptr<Connection> owned_;
};

/// The shop cannot be opened; the text says why, and what to do.
class OpenError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace orderd::storage
