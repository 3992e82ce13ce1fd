#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/money.h"
#include "base/refused.h"
#include "base/time.h"
#include "catalog/tax_class.h"
#include "storage/writer.h"

namespace orderd::catalog {

constexpr std::size_t kMaxSku = 100;                ///< code points
constexpr std::size_t kMaxName = 200;               ///< code points
constexpr std::size_t kMaxDescription = 20'000;     ///< code points
constexpr std::int64_t kMaxWeight = 1'000'000'000;  ///< grams

inline constexpr Refused kSkuTaken{
    409, "sku_taken",
    "Another product has this SKU; product_id names it. Two SKUs are the same if they differ only in case, in wide or "
    "composed forms of letters, or in characters that nobody sees. Choose another SKU, or change that product."};

/// Something the shop sells, or sold once (archived), with its stock.
struct Product {
    ProductId id{};
    std::string sku;  ///< unique by identifier_key(), see base/folding.h
    std::string name;
    std::string description;
    Money price;
    Quantity on_hand = 0;                         ///< units in stock, reserved ones included
    Quantity reserved = 0;                        ///< units of on_hand that are promised to open orders
    std::optional<Quantity> low_stock_threshold;  ///< nullopt: no alert
    bool archived = false;                        ///< not on sale, and not shown to customers
    std::optional<std::int64_t> weight_g;         ///< nullopt: unknown, which is not 0
    TaxClass tax_class = TaxClass::standard;
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;

    Quantity available() const { return on_hand - reserved; }
};

/// Reads a product from a row whose columns are, in this order: id, sku, name, description, price, on_hand,
/// reserved, low_stock_threshold, whether it is archived, weight_g, created_at, updated_at, version, tax_class.
Product read_product(const storage::Row& row);

/// @returns nullopt if there is no such product; archived ones are found
std::optional<Product> find(const storage::View& view, ProductId id);

/// The product with this SKU, or one that identifier_key() holds equal. Of several in a shop from before schema 5, the
/// one that is written exactly so, or else the oldest.
std::optional<Product> find_by_sku(const storage::View& view, std::string_view sku);

/// @throws Refusal `not_found`
Product get(const storage::View& view, ProductId id);

struct NewProduct {
    std::string sku;
    std::string name;
    std::string description = {};
    Money price;
    Quantity quantity = 0;  ///< the initial stock: a movement `received`
    std::optional<Quantity> low_stock_threshold = {};
    std::optional<std::int64_t> weight_g = {};  ///< nullopt or 0: unknown
    TaxClass tax_class = TaxClass::standard;
    bool archived = false;
    std::optional<ImportId> import = {};  ///< the import that adds it
};

/// Adds a product, with its first movement, its event `product.created`, and its audit entry. SKU and name
/// are trimmed; line ends of the description become "\n".
///
/// @throws Refusal 422 naming every fault (blank, too long, out of range); 409 `sku_taken`
Product create(storage::Transaction& tx, const NewProduct& wanted, const Actor& actor, Time now);

/// The changes to a product; absent members stay as they are.
struct Changes {
    std::optional<std::string> sku = {};
    std::optional<std::string> name = {};
    std::optional<std::string> description = {};
    std::optional<Money> price = {};
    std::optional<std::optional<Quantity>> low_stock_threshold = {};  ///< inner nullopt: removes the threshold
    std::optional<std::optional<std::int64_t>> weight_g = {};         ///< inner nullopt, or 0: unknown
    std::optional<TaxClass> tax_class = {};
    std::optional<bool> archived = {};

    bool operator==(const Changes&) const = default;
};

/// Changes fields, never the stock (stock.h does that). Records the event `product.updated` (or
/// `product.archived`, or `product.restored` when it goes on sale again) and an audit entry. If nothing
/// differs, nothing is done: no version, no event. Opens or resolves the low-stock alert by the new
/// threshold.
///
/// @throws Refusal as create(); 404 `not_found`
Product update(storage::Transaction& tx, ProductId id, const Changes& changes, const Actor& actor, Time now);

bool has_products(const storage::View& view);

/// For `orderd check`: the products that are not compared or sorted by their SKU and name, at most `most`.
std::vector<std::string> wrong_keys(const storage::View& view, std::size_t most);

enum class Removal { archived, deleted };

/// Takes a product off sale. A product that was ever ordered is archived, since its orders refer to it;
/// another is deleted with its movements and alerts. Units that open orders hold stay reserved and can be
/// shipped.
///
/// @throws Refusal 404 `not_found`
Removal remove(storage::Transaction& tx, ProductId id, const Actor& actor, Time now);

/// A product's stored state, as events, the audit log and imports keep it; without reserved, which belongs to
/// orders.
Json state_json(const Product& product);

/// The product as admins see it: every field of it.
Json admin_json(const Product& product, std::string_view currency);

/// The product as customers see it: with what is available, not what is on hand.
Json public_json(const Product& product, std::string_view currency);

}  // namespace orderd::catalog
