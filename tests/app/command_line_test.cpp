#include <httplib.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "catalog/csv.h"
#include "paths.h"
#include "storage/store.h"
#include "support/files.h"
#include "support/program.h"
#include "support/shop.h"
#include "support/temporary_folder.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

void write(const std::filesystem::path& file, std::string_view text) { std::ofstream(file, std::ios::binary) << text; }

std::filesystem::path write_products(const std::filesystem::path& folder) {
    auto file = folder / "products.csv";
    write(file,
          "Handle,Title,Body (HTML),Published,Variant SKU,Variant Inventory Qty,Variant Price\n"
          "mug,Mug,<p>A <b>mug</b></p>,true,MUG,5,12.50\n"
          "pot,Pot,,true,POT,2,30\n");
    return file;
}

int place(int port, const std::string& name, const std::string& email) {
    httplib::Client client("127.0.0.1", port);
    auto body = Shop::order_body({{1, 1}}, email);
    body["customer"]["name"] = name;
    body["customer"]["shipping_address"]["line1"] = "Geheimgasse 77";
    body["note"] = "Klingel defekt";
    const auto answer = client.Post("/orders", body.dump(), "application/json");
    return answer ? answer->status : 0;
}

}  // namespace

TEST_CASE("import, orders over HTTP, and every invariant holds") {
    const TemporaryFolder folder;
    const auto data = folder.path().string();
    const auto imported = run_orderd({"import", "--data", data, write_products(folder.path()).string()});
    CHECK(imported.exit_code == 0);
    CHECK(imported.out.find("2 added") != std::string::npos);
    {
        Served served(folder.path());
        CHECK(served.first_line() == "orderd answers at http://127.0.0.1:" + std::to_string(served.port()));
        for (int i = 0; i < 5; ++i) {
            CHECK(place(served.port(), "Ada Lovelace", "ada@example.com") == 201);
        }
        CHECK(place(served.port(), "Ada Lovelace", "ada@example.com") == 409);
        CHECK(served.terminate().first == 0);
    }
    const auto check = run_orderd({"check", "--data", data});
    CHECK(check.exit_code == 0);
    for (const auto* invariant : {"stock", "totals", "money", "shipments", "logs", "charges"}) {
        CHECK(check.out.find(std::string("ok   ") + invariant + ":") != std::string::npos);
    }
}

TEST_CASE("a stolen database, WAL or backup shows no customer") {
    const TemporaryFolder folder;
    const auto data = folder.path().string();
    REQUIRE(run_orderd({"import", "--data", data, write_products(folder.path()).string()}).exit_code == 0);
    Served served(folder.path());
    REQUIRE(place(served.port(), "Wilhelmine Donnerstag", "wilhelmine@geheim.example") == 201);
    REQUIRE(run_orderd({"backup", (folder.path() / "copy.db").string(), "--data", data}).exit_code == 0);
    served.kill();  // the WAL stays as it is
    const storage::Files files(folder.path());
    for (const auto& file :
         {files.database, std::filesystem::path(files.database.string() + "-wal"), folder.path() / "copy.db"}) {
        const auto bytes = bytes_of(file);
        CHECK_FALSE(bytes.empty());
        for (const auto* secret : {"Wilhelmine", "Donnerstag", "wilhelmine", "donnerstag", "geheim.example",
                                   "Geheimgasse", "Klingel", "1234567", "10115", "Berlin"}) {
            INFO(file << " has " << secret);
            CHECK(bytes.find(secret) == std::string::npos);
        }
    }
}

TEST_CASE("check finds what is wrong, and --repair sets the counters again from the ledger") {
    const TemporaryFolder folder;
    const auto data = folder.path().string();
    REQUIRE(run_orderd({"import", "--data", data, write_products(folder.path()).string()}).exit_code == 0);
    run_sql(storage::Files(folder.path()).database, "UPDATE product SET on_hand = 9, reserved = 3 WHERE sku = 'MUG'");

    const auto broken = run_orderd({"check", "--data", data});
    CHECK(broken.exit_code == 1);
    CHECK(broken.out.find("FAIL stock") != std::string::npos);
    CHECK(broken.out.find("product 1: on_hand is 9, its movements sum up to 5") != std::string::npos);

    const auto repaired = run_orderd({"check", "--repair", "--data", data});
    CHECK(repaired.exit_code == 0);
    CHECK(repaired.out.find("product 1: on_hand 9 -> 5, reserved 3 -> 0") != std::string::npos);
    CHECK(run_orderd({"check", "--data", data}).exit_code == 0);
}

