#include "catalog/sheet_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <locale>
#include <map>
#include <sstream>
#include <tuple>
#include <utility>

#include "base/language.h"
#include "base/text.h"

namespace orderd::catalog {

namespace {

constexpr std::string_view kDigits = "0123456789";

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of(kDigits) == std::string_view::npos;
}

/// Whether a text is "1", "1.234" or "1.234.567": digits, in groups of three if it has points.
bool is_grouped(std::string_view text) {
    const auto first = text.substr(0, text.find('.'));
    if (!is_digits(first) || (first.size() < text.size() && first.size() > 3)) {
        return false;
    }
    for (auto rest = text.substr(first.size()); !rest.empty(); rest.remove_prefix(4)) {
        if (rest.size() < 4 || !is_digits(rest.substr(1, 3))) {
            return false;
        }
    }
    return true;
}

/// Whether the mark between these digits can separate thousands as well as decimals: "1,234", but not "0,125".
bool is_ambiguous(std::string_view before, std::string_view after) {
    return is_digits(before) && before.size() <= 3 && before.front() != '0' && is_digits(after) && after.size() == 3;
}

/// Without what people put between the groups of a number.
std::string without_marks(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '-' || c == '.'; });
    return text;
}

bool is_yes(std::string_view word) { return word == "true" || word == "yes" || word == "1"; }

void add_sentence(std::string& text, std::string_view more) {
    text += text.empty() ? "" : "; ";
    text += more;
}

}  // namespace

/// The number with a point before its decimals. What is no number is left as it is: its reader refuses it.
std::string NumberReader::with_point(std::string_view text, std::string_view what) const {
    const auto mark = text.find_last_of(",.");
    if (!comma_allowed_ || mark == std::string_view::npos) {
        return std::string(text);
    }
    const auto before = text.substr(0, mark);
    const auto after = text.substr(mark + 1);
    if (is_ambiguous(before, after)) {
        throw BadRow{fmt::format("its {0} {1}{2}{3} can mean {1}.{3}0 or {1}{3}: write one of these", what, before,
                                 text[mark], after)};
    }
    if (text[mark] == ',' && is_grouped(before) && is_digits(after)) {
        auto number = std::string(before);
        std::erase(number, '.');
        return number.append(".").append(after);
    }
    return std::string(text);
}

Money NumberReader::price(std::string_view text, std::string_view what) const {
    const auto amount = parse_money(with_point(text, what), currency_);
    if (!amount) {
        throw BadRow{
            fmt::format("its {} {:.40} is not an amount like {}", what, text, decimal_money({1250}, currency_))};
    }
    return *amount;
}

/// Weights are for postage, so a double's 15 digits are more than enough.
double NumberReader::parse_weight(std::string_view text) const {
    const auto number = with_point(text, "weight");
    double value = 0;
    std::istringstream digits{number};  // not from_chars: macOS has it only for integers
    digits.imbue(std::locale::classic());
    if (number.find_first_not_of("0123456789.") != std::string_view::npos || !(digits >> value) || !digits.eof()) {
        throw BadRow{fmt::format("the weight {} is not a number from 0 up", text)};
    }
    return value;
}

std::optional<std::int64_t> NumberReader::weight(const Header& header, const csv::Record& record) const {
    static const std::map<std::string_view, double> kUnits{
        {"g", 1.0}, {"kg", 1000.0}, {"oz", 28.349523125}, {"lb", 453.59237}};
    double weighs = 0;
    if (const auto text = header.field(record, Column::grams); !text.empty()) {
        weighs = parse_weight(text);
    } else if (const auto other = header.field(record, Column::weight); !other.empty()) {
        const auto unit = folded(header.field(record, Column::weight_unit));
        const auto factor = kUnits.find(unit.empty() ? "kg" : unit);  // Shopify's default
        if (factor == kUnits.end()) {
            throw BadRow{fmt::format("the weight unit {} is not g, kg, oz or lb", unit)};
        }
        weighs = parse_weight(other) * factor->second;
    } else {
        return std::nullopt;
    }
    if (weighs > static_cast<double>(kMaxWeight)) {
        throw BadRow{fmt::format("the weight is above {} g", kMaxWeight)};
    }
    return weighs > 0 ? std::optional(std::max<std::int64_t>(std::llround(weighs), 1)) : std::nullopt;
}

