#include "notify/webhook_routes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/errors.h"
#include "notify/delivering.h"
#include "notify/kinds.h"
#include "notify/webhook.h"
#include "outgoing/public_address.h"

namespace orderd::notify {

namespace {

api::Shape url_shape() {
    return api::Shape::text(1, 2000)
        .described("https://…, at a public address")
        .example("https://hooks.example.com/orderd");
}

api::Shape kinds_shape() {
    return api::Shape::list(api::Shape::text(1, 80), 1, 50)
        .described("the events it is told of: order.placed, order.*, or *")
        .example(Json::array({"order.*"}));
}

}  // namespace

}  // namespace orderd::notify

namespace orderd {

using notify::NewWebhook;
using notify::WebhookChanges;

template <>
struct api::Fields<NewWebhook> {
    static Declared<NewWebhook> value() {
        return object<NewWebhook>("NewWebhook", {field("url", &NewWebhook::url, notify::url_shape()),
                                                 optional("description", &NewWebhook::description, Shape::text(0, 200)),
                                                 field("events", &NewWebhook::kinds, notify::kinds_shape())});
    }
};

template <>
struct api::Fields<WebhookChanges> {
    static Declared<WebhookChanges> value() {
        return object<WebhookChanges>("WebhookChanges",
                                      {optional("url", &WebhookChanges::url, notify::url_shape()),
                                       optional("description", &WebhookChanges::description, Shape::text(0, 200)),
                                       optional("events", &WebhookChanges::kinds, notify::kinds_shape()),
                                       optional("enabled", &WebhookChanges::enabled, Shape::boolean())});
    }
};

}  // namespace orderd

