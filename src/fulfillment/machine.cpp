#include "fulfillment/machine.h"

#include "base/state_table.h"

namespace orderd::fulfillment {

namespace {

struct Row {
    Status status;
    std::string_view text;
    std::vector<Status> next;
};

/// The shipment's states and steps. A label can be voided until its parcel leaves. Carriers report what
/// happens to a parcel under way; they skip steps and go back. What has no parcel is handed over.
const StateTable<Row, 10>& table() {
    using enum Status;
    static const StateTable<Row, 10> rows({{
        {label_pending, "label_pending", {label_ready, failed, voided}},
        {label_ready, "label_ready", {in_transit, voided}},
        {ready, "ready", {delivered, voided}},
        {in_transit, "in_transit", {out_for_delivery, delivered, exception, returned}},
        {out_for_delivery, "out_for_delivery", {in_transit, delivered, exception, returned}},
        {delivered, "delivered", {}},
        {exception, "exception", {in_transit, out_for_delivery, delivered, returned}},
        {returned, "returned", {}},
        {voided, "voided", {}},
        {failed, "failed", {label_pending, voided}},
    }});
    return rows;
}

}  // namespace

std::string_view to_text(Status status) { return table()[status].text; }

std::optional<Status> parse_status(std::string_view text) { return table().parse(text); }

const std::vector<Status>& next(Status from) { return table()[from].next; }

bool is_in_house(Status status) {
    return status == Status::label_pending || status == Status::label_ready || status == Status::ready ||
           status == Status::failed;
}

bool is_under_way(Status status) {
    return status == Status::in_transit || status == Status::out_for_delivery || status == Status::exception;
}

bool may_step(Status from, Status to) { return table().allows(from, to); }

bool may_leave(Status from) { return is_in_house(from) && may_step(from, Status::in_transit); }

void require_step(Status from, Status to) {
    if (!may_step(from, to)) {
        refuse_step("a shipment", "shipment_status", to_text(from), to_text(to), table().names_after(from));
    }
}

void require_leave(Status from) {
    if (!may_leave(from)) {
        auto allowed = table().names_after(from);
        std::erase(allowed, to_text(Status::in_transit));
        refuse_step("a shipment", "shipment_status", to_text(from), to_text(Status::in_transit), allowed);
    }
}

}  // namespace orderd::fulfillment
