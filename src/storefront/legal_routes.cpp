#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "base/marked_text.h"
#include "base/text.h"
#include "storage/shop_language.h"
#include "storage/shop_zone.h"
#include "storefront/legal.h"
#include "storefront/page.h"

namespace orderd::storefront {

namespace {

using api::Answer;
using api::Request;

const std::string& title_of_text(orders::LegalKind kind, const Language& words) {
    return words.text(fmt::format("legal.{}", orders::kLegalKinds[kind]));
}

/// The version that an address names, in the visitor's language or else in the shop's.
std::optional<orders::LegalText> wanted_text(const storage::View& view, orders::LegalKind kind,
                                             const Language& language, std::optional<std::int64_t> version) {
    if (!version) {
        return orders::text_for(view, kind, language);
    }
    for (const auto* of : {&language, &settings::language(view)}) {
        auto text = orders::find_text(view, {.kind = kind, .version = *version, .language = of->code()});
        if (text && !text->text.empty()) {
            return text;
        }
    }
    return std::nullopt;
}

Answer show_legal_text(Request& in, Desk& desk) {
    const auto visit = visit_of(in, desk);
    const auto kind = orders::kLegalKinds.parse(in.path_text("kind"));
    if (!kind) {
        throw not_found("page");
    }
    const auto version = in.query_integer("version");
    const auto name = std::string(orders::kLegalKinds[*kind]);
    const auto question = fmt::format("legal {} {}", name, version.value_or(0));
    return public_page(in, desk, visit, "legal.html", question, [&](const storage::View& view) {
        const auto text = wanted_text(view, *kind, *visit.language, version);
        if (!text) {
            throw not_found("page");
        }
        const auto now = orders::text_for(view, *kind, *visit.language);
        const auto query = version ? fmt::format("version={}&", *version) : std::string();
        auto values = frame(view, visit, title_of_text(*kind, *visit.language), query);
        values.update({{"text", marked_html(text->text)},
                       {"text_lang", text->of.language},
                       {"version", text->of.version},
                       {"date", visit.language->date(text->created_at, *settings::time_zone(view))},
                       {"is_old", !now || !(now->of == text->of)},
                       {"newest", now ? "./" + name : std::string()},
                       {"no_index", version.has_value()}});
        return values;
    });
}

}  // namespace

void add_legal_page_routes(api::RouteTable& routes, Desk& desk) {
    api::rows_of(routes, "Shop pages", desk)(
        {.method = "GET",
         .path = "/legal/{kind}",
         .name = "shop.legalText",
         .who = api::Who::anyone,
         .summary = "The shop's terms, privacy or withdrawal text, or its imprint; or an earlier version of it",
         .query = page_parameters({{"version", api::Shape::id(), "an earlier version; the newest if absent"}}),
         .answers = {{200, std::nullopt, kPageType}},
         .page = true},
        show_legal_text);
}

Json legal_links(const std::vector<orders::LegalVersion>& texts, const Language& words) {
    auto links = Json::array();
    for (const auto& text : texts) {
        links.push_back({{"text", title_of_text(text.kind, words)},
                         {"href", fmt::format("legal/{}", orders::kLegalKinds[text.kind])}});
    }
    return links;
}

std::string to_field(const std::vector<orders::LegalVersion>& versions) {
    std::string field;
    for (const auto& one : versions) {
        field += fmt::format("{}{}.{}.{}", field.empty() ? "" : ",", orders::kLegalKinds[one.kind], one.version,
                             one.language);
    }
    return field;
}

std::vector<orders::LegalVersion> versions_from_field(std::string_view field) {
    std::vector<orders::LegalVersion> versions;
    while (!field.empty()) {
        const auto end = std::min(field.find(','), field.size());
        const auto one = field.substr(0, end);
        field.remove_prefix(std::min(end + 1, field.size()));
        const auto first = one.find('.');
        const auto last = one.rfind('.');
        if (first == std::string_view::npos || first == last) {
            continue;
        }
        const auto kind = orders::kLegalKinds.parse(one.substr(0, first));
        const auto version = parse_integer(one.substr(first + 1, last - first - 1));
        const auto* language = Language::find(one.substr(last + 1));
        if (kind && version && *version > 0 && language != nullptr) {
            versions.push_back({.kind = *kind, .version = *version, .language = language->code()});
        }
    }
    return versions;
}

}  // namespace orderd::storefront
