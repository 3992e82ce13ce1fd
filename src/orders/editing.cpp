#include "orders/editing.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "orders/awaited.h"
#include "orders/cancelling.h"
#include "orders/readdressing.h"
#include "orders/recomputing.h"
#include "orders/shipping.h"
#include "orders/staff_order.h"
#include "orders/writing.h"
#include "storage/events.h"

namespace orderd::orders {

namespace {

// What a line had off goes with its units: set_totals() says what is left of it.
constexpr auto kSetQuantity = R"sql(
    UPDATE order_item
       SET quantity = ?2, awaited = max(0, awaited - max(0, quantity - ?2)), tax = iif(?2 = 0, 0, tax),
           discount = min(discount, unit_price * ?2), staff_discount = min(staff_discount, unit_price * ?2)
     WHERE id = ?1
)sql";

/// An edit on its way through an order's lines, stock and sums.
class Editing {
public:
    Editing(storage::Transaction& tx, const Order& order, const OrderEdit& wanted, Rate most, Time now)
        : tx_(tx), order_(order), wanted_(wanted), most_(most), now_(now), rates_(read_rates(tx)) {}

    /// The order's lines with their new quantities, and the new lines. Nothing is written.
    void plan_lines(const Beside& beside) {
        basket_ = basket_of(tx_, order_, owes_tax(order_.billing));
        change_quantities(beside);
        added_ = lines_of(tx_, wanted_.add, most_, "/add");
        for (auto& line : added_) {
            line.awaited = 0;  // share_out_stock() knows who waits
            basket_.lines.push_back(line);
            basket_.discount->kept.push_back({.amount = {}, .of = Money{1}});
        }
        if (basket_.lines.empty()) {
            throw Refusal(kNothingLeft, fmt::format("nothing would be left of order {}", number(order_.id)));
        }
    }

    void compute() {
        sums_ = sums();
        if (wanted_.discount) {
            set_discount(*wanted_.discount);
            sums_ = sums();
        }
    }

    /// Writes the lines, with their stock if the order holds any.
    void write(bool holds_stock) {
        auto after = order_;
        after.items.clear();
        std::vector<catalog::Line> more;
        for (std::size_t i = 0; i < order_.items.size(); ++i) {
            const auto& item = order_.items[i];
            const auto quantity = quantities_[i];
            if (quantity > 0) {
                after.items.push_back(item);
            }
            if (quantity == item.quantity) {
                continue;
            }
            tx_.run(kSetQuantity, item.id, quantity);
            changed_.push_back(changed_json(item, quantity));
            if (holds_stock && item.counted) {
                move_stock(item, quantity - item.quantity, more);
            }
        }
        for (const auto& line : added_) {
            if (holds_stock) {
                more.push_back(line);
            } else if (!line.is_free_text()) {
                catalog::note_ordered(tx_, line.product, order_.id);
            }
        }
        take(more);
        const std::vector<PricedLine> priced(sums_.lines.end() - std::ssize(added_), sums_.lines.end());
        insert_lines(tx_, after, added_, priced);
        for (auto it = after.items.end() - std::ssize(added_); it != after.items.end(); ++it) {
            auto units = moved_units(*it, it->quantity);
            units["unit_price"] = it->unit_price.minor;
            new_units_.push_back(std::move(units));
        }
        after_ = std::move(after);
    }

    void write_sums(const Beside& beside, const Actor& actor) {
        if (wanted_.delivery) {
            set_delivery(tx_, order_, sums_.delivery);
        }
        if (wanted_.discount) {
            set_discount_reason(tx_, order_.id, *wanted_.discount);
        }
        const auto& to =
            wanted_.delivery ? tax_place(sums_.delivery, order_.recipient->address) : order_.recipient->address;
        events::record(tx_, "order.edited", {"order", number(order_.id)}, edited_body(), actor, now_);
        set_totals(tx_, after_, sums_, to.country, actor, now_);
        if (beside.meet_total && order_.status != Status::draft) {
            beside.meet_total(tx_, order_.id, sums_.totals.total, actor, now_);
        }
    }

