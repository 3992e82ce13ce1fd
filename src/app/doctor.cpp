#include "app/doctor.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/timex.h>
#endif

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <ostream>

#include "api/server.h"
#include "app/backups.h"
#include "app/room.h"
#include "app/settings_routes.h"
#include "app/stored_times.h"
#include "base/templates.h"
#include "notify/mail_settings.h"
#include "outgoing/client.h"
#include "storage/backup.h"
#include "storage/key_file.h"
#include "storage/migrations.h"
#include "storage/settings.h"
#include "storage/soundness.h"
#include "wire/tls.h"

namespace orderd::app {

namespace {

/// Prints the findings, and remembers whether anything is broken.
class Report {
public:
    explicit Report(std::ostream& out) : out_(out) {}

    void good(std::string_view name, const std::string& found) { line("ok", name, found, ""); }
    void unwise(std::string_view name, const std::string& found, const std::string& advice) {
        line("warn", name, found, advice);
    }
    void broken(std::string_view name, const std::string& found, const std::string& advice) {
        line("FAIL", name, found, advice);
        well_ = false;
    }

    bool well() const { return well_; }

private:
    void line(std::string_view mark, std::string_view name, const std::string& found, const std::string& advice) {
        out_ << fmt::format("{:<4} {}: {}\n", mark, name, found);
        if (!advice.empty()) {
            out_ << fmt::format("       {}\n", advice);
        }
    }

