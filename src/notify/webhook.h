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

/// Somebody's program that is told of events.
struct Webhook {
    WebhookId id{};
    std::string url;
    std::string description;
    std::vector<std::string> kinds;  ///< "order.placed", "order.*", "*"
    bool enabled = true;
    std::string disabled_because;  ///< empty if an admin did it
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;
};

enum class DeliveryStatus { pending, delivered, failed };
std::string_view to_text(DeliveryStatus status);
std::vector<std::string> delivery_statuses();

/// An event that goes, or went, to an endpoint.
struct Delivery {
    DeliveryId id{};
    WebhookId webhook{};
    std::int64_t event = 0;
    std::string event_id;  ///< what receivers know it by: webhook-id
    std::string kind;      ///< of the event
    DeliveryStatus status = DeliveryStatus::pending;
    std::int64_t tries = 0;  ///< since it was last asked for
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

/// The job that carries a delivery, through all of its attempts.
inline constexpr jobs::Kind kDeliverJob{"webhook.deliver", jobs::Lane::webhooks};

/// What the jobs of an endpoint call it: one of them runs at a time, and a pause is of this endpoint alone.
std::string party_of(WebhookId id);

constexpr Duration kSecretOverlap = hours(24);  ///< for which an old secret still signs

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
/// With its deliveries; what waits is not delivered.
void remove_webhook(storage::Transaction& tx, const Webhook& webhook, const Actor& actor, Time now);
/// @returns the new secret. The one before signs beside it for a day, so that the other side has time to change.
std::string rotate_secret(storage::Transaction& tx, const Webhook& webhook, const Actor& actor, Time now);
/// Sends an event of kind webhook.test to this endpoint alone, whatever else it is told of.
///
/// @throws Refusal 409 `webhook_disabled`
void ask_for_test(storage::Transaction& tx, const Webhook& webhook, const Actor& actor, Time now);
/// The other side said that it is gone (410).
void disable_webhook(storage::Transaction& tx, WebhookId id, std::string_view because, Time now);

Webhook get_webhook(const storage::View& view, WebhookId id);                              ///< @throws Refusal 404
std::vector<Webhook> list_webhooks(const storage::View& view, const storage::Page& page);  ///< newest first, one more
std::vector<Webhook> enabled_webhooks(const storage::View& view);
bool anyone_listens(const storage::View& view);  ///< whether one is enabled
/// What deliveries are signed with now: one secret, or two.
std::vector<std::string> secrets_of(const storage::View& view, WebhookId id, Time now);

/// Whether an endpoint wants events of this kind.
bool wants(const Webhook& webhook, std::string_view kind);
/// Whether a filter's text is one: "*", "order.*" or "order.placed".
bool is_kind_filter(std::string_view text);

/// Puts an event on its way to an endpoint, once. @returns whether it was not yet
bool add_delivery(storage::Transaction& tx, WebhookId webhook, std::int64_t event, Time now);
Delivery get_delivery(const storage::View& view, DeliveryId id);  ///< @throws Refusal 404
struct DeliveryFilter {
    std::optional<std::int64_t> webhook;
    std::optional<std::string> status;
};
std::vector<Delivery> list_deliveries(const storage::View& view, const DeliveryFilter& filter,
                                      const storage::Page& page);  ///< newest first, one more
/// Sends it once more, from the beginning of its schedule, with the id that it had: the other side sees it is the same.
///
/// @throws Refusal 409 `delivery_pending`, `webhook_disabled`
Delivery replay(storage::Transaction& tx, const Delivery& delivery, const Actor& actor, Time now);
/// Writes what one attempt came to, and grows its counts. `again_at`: when it is tried once more; nothing if it is
/// decided.
void save_attempt(storage::Transaction& tx, Delivery delivery, DeliveryStatus status,
                  std::optional<std::int64_t> response_status, std::string_view error, std::optional<Time> again_at,
                  Time now);
/// Whether a delivery to this endpoint arrived since then.
bool answered_since(const storage::View& view, WebhookId webhook, Time since);
/// A slice of those that were decided a month ago. @returns how many; 0: no more
std::int64_t remove_old_deliveries(storage::Transaction& tx, Time now);

/// `pause`: of its deliveries, where it does not answer.
Json to_json(const Webhook& webhook, const std::optional<jobs::Pause>& pause);
Json to_json(const Delivery& delivery);

/// The body that goes out for an event: {"type", "timestamp", "data": {"sequence", "subject", "subject_id", "body"}}.
std::string payload_of(const storage::View& view, std::int64_t event);

/// "v1,…": of the Standard Webhooks specification, HMAC-SHA256 over id, timestamp and body.
///
/// @throws std::runtime_error for an invalid secret
std::string signature(std::string_view secret, std::string_view id, std::int64_t timestamp_seconds,
                      std::string_view body);

}  // namespace orderd::notify
