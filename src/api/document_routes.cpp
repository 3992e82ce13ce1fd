#include "api/document_routes.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "api/conditional.h"
#include "api/docs.h"
#include "api/guides.h"
#include "api/openapi.h"
#include "api/response.h"
#include "base/errors.h"
#include "base/gzip.h"

namespace orderd::api {
namespace {

constexpr auto kPageType = "text/html; charset=utf-8";

/// A document about the route table. It is printed and compressed on first use, so that it does not delay the start.
class Document {
public:
    Document(std::string content_type, std::function<std::string()> print)
        : content_type_(std::move(content_type)), print_(std::move(print)) {}

    Answer answer(std::string_view accept_encoding) {
        std::call_once(once_, [this] {
            text_ = std::make_shared<const std::string>(print_());
            compressed_ = std::make_shared<const std::string>(gzip(*text_));
            etag_ = etag_of(*text_);
        });
        const bool compress = accepts_encoding(accept_encoding, "gzip");
        auto etag = etag_;
        if (compress) {  // a compressed representation has an entity tag of its own (RFC 9110, section 8.8.3.3)
            etag.insert(etag.size() - 1, "-gzip");
        }
        auto answer = printed(compress ? compressed_ : text_, content_type_, std::move(etag))
                          .header("Cache-Control", "no-cache")
                          .header("Vary", "Accept-Encoding");
        return compress ? std::move(answer).header("Content-Encoding", "gzip") : answer;
    }

private:
    const std::string content_type_;
    const std::function<std::string()> print_;
    std::once_flag once_;
    std::shared_ptr<const std::string> text_;        // constant after once_
    std::shared_ptr<const std::string> compressed_;  // constant after once_
    std::string etag_;                               // constant after once_
};

void add_document(RouteTable& routes, std::string path, std::string name, std::string summary, Outcome outcome,
                  std::function<std::string()> print) {
    auto document = std::make_shared<Document>(outcome.content_type, std::move(print));
    routes.add({.method = "GET",
                .path = std::move(path),
                .name = std::move(name),
                .who = Who::anyone,
                .summary = std::move(summary),
                .tag = "Service",
                .answers = {std::move(outcome)}},
               [document](Request& in) { return document->answer(in.header("accept-encoding")); });
}

void add_guides(RouteTable& routes) {
    auto guides = std::make_shared<std::map<std::string, std::unique_ptr<Document>, std::less<>>>();
    for (const auto& guide : embedded::guides()) {
        guides->emplace(guide.name, std::make_unique<Document>(kPageType, [guide] { return guide_page(guide); }));
    }
    routes.add({.method = "GET",
                .path = "/docs/guides/{name}",
                .name = "docs.guide",
                .who = Who::anyone,
                .summary = "A guide for programmers: take an order, show stock, consume webhooks, and others",
                .tag = "Service",
                .answers = {{200, {}, kPageType}}},
               [guides](Request& in) {
                   const auto found = guides->find(in.path_text("name"));
                   if (found == guides->end()) {
                       throw not_found("guide");
                   }
                   return found->second->answer(in.header("accept-encoding"));
               });
}

}  // namespace

void add_document_routes(RouteTable& routes, const std::function<const RouteTable&()>& table,
                         const std::function<SentEvents()>& events) {
    add_document(routes, "/openapi.json", "service.openapi", "This API, described for programs",
                 {200, Shape::anything()}, [table, events] { return openapi_document(table(), events()).dump(); });
    add_document(routes, "/docs", "docs.page", "This API, described for people", {200, {}, kPageType},
                 [table, events] { return docs_page(table(), events()); });
    add_document(routes, "/docs/style.css", "docs.style", "The documentation's style",
                 {200, {}, "text/css; charset=utf-8"}, [] { return std::string(docs_style()); });
    add_document(routes, "/docs/script.js", "docs.script", "The documentation's search",
                 {200, {}, "text/javascript; charset=utf-8"}, [] { return std::string(docs_script()); });
    add_guides(routes);
}

}  // namespace orderd::api
