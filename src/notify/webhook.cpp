#include "notify/webhook.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/errors.h"
#include "base/hmac.h"
#include "base/names.h"
#include "base/random.h"
#include "base/text.h"
#include "jobs/jobs.h"
#include "notify/follower.h"
#include "notify/kinds.h"
#include "storage/event_log.h"
#include "storage/events.h"
#include "storage/numbering.h"

namespace orderd::notify {

namespace {

constexpr Names<DeliveryStatus, 3> kDeliveryStatuses{{{{DeliveryStatus::pending, "pending"},
                                                       {DeliveryStatus::delivered, "delivered"},
                                                       {DeliveryStatus::failed, "failed"}}}};

constexpr std::string_view kSecretPrefix = "whsec_";

constexpr auto kInsertWebhook = R"sql(
    INSERT INTO webhook_endpoint (url_sealed, secret_sealed, description, kinds, enabled, created_at, updated_at)
    VALUES (x'', x'', ?1, ?2, 1, ?3, ?3)
)sql";
const std::string kWebhookColumns = R"sql(
    SELECT id, url_sealed, description, kinds, enabled, disabled_because, created_at, updated_at, version
      FROM webhook_endpoint
)sql";
const std::string kGetWebhook = kWebhookColumns + " WHERE id = ?1";
const std::string kListWebhooks = kWebhookColumns + " WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
const std::string kEnabled = kWebhookColumns + " WHERE enabled = 1 ORDER BY id";
constexpr auto kAnyEnabled = "SELECT 1 FROM webhook_endpoint WHERE enabled = 1 LIMIT 1";
constexpr auto kSecrets = R"sql(
    SELECT secret_sealed, CASE WHEN previous_until > ?2 THEN previous_secret_sealed END
      FROM webhook_endpoint WHERE id = ?1
)sql";
constexpr auto kSetUrl = "UPDATE webhook_endpoint SET url_sealed = ?2 WHERE id = ?1";
constexpr auto kSetSecret = "UPDATE webhook_endpoint SET secret_sealed = ?2 WHERE id = ?1";
constexpr auto kSetPrevious = R"sql(
    UPDATE webhook_endpoint SET previous_secret_sealed = ?2, previous_until = ?3, updated_at = ?4, version = version + 1
     WHERE id = ?1
)sql";
constexpr auto kUpdate = R"sql(
    UPDATE webhook_endpoint SET description = ?2, kinds = ?3, enabled = ?4, disabled_because = '', updated_at = ?5,
                                version = version + 1
     WHERE id = ?1
)sql";
constexpr auto kDisable = R"sql(
    UPDATE webhook_endpoint SET enabled = 0, disabled_because = ?2, updated_at = ?3, version = version + 1
     WHERE id = ?1 AND enabled = 1
)sql";
constexpr auto kRemove = "DELETE FROM webhook_endpoint WHERE id = ?1";

constexpr auto kAddDelivery =
    "INSERT INTO webhook_delivery (id, endpoint_id, event_sequence, status, next_attempt_at, created_at, updated_at) "
    "VALUES (" ORDERD_NEXT_ID("webhook_delivery") R"sql(, ?1, ?2, 'pending', ?3, ?3, ?3)
        ON CONFLICT (event_sequence, endpoint_id) DO NOTHING RETURNING id
)sql";
const std::string kDeliveryColumns = R"sql(
    SELECT d.id, d.endpoint_id, d.event_sequence, e.kind, d.status, d.tries, d.attempts, d.response_status, d.last_error,
           d.next_attempt_at, d.created_at, d.updated_at
      FROM webhook_delivery d JOIN event e ON e.sequence = d.event_sequence
)sql";
const std::string kDelivery = kDeliveryColumns + " WHERE d.id = ?1";
const std::string kDeliveries = kDeliveryColumns +
                                " WHERE d.id < ?1 AND (?3 IS NULL OR d.endpoint_id = ?3) AND (?4 IS NULL OR d.status = "
                                "?4) ORDER BY d.id DESC LIMIT ?2";
constexpr auto kSaveAttempt = R"sql(
    UPDATE webhook_delivery
       SET status = ?2, tries = ?3, attempts = ?4, response_status = ?5, last_error = ?6, next_attempt_at = ?7,
           updated_at = ?8
     WHERE id = ?1
)sql";
constexpr auto kAnsweredSince = R"sql(
    SELECT 1 FROM webhook_delivery
     WHERE endpoint_id = ?1 AND status = 'delivered' AND updated_at >= ?2 LIMIT 1
)sql";
constexpr auto kReplay = R"sql(
    UPDATE webhook_delivery SET status = 'pending', tries = 0, next_attempt_at = ?2, updated_at = ?2 WHERE id = ?1
)sql";
constexpr auto kOldDeliveries = R"sql(
    SELECT id, created_at, status <> 'pending' AND updated_at < ?3 FROM webhook_delivery
     WHERE id > ?1 ORDER BY id LIMIT ?2
)sql";
constexpr auto kRemoveDelivery = "DELETE FROM webhook_delivery WHERE id = ?1";
constexpr auto kDeliveryEvent = "SELECT kind, subject, subject_id, body, at FROM event WHERE sequence = ?1";

