#include "app/feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "api/refusals.h"
#include "base/text.h"
#include "storage/event_log.h"

namespace orderd::app {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

/// How often a comment line is sent when nothing happens: proxies cut silent connections.
constexpr auto kSilence = std::chrono::seconds(15);

/// How often to check whether the client is still there. A dashboard that is closed or reloaded leaves
/// silently, and its stream must not block the next one.
constexpr auto kLook = std::chrono::milliseconds(500);

constexpr std::int64_t kAtOnce = 200;

constexpr auto kAfter = R"sql(
    SELECT sequence, kind, subject, subject_id, body, actor, at FROM event
     WHERE sequence > ?1 ORDER BY sequence LIMIT ?2
)sql";
// The index by subject has no order by sequence. Events of a frequent subject are picked from the log; those of a rare
// one are found by the index, and are few to sort.
constexpr auto kIsFrequent = R"sql(
    SELECT count(*) = 2000 FROM (SELECT 1 FROM event INDEXED BY event_by_subject WHERE subject = ?1 LIMIT 2000)
)sql";
constexpr auto kAfterOfFrequent = R"sql(
    SELECT sequence, kind, subject, subject_id, body, actor, at FROM event
     WHERE sequence > ?1 AND +subject = ?3 ORDER BY sequence LIMIT ?2
)sql";
constexpr auto kAfterOfRare = R"sql(
    SELECT sequence, kind, subject, subject_id, body, actor, at FROM event
     WHERE sequence IN (SELECT sequence FROM event INDEXED BY event_by_subject WHERE subject = ?3 LIMIT 2000)
       AND sequence > ?1
     ORDER BY sequence LIMIT ?2
)sql";
constexpr auto kAfterOfSubject = R"sql(
    SELECT sequence, kind, subject, subject_id, body, actor, at FROM event INDEXED BY event_by_subject
     WHERE subject = ?3 AND subject_id = ?4 AND sequence > ?1 ORDER BY sequence LIMIT ?2
)sql";

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
        .named("ShopEvent");
}

Shape events_shape() {
    return Shape::object({{"log", Shape::text(1, 64).described("the log's name: a restore begins another")},
                          {"data", Shape::list(event_shape())},
                          {"next_cursor", Shape::text(1, 2048).nullable()}})
        .named("ShopEvents");
}

constexpr Refused kAnotherLog{
    409, "another_log",
    "The sequence is of another event log: the shop was restored from a backup since. Read again what you keep of the "
    "shop, and go on from log and last_sequence, which the problem names."};

constexpr Refused kEventsPruned{
    410, "events_pruned",
    "The events after that sequence were removed, since they are older than the shop keeps them (setting log_terms). "
    "Read again what you keep of the shop, and go on from log and last_sequence, which the problem names; "
    "first_sequence is the oldest event that is kept."};

/// Refuses a position that this log never had, or that belongs to another log: the reader would miss events
/// without noticing.
void require_known(const storage::View& view, const events::Log& log, std::string_view name, std::int64_t after) {
    const bool fits = name.empty() ? after <= log.last : events::can_go_on(view, name, after);
    if (!fits) {
        throw Refusal(kAnotherLog,
                      fmt::format("event {} of {} is not in this log: the shop was restored from a backup. Read again "
                                  "what you keep of it, and go on from the log and sequence that this names",
                                  after, name.empty() ? "the log that was read" : fmt::format("log {}", name)))
            .with("log", log.name)
            .with("last_sequence", log.last);
    }
}

/// Refuses a position before the oldest kept event: the reader would miss events.
void require_kept(const storage::View& view, const events::Log& log, std::int64_t after) {
    if (const auto removed = events::removed_until(view); after < removed) {
        throw Refusal(kEventsPruned,
                      fmt::format("events up to {} are older than this shop keeps them, and were removed; what follows "
                                  "{} is not all there. Read again what you keep of the shop, and go on from {}",
                                  removed, after, log.last))
            .with("log", log.name)
            .with("first_sequence", removed + 1)
            .with("last_sequence", log.last);
    }
}

/// Tells a client that cannot continue from its position to start over.
std::string reset_line(const events::Log& log) {
    return fmt::format("event: reset\nid: {}-{}\ndata: {}\n\n", log.name, log.last,
                       Json{{"log", log.name}, {"last_sequence", log.last}}.dump());
}

Answer list_events(Request& in) {
    const auto page = in.page();
    const auto view = in.read();
    const auto log = events::current_log(view);
    const auto after = in.query_integer("after");
    require_known(view, log, in.query("log").value_or(""), after.value_or(0));
    const auto shown = storage::after_id(page);
    const auto from = shown ? std::max(*shown, after.value_or(0)) : after.value_or(events::removed_until(view));
    require_kept(view, log, from);
    const auto subject = in.query("subject");
    const auto subject_id = in.query_integer("subject_id");
    auto rows = Json::array();
    const auto add = [&](const storage::Row& row) { rows.push_back(event_json(row)); };
    const auto limit = storage::rows_to_read(page);
    if (subject && subject_id) {
        view.each(kAfterOfSubject, add, from, limit, *subject, *subject_id);
    } else if (subject) {
        const bool frequent = view.value<bool>(kIsFrequent, *subject).value();
        view.each(frequent ? kAfterOfFrequent : kAfterOfRare, add, from, limit, *subject);
    } else {
        view.each(kAfter, add, from, limit);
    }
    Json next = nullptr;
    if (storage::cut(rows, page)) {
        next = rows.back().at("sequence");
    }
    auto answer = api::page(std::move(rows), next);
    answer.body["log"] = log.name;
    return answer;
}

