// What staff do with orders that were taken, and with each other.

#include <fmt/format.h>

#include "documents/support.h"
#include "faults/requests.h"

namespace orderd::tests {

namespace {

Reply take_by_telephone(Shop& shop, const Json& known) {
    const Json home{{"line1", "Markt 1"}, {"city", "Ulm"}, {"postal_code", "89073"}, {"country", "DE"}};
    return shop.post("/admin/orders",
                     {{"customer", {{"name", "Grete"}, {"shipping_address", home}}},
                      {"items", Json::array({{{"product_id", known["product"]}, {"quantity", 2}},
                                             {{"text", "Engraving"}, {"unit_price", 500}, {"quantity", 1}}})}},
                     shop.staff(), {{"Idempotency-Key", "taken"}});
}

/// An order whose money came: taking units out of it gives some back, and its invoice is replaced.
Json paid_and_invoiced(Shop& shop) {
    make_seller(shop);
    const auto taken = take_by_telephone(shop, {{"product", shop.product({})}});
    const auto order = taken.body["id"].get<std::int64_t>();
    const auto payment = shop.post("/payments", {{"order_id", order}, {"method", {{"type", "cash"}}}}, shop.staff());
    shop.post(fmt::format("/payments/{}/capture", payment.body["id"].get<std::int64_t>()), Json::object(),
              shop.staff());
    return {{"order", order}, {"item", taken.body["items"][0]["id"]}};
}

Reply take_a_unit_out(Shop& shop, const Json& known) {
    return shop.post(fmt::format("/admin/orders/{}/edits", known["order"].get<std::int64_t>()),
                     {{"change", Json::array({{{"item_id", known["item"]}, {"quantity", 1}}})}}, shop.staff(),
                     {{"Idempotency-Key", "edited"}});
}

Reply miss_a_unit(Shop& shop, const Json& known) {
    return shop.post(fmt::format("/orders/{}/short-pick", known["order"].get<std::int64_t>()),
                     {{"missing", Json::array({{{"item_id", known["item"]}, {"quantity", 1}}})},
                      {"rest", "refund"},
                      {"missing_units", "write_off"}},
                     shop.staff(), {{"Idempotency-Key", "missed"}});
}

Json taken_order(Shop& shop) {
    return {{"order", take_by_telephone(shop, {{"product", shop.product({})}}).body["id"]}};
}

Reply tag(Shop& shop, const Json& known) {
    return shop.post(fmt::format("/admin/orders/{}/tags", known["order"].get<std::int64_t>()),
                     {{"add", Json::array({"gift"})}}, shop.staff(), {{"Idempotency-Key", "tagged"}});
}

Reply comment(Shop& shop, const Json& known) {
    return shop.post(fmt::format("/admin/orders/{}/comments", known["order"].get<std::int64_t>()),
                     {{"text", "They called."}}, shop.owner(), {{"Idempotency-Key", "commented"}});
}

Reply choose_notices(Shop& shop, const Json&) {
    return shop.put("/admin/notices/mail", {{"address", "olga@shop.example"}, {"about", Json::array({"order_paid"})}},
                    shop.owner());
}

}  // namespace

std::vector<RequestAction> staff_requests() {
    return {
        {.name = "telephone",
         .prepare =
             [](Shop& shop) {
                 return Json{{"product", shop.product({})}};
             },
         .ask = take_by_telephone,
         .times = "SELECT count(*) FROM orders"},
        {.name = "edit",
         .prepare = paid_and_invoiced,
         .ask = take_a_unit_out,
         .times = "SELECT count(*) FROM refund WHERE of_total"},
        {.name = "short",
         .prepare = paid_and_invoiced,
         .ask = miss_a_unit,
         .times = "SELECT count(*) FROM inventory_movement WHERE reason = 'damaged'"},
        {.name = "tag", .prepare = taken_order, .ask = tag, .times = "SELECT count(*) FROM order_tag"},
        {.name = "comment", .prepare = taken_order, .ask = comment, .times = "SELECT count(*) FROM order_comment"},
        {.name = "notices",
         .prepare = [](Shop&) { return Json::object(); },
         .ask = choose_notices,
         .times = "SELECT count(*) FROM notice_way WHERE admin_id IS NOT NULL"},
    };
}

}  // namespace orderd::tests
