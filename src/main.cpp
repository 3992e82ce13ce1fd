#include <SQLiteCpp/Exception.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

#include "accounts/admin.h"
#include "accounts/commands.h"
#include "app/bench.h"
#include "app/commands.h"
#include "app/demo.h"
#include "app/doctor.h"
#include "app/export_commands.h"
#include "app/key_rotation.h"
#include "app/libraries.h"
#include "app/open_shop.h"
#include "app/option_checks.h"
#include "app/reference.h"
#include "app/serve.h"
#include "app/whole_shop.h"
#include "base/apart.h"
#include "base/version.h"
#include "catalog/commands.h"

namespace orderd {

namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUse = 2;

/// The command was used wrongly.
class WrongUse : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The command line: each subcommand with its action.
class CommandLine {
public:
    CommandLine() : line_("orderd: the order desk of a small shop, in one file", "orderd") {
        app::add_options(line_, config_);
        line_.require_subcommand(1);
        line_.set_version_flag("--version", fmt::format("orderd {}", version()));
        add_serving();
        add_admin();
        add_sheets();
        add_exports();
        add_care();
        add_reference();
    }

    int run(int argc, char** argv) {
        try {
            line_.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            if (const auto unknown = unknown_command(); !unknown.empty()) {
                std::cerr << unknown << '\n';
                return kWrongUse;
            }
            const bool asked = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
            line_.exit(error, std::cout, std::cerr);
            return asked ? kDone : kWrongUse;
        }
        try {
            return command_();
        } catch (const WrongUse& error) {
            std::cerr << "orderd: " << error.what() << '\n';
            return kWrongUse;
        } catch (const SQLite::Exception& error) {
            const bool damaged = error.getErrorCode() == SQLITE_CORRUPT || error.getErrorCode() == SQLITE_NOTADB;
            std::cerr << (damaged ? fmt::format("orderd: {} is damaged ({}): put it aside, and restore a backup with "
                                                "`orderd restore FILE`\n",
                                                storage::Files(config_.data).database.string(), error.what())
                                  : fmt::format("orderd: {}\n", error.what()));
            return kFailed;
        } catch (const std::exception& error) {
            std::cerr << "orderd: " << error.what() << '\n';
            return kFailed;
        }
    }

private:
    /// The settings that a command uses, so that its help shows only those.
    enum class Settings { none, folder, server };

    CLI::App* add(CLI::App& parent, const std::string& name, const std::string& does, Settings settings,
                  std::function<int()> command) {
        auto* sub = parent.add_subcommand(name, does);
        sub->fallthrough();
        sub->callback([this, sub, command = std::move(command)] {
            if (sub->get_subcommands().empty()) {
                command_ = command;
            }
        });
        sub->footer([this, settings] { return help_of(settings); });
        return sub;
    }

    std::string help_of(Settings settings) const {
        const CLI::Formatter formatter;
        if (settings == Settings::server) {
            return "\nSettings, which may come before or after the command:\n" +
                   formatter.make_groups(&line_, CLI::AppFormatMode::Sub);
        }
        if (settings == Settings::folder) {
            return formatter.make_group("The shop", false,
                                        {line_.get_option_no_throw("--data"), line_.get_option_no_throw("--config")});
        }
        return "";
    }

    /// CLI11 only reports that a command is missing, even if an unknown one was given. @returns the error for
    /// an unknown command; empty if there is none
    std::string unknown_command() const {
        const auto* app = &line_;
        for (auto parsed = app->get_subcommands(); !parsed.empty(); parsed = app->get_subcommands()) {
            app = parsed.front();
        }
        const auto commands = app->get_subcommands([](const CLI::App* sub) { return !sub->get_name().empty(); });
        const auto words = line_.remaining(true);
        const auto word = std::find_if(words.begin(), words.end(), [](const auto& it) { return !it.starts_with('-'); });
        if (commands.empty() || word == words.end()) {
            return "";
        }
        std::vector<std::string> names;
        for (const auto* command : commands) {
            names.push_back(command->get_name());
        }
        return fmt::format("{0}: there is no command {1}; the commands are {2}. `{0} COMMAND --help` says more",
                           app == &line_ ? "orderd" : "orderd " + app->get_name(), *word, fmt::join(names, ", "));
    }

