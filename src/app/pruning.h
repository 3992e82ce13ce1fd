#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "api/shape.h"
#include "base/json.h"
#include "base/time.h"
#include "jobs/jobs.h"
#include "storage/pruning.h"
#include "storage/store.h"

namespace orderd::app {

/// The setting "log_terms": how long the shop's two logs are kept, since laws and wishes differ. Nothing: for ever.
struct LogTerms {
    std::optional<Duration> events;
    std::optional<Duration> audit = days(3 * 365);  ///< an audit is of the last years, and names people and addresses
};

inline constexpr std::string_view kLogTerms = "log_terms";
LogTerms read_log_terms(const storage::View& view);
Json to_json(const LogTerms& terms);
api::Shape log_terms_shape();

/// What of the shop is removed once it is older than its term. Everything else is kept: products, customers, orders and
/// their money, documents.
struct Kept {
    std::string_view what;
    Duration term = {};  ///< for how long
    /// Where the shop sets the term.
    std::optional<Duration> LogTerms::*setting = nullptr;
    std::int64_t slice = 500;  ///< rows in one mutation, which takes some milliseconds
    storage::Pruned (*remove)(storage::Transaction& tx, const storage::Slice& slice);
};

const std::vector<Kept>& kept_for_a_time();

/// Removes all that is older than its term, in slices; then has a database that has much free space give it back. Safe
/// to stop anywhere.
///
/// @throws jobs::Interrupted
void prune(storage::Store& store, const Clock& clock, const jobs::Job& job);

}  // namespace orderd::app
