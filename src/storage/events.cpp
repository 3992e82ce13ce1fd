#include "storage/events.h"

#include <fmt/format.h>
#include <sodium.h>

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

constexpr auto kRecord = R"sql(
    INSERT INTO event (kind, subject, subject_id, body, actor, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
)sql";
constexpr auto kForgetComments = R"sql(
    UPDATE event SET body = json_set(body, '$.reason', '')
     WHERE subject = ?1 AND subject_id IN (SELECT value FROM json_each(?2)) AND json_extract(body, '$.reason') <> ''
)sql";

}  // namespace

std::int64_t record(storage::Transaction& tx, std::string_view kind, Subject subject, const Json& body,
                    const Actor& actor, Time now) {
    if (subject.kind == "order" || subject.kind == "customer") {
        tx.concerns(subject.kind, subject.id);
    } else if (const auto order = body.find("order_id"); order != body.end() && order->is_number_integer()) {
        tx.concerns("order", order->get<std::int64_t>());
    }
    // SQLite gives max(sequence) + 1: nothing is ever deleted, and what is rolled back gives its number back.
    return tx.insert(kRecord, kind, subject.kind, subject.id, json_text(body), to_text(actor), now);
}

void forget_comments(storage::Transaction& tx, std::string_view subject, const Json& ids) {
    tx.run(kForgetComments, subject, ids.dump());
}

}  // namespace orderd::events

namespace orderd::audit {

namespace {

constexpr auto kLastHash = "SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1";
constexpr auto kRecord = R"sql(
    INSERT INTO audit_entry (at, actor_kind, actor_id, actor_name, address, action, subject, subject_id, before, after,
                             previous_hash, hash)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
)sql";
constexpr auto kAll = R"sql(
    SELECT id, at, actor_kind, actor_id, actor_name, address, action, subject, subject_id, before, after,
           previous_hash, hash
      FROM audit_entry ORDER BY id
)sql";

struct Entry {
    Time at;
    std::string actor_kind;
    std::int64_t actor_id;
    std::string actor_name;
    std::string address;
    std::string action;
    std::string subject;
    std::int64_t subject_id;
    std::string before;
    std::string after;
};

/// BLAKE2b-256 over the hash before and the entry as a JSON array, which tells where each field ends.
std::string chained(std::string_view previous, const Entry& entry) {
    const auto text =
        json_text(Json::array({entry.at.ms, entry.actor_kind, entry.actor_id, entry.actor_name, entry.address,
                               entry.action, entry.subject, entry.subject_id, entry.before, entry.after}));
    std::string hash(32, '\0');
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, hash.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(previous.data()), previous.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(hash.data()), hash.size());
    return hash;
}

}  // namespace

void record(storage::Transaction& tx, std::string_view action, events::Subject subject, const Json& before,
            const Json& after, const Actor& actor, Time now) {
    const Entry entry{.at = now,
                      .actor_kind = std::string(to_text(actor.kind)),
                      .actor_id = actor.id,
                      .actor_name = actor.name,
                      .address = actor.address,
                      .action = std::string(action),
                      .subject = std::string(subject.kind),
                      .subject_id = subject.id,
                      .before = before.is_null() ? "" : json_text(before),
                      .after = after.is_null() ? "" : json_text(after)};
    const auto previous = tx.value<std::string>(kLastHash).value_or(std::string(32, '\0'));
    tx.run(kRecord, entry.at, entry.actor_kind, entry.actor_id, entry.actor_name, entry.address, entry.action,
           entry.subject, entry.subject_id, entry.before, entry.after, storage::Blob{previous},
           storage::Blob{chained(previous, entry)});
}

std::int64_t verify(const storage::View& view) {
    std::string previous(32, '\0');
    std::int64_t expected_id = 1;
    std::int64_t broken = 0;
    view.each(kAll, [&](const storage::Row& row) {
        if (broken != 0) {
            return;
        }
        const Entry entry{.at = row.get<Time>(1),
                          .actor_kind = row.get<std::string>(2),
                          .actor_id = row.get<std::int64_t>(3),
                          .actor_name = row.get<std::string>(4),
                          .address = row.get<std::string>(5),
                          .action = row.get<std::string>(6),
                          .subject = row.get<std::string>(7),
                          .subject_id = row.get<std::int64_t>(8),
                          .before = row.get<std::string>(9),
                          .after = row.get<std::string>(10)};
        const auto id = row.get<std::int64_t>(0);
        const auto hash = row.get<std::string>(12);
        if (id != expected_id || row.get<std::string>(11) != previous || hash != chained(previous, entry)) {
            broken = id;
        }
        previous = hash;
        ++expected_id;
    });
    return broken;
}

}  // namespace orderd::audit
