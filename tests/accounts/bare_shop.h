#pragma once

#include "accounts/admin.h"
#include "accounts/customer.h"
#include "storage/settings.h"
#include "storage/store.h"
#include "support/manual_clock.h"
#include "support/temporary_folder.h"

namespace orderd::tests {

/// A new shop's database without a server, for what is not seen through HTTP.
struct BareShop {
    TemporaryFolder folder = {};
    ManualClock clock = {};
    storage::Store store{folder.path(), options()};

    template <class Mutate>
    auto write(Mutate&& mutate) {
        return store.writer().run(std::forward<Mutate>(mutate));
    }

    CustomerId guest(const accounts::Contact& contact, const accounts::Address& address = berlin()) {
        const auto who = accounts::prepare(store.vault(), contact, address);
        return write([&](storage::Transaction& tx) {
            const auto id = accounts::find_or_add_guest(tx, who, clock.now());
            accounts::index_customer(tx, id);  // without a server, nobody reads the event log
            return id;
        });
    }

    CustomerId account(const accounts::Contact& contact, const std::string& password_hash = "!") {
        const auto who = accounts::prepare(store.vault(), contact, berlin());
        return write([&](storage::Transaction& tx) {
            const auto id = accounts::add_account(tx, who, password_hash, Actor::system(), clock.now());
            accounts::index_customer(tx, id);
            return id;
        });
    }

    accounts::Admin admin(const std::string& username, Role role, const std::string& password_hash = "!") {
        return write([&](storage::Transaction& tx) {
            return accounts::add_admin(tx, username, role, password_hash, Actor::command_line(), clock.now());
        });
    }

    std::int64_t count(std::string_view sql) { return *store.read().value<std::int64_t>(sql); }

    storage::Store::Options options() {
        storage::Store::Options made;
        made.make_new = [this](storage::Transaction& tx) {
            settings::write(tx, "currency", "EUR", clock.now());
            accounts::add_first_owner(tx, clock.now());
        };
        return made;
    }

    static accounts::Address berlin() {
        return {.line1 = "Analytische Allee 12",
                .line2 = "",
                .city = "Berlin",
                .region = "",
                .postal_code = "10115",
                .country = "DE"};
    }
};

}  // namespace orderd::tests
