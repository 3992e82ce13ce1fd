#include "payments/charging.h"

#include "payments/after_restore.h"
#include "payments/declines.h"
#include "payments/refunds.h"
#include "storage/event_log.h"

namespace orderd::payments {

namespace {

constexpr auto kOverdue = R"sql(
    SELECT id, outcome FROM payment_attempt
     WHERE outcome IN ('open', 'requires_action') AND at <= ?1
       AND (outcome = 'requires_action' OR gateway_reference IS NULL OR at > ?2)
     ORDER BY at LIMIT 100
)sql";
/// What its gateway decides in days; it is asked about with what is undecided in other ways.
constexpr auto kTaking = R"sql(
    SELECT id FROM payment_attempt
     WHERE outcome IN ('open', 'requires_action') AND outcome = 'open' AND gateway_reference IS NOT NULL AND at <= ?1
     ORDER BY at LIMIT 1000
)sql";
constexpr auto kUndecidedCharges = R"sql(
    SELECT a.id FROM payment p JOIN payment_attempt a ON a.gateway = p.gateway AND a.gateway_reference = p.gateway_reference
     WHERE p.status IN ('authorized', 'disputed')
        OR p.id IN (SELECT payment_id FROM refund WHERE status = 'pending' AND gateway_reference IS NOT NULL)
     ORDER BY a.id LIMIT 1000
)sql";

constexpr Duration kOverdueAfter = minutes(3);
constexpr Duration kTakesDaysAfter = hours(1);  ///< a charge that its gateway has not decided by then takes days
/// When staff restart a dead job, its tries count from one again. No job dies sooner than this, so before it,
/// a first try is really the first.
constexpr Duration kSurelyFirst = minutes(10);
constexpr Duration kLookAfterEvery = minutes(5);
constexpr Duration kReconcileEvery = hours(6);

AttemptId attempt_of(const jobs::Job& job) { return AttemptId{job.payload.at("attempt_id").get<std::int64_t>()}; }

void settle_now(Desk& desk, AttemptId attempt, const Outcome& outcome) {
    desk.store.writer().run([&](storage::Transaction& tx) {
        settle(tx, attempt, outcome, Actor::system(), desk.clock.now());
        desk.reached(Moment::before_commit);
    });
    desk.reached(Moment::after_commit);
}

/// Cancels earlier attempts that still wait for their customer, so that none lands beside this one. @returns
/// whether one of them already has the money
bool let_earlier_go(Desk& desk, const Attempt& attempt) {
    const auto attempts = attempts_of(desk.store.read(), attempt.payment);
    for (const auto& earlier : attempts) {
        if (earlier.id == attempt.id || earlier.outcome != AttemptOutcome::requires_action ||
            !earlier.gateway_reference) {
            continue;
        }
        const auto outcome = desk.gateways.by_name(earlier.gateway).cancel(*earlier.gateway_reference);
        settle_now(desk, earlier.id, outcome);
        if (outcome.state == Outcome::State::succeeded || outcome.state == Outcome::State::authorized) {
            return true;
        }
    }
    return false;
}

Charge charge_of(Desk& desk, const Attempt& attempt, const Payment& payment) {
    return {.key = attempt.key,
            .instrument = attempt.instrument,
            .amount = attempt.amount,
            .currency = desk.currency.code(),
            .order = payment.order,
            .payment = payment.id,
            .shop = events::shop_name_outside(desk.store.read()),
            .capture = desk.capture_at_once || payment.is_captured(),  // what an edit added is taken at once
            .return_url = attempt.return_url,
            .begun = attempt.at};
}

/// The records that an attempt needs before it charges.
struct Wanted {
    Attempt attempt;
    Payment payment;
    orders::Order order;
};

Wanted wanted_by(Desk& desk, AttemptId id) {
    const auto view = desk.store.read();
    auto attempt = get_attempt(view, id);
    auto payment = get(view, attempt.payment);
    auto order = orders::get(view, payment.order);
    return {std::move(attempt), std::move(payment), std::move(order)};
}

void charge(Desk& desk, const jobs::Job& job) {
    const auto id = attempt_of(job);
    const auto before = wanted_by(desk, id);
    ask_first(desk, before.order.id, before.attempt.gateway);
    const auto [attempt, payment, order] = wanted_by(desk, id);
    if (attempt.outcome != AttemptOutcome::open) {
        return;  // already settled: this job runs again after a crash
    }
    // In its first run the gateway has not been asked for money. In a later run it may have been, and only
    // the gateway can tell: it is asked again, and what it took is returned.
    const bool nothing_asked =
        job.attempt == 1 && !job.payload.value("again", false) && desk.clock.now() - attempt.at < kSurelyFirst;
    if (nothing_asked && !waits_for_money(order)) {
        return settle_now(desk, id, {.state = Outcome::State::voided, .failure_code = "order_closed"});
    }
    const auto restored = read_restored(desk.store.read());
    const bool asked_since = restored && attempt.at <= restored->at;  // and it has no charge, or it would be settled
    const bool is_rest = payment.is_captured() && attempt.amount <= payment.balance();
    if (payment.is_taken() && !is_rest && (nothing_asked || asked_since)) {
        return settle_now(desk, id, {.state = Outcome::State::voided, .failure_code = "superseded"});
    }
    if (let_earlier_go(desk, attempt) && nothing_asked) {
        return settle_now(desk, id, {.state = Outcome::State::voided, .failure_code = "superseded"});
    }
    auto& gateway = desk.gateways.by_name(attempt.gateway);
    const auto wanted = charge_of(desk, attempt, payment);
    if (!waits_for_money(order)) {  // makes no new charge; one that exists is returned
        return settle_now(
            desk, id,
            gateway.find(wanted).value_or(Outcome{.state = Outcome::State::voided, .failure_code = "order_closed"}));
    }
    if (restored && is_charged_already(desk, order.id)) {
        const Outcome refused{.state = Outcome::State::declined, .failure_code = refused_code("unknown_charge")};
        return settle_now(desk, id, nothing_asked ? refused : gateway.find(wanted).value_or(refused));
    }
    desk.reached(Moment::before_call);
    const auto outcome = gateway.charge(wanted);
    desk.reached(Moment::after_call);
    settle_now(desk, id, outcome);
}

