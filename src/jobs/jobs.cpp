#include "jobs/jobs.h"

#include <algorithm>
#include <chrono>

#include "base/log.h"
#include "base/random.h"
#include "storage/events.h"

namespace orderd::jobs {

namespace {

constexpr Duration kFirstDelay = seconds(2);
constexpr Duration kLongestDelay = hours(1);

/// How often a worker looks by itself: for jobs whose time has come, and for what other processes added.
constexpr auto kLook = std::chrono::milliseconds(500);

constexpr auto kAdd = R"sql(
    INSERT INTO job (kind, dedupe_key, payload, status, run_at, max_attempts, created_at, updated_at)
    VALUES (?1, ?2, ?3, 'ready', ?4, ?5, ?6, ?6)
        ON CONFLICT (dedupe_key) DO NOTHING
)sql";
constexpr auto kUnderWay = "SELECT payload FROM job WHERE dedupe_key = ?1";
constexpr auto kHurry = "UPDATE job SET run_at = ?2 WHERE dedupe_key = ?1 AND status = 'ready' AND run_at > ?2";
constexpr auto kDue = R"sql(
    SELECT 1 FROM job WHERE status IN ('ready', 'running') AND run_at <= ?1 LIMIT 1
)sql";
constexpr auto kTake = R"sql(
    UPDATE job SET status = 'running', run_at = ?2, attempts = attempts + 1, updated_at = ?1
     WHERE id = (SELECT id FROM job WHERE status IN ('ready', 'running') AND run_at <= ?1 ORDER BY run_at, id LIMIT 1)
 RETURNING id, kind, payload, attempts, max_attempts
)sql";
constexpr auto kDone = "DELETE FROM job WHERE id = ?1 AND attempts = ?2 AND status = 'running'";
constexpr auto kRetry = R"sql(
    UPDATE job SET status = 'ready', run_at = ?3, last_error = ?4, updated_at = ?5
     WHERE id = ?1 AND attempts = ?2 AND status = 'running'
)sql";
constexpr auto kBury = R"sql(
    UPDATE job SET status = 'dead', dedupe_key = NULL, last_error = ?3, updated_at = ?4
     WHERE id = ?1 AND attempts = ?2 AND status = 'running'
)sql";

/// Exponential, with full jitter: many jobs that failed together do not come back together.
Duration delay_after(int attempt) {
    const auto ceiling = std::min(kLongestDelay.ms, kFirstDelay.ms << std::min(attempt, 20));
    return {static_cast<std::int64_t>(random_below(static_cast<std::uint32_t>(ceiling))) + 1};
}

}  // namespace

bool add(storage::Transaction& tx, const NewJob& job, Time now) {
    const auto key = job.dedupe_key.empty() ? std::nullopt : std::optional<std::string_view>(job.dedupe_key);
    const bool added = tx.run(kAdd, job.kind, key, json_text(job.payload), job.run_at, job.max_attempts, now) == 1;
    tx.touched(storage::Topic::jobs);
    return added;
}

std::optional<Json> under_way(const storage::View& view, std::string_view dedupe_key) {
    return view.first(
        kUnderWay, [](const storage::Row& row) { return stored_json(row.get<std::string_view>(0)); }, dedupe_key);
}

Workers::Workers(storage::Store& store, const Clock& clock, Options options)
    : store_(store), clock_(clock), options_(options) {}

Workers::~Workers() { stop(); }

void Workers::handle(std::string kind, Handler handler) { handlers_.emplace(std::move(kind), std::move(handler)); }

void Workers::every(std::string kind, Duration period, Handler handler) {
    periods_.emplace(kind, period);
    handle(std::move(kind), std::move(handler));
}

void Workers::start() {
    try {
        announce();
    } catch (const storage::NotStored&) {
        // The workers try again.
    }
    for (int i = 0; i < options_.threads; ++i) {
        threads_.emplace_back([this] { work(); });
    }
}

