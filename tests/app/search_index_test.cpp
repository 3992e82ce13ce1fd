// The index that orders and customers are found by: its reader, back-fill, bounds, and what it forgets.

#include "app/search_index.h"

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "accounts/found_by.h"
#include "app/made_up.h"
#include "app/searched_shop.h"
#include "base/budgets.h"
#include "notify/follower.h"
#include "storage/backup.h"
#include "storage/size.h"
#include "support/kept_database.h"

using namespace orderd;
using namespace orderd::tests;

TEST_CASE("placing an order writes nothing into the search index; its reader does, once, also after a crash") {
    SearchedShop shop;
    const auto order = shop.place("Jana Novák", "jana@example.com");
    CHECK(shop.rows() == 0);
    CHECK(shop.orders("novak").empty());
    CHECK(shop.check_of_search().notes.size() == 1);
    CHECK(shop.check_of_search().faults.empty());
    shop.restart();
    CHECK(shop.rows() == 0);
    shop.drain();
    const auto rows = shop.rows();
    CHECK(rows > 0);
    CHECK(shop.orders("novak") == Ids{order});
    CHECK(shop.check_of_search().notes.empty());
    // The mark is written with the rows: a reader that is set back does what it did.
    shop.write([](storage::Transaction& tx) { tx.run("UPDATE log_reader SET sequence = 0 WHERE name = 'search'"); });
    shop.drain();
    CHECK(shop.rows() == rows);
}

TEST_CASE("the search index is at most a second behind") {
    SearchedShop shop;
    notify::Follower follower(shop.store(), shop.clock(), app::log_readers());
    shop.store().on_commit([&](unsigned) { follower.committed(); });
    follower.start();
    int in_time = 0;
    for (int i = 0; i < 30 && in_time < 3; ++i) {  // where the machine stalls, one of them is late
        const auto order = shop.place("Jana Novák", fmt::format("jana{}@example.com", i));
        const auto placed = std::chrono::steady_clock::now();
        while (shop.orders(fmt::format("jana{}@example.com", i)) != Ids{order}) {
            REQUIRE(std::chrono::steady_clock::now() < placed + std::chrono::minutes(1));
            std::this_thread::yield();
        }
        in_time += std::chrono::steady_clock::now() < placed + std::chrono::seconds(1) ? 1 : 0;
    }
    CHECK(in_time == 3);
    follower.stop();
    shop.store().on_commit([](unsigned) {});
}

TEST_CASE("the search index is made anew in slices, and goes on where it was after a crash") {
    SearchedShop shop;
    Ids placed;
    for (int i = 0; i < 120; ++i) {
        placed.push_back(shop.place("Jana Novák", fmt::format("jana{}@example.com", i)));
    }
    shop.drain();
    const auto rows = shop.rows();
    const auto lose_all = [&](std::int64_t done) {
        shop.write([&](storage::Transaction& tx) {
            tx.run("DELETE FROM search_word");
            accounts::ask_for_renewal(tx);
            accounts::note_renewal(tx, accounts::Kind::order, done);
        });
    };
    lose_all(0);
    CHECK(shop.check_of_search().notes.size() == 1);
    CHECK(shop.check_of_search().faults.empty());
    shop.restart();
    shop.drain();
    CHECK(shop.rows() == rows);
    CHECK(shop.check_of_search().notes.empty());
    shop.check_invariants();
    lose_all(placed[69]);
    shop.restart();
    shop.drain();
    CHECK(shop.orders("jana70@example.com") == Ids{placed[70]});
    CHECK(shop.orders("jana119@example.com") == Ids{placed[119]});
    CHECK(shop.orders("jana69@example.com").empty());
    CHECK(shop.customers("novak").size() == 50);
    CHECK(shop.check_of_search().faults.size() == 21);  // twenty, and how many more
}

TEST_CASE("a shop of an earlier orderd gets its search index once it is served") {
    const auto schema = GENERATE(1, 4, 7);
    const TemporaryFolder folder;
    put_kept_database(schema, storage::Files(folder.path()));
    ManualClock clock;
    app::Config config;
    config.data = folder.path();
    config.listen = "127.0.0.1:0";
    config.log_level = "error";
    config.job_workers = 0;
    const auto shop = app::App::make(config, clock);
    shop->bind();
    shop->start();
    const auto found = [&] {
        return shop->store().read().value<std::int64_t>("SELECT count(DISTINCT subject) FROM search_word").value();
    };
    CHECK(found() == 0);
    shop->work_off();
    CHECK(found() > 0);
    const auto view = shop->store().read();
    CHECK_FALSE(accounts::find(view, accounts::Kind::order, "lovelac", 1'000'000, 5).ids.empty());
    CHECK_FALSE(accounts::find(view, accounts::Kind::customer, "lovelac", 1'000'000, 5).ids.empty());
}

