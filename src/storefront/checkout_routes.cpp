#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "accounts/customer.h"
#include "api/form.h"
#include "api/refusals.h"
#include "api/response.h"
#include "base/embedded.h"
#include "base/errors.h"
#include "catalog/product.h"
#include "orders/links.h"
#include "orders/placing.h"
#include "orders/routes.h"
#include "storefront/account_session.h"
#include "storefront/buying_routes.h"
#include "storefront/checkout_form.h"
#include "storefront/checkout_values.h"
#include "storefront/country.h"
#include "storefront/form_routes.h"
#include "storefront/legal.h"
#include "storefront/page.h"

namespace orderd::storefront {

namespace {

using api::Answer;
using api::Form;
using api::Request;
using api::Who;

Answer show_checkout(Request& in, BuyersDesk& desk);
Answer check_out(Request& in, BuyersDesk& desk);

}  // namespace

void add_checkout_routes(api::RouteTable& routes, BuyersDesk& desk) {
    const auto add = api::rows_of(routes, "Shop pages", desk);
    auto page = page_row("/checkout", "shop.checkout",
                         "The page on which an order is placed; with `items`, after they were put into the basket",
                         {{"items", api::Shape::text(0, 2000), "SKU:quantity, with commas between them: MUG:2,POT:1"}});
    page.answers.push_back({303, std::nullopt});
    add(page, show_checkout);
    add(form_row("/checkout", "shop.placeByForm", "Place an order by the form of its page, or show what it would cost"),
        check_out);
    add_script(routes, "checkout.js", "shop.checkoutScript", "The checkout's script: prices follow what is chosen");
}

namespace {

/// What of a page comes from the form and its outcome.
struct Checkout {
    CheckoutForm form;
    Basket basket;
    FieldFaults faults = {};
    std::string notice = {};                  ///< a message's name; empty: none
    std::vector<std::string> said = {};       ///< further sentences
    std::string placed_at = {};               ///< the link to the order that was placed already
    std::optional<Time> shown = {};           ///< when the form was shown first
    std::optional<CustomerId> customer = {};  ///< who is signed in
    bool compares = false;                    ///< whether the total is another than the visitor saw
    bool terms_changed = false;               ///< a legal text is another than the visitor saw
    int status = 200;
};

CheckoutForm form_from(const Request& in, BuyersDesk& desk, const std::map<std::string, std::string>& sent) {
    return read_checkout_form(sent, home_country(in.read()), desk.orders.rates.get()->delivery);
}

/// "Signed in as ada@example.com"; empty if nobody is.
std::string signed_in_as(const storage::View& view, std::optional<CustomerId> customer, const Language& words) {
    const auto contact = customer ? accounts::get_customer(view, *customer).contact : std::nullopt;
    return contact ? words.say("checkout.signed_in_as", {{"email", contact->email}}) : std::string();
}

Answer checkout_page(Request& in, BuyersDesk& desk, const Visit& visit, const Checkout& checkout) {
    const auto rates = desk.orders.rates.get();
    const auto view = in.read();
    const auto& words = *visit.language;
    const auto& form = checkout.form;
    const auto priced =
        priced_basket(view, *rates, checkout.basket,
                      {.delivery = {.to = form.address(), .method = form.method()}, .discount_code = form.at("code")},
                      words.code(), in.now());
    auto values = frame(view, visit, words.text("checkout.title"));
    values.update(priced_values(priced, words, visit.face->currency));
    values.update(checkout_values(priced, *rates, form, checkout.faults, words, visit.face->currency));
    const auto expected = form.expected_total();
    const bool changed = checkout.compares && expected && priced.quote && priced.quote->sums.totals.total != *expected;
    const auto terms =
        visit.face->settings.withdrawal ? orders::terms_for(view, words) : std::vector<orders::LegalVersion>();
    const auto accepted = to_field(terms);
    const auto& seen = form.at("accepted");
    values.update({{"accepted", accepted},
                   {"accepts", legal_links(terms, words)},
                   {"terms_changed", checkout.terms_changed || (!seen.empty() && seen != accepted)}});
    values.update({{"is_empty", priced.basket.empty()},
                   {"simulated", desk.simulated},
                   {"notice", checkout.notice.empty() ? std::string() : words.text(checkout.notice)},
                   {"said", checkout.said},
                   {"placed_at", checkout.placed_at},
                   {"total_changed", changed ? words.say("checkout.total_changed",
                                                         {{"before", visit.money(*expected)},
                                                          {"now", visit.money(priced.quote->sums.totals.total)}})
                                             : std::string()},
                   {"signed_in_as", signed_in_as(view, checkout.customer, words)},
                   {"key", new_form_key()}});
    auto answer = form_page(in, desk.pages, visit, "checkout.html", std::move(values), checkout.status, checkout.shown);
    if (!(priced.basket == checkout.basket)) {
        keep_basket(in, priced.basket, answer);
    }
    return answer;
}

/// Puts the products of a link into the basket: "MUG:2,POT". Another visit of the same link changes nothing.
Basket with_items(Basket basket, std::string_view items) {
    while (!items.empty()) {
        const auto end = items.find(',');
        const auto item = items.substr(0, end);
        items = end == std::string_view::npos ? std::string_view() : items.substr(end + 1);
        const auto colon = item.rfind(':');
        const auto quantity =
            colon == std::string_view::npos ? std::optional<Quantity>(1) : wanted_quantity(item.substr(colon + 1));
        if (quantity) {
            basket.set(std::string(item.substr(0, colon)), *quantity);
        }
    }
    return basket;
}

Answer show_checkout(Request& in, BuyersDesk& desk) {
    const auto visit = visit_of_open_shop(in, desk.pages);
    if (const auto items = in.query("items")) {
        auto answer = api::see_other("/checkout");
        keep_basket(in, with_items(basket_of(in), *items), answer);
        return answer;
    }
    const auto customer = act_as_customer(in, desk);
    Checkout checkout{.form = form_from(in, desk, {}), .basket = basket_of(in), .customer = customer};
    if (checkout.customer) {
        fill_in(in.read(), *checkout.customer, checkout.form);
    }
    return checkout_page(in, desk, visit, checkout);
}

/// An order accepts what its page showed, and that must be all that holds. Checked in its transaction, so that the same form
/// again still leads to the order that was placed before a text changed.
void require_shown_terms(const storage::View& view, const Visit& visit, const orders::Order& order) {
    if (visit.face->settings.withdrawal && orders::terms_for(view, *order.language) != order.accepted_terms) {
        throw orders::terms_changed(view, *order.language);
    }
}

/// The answer of a placed order: its payment's page. It is stored for the form's key, so that the same form again leads to
/// the same order.
Answer place_by_form(Request& in, BuyersDesk& desk, const Visit& visit, const orders::OrderRequest& wanted) {
    constexpr auto kPause = std::chrono::milliseconds(50);
    for (int tries = 0;; ++tries) {
        try {
            return orders::place_for(in, desk.orders, wanted,
                                     [&](storage::Transaction& tx, const orders::Order& order, const std::string&) {
                                         require_shown_terms(tx, visit, order);
                                         return api::see_other(orders::payment_path(tx.vault(), order));
                                     });
        } catch (const Refusal& refusal) {
            // A double click: the browser shows the second answer alone, so it waits for the first.
            if (refusal.code() != api::kIdempotencyKeyInUse.code() || tries == 40) {
                throw;
            }
            std::this_thread::sleep_for(kPause);
        }
    }
}

/// What a refused placement means to a visitor. Faults of fields are in place; what is short or gone is said.
void explain(const Request& in, const Refusal& refusal, const Visit& visit, Checkout& checkout) {
    const std::string code(refusal.code());
    checkout.status = refusal.status();
    if (code == catalog::kInsufficientStock.code()) {
        checkout.notice = "checkout.short";
    } else if (code == orders::kTotalChanged.code()) {
        checkout.compares = true;
    } else if (code == orders::kTermsChanged.code()) {
        checkout.terms_changed = true;
    } else if (code == orders::kCodeUsedUp.code() || code == orders::kCodeNotValid.code()) {
        checkout.faults.emplace("code", "code");
    } else if (code == orders::kDeliveryNotPossible.code() || code == orders::kNotShippedThere.code()) {
        checkout.faults.emplace("delivery", "delivery");
    } else if (code == orders::kRegionNotTaxed.code()) {
        checkout.faults.emplace("region", "region");
    } else if (code == orders::kTooManyUnpaid.code()) {
        checkout.notice = "checkout.too_many";
    } else if (code == api::kIdempotencyKeyReused.code()) {
        const auto own = own_order_of(in);
        checkout.notice = "checkout.placed_before";
        const auto view = in.read();
        checkout.placed_at =
            own ? visit.root + orders::payment_path(view.vault(), orders::get(view, *own)).substr(1) : std::string();
    } else if (code == catalog::kUnknownProduct.code()) {
        checkout.notice = "checkout.gone";
    } else if (!add_faults(refusal.faults(), checkout.faults)) {
        throw refusal;
    }
}

/// What the page showed when its button was pressed, whatever the basket holds by now: the same form is the same order.
Basket basket_in(const Form& form) {
    Basket basket;
    const auto skus = form.all("sku");
    const auto quantities = form.all("quantity");
    for (std::size_t i = 0; i < std::min(skus.size(), quantities.size()); ++i) {
        basket.set(skus[i], wanted_quantity(quantities[i]).value_or(0));
    }
    return basket;
}

/// What is left in the basket once some of it is ordered.
Basket without(Basket basket, const Basket& ordered) {
    for (const auto& line : ordered.lines()) {
        basket.add(line.sku, -line.quantity);
    }
    return basket;
}

Answer placed(const Request& in, const Basket& ordered, Answer answer) {
    for (const auto& [name, value] : answer.headers) {
        const auto slash = value.rfind('/');
        if (name == "Location" && slash != std::string::npos) {
            if (const auto order = orders::order_of_payment(in.read(), value.substr(slash + 1))) {
                keep_own_order(in, *order, answer);
                break;
            }
        }
    }
    keep_basket(in, without(basket_of(in), ordered), answer);
    return answer;
}

Answer check_out(Request& in, BuyersDesk& desk) {
    const auto visit = visit_of_open_shop(in, desk.pages);
    require_own_site(in, desk.pages.url());
    const auto given = Form::parse(in.raw_body());
    const auto customer = act_as_customer(in, desk);
    Checkout checkout{.form = form_from(in, desk, {given.fields().begin(), given.fields().end()}),
                      .basket = basket_of(in),
                      .shown = shown_at(in, given),
                      .customer = customer};
    if (given.value("action") != "order") {
        return checkout_page(in, desk, visit, checkout);
    }
    if (!checkout.shown || is_trapped(given)) {
        checkout.notice = "form.again";
        checkout.status = 403;
        return checkout_page(in, desk, visit, checkout);
    }
    if (is_too_soon(in, *checkout.shown)) {
        checkout.notice = "form.soon";
        checkout.status = 422;
        return checkout_page(in, desk, visit, checkout);
    }
    take_form_key(in, given);
    try {
        const auto basket = basket_in(given);
        const auto wanted = order_request(checkout.form, basket, visit.language->code(), checkout.faults);
        if (wanted) {
            return placed(in, basket, place_by_form(in, desk, visit, *wanted));
        }
        checkout.status = 422;
    } catch (const Refusal& refusal) {
        explain(in, refusal, visit, checkout);
    }
    if (!checkout.faults.empty()) {
        checkout.notice = "checkout.faults";
    }
    return checkout_page(in, desk, visit, checkout);
}

}  // namespace

}  // namespace orderd::storefront
