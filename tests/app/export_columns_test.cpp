// What stands in the exports of orders and customers: each column says what its name says, and the filters of the lists
// hold for them.

#include <map>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "catalog/csv.h"
#include "payments/support.h"
#include "support/program.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

using Line = std::map<std::string, std::string>;

std::vector<Line> records_in(const std::string& text) {
    csv::Reader reader(text);
    csv::Record record;
    REQUIRE(reader.next(record));
    const auto header = record.fields;
    std::vector<Line> lines;
    while (reader.next(record)) {
        REQUIRE(record.fields.size() == header.size());
        Line line;
        for (std::size_t i = 0; i < header.size(); ++i) {
            line[header[i]] = record.fields[i];
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<Line> export_lines(Shop& shop, const std::string& what, const std::string& query = {}) {
    const auto reply = shop.get("/admin/" + what + "/export" + query, shop.viewer());
    REQUIRE(reply.status == 200);
    return records_in(reply.text);
}

std::vector<std::string> values_of(const std::vector<Line>& lines, const std::string& name) {
    std::vector<std::string> values;
    for (const auto& line : lines) {
        values.push_back(line.at(name));
    }
    return values;
}

using Texts = std::vector<std::string>;

std::string path_of_order(const Placed& order) { return "/admin/orders/" + std::to_string(order.id); }

Placed placed_by(Shop& shop, std::int64_t product, const std::string& email) {
    const auto reply = shop.post("/orders", Shop::order_body({{product, 1}}, email));
    REQUIRE(reply.status == 201);
    return {reply.body["id"].get<std::int64_t>(), reply.body["access_token"].get<std::string>()};
}

}  // namespace

TEST_CASE("M6: the export's Financial Status is what became of the money, while a dispute is open too") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    const auto now = [&] {
        const auto lines = export_lines(it.shop, "orders");
        REQUIRE(lines.size() == 1);
        return lines.front();
    };
    CHECK(now().at("Financial Status") == "pending");
    CHECK(now().at("Paid at").empty());
    CHECK(now().at("Payment Method").empty());
    CHECK(now().at("Outstanding Balance") == "12.50");
    REQUIRE(it.paid(order, "pm_card_visa_chargeDeclined").body["status"] == "failed");
    CHECK(now().at("Financial Status") == "pending");
    const auto paid = it.paid(order);
    CHECK(now().at("Financial Status") == "paid");
    CHECK(now().at("Paid at") == "2026-01-01 00:00:00 +0000");
    CHECK(now().at("Payment Method") == "card");
    CHECK(now().at("Outstanding Balance") == "0.00");
    it.shop.post(path_of(paid) + "/refunds", {{"amount", 250}}, it.shop.staff());
    it.shop.drain();
    CHECK(now().at("Financial Status") == "partially_refunded");
    CHECK(now().at("Refunded Amount") == "2.50");
    CHECK(now().at("Outstanding Balance") == "0.00");

    const auto intent = it.stripe.intents().at(1)["id"].get<std::string>();
    const auto dispute = it.stripe.dispute(intent, 1000);
    it.hear("charge.dispute.created", dispute);
    REQUIRE(it.shop.get(path_of(paid), order.token).body["status"] == "disputed");
    CHECK(now().at("Financial Status") == "partially_refunded");
    it.stripe.decide_dispute(dispute, "lost");
    it.hear("charge.dispute.closed", dispute);
    CHECK(now().at("Financial Status") == "refunded");
    CHECK(now().at("Refunded Amount") == "12.50");
}

TEST_CASE("M6: a paid order whose payment is disputed is paid in the export") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    it.paid(order);
    it.hear("charge.dispute.created", it.stripe.dispute(it.stripe.intents().at(0)["id"], 1250));
    CHECK(export_lines(it.shop, "orders").at(0).at("Financial Status") == "paid");
}

