#include "fulfillment/support.h"

#include <catch2/catch_test_macros.hpp>

#include "orders/lifecycle.h"

namespace orderd::tests {

namespace {

PaidOrder order_of(const Reply& reply) {
    INFO(reply.text);
    REQUIRE(reply.status == 201);
    PaidOrder order{.id = reply.body["id"].get<std::int64_t>(),
                    .token = reply.body["access_token"].get<std::string>(),
                    .items = {}};
    for (const auto& item : reply.body["items"]) {
        order.items.push_back(item["id"].get<std::int64_t>());
    }
    return order;
}

PaidOrder pay(Shop& shop, PaidOrder order) {
    set_payment(shop, order.id, "card", "succeeded");
    shop.store().writer().run([&](storage::Transaction& tx) {
        orders::step(tx, orders::get(tx, OrderId{order.id}), orders::Status::paid, Actor::system(), shop.clock().now());
    });
    return order;
}

}  // namespace

PaidOrder placed(Shop& shop, const std::vector<Shop::Line>& lines) { return order_of(shop.order(lines)); }

void set_payment(Shop& shop, std::int64_t order, const std::string& method, const std::string& status) {
    shop.store().writer().run([&](storage::Transaction& tx) {
        const bool captured = status == "succeeded" || status == "refunded";
        const auto total = orders::get(tx, OrderId{order}).totals.total;
        tx.run(R"sql(
            INSERT INTO payment (order_id, amount, method, status, gateway, captured, captured_at, created_at, updated_at)
            VALUES (?1, ?2, ?3, ?4, 'manual', ?5, iif(?5 > 0, ?6, NULL), ?6, ?6)
                ON CONFLICT (order_id) DO UPDATE SET method = ?3, status = ?4, captured = ?5,
                                                     captured_at = iif(?5 > 0, ?6, NULL)
        )sql",
               order, total, method, status, captured ? total : Money{0}, shop.clock().now());
        orders::set_payment_state(tx, OrderId{order}, {.status = status, .method = method}, shop.clock().now());
        tx.touched(storage::Topic::payments);
    });
}

PaidOrder paid(Shop& shop, const std::vector<Shop::Line>& lines) { return pay(shop, placed(shop, lines)); }

PaidOrder paid_order(Shop& shop, const Json& body) { return pay(shop, order_of(shop.post("/orders", body))); }

std::int64_t labelled(Shop& shop, const PaidOrder& order, const Json& body) {
    const auto reply = shop.put(order.path("/fulfillment"), body, shop.staff());
    INFO(reply.text);
    REQUIRE(reply.status == 202);
    shop.drain();
    return reply.body["id"].get<std::int64_t>();
}

std::string order_status(Shop& shop, std::int64_t order) {
    return shop.get("/admin/orders/" + std::to_string(order), shop.owner()).body["status"].get<std::string>();
}

std::string shipment_status(Shop& shop, std::int64_t shipment) {
    return shop.get("/shipments/" + std::to_string(shipment), shop.owner()).body["status"].get<std::string>();
}

Json stock(Shop& shop, std::int64_t product) {
    return shop.get("/admin/inventory/" + std::to_string(product), shop.owner()).body;
}

}  // namespace orderd::tests
