#pragma once

#include <httplib.h>

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/json.h"

namespace orderd::tests {

/// A server that speaks Stripe's API as Stripe documents it (https://docs.stripe.com/api): form-encoded requests, its
/// errors, its Idempotency-Key, and a ledger of what was really charged. It wants its exact version, refuses a parameter
/// that Stripe does not know, in queries too, and the amounts and currencies that https://docs.stripe.com/currencies rules
/// out; it confirms and expands only what it is asked to. Cards are Stripe's own test tokens
/// (https://docs.stripe.com/testing):
///   pm_card_visa succeeds; pm_card_visa_chargeDeclined, …InsufficientFunds, …StolenCard, …ExpiredCard are declined;
///   pm_card_authenticationRequired asks the customer at an address, pm_card_3ds by Stripe's script;
///   pm_ideal asks at its bank's address; pm_sepa_debit is processing until decide().
/// A confirmation token stands for one of them, and is taken once.
///
/// Where the environment variable ORDERD_STRIPE_REQUESTS names a file, each request that was accepted, declined cards'
/// too, is appended to it, as a line of JSON: tests/clients/stripe.mjs checks them against Stripe's own types.
class StripeLike {
public:
    /// `listens`: on a port of its own, and a thread; else whoever made it calls answer().
    explicit StripeLike(bool listens = true);
    StripeLike(const StripeLike&) = delete;
    StripeLike& operator=(const StripeLike&) = delete;
    ~StripeLike();

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    static constexpr auto kKey = "sk_test_51OrderdTestsUseThisOneAlone";
    static constexpr auto kVersion = "2025-03-31.basil";

    /// As over HTTP.
    httplib::Response answer(const httplib::Request& request);

    /// What goes wrong with one of the next requests.
    struct Fault {
        enum class Kind { answer, lost_before, lost_after } kind = Kind::answer;
        int status = 500;                          ///< answer: instead of doing anything; 5xx is kept under its key
        std::string should_retry = {};             ///< Stripe-Should-Retry
        std::string retry_after = {};              ///< Retry-After
        std::string path = "/v1/payment_intents";  ///< of a POST
    };
    void next(const Fault& fault, int times = 1);

    // The ledger.
    std::vector<Json> intents();
    Json intent(const std::string& id);
    std::vector<Json> refunds();
    struct Sums {
        std::int64_t received = 0;
        std::int64_t went_back = 0;  ///< refunded, or lost to a dispute
        std::int64_t held = 0;       ///< authorized, and not captured
    };
    Sums sums_of(const std::string& intent);
    /// Whether a refund of ours (`key`), or any refund or lost dispute (`reference`), is there and has not failed.
    bool went_back(const std::string& key, const std::string& reference);
    std::int64_t charged();   ///< how many charges took money
    std::int64_t requests();  ///< POSTs that made or confirmed a PaymentIntent, repeated ones too
    std::multimap<std::string, std::string> last_headers();  ///< of the last POST of a PaymentIntent

    // What customers, banks and the shop do at Stripe.
    std::string confirmation_token(const std::string& method);  ///< as Stripe.js makes it of what was typed
    void decide(const std::string& intent, bool approved);
    void refunds_are_pending(bool pending);
    void decide_refund(const std::string& refund, const std::string& status);
    std::string refund_there(const std::string& intent, std::int64_t amount);
    std::string dispute(const std::string& intent, std::int64_t amount);
    bool is_disputed(const std::string& intent);
    std::vector<std::string> open_disputes();
    void decide_dispute(const std::string& dispute, const std::string& status);
    void forget_keys();                                                       ///< a day is over
    void change_metadata(const std::string& name, const std::string& value);  ///< of all PaymentIntents
    void refuse_lists(bool refused);                                          ///< GETs of lists answer 500
    void move(std::int64_t seconds);  ///< the time at which it makes things, from the tests' first moment on

    /// The body of an event about an object as it is now: {"id": "evt_…", "type": …, "data": {"object": …}}.
    std::string event(const std::string& type, const std::string& id);

private:
    struct Kept {
        std::string request;
        int status;
        std::string body;
    };

    void serve(const httplib::Request& request, httplib::Response& answer);
    void keep_if_accepted(const httplib::Request& request, int status) const;
    Json post(const std::string& path, const std::map<std::string, std::string>& form, int& status);
    Json get(const std::string& path, const httplib::Request& request, int& status);
    Json make_intent(const std::map<std::string, std::string>& form, int& status);
    std::string method_of(const std::map<std::string, std::string>& form, int& status, Json& refused);
    /// `amount`: nullopt: all that is left.
    Json make_refund(const std::string& intent, std::optional<std::int64_t> amount, const std::string& tag,
                     int& status);
    void charge(Json& intent, int& status, Json& answer);
    std::string draw(const std::string& prefix);

    const int accepted_;  // the file of accepted requests, or -1
    httplib::Server server_;
    int port_ = 0;
    std::thread thread_;

    std::mutex mutex_;
    std::deque<Fault> faults_;
    std::map<std::string, Json> intents_;  // by id
    std::vector<std::string> order_;       // of the intents' ids
    std::vector<Json> refunds_;
    std::vector<Json> disputes_;
    std::map<std::string, Kept> kept_;
    std::map<std::string, std::string> tokens_;  // the methods of those that were not taken yet
    std::multimap<std::string, std::string> last_headers_;
    std::int64_t now_ = 1'767'225'600;
    std::int64_t drawn_ = 0;
    std::int64_t requests_ = 0;
    bool refunds_are_pending_ = false;
    bool lists_are_refused_ = false;
};

/// The header Stripe-Signature of a body, as Stripe's documentation says how to make it.
std::string stripe_signature(const std::string& body, const std::string& secret, std::int64_t seconds);

/// The fields of a form-encoded body; a name that comes again is there again.
std::vector<std::pair<std::string, std::string>> form_decoded(std::string_view body);

}  // namespace orderd::tests