    const std::map<ProductId, Quantity>& moved() const { return moved_; }

private:
    void change_quantities(const Beside& beside) {
        const auto packed = beside.packed_of ? beside.packed_of(tx_, order_.id) : std::map<ItemId, Quantity>();
        const auto changes = asked_for();
        auto refused = Json::array();
        std::vector<catalog::Line> lines;
        std::vector<LineDiscount> kept;
        for (std::size_t i = 0; i < order_.items.size(); ++i) {
            const auto& item = order_.items[i];
            const auto change = changes.find(item.id);
            const auto quantity = change == changes.end() ? item.quantity : change->second;
            const auto in_parcels = packed.find(item.id);
            const auto least = item.shipped + item.cancelled + (in_parcels == packed.end() ? 0 : in_parcels->second);
            if (quantity < std::min(least, item.quantity)) {
                refused.push_back({{"item_id", number(item.id)}, {"sku", item.sku}, {"least", least}});
            }
            quantities_.push_back(quantity);
            if (quantity > 0) {
                lines.push_back(basket_.lines[i]);
                lines.back().quantity = quantity;
                kept.push_back(basket_.discount->kept[i]);
            }
        }
        if (!refused.empty()) {
            throw Refusal(kUnitsPacked, "units that are shipped, cancelled or in a parcel cannot be taken out")
                .with("items", std::move(refused));
        }
        basket_.lines = std::move(lines);
        basket_.discount->kept = std::move(kept);
    }

    std::map<ItemId, Quantity> asked_for() const {
        std::map<ItemId, Quantity> changes;
        std::vector<Fault> faults;
        for (std::size_t i = 0; i < wanted_.change.size(); ++i) {
            const auto& change = wanted_.change[i];
            const auto at = fmt::format("/change/{}/item_id", i);
            const auto known = std::any_of(order_.items.begin(), order_.items.end(),
                                           [&](const Item& item) { return item.id == change.item; });
            if (!known) {
                faults.push_back({at, "is no line of the order"});
            } else if (!changes.emplace(change.item, change.quantity).second) {
                faults.push_back({at, "is there twice"});
            }
        }
        if (!faults.empty()) {
            throw Refusal(std::move(faults));
        }
        return changes;
    }

    Sums sums() const {
        if (wanted_.delivery) {
            return sums_of(rates_, basket_, {.to = order_.recipient->address, .method = wanted_.delivery}, now_);
        }
        return sums_with_agreed_delivery(rates_, order_, basket_, now_);
    }

    /// Has the discount of staff in place of what they gave before; what a code takes off stays.
    void set_discount(const std::optional<StaffDiscount>& discount) {
        Order priced;
        const auto& lines = basket_.lines;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            Item item;
            item.id = id_of_line(i);
            item.quantity = lines[i].quantity;
            item.unit_price = sums_.lines[i].unit_price;
            item.discount = sums_.lines[i].discount;
            item.staff_discount = sums_.lines[i].staff_discount;
            priced.items.push_back(std::move(item));
        }
        const auto parts = discount ? discount_parts(priced, *discount, rates_.price, most_)
                                    : std::vector<Money>(lines.size(), Money{});
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto& item = priced.items[i];
            basket_.discount->kept[i] = {.amount = item.discount - item.staff_discount + parts[i],
                                         .of = item.unit_price * item.quantity,
                                         .by_staff = parts[i]};
        }
    }

    /// The id of a line that is left; that of a new one is not known yet.
    ItemId id_of_line(std::size_t place) const {
        for (std::size_t i = 0; i < quantities_.size(); ++i) {
            if (quantities_[i] > 0 && place-- == 0) {
                return order_.items[i].id;
            }
        }
        return {};
    }

    void move_stock(const Item& item, Quantity delta, std::vector<catalog::Line>& more) {
        if (delta > 0) {
            more.push_back({.product = item.product.value(),
                            .sku = item.sku,
                            .name = item.name,
                            .unit_price = item.unit_price,
                            .weight_g = item.weight_g,
                            .quantity = delta});
        } else {
            catalog::release(tx_, item.product.value(), -delta, now_);
            moved_[*item.product] += delta;
        }
    }

    void take(const std::vector<catalog::Line>& lines) {
        catalog::reserve(tx_, lines, order_.id, now_);
        for (const auto& line : lines) {
            if (line.counted) {
                tx_.stock_moved(line.product, now_);
                moved_[line.product] += line.quantity;
            }
        }
    }

    /// So that stock and sums can be followed from the event log alone.
    Json edited_body() const {
        Money by_staff;
        for (const auto& line : sums_.lines) {
            by_staff += line.staff_discount;
        }
        return {{"reason", wanted_.reason},
                {"added", new_units_},
                {"changed", changed_},
                {"subtotal", sums_.totals.subtotal.minor},
                {"discount", sums_.totals.discount.minor},
                {"staff_discount", by_staff.minor}};
    }

    static Json changed_json(const Item& item, Quantity quantity) {
        auto json = moved_units(item, quantity);
        json["quantity_before"] = item.quantity;
        return json;
    }

    storage::Transaction& tx_;
    const Order& order_;
    const OrderEdit& wanted_;
    const Rate most_;
    const Time now_;
    const Rates rates_;
    Basket basket_;
    std::vector<Quantity> quantities_;  ///< of each of the order's lines
    std::vector<catalog::Line> added_;
    Sums sums_;
    Order after_;
    Json changed_ = Json::array();
    Json new_units_ = Json::array();
    std::map<ProductId, Quantity> moved_;
};

