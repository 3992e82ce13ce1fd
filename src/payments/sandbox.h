#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/mutex.h"
#include "payments/gateway.h"

namespace orderd::storage {
class Connection;
}

namespace orderd::payments {

/// A simulated card network, for trying a shop out: off unless --sandbox-payments is given. It is a gateway
/// like any other: it has its own ledger in its own file, sandbox.db in the shop's folder, so that its
/// charges can be compared with what the shop believes. It turns cards into tokens; the file stores what a
/// card simulates, never its number.
///
/// Test cards (any future expiry, any CVC):
///   4242424242424242, 4111111111111111, 5555555555554444, 2223003122003222, 378282246310005, 6011111111111117  succeed
///   4000000000000002 card_declined      4000000000009995 insufficient_funds   4000000000009987 a lost card
///   4000000000009979 a stolen card      4000000000000069 expired_card         4000000000000127 incorrect_cvc
///   4000000000000119 processing_error
///   4000002500003155, 4000002760003184  ask for a confirmation (3-D Secure) at /sandbox/3ds/{reference}
///   4000000000006009  the first call times out, and nothing was charged
///   4000000000007007  the first call charges, and its answer is lost
///   4000000000008005  answers slowly, after ten seconds
/// Two tokens stand for other ways to pay: kRedirect asks at that page too, and kDebit is decided there, days later.
/// Every other card is declined as test_card_required: a real card never seems to be charged.
class Sandbox final : public Gateway {
public:
    explicit Sandbox(const std::filesystem::path& shop_folder,
                     std::chrono::milliseconds slowness = std::chrono::seconds(10));
    ~Sandbox() override;

    std::string_view name() const override { return kName; }
    bool is_ready(const storage::View&) const override { return true; }
    bool is_shown_cards() const override { return true; }
    Instrument tokenize(const Card& card) override;
    Instrument from_token(std::string_view token) override;
    Outcome charge(const Charge& charge) override;
    std::optional<Outcome> find(const Charge& charge) override;
    Report report(std::string_view reference) override;
    std::vector<ChargeSeen> touched_since(Time since) override;
    Outcome capture(std::string_view reference, Money amount) override;
    Outcome cancel(std::string_view reference) override;
    RefundSeen refund(const RefundOrder& order) override;

    /// Ends the deliberately slow answers, since the program is stopping.
    void stop();

    /// A charge that waits for its customer, for the confirmation page.
    struct Waiting {
        Money amount;
        std::string currency;
        std::int64_t order = 0;
        bool open = true;  ///< false: already decided
    };
    std::optional<Waiting> waiting(std::string_view reference);

    /// Records the customer's decision on that page. An earlier decision stays.
    void decide(std::string_view reference, bool approved);

    /// Some of the test cards, for a page beside its form: what happens with each, as above.
    struct ShownCard {
        std::string_view number;
        std::string_view behaviour;  ///< succeed, confirm, or a failure code
    };
    static const std::array<ShownCard, 4>& shown_cards();

    /// A line of the ledger.
    struct Entry {
        std::string reference;
        std::string key;
        std::int64_t order = 0;
        std::string status;  ///< requires_action, authorized, captured, voided, declined
        Money amount;
        Money captured;
        Money refunded;
    };
    std::vector<Entry> ledger();

    static constexpr std::string_view kName = "sandbox";
    static constexpr std::string_view kPage = "/sandbox/3ds/";
    static constexpr std::string_view kRedirect = "sandbox_redirect";
    static constexpr std::string_view kDebit = "sandbox_debit";

private:
    storage::Connection& ledger_connection() REQUIRES(mutex_);

    const std::filesystem::path file_;
    Mutex mutex_;
    std::unique_ptr<storage::Connection> connection_ GUARDED_BY(mutex_);  ///< null: not opened yet
    ConditionVariable stopped_;
    bool stopping_ GUARDED_BY(mutex_) = false;
    const std::chrono::milliseconds slowness_;
};

}  // namespace orderd::payments
