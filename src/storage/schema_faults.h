#pragma once

#include <string>
#include <vector>

#include "storage/view.h"

namespace orderd::storage {

/// How a database's schema differs from the embedded one, for a person: missing objects, added objects (a
/// trigger or a view can affect every write or read), and changed parts of a table (a CHECK that is gone).
/// Spaces, comments, quotes and the order of a table's parts are ignored, since migrations write them
/// differently. So are the two tables that Litestream makes, as long as they are just those. Empty if there is no difference.
std::vector<std::string> schema_faults(const View& view);

}  // namespace orderd::storage
