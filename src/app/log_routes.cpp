#include "app/log_routes.h"

#include "storage/events.h"

namespace orderd::app {

namespace {

using http::Answer;
using http::Request;
using http::Shape;
using http::Who;

constexpr auto kAudit = R"sql(
    SELECT id, at, actor_kind, actor_id, actor_name, address, action, subject, subject_id, before, after
      FROM audit_entry
     WHERE id < ?1 AND (?3 IS NULL OR actor_name = ?3) AND (?4 IS NULL OR subject = ?4)
       AND (?5 IS NULL OR subject_id = ?5)
     ORDER BY id DESC LIMIT ?2
)sql";
constexpr auto kJobs = R"sql(
    SELECT id, kind, payload, status, run_at, attempts, max_attempts, last_error, created_at, updated_at
      FROM job WHERE id < ?1 AND (?3 IS NULL OR status = ?3) ORDER BY id DESC LIMIT ?2
)sql";
constexpr auto kJob = R"sql(
    SELECT id, kind, payload, status, run_at, attempts, max_attempts, last_error, created_at, updated_at
      FROM job WHERE id = ?1
)sql";
constexpr auto kRetry = R"sql(
    UPDATE job SET status = 'ready', run_at = ?2, attempts = 0, updated_at = ?2 WHERE id = ?1 AND status = 'dead'
)sql";
constexpr auto kDiscard = "DELETE FROM job WHERE id = ?1 AND status = 'dead'";

Json parsed(std::string_view text) { return text.empty() ? Json(nullptr) : stored_json(text); }

Json audit_json(const storage::Row& row) {
    return {{"id", row.get<std::int64_t>(0)},
            {"at", rfc3339(row.get<Time>(1))},
            {"actor",
             {{"kind", row.get<std::string>(2)}, {"id", row.get<std::int64_t>(3)}, {"name", row.get<std::string>(4)}}},
            {"address", row.get<std::string>(5)},
            {"action", row.get<std::string>(6)},
            {"subject", row.get<std::string>(7)},
            {"subject_id", row.get<std::int64_t>(8)},
            {"before", parsed(row.get<std::string_view>(9))},
            {"after", parsed(row.get<std::string_view>(10))}};
}

Json job_json(const storage::Row& row) {
    return {{"id", row.get<std::int64_t>(0)},
            {"kind", row.get<std::string>(1)},
            {"payload", stored_json(row.get<std::string_view>(2))},
            {"status", row.get<std::string>(3)},
            {"run_at", rfc3339(row.get<Time>(4))},
            {"attempts", row.get<std::int64_t>(5)},
            {"max_attempts", row.get<std::int64_t>(6)},
            {"last_error", row.get<std::string>(7)},
            {"created_at", rfc3339(row.get<Time>(8))},
            {"updated_at", rfc3339(row.get<Time>(9))}};
}

