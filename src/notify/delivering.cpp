#include "notify/delivering.h"

#include <algorithm>
#include <array>

#include "notify/posting.h"
#include "notify/webhook.h"

namespace orderd::notify {

namespace {

/// The pauses after unsuccessful answers, as the Standard Webhooks specification suggests.
constexpr std::array<Duration, 9> kSchedule{seconds(5), minutes(5), minutes(30), hours(2), hours(5),
                                            hours(10),  hours(14),  hours(20),   hours(24)};
/// How long a delivery is retried if its endpoint does not answer: as long as the schedule above takes.
constexpr Duration kSilence = hours(76);

Posted attempt(Desk& desk, const Webhook& webhook, const std::string& id, const std::string& payload,
               const std::vector<std::string>& secrets) {
    const auto timestamp = desk.clock.now().ms / 1000;
    std::string signatures;
    for (const auto& secret : secrets) {
        signatures += (signatures.empty() ? "" : " ") + signature(secret, id, timestamp, payload);
    }
    return post_to(
        desk, webhook.url,
        {{"webhook-id", id}, {"webhook-timestamp", std::to_string(timestamp)}, {"webhook-signature", signatures}},
        payload, "application/json");
}

/// When a delivery is tried again; nullopt if it is not. One that got no answer stays first in its endpoint's
/// queue, and is sent as soon as the endpoint's pause is over.
std::optional<Time> next_try(const Delivery& delivery, const Posted& done, Time now) {
    if (done.delivered() || done.status == 410) {
        return std::nullopt;
    }
    const auto tries = static_cast<std::size_t>(delivery.tries);
    if (done.silent) {
        const bool patient = tries < kSchedule.size() || now - delivery.created_at < kSilence;
        return patient ? std::optional(now) : std::nullopt;
    }
    return tries < kSchedule.size() ? std::optional(now + kSchedule.at(tries)) : std::nullopt;
}

void deliver(Desk& desk, const jobs::Job& job) {
    const DeliveryId id{job.payload.at("delivery_id").get<std::int64_t>()};
    std::optional<Delivery> delivery;
    std::optional<Webhook> webhook;
    std::string payload;
    std::vector<std::string> secrets;
    try {
        const auto view = desk.store.read();
        delivery = get_delivery(view, id);
        webhook = get_webhook(view, delivery->webhook);
        payload = payload_of(view, delivery->event);
        secrets = secrets_of(view, webhook->id, desk.clock.now());
    } catch (const Refusal&) {
        return;  // the endpoint was removed, and its deliveries with it
    }
    if (delivery->status != DeliveryStatus::pending) {
        return;  // already stored: this job runs again after a crash
    }
    const auto done = webhook->enabled ? attempt(desk, *webhook, delivery->event_id, payload, secrets)
                                       : Posted{.error = "the webhook was disabled"};
    if (!done.delivered()) {
        job.end_if_stopping();  // the attempt may have been cut off because this server stops
    }
    const auto now = desk.clock.now();
    const auto again_at = webhook->enabled ? next_try(*delivery, done, now) : std::nullopt;
    desk.store.writer().run([&](storage::Transaction& tx) {
        const auto status = done.delivered() ? DeliveryStatus::delivered
                            : again_at       ? DeliveryStatus::pending
                                             : DeliveryStatus::failed;
        save_attempt(tx, *delivery, status, done.status, done.error, again_at, now);
        if (done.status == 410) {
            disable_webhook(tx, webhook->id, "it answered 410: it is gone", now);
        } else if (done.silent && !again_at && !answered_since(tx, webhook->id, now - kSilence)) {
            disable_webhook(tx, webhook->id, "it did not answer for three days", now);
        }
    });
    if (done.silent) {
        throw jobs::NoAnswer(done.error, !again_at);
    }
    if (again_at) {
        throw jobs::Later(*again_at);
    }
}

}  // namespace

LogReader webhook_reader() {
    return {.name = kWebhookReader, .listens = anyone_listens, .begin = [](storage::Transaction& tx, Time now) {
                return [&tx, now, webhooks = enabled_webhooks(tx)](const LoggedEvent& event) {
                    for (const auto& webhook : webhooks) {
                        const bool wanted = event.kind == kTestEvent
                                                ? static_cast<std::int64_t>(webhook.id) == event.subject_id
                                                : wants(webhook, event.kind);
                        if (wanted) {
                            add_delivery(tx, webhook.id, event.sequence, now);
                        }
                    }
                };
            }};
}

void add_delivery_jobs(jobs::Workers& workers, Desk& desk) {
    workers.handle(kDeliverJob, [&desk](const jobs::Job& job) { deliver(desk, job); });
}

}  // namespace orderd::notify
