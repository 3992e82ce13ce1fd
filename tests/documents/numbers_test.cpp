// How documents are numbered, how long they stay, and that no number is missing or twice, whatever happens.

#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "documents/support.h"
#include "paths.h"
#include "storage/backup.h"
#include "support/files.h"
#include "support/program.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::int64_t some_mug(Shop& shop) { return taxed_product(shop, "MUG", 1190, "standard"); }

void travel_to(Shop& shop, std::string_view time) {
    shop.advance(parse_time(time).value() - shop.clock().now());
    shop.sign_in_again();
}

/// Goes to a time, and lives its last days one by one: after a leap of the clock, nothing is removed for a week.
void live_until(Shop& shop, std::string_view time) {
    constexpr int kDays = 10;
    shop.advance(parse_time(time).value() - days(kDays) - shop.clock().now());
    for (int day = 0; day < kDays; ++day) {
        shop.drain();
        shop.advance(days(1));
    }
    shop.drain();
    shop.sign_in_again();
}

Json with_formats(const std::string& invoices, const std::string& credit_notes, int digits = 5) {
    auto documents = document_settings("at_payment");
    documents["invoices"] = {{"format", invoices}, {"digits", digits}};
    documents["credit_notes"] = {{"format", credit_notes}, {"digits", digits}};
    return documents;
}

Reply set_numbers(Shop& shop, const Json& documents) {
    return shop.put("/admin/settings", {{"documents", documents}}, shop.owner());
}

std::string number_of(Shop& shop, const Bought& order, std::size_t at = 0) {
    const auto documents = documents_of_order(shop, order);
    REQUIRE(documents.size() > at);
    return documents[at]["number"];
}

}  // namespace

TEST_CASE("a year's numbers begin at the shop's midnight") {
    Shop shop;
    const auto mug = some_mug(shop);
    make_seller(shop, {{"time_zone", "Europe/Berlin"}});
    travel_to(shop, "2026-12-31T22:59:59Z");
    CHECK(number_of(shop, transferred_for(shop, {{mug, 1}})) == "2026-00001");
    travel_to(shop, "2026-12-31T23:00:00Z");
    const auto first = transferred_for(shop, {{mug, 1}});
    CHECK(number_of(shop, first) == "2027-00001");
    CHECK(documents_of_order(shop, first)[0]["issued_on"] == "2027-01-01");
    CHECK(number_of(shop, transferred_for(shop, {{mug, 1}})) == "2027-00002");
    CHECK(shop.get("/admin/documents?month=2026-12", shop.viewer()).body["data"].size() == 1);
    CHECK(shop.get("/admin/documents?month=2027-01", shop.viewer()).body["data"].size() == 2);
    CHECK(shop.get("/admin/documents?month=2027-01&kind=credit_note", shop.viewer()).body["data"].empty());
    for (const auto* month : {"2026-13", "2026-00", "2026-1x", "202-123"}) {
        CHECK(shop.get(std::string("/admin/documents?month=") + month, shop.viewer()).status == 422);
    }
    shop.check_invariants();
}

TEST_CASE("series and format are set until the first document, and not after it") {
    Shop shop;
    const auto mug = some_mug(shop);
    make_seller(shop);
    REQUIRE(set_numbers(shop, with_formats("R{year}/{number}", "CN-{number}", 3)).status == 200);
    const auto order = transferred_for(shop, {{mug, 1}});
    send_refund(shop, order, 100);
    send_refund(shop, order, 100);
    const auto year = rfc3339(shop.clock().now()).substr(0, 4);
    CHECK(numbers_in(documents_of_order(shop, order)) ==
          std::vector<std::string>{"R" + year + "/001", "CN-001", "CN-002"});
    const auto refused = set_numbers(shop, with_formats("R{year}/{number}", "CN-{number}", 4));
    CHECK(refused.code() == "numbers_in_use");
    CHECK(set_numbers(shop, with_formats("{number}", "CN-{number}", 3)).code() == "numbers_in_use");
    auto same = with_formats("R{year}/{number}", "CN-{number}", 3);
    same["issue"] = "by_hand";
    CHECK(set_numbers(shop, same).status == 200);
    shop.check_invariants();
}

