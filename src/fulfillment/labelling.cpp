#include "fulfillment/labelling.h"

#include <fmt/format.h>

#include "fulfillment/leaving.h"
#include "fulfillment/printing.h"
#include "fulfillment/tracking_updates.h"
#include "storage/actor_text.h"

namespace orderd::fulfillment {

namespace {

constexpr auto kRemember = R"sql(
    UPDATE shipment SET carrier_reference = ?2, version = version + 1, updated_at = ?3
     WHERE id = ?1 AND carrier_reference IS ?4
)sql";
constexpr auto kRemembered = "SELECT carrier_reference FROM shipment WHERE id = ?1";

ShipmentId shipment_of(const jobs::Job& job) { return ShipmentId{job.payload.at("shipment_id").get<std::int64_t>()}; }

Carrier& carrier_of(const Carriers& carriers, const Shipment& shipment) {
    auto* carrier = carriers.find(shipment.carrier);
    if (carrier == nullptr) {
        throw CarrierRefused(fmt::format("the carrier {} is not set up", shipment.carrier));
    }
    return *carrier;
}

/// The actor who requested a job.
Actor actor_in(const jobs::Job& job) { return actor_of(job.payload.value("actor", "system")); }

/// Buys the label, or finds that it was bought before.
Label buy(storage::Store& store, const Clock& clock, const Carriers& carriers, const Shipment& shipment) {
    const auto consignment = consignment_of(store.read(), shipment);
    auto label = carrier_of(carriers, shipment).buy(consignment, [&](const std::string& reference) {
        return store.writer().run([&](storage::Transaction& tx) {
            tx.run(kRemember, shipment.id, reference, clock.now(), shipment.carrier_reference);
            return tx.value<std::string>(kRemembered, shipment.id).value();
        });
    });
    label.made_of = consignment.fingerprint;
    return label;
}

}  // namespace

void get_label(storage::Store& store, const Clock& clock, const Carriers& carriers, const jobs::Job& job) {
    const auto id = shipment_of(job);
    const auto shipment = get_shipment(store.read(), id);
    if (shipment.status != Status::label_pending) {
        return;
    }
    const auto fail = [&](const std::string& why) {
        store.writer().run([&](storage::Transaction& tx) { label_failed(tx, id, why, clock.now()); });
    };
    try {
        const auto label = buy(store, clock, carriers, shipment);
        store.writer().run([&](storage::Transaction& tx) {
            if (!label_made(tx, id, label, actor_in(job), clock.now())) {
                ask_for_money_back(tx, id, clock.now());  // voided while it was being bought
            }
        });
    } catch (const CarrierRefused& error) {
        fail(error.what());
    } catch (const CarrierUnavailable& error) {
        if (job.attempt < job.max_attempts || job.stopping()) {
            throw;
        }
        fail(error.what());
    }
}

void make_at_once(storage::Transaction& tx, Carrier& carrier, const Shipment& shipment, const Actor& actor, Time now) {
    try {
        label_made(tx, shipment.id,
                   carrier.buy(consignment_of(tx, shipment), [](const std::string& reference) { return reference; }),
                   actor, now);
    } catch (const CarrierRefused& error) {
        throw Refusal(kLabelRefused, error.what());
    }
}

Shipment with_label(storage::Transaction& tx, const Carriers& carriers, const Shipment& shipment, const Actor& actor,
                    Time now) {
    auto* carrier = carriers.find(shipment.carrier);
    if (shipment.status != Status::label_pending || carrier == nullptr || !carrier->at_once()) {
        return shipment;
    }
    make_at_once(tx, *carrier, shipment, actor, now);
    return get_shipment(tx, shipment.id);
}

void give_label_back(storage::Store& store, const Carriers& carriers, const jobs::Job& job) {
    const auto shipment = get_shipment(store.read(), shipment_of(job));
    auto* carrier = carriers.find(shipment.carrier);
    if (shipment.status != Status::voided || !shipment.carrier_reference || carrier == nullptr) {
        return;
    }
    try {
        carrier->give_back(*shipment.carrier_reference);
    } catch (const CarrierRefused& error) {
        throw jobs::GiveUp(error.what());
    }
}

namespace {

/// Makes a handler's job wait for its carrier if that cannot be reached.
jobs::Handler asking_carrier(jobs::Handler handler) {
    return [handler = std::move(handler)](const jobs::Job& job) {
        try {
            handler(job);
        } catch (const CarrierUnavailable& error) {
            throw jobs::NoAnswer(error.what());
        }
    };
}

}  // namespace

void handle_jobs(jobs::Workers& workers, storage::Store& store, const Clock& clock, const Carriers& carriers) {
    workers.handle(kLabelJob, asking_carrier([&](const jobs::Job& job) { get_label(store, clock, carriers, job); }));
    workers.handle(kLeaveJob, [&](const jobs::Job& job) { leave_now(store, clock, job); });
    workers.handle(kVoidJob, asking_carrier([&](const jobs::Job& job) { give_label_back(store, carriers, job); }));
    workers.every(kTrackingJob, minutes(5), [&](const jobs::Job& job) { poll_tracking(store, clock, carriers, job); });
    workers.handle(kVoidAllJob, [&](const jobs::Job& job) {
        const OrderId order{job.payload.at("order_id").get<std::int64_t>()};
        store.writer().run([&](storage::Transaction& tx) { void_all(tx, order, actor_in(job), clock.now()); });
    });
}

}  // namespace orderd::fulfillment
