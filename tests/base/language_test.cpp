// The catalogue of what customers read: each language says everything, what is said is said somewhere, and money, numbers
// and dates are as the language writes them.

#include "base/language.h"

#include <algorithm>
#include <limits>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/text.h"
#include "support/source_tree.h"

using namespace orderd;

namespace {

const Language& german() { return *Language::find("de"); }
const Language& french() { return *Language::find("fr"); }
const Language& spanish() { return *Language::find("es"); }

/// What a file must say before it says anything else.
const std::string kFormatsOfFile =
    "format.decimal = .\nformat.group = ,\nformat.grouped_from = 4\nformat.minus = -\nformat.money = {symbol}{number}\n"
    "format.money_by_code = {code} {number}\nformat.percent = {number}%\nformat.date = {day} {month} {year}\n"
    "format.first_day = first\nformat.time = {date} {hour}:{minute} {clock}\n"
    "format.months = a b c d e f g h i j k l\nformat.one = 0 1\n";

Language parsed(const std::string& lines) { return Language::parse("xx", kFormatsOfFile + lines); }

std::string fault_of(const std::string& file) {
    try {
        Language::parse("xx", file);
        return "";
    } catch (const std::runtime_error& fault) {
        return fault.what();
    }
}

/// Currencies go by their code where a language has no symbol for them.
bool may_be_missing(std::string_view name) { return name.starts_with("currency."); }

std::vector<std::string> differences(const Language& language, const Language& model) {
    std::vector<std::string> found;
    for (const auto& [name, text] : model.texts()) {
        const auto its = language.texts().find(name);
        if (its == language.texts().end()) {
            if (!may_be_missing(name)) {
                found.push_back(name + " is missing");
            }
        } else if (placeholders_of(its->second) != placeholders_of(text)) {
            found.push_back(name + " has other placeholders");
        }
    }
    return found;
}

/// The names that the sources say: literals of code, where {} stands for a part of a name, and {{words.NAME}}.
std::vector<std::regex> names_said() {
    static const std::regex name_like(R"([a-z_]+\.(?:[a-z0-9_]+|\{\})(?:\.[a-z0-9_]+)*)");
    static const std::regex of_template(R"(\{\{words\.([\w.]+)\}\})");
    std::vector<std::regex> said;
    const auto add = [&](const std::string& name) {
        said.emplace_back(
            std::regex_replace(std::regex_replace(name, std::regex(R"(\.)"), R"(\.)"), std::regex(R"(\{\})"), "[^.]+") +
            R"((\.one|\.other)?)");
    };
    for (const auto& file : tests::source_files({"src"}, {".cpp", ".h"})) {
        for (const auto& literal : tests::literals(file.text())) {
            if (std::regex_match(literal, name_like)) {
                add(literal);
            }
        }
    }
    for (const auto& file : tests::source_files({"src"}, {".html", ".txt", ".subject"})) {
        const auto text = file.text();
        for (std::sregex_iterator at(text.begin(), text.end(), of_template), end; at != end; ++at) {
            add((*at)[1]);
        }
    }
    return said;
}

}  // namespace

TEST_CASE("every language says what English says, with the same placeholders, and nothing else") {
    CHECK(differences(parsed("a.b = {x}\n"), parsed("a.b = {x} and {x}\n")).empty());
    CHECK(differences(parsed(""), parsed("a.b = c\n")) == std::vector<std::string>{"a.b is missing"});
    CHECK(differences(parsed("a.b = {y}\n"), parsed("a.b = {x}\n")) ==
          std::vector<std::string>{"a.b has other placeholders"});
    REQUIRE(Language::all().size() >= 2);
    for (const auto& language : Language::all()) {
        CAPTURE(language.code());
        CHECK(differences(language, Language::english()) == std::vector<std::string>{});
        CHECK(differences(Language::english(), language) == std::vector<std::string>{});
        CHECK_FALSE(language.text("language.name").empty());
    }
}

