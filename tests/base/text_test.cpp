#include "base/text.h"

#include <string>

#include <catch2/catch_test_macros.hpp>

using namespace orderd;
using Words = std::vector<std::string>;

TEST_CASE("only well-formed UTF-8 is accepted") {
    CHECK(valid_utf8(""));
    CHECK(valid_utf8("Müller 你好 🛒"));
    CHECK_FALSE(valid_utf8("\xC3"));              // cut off
    CHECK_FALSE(valid_utf8("\x80 alone"));        // a continuation of nothing
    CHECK_FALSE(valid_utf8("\xC0\xAF"));          // overlong
    CHECK_FALSE(valid_utf8("\xED\xA0\x80"));      // a surrogate
    CHECK_FALSE(valid_utf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
    CHECK_FALSE(
        valid_utf8("Stra\xDF"
                   "e"));  // Latin-1
}

TEST_CASE("control characters are found, also those beyond ASCII; lines only where they are not wanted") {
    CHECK_FALSE(has_control("Müller", false));
    CHECK(has_control(std::string_view("a\0b", 3), true));
    CHECK(has_control("a\x7F", true));
    CHECK(has_control("a\u0085", true));
    CHECK(has_control("a\nb", false));
    CHECK(has_control("a\tb", false));
    CHECK_FALSE(has_control("a\r\n\tb", true));
    CHECK_FALSE(has_control("\u00A0\u00C2", false));
}

TEST_CASE("length is counted in code points") {
    CHECK(code_points("") == 0);
    CHECK(code_points("mug") == 3);
    CHECK(code_points("Müller") == 6);
    CHECK(code_points("你好🛒") == 3);
}

TEST_CASE("white space is trimmed at both ends only") {
    CHECK(trimmed(" \t\u00A0 a b \u00A0\r\n") == "a b");
    CHECK(trimmed("\u00A0") == "");
    CHECK(trimmed("") == "");
    CHECK(trimmed("à") == "à");  // its last byte is that of a no-break space
}

TEST_CASE("text that differs only in case or composition folds to one") {
    CHECK(folded("Müller") == folded("MÜLLER"));
    CHECK(folded("mu\u0308ller") == folded("Müller"));
    CHECK(folded("Straße") == folded("STRASSE"));
    CHECK(folded("Ｆｕｌｌ") == "full");
    CHECK(folded("ΣΊΣΥΦΟΣ") == folded("σίσυφος"));
    CHECK(folded("ABC-x@Y") == "abc-x@y");
    CHECK(folded("Muller") != folded("Müller"));
    CHECK_THROWS(folded("\xC3"));
}

TEST_CASE("capitals are those of Western European languages, and all else stays") {
    CHECK(in_capitals("Österreich, são tomé, curaçao") == "ÖSTERREICH, SÃO TOMÉ, CURAÇAO");
    CHECK(in_capitals("à þ ÿ ÷ × ß ā ж") == "À Þ ÿ ÷ × ß ā ж");
    CHECK(in_capitals("\xc3") == "\xc3");
    CHECK(in_capitals("\xa0\xc3") == "\xa0\xc3");
}

TEST_CASE("words are runs of letters and digits, each once, sorted") {
    CHECK(folded_words("Anna-Maria  O'Neil, Anna") == Words{"anna", "maria", "neil", "o"});
    CHECK(folded_words("Łukasz Żółć 2") == Words{"2", "łukasz", "żółć"});
    CHECK(folded_words("हिन्दी") == Words{"हिन्दी"});
    CHECK(folded_words(" -- ").empty());
}

TEST_CASE("an e-mail address is one that could be delivered") {
    for (const auto* right :
         {"a@b.de", "anna.o'neil+shop@mail.example.com", "jörg@müller.de", "用户@例子.公司", "x_y-z%1@a-b.co"}) {
        CAPTURE(right);
        CHECK(valid_email(right));
    }
    for (const auto* wrong : {"",
                              "@",
                              "a@",
                              "@b.de",
                              "a@b",
                              "a b@c.de",
                              "a@b@c.de",
                              ".a@b.de",
                              "a.@b.de",
                              "a..b@c.de",
                              "a@.de",
                              "a@b..de",
                              "a@b.de.",
                              "a@-b.de",
                              "a@b-.de",
                              "a@[127.0.0.1]",
                              "\"a\"@b.de",
                              "a@b.de\r\nBcc: x@y.de",
                              "a\u00A0b@c.de",
                              "a@b\u2028.de",
                              "a\u200B@b.de",
                              "a<b@c.de",
                              "a,b@c.de",
                              "\xC3@b.de"}) {
        CAPTURE(wrong);
        CHECK_FALSE(valid_email(wrong));
    }
    CHECK(valid_email(std::string(64, 'a') + "@b.de"));
    CHECK_FALSE(valid_email(std::string(65, 'a') + "@b.de"));
    CHECK_FALSE(valid_email("a@" + std::string(64, 'b') + ".de"));
    std::string domain;
    while (domain.size() < 260) {
        domain += "abcdefghi.";
    }
    CHECK_FALSE(valid_email("a@" + domain + "de"));
}

TEST_CASE("a telephone number is known by its digits") {
    CHECK(phone_digits("+49 (0)30 / 12-34") == "490301234");
    CHECK(phone_digits("none").empty());
}

TEST_CASE("bytes become text and come back") {
    const std::string bytes("\x00\xFF\xFE\x01", 4);
    CHECK(to_hex(bytes) == "00fffe01");
    CHECK(to_hex("").empty());
    CHECK(to_base64url(bytes) == "AP_-AQ");
    CHECK(from_base64url("AP_-AQ") == bytes);
    CHECK(from_base64url("") == "");
    CHECK_FALSE(from_base64url("AP_-AQ=="));
    CHECK_FALSE(from_base64url("AP/+AQ"));
    CHECK_FALSE(from_base64url("A"));
    CHECK_FALSE(from_base64url("AP_-AR"));  // bits left over: one value would have two texts
    CHECK_FALSE(from_base64url("AP_ -AQ"));
}

TEST_CASE("an integer is digits alone") {
    CHECK(parse_integer("0") == 0);
    CHECK(parse_integer("1001") == 1001);
    CHECK(parse_integer("9223372036854775807") == 9223372036854775807);
    for (const auto* wrong : {"", "-1", "+1", "01", "00", "1.0", "1e3", " 1", "1 ", "9223372036854775808"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_integer(wrong));
    }
}

TEST_CASE("text that is escaped for HTML ends no attribute, in quotes of either kind") {
    CHECK(escape_html("<b title='a' lang=\"b\">&") == "&lt;b title=&#39;a&#39; lang=&quot;b&quot;&gt;&amp;");
}

TEST_CASE("secrets are compared whole") {
    CHECK(equal_in_constant_time("", ""));
    CHECK(equal_in_constant_time("secret", "secret"));
    CHECK_FALSE(equal_in_constant_time("secret", "secreT"));
    CHECK_FALSE(equal_in_constant_time("secret", "secret "));
}