TEST_CASE("a folder or a file that is not a shop is refused by name, and left as it was") {
    const TemporaryFolder folder;
    const storage::Files files(folder.path());
    const auto data = folder.path().string();
    const auto refuse = [&](const std::vector<std::string>& arguments, const std::string& why) {
        const auto outcome = run_orderd(arguments);
        INFO(outcome.error);
        CHECK(outcome.exit_code == 1);
        CHECK(outcome.error.find(why) != std::string::npos);
    };
    refuse({"serve", "--data", data + "/nowhere", "--listen", "127.0.0.1:0"}, "does not exist");
    for (const auto* command : {"check", "migrate"}) {
        refuse({command, "--data", data}, "there is no shop");
    }
    refuse({"backup", data + "/b.db", "--data", data}, "there is no shop");
    CHECK(std::filesystem::is_empty(folder.path()));

    SECTION("not a database") {
        write(files.key, std::string(32, 'k'));
        ::chmod(files.key.c_str(), 0600);
        write(files.database, std::string(5000, 'x'));
        refuse({"check", "--data", data}, "is not a database of orderd's");
        CHECK(bytes_of(files.database) == std::string(5000, 'x'));
    }
    SECTION("another program's database") {
        write(files.key, std::string(32, 'k'));
        ::chmod(files.key.c_str(), 0600);
        run_sql(files.database, "CREATE TABLE notes (text TEXT)");
        const auto before = bytes_of(files.database);
        refuse({"serve", "--data", data, "--listen", "127.0.0.1:0"}, "not one of orderd's");
        CHECK(bytes_of(files.database) == before);
    }
    SECTION("newer than this orderd") {
        REQUIRE(run_orderd({"import", "--data", data, write_products(folder.path()).string()}).exit_code == 0);
        run_sql(files.database, "PRAGMA user_version = 99");
        refuse({"check", "--data", data}, "newer orderd");
    }
    SECTION("damaged") {
        REQUIRE(run_orderd({"import", "--data", data, write_products(folder.path()).string()}).exit_code == 0);
        auto bytes = bytes_of(files.database);
        std::fill(bytes.begin() + 100, bytes.begin() + 4096, '\x7f');
        write(files.database, bytes);
        refuse({"check", "--data", data}, "damaged");
    }
    SECTION("damaged further inside") {
        REQUIRE(run_orderd({"import", "--data", data, write_products(folder.path()).string()}).exit_code == 0);
        auto bytes = bytes_of(files.database);
        std::fill(bytes.begin() + 20 * 4096, bytes.end(), '\x7f');
        write(files.database, bytes);
        refuse({"check", "--data", data}, files.database.string() + " is damaged");
        refuse({"check", "--data", data}, "orderd restore");
    }
    SECTION("another shop's key") {
        REQUIRE(run_orderd({"import", "--data", data, write_products(folder.path()).string()}).exit_code == 0);
        write(files.key, std::string(32, 'k'));
        refuse({"check", "--data", data}, "is not the key of");
        std::filesystem::remove(files.key);
        refuse({"check", "--data", data}, "is missing");
    }
    SECTION("served already") {
        Served served(folder.path());
        refuse({"serve", "--data", data, "--listen", "127.0.0.1:0"}, "served by another orderd");
        const TemporaryFolder other;
        refuse({"serve", "--data", other.path().string(), "--listen", "127.0.0.1:" + std::to_string(served.port())},
               "in use");
    }
}

TEST_CASE("wrong use is exit code 2, and says what would be right") {
    for (const auto& arguments :
         std::vector<std::vector<std::string>>{{},
                                               {"sell"},
                                               {"check"},
                                               {"import"},
                                               {"serve", "--colour", "red"},
                                               {"admin", "add", "ada"},
                                               {"admin", "add", "ada", "--role", "king", "--password-stdin"},
                                               {"backup"}}) {
        const auto outcome = run_orderd(arguments);
        CHECK(outcome.exit_code == 2);
        CHECK_FALSE(outcome.error.empty());
    }
}