TEST_CASE("what a backup has is found after its restore") {
    SearchedShop shop;
    const auto order = shop.place("Jana Novák", "jana@example.com");
    shop.drain();
    const auto unread = shop.place("Eva Lindqvist", "eva@example.com");
    const auto copy = shop.folder() / "copy.db";
    storage::backup(shop.store().files().database, copy);
    shop.place("Ole Berg", "ole@example.com");
    shop.drain();
    shop.restore(copy);
    shop.sign_in_again();
    shop.drain();
    CHECK(shop.orders("novak") == Ids{order});
    CHECK(shop.orders("lindqvist") == Ids{unread});
    CHECK(shop.orders("ole").empty());
    shop.check_invariants();
}

TEST_CASE("a shop can do without the beginnings of names, and take them up again") {
    SearchedShop shop;
    const auto order = shop.place("Jana Novák", "jana@example.com", "030 5550101", "Bernau");
    shop.drain();
    const auto with = shop.rows();
    CHECK(shop.get("/admin/settings", shop.owner()).body["search_name_beginnings"] == true);
    shop.set_beginnings(false);
    shop.drain();
    CHECK(shop.orders("nova").empty());
    CHECK(shop.orders("jan").empty());
    CHECK(shop.customers("nova").empty());
    CHECK(shop.orders("novak") == Ids{order});
    CHECK(shop.orders("5550101") == Ids{order});
    CHECK(shop.orders("bernau") == Ids{order});
    CHECK(shop.rows() == with - 2 * 3);  // jan, nov, nova: of the order and of its customer
    const auto later = shop.place("Jana Novák", "jana@example.com");
    shop.drain();
    CHECK(shop.orders("nova").empty());
    CHECK(shop.orders("novak") == Ids{later, order});
    shop.check_invariants();
    shop.set_beginnings(true);
    shop.drain();
    CHECK(shop.orders("nova") == Ids{later, order});
    shop.check_invariants();
    CHECK(shop.put("/admin/settings", {{"search_name_beginnings", "no"}}, shop.owner()).status == 422);
}

TEST_CASE("nothing in the search index is left of a customer who was erased") {
    SearchedShop shop;
    const auto order = shop.place("Jana Novák", "jana@example.com", "030 5550101");
    const auto other = shop.place("Jana Lindqvist", "eva@example.com");
    shop.change(order, {{"billing", {{"name", "Petra Kraus"}, {"company", "Kraus GmbH"}}}});
    shop.drain();
    shop.set_beginnings(GENERATE(true, false));  // and while the rows that are too many are still there
    REQUIRE(shop.post("/orders/" + std::to_string(order) + "/cancel", Json::object(), shop.staff()).status == 200);
    const auto customer =
        shop.get("/admin/orders/" + std::to_string(order), shop.viewer()).body["customer_id"].get<std::int64_t>();
    REQUIRE(shop.post(fmt::format("/admin/customers/{}/erase", customer), Json::object(), shop.owner()).status == 200);
    const auto left = [&](std::int64_t subject) {
        return shop.store()
            .read()
            .value<std::int64_t>("SELECT count(*) FROM search_word WHERE subject = ?1", subject)
            .value();
    };
    CHECK(left(order) == 0);
    CHECK(left(customer) == 0);
    shop.drain();
    CHECK(left(order) == 0);
    CHECK(left(customer) == 0);
    CHECK(shop.orders("jana") == Ids{other});
    CHECK(shop.orders("novak").empty());
    shop.check_invariants();
}

