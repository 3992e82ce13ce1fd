#include "storage/audit.h"

#include <fmt/format.h>
#include <sodium.h>

#include <optional>
#include <utility>

#include "storage/events.h"

namespace orderd::audit {

namespace {

constexpr auto kRecordEntry = R"sql(
    INSERT INTO audit_entry (id, at, actor_kind, actor_id, actor_name, address, action, subject, subject_id, before,
                             after, hash)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
)sql";
constexpr auto kEntries = R"sql(
    SELECT id, at, actor_kind, actor_id, actor_name, address, action, subject, subject_id, before, after, hash
      FROM audit_entry WHERE id > ?1 ORDER BY id LIMIT ?2
)sql";
constexpr auto kEnd = "SELECT coalesce(max(id), 0) FROM audit_entry";
constexpr auto kAnchor = "SELECT entries, unkeyed, hash, seal, removed, removed_hash FROM audit_anchor";
constexpr auto kSetAnchor = R"sql(
    INSERT INTO audit_anchor (id, entries, unkeyed, hash, seal, removed, removed_hash)
    VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (id) DO UPDATE SET entries = excluded.entries, unkeyed = excluded.unkeyed, hash = excluded.hash,
                                       seal = excluded.seal, removed = excluded.removed,
                                       removed_hash = excluded.removed_hash
)sql";
constexpr auto kTimes = R"sql(
    SELECT id, at FROM audit_entry WHERE id < (SELECT max(id) FROM audit_entry) AND id <= ?2 ORDER BY id LIMIT ?1
)sql";
constexpr auto kRemove = "DELETE FROM audit_entry WHERE id <= ?1";

constexpr std::size_t kHashBytes = 32;

/// Of an entry's hash, what stands in its row: enough to tell which entry was changed. The whole hashes are computed
/// again from the first one on, and the last must be the one that is sealed.
constexpr std::size_t kTagBytes = 8;
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
    std::string tag = {};
};

std::string first_hash() { return std::string(kHashBytes, '\0'); }

/// The end of the log, and the beginning of what is kept of it.
struct Anchor {
    std::int64_t entries = 0;                 ///< how many were ever written
    std::int64_t unkeyed = 0;                 ///< how many of the first entries have hashes without a key
    std::string hash = first_hash();          ///< of the last entry
    std::int64_t removed = 0;                 ///< how many of the first entries were removed
    std::string removed_hash = first_hash();  ///< of the last one removed; the oldest kept entry follows it
    std::string seal = {};
};

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

/// While nothing was removed it is what schema 3 sealed. A hash has one length, so that the two forms differ.
std::string seal_of(const storage::Vault& vault, const Anchor& anchor) {
    auto text = fmt::format("{} {} {}", anchor.entries, anchor.unkeyed, anchor.hash);
    if (anchor.removed != 0) {
        text += fmt::format(" {} {}", anchor.removed, anchor.removed_hash);
    }
    return vault.keyed_hash("audit anchor", text);
}

std::optional<Anchor> read_anchor(const storage::View& view) {
    return view.first(kAnchor, [](const storage::Row& row) {
        return Anchor{.entries = row.get<std::int64_t>(0),
                      .unkeyed = row.get<std::int64_t>(1),
                      .hash = row.get<std::string>(2),
                      .removed = row.get<std::int64_t>(4),
                      .removed_hash = row.get<std::string>(5),
                      .seal = row.get<std::string>(3)};
    });
}

void write_anchor(storage::Transaction& tx, const storage::Vault& vault, Anchor anchor) {
    anchor.seal = seal_of(vault, anchor);
    tx.run(kSetAnchor, anchor.entries, anchor.unkeyed, storage::Blob{anchor.hash}, storage::Blob{anchor.seal},
           anchor.removed, storage::Blob{anchor.removed_hash});
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
            .tag = row.get<std::string>(11)};
}

std::string_view tag_of(std::string_view hash) { return hash.substr(0, kTagBytes); }

