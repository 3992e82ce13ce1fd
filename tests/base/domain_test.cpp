#include "base/domain.h"

#include <string>

#include <catch2/catch_test_macros.hpp>

using namespace orderd;

TEST_CASE("P4: labels are encoded as RFC 3492's examples say") {
    // Section 7.1: A, B, C, D, E, L, N, P, Q, R, S.
    CHECK(punycode(U"\u0644\u064A\u0647\u0645\u0627\u0628\u062A\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064A"
                   U"\u061F") == "egbpdaj6bu4bxfgehfvwxn");
    CHECK(punycode(U"他们为什么不说中文") == "ihqwcrb4cv8a8dqg056pqjye");
    CHECK(punycode(U"他們爲什麽不說中文") == "ihqwctvzc91f659drss3x8bo0yb");
    CHECK(punycode(U"Pročprostěnemluvíčesky") == "Proprostnemluvesky-uyb24dma41a");
    CHECK(punycode(U"\u05DC\u05DE\u05D4\u05D4\u05DD\u05E4\u05E9\u05D5\u05D8\u05DC\u05D0\u05DE\u05D3\u05D1\u05E8\u05D9"
                   U"\u05DD\u05E2\u05D1\u05E8\u05D9\u05EA") == "4dbcagdahymbxekheh6e0a7fei0b");
    CHECK(punycode(U"3年B組金八先生") == "3B-ww4c5e180e575a65lsy2b");
    CHECK(punycode(U"Hello-Another-Way-それぞれの場所") == "Hello-Another-Way--fc4qua05auwb3674vfr0b");
    CHECK(punycode(U"MajiでKoiする5秒前") == "MajiKoi5-783gue6qz075azm5e");
    CHECK(punycode(U"パフィーdeルンバ") == "de-jg4avhby1noc0d");
    CHECK(punycode(U"そのスピードで") == "d9juau41awczczp");
    CHECK(punycode(U"-> $1.00 <-") == "-> $1.00 <--");
}

TEST_CASE("P4: a domain has one form for the wire, however it is typed") {
    for (const auto* typed : {"bücher.example", "BÜCHER.Example", "bu\u0308cher.example", "ｂücher．example",
                              "bücher。example", "xn--bcher-kva.example", "XN--BCHER-KVA.EXAMPLE"}) {
        CAPTURE(typed);
        CHECK(ascii_domain(typed) == "xn--bcher-kva.example");
    }
    CHECK(ascii_domain("straße.example") == "xn--strae-oqa.example");
    CHECK(ascii_domain("strasse.example") == "strasse.example");
    CHECK(ascii_domain("日本語.jp") == "xn--wgv71a119e.jp");
    CHECK(ascii_domain("παράδειγμα.δοκιμή") == "xn--hxajbheg2az3al.xn--jxalpdlp");
    CHECK(ascii_domain("mail.Example.COM") == "mail.example.com");
}

TEST_CASE("P4: what no domain can be has no form for the wire") {
    for (const auto& wrong :
         {std::string("☃.example"), std::string("b ücher.example"), std::string("bücher..example"), std::string(""),
          std::string("-bücher.example"), std::string("\u0308b.example"), std::string("xn--ü.example"),
          std::string("\xC3.example"), std::string(64, 'a') + ".example", std::string("ü") + std::string(58, 'a')}) {
        CAPTURE(wrong);
        CHECK_FALSE(ascii_domain(wrong));
    }
    CHECK(ascii_domain(std::string(63, 'a') + ".example"));
    const auto label = std::string(62, 'a') + '.';
    CHECK(ascii_domain(label + label + label + label + "a"));  // 253 bytes
    CHECK_FALSE(ascii_domain(label + label + label + label + "aa"));
}

TEST_CASE("P4: the first character beyond ASCII before the @ is named") {
    CHECK(beyond_ascii_before_at("jo@bücher.example").empty());
    CHECK(beyond_ascii_before_at("jürgen@example.com") == "ü");
    CHECK(beyond_ascii_before_at("太郎@example.com") == "太");
    CHECK(mail_address("Jo@BÜCHER.example") == "Jo@xn--bcher-kva.example");
    CHECK(mail_address("Jo@Example.com") == "Jo@Example.com");
}

TEST_CASE("P3: an address is one identity in every form of its domain and case of its letters, and in no other") {
    for (const auto* same : {"jörg@bücher.example", "JÖRG@BÜCHER.example", "jo\u0308rg@bu\u0308cher.example",
                             "Jörg@xn--bcher-kva.example", "jörg@XN--BCHER-KVA.EXAMPLE", "jörg@ｂücher.example"}) {
        INFO(same);
        CHECK(mail_identity(same) == "jörg@xn--bcher-kva.example");
    }
    CHECK(mail_identity("Ada@Example.COM") == "ada@example.com");
    CHECK(mail_identity("a@straße.example") == "a@xn--strae-oqa.example");
    CHECK(mail_identity("a@strasse.example") == "a@strasse.example");
    CHECK(mail_identity("straße@example.com") != mail_identity("strasse@example.com"));
    CHECK(mail_identity("ｊo@example.com") != mail_identity("jo@example.com"));  // another mailbox, unlike a domain
    CHECK(mail_identity("jo\u200B@example.com") != mail_identity("jo@example.com"));
    CHECK(mail_identity("Jo@☃.Example") == "jo@☃.example");  // no domain, and still an identity
    CHECK(mail_identity("Ö") == "ö");
    CHECK_THROWS(mail_identity("\xC3@example.com"));
}
