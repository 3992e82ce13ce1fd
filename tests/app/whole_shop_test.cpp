// A whole shop in a file, and a shop made of it under another key.

#include "app/whole_shop.h"

#include <httplib.h>
#include <sys/stat.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/json.h"
#include "storage/files.h"
#include "storage/migrations.h"
#include "support/files.h"
#include "support/kept_database.h"
#include "support/program.h"
#include "support/temporary_folder.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::istringstream in(tests::bytes_of(file));
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) {
        lines.push_back(line);
    }
    return lines;
}

void write_lines(const std::filesystem::path& file, const std::vector<std::string>& lines) {
    std::ofstream out(file, std::ios::binary);
    for (const auto& line : lines) {
        out << line << '\n';
    }
}

using Rows = std::map<std::string, std::multiset<std::string>>;  ///< of each table

Rows rows_of(const std::vector<std::string>& lines) {
    Rows rows;
    for (const auto& line : lines) {
        auto json = Json::parse(line);
        if (json.contains("table")) {
            if (json.at("table") == "orders") {
                for (const auto* changed : {"expires_at", "updated_at", "version"}) {
                    json.at("row").erase(changed);  // a restore holds what is not paid until the gateways were asked
                }
            }
            rows[json.at("table").get<std::string>()].insert(json.at("row").dump());
        }
    }
    return rows;
}

/// The shop that is kept of today's schema, in a file.
struct Exported {
    Exported() {
        put_kept_database(storage::kSchemaVersion, storage::Files(shop.path()));
        const auto made =
            run_orderd({"export", "--everything", "--output", file().string(), "--data", shop.path().string()});
        INFO(made.out << made.error);
        REQUIRE(made.exit_code == 0);
    }

    std::filesystem::path file() const { return folder.path() / "shop.jsonl"; }
    std::string data() const { return (folder.path() / "elsewhere").string(); }
    Outcome import(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{"import", "--everything", file().string(), "--data", data()};
        words.insert(words.end(), more.begin(), more.end());
        return run_orderd(words);
    }
    bool is_empty() const {
        return !std::filesystem::exists(data() + "/shop.db") && !std::filesystem::exists(data() + "/shop.key");
    }

    TemporaryFolder shop;
    TemporaryFolder folder;
};

/// What is not the same in a shop that was restored: its log has another name, and numbers go on from a floor.
const std::set<std::string> kAnew{"audit_anchor", "audit_entry",  "event",   "event_log",       "event_start",  "job",
                                  "log_reader",   "number_floor", "setting", "sqlite_sequence", "database_size"};

}  // namespace

TEST_CASE("a whole shop goes into a file of its own user's, opened, with the sequence that it shows") {
    const Exported it;
    struct stat status {};
    REQUIRE(::stat(it.file().c_str(), &status) == 0);
    CHECK((status.st_mode & 077U) == 0);
    const auto lines = lines_of(it.file());
    const auto first = Json::parse(lines.front());
    CHECK(first["schema"] == storage::kSchemaVersion);
    CHECK(Json::parse(lines.back())["rows"] == lines.size() - 2);
    std::int64_t newest = 0;
    bool named = false;
    for (const auto& line : lines) {
        const auto json = Json::parse(line);
        if (json.value("table", "") == "event") {
            newest = std::max(newest, json["row"]["sequence"].get<std::int64_t>());
        }
        named = named || (json.value("table", "") == "orders" &&
                          json["row"]["contact_sealed"].get<std::string>().find("Ada Lovelace") != std::string::npos);
    }
    CHECK(first["sequence"] == newest);
    CHECK(named);
    CHECK(run_orderd({"export", "--data", it.shop.path().string()}).exit_code == 2);
}

