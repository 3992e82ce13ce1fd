#pragma once

#include <functional>
#include <iosfwd>

#include "app/app.h"

namespace orderd::app {

/// Serves a shop until SIGINT or SIGTERM, then drains it: no new requests, those under way are answered,
/// everything acknowledged is on disk. A second signal ends the process at once. SIGHUP reloads the
/// certificate, unless it comes from a terminal that closes.
///
/// Prints a line once it answers requests, and below it the set-up link if the shop is not claimed yet. Then
/// it calls `ready`.
///
/// @throws as App
void serve(const Config& config, const Clock& clock, std::ostream& out, const std::function<void(App&)>& ready = {});

}  // namespace orderd::app
