#include <catch2/catch_test_macros.hpp>

#include "api/conditional.h"

using namespace orderd;

namespace {

std::string asked(std::string_view accept_language) {
    const auto* const language = api::asked_language(accept_language);
    return language == nullptr ? "" : language->code();
}

}  // namespace

TEST_CASE("a header asks for the language of most weight that there is") {
    CHECK(asked("de") == "de");
    CHECK(asked("de-AT") == "de");
    CHECK(asked("DE-at;q=0.9, en;q=0.8") == "de");
    CHECK(asked("en;q=0.5, de;q=0.8") == "de");
    CHECK(asked("en, de") == "en");  // of the same weight, the first
    CHECK(asked("de;q=0.801, en;q=0.8") == "de");
    CHECK(asked("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5") == "fr");
    CHECK(asked("it-CH, it;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5") == "en");
    CHECK(asked("es-419,es;q=0.9") == "es");
    CHECK(asked("de;q=0, en;q=0.1") == "en");
    CHECK(asked("  de ;  q=1.0 ,en") == "de");
    CHECK(asked("*;q=0.5, de;q=0.5") == "de");  // a language that is named goes before any
}

TEST_CASE("a header that asks for no language that there is asks for none") {
    for (const auto* header : {"", "*", "it", "it, pt;q=0.5", "de;q=0", "it, *;q=0.8, de;q=0.5", "deutsch", "d", "-de",
                               ",;,;q=,=;q", "de_DE", "de;q=0.000"}) {
        CAPTURE(header);
        CHECK(asked(header).empty());
    }
    CHECK(asked(std::string(100'000, ',')).empty());
}
