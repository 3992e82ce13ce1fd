#pragma once

#include <filesystem>
#include <vector>

#include "base/time.h"
#include "storage/store.h"

namespace orderd::app {

/// Fills a new shop with a catalogue and a month of orders up to now: placed, paid with the sandbox's cards
/// or declined, shipped, delivered, cancelled, expired, one partly refunded. All of it goes through the
/// departments, so every invariant holds.
///
/// @param shop_folder  where the sandbox keeps its ledger
void fill_demo_shop(storage::Store& store, const std::filesystem::path& shop_folder, Time now);

}  // namespace orderd::app
