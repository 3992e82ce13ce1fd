#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "api/answer.h"
#include "api/request.h"
#include "api/route.h"
#include "storefront/desk.h"
#include "wire/head.h"

namespace orderd::storefront {

// A page of the shop is a template that begins with {{> shop_top}} and ends with {{> shop_bottom}}. Beside its own values
// it has those of frame(). All links begin with {{root}}, the way from the page to the shop's root ("../" on
// /p/{handle}), so that they hold behind a proxy that serves the shop under a folder. No inline styles and scripts: the
// Content-Security-Policy forbids them.

inline constexpr auto kPageType = "text/html; charset=utf-8";

/// A visitor's language, and the shop as it is now.
struct Visit {
    std::shared_ptr<const Face> face;
    const Language* language;
    std::string root;    ///< "./", "../"
    bool chose = false;  ///< the request names the language, and the browser is to keep it

    std::string money(Money amount) const { return language->money(amount, face->currency); }
};

/// The query parameters that every page takes, for a Route's `query`: lang.
std::vector<api::QueryParameter> page_parameters(std::vector<api::QueryParameter> more = {});

/// The language is the one that `lang` names, or else the one that the visitor chose before (a cookie), or that the
/// browser asks for, or the shop's.
Visit visit_of(const api::Request& in, Desk& desk);

/// The same for a page that a shop has only if its pages are on.
///
/// @throws Refusal 404 if they are off
Visit visit_of_open_shop(const api::Request& in, Desk& desk);

/// The same for a page about an order: in the order's language, unless the visitor chooses another.
Visit visit_in(const api::Request& in, Desk& desk, const Language& language);

/// Values of every page: title, head_title, shop_name, shop_address, foot, links, legal, root, style, style_link, logo, collections, languages. A
/// page may add no_index, and those of share() (storefront/sharing.h).
///
/// @param query  what links that change the language have to keep: "q=mug&"; empty for most pages
Json frame(const storage::View& view, const Visit& visit, const std::string& title, const std::string& query = {});

/// The same without collections, if the database need not be read.
Json bare_frame(const Visit& visit, const std::string& title, const std::string& query = {});

/// A page for one visitor. No cache keeps it, and search engines do not list it.
api::Answer personal_page(const api::Request& in, Desk& desk, const Visit& visit, std::string_view name,
                          const Json& values, int status = 200);

/// A page that is the same for everyone who reads that language: printed once for each change of the catalogue or the
/// settings.
///
/// @param question  what tells it from other pages
/// @param values  builds the template's values
api::Answer public_page(const api::Request& in, Desk& desk, const Visit& visit, std::string_view name,
                        const std::string& question, const std::function<Json(const storage::View&)>& values);

/// The page that a browser gets instead of a problem document, in the shop's layout.
///
/// @throws std::exception if the database cannot be read
api::Answer problem_page(Desk& desk, const api::Answer& problem, const wire::Head& head);

}  // namespace orderd::storefront