storage::Place place(std::string_view column, WebhookId id) {
    return {"webhook_endpoint", column, static_cast<std::int64_t>(id)};
}

events::Subject subject(WebhookId id) { return {"webhook", static_cast<std::int64_t>(id)}; }

Webhook read_webhook(const storage::Row& row, const storage::Vault& vault) {
    const auto id = row.get<WebhookId>(0);
    return {.id = id,
            .url = vault.open(place("url_sealed", id), row.get<std::string_view>(1)),
            .description = row.get<std::string>(2),
            .kinds = stored_json(row.get<std::string_view>(3)).get<std::vector<std::string>>(),
            .enabled = row.get<bool>(4),
            .disabled_because = row.get<std::string>(5),
            .created_at = row.get<Time>(6),
            .updated_at = row.get<Time>(7),
            .version = row.get<std::int64_t>(8)};
}

Delivery read_delivery(const storage::View& view, const storage::Row& row) {
    const auto event = row.get<std::int64_t>(2);
    return {.id = row.get<DeliveryId>(0),
            .webhook = row.get<WebhookId>(1),
            .event = event,
            .event_id = events::id_of(view, event),
            .kind = row.get<std::string>(3),
            .status = kDeliveryStatuses.stored(row.get<std::string_view>(4)),
            .tries = row.get<std::int64_t>(5),
            .attempts = row.get<std::int64_t>(6),
            .response_status = row.get<std::optional<std::int64_t>>(7),
            .last_error = row.get<std::string>(8),
            .next_attempt_at = row.get<std::optional<Time>>(9),
            .created_at = row.get<Time>(10),
            .updated_at = row.get<Time>(11)};
}

std::string new_secret() { return std::string(kSecretPrefix) + to_base64(random_bytes(32)); }

void set_url(storage::Transaction& tx, WebhookId id, const std::string& url) {
    const auto sealed = tx.vault().seal(place("url_sealed", id), url);
    tx.run(kSetUrl, id, storage::Blob{sealed});
}

void set_secret(storage::Transaction& tx, WebhookId id, const std::string& secret) {
    const auto sealed = tx.vault().seal(place("secret_sealed", id), secret);
    tx.run(kSetSecret, id, storage::Blob{sealed});
}

/// One job makes all attempts. Its key contains the number of the first, so that a job that is about to end
/// does not block a replay.
void add_job(storage::Transaction& tx, DeliveryId id, WebhookId webhook, std::int64_t first_attempt, Time now) {
    const auto number = static_cast<std::int64_t>(id);
    jobs::add(tx,
              {.kind = kDeliverJob,
               .payload = {{"delivery_id", number}},
               .run_at = now,
               .dedupe_key = fmt::format("{}:{}:{}", kDeliverJob.name, number, first_attempt),
               .party = party_of(webhook)},
              now);
}

/// While nobody listens, the log is not read. A new webhook gets events from now on, not older ones.
void skip_what_nobody_heard(storage::Transaction& tx) {
    if (!anyone_listens(tx)) {
        read_on_from_now(tx, kWebhookReader);
    }
}

void require_enabled(const Webhook& webhook) {
    if (!webhook.enabled) {
        throw Refusal(kWebhookDisabled, "the webhook is disabled; enable it first");
    }
}

/// What the audit log shows of an endpoint: without its address, which may contain a key.
Json audited(const Webhook& webhook) {
    return {{"description", webhook.description}, {"events", webhook.kinds}, {"enabled", webhook.enabled}};
}

}  // namespace

std::string_view to_text(DeliveryStatus status) { return kDeliveryStatuses[status]; }
std::vector<std::string> delivery_statuses() { return kDeliveryStatuses.list(); }

std::pair<Webhook, std::string> add_webhook(storage::Transaction& tx, const NewWebhook& wanted, const Actor& actor,
                                            Time now) {
    skip_what_nobody_heard(tx);
    const WebhookId id{tx.insert(kInsertWebhook, wanted.description, Json(wanted.kinds).dump(), now)};
    auto secret = new_secret();
    set_url(tx, id, wanted.url);
    set_secret(tx, id, secret);
    auto webhook = get_webhook(tx, id);
    audit::record(tx, "webhook.add", subject(id), nullptr, audited(webhook), actor, now);
    return {std::move(webhook), std::move(secret)};
}

