#include "payments/reminding.h"

#include "orders/holding.h"
#include "orders/order.h"

namespace orderd::payments {

namespace {

constexpr auto kWasReminded = R"sql(
    SELECT 1 FROM event WHERE subject = 'payment' AND subject_id = ?1 AND kind = 'payment.reminded' LIMIT 1
)sql";

void remind(storage::Transaction& tx, OrderId id, Time now) {
    const auto order = orders::get(tx, id);
    const auto payment = find_by_order(tx, id);
    const bool waits = order.status == orders::Status::pending && (!order.expires_at || *order.expires_at > now) &&
                       payment && payment->method == "bank_transfer" && payment->status == Status::processing;
    if (!waits || tx.value<bool>(kWasReminded, payment->id)) {
        return;
    }
    record(tx, "payment.reminded", *payment, {{"expires_at", or_null(order.expires_at)}}, Actor::system(), now);
}

}  // namespace

void ask_to_remind(storage::Transaction& tx, const Payment& payment, std::optional<Time> waits_until, Time now) {
    const auto after = orders::read_hold_times(tx).reminder;
    if (payment.method != "bank_transfer" || after.ms == 0 || (waits_until && now + after >= *waits_until)) {
        return;
    }
    jobs::add(tx,
              {.kind = kRemindJob,
               .payload = {{"order_id", number(payment.order)}},
               .run_at = now + after,
               .dedupe_key = jobs::key_of(kRemindJob, number(payment.order))},
              now);
}

void add_reminding_job(jobs::Workers& workers, Desk& desk) {
    workers.handle(kRemindJob, [&desk](const jobs::Job& job) {
        const OrderId order{job.payload.at("order_id").get<std::int64_t>()};
        desk.store.writer().run([&](storage::Transaction& tx) { remind(tx, order, desk.clock.now()); });
    });
}

}  // namespace orderd::payments
