#include "payments/charge_jobs.h"

namespace orderd::payments {

namespace {

constexpr auto kGatewayOf = "SELECT gateway FROM payment_attempt WHERE id = ?1";

}  // namespace

void ask_for(storage::Transaction& tx, jobs::Kind kind, AttemptId attempt, Time now, bool again) {
    const auto id = static_cast<std::int64_t>(attempt);
    jobs::add(tx,
              {.kind = kind,
               .payload = {{"attempt_id", id}, {"again", again}},
               .run_at = now,
               .dedupe_key = jobs::key_of(kind, id),
               .party = tx.value<std::string>(kGatewayOf, attempt).value_or("")},
              now);
}

void ask_to_look_up(storage::Transaction& tx, AttemptId attempt, std::string_view reference, Time now) {
    // Without a dedupe key: a job that is running now may have asked before the latest change.
    jobs::add(tx,
              {.kind = kLookUpJob,
               .payload = {{"attempt_id", static_cast<std::int64_t>(attempt)}, {"reference", reference}},
               .run_at = now,
               .party = tx.value<std::string>(kGatewayOf, attempt).value_or("")},
              now);
}

}  // namespace orderd::payments
