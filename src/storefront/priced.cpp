#include "storefront/priced.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/product.h"
#include "notify/values.h"
#include "orders/tax_rates.h"

namespace orderd::storefront {

namespace {

std::vector<catalog::Wanted> wanted_of(const Basket& basket) {
    std::vector<catalog::Wanted> wanted;
    for (const auto& line : basket.lines()) {
        wanted.push_back({.product_id = {}, .sku = line.sku, .quantity = line.quantity});
    }
    return wanted;
}

/// Takes up what a quote was refused for. @returns whether the quote can be tried again without it
bool note_refusal(const Refusal& refusal, orders::Asked& asked, Priced& priced) {
    const std::string code(refusal.code());
    if (code == orders::kCodeNotValid.code() || code == orders::kCodeUsedUp.code()) {
        priced.code_fault = code;
        return std::exchange(asked.discount_code, std::nullopt).has_value();
    }
    if (code == orders::kDeliveryNotPossible.code()) {
        priced.delivery_fault = code;
        return std::exchange(asked.delivery.method, std::nullopt).has_value();
    }
    if (code == orders::kNotShippedThere.code()) {
        priced.delivery_fault = code;
        priced.fitting = refusal.extra().value("fitting", Json::array());
        return false;
    }
    if (code == orders::kRegionNotTaxed.code()) {
        priced.region_fault = code;
        return false;
    }
    throw refusal;
}

Json short_json(const ShortLine& line, const Language& words) {
    return line.available <= 0 ? Json(words.say("basket.none_left", {{"product", line.name}}))
                               : Json(words.count("basket.only_left", line.available, {{"product", line.name}}));
}

void add_sums(Json& values, const orders::Quote& quote, const Language& words, const std::string& currency) {
    const auto& totals = quote.sums.totals;
    const auto sum = [&](Money amount) { return amount.minor == 0 ? std::string() : words.money(amount, currency); };
    values.update(notify::tax_lines(orders::taxes_of(quote), totals, words, currency));
    values.update({{"subtotal", words.money(totals.subtotal, currency)},
                   {"discount", sum(totals.discount)},
                   {"shipping", sum(totals.shipping)},
                   {"total", words.money(totals.total, currency)},
                   {"expected_total", totals.total.minor}});
}

}  // namespace

Priced checked_basket(const storage::View& view, const Basket& basket) {
    Priced priced;
    for (const auto& line : basket.lines()) {
        const auto product = catalog::find_by_sku(view, line.sku);
        if (!product || product->archived()) {
            priced.gone.push_back(line.sku);
            continue;
        }
        priced.basket.add(product->sku, line.quantity);
        const auto most = product->most_per_order.value_or(kMaxOrderQuantity);
        if (line.quantity > most) {
            priced.basket.set(product->sku, most);
            priced.reduced.push_back(product->name);
        }
        if (product->is_counted() && line.quantity > product->orderable()) {
            priced.short_lines.push_back({.sku = product->sku,
                                          .name = product->name,
                                          .wanted = line.quantity,
                                          .available = std::max<Quantity>(0, product->orderable())});
        }
    }
    priced.lines = catalog::price(view, wanted_of(priced.basket));
    return priced;
}

Priced priced_basket(const storage::View& view, const orders::Rates& rates, const Basket& basket, const Wish& wish,
                     std::string_view locale, Time now) {
    auto priced = checked_basket(view, basket);
    if (priced.basket.empty()) {
        return priced;
    }
    orders::Asked asked{.lines = wanted_of(priced.basket),
                        .delivery = wish.delivery,
                        .discount_code = wish.discount_code.empty() ? std::nullopt : std::optional(wish.discount_code)};
    for (bool again = true; again;) {
        again = false;
        try {
            priced.quote = orders::quote(view, rates, asked, now);
            priced.offers = orders::offers_for(rates, *priced.quote, asked.delivery, now);
            priced.fitting = orders::offers_json(priced.offers.fitting, locale);
        } catch (const Refusal& refusal) {
            again = note_refusal(refusal, asked, priced);
        }
    }
    return priced;
}

Json priced_values(const Priced& priced, const Language& words, const std::string& currency) {
    Json values{{"items", Json::array()},
                {"subtotal", ""},
                {"discount", ""},
                {"shipping", ""},
                {"taxes", Json::array()},
                {"taxes_within", Json::array()},
                {"total", ""},
                {"gone", Json::array()},
                {"reduced", Json::array()},
                {"short", Json::array()},
                {"expected_total", nullptr}};
    Money goods{};
    for (std::size_t i = 0; i < priced.lines.size(); ++i) {
        const auto& line = priced.lines[i];
        const auto unit = priced.quote ? priced.quote->sums.lines[i].unit_price : line.unit_price;
        goods = goods + unit * line.quantity;
        values.at("items").push_back(
            {{"index", i},
             {"sku", line.sku},
             {"name", line.name},
             {"quantity", words.number(line.quantity)},
             {"count", line.quantity},
             {"unit_price", words.money(unit, currency)},
             {"total", words.money(unit * line.quantity, currency)},
             {"awaited",
              line.awaited == 0 ? std::string() : words.say("item.awaited", {{"units", words.number(line.awaited)}})}});
    }
    values["subtotal"] = words.money(goods, currency);
    if (priced.quote) {
        add_sums(values, *priced.quote, words, currency);
    }
    for (const auto& sku : priced.gone) {
        values.at("gone").push_back(words.say("basket.gone", {{"sku", sku}}));
    }
    for (const auto& name : priced.reduced) {
        values.at("reduced").push_back(words.say("basket.reduced", {{"product", name}}));
    }
    for (const auto& line : priced.short_lines) {
        values.at("short").push_back(short_json(line, words));
    }
    return values;
}

}  // namespace orderd::storefront
