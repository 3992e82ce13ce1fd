#pragma once

#include <functional>
#include <memory>
#include <string>

#include "accounts/desk.h"
#include "accounts/sessions.h"
#include "app/backups.h"
#include "app/config.h"
#include "app/customer_export.h"
#include "app/feed.h"
#include "base/templates.h"
#include "base/thread.h"
#include "base/time.h"
#include "catalog/routes.h"
#include "fulfillment/easypost.h"
#include "fulfillment/routes.h"
#include "http/error_page.h"
#include "http/outgoing.h"
#include "http/server.h"
#include "http/waiting_places.h"
#include "jobs/jobs.h"
#include "notify/follower.h"
#include "notify/webhook_routes.h"
#include "orders/rates.h"
#include "orders/routes.h"
#include "payments/desk.h"
#include "payments/sandbox.h"
#include "storage/store.h"

namespace orderd::app {

/// Opens the shop of a folder for a command, or makes it in an empty one where `may_make`. A shop that is made has its
/// currency and its first owner, who has no password yet.
///
/// @param currency  of a shop that is made (empty: EUR), and what one that is there must have (empty: any)
/// @throws storage::OpenError
std::unique_ptr<storage::Store> open_shop(const std::filesystem::path& folder, const Clock& clock, bool may_make,
                                          bool server = false, const std::string& currency = {});

/// A whole shop, served: its parts, wired. Built, started and drained by one thread.
class App {
public:
    /// @throws storage::OpenError, std::runtime_error for a setting that is none
    App(const Config& config, const Clock& clock);
    ~App();  ///< drain()

    /// @returns the port; @throws std::system_error when it is in use
    int bind();

    /// Answers, and works on jobs, until drain().
    void start();

    /// Reads the certificate again. One that is no good is told in the log, and the one before stays.
    void reload();

    /// No new requests; those under way are answered, jobs under way finish, what waits for the writer is committed.
    /// Safe to call twice.
    void drain();

    storage::Store& store() { return *store_; }
    jobs::Workers& jobs() { return jobs_; }
    http::Server& server() { return *server_; }
    payments::Desk& payments() { return payments_; }
    payments::Sandbox* sandbox() { return sandbox_; }  ///< null where it is off
    fulfillment::EasyPost& easypost() { return *easypost_; }
    const std::string& url() const { return url_; }

    /// The one-time link that claims the first owner, or empty once someone has. Each call makes a new one, and the
    /// ones before it are worth nothing.
    /// @throws storage::NotStored
    std::string setup_link();

    /// Acts on what the event log has new, and runs the jobs that are due, on this thread, until there is neither. For
    /// tests. @returns how many jobs ran
    int work_off();

private:
    http::RouteTable make_routes();
    void wire_accounts();
    void wire_payments();
    void add_carriers();
    void wire_mail();
    void add_jobs();
    void add_figures();

    const Config config_;
    const Clock& clock_;
    std::unique_ptr<storage::Store> store_;
    jobs::Workers jobs_;
    http::Outgoing outgoing_;
    http::WaitingPlaces waiting_;
    settings::Currency currency_;
    accounts::Desk accounts_;
    accounts::Authenticator authenticator_;
    catalog::PrintedCache printed_;
    catalog::Catalog catalog_;
    orders::RatesCache rates_;
    orders::Desk orders_;
    payments::Desk payments_;
    std::shared_ptr<const settings::Secret> stripe_key_;
    std::shared_ptr<const settings::Secret> stripe_webhook_secret_;
    payments::Sandbox* sandbox_ = nullptr;  ///< one of payments_'s gateways
    const Templates templates_;
    http::ErrorPages error_pages_;
    fulfillment::Printer printer_;
    std::shared_ptr<const settings::Secret> easypost_key_;
    std::shared_ptr<const settings::Secret> easypost_webhook_secret_;
    fulfillment::Carriers carriers_;
    fulfillment::EasyPost* easypost_ = nullptr;  ///< one of them
    fulfillment::Desk fulfillment_;
    const Backups backups_;
    notify::Desk notify_;
    CustomerExport export_;
    notify::Follower follower_;
    Feed feed_;
    std::unique_ptr<http::Server> server_;
    std::string url_;
    Thread watch_;  ///< for what other processes write, and for what was kept until the disk takes writes
    bool drained_ = false;
};

}  // namespace orderd::app
