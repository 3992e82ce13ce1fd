#pragma once

#include <filesystem>
#include <optional>
#include <ostream>

#include "base/ids.h"
#include "base/time.h"
#include "catalog/csv.h"
#include "storage/store.h"

namespace orderd::catalog {

// `orderd import` and `orderd export products`, after their arguments are parsed. Each returns the exit code:
// 0 on success; 1 on failure, with the reason on `errors`. Nothing else may write to the shop meanwhile: they
// hold its store.

struct ImportOptions {
    std::filesystem::path file = {};
    bool dry_run = false;                 ///< shows what would change, and changes nothing
    std::optional<Time> counted_at = {};  ///< when the file's stock was counted
    std::optional<ImportId> undo = {};    ///< undoes this import; there is no file then
    bool bar = false;                     ///< `errors` is a terminal: draw a progress bar on it
};

/// Checks the file before a shop is opened or made for it. @throws std::runtime_error if it does not exist or
/// is empty
void require_import_file(const std::filesystem::path& file);

/// Imports a product CSV and prints its report: a line for each row of the file, then the totals, and how to undo it.
int import_command(storage::Store& store, const Clock& clock, const ImportOptions& options, std::ostream& out,
                   std::ostream& errors);

struct ExportOptions {
    std::filesystem::path file = {};  ///< empty: to `out`
    csv::Style style = {};
    bool bar = false;
};

/// Writes all products as a product CSV. A file is complete or not there at all: a temporary file is renamed
/// to it.
int export_products_command(storage::Store& store, const ExportOptions& options, std::ostream& out,
                            std::ostream& errors);

}  // namespace orderd::catalog
