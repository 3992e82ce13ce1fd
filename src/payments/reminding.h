#pragma once

#include <optional>

#include "jobs/jobs.h"
#include "payments/desk.h"
#include "payments/payment.h"

namespace orderd::payments {

/// {"order_id"}: a bank transfer did not come yet. Records "payment.reminded", once a payment, which asks for a mail.
inline constexpr jobs::Kind kRemindJob{"payment.remind", jobs::Lane::upkeep};

/// Asks for the reminder of a bank transfer, so many days from now (orders::HoldTimes), where the order still waits
/// then.
void ask_to_remind(storage::Transaction& tx, const Payment& payment, std::optional<Time> waits_until, Time now);

/// Has the job handled.
void add_reminding_job(jobs::Workers& workers, Desk& desk);

}  // namespace orderd::payments
