#include "base/templates.h"

#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "support/program.h"
#include "support/shop.h"
#include "support/temporary_folder.h"

using namespace orderd;

namespace {

/// A shop's folder with templates of its own.
struct Folder {
    tests::TemporaryFolder data;
    Templates templates{data.path() / "templates"};

    void write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories(data.path() / "templates");
        std::ofstream(data.path() / "templates" / name) << text;
    }
    std::string top(const Json& values = {{"title", "T"}, {"shop_name", "S"}}) const {
        return templates.render("page_top.html", values, Language::english());
    }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("what a template shows is escaped, for text and for quoted attributes") {
    const Folder folder;
    const auto page = folder.top({{"title", "<script>alert(1)</script>"}, {"shop_name", "Ada's \"Mugs\" & more"}});
    CHECK(has(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    CHECK(has(page, "Ada&apos;s &quot;Mugs&quot; &amp; more"));
    CHECK_FALSE(has(page, "<script"));
}

TEST_CASE("a shop's own template takes the place of the built-in one, and only that one's") {
    const Folder folder;
    folder.write("page_top.html", "<p>{{title}}, {{n}}, {{a.b}}{{#empty}}!{{/empty}}{{#list}}[{{.}}]{{/list}}</p>");
    CHECK(folder.top({{"title", "a<b"}, {"n", 3}, {"a", {{"b", "c"}}}, {"empty", ""}, {"list", {"x", "y"}}}) ==
          "<p>a&lt;b, 3, c[x][y]</p>");
    CHECK(has(folder.templates.render("page_bottom.html", Json::object(), Language::english()), "</html>"));
    REQUIRE(folder.templates.overrides().size() == 1);
    CHECK(folder.templates.overrides()[0].name == "page_top.html");
    CHECK(folder.templates.overrides()[0].problem.empty());
}

TEST_CASE("a broken template of the shop's is named, and the built-in one is used") {
    const Folder folder;
    const auto built_in = folder.top();
    for (const std::string text : {"{{#title}} never closed", "{{title", "\xff\xfe", "{{/title}}", "{{"}) {
        folder.write("page_top.html", text);
        CAPTURE(text);
        CHECK(folder.top() == built_in);
        CHECK_FALSE(folder.templates.overrides().at(0).problem.empty());
    }
    folder.write("page_top.html", std::string(100'000, 'x'));
    CHECK(folder.top() == built_in);
    CHECK(folder.templates.overrides().at(0).problem == "is larger than 64 KiB");
    CHECK(has(tests::run_orderd({"doctor", "--data", folder.data.path().string()}).out,
              "page_top.html is larger than 64 KiB"));
}

TEST_CASE("a value that has the name of a template is the value") {
    const Folder folder;
    folder.write("page_top.html", "{{#receipt}}yes{{/receipt}}{{^receipt}}no{{/receipt}}");
    CHECK(folder.top({{"receipt", false}}) == "no");
    CHECK(folder.top({{"receipt", true}}) == "yes");
}

TEST_CASE("a shop's template that includes itself ends") {
    const Folder folder;
    const auto built_in = folder.top();
    folder.write("page_top.html", "{{> page_top}}");
    CHECK(folder.top() == built_in);
}

TEST_CASE("a file that has the name of no template is pointed out") {
    const Folder folder;
    folder.write("page_topp.html", "hello");
    REQUIRE(folder.templates.overrides().size() == 1);
    CHECK(folder.templates.overrides()[0].problem == "orderd has no template of this name");
}

TEST_CASE("the style of customers' pages is served as a file") {
    tests::Shop shop;
    const auto style = shop.get("/pages/page.css");
    CHECK(style.status == 200);
    CHECK(style.header("Content-Type") == "text/css; charset=utf-8");
    CHECK(has(style.text, "@media print"));
}
