#include "app/job_routes.h"

#include "storage/events.h"

namespace orderd::app {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

constexpr auto kJobs = R"sql(
    SELECT id, kind, lane, party, payload, status, run_at, attempts, max_attempts, last_error, created_at, updated_at
      FROM job WHERE id < ?1 AND (?3 IS NULL OR status = ?3) AND (?4 IS NULL OR lane = ?4) ORDER BY id DESC LIMIT ?2
)sql";
constexpr auto kJob = R"sql(
    SELECT id, kind, lane, party, payload, status, run_at, attempts, max_attempts, last_error, created_at, updated_at
      FROM job WHERE id = ?1
)sql";

constexpr std::int64_t kMostCounted = 1'000'000;

Answer list_jobs(Request& in, jobs::Workers& workers);
Answer retry_job(Request& in, jobs::Workers& workers);
Answer discard_job(Request& in, jobs::Workers& workers);
Answer list_lanes(Request& in, jobs::Workers& workers);
Answer try_party(Request& in, jobs::Workers& workers);

Shape lane_shape() { return Shape::one_of({"money", "parcels", "mail", "webhooks", "pictures", "upkeep"}); }

Shape job_shape() {
    return Shape::object({
                             {"id", Shape::id()},
                             {"kind", Shape::text(1, 80)},
                             {"lane", lane_shape()},
                             {"party", Shape::text(1, 80).nullable().described("the outside service that it calls")},
                             {"paused_until", Shape::time().nullable().described("its party does not answer")},
                             {"payload", Shape::anything()},
                             {"status", Shape::one_of({"ready", "running", "dead"})},
                             {"run_at", Shape::time().described("not before")},
                             {"attempts", Shape::integer(0, 1'000'000)},
                             {"max_attempts", Shape::integer(1, 1'000'000)},
                             {"last_error", Shape::lines(0, 10'000)},
                             {"created_at", Shape::time()},
                             {"updated_at", Shape::time()},
                         })
        .named("Job");
}

Shape paused_shape() {
    return Shape::object(
               {
                   {"party", Shape::text(1, 80).described("stripe, easypost, mail, webhook-3")},
                   {"reason", Shape::lines(0, 10'000).described("of the last time that it did not answer")},
                   {"failures", Shape::integer(1, kMostCounted).described("in a row")},
                   {"since", Shape::time()},
                   {"until", Shape::time().described("from then on it is tried again, with one job at first")},
                   {"waiting", Shape::integer(0, kMostCounted).described("jobs that are due")},
               })
        .named("PausedParty");
}

Shape lanes_shape() {
    const auto lane = Shape::object({
                                        {"lane", lane_shape()},
                                        {"workers", Shape::integer(0, 10'000).described("jobs at once, at most")},
                                        {"running", Shape::integer(0, 10'000)},
                                        {"waiting", Shape::integer(0, kMostCounted).described("jobs that are due")},
                                        {"paused", Shape::list(paused_shape(), 0, 10'000)},
                                    })
                          .named("Lane");
    return Shape::object({{"data", Shape::list(lane, 0, 10)}}).named("Lanes");
}

constexpr Refused kJobNotDead{
    409, "job_not_dead", "The job waits or runs; only a dead one can be retried or discarded. Read it again later."};

}  // namespace

void add_job_routes(api::RouteTable& routes, jobs::Workers& workers) {
    const auto add = api::rows_of(routes, "Jobs", workers);
    add({.method = "GET",
         .path = "/admin/jobs",
         .name = "jobs.list",
         .who = Who::viewer,
         .summary = "Jobs that wait, run or died",
         .query = {{"status", Shape::one_of({"ready", "running", "dead"}), "in this status"},
                   {"lane", lane_shape(), "in this lane"}},
         .paged = true,
         .answers = {{200, Shape::page(job_shape())}}},
        list_jobs);
    add({.method = "POST",
         .path = "/admin/jobs/{id}/retry",
         .name = "jobs.retry",
         .who = Who::staff,
         .summary = "Try a dead job again",
         .answers = {{200, job_shape()}},
         .refuses = {kJobNotDead},
         .idempotent = true},
        retry_job);
    add({.method = "DELETE",
         .path = "/admin/jobs/{id}",
         .name = "jobs.discard",
         .who = Who::staff,
         .summary = "Discard a dead job",
         .answers = {{204, std::nullopt}},
         .refuses = {kJobNotDead}},
        discard_job);
    add({.method = "GET",
         .path = "/admin/job-lanes",
         .name = "jobs.lanes",
         .who = Who::viewer,
         .summary = "List the lanes that jobs run in, and the parties that are paused since they do not answer",
         .answers = {{200, lanes_shape()}}},
        list_lanes);
    add({.method = "POST",
         .path = "/admin/job-parties/{party}/try",
         .name = "jobs.tryParty",
         .who = Who::staff,
         .summary = "End a party's pause: try it now",
         .answers = {{204, std::nullopt}}},
        try_party);
}

namespace {

Json job_json(const storage::Row& row, const jobs::Pauses& pauses) {
    const auto party = row.get<std::string>(3);
    const auto status = row.get<std::string>(5);
    const auto pause = party.empty() || status != "ready" ? std::nullopt : pauses.of(party);
    return {{"id", row.get<std::int64_t>(0)},
            {"kind", row.get<std::string>(1)},
            {"lane", row.get<std::string>(2)},
            {"party", party.empty() ? Json(nullptr) : Json(party)},
            {"paused_until", pause ? Json(rfc3339(pause->until)) : Json(nullptr)},
            {"payload", stored_json(row.get<std::string_view>(4))},
            {"status", status},
            {"run_at", rfc3339(row.get<Time>(6))},
            {"attempts", row.get<std::int64_t>(7)},
            {"max_attempts", row.get<std::int64_t>(8)},
            {"last_error", row.get<std::string>(9)},
            {"created_at", rfc3339(row.get<Time>(10))},
            {"updated_at", rfc3339(row.get<Time>(11))}};
}

Answer list_jobs(Request& in, jobs::Workers& workers) {
    const auto page = in.page();
    auto rows = Json::array();
    in.read().each(
        kJobs, [&](const storage::Row& row) { rows.push_back(job_json(row, workers.pauses())); },
        storage::below_id(page), storage::rows_to_read(page), in.query("status"), in.query("lane"));
    Json after = nullptr;
    if (storage::cut(rows, page)) {
        after = rows.back().at("id");
    }
    return api::page(std::move(rows), after);
}

/// Refuses a job that does not exist, and one that is not dead: neither can be retried or discarded.
[[noreturn]] void refuse(const storage::View& view, JobId id) {
    if (!view.value<std::int64_t>("SELECT id FROM job WHERE id = ?1", id)) {
        throw not_found("job");
    }
    throw Refusal(kJobNotDead, "the job is waiting or running; only a dead one can be retried or discarded");
}

Answer retry_job(Request& in, jobs::Workers& workers) {
    const auto id = JobId{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        if (!jobs::start_again(tx, id, in.now())) {
            refuse(tx, id);
        }
        events::record(tx, "job.retried", {"job", number(id)}, Json::object(), in.actor(), in.now());
        audit::record(tx, "job.retry", {"job", number(id)}, nullptr, nullptr, in.actor(), in.now());
        return api::ok(tx.first(
                             kJob, [&](const storage::Row& row) { return job_json(row, workers.pauses()); }, id)
                           .value());
    });
}

Answer discard_job(Request& in, jobs::Workers&) {
    const auto id = JobId{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        const auto kind = tx.value<std::string>("SELECT kind FROM job WHERE id = ?1", id);
        if (!jobs::discard(tx, id)) {
            refuse(tx, id);
        }
        events::record(tx, "job.discarded", {"job", number(id)}, Json::object(), in.actor(), in.now());
        audit::record(tx, "job.discard", {"job", number(id)}, {{"kind", *kind}}, nullptr, in.actor(), in.now());
        return api::no_content();
    });
}

Answer list_lanes(Request& in, jobs::Workers& workers) {
    const auto view = in.read();
    const auto pauses = workers.pauses().all();
    auto lanes = Json::array();
    for (const auto& figures : workers.figures()) {
        auto paused = Json::array();
        for (const auto& pause : pauses) {
            if (pause.lane == figures.lane) {
                paused.push_back({{"party", pause.party},
                                  {"reason", pause.reason},
                                  {"failures", pause.failures},
                                  {"since", rfc3339(pause.since)},
                                  {"until", rfc3339(pause.until)},
                                  {"waiting", jobs::waiting(view, pause.lane, pause.party, in.now())}});
            }
        }
        lanes.push_back({{"lane", jobs::to_text(figures.lane)},
                         {"workers", figures.workers},
                         {"running", figures.running},
                         {"waiting", jobs::waiting(view, figures.lane, std::nullopt, in.now())},
                         {"paused", std::move(paused)}});
    }
    return api::ok({{"data", std::move(lanes)}});
}

/// A party that answers, or is unknown, has no pause to end.
Answer try_party(Request& in, jobs::Workers& workers) {
    const auto party = in.path_text("party");
    const auto pause = workers.pauses().end(party, in.now());
    if (!pause) {
        throw not_found("pause");
    }
    return in.mutate([&](storage::Transaction& tx) {
        jobs::hurry(tx, pause->lane, party, in.now());
        audit::record(tx, "job.try_party", {"job", 0}, nullptr, {{"party", party}}, in.actor(), in.now());
        return api::no_content();
    });
}

}  // namespace

}  // namespace orderd::app
