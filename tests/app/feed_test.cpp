// The live event log, as dashboards hold it open.

#include <fmt/format.h>
#include <httplib.h>

#include <chrono>
#include <functional>
#include <string>
#include <utility>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "storage/event_log.h"
#include "support/shop.h"

using namespace orderd;
using tests::Shop;

namespace {

/// Opens the stream, reads its first piece, and goes away without a word. @returns the status
int look_in(Shop& shop) {
    httplib::Client client("127.0.0.1", shop.port());
    int status = 0;
    client.Get(
        "/admin/events/stream", {{"Authorization", "Bearer " + shop.viewer()}},
        [&](const httplib::Response& response) {
            status = response.status;
            return true;
        },
        [](const char*, std::size_t) { return false; });
    return status;
}

}  // namespace

TEST_CASE("a stream ends for who signs out, is turned away, or whose key is revoked") {
    Shop shop;
    const auto ends_it = GENERATE(0, 1, 2);
    std::string token;
    std::function<void()> end;
    if (ends_it == 2) {
        const auto key = shop.post("/admin/api-keys", {{"label", "Wall"}, {"role", "viewer"}}, shop.owner());
        token = key.body["secret"].get<std::string>();
        end = [&shop, path = fmt::format("/admin/api-keys/{}", key.body["id"].get<int>())] {
            CHECK(shop.remove(path, shop.owner()).status == 204);
        };
    } else {
        const auto user = shop.post(
            "/admin/users", {{"username", "eve"}, {"password", "eve's password"}, {"role", "viewer"}}, shop.owner());
        const auto session = shop.post("/auth/login", {{"username", "eve"}, {"password", "eve's password"}});
        token = session.body["access_token"].get<std::string>();
        if (ends_it == 0) {
            end = [&] { CHECK(shop.post("/auth/logout", {}, token).status == 204); };
        } else {
            end = [&shop, path = fmt::format("/admin/users/{}", user.body["id"].get<int>())] {
                CHECK(shop.put(path, {{"active", false}}, shop.owner()).status == 200);
            };
        }
    }
    httplib::Client client("127.0.0.1", shop.port());
    client.set_read_timeout(std::chrono::seconds(60));
    bool begun = false;
    std::string seen;
    client.Get("/admin/events/stream", {{"Authorization", "Bearer " + token}}, [&](const char* data, std::size_t size) {
        seen.append(data, size);
        if (!std::exchange(begun, true)) {
            end();
            shop.product({.sku = "AFTER"});
        }
        return true;
    });
    CHECK(begun);
    CHECK(seen.find("product.") == std::string::npos);
}

TEST_CASE("a dashboard that is loaded again and again always finds a place for its stream") {
    Shop shop;
    int open = 0;
    while (open < 1000 && look_in(shop) == 200) {
        ++open;  // faster than the server sees that they are gone
    }
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    int status = 0;
    while (status != 200 && std::chrono::steady_clock::now() < until) {
        status = look_in(shop);
    }
    CHECK(status == 200);
}

namespace {

/// What the stream says first to a reader that was there before.
std::string stream_from(Shop& shop, const std::string& last_event_id) {
    httplib::Client client("127.0.0.1", shop.port());
    client.set_read_timeout(std::chrono::seconds(60));
    std::string seen;
    client.Get("/admin/events/stream", {{"Authorization", "Bearer " + shop.viewer()}, {"Last-Event-ID", last_event_id}},
               [&](const char* data, std::size_t size) {
                   seen.append(data, size);
                   return seen.find("\ndata: ") == std::string::npos;
               });
    return seen;
}

}  // namespace

