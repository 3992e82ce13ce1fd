#include "base/folding.h"

#include <string>

#include <catch2/catch_test_macros.hpp>

using namespace orderd;

namespace {

/// Each character that UTF-8 can hold, as text.
template <class Call>
void for_each_character(Call call) {
    for (unsigned point = 1; point <= 0x10FFFF; ++point) {
        std::string text;
        const auto add = [&](unsigned byte) { text += static_cast<char>(byte); };
        if (point >= 0xD800 && point <= 0xDFFF) {
            continue;
        }
        if (point < 0x80) {
            add(point);
        } else if (point < 0x800) {
            add(0xC0U | point >> 6U);
            add(0x80U | (point & 0x3FU));
        } else if (point < 0x10000) {
            add(0xE0U | point >> 12U);
            add(0x80U | (point >> 6U & 0x3FU));
            add(0x80U | (point & 0x3FU));
        } else {
            add(0xF0U | point >> 18U);
            add(0x80U | (point >> 12U & 0x3FU));
            add(0x80U | (point >> 6U & 0x3FU));
            add(0x80U | (point & 0x3FU));
        }
        call(text);
    }
}

}  // namespace

TEST_CASE("S6: identifiers are the same whatever their case, width, composition and unseen characters") {
    for (const auto* same :
         {"É1 fi", "é1 FI", "E\u0301１ ﬁ", " É1\u00A0\u2003fi ", "\u200BÉ\u00AD1 fi\uFEFF", "É1  fi"}) {
        INFO(same);
        CHECK(identifier_key(same) == "é1 fi");
    }
    CHECK(identifier_key("Straße") == "strasse");
    CHECK(identifier_key("\u200B\u2060 ").empty());
    CHECK(identifier_key("").empty());
    CHECK(identifier_key("E1") != identifier_key("É1"));
    CHECK(identifier_key("A") != identifier_key("\u0410"));  // a Cyrillic letter that looks alike
    CHECK(identifier_key("A-1") != identifier_key("A\u20101"));
    CHECK_THROWS(identifier_key("\xC3"));
}

TEST_CASE("S7: texts are searched without accents, case and forms of letters") {
    for (const auto* same : {"Öl", "öl", "OL", "O\u0308l", "ｏl", "Ø\u200Bl"}) {
        INFO(same);
        CHECK(search_form(same) == "ol");
    }
    CHECK(search_form("Größe") == "grosse");
    CHECK(search_form("Łódź") == "lodz");
    CHECK(search_form("İstanbul ısı") == "istanbul isi");
    CHECK(search_form("Ærø œuvre Þór ﬁ") == "aero oeuvre thor fi");
    CHECK(search_form("Ёлка") == search_form("елка"));
    CHECK(search_form("άλφα") == search_form("ΑΛΦΑ"));
    CHECK(search_form("שָׁלוֹם") == search_form("שלום"));
    CHECK(search_form("مُحَمَّد") == search_form("محمد"));
    CHECK(search_form("が") != search_form("か"));  // other letters, not accents
    CHECK(search_form("カ\u3099") == search_form("ガ"));
    CHECK(search_form("한글") == "한글");
    CHECK(search_form("कि") != search_form("क"));
    CHECK_THROWS(search_form("ü\xC3"));
}

TEST_CASE("S6, S7: what is folded stays as it is when it is folded again", "[large]") {
    std::size_t wrong = 0;
    for_each_character([&](const std::string& text) {
        const auto key = identifier_key(text);
        const auto form = search_form(text);
        if (identifier_key(key) != key || search_form(form) != form) {
            ++wrong;
            UNSCOPED_INFO(text);
        }
    });
    CHECK(wrong == 0);
}

TEST_CASE("S7: a text is folded as a whole, whatever stands beside what") {
    CHECK(search_form("Cafe\u0301 X") == "cafe x");
    CHECK(search_form("Öl Öl OL\u0308L") == "ol ol oll");
    CHECK(search_form("aé") == "ae");
    CHECK(search_form("éa") == "ea");
    CHECK(search_form("a\u200Db\u00ADc") == "abc");
    CHECK(search_form("1\u20E3 k\u0327a") == "1 ka");
    CHECK(search_form("x\u3099") == search_form("X\u3099"));
    CHECK(search_form("Tasse für Öl, 20 × 30 cm, „Größe XL“") == "tasse fur ol, 20 × 30 cm, „grosse xl“");
    CHECK(search_form("").empty());
    CHECK_THROWS(search_form("abc\xC3"));
    CHECK_THROWS(search_form("abc\xC3z"));
}

TEST_CASE("an index has East Asian letters and signs as words of their own") {
    CHECK(words_apart("blue mug 2") == "blue mug 2");
    CHECK(words_apart("抹茶mug") == " 抹  茶 mug");
    CHECK(single_words("mug 茶, 抹茶") != "");
    CHECK(single_words("blue mug क").empty());
    CHECK(single_words("茶 abc 茶") == "茶");
    CHECK(single_words("&") == single_words(" & a &&"));
    CHECK(single_words("&") != single_words("+"));
    CHECK(words_apart("a&b") == "a " + single_words("&") + " b");
    CHECK(single_words("🎁").size() == 3);  // a letter for private use
}

TEST_CASE("a short word is looked for where words begin") {
    CHECK(has_beginning("blue mug", "b"));
    CHECK(has_beginning("blue mug", "mu"));
    CHECK_FALSE(has_beginning("blue mug", "lu"));
    CHECK(has_beginning("a-b", "b"));
    CHECK(has_beginning("抹茶mug", "m"));
    CHECK(has_beginning("über ol", "ol"));
    CHECK_FALSE(has_beginning("öol", "ol"));
    CHECK_FALSE(has_beginning("", "a"));
}
