// A shop's files are not what was written: it opens, or it is refused with what to do; never a wrong answer, never a
// crash.

#include <fmt/format.h>
#include <httplib.h>
#include <stdlib.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <random>

#include <catch2/catch_test_macros.hpp>

#include "app/restoring.h"
#include "faults/campaign.h"
#include "support/in_child.h"

using namespace orderd;
using namespace orderd::tests;
using std::filesystem::path;

namespace {

constexpr int kOrdersInLog = 5;
constexpr std::size_t kLogHeader = 32;

std::string bytes_of(const path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void put(const path& file, const std::string& bytes) { std::ofstream(file, std::ios::binary) << bytes; }

/// Orders of 1, 2, 3, … units whose commits are in the log alone.
void prepare_log(const path& folder) {
    Shop shop;
    const auto mug = shop.product({.on_hand = 1000});
    shop.store().clear_log();
    for (int i = 1; i <= kOrdersInLog; ++i) {
        shop.order({{mug, static_cast<Quantity>(i)}});
    }
    copy_files(shop.folder(), folder);
}

void prepare_shop(const path& folder) {
    Shop shop;
    for (int i = 0; i < 40; ++i) {
        shop.product({.sku = fmt::format("SKU-{}", i), .name = fmt::format("Product {}", i), .on_hand = 50});
    }
    for (int i = 1; i <= 10; ++i) {
        shop.order({{i, 1}});
    }
    shop.restart([&] { copy_files(shop.folder(), folder); });
}

std::string noise(std::mt19937_64& random, std::size_t size) {
    std::string text(size, '\0');
    for (auto& c : text) {
        c = static_cast<char>(random());
    }
    return text;
}

/// One thing that happens to bytes: some are cut off, one bit is another, noise is written over a part, or a sector is
/// an older one.
std::string damaged(std::string bytes, std::mt19937_64& random) {
    const auto at = random() % bytes.size();
    switch (random() % 5) {
        case 0: bytes.resize(at); break;
        case 1: bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8)); break;
        case 2: bytes.replace(at, 64, noise(random, 64)); break;
        case 3: bytes.replace(at, 512, std::string(512, '\0')); break;
        default: bytes.replace(at, 512, bytes.substr(random() % bytes.size(), 512));
    }
    return bytes;
}

/// The orders that are there are the first ones that were placed.
void check_first_orders(const path& folder, int least, Wrongs& wrongs) {
    storage::Store store(folder, {});
    const auto view = store.read();
    std::string found;
    view.each("SELECT quantity FROM order_item ORDER BY order_id",
              [&](const storage::Row& row) { found += fmt::format("{} ", row.get<int>(0)); });
    std::string first;
    int orders = 0;
    while (first.size() < found.size()) {
        first += fmt::format("{} ", ++orders);
    }
    if (first != found || orders < least) {
        wrongs.push_back(fmt::format("the orders of {}units are there", found));
    }
    check_shop(view, "opened", wrongs);
}

/// Serves the shop for a moment, and asks it for this and that. Any answer will do that is well-formed HTTP.
/// @returns whether it could be opened
bool serve_a_moment(const path& folder, Wrongs& wrongs) {
    app::Config config;
    config.data = folder;
    config.listen = "127.0.0.1:0";
    config.log_level = "error";
    config.job_workers = 0;
    const ManualClock clock;
    std::unique_ptr<app::App> app;
    int port = 0;
    try {
        app = app::App::make(config, clock);
        port = app->bind();
        app->start();
    } catch (const SQLite::Exception& error) {  // main() names the file of one that is damaged
        if (storage::trouble_of(error.getErrorCode()) != storage::Trouble::damaged) {
            wrongs.push_back(fmt::format("it says that it is not damage: {}", error.what()));
        }
        return false;
    } catch (const std::exception& error) {
        if (std::string_view(error.what()).find("shop") == std::string_view::npos) {
            wrongs.push_back(fmt::format("the refusal does not name the file: {}", error.what()));
        }
        return false;
    }
    httplib::Client client("127.0.0.1", port);
    const auto order = Shop::order_body({{1, 1}}).dump();
    const auto look = [&](const char* what, const httplib::Result& answer) {
        if (!answer) {
            wrongs.push_back(fmt::format("{} has no answer", what));
        }
    };
    look("/healthz", client.Get("/healthz"));
    look("/readyz", client.Get("/readyz"));
    look("/products", client.Get("/products?limit=100"));
    look("/products", client.Get("/products?q=product"));
    look("placing", client.Post("/orders", order, "application/json"));
    look("signing in",
         client.Post("/auth/login", R"({"username":"owner","password":"not this one"})", "application/json"));
    try {
        app->work_off();
    } catch (const std::exception&) {  // a job of a damaged shop may fail
    }
    return true;
}

