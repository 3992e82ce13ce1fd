#pragma once

#include <string_view>
#include <vector>

#include "api/shape.h"

namespace orderd::api {

/// A kind of event that the shop records.
struct EventKind {
    std::string_view name;     ///< "order.placed"
    std::string_view subject;  ///< what subject_id is the id of: "order"
    std::string_view meaning;  ///< a sentence
    Shape body;
};

/// What webhooks are sent, for the document.
struct SentEvents {
    Shape envelope;  ///< of every event; its /data/body is that of the kind
    std::vector<EventKind> kinds;
};

}  // namespace orderd::api
