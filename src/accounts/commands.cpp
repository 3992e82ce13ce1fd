#include "accounts/commands.h"

#include <fmt/format.h>

#include <istream>
#include <ostream>

#include "accounts/admin.h"
#include "accounts/password_rules.h"
#include "accounts/passwords.h"
#include "accounts/totp.h"
#include "base/errors.h"
#include "base/text.h"

namespace orderd::accounts {

namespace {

void refuse_unfit(std::string_view password, const PasswordRule& rule) {
    if (!valid_utf8(password) || has_control(password, false)) {
        throw Refusal({Fault{"password", "must be UTF-8 without control characters"}});
    }
    require_password(password, rule, "password");
}

}  // namespace

std::string read_password(std::istream& in) {
    std::string line;
    std::getline(in, line);
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    refuse_unfit(line, {});
    return line;
}

void require_new_password(std::string_view password, std::string_view username) {
    refuse_unfit(password, {.least = kMinAdminPassword, .names = {std::string(username)}});
}

void add_admin_command(storage::Store& store, std::string_view username, std::string_view role,
                       std::string_view password, std::ostream& out, Time now) {
    const auto known = parse_role(role);
    if (!known) {
        throw Refusal({Fault{"role", fmt::format("\"{}\" is not a role: it is owner, staff or viewer", role)}});
    }
    refuse_unfit(password, admin_password_rule(store.read(), username, false));
    const auto hash = PasswordHasher().hash(password);
    const auto admin = store.writer().run(
        [&](storage::Transaction& tx) { return add_admin(tx, username, *known, hash, Actor::command_line(), now); });
    out << fmt::format("{} can sign in as {}\n", admin.username, to_text(admin.role));
}

void admin_password_command(storage::Store& store, std::string_view username, std::string_view password,
                            bool without_totp, std::ostream& out, Time now) {
    const auto known = find_admin(store.read(), username);
    if (!known) {
        throw not_found(fmt::format("user as {}", username));
    }
    refuse_unfit(password, admin_password_rule(store.read(), known->username, known->totp && !without_totp));
    const auto hash = PasswordHasher().hash(password);
    const auto admin = store.writer().run([&](storage::Transaction& tx) {
        auto found = find_admin(tx, username);
        if (!found) {
            throw not_found(fmt::format("user as {}", username));
        }
        set_admin_password(tx, found->id, hash, std::nullopt, Actor::command_line(), now);
        if (without_totp) {
            disable_totp(tx, found->id, Actor::command_line(), now);
        }
        return std::move(*found);
    });
    out << fmt::format("{} has a new password, and is signed out everywhere\n", admin.username);
}

void list_admins_command(storage::Store& store, std::ostream& out) {
    out << fmt::format("{:>4}  {:<24}  {:<6}  {:<9}  {}\n", "id", "name", "role", "may", "code");
    for (const auto& admin : list_admins(store.read())) {
        out << fmt::format("{:>4}  {:<24}  {:<6}  {:<9}  {}\n", number(admin.id), admin.username, to_text(admin.role),
                           !admin.active    ? "not"
                           : !admin.claimed ? "set up"
                                            : "sign in",
                           admin.totp ? "yes" : "no");
    }
}

}  // namespace orderd::accounts
