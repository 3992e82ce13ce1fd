#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "api/shape.h"
#include "base/json.h"
#include "base/money.h"
#include "catalog/csv.h"

namespace orderd::app {

/// What a column of a report holds.
enum class Holds {
    day,    ///< "2026-11-24"
    order,  ///< an order's number
    text,
    word,   ///< one of a few words, such as a method's name
    rate,   ///< in millionths, and as percent where it is shown
    count,  ///< has a sum
    money   ///< likewise; may be negative
};

struct Column {
    std::string_view name;  ///< in JSON
    std::string_view head;  ///< in CSV, as the dashboard shows it
    Holds holds = Holds::text;
    std::string_view about = {};
    std::vector<std::pair<std::string_view, std::string_view>> words =
        {};              ///< of Holds::word: in JSON, and as it is shown
    bool summed = true;  ///< false: its sum would say nothing
};

using Cell = std::variant<std::monostate, std::int64_t, std::string>;  ///< monostate: there is nothing

/// A report of a month: rows under columns, and their sums. The dashboard's table, its print and the CSV are all made
/// of it, so that they say the same.
class Report {
public:
    /// @param most  rows that are kept; the sums are those of all
    Report(const std::vector<Column>& columns, std::size_t most);

    /// Whether the next row is kept: then its cells matter that are costly to read.
    bool has_room() const { return rows_.size() < most_; }
    void add(std::vector<Cell> row);
    /// A row of sums of a part, before the whole one. `row`: without what is not summed.
    void add_sums(std::vector<Cell> row) { part_sums_.push_back(std::move(row)); }

    Json to_json(std::string_view month, std::string_view currency, std::string_view zone) const;
    std::string to_csv(std::string_view currency, const csv::Style& style) const;

    /// Of to_json(). `name`: its component's in the API's document.
    static api::Shape shape(const std::vector<Column>& columns, std::string_view name);

private:
    std::vector<std::vector<Cell>> all_sums() const;

    const std::vector<Column>& columns_;
    std::size_t most_;
    std::int64_t count_ = 0;
    std::vector<std::vector<Cell>> rows_;
    std::vector<std::vector<Cell>> part_sums_;
    std::vector<Money> sums_;
};

}  // namespace orderd::app
