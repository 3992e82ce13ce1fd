#include "jobs/jobs.h"

#include <fmt/format.h>

#include "jobs/turns.h"

namespace orderd::jobs {

namespace {

constexpr auto kAdd = R"sql(
    INSERT INTO job (kind, lane, party, dedupe_key, payload, status, run_at, max_attempts, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5, 'ready', ?6, ?7, ?8, ?8)
        ON CONFLICT (dedupe_key) DO NOTHING
)sql";
constexpr auto kUnderWay = "SELECT payload FROM job WHERE dedupe_key = ?1";
constexpr auto kDied = "SELECT 1 FROM job WHERE status = 'dead' AND kind = ?1 AND payload = ?2 LIMIT 1";
constexpr auto kStartAgain = R"sql(
    UPDATE job SET status = 'ready', run_at = ?2, attempts = 0, updated_at = ?2 WHERE id = ?1 AND status = 'dead'
)sql";
constexpr auto kDiscard = "DELETE FROM job WHERE id = ?1 AND status = 'dead'";
constexpr auto kDead = R"sql(
    SELECT id, created_at, lane <> 'money' AND updated_at < ?3 FROM job
     WHERE id > ?1 AND status = 'dead' ORDER BY id LIMIT ?2
)sql";
constexpr auto kHurry = R"sql(
    UPDATE job SET run_at = ?3
     WHERE status = 'ready' AND lane = ?1 AND party = ?2 AND (attempts > 0) = 1 AND run_at > ?3
)sql";
constexpr auto kCount = R"sql(
    SELECT count(*) FROM (SELECT 1 FROM job WHERE status = 'ready' AND lane = ?1 AND party = ?2 AND (attempts > 0) = ?3
                                                  AND run_at <= ?4 LIMIT 10000)
)sql";

}  // namespace

bool add(storage::Transaction& tx, const NewJob& job, Time now) {
    const auto key = job.dedupe_key.empty() ? std::nullopt : std::optional<std::string_view>(job.dedupe_key);
    const bool added = tx.run(kAdd, job.kind.name, to_text(job.kind.lane), job.party, key, json_text(job.payload),
                              job.run_at, job.kind.tries, now) == 1;
    if (added && job.run_at <= now) {
        tx.touched(storage::Topic::jobs);
    }
    return added;
}

std::string key_of(Kind kind, std::int64_t about) { return fmt::format("{}:{}", kind.name, about); }

bool has_died(const storage::View& view, Kind kind, const Json& payload) {
    return view.value<bool>(kDied, kind.name, json_text(payload)).has_value();
}

std::optional<Json> under_way(const storage::View& view, std::string_view dedupe_key) {
    return view.first(
        kUnderWay, [](const storage::Row& row) { return stored_json(row.get<std::string_view>(0)); }, dedupe_key);
}

bool start_again(storage::Transaction& tx, JobId id, Time now) {
    tx.touched(storage::Topic::jobs);
    return tx.run(kStartAgain, id, now) == 1;
}

bool discard(storage::Transaction& tx, JobId id) {
    tx.touched(storage::Topic::jobs);
    return tx.run(kDiscard, id) == 1;
}

storage::Pruned remove_dead(storage::Transaction& tx, const storage::Slice& slice) {
    const auto pruned = storage::remove_old(tx, slice, kDead, kDiscard);
    if (pruned.removed > 0) {
        tx.touched(storage::Topic::jobs);
    }
    return pruned;
}

void hurry(storage::Transaction& tx, Lane lane, std::string_view party, Time now) {
    tx.run(kHurry, to_text(lane), party, now);
    tx.touched(storage::Topic::jobs);
}

std::int64_t waiting(const storage::View& view, Lane lane, std::optional<std::string_view> party, Time now) {
    std::int64_t sum = 0;
    const auto add_up = [&](std::string_view one) {
        for (const bool tried : {false, true}) {
            sum += view.value<std::int64_t>(kCount, to_text(lane), one, tried, now).value_or(0);
        }
    };
    if (party) {
        add_up(*party);
        return sum;
    }
    for (const auto& one : parties_of(view, lane)) {
        add_up(one);
    }
    return sum;
}

void Job::end_if_stopping() const {
    if (stopping()) {
        throw Interrupted();
    }
}

}  // namespace orderd::jobs
