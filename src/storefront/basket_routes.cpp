#include <fmt/format.h>

#include "api/form.h"
#include "base/errors.h"
#include "orders/rates.h"
#include "orders/routes.h"
#include "storefront/buying_routes.h"
#include "storefront/country.h"
#include "storefront/form_routes.h"
#include "storefront/page.h"
#include "storefront/priced.h"

namespace orderd::storefront {

namespace {

using api::Answer;
using api::Form;
using api::Request;

Answer show_basket(Request& in, BuyersDesk& desk);
Answer change_basket(Request& in, BuyersDesk& desk);

}  // namespace

void add_basket_routes(api::RouteTable& routes, BuyersDesk& desk) {
    const auto add = api::rows_of(routes, "Shop pages", desk);
    add(page_row("/basket", "shop.basket", "The visitor's basket as a page, with what it costs",
                 {{"full", api::Shape::boolean(), "another product had no room in it"}}),
        show_basket);
    auto form = form_row("/basket", "shop.changeBasket",
                         "Add to the basket, or change it, by a page's form; it is kept in the browser alone");
    form.answers = {{303, std::nullopt}};
    add(form, change_basket);
}

namespace {

Answer show_basket(Request& in, BuyersDesk& desk) {
    const auto visit = visit_of_open_shop(in, desk.pages);
    const auto basket = basket_of(in);
    const auto& words = *visit.language;
    const auto rates = desk.orders.rates.get();
    const auto view = in.read();
    const auto home = home_country(view);
    const auto priced = priced_basket(
        view, *rates, basket,
        {.delivery = {.to = {.line1 = {}, .line2 = {}, .city = {}, .region = {}, .postal_code = {}, .country = home}},
         .discount_code = {}},
        words.code(), in.now());
    auto values = frame(view, visit, words.text("shop.basket"));
    values.update(priced_values(priced, words, visit.face->currency));
    values["is_empty"] = priced.basket.empty();
    values["is_full"] = in.query_flag("full").value_or(false);
    values["estimate_for"] =
        priced.quote ? words.say("basket.estimate", {{"country", words.country(home)}}) : std::string();
    values["most"] = kMaxOrderQuantity;
    auto answer = personal_page(in, desk.pages, visit, "basket.html", values);
    if (!(priced.basket == basket)) {
        keep_basket(in, priced.basket, answer);
    }
    return answer;
}

/// Changes only what this browser keeps. Pages that are the same for everyone have no token; so the browser's word that
/// the form is of this shop is enough.
Answer change_basket(Request& in, BuyersDesk& desk) {
    static_cast<void>(visit_of_open_shop(in, desk.pages));
    require_own_site(in, desk.pages.url());
    const auto form = Form::parse(in.raw_body());
    auto basket = basket_of(in);
    const bool sets = form.value("action") == "set";
    const auto skus = form.all("sku");
    const auto quantities = form.all("quantity");
    bool had_room = true;
    for (std::size_t i = 0; i < skus.size(); ++i) {
        const auto wanted = i < quantities.size() ? wanted_quantity(quantities[i]) : std::optional<Quantity>(1);
        if (wanted) {  // else it stays as it was
            had_room = (sets ? basket.set(skus[i], *wanted) : basket.add(skus[i], *wanted)) && had_room;
        }
    }
    for (const auto& sku : form.all("remove")) {
        basket.set(sku, 0);
    }
    auto answer = api::see_other(had_room ? own_path(form.value("then"), "/basket") : "/basket?full=true");
    keep_basket(in, basket, answer);
    return answer;
}

}  // namespace

}  // namespace orderd::storefront
