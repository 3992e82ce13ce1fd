#include "storefront/form_routes.h"

#include <algorithm>

#include "api/counted_network.h"
#include "base/errors.h"
#include "base/random.h"
#include "base/text.h"
#include "base/time.h"
#include "storefront/signing.h"
#include "wire/session_cookie.h"

namespace orderd::storefront {

namespace {

constexpr auto kVisitorCookie = "orderd_visitor";
constexpr auto kBasketCookie = "orderd_basket";
constexpr auto kOwnOrderCookie = "orderd_order";
constexpr auto kOwnOrderPurpose = "own order";
constexpr auto kKept = days(30);

/// "shop.example.com:8443" of "https://shop.example.com:8443/path".
std::string_view host_of(std::string_view url) {
    const auto begin = url.find("://");
    if (begin == std::string_view::npos) {
        return {};
    }
    const auto rest = url.substr(begin + 3);
    return rest.substr(0, rest.find('/'));
}

/// The visitor's number, from the cookie; a new one if there is none.
struct Visitor {
    std::string number;
    bool is_new = false;
};

Visitor visitor_of(const api::Request& in) {
    constexpr std::size_t kNumber = 22;  // characters of random_id()
    auto number = page_cookie(in, kVisitorCookie);
    if (number.size() == kNumber && from_base64url(number)) {
        return {std::move(number), false};
    }
    return {random_id(""), true};
}

std::string token_purpose(const Visitor& visitor) { return "form token " + visitor.number; }

/// The token for a visitor's forms, which says when the page was shown.
std::string form_token(const api::Request& in, const Visitor& visitor, Time shown) {
    return signed_text(in.store().vault(), token_purpose(visitor), std::to_string(shown.ms));
}

}  // namespace

std::string page_cookie(const api::Request& in, std::string_view name) {
    return std::string(wire::host_cookie_of(in.header("cookie"), name, in.secure()));
}

void keep_page_cookie(const api::Request& in, std::string_view name, std::string_view value, Duration lifetime,
                      api::Answer& answer) {
    answer.headers.emplace_back("Set-Cookie",
                                wire::host_cookie(name, value, lifetime, in.secure(), wire::SameSite::lax));
}

void require_own_site(const api::Request& in, const std::string& shop_url) {
    const auto site = in.header("sec-fetch-site");
    const auto origin = in.header("origin");
    const auto host = host_of(origin);
    const bool own_origin =
        !host.empty() && (equal_ignoring_case(host, in.header("host")) || equal_ignoring_case(host, host_of(shop_url)));
    // Behind a proxy that changes the Host header, the browser's own word counts.
    const bool own = site.empty() ? origin.empty() || own_origin : site == "same-origin" || site == "none";
    if (!own) {
        throw Refusal(kForeignForm, "the form was not sent by a page of this shop");
    }
}

std::optional<Time> shown_at(const api::Request& in, const api::Form& form) {
    const auto visitor = visitor_of(in);
    const auto text =
        visitor.is_new ? std::nullopt : text_of_signed(in.store().vault(), token_purpose(visitor), form.value("token"));
    const auto ms = text ? parse_integer(*text) : std::nullopt;
    const auto shown = ms ? std::optional(Time{*ms}) : std::nullopt;
    // One from the future was made before the clock was set back.
    return shown && *shown <= in.now() && in.now() - *shown <= kFormLongest ? shown : std::nullopt;
}

bool has_token(const api::Request& in, const api::Form& form) { return shown_at(in, form).has_value(); }

bool is_too_soon(const api::Request& in, Time shown) {
    return in.now() - shown < kFormSoonest && api::counted_network(in).has_value();
}

bool is_trapped(const api::Form& form) { return !form.value("website").empty(); }

std::string own_path(const std::string& then, const std::string& otherwise) {
    // Browsers pass over tabs and line breaks in an address: "/\t/evil.example" would be another site's.
    const bool is_plain =
        std::all_of(then.begin(), then.end(), [](char c) { return c > ' ' && c <= '~' && c != '\\'; });
    const bool is_here = then.starts_with('/') && !then.starts_with("//") && then.size() <= 500;
    return is_plain && is_here ? then : otherwise;
}

void renew_visitor(const api::Request& in, api::Answer& answer) {
    keep_page_cookie(in, kVisitorCookie, random_id(""), kKept, answer);
}

api::Answer form_page(const api::Request& in, Desk& desk, const Visit& visit, std::string_view name, Json values,
                      int status, std::optional<Time> shown) {
    const auto visitor = visitor_of(in);
    values["token"] = form_token(in, visitor, shown.value_or(in.now()));
    auto answer = personal_page(in, desk, visit, name, values, status);
    if (visitor.is_new) {
        keep_page_cookie(in, kVisitorCookie, visitor.number, kKept, answer);
    }
    return answer;
}

std::string new_form_key() { return random_token(""); }

void take_form_key(api::Request& in, const api::Form& form) {
    const auto& key = form.value("key");
    if (key.empty()) {
        return;
    }
    std::string content;
    for (const auto& [name, value] : form.fields()) {
        if (name != "token" && name != "key") {
            content.append(name).append(1, '\0').append(value).append(1, '\0');
        }
    }
    in.take_key(key, content);
}

Basket basket_of(const api::Request& in) {
    return basket_from_cookie(in.store().vault(), page_cookie(in, kBasketCookie));
}

void keep_basket(const api::Request& in, const Basket& basket, api::Answer& answer) {
    keep_page_cookie(in, kBasketCookie, to_cookie(in.store().vault(), basket), basket.empty() ? Duration{} : kKept,
                     answer);
}

OrderId order_at(std::optional<OrderId> named) {
    if (!named) {
        throw not_found("page");
    }
    return *named;
}

std::optional<OrderId> own_order_of(const api::Request& in) {
    const auto text = text_of_signed(in.store().vault(), kOwnOrderPurpose, page_cookie(in, kOwnOrderCookie));
    const auto number = text ? parse_integer(*text) : std::nullopt;
    return number ? std::optional(OrderId{*number}) : std::nullopt;
}

void keep_own_order(const api::Request& in, OrderId order, api::Answer& answer) {
    keep_page_cookie(in, kOwnOrderCookie,
                     signed_text(in.store().vault(), kOwnOrderPurpose, std::to_string(number(order))), kKept, answer);
}

}  // namespace orderd::storefront
