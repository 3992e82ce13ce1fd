#include <fmt/format.h>

#include "accounts/api_keys.h"
#include "accounts/bodies.h"
#include "accounts/password_rules.h"
#include "accounts/routes.h"
#include "accounts/totp.h"
#include "base/errors.h"
#include "base/refused.h"

namespace orderd::accounts {

namespace {

using api::Answer;
using api::optional;
using api::Request;
using api::Shape;

Answer list_users(Request& in, Desk& desk);
Answer show_user(Request& in, Desk& desk);
Answer add_user(Request& in, Desk& desk, NewUser wanted);
Answer change_user(Request& in, Desk& desk, UserChanges wanted);
Answer remove_user(Request& in, Desk& desk);
Answer reset_totp(Request& in, Desk& desk);
Answer list_keys(Request& in, Desk& desk);
Answer add_key(Request& in, Desk& desk, NewApiKey wanted);
Answer revoke_key(Request& in, Desk& desk);

Shape admin_shape() {
    return Shape::object({{"id", Shape::id()},
                          {"username", username_shape()},
                          {"role", role_shape()},
                          {"active", Shape::boolean().described("may sign in")},
                          {"claimed", Shape::boolean().described("false: the owner of a shop that was not set up")},
                          {"totp", Shape::boolean().described("signs in with a code as well")},
                          {"created_at", Shape::time()},
                          {"updated_at", Shape::time()},
                          {"version", Shape::id()}})
        .named("AdminUser");
}

Shape api_key_shape() {
    return Shape::object({{"id", Shape::id()},
                          {"label", Shape::text(1, 100)},
                          {"role", Shape::one_of({"staff", "viewer"})},
                          {"scopes", scopes_shape()},
                          {"created_by", Shape::id()},
                          {"held_by", Shape::id().described("the user who answers for it: with their access it ends")},
                          {"created_at", Shape::time()},
                          {"expires_at", Shape::time().nullable()},
                          {"last_used_at", Shape::time().nullable()},
                          {"revoked_at", Shape::time().nullable()}})
        .named("ApiKey");
}

Shape added_api_key_shape() {
    return api_key_shape()
        .with(
            {optional("secret", Shape::text(1, 100).described("shown this once: an answer that is given again for its "
                                                              "Idempotency-Key is without it"))})
        .named("AddedApiKey");
}

constexpr Refused kOwnAccount{
    409, "own_account",
    "This route is for other users' accounts. detail names the one for your own, which asks for your password."};

}  // namespace

void add_admin_routes(api::RouteTable& routes, Desk& desk) {
    using api::Who;
    const auto add = api::rows_of(routes, "Users and keys", desk);
    add({.method = "GET",
         .path = "/admin/users",
         .name = "users.list",
         .who = Who::viewer,
         .summary = "List the shop's users",
         .paged = true,
         .answers = {{200, Shape::page(admin_shape())}}},
        list_users);
    add({.method = "POST",
         .path = "/admin/users",
         .name = "users.add",
         .who = Who::owner,
         .summary = "Add a user",
         .answers = {{201, admin_shape()}},
         .refuses = {kUsernameTaken},
         .idempotent = true},
        add_user);
    add({.method = "GET",
         .path = "/admin/users/{id}",
         .name = "users.get",
         .who = Who::viewer,
         .summary = "Read a user",
         .answers = {{200, admin_shape()}}},
        show_user);
    add({.method = "PUT",
         .path = "/admin/users/{id}",
         .name = "users.update",
         .who = Who::owner,
         .summary = "Change a user; what is absent stays",
         .answers = {{200, admin_shape()}},
         .refuses = {kUsernameTaken, kLastOwner, kHasOpenOrders, kOwnAccount},
         .if_match = true},
        change_user);
    add({.method = "DELETE",
         .path = "/admin/users/{id}",
         .name = "users.remove",
         .who = Who::owner,
         .summary = "Take a user's access away; the name stays in the history of what they did",
         .query = {{"hand_over_to", hand_over_shape(), "an active owner's or staff user's id"},
                   {"keys_to", keys_to_shape(), "likewise, of the API keys; without it they end"}},
         .answers = {{204, std::nullopt}},
         .refuses = {kLastOwner, kHasOpenOrders},
         .if_match = true},
        remove_user);
    add({.method = "POST",
         .path = "/admin/users/{id}/reset-totp",
         .name = "users.resetTotp",
         .who = Who::owner,
         .summary = "Let another user who lost the authenticator app sign in without a code",
         .answers = {{200, admin_shape()}},
         .refuses = {kOwnAccount}},
        reset_totp);
    add({.method = "GET",
         .path = "/admin/api-keys",
         .name = "apiKeys.list",
         .who = Who::owner,
         .summary = "List API keys, newest first, revoked ones included",
         .query = {{"held_by", Shape::id(), "only those that work and that this user answers for"}},
         .paged = true,
         .answers = {{200, Shape::page(api_key_shape())}}},
        list_keys);
    add({.method = "POST",
         .path = "/admin/api-keys",
         .name = "apiKeys.add",
         .who = Who::owner,
         .summary = "Make an API key; its secret is shown this once",
         .answers = {{201, added_api_key_shape()}},
         .idempotent = true},
        add_key);
    add({.method = "DELETE",
         .path = "/admin/api-keys/{id}",
         .name = "apiKeys.revoke",
         .who = Who::owner,
         .summary = "Revoke an API key at once",
         .answers = {{204, std::nullopt}}},
        revoke_key);
}

namespace {

Answer list_users(Request& in, Desk&) {
    const auto page = in.page();
    const auto after = page.after ? page.after->get<std::int64_t>() : 0;
    Json rows = Json::array();
    for (const auto& admin : list_admins(in.read())) {
        if (number(admin.id) > after) {
            if (static_cast<std::int64_t>(rows.size()) == page.limit) {
                const Json last = rows.back().at("id");
                return api::page(std::move(rows), last);
            }
            rows.push_back(to_json(admin));
        }
    }
    return api::page(std::move(rows), nullptr);
}

Answer show_user(Request& in, Desk&) {
    const auto admin = get_admin(in.read(), AdminId{in.id()});
    return api::ok(to_json(admin), admin.version);
}

/// Call it before the transaction: hashing takes as long as a thousand orders.
std::string hash_of_new_password(Desk& desk, const std::string& password, const PasswordRule& rule) {
    require_password(password, rule, "/password");
    return desk.hasher.hash(password);
}

template <class Id>
std::optional<Id> id_parameter(const Request& in, const char* name) {
    const auto given = in.query_integer(name);
    return given ? std::optional(Id{*given}) : std::nullopt;
}

/// A function, so that the snapshot ends before the password is hashed.
PasswordRule rule_for(const Request& in, AdminId id, const std::optional<std::string>& new_name) {
    const auto view = in.read();
    const auto admin = get_admin(view, id);
    return admin_password_rule(view, new_name.value_or(admin.username), admin.totp);
}

/// Refuses such changes to the caller's own account: they need the password or a code, which this route does
/// not ask for. Otherwise a stolen session could take the account over.
void refuse_own(const Request& in, AdminId id, std::string_view route) {
    if (in.caller().kind == Caller::Kind::admin && AdminId{in.caller().id} == id) {
        throw Refusal(kOwnAccount, fmt::format("this is for another user's account: for your own there is {}", route));
    }
}

Answer add_user(Request& in, Desk& desk, NewUser wanted) {
    const auto rule = admin_password_rule(in.read(), wanted.username, false);
    const auto hash = hash_of_new_password(desk, wanted.password, rule);
    return in.mutate([&](storage::Transaction& tx) {
        const auto admin = add_admin(tx, wanted.username, wanted.role, hash, in.actor(), in.now());
        return api::created(fmt::format("/admin/users/{}", number(admin.id)), to_json(admin), admin.version);
    });
}

Answer change_user(Request& in, Desk& desk, UserChanges wanted) {
    const AdminId id{in.id()};
    const AdminChanges changes{.username = wanted.username, .role = wanted.role, .active = wanted.active};
    const Successors successors{.orders = wanted.hand_over_to, .keys = wanted.keys_to};
    std::optional<std::string> hash;
    if (wanted.password) {
        refuse_own(in, id, "PUT /auth/password");
        hash = hash_of_new_password(desk, *wanted.password, rule_for(in, id, changes.username));
    }
    return in.mutate([&](storage::Transaction& tx) {
        in.check_version(get_admin(tx, id).version);
        update_admin(desk, tx, id, changes, successors, in.actor(), in.now());
        if (hash) {
            set_admin_password(tx, id, *hash, std::nullopt, in.actor(), in.now());
        }
        const auto admin = get_admin(tx, id);
        return api::ok(to_json(admin), admin.version);
    });
}

Answer remove_user(Request& in, Desk& desk) {
    const AdminId id{in.id()};
    const Successors successors{.orders = id_parameter<AdminId>(in, "hand_over_to"),
                                .keys = id_parameter<AdminId>(in, "keys_to")};
    return in.mutate([&](storage::Transaction& tx) {
        in.check_version(get_admin(tx, id).version);
        update_admin(desk, tx, id, {.active = false}, successors, in.actor(), in.now());
        return api::no_content();
    });
}

Answer reset_totp(Request& in, Desk&) {
    const AdminId id{in.id()};
    refuse_own(in, id, "POST /auth/totp/disable");
    return in.mutate([&](storage::Transaction& tx) {
        disable_totp(tx, id, in.actor(), in.now());
        const auto admin = get_admin(tx, id);
        return api::ok(to_json(admin), admin.version);
    });
}

Answer list_keys(Request& in, Desk&) {
    const auto page = in.page();
    const auto before = page.after ? std::optional(ApiKeyId{page.after->get<std::int64_t>()}) : std::nullopt;
    auto keys = list_api_keys(in.read(), storage::rows_to_read(page), before, id_parameter<AdminId>(in, "held_by"));
    const bool more = storage::cut(keys, page);
    Json rows = Json::array();
    for (const auto& key : keys) {
        rows.push_back(to_json(key));
    }
    return api::page(std::move(rows), more ? Json(number(keys.back().id)) : Json(nullptr));
}

Answer add_key(Request& in, Desk&, NewApiKey wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto [key, secret] = add_api_key(tx, wanted, AdminId{in.caller().id}, in.actor(), in.now());
        auto json = to_json(key);
        json["secret"] = secret;
        return api::created(fmt::format("/admin/api-keys/{}", number(key.id)), std::move(json), 1).shows_once("secret");
    });
}

Answer revoke_key(Request& in, Desk&) {
    const ApiKeyId id{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        revoke_api_key(tx, id, in.actor(), in.now());
        return api::no_content();
    });
}

}  // namespace

}  // namespace orderd::accounts
