// A run's shop, from one start to the next: what it begins with, how its power fails and comes back, how it is backed
// up, restored, and brought to rest.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <sstream>

#include "accounts/admin.h"
#include "accounts/api_keys.h"
#include "app/backups.h"
#include "app/check.h"
#include "app/key_rotation.h"
#include "app/restoring.h"
#include "fulfillment/easypost_server.h"
#include "simulate/simulation.h"
#include "storage/settings.h"
#include "support/stripe_like.h"

namespace orderd::tests {

namespace {

constexpr int kMostTries = 30;  ///< at starting, or at bringing the shop to rest: far more than are ever needed

constexpr auto kUnderWay = R"sql(
    SELECT count(*) FROM job WHERE status = 'ready' AND run_at <= ?1 AND lane <> 'upkeep'
)sql";
constexpr auto kDead = R"sql(
    SELECT kind || ': ' || last_error FROM job WHERE status = 'dead' AND lane = 'money' LIMIT 1
)sql";
constexpr auto kAttempt = "SELECT 1 FROM payment_attempt WHERE idempotency_key = ?1";
constexpr auto kEvent = "SELECT kind FROM event WHERE sequence = ?1";

}  // namespace

bool Simulation::try_start() {
    try {
        app_ = app::App::make(config_, clock_, &world_);
        app_->start();
        return !disk_.is_power_off();
    } catch (const std::exception& error) {
        app_.reset();
        if (!disk_.is_power_off()) {
            fail(fmt::format("the shop cannot be started: {}", error.what()));
        }
        return false;
    }
}

/// Starts the shop; its power may fail meanwhile, and comes back.
bool Simulation::start() {
    for (int tries = 0; tries < kMostTries && !failed(); ++tries) {
        if (try_start()) {
            return true;
        }
        app_.reset();
        if (disk_.is_power_off()) {
            disk_.turn_power_on();
            count("power fails while it starts");
        }
    }
    return false;
}

void Simulation::set_up() {
    auto& store = app_->store();
    store.writer().run([&](storage::Transaction& tx) {
        accounts::add_admin(tx, "olga", Role::owner, "!", Actor::command_line(), clock_.now());
        const auto sam = accounts::add_admin(tx, "sam", Role::staff, "!", Actor::command_line(), clock_.now());
        staff_key_ = accounts::add_api_key(tx, {.label = "simulation", .role = Role::staff, .expires_at = {}}, sam.id,
                                           Actor::command_line(), clock_.now())
                         .second;
        settings::write(tx, "bank_details", "The shop\nIBAN DE02 1203 0000 0000 2020 51", clock_.now());
    });
    const Json settings{{"stripe_secret_key", StripeLike::kKey},
                        {"stripe_webhook_secret", "whsec_OrderdTestsSignWithThisOne"},
                        {"stripe_publishable_key", "pk_test_shown"},
                        {"easypost_api_key", EasyPostServer::kKey},
                        {"easypost_webhook_secret", "what EasyPost signs with"},
                        {"shop_name", "The simulated shop"},
                        {"shop_address",
                         {{"line1", "417 Montgomery Street"},
                          {"city", "San Francisco"},
                          {"region", "CA"},
                          {"postal_code", "94104"},
                          {"country", "US"}}},
                        {"tax",
                         {{"prices_include_tax", false},
                          {"shipping_taxed", true},
                          {"rates", Json::array({{{"country", "DE"}, {"rate_ppm", Model::taxes().at("DE")}},
                                                 {{"country", "AT"}, {"rate_ppm", Model::taxes().at("AT")}}})}}},
                        {"seller",
                         {{"legal_name", "The simulated shop"},
                          {"vat_id", ""},
                          {"tax_number", "12-3456789"},
                          {"register_entry", ""},
                          {"email", ""},
                          {"address", nullptr},
                          {"payment_terms", ""},
                          {"foot", ""}}},
                        {"documents",
                         {{"issue", "at_payment"},
                          {"invoices", {{"format", "{year}-{number}"}, {"digits", 5}}},
                          {"credit_notes", {{"format", "{year}-{number}"}, {"digits", 5}}},
                          {"retention_years", 10}}},
                        {"payment_methods", {{"card", true}, {"bank_transfer", true}, {"cash_on_delivery", true}}},
                        {"ship_before_payment", {{"bank_transfer", false}, {"cash_on_delivery", true}}},
                        {"mail",
                         {{"host", "mail.simulated"},
                          {"port", 587},
                          {"security", "starttls"},
                          {"from_address", "shop@shop.simulated"},
                          {"alerts_to", "staff@shop.simulated"}}}};
    ask(put("/admin/settings", settings, owner()), [&](const Reply& reply) {
        if (reply.status != 200) {
            fail("the settings were refused: " + reply.text);
        }
    });
    ask(by_owner("/admin/webhooks", {{"url", Outside::kHooks + std::string("all")}, {"events", {"*"}}}),
        [&](const Reply& reply) {
            if (reply.status != 201) {
                fail("the webhook was refused: " + reply.text);
            }
        });
    compare(true);
}