TEST_CASE("--help is there for every command, and says its settings") {
    for (const auto& command : std::vector<std::vector<std::string>>{{"serve"},
                                                                     {"demo"},
                                                                     {"admin", "add"},
                                                                     {"admin", "passwd"},
                                                                     {"admin", "list"},
                                                                     {"import"},
                                                                     {"export", "products"},
                                                                     {"export", "orders"},
                                                                     {"export", "customers"},
                                                                     {"backup"},
                                                                     {"restore"},
                                                                     {"check"},
                                                                     {"migrate"},
                                                                     {"key", "rotate"},
                                                                     {"bench"}}) {
        auto arguments = command;
        arguments.push_back("--help");
        const auto outcome = run_orderd(arguments);
        INFO(command.front());
        CHECK(outcome.exit_code == 0);
        CHECK(outcome.out.find("--data") != std::string::npos);
    }
    CHECK(run_orderd({"version"}).out.starts_with("orderd "));
}

TEST_CASE("a command's help shows its own options, and all settings only where they count") {
    CHECK(run_orderd({"serve", "--help"}).out.find("--stripe-key-file") != std::string::npos);
    const auto help = run_orderd({"backup", "--help"}).out;
    CHECK(help.find("--drill") < help.find("--data"));
    CHECK(help.find("--stripe-key-file") == std::string::npos);
}

TEST_CASE("an invalid value, command or line of the file is wrong use, and named") {
    const TemporaryFolder folder;
    const auto data = folder.path().string();
    const auto refuse = [&](std::vector<std::string> arguments, const std::string& why) {
        const auto outcome = run_orderd(arguments);
        INFO(outcome.error);
        CHECK(outcome.exit_code == 2);
        CHECK(outcome.error.find(why) != std::string::npos);
        CHECK(outcome.error.size() < 400);
    };
    refuse({"serve", "--data", data, "--listen", "nonsense"}, "nonsense is not an address and a port");
    refuse({"serve", "--data", data, "--listen", "127.0.0.1:99999"}, "127.0.0.1:99999 is not an address");
    refuse({"serve", "--data", data, "--trusted-proxy", "foo"}, "foo is not an address");
    refuse({"serve", "--data", data, "--public-url", "ftp://x"}, "ftp://x is not how");
    refuse({"serve", "--data", data, "--rate-burst", "many"}, "many is not allowed; it is a whole number from 1 up");
    refuse({"serve", "--data", data, "--rate-per-minute", "x"}, "it is a number from 0 up");
    refuse({"serve", "--data", data, "--currency", "ABC"}, "ABC is not a currency");
    refuse({"bench", "--orders", "0"}, "from 1 to 1000000");
    refuse({"nope"}, "there is no command nope");
    refuse({"admin", "nope"}, "orderd admin: there is no command nope; the commands are add, passwd, list");
    const auto file = folder.path() / "orderd.toml";
    write(file, "colour = \"red\"\n");
    refuse({"serve", "--data", data, "--config", file.string()}, file.string() + ": there is no setting colour");
    std::filesystem::remove(file);
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a first command that is refused makes no shop") {
    const TemporaryFolder folder;
    const auto data = folder.path().string();
    const TemporaryFolder files;
    const auto empty = files.path() / "empty.csv";
    write(empty, "");
    const auto imported = run_orderd({"import", empty.string(), "--data", data});
    CHECK(imported.exit_code == 1);
    CHECK(imported.error.find("the file is empty") != std::string::npos);
    CHECK(run_orderd({"import", (files.path() / "none.csv").string(), "--data", data}).exit_code == 1);
    const auto add = [&](const std::string& name, const std::string& password) {
        return run_orderd({"admin", "add", name, "--role", "owner", "--password-stdin", "--data", data},
                          password + "\n")
            .exit_code;
    };
    CHECK(add("ada", "short") == 1);
    CHECK(add("a!", "correct horse battery") == 1);
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a shop is made in the currency that was said, and keeps it") {
    const TemporaryFolder folder;
    const auto data = folder.path().string();
    const auto file = write_products(folder.path()).string();
    const auto made = run_orderd({"import", file, "--data", data, "--currency", "JPY", "--dry-run"});
    CHECK(made.exit_code == 1);  // a dry run makes no shop
    const auto added =
        run_orderd({"admin", "add", "ada", "--role", "owner", "--password-stdin", "--data", data, "--currency", "USD"},
                   "correct horse battery\n");
    CHECK(added.out.find("with prices in USD") != std::string::npos);
    const auto other = run_orderd({"import", file, "--data", data, "--currency", "EUR"});
    CHECK(other.exit_code == 1);
    CHECK(other.error.find("is in USD, not in EUR") != std::string::npos);
    CHECK(run_orderd({"import", file, "--data", data, "--currency", "USD"}).exit_code == 0);
    {
        Served served(folder.path(), {"--currency", "USD"});
        httplib::Client client("127.0.0.1", served.port());
        const auto products = client.Get("/products");
        REQUIRE(products);
        CHECK(Json::parse(products->body)["data"][0]["currency"] == "USD");
    }
    const TemporaryFolder without;
    CHECK(run_orderd({"import", file, "--data", without.path().string()}).out.find("with prices in EUR") !=
          std::string::npos);
}