TEST_CASE("every text of the catalogue is said somewhere, and every name in a template is of a text") {
    const auto said = names_said();
    for (const auto& entry : Language::english().texts()) {
        const auto& name = entry.first;
        const bool is_said = name == "language.name" || std::any_of(said.begin(), said.end(), [&](const auto& pattern) {
                                 return std::regex_match(name, pattern);
                             });
        INFO(name << " is said nowhere: take it out of src/base/languages");
        CHECK(is_said);
    }
    static const std::regex of_template(R"(\{\{\{?words\.([\w.]+)\}?\}\})");
    for (const auto& file : tests::source_files({"src"}, {".html", ".txt", ".subject"})) {
        if (file.folder() == "src/base/languages") {
            continue;
        }
        const auto text = file.text();
        for (std::sregex_iterator at(text.begin(), text.end(), of_template), end; at != end; ++at) {
            CAPTURE(file.path, (*at)[1].str());
            CHECK(Language::english().texts().contains((*at)[1].str()));
        }
    }
}

TEST_CASE("words for customers stand in the catalogue, and not in a template for them") {
    // What remains of a template without its tags, of HTML and of Mustache, is neither a word nor a sentence.
    static const std::regex tags(R"(<style>[\s\S]*?</style>|<[^>]*>|\{\{\{?[^}]*\}?\}\}|&\w+;)");
    static const std::regex word(R"([A-Za-z]{2,})");
    for (const auto& file : tests::source_files({"src"}, {".html", ".txt", ".subject"})) {
        const bool for_staff = file.name().starts_with("notice.") || file.name().starts_with("test.");
        const bool for_programmers = file.folder() == "src/api/guides" || file.folder() == "src/api/operations";
        if (file.folder() == "src/base/languages" || for_staff || for_programmers) {
            continue;
        }
        const auto left = std::regex_replace(file.text(), tags, " ");
        CAPTURE(file.path, left);
        CHECK_FALSE(std::regex_search(left, word));
    }
}

TEST_CASE("signs stand as each language sets them") {
    // In French a colon and a percent sign have a no-break space before them, other signs of two parts a narrow one.
    const auto is_wide = [](const std::string& before) { return before.ends_with("\u00a0"); };
    const auto is_narrow = [](const std::string& before) { return before.ends_with("\u202f"); };
    for (const auto& [name, text] : french().texts()) {
        CAPTURE(name, text);
        for (std::size_t at = 0; at < text.size(); ++at) {
            const auto before = text.substr(0, at);
            if (name != "format.time" && (text[at] == ':' || text[at] == '%')) {
                CHECK(is_wide(before));
            }
            if (text[at] == ';' || text[at] == '!' || text[at] == '?') {
                CHECK(is_narrow(before));
            }
        }
        CHECK(text.find('\'') == std::string::npos);  // the apostrophe is ’
    }
    for (const auto* language : {&Language::english(), &german(), &spanish()}) {
        for (const auto& [name, text] : language->texts()) {
            CAPTURE(language->code(), name, text);
            CHECK(text.find("\u202f") == std::string::npos);
            for (const auto* const spaced : {" :", " ;", " !", " ?", "\u00a0:", "  "}) {
                CHECK(text.find(spaced) == std::string::npos);
            }
        }
    }
    for (const auto& [name, text] : spanish().texts()) {  // a question or an exclamation has its sign at both ends
        CAPTURE(name, text);
        CHECK((text.find('?') == std::string::npos) == (text.find("¿") == std::string::npos));
        CHECK((text.find('!') == std::string::npos) == (text.find("¡") == std::string::npos));
    }
}

TEST_CASE("a label in a template ends with the language's colon") {
    static const std::regex own_colon(R"(\}\}\)?:(\s|$))");
    CHECK(std::regex_search(std::string("{{words.sum.total}}: {{total}}"), own_colon));
    CHECK_FALSE(std::regex_search(std::string("{{words.sum.total}}{{words.format.colon}} {{total}}"), own_colon));
    for (const auto& file : tests::source_files({"src"}, {".html", ".txt", ".subject"})) {
        const bool for_staff = file.name().starts_with("notice.") || file.name().starts_with("test.");
        if (file.folder() == "src/base/languages" || for_staff) {
            continue;
        }
        CAPTURE(file.path);
        INFO("write {{words.format.colon}}: French has a space before it");
        CHECK_FALSE(std::regex_search(file.text(), own_colon));
    }
}

