// Signed-in users list and end their own sessions; an owner does so for others.

#include "accounts/admin.h"
#include "accounts/devices.h"
#include "accounts/routes.h"
#include "accounts/sessions.h"
#include "base/errors.h"
#include "storage/events.h"
#include "wire/session_cookie.h"

namespace orderd::accounts {

namespace {

using api::Answer;
using api::Request;
using api::Shape;

Answer list_own(Request& in, Desk& desk);
Answer end_own(Request& in, Desk& desk);
Answer end_own_others(Request& in, Desk& desk);
Answer list_of_user(Request& in, Desk& desk);
Answer end_of_user(Request& in, Desk& desk);
Answer end_all_of_user(Request& in, Desk& desk);

Shape session_row_shape() {
    return Shape::object(
               {{"id", Shape::id()},
                {"current", Shape::boolean().described("the one that asks")},
                {"address", Shape::text(0, 64).described("that it began from; empty: not kept, as of customers")},
                {"user_agent", Shape::text(0, 200).described("the program, by its own word")},
                {"created_at", Shape::time()},
                {"last_used_at", Shape::time().described("to the minute")},
                {"expires_at", Shape::time()}})
        .named("OpenSession");
}

Shape ended_shape() {
    return Shape::object({{"ended", Shape::integer(0, 1'000'000).described("how many")}}).named("SessionsEnded");
}

}  // namespace

void add_session_routes(api::RouteTable& routes, Desk& desk) {
    using api::Who;
    const auto own = api::rows_of(routes, "Signing in", desk);
    own({.method = "GET",
         .path = "/auth/sessions",
         .name = "sessions.list",
         .who = Who::signed_in,
         .summary = "One's own sessions, newest first",
         .paged = true,
         .answers = {{200, Shape::page(session_row_shape())}}},
        list_own);
    own({.method = "DELETE",
         .path = "/auth/sessions",
         .name = "sessions.endOthers",
         .who = Who::signed_in,
         .summary = "End all of one's sessions but this one, and know no other device any more",
         .answers = {{200, ended_shape()}}},
        end_own_others);
    own({.method = "DELETE",
         .path = "/auth/sessions/{id}",
         .name = "sessions.end",
         .who = Who::signed_in,
         .summary = "End one of one's own sessions at once",
         .answers = {{204, std::nullopt}}},
        end_own);
    const auto of_users = api::rows_of(routes, "Users and keys", desk);
    of_users({.method = "GET",
              .path = "/admin/users/{id}/sessions",
              .name = "users.sessions",
              .who = Who::owner,
              .summary = "A user's sessions, newest first",
              .paged = true,
              .answers = {{200, Shape::page(session_row_shape())}}},
             list_of_user);
    of_users({.method = "DELETE",
              .path = "/admin/users/{id}/sessions",
              .name = "users.endSessions",
              .who = Who::owner,
              .summary = "Sign a user out everywhere (oneself: everywhere else), and know their devices no more",
              .answers = {{200, ended_shape()}}},
             end_all_of_user);
    of_users({.method = "DELETE",
              .path = "/admin/users/{id}/sessions/{session}",
              .name = "users.endSession",
              .who = Who::owner,
              .summary = "End one of a user's sessions at once",
              .answers = {{204, std::nullopt}}},
             end_of_user);
}

namespace {

User user_of(const Request& in) {
    return in.caller().kind == Caller::Kind::admin ? User(AdminId{in.caller().id}) : User(CustomerId{in.caller().id});
}

/// Ending an admin's sessions is audited; ending a customer's is not.
void audit_end(storage::Transaction& tx, const Request& in, const User& user, const Json& what) {
    if (const auto* admin = std::get_if<AdminId>(&user)) {
        audit::record(tx, "session.end", {"admin", number(*admin)}, what, nullptr, in.actor(), in.now());
    }
}

Answer list(const Request& in, const User& user) {
    const auto page = in.page();
    const auto before = page.after ? std::optional(SessionId{page.after->get<std::int64_t>()}) : std::nullopt;
    auto sessions = list_sessions(in.read(), user, in.now(), storage::rows_to_read(page), before);
    const bool more = storage::cut(sessions, page);
    Json rows = Json::array();
    for (const auto& session : sessions) {
        rows.push_back(to_json(session, in.caller().session));
    }
    return api::page(std::move(rows), more ? Json(number(sessions.back().id)) : Json(nullptr));
}

Answer end(Request& in, const User& user, SessionId id) {
    return in.mutate([&](storage::Transaction& tx) {
        if (!end_session_of(tx, user, id)) {
            throw not_found("session");
        }
        audit_end(tx, in, user, {{"session", number(id)}});
        return api::no_content();
    });
}

Answer end_all(Request& in, const User& user) {
    const bool own = user == user_of(in);
    const auto cookies = in.header("cookie");
    return in.mutate([&](storage::Transaction& tx) {
        const auto ended = end_sessions_of(tx, user, own ? std::optional(in.caller().session) : std::nullopt);
        forget_devices(tx, user, own ? wire::host_cookie_of(cookies, device_cookie(user), in.secure()) : "");
        audit_end(tx, in, user, {{"sessions", ended}});
        return api::ok({{"ended", ended}});
    });
}

Answer list_own(Request& in, Desk&) { return list(in, user_of(in)); }

Answer end_own(Request& in, Desk&) { return end(in, user_of(in), SessionId{in.id()}); }

Answer end_own_others(Request& in, Desk&) { return end_all(in, user_of(in)); }

/// A function, so that the snapshot ends: a thread may hold only one, and none while it waits for the writer.
AdminId known_user(const Request& in) { return get_admin(in.read(), AdminId{in.id()}).id; }

Answer list_of_user(Request& in, Desk&) { return list(in, known_user(in)); }

Answer end_of_user(Request& in, Desk&) { return end(in, AdminId{in.id()}, SessionId{in.id("session")}); }

Answer end_all_of_user(Request& in, Desk&) { return end_all(in, known_user(in)); }

}  // namespace

}  // namespace orderd::accounts
