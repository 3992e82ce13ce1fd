#include "storefront/site_map.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "catalog/collections.h"

namespace orderd::storefront {

namespace {

constexpr auto kNewest = R"sql(
    SELECT max(ifnull((SELECT max(id) FROM product), 0), ifnull((SELECT max(id) FROM product_group), 0))
)sql";
constexpr auto kPages = R"sql(
    SELECT handle, updated_at FROM product WHERE id BETWEEN ?1 AND ?2 AND group_id IS NULL AND +status = 'active'
    UNION ALL
    SELECT handle, updated_at FROM product_group WHERE id BETWEEN ?1 AND ?2 AND price_from IS NOT NULL
)sql";
constexpr auto kHead = R"(<?xml version="1.0" encoding="UTF-8"?>)";
constexpr auto kMappedNames = R"(xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")";

}  // namespace

std::int64_t site_map_parts(const storage::View& view) {
    return std::max<std::int64_t>(1, (view.value<std::int64_t>(kNewest).value() + kIdsOfPart - 1) / kIdsOfPart);
}

std::string site_map(const storage::View& view, const std::string& shop_url) {
    const auto parts = site_map_parts(view);
    if (parts == 1) {
        return site_map_part(view, shop_url, 1);
    }
    auto text = fmt::format("{}\n<sitemapindex {}>\n", kHead, kMappedNames);
    for (std::int64_t part = 1; part <= parts; ++part) {
        text += fmt::format("<sitemap><loc>{}/sitemap/{}.xml</loc></sitemap>\n", escape_html(shop_url), part);
    }
    return text + "</sitemapindex>\n";
}

std::string site_map_part(const storage::View& view, const std::string& shop_url, std::int64_t part) {
    const auto url = escape_html(shop_url);
    auto text = fmt::format("{}\n<urlset {}>\n", kHead, kMappedNames);
    if (part == 1) {
        text += fmt::format("<url><loc>{}/</loc></url>\n", url);
        for (const auto& collection : catalog::collections(view)) {
            text += fmt::format("<url><loc>{}/c/{}</loc></url>\n", url, collection.handle);
        }
    }
    view.each(
        kPages,
        [&](const storage::Row& row) {
            text += fmt::format("<url><loc>{}/p/{}</loc><lastmod>{}</lastmod></url>\n", url, row.get<std::string>(0),
                                rfc3339(row.get<Time>(1)));
        },
        (part - 1) * kIdsOfPart + 1, part * kIdsOfPart);
    return text + "</urlset>\n";
}

}  // namespace orderd::storefront
