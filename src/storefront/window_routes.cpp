#include <fmt/format.h>

#include <array>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

#include "base/address.h"
#include "base/errors.h"
#include "base/fair_queue.h"
#include "base/text.h"
#include "catalog/collections.h"
#include "catalog/list_routes.h"
#include "catalog/logo.h"
#include "storefront/cards.h"
#include "storefront/colours.h"
#include "storefront/page.h"
#include "storefront/routes.h"
#include "storefront/sharing.h"
#include "wire/head.h"

namespace orderd::storefront {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer show_window(Request& in, Desk& desk);
Answer show_collection(Request& in, Desk& desk);
Answer show_style(Request& in, Desk& desk);
Answer preview_window(Request& in, Desk& desk);
Answer preview_style(Request& in, Desk& desk);

constexpr std::int64_t kPageEntries = 24;  ///< a multiple of 2, 3 and 4 columns
constexpr auto kDashboard = "/dashboard/";

struct SortLink {
    std::string_view sort;
    std::string_view words;
};
constexpr std::array kSortLinks{SortLink{"newest", "shop.sort_newest"}, SortLink{"name", "shop.sort_name"},
                                SortLink{"price", "shop.sort_price"}, SortLink{"-price", "shop.sort_price_down"}};

/// How the pages would look, as the settings have it.
std::vector<api::QueryParameter> look_parameters() {
    return {{"accent", Shape::text(7, 7), "the colour of buttons and links"},
            {"headings", Shape::one_of(kLetterings.list()), "the letters of headings"}};
}

api::QueryParameter sort_parameter() {
    return {"sort", Shape::one_of({"newest", "oldest", "name", "-name", "price", "-price"}), "newest if absent"};
}

}  // namespace

void add_window_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Shop pages", desk);
    add({.method = "GET",
         .path = "/",
         .name = "shop.window",
         .who = Who::anyone,
         .summary = "The shop's window as a page, and its search; 303 to the dashboard while the shop's pages are off",
         .query = page_parameters({{"q", Shape::text(0, 200), "words to look for"}, sort_parameter()}),
         .paged = true,
         .answers = {{200, std::nullopt, kPageType}, {303, std::nullopt}},
         .page = true},
        show_window);
    add({.method = "GET",
         .path = "/c/{handle}",
         .name = "shop.collection",
         .who = Who::anyone,
         .summary = "What is in a collection, by its handle or id, as a page",
         .query = page_parameters({sort_parameter()}),
         .paged = true,
         .answers = {{200, std::nullopt, kPageType}},
         .page = true},
        show_collection);
    add({.method = "GET",
         .path = "/pages/shop.css",
         .name = "shop.style",
         .who = Who::anyone,
         .summary = "The style of the shop's pages",
         .query = {{"v", Shape::text(0, 64), "its version; with the one that is in use, it may be kept for long"}},
         .answers = {{200, std::nullopt, "text/css; charset=utf-8"}},
         .page = true},
        show_style);
    const auto add_setting = api::rows_of(routes, "Settings", desk);
    auto look = look_parameters();
    add_setting({.method = "GET",
                 .path = "/admin/storefront/preview.css",
                 .name = "shop.previewStyle",
                 .who = Who::owner,
                 .summary = "The style of the shop's pages with other colours and letters than it has",
                 .query = look,
                 .answers = {{200, std::nullopt, "text/css; charset=utf-8"}}},
                preview_style);
    look.push_back({"intro", Shape::lines(0, kMaxIntro), "at the top of the first page"});
    look.push_back({"logo", Shape::text(0, 40), "the hash of a logo; empty: none"});
    add_setting({.method = "GET",
                 .path = "/admin/storefront/preview",
                 .name = "shop.preview",
                 .who = Who::owner,
                 .summary = "The shop's window as it would look with other settings, before they are saved",
                 .query = page_parameters(look),
                 .answers = {{200, std::nullopt, kPageType}}},
                preview_window);
}

