#include "documents/lines.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "base/shares.h"

namespace orderd::documents {

namespace {

__extension__ using Wide = __int128;

Money total_of(const RateSum& sum) { return sum.base + sum.tax; }

/// `amount` × part / whole, half a minor unit rounded up. None is negative, and part is at most the whole.
Money part_of(Money amount, Money part, Money whole) {
    const auto wide = static_cast<Wide>(amount.minor) * part.minor;
    return {static_cast<std::int64_t>((wide + whole.minor / 2) / whole.minor)};
}

Line with_sums(Line line, Money amount, Money tax, bool tax_is_included) {
    line.tax = tax;
    line.net = tax_is_included ? amount - tax : amount;
    return line;
}

RateSum& sum_at(std::vector<RateSum>& sums, Rate rate) {
    auto found = std::find_if(sums.begin(), sums.end(), [&](const RateSum& sum) { return sum.rate <= rate; });
    if (found == sums.end() || found->rate != rate) {
        found = sums.insert(found, {rate, {}, {}});
    }
    return *found;
}

/// What was paid for some units of a line.
Money paid_for(const orders::Order& order, const orders::Item& item, Quantity units) {
    const auto paid = item.amount() + (order.totals.includes_tax() ? Money{} : item.tax);
    return {static_cast<std::int64_t>(static_cast<Wide>(paid.minor) * units / item.quantity)};
}

/// Credits lines, and keeps track of what is left.
class Credit {
public:
    Credit(std::vector<RateSum> left, Money amount) : left_(std::move(left)), open_(amount) {}

    Money open() const { return open_; }

    /// Adds a line over an amount, or over what is left of its rate if that is less.
    void add(Line line, Money amount) {
        auto& left = sum_at(left_, line.rate);
        const auto most = std::min({amount, total_of(left), open_});
        if (most.minor <= 0) {
            return;
        }
        line.tax = part_of(left.tax, most, total_of(left));
        line.net = most - line.tax;
        left.tax = left.tax - line.tax;
        left.base = left.base - line.net;
        open_ = open_ - most;
        lines_.push_back(std::move(line));
    }

    /// Shares what is still open over the rates, by what is left of each.
    void add_rest() {
        std::vector<Money> weights;
        for (const auto& sum : left_) {
            weights.push_back(std::max(total_of(sum), Money{}));
        }
        const auto parts = shares(open_, weights);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            add({.kind = LineKind::sum, .unit_price = {}, .rate = left_[i].rate}, parts[i]);
        }
    }

    std::vector<Line> finish() && { return std::move(lines_); }

private:
    std::vector<RateSum> left_;
    Money open_;
    std::vector<Line> lines_;
};

}  // namespace

std::vector<Line> lines_of(const orders::Order& order) {
    const bool included = order.totals.includes_tax();
    std::vector<Line> lines;
    for (const auto& item : order.items) {
        lines.push_back(with_sums({.kind = LineKind::item,
                                   .sku = item.sku,
                                   .name = item.name,
                                   .quantity = item.quantity,
                                   .unit_price = item.unit_price,
                                   .discount = item.discount,
                                   .rate = item.tax_rate},
                                  item.amount(), item.tax, included));
    }
    for (const auto& part : order.totals.shipping_taxes) {
        lines.push_back(with_sums({.kind = LineKind::delivery, .unit_price = part.amount, .rate = part.rate},
                                  part.amount, part.tax, included));
    }
    return lines;
}

std::vector<RateSum> sums_of(const std::vector<Line>& lines) {
    std::vector<RateSum> sums;
    for (const auto& line : lines) {
        auto& sum = sum_at(sums, line.rate);
        sum.base += line.net;
        sum.tax += line.tax;
    }
    return sums;
}

std::vector<RateSum> sums_of(const std::vector<Document>& documents) {
    std::vector<RateSum> sums;
    for (const auto& document : documents) {
        for (const auto& part : document.taxes) {
            auto& sum = sum_at(sums, part.rate);
            sum.base += part.base;
            sum.tax += part.tax;
        }
    }
    return sums;
}

std::vector<RateSum> negated(std::vector<RateSum> sums) {
    for (auto& sum : sums) {
        sum.base = Money{} - sum.base;
        sum.tax = Money{} - sum.tax;
    }
    return sums;
}

Money total_of(const std::vector<RateSum>& sums) {
    return std::accumulate(sums.begin(), sums.end(), Money{},
                           [](Money all, const RateSum& sum) { return all + sum.base + sum.tax; });
}

std::vector<Line> lines_of_credit(const orders::Order& order, std::vector<RateSum> left, Money amount,
                                  const std::vector<orders::Units>& units, Money step) {
    if (amount > total_of(left)) {
        throw std::logic_error("a credit note over more than what stands of its order");
    }
    Credit credit(std::move(left), amount);
    std::vector<Line> wanted;
    std::vector<Money> worth;
    for (const auto& unit : units) {
        const auto found = std::find_if(order.items.begin(), order.items.end(),
                                        [&](const orders::Item& item) { return item.id == unit.item; });
        if (found == order.items.end()) {
            continue;  // an edit took it out since
        }
        const auto& item = *found;
        wanted.push_back({.kind = LineKind::item,
                          .sku = item.sku,
                          .name = item.name,
                          .quantity = unit.quantity,
                          .unit_price = item.unit_price,
                          .rate = item.tax_rate});
        worth.push_back(paid_for(order, item, unit.quantity));
    }
    // Each line's worth is rounded down: so much more than all of them is still their price.
    const auto rounding = step * std::ssize(units);
    const auto of_units = std::accumulate(worth.begin(), worth.end(), Money{});
    const auto parts = amount <= of_units + rounding ? shares(amount, worth) : worth;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        credit.add(std::move(wanted[i]), parts[i]);
    }
    credit.add_rest();
    return std::move(credit).finish();
}

}  // namespace orderd::documents
