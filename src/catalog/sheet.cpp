// Reading Shopify's product CSV: read_sheet() of import.h.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <locale>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include "base/budgets.h"
#include "base/errors.h"
#include "base/text.h"
#include "catalog/csv.h"
#include "catalog/html_text.h"
#include "catalog/import.h"
#include "storage/vault.h"

namespace orderd::catalog {

namespace {

enum Column : std::size_t {
    handle,
    title,
    body,
    published,
    status,
    option1,
    option2,
    option3,
    sku,
    grams,
    weight,
    weight_unit,
    quantity,
    price,
    image,
    threshold,
    column_count,
};

/// A column's name in Shopify's file, and the one that its newer exports have.
struct ColumnNames {
    std::string_view name;
    std::string_view newer;
    bool needed = false;
};

constexpr std::array<ColumnNames, column_count> kColumns{{
    {"Handle", "URL handle", true},
    {"Title", "Title", true},
    {"Body (HTML)", "Description"},
    {"Published", "Published on online store"},
    {"Status", "Status"},
    {"Option1 Value", "Option1 value"},
    {"Option2 Value", "Option2 value"},
    {"Option3 Value", "Option3 value"},
    {"Variant SKU", "SKU"},
    {"Variant Grams", "Weight value (grams)"},
    {"Variant Weight", "Weight"},
    {"Variant Weight Unit", "Weight unit for display"},
    {"Variant Inventory Qty", "Inventory quantity"},
    {"Variant Price", "Price", true},
    {"Image Src", "Product image URL"},
    {"Low Stock Threshold", "Low stock threshold"},
}};

constexpr std::string_view kDefaultTitle = "Default Title";  // of the one variant of a product without options

/// Thrown for a row that is skipped.
struct BadRow {
    std::string why;
    bool faulty = true;
};

bool same_name(std::string_view a, std::string_view b) { return folded(a) == folded(b); }

/// The position of each column, by the header.
class Header {
public:
    explicit Header(const csv::Record& record) : width_(record.fields.size()) {
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            const auto name = trimmed(record.fields[i]);
            for (std::size_t column = 0; column < column_count; ++column) {
                const auto& names = kColumns[column];
                if (!places_[column] && (same_name(name, names.name) || same_name(name, names.newer))) {
                    places_[column] = i;
                }
            }
        }
    }

    std::string missing() const {
        std::string names;
        for (std::size_t column = 0; column < column_count; ++column) {
            if (kColumns[column].needed && !places_[column]) {
                names += fmt::format("{}{}", names.empty() ? "" : ", ", kColumns[column].name);
            }
        }
        return names;
    }

    bool has(Column column) const { return places_[column].has_value(); }
    std::size_t width() const { return width_; }

