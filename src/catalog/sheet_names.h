#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace orderd::catalog {

// The names that a product gets from its row of a file, and by which an export knows which of them it must write.

/// "Classic Varsity Top" and "Small" become "classic-varsity-top-small": letters and digits of any script,
/// case-folded, with a dash for anything between them; at most kMaxSku code points.
std::string slug(std::string_view handle_text, const std::vector<std::string>& options = {});

/// "Shirt – Small / Red"; the title alone without options.
std::string name_in_sheet(std::string_view title, const std::vector<std::string>& options);

}  // namespace orderd::catalog
