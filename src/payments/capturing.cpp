#include "payments/capturing.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "orders/lifecycle.h"
#include "orders/rates.h"
#include "payments/amounts.h"
#include "payments/charging.h"
#include "payments/reference.h"
#include "payments/refunds.h"
#include "storage/actor_text.h"
#include "storage/settings.h"

namespace orderd::payments {

namespace {

/// @returns whether it was added; false: one of its kind is already under way for this id
bool add_money_job(storage::Transaction& tx, jobs::Kind kind, std::int64_t id, Json payload, std::string gateway,
                   Time now) {
    return jobs::add(tx,
                     {.kind = kind,
                      .payload = std::move(payload),
                      .run_at = now,
                      .dedupe_key = jobs::key_of(kind, id),
                      .party = std::move(gateway)},
                     now);
}

bool is_being_let_go(const storage::View& view, const Payment& payment) {
    return jobs::under_way(view, jobs::key_of(kVoidJob, number(payment.id))).has_value();
}

void mark_received(storage::Transaction& tx, Payment& payment, std::optional<Money> amount, std::string_view reference,
                   const Actor& actor, Time now) {
    const auto order = orders::get(tx, payment.order);
    const bool is_rest = payment.balance().minor > 0;  // of an order that was edited after it was paid
    if ((payment.status != Status::processing && !is_rest) || order.status == orders::Status::cancelled ||
        order.status == orders::Status::expired) {
        throw Refusal(kNotCapturable, fmt::format("the payment is {} and its order {}; there is no money to wait for",
                                                  to_text(payment.status), orders::to_text(order.status)))
            .with("payment_status", to_text(payment.status));
    }
    const auto owed = is_rest ? payment.balance() : payment.amount;
    if (amount && *amount != owed) {
        throw invalid("/amount",
                      fmt::format("is {}; what is owed is {}, and is received whole", amount->minor, owed.minor));
    }
    if (!reference.empty()) {
        set_reference(tx, payment.id, reference);
    }
    payment.captured += owed;
    payment.captured_at = payment.captured_at.value_or(now);
    save(tx, payment, is_rest ? with_refunds(tx, payment) : Status::succeeded, now);
    record(tx, "payment.succeeded", payment, {{"amount", owed.minor}, {"by_hand", true}}, actor, now);
    keep_paid(tx, payment, actor, now);
}

}  // namespace

std::optional<Json> capture_under_way(const storage::View& view, const Payment& payment) {
    return jobs::under_way(view, jobs::key_of(kCaptureJob, number(payment.id)));
}

bool capture(storage::Transaction& tx, Payment& payment, std::optional<Money> amount, std::string_view reference,
             const Actor& actor, Time now) {
    if (payment.is_manual() || payment.balance().minor > 0) {
        mark_received(tx, payment, amount, reference, actor, now);
        return true;
    }
    if (payment.status != Status::authorized) {
        throw Refusal(kNotCapturable,
                      fmt::format("the payment is {}; only an authorized one is captured", to_text(payment.status)))
            .with("payment_status", to_text(payment.status));
    }
    const auto wanted = amount.value_or(payment.amount);
    if (wanted.minor < 1 || wanted > payment.amount) {
        throw invalid("/amount",
                      fmt::format("is {}; it is 1 to the {} that are authorized", wanted.minor, payment.amount.minor));
    }
    require_on_step(payment.gateway, settings::currency(tx), wanted, "/amount");
    if (is_being_let_go(tx, payment)) {
        throw Refusal(kNotCapturable, "the payment is being voided; it can no longer be captured")
            .with("payment_status", to_text(payment.status));
    }
    if (const auto first = capture_under_way(tx, payment)) {
        const auto amount_of_first = first->at("amount").get<std::int64_t>();
        if (amount_of_first == wanted.minor) {
            return false;
        }
        throw Refusal(kCaptureUnderWay,
                      fmt::format("{} are being captured; the rest is released then", amount_of_first))
            .with("amount", amount_of_first);
    }
    add_money_job(tx, kCaptureJob, number(payment.id),
                  {{"payment_id", number(payment.id)}, {"amount", wanted.minor}, {"actor", to_text(actor)}},
                  payment.gateway, now);
    record(tx, "payment.capturing", payment, {{"amount", wanted.minor}}, actor, now);
    return true;
}

bool void_payment(storage::Transaction& tx, Payment& payment, const Actor& actor, Time now, bool is_replaced) {
    const bool waits_for_customer = payment.status == Status::requires_action;
    if (payment.is_manual() && payment.status == Status::processing) {
        save(tx, payment, Status::voided, now);
        record(tx, "payment.voided", payment, Json::object(), actor, now);
        const auto order = orders::get(tx, payment.order);
        if (order.status == orders::Status::pending) {  // its stock is held as for any unpaid order
            orders::hold_until(tx, order, now + orders::read_rates(tx).reservation, now);
        }
        return true;
    }
    if (payment.is_manual() || !(waits_for_customer || payment.status == Status::authorized)) {
        throw Refusal(kNotVoidable, fmt::format("the payment is {}; {}", to_text(payment.status),
                                                payment.is_captured() ? "what was captured is refunded"
                                                                      : "there is nothing to let go"))
            .with("payment_status", to_text(payment.status));
    }
    if (capture_under_way(tx, payment)) {
        throw Refusal(kNotVoidable, "the payment is being captured; what was captured is refunded")
            .with("payment_status", to_text(payment.status));
    }
    if (!add_money_job(tx, kVoidJob, number(payment.id),
                       {{"payment_id", number(payment.id)}, {"actor", to_text(actor)}, {"is_replaced", is_replaced}},
                       payment.gateway, now)) {
        return false;
    }
    record(tx, "payment.voiding", payment, Json::object(), actor, now);
    return true;
}

namespace {

/// A job's payment, and the attempt whose charge is the payment's.
struct Charged {
    Payment payment;
    std::optional<Attempt> attempt;
};

Charged charged_of(Desk& desk, const jobs::Job& job) {
    const auto view = desk.store.read();
    auto payment = get(view, PaymentId{job.payload.at("payment_id").get<std::int64_t>()});
    auto attempt =
        payment.gateway_reference ? find_attempt(view, payment.gateway, *payment.gateway_reference) : std::nullopt;
    return {.payment = std::move(payment), .attempt = std::move(attempt)};
}

void capture_now(Desk& desk, const jobs::Job& job) {
    const auto charged = charged_of(desk, job);
    const auto& payment = charged.payment;
    const auto& attempt = charged.attempt;
    if (payment.status != Status::authorized || !attempt) {
        return;
    }
    Outcome outcome;
    try {
        outcome = desk.gateways.by_name(payment.gateway)
                      .capture(*payment.gateway_reference, Money{job.payload.at("amount").get<std::int64_t>()});
    } catch (const GatewayRefused& refused) {
        desk.store.writer().run([&](storage::Transaction& tx) {
            record(tx, "payment.capture_failed", payment, {{"code", refused.code()}}, Actor::system(),
                   desk.clock.now());
            ask_to_look_up(tx, attempt->id, {}, desk.clock.now());
        });
        return;
    }
    desk.store.writer().run([&](storage::Transaction& tx) {
        settle(tx, attempt->id, outcome, actor_of(job.payload.value("actor", "system")), desk.clock.now());
    });
}

void void_now(Desk& desk, const jobs::Job& job) {
    const auto charged = charged_of(desk, job);
    const auto& payment = charged.payment;
    const auto& attempt = charged.attempt;
    if (!attempt || (payment.status != Status::authorized && payment.status != Status::requires_action)) {
        return;
    }
    const auto outcome = desk.gateways.by_name(payment.gateway).cancel(*payment.gateway_reference);
    desk.store.writer().run([&](storage::Transaction& tx) {
        const auto now = desk.clock.now();
        settle(tx, attempt->id, outcome, actor_of(job.payload.value("actor", "system")), now);
        const auto order = orders::get(tx, payment.order);
        const bool is_replaced = job.payload.value("is_replaced", false);  // staff agreed to wait for another
        if (order.status == orders::Status::pending && !is_replaced) {
            orders::hold_until(tx, order, now + orders::read_rates(tx).reservation, now);
        }
    });
}

}  // namespace

void add_capturing_jobs(jobs::Workers& workers, Desk& desk) {
    workers.handle(kCaptureJob, asking_gateway([&desk](const jobs::Job& job) { capture_now(desk, job); }));
    workers.handle(kVoidJob, asking_gateway([&desk](const jobs::Job& job) { void_now(desk, job); }));
}

}  // namespace orderd::payments
