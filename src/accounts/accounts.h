#pragma once

#include <string_view>

#include "accounts/desk.h"
#include "accounts/sessions.h"
#include "base/time.h"
#include "http/caller.h"
#include "http/route.h"
#include "http/shape.h"
#include "jobs/jobs.h"
#include "storage/store.h"

namespace orderd::accounts {

/// This department, as a server wires it: who is calling, the routes, the jobs. Outlives the route table and the
/// workers.
class Accounts {
public:
    explicit Accounts(storage::Store& store) : store_(store), authenticator_(store) {}

    /// What is asked of the departments above is put here, before the first request.
    Desk& desk() { return desk_; }

    /// @throws Refusal 401 `invalid_token`, see Authenticator
    http::Caller authenticate(std::string_view token, Time now) { return authenticator_.authenticate(token, now); }

    void add_routes(http::RouteTable& routes);

    /// Removes sessions that ran out, every hour.
    void add_jobs(jobs::Workers& workers, const Clock& clock);

private:
    storage::Store& store_;
    Authenticator authenticator_;
    Desk desk_;
};

/// Of the setting "login_limit", see attempts.h.
http::Shape login_limit_shape();

}  // namespace orderd::accounts
