#pragma once

#include "base/time.h"
#include "storage/writer.h"

namespace orderd::app {

/// How the demo's orders get to their customers: parcels to Germany, to the European Union and to the world at one price
/// each, express by weight, and a pickup at the workshop, which is the last in the list.
void add_delivery_methods(storage::Transaction& tx, Time now);

}  // namespace orderd::app
