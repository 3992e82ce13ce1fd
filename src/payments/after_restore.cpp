#include "payments/after_restore.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "orders/order.h"
#include "payments/charging.h"
#include "storage/event_log.h"
#include "storage/events.h"
#include "storage/numbering.h"
#include "storage/settings.h"

namespace orderd::payments {

namespace {

constexpr auto kSetting = "restored";

constexpr auto kTotal = "SELECT total FROM orders WHERE id = ?1";
constexpr auto kInsertFoundAttempt =
    "INSERT INTO payment_attempt (id, payment_id, gateway, idempotency_key, instrument, outcome, at, return_url, "
    "amount) VALUES (" ORDERD_NEXT_ID("payment_attempt") ", ?1, ?2, ?3, '', 'open', ?4, '', ?5)";
constexpr auto kUnknownCharges = R"sql(
    SELECT json_extract(body, '$.gateway'), json_extract(body, '$.reference') FROM event
     WHERE subject = 'order' AND subject_id = ?1 AND kind = 'payment.unknown_charge'
)sql";
constexpr auto kOnce = "INSERT INTO gateway_event (gateway, event_id, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";

Json to_json(const Restored& restored) {
    return {{"at", restored.at.ms},
            {"since", restored.since.ms},
            {"last_order", number(restored.last_order)},
            {"asked", restored.asked}};
}

bool was_asked(const Restored& restored, std::string_view gateway) {
    return std::find(restored.asked.begin(), restored.asked.end(), gateway) != restored.asked.end();
}

/// Whether the gateway's charge may have the customer's money, or may still get it.
bool may_hold_money(const Outcome& outcome) {
    return outcome.state != Outcome::State::declined && outcome.state != Outcome::State::voided;
}

/// Whether the gateway has some of the charge's money, or may still get it.
bool has_money(const Report& report) {
    if (report.charge.state != Outcome::State::succeeded) {
        return may_hold_money(report.charge);
    }
    auto left = report.charge.captured;
    for (const auto& refund : report.refunds) {
        left = left - (refund.state == RefundSeen::State::failed ? Money{} : refund.amount);
    }
    for (const auto& dispute : report.disputes) {
        left = left - (dispute.status == DisputeStatus::lost ? dispute.amount : Money{});
    }
    return left > Money{};
}

/// Reports money for an order that is not in the backup, or that differs there: only the shop's people can
/// know what it was for.
void tell_of_unknown(storage::Transaction& tx, const Gateway& gateway, const ChargeSeen& seen, Time now) {
    if (tx.run(kOnce, gateway.name(), "unknown-" + seen.outcome.reference, now) != 1) {
        return;
    }
    log::warning("a charge is for an order that the backup lacks or has with another total",
                 {{"gateway", gateway.name()}, {"reference", seen.outcome.reference}, {"order", number(seen.order)}});
    events::record(tx, "payment.unknown_charge", {"order", number(seen.order)},
                   {{"gateway", gateway.name()},
                    {"reference", seen.outcome.reference},
                    {"amount", seen.amount.minor},
                    {"captured", seen.outcome.captured.minor}},
                   Actor::system(), now);
}

/// A charge that still waits for its customer is called off: it would take money later, which nobody was told of, for an
/// order that it does not fit.
Outcome called_off(Gateway& gateway, const Outcome& charge) {
    if (charge.state != Outcome::State::requires_action) {
        return charge;
    }
    try {
        return gateway.cancel(charge.reference);
    } catch (const GatewayRefused& refused) {
        log::warning("a charge that the backup lacks cannot be called off",
                     {{"gateway", gateway.name()}, {"reference", charge.reference}, {"code", refused.code()}});
        return charge;
    }
}

/// What the shop makes of a charge that it sees at a gateway.
struct Match {
    std::optional<AttemptId> attempt = {};  ///< of which it is
    bool is_unknown = false;                ///< it is ours, and of no order in the backup, or of one with another total
};

/// The attempt that a charge belongs to: found, or added if the backup lacks it. Neither that nor unknown: the charge is
/// not ours, or needs no handling.
Match match(storage::Transaction& tx, const Gateway& gateway, const ChargeSeen& seen, Time now) {
    const auto& charge = seen.outcome;
    if (const auto known = find_attempt(tx, gateway.name(), charge.reference)) {
        return {.attempt = known->id};
    }
    if (const auto known = find_attempt_by_key(tx, gateway.name(), charge.key); known && !charge.key.empty()) {
        return {.attempt = known->id};
    }
    // An account may serve several shops, each with an order 1001. Charges by an older orderd do not name
    // their shop, and count as ours if the amount is right.
    const bool surely_ours = seen.is_ours || seen.shop == events::shop_name_outside(tx);
    const bool perhaps_ours = surely_ours || seen.shop.empty();
    if (!perhaps_ours || seen.order == OrderId{} || !may_hold_money(charge)) {
        return {};
    }
    const auto total = tx.value<Money>(kTotal, seen.order);
    if (total != seen.amount) {
        return {.is_unknown = surely_ours};
    }
    const auto order = orders::get(tx, seen.order);
    auto payment = find_by_order(tx, order.id);
    if (!payment) {
        payment = insert(
            tx,
            {.order = order.id, .amount = order.totals.total, .method = "card", .gateway = std::string(gateway.name())},
            now);
    }
    const auto key = charge.key.empty() ? "found-" + charge.reference : charge.key;
    return {.attempt =
                AttemptId{tx.insert(kInsertFoundAttempt, payment->id, gateway.name(), key, seen.at, seen.amount)}};
}

void take_unknown(Desk& desk, Gateway& gateway, ChargeSeen seen) {
    seen.outcome = called_off(gateway, seen.outcome);
    if (may_hold_money(seen.outcome)) {
        desk.store.writer().run(
            [&](storage::Transaction& tx) { tell_of_unknown(tx, gateway, seen, desk.clock.now()); });
    }
}

void ask_gateway(Desk& desk, Gateway& gateway, const Restored& restored) {
    const auto touched = gateway.touched_since(restored.since);
    std::int64_t known = 0;
    for (const auto& seen : touched) {
        const auto of = desk.store.writer().run(
            [&](storage::Transaction& tx) { return match(tx, gateway, seen, desk.clock.now()); });
        if (of.attempt) {
            look_up(desk, *of.attempt, seen.outcome.reference);
            ++known;
        } else if (of.is_unknown) {
            take_unknown(desk, gateway, seen);
        }
    }
    desk.store.writer().run([&](storage::Transaction& tx) {
        auto now_restored = read_restored(tx);
        if (!now_restored || was_asked(*now_restored, gateway.name())) {
            return;
        }
        now_restored->asked.emplace_back(gateway.name());
        const auto now = desk.clock.now();
        settings::write(tx, kSetting, to_json(*now_restored), now);
        events::record(tx, "shop.gateway_asked", {"setting", 0},
                       {{"gateway", gateway.name()}, {"since", rfc3339(restored.since)}, {"charges", known}},
                       Actor::system(), now);
    });
}

/// Asks every gateway that is set up and has not been asked yet.
void ask_all(Desk& desk) {
    const auto restored = read_restored(desk.store.read());
    if (!restored) {
        return;
    }
    for (const auto& gateway : desk.gateways.all()) {
        if (!was_asked(*restored, gateway->name()) && gateway->is_ready(desk.store.read())) {
            ask_gateway(desk, *gateway, *restored);
        }
    }
}

}  // namespace

