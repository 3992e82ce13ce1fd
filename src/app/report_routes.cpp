#include "app/report_routes.h"

#include <fmt/format.h>

#include <limits>

#include "api/conditional.h"
#include "api/refusals.h"
#include "app/exports.h"
#include "app/reports.h"
#include "base/budgets.h"
#include "catalog/csv_routes.h"
#include "storage/settings.h"
#include "storage/shop_zone.h"

namespace orderd::app {

namespace {

using api::Answer;
using api::Request;
using api::Shape;

constexpr auto kJson = "application/json";
constexpr auto kCsv = "text/csv";

CalendarMonth wanted_month(const Request& in, const TimeZone& zone) {
    const auto text = in.query("month");
    return text ? parse_month(*text, zone) : month_of(in.now(), zone);
}

Answer show(const Request& in, const ReportKind& kind) {
    const auto view = in.read();
    const auto zone = settings::time_zone(view);
    const auto month = wanted_month(in, *zone);
    const auto report = kind.read(view, *zone, month, budget::kReportRows);
    return api::ok(report.to_json(month.name, settings::currency(view), zone->name()));
}

/// Rows and sums are of one snapshot, so the file is read as a whole, and its reader returned, before it is sent.
Answer save(const Request& in, const ReportKind& kind) {
    const auto month = wanted_month(in, *settings::time_zone(in.read()));
    auto answer = csv::file_answer(fmt::format("{}-{}.csv", kind.name, month.name));
    answer.stream = [&store = in.store(), &kind, month, style = csv::style_of(in), actor = in.actor(),
                     now = in.now()](const auto& send) {
        if (!kind.audited.empty()) {
            note_export(store, kind.audited, true, actor, now);
        }
        const auto text = [&] {
            const auto view = store.read();
            const auto zone = settings::time_zone(view);
            return kind.read(view, *zone, month, std::numeric_limits<std::size_t>::max())
                .to_csv(settings::currency(view), style);
        }();
        send(text);
    };
    return answer;
}

/// Whether Accept allows CSV and not JSON.
bool wants_csv(const Request& in) {
    const auto accept = in.header("Accept");
    return !accept.empty() && !api::accepts(accept, kJson) && api::accepts(accept, kCsv);
}

api::QueryParameter month_parameter() {
    return {"month", Shape::text(1, 20).example("2026-11"),
            "of the shop's time zone, as 2026-11; the present one if absent"};
}

}  // namespace

void add_report_routes(api::RouteTable& routes) {
    for (const auto& kind : report_kinds()) {
        const auto path = fmt::format("/admin/reports/{}", kind.name);
        const std::string summary(kind.summary);
        routes.add({.method = "GET",
                    .path = path,
                    .name = std::string(kind.operation),
                    .who = api::Who::viewer,
                    .summary = summary + "; CSV if Accept allows only that",
                    .tag = "Stats",
                    .query = csv::with_style({month_parameter()}),
                    .answers = {{200, Report::shape(kind.columns(), kind.component)}, {200, std::nullopt, kCsv}},
                    .refuses = {api::kTooManyStreams}},
                   [&kind](Request& in) { return wants_csv(in) ? save(in, kind) : show(in, kind); });
        routes.add({.method = "GET",
                    .path = path + ".csv",
                    .name = std::string(kind.operation) + "Csv",
                    .who = api::Who::viewer,
                    .summary = summary + ", as CSV",
                    .tag = "Stats",
                    .query = csv::with_style({month_parameter()}),
                    .answers = {{200, std::nullopt, kCsv}},
                    .refuses = {api::kTooManyStreams}},
                   [&kind](Request& in) { return save(in, kind); });
    }
}

}  // namespace orderd::app
