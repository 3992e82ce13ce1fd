#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/contact.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/language.h"
#include "base/money.h"
#include "base/time.h"
#include "base/time_zone.h"
#include "catalog/tax_class.h"
#include "orders/billing.h"
#include "orders/delivery.h"
#include "orders/legal_texts.h"
#include "orders/machine.h"
#include "orders/taxes.h"
#include "storage/view.h"

namespace orderd::orders {

/// One line of an order: what was sold, with the price and name of that moment.
struct Item {
    ItemId id{};
    std::optional<ProductId> product;  ///< nullopt: a line that staff wrote, of no product
    std::string sku;                   ///< empty without a product
    std::string name;
    Money unit_price;
    std::optional<std::int64_t> weight_g;  ///< nullopt: unknown
    catalog::TaxClass tax_class = catalog::TaxClass::standard;
    Rate tax_rate = {};
    std::optional<Money> listed_price = {};  ///< the product's, where unit_price is without the tax in it
    Money discount = {};                     ///< of the line
    Money staff_discount = {};               ///< what of it staff gave
    Money tax;                               ///< of the line: added to it, or contained in it
    Quantity quantity = 0;
    Quantity shipped = 0;
    Quantity cancelled = 0;
    Quantity returned = 0;
    bool counted = true;                  ///< whether it takes stock
    Quantity awaited = 0;                 ///< of the open units: not in stock yet, see awaited.h
    std::optional<Day> expected_on = {};  ///< when they were to come, as it was told when they were ordered
    std::string price_reason = {};        ///< why staff gave it another price than the product's; empty: they did not

    Quantity open() const { return quantity - shipped - cancelled; }  ///< still to be shipped
    Quantity in_stock() const { return open() - awaited; }            ///< what can be shipped now
    Money amount() const { return unit_price * quantity - discount; }
};

/// Sums in minor units: total = subtotal − discount + shipping + tax.
struct Totals {
    Money subtotal;
    Money discount;
    Money shipping;
    Money tax;           ///< added to the prices; 0 if they include it
    Money tax_included;  ///< contained in prices and shipping; 0 if they do not include it
    Money total;
    Rate tax_rate;  ///< of several, that of most of the goods
    TaxTreatment treatment = TaxTreatment::taxed;
    std::vector<TaxedPart> shipping_taxes = {};  ///< of shipping, by rate; empty if it is free

    bool includes_tax() const { return tax.minor == 0; }  ///< or there is none
};

/// The recipient, as entered when the order was placed.
struct Recipient {
    accounts::Contact contact;
    accounts::Address address;
    std::string note;  ///< the customer's

    bool operator==(const Recipient&) const = default;
};

struct Order {
    OrderId id{};
    CustomerId customer{};
    Status status = Status::pending;
    Totals totals;
    AdminId managed_by{};
    std::optional<Recipient> recipient;  ///< nullopt once the customer was erased
    std::string staff_note;
    std::string access_token_hash;
    Time placed_at;
    std::optional<Time> expires_at;
    Time updated_at;
    std::int64_t version = 1;
    const Language* language = &Language::english();  ///< of all that goes to its customer; never null
    std::string payment_status;                       ///< its payment's status; empty: no payment yet
    bool money_goes_back = false;                     ///< everything captured was refunded, or is being refunded
    bool owed_agreed = false;                         ///< staff said that it ships though some of it is owed
    Money balance = {};                   ///< owed since the total changed after it was paid; negative: to be refunded
    std::string tax_country = {};         ///< whose tax it has; empty if that is not known any more
    std::optional<Billing> billing = {};  ///< nullopt: the recipient is billed
    std::optional<DiscountCodeId> discount_code = {};
    std::string discount_reason = {};        ///< the code as it was
    std::string staff_discount_reason = {};  ///< empty: staff gave none
    std::vector<Item> items;
    std::optional<OrderDelivery> delivery = {};  ///< as it was agreed; nullopt: free, or before there were methods
    std::string delivery_note = {};              ///< when it comes, as staff told the customer
    std::int64_t payment_links = 0;              ///< how often the link to its payment's page was renewed (links.h)
    std::vector<LegalVersion> accepted_terms = {};
};

/// @throws Refusal 404 `not_found`
Order get(const storage::View& view, OrderId id);

bool exists(const storage::View& view, OrderId id);
void require_exists(const storage::View& view, OrderId id);  ///< @throws Refusal 404

/// The order's sums by rate: their bases and taxes add up to its total.
std::vector<RateSum> taxes_of(const Order& order);

/// The language of all that goes to an order's customer. @throws std::logic_error if there is no such order
const Language& language_of(const storage::View& view, OrderId id);

/// The lines of an order, but for those that an edit took out.
std::vector<Item> items_of(const storage::View& view, OrderId id);

/// The lines of several orders by one statement: of the newest orders first, and `most` lines in all.
std::map<OrderId, std::vector<Item>> items_of(const storage::View& view, const std::vector<OrderId>& orders,
                                              std::int64_t most);

/// The customer's name on an order; empty once it was erased.
std::string recipient_name(const storage::View& view, OrderId id);

/// What is still to be paid of an order, or (negative) to be refunded. Of an unpaid one, its total.
Money balance_of(const Order& order);

/// Whether any of its units are not in stock yet.
bool awaits_stock(const Order& order);

/// Its product's id; null: it is of none.
Json product_json(const Item& item);

/// Units as events contain them, so that stock can be followed from the event log alone: {"item_id",
/// "product_id", "quantity"}, and {"counted": false} if they take no stock.
Json moved_units(const Item& item, Quantity quantity);

/// The same of all that is still to be shipped.
Json open_units(const Order& order);

/// As the column shipping_taxes has it.
Json to_json(const std::vector<TaxedPart>& parts);

/// The sealed columns of an order's row.
std::string seal_contact(const storage::Vault& vault, OrderId id, const Recipient& recipient);
std::string seal_address(const storage::Vault& vault, OrderId id, const accounts::Address& address);
std::string seal_staff_note(const storage::Vault& vault, OrderId id, std::string_view note);
std::string seal_delivery_note(const storage::Vault& vault, OrderId id, std::string_view note);
std::optional<Recipient> open_recipient(const storage::Vault& vault, OrderId id,
                                        const std::optional<std::string>& contact_sealed,
                                        const std::optional<std::string>& address_sealed);

}  // namespace orderd::orders