TEST_CASE("a country's name is in capitals on an envelope, in every language") {
    // None is left of a to z, and none is beyond Latin-1, whose capitals are not known.
    const auto is_small = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (c >= 'a' && c <= 'z') || (byte >= 0xc4 && byte < 0xe0);
    };
    for (const auto& language : Language::all()) {
        for (const auto& [name, text] : language.texts()) {
            if (name.starts_with("country.")) {
                const auto capitals = in_capitals(text);
                CAPTURE(language.code(), name, capitals);
                CHECK_FALSE(std::any_of(capitals.begin(), capitals.end(), is_small));
            }
        }
    }
}

TEST_CASE("a language's file is read line by line, and what is wrong with it is named") {
    const auto language = parsed("# a comment\n\n a.b = x~y = {z}^!  \n");
    CHECK(language.text("a.b") == "x\u00a0y = {z}\u202f!");
    CHECK(language.say("a.b", {{"z", "{a}"}}) == "x\u00a0y = {a}\u202f!");  // a value is no text: its braces stay
    CHECK_THROWS_AS(language.say("a.b"), std::logic_error);
    CHECK_THROWS_AS(language.say("a.c"), std::logic_error);
    for (const std::string line : {"no sign", "a.b =", "= text", "a b = c", "a.b = {", "a.b = }", "a.b = {x",
                                   "a.b = {}", "a.b = {{x}}", "a.b = {x y}"}) {
        CAPTURE(line);
        CHECK(fault_of(kFormatsOfFile + line).find("line 13 ") != std::string::npos);
    }
    CHECK(fault_of(kFormatsOfFile + "a.b = c\na.b = d\n") == "xx: line 14: a.b is there twice");
    CHECK(fault_of("") == "xx: there is no format.decimal");
    auto months = kFormatsOfFile;
    months.replace(months.find(" l\n"), 2, "");
    CHECK(fault_of(months) == "xx: format.months has 11 words, not 12");
    auto ones = kFormatsOfFile;
    ones.replace(ones.find("0 1"), 3, "few");
    CHECK(fault_of(ones) == "\"few\" is not a whole number");
}

