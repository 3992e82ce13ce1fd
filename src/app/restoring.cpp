#include "app/restoring.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/check.h"
#include "app/reserved_numbers.h"
#include "documents/numbers.h"
#include "orders/lifecycle.h"
#include "orders/numbering.h"
#include "payments/after_restore.h"
#include "storage/event_log.h"
#include "storage/events.h"

namespace orderd::app {

namespace {

constexpr auto kNewestEvent = "SELECT coalesce(max(at), 0) FROM (SELECT at FROM event ORDER BY sequence DESC LIMIT 1)";
/// The earliest time among the last events, since the clock may have been ahead for some of them.
constexpr auto kSurelyBefore = R"sql(
    SELECT coalesce(min(at), 0) FROM (SELECT at FROM event ORDER BY sequence DESC LIMIT 100)
)sql";
constexpr auto kOrdersSince = "SELECT count(*) FROM orders WHERE id >= ?1 AND placed_at >= ?2";
constexpr auto kSetFloor = R"sql(
    INSERT INTO number_floor (name, after) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET after = max(after, excluded.after)
)sql";
constexpr auto kFloor = "SELECT after FROM number_floor WHERE name = ?1";
// SQLite's own counters, of tables with AUTOINCREMENT: one is there from a table's first row on.
constexpr auto kCounters = R"sql(
    SELECT t.name, coalesce(s.seq, 0) FROM sqlite_schema t LEFT JOIN sqlite_sequence s ON s.name = t.name
     WHERE t.type = 'table' AND t.sql LIKE '%AUTOINCREMENT%'
)sql";
constexpr auto kRemoveCounter = "DELETE FROM sqlite_sequence WHERE name = ?1";
constexpr auto kSetCounter = "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)";
constexpr auto kOwners = R"sql(
    SELECT username, created_at, password_hash IS NULL FROM admin_user WHERE active = 1 AND role = 'owner' ORDER BY id
)sql";
constexpr auto kKeys = R"sql(
    SELECT k.label, k.role, u.username, k.created_at FROM api_key k JOIN admin_user u ON u.id = k.created_by
     WHERE k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ?1) ORDER BY k.id
)sql";

/// Tables whose ids are known outside: to customers, other programs, carriers, and pages that staff have open. Those
/// with AUTOINCREMENT have SQLite's counter, see kCounters.
constexpr std::array kNumbered{
    "orders",       "order_item",       "payment",    "payment_attempt", "refund",  "dispute", "shipment",
    "order_return", "return_request",   "customer",   "admin_user",      "api_key", "import",  "alert",
    "mail",         "webhook_delivery", "legal_text", "own_words",       "logo"};

constexpr std::int64_t kMargin = 1000;
constexpr Duration kMargins = hours(1);  ///< for a clock that was off, and for charges begun before they were stored
/// For so long a gateway sends a webhook again that was not taken (docs.stripe.com/webhooks). What it told after the backup
/// may have happened so much before it.
constexpr Duration kToldWithin = days(3);
constexpr Duration kHoldFor = hours(1);  ///< time for asking the gateways
constexpr Duration kLongestGap = days(366);

/// How many numbers to skip: twice the orders that the shop placed in an equally long time before the backup,
/// and at least a thousand.
std::int64_t margin_for(const storage::View& view, Time until, Time now) {
    const auto gap = std::clamp(now - until, Duration{0}, kLongestGap);
    const auto from = until - gap;
    const auto first = orders::span_of(view, from, std::nullopt).from;
    return std::max(kMargin, 2 * view.value<std::int64_t>(kOrdersSince, first, from).value_or(0));
}

std::int64_t last_of(const storage::View& view, std::string_view table) {
    return view.value<std::int64_t>(fmt::format("SELECT coalesce(max(id), 0) FROM {}", table)).value_or(0);
}

/// Makes each kind of number continue after the margin. @returns the number of the next order
std::int64_t jump_ahead(storage::Transaction& tx, Time until, ReservedNumbers& reserved, Time now) {
    const auto margin = margin_for(tx, until, now);
    const auto free_after = [&](const std::string& table, std::int64_t last) {
        auto& floor = reserved[table];
        floor = (std::max(last, floor) + margin + kMargin - 1) / kMargin * kMargin;
        return floor;
    };
    for (const auto* table : kNumbered) {
        const auto first = table == std::string_view("orders") ? orders::kFirstNumber - 1 : 0;
        tx.run(kSetFloor, std::string_view(table), free_after(table, std::max(last_of(tx, table), first)));
    }
    std::vector<std::pair<std::string, std::int64_t>> counters;
    tx.each(kCounters,
            [&](const storage::Row& row) { counters.emplace_back(row.get<std::string>(0), row.get<std::int64_t>(1)); });
    for (const auto& [table, last] : counters) {
        tx.run(kRemoveCounter, table);
        tx.run(kSetCounter, table, free_after(table, last));
    }
    return tx.value<std::int64_t>("SELECT after + 1 FROM number_floor WHERE name = 'orders'").value();
}

/// Begins new series of documents: invoices that were issued after the backup have numbers that must not be given again,
/// and that may not be skipped either. Counted beside the database too, like the other numbers.
std::int64_t begin_series(storage::Transaction& tx, ReservedNumbers& reserved) {
    const std::string name(documents::kRestores);
    auto& restores = reserved[name];
    restores = std::max(restores, tx.value<std::int64_t>(kFloor, name).value_or(0)) + 1;
    tx.run(kSetFloor, name, restores);
    return restores;
}

payments::Restored what_to_ask(const storage::View& view, Time now) {
    payments::Restored wanted{.at = now,
                              .since = std::min(view.value<Time>(kSurelyBefore).value(), now) - kMargins - kToldWithin,
                              .last_order = OrderId{last_of(view, "orders")},
                              .asked = {}};
    if (const auto before = payments::read_restored(view); before && before->asked.empty()) {
        wanted.since = std::min(wanted.since, before->since);  // the shop had not asked yet when the backup was made
    }
    return wanted;
}

void begin_anew(storage::Transaction& tx, Restoration& told, const RestoreWish& wish, const storage::Files& files,
                Time now) {
    const auto before = events::current_log(tx);
    told.until = tx.value<Time>(kNewestEvent).value();
    told.last_order = OrderId{last_of(tx, "orders")};
    if (wish.nothing_since) {
        told.next_order = orders::next_turn(tx, now).id;
    } else {
        events::begin_log(tx, now);
        auto reserved = read_reserved_numbers(files);
        told.next_order = OrderId{jump_ahead(tx, told.until, reserved, now)};
        told.document_letters = documents::letters_after(begin_series(tx, reserved));
        write_reserved_numbers(files, reserved);  // before any is given; a crash here leaves some that never are
    }
    payments::note_restored(tx, what_to_ask(tx, now));
    orders::hold_all_until(tx, now + kHoldFor, now);
    const Json body{{"log", events::current_log(tx).name},   {"log_before", before.name},
                    {"sequence_before", before.last},        {"backup_until", rfc3339(told.until)},
                    {"next_order", number(told.next_order)}, {"document_letters", told.document_letters}};
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
                      .begin_anew = [&](storage::Transaction& tx) { begin_anew(tx, told, wish, files, clock.now()); },
                      .at_moment = at_moment});
    return told;
}

}  // namespace orderd::app
