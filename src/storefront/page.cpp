#include "storefront/page.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/conditional.h"
#include "api/error_page.h"
#include "api/response.h"
#include "base/text.h"
#include "catalog/collections.h"
#include "fulfillment/delivery_values.h"
#include "storefront/legal.h"
#include "wire/session_cookie.h"

namespace orderd::storefront {

namespace {

constexpr std::string_view kLanguageCookie = "shop_language";
constexpr auto kLanguageKept = days(365);
constexpr std::size_t kCollectionsShown = 8;  ///< at the head of each page

/// The way to the shop's root from a path that is so deep: "./" from "/basket", "../" from "/p/mug".
std::string root_of(std::string_view path) {
    std::string root = "./";
    const auto slashes = std::count(path.begin(), path.end(), '/');
    for (std::ptrdiff_t i = 1; i < slashes; ++i) {
        root = i == 1 ? "../" : root + "../";
    }
    return root;
}

const Language& language_of(std::string_view cookies, std::string_view accept_language, const Face& face) {
    for (const bool secure : {true, false}) {
        if (const auto* kept = Language::find(wire::host_cookie_of(cookies, kLanguageCookie, secure))) {
            return *kept;
        }
    }
    const auto* asked = api::asked_language(accept_language);
    return asked == nullptr ? *face.language : *asked;
}

api::Answer html(const Visit& visit, bool secure, int status) {
    auto answer = api::Answer{.status = status, .content_type = kPageType}.header("Vary", "Accept-Language, Cookie");
    if (visit.chose) {
        answer.headers.emplace_back("Set-Cookie", wire::host_cookie(kLanguageCookie, visit.language->code(),
                                                                    kLanguageKept, secure, wire::SameSite::lax));
    }
    return answer;
}

/// A link of the shop's own, which may lead to one of its pages: "/terms" becomes "terms" from the root.
Json link_values(const FootLink& link, const std::string& root) {
    const bool is_here = link.url.starts_with('/');
    return {{"text", link.text}, {"url", is_here ? root + link.url.substr(1) : link.url}};
}

}  // namespace

std::vector<api::QueryParameter> page_parameters(std::vector<api::QueryParameter> more) {
    more.push_back(
        {"lang", api::Shape::text(0, 16), "the language to show, and to keep from now on: a language's code"});
    return more;
}

Visit visit_of(const api::Request& in, Desk& desk) {
    Visit visit{.face = desk.faces.get(), .language = nullptr, .root = root_of(in.route().path)};
    if (const auto wanted = in.query("lang")) {
        visit.language = Language::find(*wanted);
        visit.chose = visit.language != nullptr;
    }
    if (visit.language == nullptr) {
        visit.language = &language_of(in.header("cookie"), in.header("accept-language"), *visit.face);
    }
    return visit;
}

Visit visit_of_open_shop(const api::Request& in, Desk& desk) {
    auto visit = visit_of(in, desk);
    if (!visit.face->settings.on) {
        throw not_found("page");
    }
    return visit;
}

Visit visit_in(const api::Request& in, Desk& desk, const Language& language) {
    auto visit = visit_of(in, desk);
    if (!visit.chose) {
        visit.language = &language;
    }
    return visit;
}

Json bare_frame(const Visit& visit, const std::string& title, const std::string& query) {
    const auto& face = *visit.face;
    auto values = face.shop.at(visit.language);
    const auto name = values.at("shop_name").get<std::string>();
    auto links = Json::array();
    for (const auto& link : face.settings.links) {
        links.push_back(link_values(link, visit.root));
    }
    auto legal = legal_links(face.legal.at(visit.language), *visit.language);
    auto languages = Json::array();
    for (const auto& language : Language::all()) {
        languages.push_back({{"code", language.code()},
                             {"name", language.text("language.name")},
                             {"chosen", &language == visit.language},
                             {"href", fmt::format("?{}lang={}", query, language.code())}});
    }
    values.update({{"title", title},
                   {"head_title", title == name || name.empty() ? title : title + " · " + name},
                   {"root", visit.root},
                   {"style", face.style_version()},
                   {"style_link", visit.root + "pages/shop.css?v=" + face.style_version()},
                   {"is_open", face.settings.on},
                   {"withdrawal", face.settings.withdrawal},
                   {"foot", fulfillment::lines_of(face.settings.foot)},
                   {"has_links", !links.empty()},
                   {"links", std::move(links)},
                   {"has_legal", !legal.empty()},
                   {"legal", std::move(legal)},
                   {"languages", std::move(languages)},
                   {"has_collections", false},
                   {"collections", Json::array()}});
    return values;
}

Json frame(const storage::View& view, const Visit& visit, const std::string& title, const std::string& query) {
    auto values = bare_frame(visit, title, query);
    auto shown = Json::array();
    for (const auto& collection : catalog::collections(view)) {
        if (shown.size() == kCollectionsShown) {
            break;
        }
        shown.push_back({{"name", collection.name}, {"handle", collection.handle}, {"chosen", false}});
    }
    values["has_collections"] = !shown.empty();
    values["collections"] = std::move(shown);
    return values;
}

api::Answer personal_page(const api::Request& in, Desk& desk, const Visit& visit, std::string_view name,
                          const Json& values, int status) {
    auto answer = html(visit, in.secure(), status);
    answer.text = std::make_shared<const std::string>(desk.templates.render(name, values, *visit.language));
    answer.headers.emplace_back("Cache-Control", "no-store");
    answer.headers.emplace_back("X-Robots-Tag", "noindex, nofollow");
    return answer;
}

api::Answer public_page(const api::Request& in, Desk& desk, const Visit& visit, std::string_view name,
                        const std::string& question, const std::function<Json(const storage::View&)>& values) {
    const auto key = fmt::format("{} {} {}", visit.language->code(), visit.face->generation, question);
    const auto printed = desk.printed.get(key, [&](const storage::View& view) {
        auto text = std::make_shared<const std::string>(desk.templates.render(name, values(view), *visit.language));
        auto etag = api::etag_of(*text);
        return catalog::Printed{.text = std::move(text), .etag = std::move(etag)};
    });
    auto answer = html(visit, in.secure(), 200);
    answer.text = printed->text;
    answer.etag = printed->etag;
    return answer;
}

api::Answer problem_page(Desk& desk, const api::Answer& problem, const wire::Head& head) {
    Visit visit{.face = desk.faces.get(), .language = nullptr, .root = root_of(head.path())};
    visit.language = &language_of(head.header("cookie"), head.list_header("accept-language"), *visit.face);
    auto values = bare_frame(visit, "");
    const auto words = api::problem_in_words(problem, *visit.language);
    const auto name = values.at("shop_name").get<std::string>();
    values["head_title"] = words.at("title").get<std::string>() + " · " + name;
    values.update(words);
    auto answer = html(visit, false, problem.status);
    answer.text =
        std::make_shared<const std::string>(desk.templates.render("shop_error.html", values, *visit.language));
    api::copy_headers(problem, answer);
    return answer;
}

}  // namespace orderd::storefront
