#pragma once

#include <cstdint>
#include <string_view>

#include "accounts/bare_shop.h"
#include "jobs/jobs.h"

namespace orderd::tests {

inline void add(BareShop& shop, const jobs::NewJob& job) {
    shop.write([&](storage::Transaction& tx) { jobs::add(tx, job, shop.clock.now()); });
}

/// @param status  "ready", "running", "dead"
inline std::int64_t jobs_in(BareShop& shop, std::string_view status) {
    return shop.store.read().value<std::int64_t>("SELECT count(*) FROM job WHERE status = ?1", status).value();
}

}  // namespace orderd::tests