std::optional<Content> NumberReader::content(std::string_view quantity, std::string_view unit, Notes& notes) const {
    static const std::map<std::string_view, std::pair<double, ContentUnit>> kUnits{
        {"mg", {0.001, ContentUnit::gram}},     {"g", {1, ContentUnit::gram}},
        {"kg", {1000, ContentUnit::gram}},      {"oz", {28.349523125, ContentUnit::gram}},
        {"lb", {453.59237, ContentUnit::gram}}, {"ml", {1, ContentUnit::millilitre}},
        {"cl", {10, ContentUnit::millilitre}},  {"l", {1000, ContentUnit::millilitre}},
        {"mm", {1, ContentUnit::millimetre}},   {"cm", {10, ContentUnit::millimetre}},
        {"m", {1000, ContentUnit::millimetre}},
    };
    const auto known = kUnits.find(folded(unit));
    if (known != kUnits.end()) {
        try {
            const auto [factor, of] = known->second;
            const auto holds = parse_weight(quantity) * factor;
            if (holds >= 0.5 && holds <= static_cast<double>(kMaxContent)) {
                return Content{.quantity = std::llround(holds), .unit = of};
            }
        } catch (const BadRow&) {
            // said below, as a product can be without
        }
    }
    notes.push_back(fmt::format("its content {:.40} {:.10} is not a measure such as 500 ml, 1 kg or 2 m: not taken",
                                quantity, unit));
    return std::nullopt;
}

std::int64_t read_whole(std::string_view text, std::string_view what) {
    const bool negative = text.starts_with('-');
    const auto number = parse_integer(negative ? text.substr(1) : text);
    if (!number) {
        throw BadRow{fmt::format("{} {} is not a whole number", what, text)};
    }
    if (*number > kMaxQuantity) {
        throw BadRow{fmt::format("{} {} is above {}", what, text, kMaxQuantity)};
    }
    return negative ? -*number : *number;
}

std::optional<Quantity> read_threshold(std::string_view text) {
    if (text.empty()) {
        return std::nullopt;
    }
    const auto level = read_whole(text, "Low Stock Threshold");
    if (level < 0) {
        throw BadRow{fmt::format("Low Stock Threshold {} is below 0", level)};
    }
    return level;
}

std::optional<TaxClass> read_tax_class(std::string_view text) {
    if (text.empty()) {
        return std::nullopt;
    }
    const auto tax_class = kTaxClasses.parse(folded(text));
    if (!tax_class) {
        throw BadRow{fmt::format("Tax Class {:.40} is not one of {}", text, fmt::join(kTaxClasses.list(), ", "))};
    }
    return tax_class;
}

Sale read_sale(std::string_view status, std::string_view published, std::string_view hidden) {
    const auto status_word = folded(status);
    const auto published_word = folded(published);
    Sale sale;
    if (!status_word.empty() || !published_word.empty()) {
        const auto known = kProductStatuses.parse(status_word.empty() ? "active" : status_word);
        const bool is_published = published_word.empty() || published_word == "true";
        sale.status = is_published ? known.value_or(ProductStatus::archived) : ProductStatus::archived;
        if (!known && status_word != "draft") {
            add_sentence(sale.note, fmt::format("Status {:.40} is not {}: taken as archived", status,
                                                "active, hidden, draft or archived"));
        }
    }
    if (!published_word.empty() && published_word != "true" && published_word != "false") {
        add_sentence(sale.note, fmt::format("Published {:.40} is not true or false: taken as archived", published));
    }
    if (is_yes(folded(hidden)) && sale.status.value_or(ProductStatus::active) == ProductStatus::active) {
        sale.status = ProductStatus::hidden;
    }
    return sale;
}

namespace {

/// Nullopt if neither column says it. `is_counted`: not Shopify's "not tracked".
std::optional<StockPolicy> read_policy(const Header& header, const csv::Record& record, bool is_counted, Notes& notes) {
    if (!is_counted) {
        return StockPolicy::uncounted;
    }
    const auto text = header.field(record, Column::policy);
    const auto word = folded(text);
    if (word == "continue" || word == "true") {
        return StockPolicy::beyond;
    }
    if (!word.empty() && word != "deny" && word != "false") {
        notes.push_back(fmt::format("Variant Inventory Policy {:.40} is not deny or continue: taken as deny", text));
    }
    const bool is_said = header.has(Column::tracker) || !word.empty();
    return is_said ? std::optional(StockPolicy::counted) : std::nullopt;
}

}  // namespace

Stock read_stock(const Header& header, const csv::Record& record, Notes& notes) {
    Stock stock;
    std::optional<std::int64_t> said;
    if (const auto text = header.field(record, Column::quantity); !text.empty()) {
        said = read_whole(text, "Variant Inventory Qty");
        stock.quantity = std::max<Quantity>(0, *said);
    }
    const bool is_counted = !header.has(Column::tracker) || !header.field(record, Column::tracker).empty();
    if (!is_counted) {
        stock.quantity.reset();
        if (said.value_or(0) > 0) {
            notes.push_back(
                fmt::format("Shopify does not count its stock: its {} {} not taken", *said, *said == 1 ? "is" : "are"));
        }
    } else if (said.value_or(0) < 0) {
        // Shopify lets stock go below zero if more was sold than there was.
        notes.push_back(fmt::format("its stock of {} is taken as 0 on hand", *said));
    }
    stock.policy = read_policy(header, record, is_counted, notes);
    if (const auto text = header.field(record, Column::beyond_limit); !text.empty()) {
        stock.limit = read_whole(text, "Beyond Limit");
        if (*stock.limit < 0) {
            throw BadRow{fmt::format("Beyond Limit {} is below 0", *stock.limit)};
        }
    }
    if (header.has(Column::expected_on)) {
        const auto text = header.field(record, Column::expected_on);
        stock.day = text.empty() ? std::nullopt : parse_day(text);
        if (!text.empty() && !*stock.day) {
            throw BadRow{fmt::format("Expected On {:.40} is not a day like 2026-12-31", text)};
        }
    }
    return stock;
}

