#include "jobs/lanes.h"

#include <algorithm>

namespace orderd::jobs {

namespace {

struct Row {
    Lane lane;
    std::string_view name;
    LaneLimits limits;
};

/// The lanes, in the order of the enum.
constexpr std::array<Row, kLanes.size()> kRows{{
    // A charge may hang for more than a minute while its customer and others wait, so there are many workers.
    // A gateway's failure for one card says nothing about the next, so during a pause only retries wait.
    {Lane::money,
     "money",
     {.workers = 128,
      .per_party = 96,
      .in_order = false,
      .fresh_passes = true,
      .patience = 3,
      .first_pause = seconds(5),
      .longest_pause = minutes(1)}},
    {Lane::parcels,
     "parcels",
     {.workers = 8,
      .per_party = 6,
      .in_order = false,
      .fresh_passes = true,
      .patience = 3,
      .first_pause = seconds(30),
      .longest_pause = minutes(10)}},
    {Lane::mail,
     "mail",
     {.workers = 4,
      .per_party = 4,
      .in_order = false,
      .fresh_passes = false,
      .patience = 1,
      .first_pause = minutes(1),
      .longest_pause = minutes(10)}},
    // One delivery at a time for each endpoint, so that it gets events in order.
    {Lane::webhooks,
     "webhooks",
     {.workers = 16,
      .per_party = 1,
      .in_order = true,
      .fresh_passes = false,
      .patience = 1,
      .first_pause = seconds(5),
      .longest_pause = minutes(15)}},
    // Each holds a file of up to 20 MB.
    {Lane::pictures,
     "pictures",
     {.workers = 2,
      .per_party = 2,
      .in_order = false,
      .fresh_passes = false,
      .patience = 3,
      .first_pause = seconds(30),
      .longest_pause = minutes(10)}},
    // A backup or a check of the database may take minutes. Stock is released meanwhile, and during
    // occasional calls of a gateway.
    {Lane::upkeep,
     "upkeep",
     {.workers = 6,
      .per_party = 2,
      .in_order = false,
      .fresh_passes = true,
      .patience = 3,
      .first_pause = seconds(30),
      .longest_pause = minutes(10)}},
}};

const Row& row_of(Lane lane) { return kRows.at(static_cast<std::size_t>(lane)); }

}  // namespace

std::string_view to_text(Lane lane) { return row_of(lane).name; }

std::optional<Lane> lane_from(std::string_view text) {
    const auto* row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& it) { return it.name == text; });
    return row == kRows.end() ? std::nullopt : std::optional(row->lane);
}

const LaneLimits& limits_of(Lane lane) { return row_of(lane).limits; }

}  // namespace orderd::jobs
