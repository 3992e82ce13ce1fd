#include <algorithm>
#include <chrono>
#include <iterator>
#include <system_error>
#include <tuple>

#include "base/log.h"
#include "base/random.h"
#include "jobs/jobs.h"
#include "storage/events.h"

namespace orderd::jobs {

namespace {

constexpr Duration kFirstDelay = seconds(2);
constexpr Duration kLongestDelay = hours(1);

/// The minimum of workers in the money lane, if it has any: a few hanging charges must not delay others.
constexpr int kFewest = 64;

/// How often the queue is polled without a wake-up: for jobs that have become due, and for jobs that other
/// processes added.
constexpr auto kLook = std::chrono::milliseconds(500);
constexpr auto kLookAfterFailure = std::chrono::milliseconds(2000);
constexpr auto kIdle = std::chrono::seconds(10);  ///< after which an idle worker ends

constexpr auto kTake = R"sql(
    UPDATE job SET status = 'running', attempts = attempts + 1, updated_at = ?2
     WHERE id = ?1 AND status = 'ready' AND run_at <= ?2
 RETURNING id, kind, payload, attempts, max_attempts, lane, party
)sql";
constexpr auto kRunning = "SELECT id FROM job WHERE status = 'running'";
constexpr auto kTakeUp = "UPDATE job SET status = 'ready', updated_at = ?2 WHERE id = ?1 AND status = 'running'";
constexpr auto kNowDue = "UPDATE job SET run_at = ?2 WHERE dedupe_key = ?1 AND status = 'ready' AND run_at > ?2";
constexpr auto kDone = "DELETE FROM job WHERE id = ?1 AND status = 'running'";
constexpr auto kRetry = R"sql(
    UPDATE job SET status = 'ready', run_at = ?2, attempts = ?3, last_error = ?4, updated_at = ?5
     WHERE id = ?1 AND status = 'running'
)sql";
// Keeps run_at, which is the job's place among its party's jobs.
constexpr auto kKeepPlace = R"sql(
    UPDATE job SET status = 'ready', attempts = ?2, last_error = ?3, updated_at = ?4
     WHERE id = ?1 AND status = 'running'
)sql";
constexpr auto kBury = R"sql(
    UPDATE job SET status = 'dead', dedupe_key = NULL, last_error = ?2, updated_at = ?3
     WHERE id = ?1 AND status = 'running'
)sql";

/// Exponential back-off with full jitter: jobs that failed together are not retried together.
Duration delay_after(int attempt) {
    const auto ceiling = std::min(kLongestDelay.ms, kFirstDelay.ms << std::min(attempt, 20));
    return {static_cast<std::int64_t>(random_below(static_cast<std::uint32_t>(ceiling))) + 1};
}

std::size_t index_of(Lane lane) { return static_cast<std::size_t>(lane); }

}  // namespace

/// How a run of a job ended.
struct Workers::Ending {
    enum class How { done, later, no_answer, failed, hopeless, interrupted };

    How how = How::done;
    std::string failure = {};
    Time at = {};          ///< later: when to continue
    bool begun = true;     ///< interrupted: whether the handler was called
    bool decided = false;  ///< no_answer: whether nothing is left to do
};

Workers::Workers(storage::Store& store, const Clock& clock, Options options)
    : store_(store), clock_(clock), options_(options) {}

Workers::~Workers() { stop(); }

void Workers::handle(Kind kind, Handler handler) { handlers_.emplace(kind.name, std::move(handler)); }

void Workers::every(Kind kind, Duration period, Handler handler) {
    periods_.emplace(kind.name, period);
    repeated_.push_back(kind);
    handle(kind, std::move(handler));
}

void Workers::start() {
    try {
        begin();
    } catch (const std::exception& error) {  // a disk that cannot be written to must not keep the server from starting
        log::error("the jobs cannot be started; this will be tried again", {{"error", error.what()}});
    }
    if (options_.threads > 0) {
        hands_out_ = std::thread([this] { hand_out(); });
    }
}

