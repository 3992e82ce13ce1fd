#include <unistd.h>

#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

#include "accounts/commands.h"
#include "app/app.h"
#include "app/bench.h"
#include "app/commands.h"
#include "app/demo.h"
#include "app/doctor.h"
#include "app/reference.h"
#include "app/serve.h"
#include "catalog/commands.h"
#include "catalog/csv.h"
#include "orders/export.h"

namespace orderd {

namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUse = 2;

/// The command cannot be carried out as it was given.
class WrongUse : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The command line: each subcommand beside what it does.
class CommandLine {
public:
    CommandLine() : line_("orderd: the order desk of a small shop, in one file", "orderd") {
        app::add_options(line_, config_);
        line_.require_subcommand(1);
        line_.set_version_flag("--version", "orderd " ORDERD_VERSION);
        add_serving();
        add_admin();
        add_sheets();
        add_care();
        add_reference();
    }

    int run(int argc, char** argv) {
        try {
            line_.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            const bool asked = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
            line_.exit(error, std::cout, std::cerr);
            return asked ? kDone : kWrongUse;
        }
        try {
            return command_();
        } catch (const WrongUse& error) {
            std::cerr << "orderd: " << error.what() << '\n';
            return kWrongUse;
        } catch (const std::exception& error) {
            std::cerr << "orderd: " << error.what() << '\n';
            return kFailed;
        }
    }

private:
    CLI::App* add(CLI::App& parent, const std::string& name, const std::string& does, std::function<int()> command) {
        auto* sub = parent.add_subcommand(name, does);
        sub->fallthrough();
        sub->callback([this, command = std::move(command)] { command_ = command; });
        sub->footer([this] {
            return "\nSettings, which may stand before or after the command:\n" +
                   CLI::Formatter().make_groups(&line_, CLI::AppFormatMode::Normal);
        });
        return sub;
    }

    /// The shop's folder; the commands that need one say so as CLI11 would.
    const std::filesystem::path& data() const {
        if (config_.data.empty()) {
            throw WrongUse("--data is required: the shop's folder (or ORDERD_DATA, or data in orderd.toml)");
        }
        return config_.data;
    }

    const app::Config& with_data() const {
        data();
        return config_;
    }

    void add_serving() {
        add(line_, "serve", "Serve the shop; makes it in an empty folder", [this] {
            data();
            app::serve(config_, clock_, std::cout);
            return kDone;
        });
        auto* demo = add(line_, "demo", "Serve a shop with a made-up catalogue and orders", [this] {
            app::demo(config_, password_, clock_, std::cout);
            return kDone;
        });
        demo->add_option("--password", password_, "The owner's password; one is drawn without it");
    }

    void add_admin() {
        auto* admin = line_.add_subcommand("admin", "Users of the dashboard");
        admin->fallthrough();
        admin->require_subcommand(1);
        auto* add_user = add(*admin, "add", "Add a user; makes the shop in an empty folder", [this] {
            const auto password = accounts::read_password(std::cin);
            const auto store = app::open_shop(data(), clock_, true);
            accounts::add_admin_command(*store, username_, role_, password, std::cout, clock_.now());
            return kDone;
        });
        add_user->add_option("NAME", username_, "The username")->required();
        add_user->add_option("--role", role_, "owner, staff or viewer")
            ->required()
            ->check(CLI::IsMember({"owner", "staff", "viewer"}));
        add_password_option(add_user);

        auto* passwd = add(*admin, "passwd", "Set a user's password, and sign them out everywhere", [this] {
            const auto password = accounts::read_password(std::cin);
            const auto store = app::open_shop(data(), clock_, false);
            accounts::admin_password_command(*store, username_, password, without_totp_, std::cout, clock_.now());
            return kDone;
        });
        passwd->add_option("NAME", username_, "The username")->required();
        passwd->add_flag("--without-totp", without_totp_, "Also let them sign in without a code");
        add_password_option(passwd);

        add(*admin, "list", "List the users", [this] {
            accounts::list_admins_command(*app::open_shop(data(), clock_, false), std::cout);
            return kDone;
        });
    }

    void add_password_option(CLI::App* command) {
        command->add_flag("--password-stdin", password_stdin_, "Read the password from standard input (its first line)")
            ->required();
    }