Webhook update_webhook(storage::Transaction& tx, const Webhook& before, const WebhookChanges& changes,
                       const Actor& actor, Time now) {
    if (changes.enabled.value_or(false) && !before.enabled) {
        skip_what_nobody_heard(tx);
    }
    tx.run(kUpdate, before.id, changes.description.value_or(before.description),
           Json(changes.kinds.value_or(before.kinds)).dump(), changes.enabled.value_or(before.enabled), now);
    if (changes.url && *changes.url != before.url) {
        set_url(tx, before.id, *changes.url);
    }
    auto after = get_webhook(tx, before.id);
    auto shown = audited(after);
    if (after.url != before.url) {
        shown["url"] = "changed";
    }
    audit::record(tx, "webhook.update", subject(before.id), audited(before), shown, actor, now);
    return after;
}

void remove_webhook(storage::Transaction& tx, const Webhook& webhook, const Actor& actor, Time now) {
    tx.run(kRemove, webhook.id);
    audit::record(tx, "webhook.remove", subject(webhook.id), audited(webhook), nullptr, actor, now);
}

std::string rotate_secret(storage::Transaction& tx, const Webhook& webhook, const Actor& actor, Time now) {
    const auto before = secrets_of(tx, webhook.id, now).front();
    const auto sealed = tx.vault().seal(place("previous_secret_sealed", webhook.id), before);
    tx.run(kSetPrevious, webhook.id, storage::Blob{sealed}, now + kSecretOverlap, now);
    auto secret = new_secret();
    set_secret(tx, webhook.id, secret);
    audit::record(tx, "webhook.rotate_secret", subject(webhook.id), nullptr, {{"secret", "changed"}}, actor, now);
    return secret;
}

void ask_for_test(storage::Transaction& tx, const Webhook& webhook, const Actor& actor, Time now) {
    require_enabled(webhook);
    events::record(tx, kTestEvent, subject(webhook.id), Json::object(), actor, now);
}

void disable_webhook(storage::Transaction& tx, WebhookId id, std::string_view because, Time now) {
    if (tx.run(kDisable, id, because, now) == 1) {
        events::record(tx, "webhook.disabled", subject(id), {{"because", because}}, Actor::system(), now);
    }
}

Webhook get_webhook(const storage::View& view, WebhookId id) {
    auto found = view.first(
        kGetWebhook, [&](const storage::Row& row) { return read_webhook(row, view.vault()); }, id);
    if (!found) {
        throw not_found("webhook");
    }
    return std::move(*found);
}

std::vector<Webhook> list_webhooks(const storage::View& view, const storage::Page& page) {
    std::vector<Webhook> found;
    view.each(
        kListWebhooks, [&](const storage::Row& row) { found.push_back(read_webhook(row, view.vault())); },
        storage::below_id(page), storage::rows_to_read(page));
    return found;
}

std::vector<Webhook> enabled_webhooks(const storage::View& view) {
    std::vector<Webhook> found;
    view.each(kEnabled, [&](const storage::Row& row) { found.push_back(read_webhook(row, view.vault())); });
    return found;
}

bool anyone_listens(const storage::View& view) { return view.value<bool>(kAnyEnabled).value_or(false); }

std::vector<std::string> secrets_of(const storage::View& view, WebhookId id, Time now) {
    const auto sealed = view.first(
        kSecrets,
        [](const storage::Row& row) {
            return std::pair(row.get<std::string>(0), row.get<std::optional<std::string>>(1));
        },
        id, now);
    std::vector<std::string> secrets{view.vault().open(place("secret_sealed", id), sealed.value().first)};
    if (sealed->second) {
        secrets.push_back(view.vault().open(place("previous_secret_sealed", id), *sealed->second));
    }
    return secrets;
}

bool wants(const Webhook& webhook, std::string_view kind) {
    return std::any_of(webhook.kinds.begin(), webhook.kinds.end(),
                       [&](const std::string& filter) { return fits(filter, kind); });
}

bool is_kind_filter(std::string_view text) {
    if (text == "*") {
        return true;
    }
    const auto dot = text.find('.');
    const auto is_word = [](std::string_view word) {
        return !word.empty() &&
               std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
    };
    return dot != std::string_view::npos && is_word(text.substr(0, dot)) &&
           (text.substr(dot + 1) == "*" || is_word(text.substr(dot + 1)));
}

bool add_delivery(storage::Transaction& tx, WebhookId webhook, std::int64_t event, Time now) {
    const auto id = tx.value<DeliveryId>(kAddDelivery, webhook, event, now);
    if (id) {
        add_job(tx, *id, webhook, 1, now);
    }
    return id.has_value();
}

