#include "api/web.h"

#include "api/conditional.h"
#include "base/embedded.h"
#include "base/errors.h"

namespace orderd::api {
namespace {

constexpr std::string_view kRoot = "/dashboard/";
constexpr std::string_view kIndex = "index.html";
constexpr std::string_view kScreens = "screens.txt";  ///< from the dashboard's build; a pattern a line: "/orders/:id"

/// Whether a file never changes, because its name contains its content's hash: Vite puts such files into assets/.
bool never_changes(std::string_view path) { return path.starts_with("assets/"); }

/// A path without a file extension is a page of the dashboard, which its own router shows.
bool is_page(std::string_view path) { return path.rfind('.') == std::string_view::npos; }

/// Removes and returns the text before the next separator.
std::string_view take_until(std::string_view& text, char separator) {
    const auto end = text.find(separator);
    const auto piece = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    return piece;
}

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_word(std::string_view text) {
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

/// Whether a path below /dashboard/ matches a screen's pattern, in which ":id" stands for a number, and what else has a
/// colon for a word.
bool fits(std::string_view pattern, std::string_view path) {
    while (!pattern.empty() || !path.empty()) {
        const auto wanted = take_until(pattern, '/');
        const auto given = take_until(path, '/');
        const bool is_one = wanted == ":id"           ? is_digits(given)
                            : wanted.starts_with(':') ? is_word(given)
                                                      : wanted == given;
        if (!is_one) {
            return false;
        }
    }
    return true;
}

/// Whether the dashboard has a screen at this path. For an unknown path it shows its own page, but link
/// checkers and a browser's history need the right status.
bool is_screen(std::string_view path) {
    const auto* list = embedded::web_file(kScreens);
    if (list == nullptr) {
        return true;
    }
    while (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    for (auto lines = list->identity; !lines.empty();) {
        const auto pattern = take_until(lines, '\n');
        if (!pattern.empty() && fits(pattern.substr(1), path)) {
            return true;
        }
    }
    return false;
}

Answer file_answer(const embedded::File& file, std::string_view accepted) {
    // The bytes are not copied: they live as long as the program.
    Answer answer{.content_type = std::string(file.content_type), .etag = std::string(file.etag)};
    auto bytes = file.identity;
    const auto use = [&](std::string_view coding, std::string_view compressed) {
        bytes = compressed;
        answer.headers.emplace_back("Content-Encoding", coding);
        // A compressed representation needs its own entity tag (RFC 9110, section 8.8.3.3).
        answer.etag.insert(answer.etag.size() - 1, std::string("-").append(coding));
    };
    if (!file.brotli.empty() && accepts_encoding(accepted, "br")) {
        use("br", file.brotli);
    } else if (!file.gzip.empty() && accepts_encoding(accepted, "gzip")) {
        use("gzip", file.gzip);
    }
    answer.constant = bytes;
    answer.headers.emplace_back("Vary", "Accept-Encoding");
    answer.headers.emplace_back("Cache-Control",
                                never_changes(file.path) ? "public, max-age=31536000, immutable" : "no-cache");
    return answer;
}

}  // namespace

std::optional<Answer> web_answer(const wire::Head& head, std::string_view accept_encoding) {
    if (!head.is_get()) {
        return std::nullopt;
    }
    if (head.path() == "/" || head.path() == "/admin" || head.path() == "/admin/" || head.path() == "/dashboard") {
        return see_other(std::string(kRoot));
    }
    if (!head.path().starts_with(kRoot)) {
        return std::nullopt;
    }
    const auto path = head.path().substr(kRoot.size());
    const auto* file = embedded::web_file(path.empty() ? kIndex : path);
    if (file == nullptr && is_page(path)) {
        file = embedded::web_file(kIndex);
    }
    if (file == nullptr) {
        throw not_found("page");
    }
    auto answer = file_answer(*file, accept_encoding);
    if (file->path == kIndex && !is_screen(path == kIndex ? "" : path)) {
        answer.status = 404;
    }
    return answer;
}

}  // namespace orderd::api
