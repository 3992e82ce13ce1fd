// Upgrades: databases of every version there was, and migrations that go well, fail, and are killed.

#include "storage/migrations.h"

#include <httplib.h>
#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "accounts/bare_shop.h"
#include "accounts/customer.h"
#include "base/json.h"
#include "base/text.h"
#include "catalog/product.h"
#include "catalog/search.h"
#include "paths.h"
#include "payments/reference.h"
#include "storage/opening.h"
#include "support/doomed.h"
#include "support/kept_database.h"
#include "support/program.h"
#include "support/temporary_folder.h"

using namespace orderd;
using namespace orderd::tests;
using storage::Migration;
using storage::OpenError;
using storage::Schema;

namespace {

constexpr int kNow = storage::kSchemaVersion;

/// What a next version could do: a column more, a table that others refer to rebuilt, and rows rewritten, enough of
/// them that SQLite writes them to its log before the end.
constexpr auto kNext = R"sql(
    ALTER TABLE product ADD COLUMN colour TEXT NOT NULL DEFAULT 'white';
    CREATE TABLE import_anew (
        id INTEGER PRIMARY KEY, file_hash BLOB NOT NULL, changes TEXT NOT NULL, actor TEXT NOT NULL,
        at INTEGER NOT NULL, undone_at INTEGER, file_name TEXT
    ) STRICT;
    INSERT INTO import_anew SELECT *, 'products.csv' FROM import;
    DROP TABLE import;
    ALTER TABLE import_anew RENAME TO import;
    CREATE TABLE filler (text TEXT NOT NULL) STRICT;
    INSERT INTO filler WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
        SELECT hex(zeroblob(500)) FROM n;
)sql";

storage::Store::Options with(const Schema& schema) {
    storage::Store::Options options;
    options.schema = schema;
    return options;
}

/// Opens a shop under a schema that ends in those steps.
void open(const std::filesystem::path& folder, std::span<const Migration> steps) {
    const Schema schema{.version = kNow + static_cast<int>(steps.size()), .migrations = steps};
    storage::Store store(folder, with(schema));
}

/// What is in a database file, read without orderd.
std::int64_t number_in(const std::filesystem::path& file, const std::string& sql) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);  // what a killed process left is recovered
    SQLite::Statement statement(database, sql);
    REQUIRE(statement.executeStep());
    return statement.getColumn(0).getInt64();
}

constexpr auto kVersion = "PRAGMA user_version";
constexpr auto kColours = "SELECT count(*) FROM pragma_table_info('product') WHERE name = 'colour'";

/// A closed shop of today's schema, with an import that its stock refers to.
class OldShop {
public:
    OldShop() {
        const auto csv = folder.path() / "products.csv";
        std::ofstream(csv) << "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\nmug,Mug,MUG,5,12.50\n";
        REQUIRE(run_orderd({"import", csv.string(), "--data", folder.path().string()}).exit_code == 0);
    }

    const std::filesystem::path& path() const { return folder.path(); }
    std::filesystem::path database() const { return storage::Files(path()).database; }
    std::filesystem::path copy() const { return storage::copy_before_migration(path(), kNow); }

    /// As it was: of today's schema, whole, and with its product.
    void check_untouched() const {
        CHECK(number_in(database(), kVersion) == kNow);
        CHECK(number_in(database(), kColours) == 0);
        CHECK(number_in(database(), "SELECT count(*) FROM sqlite_schema WHERE name IN ('filler', 'import_anew')") == 0);
        const auto check = run_orderd({"check", "--data", path().string()});
        INFO(check.out << check.error);
        CHECK(check.exit_code == 0);
        CHECK(number_in(database(), "SELECT on_hand FROM product") == 5);
    }

    TemporaryFolder folder;
};

void die(sqlite3_context* /*context*/, int /*count*/, sqlite3_value** /*values*/) { ::kill(::getpid(), SIGKILL); }

int add_die(sqlite3* database, char** /*error*/, const sqlite3_api_routines* /*api*/) {
    return sqlite3_create_function(database, "die", 0, SQLITE_UTF8, nullptr, die, nullptr, nullptr);
}

/// Opens the shop in its own process, whose migration kills it in the middle. @returns whether it came to that
bool killed_while_migrating(const std::filesystem::path& folder, const std::string& sql) {
    return Doomed([&](const auto&) {
               sqlite3_auto_extension(reinterpret_cast<void (*)()>(add_die));
               const std::array steps{Migration{kNow, sql.c_str()}};
               open(folder, steps);
           })
        .was_killed();
}

