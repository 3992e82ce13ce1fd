#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/shape.h"
#include "app/report.h"
#include "base/time_zone.h"
#include "storage/view.h"

namespace orderd::app {

/// A month of the shop's time zone.
struct CalendarMonth {
    std::string name;  ///< "2026-11"
    Day first;
    Day last;
    Time begin;
    Time end;  ///< the first moment after it
};

/// Reads "2026-11". @throws Refusal 422 for anything else
CalendarMonth parse_month(std::string_view text, const TimeZone& zone);
/// The month that a moment is in.
CalendarMonth month_of(Time moment, const TimeZone& zone);

/// A report that can be asked for by month.
struct ReportKind {
    std::string_view name;  ///< in its address and its file's name: "open-payments"
    std::string_view operation;
    std::string_view component;
    std::string_view summary;
    const std::vector<Column>& (*columns)();
    Report (*read)(const storage::View& view, const TimeZone& zone, const CalendarMonth& month, std::size_t most);
    std::string_view
        audited;  ///< "open_payments": its export is in the audit log, since it names customers; empty: not
};

const std::vector<ReportKind>& report_kinds();

}  // namespace orderd::app
