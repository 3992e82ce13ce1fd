#pragma once

#include <string>
#include <vector>

#include "api/route.h"
#include "api/sent_events.h"
#include "base/json.h"

namespace orderd::api {

/// The OpenAPI 3.1 document of a route table, and of what webhooks are sent. Operations are described by operation_words().
Json openapi_document(const RouteTable& table, const SentEvents& events);

/// A value that a shape allows: its example, or a generated one.
Json sample_of(const Shape& shape);

/// The problem statuses that a route can answer: its own, and those that follow from its properties.
std::vector<int> problem_statuses(const Route& route);

/// Who may call, in words for a person: "anyone", "staff, by session or API key".
std::string who_in_words(Who who);

}  // namespace orderd::api