TEST_CASE("flag, variable and file are one setting, in that order of strength") {
    const TemporaryFolder folder;
    const TemporaryFolder other;
    const auto file = folder.path() / "orderd.toml";
    write(file, "data = \"" + folder.path().string() + "\"\n");
    REQUIRE(
        run_orderd({"import", "--data", folder.path().string(), write_products(folder.path()).string()}).exit_code ==
        0);

    CHECK(run_orderd({"check", "--config", file.string()}).exit_code == 0);
    CHECK(run_orderd({"check"}, "", {{"ORDERD_CONFIG", file.string()}}).exit_code == 0);
    CHECK(run_orderd({"check"}, "", {{"ORDERD_DATA", folder.path().string()}}).exit_code == 0);
    CHECK(run_orderd({"check", "--data", other.path().string()}, "", {{"ORDERD_DATA", folder.path().string()}})
              .exit_code == 1);
    write(file, "colour = \"red\"\n");
    CHECK(run_orderd({"check", "--config", file.string(), "--data", folder.path().string()}).exit_code == 2);
}

TEST_CASE("users are added beside a running server, which lets them in at once") {
    const TemporaryFolder folder;
    const auto data = folder.path().string();
    Served served(folder.path());
    const auto added = run_orderd({"admin", "add", "ada", "--role", "owner", "--password-stdin", "--data", data},
                                  "correct horse battery\n");
    INFO(added.error);
    REQUIRE(added.exit_code == 0);
    httplib::Client client("127.0.0.1", served.port());
    const auto sign_in = [&](const std::string& password) {
        const auto answer =
            client.Post("/auth/login", Json{{"username", "ada"}, {"password", password}}.dump(), "application/json");
        return answer ? answer->status : 0;
    };
    CHECK(sign_in("correct horse battery") == 200);
    CHECK(run_orderd({"admin", "passwd", "ada", "--password-stdin", "--data", data}, "another good one\n").exit_code ==
          0);
    CHECK(sign_in("correct horse battery") == 401);
    CHECK(sign_in("another good one") == 200);
    CHECK(run_orderd({"admin", "list", "--data", data}).out.find("ada") != std::string::npos);
    CHECK(run_orderd({"admin", "add", "bob", "--role", "staff", "--password-stdin", "--data", data}, "short\n")
              .exit_code == 1);
}

TEST_CASE("a backup that was made under load is restored whole, and neither overwrites") {
    const TemporaryFolder folder;
    const TemporaryFolder other;
    const auto data = folder.path().string();
    const auto copy = (folder.path() / "copy.db").string();
    REQUIRE(run_orderd({"import", "--data", data, write_products(folder.path()).string()}).exit_code == 0);
    {
        Served served(folder.path());
        std::atomic<bool> stop = false;
        std::atomic<int> placed = 0;
        std::thread customer([&] {
            while (!stop) {
                placed += place(served.port(), "Ada Lovelace", "ada@example.com") != 0 ? 1 : 0;
            }
        });
        while (placed < 3) {
            std::this_thread::yield();
        }
        CHECK(run_orderd({"backup", copy, "--data", data}).exit_code == 0);
        stop = true;
        customer.join();
    }
    CHECK(run_orderd({"backup", copy, "--data", data}).exit_code == 1);
    CHECK(run_orderd({"restore", copy, "--data", data}).exit_code == 1);
    CHECK(run_orderd({"restore", copy, "--data", other.path().string()}).exit_code == 1);  // without the key
    std::filesystem::copy(storage::Files(folder.path()).key, storage::Files(other.path()).key);
    CHECK(run_orderd({"restore", copy, "--data", other.path().string()}).exit_code == 0);
    const auto check = run_orderd({"check", "--data", other.path().string()});
    INFO(check.out << check.error);
    CHECK(check.exit_code == 0);
}

