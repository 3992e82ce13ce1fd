#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "accounts/admin.h"
#include "accounts/contact.h"
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

    CustomerId guest(const accounts::Contact& contact, const accounts::Address& address = berlin());
    CustomerId account(const accounts::Contact& contact, const std::string& password_hash = "!");
    accounts::Admin admin(const std::string& username, Role role, const std::string& password_hash = "!");

    std::int64_t count(std::string_view sql) { return *store.read().value<std::int64_t>(sql); }

    storage::Store::Options options();

    static accounts::Address berlin();
};

}  // namespace orderd::tests