TEST_CASE("a format that makes ambiguous numbers is refused, with the reason") {
    Shop shop;
    make_seller(shop);
    const auto format =
        GENERATE(as<std::string>(), "", "{year}", "{number}-{year}", "{year}{number}", "A1{number}", "{number}{number}",
                 "{year}-{year}-{number}", "Ä-{number}", "A B-{number}", "*{number}");
    const auto refused = set_numbers(shop, with_formats(format, "CN-{number}"));
    INFO(refused.text);
    CHECK(refused.status == 422);
    REQUIRE(refused.body["errors"].size() == 1);
    CHECK(refused.body["errors"][0]["pointer"] == "/documents/invoices/format");
}

TEST_CASE("formats that are fine, and digits that are too few for a count") {
    Shop shop;
    const auto mug = some_mug(shop);
    make_seller(shop);
    const auto [format, number] = GENERATE(table<std::string, std::string>({{"{number}", "1"},
                                                                            {"RE-{year}.{number}", "RE-YEAR.1"},
                                                                            {"1a{number}", "1a1"},
                                                                            {"{year}/R_{number}", "YEAR/R_1"}}));
    REQUIRE(set_numbers(shop, with_formats(format, format, 1)).status == 200);
    auto wanted = number;
    if (const auto at = wanted.find("YEAR"); at != std::string::npos) {
        wanted.replace(at, 4, rfc3339(shop.clock().now()).substr(0, 4));
    }
    CHECK(number_of(shop, transferred_for(shop, {{mug, 1}})) == wanted);
    if (format == "{number}") {
        for (int i = 2; i <= 9; ++i) {
            transferred_for(shop, {{mug, 1}});
        }
        CHECK(number_of(shop, transferred_for(shop, {{mug, 1}})) == "10");
    }
    shop.check_invariants();
}

TEST_CASE("invoices are off until the shop has said who sells") {
    Shop shop;
    const auto mug = some_mug(shop);
    const auto before = transferred_for(shop, {{mug, 1}});
    CHECK(documents_of_order(shop, before).empty());
    const auto by_hand = issue(shop, before);
    CHECK(by_hand.code() == "seller_incomplete");
    CHECK(by_hand.body["missing"] == Json::array({"legal_name", "address"}));
    auto seller = seller_settings();
    const auto on = document_settings("at_payment");
    CHECK(shop.put("/admin/settings", {{"documents", on}}, shop.owner()).code() == "seller_incomplete");
    CHECK(shop.get("/admin/settings", shop.viewer()).body["documents"]["issue"] == "by_hand");
    seller["vat_id"] = "";
    make_seller(shop, {{"seller", seller}, {"documents", document_settings("by_hand")}});
    auto refused = shop.put("/admin/settings", {{"documents", on}}, shop.owner());
    CHECK(refused.body["missing"] == Json::array({"vat_id"}));
    seller["tax_number"] = "30/123/45678";
    CHECK(shop.put("/admin/settings", {{"seller", seller}, {"documents", on}}, shop.owner()).status == 200);
    // What is there cannot be taken away while documents need it.
    CHECK(shop.put("/admin/settings", {{"shop_address", nullptr}}, shop.owner()).code() == "seller_incomplete");
    transferred_for(shop, {{mug, 1}});
    CHECK(shop.put("/admin/settings", {{"documents", document_settings("by_hand")}}, shop.owner()).status == 200);
    seller["legal_name"] = "";
    CHECK(shop.put("/admin/settings", {{"seller", seller}}, shop.owner()).code() == "seller_incomplete");
    seller = seller_settings();
    seller["email"] = "nobody";
    seller["foot"] = "1\n2\n3\n4\n5\n6\n7";
    CHECK(shop.put("/admin/settings", {{"seller", seller}}, shop.owner()).body["errors"].size() == 2);
}

