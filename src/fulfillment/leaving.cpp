#include "fulfillment/leaving.h"

#include <fmt/format.h>

#include "orders/lifecycle.h"
#include "storage/actor_text.h"
#include "storage/events.h"
#include "storage/settings.h"
#include "storage/trial.h"

namespace orderd::fulfillment {

namespace {

void set_leaves_at(storage::Transaction& tx, Shipment& shipment, std::optional<Time> at, std::string_view kind,
                   const Actor& actor, Time now) {
    shipment.leaves_at = at;
    save(tx, shipment, now);
    events::record(tx, kind, {"shipment", number(shipment.id)},
                   {{"shipment_id", number(shipment.id)}, {"order_id", number(shipment.order)}}, actor, now);
    orders::grow_version(tx, shipment.order, now);
}

}  // namespace

void leave_soon(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now) {
    if (shipment.leaves_at) {
        return;
    }
    storage::try_out(tx, [&] { ship(tx, shipment, actor, now); });  // throws what would refuse it then
    set_leaves_at(tx, shipment, now + kMayStay, "shipment.leaving", actor, now);
    // Without a dedupe key: a parcel may be taken back and marked again while its first job waits.
    jobs::add(tx,
              {.kind = kLeaveJob,
               .payload = {{"shipment_id", number(shipment.id)}, {"actor", to_text(actor)}},
               .run_at = *shipment.leaves_at},
              now);
}

void stay(storage::Transaction& tx, OrderId order, const Actor& actor, Time now) {
    bool any = false;
    for (auto& shipment : shipments_of(tx, order)) {
        if (shipment.leaves_at && *shipment.leaves_at > now) {
            set_leaves_at(tx, shipment, std::nullopt, "shipment.stayed", actor, now);
            any = true;
        }
    }
    if (!any) {
        throw Refusal(kAlreadyLeft, fmt::format("nothing of order {} can be taken back any more", number(order)));
    }
}

bool read_ship_when_packed(const storage::View& view) { return settings::is_on(view, kShipWhenPacked); }

void leave_now(storage::Store& store, const Clock& clock, const jobs::Job& job) {
    const ShipmentId id{job.payload.at("shipment_id").get<std::int64_t>()};
    const auto actor = actor_of(job.payload.value("actor", "system"));
    try {
        store.writer().run([&](storage::Transaction& tx) {
            const auto shipment = get_shipment(tx, id);
            const auto now = clock.now();
            if (shipment.leaves_at && *shipment.leaves_at <= now && is_in_house(shipment.status)) {
                ship(tx, shipment, actor, now);
            }
        });
    } catch (const Refusal& refusal) {
        throw jobs::GiveUp(fmt::format("a parcel that was marked shipped could not be: {}", refusal.detail()));
    }
}

}  // namespace orderd::fulfillment
