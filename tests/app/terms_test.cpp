// Each term of what is kept for a time: rows just younger, just as old, just older; and rows that are still needed.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "app/pruning.h"
#include "app/room.h"
#include "fulfillment/support.h"
#include "storage/settings.h"
#include "storage/size.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// A row of a table, written at ?1, and how many such rows there are.
struct AgedRow {
    std::string_view what;  ///< as in kept_for_a_time()
    std::string_view insert;
    std::string_view count;
};

const std::vector<AgedRow> kThatGo{
    {"idempotency keys",
     "INSERT INTO idempotency_key (key_hash, request_hash, status, answer_sealed, created_at) "
     "VALUES (x'01', x'01', 200, x'01', ?1)",
     "SELECT count(*) FROM idempotency_key WHERE key_hash = x'01'"},
    {"sessions",
     "INSERT INTO session (token_hash, admin_id, address, user_agent, created_at, expires_at, last_used_at) "
     "VALUES (x'01', 1, '', '', 0, ?1, 0)",
     "SELECT count(*) FROM session WHERE token_hash = x'01'"},
    {"devices", "INSERT INTO known_device (token_hash, admin_id, created_at, last_used_at) VALUES (x'01', 1, 0, ?1)",
     "SELECT count(*) FROM known_device"},
    {"former e-mail addresses",
     "INSERT INTO former_email (customer_id, event_sequence, contact_sealed, changed_at) "
     "VALUES ((SELECT min(id) FROM customer), 1, x'01', ?1)",
     "SELECT count(*) FROM former_email"},
    {"codes for forgotten passwords",
     "INSERT INTO password_reset (asked_for, nonce, network, locale, asked_at) VALUES (1, x'01', 0, 'en', ?1)",
     "SELECT count(*) FROM password_reset"},
    {"gateway events", "INSERT INTO gateway_event (gateway, event_id, at) VALUES ('stripe', 'evt_1', ?1)",
     "SELECT count(*) FROM gateway_event"},
    {"webhook deliveries",
     "INSERT INTO webhook_delivery (endpoint_id, event_sequence, status, created_at, updated_at) "
     "VALUES (1, 1, 'delivered', 0, ?1)",
     "SELECT count(*) FROM webhook_delivery"},
    {"pictures", "INSERT INTO picture_content (hash, width, height, created_at) VALUES (x'09', 1, 1, ?1)",
     "SELECT count(*) FROM picture_content WHERE hash = x'09'"},
    {"returns asked for without an order",
     "INSERT INTO return_request (kind, network, locale, received_at) VALUES ('withdrawal', 0, 'en', ?1)",
     "SELECT count(*) FROM return_request"},
    {"mails",
     "INSERT INTO mail (event_sequence, template, status, created_at, updated_at) "
     "VALUES (1, 'shipped', 'sent', 0, ?1)",
     "SELECT count(*) FROM mail"},
    {"dead jobs",
     "INSERT INTO job (kind, lane, payload, status, run_at, max_attempts, created_at, updated_at) "
     "VALUES ('mail.send', 'mail', '{}', 'dead', 0, 1, 0, ?1)",
     "SELECT count(*) FROM job WHERE status = 'dead'"},
    {"ended API keys",
     "INSERT INTO api_key (id, label, token_hash, scopes, role, created_by, held_by, created_at, revoked_at) "
     "VALUES (7, 'till', x'07', '[]', 'viewer', 1, 1, 0, ?1), (8, 'wall', x'08', '[]', 'viewer', 1, 1, 0, NULL)",
     "SELECT count(*) FROM api_key WHERE id = 7"},
    {"tracking events",
     "INSERT INTO tracking_event (shipment_id, status, description, location, at, told_at) "
     "VALUES ((SELECT min(id) FROM shipment WHERE updated_at < 100000), 'in_transit', 'on its way', '', ?1, 0)",
     "SELECT count(*) FROM tracking_event WHERE description = 'on its way'"},
    {"failed payment attempts",
     "INSERT INTO payment_attempt (payment_id, gateway, idempotency_key, instrument, return_url, outcome, at) "
     "VALUES ((SELECT min(id) FROM payment WHERE status = 'succeeded'), 'stripe', 'k', '', '', 'failed', ?1)",
     "SELECT count(*) FROM payment_attempt WHERE idempotency_key = 'k'"},
};

