// What the person who runs the server relies on: backups, drills, upgrades, the doctor, and what a package installs.

#include <httplib.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>
#include <sstream>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "api/server.h"
#include "app/backups.h"
#include "app/config.h"
#include "base/budgets.h"
#include "jobs/jobs.h"
#include "storage/migrations.h"
#include "support/certificate.h"
#include "support/files.h"
#include "support/kept_database.h"
#include "support/mail_server.h"
#include "support/program.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::int64_t schema_of(const std::filesystem::path& file) {
    storage::Connection connection(file, storage::Connection::Mode::read_only);
    auto lease = connection.lease("PRAGMA user_version");
    REQUIRE(lease.step());
    return storage::Row(lease.get()).get<std::int64_t>(0);
}

/// A closed shop in the folder, with an order in it.
void make_shop(const TemporaryFolder& folder) {
    const auto file = folder.path() / "products.csv";
    std::ofstream(file) << "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\nmug,Mug,MUG,5,12.50\n";
    REQUIRE(run_orderd({"import", "--data", folder.path().string(), file.string()}).exit_code == 0);
    Served served(folder.path());
    httplib::Client client("127.0.0.1", served.port());
    const auto placed = client.Post("/orders", Shop::order_body({{1, 1}}).dump(), "application/json");
    REQUIRE(placed);
    REQUIRE(placed->status == 201);
    REQUIRE(served.terminate().first == 0);
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        names.push_back(file.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

}  // namespace

TEST_CASE("the server backs up automatically, thins its backups out, and says how old the newest is") {
    const TemporaryFolder kept;
    const auto folder = kept.path() / "backups";
    Shop shop([&](app::Config& config) {
        config.backup_folder = folder;
        config.backup_every_hours = 24;
        config.backup_keep = {.newest = 2, .days = 1, .weeks = 0, .months = 0};
    });
    CHECK(shop.get("/admin/stats", shop.viewer()).body["last_backup_at"] == nullptr);
    shop.drain();
    REQUIRE(names_in(folder).size() == 1);
    const auto first = names_in(folder).front();
    const auto stats = shop.get("/admin/stats", shop.viewer()).body;
    const auto made = parse_time(stats["last_backup_at"].get<std::string>()).value();
    CHECK(stats["backup_late_at"] == rfc3339(made + hours(48)));
    CHECK(stats["backups_scheduled"] == true);
    CHECK(shop.get("/metrics", shop.owner()).text.find("orderd_backup_newest_timestamp_seconds 1") !=
          std::string::npos);

    shop.advance(hours(23));
    shop.drain();
    CHECK(names_in(folder) == std::vector{first});
    std::ofstream(folder / "notes.txt") << "the shop's own";
    for (int day = 0; day < 3; ++day) {
        shop.advance(hours(24));
        shop.drain();
    }
    const auto names = names_in(folder);
    CHECK(names.size() == 3);  // two, and what is not a backup
    CHECK(std::find(names.begin(), names.end(), first) == names.end());
    CHECK(std::find(names.begin(), names.end(), "notes.txt") != names.end());
}

TEST_CASE("a backup that fails is tried again within the hour") {
    const TemporaryFolder kept;
    const auto folder = kept.path() / "backups";
    std::ofstream(folder) << "in the way";
    Shop shop([&](app::Config& config) { config.backup_folder = folder; });
    shop.drain();
    CHECK(shop.get("/admin/stats", shop.viewer()).body["last_backup_at"] == nullptr);
    std::filesystem::remove(folder);
    shop.advance(hours(1));
    shop.drain();
    CHECK(names_in(folder).size() == 1);
}

TEST_CASE("a backup whose shop does not check is refused, and not kept") {
    const TemporaryFolder folder;
    make_shop(folder);
    const storage::Files files(folder.path());
    const auto copy = folder.path() / "copy.db";
    run_sql(files.database, "UPDATE product SET on_hand = 9 WHERE sku = 'MUG'");
    const auto refused = run_orderd({"backup", copy.string(), "--data", folder.path().string()});
    CHECK(refused.exit_code == 1);
    CHECK(says(refused, "violates an invariant"));
    CHECK_FALSE(std::filesystem::exists(copy));
    CHECK(run_orderd({"backup", "--drill", "--data", folder.path().string()}).exit_code == 1);
}

TEST_CASE("a backup says how to keep the key, and does not hold it") {
    const TemporaryFolder folder;
    make_shop(folder);
    const storage::Files files(folder.path());
    const auto copy = folder.path() / "copy.db";
    const auto made = run_orderd({"backup", copy.string(), "--data", folder.path().string()});
    REQUIRE(made.exit_code == 0);
    CHECK(says(made, "base64 " + files.key.string()));
    CHECK(bytes_of(copy).find(bytes_of(files.key)) == std::string::npos);
}

TEST_CASE("a backup that cannot go where it should names that place") {
    const TemporaryFolder folder;
    make_shop(folder);
    const auto place = folder.path() / "none";
    const auto refused = run_orderd({"backup", (place / "b.db").string(), "--data", folder.path().string()});
    CHECK(refused.exit_code == 1);
    CHECK(says(refused, "the folder " + place.string() + " does not exist"));
}

TEST_CASE("a restart makes the backup that is due at once, whatever the one before left waiting") {
    const TemporaryFolder kept;
    const TemporaryFolder folder;
    make_shop(folder);
    for (const auto* name : {"one", "two"}) {
        Served served(folder.path(), {"--backup-dir", (kept.path() / name).string()});
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        const app::Backups backups({.folder = kept.path() / name});
        while (!backups.newest() && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::yield();
        }
        CHECK(backups.newest());
        served.terminate();
    }
}

TEST_CASE("a drill restores what is there and leaves nothing behind") {
    const TemporaryFolder folder;
    make_shop(folder);
    const auto data = folder.path().string();
    const auto before = names_in(folder.path());
    const auto drill = run_orderd({"backup", "--drill", "--data", data});
    CHECK(drill.exit_code == 0);
    CHECK(says(drill, "every invariant holds"));
    CHECK(names_in(folder.path()) == before);

    const auto copy = (folder.path() / "copy.db").string();
    REQUIRE(run_orderd({"backup", copy, "--data", data}).exit_code == 0);
    CHECK(run_orderd({"backup", "--drill", copy, "--data", data}).exit_code == 0);
    std::filesystem::resize_file(copy, std::filesystem::file_size(copy) / 2);
    CHECK(run_orderd({"backup", "--drill", copy, "--data", data}).exit_code == 1);
}

TEST_CASE("too little room is said before anything is written") {
    const TemporaryFolder folder;
    CHECK_THROWS_AS(app::require_room(folder.path(), std::numeric_limits<std::int64_t>::max()), storage::OpenError);
    CHECK_NOTHROW(app::require_room(folder.path(), 1));

    make_shop(folder);
    const storage::Files files(folder.path());
    std::error_code unsupported;
    std::ofstream(files.database.string() + "-wal").close();
    std::filesystem::resize_file(files.database.string() + "-wal", std::uintmax_t{8} << 40U, unsupported);
    if (unsupported) {
        SKIP("this file system has no files of 8 TiB, not even sparse ones");
    }
    const auto refused = run_orderd({"backup", (folder.path() / "copy.db").string(), "--data", folder.path().string()});
    CHECK(refused.exit_code == 1);
    CHECK(says(refused, "not enough room"));
    CHECK_FALSE(std::filesystem::exists(folder.path() / "copy.db"));
    CHECK_FALSE(std::filesystem::exists(folder.path() / "copy.db.partial"));
}

TEST_CASE("an older database is copied, then migrated, and a rehearsal leaves it as it is") {
    const TemporaryFolder folder;
    const auto data = folder.path().string();
    const storage::Files files(folder.path());
    const int older = storage::kSchemaVersion - 1;
    put_kept_database(older, files);

    const auto rehearsed = run_orderd({"migrate", "--rehearse", "--data", data});
    INFO(rehearsed.out << rehearsed.error);
    CHECK(rehearsed.exit_code == 0);
    CHECK(says(rehearsed, "every invariant holds"));
    CHECK(schema_of(files.database) == older);
    const auto copy = storage::copy_before_migration(folder.path(), older);
    CHECK_FALSE(std::filesystem::exists(copy));
    CHECK(says(run_orderd({"doctor", "--data", data}), "migrate --rehearse"));

    // What a try that was killed left there is no hindrance.
    std::ofstream(copy) << "half of a copy";
    std::ofstream(copy.string() + ".partial") << "half of a copy";
    CHECK(run_orderd({"migrate", "--data", data}).exit_code == 0);
    CHECK(schema_of(files.database) == storage::kSchemaVersion);
    CHECK(schema_of(copy) == older);
    CHECK(run_orderd({"check", "--data", data}).exit_code == 0);
}

TEST_CASE("a migration that cannot keep a copy first changes nothing") {
    const TemporaryFolder folder;
    const storage::Files files(folder.path());
    const int older = storage::kSchemaVersion - 1;
    put_kept_database(older, files);
    const auto copy = storage::copy_before_migration(folder.path(), older);
    std::filesystem::create_directories(copy.string() + ".partial/in-the-way");
    CHECK(run_orderd({"migrate", "--data", folder.path().string()}).exit_code == 1);
    CHECK(schema_of(files.database) == older);
}

TEST_CASE("the doctor says what is wrong, and what to do about it") {
    const TemporaryFolder folder;
    const auto data = folder.path().string();
    const storage::Files files(folder.path());
    CHECK(run_orderd({"doctor", "--data", data}).exit_code == 1);
    make_shop(folder);
    const auto backups = folder.path() / "backups";
    const std::vector<std::string> doctor{
        "doctor", "--data", data, "--backup-dir", backups.string(), "--public-url", "https://shop.example"};

    const auto without = run_orderd(doctor);
    CHECK(without.exit_code == 1);
    CHECK(says(without, "FAIL backups"));
    {
        Served served(folder.path(), {"--backup-dir", backups.string()});
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (run_orderd(doctor).exit_code != 0) {
            REQUIRE(std::chrono::steady_clock::now() < deadline);
        }
    }
    const auto well = run_orderd(doctor);
    INFO(well.out);
    for (const auto* name :
         {"folder", "key", "database", "clock", "disk", "configuration", "gateway", "carrier", "mail", "backups"}) {
        CHECK(says(well, std::string(" ") + name + ": "));
    }
    CHECK(says(run_orderd({"doctor", "--data", data, "--sandbox-payments"}), "payments are simulated"));
    CHECK(says(run_orderd({"doctor", "--data", data}), "backup-dir"));

    SECTION("a key that others can read") {
        ::chmod(files.key.c_str(), 0644);
        const auto outcome = run_orderd(doctor);
        CHECK(outcome.exit_code == 1);
        CHECK(says(outcome, "chmod 0600"));
    }
    SECTION("no key") {
        std::filesystem::remove(files.key);
        CHECK(says(run_orderd(doctor), "FAIL key"));
    }
    SECTION("another's key") {
        std::ofstream(files.key) << std::string(32, 'k');
        CHECK(says(run_orderd(doctor), "is not the key of"));
    }
    SECTION("a clock that is behind the shop") {
        run_sql(files.database, "UPDATE event SET at = at + 86400000");
        CHECK(says(run_orderd(doctor), "FAIL clock"));
    }
    SECTION("R7: a clock that was ahead once") {
        run_sql(files.database, "UPDATE orders SET placed_at = placed_at + 2592000000");
        const auto outcome = run_orderd(doctor);
        CHECK(outcome.exit_code == 0);
        CHECK(says(outcome, "warn clock: it was wrong"));
    }
    SECTION("a gateway or a carrier that is not reached, and one that answers") {
        std::ofstream(folder.path() / "stripe") << "sk_a_key_of_a_service";
        std::ofstream(folder.path() / "easypost") << "EZTK_a_key_of_a_service";
        httplib::Server service;
        const auto port = std::to_string(service.bind_to_any_port("127.0.0.1"));
        service.set_read_timeout(60);
        std::thread serving([&] { service.listen_after_bind(); });
        service.wait_until_ready();
        for (const auto& [kind, option] : {std::pair("gateway", "--stripe"), std::pair("carrier", "--easypost")}) {
            const auto ask = [&, flag = std::string(option)](const std::string& at) {
                auto arguments = doctor;
                arguments.insert(arguments.end(), {flag + "-key-file", (folder.path() / flag.substr(2)).string(),
                                                   flag + "-url", "http://127.0.0.1:" + at});
                return run_orderd(arguments);
            };
            const auto away = ask("9");
            CHECK(away.exit_code == 1);
            CHECK(says(away, std::string("FAIL ") + kind));
            CHECK_FALSE(says(away, "a_key_of_a_service"));
            auto there = ask(port);
            for (int tries = 0; tries < 5 && there.exit_code != 0; ++tries) {  // it waits no longer than 5 s
                there = ask(port);
            }
            CHECK(there.exit_code == 0);
            CHECK(says(there, std::string("ok   ") + kind + ": http://127.0.0.1:" + port));
        }
        service.stop();
        serving.join();
    }
    SECTION("a key that is none of the service's") {
        std::ofstream(folder.path() / "stripe") << "not_a_key_of_theirs";
        auto arguments = doctor;
        arguments.insert(arguments.end(), {"--stripe-key-file", (folder.path() / "stripe").string()});
        const auto outcome = run_orderd(arguments);
        CHECK(outcome.exit_code == 1);
        CHECK(says(outcome, "FAIL gateway: stripe_secret_key does not begin with sk_ or rk_"));
        CHECK_FALSE(says(outcome, "not_a_key_of_theirs"));
    }
    SECTION("a folder for backups that cannot be one") {
        std::ofstream(folder.path() / "file") << "in the way";
        const auto ask = [&](const std::filesystem::path& place) {
            return run_orderd({"doctor", "--data", data, "--backup-dir", place.string()});
        };
        CHECK(says(ask(folder.path() / "file"),
                   "FAIL backups: " + (folder.path() / "file").string() + " is not a folder"));
        CHECK(says(ask(folder.path() / "file" / "backups"), "ReadWritePaths="));
    }
    SECTION("a certificate") {
        const CertificateFiles files_of_tls(folder.path());
        const auto ask = [&](int days, const std::string& public_url) {
            files_of_tls.keep(self_signed(days));
            return run_orderd({"doctor", "--data", data, "--public-url", public_url, "--tls-cert",
                               files_of_tls.certificate.string(), "--tls-key", files_of_tls.key.string()});
        };
        CHECK(says(ask(90, "https://localhost"), "ok   certificate: good for 89 days"));
        CHECK(says(ask(5, "https://localhost"), "warn certificate: it runs out in 4 days"));
        const auto over = ask(0, "https://localhost");
        CHECK(over.exit_code == 1);
        CHECK(says(over, "FAIL certificate: it ran out"));
        CHECK(says(over, "systemctl reload orderd"));
        CHECK(says(ask(90, "https://shop.example"), "FAIL certificate: it is not for shop.example"));
        ask(90, "https://localhost");
        ::chmod(files_of_tls.key.c_str(), 0644);
        CHECK(says(run_orderd({"doctor", "--data", data, "--tls-cert", files_of_tls.certificate.string(), "--tls-key",
                               files_of_tls.key.string()}),
                   "chmod 0600 " + files_of_tls.key.string()));
        std::filesystem::remove(files_of_tls.key);
        CHECK(says(run_orderd({"doctor", "--data", data, "--tls-cert", files_of_tls.certificate.string(), "--tls-key",
                               files_of_tls.key.string()}),
                   "FAIL certificate: "));
    }
}

TEST_CASE("the doctor says whether the mail server lets the shop in") {
    Shop shop;
    const auto look = [&] { return run_orderd({"doctor", "--data", shop.folder().string()}); };
    CHECK(says(look(), "warn mail: no mail server is set"));
    MailServer server;
    const Json mail{
        {"host", "localhost"}, {"port", server.port()}, {"security", "none"}, {"from_address", "a@example.com"}};
    REQUIRE(shop.put("/admin/settings", {{"mail", mail}}, shop.owner()).status == 200);
    CHECK(says(look(), "ok   mail: localhost:" + std::to_string(server.port())));
    CHECK(server.mails().empty());
    server.stop();
    const auto away = look();
    CHECK(away.exit_code == 1);
    CHECK(says(away, "FAIL mail: "));
}

TEST_CASE("the configuration file that is installed has every setting, and every line of it can be switched on") {
    const TemporaryFolder folder;
    const auto sample = run_orderd({"config"});
    REQUIRE(sample.exit_code == 0);
    const auto help = run_orderd({"serve", "--help"}).out;
    std::string on;
    std::istringstream lines(sample.out);
    std::string settings;
    for (std::string line; std::getline(lines, line);) {
        const auto end = line.find(" = ");
        const bool setting = line.starts_with('#') && !line.starts_with("# ") && !line.starts_with("##");
        if (!setting) {
            continue;
        }
        REQUIRE(end != std::string::npos);
        settings += "--" + line.substr(1, end - 1) + ' ';
        on += line.find("…") == std::string::npos ? line.substr(1) + '\n' : "";
    }
    const auto known = words_of(settings);
    for (const auto& word : words_of(help)) {
        const auto option = word.substr(0, word.find_first_of(",="));
        if (option.starts_with("--") && option != "--help" && option != "--config" && option != "--version" &&
            option != "--currency") {  // of one start, and no setting
            INFO(option);
            CHECK(std::find(known.begin(), known.end(), option) != known.end());
        }
    }
    const auto file = folder.path() / "orderd.toml";
    std::ofstream(file) << on;
    const auto outcome = run_orderd({"version", "--config", file.string()});
    INFO(outcome.error << on);
    CHECK(outcome.exit_code == 0);
}

TEST_CASE("a setting that is not given has the default of the part that reads it") {
    const app::Config set;
    const auto server = app::server_config(set);
    const api::Config by_itself;
    CHECK(server.connections == by_itself.connections);
    CHECK(server.connections_per_address == by_itself.connections_per_address);
    CHECK(server.rate.per_minute == by_itself.rate.per_minute);
    CHECK(server.rate.at_once == by_itself.rate.at_once);
    CHECK(server.workers.threads == budget::kThreads);
    CHECK(server.workers.queue == budget::kWaiting);
    CHECK(set.job_workers == jobs::Workers::Options{}.threads);
}

TEST_CASE("the manual page and the completions know every command") {
    const auto manual = run_orderd({"manual"}).out;
    for (const auto* shell : {"bash", "zsh", "fish"}) {
        const auto completions = run_orderd({"completions", shell});
        REQUIRE(completions.exit_code == 0);
        for (const auto* command : {"serve", "demo", "admin", "passwd", "import", "export", "customers", "check",
                                    "backup", "restore", "migrate", "doctor", "bench", "config", "version"}) {
            INFO(shell << ' ' << command);
            CHECK(completions.out.find(command) != std::string::npos);
            CHECK(manual.find(command) != std::string::npos);
        }
        for (const auto* option : {"rehearse", "undo"}) {
            CHECK(completions.out.find(option) != std::string::npos);
        }
        CHECK(completions.out.find("-a  ") == std::string::npos);  // a command without a name
    }
    CHECK(run_orderd({"completions", "tcsh"}).exit_code == 2);
    CHECK(manual.find(".SH EXAMPLES\n.TP\n.B orderd demo\n") != std::string::npos);
}

TEST_CASE("a full disk refuses writes with 507, answers reads, and is over when there is room again") {
    // The limit on a file's size stands in for the disk's end, since anyone may set it: SQLite sees a failed write.
    const TemporaryFolder folder;
    make_shop(folder);
    Served served(folder.path());
    httplib::Client client("127.0.0.1", served.port());
    const auto place = [&] {
        const auto answer = client.Post("/orders", Shop::order_body({{1, 1}}).dump(), "application/json");
        return answer ? answer->status : 0;
    };
    REQUIRE(place() == 201);
    rlimit before{};
    REQUIRE(::prlimit(served.pid(), RLIMIT_FSIZE, nullptr, &before) == 0);
    const rlimit none{.rlim_cur = 0, .rlim_max = before.rlim_max};
    REQUIRE(::prlimit(served.pid(), RLIMIT_FSIZE, &none, nullptr) == 0);
    CHECK(place() == 507);
    const auto read = client.Get("/products");
    REQUIRE(read);
    CHECK(read->status == 200);
    CHECK(place() == 507);
    REQUIRE(::prlimit(served.pid(), RLIMIT_FSIZE, &before, nullptr) == 0);
    CHECK(place() == 201);
    CHECK(served.terminate().first == 0);
    CHECK(run_orderd({"check", "--data", folder.path().string()}).exit_code == 0);
}
