#include "api/error_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <string>

#include "api/conditional.h"
#include "api/pages.h"
#include "storage/shop_language.h"

namespace orderd::api {

namespace {

constexpr auto kPause = std::chrono::seconds(1);

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

ErrorPages::Shop ErrorPages::shop() {
    const MutexLock lock(mutex_);
    const auto generation = store_.generation(storage::Topic::settings);
    const auto now = Clock::now();
    if (generation != generation_ && now >= next_try_) {
        try {
            const auto view = store_.read_apart();
            known_ = {.values = shop_values_(view), .language = &settings::language(view)};
            generation_ = generation;
        } catch (const std::exception&) {
            next_try_ = now + kPause;  // the database's trouble is reported elsewhere; do not retry for each page
        }
    }
    return known_;
}

Answer ErrorPages::page(const Answer& problem, std::string_view path, std::string_view accept_language) {
    const int status = problem.status;
    auto [values, shops] = shop();
    const auto* const asked = asked_language(accept_language);
    const auto& language = asked == nullptr ? *shops : *asked;
    const auto [title, text] = error_in_words(status, language);
    const auto member = [&](const char* name) { return problem.body.value(name, std::string()); };
    const bool explained = !text.empty();
    values["title"] = title;
    values["text"] = text;
    values["status"] = status;
    values["root"] = root_from(path);
    values["detail"] = explained ? std::string() : member("detail");
    values["sign_in"] = status == 401;
    values["wait_seconds"] = header_of(problem, "Retry-After");
    values["wait"] = wait_in_words(problem, language);
    values["request_id"] = status >= 500 ? member("request_id") : std::string();
    auto answer = api::page(templates_, "error.html", values, language, status);
    for (const auto& header : problem.headers) {
        if (header.first != "Cache-Control") {
            answer.headers.push_back(header);
        }
    }
    return answer;
}

}  // namespace orderd::api