/// Each of so many damages on a copy of `prepared`, in a child process each. @returns how many were opened
int try_damages(const path& prepared, int tries,
                const std::function<bool(const path& folder, std::mt19937_64& random, Wrongs& wrongs)>& damage) {
    int opened = 0;
    for (int i = 0; i < tries; ++i) {
        const auto seed = campaign_seed() + static_cast<std::uint64_t>(i);
        const TemporaryFolder scratch;
        const auto ending = in_child([&] {
            ::setenv("TMPDIR", scratch.path().c_str(), 1);
            const TemporaryFolder folder;
            copy_files(prepared, folder.path());
            std::mt19937_64 random(seed);
            Wrongs wrongs;
            const bool could = damage(folder.path(), random, wrongs);
            return Json{{"opened", could}, {"wrongs", wrongs}}.dump(-1, ' ', false, Json::error_handler_t::replace);
        });
        INFO(fmt::format("try {}, ORDERD_FAULTS_SEED={}", i, campaign_seed()));
        CHECK(ending.trouble == "");
        if (ending.trouble.empty()) {
            const auto said = Json::parse(ending.said);
            CHECK(said["wrongs"] == Json::array());
            opened += said["opened"].get<bool>() ? 1 : 0;
        }
    }
    std::cout << fmt::format("{} damages, {} opened (seed {})\n", tries, opened, campaign_seed());
    return opened;
}

int tries() { return static_cast<int>(sample_of(60)); }

void prepare(const path& folder, void (*fill)(const path&)) {
    REQUIRE(in_child([&] {
                fill(folder);
                return std::string();
            }).trouble == "");
}

struct Hostile {
    std::string what;
    std::string sql;
    std::string named;  ///< what a refused restore says of it
};

const std::vector<Hostile>& hostile_schemas() {
    static const std::vector<Hostile> all{
        {"a trigger that gives prices away",
         "CREATE TRIGGER gift AFTER INSERT ON order_item BEGIN UPDATE product SET price = 0; END", "trigger gift"},
        {"a trigger on reading's side: a view in a table's place",
         "ALTER TABLE product RENAME TO product_real; CREATE VIEW product AS SELECT * FROM product_real", "product"},
        {"an index on an expression that calls what is not there",
         "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = 'CREATE INDEX product_by_status ON product "
         "(load_extension(name))' WHERE rowid = (SELECT min(rowid) FROM sqlite_schema WHERE type = 'index' AND tbl_name "
         "= 'product' AND sql IS NOT NULL)",
         ""},
        {"a table without its rules",
         "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, 'CHECK', '--CHECK') WHERE name = "
         "'product'",
         ""},
        {"words that are no SQL",
         "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = 'CREATE TABLE product (' WHERE name = 'product'",
         ""},
        {"two tables on one page",
         "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE "
         "name = 'orders') WHERE name = 'product'",
         ""},
        {"a table on the page of the schema",
         "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'customer'", ""},
        {"a virtual table of a module that is not there",
         "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = 'CREATE VIRTUAL TABLE product_text USING evil(x)' "
         "WHERE name LIKE '%_text' OR sql LIKE '%fts5%'",
         ""},
        {"a column that computes itself", "ALTER TABLE product ADD COLUMN worth INTEGER AS (price * 1000000) VIRTUAL",
         "worth"},
        {"a table that is gone", "PRAGMA foreign_keys = 0; DROP TABLE payment", "payment"},
        {"a column that is gone", "ALTER TABLE orders DROP COLUMN staff_note_sealed", "staff_note_sealed"},
        {"another kind of values",
         "PRAGMA foreign_keys = 0; CREATE TABLE copy AS SELECT * FROM setting; DROP TABLE setting; ALTER TABLE copy "
         "RENAME TO setting",
         "setting"},
    };
    return all;
}

}  // namespace

TEST_CASE("damaged files: whatever becomes of the log, what opens is the shop at one of its commits", "[faults]") {
    const TemporaryFolder prepared;
    prepare(prepared.path(), prepare_log);
    const auto opened = try_damages(prepared.path(), tries(), [](const path& folder, auto& random, Wrongs& wrongs) {
        const auto log = folder / "shop.db-wal";
        put(log, damaged(bytes_of(log), random));
        if (random() % 2 == 0) {
            std::filesystem::remove(folder / "shop.db-shm");
        }
        check_first_orders(folder, 0, wrongs);
        return true;
    });
    CHECK(opened == tries());
}

TEST_CASE("damaged files: a log that is cut between its frames loses no earlier commit", "[faults]") {
    const TemporaryFolder prepared;
    prepare(prepared.path(), prepare_log);
    const auto size = bytes_of(prepared.path() / "shop.db-wal").size();
    REQUIRE(size > kLogHeader);
    try_damages(prepared.path(), tries() / 2, [&](const path& folder, auto& random, Wrongs& wrongs) {
        const auto log = folder / "shop.db-wal";
        put(log, bytes_of(log) + noise(random, random() % 9000));  // what a torn append leaves
        check_first_orders(folder, kOrdersInLog, wrongs);
        return true;
    });
}

