#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/json.h"
#include "base/time.h"
#include "base/time_zone.h"
#include "storage/view.h"

namespace orderd::settings {

inline constexpr auto kTimeZone = "time_zone";  ///< the setting's name: a zone of the IANA's database

/// The shop's time zone: its days are those of reports, papers, pages, mails and exports. UTC until it is set. Never
/// null.
std::shared_ptr<const TimeZone> time_zone(const storage::View& view);

/// The moment that a text names: a time, or a day of the shop's time zone, of which it is the beginning. nullopt for
/// neither.
///
/// @param days_later  how many days after the one that is named: 1 for its end
std::optional<Time> moment(const storage::View& view, std::string_view text, std::int64_t days_later);

/// The setting: its name, or null until it is set.
Json time_zone_json(const storage::View& view);

/// "Europe/Berlim is not a time zone…", for a name that is unknown; else empty.
std::string time_zone_fault(std::string_view name);

}  // namespace orderd::settings
