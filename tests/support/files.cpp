#include "support/files.h"

#include <sqlite3.h>

#include <fstream>
#include <iterator>

#include <catch2/catch_test_macros.hpp>

namespace orderd::tests {

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void run_sql(const std::filesystem::path& database, const std::string& statements) {
    sqlite3* opened = nullptr;
    REQUIRE(sqlite3_open(database.c_str(), &opened) == SQLITE_OK);
    INFO(statements);
    const bool done = sqlite3_exec(opened, statements.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
    INFO(sqlite3_errmsg(opened));
    CHECK(done);
    sqlite3_close(opened);
}

}  // namespace orderd::tests