    /// The shop's folder. @throws WrongUse if it is missing, in CLI11's words
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
        auto* serve = add(line_, "serve", "Serve the shop; makes it in an empty folder", Settings::server, [this] {
            data();
            app::serve(config_, clock_, std::cout);
            return kDone;
        });
        add_currency_option(serve);
        auto* demo = add(line_, "demo", "Serve a shop with a made-up catalogue and orders", Settings::server, [this] {
            app::demo(config_, password_, clock_, std::cout);
            return kDone;
        });
        demo->add_option("--password", password_, "The owner's password; a random one without it");
    }

    void add_admin() {
        auto* admin = line_.add_subcommand("admin", "Users of the dashboard");
        admin->fallthrough();
        admin->require_subcommand(1);
        auto* add_user = add(*admin, "add", "Add a user; makes the shop in an empty folder", Settings::folder, [this] {
            const auto password = accounts::read_password(std::cin);
            accounts::require_username(username_);  // before a shop is made for it
            accounts::require_new_password(password, username_);
            const auto store = app::open_or_make(data(), config_.currency, clock_, std::cout);
            accounts::add_admin_command(*store, username_, role_, password, std::cout, clock_.now());
            return kDone;
        });
        add_user->add_option("NAME", username_, "The username")->required();
        add_user->add_option("--role", role_, "owner, staff or viewer")
            ->required()
            ->check(CLI::IsMember({"owner", "staff", "viewer"}));
        add_password_option(add_user);
        add_currency_option(add_user);

        auto* passwd =
            add(*admin, "passwd", "Set a user's password, and sign them out everywhere", Settings::folder, [this] {
                const auto password = accounts::read_password(std::cin);
                const auto store = app::open_shop(data(), clock_, false);
                accounts::admin_password_command(*store, username_, password, without_totp_, std::cout, clock_.now());
                return kDone;
            });
        passwd->add_option("NAME", username_, "The username")->required();
        passwd->add_flag("--without-totp", without_totp_, "Also let them sign in without a code");
        add_password_option(passwd);

        add(*admin, "list", "List the users", Settings::folder, [this] {
            accounts::list_admins_command(*app::open_shop(data(), clock_, false), std::cout);
            return kDone;
        });
    }

    void add_currency_option(CLI::App* command) {
        command->add_option("--currency", config_.currency, "The currency of a new shop; EUR without it")
            ->check(app::check_currency);
    }

    void add_password_option(CLI::App* command) {
        command->add_flag("--password-stdin", password_stdin_, "Read the password from standard input (its first line)")
            ->required();
    }

    void add_sheets() {
        auto* import = add(
            line_, "import", "Import products from Shopify's CSV; makes the shop in an empty folder", Settings::folder,
            [this] {
                if (!everything_.empty()) {
                    app::import_everything(data(), everything_, restore_wish_, clock_, std::cout);
                    return kDone;
                }
                const bool may_make = !dry_run_ && undo_ == 0;
                if (undo_ == 0) {
                    catalog::require_import_file(file_);  // before a shop is made for it
                }
                const auto store = may_make ? app::open_or_make(data(), config_.currency, clock_, std::cout)
                                            : app::open_shop(data(), clock_, false);
                const catalog::ImportOptions options{.file = file_,
                                                     .dry_run = dry_run_,
                                                     .counted_at = parse_time(counted_at_),
                                                     .undo = undo_ == 0 ? std::nullopt : std::optional(ImportId{undo_}),
                                                     .bar = ::isatty(STDERR_FILENO) == 1};
                return catalog::import_command(*store, clock_, options, std::cout, std::cerr);
            });
        auto* source = import->add_option_group("What to import");
        source->add_option("FILE", file_, "The CSV file");
        source->add_option("--undo", undo_, "Undo the import with this number")->check(app::whole_number(1));
        source->add_option("--everything", everything_,
                           "A file of `orderd export --everything`: makes that shop in a folder that has none");
        source->require_option(1);
        add_currency_option(import);
        import
            ->add_option("--counted-at", counted_at_,
                         "When the file's stock was counted: the report then says what was sold since")
            ->check(app::check_time);
        import->add_flag("--dry-run", dry_run_, "Show what would change, and change nothing");
        import->add_flag("--nothing-since", restore_wish_.nothing_since,
                         "With --everything: the shop was stopped before, as in a move: numbers simply continue");
    }

