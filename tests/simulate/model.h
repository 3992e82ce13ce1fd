#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "storage/view.h"

namespace orderd::tests {

class Outside;

/// What must be in the shop by what it answered, what its gateway's ledger says, and plain arithmetic. It is a value: a
/// copy goes with each backup, and takes its place when that is restored.
///
/// Which step an order, a payment or a parcel took is read from the event log; whether it could, what follows for stock
/// and money, and whether anything that was answered is missing, is worked out here.
struct Model {
    /// What is added to an order's base, in millionths, by country.
    static const std::map<std::string, std::int64_t>& taxes();

    struct Item {
        std::int64_t id = 0;
        std::int64_t product = 0;
        std::int64_t quantity = 0;
        std::int64_t price = 0;  ///< of one
        std::int64_t shipped = 0;
        std::int64_t cancelled = 0;
        std::int64_t returned = 0;
        bool counted = true;  ///< whether it takes stock

        std::int64_t open() const { return quantity - shipped - cancelled; }
    };

    struct Order {
        std::int64_t number = 0;
        std::string token;  ///< its capability
        std::int64_t total = 0;
        std::int64_t base = 0;  ///< what its lines cost, less their discounts
        std::int64_t staff_discount = 0;
        std::int64_t shipping = 0;  ///< as it was agreed at first
        bool fetched = false;       ///< its customer fetches it
        std::int64_t code = 0;      ///< the discount code that it uses; 0: none
        std::string status = "pending";
        std::int64_t expires_at = 0;  ///< as last seen; 0: never
        bool hold_moved = false;      ///< its payment went on since, which may end its time sooner
        std::vector<Item> items;
        std::int64_t payment = 0;  ///< 0: none was answered
        std::int64_t version = 0;
        bool cancel_asked = false;  ///< somebody asked for it, answered or not
        bool cancelled = false;     ///< and was told that it is
        bool rest_cancel_asked = false;
        bool receive_asked = false;  ///< staff said that its money came by hand
        bool received = false;       ///< and were told that this is noted
        bool erase_asked = false;
        bool edit_asked = false;  ///< somebody asked to change its lines, answered or not
        std::set<std::int64_t> tags = {};
        std::set<std::int64_t> comments = {};

        bool holds_stock() const {
            return status == "pending" || status == "paid" || status == "processing" || status == "partially_shipped";
        }
        Item* item(std::int64_t id);  ///< null: it has no such line
        bool left() const;            ///< whether a unit of it left the house
        /// What it costs in a country of taxes().
        std::int64_t total_in(const std::string& country, std::int64_t delivery) const;
        bool uses_code() const { return code != 0 && status != "cancelled" && status != "expired"; }
    };

    struct Product {
        std::int64_t id = 0;
        std::string sku;
        std::int64_t price = 0;
        std::int64_t on_hand = 0;
        bool archived = false;
        std::string policy = "counted";        ///< of its stock, as the log has it
        std::int64_t beyond = 0;               ///< units sold beyond it
        std::set<std::int64_t> pictures = {};  ///< that were answered; imports bring others
        std::int64_t may_be_missing = 0;       ///< units of which somebody asked to write them off as missing
    };

    struct Refund {
        std::int64_t payment = 0;
        std::int64_t amount = 0;
        bool by_hand = false;  ///< staff send it
        bool sent = false;     ///< and were told that this is noted
    };

    struct Code {
        std::string code;
        std::int64_t most_uses = 0;
    };

    std::map<std::int64_t, Order> orders;
    std::map<std::int64_t, Code> codes;
    std::map<std::int64_t, bool> methods;  ///< of delivery, that were answered: whether customers fetch it
    /// All prices that delivery to a country ever had, since an order may be placed while they change.
    std::map<std::string, std::set<std::int64_t>> delivery_prices;
    std::map<std::int64_t, Product> products;
    std::map<std::int64_t, Refund> refunds;        ///< that were answered
    std::map<std::int64_t, std::int64_t> parcels;  ///< that were seen: the order of each
    std::map<std::int64_t, std::string> comments;  ///< that were answered: the text of each
    std::set<std::int64_t> unclaimed;              ///< orders in the log that no answer told of yet
    std::set<std::int64_t> touched;                ///< orders to be compared
    std::int64_t last_event = 0;
    std::vector<std::string> happened;  ///< what the log had new, by kinds that are counted
    /// Charges that the shop told its people of after a restore, by their gateway's name, and what they took: for orders
    /// that the backup lacks, or has with another total. People send the money back, or keep it.
    std::map<std::string, std::int64_t> unknown_charges;
    std::set<std::string> old_charges;  ///< of all gateways, that were there when a backup was restored

    /// Takes in what the event log has new.
    void hear(const storage::View& view);

    /// What differs between this and the shop: in the orders that were touched since the last call, or in all.
    std::optional<std::string> difference(const storage::View& view, Outside& outside, bool all);

    /// The same of what must be once nothing is left to do: what the gateway took is what the shop says it took.
    std::optional<std::string> difference_at_rest(const storage::View& view, Outside& outside) const;

    /// Whether a country, and a price that delivery to it had, make this total of an order.
    bool can_cost(const Order& order, std::int64_t total) const;

    /// How many orders use a discount code.
    std::int64_t uses(std::int64_t code) const;

    /// Units that open orders hold, of each product that they hold some of.
    std::map<std::int64_t, std::int64_t> reserved() const;

    /// Of each line that waits for stock: how many units. What is on hand goes to the oldest orders.
    std::map<std::int64_t, std::int64_t> awaited() const;

private:
    void hear_of_order(std::int64_t number, const std::string& step, const Json& body, std::int64_t at);
    void hear_of_cancelled_units(Order& order, const Json& body);
    void hear_of_edit(Order& order, const Json& body);
    void hear_of_parcel(const Json& body);
    void hear_of_product(std::int64_t id, const std::string& kind, const Json& body);
    void fault(std::string text);
    std::optional<std::string> differs(const storage::View& view, Outside& outside, Order& order) const;
    std::optional<std::string> untold_at_rest(Outside& outside) const;

    std::string fault_;  ///< the first that was found while hearing
};

}  // namespace orderd::tests
