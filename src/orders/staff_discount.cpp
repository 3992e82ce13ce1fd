#include "orders/staff_discount.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/card_step.h"
#include "base/shares.h"
#include "orders/readdressing.h"
#include "orders/recomputing.h"
#include "storage/events.h"
#include "storage/settings.h"

namespace orderd::orders {

namespace {

constexpr auto kSetReason = "UPDATE orders SET staff_discount_reason = ?2 WHERE id = ?1";

/// Shares what staff take off to an order's lines.
class Cutting {
public:
    Cutting(const Order& order, const PriceRules& rules) : rules_(rules) {
        for (const auto& item : order.items) {
            lines_.push_back({.item = item.id, .price = item.amount() + item.staff_discount});
        }
    }

    void cut_lines(const std::vector<LineDiscountWish>& cuts) {
        for (std::size_t i = 0; i < cuts.size(); ++i) {
            const auto at = fmt::format("/items/{}", i);
            const auto line = std::find_if(lines_.begin(), lines_.end(),
                                           [&](const Line& known) { return known.item == cuts[i].item; });
            if (line == lines_.end()) {
                faults_.push_back({at + "/item_id", "is no line of the order"});
            } else if (std::exchange(line->is_cut, true)) {
                faults_.push_back({at + "/item_id", "is there twice"});
            } else if (const auto off = sum_of(cuts[i].rate, cuts[i].amount, line->price, at)) {
                line->off = *off;
            }
        }
    }

    void cut_all(const StaffDiscount& wanted) {
        std::vector<Money> left;
        Money all;
        for (const auto& line : lines_) {
            left.push_back(line.price - line.off);
            all += left.back();
        }
        if (const auto off = sum_of(wanted.rate, wanted.amount, all, "")) {
            const auto parts = shares(*off, left, rules_.step);
            for (std::size_t i = 0; i < parts.size(); ++i) {
                lines_[i].off += parts[i];
            }
        }
    }

    void require_share(Rate most) const {
        Money price;
        Money off;
        for (const auto& line : lines_) {
            price += line.price;
            off += line.off;
            if (line.is_cut) {
                require_share(line.off, line.price, most);
            }
        }
        require_share(off, price, most);
    }

    const std::vector<Fault>& faults() const { return faults_; }

    /// In the order of the order's lines.
    std::vector<Money> parts() const {
        std::vector<Money> all;
        for (const auto& line : lines_) {
            all.push_back(line.off);
        }
        return all;
    }

private:
    struct Line {
        ItemId item{};
        Money price = {};  ///< less what its code takes off
        Money off = {};
        bool is_cut = false;
    };

    /// What is taken off a price; nullopt: nothing, or it is a fault.
    std::optional<Money> sum_of(std::optional<Rate> rate, std::optional<Money> amount, Money price,
                                const std::string& at) {
        if (rate && amount) {
            faults_.push_back({at + "/amount", "is given beside rate_ppm; give one of both"});
        } else if (rate) {
            return share(price, *rate);
        } else if (amount && !is_multiple(*amount, rules_.step)) {
            faults_.push_back({at + "/amount", fmt::format("is not a multiple of {}", rules_.step.minor)});
        } else if (amount && *amount > price) {
            faults_.push_back({at + "/amount", fmt::format("is more than the {} that it is taken off", price.minor)});
        } else if (amount) {
            return amount;
        } else if (!at.empty()) {
            faults_.push_back({at, "needs rate_ppm or amount"});
        }
        return std::nullopt;
    }

    Money share(Money price, Rate rate) const {
        return tax_on(Money{price.minor / rules_.step.minor}, rate) * rules_.step.minor;
    }

    void require_share(Money off, Money price, Rate most) const {
        if (off > share(price, most)) {
            throw Refusal(kDiscountTooLarge,
                          fmt::format("{} minor units of {} are more than staff may take off", off.minor, price.minor))
                .with("most", most.ppm);
        }
    }

    const PriceRules& rules_;
    std::vector<Line> lines_;
    std::vector<Fault> faults_;
};

}  // namespace

std::vector<Money> discount_parts(const Order& order, const StaffDiscount& wanted, const PriceRules& rules, Rate most) {
    Cutting cutting(order, rules);
    cutting.cut_lines(wanted.items);
    cutting.cut_all(wanted);
    auto faults = cutting.faults();
    if (wanted.items.empty() && !wanted.rate && !wanted.amount) {
        faults.push_back({"", "needs rate_ppm, amount or items"});
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    cutting.require_share(most);
    return cutting.parts();
}

Rate most_of_staff(const storage::View& view) {
    const auto json = settings::read(view, "staff_discount_ppm");
    return json ? Rate{json->get<std::int64_t>()} : kAnyShare;
}

void set_discount_reason(storage::Transaction& tx, OrderId order, const std::optional<StaffDiscount>& discount) {
    tx.run(kSetReason, order, discount ? discount->reason : "");
}

void give_discount(storage::Transaction& tx, const Order& order, const std::optional<StaffDiscount>& wanted, Rate most,
                   const Beside& beside, const Actor& actor, Time now) {
    if (!is_open(order.status)) {
        throw Refusal(kOrderClosed, fmt::format("order {} is {}", number(order.id), to_text(order.status)));
    }
    if (!order.recipient) {
        throw Refusal(kCustomerErased, "the customer's data was erased on request");
    }
    const auto rates = read_rates(tx);
    const auto parts =
        wanted ? discount_parts(order, *wanted, rates.price, most) : std::vector<Money>(order.items.size(), Money{});
    auto basket = basket_of(tx, order, owes_tax(order.billing));
    Money all;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto& kept = basket.discount->kept[i];
        kept.amount = kept.amount - kept.by_staff + parts[i];
        kept.by_staff = parts[i];
        all += parts[i];
    }
    const auto sums = sums_with_agreed_delivery(rates, order, basket, now);
    follow(tx, order, sums.totals, beside, now);
    set_discount_reason(tx, order.id, wanted);
    events::record(tx, "order.discounted", {"order", number(order.id)}, {{"staff_discount", all.minor}}, actor, now);
    set_totals(tx, order, sums, order.tax_country, actor, now);
}

}  // namespace orderd::orders

namespace orderd::api {

using orders::LineDiscountWish;
using orders::StaffDiscount;

namespace {

Shape rate_shape() {
    return Shape::integer(1, orders::kAnyShare.ppm)
        .described("a share, in millionths: 100000 is 10 %")
        .example(100'000);
}

Shape amount_shape() { return Shape::integer(1, kMaxTotal.minor).described("in minor units, instead of rate_ppm"); }

}  // namespace

Declared<LineDiscountWish> Fields<LineDiscountWish>::value() {
    return object<LineDiscountWish>("LineDiscount",
                                    {field("item_id", &LineDiscountWish::item, Shape::id()),
                                     optional("rate_ppm", &LineDiscountWish::rate, rate_shape()),
                                     optional("amount", &LineDiscountWish::amount, amount_shape()).not_in_example()});
}

Declared<StaffDiscount> Fields<StaffDiscount>::value() {
    return object<StaffDiscount>(
        "StaffDiscount",
        {field("reason", &StaffDiscount::reason,
               Shape::text(1, 200).described("why; the customer may read it").example("The box is scratched")),
         optional("rate_ppm", &StaffDiscount::rate, rate_shape().described("of all that the items leave")),
         optional("amount", &StaffDiscount::amount, amount_shape()).not_in_example(),
         optional("items", &StaffDiscount::items, Shape::list(shape_of<LineDiscountWish>(), 0, 200)).not_in_example()});
}

}  // namespace orderd::api
