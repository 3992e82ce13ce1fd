#pragma once

#include <functional>
#include <optional>
#include <thread>

#include "base/mutex.h"
#include "base/repeated_log.h"
#include "storage/connection.h"

namespace orderd::storage {

/// Copies the log (WAL) into the database while the writer goes on, on a connection and a thread of its own. Used by the
/// writer's thread alone.
///
/// SQLite before 3.51.3 can lose pages if one connection checkpoints while another begins the log anew
/// (https://sqlite.org/wal.html, "The WAL-Reset Bug"): there the writer has none of these.
class Checkpointer {
public:
    /// Opens the connection, on the checkpointer's thread and when it is first needed.
    using Open = std::function<Connection()>;

    explicit Checkpointer(Open open);
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;
    ~Checkpointer();  ///< waits for the pass that is under way

    /// Whether the SQLite that is linked allows it.
    static bool is_safe();

    /// Begins a pass, unless one is under way. It never waits for readers or the writer: what they hold up stays in the
    /// log.
    void begin();

    /// @returns pages of the log that are in the database and synced, as of the last pass; nullopt while one is under
    ///          way. Only true of the log that the pass began with, which the writer may have begun anew meanwhile.
    std::optional<int> copied() const;

    /// Waits for the pass that is under way, so that the caller can checkpoint itself.
    void wait();

private:
    void work();
    int pass();

    const Open open_;

    // used by the checkpointer's thread alone
    std::optional<Connection> connection_;
    log::RepeatedLine failed_;

    mutable Mutex mutex_;
    ConditionVariable changed_;
    bool under_way_ GUARDED_BY(mutex_) = false;
    bool ending_ GUARDED_BY(mutex_) = false;
    int copied_ GUARDED_BY(mutex_) = 0;
    std::thread thread_;
};

}  // namespace orderd::storage
