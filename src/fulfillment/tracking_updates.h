#pragma once

#include "fulfillment/carrier.h"
#include "jobs/jobs.h"

namespace orderd::fulfillment {

// Parcels that are followed: by webhook as a carrier tells, and by asking now and then for what a webhook did not say.

inline constexpr jobs::Kind kTrackingJob{"shipment.follow", jobs::Lane::parcels};
constexpr Duration kFirstAsk = hours(2);     ///< after the label was made, and after each piece of news
constexpr Duration kLongestWait = days(1);   ///< a parcel without news is asked about less and less often
constexpr Duration kGiveUpAfter = days(60);  ///< after the label was made

/// Writes down what a carrier tells of a parcel, once, in its order. @returns how much of it was new
int take_news(storage::Transaction& tx, const Shipment& shipment, const std::vector<TrackingEvent>& events,
              std::string_view carrier, Time now);

/// The shipment that a carrier speaks of, by its own id or else by the tracking number.
std::optional<Shipment> find_tracked(const storage::View& view, std::string_view carrier, std::string_view reference,
                                     std::string_view tracking_number);

/// Whether numbers that were typed in, of labels bought elsewhere, are followed through EasyPost, which takes money for
/// it: the setting "follow_typed_numbers".
bool read_follow_typed_numbers(const storage::View& view);

/// Starts asking the carrier about a parcel.
void start_tracking_updates(storage::Transaction& tx, ShipmentId id, Time now);

/// Asks about every parcel whose time has come. A carrier that does not answer is asked again later; after a few times
/// in a row the rest waits for the next run.
void poll_tracking(storage::Store& store, const Clock& clock, const Carriers& carriers, const jobs::Job& job);

}  // namespace orderd::fulfillment