TEST_CASE("a draft is found as its customer is now, and once deleted, not at all") {
    SearchedShop shop;
    const auto drained = GENERATE(true, false);  // whether the index is there yet
    const auto draft = shop.post(
        "/admin/orders",
        {{"status", "draft"},
         {"customer",
          {{"name", "Jana Novák"},
           {"phone", "030 5550101"},
           {"shipping_address", {{"line1", "Markt 1"}, {"city", "Ulm"}, {"postal_code", "89073"}, {"country", "DE"}}}}},
         {"items", Json::array({{{"product_id", shop.mug}, {"quantity", 1}}})}},
        shop.staff());
    INFO(draft.text);
    REQUIRE(draft.status == 201);
    const auto order = draft.body["id"].get<std::int64_t>();
    const auto path = "/admin/orders/" + std::to_string(order);
    if (drained) {
        shop.drain();
        CHECK(shop.orders("novak") == Ids{order});
        CHECK(shop.customers("novak").size() == 1);
        const auto edited = shop.post(path + "/edits", {{"customer", {{"name", "Jana Lindqvist"}}}}, shop.staff());
        INFO(edited.text);
        REQUIRE(edited.status == 200);
        CHECK(shop.orders("novak").empty());
        shop.drain();
        CHECK(shop.orders("lindqvist") == Ids{order});
    }
    REQUIRE(shop.remove(path, shop.staff()).status == 204);
    shop.drain();
    CHECK(shop.orders("jana").empty());
    CHECK(shop.orders("5550101").empty());
    CHECK(shop.customers("novak").size() == 1);
    shop.check_invariants();
}

TEST_CASE("`orderd check` says what the search index lacks, and what in it is not true") {
    SearchedShop shop;
    const auto order = shop.place("Jana Novák", "jana@example.com");
    shop.drain();
    CHECK(shop.check_of_search().faults.empty());
    shop.write([&](storage::Transaction& tx) {
        accounts::forget_found_by(tx, accounts::Kind::order, order, {.emails = {"jana@example.com"}});
    });
    CHECK(shop.check_of_search().faults ==
          std::vector<std::string>{fmt::format("order {} is not found by all that it says", order)});
    shop.write([&](storage::Transaction& tx) {
        accounts::write_found_by(tx, accounts::Kind::order, order, {.emails = {"jana@example.com", "eve@example.com"}});
    });
    CHECK(shop.check_of_search().faults ==
          std::vector<std::string>{fmt::format("order or customer {} is found by a word that it does not say", order)});
}

TEST_CASE("an order or a customer has so many rows in the search index, and not one more") {
    SearchedShop shop;
    const auto rows_of = [&](const accounts::FoundBy& by) {
        shop.write([&](storage::Transaction& tx) {
            tx.run("DELETE FROM search_word");
            accounts::write_found_by(tx, accounts::Kind::order, 1001, by);
        });
        return shop.rows();
    };
    const auto words = [](std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            text += fmt::format("{:02} ", i);  // two letters: they have no beginnings
        }
        return text;
    };
    CHECK(rows_of({.names = {words(budget::kFoundBy - 1)}}) == budget::kFoundBy - 1);
    CHECK(rows_of({.names = {words(budget::kFoundBy)}}) == budget::kFoundBy);
    CHECK(rows_of({.names = {words(99)}, .phones = {"5550101"}}) == budget::kFoundBy);
    CHECK(accounts::find(shop.store().read(), accounts::Kind::order, "5550101", 2000, 5).ids == Ids{1001});
    // Beginnings come last: whole words are found whatever is left out.
    CHECK(rows_of({.names = {std::string(50, 'x'), words(budget::kFoundBy - 1)}}) == budget::kFoundBy);
    CHECK(accounts::find(shop.store().read(), accounts::Kind::order, std::string(50, 'x'), 2000, 5).ids == Ids{1001});
    CHECK(accounts::find(shop.store().read(), accounts::Kind::order, "xxx", 2000, 5).ids.empty());
    const auto word = std::string(40, 'x');
    CHECK(rows_of({.names = {word}}) == 1 + budget::kLongestBeginning - 2);
    const auto is_found = [&](std::size_t letters) {
        return !accounts::find(shop.store().read(), accounts::Kind::order, word.substr(0, letters), 2000, 5)
                    .ids.empty();
    };
    CHECK_FALSE(is_found(2));
    CHECK(is_found(3));
    CHECK(is_found(budget::kLongestBeginning - 1));
    CHECK(is_found(budget::kLongestBeginning));
    CHECK_FALSE(is_found(budget::kLongestBeginning + 1));
    CHECK(is_found(40));
}

