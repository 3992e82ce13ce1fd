#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/refused.h"
#include "base/time.h"
#include "catalog/product.h"
#include "storage/writer.h"

namespace orderd::catalog {

// What comes in several kinds ("Shirt": small, large; red, blue) is a group. It has up to three options, and each of its
// variants is a product with one value of each option: SKUs, orders, holds and stock know nothing of groups.
//
// Names of options, and values of one option, are the same if identifier_key() (base/folding.h) says so: "Red" and "red"
// are one value, written as it was first.
//
// How many options, values and variants there may be: base/budgets.h.

constexpr std::size_t kMaxOptionName = 50;    ///< code points
constexpr std::size_t kMaxOptionValue = 100;  ///< code points

inline constexpr Refused kVariantTaken{
    409, "variant_taken",
    "Another variant of the group has these values; product_id names it. Choose other values, or change that variant."};
inline constexpr Refused kTooManyVariants{
    409, "too_many_variants",
    "The group would have more variants, or an option more values, than a group may have; detail says which. Make a "
    "second group."};
inline constexpr Refused kOptionInUse{
    409, "option_in_use",
    "Variants of the group need what would be removed: they have that value, or without that option two of them would "
    "be the same. products names them. Change or remove those variants first."};

/// What the variants of a group differ in: "Size".
struct Option {
    std::string name;
    std::vector<std::string> values;  ///< in the order in which they are shown

    bool operator==(const Option&) const = default;
};

struct Group {
    GroupId id{};
    std::string handle;
    std::string name;
    std::string description;
    std::vector<Option> options;
    std::optional<Money>
        price_from;  ///< the least of its variants on sale; nullopt: none is, and customers do not see it
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;
};

struct NewGroup {
    std::string handle = {};  ///< empty: made of the name
    std::string name = {};
    std::string description = {};
    std::vector<Option> options = {};  ///< none: the group has one variant at most
};

/// Another spelling of an option, or of one of its values: its variants have it from then on.
struct Renaming {
    std::string option = {};
    std::optional<std::string> value = {};  ///< nullopt: the option itself
    std::string to = {};

    bool operator==(const Renaming&) const = default;
};

/// The changes to a group; absent members stay as they are.
struct GroupChanges {
    std::optional<std::string> handle = {};
    std::optional<std::string> name = {};
    std::optional<std::string> description = {};
    std::vector<Renaming> renamings = {};             ///< done before `options` is read
    std::optional<std::vector<Option>> options = {};  ///< all of them, in their order

    bool operator==(const GroupChanges&) const = default;
};

std::optional<Group> find_group(const storage::View& view, GroupId id);

/// @param handle compared by handle_form()
std::optional<Group> find_group_by_handle(const storage::View& view, std::string_view handle);

/// @throws Refusal `not_found`
Group get_group(const storage::View& view, GroupId id);

/// A group's variants in their order, archived and hidden ones too.
std::vector<Product> variants(const storage::View& view, GroupId group);

/// Adds a group without variants, with its event `product_group.created` and an audit entry.
///
/// @throws Refusal 422 naming every fault; 409 `handle_taken`
Group create_group(storage::Transaction& tx, const NewGroup& wanted, const Actor& actor, Time now);

/// Changes a group, with its event `product_group.updated` and an audit entry; if nothing differs, nothing is done.
///
/// * A variant whose name is the one that the group made for it (variant_name()) is renamed with the group, its
///   options and values; one that has the group's description gets the new one. Names that a person chose stay.
/// * Options and values are found again by name; only a renaming keeps what is spelled otherwise. A new option needs
///   values if there are variants: they get its first one. Where the order of options or values changes, the variants are
///   sorted by it.
///
/// @throws Refusal as create_group(); 404 `not_found`; 409 `option_in_use`, `too_many_variants`
Group update_group(storage::Transaction& tx, GroupId id, const GroupChanges& changes, const Actor& actor, Time now);

/// Removes a group. Its variants stay as they are, and stand alone from then on. Events `product_group.deleted`, and
/// `product.updated` of each.
///
/// @throws Refusal 404 `not_found`
void remove_group(storage::Transaction& tx, GroupId id, const Actor& actor, Time now);

/// Makes a product a variant of a group, moves it there, gives it other values, or (nullopt) lets it stand alone. Values
/// that their option does not have are added to it, at its end. The product's version grows by one, with its event
/// `product.updated`; the group's does if it gets values. If nothing differs, nothing is done.
///
/// A position of 0 or less: where it is now, or after all others if it joins. Its name stays, unless it is the one that
/// the group made for it: then it is made anew. One that leaves gets a handle of its own.
///
/// @throws Refusal 404 `not_found`, of product or group; 422 for values that are missing, too many or too long;
///         409 `variant_taken`, `too_many_variants`
Product set_variant(storage::Transaction& tx, ProductId product, const std::optional<Variant>& variant,
                    const Actor& actor, Time now);

/// Puts a group's variants in this order; those that are not named follow in the order that they had. Their versions
/// stay, the group's grows if anything moved.
///
/// @throws Refusal 404 `not_found`; 422 naming products that are not its variants
Group order_variants(storage::Transaction& tx, GroupId group, const std::vector<ProductId>& order, const Actor& actor,
                     Time now);

/// "Shirt – Small / Red": what a variant is called in orders and on slips. Cut to kMaxName.
std::string variant_name(const Group& group, const std::array<std::string, kMaxOptions>& values);

/// "shirt-small-red": an SKU for a variant that is given none. It may be taken.
std::string variant_sku(const Group& group, const std::array<std::string, kMaxOptions>& values);

/// {"id", "handle", "name", "options": [{"name", "value"}]} for each product that is a variant, by its id: one statement
/// for all of them. Products that stand alone are not among them.
std::map<ProductId, Json> groups_of(const storage::View& view, const std::vector<Product>& products);

/// For `orderd check`: variants whose values are not their group's, or equal to another's; groups whose price or text is
/// not that of their variants; at most `most`.
std::vector<std::string> wrong_groups(const storage::View& view, std::size_t most);

}  // namespace orderd::catalog