TEST_CASE("a shop that is made of a whole shop's file is that shop, under another key") {
    const Exported it;
    const auto imported = it.import({"--nothing-since"});
    INFO(imported.out << imported.error);
    REQUIRE(imported.exit_code == 0);
    const auto check = run_orderd({"check", "--data", it.data()});
    INFO(check.out << check.error);
    CHECK(check.exit_code == 0);
    CHECK(tests::bytes_of(it.shop.path() / "shop.key") != tests::bytes_of(it.data() + "/shop.key"));

    const auto again = it.folder.path() / "again.jsonl";
    REQUIRE(run_orderd({"export", "--everything", "--output", again.string(), "--data", it.data()}).exit_code == 0);
    const auto before = rows_of(lines_of(it.file()));
    const auto after = rows_of(lines_of(again));
    for (const auto& [table, rows] : before) {
        if (!kAnew.contains(table)) {
            INFO(table);
            const auto found = after.find(table);
            CHECK((found != after.end() && found->second == rows));
        }
    }

    const Served served(it.data());
    httplib::Client client("127.0.0.1", served.port());
    const auto signed_in =
        client.Post("/auth/login", R"({"username": "ada", "password": "correct horse battery"})", "application/json");
    REQUIRE(signed_in);
    REQUIRE(signed_in->status == 200);
    const httplib::Headers as_owner{
        {"Authorization", "Bearer " + Json::parse(signed_in->body)["access_token"].get<std::string>()}};
    const auto order = client.Get("/admin/orders/1001", as_owner);
    REQUIRE(order);
    CHECK(order->body.find("Ada Lovelace") != std::string::npos);
    const auto customer = client.Get("/admin/customers?q=ada%40example.com", as_owner);
    REQUIRE(customer);
    CHECK(Json::parse(customer->body)["data"].size() == 1);
    const auto products = client.Get("/products?q=stoneware");
    REQUIRE(products);
    CHECK(Json::parse(products->body)["data"][0]["sku"] == "MUG");
    const auto account = client.Post(
        "/auth/login", R"({"email": "grace@example.com", "password": "a third horse battery"})", "application/json");
    REQUIRE(account);
    CHECK(account->status == 200);
}

TEST_CASE("a file that is no whole shop's makes none") {
    const Exported it;
    auto lines = lines_of(it.file());
    std::string says;
    SECTION("it was cut") {
        lines.resize(lines.size() / 2);
        says = "it was cut";
    }
    SECTION("a line is gone") {
        lines.erase(lines.begin() + 5);
        says = "does not end it as it should";
    }
    SECTION("it is of another schema") {
        auto first = Json::parse(lines.front());
        first["schema"] = storage::kSchemaVersion + 1;
        lines.front() = first.dump();
        says = "import it with the version that made it";
    }
    SECTION("a line is no JSON") {
        lines[3] = "{\"table\": ";
        says = "line 4 is no JSON object";
    }
    SECTION("a table that is not there") {
        lines[3] = R"({"table": "orders\"; DROP TABLE orders; --", "row": {}})";
        says = "line 4 cannot be taken";
    }
    SECTION("a row without a column") {
        lines[3] = R"({"table": "orders", "row": {"id": 1001}})";
        says = "line 4 cannot be taken";
    }
    SECTION("a row that does not hold what it refers to") {
        std::erase_if(lines, [](const std::string& line) { return line.find(R"("table":"customer")") != line.npos; });
        auto last = Json::parse(lines.back());
        last["rows"] = lines.size() - 2;
        lines.back() = last.dump();
        says = "FOREIGN KEY";
    }
    SECTION("it is something else") {
        lines = {"Handle,Title"};
        says = "line 1 is no JSON object";
    }
    write_lines(it.file(), lines);
    const auto refused = it.import();
    INFO(refused.out << refused.error);
    CHECK(refused.exit_code == 1);
    CHECK(tests::says(refused, says));
    CHECK(it.is_empty());
}

TEST_CASE("a whole shop goes into no folder that has a shop") {
    const Exported it;
    REQUIRE(it.import().exit_code == 0);
    const auto twice = it.import();
    CHECK(twice.exit_code == 1);
    CHECK(tests::says(twice, "has a shop"));
    CHECK(run_orderd({"check", "--data", it.data()}).exit_code == 0);
}
