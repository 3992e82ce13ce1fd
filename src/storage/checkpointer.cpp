#include "storage/checkpointer.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/json.h"

namespace orderd::storage {

Checkpointer::Checkpointer(Open open) : open_(std::move(open)), thread_([this] { work(); }) {}

Checkpointer::~Checkpointer() {
    {
        const MutexLock lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

bool Checkpointer::is_safe() {
    constexpr int kFirstSafe = 3051003;
    return sqlite3_libversion_number() >= kFirstSafe;
}

void Checkpointer::begin() {
    {
        const MutexLock lock(mutex_);
        if (under_way_) {
            return;
        }
        under_way_ = true;
    }
    changed_.notify_all();
}

std::optional<int> Checkpointer::copied() const {
    const MutexLock lock(mutex_);
    return under_way_ ? std::nullopt : std::optional(copied_);
}

void Checkpointer::wait() {
    const MutexLock lock(mutex_);
    while (under_way_) {
        changed_.wait(mutex_);
    }
}

void Checkpointer::work() {
    for (;;) {
        {
            const MutexLock lock(mutex_);
            while (!under_way_ && !ending_) {
                changed_.wait(mutex_);
            }
            if (!under_way_) {
                return;
            }
        }
        const int copied = pass();
        {
            const MutexLock lock(mutex_);
            copied_ = copied;
            under_way_ = false;
        }
        changed_.notify_all();
    }
}

/// @returns pages of the log that are in the database; 0 if that is not known
int Checkpointer::pass() {
    int code = SQLITE_OK;
    try {
        if (!connection_) {
            connection_.emplace(open_());
        }
        int in_log = 0;
        int copied = 0;
        code = sqlite3_wal_checkpoint_v2(connection_->database().getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                         &in_log, &copied);
        if (code == SQLITE_OK) {
            return std::max(copied, 0);
        }
    } catch (const SQLite::Exception& error) {
        code = error.getExtendedErrorCode();
    }
    if (code != SQLITE_BUSY) {
        failed_.error("the checkpoint failed; it will be tried again", {{"sqlite_code", code}});
    }
    return 0;
}

}  // namespace orderd::storage
