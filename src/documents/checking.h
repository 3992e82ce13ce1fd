#pragma once

#include <string>
#include <vector>

#include "storage/view.h"

namespace orderd::documents {

/// What `orderd check` finds wrong with documents: a gap in a series, sums that are not those of the rates, of the order
/// and of its refunds, content that cannot be opened.
///
/// @param most  so many faults of each kind
std::vector<std::string> faults_of(const storage::View& view, std::size_t most);

}  // namespace orderd::documents
