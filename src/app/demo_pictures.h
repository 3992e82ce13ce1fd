#pragma once

#include "base/time.h"
#include "storage/store.h"

namespace orderd::app {

/// Gives the demo's products their pictures (packaging/demo_pictures.mjs), and groups those of their variants.
void add_demo_pictures(storage::Store& store, Time now);

}  // namespace orderd::app
