// What is left behind by who reads everything, and by who is refused: in the audit log and in the server's log.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <memory>

#include <catch2/catch_test_macros.hpp>

#include "base/log.h"
#include "support/program.h"
#include "support/shop.h"

using namespace orderd;
using tests::Shop;

namespace {

/// Standard error goes to a file for as long as this lives.
class CaughtLog {
public:
    CaughtLog() : kept_(::dup(STDERR_FILENO)) {
        const int file = ::open(path().c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
        ::dup2(file, STDERR_FILENO);
        ::close(file);
    }
    CaughtLog(const CaughtLog&) = delete;
    CaughtLog& operator=(const CaughtLog&) = delete;
    ~CaughtLog() {
        ::dup2(kept_, STDERR_FILENO);
        ::close(kept_);
    }

    /// The lines for a route, oldest first.
    std::vector<Json> lines(const std::string& route) const {
        std::vector<Json> found;
        std::ifstream in(path());
        for (std::string line; std::getline(in, line);) {
            auto json = Json::parse(line, nullptr, false);
            if (json.is_object() && json.value("route", "") == route) {
                found.push_back(std::move(json));
            }
        }
        return found;
    }

private:
    std::string path() const { return (folder_.path() / "log").string(); }

    tests::TemporaryFolder folder_;
    int kept_;
};

std::int64_t entries(const storage::View& view, const std::string& where) {
    return *view.value<std::int64_t>("SELECT count(*) FROM audit_entry WHERE " + where);
}

}  // namespace

TEST_CASE("X21: an export of all orders is in the audit log, with who and from where") {
    Shop shop([](app::Config& config) { config.trusted_proxies = {"127.0.0.1"}; });
    shop.order({{shop.product({}), 1}});
    REQUIRE(shop.get("/admin/orders/export", shop.viewer(), {{"X-Forwarded-For", "203.0.113.5"}}).status == 200);
    CHECK(entries(shop.store().read(), "action = 'order.export' AND actor_name = 'vera' AND address = '203.0.113.5'") ==
          1);
    REQUIRE(shop.send("HEAD", "/admin/orders/export", "", "", shop.viewer()).status == 200);
    CHECK(entries(shop.store().read(), "action = 'order.export'") == 1);  // nothing was read
    CHECK(shop.get("/admin/orders/export").status == 401);
    CHECK(entries(shop.store().read(), "action = 'order.export'") == 1);
    shop.check_invariants();
}

TEST_CASE("X21: exports by the command line are in the audit log") {
    const tests::TemporaryFolder folder;
    const auto data = folder.path().string();
    REQUIRE(tests::run_orderd({"admin", "add", "ada", "--role", "owner", "--password-stdin", "--data", data},
                              "correct horse battery\n")
                .exit_code == 0);
    REQUIRE(tests::run_orderd({"export", "customers", "--data", data}).exit_code == 0);
    REQUIRE(tests::run_orderd({"export", "orders", "--data", data}).exit_code == 0);
    storage::Store store(folder.path(), storage::Store::Options{});
    CHECK(entries(store.read(), "action = 'customer.export' AND actor_kind = 'command_line'") == 1);
    CHECK(entries(store.read(), "action = 'order.export' AND actor_kind = 'command_line'") == 1);
}

TEST_CASE("X21: the log of requests says who and from where, and refused ones stand out") {
    const CaughtLog log;
    auto running = std::make_unique<Shop>([](app::Config& config) {
        config.trusted_proxies = {"127.0.0.1"};
        config.log_level = "info";
    });
    auto& shop = *running;
    const tests::Headers from{{"X-Forwarded-For", "203.0.113.5"}};
    shop.get("/admin/orders", shop.viewer(), from);
    shop.get("/admin/orders", {}, from);
    shop.get("/admin/orders", "os_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", from);
    shop.post("/admin/api-keys", {{"label", "x"}, {"role", "staff"}}, shop.viewer(), from);
    shop.post("/auth/login", {{"username", "vera"}, {"password", "wrong horse"}}, {}, from);
    CHECK(entries(shop.store().read(), "action = 'login.failed' AND address = '203.0.113.5'") == 1);
    running.reset();  // a line is written after its answer: now all of them are
    log::set_level(log::Level::error);
    auto orders = log.lines("/admin/orders");
    REQUIRE(orders.size() == 3);
    // Written by several threads, each after its answer.
    std::stable_partition(orders.begin(), orders.end(), [](const auto& line) { return line["message"] == "request"; });
    for (const auto& line : orders) {
        CHECK(line["address"] == "203.0.113.5");
    }
    CHECK(orders[0]["message"] == "request");
    CHECK(orders[0]["actor"].get<std::string>().ends_with(":vera"));
    CHECK(orders[1]["message"] == "refused");
    CHECK(orders[1]["level"] == "warning");
    CHECK(orders[1]["actor"] == "guest");
    CHECK(orders[1]["code"] == "unauthenticated");
    CHECK(orders[2]["code"] == "invalid_token");
    const auto keys = log.lines("/admin/api-keys");
    REQUIRE(keys.size() == 1);
    CHECK(keys[0]["status"] == 403);
    CHECK(keys[0]["actor"].get<std::string>().ends_with(":vera"));
    const auto logins = log.lines("/auth/login");
    REQUIRE(logins.size() == 1);
    CHECK(logins[0]["code"] == "invalid_credentials");
}
