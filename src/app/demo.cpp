#include "app/demo.h"

#include <fmt/format.h>

#include <ostream>

#include "accounts/admin.h"
#include "accounts/passwords.h"
#include "app/demo_shop.h"
#include "app/open_shop.h"
#include "app/scratch.h"
#include "app/serve.h"
#include "base/random.h"

namespace orderd::app {

namespace {

void set_owner(storage::Store& store, const std::string& password, Time now) {
    const auto hash = accounts::PasswordHasher().hash(password);
    store.writer().run([&](storage::Transaction& tx) {
        if (const auto owner = accounts::find_admin(tx, "owner"); owner && owner->claimed) {
            accounts::set_admin_password(tx, owner->id, hash, std::nullopt, Actor::command_line(), now);
        } else {
            accounts::add_admin(tx, "owner", Role::owner, hash, Actor::command_line(), now);
        }
    });
}

}  // namespace

void demo(Config config, const std::string& wanted_password, const Clock& clock, std::ostream& out) {
    std::optional<Scratch> scratch;
    if (config.data.empty()) {
        config.data = scratch.emplace(std::filesystem::temp_directory_path(), "demo").path();
    } else {
        std::filesystem::create_directories(config.data);
    }
    config.sandbox_payments = true;
    const auto password = wanted_password.empty() ? random_token("").substr(0, 12) : wanted_password;
    {
        const bool is_new = !std::filesystem::exists(storage::Files(config.data).database);
        const auto store = open_shop(config.data, clock, true);
        set_owner(*store, password, clock.now());
        if (is_new) {
            fill_demo_shop(*store, config.data, clock.now());
        }
    }
    serve(config, clock, out, [&](App& app) {
        out << fmt::format(
                   "Shop       {}/\nDashboard  {}/admin\nSign in    owner / {}\nAPI        {}/docs\nFolder     {}\n"
                   "Ctrl-C ends it{}.\n",
                   app.url(), app.url(), password, app.url(), config.data.string(),
                   scratch ? ", and removes the folder" : "")
            << std::flush;
    });
}

}  // namespace orderd::app
