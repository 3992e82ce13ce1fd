#pragma once

#include <optional>

#include "jobs/jobs.h"
#include "payments/desk.h"
#include "payments/payment.h"

namespace orderd::payments {

/// {"order_id"}: a bank transfer has not arrived yet. Records "payment.reminded", once per payment, which
/// causes a mail.
inline constexpr jobs::Kind kRemindJob{"payment.remind", jobs::Lane::upkeep};

/// Schedules the reminder of a bank transfer, after the days in orders::HoldTimes. If the order no longer
/// waits by then, nothing is sent.
void ask_to_remind(storage::Transaction& tx, const Payment& payment, std::optional<Time> waits_until, Time now);

/// Registers the job's handler.
void add_reminding_job(jobs::Workers& workers, Desk& desk);

}  // namespace orderd::payments