std::optional<Restored> read_restored(const storage::View& view) {
    const auto kept = settings::read(view, kSetting);
    if (!kept) {
        return std::nullopt;
    }
    return Restored{.at = {kept->at("at").get<std::int64_t>()},
                    .since = {kept->at("since").get<std::int64_t>()},
                    .last_order = OrderId{kept->at("last_order").get<std::int64_t>()},
                    .asked = kept->at("asked").get<std::vector<std::string>>()};
}

void note_restored(storage::Transaction& tx, const Restored& restored) {
    settings::write(tx, kSetting, to_json(restored), restored.at);
    jobs::add(tx, {.kind = kAskJob, .run_at = restored.at, .dedupe_key = std::string(kAskJob.name)}, restored.at);
}

bool is_to_be_asked(const storage::View& view, OrderId order, std::string_view gateway) {
    const auto restored = read_restored(view);
    return restored && order <= restored->last_order && !was_asked(*restored, gateway);
}

void ask_first(Desk& desk, OrderId order, std::string_view gateway) {
    if (!is_to_be_asked(desk.store.read(), order, gateway)) {
        return;
    }
    auto& wanted = desk.gateways.by_name(gateway);
    if (!wanted.is_ready(desk.store.read())) {
        throw GatewayTrouble(
            fmt::format("the payment gateway {} is not set up, so it could not be asked yet", gateway));
    }
    ask_all(desk);
}

bool is_charged_already(Desk& desk, OrderId order) {
    std::vector<std::pair<std::string, std::string>> unknown;
    desk.store.read().each(
        kUnknownCharges,
        [&](const storage::Row& row) { unknown.emplace_back(row.get<std::string>(0), row.get<std::string>(1)); },
        order);
    return std::any_of(unknown.begin(), unknown.end(), [&](const auto& charge) {
        auto* gateway = desk.gateways.find(charge.first);
        return gateway != nullptr && has_money(gateway->report(charge.second));
    });
}

void add_restore_job(jobs::Workers& workers, Desk& desk) {
    workers.handle(kAskJob, [&desk](const jobs::Job&) { ask_all(desk); });
}

}  // namespace orderd::payments
