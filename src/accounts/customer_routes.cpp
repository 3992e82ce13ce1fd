#include <fmt/format.h>

#include "accounts/bodies.h"
#include "accounts/customer.h"
#include "accounts/customer_shapes.h"
#include "accounts/password_rules.h"
#include "accounts/routes.h"
#include "accounts/signing_in.h"
#include "base/address.h"
#include "base/errors.h"

namespace orderd::accounts {

namespace {

using api::Answer;
using api::Request;
using api::Shape;

Answer register_account(Request& in, Desk& desk, NewAccount wanted);
Answer show_account(Request& in, Desk& desk);
Answer change_account(Request& in, Desk& desk, AccountChanges wanted);
Answer remove_account(Request& in, Desk& desk);
Answer list_all(Request& in, Desk& desk);
Answer show_customer(Request& in, Desk& desk);
Answer erase_on_request(Request& in, Desk& desk);

}  // namespace

std::vector<api::QueryParameter> list_filters() {
    return {{"q", Shape::text(1, 254),
             "a whole e-mail address, a telephone number, words of a name or their beginnings, a town or a postcode"}};
}

void add_customer_routes(api::RouteTable& routes, Desk& desk) {
    using api::Who;
    const auto add = api::rows_of(routes, "Customers", desk);
    add({.method = "POST",
         .path = "/customers",
         .name = "account.register",
         .who = Who::anyone,
         .summary = "Make an account",
         .answers = {{201, account_shape()}},
         .refuses = {kEmailTaken},
         .idempotent = true,
         .limited = true},
        register_account);
    add({.method = "GET",
         .path = "/customers/me",
         .name = "account.get",
         .who = Who::customer,
         .summary = "One's own account",
         .answers = {{200, account_shape()}}},
        show_account);
    add({.method = "PUT",
         .path = "/customers/me",
         .name = "account.update",
         .who = Who::customer,
         .summary = "Change one's own account; what is absent stays",
         .answers = {{200, account_shape()}},
         .refuses = {kEmailTaken, kTooManyAttempts},
         .if_match = true},
        change_account);
    add({.method = "DELETE",
         .path = "/customers/me",
         .name = "account.close",
         .who = Who::customer,
         .summary = "Erase one's own account and all personal data with it",
         .answers = {{204, std::nullopt}},
         .refuses = {kOrderUnderWay},
         .if_match = true},
        remove_account);
    add({.method = "GET",
         .path = "/admin/customers",
         .name = "customers.list",
         .who = Who::viewer,
         .summary = "List customers, newest first",
         .query = list_filters(),
         .paged = true,
         .answers = {{200, Shape::page(customer_shape())}}},
        list_all);
    add({.method = "GET",
         .path = "/admin/customers/{id}",
         .name = "customers.get",
         .who = Who::viewer,
         .summary = "Read a customer",
         .answers = {{200, customer_shape()}}},
        show_customer);
    add({.method = "POST",
         .path = "/admin/customers/{id}/erase",
         .name = "customers.erase",
         .who = Who::owner,
         .summary = "Erase a customer's personal data, at their request; orders stay, without it",
         .answers = {{200, customer_shape()}},
         .refuses = {kOrderUnderWay},
         .idempotent = true,
         .if_match = true},
        erase_on_request);
}

namespace {

Json account_json(const Customer& customer) {
    Json json{{"id", number(customer.id)}};
    json.update(to_json(customer.contact.value_or(Contact{})));
    json["shipping_address"] = customer.address ? to_json(*customer.address) : Json(nullptr);
    json["created_at"] = rfc3339(customer.created_at);
    json["updated_at"] = rfc3339(customer.updated_at);
    json["version"] = customer.version;
    return json;
}

Json customer_json(const Customer& customer) {
    const auto& contact = customer.contact;
    return {{"id", number(customer.id)},
            {"name", contact ? Json(contact->name) : Json(nullptr)},
            {"email", contact ? Json(contact->email) : Json(nullptr)},
            {"phone", contact ? Json(contact->phone) : Json(nullptr)},
            {"shipping_address", customer.address ? to_json(*customer.address) : Json(nullptr)},
            {"has_account", customer.has_account},
            {"erased", !contact},
            {"created_at", rfc3339(customer.created_at)},
            {"updated_at", rfc3339(customer.updated_at)},
            {"version", customer.version}};
}

CustomerId own_customer(const Request& in) { return CustomerId{in.caller().id}; }

}  // namespace

Answer register_for(Request& in, Desk& desk, const NewAccount& wanted, const AnswerRegistered& answer) {
    const auto who = prepare(in.store().vault(), wanted, "");
    require_password(wanted.password, customer_password_rule(in.read(), who.contact.name, who.contact.email),
                     "/password");
    const auto hash = desk.hasher.hash(wanted.password, stranger_at(in.caller().address));
    return in.mutate([&](storage::Transaction& tx) {
        const auto id = add_account(tx, who, hash, in.actor(), in.now());
        return answer(tx, get_customer(tx, id));
    });
}

namespace {

Answer register_account(Request& in, Desk& desk, NewAccount wanted) {
    return register_for(in, desk, wanted, [](storage::Transaction&, const Customer& customer) {
        return api::created("/customers/me", account_json(customer), customer.version);
    });
}

Answer show_account(Request& in, Desk&) {
    const auto customer = get_customer(in.read(), own_customer(in));
    return api::ok(account_json(customer), customer.version);
}

CustomerDetails changed(const Customer& before, const AccountChanges& changes) {
    const auto contact = before.contact.value_or(Contact{});
    return {.name = changes.name.value_or(contact.name),
            .email = changes.email.value_or(contact.email),
            .phone = changes.phone.value_or(contact.phone),
            .shipping_address = changes.shipping_address.value_or(before.address)};
}

Answer change_account(Request& in, Desk& desk, AccountChanges wanted) {
    if (wanted.password) {
        confirm_password(desk, in.store(), in.caller(), *wanted.password, "/password", in.now());
    }
    return in.mutate([&](storage::Transaction& tx) {
        const auto before = get_customer(tx, own_customer(in));
        in.check_version(before.version);
        const bool changes_email = wanted.email && before.contact && *wanted.email != before.contact->email;
        if (changes_email && !wanted.password) {
            throw Refusal(
                {Fault{"/password", "is missing: a change of the e-mail address takes the account's password"}});
        }
        const auto who = prepare(tx.vault(), changed(before, wanted), "");
        const auto after = update_account(tx, before.id, who, in.actor(), in.now());
        return api::ok(account_json(after), after.version);
    });
}

Answer remove_account(Request& in, Desk& desk) {
    return in.mutate([&](storage::Transaction& tx) {
        in.check_version(get_customer(tx, own_customer(in)).version);
        erase(desk, tx, own_customer(in), in.actor(), in.now());
        return api::no_content();
    });
}

Answer list_all(Request& in, Desk&) {
    const auto page = in.page();
    const auto view = in.read();
    const auto before = page.after ? std::optional(CustomerId{page.after->get<std::int64_t>()}) : std::nullopt;
    const auto text = in.query("q");
    const auto most = storage::rows_to_read(page);
    auto found = text ? find_customers(view, *text, most, before) : list_customers(view, most, before);
    if (storage::cut(found.ids, page)) {
        found.looked_to = found.ids.back();
    }
    Json rows = Json::array();
    for (const auto id : found.ids) {
        rows.push_back(customer_json(get_customer(view, CustomerId{id})));
    }
    return api::page(std::move(rows), found.looked_to ? Json(*found.looked_to) : Json(nullptr));
}

/// A customer with what erasing leaves.
Json whole_json(const storage::View& view, const Desk& desk, const Customer& customer) {
    auto json = customer_json(customer);
    const auto until = desk.documents_kept_until ? desk.documents_kept_until(view, customer.id) : std::nullopt;
    json["documents_kept_until"] = until ? Json(to_text(*until)) : Json(nullptr);
    return json;
}

Answer show_customer(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto customer = get_customer(view, CustomerId{in.id()});
    return api::composed(whole_json(view, desk, customer), customer.version);
}

Answer erase_on_request(Request& in, Desk& desk) {
    const CustomerId id{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        in.check_version(get_customer(tx, id).version);
        erase(desk, tx, id, in.actor(), in.now());
        const auto customer = get_customer(tx, id);
        return api::composed(whole_json(tx, desk, customer), customer.version);
    });
}

}  // namespace

}  // namespace orderd::accounts
