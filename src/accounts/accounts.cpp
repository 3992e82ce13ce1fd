#include "accounts/accounts.h"

#include "accounts/routes.h"

namespace orderd::accounts {

void Accounts::add_routes(http::RouteTable& routes) { accounts::add_routes(routes, desk_); }

void Accounts::add_jobs(jobs::Workers& workers, const Clock& clock) {
    workers.every("session.clean", hours(1), [this, &clock](const jobs::Job&) {
        store_.writer().run([&](storage::Transaction& tx) { remove_old_sessions(tx, clock.now()); });
    });
}

http::Shape login_limit_shape() {
    using http::Shape;
    return Shape::object(
               {{"failures", Shape::integer(1, 1000).described("wrong passwords before an account is slowed")},
                {"window_minutes", Shape::integer(1, 1440).described("after which they are forgotten")}})
        .named("LoginLimit");
}

}  // namespace orderd::accounts