TEST_CASE("the list goes on page by page, newest first, whatever its filter") {
    Shop shop;
    const auto mug = some_mug(shop);
    make_seller(shop);
    for (int i = 0; i < 5; ++i) {
        send_refund(shop, transferred_for(shop, {{mug, 1}}), 10);
    }
    for (const auto* filter : {"?", "?kind=invoice&"}) {
        std::vector<std::string> numbers;
        std::string cursor;
        do {
            const auto page = shop.get(
                std::string("/admin/documents") + filter + "limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor),
                shop.viewer());
            REQUIRE(page.status == 200);
            for (const auto& row : page.body["data"]) {
                numbers.push_back(row["number"]);
            }
            cursor = page.body["next_cursor"].is_null() ? "" : page.body["next_cursor"].get<std::string>();
        } while (!cursor.empty());
        CHECK(numbers.size() == (std::string_view(filter) == "?" ? 10U : 5U));
        CHECK(std::is_sorted(numbers.rbegin(), numbers.rend()));
        CHECK(std::set<std::string>(numbers.begin(), numbers.end()).size() == numbers.size());
    }
}

TEST_CASE("documents outlive the erased customer until their term is over, and the answer says so") {
    Shop shop;
    const auto mug = some_mug(shop);
    make_seller(shop);
    travel_to(shop, "2027-03-01T12:00:00Z");
    const auto order = transferred_for(shop, {{mug, 1}});
    REQUIRE(shop.post("/orders/" + std::to_string(order.id) + "/cancel", Json::object(), shop.staff()).status == 200);
    shop.drain();
    const auto customer = "/admin/customers/" + shop.get(order.path(), shop.viewer()).body["customer_id"].dump();
    CHECK(shop.get(customer, shop.viewer()).body["documents_kept_until"] == "2037-12-31");
    CHECK(shop.get(customer + "/export", shop.staff()).body["orders"][0]["documents"][0]["buyer"]["name"] ==
          "Ada Lovelace");
    const auto erased = shop.post(customer + "/erase", Json::object(), shop.owner());
    INFO(erased.text);
    REQUIRE(erased.status == 200);
    CHECK(erased.body["erased"] == true);
    CHECK(erased.body["documents_kept_until"] == "2037-12-31");
    // The refund is sent after that: its credit note names the buyer as the invoice does.
    const auto refunds = shop.get("/admin" + order.payment, shop.viewer()).body["refunds"];
    REQUIRE(shop.post(order.payment + "/refunds/" + refunds[0]["id"].dump() + "/sent", Json::object(), shop.staff())
                .status == 200);
    auto documents = documents_of_order(shop, order);
    REQUIRE(documents.size() == 2);
    CHECK(shop.get("/admin/documents/" + documents[1]["id"].dump(), shop.viewer()).body["buyer"]["name"] ==
          "Ada Lovelace");
    shop.check_invariants();

    live_until(shop, "2037-12-31T12:00:00Z");
    CHECK(documents_of_order(shop, order).size() == 2);
    shop.advance(hours(13));
    shop.drain();
    shop.sign_in_again();
    CHECK(documents_of_order(shop, order).empty());
    CHECK(shop.get(customer, shop.viewer()).body["documents_kept_until"].is_null());
    shop.check_invariants();
}

TEST_CASE("the newest number of a series that goes on outlives its term, so that none is given again") {
    Shop shop;
    const auto mug = some_mug(shop);
    make_seller(shop, {{"documents", with_formats("R-{number}", "C-{number}", 1)}});
    travel_to(shop, "2027-03-01T12:00:00Z");
    transferred_for(shop, {{mug, 1}});
    const auto last = transferred_for(shop, {{mug, 1}});
    live_until(shop, "2038-01-01T12:00:00Z");
    const auto kept = shop.get("/admin/documents", shop.viewer()).body["data"];
    REQUIRE(kept.size() == 1);
    CHECK(kept[0]["number"] == "R-2");
    CHECK(number_of(shop, transferred_for(shop, {{mug, 1}})) == "R-3");
    CHECK(number_of(shop, last) == "R-2");
    shop.check_invariants();
}

