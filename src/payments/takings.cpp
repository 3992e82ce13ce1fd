#include "payments/takings.h"

#include <map>

#include "payments/payment.h"
#include "storage/shop_zone.h"

namespace orderd::payments {

namespace {

using api::Shape;

// Of a span in which clocks do not change: ?3 is how far they are ahead of UTC. The columns of each: the day, how many,
// how much.
constexpr auto kCaptured = R"sql(
    SELECT (captured_at + ?3) / 86400000, count(*), sum(captured)
      FROM payment WHERE captured_at >= ?1 AND captured_at < ?2 GROUP BY 1
)sql";
constexpr auto kRefunded = R"sql(
    SELECT (coalesce(sent_at, at) + ?3) / 86400000, count(*), sum(amount)
      FROM refund WHERE coalesce(sent_at, at) >= ?1 AND coalesce(sent_at, at) < ?2 AND status IN ('pending', 'succeeded')
     GROUP BY 1
)sql";
constexpr auto kFailed = R"sql(
    SELECT (at + ?3) / 86400000, count(*), 0
      FROM payment_attempt WHERE at >= ?1 AND at < ?2 AND outcome = 'failed' GROUP BY 1
)sql";
constexpr auto kOpen = R"sql(
    SELECT status, count(*), sum(amount) FROM payment
     WHERE status IN ('processing', 'requires_action', 'authorized', 'disputed') GROUP BY status
)sql";

constexpr auto kRefundsToSend = "SELECT count(*), coalesce(sum(amount), 0) FROM refund WHERE status = 'to_be_sent'";

struct Sum {
    std::int64_t count = 0;
    std::int64_t amount = 0;
};

/// A day on which clocks change is in two periods.
std::map<Day, Sum> by_day(const storage::View& view, const char* sql, const std::vector<TimeZone::Period>& periods) {
    std::map<Day, Sum> sums;
    for (const auto& period : periods) {
        view.each(
            sql,
            [&](const storage::Row& row) {
                auto& sum = sums[Day{row.get<std::int64_t>(0)}];
                sum.count += row.get<std::int64_t>(1);
                sum.amount += row.get<std::int64_t>(2);
            },
            period.begin, period.end, period.ahead);
    }
    return sums;
}

Shape count_shape(std::string_view what) { return Shape::integer(0, kMaxTotal.minor).described(what); }

}  // namespace

Json describe_takings(const storage::View& view, std::int64_t days, Time now) {
    const auto zone = settings::time_zone(view);
    const auto today = zone->day_of(now);
    const auto first = today - (days - 1);
    const auto periods = zone->periods(zone->start_of(first), zone->start_of(today + 1));
    auto captured = by_day(view, kCaptured, periods);
    auto refunded = by_day(view, kRefunded, periods);
    auto failed = by_day(view, kFailed, periods);
    auto rows = Json::array();
    for (auto day = first; day <= today; day = day + 1) {
        rows.push_back({{"date", to_text(day)},
                        {"payments", captured[day].count},
                        {"captured", captured[day].amount},
                        {"refunds", refunded[day].count},
                        {"refunded", refunded[day].amount},
                        {"failures", failed[day].count}});
    }
    std::map<std::string, Sum> open;
    view.each(kOpen, [&](const storage::Row& row) {
        open[row.get<std::string>(0)] = {row.get<std::int64_t>(1), row.get<std::int64_t>(2)};
    });
    auto standing = Json::object();
    for (const auto status : {Status::processing, Status::requires_action, Status::authorized, Status::disputed}) {
        const auto& sum = open[std::string(to_text(status))];
        standing[std::string(to_text(status))] = {{"count", sum.count}, {"amount", sum.amount}};
    }
    view.each(kRefundsToSend, [&](const storage::Row& row) {
        standing["refunds_to_send"] = {{"count", row.get<std::int64_t>(0)}, {"amount", row.get<std::int64_t>(1)}};
    });
    return {{"days", std::move(rows)}, {"open", std::move(standing)}};
}

const Shape& takings_shape() {
    static const auto day =
        Shape::object({
                          {"date", Shape::text(10, 10).example("2026-11-24")},
                          {"payments", count_shape("captured on that day")},
                          {"captured", count_shape("how much, in minor units")},
                          {"refunds", count_shape("begun on that day, or sent by hand on it, and not failed since")},
                          {"refunded", count_shape("how much, in minor units")},
                          {"failures", count_shape("tries at a payment that were declined")},
                      })
            .named("TakingsOfDay");
    static const auto sum =
        Shape::object({{"count", count_shape("payments")}, {"amount", count_shape("in minor units")}})
            .named("PaymentSum");
    static const auto shape =
        Shape::object({
                          {"days", Shape::list(day, 1, 366).described("each day of the span, today last")},
                          {"open", Shape::object({{"processing", sum},
                                                  {"requires_action", sum},
                                                  {"authorized", sum},
                                                  {"disputed", sum},
                                                  {"refunds_to_send", sum}})
                                       .named("OpenPayments")
                                       .described("what is not decided now")},
                      })
            .named("Takings");
    return shape;
}

}  // namespace orderd::payments
