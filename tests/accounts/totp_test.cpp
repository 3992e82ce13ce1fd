#include "accounts/totp.h"

#include <catch2/catch_test_macros.hpp>

#include "accounts/authenticator_app.h"
#include "accounts/bare_shop.h"
#include "base/errors.h"
#include "storage/audit.h"

using namespace orderd;
using namespace orderd::accounts;
using tests::AuthenticatorApp;
using tests::BareShop;

namespace {

/// An admin who signs in with codes.
struct Coded {
    BareShop shop = {};
    AdminId id = shop.admin("anna", Role::owner).id;
    AuthenticatorApp app;
    std::vector<std::string> recovery_codes;

    Coded() : app(prepare()) {
        recovery_codes = shop.write([&](storage::Transaction& tx) {
            return confirm_totp(tx, id, code(0), Actor::command_line(), shop.clock.now());
        });
    }

    std::string prepare() {
        return shop.write([&](storage::Transaction& tx) { return prepare_totp(tx, id, "The Shop", shop.clock.now()); })
            .secret;
    }

    std::string code(int steps_from_now) const { return app.code(shop.clock.now(), steps_from_now); }

    bool use(const std::string& code) {
        return shop.write([&](storage::Transaction& tx) { return use_totp_code(tx, id, code, shop.clock.now()); });
    }
    bool recover(const std::string& code) {
        return shop.write([&](storage::Transaction& tx) { return use_recovery_code(tx, id, code); });
    }
};

}  // namespace

TEST_CASE("codes are those of RFC 6238, appendix B") {
    constexpr auto kSecret = "12345678901234567890";
    CHECK(totp_code(kSecret, 59 / 30) == "287082");
    CHECK(totp_code(kSecret, 1111111109 / 30) == "081804");
    CHECK(totp_code(kSecret, 1111111111 / 30) == "050471");
    CHECK(totp_code(kSecret, 1234567890 / 30) == "005924");
    CHECK(totp_code(kSecret, 2000000000 / 30) == "279037");
    CHECK(totp_code(kSecret, 20000000000 / 30) == "353130");
}

TEST_CASE("secrets are written in the base32 of RFC 4648, section 10") {
    CHECK(to_base32("").empty());
    CHECK(to_base32("f") == "MY");
    CHECK(to_base32("fo") == "MZXQ");
    CHECK(to_base32("foo") == "MZXW6");
    CHECK(to_base32("foobar") == "MZXW6YTBOI");
}

TEST_CASE("a code is good once, and one step early or late") {
    Coded anna;
    CHECK_FALSE(anna.use(anna.code(0)));  // it confirmed the secret
    CHECK_FALSE(anna.use(anna.code(-1)));
    anna.shop.clock.move(minutes(10));
    CHECK_FALSE(anna.use(anna.code(2)));
    CHECK_FALSE(anna.use(anna.code(-2)));
    CHECK_FALSE(anna.use(""));
    CHECK(anna.use(anna.code(-1)));
    CHECK_FALSE(anna.use(anna.code(-1)));
    CHECK(anna.use(anna.code(1)));
    CHECK_FALSE(anna.use(anna.code(0)));  // older than one that was used
}

TEST_CASE("a secret holds only once its first code was right") {
    BareShop shop;
    const auto id = shop.admin("anna", Role::owner).id;
    const auto confirm = [&](const std::string& code) {
        return shop.write([&](storage::Transaction& tx) {
            return confirm_totp(tx, id, code, Actor::command_line(), shop.clock.now());
        });
    };
    CHECK_THROWS_AS(confirm("000000"), Refusal);  // nothing was prepared
    const auto shown =
        shop.write([&](storage::Transaction& tx) { return prepare_totp(tx, id, "Ann & Co", shop.clock.now()); });
    CHECK(shown.uri == "otpauth://totp/Ann%20%26%20Co:anna?secret=" + shown.secret + "&issuer=Ann%20%26%20Co");
    CHECK_FALSE(get_admin(shop.store.read(), id).totp);
    const AuthenticatorApp app(shown.secret);
    CHECK_THROWS_AS(confirm(app.code(shop.clock.now(), 7)), Refusal);
    CHECK_FALSE(get_admin(shop.store.read(), id).totp);
    CHECK(confirm(app.code(shop.clock.now())).size() == 10);
    CHECK(get_admin(shop.store.read(), id).totp);
}

TEST_CASE("a recovery code is good once, however it is typed") {
    Coded anna;
    REQUIRE(anna.recovery_codes.size() == 10);
    auto typed = anna.recovery_codes[0];
    for (auto& c : typed) {
        c = c == '-' ? ' ' : static_cast<char>(std::toupper(c));
    }
    CHECK(anna.recover(typed));
    CHECK_FALSE(anna.recover(anna.recovery_codes[0]));
    CHECK(anna.recover(anna.recovery_codes[9]));
    CHECK_FALSE(anna.recover(""));
    CHECK_FALSE(anna.recover("aaaa-aaaa-aaaa-aaaa"));
    CHECK(anna.shop.count("SELECT count(*) FROM recovery_code") == 8);
}

TEST_CASE("codes that were turned off leave nothing behind") {
    Coded anna;
    anna.shop.write(
        [&](storage::Transaction& tx) { disable_totp(tx, anna.id, Actor::command_line(), anna.shop.clock.now()); });
    CHECK_FALSE(get_admin(anna.shop.store.read(), anna.id).totp);
    CHECK_FALSE(anna.use(anna.code(0)));
    CHECK_FALSE(anna.recover(anna.recovery_codes[0]));
    CHECK(anna.shop.count("SELECT count(*) FROM recovery_code") == 0);
    CHECK(audit::fault(anna.shop.store.read()).empty());
}
