#include "payments/routes.h"

#include <fmt/format.h>

#include "api/counted_network.h"
#include "base/random.h"
#include "base/state_table.h"
#include "orders/access.h"
#include "orders/describe.h"
#include "orders/shipping.h"
#include "outgoing/client.h"
#include "payments/amounts.h"
#include "payments/bodies.h"
#include "payments/capturing.h"
#include "payments/charging.h"
#include "payments/choosing.h"
#include "payments/declines.h"
#include "payments/describe.h"
#include "payments/list_routes.h"
#include "payments/refunds.h"
#include "payments/starting.h"
#include "storage/events.h"

namespace orderd::payments {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer show(Request& in, Desk& desk);
Answer show_methods(Request& in, Desk& desk);
Answer came_back_by_api(Request& in, Desk& desk, PaymentConfirmation);
Answer capture_payment(Request& in, Desk& desk, Capture wanted);
Answer void_one(Request& in, Desk& desk, PaymentVoid);
Answer refund_payment(Request& in, Desk& desk, NewRefund asked);
Answer say_refund_was_sent(Request& in, Desk& desk);
Answer give_refund_up(Request& in, Desk& desk);

constexpr Refused kRawCardRefused{
    422, "raw_card_refused",
    "The body has a card's number, and this shop's gateway takes cards from the browser alone. Send the token that the "
    "gateway's script makes of the card."};

/// The given refusals, and every decline of a card.
std::vector<Refused> with_declines(std::vector<Refused> others) {
    others.insert(others.end(), kDeclines.begin(), kDeclines.end());
    return others;
}

}  // namespace

void add_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Payments", desk);
    add({.method = "POST",
         .path = "/payments",
         .name = "payments.pay",
         .who = Who::holder_or_staff,
         .summary = "Pay an order",
         .answers = {{201, payment_shape()}, {202, payment_shape()}},
         .refuses = with_declines({kNotFound, kOrderNotPayable, kAlreadyPaid, kAmountMismatch, kPaymentUnderWay,
                                   kMethodNotOffered, kGatewayNotConfigured, kRawCardRefused, kAmountOffStep,
                                   kCurrencyNotCharged, kTooManyDeclines}),
         .idempotent = true,
         .limited = true},
        pay);
    add({.method = "GET",
         .path = "/payment-methods",
         .name = "payments.methods",
         .who = Who::anyone,
         .summary = "Read how this shop can be paid",
         .answers = {{200, offered_methods_shape()}}},
        show_methods);
    add({.method = "POST",
         .path = "/payments/{id}/confirm",
         .name = "payments.confirm",
         .who = Who::holder_or_staff,
         .summary =
             "Report that the customer came back from a confirmation: the gateway is asked for the payment's state",
         .answers = {{201, payment_shape()}, {202, payment_shape()}},
         .refuses = with_declines({kOrderNotPayable}),
         .limited = true},
        came_back_by_api);
    add({.method = "GET",
         .path = "/payments/{id}",
         .name = "payments.get",
         .who = Who::holder,
         .summary = "Read a payment",
         .answers = {{200, payment_shape()}}},
        show);
    add({.method = "POST",
         .path = "/payments/{id}/capture",
         .name = "payments.capture",
         .who = Who::staff,
         .summary = "Capture what was authorized, or mark a manual payment received",
         .answers = {{200, payment_shape()}, {202, payment_shape()}},
         .refuses = {kNotCapturable, kCaptureUnderWay, kAmountOffStep, kIllegalTransition, kIllegalPaymentTransition},
         .idempotent = true},
        capture_payment);
    add({.method = "POST",
         .path = "/payments/{id}/void",
         .name = "payments.void",
         .who = Who::staff,
         .summary = "Void a payment that was not captured",
         .answers = {{200, payment_shape()}, {202, payment_shape()}},
         .refuses = {kNotVoidable, kIllegalPaymentTransition},
         .idempotent = true},
        void_one);
    add({.method = "POST",
         .path = "/payments/{id}/refunds",
         .name = "refunds.add",
         .who = Who::staff,
         .summary = "Refund all or a part of a payment",
         .answers = {{201, refund_shape()}, {202, refund_shape()}},
         .refuses = {kNothingCaptured, kRefundExceedsCaptured, kPaymentDisputed, kGatewayNotAsked, kAmountOffStep,
                     orders::kNotShipped, kIllegalTransition, kIllegalPaymentTransition},
         .idempotent = true},
        refund_payment);
    add({.method = "POST",
         .path = "/payments/{id}/refunds/{refund_id}/sent",
         .name = "refunds.markSent",
         .who = Who::staff,
         .summary = "Record that a refund was sent by hand: the customer is told now",
         .answers = {{200, refund_shape()}},
         .refuses = {kRefundNotToBeSent, kIllegalPaymentTransition},
         .idempotent = true},
        say_refund_was_sent);
    add({.method = "POST",
         .path = "/payments/{id}/refunds/{refund_id}/cancel",
         .name = "refunds.cancel",
         .who = Who::staff,
         .summary = "Cancel a refund that was to be sent by hand",
         .answers = {{200, refund_shape()}},
         .refuses = {kRefundNotToBeSent, kIllegalPaymentTransition},
         .idempotent = true},
        give_refund_up);
    add_list_routes(routes, desk);
}