void Simulation::compare(bool all) {
    if (failed()) {
        return;
    }
    for (auto& key : outside_.take_charges()) {
        charged_.push_back(std::move(key));
    }
    check_deliveries();
    const auto view = app_->store().read();
    model_.hear(view);
    for (const auto& kind : std::exchange(model_.happened, {})) {
        count(kind);
    }
    if (const auto different = model_.difference(view, outside_, all)) {
        fail(*different);
    }
}

/// A receiver was told of nothing that is not in the shop, and of the same under the same id.
void Simulation::check_deliveries() {
    const auto view = app_->store().read();
    for (const auto& [id, payload] : outside_.take_deliveries()) {
        const auto kind = payload.at("type").get<std::string>();
        const auto known = delivered_.emplace(id, kind).first->second;
        const auto sequence = payload.at("data").at("sequence").get<std::int64_t>();
        const auto there = view.value<std::string>(kEvent, sequence).value_or("nothing");
        if (known != kind || there != kind) {
            fail(fmt::format("a receiver was told of {} as event {} ({}); it was told of {} before, and {} is there",
                             kind, sequence, id, known, there));
        }
    }
}

bool Simulation::check() {
    compare(true);
    // On a connection of its own, as the command has: FTS5's check takes what the connection's last search read of its
    // index for the index as it is.
    const auto view = app_->store().read_apart();
    for (const auto& finding : app::check(view)) {
        for (const auto& fault : finding.faults) {
            fail(fmt::format("orderd check: {}: {}", finding.name, fault));
        }
    }
    for (const auto& key : charged_) {
        if (!view.value<std::int64_t>(kAttempt, key)) {
            fail(fmt::format("the gateway was asked for a charge under {}, of which the shop knows nothing", key));
        }
    }
    return true;
}

void Simulation::answer_doubts() {
    for (auto& doubt : std::exchange(doubts_, {})) {
        count("asked again after no answer");
        ask(doubt.request, doubt.told);
    }
}

void Simulation::after_step() {
    if (failed()) {
        return;
    }
    const bool off = disk_.is_power_off();
    if (!off && troubled_ && --trouble_ends_in_ > 0) {
        return;
    }
    if (off || troubled_ || !doubts_.empty()) {
        recover();
    } else {
        compare(false);
    }
    alone_ = true;
}

/// Gives the shop its power and a disk that works, asks again what had no answer, and compares all of it.
void Simulation::recover() {
    const Quiet quiet(*this);
    bool crashed = false;
    for (int tries = 0; tries < kMostTries && !failed(); ++tries) {
        if (disk_.is_power_off()) {
            crashed = true;
            count("power failed");
            tell("the power failed");
            app_.reset();
            disk_.turn_power_on();
            taking_job_ = false;
            if (dice_.chance(100)) {
                disk_.fail_power_after(static_cast<int>(dice_.between(1, 40)));
            }
            start();
        }
        disk_.mend();
        if (failed()) {
            break;
        }
        try {
            app_->look();
            troubled_ = true;  // of what was begun before
            answer_doubts();
        } catch (const std::exception& error) {
            if (!disk_.is_power_off()) {
                fail(fmt::format("the shop does not recover: {}", error.what()));
            }
        }
        troubled_ = false;
        if (!disk_.is_power_off() && doubts_.empty()) {
            break;
        }
    }
    if (!failed() && !doubts_.empty()) {
        fail(fmt::format("{} {} has no answer, however often it is sent", doubts_.front().request.method,
                         doubts_.front().request.path));
    }
    if (!failed()) {
        const auto state = app_->store().health().state();
        if (state.trouble != storage::Trouble::none) {
            fail("the disk works again, and the shop does not: " + state.text);
        } else if (crashed) {
            check();
        } else {
            compare(true);
        }
    }
}

