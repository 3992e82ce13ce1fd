#include "app/commands.h"

#include <fmt/format.h>

#include <cstdlib>
#include <ostream>

#include "app/backups.h"
#include "app/check.h"
#include "app/open_shop.h"
#include "storage/migrations.h"
#include "storage/settings.h"
#include "storage/size.h"

namespace orderd::app {

std::string told_of_new_shop(const std::filesystem::path& data, const std::string& currency) {
    return fmt::format(
        "Made a new shop in {}, with prices in {} (--currency, or the settings before the first product)\n",
        data.string(), currency);
}

std::unique_ptr<storage::Store> open_or_make(const std::filesystem::path& data, const std::string& currency,
                                             const Clock& clock, std::ostream& out) {
    const bool is_new = !std::filesystem::exists(storage::Files(data).database);
    auto store = open_shop(data, clock, true, false, currency);
    if (is_new) {
        out << told_of_new_shop(data, settings::currency(store->read()));
    }
    return store;
}

bool check_command(const std::filesystem::path& data, bool repair_too, const Clock& clock, std::ostream& out) {
    const auto store = open_shop(data, clock, false);
    if (repair_too) {
        const auto lines = store->writer().run([&](storage::Transaction& tx) { return repair(tx, clock.now()); });
        for (const auto& line : lines) {
            out << line << '\n';
        }
        out << (lines.empty() ? "nothing to repair\n" : "");
    }
    bool all_hold = true;
    for (const auto& finding : check(store->read())) {
        all_hold = all_hold && finding.faults.empty();
        out << fmt::format("{:<4} {}: {}\n", finding.faults.empty() ? "ok" : "FAIL", finding.name, finding.promise);
        for (const auto& fault : finding.faults) {
            out << fmt::format("       {}\n", fault);
        }
        for (const auto& note : finding.notes) {
            out << fmt::format("     note: {}\n", note);
        }
    }
    return all_hold;
}

namespace {

storage::Files files_of_shop(const std::filesystem::path& data) {
    storage::Files files(data);
    if (!std::filesystem::exists(files.database)) {
        throw storage::OpenError(fmt::format("there is no shop in {}", data.string()));
    }
    return files;
}

bool tell(const Drill& drill, std::string_view what, std::ostream& out) {
    for (const auto& fault : drill.faults) {
        out << fmt::format("FAIL {}\n", fault);
    }
    out << fmt::format("{} in {:.1f} s: {}\n", what, static_cast<double>(drill.took.count()) / 1000,
                       drill.faults.empty() ? "every invariant holds" : "it does not check");
    return drill.faults.empty();
}

}  // namespace

bool drill_command(const std::filesystem::path& data, const std::filesystem::path& backup, std::ostream& out) {
    const auto files = files_of_shop(data);
    const auto place = std::filesystem::temp_directory_path();
    return tell(backup.empty() ? drill_now(files, place) : drill(files, backup, place), "restored to a scratch folder",
                out);
}

bool rehearse_command(const std::filesystem::path& data, std::ostream& out) {
    return tell(drill_now(files_of_shop(data), data),
                fmt::format("a copy was brought to schema {}", storage::kSchemaVersion), out);
}

void backup_command(const std::filesystem::path& data, const std::filesystem::path& target, std::ostream& out) {
    const auto files = files_of_shop(data);
    checked_backup(files, target);
    out << fmt::format("backed up to {} ({} bytes), and checked\n", target.string(), std::filesystem::file_size(target))
        << fmt::format(
               "Keep the key apart from it: {} is not in the backup, and without it the customers in the backup "
               "cannot be read. Copy it once, to paper or a password manager: base64 {}\n",
               files.key.string(), files.key.string());
}

namespace {

void tell_of_restoration(const std::filesystem::path& data, const Restoration& told, const RestoreWish& wish,
                         std::ostream& out) {
    const auto list = [&](std::string_view title, const std::vector<std::string>& all) {
        out << title << (all.empty() ? " none\n" : "\n");
        for (const auto& one : all) {
            out << "    " << one << '\n';
        }
    };
    out << fmt::format("restored to {}, as the shop was at {}\n", data.string(), rfc3339(told.until));
    if (!told.faults.empty()) {
        list("It violates invariants:", told.faults);
    }
    const auto last = number(told.last_order);
    const auto in_backup = last == 0 ? "the backup has none" : fmt::format("the backup's last is {}", last);
    if (wish.nothing_since) {
        out << fmt::format("Orders continue with number {} ({}).\n", number(told.next_order), in_backup);
    } else {
        out << fmt::format(
            "What happened since is not in it. Orders continue with number {} ({}), and payments, parcels, products and "
            "customers likewise skip numbers, so that none is used twice; the event log has another name.\n",
            number(told.next_order), in_backup);
        out << fmt::format(
            "Invoices and credit notes begin new series, whose numbers end with {}: 2026-00001 is followed by "
            "2026-00001{}. Those that were issued since the backup are not in it: find them in your mails or your "
            "accounting, and keep them.\n",
            told.document_letters, told.document_letters);
    }
    out << "Once it is served, the payment gateways are asked what they charged and refunded since. Before they have "
           "answered, nothing is charged or refunded for the backup's orders. A charge for an order that is not in the "
           "backup, or has another total there, is recorded as payment.unknown_charge.\n";
    list("These are its owners; remove those you do not know:", told.owners);
    list("These API keys are valid:", told.api_keys);
}

}  // namespace

void restore_command(const std::filesystem::path& data, const std::filesystem::path& source, const RestoreWish& wish,
                     const Clock& clock, std::ostream& out) {
    const storage::Files files(data);
    if (!std::filesystem::exists(source)) {
        throw storage::OpenError(fmt::format("there is no file {}", source.string()));
    }
    if (!std::filesystem::exists(files.key)) {
        throw storage::OpenError(fmt::format(
            "put the shop's key at {} first (mode 0600): the backup does not contain it", files.key.string()));
    }
    require_room(data, std::filesystem::file_size(source));
    tell_of_restoration(data, restore_shop(source, files, wish, clock), wish, out);
}

void migrate_command(const std::filesystem::path& data, const Clock& clock, std::ostream& out) {
    const auto store = open_shop(data, clock, false);  // migrates it
    out << fmt::format("the database is at schema {}\n", storage::kSchemaVersion);
}

void compact_command(const std::filesystem::path& data, const Clock& clock, std::ostream& out) {
    const auto files = files_of_shop(data);
    // SQLite writes the rows into a temporary file, then into the log, and then into the database.
    require_room(data, 2 * std::filesystem::file_size(files.database));
    ::setenv("SQLITE_TMPDIR", data.c_str(), 1);
    const auto store = open_shop(data, clock, false, true);
    const auto before = storage::size_of(store->read()).file;
    store->compact();
    const auto after = storage::size_of(store->read()).file;
    out << fmt::format("the database was {} MiB, and is {} MiB\n", before >> 20U, after >> 20U);
}

}  // namespace orderd::app
