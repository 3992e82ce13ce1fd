#include "orders/machine.h"

#include "base/state_table.h"

namespace orderd::orders {

namespace {

struct Row {
    Status status;
    std::string_view text;
    bool open;
    std::vector<Status> next;
};

/// The order's states and steps. An order that is paid later (bank transfer, cash on delivery) goes from
/// pending to processing without being paid, if the shop allows it. A paid one is pending again while it owes what an edit
/// added. The rest of a partly shipped order can be
/// cancelled: the order is then shipped.
const StateTable<Row, 10>& table() {
    using enum Status;
    static const StateTable<Row, 10> rows({{
        {draft, "draft", false, {pending}},
        {pending, "pending", true, {paid, processing, cancelled, expired}},
        {paid, "paid", true, {pending, processing, cancelled}},
        {processing, "processing", true, {partially_shipped, shipped, cancelled}},
        {partially_shipped, "partially_shipped", true, {shipped}},
        {shipped, "shipped", false, {delivered, returned}},
        {delivered, "delivered", false, {returned}},
        {returned, "returned", false, {}},
        {cancelled, "cancelled", false, {}},
        {expired, "expired", false, {}},
    }});
    return rows;
}

}  // namespace

std::string_view to_text(Status status) { return table()[status].text; }

std::vector<Status> all_statuses() {
    std::vector<Status> all;
    for (const auto& row : table()) {
        all.push_back(row.status);
    }
    return all;
}

std::optional<Status> parse_status(std::string_view text) { return table().parse(text); }

const std::vector<Status>& next(Status from) { return table()[from].next; }

bool is_open(Status status) { return table()[status].open; }

void require_step(Status from, Status to) {
    if (!table().allows(from, to)) {
        refuse_step("an order", "order_status", to_text(from), to_text(to), table().names_after(from));
    }
}

}  // namespace orderd::orders