    void add_exports() {
        auto* exports =
            add(line_, "export", "Export as CSV, in Shopify's columns; or the whole shop", Settings::folder, [this] {
                if (!export_everything_) {
                    throw WrongUse("export: say what: products, orders, customers, or --everything");
                }
                const auto store = app::open_shop(data(), clock_, false);
                app::export_everything(*store, export_.file, clock_, std::cout);
                return kDone;
            });
        exports->require_subcommand(0, 1);
        exports->add_flag("--everything", export_everything_,
                          "The whole shop as JSON Lines, opened: whoever has the file has customers and secrets");
        exports->add_option("--output", export_.file, "A file; standard output without it");
        auto* products = add(*exports, "products", "All products", Settings::folder, [this] {
            const auto store = app::open_shop(data(), clock_, false);
            return catalog::export_products_command(
                *store, {.file = export_.file, .style = export_.style, .bar = ::isatty(STDERR_FILENO) == 1}, std::cout,
                std::cerr);
        });
        auto* orders = add(*exports, "orders", "Orders, with a row for each of their lines", Settings::folder, [this] {
            const auto store = app::open_shop(data(), clock_, false);
            app::export_orders_command(*store, export_, clock_, std::cout);
            return kDone;
        });
        auto* customers =
            add(*exports, "customers", "Customers, with how much they ordered and paid", Settings::folder, [this] {
                const auto store = app::open_shop(data(), clock_, false);
                app::export_customers_command(*store, export_, clock_, std::cout);
                return kDone;
            });
        for (auto* sheet : {products, orders, customers}) {
            sheet->add_option("--output", export_.file, "A file; standard output without it");
            sheet
                ->add_option_function<std::string>(
                    "--separator", [this](const std::string& text) { export_.style.separator = text.front(); },
                    "Between the fields: , or ; (amounts then have a decimal comma, as spreadsheets expect in much of "
                    "Europe)")
                ->check(CLI::IsMember({",", ";"}));
            sheet->add_flag("--bom", export_.style.bom,
                            "Begin with a UTF-8 byte order mark, by which Excel knows letters such as ä");
        }
        orders->add_option("--status", export_.statuses, "Only orders in these states, as paid,shipped")
            ->delimiter(',')
            ->check(CLI::IsMember(app::order_statuses()));
        orders->add_option("--from", export_.from, "Only orders placed on this day or later, in the shop's time zone")
            ->check(app::check_time);
        orders->add_option("--to", export_.to, "Only orders placed until the end of this day")->check(app::check_time);
        orders->add_option("--search", export_.search,
                           "Only an order's number, or the e-mail, telephone or name of a customer");
        customers->add_option("--search", export_.search, "Only customers with this e-mail, telephone or name");
    }

