#pragma once

#include "base/time.h"
#include "documents/issuing.h"
#include "jobs/jobs.h"
#include "storage/store.h"

namespace orderd::documents {

/// {"order_id", "paid", "left", "may_have_changed"}: an order whose documents could not be brought up to date with what
/// happened to it. Its dead letter is what staff see.
inline constexpr jobs::Kind kFollowJob{"document.follow", jobs::Lane::upkeep, 8};

/// Brings the documents of every order up to date that the mutation's events are about, in its transaction:
/// storage::Writer::follow. So a payment and its invoice are both stored, or neither is.
///
/// What cannot be issued never stops what caused it: a payment is not refused since an invoice is. It is undone alone, and
/// a kFollowJob tries it again.
void follow(storage::Transaction& tx);

void add_jobs(jobs::Workers& workers, storage::Store& store, const Clock& clock);

}  // namespace orderd::documents
