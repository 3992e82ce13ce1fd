// `orderd compact`: a database of before pages could be given back.

#include <catch2/catch_test_macros.hpp>

#include "storage/migrations.h"
#include "storage/store.h"
#include "support/files.h"
#include "support/kept_database.h"
#include "support/program.h"
#include "support/temporary_folder.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::int64_t pragma_of(const std::filesystem::path& file, const char* pragma) {
    storage::Connection connection(file, storage::Connection::Mode::read_only);
    auto lease = connection.lease(pragma);
    REQUIRE(lease.step());
    return storage::Row(lease.get()).get<std::int64_t>(0);
}

constexpr std::int64_t kIncremental = 2;

}  // namespace

TEST_CASE("an older database is compacted while it is not served, and can give pages back from then on") {
    const TemporaryFolder folder;
    const auto data = folder.path().string();
    const storage::Files files(folder.path());
    put_kept_database(3, files);
    REQUIRE(run_orderd({"migrate", "--data", data}).exit_code == 0);
    run_sql(files.database,
            "CREATE TABLE ballast (bytes BLOB); INSERT INTO ballast VALUES (zeroblob(8000000)); "
            "DROP TABLE ballast");
    CHECK(pragma_of(files.database, "PRAGMA auto_vacuum") == 0);
    const auto before = std::filesystem::file_size(files.database);
    {
        const Served served(folder.path());
        const auto refused = run_orderd({"compact", "--data", data});
        CHECK(refused.exit_code == 1);
        CHECK(says(refused, "is served by another orderd"));
    }
    const auto done = run_orderd({"compact", "--data", data});
    INFO(done.out << done.error);
    CHECK(done.exit_code == 0);
    CHECK(pragma_of(files.database, "PRAGMA auto_vacuum") == kIncremental);
    CHECK(pragma_of(files.database, "PRAGMA freelist_count") == 0);
    CHECK(std::filesystem::file_size(files.database) < before - 7'000'000);
    CHECK(run_orderd({"check", "--data", data}).exit_code == 0);
    CHECK(run_orderd({"export", "orders", "--data", data}).out.find("Ada Lovelace") != std::string::npos);
}

TEST_CASE("a folder without a shop has nothing to compact") {
    const TemporaryFolder folder;
    const auto refused = run_orderd({"compact", "--data", folder.path().string()});
    CHECK(refused.exit_code == 1);
    CHECK(says(refused, "there is no shop in"));
}
