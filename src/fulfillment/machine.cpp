#include "fulfillment/machine.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace orderd::fulfillment {

namespace {

struct Row {
    Status status;
    std::string_view text;
    std::vector<Status> next;
};

/// The shipment's states and steps (DESIGN, "States"). A label can be voided until its parcel leaves. What happens to a
/// parcel under way is told by carriers, who skip steps and go back on them.
const std::array<Row, 9>& table() {
    using enum Status;
    static const std::array<Row, 9> rows{{
        {label_pending, "label_pending", {label_ready, failed, voided}},
        {label_ready, "label_ready", {in_transit, voided}},
        {in_transit, "in_transit", {out_for_delivery, delivered, exception, returned}},
        {out_for_delivery, "out_for_delivery", {in_transit, delivered, exception, returned}},
        {delivered, "delivered", {}},
        {exception, "exception", {in_transit, out_for_delivery, delivered, returned}},
        {returned, "returned", {}},
        {voided, "voided", {}},
        {failed, "failed", {label_pending, voided}},
    }};
    return rows;
}

const Row& row(Status status) { return table()[static_cast<std::size_t>(status)]; }

}  // namespace

std::string_view to_text(Status status) { return row(status).text; }

std::optional<Status> parse_status(std::string_view text) {
    const auto found = std::find_if(table().begin(), table().end(), [&](const Row& r) { return r.text == text; });
    return found == table().end() ? std::nullopt : std::optional(found->status);
}

const std::vector<Status>& next(Status from) { return row(from).next; }

bool is_in_house(Status status) {
    return status == Status::label_pending || status == Status::label_ready || status == Status::failed;
}

bool is_under_way(Status status) {
    return status == Status::in_transit || status == Status::out_for_delivery || status == Status::exception;
}

bool may_step(Status from, Status to) {
    const auto& allowed = next(from);
    return std::find(allowed.begin(), allowed.end(), to) != allowed.end();
}

void require_step(Status from, Status to) {
    if (may_step(from, to)) {
        return;
    }
    std::vector<std::string_view> names;
    for (const auto status : next(from)) {
        names.push_back(to_text(status));
    }
    throw Refusal(Reason::conflict, "illegal_transition",
                  names.empty() ? fmt::format("a shipment that is {} stays so", to_text(from))
                                : fmt::format("a shipment that is {} cannot become {}; it can become {}", to_text(from),
                                              to_text(to), fmt::join(names, ", ")))
        .with("status", to_text(from))
        .with("allowed", names);
}

}  // namespace orderd::fulfillment
