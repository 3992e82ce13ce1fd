// What an import tells: ImportReport of import.h.

#include <algorithm>

#include "base/budgets.h"
#include "catalog/import.h"

namespace orderd::catalog {

std::string_view to_text(ImportReport::Outcome outcome) {
    switch (outcome) {
        case ImportReport::Outcome::added: return "added";
        case ImportReport::Outcome::updated: return "updated";
        case ImportReport::Outcome::skipped: break;
    }
    return "skipped";
}

void ImportReport::add(Row row) {
    switch (row.outcome) {
        case Outcome::added: ++added; break;
        case Outcome::updated: ++updated; break;
        case Outcome::skipped: ++skipped; break;
    }
    constexpr auto kMost = static_cast<std::int64_t>(budget::kCsvRowsShown);
    const auto shown_noted = std::min(noted, kMost);
    const auto shown_others = static_cast<std::int64_t>(rows.size()) - faulty - shown_noted;
    bool is_shown = true;
    if (row.faulty) {
        ++faulty;
    } else if (!row.notes.empty()) {
        is_shown = noted++ < kMost;
    } else {
        is_shown = shown_others < kMost;
    }
    if (is_shown) {
        rows.push_back(std::move(row));
    } else {
        ++left_out;
    }
}

Json to_json(const ImportReport& report) {
    Json rows = Json::array();
    for (const auto& row : report.rows) {
        Json shown{{"line", row.line}, {"outcome", to_text(row.outcome)}, {"sku", row.sku}, {"name", row.name}};
        if (row.outcome == ImportReport::Outcome::skipped) {
            shown["reason"] = row.reason;
            shown["faulty"] = row.faulty;
        } else {
            shown["changes"] = row.changes;
        }
        if (!row.notes.empty()) {
            shown["notes"] = row.notes;
        }
        rows.push_back(std::move(shown));
    }
    return {{"id", report.id ? Json(number(*report.id)) : Json(nullptr)},
            {"same_file_as", report.same_file_as ? Json(number(*report.same_file_as)) : Json(nullptr)},
            {"added", report.added},
            {"updated", report.updated},
            {"skipped", report.skipped},
            {"faulty", report.faulty},
            {"noted", report.noted},
            {"pictures", report.pictures},
            {"separator", csv::separator_name(report.form.separator)},
            {"encoding", csv::to_text(report.form.encoding)},
            {"rows", std::move(rows)},
            {"rows_left_out", report.left_out}};
}

}  // namespace orderd::catalog
