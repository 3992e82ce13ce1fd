#include "storage/events.h"

#include <fmt/format.h>

#include "base/random.h"
#include "base/text.h"
#include "storage/event_log.h"

namespace orderd {

std::string_view to_text(Actor::Kind kind) {
    switch (kind) {
        case Actor::Kind::system: return "system";
        case Actor::Kind::command_line: return "command_line";
        case Actor::Kind::admin: return "admin";
        case Actor::Kind::api_key: return "api_key";
        case Actor::Kind::customer: return "customer";
        case Actor::Kind::guest: return "guest";
        case Actor::Kind::outside: return "outside";
    }
    return "system";
}

std::string to_text(const Actor& actor) {
    std::string text(to_text(actor.kind));
    if (actor.id != 0) {
        text += fmt::format(":{}", actor.id);
    }
    if (!actor.name.empty() && actor.kind != Actor::Kind::command_line) {
        text += ':' + actor.name;
    }
    return text;
}

}  // namespace orderd

namespace orderd::events {

namespace {

constexpr auto kRecordEvent = R"sql(
    INSERT INTO event (kind, subject, subject_id, body, actor, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
)sql";
constexpr auto kForgetComments = R"sql(
    UPDATE event SET body = json_set(body, '$.reason', '')
     WHERE subject = ?1 AND subject_id IN (SELECT value FROM json_each(?2)) AND json_extract(body, '$.reason') <> ''
)sql";

constexpr std::size_t kNameBytes = 8;

constexpr auto kCurrentLog = R"sql(
    SELECT name, (SELECT coalesce(max(sequence), 0) FROM event) FROM event_log ORDER BY id DESC LIMIT 1
)sql";
constexpr auto kBeginLog = R"sql(
    INSERT INTO event_log (name, after, at) VALUES (?1, (SELECT coalesce(max(sequence), 0) FROM event), ?2)
)sql";
constexpr auto kLogOf = "SELECT name FROM event_log WHERE after < ?1 ORDER BY id DESC LIMIT 1";

// A log ends where the next one begins; the last log ends with its newest event.
constexpr auto kEndOfLog = R"sql(
    SELECT coalesce((SELECT min(next.after) FROM event_log next WHERE next.id > log.id),
                    (SELECT max(sequence) FROM event), 0)
      FROM event_log log WHERE log.name = ?1
)sql";
constexpr auto kEndOfFirstLog = R"sql(
    SELECT coalesce((SELECT min(next.after) FROM event_log next WHERE next.id > log.id),
                    (SELECT max(sequence) FROM event), 0)
      FROM event_log log ORDER BY log.id LIMIT 1
)sql";

constexpr auto kRemovedUntil = "SELECT after FROM event_start";
constexpr auto kTimes = R"sql(
    SELECT sequence, at FROM event
     WHERE sequence < (SELECT max(sequence) FROM event) AND sequence <= ?2 ORDER BY sequence LIMIT ?1
)sql";
constexpr auto kRemove = "DELETE FROM event WHERE sequence <= ?1";
constexpr auto kSetStart = R"sql(
    INSERT INTO event_start (id, after) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET after = excluded.after
)sql";

}  // namespace

std::int64_t record(storage::Transaction& tx, std::string_view kind, Subject subject, const Json& body,
                    const Actor& actor, Time now) {
    if (subject.kind == "order" || subject.kind == "customer") {
        tx.concerns(subject.kind, subject.id);
    } else if (const auto order = body.find("order_id"); order != body.end() && order->is_number_integer()) {
        tx.concerns("order", order->get<std::int64_t>());
        tx.happened(kind, OrderId{order->get<std::int64_t>()}, actor, now);
    }
    if (subject.kind == "order") {
        tx.happened(kind, OrderId{subject.id}, actor, now);
    }
    // SQLite assigns max(sequence) + 1. The newest event is never removed, and a rollback frees its number, so there is
    // no gap.
    return tx.insert(kRecordEvent, kind, subject.kind, subject.id, json_text(body), to_text(actor), now);
}

Log current_log(const storage::View& view) {
    return view
        .first(kCurrentLog,
               [](const storage::Row& row) {
                   return Log{row.get<std::string>(0), row.get<std::int64_t>(1)};
               })
        .value();
}

void begin_log(storage::Transaction& tx, Time now) { tx.run(kBeginLog, to_hex(random_bytes(kNameBytes)), now); }

std::string id_of(const storage::View& view, std::int64_t sequence) {
    const auto log = view.value<std::string>(kLogOf, sequence).value_or("");
    return log.empty() ? fmt::format("evt_{}", sequence) : fmt::format("evt_{}_{}", log, sequence);
}

bool can_go_on(const storage::View& view, std::string_view log, std::int64_t sequence) {
    const auto end = log.empty() ? view.value<std::int64_t>(kEndOfFirstLog) : view.value<std::int64_t>(kEndOfLog, log);
    return end && 0 <= sequence && sequence <= *end;
}

std::int64_t removed_until(const storage::View& view) { return view.value<std::int64_t>(kRemovedUntil).value_or(0); }

std::int64_t remove_oldest(storage::Transaction& tx, const storage::Slice& slice, std::int64_t acted_upon) {
    const auto last = storage::last_old(tx, kTimes, slice, acted_upon);
    if (!last) {
        return 0;
    }
    tx.run(kSetStart, *last);
    return tx.run(kRemove, *last);
}

std::string shop_name_outside(const storage::View& view) {
    return view.value<std::string>("SELECT name FROM event_log WHERE name <> '' ORDER BY id LIMIT 1").value();
}

void forget_comments(storage::Transaction& tx, std::string_view subject, const Json& ids) {
    tx.run(kForgetComments, subject, ids.dump());
}

}  // namespace orderd::events
