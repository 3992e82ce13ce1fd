#include "api/service_routes.h"

#include <memory>
#include <utility>

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
}

}  // namespace orderd::api