/// Returns a second charge for a payment in full: voids it, or refunds what is left of it if it was captured. People may
/// have refunded some or all of it at the gateway.
void give_back(Desk& desk, const jobs::Job& job) {
    const auto attempt = get_attempt(desk.store.read(), attempt_of(job));
    if (!attempt.gateway_reference) {
        return;
    }
    auto& gateway = desk.gateways.by_name(attempt.gateway);
    const auto outcome = gateway.cancel(*attempt.gateway_reference);
    if (outcome.state == Outcome::State::succeeded) {
        try {
            gateway.refund({.key = attempt.key + "-return-all",
                            .reference = *attempt.gateway_reference,
                            .amount = std::nullopt,
                            .currency = desk.currency.code(),
                            .begun = attempt.at});
        } catch (const GatewayRefused& refused) {
            if (refused.code() != kNothingLeftToRefund) {
                throw;
            }
        }
    }
}

/// Takes up what a dead job or a lost webhook left behind, so that no payment stays between two states for
/// good.
void look_after(Desk& desk) {
    const auto now = desk.clock.now();
    desk.store.writer().run([&](storage::Transaction& tx) {
        std::vector<std::pair<AttemptId, bool>> overdue;
        tx.each(
            kOverdue,
            [&](const storage::Row& row) {
                overdue.emplace_back(row.get<AttemptId>(0), row.get<std::string_view>(1) == "open");
            },
            now - kOverdueAfter, now - kTakesDaysAfter);
        for (const auto& [attempt, open] : overdue) {
            ask_for(tx, open ? kChargeJob : kLookUpJob, attempt, now, true);
        }
        take_up_refunds(tx, now - kOverdueAfter, now);
    });
}

/// Asks about what a gateway decides in days, in case its webhook is not set up or was lost: an authorization
/// that it released, a refund that did not arrive, a dispute.
void reconcile(Desk& desk) {
    desk.store.writer().run([&](storage::Transaction& tx) {
        std::vector<AttemptId> undecided;
        const auto take = [&](const storage::Row& row) { undecided.push_back(row.get<AttemptId>(0)); };
        tx.each(kUndecidedCharges, take);
        tx.each(kTaking, take, desk.clock.now() - kTakesDaysAfter);
        for (const auto attempt : undecided) {
            ask_for(tx, kCompareJob, attempt, desk.clock.now(), true);
        }
    });
}

}  // namespace

void look_up(Desk& desk, AttemptId id, std::string_view reference) {
    const auto attempt = get_attempt(desk.store.read(), id);
    const auto name = reference.empty() ? attempt.gateway_reference.value_or("") : std::string(reference);
    if (name.empty()) {
        return;
    }
    const auto report = desk.gateways.by_name(attempt.gateway).report(name);
    if (!report.charge.key.empty() && report.charge.key != attempt.key) {
        throw jobs::GiveUp("the gateway's charge is of another attempt");
    }
    desk.store.writer().run([&](storage::Transaction& tx) {
        const auto now = desk.clock.now();
        settle(tx, id, report.charge, Actor::system(), now);
        settle_returns(tx, id, report, now);
    });
}

jobs::Handler asking_gateway(jobs::Handler handler) {
    return [handler = std::move(handler)](const jobs::Job& job) {
        try {
            handler(job);
        } catch (const GatewayTrouble& trouble) {
            throw jobs::NoAnswer(trouble.what());
        }
    };
}

void add_charging_jobs(jobs::Workers& workers, Desk& desk) {
    const auto look = [&desk](const jobs::Job& job) {
        look_up(desk, attempt_of(job), job.payload.value("reference", ""));
    };
    workers.handle(kChargeJob, asking_gateway([&desk](const jobs::Job& job) { charge(desk, job); }));
    workers.handle(kLookUpJob, asking_gateway(look));
    workers.handle(kCompareJob, asking_gateway(look));
    workers.handle(kReturnJob, asking_gateway([&desk](const jobs::Job& job) { give_back(desk, job); }));
    workers.every(kReconcileJob, kReconcileEvery, [&desk](const jobs::Job&) { reconcile(desk); });
    workers.every(kLookAfterJob, kLookAfterEvery, [&desk](const jobs::Job&) { look_after(desk); });
}

}  // namespace orderd::payments