TEST_CASE("a backup is not restored beside what is left of another database") {
    const TemporaryFolder folder;
    const TemporaryFolder other;
    const storage::Files files(other.path());
    const auto copy = (folder.path() / "copy.db").string();
    REQUIRE(
        run_orderd({"import", "--data", folder.path().string(), write_products(folder.path()).string()}).exit_code ==
        0);
    REQUIRE(run_orderd({"backup", copy, "--data", folder.path().string()}).exit_code == 0);
    std::filesystem::copy(storage::Files(folder.path()).key, files.key);
    const std::filesystem::path wal = files.database.string() + "-wal";
    std::ofstream(wal) << "the last changes of a shop whose database was lost";
    const auto refused = run_orderd({"restore", copy, "--data", other.path().string()});
    CHECK(refused.exit_code == 1);
    CHECK(refused.error.find(wal.string()) != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(files.database));
    std::filesystem::remove(wal);
    CHECK(run_orderd({"restore", copy, "--data", other.path().string()}).exit_code == 0);
    CHECK(run_orderd({"check", "--data", other.path().string()}).exit_code == 0);
}

TEST_CASE("programs that make a shop in one folder at once make one shop, with one key", "[concurrency]") {
    for (int round = 0; round < 3; ++round) {
        const TemporaryFolder folder;
        const auto data = folder.path().string();
        const auto products = write_products(folder.path()).string();
        std::vector<std::thread> programs;
        std::atomic<int> good = 0;
        for (int i = 0; i < 4; ++i) {
            programs.emplace_back([&] {
                good += run_orderd({"import", "--data", data, products}).exit_code == 0 ? 1 : 0;
            });
        }
        for (auto& program : programs) {
            program.join();
        }
        CHECK(good == 4);
        const auto check = run_orderd({"check", "--data", data});
        INFO(check.out << check.error);
        CHECK(check.exit_code == 0);
    }
}

TEST_CASE("orders and customers are exported in Shopify's columns, safe for spreadsheets") {
    const TemporaryFolder folder;
    const auto data = folder.path().string();
    REQUIRE(run_orderd({"import", "--data", data, write_products(folder.path()).string()}).exit_code == 0);
    {
        Served served(folder.path());
        REQUIRE(place(served.port(), "=1+1 Ada", "ada@example.com") == 201);
        REQUIRE(place(served.port(), "Grace", "grace@example.com") == 201);
    }
    const auto rows_of = [](const std::string& text) {
        csv::Reader reader(text);
        std::vector<std::vector<std::string>> rows;
        for (csv::Record record; reader.next(record);) {
            rows.push_back(record.fields);
        }
        return rows;
    };
    const auto orders = rows_of(run_orderd({"export", "orders", "--data", data}).out);
    REQUIRE(orders.size() == 3);
    CHECK(orders[0][0] == "Name");
    CHECK(orders[1][0] == "#1001");
    CHECK(orders[1][8] == "12.50");
    CHECK(orders[1][14] == "MUG");
    CHECK(orders[1][15] == "'=1+1 Ada");
    for (const auto& row : orders) {
        CHECK(row.size() == orders[0].size());
    }
    const auto file = folder.path() / "customers.csv";
    REQUIRE(run_orderd({"export", "customers", "--output", file.string(), "--data", data}).exit_code == 0);
    const auto customers = rows_of(bytes_of(file));
    REQUIRE(customers.size() == 3);
    CHECK(customers[2][1] == "Grace");
    CHECK(customers[2][10] == "1");
}

TEST_CASE("a demo is served with a catalogue and orders, and every invariant holds") {
    const TemporaryFolder folder;
    Served served(folder.path(), {"--password", "a good password"}, "demo");
    httplib::Client client("127.0.0.1", served.port());
    const auto answer = client.Post("/auth/login", Json{{"username", "owner"}, {"password", "a good password"}}.dump(),
                                    "application/json");
    REQUIRE(answer);
    REQUIRE(answer->status == 200);
    const auto token = Json::parse(answer->body)["access_token"].get<std::string>();
    const auto count = [&](const std::string& query) {
        const auto orders = client.Get("/admin/orders?limit=200" + query, {{"Authorization", "Bearer " + token}});
        REQUIRE(orders);
        return Json::parse(orders->body)["data"].size();
    };
    CHECK(count("") > 40);
    CHECK(count("&status=delivered") > 10);
    CHECK(count("&status=paid") > 0);  // something to pack
    const auto check = run_orderd({"check", "--data", folder.path().string()});
    INFO(check.out << check.error);
    CHECK(check.exit_code == 0);
}
