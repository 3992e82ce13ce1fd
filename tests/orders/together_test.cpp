// Tags and comments: what those who work on orders write on them, and customers never see.

#include <fmt/format.h>

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "base/budgets.h"
#include "support/files.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

struct TogetherShop : Shop {
    TogetherShop() { mug = product({.on_hand = 100'000}); }

    /// @returns the path of a new order for staff
    std::string placed(const std::string& email = "ada@example.com") {
        const auto order = post("/orders", order_body({{mug, 1}}, email));
        REQUIRE(order.status == 201);
        token = order.body["access_token"].get<std::string>();
        return "/admin/orders/" + order.body["id"].dump();
    }
    Reply tag(const std::string& order, const Json& add, const Json& remove = Json::array()) {
        return post(order + "/tags", {{"add", add}, {"remove", remove}}, staff());
    }
    Json tags(const std::string& order) { return get(order, viewer()).body["tags"]; }
    Json in_use() {
        Json found = Json::object();
        const auto reply = get("/admin/order-tags", viewer());
        for (const auto& row : reply.body["data"]) {
            found[row["tag"].get<std::string>()] = row["orders"];
        }
        return found;
    }
    std::vector<std::int64_t> listed(const std::string& query) {
        std::vector<std::int64_t> ids;
        const auto reply = get("/admin/orders?" + query, viewer());
        INFO(reply.text);
        REQUIRE(reply.status == 200);
        for (const auto& row : reply.body["data"]) {
            ids.push_back(row["id"].get<std::int64_t>());
        }
        return ids;
    }
    Reply comment(const std::string& order, const std::string& text, const std::string& who) {
        return post(order + "/comments", {{"text", text}}, who);
    }
    Json comments(const std::string& order) { return get(order + "/comments", viewer()).body["data"]; }

    std::int64_t mug = 0;
    std::string token;  ///< of the order that was placed last
};

std::string letters(std::size_t count, const std::string& letter = "ä") {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += letter;
    }
    return text;
}

std::vector<std::string> numbered(std::size_t count) {
    std::vector<std::string> tags;
    for (std::size_t i = 0; i < count; ++i) {
        tags.push_back("tag " + std::to_string(i));
    }
    return tags;
}

}  // namespace

TEST_CASE("tags are the same whatever their case and spaces, and go with their last order") {
    TogetherShop shop;
    const auto first = shop.placed();
    const auto second = shop.placed();
    CHECK(shop.tag(first, {"  VIP ", "Gift  wrap"}).body["tags"] == Json::parse(R"(["Gift  wrap", "VIP"])"));
    CHECK(shop.tag(second, {"vip", "ＶＩＰ", "gift wrap"}).body["tags"] == Json::parse(R"(["Gift  wrap", "VIP"])"));
    CHECK(shop.in_use() == Json::parse(R"({"Gift  wrap": 2, "VIP": 2})"));
    CHECK(shop.tag(first, Json::array(), {"vIp", "never"}).body["tags"] == Json::parse(R"(["Gift  wrap"])"));
    CHECK(shop.tag(second, Json::array(), {"VIP"}).status == 200);
    CHECK(shop.in_use() == Json::parse(R"({"Gift  wrap": 2})"));
    CHECK(shop.tag(first, {"vip"}).body["tags"] == Json::parse(R"(["Gift  wrap", "vip"])"));

    const auto refused = shop.tag(first, {"ok", " \u200b "});
    CHECK(refused.status == 422);
    CHECK(refused.body["errors"][0]["pointer"] == "/add/1");
    CHECK(shop.in_use().size() == 2);  // nothing of a refused change stays
    CHECK(shop.tag("/admin/orders/999", {"x"}).status == 404);
    CHECK(shop.post(first + "/tags", {{"add", {"x"}}}, shop.viewer()).status == 403);
    shop.check_invariants();
}

TEST_CASE("an order has so many tags, of so many letters, and the shop so many different ones") {
    TogetherShop shop;
    const auto order = shop.placed();
    CHECK(shop.tag(order, {letters(budget::kTagLetters - 1)}).status == 200);
    CHECK(shop.tag(order, {letters(budget::kTagLetters)}).status == 200);
    CHECK(shop.tag(order, {letters(budget::kTagLetters + 1)}).status == 422);
    CHECK(shop.tag(order, {letters(budget::kTagLetters * 20)}).status == 422);

    const auto full = shop.placed();
    CHECK(shop.tag(full, numbered(budget::kTagsOfOrder - 1)).status == 200);
    CHECK(shop.tag(full, numbered(budget::kTagsOfOrder)).status == 200);
    CHECK(shop.tag(full, {"one more"}).code() == "too_many_tags");
    CHECK(shop.tag(full, {"one more"}, {"tag 0"}).status == 200);
    CHECK(shop.tag(full, numbered(budget::kTagsOfOrder * 20)).status == 422);
    CHECK(shop.tags(full).size() == budget::kTagsOfOrder);

    auto used = static_cast<std::int64_t>(shop.in_use().size());
    std::string last;
    while (used < budget::kTags) {
        std::vector<std::string> some;
        for (std::size_t i = 0; i < budget::kTagsOfOrder && used < budget::kTags; ++i) {
            some.push_back("other " + std::to_string(used++));
        }
        last = shop.placed();
        REQUIRE(shop.tag(last, some).status == 200);
    }
    CHECK(shop.tag(order, {"beyond"}).code() == "too_many_tags");
    CHECK(shop.tag(order, {"tag 1", "tag 2"}).status == 200);  // which are in use
    CHECK(shop.get("/admin/order-tags", shop.viewer()).body["data"].size() == budget::kTags);
}

TEST_CASE("the list of orders is filtered by a tag, together with its other filters and page by page") {
    TogetherShop shop;
    std::vector<std::int64_t> tagged;
    for (int i = 0; i < 12; ++i) {
        const auto order = shop.placed(i % 4 == 0 ? "zoe@example.com" : "ada@example.com");
        if (i % 3 != 0) {
            REQUIRE(shop.tag(order, {"Gift"}).status == 200);
            tagged.insert(tagged.begin(), 1001 + i);
        }
    }
    CHECK(shop.listed("tag=gift") == tagged);
    CHECK(shop.listed("tag=%20GIFT%20&status=pending") == tagged);
    CHECK(shop.listed("tag=gift&status=paid").empty());
    CHECK(shop.listed("tag=none").empty());
    CHECK(shop.listed(fmt::format("tag=gift&product_id={}", shop.mug)) == tagged);
    CHECK(shop.listed("tag=gift&packable=false") == tagged);
    CHECK(shop.listed("tag=gift&managed_by=1").size() + shop.listed("tag=gift&managed_by=2").size() == tagged.size());
    shop.drain();
    CHECK(shop.listed("tag=gift&q=zoe@example.com") == std::vector<std::int64_t>{1009, 1005});
    const auto customer = shop.get("/admin/orders/1005", shop.viewer()).body["customer_id"].dump();
    CHECK(shop.listed("tag=gift&customer_id=" + customer) == std::vector<std::int64_t>{1009, 1005});

    std::vector<std::int64_t> paged;
    std::string cursor;
    do {
        const auto page = shop.get("/admin/orders?tag=gift&limit=3" + cursor, shop.viewer()).body;
        for (const auto& row : page["data"]) {
            paged.push_back(row["id"].get<std::int64_t>());
            CHECK(row["tags"] == Json::parse(R"(["Gift"])"));
        }
        cursor = page["next_cursor"].is_null() ? "" : "&cursor=" + page["next_cursor"].get<std::string>();
    } while (!cursor.empty());
    CHECK(paged == tagged);
    const auto csv = shop.get("/admin/orders/export?tag=gift", shop.viewer()).text;
    CHECK(csv.find("1002") != std::string::npos);
    CHECK(csv.find("1004") == std::string::npos);
}

TEST_CASE("staff comment on an order, delete their own comments, and an owner any") {
    TogetherShop shop;
    const auto order = shop.placed();
    const auto first = shop.comment(order, "  Called her\nat noon ", shop.staff());
    REQUIRE(first.status == 201);
    CHECK(first.body["text"] == "Called her\nat noon");
    CHECK(first.body["author"] == "sam");
    shop.advance(minutes(1));
    const auto second = shop.comment(order, "She is happy", shop.owner());
    REQUIRE(second.status == 201);
    const auto all = shop.comments(order);
    REQUIRE(all.size() == 2);
    CHECK(all[0] == first.body);
    CHECK(all[1] == second.body);

    const auto at = [&](const Reply& comment) { return order + "/comments/" + comment.body["id"].dump(); };
    CHECK(shop.comment(order, "me too", shop.viewer()).status == 403);
    CHECK(shop.remove(at(first), shop.viewer()).status == 403);
    CHECK(shop.remove(at(second), shop.staff()).code() == "not_your_comment");
    CHECK(shop.remove(shop.placed() + "/comments/" + first.body["id"].dump(), shop.owner()).status == 404);
    CHECK(shop.remove(at(first), shop.owner()).status == 204);
    CHECK(shop.remove(at(first), shop.owner()).status == 404);
    const auto own = shop.comment(order, "mine", shop.staff());
    CHECK(shop.remove(at(own), shop.staff()).status == 204);
    CHECK(shop.comments(order).size() == 1);
    CHECK(shop.comment("/admin/orders/999", "x", shop.staff()).status == 404);
    CHECK(shop.comment(order, " \n ", shop.staff()).status == 422);
    const auto key = shop.post("/admin/api-keys", {{"label", "till"}, {"role", "staff"}}, shop.owner()).body["secret"];
    CHECK(shop.comment(order, "x", key.get<std::string>()).code() == "session_required");

    // The words are in no log.
    const auto kinds = shop.events();
    CHECK(std::count(kinds.begin(), kinds.end(), "order.commented") == 3);
    CHECK(std::count(kinds.begin(), kinds.end(), "order.comment_removed") == 2);
    for (const auto* log : {"/admin/events?limit=200", "/admin/audit?limit=200"}) {
        CHECK(shop.get(log, shop.owner()).text.find("happy") == std::string::npos);
    }
    shop.check_invariants();
}

TEST_CASE("a comment has so many letters, and an order so many comments") {
    TogetherShop shop;
    const auto order = shop.placed();
    CHECK(shop.comment(order, letters(budget::kComment - 1), shop.staff()).status == 201);
    CHECK(shop.comment(order, letters(budget::kComment), shop.staff()).status == 201);
    CHECK(shop.comment(order, letters(budget::kComment + 1), shop.staff()).status == 422);
    CHECK(shop.comment(order, letters(budget::kComment * 10), shop.staff()).status == 422);
    for (std::int64_t i = 2; i < budget::kCommentsOfOrder; ++i) {
        REQUIRE(shop.comment(order, "again", shop.staff()).status == 201);
    }
    CHECK(shop.comment(order, "one more", shop.staff()).code() == "too_many_comments");
    CHECK(shop.comments(order).size() == static_cast<std::size_t>(budget::kCommentsOfOrder));
    CHECK(shop.comment(shop.placed(), "elsewhere", shop.staff()).status == 201);
}

TEST_CASE("customers see neither tags nor comments, and erasing one takes theirs along") {
    TogetherShop shop;
    const auto order = shop.placed("zoe@example.com");
    const auto number = order.substr(order.rfind('/') + 1);
    shop.tag(order, {"Secretly difficult"});
    shop.comment(order, "Zoë Nonesuch shouted", shop.staff());
    const auto theirs = shop.get("/orders/" + number, shop.token);
    CHECK(theirs.status == 200);
    CHECK(theirs.text.find("Secretly") == std::string::npos);
    CHECK(theirs.text.find("shouted") == std::string::npos);
    CHECK(shop.get(order + "/comments", shop.token).status >= 401);
    CHECK(shop.get("/admin/order-tags", shop.token).status >= 401);
    const auto other = shop.placed("eve@example.com");
    shop.tag(other, {"secretly difficult"});
    shop.comment(other, "Eve stays", shop.staff());

    const auto customer = shop.get(order, shop.viewer()).body["customer_id"].dump();
    const auto exported = shop.get("/admin/customers/" + customer + "/export", shop.staff()).body["orders"][0];
    CHECK(exported["tags"] == Json::parse(R"(["Secretly difficult"])"));
    REQUIRE(exported["staff_comments"].size() == 1);
    CHECK(exported["staff_comments"][0]["text"] == "Zoë Nonesuch shouted");
    CHECK(exported["staff_comments"][0].contains("author") == false);  // that is somebody else's data

    REQUIRE(shop.post("/orders/" + number + "/cancel", Json::object(), shop.staff()).status == 200);
    REQUIRE(shop.post("/admin/customers/" + customer + "/erase", Json::object(), shop.owner()).status == 200);
    CHECK(shop.comments(order).empty());
    CHECK(shop.tags(order).empty());
    CHECK(shop.comments(other).size() == 1);
    CHECK(shop.in_use() == Json::parse(R"({"Secretly difficult": 1})"));
    shop.check_invariants();
}
