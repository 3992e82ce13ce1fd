#include "app/export_commands.h"

#include "app/exports.h"
#include "orders/machine.h"
#include "storage/shop_zone.h"

namespace orderd::app {

namespace {

std::optional<orders::Filter> filter_of(const storage::View& view, const ExportWish& wish) {
    if (wish.statuses.empty() && wish.from.empty() && wish.to.empty() && wish.search.empty()) {
        return std::nullopt;
    }
    orders::Filter filter;
    for (const auto& status : wish.statuses) {
        filter.statuses.push_back(orders::parse_status(status).value());
    }
    filter.from = settings::moment(view, wish.from, 0);
    filter.before = settings::moment(view, wish.to, 1);
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
    const auto filter = filter_of(store.read(), wish);
    note_export(store, "order", filter.has_value(), Actor::command_line(), clock.now());
    csv::save(wish.file, out, [&](const csv::Send& send) { return export_orders(store, filter, send, wish.style); });
}

void export_customers_command(storage::Store& store, const ExportWish& wish, const Clock& clock, std::ostream& out) {
    const auto text = wish.search.empty() ? std::nullopt : std::optional(wish.search);
    note_export(store, "customer", text.has_value(), Actor::command_line(), clock.now());
    csv::save(wish.file, out, [&](const csv::Send& send) { return export_customers(store, text, send, wish.style); });
}

}  // namespace orderd::app
