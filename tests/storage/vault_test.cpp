#include "storage/vault.h"

#include <sys/stat.h>

#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "base/random.h"
#include "support/temporary_folder.h"

using namespace orderd;
using namespace orderd::tests;
using storage::Vault;

TEST_CASE("a sealed value opens at its place, under its key, and nowhere else") {
    const Vault vault(random_bytes(32));
    const storage::Place place{"customer", "contact_sealed", 7};
    const auto sealed = vault.seal(place, "Ada Lovelace");
    CHECK(vault.open(place, sealed) == "Ada Lovelace");
    CHECK(sealed.find("Ada") == std::string::npos);
    CHECK(vault.seal(place, "Ada Lovelace") != sealed);

    CHECK_THROWS(vault.open({"customer", "contact_sealed", 8}, sealed));
    CHECK_THROWS(vault.open({"customer", "address_sealed", 7}, sealed));
    CHECK_THROWS(vault.open({"orders", "contact_sealed", 7}, sealed));
    CHECK_THROWS(Vault(random_bytes(32)).open(place, sealed));
    CHECK_THROWS(vault.open(place, sealed.substr(0, 20)));
    auto spoilt = sealed;
    spoilt[30] = static_cast<char>(spoilt[30] ^ 1);
    CHECK_THROWS(vault.open(place, spoilt));
}

TEST_CASE("a blind index tells equal from different, and purposes apart") {
    const Vault vault(random_bytes(32));
    CHECK(vault.index("email", "ada@example.com") == vault.index("email", "ada@example.com"));
    CHECK(vault.index("email", "ada@example.com") != vault.index("email", "eve@example.com"));
    CHECK(vault.index("email", "ada") != vault.index("name word", "ada"));
    CHECK(vault.index("email", "ada") != Vault(random_bytes(32)).index("email", "ada"));
}

TEST_CASE("the key file is made once, for its owner alone, and refused when others can read it") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "shop.key";
    CHECK_THROWS(Vault::open(file));
    const auto sealed = Vault::open_or_create(file).seal({"t", "c", 1}, "x");
    struct stat about {};
    REQUIRE(::stat(file.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    CHECK(Vault::open_or_create(file).open({"t", "c", 1}, sealed) == "x");

    ::chmod(file.c_str(), 0640);
    CHECK_THROWS(Vault::open(file));
    ::chmod(file.c_str(), 0600);
    std::ofstream(file, std::ios::trunc) << "short";
    CHECK_THROWS(Vault::open(file));
}
