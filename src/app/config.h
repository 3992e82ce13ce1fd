#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/thinning.h"
#include "base/budgets.h"

namespace CLI {
class App;
}
namespace orderd::api {
struct Config;
}

namespace orderd::app {

/// The settings of a shop's administrator. Each can be a flag, an ORDERD_* variable, or a line of
/// orderd.toml.
struct Config {
    std::filesystem::path data;
    std::string currency;  ///< for a new shop; empty: EUR. Only a flag, not in orderd.toml
    std::string listen = "127.0.0.1:8080";
    std::string public_url;                 ///< the shop's public address; empty: http://<listen>
    std::filesystem::path tls_certificate;  ///< empty: plain HTTP
    std::filesystem::path tls_key;
    std::string redirect_listen;  ///< empty: no redirects to https://
    std::string log_level = "info";
    std::vector<std::string> trusted_proxies;  ///< addresses or networks
    double rate_per_minute = budget::kRatePerMinute;
    int rate_burst = budget::kRateBurst;
    std::size_t connections = budget::kConnections;
    std::size_t connections_per_address = budget::kConnectionsOfAddress;
    bool public_metrics = false;
    int job_workers = budget::kMoneyWorkers;  ///< workers of the money lane; 0: no jobs run at all
    std::filesystem::path backup_folder;      ///< empty: the server makes no automatic backups
    int backup_every_hours = 24;
    Thinning backup_keep;
    bool sandbox_payments = false;                  ///< simulated payments, for trying a shop out
    bool authorize_only = false;                    ///< cards are only authorized; staff capture
    int payment_wait_ms = 8000;                     ///< how long a request waits for the outcome of a charge
    std::filesystem::path stripe_key_file;          ///< empty: the key is in the settings, or there is none
    std::filesystem::path stripe_webhook_key_file;  ///< likewise
    std::string easypost_url = "https://api.easypost.com/v2";
    int easypost_timeout_ms = 30'000;
    std::filesystem::path easypost_key_file;          ///< empty: the key is in the settings, or there is none
    std::filesystem::path easypost_webhook_key_file;  ///< likewise
    std::vector<std::filesystem::path> label_fonts;   ///< TrueType, for letters that the built-in font does not have
    int sandbox_slowness_ms = 10'000;
    std::string stripe_url = "https://api.stripe.com";
    std::string stripe_js_url = "https://js.stripe.com/basil/stripe.js";  ///< the release of payments::kStripeVersion
    int stripe_timeout_ms = 30'000;                                       ///< for each answer
    std::filesystem::path smtp_password_file;  ///< empty: the password is in the settings, or there is none
    int smtp_timeout_ms = 15'000;              ///< for each answer
    std::filesystem::path templates;           ///< the shop's own; empty: templates/ in its data folder
    bool private_webhooks = false;             ///< webhooks may go to private addresses, and over plain HTTP
    std::filesystem::path ca_file;             ///< trusted certificates of outside services; empty: the system's
    /// The pause between two attempts at an outside service. Not on the command line: it is for tests, which
    /// do not wait.
    std::function<void(std::chrono::milliseconds)> outside_pause;
};

/// The address and port to listen on.
struct Listen {
    std::string host;
    int port = 0;
};

/// @throws std::runtime_error if the text is not an address and port; the error contains it
Listen parse_listen(const std::string& text);

/// Adds the settings to the command line. They may come before or after a subcommand.
void add_options(CLI::App& line, Config& config);

/// The folder of the shop's own templates.
std::filesystem::path templates_folder(const Config& config);

/// The server's part of the configuration.
///
/// @throws std::runtime_error or std::invalid_argument for an invalid address or network, with the value in the
/// text
api::Config server_config(const Config& config);

/// The shop's public address, without a slash at the end.
std::string base_url(const Config& config, int port);

}  // namespace orderd::app
