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

/// The setting "log_terms": how long the shop's two logs are kept, since laws differ. nullopt: always.
struct LogTerms {
    std::optional<Duration> events;
    std::optional<Duration> audit = days(3 * 365);  ///< it names people and their addresses
};

inline constexpr std::string_view kLogTerms = "log_terms";
LogTerms read_log_terms(const storage::View& view);
Json to_json(const LogTerms& terms);
api::Shape log_terms_shape();

/// Rows that are removed when they are older than their term. All others are always kept: products, customers, orders,
/// payments, stock.
struct Kept {
    std::string_view what;
    Duration term = {};
    /// Set if the term is a setting.
    std::optional<Duration> LogTerms::*setting = nullptr;
    /// Set if it has its own end and cannot be made again: nothing is removed after the clock jumped.
    bool is_lasting = false;
    std::int64_t slice = 500;  ///< rows in one mutation, which takes some milliseconds
    storage::Pruned (*remove)(storage::Transaction& tx, const storage::Slice& slice);
};

const std::vector<Kept>& kept_for_a_time();

/// Removes all rows older than their terms, in slices. Then returns free space to the disk, and records the size. Can
/// stop anywhere.
///
/// @throws jobs::Interrupted
void prune(storage::Store& store, const Clock& clock, const jobs::Job& job);

}  // namespace orderd::app
