#pragma once

#include "faults/actions.h"

namespace orderd::tests {

/// One request to a shop, as an action.
struct RequestAction {
    std::string name;
    /// Brings a new shop to where the request can be made. @returns what it has to know
    std::function<Json(Shop& shop)> prepare;
    std::function<Reply(Shop& shop, const Json& known)> ask;
    std::string times;  ///< a statement that says how often it was done: 0 or 1
    /// What follows from it, once its jobs are done. Optional.
    std::function<void(Shop& shop, Wrongs& wrongs)> after_jobs = {};
};

Action as_action(const RequestAction& request);

/// What staff do with orders that were taken, and with each other.
std::vector<RequestAction> staff_requests();

/// What a shop says to its customers, and what they tell it of themselves.
std::vector<RequestAction> words_requests();

}  // namespace orderd::tests
