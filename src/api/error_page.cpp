#include "api/error_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "api/conditional.h"
#include "api/pages.h"
#include "storage/shop_language.h"

namespace orderd::api {

namespace {

/// The shop's root, relative to the request: "./../../" from two folders deep. Relative, so that it works
/// behind a proxy that serves the shop under a folder.
std::string root_from(std::string_view path) {
    std::string root = "./";
    const auto folders = std::count(path.begin(), path.end(), '/') - 1;
    for (std::ptrdiff_t i = 0; i < folders; ++i) {
        root += "../";
    }
    return root;
}

std::string header_of(const Answer& answer, std::string_view name) {
    const auto found = std::find_if(answer.headers.begin(), answer.headers.end(),
                                    [&](const auto& header) { return header.first == name; });
    return found == answer.headers.end() ? "" : found->second;
}

/// A status explained to a person who followed a link. `text`: empty for an unusual one.
struct ErrorInWords {
    std::string title;
    std::string text;
};

ErrorInWords error_in_words(int status, const Language& language) {
    const auto title = fmt::format("error.{}.title", status);
    if (!language.texts().contains(title)) {
        return {language.text("error.other.title"), ""};
    }
    return {language.text(title), language.text(fmt::format("error.{}.text", status))};
}

/// "It can be tried again in 30 seconds."; empty without the header Retry-After.
std::string wait_in_words(const Answer& problem, const Language& language) {
    const auto seconds = header_of(problem, "Retry-After");
    return seconds.empty() ? "" : language.count("error.wait", std::stoll(seconds));
}

}  // namespace

ErrorPages::ErrorPages(storage::Store& store, const Templates& templates,
                       std::function<Json(const storage::View&)> shop_values)
    : templates_(templates),
      shop_(store,
            [shop_values = std::move(shop_values)](const storage::View& view) {
                return Shop{.values = shop_values(view), .language = &settings::language(view)};
            },
            {}) {}

Json problem_in_words(const Answer& problem, const Language& language) {
    const auto [title, text] = error_in_words(problem.status, language);
    const auto member = [&](const char* name) { return problem.body.value(name, std::string()); };
    return {{"title", title},
            {"text", text},
            {"status", problem.status},
            {"detail", text.empty() ? member("detail") : std::string()},
            {"sign_in", problem.status == 401},
            {"wait_seconds", header_of(problem, "Retry-After")},
            {"wait", wait_in_words(problem, language)},
            {"request_id", problem.status >= 500 ? member("request_id") : std::string()}};
}

void copy_headers(const Answer& problem, Answer& page) {
    for (const auto& header : problem.headers) {
        if (header.first != "Cache-Control") {
            page.headers.push_back(header);
        }
    }
}

Answer ErrorPages::page(const Answer& problem, std::string_view path, std::string_view accept_language) {
    auto [values, shops] = *shop_.get();
    const auto* const asked = asked_language(accept_language);
    const auto& language = asked == nullptr ? *shops : *asked;
    values.update(problem_in_words(problem, language));
    values["root"] = root_from(path);
    auto answer = api::page(templates_, "error.html", values, language, problem.status);
    copy_headers(problem, answer);
    return answer;
}

}  // namespace orderd::api
