#include "catalog/export.h"

#include <fmt/format.h>

#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "catalog/html_text.h"
#include "catalog/search.h"

namespace orderd::catalog {

namespace {

constexpr auto kCount = "SELECT count(*) FROM product";

constexpr std::string_view kHeader[] = {
    "Handle",
    "Title",
    "Body (HTML)",
    "Published",
    "Option1 Name",
    "Option1 Value",
    "Variant SKU",
    "Variant Grams",
    "Variant Inventory Tracker",
    "Variant Inventory Qty",
    "Variant Inventory Policy",
    "Variant Fulfillment Service",
    "Variant Price",
    "Variant Requires Shipping",
    "Variant Taxable",
    "Variant Weight Unit",
    "Status",
    "Low Stock Threshold",
    "Tax Class",
};

/// A unique handle: the SKU in lower case with dashes, and a number if another product has that handle. Not the id,
/// which would be another one once the file was imported.
std::string handle_of(const Product& product, std::unordered_map<std::string, int>& taken) {
    std::string handle;
    for (const char c : folded(product.sku)) {
        const bool stays = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        handle += stays ? c : '-';
    }
    auto unique = handle;
    while (!taken.emplace(unique, 1).second) {
        unique = fmt::format("{}-{}", handle, ++taken[handle]);
    }
    return unique;
}

bool write(csv::Writer& out, const Product& product, const std::string& handle, std::string_view currency) {
    out.text(handle)
        .text(product.name)
        .text(text_to_html(product.description))
        .raw(product.archived ? "false" : "true")
        .raw("Title")
        .raw("Default Title")
        .text(product.sku)
        .raw(product.weight_g ? std::to_string(*product.weight_g) : "")
        .raw("shopify")
        .raw(std::to_string(product.on_hand))
        .raw("deny")
        .raw("manual")
        .amount(product.price, currency)
        .raw("true")
        .raw("true")
        .raw("g")
        .raw(product.archived ? "archived" : "active")
        .raw(product.low_stock_threshold ? std::to_string(*product.low_stock_threshold) : "")
        .raw(kTaxClasses[product.tax_class]);
    return out.end_record();
}

}  // namespace

bool export_products(storage::Store& store, std::string_view currency, const csv::Send& send, const csv::Style& style,
                     const Progress& progress) {
    constexpr std::int64_t kStep = 500;
    const auto all = store.read().value<std::int64_t>(kCount).value();
    csv::Writer out(send, style);
    for (const auto name : kHeader) {
        out.raw(name);
    }
    bool wanted = out.end_record();
    std::unordered_map<std::string, int> handles;
    std::int64_t written = 0;
    storage::Page page{.limit = kStep, .after = {}};
    for (bool more = true; more && wanted;) {
        const auto found = search(store.read(), {.sort = Sort::oldest}, page);
        for (const auto& product : found.rows) {
            wanted = wanted && write(out, product, handle_of(product, handles), currency);
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