/// Each table, index and trigger of a database, by name, with the words that made it.
std::map<std::string, std::string> shape_of(const std::filesystem::path& file) {
    std::map<std::string, std::string> shape;
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    SQLite::Statement all(database,
                          "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE "
                          "'sqlite_%'");
    while (all.executeStep()) {
        shape[all.getColumn(0).getString()] = all.getColumn(1).getString();
    }
    return shape;
}

}  // namespace

TEST_CASE("a database of every version there was is copied, brought to this one's shape, and checks", "[upgrade]") {
    for (int version = 1; version <= kNow; ++version) {
        INFO("version " << version);
        const TemporaryFolder folder;
        const auto data = folder.path().string();
        const storage::Files files(folder.path());
        put_kept_database(version, files);
        REQUIRE(number_in(files.database, kVersion) == version);

        const auto rehearsed = run_orderd({"migrate", "--rehearse", "--data", data});
        INFO(rehearsed.out << rehearsed.error);
        CHECK(rehearsed.exit_code == 0);
        CHECK(rehearsed.out.find("every invariant holds") != std::string::npos);
        CHECK(number_in(files.database, kVersion) == version);
        CHECK(run_orderd({"migrate", "--data", data}).exit_code == 0);
        CHECK(std::filesystem::exists(storage::copy_before_migration(folder.path(), version)) == (version < kNow));

        const auto check = run_orderd({"check", "--data", data});  // the schema is today's, too
        INFO(check.out << check.error);
        CHECK(check.exit_code == 0);
        CHECK(run_orderd({"export", "orders", "--data", data}).out.find("Ada Lovelace") != std::string::npos);
        const Served served(folder.path());
        httplib::Client client("127.0.0.1", served.port());
        const auto signed_in = client.Post("/auth/login", R"({"username": "ada", "password": "correct horse battery"})",
                                           "application/json");
        REQUIRE(signed_in);
        REQUIRE(signed_in->status == 200);
        const auto order = client.Get(
            "/admin/orders/1001",
            {{"Authorization", "Bearer " + Json::parse(signed_in->body)["access_token"].get<std::string>()}});
        REQUIRE(order);
        CHECK(order->status == 200);
        CHECK(order->body.find("Ada Lovelace") != std::string::npos);
    }
}

TEST_CASE("an older database is copied, and then brought through every step in one transaction", "[upgrade]") {
    const OldShop shop;
    const std::array steps{Migration{kNow, kNext}, Migration{kNow + 1, "UPDATE product SET colour = 'blue'"}};
    open(shop.path(), steps);
    CHECK(number_in(shop.database(), kVersion) == kNow + 2);
    CHECK(number_in(shop.database(), "SELECT count(*) FROM product WHERE colour = 'blue'") == 1);
    CHECK(number_in(shop.database(), "SELECT count(*) FROM import WHERE file_name = 'products.csv'") == 1);
    CHECK(number_in(shop.database(),
                    "SELECT count(*) FROM inventory_movement WHERE import_id IN (SELECT id FROM import)") == 1);
    CHECK(number_in(shop.copy(), kVersion) == kNow);
    CHECK(number_in(shop.copy(), kColours) == 0);
    // From the middle of the way, only what is left of it.
    open(shop.path(), steps);
    CHECK(number_in(shop.database(), kVersion) == kNow + 2);
}

