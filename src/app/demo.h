#pragma once

#include <iosfwd>
#include <string>

#include "app/config.h"
#include "base/time.h"

namespace orderd::app {

/// `orderd demo`: a shop with a believable catalogue and some weeks of orders, served until a signal comes. Without
/// --data it is in a temporary folder, which is gone afterwards; in a folder that has a shop already, that one is
/// served.
///
/// @param password  the owner's; empty: one is drawn, and printed
void demo(Config config, const std::string& password, const Clock& clock, std::ostream& out);

}  // namespace orderd::app
