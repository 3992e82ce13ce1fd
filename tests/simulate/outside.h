#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "notify/smtp.h"
#include "outgoing/client.h"
#include "simulate/dice.h"

namespace orderd::tests {

class StripeLike;
class EasyPostServer;

/// What the shop calls, and what happens to its calls: a gateway and a carrier with ledgers of their own, receivers of
/// webhooks, a mail server. A call may be lost before or after its effect, take effect twice, be refused for now, and
/// take so long that others happen meanwhile.
class Outside {
public:
    struct Around {
        Dice& dice;
        std::function<void()> others;      ///< something else happens
        std::function<bool()> shop_is_up;  ///< false: its power has failed, and it sends nothing
        std::function<void(std::string_view kind)> count;
    };
    explicit Outside(Around around);
    ~Outside();

    outgoing::Answer carry(const outgoing::Request& request);
    void post(const notify::SmtpServer& server, const std::string& from, const std::string& to,
              std::string_view message);

    /// While it lives, no call goes wrong: where a run looks at how everything ends.
    class Calm {
    public:
        explicit Calm(Outside& of) : of_(of) { of_.calm_ = true; }
        Calm(const Calm&) = delete;
        Calm& operator=(const Calm&) = delete;
        ~Calm() { of_.calm_ = false; }

    private:
        Outside& of_;
    };

    StripeLike& stripe() { return *stripe_; }
    EasyPostServer& easypost() { return *easypost_; }

    /// Charges and refunds that changed, and of which no webhook was sent yet.
    std::vector<std::string>& news() { return news_; }

    /// What the gateway's ledger says of an order.
    struct Taken {
        std::int64_t received = 0;
        std::int64_t went_back = 0;  ///< refunded, or lost to a dispute
        std::int64_t held = 0;       ///< authorized, and not captured
    };
    /// `counts`: of which of its charges; none: of all.
    Taken taken_for(std::int64_t order, const std::function<bool(const std::string& charge)>& counts = {});

    /// All charges that were ever made, by their gateway's name: the order of each.
    std::map<std::string, std::int64_t> charges() const;

    /// Whether there was such a refund, or a dispute that was lost.
    bool went_back(const std::string& key, const std::string& reference);

    /// The charges that were made since the last call: the key of each.
    std::vector<std::string> take_charges() { return std::exchange(charges_, {}); }

    /// Charges of an order, by their gateway's name.
    const std::vector<std::string>& intents_of(std::int64_t order) { return intents_[order]; }

    /// The deliveries that receivers took since the last call: the header webhook-id, and the body.
    std::map<std::string, Json> take_deliveries() { return std::exchange(deliveries_, {}); }

    static constexpr auto kStripe = "https://stripe.simulated";
    static constexpr auto kEasyPost = "https://easypost.simulated/v2";
    static constexpr auto kHooks = "https://hooks.simulated/";
    static constexpr auto kNotices = "https://hooks.simulated/notices";
    static constexpr auto kStaffMail = "olga@staff.simulated";
    static constexpr auto kPictures = "https://pictures.simulated/";

private:
    outgoing::Answer effect(const outgoing::Request& request);
    outgoing::Answer from_stripe(const outgoing::Request& request);
    outgoing::Answer from_easypost(const outgoing::Request& request);
    void note(const Json& object);
    outgoing::Answer take_delivery(const outgoing::Request& request);
    bool happens(int per_mille) { return !calm_ && around_.dice.chance(per_mille); }

    const Around around_;
    std::unique_ptr<StripeLike> stripe_;
    std::unique_ptr<EasyPostServer> easypost_;
    bool calm_ = false;
    std::vector<std::string> news_;
    std::vector<std::string> charges_;
    std::map<std::int64_t, std::vector<std::string>> intents_;
    std::map<std::string, Json> deliveries_;
};

}  // namespace orderd::tests