namespace orderd::notify {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

WebhookId id_of(Request& in) { return WebhookId{in.id()}; }

Json shown(const Desk& desk, const Webhook& webhook) { return to_json(webhook, desk.pauses.of(party_of(webhook.id))); }

/// A due delivery whose endpoint is paused waits until the pause ends.
Json shown(const Desk& desk, const Delivery& delivery) {
    auto json = to_json(delivery);
    const auto pause = desk.pauses.of(party_of(delivery.webhook));
    if (delivery.status == DeliveryStatus::pending && pause && delivery.next_attempt_at < pause->until) {
        json["next_attempt_at"] = rfc3339(pause->until);
    }
    return json;
}

Shape webhook_shape() {
    return Shape::object({{"id", Shape::id()},
                          {"url", url_shape()},
                          {"description", Shape::text(0, 200)},
                          {"events", kinds_shape()},
                          {"enabled", Shape::boolean()},
                          {"disabled_because", Shape::text(0, 200).described("empty where an admin did it")},
                          {"paused_until", Shape::time().nullable().described(
                                               "it does not answer: its deliveries wait, in their order")},
                          {"paused_because", Shape::text(0, 500)},
                          {"created_at", Shape::time()},
                          {"updated_at", Shape::time()},
                          {"version", Shape::id()}})
        .named("Webhook");
}

Shape secret_shape() {
    return Shape::text(1, 100).described("whsec_…: what deliveries are signed with (Standard Webhooks); shown once");
}

Shape webhook_with_secret_shape() {
    return webhook_shape().with({{"secret", secret_shape()}}).named("WebhookWithSecret");
}

/// If the answer is repeated for an Idempotency-Key, it lacks the secret.
Shape added_webhook_shape() {
    return webhook_shape().with({api::optional("secret", secret_shape())}).named("AddedWebhook");
}

Shape delivery_shape() {
    return Shape::object(
               {{"id", Shape::id()},
                {"webhook_id", Shape::id()},
                {"event_sequence", Shape::id()},
                {"event_id", Shape::text(1, 100).described("the header webhook-id: the same however often it is sent")},
                {"event_kind", Shape::text(1, 80)},
                {"status", Shape::one_of(delivery_statuses())},
                {"attempts", Shape::integer(0, 1'000'000)},
                {"response_status", Shape::integer(0, 999).nullable().described("of the last answer; null: none came")},
                {"last_error", Shape::text(0, 500)},
                {"next_attempt_at", Shape::time().nullable().described("while it is pending")},
                {"created_at", Shape::time()},
                {"updated_at", Shape::time()}})
        .named("WebhookDelivery");
}

void check_wanted(const Desk& desk, const std::optional<std::string>& url, const std::vector<std::string>& kinds) {
    std::vector<Fault> faults;
    if (url) {
        const auto fault = outgoing::fault_of_fetched_url(*url, desk.private_webhooks);
        if (!fault.empty()) {
            faults.push_back({"/url", fault});
        }
    }
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const auto& kind = kinds[i];
        if (!is_kind_filter(kind)) {
            faults.push_back({fmt::format("/events/{}", i),
                              fmt::format("\"{}\" is not a kind of event; it is order.placed, order.*, or *", kind)});
        } else if (!fits_any_kind(kind)) {
            faults.push_back({fmt::format("/events/{}", i), fmt::format("\"{}\" matches no kind of event; there are {}",
                                                                        kind, fmt::join(kinds_beside(kind), ", "))});
        }
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
}

Answer webhooks_page(Request& in, Desk& desk) {
    const auto page = in.page();
    auto found = list_webhooks(in.read(), page);
    const bool more = storage::cut(found, page);
    auto rows = Json::array();
    for (const auto& webhook : found) {
        rows.push_back(shown(desk, webhook));
    }
    const Json after = more ? rows.back().at("id") : Json(nullptr);
    return api::page(std::move(rows), after);
}

Answer add(Request& in, Desk& desk, NewWebhook wanted) {
    check_wanted(desk, wanted.url, wanted.kinds);
    return in.mutate([&](storage::Transaction& tx) {
        const auto [webhook, secret] = add_webhook(tx, wanted, in.actor(), in.now());
        auto json = shown(desk, webhook);
        json["secret"] = secret;
        return api::created(fmt::format("/admin/webhooks/{}", static_cast<std::int64_t>(webhook.id)), std::move(json),
                            webhook.version)
            .shows_once("secret");
    });
}

Answer show(Request& in, Desk& desk) {
    const auto webhook = get_webhook(in.read(), id_of(in));
    return api::ok(shown(desk, webhook), webhook.version);
}

Answer change(Request& in, Desk& desk, WebhookChanges wanted) {
    check_wanted(desk, wanted.url, wanted.kinds.value_or(std::vector<std::string>()));
    desk.pauses.end(party_of(id_of(in)), in.now());  // its new address may answer
    return in.mutate([&](storage::Transaction& tx) {
        const auto before = get_webhook(tx, id_of(in));
        in.check_version(before.version);
        const auto after = update_webhook(tx, before, wanted, in.actor(), in.now());
        return api::ok(shown(desk, after), after.version);
    });
}

Answer remove(Request& in, Desk&) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto webhook = get_webhook(tx, id_of(in));
        in.check_version(webhook.version);
        remove_webhook(tx, webhook, in.actor(), in.now());
        return api::no_content();
    });
}

Answer rotate(Request& in, Desk& desk) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto secret = rotate_secret(tx, get_webhook(tx, id_of(in)), in.actor(), in.now());
        const auto webhook = get_webhook(tx, id_of(in));
        auto json = shown(desk, webhook);
        json["secret"] = secret;
        return api::ok(std::move(json), webhook.version);
    });
}

Answer test(Request& in, Desk&) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto webhook = get_webhook(tx, id_of(in));
        ask_for_test(tx, webhook, in.actor(), in.now());
        return api::no_content();
    });
}

Answer list_them(Request& in, Desk& desk) {
    const auto page = in.page();
    auto found =
        list_deliveries(in.read(), {.webhook = in.query_integer("webhook_id"), .status = in.query("status")}, page);
    const bool more = storage::cut(found, page);
    auto rows = Json::array();
    for (const auto& delivery : found) {
        rows.push_back(shown(desk, delivery));
    }
    const Json after = more ? rows.back().at("id") : Json(nullptr);
    return api::page(std::move(rows), after);
}

