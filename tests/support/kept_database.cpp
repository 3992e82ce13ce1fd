#include "support/kept_database.h"

#include <zlib.h>

#include <array>
#include <fstream>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "paths.h"

namespace orderd::tests {

namespace {

std::string unzipped(const std::filesystem::path& file) {
    std::string text;
    auto* in = gzopen(file.c_str(), "rb");
    REQUIRE(in != nullptr);
    std::array<char, 65536> piece{};
    for (int got = 0; (got = gzread(in, piece.data(), piece.size())) > 0;) {
        text.append(piece.data(), static_cast<std::size_t>(got));
    }
    gzclose(in);
    return text;
}

}  // namespace

void put_kept_database(int schema, const storage::Files& files) {
    const auto kept =
        std::filesystem::path(tests::kSourceFolder) / "tests/databases" / ("schema-" + std::to_string(schema));
    INFO("tests/databases/write.mjs keeps the one of today's schema.sql");
    REQUIRE(std::filesystem::exists(kept.string() + ".db.gz"));
    std::ofstream(files.database, std::ios::binary) << unzipped(kept.string() + ".db.gz");
    std::filesystem::copy_file(kept.string() + ".key", files.key);
    std::filesystem::permissions(files.key, std::filesystem::perms::owner_read);
}

}  // namespace orderd::tests