namespace {

/// A list of the shop's window, as a page shows it.
struct List {
    std::string path;     ///< from the shop's root: "", "c/gifts"
    std::string title;    ///< its heading
    std::string nothing;  ///< said if it is empty
    catalog::Search search;
};

/// A link within a list: "./?q=mug&sort=price".
std::string list_link(const List& list, const Visit& visit,
                      std::initializer_list<std::pair<std::string_view, std::string>> parameters) {
    std::string link = visit.root + list.path;
    char separator = '?';
    for (const auto& [name, value] : parameters) {
        if (!value.empty()) {
            link += fmt::format("{}{}={}", std::exchange(separator, '&'), name, wire::percent_encoded(value));
        }
    }
    return link;
}

/// The list as it was asked for. A cursor is for these very parameters.
std::string same_list(const Request& in, const List& list, const Visit& visit, const std::string& cursor) {
    return list_link(list, visit,
                     {{"q", in.query("q").value_or("")}, {"sort", in.query("sort").value_or("")}, {"cursor", cursor}});
}

Json sort_links(const Request& in, const List& list, const Visit& visit) {
    const auto chosen = in.query("sort").value_or(std::string(kSortLinks.front().sort));
    auto links = Json::array();
    for (const auto& [sort, words] : kSortLinks) {
        const std::string other(sort == kSortLinks.front().sort ? "" : sort);
        links.push_back({{"text", visit.language->text(words)},
                         {"chosen", sort == chosen},
                         {"href", list_link(list, visit, {{"q", in.query("q").value_or("")}, {"sort", other}})}});
    }
    return links;
}

/// What a link that changes the language keeps: "q=mug&".
std::string kept_query(const Request& in) {
    std::string query;
    for (const auto* name : {"q", "sort"}) {
        const auto value = in.query(name).value_or("");
        query += value.empty() ? "" : fmt::format("{}={}&", name, wire::percent_encoded(value));
    }
    return query;
}

Json list_values(const Request& in, Desk& desk, const storage::View& view, const Visit& visit, const List& list) {
    const auto found = catalog::window(view, list.search, {.limit = kPageEntries, .after = in.page().after});
    const bool is_first = !in.page().after;
    auto values = frame(view, visit, list.title, kept_query(in));
    values.update({{"q", list.search.q},
                   {"cards", cards(view, found.rows, visit, kFirstRow)},
                   {"has_cards", !found.rows.empty()},
                   {"nothing", list.nothing},
                   {"sorts", sort_links(in, list, visit)},
                   {"is_paged", !is_first || !found.after.is_null()},
                   {"first_page", is_first ? "" : same_list(in, list, visit, "")},
                   {"next_page", found.after.is_null() ? "" : same_list(in, list, visit, in.cursor_after(found.after))},
                   {"no_index", !is_first || !list.search.q.empty()}});
    const bool is_home = list.path.empty() && list.search.q.empty();
    if (is_home) {
        values["intro"] = !visit.face->settings.intro.empty();
        values["head_title"] = values.at("shop_name");
    }
    share(values, desk.url(),
          {.path = list.path,
           .type = "website",
           .title = is_home ? values.at("shop_name").get<std::string>() : list.title,
           .text = visit.face->settings.intro});
    return values;
}

Answer show_list(Request& in, Desk& desk, const Visit& visit, const std::string& name,
                 const std::function<List(const storage::View&)>& list_of) {
    std::optional<FairQueue::Turn> turn;
    if (catalog::narrows(in)) {
        turn.emplace(desk.catalog.searches, stranger_at(in.caller().address));
    }
    return public_page(in, desk, visit, "window.html", catalog::question(in, name),
                       [&](const storage::View& view) { return list_values(in, desk, view, visit, list_of(view)); });
}

List home_list(const Request& in, const Visit& visit) {
    const auto& words = *visit.language;
    List list{.path = "", .title = {}, .nothing = words.text("shop.nothing_yet"), .search = catalog::search_of(in)};
    list.search.q = trimmed(list.search.q);
    const auto& intro = visit.face->settings.intro;
    if (list.search.q.empty()) {
        list.title = intro.empty() ? words.text("shop.all_products") : intro;
    } else {
        list.title = words.say("shop.search_for", {{"q", list.search.q}});
        list.nothing = words.text("shop.nothing_found");
    }
    return list;
}

Answer show_window(Request& in, Desk& desk) {
    const auto visit = visit_of(in, desk);
    if (!visit.face->settings.on) {
        return api::see_other(kDashboard);
    }
    return show_list(in, desk, visit, "window", [&](const storage::View&) { return home_list(in, visit); });
}

Answer show_collection(Request& in, Desk& desk) {
    const auto visit = visit_of_open_shop(in, desk);
    const auto handle = in.path_text("handle");
    return show_list(in, desk, visit, "collection " + handle, [&](const storage::View& view) {
        const auto id = catalog::find_collection(view, handle);
        if (!id) {
            throw not_found("collection");
        }
        const auto collection = catalog::get_collection(view, *id);
        List list{.path = "c/" + collection.handle,
                  .title = collection.name,
                  .nothing = visit.language->text("shop.nothing_yet"),
                  .search = catalog::search_of(in)};
        list.search.collection = id;
        return list;
    });
}

Answer show_style(Request& in, Desk& desk) {
    const auto face = desk.faces.get();
    const bool is_current = in.query("v") == face->style_version();
    return api::printed({face, &face->style}, "text/css; charset=utf-8", face->style_etag)
        .header("Cache-Control", is_current ? "public, max-age=31536000, immutable" : "no-cache");
}

/// The shop's settings with what is tried out.
Settings settings_to_try(const Request& in, Settings settings) {
    const auto accent = in.query("accent").value_or("");
    settings.accent = parse_colour(accent) ? accent : settings.accent;
    if (const auto headings = in.query("headings")) {
        settings.headings = kLetterings.stored(*headings);
    }
    settings.intro = in.query("intro").value_or(settings.intro);
    return settings;
}

Answer preview_style(Request& in, Desk& desk) {
    auto style = style_of(desk.templates, settings_to_try(in, desk.faces.get()->settings));
    return {.text = std::make_shared<const std::string>(std::move(style)), .content_type = "text/css; charset=utf-8"};
}

Answer preview_window(Request& in, Desk& desk) {
    auto visit = visit_of(in, desk);
    auto face = std::make_shared<Face>(*visit.face);
    face->settings = settings_to_try(in, face->settings);
    visit.face = face;
    const auto view = in.read();
    auto values = list_values(in, desk, view, visit, home_list(in, visit));
    values["style_link"] =
        fmt::format("preview.css?accent={}&headings={}", wire::percent_encoded(face->settings.accent),
                    kLetterings[face->settings.headings]);
    if (const auto logo = in.query("logo")) {
        values["logo"] = catalog::logo_values(catalog::find_logo(view, *logo));
    }
    values["is_open"] = true;
    return personal_page(in, desk, visit, "window.html", values);
}

}  // namespace

}  // namespace orderd::storefront
