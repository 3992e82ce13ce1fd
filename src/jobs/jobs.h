#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/json.h"
#include "base/repeated_log.h"
#include "base/time.h"
#include "storage/store.h"

namespace orderd::jobs {

struct NewJob {
    std::string kind;               ///< names the handler: "order.expire"
    Json payload = Json::object();  ///< no personal data, no secrets
    Time run_at;
    std::string dedupe_key = {};  ///< while a job with this key waits or runs, this one is not added
    int max_attempts = 10;
};

/// Adds a job in the transaction of the change that asks for it: both are there after a crash, or neither.
/// @returns whether it was added (false: one with its key is there already)
bool add(storage::Transaction& tx, const NewJob& job, Time now);

/// The payload of the job with this dedupe key that waits or runs, if there is one.
std::optional<Json> under_way(const storage::View& view, std::string_view dedupe_key);

/// A job whose lease this worker holds.
struct Job {
    JobId id{};
    std::string kind;
    Json payload;
    int attempt = 1;  ///< from 1
    int max_attempts = 1;
};

/// Does one job. May be called again for the same job, at any time, also after it succeeded (a crash may come before
/// that was written): it must be safe to run twice. Throwing means "try again later": exponential backoff with full
/// jitter, and after max_attempts a dead letter. Runs outside any transaction; writes through `store.writer()`.
using Handler = std::function<void(const Job& job)>;

/// Thrown by a handler for what trying again cannot mend: a dead letter at once.
class GiveUp : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The workers of the durable queue. Leases run out, so that a job whose worker died is taken again.
class Workers {
public:
    struct Options {
        int threads = 2;
        Duration lease = minutes(5);
    };

    Workers(storage::Store& store, const Clock& clock, Options options);
    ~Workers();  ///< stop()

    /// Before start() only.
    void handle(std::string kind, Handler handler);

    /// Adds a job of this kind again and again: at start, then each `period` after it was done.
    void every(std::string kind, Duration period, Handler handler);

    /// Works also where the disk takes no write yet: what has to be written then is, as soon as it can be.
    void start();
    void stop();  ///< waits for the jobs under way

    /// Wakes the workers: a job was added, or the clock was moved. Thread-safe, quick.
    void wake();

    /// Runs everything that is due by the clock, on this thread, until nothing is. For tests, and for commands that
    /// have no workers. @returns how many ran
    int drain();

private:
    void announce();
    bool run_one();
    void finish(const Job& job, const std::string& failure, bool hopeless);
    void work();

    storage::Store& store_;
    const Clock& clock_;
    const Options options_;
    std::map<std::string, Handler, std::less<>> handlers_;  // constant after start()
    std::map<std::string, Duration, std::less<>> periods_;  // constant after start()
    std::atomic<bool> announced_ = false;                   ///< the jobs of every period are in the queue
    log::RepeatedLine broken_;

    // guarded by mutex_
    std::mutex mutex_;
    std::condition_variable woken_;
    bool wake_ = false;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace orderd::jobs
