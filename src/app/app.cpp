#include "app/app.h"

#include <fmt/format.h>

#include <chrono>

#include "accounts/customer.h"
#include "accounts/desk.h"
#include "accounts/routes.h"
#include "accounts/sessions.h"
#include "accounts/setup.h"
#include "api/document_routes.h"
#include "api/error_page.h"
#include "api/idempotency.h"
#include "api/pages.h"
#include "api/server.h"
#include "app/backups.h"
#include "app/beside_order.h"
#include "app/checklist.h"
#include "app/config.h"
#include "app/customer_export.h"
#include "app/export_routes.h"
#include "app/feed.h"
#include "app/figures.h"
#include "app/job_routes.h"
#include "app/log_routes.h"
#include "app/open_shop.h"
#include "app/pruning.h"
#include "app/report_routes.h"
#include "app/search_index.h"
#include "app/search_routes.h"
#include "app/settings_routes.h"
#include "app/stats_routes.h"
#include "app/stored_times.h"
#include "app/upkeep.h"
#include "base/log.h"
#include "base/random.h"
#include "base/repeated_log.h"
#include "base/templates.h"
#include "base/thread.h"
#include "base/time.h"
#include "base/waiting_places.h"
#include "catalog/alerts.h"
#include "catalog/picture_fetching.h"
#include "catalog/product.h"
#include "catalog/routes.h"
#include "documents/following.h"
#include "documents/routes.h"
#include "fulfillment/describe.h"
#include "fulfillment/easypost.h"
#include "fulfillment/fulfilling.h"
#include "fulfillment/labelling.h"
#include "fulfillment/local_carrier.h"
#include "fulfillment/outdating.h"
#include "fulfillment/routes.h"
#include "fulfillment/shop_values.h"
#include "jobs/jobs.h"
#include "notify/delivering.h"
#include "notify/event_bodies.h"
#include "notify/follower.h"
#include "notify/mail.h"
#include "notify/mail_routes.h"
#include "notify/mail_settings.h"
#include "notify/mailing.h"
#include "notify/notice_routes.h"
#include "notify/noticing.h"
#include "notify/own_words.h"
#include "notify/webhook.h"
#include "notify/webhook_routes.h"
#include "notify/words_routes.h"
#include "orders/code_routes.h"
#include "orders/delivery_methods.h"
#include "orders/editing.h"
#include "orders/holds.h"
#include "orders/lifecycle.h"
#include "orders/quoting_routes.h"
#include "orders/rates.h"
#include "orders/readdressing.h"
#include "orders/routes.h"
#include "outgoing/client.h"
#include "payments/after_restore.h"
#include "payments/amounts.h"
#include "payments/capturing.h"
#include "payments/charging.h"
#include "payments/describe.h"
#include "payments/desk.h"
#include "payments/new_total.h"
#include "payments/refunds.h"
#include "payments/reminding.h"
#include "payments/routes.h"
#include "payments/sandbox.h"
#include "payments/sandbox_routes.h"
#include "payments/stripe.h"
#include "payments/stripe_webhook_routes.h"
#include "storage/settings.h"
#include "storage/store.h"
#include "storefront/buying_routes.h"
#include "storefront/page.h"
#include "storefront/routes.h"

namespace orderd::app {

namespace {

constexpr jobs::Kind kOverdueJob{"order.expire_overdue", jobs::Lane::upkeep};

constexpr auto kWatch = std::chrono::milliseconds(250);

/// Parts of the five seconds in which the server stops: how long outside services have to answer waiting
/// requests and jobs, and how long clients have to take their answers.
constexpr auto kGrace = std::chrono::seconds(2);
constexpr auto kDrain = std::chrono::milliseconds(3500);

log::Level level_of(const std::string& name) {
    return name == "debug"     ? log::Level::debug
           : name == "warning" ? log::Level::warning
           : name == "error"   ? log::Level::error
                               : log::Level::info;
}

/// The parts of a shop. A part is declared before those that use it.
class Wired final : public App {
public:
    Wired(const Config& config, const Clock& clock, const World* world);
    ~Wired() override { Wired::drain(); }