Delivery get_delivery(const storage::View& view, DeliveryId id) {
    auto found = view.first(
        kDelivery, [&](const storage::Row& row) { return read_delivery(view, row); }, id);
    if (!found) {
        throw not_found("delivery");
    }
    return std::move(*found);
}

std::vector<Delivery> list_deliveries(const storage::View& view, const DeliveryFilter& filter,
                                      const storage::Page& page) {
    std::vector<Delivery> found;
    view.each(
        kDeliveries, [&](const storage::Row& row) { found.push_back(read_delivery(view, row)); },
        storage::below_id(page), storage::rows_to_read(page), filter.webhook, filter.status);
    return found;
}

Delivery replay(storage::Transaction& tx, const Delivery& delivery, const Actor& actor, Time now) {
    if (delivery.status == DeliveryStatus::pending) {
        throw Refusal(kDeliveryPending, "the delivery is still being tried; next_attempt_at says when next");
    }
    require_enabled(get_webhook(tx, delivery.webhook));
    tx.run(kReplay, delivery.id, now);
    add_job(tx, delivery.id, delivery.webhook, delivery.attempts + 1, now);
    audit::record(tx, "webhook.replay", subject(delivery.webhook), nullptr,
                  {{"delivery_id", static_cast<std::int64_t>(delivery.id)}}, actor, now);
    return get_delivery(tx, delivery.id);
}

void save_attempt(storage::Transaction& tx, Delivery delivery, DeliveryStatus status,
                  std::optional<std::int64_t> response_status, std::string_view error, std::optional<Time> again_at,
                  Time now) {
    ++delivery.tries;
    ++delivery.attempts;
    tx.run(kSaveAttempt, delivery.id, to_text(status), delivery.tries, delivery.attempts, response_status, error,
           again_at, now);
}

bool answered_since(const storage::View& view, WebhookId webhook, Time since) {
    return view.value<bool>(kAnsweredSince, webhook, since).value_or(false);
}

storage::Pruned remove_old_deliveries(storage::Transaction& tx, const storage::Slice& slice) {
    return storage::remove_old(tx, slice, kOldDeliveries, kRemoveDelivery);
}

std::string party_of(WebhookId id) { return fmt::format("webhook-{}", static_cast<std::int64_t>(id)); }

Json to_json(const Webhook& webhook, const std::optional<jobs::Pause>& pause) {
    return {{"id", static_cast<std::int64_t>(webhook.id)},
            {"url", webhook.url},
            {"description", webhook.description},
            {"events", webhook.kinds},
            {"enabled", webhook.enabled},
            {"disabled_because", webhook.disabled_because},
            {"paused_until", pause ? Json(rfc3339(pause->until)) : Json(nullptr)},
            {"paused_because", pause ? pause->reason : ""},
            {"created_at", rfc3339(webhook.created_at)},
            {"updated_at", rfc3339(webhook.updated_at)},
            {"version", webhook.version}};
}

Json to_json(const Delivery& delivery) {
    return {{"id", static_cast<std::int64_t>(delivery.id)},
            {"webhook_id", static_cast<std::int64_t>(delivery.webhook)},
            {"event_sequence", delivery.event},
            {"event_id", delivery.event_id},
            {"event_kind", delivery.kind},
            {"status", to_text(delivery.status)},
            {"attempts", delivery.attempts},
            {"response_status", or_null(delivery.response_status)},
            {"last_error", delivery.last_error},
            {"next_attempt_at", or_null(delivery.next_attempt_at)},
            {"created_at", rfc3339(delivery.created_at)},
            {"updated_at", rfc3339(delivery.updated_at)}};
}

std::string payload_of(const storage::View& view, std::int64_t event) {
    const auto payload = view.first(
        kDeliveryEvent,
        [&](const storage::Row& row) {
            return Json{{"type", row.get<std::string>(0)},
                        {"timestamp", rfc3339(row.get<Time>(4))},
                        {"data",
                         {{"sequence", event},
                          {"subject", row.get<std::string>(1)},
                          {"subject_id", row.get<std::int64_t>(2)},
                          {"body", stored_json(row.get<std::string_view>(3))}}}};
        },
        event);
    return payload.value().dump();
}

std::string signature(std::string_view secret, std::string_view id, std::int64_t timestamp_seconds,
                      std::string_view body) {
    const auto key =
        secret.starts_with(kSecretPrefix) ? from_base64(secret.substr(kSecretPrefix.size())) : std::nullopt;
    if (!key) {
        throw std::runtime_error("a webhook's secret is not whsec_ followed by base64");
    }
    return "v1," + to_base64(hmac_sha256(*key, fmt::format("{}.{}.{}", id, timestamp_seconds, body)));
}

}  // namespace orderd::notify
