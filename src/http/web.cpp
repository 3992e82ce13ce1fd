#include "http/web.h"

#include "base/embedded.h"
#include "base/errors.h"
#include "http/conditional.h"

namespace orderd::http {
namespace {

constexpr std::string_view kRoot = "/dashboard/";
constexpr std::string_view kIndex = "index.html";

/// Whether a file's name has its content's hash in it, so that it never changes: what Vite puts into assets/.
bool never_changes(std::string_view path) { return path.starts_with("assets/"); }

/// A path that is no file's is a page of the dashboard itself, which it shows by its own router.
bool is_page(std::string_view path) { return path.rfind('.') == std::string_view::npos; }

Answer file_answer(const embedded::File& file, std::string_view accepted) {
    // Not owned: the bytes live as long as the program.
    Answer answer{.content_type = std::string(file.content_type), .etag = std::string(file.etag)};
    auto bytes = file.identity;
    const auto use = [&](std::string_view coding, std::string_view compressed) {
        bytes = compressed;
        answer.headers.emplace_back("Content-Encoding", coding);
        // Another entity than the one that is not compressed (RFC 9110, section 8.8.3.3).
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

std::optional<Answer> web_answer(const Head& head, std::string_view accept_encoding) {
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
    return file_answer(*file, accept_encoding);
}

}  // namespace orderd::http