namespace {

void read_barcode(const std::string& text, Changes& says, Notes& notes) {
    auto digits = without_marks(text);
    if (!digits.empty() && !is_gtin(digits)) {
        notes.push_back(
            fmt::format("its barcode {:.40} is no GTIN (8, 12, 13 or 14 digits, of which the last checks the "
                        "others): not taken",
                        text));
    } else {
        says.barcode = std::move(digits);
    }
}

void read_customs(const std::string& text, Changes& says, Notes& notes) {
    auto digits = without_marks(text);
    if (!digits.empty() && (!is_digits(digits) || digits.size() < kMinCustomsCode || digits.size() > kMaxCustomsCode)) {
        notes.push_back(fmt::format("its customs code {:.40} does not have {} to {} digits: not taken", text,
                                    kMinCustomsCode, kMaxCustomsCode));
    } else {
        says.customs_code = std::move(digits);
    }
}

void read_origin(std::string text, Changes& says, Notes& notes) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    if (!text.empty() && (text.size() != 2 || Language::english().country(text) == text)) {
        notes.push_back(fmt::format("its country of origin {:.40} is no country's code, such as DE: not taken", text));
    } else {
        says.origin_country = std::move(text);
    }
}

/// "500 ml" as "500" and "ml".
std::pair<std::string, std::string> split_measure(std::string_view text) {
    const auto end = std::min(text.find_last_of("0123456789.,"), text.size() - 1) + 1;
    return {std::string(text.substr(0, end)), std::string(trimmed(text.substr(end)))};
}

void read_content(const Header& header, const csv::Record& record, const NumberReader& numbers, Changes& says,
                  Notes& notes) {
    if (!header.has(Column::content) && !header.has(Column::measure)) {
        return;
    }
    auto quantity = header.field(record, Column::measure);
    auto unit = header.field(record, Column::measure_unit);
    if (const auto text = header.field(record, Column::content); !text.empty()) {
        std::tie(quantity, unit) = split_measure(text);
    }
    if (quantity.empty() || quantity == "0") {
        says.content.emplace(std::nullopt);
    } else if (const auto content = numbers.content(quantity, unit, notes)) {
        says.content.emplace(content);
    }
}

}  // namespace

void read_details(const Header& header, const csv::Record& record, const NumberReader& numbers, Changes& says,
                  Notes& notes) {
    const auto said = [&](Column column, auto read) {
        if (header.has(column)) {
            read(header.field(record, column));
        }
    };
    said(Column::compare_at_price, [&](const std::string& text) {
        says.compare_at_price.emplace();
        if (!text.empty()) {
            *says.compare_at_price = numbers.price(text, "compare-at price");
        }
    });
    said(Column::barcode, [&](const std::string& text) { read_barcode(text, says, notes); });
    said(Column::customs_code, [&](const std::string& text) { read_customs(text, says, notes); });
    said(Column::origin_country, [&](const std::string& text) { read_origin(text, says, notes); });
    said(Column::shelf, [&](const std::string& text) { says.shelf = text; });
    said(Column::threshold, [&](const std::string& text) { says.low_stock_threshold = read_threshold(text); });
    said(Column::most_per_order, [&](const std::string& text) {
        says.most_per_order.emplace();
        if (!text.empty()) {
            *says.most_per_order = read_whole(text, "Most Per Order");
        }
    });
    read_content(header, record, numbers, says, notes);
    says.tax_class = read_tax_class(header.field(record, Column::tax_class));
}

std::vector<std::string> read_names(std::string_view text) {
    std::vector<std::string> names;
    std::string name;
    const auto take = [&] {
        if (auto whole = std::string(trimmed(name)); !whole.empty()) {
            names.push_back(std::move(whole));
        }
        name.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_escaped = text[i] == '\\' && i + 1 < text.size();
        if (text[i] == ',') {
            take();
        } else {
            name += text[i += is_escaped ? 1 : 0];
        }
    }
    take();
    return names;
}

std::string written_names(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) {
        text += text.empty() ? "" : ", ";
        for (const char c : name) {
            text += c == ',' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        }
    }
    return text;
}

}  // namespace orderd::catalog
