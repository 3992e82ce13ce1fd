#include "storage/audit.h"

#include <fmt/format.h>
#include <sodium.h>

#include <optional>
#include <vector>

#include "storage/events.h"

namespace orderd::audit {

namespace {

constexpr auto kRecordEntry = R"sql(
    INSERT INTO audit_entry (at, actor_kind, actor_id, actor_name, address, action, subject, subject_id, before, after,
                             previous_hash, hash)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
)sql";
constexpr auto kAllEntries = R"sql(
    SELECT id, at, actor_kind, actor_id, actor_name, address, action, subject, subject_id, before, after,
           previous_hash, hash
      FROM audit_entry WHERE id > ?1 ORDER BY id LIMIT ?2
)sql";
constexpr auto kEnd = "SELECT coalesce(max(id), 0) FROM audit_entry";
constexpr auto kHash = "SELECT hash FROM audit_entry WHERE id = ?1";
constexpr auto kAnchor = "SELECT entries, unkeyed, hash, seal FROM audit_anchor";
constexpr auto kSetAnchor = R"sql(
    INSERT INTO audit_anchor (id, entries, unkeyed, hash, seal) VALUES (1, ?1, ?2, ?3, ?4)
        ON CONFLICT (id) DO UPDATE SET entries = excluded.entries, unkeyed = excluded.unkeyed, hash = excluded.hash,
                                       seal = excluded.seal
)sql";

constexpr std::size_t kHashBytes = 32;
constexpr std::int64_t kAllOfThem = -1;  // as LIMIT

struct Entry {
    std::int64_t id = 0;
    Time at;
    std::string actor_kind;
    std::int64_t actor_id = 0;
    std::string actor_name;
    std::string address;
    std::string action;
    std::string subject;
    std::int64_t subject_id = 0;
    std::string before;
    std::string after;
    std::string previous_hash;
    std::string hash;
};

/// The end of the log.
struct Anchor {
    std::int64_t entries = 0;
    std::int64_t unkeyed = 0;  ///< how many of the first entries have hashes without a key
    std::string hash;
    std::string seal;
};

std::string first_hash() { return std::string(kHashBytes, '\0'); }

/// A JSON array marks where each field ends.
std::string text_of(const Entry& entry) {
    return json_text(Json::array({entry.at.ms, entry.actor_kind, entry.actor_id, entry.actor_name, entry.address,
                                  entry.action, entry.subject, entry.subject_id, entry.before, entry.after}));
}

/// BLAKE2b-256 over the previous hash and the entry, as schema 1 wrote it.
std::string unkeyed_hash(std::string_view previous, const Entry& entry) {
    const auto text = text_of(entry);
    std::string hash(kHashBytes, '\0');
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, hash.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(previous.data()), previous.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(hash.data()), hash.size());
    return hash;
}

/// The same, keyed with the shop's secret, and over the entry's number too.
std::string keyed_hash(const storage::Vault& vault, std::string_view previous, const Entry& entry) {
    return vault.keyed_hash("audit entry", fmt::format("{}{} {}", previous, entry.id, text_of(entry)));
}

std::string seal_of(const storage::Vault& vault, const Anchor& anchor) {
    return vault.keyed_hash("audit anchor", fmt::format("{} {} {}", anchor.entries, anchor.unkeyed, anchor.hash));
}

std::optional<Anchor> read_anchor(const storage::View& view) {
    return view.first(kAnchor, [](const storage::Row& row) {
        return Anchor{row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<std::string>(2),
                      row.get<std::string>(3)};
    });
}

void write_anchor(storage::Transaction& tx, const storage::Vault& vault, Anchor anchor) {
    anchor.seal = seal_of(vault, anchor);
    tx.run(kSetAnchor, anchor.entries, anchor.unkeyed, storage::Blob{anchor.hash}, storage::Blob{anchor.seal});
}