namespace {

/// Reads until `done` returns true, waiting for commits in between, or until the desk's time is over. If too
/// many requests wait already, it does not wait. @returns the last read
template <class Read, class Done>
auto wait_for(Request& in, Desk& desk, Read read, Done done) {
    const auto place = desk.places.take(in.caller());
    const auto until = std::chrono::steady_clock::now() + desk.wait;
    while (true) {
        const auto heard = desk.bell.rings();
        auto found = read(desk.store.read());
        if (done(found) || !place || !desk.bell.wait(heard, until)) {
            return found;
        }
    }
}

Answer answer_200(const Desk& desk, const storage::View& view, PaymentId id) {
    const auto payment = get(view, id);
    return api::ok(describe(view, payment, desk.currency.code(), desk.base()), payment.version);
}

Answer answer_201(const Desk& desk, const storage::View& view, PaymentId id) {
    auto answer = answer_200(desk, view, id).header("Location", fmt::format("/payments/{}", number(id)));
    answer.status = 201;
    return answer;
}

Answer answer_202(const Desk& desk, const storage::View& view, PaymentId id) {
    auto answer = answer_201(desk, view, id);
    answer.status = 202;
    return answer;
}

/// The body's card or token, as the gateway's token. The card itself goes no further than this.
Instrument instrument_of(Gateway& gateway, const ByCard& method, Time now) {
    std::vector<Fault> shown;
    const auto note = [&](bool is_there, const char* name) {
        if (is_there) {
            shown.push_back({fmt::format("/method/{}", name), "must not be sent here"});
        }
    };
    note(method.number.has_value(), "number");
    note(method.exp_month.has_value(), "exp_month");
    note(method.exp_year.has_value(), "exp_year");
    note(method.cvc.has_value(), "cvc");
    const bool raw = !shown.empty();
    if (raw && !gateway.is_shown_cards()) {  // before the card is read
        throw Refusal(
            kRawCardRefused,
            fmt::format("cards go from the browser to {} alone: send the token that it made of them", gateway.name()))
            .at(std::move(shown));
    }
    if (!method.token) {
        if (!raw) {
            throw invalid("/method/token", gateway.is_shown_cards()
                                               ? "is needed, or number, exp_month, exp_year and cvc"
                                               : "is needed: what the gateway made of the card in the browser");
        }
        return gateway.tokenize(read_card(method, now));
    }
    if (raw) {
        throw invalid("/method/token", "stands for the card: send one of them, not both");
    }
    return gateway.from_token(*method.token);
}

Refusal declined_refusal(const storage::View& view, const Attempt& attempt) {
    const auto& decline = decline_of(attempt.failure_code.value_or(""));
    const auto& language = orders::language_of(view, get(view, attempt.payment).order);
    return Refusal(decline, decline_text(decline, language)).with("payment_id", number(attempt.payment));
}

Refusal closed_refusal(const storage::View& view, const Payment& payment) {
    const auto order = orders::get(view, payment.order);
    return Refusal(kOrderNotPayable,
                   fmt::format("the order is {} by now; {}", orders::to_text(order.status),
                               payment.captured.minor > 0 ? "what was charged is refunded automatically"
                                                          : "nothing was charged"))
        .with("order_status", orders::to_text(order.status))
        .with("payment_id", number(payment.id));
}

Answer answer_for(Desk& desk, const Attempt& attempt) {
    const auto view = desk.store.read();
    if (attempt.outcome == AttemptOutcome::failed) {
        throw declined_refusal(view, attempt);
    }
    const auto status = orders::get(view, get(view, attempt.payment).order).status;
    const bool closed = status == orders::Status::cancelled || status == orders::Status::expired;
    if (closed && attempt.outcome != AttemptOutcome::open) {
        throw closed_refusal(view, get(view, attempt.payment));
    }
    const bool final = attempt.outcome != AttemptOutcome::open && attempt.outcome != AttemptOutcome::requires_action;
    return final ? answer_201(desk, view, attempt.payment) : answer_202(desk, view, attempt.payment);
}

std::string return_url_of(const NewPayment& body, const Desk& desk) {
    if (!body.return_url) {
        return desk.base() + "/";
    }
    const auto& url = *body.return_url;
    if (!outgoing::is_outgoing_url(std::string_view(url).substr(0, url.find('#')), true)) {
        throw invalid("/return_url", "is not the address of a page: https://…");
    }
    return url;
}

Answer pay_by_card(Request& in, Desk& desk, const NewPayment& body) {
    const bool is_bounded = in.caller().is_stranger();
    if (is_bounded) {
        require_few_declines(in.read(), body.order_id, in.now());
    }
    CountedCharge charge(desk.declines, is_bounded ? api::counted_network(in) : std::nullopt, in.now());
    const auto order = body.order_id;
    auto& gateway = require_card_gateway(desk, in.read());
    CardPayment wanted{.gateway = std::string(gateway.name()),
                       .instrument = instrument_of(gateway, std::get<ByCard>(body.method), in.now()),
                       .key = random_id("oc_"),
                       .return_url = return_url_of(body, desk)};
    wanted.amount = body.amount;
    if (const auto key = in.idempotency_key(); !key.empty()) {
        wanted.request_key = in.store().vault().keyed_hash("payment request", key);
    }
    const auto attempt = in.store().writer().run([&](storage::Transaction& tx) {
        return begin_card(tx, orders::get_for(tx, order, in.caller()), wanted, in.actor(), in.now());
    });
    if (!attempt) {
        const auto view = in.read();
        return answer_201(desk, view, find_by_order(view, order).value().id);
    }
    const auto outcome = wait_for(
        in, desk, [&](const storage::View& view) { return get_attempt(view, *attempt); },
        [](const Attempt& it) { return it.outcome != AttemptOutcome::open || it.gateway_reference; });  // or takes days
    charge.end(outcome.outcome == AttemptOutcome::failed);
    return answer_for(desk, outcome);
}

Answer pay_by_hand(Request& in, Desk& desk, const NewPayment& body) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto of = orders::get_for(tx, body.order_id, in.caller());
        const std::string method(name_of(body.method));
        return answer_201(desk, tx, begin_manual(tx, of, method, body.amount, in.actor(), in.now()).id);
    });
}

