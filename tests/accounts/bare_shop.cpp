#include "accounts/bare_shop.h"

#include "accounts/customer.h"
#include "storage/settings.h"

namespace orderd::tests {

CustomerId BareShop::guest(const accounts::Contact& contact, const accounts::Address& address) {
    const auto who = accounts::prepare(store.vault(), contact, address);
    return write([&](storage::Transaction& tx) {
        const auto id = accounts::find_or_add_guest(tx, who, clock.now());
        accounts::index_customer(tx, id);  // without a server, nobody reads the event log
        return id;
    });
}

CustomerId BareShop::account(const accounts::Contact& contact, const std::string& password_hash) {
    const auto who = accounts::prepare(store.vault(), contact, berlin());
    return write([&](storage::Transaction& tx) {
        const auto id = accounts::add_account(tx, who, password_hash, Actor::system(), clock.now());
        accounts::index_customer(tx, id);
        return id;
    });
}

accounts::Admin BareShop::admin(const std::string& username, Role role, const std::string& password_hash) {
    return write([&](storage::Transaction& tx) {
        return accounts::add_admin(tx, username, role, password_hash, Actor::command_line(), clock.now());
    });
}

storage::Store::Options BareShop::options() {
    storage::Store::Options made;
    made.make_new = [this](storage::Transaction& tx) {
        settings::write(tx, "currency", "EUR", clock.now());
        accounts::add_first_owner(tx, clock.now());
    };
    return made;
}

accounts::Address BareShop::berlin() {
    return {.line1 = "Analytische Allee 12",
            .line2 = "",
            .city = "Berlin",
            .region = "",
            .postal_code = "10115",
            .country = "DE"};
}

}  // namespace orderd::tests
