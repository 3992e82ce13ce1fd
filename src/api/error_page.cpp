#include "api/error_page.h"

#include <algorithm>
#include <exception>
#include <string>

#include "api/pages.h"

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

}  // namespace

ErrorInWords error_in_words(int status) {
    switch (status) {
        case 401:
            return {"Please sign in", "This page is for people who are signed in, and your session may have ended."};
        case 403: return {"Not allowed", "You are signed in, but this page needs another role than yours."};
        case 404:
            return {
                "Page not found",
                "There is nothing at this address. If you followed a link from an e-mail, it may have been cut off: "
                "copy all of it into the address bar."};
        case 405:
            return {"That does not work here", "This address exists, but it does not allow this kind of request."};
        case 410: return {"No longer here", "This page has been removed."};
        case 429: return {"Too many requests", "Please wait a moment, then load the page again."};
        case 500:
            return {"Something went wrong", "This is our fault, not yours. It has been noted; please try again later."};
        case 503: return {"Just a moment", "The shop is busy or being looked after. Please try again in a moment."};
        case 507: return {"Just a moment", "The shop cannot store anything just now. Please try again later."};
        default: return {"That did not work", ""};
    }
}

Json ErrorPages::shop() {
    const MutexLock lock(mutex_);
    const auto generation = store_.generation(storage::Topic::settings);
    const auto now = Clock::now();
    if (generation != generation_ && now >= next_try_) {
        try {
            known_ = shop_values_(store_.read_apart());
            generation_ = generation;
        } catch (const std::exception&) {
            next_try_ = now + kPause;  // the database's trouble is reported elsewhere; do not retry for each page
        }
    }
    return known_;
}

Answer ErrorPages::page(const Answer& problem, std::string_view path) {
    const int status = problem.status;
    const auto [title, text] = error_in_words(status);
    auto values = shop();
    const auto member = [&](const char* name) { return problem.body.value(name, std::string()); };
    const bool explained = !text.empty();
    values["title"] = title;
    values["text"] = text;
    values["status"] = status;
    values["root"] = root_from(path);
    values["detail"] = explained ? std::string() : member("detail");
    values["sign_in"] = status == 401;
    values["wait_seconds"] = header_of(problem, "Retry-After");
    values["request_id"] = status >= 500 ? member("request_id") : std::string();
    auto answer = api::page(templates_, "error.html", values, status);
    for (const auto& header : problem.headers) {
        if (header.first != "Cache-Control") {
            answer.headers.push_back(header);
        }
    }
    return answer;
}

}  // namespace orderd::api
