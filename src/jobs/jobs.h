#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/budgets.h"
#include "base/json.h"
#include "base/mutex.h"
#include "base/repeated_log.h"
#include "base/time.h"
#include "jobs/lanes.h"
#include "jobs/pauses.h"
#include "jobs/turns.h"
#include "storage/pruning.h"
#include "storage/store.h"

namespace orderd::jobs {

struct NewJob {
    Kind kind;
    Json payload = Json::object();  ///< no personal data, no secrets
    Time run_at;
    std::string dedupe_key = {};  ///< not added while a job with this key is queued or running
    std::string party = {};       ///< the outside service that it calls, see LaneLimits; empty: none
};

/// Adds a job in the same transaction as the change that needs it: after a crash, both are stored or neither is.
/// @returns whether it was added (false: there is already a job with its key)
bool add(storage::Transaction& tx, const NewJob& job, Time now);

/// The dedupe key of a kind that has at most one job per subject: "order.expire:1001".
std::string key_of(Kind kind, std::int64_t about);

/// The payload of the queued or running job with this dedupe key, if there is one.
std::optional<Json> under_way(const storage::View& view, std::string_view dedupe_key);

/// Whether a job of this kind and payload is a dead letter. Staff can start it again.
bool has_died(const storage::View& view, Kind kind, const Json& payload);

/// Starts a dead job again, and counts its tries from zero. @returns false if it is not dead
bool start_again(storage::Transaction& tx, JobId id, Time now);

/// Deletes a dead job. @returns false if it is not dead
bool discard(storage::Transaction& tx, JobId id);

/// Removes a slice of the jobs that died long ago. Jobs for money stay: a person has to say what became of it.
storage::Pruned remove_dead(storage::Transaction& tx, const storage::Slice& slice);

/// Makes a party's jobs that wait for a retry due now.
void hurry(storage::Transaction& tx, Lane lane, std::string_view party, Time now);

/// How many jobs of a lane are due but wait for a worker or for the end of their party's pause. It stops
/// counting at a limit. `party`: count only its jobs.
std::int64_t waiting(const storage::View& view, Lane lane, std::optional<std::string_view> party, Time now);

/// A job that a worker of this process holds.
struct Job {
    JobId id{};
    std::string kind = {};
    Json payload = {};
    int attempt = 1;  ///< from 1
    int max_attempts = 1;
    Lane lane = Lane::upkeep;
    std::string party = {};
    const std::atomic<bool>* stop = nullptr;  ///< set when the server is about to end

    /// Whether the server is about to end. A long handler calls end_if_stopping() at points where it is safe to stop.
    bool stopping() const { return stop != nullptr && *stop; }
    void end_if_stopping() const;  ///< @throws Interrupted
};

/// Does one job. It must be idempotent: it may be called again for the same job at any time, even after it
/// succeeded (a crash may come before that was stored). If it throws, the job is retried with exponential
/// back-off and full jitter, and becomes a dead letter after max_attempts. Runs outside any transaction;
/// writes with `store.writer()`.
using Handler = std::function<void(const Job& job)>;

/// Thrown by a handler if a retry cannot help: the job becomes a dead letter at once.
class GiveUp : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Thrown by a handler if its party did not answer in time or was not reached. The party may then be paused.
/// In an ordered lane, the job stays the party's next one, and never becomes a dead letter because of this.
class NoAnswer : public std::runtime_error {
public:
    /// `decided`: the handler gave up on the job's purpose, so the job is done.
    explicit NoAnswer(const std::string& what, bool decided = false) : std::runtime_error(what), decided_(decided) {}
    bool decided() const { return decided_; }

private:
    bool decided_;
};

/// Thrown by a handler that has to continue at a later time. This is not a failure, and never makes a dead letter.
class Later : public std::exception {
public:
    explicit Later(Time at) : at_(at) {}
    Time at() const { return at_; }
    const char* what() const noexcept override { return "the job goes on later"; }

private:
    Time at_;
};

/// Thrown by a handler that stopped because the server ends. The job continues at the next start.
class Interrupted : public std::runtime_error {
public:
    Interrupted() : std::runtime_error("orderd is stopping") {}
};

/// The workers of the durable queue. Only the server has them, since it holds the shop's lock. So a job that
/// is marked as running but held by none of these workers was left by a process that ended, and is run again.
///
/// One thread dispatches the due jobs to the workers, so that lane limits need no locks in the database.
class Workers {
public:
    struct Options {
        /// Workers of the money lane (there is a minimum); 0: only run_one() and drain() run jobs.
        int threads = budget::kMoneyWorkers;
        std::function<void(const Job& job)> at_job = {};  ///< called before each run of one, on its worker
    };

