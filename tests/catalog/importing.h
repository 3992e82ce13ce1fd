#pragma once

#include <cstdint>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "support/shop.h"

/// Files of products, as tests send them.
namespace orderd::tests::importing {

inline Reply import(Shop& shop, const std::string& file, const std::string& query = "") {
    return shop.send("POST", "/admin/inventory/import" + query, file, "text/csv", shop.staff());
}

inline Reply undo(Shop& shop, const Json& id) {
    return shop.post("/admin/inventory/imports/" + id.dump() + "/undo", nullptr, shop.staff());
}

inline std::string exported(Shop& shop) { return shop.get("/admin/inventory/export", shop.viewer()).text; }

/// The product with exactly this SKU, as staff see it; null if there is none.
inline Json product(Shop& shop, const std::string& sku) {
    const auto page = shop.get("/admin/inventory?limit=200", shop.viewer());
    for (const auto& row : page.body["data"]) {
        if (row["sku"] == sku) {
            return row;
        }
    }
    return nullptr;
}

inline void check_counts(const Reply& reply, int added, int updated, int skipped) {
    INFO(reply.text);
    CHECK(reply.body["added"] == added);
    CHECK(reply.body["updated"] == updated);
    CHECK(reply.body["skipped"] == skipped);
}

}  // namespace orderd::tests::importing