void Workers::begin() {
    take_up_lost();
    store_.writer().run([this](storage::Transaction& tx) {
        const auto now = clock_.now();
        for (const auto& kind : repeated_) {
            const auto key = "every:" + std::string(kind.name);
            if (!add(tx, {.kind = kind, .run_at = now, .dedupe_key = key}, now)) {
                tx.run(kNowDue, key, now);  // a changed configuration takes effect at once
            }
        }
    });
    begun_ = true;
}

void Workers::ask_to_stop() {
    {
        const MutexLock lock(mutex_);
        stopping_ = true;
    }
    woken_.notify_all();
    arrived_.notify_all();
}

void Workers::stop() {
    ask_to_stop();
    if (hands_out_.joinable()) {
        hands_out_.join();
    }
    const MutexLock lock(mutex_);
    while (workers_ > 0) {
        ended_.wait(mutex_);
    }
}

void Workers::wake() {
    {
        const MutexLock lock(mutex_);
        wake_ = true;
    }
    woken_.notify_one();
}

int Workers::most_of(Lane lane) const {
    const auto& limits = limits_of(lane);
    return lane == Lane::money ? std::max(options_.threads, kFewest) : limits.workers;
}

int Workers::most_of_party(Lane lane) const {
    const auto& limits = limits_of(lane);
    return lane == Lane::money ? std::max(1, most_of(lane) * limits.per_party / limits.workers) : limits.per_party;
}

std::vector<Workers::Figures> Workers::figures() const {
    std::vector<Figures> all;
    const MutexLock lock(mutex_);
    for (const auto lane : kLanes) {
        all.push_back({.lane = lane,
                       .workers = options_.threads > 0 ? most_of(lane) : 0,
                       .running = running_.at(index_of(lane)).all});
    }
    return all;
}

void Workers::hand_out() {
    while (!stopping_) {
        bool some = false;
        auto look = kLook;
        try {
            if (!begun_) {
                begin();
            }
            if (lost_some_.exchange(false)) {
                take_up_lost();
            }
            for (auto& job : take(nullptr)) {
                some = true;
                hand_to_worker(std::move(job));
            }
        } catch (const std::exception& error) {
            lost_some_ = true;
            look = kLookAfterFailure;
            broken_.error("the job queue cannot be read or written; it will be tried again", {{"error", error.what()}});
        }
        const MutexLock lock(mutex_);
        const auto until = std::chrono::steady_clock::now() + look;
        const bool may_be_woken = look == kLook;
        while (!some && !stopping_ && !(wake_ && may_be_woken) && woken_.wait_until(mutex_, until)) {
        }
        wake_ = false;
    }
}

void Workers::hand_to_worker(Job job) {
    {
        const MutexLock lock(mutex_);
        const bool enough = idle_ > static_cast<int>(given_.size());
        if (!enough) {
            try {
                std::thread([this] { work(); }).detach();
                ++workers_;
            } catch (const std::system_error& error) {
                log::warning("no further worker could be started", {{"workers", workers_}, {"error", error.what()}});
            }
        }
        if (workers_ > 0) {
            given_.push_back(std::move(job));
            arrived_.notify_one();
            return;
        }
    }
    run(job);  // without any worker, on this thread: slow is better than not at all
}

void Workers::work() {
    while (const auto job = next()) {
        run(*job);
    }
}

/// Waits for a job. @returns nullopt if the worker should end (it was idle for long, or the server stops); it
/// must then touch nothing more
std::optional<Job> Workers::next() {
    const MutexLock lock(mutex_);
    ++idle_;
    const auto until = std::chrono::steady_clock::now() + kIdle;
    while (!stopping_ && given_.empty() && arrived_.wait_until(mutex_, until)) {
    }
    --idle_;
    if (given_.empty()) {
        --workers_;
        ended_.notify_all();  // under the lock: once it is released, the waiting thread may destroy this object
        return std::nullopt;
    }
    auto job = std::move(given_.front());
    given_.pop_front();
    return job;
}