TEST_CASE("M6: money that is held, taken in part, or never came has its own Financial Status") {
    StripeShop it([](app::Config& config) { config.authorize_only = true; });
    const auto mug = it.shop.product({.price = 1000});
    const auto held = it.paid(place(it.shop, mug));
    const auto released = it.paid(place(it.shop, mug));
    const auto cancelled = place(it.shop, mug);
    const auto by_hand = place(it.shop, mug);
    CHECK(values_of(export_lines(it.shop, "orders"), "Financial Status") ==
          Texts{"authorized", "authorized", "pending", "pending"});
    it.shop.post(path_of(held) + "/capture", {{"amount", 600}}, it.shop.staff());
    it.shop.post(path_of(released) + "/void", Json::object(), it.shop.staff());
    it.shop.drain();
    it.shop.post("/orders/" + std::to_string(cancelled.id) + "/cancel", Json::object(), cancelled.token);
    const auto cash = tests::pay(it.shop, by_hand, {{"type", "cash_on_delivery"}});
    REQUIRE(it.shop.post(path_of(cash) + "/capture", Json::object(), it.shop.staff()).status == 200);
    REQUIRE(it.shop.post(path_of(cash) + "/refunds", {{"amount", 400}}, it.shop.staff()).status == 201);
    const auto lines = export_lines(it.shop, "orders");
    CHECK(values_of(lines, "Financial Status") == Texts{"partially_paid", "pending", "voided", "paid"});
    CHECK(values_of(lines, "Refunded Amount") == Texts{"0.00", "0.00", "0.00", "0.00"});  // the cash is to be sent yet
    CHECK(values_of(lines, "Outstanding Balance") == Texts{"4.00", "10.00", "0.00", "0.00"});
    CHECK(values_of(lines, "Payment Method") == Texts{"card", "card", "", "cash_on_delivery"});
}

TEST_CASE("M7: Cancelled at is when the order was cancelled, whatever was changed since") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = place(shop, mug);
    place(shop, mug);
    shop.advance(minutes(5));
    REQUIRE(shop.post("/orders/" + std::to_string(order.id) + "/cancel", Json::object(), order.token).status == 200);
    shop.advance(seconds(2));
    REQUIRE(shop.put(path_of_order(order), {{"staff_note", "changed their mind"}}, shop.staff()).status == 200);
    CHECK(values_of(export_lines(shop, "orders"), "Cancelled at") == Texts{"2026-01-01 00:05:00 +0000", ""});
}

TEST_CASE("M8: Total Spent is what was captured less what was refunded") {
    StripeShop it;
    const auto paid = it.paid(place(it.shop, it.shop.product({.sku = "CUP", .price = 1000})));
    place(it.shop, it.shop.product({.sku = "POT", .price = 3000}));
    const auto now = [&] { return export_lines(it.shop, "customers").at(0); };
    CHECK(now().at("Total Spent") == "10.00");
    it.shop.post(path_of(paid) + "/refunds", {{"amount", 250}}, it.shop.staff());
    it.shop.drain();
    CHECK(now().at("Total Spent") == "7.50");
    it.shop.post(path_of(paid) + "/refunds", Json::object(), it.shop.staff());
    it.shop.drain();
    CHECK(now().at("Total Spent") == "0.00");
    CHECK(now().at("Total Orders") == "2");
}

TEST_CASE("the export says which tax an order has") {
    Shop shop;
    const auto [ppm, name, tax] =
        GENERATE(table<std::int64_t, std::string, std::string>({{190'000, "19%", "2.00"}, {88'750, "8.875%", "1.02"}}));
    const Json rates = Json::array({{{"country", "DE"}, {"rate_ppm", ppm}}});
    REQUIRE(shop.put("/admin/settings",
                     {{"tax", {{"prices_include_tax", true}, {"shipping_taxed", true}, {"rates", rates}}}},
                     shop.owner())
                .status == 200);
    place(shop, shop.product({}));
    const auto line = export_lines(shop, "orders").at(0);
    CHECK(line.at("Tax 1 Name") == name);
    CHECK(line.at("Tax 1 Value") == tax);
    CHECK(line.at("Taxes") == tax);
    CHECK(line.at("Tax 2 Name").empty());
}

