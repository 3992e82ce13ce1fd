#pragma once

#include "fulfillment/printing.h"

namespace orderd::fulfillment {

/// The shop's own labels, with its own tracking numbers or with one that was typed in (of a label bought at the
/// counter). No outside service is called.
class LocalCarrier final : public Carrier {
public:
    explicit LocalCarrier(const Printer& printer) : printer_(printer) {}

    std::string_view name() const override { return "local"; }
    bool at_once() const override { return true; }
    Label buy(const Consignment& consignment, const Remember& remember) override;
    void give_back(const std::string&) override {}
    std::vector<TrackingEvent> follow(const Shipment&) override { return {}; }

private:
    const Printer& printer_;
};

}  // namespace orderd::fulfillment