TEST_CASE("a number chooses the form of a text, by the language's own rule") {
    const auto& english = Language::english();
    CHECK(english.count("error.wait", 1) == "It can be tried again in 1 second.");
    CHECK(english.count("error.wait", 0) == "It can be tried again in 0 seconds.");
    CHECK(english.count("error.wait", 2) == "It can be tried again in 2 seconds.");
    CHECK(german().count("error.wait", 1) == "In 1 Sekunde können Sie es noch einmal versuchen.");
    CHECK(german().count("error.wait", 3'600) == "In 3.600 Sekunden können Sie es noch einmal versuchen.");
    CHECK(french().count("error.wait", 0) == "Vous pourrez réessayer dans 0 seconde.");
    CHECK(french().count("error.wait", 1) == "Vous pourrez réessayer dans 1 seconde.");
    CHECK(french().count("error.wait", 2) == "Vous pourrez réessayer dans 2 secondes.");
    CHECK(french().count("error.wait", 3'600) == "Vous pourrez réessayer dans 3\u202f600 secondes.");
    CHECK(spanish().count("error.wait", 0) == "Podrá volver a intentarlo dentro de 0 segundos.");
    CHECK(spanish().count("error.wait", 1) == "Podrá volver a intentarlo dentro de 1 segundo.");
    CHECK(spanish().count("error.wait", 3'600) == "Podrá volver a intentarlo dentro de 3600 segundos.");
    // Any language can say 0 as it says 1.
    const auto zero_is_one = parsed("a.one = {n} {what}\na.other = {n} {what}s\n");
    CHECK(zero_is_one.count("a", 0, {{"what", "mug"}}) == "0 mug");
    CHECK(zero_is_one.count("a", 1, {{"what", "mug"}}) == "1 mug");
    CHECK(zero_is_one.count("a", 2, {{"what", "mug"}}) == "2 mugs");
}

TEST_CASE("money is written as the language does, with the currency's own decimals") {
    struct Row {
        std::int64_t minor;
        std::string currency;
        std::string english;
        std::string german;
        std::string french;
        std::string spanish;
    };
    constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
    const std::vector<Row> rows{
        {1'999, "EUR", "€19.99", "19,99\u00a0€", "19,99\u00a0€", "19,99\u00a0€"},
        {-1'999, "EUR", "−€19.99", "−19,99\u00a0€", "−19,99\u00a0€", "−19,99\u00a0€"},
        {0, "EUR", "€0.00", "0,00\u00a0€", "0,00\u00a0€", "0,00\u00a0€"},
        {5, "EUR", "€0.05", "0,05\u00a0€", "0,05\u00a0€", "0,05\u00a0€"},
        {-5, "EUR", "−€0.05", "−0,05\u00a0€", "−0,05\u00a0€", "−0,05\u00a0€"},
        {99'999, "EUR", "€999.99", "999,99\u00a0€", "999,99\u00a0€", "999,99\u00a0€"},
        {100'000, "EUR", "€1,000.00", "1.000,00\u00a0€", "1\u202f000,00\u00a0€", "1000,00\u00a0€"},
        {123'456'789, "USD", "$1,234,567.89", "1.234.567,89\u00a0$", "1\u202f234\u202f567,89\u00a0$US",
         "1.234.567,89\u00a0US$"},
        {250, "GBP", "£2.50", "2,50\u00a0£", "2,50\u00a0£GB", "2,50\u00a0GBP"},
        {500, "JPY", "¥500", "500\u00a0¥", "500\u00a0JPY", "500\u00a0JPY"},
        {-1'234'567, "JPY", "−¥1,234,567", "−1.234.567\u00a0¥", "−1\u202f234\u202f567\u00a0JPY", "−1.234.567\u00a0JPY"},
        {0, "JPY", "¥0", "0\u00a0¥", "0\u00a0JPY", "0\u00a0JPY"},
        {1'234, "KWD", "KWD\u00a01.234", "1,234\u00a0KWD", "1,234\u00a0KWD", "1,234\u00a0KWD"},
        {-1'234'567, "KWD", "−KWD\u00a01,234.567", "−1.234,567\u00a0KWD", "−1\u202f234,567\u00a0KWD",
         "−1234,567\u00a0KWD"},
        {12'345, "CLF", "CLF\u00a01.2345", "1,2345\u00a0CLF", "1,2345\u00a0CLF", "1,2345\u00a0CLF"},
        {1'990, "CHF", "CHF\u00a019.90", "19,90\u00a0CHF", "19,90\u00a0CHF", "19,90\u00a0CHF"},
        {1'990, "CAD", "CA$19.90", "19,90\u00a0CA$", "19,90\u00a0$CA", "19,90\u00a0CAD"},
        {1'990, "AUD", "A$19.90", "19,90\u00a0AU$", "19,90\u00a0$AU", "19,90\u00a0AUD"},
        {kLeast, "EUR", "−€92,233,720,368,547,758.08", "−92.233.720.368.547.758,08\u00a0€",
         "−92\u202f233\u202f720\u202f368\u202f547\u202f758,08\u00a0€", "−92.233.720.368.547.758,08\u00a0€"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.minor, row.currency);
        CHECK(Language::english().money({row.minor}, row.currency) == row.english);
        CHECK(german().money({row.minor}, row.currency) == row.german);
        CHECK(french().money({row.minor}, row.currency) == row.french);
        CHECK(spanish().money({row.minor}, row.currency) == row.spanish);
    }
}

TEST_CASE("numbers and percentages are written as the language does") {
    const auto& english = Language::english();
    CHECK(english.number(0) == "0");
    CHECK(english.number(999) == "999");
    CHECK(english.number(1'000) == "1,000");
    CHECK(german().number(10'000) == "10.000");
    CHECK(german().number(-1'234'567) == "−1.234.567");
    CHECK(english.number(std::numeric_limits<std::int64_t>::min()) == "−9,223,372,036,854,775,808");
    CHECK(french().number(1'000) == "1\u202f000");
    CHECK(french().number(-1'234'567) == "−1\u202f234\u202f567");
    CHECK(spanish().number(9'999) == "9999");  // Spanish groups from five digits on
    CHECK(spanish().number(10'000) == "10.000");
    CHECK(spanish().number(-1'234'567) == "−1.234.567");

    CHECK(english.percent({190'000}) == "19%");
    CHECK(german().percent({190'000}) == "19\u00a0%");
    CHECK(english.percent({88'750}) == "8.875%");
    CHECK(german().percent({88'750}) == "8,875\u00a0%");
    CHECK(french().percent({55'000}) == "5,5\u00a0%");
    CHECK(spanish().percent({52'000}) == "5,2\u00a0%");
    CHECK(german().percent({1}) == "0,0001\u00a0%");
    CHECK(english.percent({0}) == "0%");
    CHECK(english.percent({1'000'000}) == "100%");
}

TEST_CASE("days and times are written as the language does, by the clocks of a place") {
    const auto& english = Language::english();
    const auto day = parse_day("2026-12-03").value();
    CHECK(english.date(day) == "3 December 2026");
    CHECK(german().date(day) == "3. Dezember 2026");
    CHECK(german().date(parse_day("2026-03-01").value()) == "1. März 2026");
    CHECK(english.date(parse_day("2027-01-31").value()) == "31 January 2027");
    CHECK(parsed("").date(parse_day("2027-01-01").value()) == "first a 2027");
    CHECK(french().date(day) == "3 décembre 2026");
    CHECK(french().date(parse_day("2027-08-01").value()) == "1er août 2027");
    CHECK(french().date(parse_day("2027-02-11").value()) == "11 février 2027");
    CHECK(spanish().date(day) == "3 de diciembre de 2026");
    CHECK(spanish().date(parse_day("2027-01-01").value()) == "1 de enero de 2027");

    const auto berlin = find_time_zone("Europe/Berlin");
    const auto new_york = find_time_zone("America/New_York");
    REQUIRE((berlin && new_york));
    const auto midnight = parse_time("2026-12-03T23:05:59.999Z").value();
    CHECK(english.date(midnight, *berlin) == "4 December 2026");
    CHECK(german().date(midnight, *new_york) == "3. Dezember 2026");
    CHECK(english.time(midnight, *berlin) == "4 December 2026, 00:05 CET");
    CHECK(german().time(midnight, *berlin) == "4. Dezember 2026, 00:05 Uhr (CET)");
    CHECK(german().time(midnight, *new_york) == "3. Dezember 2026, 18:05 Uhr (EST)");
    CHECK(french().time(midnight, *berlin) == "4 décembre 2026 à 00:05 (CET)");
    CHECK(spanish().time(midnight, *new_york) == "3 de diciembre de 2026 a las 18:05 (EST)");
    CHECK(english.time(midnight, TimeZone::utc()) == "3 December 2026, 23:05 UTC");
}

TEST_CASE("a country has a name in each language, and an unknown code is shown as it is") {
    CHECK(Language::english().country("AT") == "Austria");
    CHECK(german().country("AT") == "Österreich");
    CHECK(french().country("DE") == "Allemagne");
    CHECK(spanish().country("DE") == "Alemania");
    CHECK(german().country("QQ") == "QQ");
}

TEST_CASE("a language is found by its code, in any case") {
    CHECK(Language::find("de") == &german());
    CHECK(Language::find("DE") == &german());
    for (const auto* none : {"", "d", "deu", "de-DE", "xx", "*"}) {
        CHECK(Language::find(none) == nullptr);
    }
    CHECK(Language::codes() == std::vector<std::string>{"de", "en", "es", "fr"});
}
