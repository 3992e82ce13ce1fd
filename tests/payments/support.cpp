#include "payments/support.h"

#include <catch2/catch_test_macros.hpp>

#include "jobs/jobs.h"

namespace orderd::tests {

Placed place(Shop& shop, std::int64_t product) {
    const auto reply = shop.order({{product, 1}});
    REQUIRE(reply.status == 201);
    return {reply.body["id"].get<std::int64_t>(), reply.body["access_token"].get<std::string>()};
}

void fill_with_orders(Shop& shop, std::int64_t count) {
    shop.store().writer().run([&](storage::Transaction& tx) {
        tx.run(R"sql(
            WITH RECURSIVE n (id) AS (SELECT max(id) + 1 FROM orders UNION ALL SELECT id + 1 FROM n WHERE id < ?1)
            INSERT INTO orders (id, customer_id, status, subtotal, discount, shipping, tax, tax_included, total,
                                tax_rate_ppm, managed_by, access_token_hash, placed_at, updated_at)
            SELECT n.id, o.customer_id, 'pending', 100, 0, 0, 0, 0, 100, 0, o.managed_by, CAST(n.id AS BLOB),
                   o.placed_at, o.updated_at
              FROM n, orders o WHERE o.id = 1001
        )sql",
               1000 + count);
    });
}

Reply pay(Shop& shop, const Placed& order, const Json& method, const Headers& headers) {
    return shop.post("/payments", {{"order_id", order.id}, {"method", method}}, order.token, headers);
}

std::string status_of(Shop& shop, const Placed& order) {
    return shop.get("/orders/" + std::to_string(order.id), order.token).body["status"].get<std::string>();
}

std::string path_of(const Reply& payment) {
    return "/payments/" + std::to_string(payment.body["id"].get<std::int64_t>());
}

Reply after_jobs(Shop& shop, const std::string& path, const std::string& token) {
    shop.drain();
    return shop.get(path, token);
}

void with_stripe(app::Config& config, const StripeLike& stripe) {
    config.stripe_url = stripe.url();
    config.outside_pause = [](std::chrono::milliseconds) {};
}

void set_stripe_keys(Shop& shop) {
    const auto set = shop.put("/admin/settings",
                              {{"stripe_secret_key", StripeLike::kKey},
                               {"stripe_webhook_secret", kWebhookSecret},
                               {"stripe_publishable_key", "pk_test_shown"}},
                              shop.owner());
    REQUIRE(set.status == 200);
}

Json token_of(const std::string& token) { return {{"type", "card"}, {"token", token}}; }

StripeShop::StripeShop(const std::function<void(app::Config&)>& configure)
    : shop([&](app::Config& config) {
          with_stripe(config, stripe);
          if (configure) {
              configure(config);
          }
      }) {
    set_stripe_keys(shop);
}

Reply StripeShop::pay(const Placed& order, const std::string& token) {
    return tests::pay(shop, order, token_of(token));
}

Reply StripeShop::paid(const Placed& order, const std::string& token) {
    const auto reply = pay(order, token);
    REQUIRE(reply.status == 202);
    return after_jobs(shop, path_of(reply), order.token);
}

Reply StripeShop::tell(const std::string& event) {
    return shop.send("POST", "/webhooks/stripe", event, "application/json; charset=utf-8", "",
                     {{"Stripe-Signature", stripe_signature(event, kWebhookSecret, shop.clock().now().ms / 1000)}});
}

void StripeShop::hear(const std::string& type, const std::string& id) {
    CHECK(tell(stripe.event(type, id)).status == 200);
    shop.drain();
}

int StripeShop::recorded(const std::string& kind) {
    const auto kinds = shop.events();
    return static_cast<int>(std::count(kinds.begin(), kinds.end(), kind));
}

Restarted::Restarted(app::Config config)
    : app([&] {
          config.listen = "127.0.0.1:0";
          config.log_level = "error";
          config.job_workers = 0;
          return app::App::make(config, clock);
      }()) {
    app->bind();
    app->start();
    app->jobs().drain();
}

}  // namespace orderd::tests
