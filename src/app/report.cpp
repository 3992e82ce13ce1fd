#include "app/report.h"

#include <algorithm>
#include <limits>

#include "base/budgets.h"
#include "base/language.h"

namespace orderd::app {

namespace {

using api::Shape;

constexpr auto kMost = kMaxTotal.minor;

bool is_summed(const Column& column) {
    return column.summed && (column.holds == Holds::count || column.holds == Holds::money);
}

std::vector<std::string> words_of(const Column& column) {
    std::vector<std::string> words;
    for (const auto& word : column.words) {
        words.emplace_back(word.first);
    }
    return words;
}

Shape shape_of(const Column& column) {
    const auto plain = [&] {
        switch (column.holds) {
            case Holds::day: return Shape::text(10, 10).example("2026-11-24");
            case Holds::order: return Shape::integer(1, kMost).example(1042);
            case Holds::text: return Shape::text(0, 500);
            case Holds::word: return Shape::one_of(words_of(column));
            case Holds::rate: return Shape::integer(0, 10'000'000).example(190'000);
            case Holds::count: return Shape::integer(0, kMost);
            case Holds::money: return Shape::integer(-kMost, kMost).example(1999);
        }
        return Shape::anything();
    }();
    return column.about.empty() ? plain : plain.described(column.about);
}

Json row_json(const std::vector<Column>& columns, const std::vector<Cell>& row) {
    auto json = Json::object();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto& member = json[std::string(columns[i].name)];
        if (const auto* number = std::get_if<std::int64_t>(&row[i])) {
            member = *number;
        } else if (const auto* text = std::get_if<std::string>(&row[i])) {
            member = *text;
        }
    }
    return json;
}

/// A word as it is shown.
std::string_view shown(const Column& column, std::string_view word) {
    const auto found =
        std::find_if(column.words.begin(), column.words.end(), [&](const auto& known) { return known.first == word; });
    return found == column.words.end() ? word : found->second;
}

void write_cell(csv::Writer& out, const Column& column, const Cell& cell, std::string_view currency) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
        if (column.holds == Holds::money) {
            out.amount(Money{*number}, currency);
        } else if (column.holds == Holds::rate) {
            out.raw(Language::english().percent(Rate{*number}));
        } else {
            out.raw(std::to_string(*number));
        }
    } else if (const auto* text = std::get_if<std::string>(&cell)) {
        if (column.holds == Holds::word) {
            out.raw(shown(column, *text));
        } else {
            out.text(*text);
        }
    } else {
        out.raw("");
    }
}

}  // namespace

Report::Report(const std::vector<Column>& columns, std::size_t most)
    : columns_(columns), most_(most), sums_(columns.size()) {}

void Report::add(std::vector<Cell> row) {
    ++count_;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (const auto* number = std::get_if<std::int64_t>(&row[i]); number != nullptr && is_summed(columns_[i])) {
            sums_[i] += Money{*number};
        }
    }
    if (has_room()) {
        rows_.push_back(std::move(row));
    }
}

std::vector<std::vector<Cell>> Report::all_sums() const {
    auto all = part_sums_;
    auto& whole = all.emplace_back(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (is_summed(columns_[i])) {
            whole[i] = sums_[i].minor;
        }
    }
    return all;
}

Json Report::to_json(std::string_view month, std::string_view currency, std::string_view zone) const {
    auto rows = Json::array();
    for (const auto& row : rows_) {
        rows.push_back(row_json(columns_, row));
    }
    auto sums = Json::array();
    for (const auto& row : all_sums()) {
        sums.push_back(row_json(columns_, row));
    }
    return {{"month", month},      {"currency", currency},    {"time_zone", zone},
            {"row_count", count_}, {"rows", std::move(rows)}, {"sums", std::move(sums)}};
}

std::string Report::to_csv(std::string_view currency, const csv::Style& style) const {
    std::string text;
    csv::Writer out(
        [&](std::string_view piece) {
            text += piece;
            return true;
        },
        style);
    for (const auto& column : columns_) {
        out.raw(column.head);
    }
    out.end_record();
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            write_cell(out, columns_[i], row[i], currency);
        }
        out.end_record();
    }
    for (const auto& row : all_sums()) {
        out.raw("Total");  // no first column is summed
        for (std::size_t i = 1; i < columns_.size(); ++i) {
            write_cell(out, columns_[i], row[i], currency);
        }
        out.end_record();
    }
    out.finish();
    return text;
}

Shape Report::shape(const std::vector<Column>& columns, std::string_view name) {
    std::vector<Shape::Field> of_row;
    std::vector<Shape::Field> of_sums;
    for (const auto& column : columns) {
        of_row.push_back({.name = column.name, .shape = shape_of(column)});
        of_sums.push_back({.name = column.name, .shape = shape_of(column).nullable()});
    }
    const auto row = Shape::object(of_row).named(std::string(name) + "Row");
    const auto sums = Shape::object(of_sums).named(std::string(name) + "Sums");
    return Shape::object(
               {
                   {"month", Shape::text(7, 7).example("2026-11")},
                   {"currency", Shape::currency()},
                   {"time_zone", Shape::text(1, 100).described("whose days and months these are")},
                   {"row_count", Shape::integer(0, kMost).described("rows that there are")},
                   {"rows", Shape::list(row, 0, budget::kReportRows).described("the first of them; the CSV has all")},
                   {"sums",
                    Shape::list(sums, 1, 10).described("of all rows, those of parts first: the last is the whole")},
               })
        .named(name);
}

}  // namespace orderd::app
