#pragma once

#include "fulfillment/carrier.h"
#include "jobs/jobs.h"
#include "storage/pruning.h"

namespace orderd::fulfillment {

// Keeps track of parcels: carriers report by webhook, and a job polls them for what no webhook reported.

inline constexpr jobs::Kind kTrackingJob{"shipment.follow", jobs::Lane::parcels};
constexpr Duration kFirstAsk = hours(2);     ///< after the label was made, and after each update
constexpr Duration kLongestWait = days(1);   ///< a parcel without updates is polled less and less often
constexpr Duration kGiveUpAfter = days(60);  ///< after the label was made

/// Stores a carrier's events of a parcel, each once, in order. @returns how many were new
int take_news(storage::Transaction& tx, const Shipment& shipment, const std::vector<TrackingEvent>& events,
              std::string_view carrier, Time now);

/// The shipment that a carrier reports about, by its own id or else by the tracking number.
std::optional<Shipment> find_tracked(const storage::View& view, std::string_view carrier, std::string_view reference,
                                     std::string_view tracking_number);

/// The setting "follow_typed_numbers": whether typed tracking numbers, of labels bought elsewhere, are
/// tracked through EasyPost, which charges for it.
bool read_follow_typed_numbers(const storage::View& view);

/// Starts polling the carrier about a parcel.
void start_tracking_updates(storage::Transaction& tx, ShipmentId id, Time now);

/// Removes a slice of the tracking events of parcels without news since. Their status stays.
storage::Pruned remove_old_tracking(storage::Transaction& tx, const storage::Slice& slice);

/// Polls every parcel that is due. A carrier that does not answer is asked again later; after a few failures
/// in a row, the rest waits for the next run.
void poll_tracking(storage::Store& store, const Clock& clock, const Carriers& carriers, const jobs::Job& job);

}  // namespace orderd::fulfillment
