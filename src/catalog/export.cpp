#include "catalog/export.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "catalog/collections.h"
#include "catalog/group.h"
#include "catalog/html_text.h"
#include "catalog/search.h"
#include "catalog/sheet_columns.h"
#include "catalog/sheet_names.h"
#include "catalog/sheet_values.h"

namespace orderd::catalog {

namespace {

constexpr auto kCountExported = "SELECT count(*) FROM product";
constexpr auto kFirstVariant = "SELECT min(id) FROM product WHERE group_id = ?1";

struct Written {
    std::string_view name;
    std::optional<Column> column;  ///< nullopt: a fixed word
    std::string_view word = {};
};

constexpr Written column(Column of) { return {.name = {}, .column = of}; }
constexpr Written fixed(std::string_view name, std::string_view word) {
    return {.name = name, .column = {}, .word = word};
}

constexpr std::array kWritten{
    column(Column::handle),
    column(Column::title),
    column(Column::body),
    column(Column::published),
    column(Column::option1_name),
    column(Column::option1),
    column(Column::option2_name),
    column(Column::option2),
    column(Column::option3_name),
    column(Column::option3),
    column(Column::sku),
    column(Column::grams),
    column(Column::tracker),
    column(Column::quantity),
    column(Column::policy),
    fixed("Variant Fulfillment Service", "manual"),
    column(Column::price),
    column(Column::compare_at_price),
    fixed("Variant Requires Shipping", "true"),
    fixed("Variant Taxable", "true"),
    column(Column::barcode),
    column(Column::weight_unit),
    column(Column::measure),
    column(Column::measure_unit),
    column(Column::status),
    column(Column::variant_name),
    column(Column::variant_body),
    column(Column::beyond_limit),
    column(Column::expected_on),
    column(Column::most_per_order),
    column(Column::threshold),
    column(Column::tax_class),
    column(Column::shelf),
    column(Column::customs_code),
    column(Column::origin_country),
    column(Column::collections),
};

/// A row, with what it needs of its group.
struct Exported {
    Product product;
    std::shared_ptr<const Group> group = {};  ///< null: it stands alone
    bool is_first = true;                     ///< of its handle
    std::string collections = {};