    void add_care() {
        auto* check =
            add(line_, "check", "Check every invariant of the shop, and print a line for each", Settings::folder,
                [this] { return app::check_command(data(), repair_, clock_, std::cout) ? kDone : kFailed; });
        check->add_flag("--repair", repair_, "Recompute the stock counters from the ledger, and print what changed");

        auto* backup = add(line_, "backup", "Copy the database, also while it is served, and check the copy",
                           Settings::folder, [this] {
                               if (drill_) {
                                   return app::drill_command(data(), file_, std::cout) ? kDone : kFailed;
                               }
                               if (file_.empty()) {
                                   throw WrongUse("backup: FILE is required: where the copy goes (or --drill)");
                               }
                               app::backup_command(data(), file_, std::cout);
                               return kDone;
                           });
        backup->add_option("FILE", file_, "The new file; it must not exist yet. With --drill: the backup to test");
        backup->add_flag("--drill", drill_,
                         "Restore FILE, or a copy made now, into a scratch folder, check it there, and remove it");

        auto* restore = add(line_, "restore", "Put a backup into a folder that has no shop", Settings::folder, [this] {
            app::restore_command(data(), file_, restore_wish_, clock_, std::cout);
            return kDone;
        });
        restore->add_option("FILE", file_, "The backup")->required();
        restore->add_flag("--with-faults", restore_wish_.even_with_faults,
                          "Restore it even if `orderd check` finds faults in it");
        restore->add_flag("--nothing-since", restore_wish_.nothing_since,
                          "The shop was stopped before the backup was made, as in a move: numbers simply continue");

        auto* migrate =
            add(line_, "migrate", "Migrate the database to this version's schema", Settings::folder, [this] {
                if (rehearse_) {
                    return app::rehearse_command(data(), std::cout) ? kDone : kFailed;
                }
                app::migrate_command(data(), clock_, std::cout);
                return kDone;
            });
        migrate->add_flag("--rehearse", rehearse_, "Do it on a copy, check that, and print how long it took");

        add(line_, "compact", "Rewrite the database without its free pages, while the shop is not served",
            Settings::folder, [this] {
                app::compact_command(data(), clock_, std::cout);
                return kDone;
            });

        auto* key = line_.add_subcommand("key", "The key that encrypts customers' data");
        key->fallthrough();
        key->require_subcommand(1);
        auto* rotate = add(*key, "rotate", "Replace the key by a new one, even while the shop is served",
                           Settings::folder, [this] {
                               const auto store = app::open_shop(data(), clock_, false);
                               app::rotate_key(*store, {.keep_old = file_, .bar = ::isatty(STDERR_FILENO) == 1}, clock_,
                                               std::cout, std::cerr);
                               return kDone;
                           });
        rotate->add_option("--keep-old", file_, "Copy the old key to this file first: older backups open only with it");

        add(line_, "doctor", "Check what the shop depends on, and print how to fix what is wrong", Settings::folder,
            [this] { return app::doctor(with_data(), clock_, std::cout) ? kDone : kFailed; });
        auto* bench = add(
            line_, "bench", "Measure this machine with a scratch shop, which is removed afterwards", Settings::folder,
            [this] {
                const auto place = config_.data.empty() ? std::filesystem::temp_directory_path() : config_.data;
                const app::BenchOptions options{.place = place, .orders = orders_, .bar = ::isatty(STDERR_FILENO) == 1};
                return app::bench(options, clock_, std::cout, std::cerr) ? kDone : kFailed;
            });
        bench->add_option("--orders", orders_, "How many orders to place; with --data, in a new folder inside it")
            ->capture_default_str()
            ->check(app::whole_number(1, 1'000'000));

        auto* version = add(line_, "version", "Print the version", Settings::none, [this] {
            std::cout << "orderd " << orderd::version() << "\n" << (verbose_ ? app::libraries() : "");
            return kDone;
        });
        version->add_flag("--verbose", verbose_, "Also print the libraries in it, with their versions");
    }

    void add_reference() {
        add(line_, "config", "Print a configuration file with every setting, explained and commented out",
            Settings::none, [this] {
                std::cout << app::sample_configuration(line_);
                return kDone;
            });
        add(line_, "manual", "Print the manual page, for man(1)", Settings::none, [this] {
            std::cout << app::manual_page(line_);
            return kDone;
        });
        auto* completions = add(line_, "completions", "Print the completions of a shell", Settings::none, [this] {
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

    // set by the subcommands' own options
    std::string password_;
    std::string username_;
    std::string role_;
    std::filesystem::path file_;
    bool password_stdin_ = false;
    bool without_totp_ = false;
    bool dry_run_ = false;
    bool export_everything_ = false;
    std::filesystem::path everything_;
    std::string counted_at_;
    bool repair_ = false;
    bool drill_ = false;
    bool rehearse_ = false;
    app::RestoreWish restore_wish_;
    app::ExportWish export_;
    bool verbose_ = false;
    std::string shell_;
    std::int64_t undo_ = 0;
    std::int64_t orders_ = 10'000;
};

}  // namespace

}  // namespace orderd

int main(int argc, char** argv) {
    ::umask(077);  // new files are private to the shop's user: database, key, exports
    const int code = orderd::CommandLine().run(argc, argv);
    if (orderd::Apart::running() > 0) {  // calls to the outside still hang; what they use must not be destroyed
        std::cout.flush();
        std::cerr.flush();
        std::_Exit(code);
    }
    return code;
}
