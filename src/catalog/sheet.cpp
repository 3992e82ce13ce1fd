// Reading Shopify's product CSV: read_sheet() of import.h.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "base/budgets.h"
#include "base/errors.h"
#include "base/folding.h"
#include "base/text.h"
#include "catalog/csv.h"
#include "catalog/html_text.h"
#include "catalog/import.h"
#include "catalog/sheet_columns.h"
#include "catalog/sheet_values.h"
#include "storage/vault.h"

namespace orderd::catalog {

namespace {

constexpr std::string_view kDefaultTitle = "Default Title";  // of the one variant of a product without options

/// What a handle's first row says about all of its rows.
struct Group {
    std::string title;
    std::shared_ptr<const std::string> description;  ///< of all its variants
    std::string description_fault;
    Sale sale;
};

std::vector<std::string> read_options(const Header& header, const csv::Record& record) {
    std::vector<std::string> options;
    for (const auto column : {Column::option1, Column::option2, Column::option3}) {
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

std::string plural_of(char separator) {
    const auto name = csv::separator_name(separator);
    return name.size() > 1 ? name + 's' : '"' + name + '"';
}

/// Converts the fields to UTF-8.
void decode(csv::Record& record, const csv::Form& form) {
    if (form.encoding == csv::Encoding::utf8) {
        return;
    }
    for (auto& field : record.fields) {
        auto text = csv::from_windows_1252(field);
        if (!text && record.fault.empty()) {
            record.fault = "it has a byte in it that is no character, neither in UTF-8 nor in Windows-1252";
        }
        field = std::move(text).value_or("");
    }
}

/// Reads the rows after the header.
class SheetReader {
public:
    SheetReader(const csv::Record& header, const csv::Form& form, std::string_view currency)
        : header_(header), numbers_(form, currency) {
        if (const auto missing = header_.missing(); !missing.empty()) {
            throw Refusal(
                kNotAProductFile,
                fmt::format("this is not Shopify's product CSV: its first line of names, separated by {}, has "
                            "{} of them and lacks {}",
                            plural_of(form.separator), header_.width(), missing));
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
        auto handle_text = header_.field(record, Column::handle);
        if (handle_text.empty()) {
            throw BadRow{"it has no Handle"};
        }
        const bool is_first = !groups_.contains(handle_text);
        const auto& group = is_first ? add_group(handle_text, record) : groups_.at(handle_text);

        const auto options = read_options(header_, record);
        const auto price_text = header_.field(record, Column::price);
        made.sku = header_.field(record, Column::sku);
        if (price_text.empty() && made.sku.empty() && header_.field(record, Column::option1).empty()) {
            if (!header_.field(record, Column::image).empty() && !is_first) {
                throw BadRow{.why = "it is only an image", .faulty = false};
            }
            throw BadRow{"it has no Variant Price"};
        }
        if (made.sku.empty()) {
            made.sku = slug(handle_text, options);
        }
        // A row's own title goes before the title of the handle's first row.
        const auto own_title = header_.field(record, Column::title);
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
        made.price = numbers_.price(price_text);
        made.weight_g = numbers_.weight(header_, record);
        made.archived = group.sale.archived;
        const auto stock = read_stock(header_, record);
        made.quantity = stock.quantity;
        made.not_counted = stock.not_counted;
        for (const auto* note : {&stock.note, &group.sale.note}) {
            if (!note->empty()) {
                made.notes.push_back(shared(*note));
            }
        }
        if (header_.has(Column::threshold)) {
            made.low_stock_threshold = read_threshold(header_.field(record, Column::threshold));
        }
        made.tax_class = read_tax_class(header_.field(record, Column::tax_class));
        const auto [first, is_new] = lines_.try_emplace(identifier_key(made.sku), record.line);
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
        Group group{.title = header_.field(record, Column::title),
                    .description = {},
                    .description_fault = {},
                    .sale = read_sale(header_.field(record, Column::status), header_.field(record, Column::published))};
        if (auto text = html_to_text(header_.field(record, Column::body)); !text) {
            group.description_fault = "its description is too large, or its elements are nested too deep";
        } else if (code_points(*text) > kMaxDescription) {
            group.description_fault =
                fmt::format("its description has {} characters; {} are allowed", code_points(*text), kMaxDescription);
        } else {
            group.description = std::make_shared<const std::string>(std::move(*text));
        }
        return groups_.emplace(handle_text, std::move(group)).first->second;
    }

    /// Rows share their notes, of which a file has few.
    std::shared_ptr<const std::string> shared(const std::string& note) {
        auto& kept = notes_[note];
        if (!kept) {
            kept = std::make_shared<const std::string>(note);
        }
        return kept;
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
    NumberReader numbers_;
    std::map<std::string, std::shared_ptr<const std::string>, std::less<>> notes_;
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
        for (const auto& note : row.notes) {
            text_ += note->size();
        }
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
    Sheet sheet;
    sheet.form = csv::form_of(text, column_names());
    csv::Reader reader(text, sheet.form);
    csv::Record record;
    if (!reader.next(record)) {
        throw Refusal(kNotAProductFile, "the file is empty");
    }
    decode(record, sheet.form);
    for (const auto& name : record.fields) {
        if (!valid_utf8(name)) {
            throw Refusal(kNotAProductFile, "the first line is not text in UTF-8");
        }
    }
    if (!record.fault.empty()) {
        throw Refusal(kNotAProductFile, fmt::format("the first line: {}", record.fault));
    }
    SheetReader rows(record, sheet.form, currency);
    sheet.file_hash = storage::hash_of_token(text);
    SheetBudget budget;
    while (reader.next(record)) {
        decode(record, sheet.form);
        sheet.rows.push_back(rows.row(record));
        budget.take(sheet.rows.back());
        if (progress) {
            progress(static_cast<double>(reader.position()) / static_cast<double>(text.size()));
        }
    }
    return sheet;
}

}  // namespace orderd::catalog
