#include "catalog/sheet_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <locale>
#include <map>
#include <sstream>

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

Money NumberReader::price(std::string_view text) const {
    if (text.empty()) {
        throw BadRow{"it has no Variant Price"};
    }
    const auto amount = parse_money(with_point(text, "price"), currency_);
    if (!amount) {
        throw BadRow{fmt::format("its price {:.40} is not an amount like {}", text, decimal_money({1250}, currency_))};
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

Sale read_sale(std::string_view status, std::string_view published) {
    const auto status_word = folded(status);
    const auto published_word = folded(published);
    Sale sale;
    if (!status_word.empty() || !published_word.empty()) {
        sale.archived =
            (!status_word.empty() && status_word != "active") || (!published_word.empty() && published_word != "true");
    }
    if (!status_word.empty() && status_word != "active" && status_word != "draft" && status_word != "archived") {
        add_sentence(sale.note,
                     fmt::format("Status {:.40} is not active, draft or archived: taken as archived", status));
    }
    if (!published_word.empty() && published_word != "true" && published_word != "false") {
        add_sentence(sale.note, fmt::format("Published {:.40} is not true or false: taken as archived", published));
    }
    return sale;
}

Stock read_stock(const Header& header, const csv::Record& record) {
    Stock stock;
    std::optional<std::int64_t> said;
    if (const auto text = header.field(record, Column::quantity); !text.empty()) {
        said = read_whole(text, "Variant Inventory Qty");
        stock.quantity = std::max<Quantity>(0, *said);
    }
    const bool is_counted = !header.has(Column::tracker) || !header.field(record, Column::tracker).empty();
    if (!is_counted && said.value_or(0) > 0) {
        stock.note = fmt::format("Shopify does not count its stock, and this shop does: its {} {} taken as on hand",
                                 *said, *said == 1 ? "is" : "are");
    } else if (!is_counted) {
        stock.quantity.reset();
        stock.not_counted = true;
    } else if (said.value_or(0) < 0) {
        // Shopify lets stock go below zero if more was sold than there was.
        stock.note = fmt::format("its stock of {} is taken as 0 on hand", *said);
    }
    const auto policy = folded(header.field(record, Column::policy));
    if (policy == "continue" || policy == "true") {
        add_sentence(stock.note, "Shopify sells it beyond its stock; this shop sells what is on hand");
    } else if (!policy.empty() && policy != "deny" && policy != "false") {
        add_sentence(stock.note,
                     fmt::format("Variant Inventory Policy {:.40} is not deny or continue: taken as deny", policy));
    }
    return stock;
}

}  // namespace orderd::catalog
