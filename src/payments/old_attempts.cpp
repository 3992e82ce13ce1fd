#include "payments/old_attempts.h"

namespace orderd::payments {

namespace {

constexpr auto kRemoveFailures = R"sql(
    DELETE FROM payment_attempt
     WHERE id IN (SELECT a.id FROM payment_attempt a
                    JOIN payment p ON p.id = a.payment_id
                    JOIN orders o ON o.id = p.order_id
                   WHERE a.outcome = 'failed' AND a.at < ?1
                     AND (p.status IN ('succeeded', 'voided', 'partially_refunded', 'refunded')
                          OR o.status IN ('cancelled', 'expired'))
                   ORDER BY a.at LIMIT ?2)
)sql";

}  // namespace

storage::Pruned remove_old_failures(storage::Transaction& tx, const storage::Slice& slice) {
    return storage::Pruned::again_if(tx.run(kRemoveFailures, slice.before, slice.most));
}

}  // namespace orderd::payments
