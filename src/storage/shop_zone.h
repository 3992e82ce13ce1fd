#pragma once

#include <memory>

#include "base/json.h"
#include "base/time_zone.h"
#include "storage/view.h"

namespace orderd::settings {

inline constexpr auto kTimeZone = "time_zone";  ///< the setting's name: a zone of the IANA's database

/// The shop's time zone: its days are those of reports, papers, pages, mails and exports. UTC until it is set. Never
/// null.
std::shared_ptr<const TimeZone> time_zone(const storage::View& view);

/// The setting: its name, or null until it is set.
Json time_zone_json(const storage::View& view);

/// "Europe/Berlim is not a time zone…", for a name that is unknown; else empty.
std::string time_zone_fault(std::string_view name);

}  // namespace orderd::settings
