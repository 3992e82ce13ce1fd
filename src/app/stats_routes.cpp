#include "app/stats_routes.h"

#include <chrono>
#include <map>
#include <memory>
#include <tuple>

#include "app/room.h"
#include "base/mutex.h"
#include "fulfillment/return_request.h"
#include "orders/holding.h"
#include "orders/list.h"
#include "orders/numbering.h"
#include "orders/packing.h"
#include "orders/sales.h"
#include "payments/takings.h"
#include "storage/shop_zone.h"

namespace orderd::app {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

constexpr auto kNow = R"sql(
    SELECT (SELECT count(*) FROM payment JOIN orders ON orders.id = payment.order_id
             WHERE payment.status = 'failed' AND orders.status = 'pending'),
           (SELECT count(*) FROM payment WHERE status = 'disputed'),
           (SELECT count(*) FROM alert JOIN product ON product.id = product_id
             WHERE resolved_at IS NULL AND on_hand - reserved <= low_stock_threshold),
           (SELECT count(*) FROM job WHERE status = 'dead'),
           (SELECT count(*) FROM refund WHERE status = 'to_be_sent')
)sql";

// Of a span in which clocks do not change: ?3 is how far they are ahead of UTC.
constexpr auto kOrdersByDay = R"sql(
    SELECT (placed_at + ?3) / 86400000, count(*)
      FROM orders
     WHERE id >= ?4 AND id < ?5 AND placed_at >= ?1 AND placed_at < ?2 AND status NOT IN ('draft', 'cancelled', 'expired')
     GROUP BY 1
)sql";

constexpr std::int64_t kMostSold = 8;
constexpr std::size_t kMostHolds = 100;

