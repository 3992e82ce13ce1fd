// A file is imported a slice of its rows at a time: what that means for its report, for others, and for an undo meanwhile.

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <thread>

#include "base/budgets.h"
#include "catalog/importing.h"

using namespace orderd;
using namespace orderd::tests;
using namespace orderd::tests::importing;

namespace {

std::string products_file(std::size_t rows) {
    std::string file = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price,Collections\n";
    for (std::size_t i = 0; i < rows; ++i) {
        file += fmt::format("p{0},Product {0},SKU-{0},1,1.00,All\n", i);
    }
    return file;
}

std::string group_file(std::size_t variants, const std::string& title) {
    std::string file = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price,Option1 Name,Option1 Value\n";
    for (std::size_t i = 0; i < variants; ++i) {
        file += fmt::format("shirt,{},SHIRT-{},1,1.00,Size,S{}\n", i == 0 ? title : "", i, i);
    }
    return file;
}

Json imports(Shop& shop) { return shop.get("/admin/inventory/imports", shop.viewer()).body["data"]; }

std::int64_t events(Shop& shop, const std::string& kind) {
    const auto all = shop.events();
    return std::count(all.begin(), all.end(), kind);
}

/// A long file on its way, of which something is stored already.
class UnderWay {
public:
    explicit UnderWay(Shop& shop)
        : reply_(std::async(std::launch::async, [&shop] { return import(shop, products_file(3'000)); })) {
        while (imports(shop).empty()) {
            std::this_thread::yield();
        }
    }

    Reply reply() { return reply_.get(); }

private:
    std::future<Reply> reply_;
};

}  // namespace

TEST_CASE("a file is imported whole, whether its rows fill one slice, a part of one, or several") {
    constexpr auto slice = budget::kImportSlice;
    for (const auto rows : {std::size_t{1}, slice - 1, slice, slice + 1, 3 * slice + 1}) {
        CAPTURE(rows);
        Shop shop;
        const auto reply = import(shop, products_file(rows));
        check_counts(reply, static_cast<int>(rows), 0, 0);
        REQUIRE(imports(shop).size() == 1);
        CHECK(imports(shop)[0]["complete"] == true);
        CHECK(imports(shop)[0]["added"] == rows);
        CHECK(events(shop, "import.applied") == 1);
        CHECK(shop.get("/admin/collections", shop.viewer()).body["data"][0]["products"] == rows);

        check_counts(import(shop, products_file(rows)), 0, 0, static_cast<int>(rows));
        CHECK(imports(shop).size() == 1);
        CHECK(undo(shop, reply.body["id"]).status == 200);
        CHECK(shop.get("/admin/inventory", shop.viewer()).body["data"].empty());
        CHECK(shop.get("/admin/collections", shop.viewer()).body["data"].empty());
    }
}

TEST_CASE("a group whose rows are in several slices is one group, told once of its new name") {
    constexpr auto variants = budget::kImportSlice + 6;
    Shop shop;
    check_counts(import(shop, group_file(variants, "Shirt")), variants, 0, 0);
    const auto groups = [&] { return shop.get("/admin/product-groups", shop.viewer()).body["data"]; };
    REQUIRE(groups().size() == 1);
    CHECK(groups()[0]["name"] == "Shirt");

    const auto again = import(shop, group_file(variants, "Blouse"));
    CHECK(again.body["updated"].get<int>() > 0);
    CHECK(groups()[0]["name"] == "Blouse");
    CHECK(events(shop, "product_group.updated") == 1);
    CHECK(undo(shop, again.body["id"]).status == 200);
    CHECK(groups()[0]["name"] == "Shirt");
}

TEST_CASE("orders are placed while a long file is imported", "[concurrency]") {
    bool was_under_way = false;
    // Where this thread stalls, all of the file is imported before it goes on.
    for (int tries = 0; tries < 10 && !was_under_way; ++tries) {
        Shop shop;
        const auto mug = shop.product({});
        UnderWay file(shop);
        CHECK(shop.order({{mug, 1}}).status == 201);
        was_under_way = imports(shop)[0]["complete"] == false;  // the order did not wait for the last row
        check_counts(file.reply(), 3'000, 0, 0);
        CHECK(imports(shop)[0]["complete"] == true);
    }
    CHECK(was_under_way);
}

TEST_CASE("a file whose import is undone on the way is imported no further", "[concurrency]") {
    bool was_under_way = false;
    // Where this thread stalls, all of the file is imported before it goes on.
    for (int tries = 0; tries < 10 && !was_under_way; ++tries) {
        Shop shop;
        UnderWay file(shop);
        CHECK(undo(shop, imports(shop)[0]["id"]).status == 200);
        const auto reply = file.reply();
        CHECK(shop.get("/admin/inventory", shop.viewer()).body["data"].empty());
        if (reply.status == 201) {
            continue;
        }
        was_under_way = true;
        CHECK(reply.status == 409);
        CHECK(reply.code() == "already_undone");
        CHECK(imports(shop)[0]["complete"] == false);
        CHECK(events(shop, "import.applied") == 0);
    }
    CHECK(was_under_way);
}