void Workers::announce() {
    store_.writer().run([this](storage::Transaction& tx) {
        for (const auto& [kind, period] : periods_) {
            const auto key = "every:" + kind;
            if (!add(tx, {.kind = kind, .run_at = clock_.now(), .dedupe_key = key}, clock_.now())) {
                tx.run(kHurry, key, clock_.now());  // who changed the configuration waits for no period to end
            }
        }
    });
    announced_ = true;
}

void Workers::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    woken_.notify_all();
    for (auto& thread : threads_) {
        thread.join();
    }
    threads_.clear();
}

void Workers::wake() {
    {
        const std::lock_guard lock(mutex_);
        wake_ = true;
    }
    woken_.notify_one();
}

void Workers::work() {
    while (true) {
        try {
            if (!announced_) {
                announce();
            }
            while (run_one()) {
                const std::lock_guard lock(mutex_);
                if (stopping_) {
                    return;
                }
            }
        } catch (const std::exception& error) {
            broken_.error("the job queue cannot be read or written; it will be tried again", {{"error", error.what()}});
        }
        std::unique_lock lock(mutex_);
        woken_.wait_for(lock, kLook, [this] { return stopping_ || wake_; });
        wake_ = false;
        if (stopping_) {
            return;
        }
    }
}

int Workers::drain() {
    int ran = 0;
    while (run_one()) {
        ++ran;
    }
    return ran;
}

bool Workers::run_one() {
    const auto now = clock_.now();
    if (!store_.read().value<bool>(kDue, now)) {
        return false;  // asked of a reader first, so that an idle shop writes nothing
    }
    const auto job = store_.writer().run([&](storage::Transaction& tx) {
        return tx.first(
            kTake,
            [](const storage::Row& row) {
                return Job{.id = row.get<JobId>(0),
                           .kind = row.get<std::string>(1),
                           .payload = stored_json(row.get<std::string_view>(2)),
                           .attempt = row.get<int>(3),
                           .max_attempts = row.get<int>(4)};
            },
            now, now + options_.lease);
    });
    if (!job) {
        return false;  // another worker took it
    }
    std::string failure;
    bool hopeless = false;
    const auto handler = handlers_.find(job->kind);
    try {
        if (handler == handlers_.end()) {
            throw GiveUp("this orderd has no handler for such a job");
        }
        if (job->attempt > job->max_attempts && !periods_.contains(job->kind)) {
            throw GiveUp("the server ended while it ran, as often as it may be tried");  // it may be what ends it
        }
        handler->second(*job);
    } catch (const GiveUp& error) {
        failure = error.what();
        hopeless = true;
    } catch (const std::exception& error) {
        failure = error.what();
    }
    finish(*job, failure, hopeless);
    return true;
}

/// Every change below is guarded by the attempt's number: a worker that was so slow that its lease ran out changes
/// nothing of the job that another one holds now.
void Workers::finish(const Job& job, const std::string& failure, bool hopeless) {
    const auto now = clock_.now();
    const auto period = periods_.find(job.kind);
    store_.writer().run([&](storage::Transaction& tx) {
        if (period != periods_.end()) {
            tx.run(kRetry, job.id, job.attempt, now + period->second, failure, now);
        } else if (failure.empty()) {
            tx.run(kDone, job.id, job.attempt);
        } else if (hopeless || job.attempt >= job.max_attempts) {
            if (tx.run(kBury, job.id, job.attempt, failure, now) == 1) {
                events::record(tx, "job.died", {"job", number(job.id)}, {{"kind", job.kind}, {"attempts", job.attempt}},
                               Actor::system(), now);
            }
        } else {
            tx.run(kRetry, job.id, job.attempt, now + delay_after(job.attempt), failure, now);
        }
        tx.touched(storage::Topic::jobs);
    });
    if (!failure.empty()) {
        log::warning("a job failed", {{"job", number(job.id)}, {"kind", job.kind}, {"attempt", job.attempt}});
    }
}

}  // namespace orderd::jobs
