#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "fulfillment/shipment.h"

namespace orderd::fulfillment {

/// Who sends: the shop.
struct Sender {
    std::string name;
    accounts::Address address;
};

/// Units in a parcel, as customs ask for them.
struct Content {
    std::string name;
    Quantity quantity = 0;
    Money unit_price;
    std::optional<std::int64_t> weight_g;  ///< of one; nothing: unknown
};

/// A parcel that waits for its label.
struct Consignment {
    Shipment shipment;
    Sender from;
    orders::Recipient to;
    std::vector<Content> contents = {};
    std::string currency = {};     ///< of the contents' prices
    std::string fingerprint = {};  ///< a keyed hash of all that a label is bought for: another address, another one
};

/// What a carrier would take for a parcel.
struct Rate {
    std::string id = {};       ///< the carrier's
    std::string service = {};  ///< what a shipment asks for: "USPS Priority"
    std::int64_t cost = 0;     ///< in minor units of the currency
    std::string currency = {};
    std::optional<std::int64_t> days = {};  ///< to the door, where the carrier says
};

/// Stores a carrier's own id of a shipment, durably. @returns the id that counts: of workers who do the same at once,
/// the first one's
using Remember = std::function<std::string(const std::string& reference)>;

/// What buying a label brings.
struct Label {
    std::string tracking_number;
    std::optional<std::string> tracked_by = {};
    std::optional<std::string> tracking_url = {};
    std::optional<std::string> service = {};  ///< as the carrier calls it
    std::optional<std::int64_t> cost = {};    ///< in minor units of cost_currency
    std::optional<std::string> cost_currency = {};
    std::optional<std::string> png = {};  ///< as the carrier drew it; nothing: drawn when it is asked for
    std::optional<std::string> zpl = {};  ///< likewise
    bool is_followed = false;             ///< the carrier can be asked where the parcel is
};

/// What a retry cannot fix: an address that the carrier does not go to, a letter that the label cannot print. The
/// text is for the shop's staff, and without personal data.
class CarrierRefused : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The carrier cannot be reached, or does not answer properly: to be tried again. Without personal data.
class CarrierUnavailable : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Who makes labels and carries parcels. Called from job workers and request threads, never inside a transaction unless
/// `at_once()`. Thread-safe.
class Carrier {
public:
    virtual ~Carrier() = default;

    virtual std::string_view name() const = 0;

    /// Whether labels are made without a call to the outside, and so can be made inside a transaction.
    virtual bool at_once() const = 0;

    /// Whether it needs the parcel's weight. An unknown weight is then refused, never guessed.
    virtual bool needs_weight() const { return false; }

    /// Whether the shop has set it up. Reads the settings, so it is not called inside a transaction.
    virtual bool is_ready() const { return true; }

    /// What it would take for a parcel, cheapest first; empty if labels cost nothing. Nothing is bought.
    ///
    /// @throws CarrierRefused, CarrierUnavailable
    virtual std::vector<Rate> rates(const Consignment&) { return {}; }

    /// Gets the label of a shipment: once, however often it is called. `remember` stores the carrier's own id of the
    /// shipment, durably, before anything is bought under it; the next call finds it in shipment.carrier_reference.
    ///
    /// @throws CarrierRefused, CarrierUnavailable
    virtual Label buy(const Consignment& consignment, const Remember& remember) = 0;

    /// Gives an unused label back. Safe to call twice, and for a shipment under whose reference nothing was bought.
    ///
    /// @throws CarrierRefused, CarrierUnavailable
    virtual void give_back(const std::string& reference) = 0;

    /// What happened to the parcel so far; empty if this carrier does not tell.
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

/// All that a label takes. The shop's address is empty if it is not set. @throws CarrierRefused if the customer's
/// data was erased
Consignment consignment_of(const storage::View& view, const Shipment& shipment);

}  // namespace orderd::fulfillment
