#include "app/config.h"

#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>

#include <CLI/CLI.hpp>

#include "api/server.h"
#include "app/option_checks.h"
#include "base/text.h"
#include "outgoing/client.h"
#include "storage/settings.h"

namespace orderd::app {

namespace {

/// Reports a line that is not a setting, with the file's name. CLI11 would only say that "INI was not able to
/// parse" it.
class SettingsFile : public CLI::ConfigBase {
public:
    explicit SettingsFile(const CLI::App& line) : line_(line) {}

    std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
        auto lines = CLI::ConfigBase::from_config(input);
        for (const auto& item : lines) {
            const auto* option = item.parents.empty() ? line_.get_option_no_throw("--" + item.name) : nullptr;
            if (option == nullptr || option->get_envname().empty()) {
                throw CLI::ConfigError(
                    fmt::format("{}: there is no setting {}; `orderd config` prints those that there are",
                                line_.get_config_ptr()->as<std::string>(), item.fullname()));
            }
        }
        return lines;
    }

private:
    const CLI::App& line_;
};

}  // namespace

Listen parse_listen(const std::string& text) {
    const auto colon = text.rfind(':');
    const auto port =
        colon == std::string::npos ? std::nullopt : parse_integer(std::string_view(text).substr(colon + 1));
    if (!port || *port > 65535 || colon == 0) {
        throw std::runtime_error(fmt::format("{} is not an address and a port, as 127.0.0.1:8080 is", text));
    }
    auto host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    return {host, static_cast<int>(*port)};
}

