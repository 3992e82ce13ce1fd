#include "orders/sums.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/shares.h"
#include "catalog/price_step.h"
#include "orders/rates.h"

namespace orderd::orders {

namespace {

Refusal out_of_range() {
    return {kTotalOutOfRange, fmt::format("the order's total is more than {} minor units", kMaxTotal.minor)};
}

/// Computes with whole steps: every amount is a multiple of one.
class Calculation {
public:
    Calculation(const PriceRules& rules, const Basket& basket, Day day)
        : rules_(rules),
          basket_(basket),
          place_(rules.tax.small_business.empty() ? rates_at(rules.tax, basket.to, day) : std::nullopt),
          treatment_(treatment()),
          home_(loses_tax() ? home_rates(rules, day) : std::nullopt) {}

    Sums run(const DeliveryPrice& delivery_price) {
        price_lines();
        share_discount();
        add_delivery(delivery_price);
        add_tax();
        sum_up();
        return std::move(sums_);
    }

private:
    static std::optional<PlaceRates> home_rates(const PriceRules& rules, Day day) {
        try {
            return rates_at(rules.tax, rules.home, day);
        } catch (const Refusal&) {  // the shop's address has no region that is taxed
            return std::nullopt;
        }
    }

    TaxTreatment treatment() const {
        if (!rules_.tax.small_business.empty()) {
            return TaxTreatment::small_business;
        }
        const bool from_eu = is_in_eu(rules_.home.country);
        const bool to_eu = is_in_eu(basket_.to.country);
        if (basket_.reverse_charge && from_eu && to_eu && rules_.home.country != basket_.to.country) {
            return TaxTreatment::reverse_charge;
        }
        if (place_) {
            return TaxTreatment::taxed;
        }
        const bool leaves = (from_eu && !to_eu) || (rules_.home.country == "GB" && basket_.to.country != "GB");
        return leaves ? TaxTreatment::exported : TaxTreatment::untaxed;
    }

    bool is_taxed() const { return treatment_ == TaxTreatment::taxed; }
    bool includes_tax() const { return rules_.tax.prices_include_tax; }
    Rate rate_of(catalog::TaxClass tax_class) const { return is_taxed() ? place_->of(tax_class) : Rate{}; }

    Money tax_of(Money amount, Rate rate) const {
        const Money steps{amount.minor / rules_.step.minor};
        return (includes_tax() ? tax_within(steps, rate) : tax_on(steps, rate)) * rules_.step.minor;
    }

    /// Whether prices lose the tax of the shop's own country, which they include.
    bool loses_tax() const {
        return includes_tax() && !is_taxed() && !rules_.tax.same_price_untaxed &&
               treatment_ != TaxTreatment::small_business && !rules_.home.country.empty();
    }

    void price_lines() {
        for (const auto& line : basket_.lines) {
            if (!is_multiple(line.unit_price, rules_.step)) {
                catalog::require_on_step(line.unit_price, rules_.step, rules_.currency,
                                         fmt::format("the price of {}", line.sku));
            }
            auto price = line.unit_price;
            if (home_) {
                price = price - tax_of(price, home_->of(line.tax_class));
            }
            sums_.lines.push_back({.unit_price = price, .tax_rate = rate_of(line.tax_class)});
            amounts_.push_back(price * line.quantity);
            sums_.totals.subtotal += amounts_.back();
        }
    }

    bool is_eligible(const catalog::Line& line) const {
        const auto& products = basket_.discount->products;
        return products.empty() || std::find(products.begin(), products.end(), line.product) != products.end();
    }

    Money of_amount(Money whole, Rate rate) const {
        return tax_on(Money{whole.minor / rules_.step.minor}, rate) * rules_.step.minor;
    }

    void keep_discounts(const std::vector<LineDiscount>& kept) {
        for (std::size_t i = 0; i < amounts_.size(); ++i) {
            auto& discount = sums_.lines[i].discount;
            if (kept[i].amount.minor > 0) {
                discount = share_of(kept[i].amount, amounts_[i].minor, kept[i].of.minor, rules_.step);
                sums_.lines[i].staff_discount =
                    share_of(kept[i].by_staff, discount.minor, kept[i].amount.minor, rules_.step);
            }
            sums_.totals.discount += discount;
            amounts_[i] = amounts_[i] - discount;
        }
    }

    void share_discount() {
        if (!basket_.discount) {
            return;
        }
        if (!basket_.discount->kept.empty()) {
            keep_discounts(basket_.discount->kept);
            return;
        }
        std::vector<Money> weights;
        Money eligible;
        for (std::size_t i = 0; i < amounts_.size(); ++i) {
            weights.push_back(is_eligible(basket_.lines[i]) ? amounts_[i] : Money{});
            eligible += weights.back();
        }
        const auto& discount = *basket_.discount;
        const auto wanted = discount.rate.ppm > 0
                                ? of_amount(eligible, discount.rate)
                                : Money{discount.amount.minor / rules_.step.minor} * rules_.step.minor;
        sums_.totals.discount = std::min(wanted, eligible);
        const auto parts = shares(sums_.totals.discount, weights, rules_.step);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            sums_.lines[i].discount = parts[i];
            amounts_[i] = amounts_[i] - parts[i];
        }
    }

