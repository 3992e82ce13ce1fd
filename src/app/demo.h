#pragma once

#include <iosfwd>
#include <string>

#include "app/config.h"
#include "base/time.h"

namespace orderd::app {

/// `orderd demo`: serves a shop with a realistic catalogue and some weeks of orders, until a signal comes.
/// Without --data it is in a temporary folder, which is removed afterwards; if the folder already has a shop,
/// that shop is served.
///
/// @param password the owner's; empty: a random one is printed
void demo(Config config, const std::string& password, const Clock& clock, std::ostream& out);

}  // namespace orderd::app
