#include "catalog/pricing.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/errors.h"
#include "catalog/product.h"

namespace orderd::catalog {

namespace {

constexpr auto kPriceById = R"sql(
    SELECT id, sku, name, price, weight_g, tax_class, stock_policy, on_hand, reserved, beyond_limit, expected_on,
           most_per_order
      FROM product WHERE id = ?1 AND status <> 'archived'
)sql";

/// As much of a product as pricing a line needs: its description may be long.
std::optional<Product> find_wanted(const storage::View& view, const Wanted& wanted) {
    if (!wanted.product_id) {
        auto named = find_by_sku(view, wanted.sku);
        return named && !named->archived() ? std::move(named) : std::nullopt;
    }
    const auto map = [](const storage::Row& row) {
        Product product;
        product.id = row.get<ProductId>(0);
        product.sku = row.get<std::string>(1);
        product.name = row.get<std::string>(2);
        product.price = row.get<Money>(3);
        product.weight_g = row.get<std::optional<std::int64_t>>(4);
        product.tax_class = kTaxClasses.stored(row.get<std::string_view>(5));
        product.stock_policy = kStockPolicies.stored(row.get<std::string_view>(6));
        product.on_hand = row.get<Quantity>(7);
        product.reserved = row.get<Quantity>(8);
        product.beyond_limit = row.get<Quantity>(9);
        if (product.stock_policy == StockPolicy::beyond) {
            const auto day = row.get<std::optional<std::string>>(10);
            product.expected_on = day ? parse_day(*day) : std::nullopt;
        }
        product.most_per_order = row.get<std::optional<Quantity>>(11);
        return product;
    };
    return view.first(kPriceById, map, *wanted.product_id);
}

Line empty_line(const Product& product) {
    return {.product = product.id,
            .sku = product.sku,
            .name = product.name,
            .unit_price = product.price,
            .weight_g = product.weight_g,
            .tax_class = product.tax_class,
            .counted = product.is_counted()};
}

/// How many of the line's units would wait for stock.
void set_awaited(Line& line, const Product& product) {
    const auto beyond = std::max<Quantity>(0, product.beyond_limit - std::max<Quantity>(0, -product.available()));
    line.awaited = std::clamp<Quantity>(line.quantity - std::max<Quantity>(0, product.available()), 0, beyond);
    line.expected_on = line.awaited > 0 ? product.expected_on : std::nullopt;
}

/// The lines of an order as they are made: one for each product, and what is wrong with those that are not.
class LinesInMaking {
public:
    explicit LinesInMaking(const storage::View& view) : view_(view) {}

    void add(const Wanted& wanted, std::size_t item) {
        const auto product = find_wanted(view_, wanted);
        if (!product) {
            unknown_.push_back({fmt::format("/items/{}", item),
                                wanted.product_id
                                    ? fmt::format("there is no product {} on sale", number(*wanted.product_id))
                                    : fmt::format("there is no product with the SKU {} on sale", wanted.sku)});
            return;
        }
        const auto place = line_of_.find(number(product->id));
        const auto before = place == line_of_.end() ? 0 : lines_[place->second].quantity;
        const bool is_possible = wanted.quantity >= 1 && wanted.quantity <= most_of(*product);
        if (!is_possible || before + wanted.quantity > most_of(*product)) {
            refuse_quantity(*product, wanted.quantity + (is_possible ? before : 0), item);
            return;
        }
        if (place == line_of_.end()) {
            line_of_.emplace(number(product->id), lines_.size());
            lines_.push_back(empty_line(*product));
        }
        auto& line = lines_[line_of_.at(number(product->id))];
        line.quantity += wanted.quantity;
        set_awaited(line, *product);
    }

    std::vector<Line> done() && {
        if (!unknown_.empty()) {
            auto detail = unknown_.front().detail;
            if (unknown_.size() > 1) {
                detail += fmt::format(", and {} more lines have the same fault", unknown_.size() - 1);
            }
            unknown_.insert(unknown_.end(), out_of_range_.begin(), out_of_range_.end());
            throw Refusal(kUnknownProduct, std::move(detail)).at(std::move(unknown_));
        }
        if (!out_of_range_.empty()) {
            throw Refusal(std::move(out_of_range_));
        }
        return std::move(lines_);
    }

private:
    static Quantity most_of(const Product& product) { return product.most_per_order.value_or(kMaxOrderQuantity); }

    void refuse_quantity(const Product& product, Quantity quantity, std::size_t item) {
        const auto most = most_of(product);
        const auto of_what = most == kMaxOrderQuantity ? "" : fmt::format(", of {} in one order", product.sku);
        out_of_range_.push_back({fmt::format("/items/{}/quantity", item),
                                 fmt::format("{} is not allowed; it is 1 to {}{}", quantity, most, of_what)});
    }

    const storage::View& view_;
    std::vector<Line> lines_;
    std::unordered_map<std::int64_t, std::size_t> line_of_;  // by product; merges an order of 1000 lines in one pass
    std::vector<Fault> unknown_;
    std::vector<Fault> out_of_range_;
};

}  // namespace

std::vector<Line> price(const storage::View& view, const std::vector<Wanted>& wanted) {
    LinesInMaking lines(view);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        lines.add(wanted[i], i);
    }
    return std::move(lines).done();
}

}  // namespace orderd::catalog