TEST_CASE("a search looks at so many rows of a word, says how far it came, and goes on from there") {
    SearchedShop shop;
    const auto count = 2 * budget::kLookedAt + 100;
    shop.write([&](storage::Transaction& tx) {
        for (std::int64_t id = 1; id <= count; ++id) {
            // Two common words that hardly anybody has both of.
            const bool both = id == 7 || id == budget::kLookedAt + 50 || id == count;
            accounts::write_found_by(tx, accounts::Kind::customer, id,
                                     {.places = {both          ? "aa bb"
                                                 : id % 2 == 0 ? "aa"
                                                               : "bb"}});
        }
    });
    const auto view = shop.store().read();
    const auto find = [&](std::string_view text, std::int64_t below, std::int64_t most) {
        return accounts::find(view, accounts::Kind::customer, text, below, most);
    };
    Ids found;
    int pages = 0;
    for (std::optional<std::int64_t> below = count + 1; below; ++pages) {
        const auto page = find("aa bb", *below, 50);
        found.insert(found.end(), page.ids.begin(), page.ids.end());
        below = page.looked_to;
        REQUIRE(pages < 10);
    }
    CHECK(found == Ids{count, budget::kLookedAt + 50, 7});
    CHECK(pages == 2);  // each word has as many rows as two looks, and not quite
    const auto newest = find("aa", count + 1, 3);
    CHECK(newest.ids.size() == 3);
    CHECK(newest.looked_to == newest.ids.back());
    CHECK(find("aa", newest.ids.back(), 3).ids.front() < newest.ids.back());
    CHECK_FALSE(find("bb", 6, 10).looked_to);
}

TEST_CASE("a list's other filters go on through all that its text finds") {
    SearchedShop shop;
    const auto old = shop.place("Jana Novák", "jana@example.com");
    shop.drain();
    const auto none = 4 * budget::kFoundAtOnce;  // of orders that are not there, as of those that no filter fits
    shop.write([&](storage::Transaction& tx) {
        for (std::int64_t id = old + 1; id <= old + none; ++id) {
            accounts::write_found_by(tx, accounts::Kind::order, id, {.places = {"novak"}});
        }
    });
    const auto first = shop.get("/admin/orders?status=pending&q=novak", shop.viewer()).body;
    CHECK(first["data"].empty());
    REQUIRE(first["next_cursor"].is_string());
    const auto second =
        shop.get("/admin/orders?status=pending&q=novak&cursor=" + first["next_cursor"].get<std::string>(),
                 shop.viewer())
            .body;
    CHECK(ids_of(second["data"]) == Ids{old});
    CHECK(second["next_cursor"].is_null());
    CHECK(shop.get("/admin/orders/export?status=pending&q=novak", shop.staff()).text.find("jana@example.com") !=
          std::string::npos);
    shop.write([&](storage::Transaction& tx) {
        tx.run("DELETE FROM search_word WHERE subject > ?1", old + none - 1);  // one fewer is within a page
    });
    CHECK(shop.list("orders", "novak", "&status=pending") == Ids{old});
}

TEST_CASE("what an order and its customer are found by takes less than 800 bytes", "[large]") {
    SearchedShop shop;
    constexpr std::int64_t kOrders = 30'000;
    const auto used = [&] { return storage::size_of(shop.store().read()).used(); };
    const auto empty = used();
    std::uint64_t guests = 0;
    const auto index = [&](storage::Transaction& tx, std::int64_t n) {
        const auto guest = app::made_up_guest_of_order(static_cast<std::uint64_t>(n), 0);
        const auto [contact, address] = app::made_up_guest(guest);
        accounts::FoundBy by{.names = {contact.name},
                             .places = accounts::places_of(address),
                             .phones = {contact.phone},
                             .emails = {contact.email}};
        accounts::write_found_by(tx, accounts::Kind::order, 1'000'000 + n, by);
        if (guest >= guests) {
            guests = guest + 1;
            by.emails.clear();
            accounts::write_found_by(tx, accounts::Kind::customer, 700'000 + static_cast<std::int64_t>(guest), by);
        }
    };
    const auto began = std::chrono::steady_clock::now();
    for (std::int64_t n = 0; n < kOrders;) {
        shop.write([&](storage::Transaction& tx) {
            for (int i = 0; i < 100; ++i) {
                index(tx, n++);
            }
        });
    }
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
    const auto bytes = (used() - empty) / kOrders;
    WARN(bytes << " bytes and " << took.count() / kOrders << " microseconds an order, " << shop.rows() / kOrders
               << " rows");
    CHECK(bytes < 800);
}
