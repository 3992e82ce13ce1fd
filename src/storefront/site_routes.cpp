#include <fmt/format.h>

#include <array>

#include "api/response.h"
#include "base/errors.h"
#include "base/text.h"
#include "storefront/cards.h"
#include "storefront/colours.h"
#include "storefront/page.h"
#include "storefront/routes.h"
#include "storefront/site_map.h"

namespace orderd::storefront {

namespace {

using api::Answer;
using api::Request;
using api::Who;

Answer show_robots(Request& in, Desk& desk);
Answer show_site_map(Request& in, Desk& desk);
Answer show_site_map_part(Request& in, Desk& desk);
Answer show_icon(Request& in, Desk& desk);

constexpr auto kXml = "application/xml; charset=utf-8";

}  // namespace

void add_site_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Shop pages", desk);
    add({.method = "GET",
         .path = "/robots.txt",
         .name = "shop.robots",
         .who = Who::anyone,
         .summary = "What search engines should pass over, and where the site map is (RFC 9309)",
         .answers = {{200, std::nullopt, "text/plain; charset=utf-8"}},
         .page = true},
        show_robots);
    add({.method = "GET",
         .path = "/sitemap.xml",
         .name = "shop.siteMap",
         .who = Who::anyone,
         .summary = "The addresses of all goods and collections (sitemaps.org), or of the map's parts",
         .answers = {{200, std::nullopt, kXml}},
         .page = true},
        show_site_map);
    add({.method = "GET",
         .path = "/sitemap/{part}.xml",
         .name = "shop.siteMapPart",
         .who = Who::anyone,
         .summary = "A part of the site map of a large shop",
         .answers = {{200, std::nullopt, kXml}},
         .page = true},
        show_site_map_part);
    add({.method = "GET",
         .path = "/favicon.svg",
         .name = "shop.icon",
         .who = Who::anyone,
         .summary = "The shop's first letter in its colour, for browsers' tabs",
         .answers = {{200, std::nullopt, "image/svg+xml"}},
         .page = true},
        show_icon);
}

namespace {

std::shared_ptr<const Face> face_of_open_shop(Desk& desk) {
    auto face = desk.faces.get();
    if (!face->settings.on) {
        throw not_found("page");
    }
    return face;
}

Answer show_robots(Request&, Desk& desk) {
    face_of_open_shop(desk);
    constexpr std::array<std::string_view, 9> kPassedOver{"/basket",    "/checkout", "/account", "/o/",      "/pay/",
                                                          "/dashboard", "/admin",    "/track/",  "/receipt/"};
    std::string text = "User-agent: *\n";
    for (const auto path : kPassedOver) {
        text += fmt::format("Disallow: {}\n", path);
    }
    text += fmt::format("\nSitemap: {}/sitemap.xml\n", desk.url());
    return {.text = std::make_shared<const std::string>(std::move(text)), .content_type = "text/plain; charset=utf-8"};
}

Answer printed_map(Desk& desk, const std::string& question,
                   const std::function<std::string(const storage::View&)>& make) {
    const auto face = face_of_open_shop(desk);
    const auto printed = desk.printed.get("site map " + question, [&](const storage::View& view) {
        auto text = std::make_shared<const std::string>(make(view));
        auto etag = api::etag_of(*text);
        return catalog::Printed{.text = std::move(text), .etag = std::move(etag)};
    });
    return api::printed(printed->text, kXml, printed->etag);
}

Answer show_site_map(Request&, Desk& desk) {
    return printed_map(desk, "", [&](const storage::View& view) { return site_map(view, desk.url()); });
}

Answer show_site_map_part(Request& in, Desk& desk) {
    const auto part = in.id("part");
    return printed_map(desk, std::to_string(part), [&](const storage::View& view) {
        if (part > site_map_parts(view)) {
            throw not_found("part of the site map");
        }
        return site_map_part(view, desk.url(), part);
    });
}

Answer show_icon(Request&, Desk& desk) {
    const auto face = desk.faces.get();
    const auto name = face->shop.at(face->language).at("shop_name").get<std::string>();
    auto text = fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="{}"/>)"
        R"(<text x="16" y="23" font-family="Georgia, serif" font-size="21" text-anchor="middle" fill="{}">{}</text></svg>)",
        face->settings.accent, to_text(text_on(parse_colour(face->settings.accent).value())),
        escape_html(name.empty() ? "" : initial_of(name)));
    return {.text = std::make_shared<const std::string>(std::move(text)), .content_type = "image/svg+xml"};
}

}  // namespace

}  // namespace orderd::storefront