bool Workers::run_one(const Pick& pick) {
    const Pick oldest = [](const std::vector<Turn>& due) {
        const auto first = std::min_element(due.begin(), due.end(), [](const Turn& a, const Turn& b) {
            return std::tie(a.run_at, a.id) < std::tie(b.run_at, b.id);
        });
        return static_cast<std::size_t>(first - due.begin());
    };
    std::vector<Job> taken;
    try {
        if (lost_some_.exchange(false)) {
            take_up_lost();
        }
        taken = take(pick ? &pick : &oldest);
    } catch (const std::exception&) {
        lost_some_ = true;
        throw;
    }
    for (const auto& job : taken) {
        run(job);
    }
    return !taken.empty();
}

int Workers::drain() {
    int ran = 0;
    while (run_one()) {
        ++ran;
    }
    return ran;
}

/// Requeues jobs that are marked as running but held by no worker: an earlier process left them, or storing
/// their result failed.
void Workers::take_up_lost() {
    const MutexLock taking(taking_);  // to the end, so that none of them is taken meanwhile
    std::vector<JobId> lost;
    store_.read().each(kRunning, [&](const storage::Row& row) { lost.push_back(row.get<JobId>(0)); });
    {
        const MutexLock lock(mutex_);
        std::erase_if(lost, [this](JobId id) REQUIRES(mutex_) { return held_.contains(id); });
    }
    if (!lost.empty()) {
        store_.writer().run([&](storage::Transaction& tx) {
            for (const auto id : lost) {
                tx.run(kTakeUp, id, clock_.now());
            }
        });
    }
}

std::vector<Turn> Workers::choose() {
    const auto now = clock_.now();
    const auto under_way = [this] {
        const MutexLock lock(mutex_);
        return running_;
    }();
    std::vector<Turn> turns;
    const auto view = store_.read();
    for (const auto lane : kLanes) {
        const auto& running = under_way.at(index_of(lane));
        const auto of_party = [&](std::string_view party) {
            const auto found = running.of_party.find(party);
            return found == running.of_party.end() ? 0 : found->second;
        };
        const Room room{.free = most_of(lane) - running.all,
                        .free_for = [&](std::string_view party) { return most_of_party(lane) - of_party(party); },
                        .runs = [&](std::string_view party) { return of_party(party) > 0; },
                        .pause = [this](std::string_view party) { return pauses_.of(party); }};
        auto next = next_turns(view, lane, room, now);
        std::move(next.begin(), next.end(), std::back_inserter(turns));
    }
    return turns;
}

/// Marks jobs as running, and as held by this process. It first chooses them with a reader, so that an idle
/// shop writes nothing.
std::vector<Job> Workers::take(const Pick* only_one) {
    const MutexLock taking(taking_);
    auto turns = choose();
    std::vector<Job> taken;
    if (turns.empty()) {
        return taken;
    }
    if (only_one != nullptr) {
        turns = {turns.at((*only_one)(turns))};
    }
    store_.writer().run([&](storage::Transaction& tx) {
        for (const auto& turn : turns) {
            auto job = tx.first(
                kTake,
                [&](const storage::Row& row) {
                    return Job{.id = row.get<JobId>(0),
                               .kind = row.get<std::string>(1),
                               .payload = stored_json(row.get<std::string_view>(2)),
                               .attempt = row.get<int>(3),
                               .max_attempts = row.get<int>(4),
                               .lane = lane_from(row.get<std::string_view>(5)).value_or(Lane::upkeep),
                               .party = row.get<std::string>(6),
                               .stop = &stopping_};
                },
                turn.id, clock_.now());
            if (job) {
                taken.push_back(std::move(*job));
            }
        }
    });
    const MutexLock lock(mutex_);
    for (const auto& job : taken) {
        auto& running = running_.at(index_of(job.lane));
        ++running.all;
        ++running.of_party[job.party];
        held_.insert(job.id);
    }
    return taken;
}

void Workers::release(const Job& job, bool is_lost) {
    {
        const MutexLock lock(mutex_);
        auto& running = running_.at(index_of(job.lane));
        --running.all;
        if (const auto of_party = running.of_party.find(job.party); --of_party->second == 0) {
            running.of_party.erase(of_party);
        }
        held_.erase(job.id);
        if (is_lost) {
            lost_some_ = true;  // and not before: what is held is not taken up
        }
        wake_ = true;  // there is room for the next job
    }
    woken_.notify_one();
}

