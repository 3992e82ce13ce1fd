#pragma once

#include <string>
#include <vector>

#include "support/shop.h"
#include "support/stripe_like.h"

namespace orderd::tests {

struct Placed {
    std::int64_t id;
    std::string token;
};

/// Places an order for one of a product.
Placed place(Shop& shop, std::int64_t product);

/// Adds unpaid orders over 100 without lines, until there are `count`. The first one, 1001, has the customer of all.
void fill_with_orders(Shop& shop, std::int64_t count);

Reply pay(Shop& shop, const Placed& order, const Json& method, const Headers& headers = {});
std::string status_of(Shop& shop, const Placed& order);
std::string path_of(const Reply& payment);

/// What the payment is once the jobs that are due are done.
Reply after_jobs(Shop& shop, const std::string& path, const std::string& token);

constexpr auto kWebhookSecret = "whsec_OrderdTestsSignWithThisOne";

/// A shop that takes cards by a server that speaks Stripe's API. Its jobs run when a test drains them.
class StripeShop {
public:
    explicit StripeShop(const std::function<void(app::Config&)>& configure = {});

    StripeLike stripe;
    Shop shop;

    Reply pay(const Placed& order, const std::string& token = "pm_card_visa");
    /// Pays, and does the jobs. @returns the payment, as its holder reads it
    Reply paid(const Placed& order, const std::string& token = "pm_card_visa");

    /// Sends a webhook, signed now.
    Reply tell(const std::string& event);
    /// Sends an event about an object of Stripe's, signed now, and does what came of it.
    void hear(const std::string& type, const std::string& id);

    /// How many events of a kind the shop has recorded.
    int recorded(const std::string& kind);
};

/// The shop of a folder whose process died: started again at once, its jobs done.
struct Restarted {
    explicit Restarted(app::Config config);

    ManualClock clock;
    std::unique_ptr<app::App> app;
};

void with_stripe(app::Config& config, const StripeLike& stripe);
/// Writes Stripe's key and webhook secret into the settings.
void set_stripe_keys(Shop& shop);

Json token_of(const std::string& token);

}  // namespace orderd::tests
