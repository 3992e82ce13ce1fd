#include "app/export_commands.h"

#include "app/exports.h"
#include "orders/machine.h"

namespace orderd::app {

namespace {

std::optional<orders::Filter> filter_of(const ExportWish& wish) {
    if (wish.statuses.empty() && wish.from.empty() && wish.to.empty() && wish.search.empty()) {
        return std::nullopt;
    }
    orders::Filter filter;
    for (const auto& status : wish.statuses) {
        filter.statuses.push_back(orders::parse_status(status).value());
    }
    filter.from = parse_time(wish.from);
    filter.before = parse_time(wish.to);
    if (filter.before && wish.to.find_first_of("Tt ") == std::string::npos) {
        filter.before = *filter.before + days(1);
    }
    filter.text = wish.search;
    return filter;
}

}  // namespace

std::vector<std::string> order_statuses() {
    std::vector<std::string> names;
    for (const auto status : orders::all_statuses()) {
        names.emplace_back(orders::to_text(status));
    }
    return names;
}

void export_orders_command(storage::Store& store, const ExportWish& wish, const Clock& clock, std::ostream& out) {
    const auto filter = filter_of(wish);
    note_export(store, "order", filter.has_value(), Actor::command_line(), clock.now());
    csv::save(wish.file, out, [&](const csv::Send& send) { return export_orders(store, filter, send); });
}

void export_customers_command(storage::Store& store, const ExportWish& wish, const Clock& clock, std::ostream& out) {
    const auto text = wish.search.empty() ? std::nullopt : std::optional(wish.search);
    note_export(store, "customer", text.has_value(), Actor::command_line(), clock.now());
    csv::save(wish.file, out, [&](const csv::Send& send) { return export_customers(store, text, send); });
}

}  // namespace orderd::app
