#include "app/restoring.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/check.h"
#include "orders/lifecycle.h"
#include "orders/numbering.h"
#include "payments/after_restore.h"
#include "storage/event_log.h"
#include "storage/events.h"

namespace orderd::app {

namespace {

constexpr auto kNewestEvent = "SELECT coalesce(max(at), 0) FROM (SELECT at FROM event ORDER BY sequence DESC LIMIT 1)";
/// Of the last events, the earliest time, since the clock may have been ahead for some of them.
constexpr auto kSurelyBefore = R"sql(
    SELECT coalesce(min(at), 0) FROM (SELECT at FROM event ORDER BY sequence DESC LIMIT 100)
)sql";
constexpr auto kOrdersSince = "SELECT count(*) FROM orders WHERE placed_at >= ?1";
constexpr auto kSetFloor = R"sql(
    INSERT INTO number_floor (name, after) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET after = max(after, excluded.after)
)sql";
constexpr auto kJump = "UPDATE sqlite_sequence SET seq = seq + ?1";
constexpr auto kOwners = R"sql(
    SELECT username, created_at, password_hash IS NULL FROM admin_user WHERE active = 1 AND role = 'owner' ORDER BY id
)sql";
constexpr auto kKeys = R"sql(
    SELECT k.label, k.role, u.username, k.created_at FROM api_key k JOIN admin_user u ON u.id = k.created_by
     WHERE k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ?1) ORDER BY k.id
)sql";

/// Rows whose ids others know: customers, other programs, carriers.
constexpr std::array<const char*, 7> kNumbered{"orders",   "order_item", "payment", "refund",
                                               "shipment", "customer",   "mail"};

constexpr std::int64_t kMargin = 1000;
/// Of each kind, for every minute since the backup: it does not know of numbers that were given after it was restored
/// before.
constexpr std::int64_t kEachMinute = 6;
constexpr Duration kMargins = hours(1);  ///< of a clock that was off, and of a charge begun before it was written down
constexpr Duration kHoldFor = hours(1);  ///< for the gateways to be asked
constexpr Duration kLongestGap = days(366);

/// Twice as many orders as the shop placed in as long a time before the backup, and at least a thousand.
std::int64_t margin_for(const storage::View& view, Time until, Time now) {
    const auto gap = std::clamp(now - until, Duration{0}, kLongestGap);
    return std::max(kMargin, 2 * view.value<std::int64_t>(kOrdersSince, until - gap).value_or(0));
}

std::int64_t last_of(const storage::View& view, std::string_view table) {
    return view.value<std::int64_t>(fmt::format("SELECT coalesce(max(id), 0) FROM {}", table)).value_or(0);
}

/// Sets from where on each kind of number is given. @returns the number of the next order
std::int64_t jump_ahead(storage::Transaction& tx, Time until, Time now) {
    const auto margin = margin_for(tx, until, now);
    const auto given_since = kEachMinute * (std::clamp(now - until, Duration{0}, kLongestGap).ms / minutes(1).ms);
    for (const auto* table : kNumbered) {
        const auto first = table == std::string_view("orders") ? orders::kFirstNumber - 1 : 0;
        const auto wanted = std::max(last_of(tx, table), first) + margin;
        tx.run(kSetFloor, std::string_view(table), (wanted + kMargin - 1) / kMargin * kMargin + given_since);
    }
    tx.run(kJump, margin + given_since);
    return tx.value<std::int64_t>("SELECT after + 1 FROM number_floor WHERE name = 'orders'").value();
}

payments::Restored what_to_ask(const storage::View& view, Time now) {
    payments::Restored wanted{.at = now,
                              .since = std::min(view.value<Time>(kSurelyBefore).value(), now) - kMargins,
                              .last_order = OrderId{last_of(view, "orders")},
                              .asked = {}};
    if (const auto before = payments::read_restored(view); before && before->asked.empty()) {
        wanted.since = std::min(wanted.since, before->since);  // a backup of a shop that had not asked yet
    }
    return wanted;
}

void begin_anew(storage::Transaction& tx, Restoration& told, const RestoreWish& wish, Time now) {
    const auto before = events::current_log(tx);
    told.until = tx.value<Time>(kNewestEvent).value();
    told.last_order = OrderId{last_of(tx, "orders")};
    if (wish.nothing_since) {
        told.next_order = orders::next_turn(tx, now).id;
    } else {
        events::begin_log(tx, now);
        told.next_order = OrderId{jump_ahead(tx, told.until, now)};
    }
    payments::note_restored(tx, what_to_ask(tx, now));
    orders::hold_all_until(tx, now + kHoldFor, now);
    const Json body{{"log", events::current_log(tx).name},
                    {"log_before", before.name},
                    {"sequence_before", before.last},
                    {"backup_until", rfc3339(told.until)},
                    {"next_order", number(told.next_order)}};
    events::record(tx, "shop.restored", {"setting", 0}, body, Actor::command_line(), now);
    audit::record(tx, "shop.restore", {"setting", 0}, nullptr, body, Actor::command_line(), now);
    tx.each(kOwners, [&](const storage::Row& row) {
        told.owners.push_back(fmt::format("{} (since {}{})", row.get<std::string>(0), rfc3339(row.get<Time>(1)),
                                          row.get<bool>(2) ? "; nobody has claimed it" : ""));
    });
    tx.each(
        kKeys,
        [&](const storage::Row& row) {
            told.api_keys.push_back(fmt::format("{} ({}, made by {}, since {})", row.get<std::string>(0),
                                                row.get<std::string>(1), row.get<std::string>(2),
                                                rfc3339(row.get<Time>(3))));
        },
        now);
}

std::vector<std::string> faults_of_data(const storage::View& view) {
    std::vector<std::string> faults;
    for (const auto& finding : check(view)) {
        for (const auto& fault : finding.faults) {
            faults.push_back(fmt::format("{}: {}", finding.name, fault));
        }
    }
    return faults;
}

}  // namespace

Restoration restore_shop(const std::filesystem::path& source, const storage::Files& files, const RestoreWish& wish,
                         const Clock& clock, const std::function<void(storage::RestoreMoment)>& at_moment) {
    Restoration told;
    const auto look = [&](const storage::View& view) {
        told.faults = faults_of_data(view);
        if (!told.faults.empty() && !wish.even_with_faults) {
            std::string all;
            for (const auto& fault : told.faults) {
                all += "\n    " + fault;
            }
            throw storage::OpenError(
                fmt::format("{} does not check, and nothing was put in place:{}\nTake another backup; where there is "
                            "none, --with-faults restores this one",
                            source.string(), all));
        }
    };
    storage::restore(source, files,
                     {.look = look,
                      .begin_anew = [&](storage::Transaction& tx) { begin_anew(tx, told, wish, clock.now()); },
                      .at_moment = at_moment});
    return told;
}

}  // namespace orderd::app
