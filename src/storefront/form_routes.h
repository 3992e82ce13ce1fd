#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/answer.h"
#include "api/form.h"
#include "api/request.h"
#include "base/ids.h"
#include "base/refused.h"
#include "base/time.h"
#include "storefront/basket.h"
#include "storefront/page.h"

namespace orderd::storefront {

// What pages with forms share. A visitor has a cookie with a random number; each form holds a token that is derived from
// it with the shop's key, and was sent by a page of this shop. Another site can neither read the token nor make it.

inline constexpr Refused kForeignForm{
    403, "foreign_form",
    "The form was not sent by a page of this shop: the browser's Origin or Sec-Fetch-Site names another site. Open the "
    "shop's page and send its own form."};

/// The Origin and Sec-Fetch-Site headers of a form, as a browser sends them. Without both, the form's token alone decides.
///
/// @param shop_url  the shop's public address, beside the request's Host
/// @throws Refusal 403 `foreign_form`
void require_own_site(const api::Request& in, const std::string& shop_url);

/// A form is not sent sooner after its page was shown: a person cannot even read it. Programs do.
constexpr auto kFormSoonest = seconds(2);
constexpr auto kFormLongest = hours(12);  ///< and not later: the page asks again, with all that was typed

/// When the page was shown that a form was sent from. Nullopt if the form does not have its visitor's token, since the browser
/// takes no cookies, or if the page is older than kFormLongest.
std::optional<Time> shown_at(const api::Request& in, const api::Form& form);

/// Whether it has one. If not, the page asks again, with all that was typed.
bool has_token(const api::Request& in, const api::Form& form);

/// Whether a form was sent sooner than a person could. Never straight from this machine: there are only its own people and
/// tests.
bool is_too_soon(const api::Request& in, Time shown);

/// Whether a program filled in a field that people do not see.
bool is_trapped(const api::Form& form);

/// The page that a form or link names to go on at, if it is one of this shop.
std::string own_path(const std::string& then, const std::string& otherwise);

/// A cookie of the shop's pages, which no script reads and which comes along when a link leads here; empty if there is none.
std::string page_cookie(const api::Request& in, std::string_view name);
/// @param lifetime  0 removes it
void keep_page_cookie(const api::Request& in, std::string_view name, std::string_view value, Duration lifetime,
                      api::Answer& answer);

/// Gives the browser another visitor's number, when somebody signs in or out: whoever knew the number before cannot make
/// tokens for what the browser may do from now on.
void renew_visitor(const api::Request& in, api::Answer& answer);

/// A page with forms: has their token in its values, and the visitor's cookie if the browser does not have it yet.
///
/// @param shown  when the same form was shown first, where a page asks again: nobody has to wait a second time
api::Answer form_page(const api::Request& in, Desk& desk, const Visit& visit, std::string_view name, Json values,
                      int status = 200, std::optional<Time> shown = {});

/// A key for a form that writes: sent twice, it is done once.
std::string new_form_key();

/// Has the form's key count as the request's Idempotency-Key; its token may be another one.
void take_form_key(api::Request& in, const api::Form& form);

Basket basket_of(const api::Request& in);
void keep_basket(const api::Request& in, const Basket& basket, api::Answer& answer);

/// The order that a link names. @throws Refusal 404 if it names none
OrderId order_at(std::optional<OrderId> named);

/// The order that this browser placed last, so that it may open that order's page; nullopt if it placed none.
std::optional<OrderId> own_order_of(const api::Request& in);
void keep_own_order(const api::Request& in, OrderId order, api::Answer& answer);

}  // namespace orderd::storefront
