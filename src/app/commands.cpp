#include "app/commands.h"

#include <fmt/format.h>

#include <ostream>

#include "app/app.h"
#include "app/check.h"
#include "storage/migrations.h"

namespace orderd::app {

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
    }
    return all_hold;
}

void backup_command(const std::filesystem::path& data, const std::filesystem::path& target, std::ostream& out) {
    const storage::Files files(data);
    if (!std::filesystem::exists(files.database)) {
        throw storage::OpenError(fmt::format("there is no shop in {}", data.string()));
    }
    storage::backup(files.database, target);
    out << fmt::format("backed up to {} ({} bytes)\n", target.string(), std::filesystem::file_size(target))
        << fmt::format(
               "Keep the key apart from it: {} is not in the backup, and without it the customers in the backup "
               "cannot be read.\n",
               files.key.string());
}

void restore_command(const std::filesystem::path& data, const std::filesystem::path& source, std::ostream& out) {
    const storage::Files files(data);
    if (std::filesystem::exists(files.database)) {
        throw storage::OpenError(
            fmt::format("there is a shop in {} already; restoring never overwrites", data.string()));
    }
    if (!std::filesystem::exists(source)) {
        throw storage::OpenError(fmt::format("there is no file {}", source.string()));
    }
    if (!std::filesystem::exists(files.key)) {
        throw storage::OpenError(
            fmt::format("put the shop's key at {} first (mode 0600): the backup does not hold it", files.key.string()));
    }
    storage::restore(source, files);
    out << fmt::format("restored to {}\n", data.string());
}

void migrate_command(const std::filesystem::path& data, const Clock& clock, std::ostream& out) {
    const auto store = open_shop(data, clock, false);  // opening migrates
    out << fmt::format("the database is at schema {}\n", storage::kSchemaVersion);
}

}  // namespace orderd::app
