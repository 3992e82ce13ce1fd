#pragma once

#include <functional>
#include <iosfwd>

#include "app/app.h"

namespace orderd::app {

/// Serves a shop until SIGINT or SIGTERM, then drains it: no new requests, those under way answered, everything that
/// was acknowledged on disk. A second signal ends at once. SIGHUP reads the certificate again,
/// unless it comes from the terminal that closes.
///
/// Prints one line when it answers, and below it the set-up link while nobody has claimed the shop. `ready` is called
/// then.
///
/// @throws as App
void serve(const Config& config, const Clock& clock, std::ostream& out, const std::function<void(App&)>& ready = {});

}  // namespace orderd::app
