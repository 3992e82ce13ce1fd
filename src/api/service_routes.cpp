#include "api/service_routes.h"

#include <memory>
#include <mutex>
#include <utility>

#include "api/docs.h"
#include "api/openapi.h"
#include "api/refusals.h"
#include "api/response.h"
#include "base/errors.h"
#include "base/log.h"

namespace orderd::api {
namespace {

constexpr auto kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

Shape status_shape() { return Shape::object({{"status", Shape::one_of({"ok"})}}).named("Health"); }

Answer ready(const Service& service) {
    std::string trouble;
    try {
        trouble = service.trouble();
    } catch (const std::exception& failure) {
        log::error("the readiness check failed", {{"error", failure.what()}});
        trouble = "the database cannot be read";
    }
    if (!trouble.empty()) {
        throw Refusal(kNotReady, trouble).retry_after(1);
    }
    return ok({{"status", "ok"}});
}

/// A document about the route table. It is printed on first use, so that it does not delay the start.
class Document {
public:
    Document(std::string content_type, std::function<std::string()> print)
        : content_type_(std::move(content_type)), print_(std::move(print)) {}

    Answer answer() {
        std::call_once(once_, [this] {
            text_ = std::make_shared<const std::string>(print_());
            etag_ = etag_of(*text_);
        });
        return printed(text_, content_type_, etag_).header("Cache-Control", "no-cache");
    }

private:
    const std::string content_type_;
    const std::function<std::string()> print_;
    std::once_flag once_;
    std::shared_ptr<const std::string> text_;  // constant after once_
    std::string etag_;                         // constant after once_
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
               [document](Request&) { return document->answer(); });
}

}  // namespace

void add_service_routes(RouteTable& routes, const Service& service) {
    routes.add({.method = "GET",
                .path = "/healthz",
                .name = "service.health",
                .who = Who::anyone,
                .summary = "Whether the process answers",
                .tag = "Service",
                .answers = {{200, status_shape()}}},
               [](Request&) {
                   return ok({{"status", "ok"}}).header("Cache-Control", "no-store");
               });
    routes.add({.method = "GET",
                .path = "/readyz",
                .name = "service.readiness",
                .who = Who::anyone,
                .summary = "Whether requests can be answered now",
                .tag = "Service",
                .answers = {{200, status_shape()}},
                .refuses = {kNotReady}},
               [service](Request&) { return ready(service).header("Cache-Control", "no-store"); });
    routes.add({.method = "GET",
                .path = "/metrics",
                .name = "service.metrics",
                .who = service.may_read_metrics,
                .summary = "Figures for Prometheus",
                .tag = "Service",
                .answers = {{200, {}, kMetricsType}}},
               [service](Request&) {
                   return printed(std::make_shared<const std::string>(service.metrics()), kMetricsType, "")
                       .header("Cache-Control", "no-store");
               });
    const auto table = service.table;
    add_document(routes, "/openapi.json", "service.openapi", "This API, described for programs",
                 {200, Shape::anything()}, [table] { return openapi_document(table()).dump(); });
    add_document(routes, "/docs", "docs.page", "This API, described for people", {200, {}, "text/html; charset=utf-8"},
                 [table] { return docs_page(table()); });
    add_document(routes, "/docs/style.css", "docs.style", "The documentation's style",
                 {200, {}, "text/css; charset=utf-8"}, [] { return std::string(docs_style()); });
    add_document(routes, "/docs/script.js", "docs.script", "The documentation's search",
                 {200, {}, "text/javascript; charset=utf-8"}, [] { return std::string(docs_script()); });
}

}  // namespace orderd::api
