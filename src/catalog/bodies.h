#pragma once

#include <optional>
#include <string>

#include "api/fields.h"
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

}  // namespace orderd::catalog

namespace orderd {

template <>
struct api::Fields<catalog::WantedProduct> {
    static Declared<catalog::WantedProduct> value();
};
template <>
struct api::Fields<catalog::ProductUpdate> {
    static Declared<catalog::ProductUpdate> value();
};

}  // namespace orderd
