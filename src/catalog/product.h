#pragma once

#include <array>
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
#include "catalog/product_fields.h"
#include "storage/writer.h"

namespace orderd::catalog {

inline constexpr Refused kSkuTaken{
    409, "sku_taken",
    "Another product has this SKU; product_id names it. Two SKUs are the same if they differ only in case, in wide or "
    "composed forms of letters, or in characters that nobody sees. Choose another SKU, or change that product."};

constexpr std::size_t kMaxOptions = 3;  ///< of a product group

/// What makes a product one of a group's variants.
struct Variant {
    GroupId group{};
    std::int64_t position = 0;                         ///< among them
    std::array<std::string, kMaxOptions> values = {};  ///< of the group's options, in their order; empty: it has fewer

    bool operator==(const Variant&) const = default;
};

/// {"group_id", "position", "values"}, or null: for events and the audit log.
Json to_json(const std::optional<Variant>& variant);

/// Something the shop sells, or sold once (archived), with its stock.
struct Product : ProductFields {
    ProductId id{};
    std::optional<Money> lowest_price = {};  ///< of the 30 days before it was reduced; nullopt: it is not reduced
    Quantity on_hand = 0;                    ///< units in stock, reserved ones included
    Quantity reserved = 0;                   ///< units that are promised to open orders
    std::optional<Variant> variant = {};     ///< nullopt: it stands alone
    Time created_at = {};
    Time updated_at = {};
    std::int64_t version = 1;

    /// Below 0: so many units are sold that are still to come. 0 where stock is not counted.
    Quantity available() const { return on_hand - reserved; }
    Quantity orderable() const { return available() + beyond_limit; }  ///< where stock is counted
};

/// The columns that read_product() reads, in their order.
#define ORDERD_PRODUCT_COLUMNS                                                                                                   \
    "id, sku, handle, name, description, price, compare_at_price, lowest_price, on_hand, reserved, stock_policy, beyond_limit, " \
    "expected_on, most_per_order, low_stock_threshold, status, weight_g, tax_class, barcode, content, content_unit, "            \
    "shelf, customs_code, origin_country, group_id, group_position, option1, option2, option3, created_at, updated_at, "         \
    "version"

Product read_product(const storage::Row& row);

/// @returns nullopt if there is no such product; archived ones are found
std::optional<Product> find(const storage::View& view, ProductId id);

/// The products with these ids, each of which is there and is named once, in their order.
std::vector<Product> products(const storage::View& view, const std::vector<ProductId>& ids);

/// The product with this SKU, or one that identifier_key() holds equal. Of several in a shop from before schema 5, the
/// one that is written exactly so, or else the oldest.
std::optional<Product> find_by_sku(const storage::View& view, std::string_view sku);

/// @throws Refusal `not_found`
Product get(const storage::View& view, ProductId id);

/// The products with this barcode, newest first, at most so many.
std::vector<Product> find_by_barcode(const storage::View& view, std::string_view barcode, std::int64_t most);

struct NewProduct : ProductFields {
    Quantity quantity = 0;  ///< the initial stock: a movement `received`
    std::optional<Variant> variant = {};
    std::optional<ImportId> import = {};  ///< the import that adds it
};

/// Adds a product, with its first movement, its event `product.created`, and its audit entry.
///
/// A variant gets its place as set_variant() says (group.h).
///
/// @throws Refusal 422 naming every fault, see tidy(); 409 `sku_taken`, `handle_taken`; as set_variant()
Product create(storage::Transaction& tx, const NewProduct& wanted, const Actor& actor, Time now);

/// Changes fields, never what is counted (stock.h does that). Records the event `product.updated` (or
/// `product.archived`, or `product.restored` when it goes on sale again) and an audit entry. If nothing
/// differs, nothing is done: no version, no event. Opens or resolves the low-stock alert by the new
/// threshold. What is on hand of a product that is not counted any more is taken off.
///
/// @throws Refusal as create(); 404 `not_found`; 409 `below_reserved` if open orders hold more than the new stock policy
///         lets them
Product update(storage::Transaction& tx, ProductId id, const Changes& changes, const Actor& actor, Time now);

/// For who changes a product's place among variants: as update(), with all of it, after place.
Product replace(storage::Transaction& tx, const Product& before, Product after, const Actor& actor, Time now);

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

/// The product as admins see it: every field of it, without its pictures.
Json admin_json(const Product& product, std::string_view currency);

/// The product as customers see it: with what is available, not what is on hand.
Json public_json(const Product& product, std::string_view currency);

}  // namespace orderd::catalog