void require_editable(const Order& order) {
    if (!is_open(order.status) && order.status != Status::draft) {
        throw Refusal(kOrderClosed, fmt::format("order {} is {}", number(order.id), to_text(order.status)));
    }
    if (!order.recipient) {
        throw Refusal(kCustomerErased, "the customer's data was erased on request");
    }
}

/// Changes who gets the order; its sums are computed with all else.
Order with_new_customer(storage::Transaction& tx, const Order& order, const OrderEdit& wanted, const Beside& beside,
                        const Actor& actor, Time now) {
    if (!wanted.customer) {
        return order;
    }
    OrderUpdate update;
    update.customer = wanted.customer;
    readdress(tx, order, changed_addressees(order, update, tx.vault()), true, beside, actor, now);
    return get(tx, order.id);
}

}  // namespace

std::map<ProductId, Quantity> edit(storage::Transaction& tx, const Order& before, const OrderEdit& wanted, Rate most,
                                   const Beside& beside, const Actor& actor, Time now) {
    require_editable(before);
    const auto order = with_new_customer(tx, before, wanted, beside, actor, now);
    const bool holds_stock = order.status != Status::draft;
    Editing editing(tx, order, wanted, most, now);
    editing.plan_lines(beside);
    editing.compute();
    editing.write(holds_stock);
    editing.write_sums(beside, actor);
    if (holds_stock) {
        share_out_stock(tx);
    }
    keep_awaits(tx, order.id);
    close_if_sent(tx, order.id, actor, now);
    return editing.moved();
}

Money take_out(storage::Transaction& tx, const Order& order, const std::vector<Units>& units, const std::string& reason,
               const Beside& beside, const Actor& actor, Time now) {
    OrderEdit wanted;
    wanted.reason = reason;
    for (const auto& unit : units) {
        wanted.change.push_back({unit.item, line(order, unit.item, "/items").quantity - unit.quantity});
    }
    edit(tx, order, wanted, kAnyShare, beside, actor, now);
    return order.totals.total - get(tx, order.id).totals.total;
}

}  // namespace orderd::orders

namespace orderd::api {

using namespace orders;

Declared<LineChange> Fields<LineChange>::value() {
    return object<LineChange>("LineChange",
                              {field("item_id", &LineChange::item, Shape::id()),
                               field("quantity", &LineChange::quantity,
                                     Shape::integer(0, kMaxOrderQuantity).described("0 takes the line out"))});
}

Declared<OrderEdit> Fields<OrderEdit>::value() {
    constexpr std::size_t kMostLines = 200;
    return object<OrderEdit>(
        "OrderEdit",
        {optional("add", &OrderEdit::add, Shape::list(shape_of<StaffLine>(), 0, kMostLines)),
         optional("change", &OrderEdit::change, Shape::list(shape_of<LineChange>(), 0, kMostLines)),
         optional("customer", &OrderEdit::customer, shape_of<CustomerChanges>()).not_in_example(),
         optional("delivery_method_id", &OrderEdit::delivery,
                  Shape::id().described(
                      "the delivery is computed anew, at today's price; otherwise it costs what was agreed"))
             .not_in_example(),
         optional("discount", &OrderEdit::discount,
                  shape_of<StaffDiscount>().nullable().described("in place of what staff gave; null takes that back"))
             .not_in_example(),
         optional("reason", &OrderEdit::reason, Shape::text(0, 500).described("for the shop's own people")),
         optional("dry_run", &OrderEdit::dry_run,
                  Shape::boolean().described("true: answers what would be, and changes nothing"))});
}

}  // namespace orderd::api
