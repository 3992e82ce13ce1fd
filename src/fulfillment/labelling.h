#pragma once

#include "fulfillment/fulfilling.h"
#include "jobs/jobs.h"

namespace orderd::fulfillment {

/// Gets a shipment's label from its carrier. Safe to run twice and to be killed at any step: only one label
/// is bought.
///
/// @throws CarrierUnavailable to be tried again; on the job's last attempt the shipment fails instead
void get_label(storage::Store& store, const Clock& clock, const Carriers& carriers, const jobs::Job& job);

/// Makes the label inside a transaction, for a carrier that needs no call to an outside service.
void make_at_once(storage::Transaction& tx, Carrier& carrier, const Shipment& shipment, const Actor& actor, Time now);

/// The same if its carrier makes labels so and it has none yet. @returns the parcel as it is then
Shipment with_label(storage::Transaction& tx, const Carriers& carriers, const Shipment& shipment, const Actor& actor,
                    Time now);

/// Asks the carrier to refund a voided shipment's label, if one was bought.
void give_label_back(storage::Store& store, const Carriers& carriers, const jobs::Job& job);

/// Adds the handlers of all jobs of this department.
void handle_jobs(jobs::Workers& workers, storage::Store& store, const Clock& clock, const Carriers& carriers);

}  // namespace orderd::fulfillment
