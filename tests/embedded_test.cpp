#include "base/embedded.h"

#include <catch2/catch_test_macros.hpp>

using namespace orderd;

TEST_CASE("a path that is not the dashboard's is not found") {
    CHECK(embedded::web_file("no/such/file") == nullptr);
    CHECK(embedded::web_file("") == nullptr);
    CHECK(embedded::web_file("../schema.sql") == nullptr);
}