TEST_CASE("a restore begins a new series, each time another, and says so") {
    Shop shop;
    const auto mug = some_mug(shop);
    make_seller(shop);
    const auto year = rfc3339(shop.clock().now()).substr(0, 4);
    const auto before = transferred_for(shop, {{mug, 1}});
    const auto copy = shop.folder() / "copy.db";
    REQUIRE(run_orderd({"backup", copy.string(), "--data", shop.folder().string()}).exit_code == 0);
    transferred_for(shop, {{mug, 1}});  // 00002, which the backup does not know
    CHECK(shop.restore(copy).document_letters == "B");
    shop.sign_in_again();
    CHECK(number_of(shop, transferred_for(shop, {{mug, 1}})) == year + "-00001B");
    CHECK(number_of(shop, transferred_for(shop, {{mug, 1}})) == year + "-00002B");
    CHECK(number_of(shop, before) == year + "-00001");
    shop.check_invariants();
    // The same backup again does not know of the first restore.
    CHECK(shop.restore(copy).document_letters == "C");
    shop.sign_in_again();
    CHECK(number_of(shop, transferred_for(shop, {{mug, 1}})) == year + "-00001C");
    // Where nothing happened since, the numbers go on.
    CHECK(shop.restore(copy, {.nothing_since = true}).document_letters.empty());
    shop.check_invariants();
}

TEST_CASE("letters after numbers are those of a spreadsheet's columns") {
    Shop shop;
    const auto mug = some_mug(shop);
    make_seller(shop);
    const auto year = rfc3339(shop.clock().now()).substr(0, 4);
    const auto [restores, letters] = GENERATE(
        table<int, std::string>({{0, ""}, {1, "B"}, {25, "Z"}, {26, "AA"}, {27, "AB"}, {51, "AZ"}, {52, "BA"}}));
    shop.store().writer().run([&, count = restores](storage::Transaction& tx) {
        tx.run("INSERT INTO number_floor (name, after) VALUES ('document_series', ?1)", count);
    });
    CHECK(number_of(shop, transferred_for(shop, {{mug, 1}})) == year + "-00001" + letters);
}

TEST_CASE("orderd check finds a number that is missing, sums that are wrong, and content that does not open") {
    Shop shop;
    const auto mug = some_mug(shop);
    make_seller(shop);
    for (int i = 0; i < 3; ++i) {
        transferred_for(shop, {{mug, 1}});
    }
    shop.check_invariants();
    const auto [sql, said_of_it] = GENERATE(table<std::string, std::string>(
        {{"DELETE FROM document WHERE id = 2", "2 documents with numbers 1 to 3"},
         {"UPDATE document SET taxes = '[[190000,1000,189]]' WHERE id = 2", "its rates sum up to 1000 and 189"},
         {"UPDATE document SET net = net + 1, total = total + 1, taxes = '[[190000,1001,190]]' WHERE id = 2",
          "its documents sum up to 1191, and 1190 should stand"},
         {"UPDATE document SET content_sealed = zeroblob(100) WHERE id = 2", "cannot be read"}}));
    shop.store().writer().run([&, statement = sql](storage::Transaction& tx) { tx.run(statement); });
    const auto checked = run_orderd({"check", "--data", shop.folder().string()});
    INFO(checked.out);
    CHECK(checked.exit_code == 1);
    CHECK(says(checked, said_of_it));
}

