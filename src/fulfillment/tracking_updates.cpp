#include "fulfillment/tracking_updates.h"

#include <algorithm>

#include "base/log.h"
#include "fulfillment/easypost.h"
#include "fulfillment/fulfilling.h"
#include "storage/settings.h"

namespace orderd::fulfillment {

namespace {

constexpr auto kDue = R"sql(
    SELECT id, follow_wait FROM shipment WHERE follow_at IS NOT NULL AND follow_at <= ?1 ORDER BY follow_at LIMIT ?2
)sql";
constexpr auto kFollow = "UPDATE shipment SET follow_at = ?2, follow_wait = ?3 WHERE id = ?1";
constexpr auto kByReference = "SELECT id FROM shipment WHERE carrier = ?1 AND carrier_reference = ?2";
constexpr auto kByNumber = R"sql(
    SELECT id FROM shipment WHERE tracking_number = ?1 AND status <> 'voided' ORDER BY id DESC LIMIT 1
)sql";

constexpr auto kOldTracking = R"sql(
    SELECT e.id, e.told_at, s.updated_at < ?3 AND e.at < ?3
      FROM tracking_event e JOIN shipment s ON s.id = e.shipment_id WHERE e.id > ?1 ORDER BY e.id LIMIT ?2
)sql";
constexpr auto kRemoveTracking = "DELETE FROM tracking_event WHERE id = ?1";

constexpr int kAtOnce = 100;

/// How many polls in a row may fail, each after a time-out, before the run ends.
constexpr int kPatience = 3;

struct Due {
    ShipmentId shipment{};
    Duration wait;
};

bool is_followed(const Shipment& shipment, Time now) {
    return (shipment.status == Status::label_ready || is_under_way(shipment.status)) &&
           now < shipment.created_at + kGiveUpAfter;
}

void ask_again(storage::Transaction& tx, const Due& due, bool news, Time now) {
    const auto shipment = get_shipment(tx, due.shipment);
    if (!is_followed(shipment, now)) {
        tx.run(kFollow, due.shipment, std::nullopt, std::nullopt);
        return;
    }
    const auto wait = news ? kFirstAsk : Duration{std::min(due.wait.ms * 2, kLongestWait.ms)};
    tx.run(kFollow, due.shipment, now + wait, wait);
}

/// @returns whether the carrier answered, if it was asked
bool follow_one(storage::Store& store, const Clock& clock, const Carriers& carriers, const Due& due) {
    const auto shipment = get_shipment(store.read(), due.shipment);
    auto* carrier = carriers.find(shipment.carrier_reference ? std::string_view(shipment.carrier) : EasyPost::kName);
    std::vector<TrackingEvent> events;
    bool answered = true;
    if (carrier != nullptr && carrier->is_ready() && is_followed(shipment, clock.now())) {
        try {
            events = carrier->follow(shipment);
        } catch (const CarrierUnavailable& error) {
            answered = false;
            log::warning("a carrier does not say where a parcel is",
                         {{"shipment", number(shipment.id)}, {"error", error.what()}});
        } catch (const CarrierRefused& error) {
            log::warning("a carrier does not say where a parcel is",
                         {{"shipment", number(shipment.id)}, {"error", error.what()}});
        }
    }
    store.writer().run([&](storage::Transaction& tx) {
        const bool news = take_news(tx, shipment, events, shipment.carrier, clock.now()) > 0;
        ask_again(tx, due, news, clock.now());
    });
    return answered;
}

}  // namespace

int take_news(storage::Transaction& tx, const Shipment& shipment, const std::vector<TrackingEvent>& events,
              std::string_view carrier, Time now) {
    const Actor by{.kind = Actor::Kind::outside, .id = 0, .name = std::string(carrier), .address = {}};
    int news = 0;
    for (const auto& event : events) {
        news += track(tx, shipment.id, event, false, by, now) ? 1 : 0;
    }
    return news;
}

std::optional<Shipment> find_tracked(const storage::View& view, std::string_view carrier, std::string_view reference,
                                     std::string_view tracking_number) {
    auto id = view.value<ShipmentId>(kByReference, carrier, reference);
    if (!id && !tracking_number.empty()) {
        id = view.value<ShipmentId>(kByNumber, tracking_number);
    }
    return id ? std::optional(get_shipment(view, *id)) : std::nullopt;
}

bool read_follow_typed_numbers(const storage::View& view) { return settings::is_on(view, "follow_typed_numbers"); }

void start_tracking_updates(storage::Transaction& tx, ShipmentId id, Time now) {
    tx.run(kFollow, id, now + kFirstAsk, kFirstAsk);
}

storage::Pruned remove_old_tracking(storage::Transaction& tx, const storage::Slice& slice) {
    return storage::remove_old(tx, slice, kOldTracking, kRemoveTracking);
}

void poll_tracking(storage::Store& store, const Clock& clock, const Carriers& carriers, const jobs::Job& job) {
    std::vector<Due> due;
    store.read().each(
        kDue,
        [&](const storage::Row& row) {
            due.push_back({row.get<ShipmentId>(0), {row.get<std::int64_t>(1)}});
        },
        clock.now(), kAtOnce);
    int unanswered = 0;
    for (const auto& it : due) {
        job.end_if_stopping();
        unanswered = follow_one(store, clock, carriers, it) ? 0 : unanswered + 1;
        if (unanswered == kPatience) {
            return;  // the others wait for the next run
        }
    }
}

}  // namespace orderd::fulfillment
