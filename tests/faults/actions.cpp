#include "faults/actions.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "app/check.h"
#include "app/open_shop.h"
#include "app/restoring.h"
#include "documents/support.h"
#include "faults/requests.h"
#include "payments/sandbox.h"
#include "storage/backup.h"
#include "storage/migrations.h"
#include "support/kept_database.h"
#include "support/picture_files.h"

namespace orderd::tests {

namespace {

using std::filesystem::path;

constexpr auto kCsv = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\ncup,Cup,CUP,5,3.50\n";

Json idempotent_order(Shop& shop) {
    const auto placed = shop.order({{shop.product({}), 1}});
    if (placed.status != 201) {
        throw std::runtime_error(placed.text);
    }
    return {{"order", placed.body["id"]}, {"token", placed.body["access_token"]}};
}

Json awaited_transfer(Shop& shop) {
    auto known = idempotent_order(shop);
    const auto payment = shop.post("/payments", {{"order_id", known["order"]}, {"method", {{"type", "bank_transfer"}}}},
                                   known["token"].get<std::string>());
    known["payment"] = fmt::format("/payments/{}", payment.body["id"].get<std::int64_t>());
    return known;
}

Reply receive_transfer(Shop& shop, const Json& known) {
    return shop.post(known["payment"].get<std::string>() + "/capture", Json::object(), shop.staff(),
                     {{"Idempotency-Key", "received"}});
}

/// … by a shop whose payments are invoiced.
Json awaited_and_invoiced(Shop& shop) {
    make_seller(shop);
    return awaited_transfer(shop);
}

/// With the payment, or after it by a job, and once.
void was_invoiced_once(Shop& shop, Wrongs& wrongs) {
    const auto numbers = number_in(shop.store().read(), "SELECT count(*) FROM document WHERE number GLOB '*-00001'");
    const auto all = number_in(shop.store().read(), "SELECT count(*) FROM document");
    if (numbers != 1 || all != 1) {
        wrongs.push_back(fmt::format("there are {} documents, and {} with the first number", all, numbers));
    }
}

Json labelled_parcel(Shop& shop) {
    auto known = awaited_transfer(shop);
    receive_transfer(shop, known);
    const auto parcel = shop.put(fmt::format("/orders/{}/fulfillment", known["order"].get<std::int64_t>()),
                                 Json::object(), shop.staff());
    shop.drain();
    known["parcel"] = fmt::format("/shipments/{}", parcel.body["id"].get<std::int64_t>());
    return known;
}

Reply charge_card(Shop& shop, const Json& known) {
    const Json card{
        {"type", "card"}, {"number", "4242424242424242"}, {"exp_month", 12}, {"exp_year", 2030}, {"cvc", "737"}};
    return shop.post("/payments", {{"order_id", known["order"]}, {"method", card}}, known["token"].get<std::string>(),
                     {{"Idempotency-Key", "charged"}});
}

/// The job asked the simulated gateway once in effect, whatever failed in between.
void card_was_charged_once(Shop& shop, Wrongs& wrongs) {
    const auto ledger = shop.app().sandbox()->ledger();
    const auto captured =
        std::count_if(ledger.begin(), ledger.end(), [](const auto& entry) { return entry.status == "captured"; });
    const auto paid = number_in(shop.store().read(), "SELECT count(*) FROM orders WHERE status = 'paid'");
    if (captured != 1 || paid != 1) {
        wrongs.push_back(fmt::format("the card was charged {} times, and {} orders are paid", captured, paid));
    }
}

std::vector<Action> request_actions() {
    std::vector<RequestAction> requests{
        {.name = "place",
         .prepare =
             [](Shop& shop) {
                 return Json{{"product", shop.product({})}};
             },
         .ask =
             [](Shop& shop, const Json& known) {
                 return shop.order({{known["product"].get<std::int64_t>(), 1}}, {{"Idempotency-Key", "placed"}});
             },
         .times = "SELECT count(*) FROM orders"},
        {.name = "pay",
         .prepare = awaited_transfer,
         .ask = receive_transfer,
         .times = "SELECT count(*) FROM payment WHERE captured = amount"},
        {.name = "invoice",
         .prepare = awaited_and_invoiced,
         .ask = receive_transfer,
         .times = "SELECT count(*) FROM payment WHERE captured = amount",
         .after_jobs = was_invoiced_once},
        {.name = "charge",
         .prepare = idempotent_order,
         .ask = charge_card,
         .times = "SELECT count(*) FROM payment",
         .after_jobs = card_was_charged_once},
        {.name = "ship",
         .prepare = labelled_parcel,
         .ask =
             [](Shop& shop, const Json& known) {
                 return shop.post(known["parcel"].get<std::string>() + "/events", {{"status", "in_transit"}},
                                  shop.staff());
             },
         .times = "SELECT count(*) FROM shipment WHERE status = 'in_transit'"},
        {.name = "group",
         .prepare = [](Shop&) { return Json::object(); },
         .ask =
             [](Shop& shop, const Json&) {
                 return shop.post("/admin/product-groups",
                                  {{"name", "Shirt"},
                                   {"options", Json::array({{{"name", "Size"}, {"values", Json::array({"S", "M"})}}})},
                                   {"generate", {{"price", 100}}}},
                                  shop.staff(), {{"Idempotency-Key", "grouped"}});
             },
         .times = "SELECT count(*) FROM product_group"},
        {.name = "import",
         .prepare = [](Shop&) { return Json::object(); },
         .ask =
             [](Shop& shop, const Json&) {
                 return shop.send("POST", "/admin/inventory/import", kCsv, "text/csv", shop.staff());
             },
         .times = "SELECT count(*) FROM product"},
        {.name = "picture",
         .prepare =
             [](Shop& shop) {
                 return Json{{"product", shop.product({})}};
             },
         .ask =
             [](Shop& shop, const Json& known) {
                 static const auto file = png_of({900, 700}, quarters({900, 700}));
                 return shop.send("POST",
                                  fmt::format("/admin/inventory/{}/pictures", known["product"].get<std::int64_t>()),
                                  file, "image/png", shop.staff(), {{"Idempotency-Key", "seen"}});
             },
         .times = "SELECT count(*) FROM picture"},
    };
    for (const auto& more : {staff_requests(), words_requests()}) {
        requests.insert(requests.end(), more.begin(), more.end());
    }
    std::vector<Action> all;
    std::transform(requests.begin(), requests.end(), std::back_inserter(all), as_action);
    return all;
}

/// A shop with an order, whose newest commits are in the log still, as after a kill.
void prepare_killed(const path& folder) {
    Shop shop;
    idempotent_order(shop);
    copy_files(shop.folder(), folder);
    std::filesystem::remove(folder / "shop.db-shm");
}

void prepare_closed(const path& folder) {
    Shop shop;
    idempotent_order(shop);
    shop.restart([&] { copy_files(shop.folder(), folder); });
}

/// Opens the shop of a folder for a moment. @returns whether it could; what a person is told otherwise is a text
bool opens(const path& folder, bool may_make, Wrongs& wrongs) {
    try {
        app::open_shop(folder, ManualClock(), may_make);
        return true;
    } catch (const storage::OpenError& error) {
        if (std::string_view(error.what()).find("shop") == std::string_view::npos) {
            wrongs.push_back(fmt::format("the refusal does not name the shop: {}", error.what()));
        }
        return false;
    }
}

/// After faults: the shop opens, and holds as many orders as it did.
void check_opened(const path& folder, bool may_make, std::int64_t orders, Wrongs& wrongs) {
    const auto store = app::open_shop(folder, ManualClock(), may_make);
    if (const auto found = number_in(store->read(), "SELECT count(*) FROM orders"); found != orders) {
        wrongs.push_back(fmt::format("there are {} orders, not {}", found, orders));
    }
    check_shop(store->read(), "opened again", wrongs);
}

Wrongs make_under(Faults& faults, const path&) {
    Wrongs wrongs;
    const TemporaryFolder folder;
    faults.begin(folder.path());
    const bool made = opens(folder.path(), true, wrongs);
    faults.end();
    const bool there = opens(folder.path(), false, wrongs);
    if (made && !there) {
        wrongs.emplace_back("a shop that was made is not there");
    }
    check_opened(folder.path(), true, 0, wrongs);
    return wrongs;
}

Wrongs open_under(Faults& faults, const path& prepared) {
    Wrongs wrongs;
    const TemporaryFolder folder;
    copy_files(prepared, folder.path());
    app::Config config;
    config.data = folder.path();
    config.listen = "127.0.0.1:0";
    config.log_level = "error";
    config.job_workers = 0;
    const ManualClock clock;
    faults.begin(folder.path());
    try {
        const auto app = app::App::make(config, clock);
        app->bind();
        app->start();
        faults.end();
    } catch (const std::exception& error) {  // main() prints it
        faults.end();
        if (std::string_view(error.what()).empty()) {
            wrongs.emplace_back("it says nothing");
        }
    }
    check_opened(folder.path(), false, 1, wrongs);
    return wrongs;
}

Wrongs migrate_under(Faults& faults, int from) {
    Wrongs wrongs;
    const TemporaryFolder folder;
    const storage::Files files(folder.path());
    put_kept_database(from, files);
    const auto orders = orders_in(files.database);
    faults.begin(folder.path());
    opens(folder.path(), false, wrongs);
    faults.end();
    const auto copy = storage::copy_before_migration(folder.path(), from);
    if (std::filesystem::exists(copy)) {
        SQLite::Database database(copy.string(), SQLite::OPEN_READONLY);
        SQLite::Statement version(database, "PRAGMA user_version");
        if (!version.executeStep() || version.getColumn(0).getInt() != from) {
            wrongs.emplace_back("the copy from before is not of the old schema");
        }
    }
    check_opened(folder.path(), false, orders, wrongs);
    return wrongs;
}

Wrongs checkpoint_under(Faults& faults, const path& prepared, const std::function<void(Shop&)>& checkpoint) {
    Wrongs wrongs;
    Shop shop(prepared);
    if (shop.order({{1, 1}}).status != 201) {
        throw std::runtime_error("there is nothing to checkpoint");
    }
    faults.begin(shop.folder());
    checkpoint(shop);
    faults.end();
    const TemporaryFolder killed;
    copy_files(shop.folder(), killed.path());
    check_opened(killed.path(), false, 2, wrongs);
    shop.restart();
    if (shop.order({{1, 1}}).status != 201) {
        wrongs.emplace_back("no order can be placed after it");
    }
    check_opened(shop.folder(), false, 3, wrongs);
    return wrongs;
}

/// Calls what makes a file. It is there if the call says so: by succeeding, or, where it could neither be synced nor removed,
/// in words.
///
/// @returns whether it is there
bool makes_file(const path& file, const std::function<void()>& make, Faults& faults, Wrongs& wrongs) {
    bool told = false;
    faults.begin(file.parent_path());
    try {
        make();
        told = true;
    } catch (const storage::OpenError& error) {
        const std::string_view words(error.what());
        told = words.find("is there, but") != std::string_view::npos;
        if (words.find("shop") == std::string_view::npos) {
            wrongs.push_back(fmt::format("the refusal names no file: {}", error.what()));
        }
    }
    faults.end();
    const bool there = std::filesystem::exists(file);
    if (told != there) {
        wrongs.push_back(
            fmt::format("{} is {}", file.filename().string(), there ? "there, and was not made" : "not there"));
    }
    return there;
}

/// The faults strike the backup's files and the shop's.
Wrongs back_up_under(Faults& faults, const path& prepared) {
    Wrongs wrongs;
    const TemporaryFolder folder;
    copy_files(prepared, folder.path());
    const storage::Files files(folder.path());
    const auto target = folder.path() / "shop-backup.db";
    const auto make = [&] { storage::backup(files.database, target); };
    if (!makes_file(target, make, faults, wrongs)) {
        make();
    }
    check_opened(folder.path(), false, 1, wrongs);
    std::filesystem::rename(target, files.database);
    for (const auto* companion : {"-wal", "-shm"}) {
        std::filesystem::remove(files.database.string() + companion);
    }
    check_opened(folder.path(), false, 1, wrongs);
    return wrongs;
}

void prepare_backup(const path& folder) {
    Shop shop;
    idempotent_order(shop);
    const storage::Files files(shop.folder());
    storage::backup(files.database, folder / "shop-backup.db");
    std::filesystem::copy_file(files.key, folder / "shop.key");
}

Wrongs restore_under(Faults& faults, const path& prepared) {
    Wrongs wrongs;
    const TemporaryFolder folder;
    copy_files(prepared, folder.path());
    const storage::Files files(folder.path());
    const auto source = folder.path() / "shop-backup.db";
    const ManualClock clock;
    const auto restore = [&] { app::restore_shop(source, files, {}, clock); };
    if (!makes_file(files.database, restore, faults, wrongs)) {
        restore();
    }
    check_opened(folder.path(), false, 1, wrongs);
    return wrongs;
}

std::vector<Action> all_actions() {
    std::vector<Action> all{
        {.name = "make",
         .prepare = [](const path&) {},
         .run = [](const path& prepared, Faults& faults) { return make_under(faults, prepared); }},
        {.name = "open",
         .prepare = prepare_killed,
         .run = [](const path& prepared, Faults& faults) { return open_under(faults, prepared); }},
        {.name = "checkpoint",
         .prepare = prepare_closed,
         .run =
             [](const path& prepared, Faults& faults) {
                 return checkpoint_under(faults, prepared, [](Shop& shop) { shop.store().clear_log(); });
             }},
        {.name = "stop",
         .prepare = prepare_closed,
         .run =
             [](const path& prepared, Faults& faults) {
                 return checkpoint_under(faults, prepared, [](Shop& shop) { shop.app().drain(); });
             }},
        {.name = "backup",
         .prepare = prepare_killed,
         .run = [](const path& prepared, Faults& faults) { return back_up_under(faults, prepared); }},
        {.name = "restore",
         .prepare = prepare_backup,
         .run = [](const path& prepared, Faults& faults) { return restore_under(faults, prepared); }},
    };
    for (int from = 1; from <= storage::kSchemaVersion; ++from) {
        all.push_back({.name = fmt::format("migrate-{}", from),
                       .prepare = [](const path&) {},
                       .run = [from](const path&, Faults& faults) { return migrate_under(faults, from); }});
    }
    const auto requests = request_actions();
    all.insert(all.end(), requests.begin(), requests.end());
    return all;
}

}  // namespace

const std::vector<Action>& actions() {
    static const auto all = all_actions();
    return all;
}

const Action& action_named(const std::string& name) {
    const auto found =
        std::find_if(actions().begin(), actions().end(), [&](const Action& one) { return one.name == name; });
    if (found == actions().end()) {
        throw std::logic_error("there is no action " + name);
    }
    return *found;
}

std::int64_t number_in(const storage::View& view, std::string_view sql) {
    return view.value<std::int64_t>(sql).value_or(-1);
}

void check_shop(const storage::View& view, const std::string& where, Wrongs& wrongs) {
    if (const auto sound = view.value<std::string>("PRAGMA integrity_check"); sound != "ok") {
        wrongs.push_back(fmt::format("{}: SQLite says: {}", where, sound.value_or("")));
    }
    for (const auto& finding : app::check(view)) {
        for (const auto& fault : finding.faults) {
            wrongs.push_back(fmt::format("{}: {}: {}", where, finding.name, fault));
        }
    }
}

std::int64_t orders_in(const path& database) {
    SQLite::Database opened(database.string(), SQLite::OPEN_READONLY);
    SQLite::Statement count(opened, "SELECT count(*) FROM orders");
    return count.executeStep() ? count.getColumn(0).getInt64() : -1;
}

void copy_files(const path& from, const path& to) {
    for (const auto& file : std::filesystem::directory_iterator(from)) {
        std::filesystem::copy_file(file.path(), to / file.path().filename(),
                                   std::filesystem::copy_options::overwrite_existing);
    }
}

}  // namespace orderd::tests
