// What the packing table prints: pick_list() of label.h, and Printer::packing_sheets_pdf() of printing.h.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "catalog/product.h"
#include "fulfillment/fulfilling.h"
#include "fulfillment/print/pdf.h"
#include "fulfillment/printing.h"
#include "orders/packing.h"
#include "storage/settings.h"

namespace orderd::fulfillment {

namespace {

using print::Page;
using print::Typeface;

/// The pages of a pick list, as they fill.
class PickList {
public:
    PickList(const Typeface& typeface, bool is_letter, std::string heading)
        : typeface_(typeface),
          width_(is_letter ? 8.5 * print::kInch : 595.28),
          height_(is_letter ? 11 * print::kInch : 841.89),
          heading_(std::move(heading)) {
        start_page();
    }

    void add(const Pick& pick) {
        const std::array<std::string, 5> cells{std::to_string(pick.quantity), pick.shelf, pick.sku, pick.name,
                                               pick.orders};
        std::vector<print::Block> blocks;
        double height = 0;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            blocks.push_back(print::wrapped(typeface_, {cells[i]}, width_of(i) - 8, kSize));
            height = std::max(height, blocks.back().height());
        }
        if (y_ + height > height_ - kEdge) {
            start_page();
        }
        for (std::size_t i = 0; i < cells.size(); ++i) {
            blocks[i].place(pages_.back(), left_of(i), y_, width_of(i) - 8);
        }
        y_ += height + 6;
        pages_.back().boxes.push_back({kEdge, y_ - 2, width_ - 2 * kEdge, 0.3});
        y_ += 4;
    }

    std::vector<Page> finish() && { return std::move(pages_); }

private:
    static constexpr double kEdge = 50;
    static constexpr double kSize = 10;
    static constexpr std::array<double, 5> kParts{0.08, 0.12, 0.2, 0.38, 0.22};  ///< of the width
    static constexpr std::array<std::string_view, 5> kHeads{"UNITS", "SHELF", "SKU", "ITEM", "ORDERS"};

    double width_of(std::size_t column) const { return kParts[column] * (width_ - 2 * kEdge); }

    double left_of(std::size_t column) const {
        double left = kEdge;
        for (std::size_t i = 0; i < column; ++i) {
            left += width_of(i);
        }
        return left;
    }

    void start_page() {
        pages_.push_back({.width = width_, .height = height_});
        y_ = kEdge;
        const auto title = print::wrapped(typeface_, {"Pick list"}, width_ - 2 * kEdge, 17);
        title.place(pages_.back(), kEdge, y_, width_ - 2 * kEdge);
        y_ += title.height() + 2;
        const auto about = print::wrapped(typeface_, {heading_}, width_ - 2 * kEdge, 9);
        about.place(pages_.back(), kEdge, y_, width_ - 2 * kEdge);
        y_ += about.height() + 16;
        for (std::size_t i = 0; i < kHeads.size(); ++i) {
            pages_.back().text(left_of(i), y_ + 8, 7.5, typeface_.set(kHeads[i]));
        }
        y_ += 14;
        pages_.back().boxes.push_back({kEdge, y_, width_ - 2 * kEdge, 1});
        y_ += 8;
    }

    const Typeface& typeface_;
    const double width_;
    const double height_;
    const std::string heading_;
    double y_ = 0;
    std::vector<Page> pages_;
};

/// An order's parcels that are to be packed: those in the shop, and the one that could be started now, whose id is 0.
std::vector<Shipment> to_be_packed(const storage::View& view, const orders::Order& order) {
    auto parcels = parcels_in_house(view, order.id);
    if (!open_units_in_stock(view, order).empty()) {
        parcels.push_back(plan(view, order, {}));
    }
    return parcels;
}

/// What is to be fetched, each product once, by shelf.
class Picks {
public:
    explicit Picks(const storage::View& view) : view_(view) {}

    void add(const orders::Order& order, const Shipment& parcel) {
        for (const auto& units : parcel.items) {
            const auto& item = orders::line(order, units.item, "/items");
            auto& pick = all_[{item.product, item.product ? "" : item.name}];
            if (pick.orders.empty()) {
                const auto product = item.product ? catalog::find(view_, *item.product) : std::nullopt;
                pick = {.shelf = product ? product->shelf : "", .sku = item.sku, .name = item.name, .orders = {}};
            }
            pick.quantity += units.quantity;
            pick.orders += fmt::format("{}{} × {}", pick.orders.empty() ? "" : ", ", units.quantity, number(order.id));
        }
    }

    std::vector<Pick> sorted() const {
        std::vector<Pick> list;
        for (const auto& [product, pick] : all_) {
            list.push_back(pick);
        }
        std::sort(list.begin(), list.end(), [](const Pick& one, const Pick& other) {
            const auto place = [](const Pick& it) { return std::tuple(it.shelf.empty(), it.shelf, it.sku); };
            return place(one) < place(other);  // what has no shelf comes last
        });
        return list;
    }

private:
    const storage::View& view_;
    std::map<std::pair<std::optional<ProductId>, std::string>, Pick> all_;  ///< lines of no product by their names
};

std::string heading_of(const std::vector<OrderId>& orders) {
    return orders.size() == 1
               ? fmt::format("Order {}", number(orders.front()))
               : fmt::format("{} orders, {} to {}", orders.size(), number(orders.front()), number(orders.back()));
}

}  // namespace

std::vector<Page> pick_list(const Typeface& typeface, const std::vector<Pick>& picks, bool is_letter,
                            const std::string& heading) {
    try {
        PickList list(typeface, is_letter, heading);
        for (const auto& pick : picks) {
            list.add(pick);
        }
        return std::move(list).finish();
    } catch (const print::Unprintable& error) {
        throw CarrierRefused(fmt::format("the pick list cannot be printed: {}", error.what()));
    }
}

std::vector<Page> Printer::pages_of_parcel(const storage::View& view, const Shipment& shipment) const {
    auto pages = slip_pages(view, shipment);
    if (has_label(shipment)) {
        pages.push_back(label_page_of(view, shipment));
    }
    return pages;
}

std::string Printer::packing_sheets_pdf(const storage::View& view, const std::vector<OrderId>& wanted) const {
    Picks picks(view);
    std::vector<Page> sheets;
    for (const auto id : wanted) {
        const auto order = orders::get(view, id);
        orders::require_paid(view, order);
        const auto parcels = to_be_packed(view, order);
        if (parcels.empty()) {
            throw Refusal(kNothingToShip, fmt::format("nothing of order {} can be packed now", number(id)))
                .with("order_id", number(id));
        }
        for (const auto& parcel : parcels) {
            picks.add(order, parcel);
            try {
                auto pages = pages_of_parcel(view, parcel);
                std::move(pages.begin(), pages.end(), std::back_inserter(sheets));
            } catch (const CarrierRefused& error) {
                throw Refusal(kLabelRefused, fmt::format("order {}: {}", number(id), error.what()))
                    .with("order_id", number(id));
            }
        }
    }
    try {
        const auto address = settings::read(view, "shop_address").value_or(nullptr);
        const bool is_letter = address.is_object() && is_letter_country(text_member(address, "country"));
        auto pages = pick_list(typeface(), picks.sorted(), is_letter, heading_of(wanted));
        std::move(sheets.begin(), sheets.end(), std::back_inserter(pages));
        return print::pdf(typeface(), pages, fmt::format("To pack: {} orders", wanted.size()));
    } catch (const CarrierRefused& error) {
        throw Refusal(kLabelRefused, error.what());
    }
}

}  // namespace orderd::fulfillment
