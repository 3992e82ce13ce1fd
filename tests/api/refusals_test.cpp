#include "api/refusals.h"

#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "api/openapi.h"
#include "api/server.h"
#include "paths.h"
#include "support/shop.h"

using namespace orderd;
using tests::Shop;

namespace {

/// The codes of every declaration `Refused kSomething{409, "code"` in the sources.
std::set<std::string> declared_codes() {
    const std::regex declaration(R"rx(constexpr Refused k\w+\{\s*\d+,\s*"(\w+)")rx");
    std::set<std::string> codes;
    const auto sources = std::filesystem::path(tests::kSourceFolder) / "src";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(sources)) {
        const auto extension = entry.path().extension();
        const bool is_source = extension == ".h" || extension == ".cpp";
        if (!is_source || entry.path().filename() == "refused.h") {  // whose comment shows one
            continue;
        }
        std::ifstream file(entry.path());
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        for (std::sregex_iterator at(text.begin(), text.end(), declaration), end; at != end; ++at) {
            CAPTURE((*at)[1].str());
            CHECK(codes.insert((*at)[1]).second);  // each code is declared once
        }
    }
    return codes;
}

std::set<std::string> enumerated(const Json& document, const Json& response) {
    const auto* found = &response;
    if (const auto reference = response.find("$ref"); reference != response.end()) {
        found = &document.at(Json::json_pointer(reference->get<std::string>().substr(1)));
    }
    const auto named = found->at("content").at("application/problem+json").at("schema").at("$ref").get<std::string>();
    const auto& schema = document.at(Json::json_pointer(named.substr(1)));
    return schema.at("allOf").at(1).at("properties").at("code").at("enum").get<std::set<std::string>>();
}

}  // namespace

TEST_CASE("A4: every declared refusal is explained in /docs, under its code") {
    Shop shop;
    const auto page = shop.get("/docs").text;
    const auto codes = declared_codes();
    CHECK(codes.size() > 90);
    for (const auto& code : codes) {
        CAPTURE(code);
        CHECK(page.find("<dt id=\"" + code + "\">") != std::string::npos);
    }
}

TEST_CASE("A4: what the routes refuse is explained in /docs, and no code stands for two refusals") {
    Shop shop;
    const auto page = shop.get("/docs").text;
    for (const auto& one : api::all_refusals(shop.app().server().routes())) {  // throws where a code has two meanings
        CAPTURE(one.refused.code());
        CHECK(page.find("<dt id=\"" + std::string(one.refused.code()) + "\">") != std::string::npos);
    }
    for (const auto* decline : {"card_declined", "insufficient_funds", "test_card_required"}) {
        CHECK(page.find("<dt id=\"" + std::string(decline) + "\">") != std::string::npos);
    }
}

TEST_CASE("A4: each operation of the OpenAPI document lists the codes of each problem status") {
    Shop shop;
    const auto document = shop.get("/openapi.json").body;
    for (const auto& row : shop.app().server().routes().rows()) {
        CAPTURE(row.route.method, row.route.path);
        std::string method = row.route.method;
        for (auto& c : method) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        const auto& responses = document.at("paths").at(row.route.path).at(method).at("responses");
        std::map<std::string, std::set<std::string>> wanted;
        for (const auto& refused : api::refusals_of(row.route)) {
            wanted[std::to_string(refused.status())].emplace(refused.code());
        }
        std::map<std::string, std::set<std::string>> listed;
        for (const auto& [status, response] : responses.items()) {
            // What a form's page alone says has no code.
            if (status >= "400" &&
                (response.contains("$ref") || response.at("content").contains("application/problem+json"))) {
                listed[status] = enumerated(document, response);
            }
        }
        CHECK(listed == wanted);
    }
    const auto& pay = document.at("paths").at("/payments").at("post").at("responses");
    CHECK(enumerated(document, pay.at("402")).contains("insufficient_funds"));
    CHECK(enumerated(document, pay.at("409")).contains("already_paid"));
}