Shape count_shape(std::string_view what) { return Shape::integer(0, 9'007'199'254'740'991).described(what); }

Shape stats_shape() {
    return Shape::object(
               {
                   {"to_pack",
                    count_shape("orders that are paid or may be packed before they are, in packing or partly shipped, "
                                "and of which something is in stock")},
                   {"awaiting_stock", count_shape("open orders with units that are not in stock yet")},
                   {"pending", count_shape("orders that wait for their payment before they are packed")},
                   {"failed_payments", count_shape("payments that failed, of pending orders")},
                   {"disputed_payments", count_shape("payments that the customer disputes")},
                   {"troubled_orders", count_shape("orders with a parcel that has no label or is held up")},
                   {"large_holds", count_shape("unpaid orders that hold over half of a product's stock; 100 at most")},
                   {"refunds_to_send", count_shape("refunds that staff are to send by hand")},
                   {"return_requests", count_shape("withdrawals and returns that customers asked for, not dealt with")},
                   {"low_stock", count_shape("open low-stock alerts")},
                   {"dead_jobs", count_shape("jobs that failed too often")},
                   {"backups_scheduled", Shape::boolean().described("whether the server makes backups automatically")},
                   {"last_backup_at", Shape::time().nullable().described("when the newest of them was made")},
                   {"storage_trouble",
                    Shape::object(
                        {{"kind", Shape::one_of({"no_space", "read_only", "failed", "damaged", "files_gone"})},
                         {"text", Shape::text(1, 1000).described("what is wrong, and what to do")}})
                        .named("StorageTrouble")
                        .nullable()
                        .described("why nothing can be stored just now; null: all is well")},
                   {"database",
                    Shape::object(
                        {{"bytes", count_shape("of the database's file")},
                         {"week_bytes", Shape::integer(-9'007'199'254'740'991, 9'007'199'254'740'991)
                                            .nullable()
                                            .described("how much more are in use each week; null: not known yet")},
                         {"disk_free_bytes", count_shape("free on its disk")},
                         {"full_at", Shape::time().nullable().described(
                                         "when the disk is full at that rate; null: not in ten years")},
                         {"is_short", Shape::boolean().described("that is within two months")}})
                        .named("DatabaseSize")},
                   {"backup_late_at", Shape::time().nullable().described(
                                          "when it is so old that one after it failed; null: there is none yet")},
               })
        .named("Stats");
}

Shape sales_shape() {
    const auto day =
        Shape::object({
                          {"date", Shape::text(10, 10).example("2026-11-24")},
                          {"orders", count_shape("placed on that day and not cancelled or expired since")},
                          {"takings", Shape::integer(-9'007'199'254'740'991, 9'007'199'254'740'991)
                                          .described("what was captured on that day, less what was refunded on it, in "
                                                     "minor units")},
                      })
            .named("SalesOfDay");
    const auto product = Shape::object({
                                           {"product_id", Shape::id()},
                                           {"sku", Shape::text(1, 100)},
                                           {"name", Shape::text(1, 200)},
                                           {"units", count_shape("sold, less what was cancelled or came back")},
                                           {"revenue", Shape::money().described("unit price × units, less discounts")},
                                       })
                             .named("SoldProduct");
    return Shape::object({
                             {"days", Shape::list(day, 1, 366).described("each day of the span, today last")},
                             {"top_products", Shape::list(product, 0, 8)},
                         })
        .named("Sales");
}

std::optional<Json> waiting_now(const storage::View& view) {
    const auto waiting = orders::count_waiting(view);
    return view.first(kNow, [&](const storage::Row& row) {
        return Json{{"to_pack", waiting.to_pack},
                    {"awaiting_stock", orders::count_awaiting_stock(view)},
                    {"pending", waiting.for_payment},
                    {"failed_payments", row.get<std::int64_t>(0)},
                    {"disputed_payments", row.get<std::int64_t>(1)},
                    {"troubled_orders", orders::count_in_trouble(view)},
                    {"large_holds", orders::large_holds(view, kMostHolds).size()},
                    {"refunds_to_send", row.get<std::int64_t>(4)},
                    {"return_requests", fulfillment::open_requests(view)},
                    {"low_stock", row.get<std::int64_t>(2)},
                    {"dead_jobs", row.get<std::int64_t>(3)}};
    });
}

Answer show_stats(Request& in, const Backups& backups) {
    const auto view = in.read();
    auto stats = waiting_now(view);
    const auto room = room_of(view, in.store().files().folder, in.now());
    (*stats)["database"] = {{"bytes", room.size.file},
                            {"week_bytes", or_null(room.growth_of_week)},
                            {"disk_free_bytes", room.disk_free},
                            {"full_at", or_null(room.full_at)},
                            {"is_short", room.is_short(in.now())}};
    const auto newest = backups.newest();
    const auto health = in.store().health().asked();
    (*stats)["storage_trouble"] = health.trouble == storage::Trouble::none
                                      ? Json(nullptr)
                                      : Json{{"kind", storage::to_text(health.trouble)}, {"text", health.text}};
    (*stats)["backups_scheduled"] = backups.are_made();
    (*stats)["last_backup_at"] = or_null(newest);
    (*stats)["backup_late_at"] = newest ? Json(rfc3339(backups.late_at(*newest))) : Json(nullptr);
    return api::ok(std::move(*stats));
}

/// Caches the sales of a span if reading them takes long: dashboards ask after every order, and a year of a
/// busy shop takes a while to add up. A shown figure is late by at most nine times the time that reading
/// takes.
class Sales {
public:
    Answer show(Request& in) {
        const auto view = in.read();
        const auto zone = settings::time_zone(view);
        const auto today = zone->day_of(in.now());
        const auto first = today - (in.query_integer("days").value_or(30) - 1);
        const Key key{first, today, zone->name()};
        {
            const MutexLock lock(mutex_);
            const auto found = known_.find(key);
            if (found != known_.end() && Clock::now() < found->second.good_until) {
                return api::ok(*found->second.sales);
            }
        }
        const auto began = Clock::now();
        auto sales = std::make_shared<const Json>(add_up(view, *zone, first, today));
        const auto took = Clock::now() - began;
        if (took > kNoBurden) {
            const MutexLock lock(mutex_);
            if (known_.size() >= kMostKnown) {
                known_.clear();
            }
            known_[key] = {.sales = sales, .good_until = Clock::now() + 9 * took};
        }
        return api::ok(*sales);
    }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr auto kNoBurden = std::chrono::milliseconds(20);
    static constexpr std::size_t kMostKnown = 32;

    using Key = std::tuple<Day, Day, std::string>;
    struct Known {
        std::shared_ptr<const Json> sales;
        Clock::time_point good_until;
    };

    /// Orders by the day on which they were placed. A day on which clocks change is in two periods.
    static std::map<Day, std::int64_t> orders_by_day(const storage::View& view,
                                                     const std::vector<TimeZone::Period>& periods) {
        std::map<Day, std::int64_t> of_day;
        for (const auto& period : periods) {
            const auto span = orders::span_of(view, period.begin, period.end);
            view.each(
                kOrdersByDay,
                [&](const storage::Row& row) { of_day[Day{row.get<std::int64_t>(0)}] += row.get<std::int64_t>(1); },
                period.begin, period.end, period.ahead, span.from, span.below);
        }
        return of_day;
    }

    static Json add_up(const storage::View& view, const TimeZone& zone, Day first, Day last) {
        const auto from = zone.start_of(first);
        auto placed = orders_by_day(view, zone.periods(from, zone.start_of(last + 1)));
        auto moved = payments::moved_by_day(view, zone, first, last);
        auto days = Json::array();
        for (auto day = first; day <= last; day = day + 1) {
            days.push_back({{"date", to_text(day)}, {"orders", placed[day]}, {"takings", moved[day].net().minor}});
        }
        auto products = Json::array();
        for (const auto& sold : orders::sold(view, from, std::nullopt, orders::MostFirst::units, kMostSold)) {
            products.push_back({{"product_id", number(sold.product)},
                                {"sku", sold.sku},
                                {"name", sold.name},
                                {"units", sold.units},
                                {"revenue", sold.revenue.minor}});
        }
        return {{"days", std::move(days)}, {"top_products", std::move(products)}};
    }

    Mutex mutex_;
    std::map<Key, Known> known_ GUARDED_BY(mutex_);
};

}  // namespace

void add_stats_routes(api::RouteTable& routes, const Backups& backups) {
    routes.add({.method = "GET",
                .path = "/admin/stats",
                .name = "stats.today",
                .who = Who::viewer,
                .summary = "Count what needs attention now",
                .tag = "Stats",
                .answers = {{200, stats_shape()}}},
               [&backups](Request& in) { return show_stats(in, backups); });
    routes.add({.method = "GET",
                .path = "/admin/stats/sales",
                .name = "stats.sales",
                .who = Who::viewer,
                .summary = "Orders and takings by day, and what sold most",
                .tag = "Stats",
                .query = {{"days", Shape::integer(1, 366),
                           "how many days of the shop's time zone, today included; 30 if absent"}},
                .answers = {{200, sales_shape()}}},
               [sales = std::make_shared<Sales>()](Request& in) { return sales->show(in); });
}

}  // namespace orderd::app
