// Reading Shopify's product CSV: read_sheet() of import.h.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <memory>

#include "base/budgets.h"
#include "base/errors.h"
#include "base/folding.h"
#include "base/text.h"
#include "catalog/csv.h"
#include "catalog/html_text.h"
#include "catalog/import.h"
#include "catalog/sheet_columns.h"
#include "catalog/sheet_groups.h"
#include "catalog/sheet_names.h"
#include "catalog/sheet_values.h"
#include "storage/vault.h"

namespace orderd::catalog {

namespace {

constexpr std::string_view kDefaultTitle = "Default Title";  // of the one variant of a product without options

/// What a handle's first row says about all of its rows.
struct HandleRows {
    std::string title;
    std::shared_ptr<const std::string> description;  ///< of all its variants
    std::string description_fault;
    Sale sale;
    OptionValues option_names;
    std::vector<RowOptions> variants;  ///< of its rows without a fault
};

constexpr std::array kOptions{Column::option1, Column::option2, Column::option3};
constexpr std::array kOptionNames{Column::option1_name, Column::option2_name, Column::option3_name};

OptionValues read_options(const Header& header, const csv::Record& record) {
    OptionValues values;
    for (std::size_t i = 0; i < kOptions.size(); ++i) {
        if (auto value = header.field(record, kOptions[i]); value != kDefaultTitle) {
            values[i] = std::move(value);
        }
    }
    return values;
}

std::vector<std::string> without_empty(const OptionValues& values) {
    std::vector<std::string> all;
    std::copy_if(values.begin(), values.end(), std::back_inserter(all),
                 [](const auto& value) { return !value.empty(); });
    return all;
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

    const Header& header() const { return header_; }

    void add(const csv::Record& record, Sheet& sheet) {
        SheetRow made;
        made.line = record.line;
        try {
            read(record, made, sheet.rows.size());
        } catch (const BadRow& bad) {
            made.fault = bad.why;
            made.faulty = bad.faulty;
        }
        sheet.rows.push_back(std::move(made));
    }

    /// Once all rows are read: makes groups of the handles whose rows have options.
    void finish(Sheet& sheet) {
        for (const auto& handle_text : handles_) {
            const auto& of_handle = rows_of_.at(handle_text);
            make_group(
                {.handle = handle_text, .title = of_handle.title, .description = of_handle.description, .options = {}},
                of_handle.option_names, of_handle.variants, sheet);
        }
    }

private:
    void read(const csv::Record& record, SheetRow& made, std::size_t at) {
        check(record);
        auto handle_text = header_.field(record, Column::handle);
        made.sku = header_.field(record, Column::sku);
        if (!header_.has(Column::handle)) {
            handle_text = made.sku;
        } else if (handle_text.empty()) {
            throw BadRow{"it has no Handle"};
        }
        const bool is_first = !rows_of_.contains(handle_text);
        auto& of_handle = is_first ? add_handle(handle_text, record) : rows_of_.at(handle_text);

        const auto values = read_options(header_, record);
        const auto options = without_empty(values);
        check_is_product(record, made.sku, is_first);
        if (made.sku.empty()) {
            made.sku = slug(handle_text, options);
        }
        if (header_.has(Column::handle)) {
            made.handle = handle_text;
        }
        read_texts(record, of_handle, options, made);
        check_length("SKU", made.sku, kMaxSku);
        Notes notes;
        if (const auto text = header_.field(record, Column::price); !text.empty()) {
            made.says.price = numbers_.price(text);
        }
        if (const auto grams = numbers_.weight(header_, record)) {
            made.says.weight_g.emplace(grams);
        }
        made.stock = read_stock(header_, record, notes);
        read_details(header_, record, numbers_, made.says, notes);
        const auto own = own_sale(record);
        const auto& sale = own.status ? own : of_handle.sale;
        made.says.status = sale.status;
        if (!sale.note.empty()) {
            notes.push_back(sale.note);
        }
        if (header_.has(Column::collections)) {
            made.collections = shared_names(header_.field(record, Column::collections));
        }
        for (const auto& note : notes) {
            made.notes.push_back(shared(note));
        }
        const auto [first, is_new] = lines_.try_emplace(identifier_key(made.sku), record.line);
        if (!is_new) {
            throw BadRow{fmt::format("its SKU {} is that of line {} too", made.sku, first->second)};
        }
        of_handle.variants.push_back({at, values});
    }

    /// Whether a row has a product of its own, and not only a picture of its handle's.
    void check_is_product(const csv::Record& record, const std::string& sku, bool is_first) const {
        const bool has_price = !header_.field(record, Column::price).empty();
        if (!header_.has(Column::price) || has_price) {
            if (sku.empty() && !header_.has(Column::handle)) {
                throw BadRow{"it has no SKU"};
            }
            return;
        }
        const bool names_nothing = sku.empty() && header_.field(record, Column::option1).empty();
        if (names_nothing && !is_first && !header_.field(record, Column::image).empty()) {
            throw BadRow{.why = "it is only an image", .faulty = false};
        }
        throw BadRow{"it has no Variant Price"};
    }

    /// Name and description. A row's own title goes before the title of its handle's first row.
    void read_texts(const csv::Record& record, const HandleRows& of_handle, const std::vector<std::string>& options,
                    SheetRow& made) {
        auto own = header_.field(record, Column::variant_name);
        if (!own.empty()) {
            made.says.name = std::move(own);
        } else if (header_.has(Column::title)) {
            const auto title = header_.field(record, Column::title);
            const auto& text = title.empty() ? of_handle.title : title;
            if (text.empty()) {
                throw BadRow{"it has no Title, and neither has the first row of its Handle"};
            }
            made.says.name = name_in_sheet(text, options);
        }
        if (made.says.name) {
            check_length("name", *made.says.name, kMaxName);
        }
        if (!of_handle.description_fault.empty()) {
            throw BadRow{of_handle.description_fault};
        }
        made.description = of_handle.description;
        if (const auto html = header_.field(record, Column::variant_body); !html.empty()) {
            std::string fault;
            made.description = description_of(html, fault);
            if (!fault.empty()) {
                throw BadRow{fault};
            }
        }
    }

    Sale own_sale(const csv::Record& record) const {
        return read_sale(header_.field(record, Column::status), header_.field(record, Column::published),
                         header_.field(record, Column::hidden));
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

    HandleRows& add_handle(const std::string& handle_text, const csv::Record& record) {
        HandleRows of_handle{.title = header_.field(record, Column::title),
                             .description = {},
                             .description_fault = {},
                             .sale = own_sale(record),
                             .option_names = {},
                             .variants = {}};
        for (std::size_t i = 0; i < kOptionNames.size(); ++i) {
            of_handle.option_names[i] = header_.field(record, kOptionNames[i]);
        }
        if (header_.has(Column::body)) {
            of_handle.description = description_of(header_.field(record, Column::body), of_handle.description_fault);
        }
        handles_.push_back(handle_text);
        return rows_of_.emplace(handle_text, std::move(of_handle)).first->second;
    }

    static std::shared_ptr<const std::string> description_of(const std::string& html, std::string& fault) {
        auto text = html_to_text(html);
        if (!text) {
            fault = "its description is too large, or its elements are nested too deep";
        } else if (code_points(*text) > kMaxDescription) {
            fault =
                fmt::format("its description has {} characters; {} are allowed", code_points(*text), kMaxDescription);
        } else {
            return std::make_shared<const std::string>(std::move(*text));
        }
        return nullptr;
    }

    std::shared_ptr<const std::vector<std::string>> shared_names(const std::string& text) {
        auto& kept = names_[text];
        if (!kept) {
            kept = std::make_shared<const std::vector<std::string>>(read_names(text));
        }
        return kept;
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
    std::map<std::string, std::shared_ptr<const std::vector<std::string>>, std::less<>> names_;  // of collections
    std::map<std::string, HandleRows, std::less<>> rows_of_;                                     // by handle
    std::vector<std::string> handles_;                        // in the order of the file
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
        text_ += row.says.name.value_or("").size() + (row.description ? row.description->size() : 0);
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
    SheetPictures pictures(rows.header());
    while (reader.next(record)) {
        decode(record, sheet.form);
        rows.add(record, sheet);
        pictures.take(record, sheet.rows.back().fault.empty() ? sheet.rows.back().sku : "");
        budget.take(sheet.rows.back());
        if (progress) {
            progress(static_cast<double>(reader.position()) / static_cast<double>(text.size()));
        }
    }
    rows.finish(sheet);
    sheet.pictures = std::move(pictures).finish();
    return sheet;
}

}  // namespace orderd::catalog