TEST_CASE("the export has each rate of an order's taxes") {
    Shop shop;
    const Json rates = Json::array({{{"country", "DE"}, {"rate_ppm", 190'000}},
                                    {{"country", "DE"}, {"tax_class", "reduced"}, {"rate_ppm", 70'000}}});
    REQUIRE(shop.put("/admin/settings",
                     {{"tax", {{"prices_include_tax", true}, {"shipping_taxed", true}, {"rates", rates}}}},
                     shop.owner())
                .status == 200);
    const auto mug = shop.product({.sku = "MUG", .price = 1190});
    const auto tea = shop.product({.sku = "TEA", .price = 1070});
    REQUIRE(shop.put("/products/" + std::to_string(tea), {{"tax_class", "reduced"}}, shop.owner()).status == 200);
    REQUIRE(shop.order({{mug, 1}, {tea, 1}}).status == 201);
    const auto line = export_lines(shop, "orders").at(0);
    CHECK(line.at("Tax 1 Name") == "19%");
    CHECK(line.at("Tax 1 Value") == "1.90");
    CHECK(line.at("Tax 2 Name") == "7%");
    CHECK(line.at("Tax 2 Value") == "0.70");
    CHECK(line.at("Taxes") == "2.60");
}

TEST_CASE("D9: an export of orders has what the list shows with the same filters") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG"});
    const auto pot = shop.product({.sku = "POT", .name = "Pot"});
    const auto first = placed_by(shop, mug, "ada@example.com");
    shop.advance(days(1));
    shop.sign_in_again();
    placed_by(shop, pot, "grace@example.com");
    placed_by(shop, mug, "ada@example.com");
    REQUIRE(shop.post("/orders/" + std::to_string(first.id) + "/cancel", Json::object(), first.token).status == 200);
    shop.drain();
    CHECK(values_of(export_lines(shop, "orders"), "Name") == Texts{"#1001", "#1002", "#1003"});
    for (const auto* query : {"?status=pending", "?status=cancelled", "?from=2026-01-02", "?to=2026-01-01",
                              "?q=grace%40example.com", "?q=1003", "?packable=false", "?product_id=1", "?managed_by=1",
                              "?customer_id=2&status=pending", "?q=nobody", "?in_trouble=true", "?status=shipped"}) {
        CAPTURE(query);
        Texts wanted;
        const auto listed = shop.get(std::string("/admin/orders") + query, shop.viewer()).body;
        for (const auto& row : listed.at("data")) {
            wanted.push_back("#" + std::to_string(row.at("id").get<std::int64_t>()));
        }
        CHECK(values_of(export_lines(shop, "orders", query), "Name") == wanted);
    }
    CHECK(values_of(export_lines(shop, "orders", "?status=pending"), "Name") == Texts{"#1003", "#1002"});
    CHECK(shop.get("/admin/orders/export?status=lost", shop.viewer()).status == 422);
    CHECK(shop.get("/admin/orders/export?colour=red", shop.viewer()).status == 422);
}

TEST_CASE("D9: a filtered export is whole, however many slices it has") {
    Shop shop;
    const auto first = place(shop, shop.product({.on_hand = 10}));
    shop.store().writer().run([&](storage::Transaction& tx) {
        tx.run(R"sql(
            WITH RECURSIVE n (i) AS (SELECT 1002 UNION ALL SELECT i + 1 FROM n WHERE i < 1501)
            INSERT INTO orders (id, customer_id, status, subtotal, discount, shipping, tax, tax_included, total,
                                tax_rate_ppm, managed_by, access_token_hash, placed_at, updated_at)
            SELECT i, 1, iif(i % 5 = 0, 'expired', 'cancelled'), 0, 0, 0, 0, 0, 0, 0, 1, randomblob(32), 0, 0 FROM n
        )sql");
        tx.run(R"sql(
            INSERT INTO order_item (order_id, product_id, sku, name, unit_price, tax, quantity, cancelled)
            SELECT id, 1, 'MUG', 'Mug', 0, 0, 1, 1 FROM orders WHERE id > 1001
        )sql");
    });
    const auto names = values_of(export_lines(shop, "orders", "?status=cancelled"), "Name");
    REQUIRE(names.size() == 400);
    CHECK(names.front() == "#1501");
    CHECK(names.back() == "#1002");
    CHECK(values_of(export_lines(shop, "orders", "?status=cancelled,pending"), "Name").back() ==
          "#" + std::to_string(first.id));
}

TEST_CASE("D9: an export of customers has whom the list finds") {
    Shop shop;
    const auto mug = shop.product({});
    placed_by(shop, mug, "ada@example.com");
    placed_by(shop, mug, "grace@example.com");
    CHECK(values_of(export_lines(shop, "customers"), "Email") == Texts{"ada@example.com", "grace@example.com"});
    CHECK(values_of(export_lines(shop, "customers", "?q=grace%40example.com"), "Email") == Texts{"grace@example.com"});
    CHECK(export_lines(shop, "customers", "?q=nobody").empty());
    CHECK(shop.get("/admin/customers/export").status == 401);
    const auto view = shop.store().read();
    const auto entries = [&](const std::string& how) {
        return view
            .value<std::int64_t>(
                "SELECT count(*) FROM audit_entry WHERE action = 'customer.export' AND "
                "json_extract(after, '$.exported') = ?1",
                how)
            .value();
    };
    CHECK(entries("all") == 1);
    CHECK(entries("filtered") == 2);
}

TEST_CASE("exports of orders and customers are written for spreadsheets with a decimal comma where that is asked for") {
    Shop shop;
    auto body = Shop::order_body({{shop.product({.name = "Mug; white"}), 2}});
    body["note"] = "one, two";
    REQUIRE(shop.post("/orders", body).status == 201);
    const auto get = [&](const std::string& path) {
        const auto reply = shop.get(path, shop.viewer());
        REQUIRE(reply.status == 200);
        return reply.text;
    };
    const auto orders = get("/admin/orders/export?separator=%3B&bom=true");
    CHECK(orders.starts_with("\xef\xbb\xbfName;Email;Financial Status;"));
    CHECK(orders.find("\r\n#1001;ada@example.com;pending;unfulfilled;EUR;25,00;0,00;0,00;25,00;0,00;2026-01-01 ") !=
          std::string::npos);
    CHECK(orders.find(";2;\"Mug; white\";12,50;MUG;") != std::string::npos);
    CHECK(orders.find(";one, two;") != std::string::npos);
    const auto customers = get("/admin/customers/export?separator=%3B");
    CHECK(customers.starts_with("Customer ID;Name;"));
    CHECK(customers.find(";1;0,00;EUR;no;") != std::string::npos);
    CHECK(get("/admin/orders/export?bom=true") == "\xef\xbb\xbf" + get("/admin/orders/export"));
    CHECK(get("/admin/orders/export?separator=,") == get("/admin/orders/export"));
    CHECK(shop.get("/admin/orders/export?separator=x", shop.viewer()).status == 422);
    CHECK(shop.get("/admin/customers/export?bom=1", shop.viewer()).status == 422);
}

TEST_CASE("D9: the command line's exports take filters too") {
    TemporaryFolder folder;
    std::filesystem::path data;
    {
        Shop shop;
        const auto mug = shop.product({});
        const auto order = placed_by(shop, mug, "ada@example.com");
        placed_by(shop, mug, "grace@example.com");
        REQUIRE(shop.post("/orders/" + std::to_string(order.id) + "/cancel", Json::object(), order.token).status ==
                200);
        shop.drain();
        data = folder.path() / "copy";
        std::filesystem::copy(shop.folder(), data, std::filesystem::copy_options::recursive);
    }
    const auto run = [&](const std::string& what, std::vector<std::string> options) {
        std::vector<std::string> words{"export", what, "--data", data.string()};
        words.insert(words.end(), options.begin(), options.end());
        return tests::run_orderd(words);
    };
    const auto names = [&](std::vector<std::string> options) {
        const auto ran = run("orders", std::move(options));
        REQUIRE(ran.exit_code == 0);
        return values_of(records_in(ran.out), "Name");
    };
    CHECK(names({}) == Texts{"#1001", "#1002"});
    CHECK(names({"--status", "cancelled"}) == Texts{"#1001"});
    CHECK(names({"--status", "cancelled,pending"}) == Texts{"#1002", "#1001"});
    CHECK(names({"--to", "2025-12-31"}).empty());
    CHECK(names({"--from", "2026-01-01", "--to", "2026-01-01"}) == Texts{"#1002", "#1001"});
    CHECK(names({"--search", "grace@example.com"}) == Texts{"#1002"});
    CHECK(run("orders", {"--separator", ";", "--bom"}).out.starts_with("\xef\xbb\xbfName;Email;"));
    CHECK(run("customers", {"--separator", ";"}).out.find(";12,50;") == std::string::npos);  // nothing is paid
    CHECK(run("customers", {"--separator", ";"}).out.find(";0,00;EUR;") != std::string::npos);
    CHECK(run("products", {"--separator", ";"}).out.find(";12,50;") != std::string::npos);
    CHECK(run("products", {"--separator", ":"}).exit_code == 2);
    CHECK(run("orders", {"--status", "lost"}).exit_code == 2);
    CHECK(run("orders", {"--from", "yesterday"}).exit_code == 2);
    CHECK(values_of(records_in(run("customers", {"--search", "ada@example.com"}).out), "Email") ==
          Texts{"ada@example.com"});
}