Shape audit_shape() {
    const auto any_id = Shape::integer(0, 9'007'199'254'740'991);
    return Shape::object(
               {
                   {"id", Shape::id()},
                   {"at", Shape::time()},
                   {"actor",
                    Shape::object({{"kind", Shape::text(1, 40)}, {"id", any_id}, {"name", Shape::text(0, 200)}})},
                   {"address", Shape::text(0, 64)},
                   {"action", Shape::text(1, 80)},
                   {"subject", Shape::text(1, 40)},
                   {"subject_id", any_id},
                   {"before", Shape::anything()},
                   {"after", Shape::anything()},
               })
        .named("AuditEntry");
}

Shape job_shape() {
    return Shape::object({
                             {"id", Shape::id()},
                             {"kind", Shape::text(1, 80)},
                             {"payload", Shape::anything()},
                             {"status", Shape::one_of({"ready", "running", "dead"})},
                             {"run_at", Shape::time()},
                             {"attempts", Shape::integer(0, 1'000'000)},
                             {"max_attempts", Shape::integer(1, 1'000'000)},
                             {"last_error", Shape::lines(0, 10'000)},
                             {"created_at", Shape::time()},
                             {"updated_at", Shape::time()},
                         })
        .named("Job");
}

/// The rows of a page that was read with one row more than it shows, and where the next begins.
Answer answer_page(Json rows, const storage::Page& page) {
    Json after = nullptr;
    if (storage::cut(rows, page)) {
        after = rows.back()["id"];
    }
    return http::page(std::move(rows), after);
}

Answer list_audit(Request& in) {
    const auto page = in.page();
    auto rows = Json::array();
    in.read().each(
        kAudit, [&](const storage::Row& row) { rows.push_back(audit_json(row)); }, storage::below_id(page),
        storage::rows_to_read(page), in.query("actor"), in.query("subject"), in.query_integer("subject_id"));
    return answer_page(std::move(rows), page);
}

Answer list_jobs(Request& in) {
    const auto page = in.page();
    auto rows = Json::array();
    in.read().each(
        kJobs, [&](const storage::Row& row) { rows.push_back(job_json(row)); }, storage::below_id(page),
        storage::rows_to_read(page), in.query("status"));
    return answer_page(std::move(rows), page);
}

/// A job that is not there, and one that is not dead: neither can be retried or discarded.
[[noreturn]] void refuse(const storage::View& view, JobId id) {
    if (!view.value<std::int64_t>("SELECT id FROM job WHERE id = ?1", id)) {
        throw not_found("job");
    }
    throw Refusal(Reason::conflict, "job_not_dead",
                  "the job is waiting or running; only a dead one can be retried or discarded");
}

Answer retry_job(Request& in) {
    const auto id = JobId{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        if (tx.run(kRetry, id, in.now()) != 1) {
            refuse(tx, id);
        }
        tx.touched(storage::Topic::jobs);
        events::record(tx, "job.retried", {"job", number(id)}, Json::object(), in.actor(), in.now());
        audit::record(tx, "job.retry", {"job", number(id)}, nullptr, nullptr, in.actor(), in.now());
        return http::ok(tx.first(kJob, job_json, id).value());
    });
}

Answer discard_job(Request& in) {
    const auto id = JobId{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        const auto before = tx.first(kJob, job_json, id);
        if (tx.run(kDiscard, id) != 1) {
            refuse(tx, id);
        }
        events::record(tx, "job.discarded", {"job", number(id)}, Json::object(), in.actor(), in.now());
        audit::record(tx, "job.discard", {"job", number(id)}, {{"kind", (*before)["kind"]}}, nullptr, in.actor(),
                      in.now());
        return http::no_content();
    });
}

}  // namespace

void add_log_routes(http::RouteTable& routes) {
    routes.add({.method = "GET",
                .path = "/admin/audit",
                .who = Who::owner,
                .summary = "Who did what, newest first",
                .tag = "Audit",
                .query = {{"actor", Shape::text(1, 200), "an admin's username"},
                          {"subject", Shape::text(1, 40), "of this kind of thing"},
                          {"subject_id", Shape::id(), "of this thing"}},
                .paged = true,
                .answers = {{200, Shape::page(audit_shape())}}},
               list_audit);
    routes.add({.method = "GET",
                .path = "/admin/jobs",
                .who = Who::viewer,
                .summary = "Jobs that wait, run or died",
                .tag = "Jobs",
                .query = {{"status", Shape::one_of({"ready", "running", "dead"}), "in this status"}},
                .paged = true,
                .answers = {{200, Shape::page(job_shape())}}},
               list_jobs);
    routes.add({.method = "POST",
                .path = "/admin/jobs/{id}/retry",
                .who = Who::staff,
                .summary = "Try a dead job again",
                .tag = "Jobs",
                .answers = {{200, job_shape()}},
                .problems = {409},
                .idempotent = true},
               retry_job);
    routes.add({.method = "DELETE",
                .path = "/admin/jobs/{id}",
                .who = Who::staff,
                .summary = "Discard a dead job",
                .tag = "Jobs",
                .answers = {{204, std::nullopt}},
                .problems = {409}},
               discard_job);
}

}  // namespace orderd::app
