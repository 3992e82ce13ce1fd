#pragma once

#include <string>
#include <vector>

#include "storage/view.h"

namespace orderd::app {

enum class ColumnKind { integer, text, bytes, sealed };

struct WholeColumn {
    std::string name;
    ColumnKind kind = ColumnKind::text;
};

struct WholeTable {
    std::string name;
    std::vector<WholeColumn> columns;  ///< without those that are computed from others
};

/// The tables that a whole shop has in a file (whole_shop.h), in the order in which they are written and read.
std::vector<WholeTable> whole_tables(const storage::View& view);

}  // namespace orderd::app
