// `orderd key rotate`: a new key in place of the old one, while the shop is served, and through kill -9.

#include "app/key_rotation.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "accounts/bare_shop.h"
#include "accounts/customer.h"
#include "base/embedded.h"
#include "base/text.h"
#include "fulfillment/return_request.h"
#include "payments/support.h"
#include "storage/key_file.h"
#include "storage/settings.h"
#include "support/doomed.h"
#include "support/files.h"
#include "support/program.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;
using storage::Vault;

namespace {

/// What a separate process does, beside whatever serves the shop.
void rotate(const std::filesystem::path& folder, const app::RotateOptions& options = {}) {
    storage::Store store(folder, {});
    const SystemClock clock;
    std::ostringstream out;
    app::rotate_key(store, options, clock, out, out);
}

/// Every value in a *_sealed column.
std::vector<std::string> sealed_values(const storage::View& view) {
    std::vector<std::string> found;
    for (const auto& keyed : app::all_keyed()) {
        for (const auto& column : keyed.columns) {
            if (column.ends_with("_sealed")) {
                view.each("SELECT " + column + " FROM " + keyed.table + " WHERE " + column +
                              " IS NOT NULL AND 'of any row' <> ''",
                          [&](const storage::Row& row) { found.push_back(row.get<std::string>(0)); });
            }
        }
    }
    return found;
}

/// How many rows are not under a vault's newest key, by table and column.
std::int64_t not_under(const Vault& vault, const std::filesystem::path& folder) {
    storage::Connection connection(folder / "shop.db", storage::Connection::Mode::read_only);
    const storage::View view(connection, vault);
    std::int64_t count = 0;
    for (const auto& keyed : app::all_keyed()) {
        for (std::optional<std::int64_t> after = 0; after;) {
            const auto slice = keyed.find(view, *after);
            count += static_cast<std::int64_t>(slice.old.size());
            after = slice.last;
        }
    }
    return count;
}

/// How many sealed values a key opens.
std::int64_t opened_by(const Vault& vault, const std::filesystem::path& folder) {
    storage::Connection connection(folder / "shop.db", storage::Connection::Mode::read_only);
    const storage::View view(connection, vault);
    auto opened = static_cast<std::int64_t>(sealed_values(view).size());
    for (const auto& keyed : app::all_keyed()) {
        const bool sealed = keyed.columns.front().ends_with("_sealed");
        for (std::optional<std::int64_t> after = 0; sealed && after;) {
            const auto slice = keyed.find(view, *after);
            opened -= static_cast<std::int64_t>(slice.old.size());
            after = slice.last;
        }
    }
    return opened;
}

/// A customer and order with every kind of value that is sealed.
struct FullShop : Shop {
    FullShop()
        : Shop([](app::Config& config) {
              config.sandbox_payments = true;
              config.private_webhooks = true;
          }) {
        mug = product({.on_hand = 100'000});
        put("/admin/settings", {{"smtp_password", "the mail password"}}, owner());
        post("/admin/saved-lists", {{"list", "orders"}, {"name", "Ada's"}, {"query", "q=ada"}}, owner());
        put("/admin/notices/mail", {{"address", "anna@example.com"}, {"about", {"order_paid"}}}, owner());
        hook = post("/admin/webhooks", {{"url", "http://127.0.0.1:9/x"}, {"events", {"product.*"}}}, owner()).body;
        post("/admin/webhooks/" + hook["id"].dump() + "/rotate-secret", Json::object(), owner());
        auto body = order_body({{mug, 1}}, "ada@example.com");
        placed = post("/orders", body, {}, {{"Idempotency-Key", "ada-1"}});
        REQUIRE(placed.status == 201);
        // A guest who gives another name the second time.
        body["customer"]["name"] = "Augusta King";
        REQUIRE(post("/orders", body).status == 201);
        REQUIRE(post("/customers", {{"name", "Grace Hopper"},
                                    {"email", "grace@example.com"},
                                    {"phone", "+1 555 0100"},
                                    {"shipping_address", body["customer"]["shipping_address"]},
                                    {"password", "some words that are long"}})
                    .status == 201);
        // Until the mail to the address that she had before is sent, that address is kept.
        const auto grace =
            post("/auth/login", {{"email", "grace@example.com"}, {"password", "some words that are long"}});
        const auto& session = grace.body["access_token"].get_ref<const std::string&>();
        REQUIRE(
            put("/customers/me", {{"email", "hopper@example.com"}, {"password", "some words that are long"}}, session)
                .status == 200);
        const auto id = placed.body["id"].dump();
        put("/admin/orders/" + id,
            {{"staff_note", "likes blue"},
             {"delivery_note", "on Tuesday"},
             {"billing", {{"company", "Analytical Engines"}}}},
            staff());
        post("/admin/orders/" + id + "/comments", {{"text", "she called"}}, staff());
        token = placed.body["access_token"].get<std::string>();
        payment = post("/payments", {{"order_id", placed.body["id"]}, {"method", {{"type", "bank_transfer"}}}}, token);
        REQUIRE(payment.status < 300);
        REQUIRE(post("/payments/" + payment.body["id"].dump() + "/capture", {{"reference", "her transfer"}}, staff())
                    .status < 300);
        REQUIRE(put("/orders/" + id + "/fulfillment", Json::object(), staff()).status == 202);
        drain();
        REQUIRE(put("/orders/" + id + "/fulfillment", {{"status", "shipped"}}, staff()).status == 200);
        invoice = issue_invoice(placed.body["customer"]["shipping_address"]);
        store().writer().run([&](storage::Transaction& tx) {
            const auto shipment = *tx.value<std::int64_t>("SELECT max(id) FROM shipment");
            const std::string long_label(100'000, 'x');
            const auto label = tx.vault().seal({"shipment", "label_sealed", shipment}, long_label);
            const auto zpl = tx.vault().seal({"shipment", "zpl_sealed", shipment}, "^XA^XZ");
            tx.run("UPDATE shipment SET label_sealed = ?2, zpl_sealed = ?3 WHERE id = ?1", shipment,
                   storage::Blob{label}, storage::Blob{zpl});
            const auto secret = tx.vault().seal({"admin_user", "totp_sealed", 1}, "a TOTP secret");
            const auto pending = tx.vault().seal({"admin_user", "totp_pending_sealed", 1}, "the next one");
            tx.run("UPDATE admin_user SET totp_sealed = ?1, totp_pending_sealed = ?2 WHERE id = 1",
                   storage::Blob{secret}, storage::Blob{pending});
            fulfillment::receive_request(
                tx, {.said = {.order_number = "7", .name = "Grace", .email = "g@example.com", .text = "the mug"}},
                clock().now());
        });
    }

    /// Of the order, by a seller at an address. @returns its path
    std::string issue_invoice(const Json& address) {
        const Json seller{{"legal_name", "Tide & Clay GmbH"},
                          {"vat_id", "DE123456789"},
                          {"tax_number", ""},
                          {"register_entry", ""},
                          {"email", ""},
                          {"address", address},
                          {"payment_terms", ""},
                          {"foot", ""}};
        REQUIRE(put("/admin/settings", {{"seller", seller}}, owner()).status == 200);
        const auto issued =
            post("/admin/orders/" + placed.body["id"].dump() + "/documents", {{"kind", "invoice"}}, staff());
        REQUIRE(issued.status == 201);
        return issued.header("Location");
    }

    /// How many customers, or orders, a search finds.
    std::size_t found(const std::string& text, const std::string& what = "customers") {
        return get("/admin/" + what + "?q=" + text, viewer()).body["data"].size();
    }

    void expect_all_is_read() {
        CHECK(found("ada@example.com") == 1);
        CHECK(found("hopper@example.com") == 1);
        CHECK(found("august", "orders") == 1);
        CHECK(found("analytical", "orders") == 1);
        CHECK(found("ada@example.com", "orders") > 0);
        CHECK(found("hopper%20grace") == 1);
        CHECK(found("15550100") == 1);
        CHECK(found("nobody@example.com") == 0);
        const auto order = get("/admin/orders/" + placed.body["id"].dump(), viewer()).body;
        CHECK(order["customer"]["email"] == "ada@example.com");
        CHECK(order["staff_note"] == "likes blue");
        CHECK(order["delivery_note"] == "on Tuesday");
        CHECK(get("/admin/return-requests", viewer()).body["data"][0]["text"] == "the mug");
        CHECK(order["billing"]["company"] == "Analytical Engines");
        CHECK(get(invoice, viewer()).body["buyer"]["company"] == "Analytical Engines");
        CHECK(get("/admin/payments/" + payment.body["id"].dump(), viewer()).body["reference"] == "her transfer");
        CHECK(get("/admin/payments?q=transfer%20her", viewer()).body["data"].size() == 1);
        CHECK(get("/admin/payments?q=hertransfer", viewer()).body["data"].size() == 1);
        CHECK(get("/admin/webhooks/" + hook["id"].dump(), owner()).body["url"] == "http://127.0.0.1:9/x");
        CHECK(post("/auth/login", {{"username", "hopper@example.com"}, {"password", "some words that are long"}})
                  .status == 200);
        const auto view = store().read();
        CHECK(view.vault().open({"admin_user", "totp_sealed", 1},
                                *view.value<std::string>("SELECT totp_sealed FROM admin_user WHERE id = 1")) ==
              "a TOTP secret");
    }

    std::int64_t mug = 0;
    Json hook;
    Reply placed;
    Reply payment;
    std::string token;
    std::string invoice;  ///< its path
};

}  // namespace

TEST_CASE("the list of what follows the shop's key has every such column of the schema") {
    std::set<std::pair<std::string, std::string>> listed;
    for (const auto& keyed : app::all_keyed()) {
        for (const auto& column : keyed.columns) {
            listed.emplace(keyed.table, column);
        }
    }
    std::set<std::pair<std::string, std::string>> there;
    std::string table;
    std::istringstream schema{std::string(embedded::schema_sql())};
    const std::regex begins(R"(^CREATE (?:VIRTUAL )?TABLE (\w+).*)");
    const std::regex column(R"(^ +(\w+_(?:sealed|index))\b.*)");
    for (std::string line; std::getline(schema, line);) {
        std::smatch match;
        if (std::regex_match(line, match, begins)) {
            table = match[1];
        } else if (std::regex_match(line, match, column)) {
            there.emplace(table, match[1]);
        }
    }
    there.emplace("search_word", "word");
    CHECK(there.size() > 15);
    CHECK(there == listed);
}

TEST_CASE("a key is rotated while the shop is served: all is read as before, and the old key opens nothing") {
    FullShop shop;
    const auto old_key = bytes_of(shop.folder() / "shop.key");
    REQUIRE(old_key.size() == 32);
    const auto receipt = shop.placed.body["receipt_url"].get<std::string>();
    const auto tracking = shop.get("/orders/" + shop.placed.body["id"].dump() + "/tracking", shop.token).body;
    const auto path_in = [](const std::string& url) { return url.substr(url.find('/', 8)); };
    const auto before = sealed_values(shop.store().read());
    CHECK(opened_by(Vault(old_key), shop.folder()) == static_cast<std::int64_t>(before.size()));
    for (const auto& keyed : app::all_keyed()) {
        for (const auto& column : keyed.columns) {
            CAPTURE(keyed.table, column);
            CHECK(shop.store()
                      .read()
                      .value<std::int64_t>("SELECT count(*) FROM " + keyed.table + " WHERE " + column +
                                           " IS NOT NULL AND 'of any row' <> ''")
                      .value_or(0) > 0);
        }
    }
    shop.expect_all_is_read();

    rotate(shop.folder());
    const auto new_key = bytes_of(shop.folder() / "shop.key");
    CHECK(new_key.starts_with("orderd keys 1\n"));
    CHECK(new_key.find(to_base64(old_key)) == std::string::npos);
    struct stat about {};
    REQUIRE(::stat((shop.folder() / "shop.key").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    shop.expect_all_is_read();
    const auto replayed =
        shop.post("/orders", Shop::order_body({{shop.mug, 1}}, "ada@example.com"), {}, {{"Idempotency-Key", "ada-1"}});
    CHECK(replayed.body == shop.placed.body);
    CHECK(shop.get(path_in(receipt)).status == 200);
    CHECK(shop.get(path_in(tracking["page_url"].get<std::string>())).status == 200);
    shop.restart();
    shop.sign_in_again();
    shop.expect_all_is_read();
    CHECK(shop.get(path_in(receipt)).status == 200);
    CHECK(shop.get(path_in(tracking["page_url"].get<std::string>())).status == 200);
    shop.check_invariants();

    const auto vault = Vault::open(shop.folder() / "shop.key");
    CHECK_FALSE(vault.has_older());
    CHECK(not_under(vault, shop.folder()) == 0);
    const Vault old(old_key);
    CHECK(opened_by(old, shop.folder()) == 0);
    for (const auto& file : {"shop.db", "shop.db-wal"}) {
        const auto bytes = bytes_of(shop.folder() / file);
        for (const auto& sealed : before) {
            CHECK(bytes.find(sealed.substr(0, 40)) == std::string::npos);
        }
    }
}

TEST_CASE("a key can be rotated again and again, and links from before the first time stay good") {
    FullShop shop;
    const auto receipt = shop.placed.body["receipt_url"].get<std::string>();
    for (int i = 0; i < 3; ++i) {
        rotate(shop.folder());
        shop.expect_all_is_read();
        CHECK(shop.get(receipt.substr(receipt.find('/', 8))).status == 200);
    }
    const auto content = storage::read_key_file(shop.folder() / "shop.key");
    CHECK(content.keys.size() == 1);
    shop.check_invariants();
}

TEST_CASE("orders are placed and customers found while the key is rotated") {
    FullShop shop;
    std::atomic<bool> stop = false;
    std::atomic<int> placed = 0;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) {
        threads.emplace_back([&, i] {
            for (int n = 0; !stop; ++n) {
                // Every guest orders more than once, and must be one customer.
                const auto email = "guest" + std::to_string(i) + "-" + std::to_string(n % 40) + "@example.com";
                auto body = Shop::order_body({{shop.mug, 1}}, email);
                body["customer"]["name"] = fmt::format("Guest{}x{:02}", i, n % 40);  // none begins another
                placed += shop.post("/orders", body).status == 201 ? 1 : 0;
            }
        });
    }
    threads.emplace_back([&] {
        while (!stop) {
            const bool right = shop.found("ada@example.com") == 1 && shop.found("augusta", "orders") == 1 &&
                               shop.found("15550100") == 1 && shop.found("hopper%20grace") == 1;
            wrong += right ? 0 : 1;
        }
    });
    while (placed < 100) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    const auto old_key = bytes_of(shop.folder() / "shop.key");
    std::string refused;
    try {
        for (int i = 0; i < 3; ++i) {
            rotate(shop.folder());
        }
    } catch (const std::exception& error) {
        refused = error.what();
    }
    const auto at_end = placed.load();
    while (placed < at_end + 50) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    stop = true;
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(refused == "");
    CHECK(wrong == 0);
    const auto vault = Vault::open(shop.folder() / "shop.key");
    CHECK(not_under(vault, shop.folder()) == 0);
    CHECK(opened_by(Vault(old_key), shop.folder()) == 0);
    shop.drain();  // the index reads the event log
    for (int i = 0; i < 3; ++i) {
        CHECK(shop.found("guest" + std::to_string(i) + "-0@example.com") == 1);
        CHECK(shop.found(fmt::format("guest{}x01", i)) == 1);
    }
    shop.check_invariants();
}

TEST_CASE("kill -9 at any moment of a rotation loses nothing, and the next run ends it", "[crash]") {
    struct Moment {
        std::string step;
        int count;
    };
    for (const auto& moment : {Moment{"key added", 1}, Moment{"announced", 1}, Moment{"slice", 1}, Moment{"slice", 2},
                               Moment{"slice", 5}, Moment{"renewed", 1}, Moment{"key removed", 1}}) {
        CAPTURE(moment.step, moment.count);
        const TemporaryFolder folder;
        const auto make = [&](storage::Transaction& tx) {
            settings::write(tx, "currency", "EUR", Time{});
            accounts::add_first_owner(tx, Time{});
        };
        constexpr int kGuests = 700;
        {
            storage::Store::Options options;
            options.make_new = make;
            storage::Store store(folder.path(), options);
            store.writer().run([&](storage::Transaction& tx) {
                for (int i = 0; i < kGuests; ++i) {
                    const accounts::Contact who{.name = "Guest Nr" + std::to_string(1000 + i),  // none begins another
                                                .email = "guest" + std::to_string(i) + "@example.com",
                                                .phone = "030 " + std::to_string(1000 + i)};
                    const auto prepared = accounts::prepare(tx.vault(), who, BareShop::berlin());
                    accounts::index_customer(tx, accounts::find_or_add_guest(tx, prepared, Time{}));
                }
            });
        }
        const auto old_key = bytes_of(folder.path() / "shop.key");
        Doomed doomed([&](const auto&) {
            int left = moment.count;
            rotate(folder.path(), {.done = [&](std::string_view step) {
                       if (step == moment.step && --left == 0) {
                           ::kill(::getpid(), SIGKILL);
                       }
                   }});
        });
        REQUIRE(doomed.was_killed());
        const auto expect_whole = [&] {
            storage::Store store(folder.path(), {});
            const auto view = store.read();
            for (const int i : {0, 1, 199, 200, 350, kGuests - 1}) {
                const auto email = "guest" + std::to_string(i) + "@example.com";
                const auto found = accounts::find_customers(view, email, 5).ids;
                REQUIRE(found.size() == 1);
                CHECK(accounts::get_customer(view, CustomerId{found[0]}).contact->email == email);
                CHECK(accounts::find_customers(view, "guest nr" + std::to_string(1000 + i), 5).ids == found);
                CHECK(accounts::find_customers(view, "030 " + std::to_string(1000 + i), 5).ids == found);
            }
        };
        expect_whole();
        const TemporaryFolder aside;
        const bool ended = moment.step == "key removed";
        rotate(folder.path(), {.keep_old = aside.path() / "old.key"});
        if (!ended) {
            CHECK(bytes_of(aside.path() / "old.key") == old_key);
        }
        expect_whole();
        const auto vault = Vault::open(folder.path() / "shop.key");
        CHECK_FALSE(vault.has_older());
        CHECK(not_under(vault, folder.path()) == 0);
        CHECK(opened_by(vault, folder.path()) == 2 * kGuests);
        CHECK(opened_by(Vault(old_key), folder.path()) == 0);
        CHECK_FALSE(std::filesystem::exists(folder.path() / "shop.key.new"));
    }
}

TEST_CASE("an order that was prepared under the old key is stored under the new one") {
    BareShop shop;
    const accounts::Contact ada{.name = "Ada Lovelace", .email = "ada@example.com", .phone = "030 1234"};
    const auto prepared = accounts::prepare(shop.store.vault(), ada, BareShop::berlin());
    const auto first = shop.guest({.name = "Ada Early", .email = ada.email, .phone = ""});
    rotate(shop.folder.path());
    const auto id = shop.write([&](storage::Transaction& tx) {
        const auto guest = accounts::find_or_add_guest(tx, prepared, Time{});
        accounts::index_customer(tx, guest);
        return guest;
    });
    CHECK(id == first);
    const accounts::Contact eve{.name = "Eve Lovelace", .email = "eve@example.com", .phone = "030 99"};
    const auto late = accounts::prepare(shop.store.vault(), eve, BareShop::berlin());
    rotate(shop.folder.path());
    shop.write([&](storage::Transaction& tx) {
        accounts::index_customer(tx, accounts::add_account(tx, late, "!", Actor::system(), Time{}));
    });
    CHECK(accounts::find_customers(shop.store.read(), "eve@example.com", 5).ids.size() == 1);
    const auto fresh = Vault::open(shop.folder.path() / "shop.key");
    storage::Connection connection(shop.folder.path() / "shop.db", storage::Connection::Mode::read_only);
    const storage::View view(connection, fresh);
    CHECK(accounts::find_customers(view, "eve@example.com", 5).ids.size() == 1);
    CHECK(accounts::find_customers(view, "lovelace", 5).ids.size() == 1);
    CHECK(accounts::find_customers(view, "ada early", 5).ids.size() == 1);
    CHECK(accounts::find_customers(view, "030 99", 5).ids.size() == 1);
}

TEST_CASE("a second rotation at once is refused, and `orderd key rotate` works beside a server") {
    const TemporaryFolder folder;
    const Served served(folder.path());
    const auto data = folder.path().string();
    const auto kept = (folder.path() / "kept.key").string();
    const auto backup = (folder.path() / "before.db").string();
    REQUIRE(run_orderd({"backup", backup, "--data", data}).exit_code == 0);
    const auto old_key = bytes_of(folder.path() / "shop.key");
    {
        std::optional<Outcome> second;
        rotate(folder.path(), {.done = [&](std::string_view step) {
                   if (step == "announced") {
                       second = run_orderd({"key", "rotate", "--data", data});
                       const auto refused = run_orderd({"backup", backup + ".meanwhile", "--data", data});
                       CHECK(refused.exit_code == 1);
                       CHECK(refused.error.find("being rotated") != std::string::npos);
                       CHECK_FALSE(std::filesystem::exists(backup + ".meanwhile"));
                   }
               }});
        REQUIRE(second);
        CHECK(second->exit_code == 1);
        CHECK(second->error.find("another `orderd key rotate`") != std::string::npos);
    }
    const auto between = bytes_of(folder.path() / "shop.key");
    const auto rotated = run_orderd({"key", "rotate", "--keep-old", kept, "--data", data});
    INFO(rotated.error);
    CHECK(rotated.exit_code == 0);
    CHECK(rotated.out.find("Backups from before this moment open with the old key only") != std::string::npos);
    CHECK(rotated.out.find(kept) != std::string::npos);
    CHECK(bytes_of(kept) == between);
    CHECK(run_orderd({"check", "--data", data}).exit_code == 0);
    CHECK(run_orderd({"doctor", "--data", data}).out.find("two keys") == std::string::npos);
    // Neither overwrites a key, nor changes anything then.
    CHECK(run_orderd({"key", "rotate", "--keep-old", kept, "--data", data}).exit_code == 1);
    CHECK(run_orderd({"key", "--data", data}).exit_code == 2);

    // The backup from before opens with the key from before, and with no other.
    const TemporaryFolder elsewhere;
    const auto restore = [&](const std::string& key) {
        const auto file = elsewhere.path() / "shop.key";
        std::filesystem::remove(file);
        std::ofstream(file, std::ios::binary) << key;
        ::chmod(file.c_str(), 0600);
        return run_orderd({"restore", backup, "--data", elsewhere.path().string()}).exit_code;
    };
    CHECK(restore(bytes_of(folder.path() / "shop.key")) == 1);
    CHECK(restore(old_key) == 0);
}

TEST_CASE("a key file that is not whole is refused, and names what is wrong") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "shop.key";
    const std::string key = to_base64(std::string(32, 'k'));
    const auto refused = [&](const std::string& text) {
        std::filesystem::remove(file);
        std::ofstream(file, std::ios::binary) << text;
        ::chmod(file.c_str(), 0600);
        try {
            Vault::open(file);
            return false;
        } catch (const std::runtime_error&) {
            return true;
        }
    };
    CHECK_FALSE(refused("orderd keys 1\nlasting " + key + "\nkey " + key + "\n"));
    CHECK_FALSE(refused("orderd keys 1\r\nlasting " + key + "\r\nkey " + key + "\r\n"));
    CHECK(refused(""));
    CHECK(refused(std::string(31, 'k')));
    CHECK(refused("orderd keys 1\nkey " + key + "\n"));
    CHECK(refused("orderd keys 1\nlasting " + key + "\n"));
    CHECK(refused("orderd keys 2\nlasting " + key + "\nkey " + key + "\n"));
    CHECK(refused("orderd keys 1\nlasting " + key + "\nkey " + key.substr(4) + "\n"));
    CHECK(refused("orderd keys 1\nlasting " + key + "\nkey " + key + "\nkey " + key + "\nkey " + key + "\n"));
    CHECK(refused(std::string(5000, 'k')));
}