Entry read_entry(const storage::Row& row) {
    return {.id = row.get<std::int64_t>(0),
            .at = row.get<Time>(1),
            .actor_kind = row.get<std::string>(2),
            .actor_id = row.get<std::int64_t>(3),
            .actor_name = row.get<std::string>(4),
            .address = row.get<std::string>(5),
            .action = row.get<std::string>(6),
            .subject = row.get<std::string>(7),
            .subject_id = row.get<std::int64_t>(8),
            .before = row.get<std::string>(9),
            .after = row.get<std::string>(10),
            .previous_hash = row.get<std::string>(11),
            .hash = row.get<std::string>(12)};
}

bool fits(const storage::Vault& vault, const Entry& entry, std::string_view previous, std::int64_t unkeyed) {
    return entry.previous_hash == previous &&
           entry.hash == (entry.id <= unkeyed ? unkeyed_hash(previous, entry) : keyed_hash(vault, previous, entry));
}

}  // namespace

void record(storage::Transaction& tx, std::string_view action, events::Subject subject, const Json& before,
            const Json& after, const Actor& actor, Time now) {
    // Appending must not repair an anchor that is missing or wrong: the next entry is chained to it as it is.
    const auto last = tx.value<std::int64_t>(kEnd).value();
    auto anchor = read_anchor(tx).value_or(Anchor{.entries = 0, .unkeyed = 0, .hash = first_hash(), .seal = {}});
    Entry entry{.id = last + 1,
                .at = now,
                .actor_kind = std::string(to_text(actor.kind)),
                .actor_id = actor.id,
                .actor_name = actor.name,
                .address = actor.address,
                .action = std::string(action),
                .subject = std::string(subject.kind),
                .subject_id = subject.id,
                .before = before.is_null() ? "" : json_text(before),
                .after = after.is_null() ? "" : json_text(after),
                .previous_hash = anchor.hash,
                .hash = {}};
    entry.hash = keyed_hash(tx.vault(), anchor.hash, entry);
    tx.run(kRecordEntry, entry.at, entry.actor_kind, entry.actor_id, entry.actor_name, entry.address, entry.action,
           entry.subject, entry.subject_id, entry.before, entry.after, storage::Blob{entry.previous_hash},
           storage::Blob{entry.hash});
    const bool sealed = anchor.seal == seal_of(tx.vault(), anchor);
    ++anchor.entries;
    anchor.hash = entry.hash;
    if (sealed) {
        write_anchor(tx, tx.vault(), std::move(anchor));
    }
}

std::string fault(const storage::View& view) {
    const auto anchor = read_anchor(view);
    if (!anchor) {
        return "the audit log has no seal at its end";
    }
    if (anchor->seal != seal_of(view.vault(), *anchor)) {
        return "the seal at the end of the audit log was not made with this shop's key";
    }
    auto previous = first_hash();
    std::int64_t entries = 0;
    std::int64_t broken = 0;
    view.each(
        kAllEntries,
        [&](const storage::Row& row) {
            if (broken != 0) {
                return;
            }
            const auto entry = read_entry(row);
            if (entry.id != entries + 1 || !fits(view.vault(), entry, previous, anchor->unkeyed)) {
                broken = entry.id;
            }
            previous = entry.hash;
            ++entries;
        },
        0, kAllOfThem);
    if (broken != 0) {
        return fmt::format("the audit chain breaks at entry {}", broken);
    }
    if (entries != anchor->entries || previous != anchor->hash) {
        return fmt::format("the audit log ends with entry {}, and {} were written", entries, anchor->entries);
    }
    return "";
}

void anchor_as_found(storage::Transaction& tx) {
    const auto last = tx.value<std::int64_t>(kEnd).value();
    write_anchor(tx, tx.vault(),
                 {.entries = last,
                  .unkeyed = last,
                  .hash = tx.value<std::string>(kHash, last).value_or(first_hash()),
                  .seal = {}});
}

}  // namespace orderd::audit