/// Whoever buys cannot say that they paid at the counter.
void require_counter(const Request& in) {
    if (!in.caller().is(Role::staff)) {
        throw Refusal(kMethodNotOffered, "cash and the terminal are at the shop's counter, and its people say so");
    }
}

}  // namespace

Answer pay(Request& in, Desk& desk, NewPayment wanted) {
    // Checks that the caller may see the order before the card is read; checked again inside the transaction.
    static_cast<void>(orders::get_for(in.read(), wanted.order_id, in.caller()));
    if (is_at_counter(wanted.method)) {
        require_counter(in);
    } else {
        require_offered(in.read(), std::string(name_of(wanted.method)));
    }
    const bool by_card = std::holds_alternative<ByCard>(wanted.method);
    return in.once([&] { return by_card ? pay_by_card(in, desk, wanted) : pay_by_hand(in, desk, wanted); });
}

namespace {

Payment get_for(const storage::View& view, PaymentId id, const Caller& caller) {
    auto payment = get(view, id);
    if (!orders::may_see(caller, orders::get(view, payment.order))) {
        throw not_found("payment");
    }
    return payment;
}

Answer show(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto payment = get_for(view, PaymentId{in.id()}, in.caller());
    return api::ok(describe(view, payment, desk.currency.code(), desk.base()), payment.version);
}

Answer show_methods(Request& in, Desk& desk) { return api::ok(describe_methods(desk, in.read())); }

/// Asks the gateway now; if too many requests wait for gateways already, a job asks.
void ask_how_it_stands(Request& in, Desk& desk, AttemptId attempt) {
    const auto place = desk.places.take(in.caller());
    if (!place) {
        in.store().writer().run([&](storage::Transaction& tx) { ask_to_look_up(tx, attempt, {}, in.now()); });
        return;
    }
    try {
        look_up(desk, attempt);
    } catch (const GatewayTrouble&) {
        // The payment is unchanged; a job asks again.
    }
}

}  // namespace

Answer came_back(Request& in, Desk& desk, PaymentId id) {
    const auto payment = get_for(in.read(), id, in.caller());
    const auto attempts = attempts_of(in.read(), payment.id);
    if (attempts.empty()) {
        return answer_202(desk, in.read(), payment.id);  // a manual payment has no confirmation
    }
    const auto attempt = attempts.back().id;
    const auto& outcome = attempts.back().outcome;
    if (outcome == AttemptOutcome::open || outcome == AttemptOutcome::requires_action) {
        ask_how_it_stands(in, desk, attempt);
    }
    const auto now = get_attempt(in.read(), attempt);
    return answer_for(desk, now);
}

