#pragma once

#include "faults/actions.h"

namespace orderd::tests {

/// One request to a shop, as an action.
struct RequestAction {
    std::string name;
    /// Brings a new shop to where the request can be made. @returns what it has to know
    std::function<Json(Shop& shop)> prepare;
    std::function<Reply(Shop& shop, const Json& known)> ask;
    /// How often it was done: 0 or 1.
    std::function<std::int64_t(const storage::View& view)> times;
    /// What follows from it, once its jobs are done. Optional.
    std::function<void(Shop& shop, Wrongs& wrongs)> after_jobs = {};
};

Action as_action(const RequestAction& request);

}  // namespace orderd::tests