/// Parses "<log>-<sequence>", the stream's ids; a bare number is from a reader that stored only the sequence.
std::pair<std::string_view, std::int64_t> position_of(std::string_view id) {
    const auto border = id.rfind('-');
    const auto name = border == std::string_view::npos ? std::string_view{} : id.substr(0, border);
    const auto sequence = parse_integer(border == std::string_view::npos ? id : id.substr(border + 1));
    return {name, sequence.value_or(-1)};
}

/// The next events after `sequence`, as server-sent events; moves `sequence` on. A client that is so slow that they were
/// removed starts over.
std::string next_lines(const storage::View& view, const std::string& log, std::int64_t& sequence) {
    if (sequence < events::removed_until(view)) {
        const auto now = events::current_log(view);
        sequence = now.last;
        return reset_line(now);
    }
    std::string lines;
    view.each(
        kAfter,
        [&](const storage::Row& row) {
            sequence = row.get<std::int64_t>(0);
            // No `event:` line: a browser's EventSource would need a listener for each kind there is. The kind is in
            // the data.
            lines += fmt::format("id: {}-{}\ndata: {}\n\n", log, sequence, event_json(row).dump());
        },
        sequence, kAtOnce);
    return lines;
}

Answer stream_events(Request& in, Feed& feed) {
    const auto view = in.read();
    const auto log = events::current_log(view);
    auto from = log.last;
    std::string first = "retry: 2000\n\n";
    if (const auto last_id = in.header("Last-Event-ID"); !last_id.empty()) {
        const auto [name, sequence] = position_of(last_id);
        if (events::can_go_on(view, name, sequence) && sequence >= events::removed_until(view)) {
            from = sequence;
        } else {
            first += reset_line(log);
        }
    }
    Answer answer;
    answer.content_type = "text/event-stream";
    answer.stream = [from, log = log.name, first, &feed](const auto& send) { feed.stream(from, log, first, send); };
    return std::move(answer).header("Cache-Control", "no-store");
}

}  // namespace

void Feed::committed() {
    {
        const MutexLock lock(mutex_);
        ++commits_;
    }
    woken_.notify_all();
}

void Feed::stop() {
    {
        const MutexLock lock(mutex_);
        stopped_ = true;
    }
    woken_.notify_all();
}

Feed::News Feed::wait(std::uint64_t seen) {
    const MutexLock lock(mutex_);
    const auto until = std::chrono::steady_clock::now() + kLook;
    while (!stopped_ && commits_ == seen && woken_.wait_until(mutex_, until)) {
    }
    return stopped_ ? News::stopped : commits_ != seen ? News::some : News::none;
}

void Feed::stream(std::int64_t sequence, const std::string& log, const std::string& first,
                  const std::function<bool(std::string_view)>& send) {
    if (!send(first)) {
        return;
    }
    while (true) {
        std::uint64_t seen = 0;
        {
            const MutexLock lock(mutex_);
            seen = commits_;  // before reading the log: a later commit ends the wait below
        }
        const auto lines = next_lines(store_.read(), log, sequence);
        if (!lines.empty()) {
            if (!send(lines)) {
                return;
            }
            continue;  // there may be more than one read returns
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

void add_event_routes(api::RouteTable& routes, Feed& feed) {
    routes.add({.method = "GET",
                .path = "/admin/events",
                .name = "events.list",
                .who = Who::viewer,
                .summary = "The event log, oldest first, from a sequence on",
                .tag = "Events",
                .query = {{"after", Shape::integer(0, 9'007'199'254'740'991),
                           "events after this sequence; where it is absent, all that are kept"},
                          {"log", Shape::text(1, 64), "the log that `after` is of: another one is refused"},
                          {"subject", Shape::text(1, 40), "of this kind of thing: order, product, …"},
                          {"subject_id", Shape::id(), "of this thing"}},
                .paged = true,
                .answers = {{200, events_shape()}},
                .refuses = {kAnotherLog, kEventsPruned}},
               list_events);
    routes.add(
        {.method = "GET",
         .path = "/admin/events/stream",
         .name = "events.stream",
         .who = Who::viewer,
         .summary = "The event log, live (server-sent events; Last-Event-ID resumes; an event `reset` says that the "
                    "log is another one since, or does not go back so far: read again what you keep of it)",
         .tag = "Events",
         .answers = {{200, std::nullopt, "text/event-stream"}},
         .refuses = {api::kTooManyStreams}},
        [&feed](Request& in) { return stream_events(in, feed); });
}

}  // namespace orderd::app