namespace {

/// A shop in a folder, with invoices at payment and a product, made through the API.
void prepare_for_kills(const std::filesystem::path& folder) {
    const auto password = std::string("a-long-password-for-tests");
    REQUIRE(run_orderd({"admin", "add", "boss", "--role", "owner", "--password-stdin", "--data", folder.string()},
                       password + "\n")
                .exit_code == 0);
    const Served served(folder);
    httplib::Client client("127.0.0.1", served.port());
    const auto signed_in =
        client.Post("/auth/login", Json{{"username", "boss"}, {"password", password}}.dump(), "application/json");
    REQUIRE(signed_in);
    REQUIRE(signed_in->status == 200);
    const httplib::Headers owner{
        {"Authorization", "Bearer " + Json::parse(signed_in->body)["access_token"].get<std::string>()}};
    const Json settings{{"shop_address",
                         {{"line1", "Werkstattweg 1"},
                          {"line2", ""},
                          {"city", "Berlin"},
                          {"region", ""},
                          {"postal_code", "10997"},
                          {"country", "DE"}}},
                        {"seller", seller_settings()},
                        {"documents", document_settings("at_payment")}};
    const auto set = client.Put("/admin/settings", owner, settings.dump(), "application/json");
    REQUIRE(set);
    INFO(set->body);
    REQUIRE(set->status == 200);
    const auto made = client.Post(
        "/products", owner, Json{{"sku", "MUG"}, {"name", "Mug"}, {"price", 1190}, {"quantity", 1'000'000}}.dump(),
        "application/json");
    REQUIRE(made);
    REQUIRE(made->status == 201);
}

/// Customers who order and pay by card until the server is gone. @returns the orders whose payment was acknowledged
class Payers {
public:
    Payers(int count, int port) {
        for (int i = 0; i < count; ++i) {
            threads_.emplace_back([this, port] { pay_on(port); });
        }
    }
    std::vector<std::int64_t> stop() {
        stop_ = true;
        for (auto& thread : threads_) {
            thread.join();
        }
        threads_.clear();
        return paid_;
    }
    std::size_t paid() {
        const std::lock_guard lock(mutex_);
        return paid_.size();
    }
    ~Payers() { stop(); }

private:
    void pay_on(int port) {
        httplib::Client client("127.0.0.1", port);
        client.set_keep_alive(true);
        while (!stop_) {
            const auto placed = client.Post("/orders", Shop::order_body({{1, 1}}).dump(), "application/json");
            if (!placed || placed->status != 201) {
                continue;
            }
            const auto order = Json::parse(placed->body);
            const Json card{{"type", "card"},
                            {"number", "4242424242424242"},
                            {"exp_month", 12},
                            {"exp_year", 2050},
                            {"cvc", "123"}};
            const auto paid =
                client.Post("/payments", {{"Authorization", "Bearer " + order["access_token"].get<std::string>()}},
                            Json{{"order_id", order["id"]}, {"method", card}}.dump(), "application/json");
            if (paid && paid->status == 201) {
                const std::lock_guard lock(mutex_);
                paid_.push_back(order["id"]);
            }
        }
    }

    std::atomic<bool> stop_ = false;
    std::mutex mutex_;
    std::vector<std::int64_t> paid_;
    std::vector<std::thread> threads_;
};

}  // namespace

TEST_CASE("killed again and again, no document's number is missing or twice", "[crash]") {
    // 200 times: ORDERD_KILLS=200 build/orderd_tests "killed again and again\, no document*"
    const auto* asked = std::getenv("ORDERD_KILLS");
    const int rounds = asked != nullptr ? std::atoi(asked) : std::string_view(kSanitizers).empty() ? 15 : 3;
    const TemporaryFolder folder;
    prepare_for_kills(folder.path());
    std::set<std::int64_t> acknowledged;
    for (int round = 0; round < rounds; ++round) {
        Served served(folder.path(), {"--sandbox-payments"});
        Payers payers(4, served.port());
        const auto too_late = std::chrono::steady_clock::now() + std::chrono::minutes(5);
        while (payers.paid() < static_cast<std::size_t>(1 + round % 5)) {
            REQUIRE(std::chrono::steady_clock::now() < too_late);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        served.kill();
        for (const auto order : payers.stop()) {
            acknowledged.insert(order);
        }
    }
    Served(folder.path(), {"--sandbox-payments"}).terminate();
    storage::Store store(folder.path(), {});
    const auto view = store.read();
    std::set<std::int64_t> numbers;
    std::set<std::int64_t> invoiced;
    view.each("SELECT number_in_series, order_id FROM document WHERE kind = 'invoice'", [&](const storage::Row& row) {
        CHECK(numbers.insert(row.get<std::int64_t>(0)).second);
        CHECK(invoiced.insert(row.get<std::int64_t>(1)).second);
    });
    CHECK(std::includes(invoiced.begin(), invoiced.end(), acknowledged.begin(), acknowledged.end()));
    REQUIRE_FALSE(numbers.empty());
    CHECK(*numbers.begin() == 1);
    CHECK(*numbers.rbegin() == std::ssize(numbers));
    const auto checked = run_orderd({"check", "--data", folder.path().string()});
    INFO(checked.out);
    CHECK(checked.exit_code == 0);
}