TEST_CASE("damaged files: SQLite's shared memory may hold anything", "[faults]") {
    const TemporaryFolder prepared;
    prepare(prepared.path(), prepare_log);
    try_damages(prepared.path(), tries() / 3, [](const path& folder, auto& random, Wrongs& wrongs) {
        const auto shared = folder / "shop.db-shm";
        auto bytes = bytes_of(shared);
        put(shared, random() % 2 == 0 ? damaged(bytes, random) : noise(random, random() % 70'000));
        check_first_orders(folder, kOrdersInLog, wrongs);
        return true;
    });
}

TEST_CASE("damaged files: a database whose bytes are others opens or is refused by name, and nothing crashes",
          "[faults]") {
    const TemporaryFolder prepared;
    prepare(prepared.path(), prepare_shop);
    const auto opened = try_damages(prepared.path(), 2 * tries(), [](const path& folder, auto& random, Wrongs& wrongs) {
        const auto database = folder / "shop.db";
        auto bytes = bytes_of(database);
        for (auto times = 1 + random() % 4; times > 0 && !bytes.empty(); --times) {
            bytes = damaged(std::move(bytes), random);
        }
        if (random() % 4 == 0 && bytes.size() > 512) {  // where SQLite reads what the file is, and its schema
            auto front = damaged(bytes.substr(0, 512), random);
            front.resize(512);
            bytes.replace(0, 512, front);
        }
        put(database, bytes);
        return serve_a_moment(folder, wrongs);
    });
    CHECK(opened > 0);
    CHECK(opened < 2 * tries());
}

TEST_CASE("damaged files: a file that is no database is refused, and left alone", "[faults]") {
    const TemporaryFolder prepared;
    prepare(prepared.path(), prepare_shop);
    const auto opened = try_damages(prepared.path(), tries() / 2, [](const path& folder, auto& random, Wrongs& wrongs) {
        const auto database = folder / "shop.db";
        const auto bytes = noise(random, 1 + random() % 20'000);
        put(database, bytes);
        const bool could = serve_a_moment(folder, wrongs);
        if (bytes_of(database) != bytes) {
            wrongs.emplace_back("the file was written to");
        }
        return could;
    });
    CHECK(opened == 0);
}

TEST_CASE("damaged files: a key that is absent, short, long, open to others or another's is refused by name",
          "[faults]") {
    const TemporaryFolder prepared;
    prepare(prepared.path(), prepare_shop);
    const auto opened = try_damages(prepared.path(), 30, [](const path& folder, auto& random, Wrongs& wrongs) {
        const storage::Files files(folder);
        const auto before = bytes_of(files.database);
        std::string said;
        switch (random() % 5) {
            case 0: std::filesystem::remove(files.key); break;
            case 1: put(files.key, noise(random, random() % 32)); break;
            case 2: put(files.key, noise(random, 33 + random() % 4000)); break;
            case 3: put(files.key, noise(random, 32)); break;
            default:
                std::filesystem::permissions(files.key, std::filesystem::perms::others_read,
                                             std::filesystem::perm_options::add);
        }
        try {
            storage::Store::Options options;
            options.server = true;
            const storage::Store store(folder, options);
            wrongs.emplace_back("it opens");
        } catch (const storage::OpenError& error) {
            said = error.what();
        }
        if (said.find("key") == std::string::npos) {
            wrongs.push_back("it is not told of the key: " + said);
        }
        if (bytes_of(files.database) != before) {
            wrongs.emplace_back("the database was written to");
        }
        return serve_a_moment(folder, wrongs);
    });
    CHECK(opened == 0);
}

TEST_CASE("damaged files: a hostile schema crashes nothing, and no backup with one is restored", "[faults]") {
    const TemporaryFolder prepared;
    prepare(prepared.path(), prepare_shop);
    for (const auto& hostile : hostile_schemas()) {
        INFO(hostile.what);
        try_damages(prepared.path(), 1, [&](const path& folder, auto&, Wrongs& wrongs) {
            {
                SQLite::Database database((folder / "shop.db").string(), SQLite::OPEN_READWRITE);
                database.exec(hostile.sql);
            }
            const TemporaryFolder elsewhere;
            std::filesystem::copy_file(folder / "shop.key", elsewhere.path() / "shop.key");
            try {
                app::restore_shop(folder / "shop.db", storage::Files(elsewhere.path()), {}, ManualClock());
                wrongs.emplace_back("it is restored");
            } catch (const storage::OpenError& error) {
                if (std::string_view(error.what()).find(hostile.named) == std::string_view::npos) {
                    wrongs.push_back(fmt::format("it does not name {}: {}", hostile.named, error.what()));
                }
            }
            return serve_a_moment(folder, wrongs);
        });
    }
}
