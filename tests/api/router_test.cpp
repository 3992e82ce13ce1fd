// Which row of the route table a path finds.

#include "api/router.h"

#include <catch2/catch_test_macros.hpp>

using namespace orderd;

namespace {

/// The row and the names' values that a path finds: "1 5", or "none".
std::string found_for(const api::Router& router, const std::string& path) {
    const auto match = router.find("GET", path);
    auto text = match.row ? std::to_string(*match.row) : "none";
    for (const auto& value : match.values) {
        text += ' ' + value;
    }
    return text;
}

}  // namespace

TEST_CASE("a word goes before a name with a suffix, and that before a name alone") {
    api::RouteTable table;
    for (const auto* path : {"/papers/{id}", "/papers/{id}.pdf", "/papers/all", "/papers/{id}/lines"}) {
        table.add({.method = "GET", .path = path}, [](api::Request&) { return api::no_content(); });
    }
    const api::Router router(table);
    CHECK(found_for(router, "/papers/5") == "0 5");
    CHECK(found_for(router, "/papers/5.pdf") == "1 5");
    CHECK(found_for(router, "/papers/5.pdf.pdf") == "1 5.pdf");
    CHECK(found_for(router, "/papers/.pdf") == "0 .pdf");  // nothing before the suffix: it is the name
    CHECK(found_for(router, "/papers/all") == "2");
    CHECK(found_for(router, "/papers/5/lines") == "3 5");
    CHECK(found_for(router, "/papers/5.pdf/lines") == "3 5.pdf");
    CHECK(found_for(router, "/papers/") == "none");
    CHECK(router.names(1) == std::vector<std::string>{"id"});
}