std::string hash_of(const storage::Vault& vault, const Entry& entry, std::string_view previous, std::int64_t unkeyed) {
    return entry.id <= unkeyed ? unkeyed_hash(previous, entry) : keyed_hash(vault, previous, entry);
}

/// How far the entries after `from` follow from each other.
struct Walk {
    std::int64_t last;    ///< that fits, or `from`
    std::string hash;     ///< of it
    std::int64_t broken;  ///< the first that does not fit; 0: all do
};

Walk walk(const storage::View& view, const Anchor& anchor, std::int64_t most) {
    Walk found{.last = anchor.removed, .hash = anchor.removed_hash, .broken = 0};
    view.each(
        kEntries,
        [&](const storage::Row& row) {
            if (found.broken != 0) {
                return;
            }
            const auto entry = read_entry(row);
            auto hash = hash_of(view.vault(), entry, found.hash, anchor.unkeyed);
            if (entry.id != found.last + 1 || entry.tag != tag_of(hash)) {
                found.broken = entry.id;
                return;
            }
            found.last = entry.id;
            found.hash = std::move(hash);
        },
        std::int64_t{0}, most);
    return found;
}

}  // namespace

void record(storage::Transaction& tx, std::string_view action, events::Subject subject, const Json& before,
            const Json& after, const Actor& actor, Time now) {
    // Appending must not repair an anchor that is missing or wrong: the next entry is chained to it as it is.
    const auto last = tx.value<std::int64_t>(kEnd).value();
    auto anchor = read_anchor(tx).value_or(Anchor{});
    const Entry entry{.id = last + 1,
                      .at = now,
                      .actor_kind = std::string(to_text(actor.kind)),
                      .actor_id = actor.id,
                      .actor_name = actor.name,
                      .address = actor.address,
                      .action = std::string(action),
                      .subject = std::string(subject.kind),
                      .subject_id = subject.id,
                      .before = before.is_null() ? "" : json_text(before),
                      .after = after.is_null() ? "" : json_text(after)};
    auto hash = keyed_hash(tx.vault(), anchor.hash, entry);
    tx.run(kRecordEntry, entry.id, entry.at, entry.actor_kind, entry.actor_id, entry.actor_name, entry.address,
           entry.action, entry.subject, entry.subject_id, entry.before, entry.after, storage::Blob{tag_of(hash)});
    const bool sealed = anchor.seal == seal_of(tx.vault(), anchor);
    ++anchor.entries;
    anchor.hash = std::move(hash);
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
    const auto found = walk(view, *anchor, kAllOfThem);
    if (found.broken != 0) {
        return fmt::format("the audit chain breaks at entry {}", found.broken);
    }
    if (found.last != anchor->entries || found.hash != anchor->hash) {
        return fmt::format("the audit log ends with entry {}, and {} were written", found.last, anchor->entries);
    }
    return "";
}

std::int64_t remove_oldest(storage::Transaction& tx, const storage::Slice& slice) {
    auto anchor = read_anchor(tx);
    const auto last = anchor ? storage::last_old(tx, kTimes, slice, anchor->entries) : std::nullopt;
    if (!last || anchor->seal != seal_of(tx.vault(), *anchor)) {
        return 0;
    }
    const auto removable = walk(tx, *anchor, *last - anchor->removed);
    if (removable.broken != 0 || removable.last != *last) {
        return 0;
    }
    tx.run(kRemove, *last);
    const auto removed = *last - std::exchange(anchor->removed, *last);
    anchor->removed_hash = removable.hash;
    write_anchor(tx, tx.vault(), std::move(*anchor));
    return removed;
}

void anchor_as_found(storage::Transaction& tx) {
    Anchor anchor;
    tx.each(
        kEntries,
        [&](const storage::Row& row) {
            const auto entry = read_entry(row);
            anchor.hash = unkeyed_hash(anchor.hash, entry);
            anchor.entries = anchor.unkeyed = entry.id;
        },
        std::int64_t{0}, kAllOfThem);
    write_anchor(tx, tx.vault(), std::move(anchor));
}

}  // namespace orderd::audit
