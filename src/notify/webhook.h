#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/actor.h"
#include "base/json.h"
#include "base/refused.h"
#include "base/time.h"
#include "jobs/lanes.h"
#include "jobs/pauses.h"
#include "storage/paging.h"
#include "storage/pruning.h"
#include "storage/writer.h"

namespace orderd::notify {

inline constexpr Refused kWebhookDisabled{409, "webhook_disabled",
                                          "The webhook is disabled, so nothing is sent to it. Enable it first."};
inline constexpr Refused kDeliveryPending{
    409, "delivery_pending",
    "The delivery is still being tried; next_attempt_at says when next. Send it again once it was delivered or has "
    "failed."};

enum class WebhookId : std::int64_t {};
enum class DeliveryId : std::int64_t {};

/// An endpoint, to which events are sent.
struct Webhook {
    WebhookId id{};
    std::string url;
    std::string description;
    std::vector<std::string> kinds;  ///< "order.placed", "order.*", "*"
    bool enabled = true;
    std::string disabled_because;  ///< empty if an admin disabled it
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;
};

enum class DeliveryStatus { pending, delivered, failed };
std::string_view to_text(DeliveryStatus status);
std::vector<std::string> delivery_statuses();

/// An event on its way to an endpoint, or already delivered.
struct Delivery {
    DeliveryId id{};
    WebhookId webhook{};
    std::int64_t event = 0;
    std::string event_id;  ///< the receiver's id for it: the header webhook-id
    std::string kind;      ///< the event's kind
    DeliveryStatus status = DeliveryStatus::pending;
    std::int64_t tries = 0;  ///< since it was created or replayed
    std::int64_t attempts = 0;
    std::optional<std::int64_t> response_status;
    std::string last_error;
    std::optional<Time> next_attempt_at;
    Time created_at;
    Time updated_at;
};

/// The event kind that goes to one endpoint alone, when an admin asks for it.
constexpr auto kWebhookReader = "webhooks";  ///< of the event log
constexpr std::string_view kTestEvent = "webhook.test";

/// The job that makes a delivery, with all of its attempts.
inline constexpr jobs::Kind kDeliverJob{"webhook.deliver", jobs::Lane::webhooks};

/// The endpoint's name in jobs: one job runs at a time for each endpoint, and a pause affects only that
/// endpoint.
std::string party_of(WebhookId id);

constexpr Duration kSecretOverlap = hours(24);  ///< how long an old secret still signs

struct NewWebhook {
    std::string url;
    std::string description;
    std::vector<std::string> kinds;
};

struct WebhookChanges {
    std::optional<std::string> url;
    std::optional<std::string> description;
    std::optional<std::vector<std::string>> kinds;
    std::optional<bool> enabled;
};

/// @returns the endpoint, and its secret (whsec_…), which is not shown again
std::pair<Webhook, std::string> add_webhook(storage::Transaction& tx, const NewWebhook& wanted, const Actor& actor,
                                            Time now);
Webhook update_webhook(storage::Transaction& tx, const Webhook& before, const WebhookChanges& changes,
                       const Actor& actor, Time now);
/// Removes an endpoint with its deliveries; waiting ones are not sent.
void remove_webhook(storage::Transaction& tx, const Webhook& webhook, const Actor& actor, Time now);
/// @returns the new secret. For a day, deliveries are also signed with the old one, so that the receiver has
///          time to switch.
std::string rotate_secret(storage::Transaction& tx, const Webhook& webhook, const Actor& actor, Time now);
/// Sends an event of kind webhook.test to this endpoint only, whatever its filters.
///
/// @throws Refusal 409 `webhook_disabled`
void ask_for_test(storage::Transaction& tx, const Webhook& webhook, const Actor& actor, Time now);
/// Disables an endpoint, because it answered 410 or stayed silent too long.
void disable_webhook(storage::Transaction& tx, WebhookId id, std::string_view because, Time now);

Webhook get_webhook(const storage::View& view, WebhookId id);                              ///< @throws Refusal 404
std::vector<Webhook> list_webhooks(const storage::View& view, const storage::Page& page);  ///< newest first, one more
std::vector<Webhook> enabled_webhooks(const storage::View& view);
bool anyone_listens(const storage::View& view);  ///< whether any endpoint is enabled
/// The secrets that deliveries are signed with now: one, or two.
std::vector<std::string> secrets_of(const storage::View& view, WebhookId id, Time now);

/// Whether an endpoint wants events of this kind.
bool wants(const Webhook& webhook, std::string_view kind);
/// Whether a text is a valid filter: "*", "order.*" or "order.placed".
bool is_kind_filter(std::string_view text);

/// Adds the delivery of an event to an endpoint, once. @returns whether it is new
bool add_delivery(storage::Transaction& tx, WebhookId webhook, std::int64_t event, Time now);
Delivery get_delivery(const storage::View& view, DeliveryId id);  ///< @throws Refusal 404
struct DeliveryFilter {
    std::optional<std::int64_t> webhook;
    std::optional<std::string> status;
};
std::vector<Delivery> list_deliveries(const storage::View& view, const DeliveryFilter& filter,
                                      const storage::Page& page);  ///< newest first, one more
/// Sends a delivery again, from the beginning of its schedule, with its old id: the receiver can see that it
/// is the same.
///
/// @throws Refusal 409 `delivery_pending`, `webhook_disabled`
Delivery replay(storage::Transaction& tx, const Delivery& delivery, const Actor& actor, Time now);
/// Stores the outcome of an attempt, and increases its counts. `again_at`: the next attempt; nullopt if there
/// is none.
void save_attempt(storage::Transaction& tx, Delivery delivery, DeliveryStatus status,
                  std::optional<std::int64_t> response_status, std::string_view error, std::optional<Time> again_at,
                  Time now);
/// Whether a delivery to this endpoint arrived since then.
bool answered_since(const storage::View& view, WebhookId webhook, Time since);
/// Removes a slice of the deliveries that were made or given up.
storage::Pruned remove_old_deliveries(storage::Transaction& tx, const storage::Slice& slice);

/// `pause`: the pause of its deliveries, if it does not answer.
Json to_json(const Webhook& webhook, const std::optional<jobs::Pause>& pause);
Json to_json(const Delivery& delivery);

/// The body that is sent for an event: {"type", "timestamp", "data": {"sequence", "subject", "subject_id",
/// "body"}}.
std::string payload_of(const storage::View& view, std::int64_t event);

/// The signature "v1,…" of the Standard Webhooks specification: HMAC-SHA256 over id, timestamp and body.
///
/// @throws std::runtime_error for an invalid secret
std::string signature(std::string_view secret, std::string_view id, std::int64_t timestamp_seconds,
                      std::string_view body);

}  // namespace orderd::notify
