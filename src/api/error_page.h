#pragma once

#include <functional>
#include <string_view>
#include <utility>

#include "api/answer.h"
#include "base/language.h"
#include "base/templates.h"
#include "storage/last_known.h"

namespace orderd::api {

/// The values that a page for a problem has, in a language: title, text, status, detail, sign_in, wait, request_id.
Json problem_in_words(const Answer& problem, const Language& language);

/// Gives the page for a problem the problem's headers, such as Allow and Retry-After.
void copy_headers(const Answer& problem, Answer& page);

/// The page that a browser gets instead of a problem document: the template error.html with the shop's name, in the
/// language that the browser asks for, or else the shop's. Thread-safe.
class ErrorPages {
public:
    /// @param shop_values  the shop's values that every page shows: shop_name, shop_address
    ErrorPages(storage::Store& store, const Templates& templates,
               std::function<Json(const storage::View&)> shop_values);

    /// The page for a problem, with the problem's status and headers. If the database cannot be read, it
    /// shows the last known values of the shop.
    ///
    /// @param path  of the request, as it was sent: the page links its style relative to it
    /// @param accept_language  the request's header
    Answer page(const Answer& problem, std::string_view path, std::string_view accept_language);

private:
    /// What is known of the shop.
    struct Shop {
        Json values{{"shop_name", ""}, {"shop_address", Json::array()}};
        const Language* language = &Language::english();
    };
    const Templates& templates_;
    storage::LastKnown<Shop> shop_;
};

}  // namespace orderd::api