TEST_CASE("a migration brings tables, indexes and triggers to the schema's words, and keeps the rows", "[upgrade]") {
    static constexpr auto kBefore = R"sql(
        CREATE TABLE thing (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, old INTEGER NOT NULL) STRICT;
        CREATE INDEX thing_by_old ON thing (old);
        CREATE TABLE part (id INTEGER PRIMARY KEY, thing_id INTEGER NOT NULL REFERENCES thing (id) ON DELETE CASCADE) STRICT;
        CREATE VIRTUAL TABLE thing_text USING fts5 (name, content = thing, content_rowid = id);
        CREATE TRIGGER thing_added AFTER INSERT ON thing BEGIN
            INSERT INTO thing_text (rowid, name) VALUES (new.id, new.name);
        END;
        CREATE TABLE gone (id INTEGER PRIMARY KEY) STRICT;
        INSERT INTO thing (name, old) VALUES ('mug', 1), ('pot', 2), ('cup', 3);
        DELETE FROM thing WHERE id = 3;
        INSERT INTO part VALUES (1, 2);
    )sql";
    static constexpr auto kAfter = R"sql(
        PRAGMA user_version = 102;
        CREATE TABLE thing (                          -- with words of its own
            id    INTEGER PRIMARY KEY AUTOINCREMENT,
            name  TEXT NOT NULL,
            new   INTEGER CHECK (new > 0)
        ) STRICT;
        CREATE INDEX thing_by_new ON thing (new);
        CREATE TABLE part (id INTEGER PRIMARY KEY, thing_id INTEGER NOT NULL REFERENCES thing (id) ON DELETE CASCADE) STRICT;
        CREATE VIRTUAL TABLE thing_text USING fts5 (name, content = thing, content_rowid = id, tokenize = 'trigram');
        CREATE TRIGGER thing_added AFTER INSERT ON thing BEGIN
            INSERT INTO thing_text (rowid, name) VALUES (new.id, new.name);
        END;
        CREATE TABLE come (id INTEGER PRIMARY KEY) STRICT;
    )sql";
    const TemporaryFolder folder;
    const auto file = folder.path() / "before.db";
    const auto wanted = folder.path() / "after.db";
    SQLite::Database(wanted.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(kAfter);
    {
        storage::Connection connection(file, storage::Connection::Mode::create);
        connection.execute(kBefore);
        connection.execute("PRAGMA user_version = 101");
        static constexpr std::array kSteps{Migration{.from = 101, .sql = R"sql(
            ALTER TABLE thing RENAME COLUMN old TO was;
            ALTER TABLE thing ADD COLUMN new INTEGER;
            UPDATE thing SET new = nullif(was, 2);
        )sql"}};
        storage::migrate(connection, storage::Vault(std::string(32, 'k')),
                         {.version = 102, .migrations = kSteps, .whole = [] { return std::string_view(kAfter); }});
    }
    CHECK(shape_of(file) == shape_of(wanted));
    CHECK(number_in(file, kVersion) == 102);
    CHECK(number_in(
              file,
              "SELECT count(*) FROM thing WHERE (id = 1 AND name = 'mug' AND new = 1) OR (id = 2 AND new IS NULL)") ==
          2);
    CHECK(number_in(file, "SELECT count(*) FROM part") == 1);  // making `thing` anew took nothing that refers to it
    CHECK(number_in(file, "SELECT rowid FROM thing_text WHERE thing_text MATCH 'pot'") == 2);
    CHECK(number_in(file, "INSERT INTO thing (name) VALUES ('new one') RETURNING id") == 4);  // 3 was given out before
    CHECK(number_in(file, "SELECT rowid FROM thing_text WHERE thing_text MATCH 'new one'") == 4);
}

TEST_CASE("a step that was done already is not done again", "[upgrade]") {
    const OldShop shop;
    const std::array first{Migration{kNow, kNext}};
    open(shop.path(), first);
    const std::array both{Migration{kNow, "an error, were it run"},
                          Migration{kNow + 1, "UPDATE product SET colour = 'blue'"}};
    open(shop.path(), both);
    CHECK(number_in(shop.database(), "SELECT count(*) FROM product WHERE colour = 'blue'") == 1);
    CHECK(number_in(storage::copy_before_migration(shop.path(), kNow + 1), kVersion) == kNow + 1);
}

TEST_CASE("a migration that fails leaves the database as it was, and says so", "[upgrade]") {
    const OldShop shop;
    const auto [sql, why] = GENERATE(table<std::string, std::string>({
        {"SELEC what", "syntax error"},
        {"UPDATE product SET on_hand = 'many'", "TEXT"},
        {"DELETE FROM product", "a row of inventory_movement would refer to a row of product that does not exist"},
    }));
    const auto all = kNext + sql;
    const std::array steps{Migration{kNow, all.c_str()}};
    try {
        open(shop.path(), steps);
        FAIL_CHECK("it is taken");
    } catch (const OpenError& error) {
        INFO(error.what());
        CHECK(std::string(error.what()).find("and is as it was") != std::string::npos);
        CHECK(std::string(error.what()).find(why) != std::string::npos);
    }
    shop.check_untouched();
    CHECK(number_in(shop.copy(), kVersion) == kNow);
}

TEST_CASE("a migration that is killed half-way leaves the database as it was, and can be made again",
          "[upgrade][crash]") {
    const OldShop shop;
    const auto after = GENERATE(std::string("; SELECT die()"), std::string("; PRAGMA user_version = 99; SELECT die()"));
    REQUIRE(killed_while_migrating(shop.path(), kNext + after));
    CHECK(std::filesystem::file_size(shop.database().string() + "-wal") > 0);  // it was under way
    shop.check_untouched();
    REQUIRE(killed_while_migrating(shop.path(), kNext + after));
    const std::array steps{Migration{kNow, kNext}};
    open(shop.path(), steps);
    CHECK(number_in(shop.database(), kVersion) == kNow + 1);
    CHECK(number_in(shop.database(), kColours) == 1);
    CHECK(number_in(shop.copy(), kVersion) == kNow);
}

TEST_CASE("two programs that open an older database at once migrate it once", "[upgrade][concurrency]") {
    const OldShop shop;
    const std::array steps{Migration{kNow, kNext}};
    REQUIRE(number_in(shop.database(), kVersion) == kNow);
    std::vector<std::thread> programs;
    std::atomic<int> opened = 0;
    for (int i = 0; i < 3; ++i) {
        programs.emplace_back([&] {
            try {
                open(shop.path(), steps);
                ++opened;
            } catch (const std::exception&) {  // counted below
            }
        });
    }
    for (auto& program : programs) {
        program.join();
    }
    CHECK(number_in(shop.database(), kVersion) == kNow + 1);
    CHECK(number_in(shop.database(), "SELECT count(*) FROM filler") == 30000);
    CHECK(opened == 3);
    CHECK(number_in(shop.copy(), "SELECT count(*) FROM product") == 1);
    CHECK(number_in(shop.copy(), kVersion) == kNow);
}

TEST_CASE("a database of a newer version is refused, and left alone", "[upgrade]") {
    const OldShop shop;
    const std::array steps{Migration{kNow, kNext}};
    open(shop.path(), steps);
    for (const std::vector<std::string>& command : {std::vector<std::string>{"serve", "--listen", "127.0.0.1:0"},
                                                    {"check"},
                                                    {"migrate"},
                                                    {"migrate", "--rehearse"}}) {
        auto words = command;
        words.insert(words.end(), {"--data", shop.path().string()});
        const auto outcome = run_orderd(words);
        CHECK(outcome.exit_code == 1);
        CHECK(outcome.error.find("newer orderd") != std::string::npos);
        CHECK(outcome.error.find("upgrade orderd") != std::string::npos);
    }
    CHECK(number_in(shop.database(), kVersion) == kNow + 1);
}

namespace {

/// Adds to a closed shop of schema 4 what that schema held apart, and today's holds equal.
void add_equals(const storage::Files& files) {
    const auto vault = storage::Vault::open(files.key);
    SQLite::Database database(files.database.string(), SQLite::OPEN_READWRITE);
    for (const auto* sku : {"É1", "é1", "É\u200B1", "\u200B"}) {
        SQLite::Statement add(database,
                              "INSERT INTO product (sku, name, description, price, created_at, updated_at) VALUES (?1, "
                              "'Mütze ' || ?1, '', 100, 0, 0)");
        add.bind(1, sku);
        add.exec();
    }
    const auto add_customer = [&](std::int64_t id, const std::string& email, bool has_account) {
        const auto sealed = vault.seal({.table = "customer", .column = "contact_sealed", .row = id},
                                       Json::array({"Jo", email, ""}).dump());
        SQLite::Statement add(database,
                              "INSERT INTO customer (id, contact_sealed, email_index, password_hash, created_at, "
                              "updated_at) VALUES (?1, ?2, ?3, ?4, 0, 0)");
        add.bind(1, id);
        add.bind(2, sealed.data(), static_cast<int>(sealed.size()));
        add.bind(3, vault.index("email", folded(email)));
        if (has_account) {
            add.bind(4, email);
        }
        add.exec();
    };
    add_customer(101, "jo@xn--bcher-kva.example", true);
    add_customer(102, "jo@bücher.example", true);
    add_customer(103, "a@straße.example", false);
}

}  // namespace

TEST_CASE("S6, P3: products and accounts that become equal survive the upgrade apart, and check names them",
          "[upgrade]") {
    const TemporaryFolder folder;
    const storage::Files files(folder.path());
    put_kept_database(4, files);
    add_equals(files);
    const auto products = number_in(files.database, "SELECT count(*) FROM product");
    {
        storage::Store store(folder.path(), storage::Store::Options{});
        const auto sku_of = [&](std::string_view asked) {
            const auto found = catalog::find_by_sku(store.read(), asked);
            return found ? found->sku : "";
        };
        for (const auto* sku : {"É1", "é1", "É\u200B1", "MUG"}) {
            CHECK(sku_of(sku) == sku);
        }
        CHECK(sku_of("E\u03011") == "É1");  // the oldest, where none is written so
        CHECK(sku_of("mug") == "MUG");
        CHECK(catalog::search(store.read(), {.q = "mutze"}, {.limit = 50, .after = {}}).rows.size() == 4);
        CHECK(catalog::search(store.read(), {.q = "é1 mü"}, {.limit = 50, .after = {}}).rows.size() == 3);

        const auto account = [&](std::string_view email) {
            return number(accounts::find_account(store.read(), email)->id);
        };
        CHECK(account("jo@xn--bcher-kva.example") == 101);
        CHECK(account("jo@bücher.example") == 102);
        CHECK(account("JO@BÜCHER.example") == 101);
        const auto guest = [&](const std::string& email) {
            const auto who =
                accounts::prepare(store.vault(), {.name = "Jo", .email = email, .phone = ""}, std::nullopt);
            return number(store.writer().run(
                [&](storage::Transaction& tx) { return accounts::find_or_add_guest(tx, who, Time{}); }));
        };
        CHECK(guest("a@straße.example") == 103);
        CHECK(guest("a@strasse.example") > 103);

        // Each can be changed, and put right.
        const auto twin = catalog::find_by_sku(store.read(), "é1")->id;
        const auto change = [&](const catalog::Changes& changes) {
            return store.writer().run([&](storage::Transaction& tx) {
                return catalog::update(tx, twin, changes, Actor::command_line(), Time{});
            });
        };
        CHECK(change({.name = "Another"}).sku == "é1");
        CHECK(sku_of("é1") == "é1");
    }
    CHECK(number_in(files.database, "SELECT count(*) FROM product") == products);
    const auto check = run_orderd({"check", "--data", folder.path().string()});
    INFO(check.out << check.error);
    CHECK(check.exit_code == 0);
    CHECK(check.out.find("its SKU é1 equals that of product") != std::string::npos);
    CHECK(check.out.find("customers 101 and 102 have accounts with the same e-mail address") != std::string::npos);
    CHECK(run_orderd({"key", "rotate", "--data", folder.path().string()}).exit_code == 0);
    CHECK(run_orderd({"check", "--data", folder.path().string()}).exit_code == 0);
}

TEST_CASE("what staff wrote when a payment arrived is found by its words after the upgrade", "[upgrade]") {
    const TemporaryFolder folder;
    const storage::Files files(folder.path());
    put_kept_database(5, files);
    std::int64_t payment = 0;
    {
        const auto vault = storage::Vault::open(files.key);
        SQLite::Database database(files.database.string(), SQLite::OPEN_READWRITE);
        payment = database.execAndGet("SELECT min(id) FROM payment").getInt64();
        REQUIRE(payment > 0);
        const auto sealed = vault.seal({"payment", "reference_sealed", payment}, "RF18 5390, Müller");
        SQLite::Statement write(database, "UPDATE payment SET reference_sealed = ?1 WHERE id = ?2");
        write.bind(1, sealed.data(), static_cast<int>(sealed.size()));
        write.bind(2, payment);
        write.exec();
    }
    storage::Store store(folder.path(), storage::Store::Options{});
    for (const auto* text : {"müller", "rf18 müller", "rf185390müller"}) {
        CHECK(payments::find_by_reference(store.read(), text, 10) == std::vector{PaymentId{payment}});
    }
    CHECK(payments::find_by_reference(store.read(), "rf19", 10).empty());
    CHECK(payments::find_old_references(store.read(), PaymentId{0}, 10).old.empty());
}

TEST_CASE("short words of East Asian scripts and signs are found after the upgrade, and only where they are",
          "[upgrade]") {
    const auto version = GENERATE(4, 7);
    const TemporaryFolder folder;
    const storage::Files files(folder.path());
    put_kept_database(version, files);
    {
        SQLite::Database database(files.database.string(), SQLite::OPEN_READWRITE);
        REQUIRE(database.exec(fmt::format("UPDATE product SET name = '抹茶 & Co', {} description = '煎茶' "
                                          "WHERE id = (SELECT min(id) FROM product)",
                                          version == 7 ? "name_key = '抹茶 & co'," : "")) == 1);
    }
    storage::Store store(folder.path(), storage::Store::Options{});
    const auto found = [&](const std::string& q) {
        return catalog::search(store.read(), {.q = q}, {.limit = 50, .after = {}}).rows.size();
    };
    for (const auto* q : {"茶", "抹茶", "煎", "茶 &", "c"}) {
        INFO(q);
        CHECK(found(q) >= 1);
    }
    CHECK(found("茶抹") == 0);
    CHECK(found("+") == 0);
}
