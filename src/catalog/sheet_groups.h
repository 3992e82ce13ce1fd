#pragma once

#include <array>
#include <string>
#include <vector>

#include "catalog/import.h"

namespace orderd::catalog {

using OptionValues = std::array<std::string, kMaxOptions>;  ///< empty: the row has none

/// Equal for values that are the same, however they are written.
std::string key_of(const OptionValues& values);

/// Whether a group can have this name.
bool is_group_name(const std::string& text);

/// The options of a row, and where in the sheet it is.
struct RowOptions {
    std::size_t row = 0;
    OptionValues values;
};

/// Makes variants of a handle's rows if they have options, and adds their group to the sheet.
///
/// A row that lacks an option which others have stands alone, with a note. One whose options are those of another row
/// has a fault.
///
/// @param group  without its options
/// @param names  of the options; one without a name gets one
void make_group(SheetGroup group, const OptionValues& names, const std::vector<RowOptions>& rows, Sheet& sheet);

}  // namespace orderd::catalog
