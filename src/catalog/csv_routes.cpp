#include "catalog/csv_routes.h"

#include <fmt/format.h>

namespace orderd::csv {

std::vector<api::QueryParameter> style_parameters() {
    return {
        {"separator", api::Shape::one_of({",", ";"}),
         "between the fields: a comma if absent; with ; amounts have a decimal comma, as spreadsheets expect in much of "
         "Europe"},
        {"bom", api::Shape::boolean(),
         "true: the file begins with a UTF-8 byte order mark, by which Excel knows letters"},
    };
}

Style style_of(const api::Request& in) {
    return {.bom = in.query_flag("bom").value_or(false), .separator = in.query("separator").value_or(",").front()};
}

std::vector<api::QueryParameter> with_style(std::vector<api::QueryParameter> own) {
    for (auto& parameter : style_parameters()) {
        own.push_back(std::move(parameter));
    }
    return own;
}

api::Answer file_answer(std::string_view name) {
    api::Answer answer;
    answer.content_type = "text/csv; charset=utf-8";
    answer.headers = {{"Content-Disposition", fmt::format("attachment; filename=\"{}\"", name)}};
    return answer;
}

}  // namespace orderd::csv
