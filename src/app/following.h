#pragma once

#include "storage/writer.h"

namespace orderd::app {

/// What follows from a mutation in its own transaction: storage::Writer::follow. Orders get the stock that came, and
/// documents are issued.
void follow(storage::Transaction& tx);

}  // namespace orderd::app
