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

/// A parcel that waits for its label.
struct Consignment {
    Shipment shipment;
    Sender from;
    orders::Recipient to;
};

/// What buying a label brings.
struct Label {
    std::string tracking_number;
    std::optional<std::string> tracked_by = {};
    std::optional<std::string> tracking_url = {};
    std::optional<std::string> service = {};  ///< as the carrier calls it
    std::optional<std::int64_t> cost = {};    ///< in minor units of cost_currency
    std::optional<std::string> cost_currency = {};
    std::optional<std::string> pdf = {};  ///< nothing: drawn when it is asked for
};

/// What trying again cannot mend: an address that the carrier does not go to, a letter that the label cannot print. The
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

    /// Whether a label takes no outside call, so that it can be made inside a transaction.
    virtual bool at_once() const = 0;

    /// Gets the label of a shipment: once, however often it is called. `remember` stores the carrier's own id of the
    /// shipment, durably, before anything is bought under it; the next call finds it in shipment.carrier_reference.
    ///
    /// @throws CarrierRefused, CarrierUnavailable
    virtual Label buy(const Consignment& consignment, const std::function<void(const std::string&)>& remember) = 0;

    /// Gives an unused label back. Safe to call twice, and for a shipment under whose reference nothing was bought.
    ///
    /// @throws CarrierRefused, CarrierUnavailable
    virtual void give_back(const std::string& reference) = 0;

    /// What happened to the parcel so far; empty where this carrier does not tell.
    virtual std::vector<TrackingEvent> follow(const Shipment& shipment) = 0;
};

/// The carriers of this shop.
class Carriers {
public:
    void add(std::unique_ptr<Carrier> carrier) { all_.push_back(std::move(carrier)); }

    /// The carrier of that name, or null where this shop has none.
    Carrier* find(std::string_view name) const;

    std::vector<std::string> names() const;

private:
    std::vector<std::unique_ptr<Carrier>> all_;
};

/// The shop's address is empty where it is not set. @throws CarrierRefused where the customer's data was erased
Consignment consignment_of(const storage::View& view, const Shipment& shipment);

}  // namespace orderd::fulfillment
