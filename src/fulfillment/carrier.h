#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_zone.h"
#include "fulfillment/shipment.h"

namespace orderd::fulfillment {

/// The sender: the shop.
struct Sender {
    std::string name;
    accounts::Address address;
};

/// Units in a parcel, as customs declarations need them.
struct Content {
    std::string name;
    Quantity quantity = 0;
    Money unit_price;
    std::optional<std::int64_t> weight_g;  ///< of one; nullopt: unknown
    std::string sku = {};
    std::string customs_code = {};    ///< as the product has it now; empty: unknown
    std::string origin_country = {};  ///< the same
};

/// A parcel that waits for its label.
struct Consignment {
    Shipment shipment;
    Sender from;
    orders::Recipient to;
    std::vector<Content> contents = {};
    std::string currency = {};     ///< of the contents' prices
    std::string fingerprint = {};  ///< keyed hash of everything that a label depends on
    std::string made_on = {};      ///< the day of the parcel, in the shop's time zone: "2026-11-24"
    Day ordered_on = {};           ///< the day of the order there
};

/// What a carrier would charge for a parcel.
struct Rate {
    std::string id = {};       ///< the carrier's id
    std::string service = {};  ///< the name that a shipment requests: "USPS Priority"
    std::int64_t cost = 0;     ///< in minor units of the currency
    std::string currency = {};
    std::optional<std::int64_t> days = {};  ///< until delivery, if the carrier says
};

/// Stores a carrier's own id of a shipment, durably. @returns the id to use: if workers do this at the same
/// time, the first one's
using Remember = std::function<std::string(const std::string& reference)>;

/// A bought label.
struct Label {
    std::string tracking_number;
    std::optional<std::string> tracked_by = {};
    std::optional<std::string> tracking_url = {};
    std::optional<std::string> service = {};  ///< as the carrier calls it
    std::optional<std::int64_t> cost = {};    ///< in minor units of cost_currency
    std::optional<std::string> cost_currency = {};
    std::optional<std::string> png = {};  ///< as the carrier drew it; nullopt: drawn on demand
    std::optional<std::string> zpl = {};  ///< the same
    bool is_followed = false;             ///< the carrier can be asked where the parcel is
    std::string made_of = {};             ///< fingerprint of the consignment that it was bought for
};

/// A failure that a retry cannot fix: an address that the carrier does not serve, a letter that the label
/// cannot print. The text is for the shop's staff, and contains no personal data.
class CarrierRefused : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The carrier cannot be reached, or does not answer properly: try again later. Contains no personal data.
class CarrierUnavailable : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A service that makes labels and carries parcels. Called from job workers and request threads, never inside
/// a transaction unless `at_once()`. Thread-safe.
class Carrier {
public:
    virtual ~Carrier() = default;

    virtual std::string_view name() const = 0;

    /// Whether labels are made without a call to an outside service, and so can be made inside a transaction.
    virtual bool at_once() const = 0;

    /// Whether it needs the parcel's weight. If so, an unknown weight is refused, never guessed.
    virtual bool needs_weight() const { return false; }

    /// Whether it declares a parcel to customs, if it goes to another country.
    virtual bool declares_customs() const { return false; }

    /// Whether the shop has configured it. It reads the settings, so do not call it inside a transaction.
    virtual bool is_ready() const { return true; }

    /// What it would charge for a parcel, cheapest first; empty if labels cost nothing. Nothing is bought.
    ///
    /// @throws CarrierRefused, CarrierUnavailable
    virtual std::vector<Rate> rates(const Consignment&) { return {}; }

    /// Buys the label of a shipment: once, however often it is called. `remember` stores the carrier's own id
    /// of the shipment durably before a label is bought under it; the next call finds that id in
    /// shipment.carrier_reference.
    ///
    /// @throws CarrierRefused, CarrierUnavailable
    virtual Label buy(const Consignment& consignment, const Remember& remember) = 0;

    /// Returns an unused label for a refund. Safe to call twice, and for a shipment under whose reference
    /// nothing was bought.
    ///
    /// @throws CarrierRefused, CarrierUnavailable
    virtual void give_back(const std::string& reference) = 0;

    /// What has happened to the parcel so far; empty if this carrier does not report it.
    virtual std::vector<TrackingEvent> follow(const Shipment& shipment) = 0;
};

/// The carriers of this shop.
class Carriers {
public:
    void add(std::unique_ptr<Carrier> carrier) { all_.push_back(std::move(carrier)); }

    /// The carrier with that name, or null if this shop has none.
    Carrier* find(std::string_view name) const;

    std::vector<std::string> names() const;

private:
    std::vector<std::unique_ptr<Carrier>> all_;
};

/// Everything that a label needs. The shop's address is empty if it is not set. @throws CarrierRefused if the
/// customer's data was erased
Consignment consignment_of(const storage::View& view, const Shipment& shipment);

/// What a customs declaration needs of the contents and does not know. It is declared without: nothing is made up but
/// the origin, for which the shop's own country stands.
struct CustomsGap {
    std::string sku;
    std::string name;
    std::vector<std::string_view> missing;  ///< "customs_code", "origin_country", "weight_g"
};

/// Empty if the parcel stays in its country, or in the EU.
std::vector<CustomsGap> customs_gaps(const Consignment& consignment);

}  // namespace orderd::fulfillment
