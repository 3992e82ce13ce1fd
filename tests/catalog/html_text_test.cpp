#include "catalog/html_text.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using orderd::catalog::html_to_text;
using orderd::catalog::text_to_html;

TEST_CASE("HTML becomes the text that a reader would see") {
    CHECK(html_to_text("Plain text.") == "Plain text.");
    CHECK(html_to_text("  Spaces \n and\tlines  ") == "Spaces and lines");
    CHECK(html_to_text("<p>One.</p><p>Two <b>bold</b> words.</p>") == "One.\n\nTwo bold words.");
    CHECK(html_to_text("a<br>b<br/><br/>c") == "a\nb\n\nc");
    CHECK(html_to_text("<ul><li>Clay</li>\n<li><p>Glaze</p></li><li></li></ul>after") == "- Clay\n\n- Glaze\n\nafter");
    CHECK(html_to_text("5 &lt; 6 &amp; 7 &eacute; &#8364;") == "5 < 6 & 7 é €");
    CHECK(html_to_text("<div>a</div><div>b</div>") == "a\nb");
    CHECK(html_to_text("<pre>\n  kept\n    as is</pre>") == "kept\n    as is");
    CHECK(html_to_text("") == "");
    CHECK(html_to_text("<p></p>") == "");
}

TEST_CASE("scripts, styles and comments are no part of a description") {
    CHECK(html_to_text("a<script>alert(1)</script><style>p{}</style><!-- x -->b") == "ab");
    CHECK(html_to_text("<img src=x onerror=alert(1)>Mug") == "Mug");
    CHECK(html_to_text("<a href='javascript:x()'>link</a>") == "link");
}

TEST_CASE("broken HTML is read as browsers read it") {
    CHECK(html_to_text("<p>open <b>bold</p> after") == "open bold\n\nafter");
    CHECK(html_to_text("5 < 6") == "5 < 6");
    CHECK(html_to_text("<<<>>>") == "<<<>>>");
}

TEST_CASE("HTML that nests beyond reason is refused, not followed") {
    std::string deep;
    std::string crossed;
    for (int i = 0; i < 50'000; ++i) {
        deep += "<div>";
        crossed += "<b><i></b>";
    }
    CHECK_FALSE(html_to_text(deep));
    CHECK_FALSE(html_to_text(crossed));
    CHECK_FALSE(html_to_text(std::string(600 * 1024, 'x')));
    std::string list;
    for (int i = 0; i < 2000; ++i) {
        list += "<li>x<br>";
    }
    CHECK(html_to_text("<ul>" + list + "</ul>"));
}

TEST_CASE("text that goes out as HTML comes back as it was") {
    const std::string text =
        GENERATE(as<std::string>(), "", "One line.", "Two\nlines", "A\n\nparagraph", "Three\n\n\nempty", "two  spaces",
                 "a <b> & \"c\" 'd'", "tab\there", "  - indented\n    more", "no\u00a0break", "&amp; is &",
                 "<script>x</script>", "- a\n- b", "</pre>x  y");
    const auto trimmed_text = text.substr(std::min(text.find_first_not_of(' '), text.size()));
    CHECK(html_to_text(text_to_html(trimmed_text)) == trimmed_text);
}