void Workers::run(const Job& job) {
    if (options_.at_job) {
        options_.at_job(job);
    }
    bool is_lost = false;
    try {
        finish(job, handled(job));
    } catch (const std::exception& error) {
        is_lost = true;  // it will run again: handlers are idempotent
        not_reported_.error("the result of a job cannot be stored; it will run again",
                            {{"job", number(job.id)}, {"kind", job.kind}, {"error", error.what()}});
    }
    release(job, is_lost);
}

Workers::Ending Workers::handled(const Job& job) {
    using How = Ending::How;
    if (stopping_) {
        return {.how = How::interrupted, .begun = false};
    }
    const auto cut_off = [&](Ending ending) { return stopping_ ? Ending{.how = How::interrupted} : ending; };
    try {
        const auto handler = handlers_.find(job.kind);
        if (handler == handlers_.end()) {
            throw GiveUp("this orderd has no handler for such a job");
        }
        if (job.attempt > job.max_attempts && !periods_.contains(job.kind)) {
            throw GiveUp("the server ended during each allowed try of this job");  // the job may have crashed it
        }
        handler->second(job);
        return {.how = How::done};
    } catch (const GiveUp& error) {
        return {.how = How::hopeless, .failure = error.what()};
    } catch (const Later& later) {
        return {.how = How::later, .at = later.at()};
    } catch (const Interrupted& error) {
        return {.how = How::interrupted, .failure = error.what()};
    } catch (const NoAnswer& error) {
        return cut_off({.how = How::no_answer, .failure = error.what(), .decided = error.decided()});
    } catch (const std::exception& error) {
        return cut_off({.how = How::failed, .failure = error.what()});
    }
}

void Workers::finish(const Job& job, const Ending& ending) {
    using How = Ending::How;
    const auto now = clock_.now();
    const auto period = periods_.find(job.kind);
    if (!job.party.empty()) {
        if (ending.how == How::no_answer) {
            pauses_.no_answer(job.lane, job.party, ending.failure, now);
        } else if (ending.how == How::done || ending.how == How::later) {
            pauses_.answered(job.party);
        }
    }
    const bool keeps_place = ending.how == How::no_answer && limits_of(job.lane).in_order;
    const bool spent = job.attempt >= job.max_attempts;
    store_.writer().run([&](storage::Transaction& tx) {
        tx.touched(storage::Topic::jobs);
        if (ending.how == How::interrupted) {
            // A started try counts, since its effect is unknown; but the server's end never makes a dead letter.
            const int attempts = ending.begun ? std::min(job.attempt, job.max_attempts - 1) : job.attempt - 1;
            tx.run(kKeepPlace, job.id, attempts, ending.failure, now);
        } else if (period != periods_.end()) {
            tx.run(kRetry, job.id, now + period->second, job.attempt, ending.failure, now);
        } else if (ending.how == How::done || ending.decided) {
            tx.run(kDone, job.id);
        } else if (ending.how == How::later) {
            tx.run(kRetry, job.id, ending.at, 1, ending.failure, now);
        } else if (keeps_place) {
            tx.run(kKeepPlace, job.id, 1, ending.failure, now);
        } else if (ending.how == How::hopeless || spent) {
            if (tx.run(kBury, job.id, ending.failure, now) == 1) {
                events::record(tx, "job.died", {"job", number(job.id)}, {{"kind", job.kind}, {"attempts", job.attempt}},
                               Actor::system(), now);
            }
        } else {
            tx.run(kRetry, job.id, now + delay_after(job.attempt), job.attempt, ending.failure, now);
        }
    });
    if (!ending.failure.empty() && ending.how != How::interrupted) {
        log::warning("a job failed", {{"job", number(job.id)}, {"kind", job.kind}, {"attempt", job.attempt}});
    }
}

}  // namespace orderd::jobs
