#pragma once

#include "api/sent_events.h"

namespace orderd::notify {

/// What webhooks are sent: every kind of kinds.cpp with what its events say, and the envelope that payload_of() prints. The
/// event log has the same bodies.
api::SentEvents sent_events();

}  // namespace orderd::notify
