#pragma once

#include "storage/store.h"

namespace orderd::tests {

/// Fails the test for each of the newest events whose kind the document does not have, or whose body is not as it says. A
/// test's own kinds (test.…, thing.…) are passed over.
void check_event_bodies(const storage::View& view);

}  // namespace orderd::tests