    int bind() override;
    void start() override;
    void reload() override;
    void drain() override;
    storage::Store& store() override { return *store_; }
    jobs::Workers& jobs() override { return jobs_; }
    api::Server& server() override { return *server_; }
    payments::Desk& payments() override { return payments_; }
    payments::Sandbox* sandbox() override { return sandbox_; }
    fulfillment::EasyPost& easypost() override { return *easypost_; }
    const std::string& url() const override { return url_; }
    std::string setup_link() override;
    int work_off() override;
    bool work_one(const jobs::Workers::Pick& pick) override;
    void look() override;

private:
    api::RouteTable make_routes();
    std::shared_ptr<void> say_own_words();
    api::Answer page_of_problem(const api::Answer& problem, const wire::Head& head);
    void wire_accounts();
    void wire_payments();
    void add_carriers();
    void wire_mail();
    void add_jobs();

    const Config config_;
    const Clock& clock_;
    const World* const world_;  ///< null: threads and the network
    std::unique_ptr<storage::Store> store_;
    jobs::Workers jobs_;
    outgoing::Client outgoing_;
    WaitingPlaces waiting_;
    settings::Currency currency_;
    accounts::Desk accounts_;
    accounts::Authenticator authenticator_;
    catalog::PrintedCache printed_;
    catalog::Desk catalog_;
    orders::RatesCache rates_;
    orders::Desk orders_;
    payments::Desk payments_;
    std::shared_ptr<const settings::Secret> stripe_key_;
    std::shared_ptr<const settings::Secret> stripe_webhook_secret_;
    payments::Sandbox* sandbox_ = nullptr;  ///< one of the gateways
    const Templates templates_;
    notify::OwnWordsCache own_words_;
    api::ErrorPages error_pages_;
    fulfillment::Printer printer_;
    std::shared_ptr<const settings::Secret> easypost_key_;
    std::shared_ptr<const settings::Secret> easypost_webhook_secret_;
    fulfillment::Carriers carriers_;
    fulfillment::EasyPost* easypost_ = nullptr;  ///< one of the carriers
    fulfillment::Desk fulfillment_;
    documents::Desk documents_;
    storefront::Desk storefront_;
    storefront::BuyersDesk buyers_;
    const Backups backups_;
    notify::Desk notify_;
    CustomerExport export_;
    notify::Follower follower_;
    Feed feed_;
    std::unique_ptr<api::Server> server_;
    std::string url_;
    Thread watch_;  ///< watches for other processes' writes, and stores what waited for the disk
    bool drained_ = false;
};

storage::Writer::Limits writer_limits(const World* world) {
    storage::Writer::Limits limits;
    if (world != nullptr) {
        limits.log_pages = world->log_pages;
        limits.others = &world->at_commit;
    }
    return limits;
}

Wired::Wired(const Config& config, const Clock& clock, const World* world)
    : config_(config),
      clock_(clock),
      world_(world),
      store_(open_shop(config.data, clock, true, true, config.currency, writer_limits(world))),
      jobs_(*store_, clock,
            world == nullptr ? jobs::Workers::Options{.threads = config.job_workers}
                             : jobs::Workers::Options{.threads = 0, .at_job = world->at_job}),
      outgoing_(config.ca_file, world == nullptr ? outgoing::Client::Carry() : world->carry,
                world == nullptr ? nullptr : &world->while_waiting),
      waiting_(wire::Workers::Limits{}.threads),
      currency_(*store_),
      authenticator_(*store_, &accounts_.unsaved),
      printed_(*store_),
      catalog_{printed_, currency_},
      rates_(*store_),
      orders_{rates_, currency_},
      payments_{*store_, clock, currency_, waiting_},
      templates_(templates_folder(config)),
      own_words_(*store_),
      error_pages_(*store_, templates_, [](const storage::View& view) { return fulfillment::shop_values(view); }),
      printer_(config.label_fonts),
      fulfillment_{carriers_, printer_, templates_, waiting_},
      documents_{printer_, currency_},
      storefront_{*store_, templates_, catalog_},
      buyers_{storefront_,         orders_, payments_, accounts_, authenticator_, config.sandbox_payments,
              config.stripe_js_url},
      backups_({.folder = config.backup_folder, .every = hours(config.backup_every_hours), .keep = config.backup_keep}),
      notify_{*store_, clock, outgoing_, templates_, waiting_, jobs_.pauses()},
      export_{currency_, [this] { return url_; }},
      follower_(*store_, clock, log_readers()),
      feed_(*store_),
      url_(base_url(config, 0)) {
    log::set_level(level_of(config.log_level));
    if (store_->vault().has_older()) {
        log::warning("a rotation of the shop's key was begun and is not finished: `orderd key rotate` continues it");
    }
    wire_accounts();
    wire_payments();
    add_carriers();
    wire_mail();
    add_jobs();
    server_ = std::make_unique<api::Server>(
        make_routes(), *store_, clock,
        [this](const api::Credentials& credentials) {
            return authenticator_.authenticate(credentials.token, credentials.now);
        },
        server_config(config));
    server_->show_problems_as(
        [this](const api::Answer& problem, const wire::Head& head) { return page_of_problem(problem, head); });
    server_->hold_meanwhile([this] { return say_own_words(); });
    server_->on_unconfigured_proxy([this] {
        store_->writer().run([&](storage::Transaction& tx) { settings::notice_unconfigured_proxy(tx, clock_.now()); });
    });
    add_figures(server_->metrics(), {*store_, backups_, server_->tls(), waiting_, jobs_.pauses()});
    server_->ready_when([this] { return store_->health().asked().text; });
    store_->on_commit([this](unsigned topics) {
        feed_.committed();
        follower_.committed();
        if ((topics >> static_cast<unsigned>(storage::Topic::jobs) & 1U) != 0) {
            jobs_.wake();
        }
        if ((topics >> static_cast<unsigned>(storage::Topic::settings) & 1U) != 0) {
            jobs_.pauses().end_all(clock_.now());  // a key or a server may have changed
        }
        if ((topics >> static_cast<unsigned>(storage::Topic::payments) & 1U) != 0) {
            payments_.bell.ring();
        }
    });
}

void Wired::wire_accounts() {
    orders_.url = [this] { return url_; };
    orders_.beside = {
        .parcels_of =
            [this](const storage::View& view, const std::vector<OrderId>& orders) {
                return fulfillment::progress_of(view, carriers_, orders);
            },
        .payments_of = payments::describe_beside_orders,
        .shipments_of = fulfillment::describe_beside_order,
        .follow_total = [this](storage::Transaction& tx, OrderId order, Money total,
                               Time now) { return payments::follow_total(payments_, tx, order, total, now); },
        .meet_total = [this](storage::Transaction& tx, OrderId order, Money total, const Actor& actor,
                             Time now) { payments::meet_total(payments_, tx, order, total, actor, now); },
        .packed_of = fulfillment::packed_of,
        .outdate_parcels = fulfillment::outdate,
        .subjects_of = subjects_beside_order,
        .found_by_number = orders_by_number};
    catalog_.holds_of = orders::holds_of;
    accounts_.what_is_priced = orders::what_is_priced;
    accounts_.open_orders_of = orders::open_orders_of;
    accounts_.hand_over = orders::hand_over;
    accounts_.awaits_something = orders::awaits_something;
    accounts_.documents_kept_until = documents::kept_until;
    accounts_.on_erase.emplace_back([](storage::Transaction& tx, CustomerId customer, const Actor&, Time now) {
        std::vector<std::string> about{fmt::format("customer {}", number(customer))};
        for (const auto order : orders::numbers_of(tx, customer)) {
            about.push_back(fmt::format("order {}", number(order)));
        }
        api::forget_answers(tx, about);
        orders::erase_recipient(tx, customer, now);
        payments::erase_comments(tx, customer);
        fulfillment::erase_parcels(tx, customer);
        if (const auto contact = accounts::get_customer(tx, customer).contact) {
            fulfillment::erase_requests(tx, customer, contact->email);
        }
        jobs::add(tx, {.kind = kClearLogJob, .run_at = now, .dedupe_key = std::string(kClearLogJob.name)}, now);
    });
}

/// This thread says the shop's own words until what is returned is gone; null if it has none.
std::shared_ptr<void> Wired::say_own_words() {
    auto words = own_words_.get();
    return words->empty() ? nullptr : std::make_shared<OwnWords::Scope>(std::move(words));
}

/// In the shop's layout while it has pages of its own. If the database cannot be read, the plain page says so.
api::Answer Wired::page_of_problem(const api::Answer& problem, const wire::Head& head) {
    try {
        const auto held = say_own_words();
        if (storefront_.faces.get()->settings.on) {
            return storefront::problem_page(storefront_, problem, head);
        }
    } catch (const std::exception& error) {
        log::warning("a problem's page could not be shown in the shop's layout", {{"error", error.what()}});
    }
    return error_pages_.page(problem, head.path(), head.list_header("accept-language"));
}

void Wired::wire_payments() {
    payments_.bell.wait_with(world_ == nullptr ? nullptr : &world_->while_waiting);
    payments_.wait = std::chrono::milliseconds(config_.payment_wait_ms);
    payments_.capture_at_once = !config_.authorize_only;
    payments_.url = [this] { return url_; };
    stripe_key_ = std::make_shared<settings::Secret>("stripe_secret_key", config_.stripe_key_file);
    stripe_webhook_secret_ =
        std::make_shared<settings::Secret>("stripe_webhook_secret", config_.stripe_webhook_key_file);
    payments_.gateways.add(std::make_unique<payments::Stripe>(
        outgoing_, *store_, clock_, currency_, stripe_key_,
        payments::StripeApi::Options{.base_url = config_.stripe_url,
                                     .time_out = std::chrono::milliseconds(config_.stripe_timeout_ms),
                                     .pause = config_.outside_pause}));
    if (config_.sandbox_payments) {
        auto sandbox =
            std::make_unique<payments::Sandbox>(config_.data, std::chrono::milliseconds(config_.sandbox_slowness_ms));
        sandbox_ = sandbox.get();
        payments_.gateways.add(std::move(sandbox));
        log::warning("the sandbox takes payments: they are simulated, and no money moves");
    }
}

api::RouteTable Wired::make_routes() {
    api::RouteTable routes;
    catalog::add_routes(routes, catalog_);
    orders::add_routes(routes, orders_);
    orders::add_quoting_routes(routes, orders_);
    orders::add_code_routes(routes, orders_);
    payments::add_routes(routes, payments_);
    payments::add_sandbox_routes(routes, payments_, sandbox_);
    payments::add_stripe_webhook(routes, stripe_webhook_secret_);
    fulfillment::add_routes(routes, fulfillment_);
    documents::add_routes(routes, documents_);
    accounts::add_routes(routes, accounts_);
    auto sections = order_sections();
    const auto append = [&](std::vector<Section> more) {
        std::move(more.begin(), more.end(), std::back_inserter(sections));
    };
    sections.push_back(
        {.name = "login_limit", .shape = accounts::login_limit_shape(), .read = [](const storage::View& view) {
             return accounts::to_json(accounts::login_limit(view));
         }});
    append(fulfillment_sections());
    append(payment_sections());
    append(document_sections());
    sections.push_back(secret_section(stripe_key_, "Stripe's secret key (sk_… or rk_…)"));
    sections.push_back(secret_section(stripe_webhook_secret_, "the signing secret of Stripe's webhook (whsec_…)"));
    sections.push_back(secret_section(easypost_key_, "EasyPost's API key"));
    sections.push_back(secret_section(easypost_webhook_secret_, "the secret of EasyPost's webhook"));
    sections.push_back(search_section(clock_));
    append(mail_sections());
    append(storefront_sections());
    sections.push_back(secret_section(notify_.smtp_password, "the mail server's password"));
    sections.push_back({.name = std::string(kLogTerms),
                        .shape = log_terms_shape(),
                        .read = [](const storage::View& view) { return to_json(read_log_terms(view)); }});
    notify::add_webhook_routes(routes, notify_);
    notify::add_mail_routes(routes, notify_);
    notify::add_sent_mail_routes(routes, notify_);
    notify::add_notice_routes(routes, notify_);
    notify::add_words_routes(routes, notify_);
    api::add_page_routes(routes);
    storefront_.url = [this] { return url_; };
    storefront::add_routes(routes, storefront_);
    storefront::add_buying_routes(routes, buyers_);
    add_settings_routes(routes, std::move(sections));
    add_event_routes(routes, feed_);
    add_log_routes(routes);
    add_customer_export(routes, export_);
    add_export_routes(routes);
    add_report_routes(routes);
    add_search_routes(routes, orders_);
    add_job_routes(routes, jobs_);
    add_stats_routes(routes, backups_);
    add_checklist_routes(
        routes,
        {.payments = payments_, .has_public_url = !config_.public_url.empty(), .makes_backups = backups_.are_made()});
    api::add_document_routes(
        routes, [this]() -> const api::RouteTable& { return server_->routes(); }, notify::sent_events);
    return routes;
}

void Wired::add_carriers() {
    if (!config_.label_fonts.empty()) {
        printer_.typeface();  // reports an invalid font now, not with the first parcel
    }
    carriers_.add(std::make_unique<fulfillment::LocalCarrier>(printer_));
    easypost_key_ = std::make_shared<settings::Secret>("easypost_api_key", config_.easypost_key_file);
    easypost_webhook_secret_ =
        std::make_shared<settings::Secret>("easypost_webhook_secret", config_.easypost_webhook_key_file);
    auto easypost = std::make_unique<fulfillment::EasyPost>(
        outgoing_,
        fulfillment::EasyPost::Options{.url = config_.easypost_url,
                                       .answer_within = std::chrono::milliseconds(config_.easypost_timeout_ms),
                                       .key = [this] { return easypost_key_->value(store_->read()); }});
    easypost_ = easypost.get();
    carriers_.add(std::move(easypost));
    fulfillment_.url = [this] { return url_; };
    fulfillment_.refunds = {
        .left =
            [](const storage::View& view, OrderId order) {
                const auto payment = payments::find_by_order(view, order);
                return payment ? payment->captured - payment->refunded : Money{};
            },
        .give =
            [](storage::Transaction& tx, OrderId order, Money amount, const std::vector<orders::Units>& units,
               const std::string& reason, const Actor& actor, Time now) {
                auto payment = payments::find_by_order(tx, order);
                if (!payment) {
                    throw Refusal(payments::kNothingCaptured,
                                  "the order has no payment to refund: leave refund out, or set it to 0");
                }
                payments::refund(
                    tx, *payment,
                    {.amount = amount, .reason = reason, .restock = {}, .units = units, .key = random_token("or_")},
                    actor, now);
            },
        .take_out = [this](storage::Transaction& tx, const orders::Order& order,
                           const std::vector<orders::Units>& units, const std::string& reason, const Actor& actor,
                           Time now) { return orders::take_out(tx, order, units, reason, orders_.beside, actor, now); },
        .refuses = {payments::kNothingCaptured, payments::kRefundExceedsCaptured, payments::kPaymentDisputed,
                    payments::kGatewayNotAsked, payments::kAmountOffStep, payments::kIllegalPaymentTransition},
        .taking_out_refuses = {orders::kNothingLeft, orders::kMoneyCannotFollow, orders::kUnitsPacked,
                               orders::kCustomerErased}};
    fulfillment_.easypost_webhook_secret = [this] { return easypost_webhook_secret_->value(store_->read()); };
}

void Wired::wire_mail() {
    if (world_ != nullptr) {
        notify_.post = world_->post;
    }
    notify_.private_webhooks = config_.private_webhooks;
    notify_.simulated = config_.sandbox_payments;
    notify_.smtp_password = std::make_shared<settings::Secret>(notify::kPasswordSetting, config_.smtp_password_file);
    notify_.smtp_answer_within = std::chrono::milliseconds(config_.smtp_timeout_ms);
    notify_.url = [this] { return url_; };
    notify_.words = [this] { return own_words_.get(); };
    for (const auto& own : templates_.overrides()) {
        if (!own.problem.empty()) {
            log::warning("a template of the shop's own cannot be used",
                         {{"template", own.name}, {"problem", own.problem}});
        }
    }
}

void Wired::add_jobs() {
    catalog::add_jobs(jobs_, *store_, clock_);
    catalog::add_picture_jobs(jobs_, {*store_, clock_, outgoing_, config_.private_webhooks});
    payments::add_charging_jobs(jobs_, payments_);
    payments::add_capturing_jobs(jobs_, payments_);
    payments::add_refund_jobs(jobs_, payments_);
    payments::add_restore_job(jobs_, payments_);
    payments::add_reminding_job(jobs_, payments_);
    fulfillment::handle_jobs(jobs_, *store_, clock_, carriers_);
    documents::add_jobs(jobs_, *store_, clock_);
    notify::add_delivery_jobs(jobs_, notify_);
    notify::add_mail_jobs(jobs_, notify_);
    notify::add_notice_jobs(jobs_, notify_);
    jobs_.handle(orders::kExpireJob, [this](const jobs::Job& job) {
        // One batch per mutation, so that others can run in between.
        while (store_->writer().run([&](storage::Transaction& tx) { return orders::expire_due(tx, clock_.now()); }) >
               0) {
            job.end_if_stopping();
        }
    });
    jobs_.handle(orders::kExpireOneJob, [this](const jobs::Job& job) {
        const OrderId order{job.payload.at("order_id").get<std::int64_t>()};
        store_->writer().run([&](storage::Transaction& tx) { orders::expire(tx, order, clock_.now()); });
    });
    // Each order schedules its own expiry; this finds what a migration or a corrected clock left behind.
    jobs_.every(kOverdueJob, hours(1), [this](const jobs::Job&) {
        store_->writer().run([&](storage::Transaction& tx) { orders::ask_for_expiry(tx, clock_.now(), clock_.now()); });
    });
    add_search_job(jobs_, *store_);
    add_upkeep_jobs(jobs_, {*store_, clock_, outgoing_, backups_});
}

int Wired::bind() {
    const int port = server_->bind();
    url_ = base_url(config_, port);
    return port;
}

void Wired::start() {
    if (const auto ahead = stored_ahead(store_->read(), clock_.now())) {
        log::warning("the clock is behind, or was ahead: the shop has stored times that are in the future",
                     {{"now", rfc3339(clock_.now())}, {"latest", rfc3339(*ahead)}});
    }
    jobs_.start();
    if (world_ != nullptr) {
        return;
    }
    if (config_.job_workers > 0) {
        follower_.start();
    }
    server_->start();
    watch_ = Thread([this](const Thread::Stop& stop) {
        log::RepeatedLine not_watched;
        while (!stop.wait_for(kWatch)) {
            try {
                look();
            } catch (const storage::NotStored&) {
                // The disk's failure is already in the log.
            } catch (const std::exception& error) {
                not_watched.warning("the database cannot be watched for others' changes", {{"error", error.what()}});
            }
        }
    });
}

void Wired::look() {
    if (world_ != nullptr) {
        store_->writer().look();
    }
    store_->notice_others();
    if (store_->health().state().trouble == storage::Trouble::none) {
        accounts_.unsaved.save(*store_);
    }
}

void Wired::reload() {
    auto* tls = server_->tls();
    if (tls == nullptr) {
        log::info("nothing to reload: the server has no certificate");
        return;
    }
    try {
        tls->reload();
        log::info("the certificate was reloaded", {{"expires_at", rfc3339(tls->expires())}});
    } catch (const std::exception& error) {
        log::error("the certificate could not be reloaded; the old one stays in use", {{"error", error.what()}});
    }
}

void Wired::drain() {
    if (std::exchange(drained_, true)) {
        return;
    }
    {
        // Calls that are cut off are repeated after the next start.
        auto hurry = world_ != nullptr ? Thread() : Thread([this](const Thread::Stop& drained) {
            if (!drained.wait_for(kGrace)) {
                jobs_.ask_to_stop();  // first: failures from now on are not the other side's fault
                outgoing_.stop();
                payments_.bell.stop();
                if (sandbox_ != nullptr) {
                    sandbox_->stop();
                }
            }
        });
        feed_.stop();
        server_->drain(kDrain);
        follower_.stop();
        watch_.stop();
        jobs_.stop();
    }
    try {
        accounts_.unsaved.save(*store_);
    } catch (const std::exception& error) {
        log::warning("sessions that could not be stored are lost", {{"error", error.what()}});
    }
    store_->stop();
}

int Wired::work_off() {
    int ran = 0;
    int ran_now = 0;
    do {
        while (follower_.follow() > 0) {
        }
        ran_now = jobs_.drain();
        ran += ran_now;
    } while (ran_now > 0);
    return ran;
}

bool Wired::work_one(const jobs::Workers::Pick& pick) { return follower_.follow() > 0 || jobs_.run_one(pick); }

std::string Wired::setup_link() {
    const auto token =
        store_->writer().run([&](storage::Transaction& tx) { return accounts::issue_setup_token(tx, clock_.now()); });
    return token ? fmt::format("{}/dashboard/setup#{}", url_, *token) : "";
}

}  // namespace

std::unique_ptr<App> App::make(const Config& config, const Clock& clock, const World* world) {
    return std::make_unique<Wired>(config, clock, world);
}

}  // namespace orderd::app