    std::ostream& out_;
    bool well_ = true;
};

bool others_may_read(const std::filesystem::path& file) {
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 && (status.st_mode & 077U) != 0;
}

/// Other faults of the file are reported with the database.
bool is_being_rotated(const std::filesystem::path& key_file) {
    try {
        return storage::read_key_file(key_file).keys.size() > 1;
    } catch (const std::runtime_error&) {
        return false;
    }
}

void look_at_files(const storage::Files& files, Report& report) {
    const auto folder = files.folder.string();
    if (!std::filesystem::is_directory(files.folder)) {
        report.broken("folder", folder + " does not exist",
                      "Make it, owned by the user that runs orderd, with mode 0700.");
        return;
    }
    if (::access(files.folder.c_str(), R_OK | W_OK | X_OK) != 0 && errno == EROFS) {
        report.broken("folder", folder + " is on a disk that is read-only",
                      "The system's log says why (dmesg); then: mount -o remount,rw");
    } else if (::access(files.folder.c_str(), R_OK | W_OK | X_OK) != 0) {
        report.broken(
            "folder", folder + " is not writable for this user",
            "Run this as the user that runs orderd, or give that user the folder: chown -R orderd: " + folder);
    } else if (others_may_read(files.folder)) {
        report.unwise("folder", folder + " is open to other users of this machine", "chmod 0700 " + folder);
    } else {
        report.good("folder", folder);
    }
    if (!std::filesystem::exists(files.key)) {
        report.broken(
            "key", files.key.string() + " is not there",
            "Put your copy of it there (mode 0600), the one kept apart from the backups. Without it nobody can "
            "read the customers in the database.");
    } else if (others_may_read(files.key)) {
        report.broken("key", files.key.string() + " can be read by others", "chmod 0600 " + files.key.string());
    } else if (is_being_rotated(files.key)) {
        report.unwise("key", files.key.string() + " contains two keys: a rotation was begun and is not finished",
                      "`orderd key rotate` continues it.");
    } else {
        report.good("key", files.key.string() + "; keep a copy of it apart from the backups");
    }
}

void look_at_clock(storage::Store& store, const Clock& clock, Report& report) {
    const auto now = clock.now();
    const auto last = store.read().value<Time>("SELECT at FROM event ORDER BY sequence DESC LIMIT 1");
    if (last && now + minutes(1) < *last) {
        report.broken("clock",
                      fmt::format("it is {} here, but the shop's last event is from {}", rfc3339(now), rfc3339(*last)),
                      "Set the clock, and let it be kept: timedatectl set-ntp true");
        return;
    }
    if (const auto ahead = stored_ahead(store.read(), now)) {
        report.unwise("clock",
                      fmt::format("it was wrong: it is {} here, but the shop has stored times up to {}", rfc3339(now),
                                  rfc3339(*ahead)),
                      "What was recorded meanwhile keeps its dates: look at the orders of that time. Let the clock be "
                      "kept: timedatectl set-ntp true");
        return;
    }
#ifdef __linux__
    timex state{};
    if (::adjtimex(&state) == TIME_ERROR) {
        report.unwise("clock", rfc3339(clock.now()) + ", not kept by a time server", "timedatectl set-ntp true");
        return;
    }
#endif
    report.good("clock", rfc3339(clock.now()));
}

/// An answer from a damaged page can be wrong in any way, so every page is checked.
bool is_sound(const storage::Files& files, Report& report) {
    const auto fault = storage::first_fault(files.database, storage::Depth::thorough);
    if (fault) {
        report.broken("database", fmt::format("{} is damaged: {}", files.database.string(), *fault),
                      "Stop orderd, keep a copy of the folder, and restore the newest backup into an empty one with "
                      "`orderd restore`. The disk may be failing: see the system's log (dmesg).");
    }
    return !fault;
}

/// @returns the shop, or null if it cannot be used
std::unique_ptr<storage::Store> look_at_database(const storage::Files& files, const Clock& clock, Report& report) {
    if (storage::is_half_restored(files)) {
        report.broken("database", "a restore was begun and is not finished",
                      "Run `orderd restore FILE` again; until then no shop is opened or made here.");
        return nullptr;
    }
    if (!std::filesystem::exists(files.database)) {
        report.broken("database", files.database.string() + " is not there",
                      "`orderd serve` makes a new shop; `orderd restore FILE` puts a backup there.");
        return nullptr;
    }
    try {
        if (!is_sound(files, report)) {
            return nullptr;
        }
        {
            storage::Connection connection(files.database, storage::Connection::Mode::read_only);
            auto lease = connection.lease("PRAGMA user_version");
            const auto version = lease.step() ? storage::Row(lease.get()).get<std::int64_t>(0) : 0;
            if (version < storage::kSchemaVersion) {
                report.unwise("database",
                              fmt::format("is at schema {}, this orderd at {}", version, storage::kSchemaVersion),
                              "`orderd migrate --rehearse` tries the upgrade on a copy; `orderd migrate` does it.");
                return nullptr;
            }
        }
        auto store = std::make_unique<storage::Store>(files.folder, storage::Store::Options{});
        if (others_may_read(files.database)) {
            report.unwise("database", files.database.string() + " can be read by others",
                          "chmod 0600 " + files.database.string());
        } else {
            report.good("database",
                        fmt::format("schema {}, opened with its key, every page is sound", storage::kSchemaVersion));
        }
        look_at_clock(*store, clock, report);
        return store;
    } catch (const std::exception& error) {
        report.broken("database", error.what(),
                      "`orderd check` looks further; `orderd restore` puts a backup in a new folder.");
        return nullptr;
    }
}

std::string in_words(std::int64_t bytes) {
    constexpr std::int64_t kMiB = std::int64_t{1} << 20U;
    return bytes < 10 * 1024 * kMiB ? fmt::format("{} MiB", bytes / kMiB) : fmt::format("{} GiB", bytes / kMiB / 1024);
}

void look_at_growth(storage::Store& store, const Clock& clock, Report& report) {
    const auto now = clock.now();
    const auto room = room_of(store.read(), store.files().folder, now);
    auto found = fmt::format("{} in use", in_words(room.size.used()));
    if (room.size.free > room.size.used() / 4) {
        found += fmt::format(", {} free in the file for new rows", in_words(room.size.free));
    }
    found += room.growth_of_week
                 ? fmt::format(", {} more each week", in_words(std::max<std::int64_t>(*room.growth_of_week, 0)))
                 : ", the growth is known after a week";
    if (room.is_short(now)) {
        report.unwise("size", fmt::format("{}: the disk is full by {}", found, rfc3339(*room.full_at).substr(0, 10)),
                      "Have a larger disk by then, or keep backups on another one.");
    } else {
        report.good("size", found);
    }
}

void look_at_disk(const storage::Files& files, Report& report) {
    std::error_code error;
    const auto space = std::filesystem::space(files.folder, error);
    if (error) {
        return;
    }
    const auto size = std::filesystem::file_size(files.database, error);
    const auto wanted = std::max<std::uintmax_t>(error ? 0 : 3 * size, std::uintmax_t{1} << 30U);
    const auto found = fmt::format("{} MiB are free", space.available >> 20U);
    if (space.available < wanted / 8) {
        report.broken("disk", found,
                      "Make room now: a full disk refuses orders. Old backups and logs are the usual place.");
    } else if (space.available < wanted) {
        report.unwise("disk", found,
                      fmt::format("Have {} MiB: for the shop, its backups, and an upgrade.", wanted >> 20U));
    } else {
        report.good("disk", found);
    }
}

void look_at_configuration(const Config& config, Report& report) {
    try {
        server_config(config);
    } catch (const std::exception& error) {
        report.broken("configuration", error.what(),
                      "Correct it in /etc/orderd/orderd.toml, the environment or the flag.");
        return;
    }
    if (config.sandbox_payments) {
        report.unwise("configuration", "payments are simulated (sandbox-payments)", "Remove it before customers come.");
    } else if (!config.public_url.starts_with("https://")) {
        report.unwise("configuration", "public-url is not an https:// address",
                      "Links in mail, and what gateways and carriers call, need the address that customers use.");
    } else {
        report.good("configuration", "customers reach the shop at " + config.public_url);
    }
}

void look_at_proxies(const Config& config, storage::Store& store, Report& report) {
    const auto noticed = settings::unconfigured_proxy_noticed(store.read());
    const auto is_local = [](const std::string& proxy) {
        const Network network(proxy);
        return network.contains(*IpAddress::parse("127.0.0.1")) || network.contains(*IpAddress::parse("::1"));
    };
    if (noticed && std::none_of(config.trusted_proxies.begin(), config.trusted_proxies.end(), is_local)) {
        report.unwise("proxy",
                      fmt::format("a proxy on this machine sent X-Forwarded-For ({}) but is not in trusted-proxy: all "
                                  "clients behind it count as one address",
                                  rfc3339(*noticed)),
                      "Set trusted-proxy to the proxy's address, such as 127.0.0.1.");
    } else if (!config.trusted_proxies.empty()) {
        report.good("proxy", fmt::format("{} say for whom they ask", fmt::join(config.trusted_proxies, ", ")));
    }
}

/// A key with another form is a wrong one: the service would refuse it when a customer pays.
void look_at_key(std::string_view kind, const settings::Secret& secret, const storage::View& view, Report& report) {
    const auto value = secret.value(view);
    if (const auto fault = value ? secret_fault(secret.name(), *value) : ""; !fault.empty()) {
        report.broken(kind, secret.name() + " " + fault, "Set it again, as the service's own dashboard shows it.");
    }
}

/// Sends any request to an outside service, without a key: every answer shows that it can be reached, and the
/// shop's account is not used.
void look_at_service(const Config& config, std::string_view kind, const std::string& url, Report& report) {
    try {
        outgoing::Client outgoing(config.ca_file);
        const auto answer = outgoing.send(
            {.url = url, .connect_within = std::chrono::seconds(5), .answer_within = std::chrono::seconds(5)});
        report.good(kind, fmt::format("{} answers ({})", url, answer.status));
    } catch (const outgoing::Trouble& error) {
        report.broken(kind, error.what(),
                      "Let this machine reach it (firewall, DNS), and have ca-certificates up to date.");
    }
}

void look_at_services(const Config& config, storage::Store& store, Report& report) {
    const auto is_set = [&](std::string_view kind, const char* name, const std::filesystem::path& file) {
        const settings::Secret secret(name, file);
        const auto view = store.read();
        look_at_key(kind, secret, view, report);
        return secret.is_set(view);
    };
    const auto looked_at = [&](std::string_view kind, const auto& look) {
        try {
            look();
        } catch (const std::exception& error) {
            report.broken(kind, error.what(), "Correct the setting, or the file that it names.");
        }
    };
    looked_at("gateway", [&] {
        if (is_set("gateway", "stripe_secret_key", config.stripe_key_file)) {
            look_at_service(config, "gateway", config.stripe_url + "/v1/charges", report);
        } else {
            report.good("gateway", "Stripe is not set up; nothing to reach");
        }
    });
    looked_at("carrier", [&] {
        if (is_set("carrier", "easypost_api_key", config.easypost_key_file)) {
            look_at_service(config, "carrier", config.easypost_url + "/trackers", report);
        } else {
            report.good("carrier", "EasyPost is not set up; nothing to reach");
        }
    });
    looked_at("mail", [&] {
        const settings::Secret password(notify::kPasswordSetting, config.smtp_password_file);
        const outgoing::Client outgoing(config.ca_file);
        const auto outbox = notify::read_outbox(store.read(), password, outgoing, std::chrono::seconds(5));
        if (!outbox) {
            report.unwise("mail", "no mail server is set: nobody gets a mail from the shop",
                          "Set one in the dashboard's settings.");
            return;
        }
        try {
            notify::reach(outbox->server);
            report.good("mail", fmt::format("{}:{} lets the shop in", outbox->server.host, outbox->server.port));
        } catch (const notify::SmtpError& error) {
            report.broken("mail", error.what(),
                          "Correct the mail server's settings or its password, or let this machine reach it.");
        }
    });
}

void look_at_certificate(const Config& config, const Clock& clock, Report& report) {
    if (config.tls_certificate.empty()) {
        return;
    }
    try {
        const auto key = settings::credential_path(config.tls_key);
        const wire::Tls tls({.certificate = settings::credential_path(config.tls_certificate), .key = key});
        constexpr auto kSoon = 14;
        const auto left = tls.expires() - clock.now();
        const auto days = left.ms / hours(24).ms;
        const auto renew =
            "Renew it, put it where tls-cert and tls-key say, and let the server read it: systemctl reload orderd";
        const auto host = outgoing::host_of_url(config.public_url);
        if (left.ms <= 0) {
            report.broken("certificate", "it ran out on " + rfc3339(tls.expires()), renew);
        } else if (days < kSoon) {
            report.unwise("certificate", fmt::format("it runs out in {} days", days), renew);
        } else if (!host.empty() && !tls.is_for(host)) {
            report.broken("certificate", "it is not for " + host,
                          "Have one for the name in public-url, or correct that.");
        } else if (others_may_read(key)) {
            report.broken("certificate", key.string() + " can be read by others", "chmod 0600 " + key.string());
        } else {
            report.good("certificate", fmt::format("good for {} days", days));
        }
    } catch (const std::exception& error) {
        report.broken("certificate", error.what(),
                      "Correct tls-cert and tls-key; the user that runs orderd must be able to read both.");
    }
}

void look_at_templates(const Config& config, Report& report) {
    const auto own = Templates(templates_folder(config)).overrides();
    const auto broken = [](const Templates::Override& it) { return !it.problem.empty(); };
    for (const auto& it : own) {
        if (broken(it)) {
            report.unwise("templates", (templates_folder(config) / it.name).string() + " " + it.problem,
                          "The built-in one is used; README lists the templates and what they are given.");
        }
    }
    if (std::none_of(own.begin(), own.end(), broken)) {
        report.good("templates", own.empty() ? "the built-in ones" : fmt::format("{} of the shop's own", own.size()));
    }
}

void look_at_backups(const Config& config, const Clock& clock, Report& report) {
    const Backups backups({.folder = config.backup_folder, .every = hours(config.backup_every_hours)});
    if (!backups.are_made()) {
        report.unwise(
            "backups", "the server makes none automatically",
            "Set backup-dir, on another disk where there is one, or copy with `orderd backup` or Litestream.");
        return;
    }
    if (const auto why = hindrance_to_writing(config.backup_folder); !why.empty()) {
        report.broken("backups", why,
                      fmt::format("Give the folder to the user that runs orderd: install -d -o orderd -m 0700 {0}; and "
                                  "let its service write there: systemctl edit orderd, ReadWritePaths={0}",
                                  config.backup_folder.string()));
        return;
    }
    const auto newest = backups.newest(clock.now());
    if (!newest || clock.now() > backups.late_at(*newest)) {
        report.broken(
            "backups",
            newest ? "the newest is of " + rfc3339(*newest) : "there is none in " + config.backup_folder.string(),
            "The server's log says why (journalctl -u orderd); is it running, is there room, and may its service write "
            "there (systemctl edit orderd, ReadWritePaths=)?");
        return;
    }
    report.good("backups", "the newest is of " + rfc3339(*newest));
}

/// If the service is running, systemd shows its user the credentials in this folder.
void see_credentials_of_service() {
    constexpr auto kThere = "/run/credentials/orderd.service";
    if (::access(kThere, X_OK) == 0) {
        ::setenv("CREDENTIALS_DIRECTORY", kThere, 0);
    }
}

}  // namespace

bool doctor(const Config& config, const Clock& clock, std::ostream& out) {
    see_credentials_of_service();
    Report report(out);
    const storage::Files files(config.data);
    look_at_files(files, report);
    const auto store = look_at_database(files, clock, report);
    look_at_disk(files, report);
    if (store) {
        look_at_growth(*store, clock, report);
    }
    look_at_configuration(config, report);
    look_at_certificate(config, clock, report);
    if (store) {
        look_at_services(config, *store, report);
        look_at_proxies(config, *store, report);
    }
    look_at_templates(config, report);
    look_at_backups(config, clock, report);
    return report.well();
}

}  // namespace orderd::app
