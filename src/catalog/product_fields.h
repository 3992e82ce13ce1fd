#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/errors.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/money.h"
#include "base/names.h"
#include "base/time_zone.h"
#include "catalog/tax_class.h"

namespace orderd::catalog {

constexpr std::size_t kMaxSku = 100;                 ///< code points
constexpr std::size_t kMaxName = 200;                ///< code points
constexpr std::size_t kMaxDescription = 20'000;      ///< code points
constexpr std::size_t kMaxShelf = 50;                ///< code points
constexpr std::int64_t kMaxWeight = 1'000'000'000;   ///< grams
constexpr std::int64_t kMaxContent = 1'000'000'000;  ///< grams, millilitres or millimetres
constexpr std::size_t kMinCustomsCode = 6;           ///< digits: what all countries share
constexpr std::size_t kMaxCustomsCode = 13;          ///< digits

/// Where a product is to be had.
enum class ProductStatus {
    active,
    hidden,   ///< on sale to whoever has its address or SKU, but in no list that customers see
    archived  ///< not on sale, and not shown to customers
};

inline constexpr Names<ProductStatus, 3> kProductStatuses{
    {{{ProductStatus::active, "active"}, {ProductStatus::hidden, "hidden"}, {ProductStatus::archived, "archived"}}}};

/// How many units of a product can be sold.
enum class StockPolicy {
    counted,    ///< those that are in stock
    uncounted,  ///< any number: neither on_hand nor reserved is kept
    beyond      ///< those in stock, and beyond_limit more, which customers wait for
};

inline constexpr Names<StockPolicy, 3> kStockPolicies{
    {{{StockPolicy::counted, "counted"}, {StockPolicy::uncounted, "uncounted"}, {StockPolicy::beyond, "beyond"}}}};

/// What content is counted in. A price is compared for a kilogram, a litre or a metre.
enum class ContentUnit { gram, millilitre, millimetre };

inline constexpr Names<ContentUnit, 3> kContentUnits{
    {{{ContentUnit::gram, "g"}, {ContentUnit::millilitre, "ml"}, {ContentUnit::millimetre, "mm"}}}};

/// How much one unit of a product holds: 500 ml.
struct Content {
    std::int64_t quantity = 0;
    ContentUnit unit = ContentUnit::gram;

    bool operator==(const Content&) const = default;
};

/// What staff say of a product: all of it but its stock.
struct ProductFields {
    std::string sku = {};     ///< unique by identifier_key(), see base/folding.h
    std::string handle = {};  ///< of its page, see handle.h; empty: it is a variant, or the shop makes one
    std::string name = {};
    std::string description = {};
    Money price = {};
    std::optional<Money> compare_at_price = {};  ///< above the price: what it is reduced from; nullopt: not reduced
    ProductStatus status = ProductStatus::active;
    std::optional<std::int64_t> weight_g = {};  ///< nullopt: unknown, which is not 0
    TaxClass tax_class = TaxClass::standard;
    std::string barcode = {};             ///< a GTIN: 8, 12, 13 or 14 digits; empty: none
    std::optional<Content> content = {};  ///< nullopt: not sold by measure
    std::string shelf = {};               ///< where it lies, for who packs
    std::string customs_code = {};        ///< of the Harmonized System, digits alone; empty: unknown
    std::string origin_country = {};      ///< where it was made, ISO 3166-1; empty: unknown
    StockPolicy stock_policy = StockPolicy::counted;
    Quantity beyond_limit = 0;                         ///< units sold beyond the stock; 0 unless the policy is `beyond`
    std::optional<Day> expected_on = {};               ///< when more comes; nullopt unless the policy is `beyond`
    std::optional<Quantity> most_per_order = {};       ///< nullopt: no bound of its own
    std::optional<Quantity> low_stock_threshold = {};  ///< nullopt: no alert

    bool archived() const { return status == ProductStatus::archived; }
    bool is_counted() const { return stock_policy != StockPolicy::uncounted; }

