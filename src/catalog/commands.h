#pragma once

#include <filesystem>
#include <optional>
#include <ostream>

#include "base/ids.h"
#include "storage/store.h"

namespace orderd::catalog {

// `orderd import` and `orderd export products`, without the reading of their arguments. Each returns the exit code: 0
// done, 1 failed, after saying why on `errors`. Nothing else may be writing to the shop: they hold its store.

struct ImportOptions {
    std::filesystem::path file = {};
    bool dry_run = false;               ///< shows what would change, and changes nothing
    std::optional<ImportId> undo = {};  ///< takes this import back; there is no file then
    bool bar = false;                   ///< `errors` is a terminal: draw a progress bar on it
};

/// Before a shop is opened, or made, for it. @throws std::runtime_error if the file is not there, or is empty
void require_import_file(const std::filesystem::path& file);

/// Imports a product CSV and prints its report: a line for each row of the file, then the totals, and how to undo it.
int import_command(storage::Store& store, const Clock& clock, const ImportOptions& options, std::ostream& out,
                   std::ostream& errors);

struct ExportOptions {
    std::filesystem::path file = {};  ///< empty: to `out`
    bool bar = false;
};

/// Writes all products as a product CSV. A file is there whole or not at all: it is written beside, then renamed.
int export_products_command(storage::Store& store, const ExportOptions& options, std::ostream& out,
                            std::ostream& errors);

}  // namespace orderd::catalog
