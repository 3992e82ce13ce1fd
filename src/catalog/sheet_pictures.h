#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "catalog/csv.h"
#include "catalog/sheet_columns.h"

namespace orderd::catalog {

/// A picture that a product file names by its address.
struct SheetPicture {
    std::string handle;
    std::string sku;  ///< of its variant; otherwise of the first row of its handle that has one
    std::string url;
    std::int64_t position = 0;  ///< in the file, or as the file says
    std::string alt;
    bool of_variant = false;  ///< `Variant Image`: of that product alone, and not of its handle
};

/// Takes the pictures out of a file's rows: `Image Src` with its position and text, and `Variant Image`. Rows that hold
/// no product, or a faulty one, may have pictures of their handle.
class SheetPictures {
public:
    explicit SheetPictures(const Header& header) : header_(header) {}

    /// @param sku  of the row's product; empty if it has none
    void take(const csv::Record& record, const std::string& sku);

    /// What was taken. Those of a handle without a product are left out.
    std::vector<SheetPicture> finish() &&;

private:
    const Header& header_;
    std::map<std::string, std::string, std::less<>> skus_;  ///< of each handle's first product
    std::vector<SheetPicture> taken_;
};

}  // namespace orderd::catalog
