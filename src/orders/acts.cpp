// What can be done with an order of the list.

#include "base/names.h"
#include "orders/list.h"

namespace orderd::orders {

namespace {

constexpr Names<Act, 6> kActs{{{{Act::start_packing, "start_packing"},
                                {Act::fulfil, "fulfil"},
                                {Act::mark_ready, "mark_ready"},
                                {Act::print_labels, "print_labels"},
                                {Act::mark_shipped, "mark_shipped"},
                                {Act::mark_delivered, "mark_delivered"}}}};

}  // namespace

std::string_view to_text(Act act) { return kActs[act]; }
std::vector<std::string> act_names() { return kActs.list(); }

std::vector<Act> acts_on(const Summary& row) {
    const auto& parcels = row.parcels;
    const bool in_packing = row.status == Status::processing || row.status == Status::partially_shipped;
    std::vector<Act> acts;
    if (row.packable && !in_packing) {
        acts.push_back(Act::start_packing);
    }
    if (row.packable && parcels.loose > 0 && row.delivery_kind != DeliveryKind::pickup) {
        acts.push_back(Act::fulfil);
    }
    if (row.packable && parcels.loose > 0 &&
        row.delivery_kind.value_or(DeliveryKind::shipping) != DeliveryKind::shipping) {
        acts.push_back(Act::mark_ready);
    }
    if (parcels.ready > 0 && !row.customer_name.empty()) {  // a label shows the recipient
        acts.push_back(Act::print_labels);
    }
    if (row.packable && in_packing && parcels.all_can_leave) {
        acts.push_back(Act::mark_shipped);
    }
    if (parcels.under_way > 0 || (row.packable && parcels.to_hand_over > 0)) {
        acts.push_back(Act::mark_delivered);
    }
    return acts;
}

std::string_view label_state(const Summary& row) {
    const auto& parcels = row.parcels;
    return parcels.failed > 0     ? "failed"
           : parcels.outdated > 0 ? "outdated"
           : parcels.pending > 0  ? "pending"
           : parcels.leaving > 0  ? "leaving"
           : parcels.ready > 0    ? "ready"
                                  : "";
}

}  // namespace orderd::orders
