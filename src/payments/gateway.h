#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/money.h"
#include "base/time.h"
#include "payments/card.h"
#include "payments/payment.h"
#include "storage/view.h"

namespace orderd::payments {

/// A card as a gateway knows it. The token can be stored: it only works with this shop's gateway.
struct Instrument {
    std::string token;
    std::string brand;  ///< "visa"; empty if the gateway reports it only with the charge
    std::string last4;
};

/// A request for one charge.
struct Charge {
    std::string key;         ///< idempotency key from the attempt's row: sent repeatedly, it charges once
    std::string instrument;  ///< Instrument::token
    Money amount;
    std::string currency;
    OrderId order{};
    PaymentId payment{};
    std::string shop = {};   ///< distinguishes this shop from others that share the account
    bool capture = true;     ///< false: hold the money, and take it later
    std::string return_url;  ///< where the customer comes back to from a confirmation
    Time begun;              ///< when it was first requested: gateways forget keys after a while
};

/// The state of a charge at its gateway.
struct Outcome {
    enum class State { processing, requires_action, authorized, succeeded, declined, voided };

    State state = State::processing;
    std::string reference = {};     ///< the gateway's name for the charge
    std::string key = {};           ///< Charge::key, if the gateway reports it
    std::string failure_code = {};  ///< declined: the gateway's own, see payments/declines.h
    std::string action_url = {};  ///< requires_action: where the customer confirms; may begin with "/", on this server
    Money captured = {};          ///< succeeded
    std::string brand = {};       ///< brand and last4: if the gateway reports them
    std::string last4 = {};
};

/// A request for one refund.
struct RefundOrder {
    std::string key;              ///< idempotency key from the refund's row
    std::string reference;        ///< of the charge
    std::optional<Money> amount;  ///< nullopt: all that is left of the charge
    std::string currency;
    Time begun;
};

/// The code with which a gateway refuses to refund a charge of which nothing is left.
constexpr std::string_view kNothingLeftToRefund = "charge_already_refunded";

/// The state of a refund at its gateway: it can be pending for days, and fail in the end.
struct RefundSeen {
    enum class State { pending, succeeded, failed };

    std::string reference;
    std::string key;  ///< RefundOrder::key; empty if it was made at the gateway, not by us
    Money amount;
    State state = State::succeeded;
    std::string failure_code = {};
};

/// A customer's dispute, as its gateway reports it.
struct DisputeSeen {
    std::string reference;
    Money amount;
    std::string reason;
    DisputeStatus status = DisputeStatus::open;
    std::optional<Time> respond_by = {};
};

/// Everything that a gateway knows about a charge now.
struct Report {
    Outcome charge;
    std::vector<RefundSeen> refunds = {};
    std::vector<DisputeSeen> disputes = {};
};

/// A charge in a gateway's list.
struct ChargeSeen {
    Outcome outcome;
    OrderId order{};        ///< Charge::order; 0 if the gateway does not report it
    std::string shop = {};  ///< Charge::shop; empty if an older orderd made the charge
    bool is_ours = false;   ///< true: the gateway is used by no other shop
    Money amount = {};
    Time at = {};  ///< when the charge was made
};

/// The gateway's action is unknown: it was not reached, or its answer was lost. Ask again, with the same key.
class GatewayTrouble : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The gateway refused a capture, void or refund, and would refuse again. The code is stable; the text is for
/// staff.
class GatewayRefused : public std::runtime_error {
public:
    GatewayRefused(std::string code, const std::string& text) : std::runtime_error(text), code_(std::move(code)) {}
    const std::string& code() const { return code_; }

private:
    std::string code_;
};

/// A service that takes money for the shop. Every call can be repeated with the same key, and takes effect
/// once. Calls block up to the gateway's time-out, so they are never made inside a transaction. Thread-safe.
class Gateway {
public:
    virtual ~Gateway() = default;

    virtual std::string_view name() const = 0;  ///< its name in payments and settings

    /// Whether it can charge: its key is set, if it needs one.
    virtual bool is_ready(const storage::View& view) const = 0;

    /// Whether customers' card numbers reach this server: false if the browser sends them to the gateway
    /// itself.
    virtual bool is_shown_cards() const = 0;

    /// Turns a card into a token, if this gateway is shown cards. Call it on the request's thread: the card
    /// goes no further.
    virtual Instrument tokenize(const Card& card) = 0;

    /// Checks the form of a token that the browser got from the gateway, before anything is stored.
    ///
    /// @throws Refusal 422
    virtual Instrument from_token(std::string_view token) = 0;

    /// @throws GatewayTrouble
    virtual Outcome charge(const Charge& charge) = 0;

    /// The charge that was made with this key, if there is one. @throws GatewayTrouble
    virtual std::optional<Outcome> find(const Charge& charge) = 0;

    /// The state of a charge, and of its refunds and disputes. @throws GatewayTrouble
    virtual Report report(std::string_view reference) = 0;

    /// Every charge made since then, and every one refunded or disputed since then; perhaps others too.
    /// @throws GatewayTrouble
    /// @throws GatewayTrouble
    virtual std::vector<ChargeSeen> touched_since(Time since) = 0;

    /// Captures an authorized amount, or less of it (the rest is released). @throws GatewayTrouble,
    /// GatewayRefused
    virtual Outcome capture(std::string_view reference, Money amount) = 0;

    /// Voids a charge that was not captured. If it was captured meanwhile, it stays, and the outcome says so.
    /// @throws GatewayTrouble, GatewayRefused
    virtual Outcome cancel(std::string_view reference) = 0;

    /// Refunds money. @throws GatewayTrouble, GatewayRefused
    virtual RefundSeen refund(const RefundOrder& order) = 0;

    /// What the gateway's own script needs in the browser of whoever confirms a charge; empty if there is no such script.
    /// Goes to that browser, and is stored nowhere. @throws GatewayTrouble, GatewayRefused
    virtual std::string client_secret(std::string_view) { return {}; }
};

/// The gateways that this shop has.
class Gateways {
public:
    void add(std::unique_ptr<Gateway> gateway) { all_.push_back(std::move(gateway)); }

    /// The gateway that a payment was made with. @throws GatewayTrouble if it is switched off: the payment
    /// waits for it
    Gateway& by_name(std::string_view name) const;

    Gateway* find(std::string_view name) const;  ///< null if the shop does not have it

    const std::vector<std::unique_ptr<Gateway>>& all() const { return all_; }

private:
    std::vector<std::unique_ptr<Gateway>> all_;
};

}  // namespace orderd::payments