const std::vector<AgedRow> kThatStay{
    {"webhook deliveries",
     "INSERT INTO webhook_delivery (endpoint_id, event_sequence, status, created_at, updated_at) "
     "VALUES (1, 1, 'pending', ?1, ?1)",
     "SELECT count(*) FROM webhook_delivery"},
    {"mails",
     "INSERT INTO mail (event_sequence, template, status, created_at, updated_at) "
     "VALUES (1, 'shipped', 'waiting', ?1, ?1)",
     "SELECT count(*) FROM mail"},
    {"dead jobs",
     "INSERT INTO job (kind, lane, payload, status, run_at, max_attempts, created_at, updated_at) "
     "VALUES ('payment.charge', 'money', '{}', 'dead', ?1, 1, ?1, ?1)",
     "SELECT count(*) FROM job WHERE status = 'dead'"},
    {"dead jobs",
     "INSERT INTO job (kind, lane, payload, status, run_at, max_attempts, created_at, updated_at) "
     "VALUES ('mail.send', 'mail', '{\"n\":1}', 'ready', ?1, 1, ?1, ?1)",
     "SELECT count(*) FROM job WHERE payload = '{\"n\":1}'"},
    {"ended API keys",
     "INSERT INTO api_key (id, label, token_hash, scopes, role, created_by, held_by, created_at, revoked_at) "
     "VALUES (7, 'till', x'07', '[]', 'viewer', 1, 1, ?1, ?1)",  // the newest: its number would be given again
     "SELECT count(*) FROM api_key WHERE id = 7"},
    {"ended API keys",
     "INSERT INTO api_key (id, label, token_hash, scopes, role, created_by, held_by, created_at) "
     "VALUES (7, 'till', x'07', '[]', 'viewer', 1, 1, ?1), (8, 'wall', x'08', '[]', 'viewer', 1, 1, ?1)",
     "SELECT count(*) FROM api_key WHERE id = 7"},
    {"tracking events",
     "INSERT INTO tracking_event (shipment_id, status, description, location, at, told_at) "
     "VALUES ((SELECT max(id) FROM shipment WHERE updated_at > 100000), 'in_transit', 'on its way', '', ?1, ?1)",
     "SELECT count(*) FROM tracking_event WHERE description = 'on its way'"},
    {"failed payment attempts",
     "INSERT INTO payment_attempt (payment_id, gateway, idempotency_key, instrument, return_url, outcome, at) "
     "VALUES ((SELECT min(id) FROM payment WHERE status = 'succeeded'), 'stripe', 'k', '', '', 'voided', ?1)",
     "SELECT count(*) FROM payment_attempt WHERE idempotency_key = 'k'"},
    {"failed payment attempts",
     "INSERT INTO payment_attempt (payment_id, gateway, idempotency_key, instrument, return_url, outcome, at) "
     "VALUES ((SELECT min(id) FROM payment WHERE status = 'failed'), 'stripe', 'k', '', '', 'failed', ?1)",
     "SELECT count(*) FROM payment_attempt WHERE idempotency_key = 'k'"},
};

/// A shop with two parcels, of which nothing was heard for long from one, a payment that is settled, and one that is not.
struct Furnished : Shop {
    Furnished() {
        const auto mug = product({.on_hand = 100});
        const auto order = paid(*this, {{mug, 1}});
        labelled(*this, order);
        labelled(*this, paid(*this, {{mug, 1}}));
        set_payment(*this, placed(*this, {{mug, 1}}).id, "card", "failed");
        store().writer().run([&](storage::Transaction& tx) {
            tx.run("UPDATE shipment SET updated_at = 0 WHERE id = (SELECT min(id) FROM shipment)");
            tx.run(
                "INSERT INTO webhook_endpoint (id, url_sealed, secret_sealed, description, kinds, enabled, created_at, "
                "updated_at) VALUES (1, x'', x'', '', '[]', 0, 0, 0)");
        });
    }

