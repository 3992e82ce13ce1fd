#pragma once

#include <string>
#include <vector>

#include "storage/view.h"

namespace orderd::storage {

/// How a database's schema differs from the embedded one, for a person: what is missing, what was added (a trigger or a
/// view acts on all that is written or read), and which parts of a table are others (a CHECK that is gone). Spaces,
/// comments, quotes and the order of a table's parts do not count, since migrations write them otherwise. Empty: it
/// does not differ.
std::vector<std::string> schema_faults(const View& view);

}  // namespace orderd::storage
