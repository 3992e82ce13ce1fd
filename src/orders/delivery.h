#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "accounts/contact.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/money.h"
#include "base/names.h"
#include "base/refused.h"
#include "base/time.h"
#include "catalog/stock.h"
#include "catalog/tax_class.h"
#include "orders/delivery_zones.h"
#include "storage/view.h"

namespace orderd::orders {

// How orders get to their customers, and which of the shop's ways fits an order.

inline constexpr Refused kNotShippedThere{
    422, "not_shipped_there",
    "None of the shop's delivery methods fits the order. unavailable says of each why, country repeats the address's. Ask "
    "for another address, or offer what is in fitting: a pickup, which is chosen by name alone."};
inline constexpr Refused kDeliveryNotPossible{
    422, "delivery_not_possible",
    "The delivery method does not fit the order, or the shop does not offer it any more. reason is why, and fitting lists "
    "those that do, cheapest first. Let the customer choose one of them."};

enum class DeliveryKind {
    shipping,      ///< by a carrier, in parcels
    pickup,        ///< the customer comes
    own_delivery,  ///< the shop brings it
};

inline constexpr Names<DeliveryKind, 3> kDeliveryKinds{{{
    {DeliveryKind::shipping, "shipping"},
    {DeliveryKind::pickup, "pickup"},
    {DeliveryKind::own_delivery, "own_delivery"},
}}};

/// Where customers fetch their orders.
struct PickupPlace {
    std::string name;  ///< empty: the shop's
    accounts::Address address;
    std::string opening_hours;

    bool operator==(const PickupPlace&) const = default;
};

struct DeliveryMethod {
    using Kind = DeliveryKind;

    DeliveryMethodId id{};
    std::string default_name;
    std::map<std::string, std::string> names = {};  ///< by language: "de"
    Kind kind = Kind::shipping;
    std::string days = {};                            ///< how many it takes, for people: "2–3"; empty: not said
    std::optional<catalog::TaxClass> tax_class = {};  ///< nullopt: taxed as its goods are
    bool active = true;
    std::int64_t position = 0;             ///< in lists, lowest first
    std::vector<DeliveryZone> zones = {};  ///< of a pickup: one at most, without places; none: it is free
    std::optional<PickupPlace> pickup = {};
    std::string note = {};  ///< when it comes, or what else customers should know
    Time created_at = {};
    Time updated_at = {};
    std::int64_t version = 1;

    /// What a customer with this locale ("de", "de-AT") reads.
    std::string name(std::string_view locale) const;
};

/// What is delivered: enough to choose a method, and its price.
struct Consignment {
    accounts::Address to;                  ///< country, region and postcode count
    Money value;                           ///< of the goods, after discount
    std::optional<std::int64_t> weight_g;  ///< nullopt: unknown, which is not 0
    std::string unweighed_sku;             ///< of a line whose weight is unknown
};

/// The consignment of some lines. A weight that is out of range is the largest number: too heavy for any band.
Consignment consignment_of(const std::vector<catalog::Line>& lines, const accounts::Address& to, Money value);

struct Offer {
    const DeliveryMethod* method = nullptr;  ///< null: the shop has no methods, and delivers free
    Money price;
    bool is_charged = false;  ///< the price is what an order is charged: no tax in it is taken off any more
};

struct Unavailable {
    DeliveryMethodId id{};
    std::string reason;  ///< not_to_that_address, weight_unknown, too_heavy or value_out_of_range; a refusal's code
    std::string detail;  ///< the same as a sentence
};

struct Offers {
    std::vector<Offer> fitting;  ///< cheapest first, then by position
    std::vector<Unavailable> unavailable;
};

/// All methods of a shop. Immutable; offers point into it.
class DeliveryMethods {
public:
    DeliveryMethods() = default;
    /// @param currency  for messages
    DeliveryMethods(const std::vector<DeliveryMethod>& methods, std::string currency);

    /// Whether the shop has none at all. It delivers free then; with methods that are all switched off, it does not
    /// deliver.
    bool empty() const { return entries_.empty(); }

    /// What the active ones say of a consignment.
    Offers offers(const Consignment& consignment) const;

    /// The active ones, by position.
    std::vector<const DeliveryMethod*> active() const;

    /// What one of them says of it.
    std::variant<Offer, Unavailable> offer_of(DeliveryMethodId id, const Consignment& consignment) const;

    /// An active one; null: there is none.
    const DeliveryMethod* find(DeliveryMethodId id) const;

    /// The wanted method with its price. Without one: the cheapest that fits, but for pickups, which are chosen by name
    /// alone.
    ///
    /// @throws Refusal 422 `delivery_not_possible` if the wanted one does not fit; `not_shipped_there` if none does
    Offer choose(const Consignment& consignment, std::optional<DeliveryMethodId> wanted) const;

private:
    struct Entry {
        DeliveryMethod method;
        ZoneIndex zones;
    };

    std::variant<Offer, Unavailable> offer_of(const Entry& entry, const Consignment& consignment) const;

    std::vector<Entry> entries_;  ///< by position
    std::string currency_;
};

/// Whose tax an order has: of the place where its customer gets it.
const accounts::Address& tax_place(const DeliveryMethod* method, const accounts::Address& to);

/// The member "fitting" of refusals, and "delivery_methods" of quotes: {"id", "name", "kind", "price", "days", "note",
/// "pickup"}.
Json offers_json(const std::vector<Offer>& fitting, std::string_view locale);
/// {"id", "reason", "detail"}
Json unavailable_json(const std::vector<Unavailable>& unavailable);

Json to_json(const PickupPlace& place);
PickupPlace pickup_from(const Json& json);

/// The method as an order keeps it, in the column orders.delivery. `{}`: delivered free, by a shop without methods.
Json as_it_was(const DeliveryMethod* method, std::string_view locale);

/// The same, read again.
struct OrderDelivery {
    DeliveryMethodId method{};
    std::string name;  ///< as the customer read it
    DeliveryKind kind = DeliveryKind::shipping;
    std::string days;
    std::optional<catalog::TaxClass> tax_class;
    std::string note;
    std::optional<PickupPlace> pickup;
};
/// @returns nullopt of an order from before there were methods, or that was delivered free
std::optional<OrderDelivery> delivery_from(const Json& as_it_was);

}  // namespace orderd::orders
