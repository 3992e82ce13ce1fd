#pragma once

#include "api/sent_events.h"
#include "base/json.h"

namespace orderd::api {

/// The member `webhooks` of the OpenAPI document: an operation of the receiver for each kind of event. Adds the schemas
/// that it refers to.
Json webhooks_of(const SentEvents& events, Json& schemas);

/// The headers of Standard Webhooks that come with each, for the document's components.
Json webhook_parameters();

}  // namespace orderd::api