    /// The field, trimmed and without the guard against formulas; "" if the row or the file lacks it.
    std::string field(const csv::Record& record, Column column) const {
        const auto place = places_[column];
        return place && *place < record.fields.size() ? csv::unguarded(trimmed(record.fields[*place])) : std::string();
    }

private:
    std::array<std::optional<std::size_t>, column_count> places_{};
    std::size_t width_;
};

/// What a handle's first row says about all of its rows.
struct Group {
    std::string title;
    std::shared_ptr<const std::string> description;  ///< of all its variants
    std::string description_fault;
    std::string published;
    std::string status;
};

std::int64_t parse_whole(std::string_view text, std::string_view what) {
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

/// Grams, rounded. Weights are for postage, so a double's 15 digits are more than enough. Shopify writes 0 if
/// no weight was entered, so 0 counts as an empty field.
std::optional<std::int64_t> read_weight(const Header& header, const csv::Record& record) {
    static const std::map<std::string_view, double> kUnits{
        {"g", 1.0}, {"kg", 1000.0}, {"oz", 28.349523125}, {"lb", 453.59237}};
    const auto parse = [](std::string_view text) {
        double value = 0;
        std::istringstream digits{std::string(text)};  // not from_chars: macOS has it only for integers
        digits.imbue(std::locale::classic());
        if (text.find_first_not_of("0123456789.") != std::string_view::npos || !(digits >> value) || !digits.eof()) {
            throw BadRow{fmt::format("the weight {} is not a number from 0 up", text)};
        }
        return value;
    };
    double weighs = 0;
    if (const auto text = header.field(record, grams); !text.empty()) {
        weighs = parse(text);
    } else if (const auto other = header.field(record, weight); !other.empty()) {
        const auto unit = folded(header.field(record, weight_unit));
        const auto factor = kUnits.find(unit.empty() ? "kg" : unit);  // Shopify's default
        if (factor == kUnits.end()) {
            throw BadRow{fmt::format("the weight unit {} is not g, kg, oz or lb", unit)};
        }
        weighs = parse(other) * factor->second;
    } else {
        return std::nullopt;
    }
    if (weighs > static_cast<double>(kMaxWeight)) {
        throw BadRow{fmt::format("the weight is above {} g", kMaxWeight)};
    }
    return weighs > 0 ? std::optional(std::max<std::int64_t>(std::llround(weighs), 1)) : std::nullopt;
}

std::optional<bool> read_archived(const Group& group) {
    const auto status_word = folded(group.status);
    const auto published_word = folded(group.published);
    if (!status_word.empty() && status_word != "active" && status_word != "draft" && status_word != "archived") {
        throw BadRow{fmt::format("Status {} is not active, draft or archived", group.status)};
    }
    if (!published_word.empty() && published_word != "true" && published_word != "false") {
        throw BadRow{fmt::format("Published {} is not true or false", group.published)};
    }
    if (status_word.empty() && published_word.empty()) {
        return std::nullopt;
    }
    return (!status_word.empty() && status_word != "active") || published_word == "false";
}

std::vector<std::string> read_options(const Header& header, const csv::Record& record) {
    std::vector<std::string> options;
    for (const auto column : {option1, option2, option3}) {
        if (auto value = header.field(record, column); !value.empty() && value != kDefaultTitle) {
            options.push_back(std::move(value));
        }
    }
    return options;
}

/// "Classic Varsity Top" and "Small" become "classic-varsity-top-small": letters and digits of any script,
/// case-folded, with a dash for anything between them.
std::string slug(std::string_view handle_text, const std::vector<std::string>& options) {
    auto text = std::string(handle_text);
    for (const auto& option : options) {
        text += '-' + option;
    }
    std::string made;
    for (const char c : folded(text)) {
        const bool stays =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
        if (stays) {
            made += c;
        } else if (!made.empty() && made.back() != '-') {
            made += '-';
        }
    }
    if (made.ends_with('-')) {
        made.pop_back();
    }
    if (code_points(made) <= kMaxSku) {
        return made;
    }
    // A slug that is too long becomes its beginning and a hash of the whole, so that two long ones stay
    // distinct.
    constexpr std::size_t kHashDigits = 8;
    std::size_t end = 0;
    for (std::size_t count = 0; count < kMaxSku - kHashDigits - 1; ++count) {
        do {
            ++end;
        } while ((static_cast<unsigned char>(made[end]) & 0xc0U) == 0x80U);  // not inside a UTF-8 character
    }
    return made.substr(0, end) + '-' + to_hex(storage::hash_of_token(made)).substr(0, kHashDigits);
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) {
        text += text.empty() ? part : " / " + part;
    }
    return text;
}

/// Reads the rows after the header.
class SheetReader {
public:
    SheetReader(const csv::Record& header, std::string_view currency) : header_(header), currency_(currency) {
        if (const auto missing = header_.missing(); !missing.empty()) {
            throw Refusal(kNotAProductFile,
                          fmt::format("this is not Shopify's product CSV: its first line lacks {}", missing));
        }
    }

    SheetRow row(const csv::Record& record) {
        SheetRow made;
        made.line = record.line;
        try {
            read(record, made);
        } catch (const BadRow& bad) {
            made.fault = bad.why;
            made.faulty = bad.faulty;
        }
        return made;
    }

private:
    void read(const csv::Record& record, SheetRow& made) {
        check(record);
        auto handle_text = header_.field(record, handle);
        if (handle_text.empty()) {
            throw BadRow{"it has no Handle"};
        }
        const bool is_first = !groups_.contains(handle_text);
        const auto& group = is_first ? add_group(handle_text, record) : groups_.at(handle_text);

        const auto options = read_options(header_, record);
        const auto price_text = header_.field(record, price);
        made.sku = header_.field(record, sku);
        if (price_text.empty() && made.sku.empty() && header_.field(record, option1).empty()) {
            if (!header_.field(record, image).empty() && !is_first) {
                throw BadRow{.why = "it is only an image", .faulty = false};
            }
            throw BadRow{"it has no Variant Price"};
        }
        if (made.sku.empty()) {
            made.sku = slug(handle_text, options);
        }
        // A row's own title goes before the title of the handle's first row.
        const auto own_title = header_.field(record, title);
        const auto& title_text = own_title.empty() ? group.title : own_title;
        if (title_text.empty()) {
            throw BadRow{"it has no Title, and neither has the first row of its Handle"};
        }
        made.name = options.empty() ? title_text : title_text + " – " + joined(options);
        check_length("SKU", made.sku, kMaxSku);
        check_length("name", made.name, kMaxName);
        if (!group.description_fault.empty()) {
            throw BadRow{group.description_fault};
        }
        made.description = group.description;
        made.price = read_price(price_text);
        made.weight_g = read_weight(header_, record);
        made.archived = read_archived(group);
        if (const auto text = header_.field(record, quantity); !text.empty()) {
            // Shopify lets stock go below zero if more was sold than there was; nothing is on hand then.
            made.quantity = std::max<Quantity>(0, parse_whole(text, "Variant Inventory Qty"));
        }
        if (header_.has(threshold)) {
            made.low_stock_threshold = read_threshold(header_.field(record, threshold));
        }
        const auto [first, is_new] = lines_.try_emplace(folded(made.sku), record.line);
        if (!is_new) {
            throw BadRow{fmt::format("its SKU {} is that of line {} too", made.sku, first->second)};
        }
    }