namespace {

constexpr auto kServing = "Serving";
constexpr auto kPayments = "Payments";

void add_addresses(CLI::App& line, Config& config) {
    line.add_option("--listen", config.listen, "Address and port to answer on; port 0 takes a free one")
        ->envname("ORDERD_LISTEN")
        ->capture_default_str()
        ->check(check_listen)
        ->group(kServing);
    line.add_option("--public-url", config.public_url, "How customers reach the shop, such as https://shop.example.com")
        ->envname("ORDERD_PUBLIC_URL")
        ->check(check_public_url)
        ->group(kServing);
    auto* certificate =
        line.add_option("--tls-cert", config.tls_certificate,
                        "Serve HTTPS: the certificate in PEM, with its intermediate certificates. Reloaded "
                        "on SIGHUP; a relative path may name a systemd credential")
            ->envname("ORDERD_TLS_CERT")
            ->group(kServing);
    auto* key = line.add_option("--tls-key", config.tls_key, "The certificate's key, in PEM, without a passphrase")
                    ->envname("ORDERD_TLS_KEY")
                    ->group(kServing);
    certificate->needs(key);
    key->needs(certificate);
    line.add_option("--redirect-listen", config.redirect_listen,
                    "Address and port for plain HTTP, such as 0.0.0.0:80, which is redirected to https://")
        ->envname("ORDERD_REDIRECT_LISTEN")
        ->check(check_listen)
        ->needs(certificate)
        ->group(kServing);
    line.add_option("--trusted-proxy", config.trusted_proxies,
                    "An address or network (10.0.0.0/8) whose X-Forwarded-For is trusted; may be repeated")
        ->envname("ORDERD_TRUSTED_PROXY")
        ->delimiter(',')
        ->check(check_network)
        ->group(kServing);
}

void add_limits(CLI::App& line, Config& config) {
    line.add_option("--rate-per-minute", config.rate_per_minute,
                    "Sign-ins, orders and payments from one address per minute; 0: no limit")
        ->envname("ORDERD_RATE_PER_MINUTE")
        ->capture_default_str()
        ->check(number_from_zero())
        ->group(kServing);
    line.add_option("--rate-burst", config.rate_burst, "How many of them may come at once")
        ->envname("ORDERD_RATE_BURST")
        ->capture_default_str()
        ->check(whole_number(1))
        ->group(kServing);
    line.add_option("--connections", config.connections,
                    "Connections at the same time; beyond them, the client with the most connections loses "
                    "the one that was idle longest")
        ->envname("ORDERD_CONNECTIONS")
        ->capture_default_str()
        ->check(whole_number(1))
        ->group(kServing);
    line.add_option("--connections-per-address", config.connections_per_address,
                    "Connections from one address (IPv6: one /64; a /48 may have four times as many)")
        ->envname("ORDERD_CONNECTIONS_PER_ADDRESS")
        ->capture_default_str()
        ->check(whole_number(1))
        ->group(kServing);
}

void add_workings(CLI::App& line, Config& config) {
    line.add_flag("--public-metrics", config.public_metrics, "Let anyone read /metrics, not only admins")
        ->envname("ORDERD_PUBLIC_METRICS")
        ->group(kServing);
    line.add_option(
            "--job-workers", config.job_workers,
            "Charges, captures and refunds that may be under way at once, 64 at least; mail, parcels, webhooks and "
            "upkeep have workers of their own. 0: no jobs run at all")
        ->envname("ORDERD_JOB_WORKERS")
        ->capture_default_str()
        ->check(whole_number(0, 512))
        ->group(kServing);
    line.add_option("--log-level", config.log_level, "debug, info, warning or error")
        ->envname("ORDERD_LOG_LEVEL")
        ->capture_default_str()
        ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
        ->group(kServing);
}

void add_backups(CLI::App& line, Config& config) {
    const auto keeping = "Backups";
    line.add_option(
            "--backup-dir", config.backup_folder,
            "Where the server keeps the backups that it makes automatically, best on another disk. Let the systemd "
            "service write there with ReadWritePaths= (systemctl edit orderd). Without this, none are made. No backup "
            "contains the key: keep a copy of shop.key elsewhere")
        ->envname("ORDERD_BACKUP_DIR")
        ->group(keeping);
    line.add_option("--backup-every-hours", config.backup_every_hours, "The hours between two automatic backups")
        ->envname("ORDERD_BACKUP_EVERY_HOURS")
        ->capture_default_str()
        ->check(whole_number(1, 24 * 31))
        ->group(keeping);
    line.add_option("--backup-keep", config.backup_keep.newest, "How many of the newest automatic backups are kept")
        ->envname("ORDERD_BACKUP_KEEP")
        ->capture_default_str()
        ->check(whole_number(1, 10'000))
        ->group(keeping);
    const auto add_last_of = [&](const char* flag, const char* variable, int& most, const char* text) {
        line.add_option(flag, most, text)
            ->envname(variable)
            ->capture_default_str()
            ->check(whole_number(0, 10'000))
            ->group(keeping);
    };
    add_last_of("--backup-keep-days", "ORDERD_BACKUP_KEEP_DAYS", config.backup_keep.days,
                "And of how many days the last one is kept");
    add_last_of("--backup-keep-weeks", "ORDERD_BACKUP_KEEP_WEEKS", config.backup_keep.weeks, "Of how many weeks");
    add_last_of("--backup-keep-months", "ORDERD_BACKUP_KEEP_MONTHS", config.backup_keep.months,
                "Of how many months. A customer who is erased is in the backups of before until they are removed");
}

void add_payments(CLI::App& line, Config& config) {
    line.add_flag("--sandbox-payments", config.sandbox_payments,
                  "Simulate card payments with test cards; no money moves. Not for a real shop")
        ->envname("ORDERD_SANDBOX_PAYMENTS")
        ->group(kPayments);
    line.add_option("--sandbox-slowness-ms", config.sandbox_slowness_ms, "How long the sandbox's slow card takes")
        ->envname("ORDERD_SANDBOX_SLOWNESS_MS")
        ->capture_default_str()
        ->check(whole_number(0, 60'000))
        ->group(kPayments);
    line.add_flag("--authorize-only", config.authorize_only, "Only authorize cards at first; staff capture the money")
        ->envname("ORDERD_AUTHORIZE_ONLY")
        ->group(kPayments);
    line.add_option("--payment-wait-ms", config.payment_wait_ms,
                    "How long POST /payments waits for the outcome before it answers 202")
        ->envname("ORDERD_PAYMENT_WAIT_MS")
        ->capture_default_str()
        ->check(whole_number(0, 60'000))
        ->group(kPayments);
}

void add_stripe(CLI::App& line, Config& config) {
    line.add_option("--stripe-key-file", config.stripe_key_file,
                    "A file with Stripe's secret key (sk_… or rk_…), in place of the setting stripe_secret_key; a "
                    "relative one may be a systemd credential")
        ->envname("ORDERD_STRIPE_KEY_FILE")
        ->group(kPayments);
    line.add_option("--stripe-webhook-key-file", config.stripe_webhook_key_file,
                    "A file with the signing secret of Stripe's webhook (whsec_…), in place of the setting "
                    "stripe_webhook_secret")
        ->envname("ORDERD_STRIPE_WEBHOOK_KEY_FILE")
        ->group(kPayments);
    line.add_option("--stripe-url", config.stripe_url, "Where Stripe's API is")
        ->envname("ORDERD_STRIPE_URL")
        ->capture_default_str()
        ->check(check_outside_url)
        ->group(kPayments);
    line.add_option("--stripe-js-url", config.stripe_js_url, "Where customers' browsers get Stripe.js from")
        ->envname("ORDERD_STRIPE_JS_URL")
        ->capture_default_str()
        ->check(check_outside_url)
        ->group(kPayments);
    line.add_option("--stripe-timeout-ms", config.stripe_timeout_ms, "How long Stripe has for an answer")
        ->envname("ORDERD_STRIPE_TIMEOUT_MS")
        ->capture_default_str()
        ->check(whole_number(100, 60'000))
        ->group(kPayments);
}

void add_shipping(CLI::App& line, Config& config) {
    const auto shipping = "Shipping";
    line.add_option("--label-font", config.label_fonts,
                    "A TrueType font for labels, for letters that the built-in one does not have (Chinese, Hindi, …); "
                    "may be repeated")
        ->envname("ORDERD_LABEL_FONT")
        ->delimiter(',')
        ->check(CLI::ExistingFile)
        ->group(shipping);
    line.add_option("--easypost-key-file", config.easypost_key_file,
                    "A file with EasyPost's API key, in place of the setting easypost_api_key; a relative one may be a "
                    "systemd credential")
        ->envname("ORDERD_EASYPOST_KEY_FILE")
        ->group(shipping);
    line.add_option("--easypost-webhook-key-file", config.easypost_webhook_key_file,
                    "A file with the secret of EasyPost's webhook, in place of the setting easypost_webhook_secret")
        ->envname("ORDERD_EASYPOST_WEBHOOK_KEY_FILE")
        ->group(shipping);
    line.add_option("--easypost-url", config.easypost_url, "Where EasyPost's API is")
        ->envname("ORDERD_EASYPOST_URL")
        ->capture_default_str()
        ->check(check_outside_url)
        ->group(shipping);
    line.add_option("--easypost-timeout-ms", config.easypost_timeout_ms, "How long EasyPost has for an answer")
        ->envname("ORDERD_EASYPOST_TIMEOUT_MS")
        ->capture_default_str()
        ->check(whole_number(100, 120'000))
        ->group(shipping);
}

void add_mail(CLI::App& line, Config& config) {
    const auto mail = "Mail";
    line.add_option("--smtp-password-file", config.smtp_password_file,
                    "A file with the mail server's password, in place of the setting smtp_password; a relative one may "
                    "be a systemd credential")
        ->envname("ORDERD_SMTP_PASSWORD_FILE")
        ->group(mail);
    line.add_option("--smtp-timeout-ms", config.smtp_timeout_ms, "How long the mail server has for an answer")
        ->envname("ORDERD_SMTP_TIMEOUT_MS")
        ->capture_default_str()
        ->check(whole_number(100, 60'000))
        ->group(mail);
    line.add_option("--templates", config.templates,
                    "A folder with the shop's own templates of mails and pages; templates/ in the shop's folder "
                    "without it")
        ->envname("ORDERD_TEMPLATES")
        ->group(mail);
}

void add_outside(CLI::App& line, Config& config) {
    const auto outside = "Outside services";
    line.add_flag("--private-webhooks", config.private_webhooks,
                  "Allow webhooks to this machine and to private networks, and over plain HTTP")
        ->envname("ORDERD_PRIVATE_WEBHOOKS")
        ->group(outside);
    line.add_option("--ca-file", config.ca_file,
                    "The trusted certificates for outside services, in PEM; the system's without it")
        ->envname("ORDERD_CA_FILE")
        ->check(CLI::ExistingFile)
        ->group(outside);
}

}  // namespace

void add_options(CLI::App& line, Config& config) {
    const char* named = std::getenv("ORDERD_CONFIG");
    line.set_config("--config", named == nullptr ? "/etc/orderd/orderd.toml" : named,
                    "A file with these settings, in TOML (or ORDERD_CONFIG)", named != nullptr);
    line.allow_config_extras(CLI::config_extras_mode::error);
    line.config_formatter(std::make_shared<SettingsFile>(line));

    line.add_option("--data", config.data, "The shop's folder")->envname("ORDERD_DATA")->group("The shop");

    // In the order in which --help and `orderd config` show them.
    add_addresses(line, config);
    add_limits(line, config);
    add_workings(line, config);
    add_backups(line, config);
    add_payments(line, config);
    add_stripe(line, config);
    add_shipping(line, config);
    add_mail(line, config);
    add_outside(line, config);
}

std::filesystem::path templates_folder(const Config& config) {
    return config.templates.empty() ? config.data / "templates" : config.templates;
}

std::string base_url(const Config& config, int port) {
    if (!config.public_url.empty()) {
        auto url = config.public_url;
        while (url.ends_with('/')) {
            url.pop_back();
        }
        return url;
    }
    const auto host = parse_listen(config.listen).host;
    const bool everywhere = host == "0.0.0.0" || host == "::";
    return fmt::format("{}://{}:{}", config.tls_certificate.empty() ? "http" : "https",
                       everywhere ? "localhost" : host_in_url(host), port);
}

api::Config server_config(const Config& config) {
    const auto listen = parse_listen(config.listen);
    api::Config server;
    server.address = listen.host;
    server.port = listen.port;
    for (const auto& proxy : config.trusted_proxies) {
        server.proxies.emplace_back(proxy);
    }
    server.rate.per_minute = config.rate_per_minute;
    server.rate.at_once = config.rate_burst;
    server.metrics = config.public_metrics ? api::Who::anyone : api::Who::viewer;
    server.connections = config.connections;
    server.connections_per_address = config.connections_per_address;
    if (!config.tls_certificate.empty()) {
        server.tls = wire::Tls::Files{.certificate = settings::credential_path(config.tls_certificate),
                                      .key = settings::credential_path(config.tls_key)};
    }
    if (!config.redirect_listen.empty()) {
        const auto plain = parse_listen(config.redirect_listen);
        server.redirect = api::Config::Redirect{
            .address = plain.host, .port = plain.port, .https_port = outgoing::port_of_url(config.public_url)};
    }
    return server;
}

}  // namespace orderd::app
