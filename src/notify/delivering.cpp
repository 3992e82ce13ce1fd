#include "notify/delivering.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "http/public_address.h"
#include "notify/webhook.h"

namespace orderd::notify {

namespace {

/// After the first try, at once: as the Standard Webhooks specification suggests.
constexpr std::array<Duration, 9> kSchedule{seconds(5), minutes(5), minutes(30), hours(2), hours(5),
                                            hours(10),  hours(14),  hours(20),   hours(24)};
constexpr std::chrono::milliseconds kConnectWithin{10'000};
constexpr std::chrono::milliseconds kAnswerWithin{15'000};

/// What one attempt came to.
struct Attempt {
    std::optional<std::int64_t> status = {};
    std::string error = {};

    bool delivered() const { return status && *status >= 200 && *status < 300; }
};

Attempt attempt(Desk& desk, const Webhook& webhook, const std::string& id, const std::string& payload,
                const std::vector<std::string>& secrets) {
    http::OutgoingRequest request;
    if (!desk.private_webhooks) {
        // Also one that was added while configuration let it, or by an older orderd.
        if (!http::fault_of_fetched_url(webhook.url, false).empty()) {
            return {.error = "its address or its port is not a public one"};
        }
        std::string problem;
        const auto address = http::public_address(http::host_of_url(webhook.url), problem);
        if (!address) {
            return {.error = problem};
        }
        request.at_address = *address;
    }
    const auto timestamp = desk.clock.now().ms / 1000;
    std::string signatures;
    for (const auto& secret : secrets) {
        signatures += (signatures.empty() ? "" : " ") + signature(secret, id, timestamp, payload);
    }
    request.method = "POST";
    request.url = webhook.url;
    request.headers = {{"webhook-id", id},
                       {"webhook-timestamp", std::to_string(timestamp)},
                       {"webhook-signature", signatures},
                       {"User-Agent", "orderd/" ORDERD_VERSION}};
    request.body = payload;
    request.content_type = "application/json";
    request.connect_within = kConnectWithin;
    request.answer_within = kAnswerWithin;
    request.plain_anywhere = desk.private_webhooks;
    try {
        const auto answer = desk.outgoing.send(request);
        Attempt done{.status = answer.status};
        if (!done.delivered()) {
            done.error = fmt::format("it answered {}", answer.status);
        }
        return done;
    } catch (const http::NeverSent&) {
        return {.error = "it was not reached"};  // not its address, which may hold a key
    } catch (const http::AnswerLost&) {
        return {.error = "it did not answer in time"};
    } catch (const std::invalid_argument& error) {
        return {.error = error.what()};
    }
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
    if (delivery->status != "pending" || delivery->attempts >= job.payload.at("attempt").get<std::int64_t>()) {
        return;  // this attempt was made and written down: the job came again after a crash
    }
    const auto done = webhook->enabled ? attempt(desk, *webhook, delivery->event_id, payload, secrets)
                                       : Attempt{.error = "the webhook was disabled"};
    desk.store.writer().run([&](storage::Transaction& tx) {
        const auto now = desk.clock.now();
        const auto tries = static_cast<std::size_t>(delivery->tries);
        const bool gone = done.status == 410;
        const bool again = !done.delivered() && !gone && webhook->enabled && tries < kSchedule.size();
        save_attempt(tx, *delivery,
                     done.delivered() ? "delivered"
                     : again          ? "pending"
                                      : "failed",
                     done.status, done.error, again ? std::optional(now + kSchedule.at(tries)) : std::nullopt, now);
        if (gone) {
            disable_webhook(tx, webhook->id, "it answered 410: it is gone", now);
        }
    });
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
