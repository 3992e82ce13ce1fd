// What an order costs on the disk, a day after it was delivered.

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "payments/support.h"
#include "storage/size.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

constexpr int kBefore = 100;  ///< orders, so that no table is in its first page
constexpr int kMeasured = 200;

struct BusyShop : Shop {
    BusyShop()
        : Shop([](app::Config& config) {
              config.sandbox_payments = true;
              config.sandbox_slowness_ms = 0;
              config.connections_per_address = 10'000;
          }) {
        for (int i = 0; i < 20; ++i) {
            products.push_back(product(
                {.sku = fmt::format("MUG-{:03}", i), .name = fmt::format("Mug No. {}", i), .on_hand = 100'000}));
        }
    }

    /// A new key for each request, as clients send them.
    Headers key() { return {{"Idempotency-Key", fmt::format("5f0c7d9e-3b1a-4c2d-9e8f-{:012}", ++keys)}}; }

    /// One order of two lines, by a customer of its own: placed, paid by card, packed, sent and delivered.
    void whole_order(int n) {
        auto body = order_body({{products[static_cast<std::size_t>(n) % 20], 1 + n % 3},
                                {products[static_cast<std::size_t>(n * 7 + 3) % 20], 1}},
                               fmt::format("customer{}@example.com", n));
        body["customer"]["name"] = fmt::format("Ada Lovelace{}", n);
        const auto placed = post("/orders", body, {}, key());
        REQUIRE(placed.status == 201);
        const auto id = placed.body["id"].get<std::int64_t>();
        const auto token = placed.body["access_token"].get<std::string>();
        const Json card{
            {"type", "card"}, {"number", "4242424242424242"}, {"exp_month", 12}, {"exp_year", 2040}, {"cvc", "123"}};
        REQUIRE(post("/payments", {{"order_id", id}, {"method", card}}, token, key()).status < 300);
        drain();
        const auto path = fmt::format("/orders/{}/fulfillment", id);
        REQUIRE(put(path, {{"carrier", "local"}, {"service", "standard"}, {"parcel", {{"weight_g", 500}}}}, staff())
                    .status == 202);
        drain();
        REQUIRE(put(path, {{"status", "shipped"}}, staff()).status == 200);
        const auto delivered = put(path, {{"status", "delivered"}}, staff());
        REQUIRE(delivered.status == 200);
        drain();
    }

    std::int64_t used() {
        drain();
        return storage::size_of(store().read()).used();
    }

    std::vector<std::int64_t> products;
    int keys = 0;
};

}  // namespace

TEST_CASE("an order costs less than 4,000 bytes a day after it was delivered, with the words that find it", "[large]") {
    BusyShop shop;
    for (int n = 0; n < kBefore; ++n) {
        shop.whole_order(n);
    }
    shop.advance(hours(25));
    shop.sign_in_again();
    const auto before = shop.used();
    for (int n = kBefore; n < kBefore + kMeasured; ++n) {
        shop.whole_order(n);
    }
    INFO("at once: " << (shop.used() - before) / kMeasured);
    shop.advance(hours(25));
    CHECK((shop.used() - before) / kMeasured < 4'000);
    shop.check_invariants();
}
