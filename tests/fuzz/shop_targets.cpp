// Files that a shop takes: product sheets, descriptions, templates, carriers' pictures.

#include <array>
#include <fstream>
#include <stdexcept>
#include <string>

#include "base/embedded.h"
#include "base/errors.h"
#include "base/templates.h"
#include "base/text.h"
#include "catalog/csv.h"
#include "catalog/html_text.h"
#include "catalog/import.h"
#include "fulfillment/carrier.h"
#include "fulfillment/label.h"
#include "fulfillment/print/pdf.h"
#include "fulfillment/print/png.h"
#include "fulfillment/print/typeface.h"
#include "fuzz/target.h"
#include "support/temporary_folder.h"

namespace orderd::fuzz {

namespace {

/// Records that are written, and read again: fields are cut at ';', records at line ends.
void check_written(std::string_view bytes) {
    std::vector<std::vector<std::string>> wanted;
    std::string text;
    csv::Writer writer([&](std::string_view piece) {
        text += piece;
        return true;
    });
    writer.text("field").end_record();  // a byte order mark at the very beginning is none of the text
    for (Input input(bytes); !input.empty();) {
        auto line = input.line();
        auto& record = wanted.emplace_back();
        for (bool more = true; more && record.size() < 200;) {
            const auto end = line.find(';');
            more = end != std::string_view::npos;
            record.emplace_back(line.substr(0, end));
            writer.text(record.back());
            line.remove_prefix(more ? end + 1 : line.size());
        }
        if (record.size() == 1 && record.front().empty()) {
            record.front() = "x";
            writer.raw("");  // a line with nothing in it would be passed over
            record.assign(2, "");
        }
        writer.end_record();
    }
    require(writer.finish(), "what is wanted is written");
    csv::Reader reader(text);
    csv::Record record;
    require(reader.next(record), "the first record is read");
    for (const auto& fields : wanted) {
        require(reader.next(record) && record.fault.empty(), "what was written is read");
        require(record.fields.size() == fields.size(), "with as many fields");
        for (std::size_t i = 0; i < fields.size(); ++i) {
            require(csv::unguarded(record.fields[i]) == fields[i], "each as it was");
            require(record.fields[i].empty() ||
                        std::string_view("=+-@\t\r").find(record.fields[i].front()) == std::string_view::npos,
                    "and no spreadsheet runs it");
        }
    }
    require(!reader.next(record), "and nothing more");
}

void csv_text(std::string_view bytes) {
    constexpr std::array<std::string_view, 3> kColumns{"Handle", "Title", "Variant Price"};
    const auto form = csv::form_of(bytes, kColumns);
    require(form.begins_at <= bytes.size() && form.first_line <= 2, "the first record is in the file");
    const auto decoded = csv::from_windows_1252(bytes);
    require(!decoded || (valid_utf8(*decoded) && decoded->size() >= bytes.size()), "Windows-1252 becomes UTF-8");
    csv::Reader reader(bytes, form);
    csv::Record record;
    std::size_t position = 0;
    std::int64_t line = 0;
    while (reader.next(record)) {
        require(reader.position() > position && reader.position() <= bytes.size(), "each record takes bytes");
        require(record.line > line, "lines are counted upwards");
        require(record.fields.size() <= 250 || !record.fault.empty(), "a record has at most 250 fields");
        position = reader.position();
        line = record.line;
    }
    check_written(bytes);
}

void sheet(std::string_view bytes) {
    try {
        const auto read = catalog::read_sheet(bytes, "EUR");
        const auto again = catalog::read_sheet(bytes, "EUR");
        require(read.rows.size() == again.rows.size() && read.file_hash == again.file_hash,
                "a file reads the same twice");
        for (const auto& row : read.rows) {
            for (const auto& note : row.notes) {
                require(!note->empty() && valid_utf8(*note), "a note is text");
            }
            if (!row.fault.empty()) {
                require(valid_utf8(row.fault), "a fault is text");
                continue;
            }
            require(!row.sku.empty() && valid_utf8(row.sku), "a row has a SKU");
            require(!row.says.name || (!row.says.name->empty() && valid_utf8(*row.says.name)), "a name is text");
            require(!row.says.price || (*row.says.price >= Money{0} && *row.says.price <= kMaxPrice), "a price is one");
            require(!row.description || valid_utf8(*row.description), "and so is a description");
            require(!row.stock.quantity || *row.stock.quantity >= 0, "there is no negative stock");
            require(!row.stock.quantity || row.stock.policy != catalog::StockPolicy::uncounted, "that is counted");
            require(!row.stock.limit || *row.stock.limit >= 0, "nor a negative limit");
            require(row.says.barcode.value_or("").empty() || catalog::is_gtin(*row.says.barcode),
                    "a barcode is a GTIN");
            require(!row.variant || row.variant->group < read.groups.size(), "a variant has its group");
            if (row.collections) {
                const auto written = catalog::written_names(*row.collections);
                require(catalog::read_names(written) == *row.collections, "names of collections come back");
            }
        }
        for (const auto& group : read.groups) {
            require(!group.options.empty() && group.options.size() <= catalog::kMaxOptions, "a group has options");
            for (const auto& option : group.options) {
                require(!option.name.empty() && !option.values.empty(), "with names and values");
            }
        }
    } catch (const Refusal& refusal) {
        require(refusal.status() == 422, "a file is refused with 422");
    }
}

void html_description(std::string_view bytes) {
    const auto text = catalog::html_to_text(bytes);
    if (!text || !valid_utf8(bytes)) {
        return;
    }
    require(valid_utf8(*text), "the text of HTML is UTF-8");
    const auto is_preformatted = in_capitals(bytes).find("<PRE") != std::string::npos;  // it keeps its lines
    require(is_preformatted || text->find("\n\n\n") == std::string::npos, "there are no two empty lines");
    require(trimmed(*text) == *text, "there is no white space around it");
    require(catalog::html_to_text(catalog::text_to_html(*text)) == text, "text that became HTML comes back");
}

constexpr std::string_view kMarkup = "<orderd-data>&\"";

/// Whether a template asks for what is not escaped, or changes what its tags look like.
bool is_unescaped(std::string_view text) {
    return text.find("{{{") != std::string_view::npos || text.find('&') != std::string_view::npos ||
           text.find('=') != std::string_view::npos;
}

void shop_template(std::string_view bytes) {
    static const tests::TemporaryFolder folder;
    static const Templates templates(folder.path());
    constexpr auto kName = "shipped.html";
    std::ofstream(folder.path() / kName, std::ios::binary) << bytes;
    const auto own = templates.overrides();
    require(own.size() == 1, "the shop's own template is found");
    const Json data{
        {"a", kMarkup}, {"b", Json::array({{{"a", kMarkup}}, {{"a", 7}}})}, {"c", {{"d", true}, {"a", ""}}}};
    const auto page = templates.render(kName, data, Language::english());
    require(!own.front().problem.empty() || is_unescaped(bytes) || page.find(kMarkup) == std::string::npos,
            "what is put into a page is escaped");
}

void picture(std::string_view bytes) {
    static const fulfillment::print::Typeface typeface;
    try {
        const auto png = fulfillment::print::parse_png(bytes);
        require(png.width > 0 && png.height > 0, "a picture has a size");
        require(png.bits >= 1 && png.bits <= 16 && (png.samples == 1 || png.samples == 3), "and samples");
    } catch (const std::runtime_error&) {
        try {
            fulfillment::label_page(bytes);
            require(false, "what is no picture is on no label");
        } catch (const fulfillment::CarrierRefused&) {
        }
        return;
    }
    try {
        const auto pdf = fulfillment::print::pdf(typeface, {fulfillment::label_page(bytes)}, "a label");
        require(pdf.starts_with("%PDF-"), "a label is a PDF");
    } catch (const fulfillment::CarrierRefused&) {
    }
}

}  // namespace

std::vector<Target> shop_targets() {
    return {{"csv", csv_text},
            {"sheet", sheet},
            {"html_description", html_description},
            {"template", shop_template},
            {"picture", picture}};
}

}  // namespace orderd::fuzz