void Simulation::expect_trouble(int steps) {
    troubled_ = true;
    trouble_ends_in_ = steps;
}

bool Simulation::restart() {
    const Quiet quiet(*this);
    app_.reset();
    start();
    if (!failed()) {
        compare(true);
    }
    return true;
}

bool Simulation::back_up() {
    const auto file = folder_ / fmt::format("backup-{}.db", step_);
    app::checked_backup(app_->store().files(), file);
    backups_.push_back({file, model_, kept_, staff_key_});
    if (backups_.size() > 3) {
        std::filesystem::remove(backups_.front().file);
        backups_.erase(backups_.begin());
    }
    return true;
}

bool Simulation::restore() {
    if (backups_.empty() || clock_.now() - restored_ < minutes(3)) {
        return false;  // twice in one minute, and an order in between: nobody does that
    }
    const Quiet quiet(*this);
    const auto backup = dice_.one_of(backups_);
    app_.reset();
    const storage::Files files(shop_path());
    for (const auto* companion : {"", "-wal", "-shm"}) {
        std::filesystem::remove(files.database.string() + companion);
        disk_.forget(files.database.string() + companion);
    }
    if (dice_.chance(500)) {
        disk_.fail_power_after(static_cast<int>(dice_.between(1, 300)));
    }
    for (bool done = false; !done && !failed();) {
        try {
            app::restore_shop(backup.file, files, {}, clock_);
            done = true;
        } catch (const std::exception& error) {
            if (!disk_.is_power_off()) {
                fail(fmt::format("a backup cannot be restored: {}", error.what()));
            }
            count("power fails in a restore");
            disk_.turn_power_on();
            done = std::filesystem::exists(files.database);
        }
    }
    restored_ = clock_.now();
    model_ = backup.model;
    for (const auto& [charge, order] : outside_.charges()) {
        model_.old_charges.insert(charge);
    }
    kept_ = backup.kept;
    staff_key_ = backup.staff_key;
    owner_.clear();
    charged_.clear();
    outside_.take_charges();
    outside_.take_deliveries();
    if (!failed() && start()) {
        check();
    }
    return true;
}

bool Simulation::rotate_key() {
    backups_.clear();  // they open under the older key
    std::ostringstream out;
    app::rotate_key(app_->store(), {}, clock_, out, out);
    return true;
}

bool Simulation::work() {
    taking_job_ = true;
    bool some = false;
    try {
        some = app_->work_one([this](const std::vector<jobs::Turn>& due) { return dice_.below(due.size()); });
    } catch (const std::exception& error) {
        if (!is_troubled() && !disk_.is_power_off()) {
            fail(fmt::format("the jobs cannot be worked off: {}", error.what()));
        }
    }
    taking_job_ = false;
    return some;
}

bool Simulation::settle() {
    const Quiet quiet(*this);
    const Outside::Calm calm(outside_);
    set_clock_off({0});
    for (int rounds = 0; rounds < 5; ++rounds) {
        hear_gateway();
        int tries = 0;
        do {
            app_->work_off();
        } while (app_->store().read().value<std::int64_t>(kUnderWay, clock_.now()).value_or(0) > 0 &&
                 ++tries < kMostTries);
        pass(hours(4));
        app_->work_off();
    }
    compare(true);
    const auto view = app_->store().read();
    if (const auto dead = view.value<std::string>(kDead)) {
        fail("a job about money died: " + *dead);
    }
    if (const auto different = model_.difference_at_rest(view, outside_); different && !failed()) {
        fail(*different);
    }
    return true;
}

}  // namespace orderd::tests