    void check(const csv::Record& record) const {
        if (!record.fault.empty()) {
            throw BadRow{record.fault};
        }
        for (const auto& field : record.fields) {
            if (!valid_utf8(field)) {
                throw BadRow{"it is not well-formed UTF-8"};
            }
            if (has_control(field, true)) {
                throw BadRow{"it has a control character in it"};
            }
        }
        const auto extra = std::find_if(
            record.fields.begin() + static_cast<std::ptrdiff_t>(std::min(header_.width(), record.fields.size())),
            record.fields.end(), [](const std::string& field) { return !field.empty(); });
        if (extra != record.fields.end()) {
            throw BadRow{
                fmt::format("it has {} fields, where the first line has {}", record.fields.size(), header_.width())};
        }
    }

    const Group& add_group(const std::string& handle_text, const csv::Record& record) {
        Group group{.title = header_.field(record, title),
                    .description = {},
                    .description_fault = {},
                    .published = header_.field(record, published),
                    .status = header_.field(record, status)};
        if (auto text = html_to_text(header_.field(record, body)); !text) {
            group.description_fault = "its description is too large, or its elements are nested too deep";
        } else if (code_points(*text) > kMaxDescription) {
            group.description_fault =
                fmt::format("its description has {} characters; {} are allowed", code_points(*text), kMaxDescription);
        } else {
            group.description = std::make_shared<const std::string>(std::move(*text));
        }
        return groups_.emplace(handle_text, std::move(group)).first->second;
    }

    Money read_price(std::string_view text) const {
        if (text.empty()) {
            throw BadRow{"it has no Variant Price"};
        }
        const auto amount = parse_money(text, currency_);
        if (!amount) {
            throw BadRow{
                fmt::format("its price {:.40} is not an amount like {}", text, decimal_money({1250}, currency_))};
        }
        return *amount;
    }

    static std::optional<Quantity> read_threshold(std::string_view text) {
        if (text.empty()) {
            return std::nullopt;
        }
        const auto level = parse_whole(text, "Low Stock Threshold");
        if (level < 0) {
            throw BadRow{fmt::format("Low Stock Threshold {} is below 0", level)};
        }
        return level;
    }

    static void check_length(std::string_view what, std::string_view text, std::size_t most) {
        if (const auto length = code_points(text); length == 0 || length > most) {
            throw BadRow{fmt::format("its {} has {} characters; 1 to {} are allowed", what, length, most)};
        }
        if (has_control(text, false)) {
            throw BadRow{fmt::format("its {} has a line break or tab in it", what)};
        }
    }

    Header header_;
    std::string currency_;
    std::map<std::string, Group, std::less<>> groups_;        // by handle
    std::map<std::string, std::int64_t, std::less<>> lines_;  // the first line of each SKU
};

/// Stops reading a file that is too large, or that has too many faulty rows to be a product file.
class SheetBudget {
public:
    void take(const SheetRow& row) {
        if (++rows_ > budget::kCsvRows) {
            throw Refusal(kFileTooLarge,
                          fmt::format("the file has more than {} rows; import it in parts", budget::kCsvRows));
        }
        text_ += row.name.size() + (row.description ? row.description->size() : 0);
        if (text_ > budget::kCsvText) {
            throw Refusal(kFileTooLarge,
                          fmt::format("the file's products have more than {} MiB of text, since each variant has its "
                                      "description; import it in parts",
                                      budget::kCsvText >> 20U));
        }
        if (row.faulty && faults_++ == 0) {
            first_ = fmt::format("line {}: {}", row.line, row.fault);
        }
        if (faults_ > budget::kCsvFaults) {
            throw Refusal(kTooManyFaults,
                          fmt::format("more than {} rows have a fault, so nothing is imported; the first is in {}",
                                      budget::kCsvFaults, first_));
        }
    }

private:
    std::size_t rows_ = 0;
    std::size_t text_ = 0;
    std::size_t faults_ = 0;
    std::string first_;
};

}  // namespace

Sheet read_sheet(std::string_view text, std::string_view currency, const Progress& progress) {
    if (csv::is_utf16(text)) {
        throw Refusal(kNotAProductFile, "the file is in UTF-16; save it as CSV in UTF-8");
    }
    csv::Reader reader(text);
    csv::Record record;
    if (!reader.next(record)) {
        throw Refusal(kNotAProductFile, "the file is empty");
    }
    for (const auto& name : record.fields) {
        if (!valid_utf8(name)) {
            throw Refusal(kNotAProductFile, "the first line is not text in UTF-8");
        }
    }
    if (!record.fault.empty()) {
        throw Refusal(kNotAProductFile, fmt::format("the first line: {}", record.fault));
    }
    SheetReader rows(record, currency);
    Sheet sheet;
    sheet.file_hash = storage::hash_of_token(text);
    SheetBudget budget;
    while (reader.next(record)) {
        sheet.rows.push_back(rows.row(record));
        budget.take(sheet.rows.back());
        if (progress) {
            progress(static_cast<double>(reader.position()) / static_cast<double>(text.size()));
        }
    }
    return sheet;
}

}  // namespace orderd::catalog
