#include "api/guides.h"

#include <fmt/format.h>

#include "base/text.h"

namespace orderd::api {

namespace {

constexpr std::string_view kHeading = "<h1>";

std::string guide_title(const embedded::Guide& guide) {
    const auto from = guide.html.find(kHeading) + kHeading.size();
    return std::string(guide.html.substr(from, guide.html.find("</h1>") - from));
}

/// Gives each example what the keyboard needs to scroll it (WCAG 2.1.1).
std::string with_regions(std::string_view html) {
    constexpr std::string_view kExample = "<pre ";
    std::string out;
    int number = 0;
    for (auto at = html.find(kExample); at != std::string_view::npos; at = html.find(kExample)) {
        out.append(html.substr(0, at + kExample.size()));
        out += fmt::format(R"(tabindex="0" role="region" aria-label="Example {}" )", ++number);
        html.remove_prefix(at + kExample.size());
    }
    return out.append(html);
}

}  // namespace

std::string guide_links(std::string_view shown) {
    std::string out = "<div><h2>Guides</h2><ul>\n";
    for (const auto& guide : embedded::guides()) {
        out += fmt::format("<li><a href=\"/docs/guides/{}\"{}>{}</a>\n", guide.name,
                           guide.name == shown ? " aria-current=\"page\"" : "", guide_title(guide));
    }
    return out + "</ul></div>\n";
}

std::string guide_page(const embedded::Guide& guide) {
    return fmt::format(R"html(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{} · orderd</title>
<link rel="stylesheet" href="/docs/style.css">
<script src="/docs/script.js" defer></script>
<body>
<a class="skip" href="#main">To the content</a>
<nav aria-label="Guides">
<p class="name">orderd <small>API</small></p>
<p><a href="/docs">All routes</a></p>
{}</nav>
<main id="main" class="guide">
<p class="who">The examples are for a shell with two variables, as <a href="/docs#introduction">the reference</a> sets them: ORDERD,
the shop's address, and TOKEN, of somebody of the shop. They run as they stand in a shop of <code>orderd demo</code>.
{}</main>
)html",
                       guide_title(guide), guide_links(guide.name), with_regions(guide.html));
}

}  // namespace orderd::api