    void add_sheets() {
        auto* import =
            add(line_, "import", "Import products from Shopify's CSV; makes the shop in an empty folder", [this] {
                const auto store = app::open_shop(data(), clock_, !dry_run_ && undo_ == 0);
                const catalog::ImportOptions options{.file = file_,
                                                     .dry_run = dry_run_,
                                                     .undo = undo_ == 0 ? std::nullopt : std::optional(ImportId{undo_}),
                                                     .bar = ::isatty(STDERR_FILENO) == 1};
                return catalog::import_command(*store, clock_, options, std::cout, std::cerr);
            });
        auto* source = import->add_option_group("What to import");
        source->add_option("FILE", file_, "The CSV file");
        source->add_option("--undo", undo_, "Take back the import of this number")->check(CLI::PositiveNumber);
        source->require_option(1);
        import->add_flag("--dry-run", dry_run_, "Show what would change, and change nothing");

        auto* exports = line_.add_subcommand("export", "Export as CSV, in Shopify's columns");
        exports->fallthrough();
        exports->require_subcommand(1);
        auto* products = add(*exports, "products", "All products", [this] {
            const auto store = app::open_shop(data(), clock_, false);
            return catalog::export_products_command(*store, {.file = file_, .bar = ::isatty(STDERR_FILENO) == 1},
                                                    std::cout, std::cerr);
        });
        auto* orders = add(*exports, "orders", "All orders, a row for each line of them", [this] {
            const auto store = app::open_shop(data(), clock_, false);
            csv::save(file_, std::cout, [&](const csv::Send& send) { return orders::export_orders(*store, send); });
            return kDone;
        });
        auto* customers = add(*exports, "customers", "All customers, with how much they ordered", [this] {
            const auto store = app::open_shop(data(), clock_, false);
            csv::save(file_, std::cout, [&](const csv::Send& send) { return orders::export_customers(*store, send); });
            return kDone;
        });
        for (auto* sheet : {products, orders, customers}) {
            sheet->add_option("--output", file_, "A file; standard output without it");
        }
    }

    void add_care() {
        auto* check = add(line_, "check", "Hold every invariant against the shop: a line each",
                          [this] { return app::check_command(data(), repair_, clock_, std::cout) ? kDone : kFailed; });
        check->add_flag("--repair", repair_, "Set the counters of stock again from the ledger, and say what changed");

        auto* backup = add(line_, "backup", "Copy the database, also while it is served, and check the copy", [this] {
            if (drill_) {
                return app::drill_command(data(), file_, std::cout) ? kDone : kFailed;
            }
            if (file_.empty()) {
                throw WrongUse("backup: FILE is required: where the copy goes (or --drill)");
            }
            app::backup_command(data(), file_, std::cout);
            return kDone;
        });
        backup->add_option("FILE", file_, "Where to; it must not be there yet. With --drill: the backup to try");
        backup->add_flag(
            "--drill", drill_,
            "Restore FILE, or a copy made now, into a scratch folder, check it there, and remove it again");

        auto* restore = add(line_, "restore", "Put a backup into a folder that has no shop", [this] {
            app::restore_command(data(), file_, std::cout);
            return kDone;
        });
        restore->add_option("FILE", file_, "The backup")->required();

        auto* migrate = add(line_, "migrate", "Bring the database to this version's schema", [this] {
            if (rehearse_) {
                return app::rehearse_command(data(), std::cout) ? kDone : kFailed;
            }
            app::migrate_command(data(), clock_, std::cout);
            return kDone;
        });
        migrate->add_flag("--rehearse", rehearse_, "Do it on a copy, check that, and say how long it took");

        add(line_, "doctor", "Look at what the shop stands on, and say what to do about what is not well",
            [this] { return app::doctor(with_data(), clock_, std::cout) ? kDone : kFailed; });
        auto* bench = add(
            line_, "bench", "Measure what this machine carries, with a scratch shop that is gone afterwards", [this] {
                const auto place = config_.data.empty() ? std::filesystem::temp_directory_path() : config_.data;
                const app::BenchOptions options{.place = place, .orders = orders_, .bar = ::isatty(STDERR_FILENO) == 1};
                return app::bench(options, clock_, std::cout, std::cerr) ? kDone : kFailed;
            });
        bench
            ->add_option("--orders", orders_,
                         "How many orders to place; with --data, in a folder of their own inside it")
            ->capture_default_str()
            ->check(CLI::Range(1, 1'000'000));

        add(line_, "version", "Print the version", [] {
            std::cout << "orderd " ORDERD_VERSION "\n";
            return kDone;
        });
    }

    void add_reference() {
        add(line_, "config", "Print a configuration file with every setting, explained and commented out", [this] {
            std::cout << app::sample_configuration(line_);
            return kDone;
        });
        add(line_, "manual", "Print the manual page, for man(1)", [this] {
            std::cout << app::manual_page(line_);
            return kDone;
        });
        auto* completions = add(line_, "completions", "Print the completions of a shell", [this] {
            std::cout << app::completions(line_, shell_);
            return kDone;
        });
        completions->add_option("SHELL", shell_, "bash, zsh or fish")
            ->required()
            ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    }

    const SystemClock clock_;
    CLI::App line_;
    app::Config config_;
    std::function<int()> command_;

    // what the subcommands' own options fill
    std::string password_;
    std::string username_;
    std::string role_;
    std::filesystem::path file_;
    bool password_stdin_ = false;
    bool without_totp_ = false;
    bool dry_run_ = false;
    bool repair_ = false;
    bool drill_ = false;
    bool rehearse_ = false;
    std::string shell_;
    std::int64_t undo_ = 0;
    std::int64_t orders_ = 10'000;
};

}  // namespace

}  // namespace orderd

int main(int argc, char** argv) { return orderd::CommandLine().run(argc, argv); }