    Workers(storage::Store& store, const Clock& clock, Options options);
    ~Workers();  ///< stop()

    /// Before start() only.
    void handle(Kind kind, Handler handler);

    /// Runs a job of this kind periodically: at start, then `period` after each run.
    void every(Kind kind, Duration period, Handler handler);

    /// Requeues jobs that an earlier process left running, and starts. If the disk cannot be written to yet,
    /// the server starts anyway, and this is retried until it succeeds.
    void start();

    /// Asks running jobs to stop where it is safe, and starts no others. Does not wait. Thread-safe.
    void ask_to_stop();
    void stop();  ///< ask_to_stop(), then waits for the running jobs

    /// Wakes the workers: a job was added, or the clock was moved. Thread-safe, quick.
    void wake();

    /// Chooses one of the jobs that may begin now: a place in the list, which is not empty.
    using Pick = std::function<std::size_t(const std::vector<Turn>& due)>;

    /// Runs one due job on this thread; without `pick`, the one that has been due for longest. For tests.
    /// @returns whether there was one
    bool run_one(const Pick& pick = {});

    int drain();  ///< run_one() until nothing is due. @returns how many ran

    Pauses& pauses() { return pauses_; }

    struct Figures {
        Lane lane;
        int workers;  ///< the limit
        int running;
    };
    std::vector<Figures> figures() const;  ///< one for each lane

private:
    /// A lane's running jobs.
    struct Running {
        int all = 0;
        std::map<std::string, int, std::less<>> of_party;
    };
    struct Ending;

    int most_of(Lane lane) const;
    int most_of_party(Lane lane) const;

    // the thread that dispatches jobs
    void hand_out() EXCLUDES(mutex_);
    void hand_to_worker(Job job) EXCLUDES(mutex_);
    std::vector<Job> take(const Pick* only_one) EXCLUDES(taking_, mutex_);
    std::vector<Turn> choose() REQUIRES(taking_) EXCLUDES(mutex_);
    void begin() EXCLUDES(taking_, mutex_);
    void take_up_lost() EXCLUDES(taking_, mutex_);

    // the workers
    void work() EXCLUDES(mutex_);
    std::optional<Job> next() EXCLUDES(mutex_);
    void run(const Job& job) EXCLUDES(mutex_);
    Ending handled(const Job& job) EXCLUDES(mutex_);
    void finish(const Job& job, const Ending& ending) EXCLUDES(mutex_);
    void release(const Job& job, bool is_lost) EXCLUDES(mutex_);

    storage::Store& store_;
    const Clock& clock_;
    const Options options_;
    std::map<std::string, Handler, std::less<>> handlers_;  // constant after start()
    std::map<std::string, Duration, std::less<>> periods_;  // constant after start()
    std::vector<Kind> repeated_;                            // constant after start()
    Pauses pauses_;
    std::atomic<bool> stopping_ = false;
    std::atomic<bool> begun_ = false;
    std::atomic<bool> lost_some_ = false;  ///< a job may be marked as running that no worker holds
    log::RepeatedLine broken_;
    log::RepeatedLine not_reported_;

    Mutex taking_;  ///< held while jobs are chosen and taken

    mutable Mutex mutex_;
    ConditionVariable woken_;    ///< wakes the dispatching thread
    ConditionVariable arrived_;  ///< a job was dispatched
    ConditionVariable ended_;    ///< a worker ended
    bool wake_ GUARDED_BY(mutex_) = false;
    std::array<Running, kLanes.size()> running_ GUARDED_BY(mutex_){};
    std::set<JobId> held_ GUARDED_BY(mutex_);
    std::deque<Job> given_ GUARDED_BY(mutex_);  ///< dispatched, but not started
    int workers_ GUARDED_BY(mutex_) = 0;
    int idle_ GUARDED_BY(mutex_) = 0;

    std::thread hands_out_;
};

}  // namespace orderd::jobs
