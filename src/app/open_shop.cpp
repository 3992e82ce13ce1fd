#include "app/open_shop.h"

#include <fmt/format.h>

#include <system_error>

#include "accounts/admin.h"
#include "app/following.h"
#include "storage/events.h"
#include "storage/settings.h"

namespace orderd::app {

namespace {

/// Writes what a new shop starts with.
void make_new(storage::Transaction& tx, const std::string& currency, Time now) {
    settings::write(tx, "currency", currency.empty() ? "EUR" : currency, now);
    accounts::add_first_owner(tx, now);
    events::record(tx, "shop.made", {"setting", 0}, Json::object(), Actor::system(), now);
}

/// Removes permissions for others that an older orderd, or copying, left on files. New files follow the umask
/// that main() sets, and SQLite's companions the mode of their database.
void keep_from_others(const storage::Files& files) {
    const auto sandbox = files.folder / "sandbox.db";
    for (const auto& database : {files.database, sandbox}) {
        for (const auto* companion : {"", "-wal", "-shm"}) {
            std::error_code ignored;  // another user's, or missing: opening it reports that
            std::filesystem::permissions(database.string() + companion,
                                         std::filesystem::perms::group_all | std::filesystem::perms::others_all,
                                         std::filesystem::perm_options::remove, ignored);
        }
    }
}

}  // namespace

std::unique_ptr<storage::Store> open_shop(const std::filesystem::path& folder, const Clock& clock, bool may_make,
                                          bool server, const std::string& currency,
                                          const storage::Writer::Limits& limits) {
    storage::Store::Options options;
    options.limits = limits;
    options.server = server;
    if (may_make) {
        options.make_new = [&](storage::Transaction& tx) { make_new(tx, currency, clock.now()); };
    }
    keep_from_others(storage::Files(folder));
    auto store = std::make_unique<storage::Store>(folder, options);
    store->writer().follow(follow);
    if (currency.empty()) {
        return store;
    }
    if (const auto its = settings::currency(store->read()); its != currency) {
        throw storage::OpenError(
            fmt::format("the shop in {} is in {}, not in {}: leave --currency away; while it has no products, its "
                        "settings change the currency",
                        folder.string(), its, currency));
    }
    return store;
}

}  // namespace orderd::app
