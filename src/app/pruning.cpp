#include "app/pruning.h"

#include "accounts/api_keys.h"
#include "accounts/customer.h"
#include "accounts/devices.h"
#include "accounts/password_resets.h"
#include "accounts/sessions.h"
#include "api/idempotency.h"
#include "app/search_index.h"
#include "catalog/picture_content.h"
#include "documents/document.h"
#include "fulfillment/return_request.h"
#include "fulfillment/tracking_updates.h"
#include "jobs/jobs.h"
#include "notify/follower.h"
#include "notify/mail.h"
#include "notify/webhook.h"
#include "payments/old_attempts.h"
#include "payments/stripe_webhook_routes.h"
#include "storage/audit.h"
#include "storage/event_log.h"
#include "storage/settings.h"
#include "storage/size.h"

namespace orderd::app {

namespace {

using api::Shape;

constexpr std::int64_t kShortestEvents = 180;  ///< days: unpaid orders wait up to 90, and their events are read
constexpr std::int64_t kShortestAudit = 365;
constexpr std::int64_t kLongestTerm = 36'500;

constexpr std::int64_t kPagesGivenBack = 256;  ///< in one mutation: a MiB

std::optional<Duration> term_of(const Json& days_or_null) {
    return days_or_null.is_null() ? std::nullopt : std::optional(days(days_or_null.get<std::int64_t>()));
}

Json days_of(const std::optional<Duration>& term) { return term ? Json(term->ms / days(1).ms) : Json(nullptr); }

storage::Pruned remove_events(storage::Transaction& tx, const storage::Slice& slice) {
    return storage::Pruned::again_if(events::remove_oldest(tx, slice, notify::acted_upon(tx, log_readers())));
}

storage::Pruned remove_audit(storage::Transaction& tx, const storage::Slice& slice) {
    return storage::Pruned::again_if(audit::remove_oldest(tx, slice));
}

/// Each slice is a mutation of its own, so that others go in between.
std::int64_t remove_all(storage::Store& store, const Kept& kept, storage::Slice slice, const jobs::Job& job) {
    std::int64_t removed = 0;
    for (std::optional<std::int64_t> next = 0; next;) {
        job.end_if_stopping();
        slice.after = *next;
        const auto pruned = store.writer().run([&](storage::Transaction& tx) { return kept.remove(tx, slice); });
        removed += pruned.removed;
        next = pruned.next;
    }
    return removed;
}

}  // namespace

LogTerms read_log_terms(const storage::View& view) {
    LogTerms terms;
    if (const auto json = settings::read(view, kLogTerms)) {
        terms = {.events = term_of(json->at("events_days")), .audit = term_of(json->at("audit_days"))};
    }
    return terms;
}

Json to_json(const LogTerms& terms) {
    return {{"events_days", days_of(terms.events)}, {"audit_days", days_of(terms.audit)}};
}

Shape log_terms_shape() {
    return Shape::object(
               {
                   {"events_days", Shape::integer(kShortestEvents, kLongestTerm)
                                       .nullable()
                                       .described("of the event log, which is each order's history; null: for ever")},
                   {"audit_days", Shape::integer(kShortestAudit, kLongestTerm)
                                      .nullable()
                                      .described("of the audit log: who did what; null: for ever")},
               })
        .named("LogTerms")
        .described("how many days of the shop's logs are kept");
}

const std::vector<Kept>& kept_for_a_time() {
    static const std::vector<Kept> all{
        // Clients retry within the day. Small slices, since an answer is often larger than 1 KiB.
        {.what = "idempotency keys", .term = api::kKeyLifetime, .slice = 200, .remove = api::remove_old_keys},
        // Each has its own end.
        {.what = "sessions", .term = {}, .remove = accounts::remove_ended_sessions},
        {.what = "devices", .term = accounts::kDeviceLifetime, .remove = accounts::remove_old_devices},
        // The mail about the change is not retried for longer.
        {.what = "former e-mail addresses", .term = days(7), .remove = accounts::remove_old_former_contacts},
        // So long they are counted by network.
        {.what = "codes for forgotten passwords", .term = days(1), .remove = accounts::remove_old_resets},
        // Stripe resends an event for three days.
        {.what = "gateway events", .term = days(30), .remove = payments::remove_old_gateway_events},
        // So that a receiver's developer can see and replay them.
        {.what = "webhook deliveries", .term = days(30), .remove = notify::remove_old_deliveries},
        // Pages and mails that were sent may still show them. Few in a mutation: each has up to 3 MiB.
        {.what = "pictures", .term = days(1), .slice = 4, .remove = catalog::remove_unused_pictures},
        // Nobody asked about them any more; those of orders stay with their orders.
        {.what = "returns asked for without an order",
         .term = days(90),
         .remove = fulfillment::remove_unmatched_requests},
        // To answer customers who ask whether a mail was sent.
        {.what = "mails", .term = days(90), .remove = notify::remove_old_mails},
        // Nobody retried them for half a year.
        {.what = "dead jobs", .term = days(180), .remove = jobs::remove_dead},
        // The audit log names them by number; this list has their labels.
        {.what = "ended API keys", .term = days(365), .remove = accounts::remove_ended_keys},
        // Claims against carriers end after a year (CMR, article 32).
        {.what = "tracking events", .term = days(400), .remove = fulfillment::remove_old_tracking},
        // The takings of a year count failures.
        {.what = "failed payment attempts", .term = days(400), .remove = payments::remove_old_failures},
        // Each year has its own end, by the setting `documents`.
        {.what = "documents", .term = {}, .is_lasting = true, .remove = documents::remove_old},
        {.what = "events", .setting = &LogTerms::events, .remove = remove_events},
        {.what = "audit entries", .setting = &LogTerms::audit, .remove = remove_audit},
    };
    return all;
}

void prune(storage::Store& store, const Clock& clock, const jobs::Job& job) {
    const auto now = clock.now();
    const auto [terms, steady] = [&] {
        const auto view = store.read();
        return std::pair(read_log_terms(view), storage::is_clock_steady(view, now));
    }();
    for (const auto& kept : kept_for_a_time()) {
        // After the clock jumped, nothing is removed that cannot be made again.
        const bool lasts = kept.setting != nullptr || kept.is_lasting;
        const auto term = lasts && !steady          ? std::nullopt
                          : kept.setting == nullptr ? std::optional(kept.term)
                                                    : terms.*kept.setting;
        if (!term) {
            continue;
        }
        const auto removed = remove_all(store, kept, {.before = now - *term, .now = now, .most = kept.slice}, job);
        if (removed > 0 && lasts) {
            log::info("removed what is older than its term", {{"what", kept.what}, {"rows", removed}});
        }
    }
    while (store.writer().run([](storage::Transaction& tx) { return storage::give_back_pages(tx, kPagesGivenBack); }) >
           0) {
        job.end_if_stopping();
    }
    store.writer().run([&](storage::Transaction& tx) { storage::note_size(tx, now); });
}

}  // namespace orderd::app
