#include "app/log_routes.h"

#include "storage/events.h"

namespace orderd::app {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

constexpr auto kAudit = R"sql(
    SELECT id, at, actor_kind, actor_id, actor_name, address, action, subject, subject_id, before, after
      FROM audit_entry
     WHERE id < ?1 AND (?3 IS NULL OR actor_name = ?3) AND (?4 IS NULL OR subject = ?4)
       AND (?5 IS NULL OR subject_id = ?5)
     ORDER BY id DESC LIMIT ?2
)sql";
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

Shape audit_shape() {
    const auto any_id = Shape::integer(0, 9'007'199'254'740'991);
    return Shape::object(
               {
                   {"id", Shape::id()},
                   {"at", Shape::time()},
                   {"actor",
                    Shape::object({{"kind", Shape::text(1, 40)}, {"id", any_id}, {"name", Shape::text(0, 200)}})
                        .named("AuditActor")},
                   {"address", Shape::text(0, 64)},
                   {"action", Shape::text(1, 80)},
                   {"subject", Shape::text(1, 40)},
                   {"subject_id", any_id},
                   {"before", Shape::anything()},
                   {"after", Shape::anything()},
               })
        .named("AuditEntry");
}

/// Answers a page that was read with one row more than it shows, and the key of the next page.
Answer answer_page(Json rows, const storage::Page& page) {
    Json after = nullptr;
    if (storage::cut(rows, page)) {
        after = rows.back().at("id");
    }
    return api::page(std::move(rows), after);
}

Answer list_audit(Request& in) {
    const auto page = in.page();
    auto rows = Json::array();
    in.read().each(
        kAudit, [&](const storage::Row& row) { rows.push_back(audit_json(row)); }, storage::below_id(page),
        storage::rows_to_read(page), in.query("actor"), in.query("subject"), in.query_integer("subject_id"));
    return answer_page(std::move(rows), page);
}

}  // namespace

void add_log_routes(api::RouteTable& routes) {
    routes.add({.method = "GET",
                .path = "/admin/audit",
                .name = "audit.list",
                .who = Who::owner,
                .summary = "Read the audit log, newest first",
                .tag = "Audit",
                .query = {{"actor", Shape::text(1, 200), "an admin's username"},
                          {"subject", Shape::text(1, 40), "of this kind of thing"},
                          {"subject_id", Shape::id(), "of this thing"}},
                .paged = true,
                .answers = {{200, Shape::page(audit_shape())}}},
               list_audit);
}

}  // namespace orderd::app