namespace {

Answer came_back_by_api(Request& in, Desk& desk, PaymentConfirmation) {
    return came_back(in, desk, PaymentId{in.id()});
}

void audit_change(storage::Transaction& tx, Request& in, std::string_view action, const Payment& payment,
                  const Json& after) {
    audit::record(tx, action, {"payment", number(payment.id)}, {{"status", to_text(payment.status)}}, after, in.actor(),
                  in.now());
}

/// Whether the payment is still to be captured or voided by a job.
bool is_held(const Payment& payment) {
    return payment.status == Status::authorized || payment.status == Status::requires_action;
}

void wait_until_decided(Request& in, Desk& desk, PaymentId id) {
    wait_for(
        in, desk, [&](const storage::View& view) { return get(view, id); },
        [](const Payment& it) { return !is_held(it); });
}

Answer answer_how_it_stands(const Desk& desk, const storage::View& view, PaymentId id) {
    return is_held(get(view, id)) ? answer_202(desk, view, id) : answer_200(desk, view, id);
}

Answer capture_payment(Request& in, Desk& desk, Capture wanted) {
    const PaymentId id{in.id()};
    return in.once([&] {
        in.mutate([&](storage::Transaction& tx) {
            const auto before = get(tx, id);
            auto payment = before;
            if (capture(tx, payment, wanted.amount, wanted.reference, in.actor(), in.now())) {
                audit_change(tx, in, "payment.capture", before,
                             {{"amount", wanted.amount.value_or(payment.amount).minor}});
            }
            return answer_how_it_stands(desk, tx, id);
        });
        wait_until_decided(in, desk, id);
        return answer_how_it_stands(desk, in.read(), id);
    });
}

Answer void_one(Request& in, Desk& desk, PaymentVoid) {
    const PaymentId id{in.id()};
    return in.once([&] {
        in.mutate([&](storage::Transaction& tx) {
            const auto before = get(tx, id);
            auto payment = before;
            if (void_payment(tx, payment, in.actor(), in.now())) {
                audit_change(tx, in, "payment.void", before, {{"status", "voided"}});
            }
            return answer_how_it_stands(desk, tx, id);
        });
        wait_until_decided(in, desk, id);
        return answer_how_it_stands(desk, in.read(), id);
    });
}

Answer answer_refund(const Desk& desk, const storage::View& view, RefundId id) {
    const auto refund = get_refund(view, id);
    const auto where = fmt::format("/payments/{}", number(refund.payment));
    auto body = describe(refund, desk.currency.code());
    const auto version = get(view, refund.payment).version;
    return refund.status == RefundStatus::pending ? api::accepted(where, std::move(body), version)
                                                  : api::created(where, std::move(body), version);
}

Answer refund_payment(Request& in, Desk& desk, NewRefund asked) {
    const PaymentId payment_id{in.id()};
    return in.once([&] {
        const RefundWanted wanted{.amount = asked.amount,
                                  .reason = asked.reason,
                                  .restock = asked.restock,
                                  .key = random_token("or_"),
                                  .pointer = asked.amount ? "/amount" : ""};
        RefundId id{};
        in.mutate([&](storage::Transaction& tx) {
            auto payment = get(tx, payment_id);
            id = refund(tx, payment, wanted, in.actor(), in.now());
            const auto amount = get_refund(tx, id).amount.minor;
            audit_change(tx, in, "payment.refund", payment, {{"refund_id", number(id)}, {"amount", amount}});
            return answer_refund(desk, tx, id);
        });
        wait_for(
            in, desk, [&](const storage::View& view) { return get_refund(view, id); },
            [](const Refund& it) { return it.status != RefundStatus::pending; });
        return answer_refund(desk, in.read(), id);
    });
}

/// Applies staff's decision on a refund, with its audit entry.
template <class Decide>
Answer decide_refund(Request& in, Desk& desk, std::string_view action, const Decide& decide) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto payment = get(tx, PaymentId{in.id()});
        const auto refund = get_refund(tx, RefundId{in.id("refund_id")});
        if (refund.payment != payment.id) {
            throw not_found("refund");
        }
        decide(tx, refund, in.actor(), in.now());
        audit_change(tx, in, action, payment, {{"refund_id", number(refund.id)}, {"amount", refund.amount.minor}});
        return api::ok(describe(get_refund(tx, refund.id), desk.currency.code()));
    });
}

Answer say_refund_was_sent(Request& in, Desk& desk) { return decide_refund(in, desk, "refund.sent", refund_sent); }

Answer give_refund_up(Request& in, Desk& desk) { return decide_refund(in, desk, "refund.not_sent", refund_not_sent); }

}  // namespace

}  // namespace orderd::payments