    /// What the goods cost, by a rate that is chosen for each line; what is free counts only if all is.
    std::map<Rate, Money> goods_by(const std::function<Rate(std::size_t)>& rate_of_line) const {
        std::map<Rate, Money> by_rate;
        for (std::size_t i = 0; i < amounts_.size(); ++i) {
            by_rate[rate_of_line(i)] += amounts_[i];
        }
        return by_rate;
    }

    std::vector<TaxedPart> split(Money price, const std::map<Rate, Money>& goods) const {
        std::vector<TaxedPart> parts;
        std::vector<Money> weights;
        for (auto it = goods.rbegin(); it != goods.rend(); ++it) {  // the highest rate first
            parts.push_back({.rate = it->first});
            weights.push_back(it->second);
        }
        const auto amounts = shares(price, weights, rules_.step);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            parts[i].amount = amounts[i];
        }
        std::erase_if(parts, [](const TaxedPart& part) { return part.amount.minor == 0; });
        return parts;
    }

    /// The parts of a delivery's price, by rate.
    std::vector<TaxedPart> parts_of(Money price, std::optional<catalog::TaxClass> own_class,
                                    const std::optional<PlaceRates>& rates) const {
        if (!rates || !rules_.tax.shipping_taxed) {
            return split(price, {{Rate{}, Money{1}}});
        }
        if (own_class) {
            return split(price, {{rates->of(*own_class), Money{1}}});
        }
        return split(price, goods_by([&](std::size_t i) { return rates->of(basket_.lines[i].tax_class); }));
    }

    void add_delivery(const DeliveryPrice& delivery_price) {
        auto& totals = sums_.totals;
        const bool is_free = basket_.discount && basket_.discount->free_delivery;
        const auto offer = delivery_price(totals.subtotal - totals.discount);
        sums_.delivery = offer.method;
        const bool has_class = offer.method != nullptr && offer.method->tax_class;
        const auto own_class = has_class ? offer.method->tax_class : rules_.tax.shipping_class;
        auto price = offer.price;
        catalog::require_on_step(price, rules_.step, rules_.currency, "shipping");
        price = is_free ? Money{} : price;
        if (home_ && !offer.is_charged) {
            for (const auto& part : parts_of(price, own_class, home_)) {
                price = price - tax_of(part.amount, part.rate);
            }
        }
        totals.shipping = price;
        totals.shipping_taxes = parts_of(price, own_class, is_taxed() ? place_ : std::nullopt);
    }

    void add_tax() {
        auto& parts = sums_.totals.shipping_taxes;
        auto by_rate = goods_by([&](std::size_t i) { return sums_.lines[i].tax_rate; });
        for (const auto& part : parts) {
            by_rate[part.rate] += part.amount;
        }
        Money all;
        for (const auto& [rate, amount] : by_rate) {
            const auto tax = tax_of(amount, rate);
            all += tax;
            share_tax(rate, tax);
        }
        (includes_tax() ? sums_.totals.tax_included : sums_.totals.tax) = all;
    }

    void share_tax(Rate rate, Money tax) {
        std::vector<Money*> places;
        std::vector<Money> weights;
        for (std::size_t i = 0; i < amounts_.size(); ++i) {
            if (sums_.lines[i].tax_rate == rate) {
                places.push_back(&sums_.lines[i].tax);
                weights.push_back(amounts_[i]);
            }
        }
        for (auto& part : sums_.totals.shipping_taxes) {
            if (part.rate == rate) {
                places.push_back(&part.tax);
                weights.push_back(part.amount);
            }
        }
        const auto parts = shares(tax, weights, rules_.step);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            *places[i] = parts[i];
        }
    }

    void sum_up() {
        auto& totals = sums_.totals;
        totals.treatment = treatment_;
        const auto goods = goods_by([&](std::size_t i) { return sums_.lines[i].tax_rate; });
        const auto most = std::max_element(goods.begin(), goods.end(), [](const auto& a, const auto& b) {
            return a.second < b.second || (a.second == b.second && a.first < b.first);
        });
        totals.tax_rate = most == goods.end() ? Rate{} : most->first;
        totals.total = totals.subtotal - totals.discount + totals.shipping + totals.tax;
        if (totals.total > kMaxTotal) {
            throw out_of_range();
        }
    }

    const PriceRules& rules_;
    const Basket& basket_;
    const std::optional<PlaceRates> place_;
    const TaxTreatment treatment_;
    const std::optional<PlaceRates> home_;  ///< whose tax prices lose; nullopt: they lose none
    Sums sums_;
    std::vector<Money> amounts_;  ///< of each line, after its discount
};

}  // namespace

Sums compute(const PriceRules& rules, const Basket& basket, Day day, const DeliveryPrice& delivery_price) {
    try {
        return Calculation(rules, basket, day).run(delivery_price);
    } catch (const Overflow&) {
        throw out_of_range();
    }
}

}  // namespace orderd::orders
