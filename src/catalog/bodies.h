#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/fields.h"
#include "catalog/group.h"
#include "catalog/picture.h"
#include "catalog/product.h"
#include "catalog/stock.h"

namespace orderd::catalog {

// The bodies of this department's requests, each declared once (see api/fields.h).

struct WantedProduct : NewProduct {
    std::optional<std::string> currency;  ///< the shop's, where it is said
};

/// The changes to a product's fields and stock.
struct ProductUpdate : Changes {
    std::optional<std::string> currency;  ///< the shop's, where it is said
    std::optional<Quantity> quantity;
    std::optional<Quantity> adjust;
    std::optional<MovementReason> reason;
    std::optional<std::string> note;

    bool operator==(const ProductUpdate&) const = default;
};

/// Checks that a body names no other currency than the shop's. `pointer`: of the object that has the member.
///
/// @throws Refusal 422
void check_currency(const std::optional<std::string>& named, std::string_view own, std::string_view pointer);

/// Checks what the shape cannot: which members go together.
///
/// @throws Refusal 422
void check_update(const ProductUpdate& wanted, std::string_view currency, std::string_view pointer);

/// The change of stock in a body that was checked; nullopt: it names none.
std::optional<StockChange> stock_change_of(const ProductUpdate& wanted);

/// What all variants of a group begin with, where the shop makes them.
struct VariantDefaults : NewProduct {
    std::optional<std::string> currency;  ///< the shop's, where it is said
};

/// A new variant. Without an SKU or a name, the group makes them.
struct WantedVariant : VariantDefaults {
    std::vector<std::string> values;  ///< one of each option
};

struct WantedGroup : NewGroup {
    std::vector<WantedVariant> variants;
    std::optional<VariantDefaults> generate;  ///< a variant for each combination of values
};

/// The place of a product among a group's variants.
struct VariantPlace {
    std::vector<std::string> values;
};

/// One change of several variants.
struct VariantsUpdate {
    std::vector<ProductId> products;  ///< that get `set`; none: all
    std::optional<ProductUpdate> set;
    std::vector<ProductId> order;
};

/// All pictures of a product, in the order that they are to have.
struct WantedOrder {
    std::vector<ArrangedPicture> pictures;
};

}  // namespace orderd::catalog

namespace orderd {

template <>
struct api::Fields<catalog::Content> {
    static Declared<catalog::Content> value();
};
template <>
struct api::Fields<catalog::ArrangedPicture> {
    static Declared<catalog::ArrangedPicture> value();
};
template <>
struct api::Fields<catalog::WantedOrder> {
    static Declared<catalog::WantedOrder> value();
};

template <>
struct api::Fields<catalog::WantedProduct> {
    static Declared<catalog::WantedProduct> value();
};
template <>
struct api::Fields<catalog::ProductUpdate> {
    static Declared<catalog::ProductUpdate> value();
};
template <>
struct api::Fields<catalog::Option> {
    static Declared<catalog::Option> value();
};
template <>
struct api::Fields<catalog::Renaming> {
    static Declared<catalog::Renaming> value();
};
template <>
struct api::Fields<catalog::VariantDefaults> {
    static Declared<catalog::VariantDefaults> value();
};
template <>
struct api::Fields<catalog::WantedVariant> {
    static Declared<catalog::WantedVariant> value();
};
template <>
struct api::Fields<catalog::WantedGroup> {
    static Declared<catalog::WantedGroup> value();
};
template <>
struct api::Fields<catalog::GroupChanges> {
    static Declared<catalog::GroupChanges> value();
};
template <>
struct api::Fields<catalog::VariantPlace> {
    static Declared<catalog::VariantPlace> value();
};
template <>
struct api::Fields<catalog::VariantsUpdate> {
    static Declared<catalog::VariantsUpdate> value();
};

}  // namespace orderd