    /// Writes the row at a time, prunes its table, and takes both back. @returns how many such rows are left
    std::int64_t left_of(const AgedRow& row, Time written, Time before) {
        const auto& all = app::kept_for_a_time();
        const auto kept =
            std::find_if(all.begin(), all.end(), [&](const app::Kept& it) { return it.what == row.what; });
        REQUIRE(kept != all.end());
        struct Undo {};
        std::int64_t left = -1;
        try {
            store().writer().run([&](storage::Transaction& tx) {
                tx.run(row.insert, written);
                for (std::optional<std::int64_t> next = 0; next;) {
                    next = kept->remove(tx, {.before = before, .now = clock().now(), .most = 3, .after = *next}).next;
                }
                left = tx.value<std::int64_t>(row.count).value();
                throw Undo{};
            });
        } catch (const Undo&) {
        }
        return left;
    }
};

}  // namespace

TEST_CASE("what is kept for a time goes a millisecond after its term, and not before") {
    Furnished shop;
    for (const auto& kept : app::kept_for_a_time()) {
        INFO(kept.what);
        const bool is_of_setting = kept.setting != nullptr || kept.is_lasting;  // tested where their setting is
        const bool has_term = !is_of_setting && kept.what != "sessions";
        CHECK(has_term == (kept.term.ms > 0));
        const bool has_row =
            std::any_of(kThatGo.begin(), kThatGo.end(), [&](const AgedRow& row) { return row.what == kept.what; });
        CHECK(has_row == !is_of_setting);
    }
    const auto before = shop.clock().now() - days(100);
    for (const auto& row : kThatGo) {
        INFO(row.what);
        CHECK(shop.left_of(row, before - Duration{1}, before) == 0);
        CHECK(shop.left_of(row, before, before) == 1);
        CHECK(shop.left_of(row, before + Duration{1}, before) == 1);
    }
}

TEST_CASE("what is still needed is kept, however old it is") {
    Furnished shop;
    for (const auto& row : kThatStay) {
        INFO(row.insert);
        CHECK(shop.left_of(row, Time{0}, shop.clock().now() - days(1)) == 1);
    }
}

TEST_CASE("the growth of a database is told by four weeks, and when its disk is full") {
    const auto now = parse_time("2026-05-05T12:00:00Z").value();
    constexpr std::int64_t kMega = 1'000'000;
    CHECK_FALSE(app::full_at(100 * kMega, std::nullopt, now));
    CHECK_FALSE(app::full_at(100 * kMega, 0, now));
    CHECK_FALSE(app::full_at(100 * kMega, -kMega, now));
    CHECK_FALSE(app::full_at(1'000 * kMega, kMega, now));  // in 19 years
    CHECK(app::full_at(100 * kMega, 10 * kMega, now) == now + days(70));
    CHECK(app::full_at(0, kMega, now) == now);
    CHECK(app::Room{.full_at = now + days(59)}.is_short(now));
    CHECK_FALSE(app::Room{.full_at = now + days(60)}.is_short(now));
    CHECK_FALSE(app::Room{}.is_short(now));

    Shop shop;
    const auto database = [&] { return shop.get("/admin/stats", shop.viewer()).body["database"]; };
    for (int day = 0; day < 7; ++day) {
        shop.drain();
        CHECK(database()["week_bytes"] == nullptr);
        shop.advance(days(1));
        shop.sign_in_again();
    }
    const auto grown = 4 * kMega;
    shop.store().writer().run(
        [&](storage::Transaction& tx) { settings::write(tx, "ballast", std::string(grown, 'x'), shop.clock().now()); });
    const auto figures = database();
    CHECK(figures["week_bytes"] > grown);
    CHECK(figures["week_bytes"] < grown + kMega);
    CHECK(figures["bytes"] == storage::size_of(shop.store().read()).file);
    CHECK(figures["disk_free_bytes"] > 0);
    const auto metrics = shop.get("/metrics", shop.owner()).text;
    CHECK(metrics.find(fmt::format("orderd_database_bytes {}", figures["bytes"].get<std::int64_t>())) !=
          std::string::npos);
}
