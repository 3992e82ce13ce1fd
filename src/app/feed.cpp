#include "app/feed.h"

#include <fmt/format.h>

#include <chrono>

#include "base/text.h"

namespace orderd::app {

namespace {

using http::Answer;
using http::Request;
using http::Shape;
using http::Who;

/// A comment line after so much silence: proxies cut connections that say nothing.
constexpr auto kSilence = std::chrono::seconds(15);

/// Between looks whether the client is still there. A dashboard that is closed or loaded again leaves without a word,
/// and its stream must not keep its place from the next.
constexpr auto kLook = std::chrono::milliseconds(500);

constexpr std::int64_t kAtOnce = 200;

constexpr auto kAfter = R"sql(
    SELECT sequence, kind, subject, subject_id, body, actor, at FROM event
     WHERE sequence > ?1 ORDER BY sequence LIMIT ?2
)sql";
constexpr auto kBefore = R"sql(
    SELECT sequence, kind, subject, subject_id, body, actor, at FROM event
     WHERE sequence < ?1 AND (?3 IS NULL OR subject = ?3) AND (?4 IS NULL OR subject_id = ?4)
     ORDER BY sequence DESC LIMIT ?2
)sql";
constexpr auto kBeforeOfSubject = R"sql(
    SELECT sequence, kind, subject, subject_id, body, actor, at FROM event
     WHERE subject = ?3 AND subject_id = ?4 AND sequence < ?1 ORDER BY sequence DESC LIMIT ?2
)sql";
constexpr auto kLast = "SELECT coalesce(max(sequence), 0) FROM event";

Json event_json(const storage::Row& row) {
    return {{"sequence", row.get<std::int64_t>(0)},
            {"kind", row.get<std::string>(1)},
            {"subject", row.get<std::string>(2)},
            {"subject_id", row.get<std::int64_t>(3)},
            {"body", stored_json(row.get<std::string_view>(4))},
            {"actor", row.get<std::string>(5)},
            {"at", rfc3339(row.get<Time>(6))}};
}

Shape event_shape() {
    return Shape::object({
                             {"sequence", Shape::id()},
                             {"kind", Shape::text(1, 80)},
                             {"subject", Shape::text(1, 40)},
                             {"subject_id", Shape::integer(0, 9'007'199'254'740'991)},
                             {"body", Shape::anything()},
                             {"actor", Shape::text(1, 200)},
                             {"at", Shape::time()},
                         })
        .named("Event");
}

Answer list_events(Request& in) {
    const auto page = in.page();
    const auto before = storage::below_id(page);
    const auto subject = in.query("subject");
    const auto subject_id = in.query_integer("subject_id");
    auto rows = Json::array();
    in.read().each(
        subject && subject_id ? kBeforeOfSubject : kBefore,
        [&](const storage::Row& row) { rows.push_back(event_json(row)); }, before, storage::rows_to_read(page), subject,
        subject_id);
    Json after = nullptr;
    if (storage::cut(rows, page)) {
        after = rows.back()["sequence"];
    }
    return http::page(std::move(rows), after);
}

Answer stream_events(Request& in, Feed& feed) {
    const auto resumed = parse_integer(in.header("Last-Event-ID"));
    const auto from = resumed ? *resumed : in.read().value<std::int64_t>(kLast).value_or(0);
    Answer answer;
    answer.content_type = "text/event-stream";
    answer.stream = [from, &feed](const auto& send) { feed.stream(from, send); };
    return std::move(answer).header("X-Accel-Buffering", "no").header("Cache-Control", "no-store");
}

}  // namespace

void Feed::committed() {
    {
        const std::lock_guard lock(mutex_);
        ++commits_;
    }
    woken_.notify_all();
}

void Feed::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    woken_.notify_all();
}

Feed::News Feed::wait(std::uint64_t seen) {
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, kLook, [&] { return stopped_ || commits_ != seen; });
    return stopped_ ? News::stopped : commits_ != seen ? News::some : News::none;
}

void Feed::stream(std::int64_t sequence, const std::function<bool(std::string_view)>& send) {
    if (!send("retry: 2000\n\n")) {
        return;
    }
    while (true) {
        std::uint64_t seen = 0;
        {
            const std::lock_guard lock(mutex_);
            seen = commits_;  // before the look into the log: what is committed after it wakes the wait below
        }
        std::string lines;
        store_.read().each(
            kAfter,
            [&](const storage::Row& row) {
                sequence = row.get<std::int64_t>(0);
                // No `event:` line: a browser's EventSource would need a listener for each kind there is. The kind is
                // in the data.
                lines += fmt::format("id: {}\ndata: {}\n\n", sequence, event_json(row).dump());
            },
            sequence, kAtOnce);
        if (!lines.empty()) {
            if (!send(lines)) {
                return;
            }
            continue;  // there may be more than were read at once
        }
        const auto quiet_since = std::chrono::steady_clock::now();
        auto news = wait(seen);
        while (news == News::none && std::chrono::steady_clock::now() - quiet_since < kSilence) {
            if (!send({})) {
                return;
            }
            news = wait(seen);
        }
        if (news == News::stopped || (news == News::none && !send(": still here\n\n"))) {
            return;
        }
    }
}

void add_event_routes(http::RouteTable& routes, Feed& feed) {
    routes.add({.method = "GET",
                .path = "/admin/events",
                .who = Who::viewer,
                .summary = "The event log, newest first",
                .tag = "Events",
                .query = {{"subject", Shape::text(1, 40), "of this kind of thing: order, product, …"},
                          {"subject_id", Shape::id(), "of this thing"}},
                .paged = true,
                .answers = {{200, Shape::page(event_shape())}}},
               list_events);
    routes.add({.method = "GET",
                .path = "/admin/events/stream",
                .who = Who::viewer,
                .summary = "The event log, live (server-sent events; Last-Event-ID resumes)",
                .tag = "Events",
                .answers = {{200, std::nullopt, "text/event-stream"}}},
               [&feed](Request& in) { return stream_events(in, feed); });
}

}  // namespace orderd::app
