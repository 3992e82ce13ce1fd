// Lists of thousands of products, each of whose ways must find what a look at each product finds.

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "support/shop.h"

using namespace orderd;
using tests::Shop;

namespace {

constexpr int kThings = 17'000;  // more than are sorted, unless nothing else is left
constexpr int kAlone = 8'000;    // the others are groups of one

struct Thing {
    int n;

    int price() const { return 1 + n * 7919 % kThings / 5; }  // each that of four others
    bool in_stock() const { return n >= 16'500; }
    bool is_on_sale() const { return n % 500 != 3; }

    std::string name() const {
        return fmt::format("Thing {:05}{}{}{}{}", n, n % 2 == 0 ? " & Co" : "", n >= 7'500 ? " Late" : "",
                           n % 3 == 0 ? " 抹茶" : "", n % 900 == 0 ? " Rare" : "");
    }
};

std::string file_of_things() {
    std::string file = "Handle,Title,Option1 Name,Option1 Value,SKU,Quantity,Price,Status\n";
    for (int n = 0; n < kThings; ++n) {
        const Thing thing{n};
        file +=
            fmt::format("t{0},{1},{2},{0},{3},{4:.2f},{5}\n", n, thing.name(),
                        n < kAlone ? "," : "Kind,Zzz",  // a word that nobody asks for
                        thing.in_stock() ? 1 : 0, thing.price() / 100.0, thing.is_on_sale() ? "active" : "archived");
    }
    return file;
}

using Holds = std::function<bool(const Thing&)>;

struct Question {
    std::string q;
    Holds holds;
};

bool has(const Thing& thing, std::string_view part) { return thing.name().find(part) != std::string::npos; }

const std::vector<Question>& questions() {
    static const std::vector<Question> all{
        {"", [](const Thing&) { return true; }},
        {"thing", [](const Thing&) { return true; }},
        {"th", [](const Thing&) { return true; }},
        {"th%20thing", [](const Thing&) { return true; }},
        {"late", [](const Thing& thing) { return has(thing, "Late"); }},
        {"la", [](const Thing& thing) { return has(thing, "Late"); }},
        {"%26", [](const Thing& thing) { return has(thing, "&"); }},
        {"thing%20%26", [](const Thing& thing) { return has(thing, "&"); }},
        {"%E8%8C%B6", [](const Thing& thing) { return has(thing, "茶"); }},
        {"%E8%8C%B6%E6%8A%B9", [](const Thing&) { return false; }},  // its letters, in another order
        {"late%20%E6%8A%B9%E8%8C%B6%20co",
         [](const Thing& thing) { return has(thing, "Late") && has(thing, "茶") && has(thing, "Co"); }},
        {"ra%20thing", [](const Thing& thing) { return has(thing, "Rare"); }},
        {"nothing", [](const Thing&) { return false; }},
    };
    return all;
}

const std::vector<Question>& filters() {
    static const std::vector<Question> all{
        {"", [](const Thing&) { return true; }},
        {"&in_stock=false", [](const Thing& thing) { return !thing.in_stock(); }},
        {"&in_stock=true", [](const Thing& thing) { return thing.in_stock(); }},
        {"&max_price=60", [](const Thing& thing) { return thing.price() <= 60; }},
        {"&min_price=900&max_price=2500",
         [](const Thing& thing) { return thing.price() >= 900 && thing.price() <= 2'500; }},
    };
    return all;
}

/// The names of a list's first pages.
std::vector<std::string> first_pages(Shop& shop, const std::string& list, int pages) {
    std::vector<std::string> names;
    std::string cursor;
    for (int page = 0; page < pages; ++page) {
        const auto answer = shop.get(list + "&limit=40" + cursor);
        REQUIRE(answer.status == 200);
        for (const auto& row : answer.body["data"]) {
            auto name = row["name"].get<std::string>();
            names.push_back(name.substr(0, name.find(" – Zzz")));
        }
        if (answer.body["next_cursor"].is_null()) {
            break;
        }
        cursor = "&cursor=" + answer.body["next_cursor"].get<std::string>();
    }
    return names;
}

/// What they must be, in the order of `sort`: "name", "price", "-price" or "oldest".
std::vector<std::string> expected(const Question& question, const Question& filter, std::string_view sort,
                                  bool groups_apart, std::size_t most) {
    std::vector<Thing> found;
    for (int n = 0; n < kThings; ++n) {
        const Thing thing{n};
        if (thing.is_on_sale() && question.holds(thing) && filter.holds(thing)) {
            found.push_back(thing);
        }
    }
    if (sort.ends_with("price")) {
        const auto place = [&](const Thing& thing) {
            return std::tuple(thing.price(), groups_apart && thing.n >= kAlone, thing.n);
        };
        std::sort(found.begin(), found.end(), [&](const Thing& a, const Thing& b) { return place(a) < place(b); });
    }
    if (sort == "-price") {
        std::reverse(found.begin(), found.end());
    }
    std::vector<std::string> names;
    for (std::size_t i = 0; i < found.size() && i < most; ++i) {
        names.push_back(found[i].name());
    }
    return names;
}

}  // namespace

TEST_CASE("whatever is asked for, a list has what a look at each of thousands of products finds", "[large]") {
    Shop shop;
    REQUIRE(shop.send("POST", "/admin/inventory/import", file_of_things(), "text/csv", shop.staff()).status == 201);
    constexpr int kPages = 3;
    for (const auto* list : {"/products", "/product-groups"}) {
        for (const auto* sort : {"name", "price", "-price", "oldest"}) {
            for (const auto& question : questions()) {
                for (const auto& filter : filters()) {
                    const auto asked = fmt::format("{}?sort={}{}{}", list, sort, filter.q,
                                                   question.q.empty() ? "" : "&q=" + question.q);
                    INFO(asked);
                    CHECK(first_pages(shop, asked, kPages) ==
                          expected(question, filter, sort, std::string_view(list) == "/product-groups", kPages * 40));
                }
            }
        }
    }
}
