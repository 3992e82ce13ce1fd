// Lists of the dashboard under names of one's own.

#include <catch2/catch_test_macros.hpp>

#include "base/budgets.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

struct ListShop : Shop {
    Reply save(const std::string& who, const std::string& name, const std::string& query, bool shared = false) {
        return post("/admin/saved-lists", {{"list", "orders"}, {"name", name}, {"query", query}, {"shared", shared}},
                    who);
    }
    std::vector<std::string> seen_by(const std::string& who, const std::string& of = "") {
        std::vector<std::string> names;
        const auto reply = get("/admin/saved-lists" + of, who);
        for (const auto& row : reply.body["data"]) {
            names.push_back(row["name"].get<std::string>() + (row["own"].get<bool>() ? "" : " of others"));
        }
        return names;
    }
};

using Seen = std::vector<std::string>;

}  // namespace

TEST_CASE("an admin keeps lists under names, alone or for all, and finds them again") {
    ListShop shop;
    const auto own = shop.save(shop.staff(), "Gifts to pack", "packable=true&tag=gift");
    REQUIRE(own.status == 201);
    CHECK(own.body["query"] == "packable=true&tag=gift");
    REQUIRE(shop.save(shop.owner(), "Mine alone", "q=novak").status == 201);
    const auto shared = shop.save(shop.owner(), "Unpaid", "status=pending", true);
    REQUIRE(shared.status == 201);
    REQUIRE(shop.post("/admin/saved-lists", {{"list", "payments"}, {"name", "Failed"}, {"query", "status=failed"}},
                      shop.viewer())
                .status == 201);
    CHECK(shop.seen_by(shop.staff()) == Seen{"Gifts to pack", "Unpaid of others"});
    CHECK(shop.seen_by(shop.owner()) == Seen{"Mine alone", "Unpaid"});
    CHECK(shop.seen_by(shop.viewer()) == Seen{"Failed", "Unpaid of others"});
    CHECK(shop.seen_by(shop.viewer(), "?list=orders") == Seen{"Unpaid of others"});

    const auto at = [](const Reply& list) { return "/admin/saved-lists/" + list.body["id"].dump(); };
    CHECK(shop.remove(at(shared), shop.staff()).status == 404);
    CHECK(shop.remove(at(own), shop.owner()).status == 404);  // it is nobody else's
    CHECK(shop.remove(at(own), shop.staff()).status == 204);
    CHECK(shop.seen_by(shop.staff()) == Seen{"Unpaid of others"});
    const auto theirs = shop.save(shop.staff(), "For all", "tag=x", true);
    CHECK(shop.remove(at(theirs), shop.owner()).status == 204);
    CHECK(shop.save("", "x", "y").status == 401);
    CHECK(shop.get("/admin/audit", shop.owner()).text.find("novak") == std::string::npos);
    shop.check_invariants();
}

TEST_CASE("an admin keeps so many lists, with names and filters of so many letters") {
    ListShop shop;
    const auto fits = [&](std::size_t name, std::size_t query) {
        return shop.save(shop.staff(), std::string(name, 'n'), std::string(query, 'q')).status;
    };
    CHECK(fits(budget::kSavedListName - 1, budget::kSavedListQuery - 1) == 201);
    CHECK(fits(budget::kSavedListName, budget::kSavedListQuery) == 201);
    CHECK(fits(budget::kSavedListName + 1, 1) == 422);
    CHECK(fits(budget::kSavedListName * 50, 1) == 422);
    CHECK(fits(1, budget::kSavedListQuery + 1) == 422);
    CHECK(fits(1, budget::kSavedListQuery * 50) == 422);
    CHECK(fits(0, 1) == 422);
    for (std::int64_t i = 2; i < budget::kSavedLists; ++i) {
        REQUIRE(fits(1, 1) == 201);
    }
    CHECK(shop.save(shop.staff(), "one more", "q").code() == "too_many_saved_lists");
    CHECK(shop.save(shop.owner(), "another's", "q").status == 201);
    CHECK(shop.seen_by(shop.staff()).size() == static_cast<std::size_t>(budget::kSavedLists));
}

TEST_CASE("what somebody shared who may not sign in any more is shown to nobody") {
    ListShop shop;
    REQUIRE(shop.save(shop.viewer(), "For all", "tag=x", true).status == 201);
    CHECK(shop.seen_by(shop.staff()) == Seen{"For all of others"});
    const auto users = shop.get("/admin/users", shop.owner()).body["data"];
    for (const auto& user : users) {
        if (user["role"] == "viewer") {
            REQUIRE(shop.put("/admin/users/" + user["id"].dump(), {{"active", false}}, shop.owner()).status == 200);
        }
    }
    CHECK(shop.seen_by(shop.staff()).empty());
}