TEST_CASE("A2: the event log is read oldest first, from a sequence on, page by page") {
    Shop shop;
    const auto mug = shop.product({});
    for (int i = 0; i < 5; ++i) {
        shop.order({{mug, 1}});
    }
    const auto all = shop.get("/admin/events?limit=200", shop.viewer());
    REQUIRE(all.status == 200);
    CHECK(all.body["log"].get<std::string>().size() == 16);
    const auto& rows = all.body["data"];
    CHECK(rows[0]["sequence"] == 1);
    for (const auto* field : {"sequence", "kind", "subject", "subject_id", "body", "actor", "at"}) {
        CHECK(rows[0].contains(field));
    }
    const auto last = rows.back()["sequence"].get<std::int64_t>();
    CHECK(static_cast<std::size_t>(last) == rows.size());

    auto page = shop.get(fmt::format("/admin/events?after={}&limit=2", last - 5), shop.viewer()).body;
    std::vector<std::int64_t> read;
    while (true) {
        for (const auto& row : page["data"]) {
            read.push_back(row["sequence"]);
        }
        if (page["next_cursor"].is_null()) {
            break;
        }
        page = shop.get(fmt::format("/admin/events?after={}&limit=2&cursor={}", last - 5,
                                    page["next_cursor"].get<std::string>()),
                        shop.viewer())
                   .body;
    }
    CHECK(read == std::vector<std::int64_t>{last - 4, last - 3, last - 2, last - 1, last});
    CHECK(shop.get(fmt::format("/admin/events?after={}", last), shop.viewer()).body["data"].empty());
    const auto orders = shop.get("/admin/events?subject=order", shop.viewer()).body["data"];
    CHECK(orders.size() == 5);
    CHECK(shop.get("/admin/events?subject=order&subject_id=1003", shop.viewer()).body["data"].size() == 1);
}

TEST_CASE("A2: a restore begins another log, and a reader that is ahead of it or of another one is told") {
    const tests::TemporaryFolder kept;
    Shop shop;
    const auto mug = shop.product({});
    shop.order({{mug, 1}});
    const auto before = shop.get("/admin/events?limit=200", shop.viewer()).body;
    const auto log = before["log"].get<std::string>();
    const auto at_backup = before["data"].back()["sequence"].get<std::int64_t>();
    const auto copy = kept.path() / "copy.db";
    storage::backup(shop.store().files().database, copy);
    for (int i = 0; i < 4; ++i) {
        shop.order({{mug, 1}});
    }
    CHECK(shop.store().read().value<std::int64_t>("SELECT max(sequence) FROM event") == at_backup + 4);
    const auto id_before = events::id_of(shop.store().read(), at_backup + 1);
    shop.restore(copy);
    shop.order({{mug, 1}});

    const auto after = shop.get(fmt::format("/admin/events?after={}", at_backup), shop.viewer()).body;
    CHECK(after["log"] != log);
    CHECK(after["data"][0]["kind"] == "shop.restored");
    // An event that was in the backup keeps its name; one that takes a number again has another.
    CHECK(events::id_of(shop.store().read(), at_backup) == fmt::format("evt_{}_{}", log, at_backup));
    CHECK(events::id_of(shop.store().read(), at_backup + 1) != id_before);

    // By request: from the backup on; from after it, though the new log is as long by now; from beyond its end.
    const auto ask = [&](const std::string& query) { return shop.get("/admin/events?" + query, shop.viewer()); };
    CHECK(ask(fmt::format("log={}&after={}", log, at_backup)).status == 200);
    const auto told = ask(fmt::format("log={}&after={}", log, at_backup + 1));
    CHECK(told.status == 409);
    CHECK(told.code() == "another_log");
    CHECK(told.body["log"] == after["log"]);
    CHECK(ask(fmt::format("after={}", at_backup + 100)).code() == "another_log");
    CHECK(ask("log=nonsense&after=0").code() == "another_log");

    // By the stream.
    const auto reset = std::string("event: reset\n");
    CHECK(stream_from(shop, fmt::format("{}-{}", log, at_backup + 1)).find(reset) != std::string::npos);
    CHECK(stream_from(shop, fmt::format("{}", at_backup + 4)).find(reset) != std::string::npos);
    CHECK(stream_from(shop, "what").find(reset) != std::string::npos);
    const auto goes_on = stream_from(shop, fmt::format("{}-{}", log, at_backup));
    CHECK(goes_on.find(reset) == std::string::npos);
    CHECK(goes_on.find("shop.restored") != std::string::npos);
    const auto name = after["log"].get<std::string>();
    CHECK(goes_on.find(fmt::format("id: {}-{}\n", name, at_backup + 1)) != std::string::npos);
    CHECK(stream_from(shop, fmt::format("{}-{}", name, at_backup + 1)).find(reset) == std::string::npos);
}
