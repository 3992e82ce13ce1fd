#include "storefront/account_session.h"

#include <utility>
#include <variant>

#include "accounts/customer.h"
#include "accounts/devices.h"
#include "accounts/password_rules.h"
#include "accounts/routes.h"
#include "api/response.h"
#include "base/errors.h"
#include "orders/list.h"
#include "orders/order.h"
#include "storefront/form_routes.h"
#include "wire/session_cookie.h"

namespace orderd::storefront {

namespace {

constexpr auto kAccountCookie = "orderd_account";

/// Where a customer's orders went last.
std::optional<accounts::Address> last_address(const storage::View& view, CustomerId customer) {
    const auto newest = orders::list(view, orders::placed_by(customer), {.limit = 1, .after = {}}).rows;
    if (newest.empty()) {
        return std::nullopt;
    }
    const auto order = orders::get(view, newest.front().id);
    const bool is_fetched = order.delivery && order.delivery->kind == orders::DeliveryKind::pickup;
    return order.recipient && !is_fetched ? std::optional(order.recipient->address) : std::nullopt;
}

}  // namespace

std::optional<CustomerId> act_as_customer(api::Request& in, BuyersDesk& desk) {
    const auto token = page_cookie(in, kAccountCookie);
    if (token.empty()) {
        return std::nullopt;
    }
    try {
        auto caller = desk.authenticator.authenticate(token, in.now());
        if (caller.kind != Caller::Kind::customer) {
            return std::nullopt;
        }
        const CustomerId customer{caller.id};
        in.act_as(std::move(caller));
        return customer;
    } catch (const Refusal& refusal) {
        if (refusal.code() != kInvalidToken.code()) {
            throw;
        }
        return std::nullopt;
    }
}

void keep_session(const api::Request& in, const accounts::SignedIn& who, api::Answer& answer) {
    keep_page_cookie(in, kAccountCookie, who.session.token, accounts::kCustomerLongest, answer);
    if (!who.device.empty()) {
        answer.headers.emplace_back("Set-Cookie", wire::host_cookie(accounts::device_cookie(who.user), who.device,
                                                                    accounts::kDeviceLifetime, in.secure()));
    }
    renew_visitor(in, answer);
}

void end_session(api::Request& in, BuyersDesk& desk, api::Answer& answer) {
    if (in.caller().kind == Caller::Kind::customer) {
        accounts::sign_out(in, desk.accounts);
    }
    keep_page_cookie(in, kAccountCookie, "", {}, answer);
    renew_visitor(in, answer);
}

api::Answer signed_in(api::Request& in, BuyersDesk& desk, const std::string& email, const std::string& password,
                      const std::string& then) {
    if (password.size() > accounts::kMaxPasswordBytes) {
        throw Refusal(accounts::kInvalidCredentials, "no password is as long as this");
    }
    const auto who =
        accounts::sign_in(desk.accounts, in.store(),
                          {.username = {}, .email = email, .password = password, .totp = {}, .recovery_code = {}},
                          accounts::from_of(in), in.now());
    auto answer = api::see_other(own_path(then, "/account"));
    keep_session(in, who, answer);
    return answer;
}

void fill_in(const storage::View& view, CustomerId customer, CheckoutForm& form) {
    const auto account = accounts::get_customer(view, customer);
    const auto put = [&](const char* field, const std::string& value) {
        if (auto& typed = form.typed[field]; typed.empty()) {
            typed = value;
        }
    };
    if (account.contact) {
        put("email", account.contact->email);
        put("name", account.contact->name);
        put("phone", account.contact->phone);
    }
    const auto address = account.address ? account.address : last_address(view, customer);
    if (address) {
        form.typed["country"] = address->country;
        put("line1", address->line1);
        put("line2", address->line2);
        put("city", address->city);
        put("region", address->region);
        put("postal_code", address->postal_code);
    }
}

}  // namespace orderd::storefront