    const std::string& value(std::size_t option) const { return product.variant->values[option]; }
};

/// HTML of a description, which reads as the empty text if that is what it says.
std::string own_description(const std::string& text) { return text.empty() ? "<p></p>" : text_to_html(text); }

std::string number_or_none(const std::optional<std::int64_t>& number) { return number ? std::to_string(*number) : ""; }

/// What a group's rows say once, on the first of them, as Shopify's files do; what a variant has of its own.
std::string text_of(const Exported& row, Column column) {
    const auto& product = row.product;
    const auto& group = row.group;
    switch (column) {
        case Column::title: return !group ? product.name : row.is_first ? group->name : "";
        case Column::body:
            return !group ? text_to_html(product.description) : row.is_first ? text_to_html(group->description) : "";
        case Column::variant_name: {
            if (!group) {
                return "";
            }
            const auto& values = product.variant->values;
            const auto named = name_in_sheet(
                group->name, {values.begin(), values.begin() + static_cast<std::ptrdiff_t>(group->options.size())});
            return product.name == named ? "" : product.name;
        }
        case Column::variant_body:
            return group && product.description != group->description ? own_description(product.description) : "";
        default: return "";
    }
}

std::string option_of(const Exported& row, std::size_t option, bool is_name) {
    if (!row.group) {
        return option > 0 ? "" : is_name ? "Title" : "Default Title";
    }
    if (option >= row.group->options.size()) {
        return "";
    }
    return !is_name ? row.value(option) : row.is_first ? row.group->options[option].name : "";
}

void write_field(csv::Writer& out, const Exported& row, Column column, std::string_view currency) {
    const auto& product = row.product;
    const bool is_beyond = product.stock_policy == StockPolicy::beyond;
    switch (column) {
        case Column::handle: out.text(row.group ? row.group->handle : product.handle); break;
        case Column::published: out.raw(product.archived() ? "false" : "true"); break;
        case Column::option1_name: out.text(option_of(row, 0, true)); break;
        case Column::option1: out.text(option_of(row, 0, false)); break;
        case Column::option2_name: out.text(option_of(row, 1, true)); break;
        case Column::option2: out.text(option_of(row, 1, false)); break;
        case Column::option3_name: out.text(option_of(row, 2, true)); break;
        case Column::option3: out.text(option_of(row, 2, false)); break;
        case Column::sku: out.text(product.sku); break;
        case Column::grams: out.raw(number_or_none(product.weight_g)); break;
        case Column::weight_unit: out.raw("g"); break;
        case Column::tracker: out.raw(product.stock_policy == StockPolicy::uncounted ? "" : "shopify"); break;
        case Column::quantity:
            out.raw(product.stock_policy == StockPolicy::uncounted ? "" : std::to_string(product.on_hand));
            break;
        case Column::policy: out.raw(is_beyond ? "continue" : "deny"); break;
        case Column::beyond_limit: out.raw(is_beyond ? std::to_string(product.beyond_limit) : ""); break;
        case Column::expected_on: out.raw(product.expected_on ? to_text(*product.expected_on) : ""); break;
        case Column::price: out.amount(product.price, currency); break;
        case Column::compare_at_price:
            if (product.compare_at_price) {
                out.amount(*product.compare_at_price, currency);
            } else {
                out.raw("");
            }
            break;
        case Column::barcode: out.raw(product.barcode); break;
        case Column::measure: out.raw(product.content ? std::to_string(product.content->quantity) : ""); break;
        case Column::measure_unit: out.raw(product.content ? kContentUnits[product.content->unit] : ""); break;
        case Column::status: out.raw(kProductStatuses[product.status]); break;
        case Column::most_per_order: out.raw(number_or_none(product.most_per_order)); break;
        case Column::threshold: out.raw(number_or_none(product.low_stock_threshold)); break;
        case Column::tax_class: out.raw(kTaxClasses[product.tax_class]); break;
        case Column::shelf: out.text(product.shelf); break;
        case Column::customs_code: out.raw(product.customs_code); break;
        case Column::origin_country: out.raw(product.origin_country); break;
        case Column::collections: out.text(row.collections); break;
        default: out.text(text_of(row, column)); break;
    }
}

std::string collection_names(const storage::View& view, const Product& product) {
    std::vector<std::string> names;
    for (const auto& collection : collections_of(view, product.id)) {
        names.push_back(collection.name);
    }
    std::sort(names.begin(), names.end());  // their positions are not in the file
    return written_names(names);
}

/// Products whose rows go together: one that stands alone, or all variants of a group.
std::vector<Exported> with_variants(const storage::View& view, const Product& product) {
    std::vector<Exported> rows;
    if (!product.variant) {
        rows.push_back({.product = product});
    } else if (const auto group = find_group(view, product.variant->group)) {
        const auto shared = std::make_shared<const Group>(*group);
        for (auto& variant : variants(view, group->id)) {
            rows.push_back({.product = std::move(variant), .group = shared, .is_first = rows.empty()});
        }
    }
    for (auto& row : rows) {
        row.collections = collection_names(view, row.product);
    }
    return rows;
}

/// Whether the rows of a product's group stand at its place: it is the oldest of them.
bool leads(const storage::View& view, const Product& product) {
    return !product.variant || view.value<ProductId>(kFirstVariant, product.variant->group) == product.id;
}

bool write(csv::Writer& out, const Exported& row, std::string_view currency) {
    for (const auto& written : kWritten) {
        if (written.column) {
            write_field(out, row, *written.column, currency);
        } else {
            out.raw(written.word);
        }
    }
    return out.end_record();
}

}  // namespace

bool export_products(storage::Store& store, std::string_view currency, const csv::Send& send, const csv::Style& style,
                     const Progress& progress) {
    constexpr std::int64_t kStep = 500;
    const auto all = store.read().value<std::int64_t>(kCountExported).value();
    csv::Writer out(send, style);
    for (const auto& written : kWritten) {
        out.raw(written.column ? name_of(*written.column) : written.name);
    }
    bool wanted = out.end_record();
    std::int64_t written = 0;
    storage::Page page{.limit = kStep, .after = {}};
    for (bool more = true; more && wanted;) {
        const auto found = search(store.read(), {.sort = Sort::oldest}, page);
        for (const auto& product : found.rows) {
            // A group may have as many variants as a page has products: its snapshot is its own.
            const auto rows = [&] {
                const auto view = store.read();
                return leads(view, product) ? with_variants(view, product) : std::vector<Exported>();
            }();
            for (const auto& row : rows) {
                wanted = wanted && write(out, row, currency);
            }
            ++written;
            if (progress && all > 0) {
                progress(std::min(1.0, static_cast<double>(written) / static_cast<double>(all)));
            }
        }
        more = !found.after.is_null();
        page.after = found.after;
    }
    return out.finish() && wanted;
}

}  // namespace orderd::catalog