    bool operator==(const ProductFields&) const = default;
};

/// The changes to a product's fields; absent members stay as they are, an inner nullopt removes the value.
struct Changes {
    std::optional<std::string> sku = {};
    std::optional<std::string> handle = {};
    std::optional<std::string> name = {};
    std::optional<std::string> description = {};
    std::optional<Money> price = {};
    std::optional<std::optional<Money>> compare_at_price = {};
    std::optional<ProductStatus> status = {};
    std::optional<std::optional<std::int64_t>> weight_g = {};  ///< 0: unknown, too
    std::optional<TaxClass> tax_class = {};
    std::optional<std::string> barcode = {};
    std::optional<std::optional<Content>> content = {};
    std::optional<std::string> shelf = {};
    std::optional<std::string> customs_code = {};
    std::optional<std::string> origin_country = {};
    std::optional<StockPolicy> stock_policy = {};
    std::optional<Quantity> beyond_limit = {};
    std::optional<std::optional<Day>> expected_on = {};
    std::optional<std::optional<Quantity>> most_per_order = {};
    std::optional<std::optional<Quantity>> low_stock_threshold = {};

    bool operator==(const Changes&) const = default;
};

/// Calls `visit(name, member of ProductFields, member of Changes)` for each field, with the name that the API, events
/// and the audit log give it.
template <class Visit>
void each_field(Visit&& visit) {
    using F = ProductFields;
    using C = Changes;
    visit("sku", &F::sku, &C::sku);
    visit("handle", &F::handle, &C::handle);
    visit("name", &F::name, &C::name);
    visit("description", &F::description, &C::description);
    visit("price", &F::price, &C::price);
    visit("compare_at_price", &F::compare_at_price, &C::compare_at_price);
    visit("status", &F::status, &C::status);
    visit("weight_g", &F::weight_g, &C::weight_g);
    visit("tax_class", &F::tax_class, &C::tax_class);
    visit("barcode", &F::barcode, &C::barcode);
    visit("content", &F::content, &C::content);
    visit("shelf", &F::shelf, &C::shelf);
    visit("customs_code", &F::customs_code, &C::customs_code);
    visit("origin_country", &F::origin_country, &C::origin_country);
    visit("stock_policy", &F::stock_policy, &C::stock_policy);
    visit("beyond_limit", &F::beyond_limit, &C::beyond_limit);
    visit("expected_on", &F::expected_on, &C::expected_on);
    visit("most_per_order", &F::most_per_order, &C::most_per_order);
    visit("low_stock_threshold", &F::low_stock_threshold, &C::low_stock_threshold);
}

/// The fields with their changes. What only the former stock policy has is reset with it.
ProductFields changed(ProductFields fields, const Changes& changes);

/// The fields with their changes, in the form in which they would be stored; what is wrong with them is not said.
ProductFields would_be(const ProductFields& fields, const Changes& changes);

/// What takes fields back to these.
Changes changes_to(const ProductFields& fields);

/// Brings the fields into the form in which they are stored: texts without space around them, line ends of the
/// description as "\n", digits alone in barcode and customs code, 0 for an unknown weight as nullopt.
///
/// @returns every fault: blank, too long, out of range, a wrong check digit, members that do not go together
std::vector<Fault> tidy(ProductFields& fields);

/// Whether digits are a GTIN: 8, 12, 13 or 14 of them, of which the last is the check digit (GS1 General
/// Specifications, 7.9).
bool is_gtin(std::string_view digits);

/// All fields, by their names.
Json to_json(const ProductFields& fields);

/// The fields that to_json() wrote, also before some of them existed: those have the values of ProductFields.
ProductFields fields_from(const Json& json);

/// The changes to those members that to_json() wrote and this has.
Changes changes_from(const Json& json);

/// The members of the first that differ from the second, with the first one's values.
Json difference(const ProductFields& one, const ProductFields& other);

/// The price of a kilogram, a litre or a metre, rounded half up; nullopt where it is not sold by measure.
std::optional<Money> price_per_base(const ProductFields& fields);

/// {"price", "unit": "kg"}, or null: for answers.
Json price_per_json(const ProductFields& fields);

}  // namespace orderd::catalog
