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
#include "storage/store.h"

namespace orderd::jobs {

struct NewJob {
    Kind kind;
    Json payload = Json::object();  ///< no personal data, no secrets
    Time run_at;
    std::string dedupe_key = {};  ///< while a job with this key waits or runs, this one is not added
    std::string party = {};       ///< whom it asks outside, see LaneLimits; empty: nobody
};

/// Adds a job in the transaction of the change that asks for it: both are there after a crash, or neither.
/// @returns whether it was added (false: one with its key is there already)
bool add(storage::Transaction& tx, const NewJob& job, Time now);

/// The dedupe key of a kind's only job about one thing: "order.expire:1001".
std::string key_of(Kind kind, std::int64_t about);

/// The payload of the job with this dedupe key that waits or runs, if there is one.
std::optional<Json> under_way(const storage::View& view, std::string_view dedupe_key);

/// Whether a job of this kind and payload is a dead letter, which staff can start again.
bool has_died(const storage::View& view, Kind kind, const Json& payload);

/// Starts a dead job again, its tries counted from the beginning. @returns false if it is not dead
bool start_again(storage::Transaction& tx, JobId id, Time now);

/// Gives up a dead job for good. @returns false if it is not dead
bool discard(storage::Transaction& tx, JobId id);

/// Makes the jobs of a party due that wait for their next try.
void hurry(storage::Transaction& tx, Lane lane, std::string_view party, Time now);

/// How many jobs of a lane are due and wait: for a worker, or for the end of their party's pause. Counts no further
/// than to a bound. `party`: of this one alone.
std::int64_t waiting(const storage::View& view, Lane lane, std::optional<std::string_view> party, Time now);

/// A job that this worker holds.
struct Job {
    JobId id{};
    std::string kind = {};
    Json payload = {};
    int attempt = 1;  ///< from 1
    int max_attempts = 1;
    Lane lane = Lane::upkeep;
    std::string party = {};
    const std::atomic<bool>* stop = nullptr;  ///< set: the server is about to end

    /// Whether the server is about to end: a long handler stops where it is safe, with end_if_stopping().
    bool stopping() const { return stop != nullptr && *stop; }
    void end_if_stopping() const;  ///< @throws Interrupted
};

/// Does one job. May be called again for the same job, at any time, also after it succeeded (a crash may come before
/// that was written): it must be safe to run twice. Throwing means "try again later": exponential backoff with full
/// jitter, and after max_attempts a dead letter. Runs outside any transaction; writes through `store.writer()`.
using Handler = std::function<void(const Job& job)>;

/// Thrown by a handler for what trying again cannot mend: a dead letter at once.
class GiveUp : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Thrown by a handler whose party did not answer in time, or was not reached: the party may be paused. In a lane that
/// keeps order the job stays the party's next, and never dies of this.
class NoAnswer : public std::runtime_error {
public:
    /// `decided`: the handler gave up on what the job was for, and the job is done.
    explicit NoAnswer(const std::string& what, bool decided = false) : std::runtime_error(what), decided_(decided) {}
    bool decided() const { return decided_; }

private:
    bool decided_;
};

/// Thrown by a handler that has work left for a later time. Not a failure: the job never dies of it.
class Later : public std::exception {
public:
    explicit Later(Time at) : at_(at) {}
    Time at() const { return at_; }
    const char* what() const noexcept override { return "the job goes on later"; }

private:
    Time at_;
};

/// Thrown by a handler that was stopped by the server's end: the job goes on at the next start.
class Interrupted : public std::runtime_error {
public:
    Interrupted() : std::runtime_error("orderd is stopping") {}
};

/// The workers of the durable queue. Only the server has them, which holds the shop's lock: a job that is marked as
/// running, and that none of these workers holds, was left by a process that ended, and is taken again.
///
/// One thread hands the jobs that are due to the workers, so that a lane's limits hold without locks in the database.
class Workers {
public:
    struct Options {
        /// Workers of the lane for money, at least a few; 0: jobs run only by run_one() and drain().
        int threads = budget::kMoneyWorkers;
        std::function<void(const Job& job)> at_job = {};  ///< called before each run of one, on its worker
    };

    Workers(storage::Store& store, const Clock& clock, Options options);
    ~Workers();  ///< stop()

    /// Before start() only.
    void handle(Kind kind, Handler handler);

    /// Adds a job of this kind again and again: at start, then each `period` after it was done.
    void every(Kind kind, Duration period, Handler handler);

    /// Takes up what the process before left running, and begins. Works also where the disk takes no write yet: what
    /// has to be written then is, as soon as it can be.
    void start();

    /// Tells the jobs under way to stop where it is safe, and begins no other one. Does not wait. Thread-safe.
    void ask_to_stop();
    void stop();  ///< ask_to_stop(), and waits for the jobs under way

    /// Wakes the workers: a job was added, or the clock was moved. Thread-safe, quick.
    void wake();

    /// Which of the jobs that may begin now does: a place in the list, which is not empty.
    using Pick = std::function<std::size_t(const std::vector<Turn>& due)>;

    /// Runs one of the jobs that are due by the clock, on this thread: without `pick`, the one that has been due for
    /// longest. For tests. @returns whether there was one
    bool run_one(const Pick& pick = {});

    int drain();  ///< run_one() until nothing is due. @returns how many ran

    Pauses& pauses() { return pauses_; }

    struct Figures {
        Lane lane;
        int workers;  ///< at most
        int running;
    };
    std::vector<Figures> figures() const;  ///< of each lane

private:
    /// A lane's jobs under way.
    struct Running {
        int all = 0;
        std::map<std::string, int, std::less<>> of_party;
    };
    struct Ending;

    int most_of(Lane lane) const;
    int most_of_party(Lane lane) const;

    // the thread that hands jobs out
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
    void release(const Job& job) EXCLUDES(mutex_);

    storage::Store& store_;
    const Clock& clock_;
    const Options options_;
    std::map<std::string, Handler, std::less<>> handlers_;  // constant after start()
    std::map<std::string, Duration, std::less<>> periods_;  // constant after start()
    std::vector<Kind> repeated_;                            // constant after start()
    Pauses pauses_;
    std::atomic<bool> stopping_ = false;
    std::atomic<bool> begun_ = false;
    std::atomic<bool> lost_some_ = false;  ///< the database may call a job running that nobody holds
    log::RepeatedLine broken_;
    log::RepeatedLine not_reported_;

    Mutex taking_;  ///< held while jobs are chosen and taken

    mutable Mutex mutex_;
    ConditionVariable woken_;    ///< the thread that hands out
    ConditionVariable arrived_;  ///< workers
    ConditionVariable ended_;    ///< of a worker
    bool wake_ GUARDED_BY(mutex_) = false;
    std::array<Running, kLanes.size()> running_ GUARDED_BY(mutex_){};
    std::set<JobId> held_ GUARDED_BY(mutex_);
    std::deque<Job> given_ GUARDED_BY(mutex_);  ///< to workers, and not begun
    int workers_ GUARDED_BY(mutex_) = 0;
    int idle_ GUARDED_BY(mutex_) = 0;

    std::thread hands_out_;
};

}  // namespace orderd::jobs