Answer show_delivery(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto delivery = get_delivery(view, DeliveryId{in.id()});
    auto json = shown(desk, delivery);
    json["payload"] = stored_json(payload_of(view, delivery.event));
    return api::ok(std::move(json));
}

Answer replay_delivery(Request& in, Desk& desk) {
    return in.mutate([&](storage::Transaction& tx) {
        return api::ok(shown(desk, replay(tx, get_delivery(tx, DeliveryId{in.id()}), in.actor(), in.now())));
    });
}

}  // namespace

void add_webhook_routes(api::RouteTable& routes, Desk& desk) {
    const auto add_row = api::rows_of(routes, "Webhooks", desk);
    add_row({.method = "GET",
             .path = "/admin/webhooks",
             .name = "webhooks.list",
             .who = Who::owner,
             .summary = "List webhooks",
             .paged = true,
             .answers = {{200, Shape::page(webhook_shape())}}},
            webhooks_page);
    add_row({.method = "POST",
             .path = "/admin/webhooks",
             .name = "webhooks.add",
             .who = Who::owner,
             .summary = "Add a webhook; its secret is shown only once",
             .answers = {{201, added_webhook_shape()}},
             .idempotent = true},
            add);
    add_row({.method = "GET",
             .path = "/admin/webhooks/{id}",
             .name = "webhooks.get",
             .who = Who::owner,
             .summary = "Read a webhook",
             .answers = {{200, webhook_shape()}}},
            show);
    add_row({.method = "PUT",
             .path = "/admin/webhooks/{id}",
             .name = "webhooks.update",
             .who = Who::owner,
             .summary = "Change, disable or enable a webhook",
             .answers = {{200, webhook_shape()}},
             .if_match = true},
            change);
    add_row({.method = "DELETE",
             .path = "/admin/webhooks/{id}",
             .name = "webhooks.remove",
             .who = Who::owner,
             .summary = "Remove a webhook, with its deliveries",
             .answers = {{204, std::nullopt}},
             .if_match = true},
            remove);
    add_row({.method = "POST",
             .path = "/admin/webhooks/{id}/rotate-secret",
             .name = "webhooks.rotateSecret",
             .who = Who::owner,
             .summary = "Give a webhook a new secret; the old one also signs for a day",
             .answers = {{200, webhook_with_secret_shape()}}},
            rotate);
    add_row({.method = "POST",
             .path = "/admin/webhooks/{id}/test",
             .name = "webhooks.test",
             .who = Who::owner,
             .summary = "Send a webhook an event of kind webhook.test",
             .answers = {{204, std::nullopt}},
             .refuses = {kWebhookDisabled},
             .idempotent = true},
            test);
    add_row({.method = "GET",
             .path = "/admin/webhook-deliveries",
             .name = "deliveries.list",
             .who = Who::owner,
             .summary = "List deliveries, newest first",
             .query = {{"webhook_id", Shape::id(), "to this one"},
                       {"status", Shape::one_of(delivery_statuses()), "in this status"}},
             .paged = true,
             .answers = {{200, Shape::page(delivery_shape())}}},
            list_them);
    add_row(
        {.method = "GET",
         .path = "/admin/webhook-deliveries/{id}",
         .name = "deliveries.get",
         .who = Who::owner,
         .summary = "Read a delivery, with its body",
         .answers = {{200,
                      delivery_shape().with({{"payload", Shape::anything()}}).named("WebhookDeliveryWithPayload")}}},
        show_delivery);
    add_row({.method = "POST",
             .path = "/admin/webhook-deliveries/{id}/replay",
             .name = "deliveries.replay",
             .who = Who::owner,
             .summary = "Send a delivery again, with the same webhook-id",
             .answers = {{200, delivery_shape()}},
             .refuses = {kDeliveryPending, kWebhookDisabled},
             .idempotent = true},
            replay_delivery);
}

}  // namespace orderd::notify
