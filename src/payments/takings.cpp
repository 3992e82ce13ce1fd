#include "payments/takings.h"

#include "payments/payment.h"
#include "storage/shop_zone.h"

namespace orderd::payments {

namespace {

using api::Shape;

// Of a span in which clocks do not change: ?3 is how far they are ahead of UTC. The columns of each: the day, the
// method, how many, how much.
constexpr auto kCaptured = R"sql(
    SELECT (captured_at + ?3) / 86400000, method, count(*), sum(captured)
      FROM payment WHERE captured_at >= ?1 AND captured_at < ?2 GROUP BY 1, 2
)sql";
constexpr auto kRefunded = R"sql(
    SELECT (coalesce(sent_at, at) + ?3) / 86400000, payment.method, count(*), sum(refund.amount)
      FROM refund CROSS JOIN payment ON payment.id = refund.payment_id
     WHERE coalesce(sent_at, at) >= ?1 AND coalesce(sent_at, at) < ?2 AND refund.status IN ('pending', 'succeeded')
     GROUP BY 1, 2
)sql";
constexpr auto kFailed = R"sql(
    SELECT (at + ?3) / 86400000, count(*)
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

std::map<Day, std::int64_t> failed_by_day(const storage::View& view, const std::vector<TimeZone::Period>& periods) {
    std::map<Day, std::int64_t> counts;
    for (const auto& period : periods) {
        view.each(
            kFailed,
            [&](const storage::Row& row) { counts[Day{row.get<std::int64_t>(0)}] += row.get<std::int64_t>(1); },
            period.begin, period.end, period.ahead);
    }
    return counts;
}

Shape count_shape(std::string_view what) { return Shape::integer(0, kMaxTotal.minor).described(what); }

}  // namespace

Moved operator+(const Moved& one, const Moved& other) {
    return {.payments = one.payments + other.payments,
            .captured = one.captured + other.captured,
            .refunds = one.refunds + other.refunds,
            .refunded = one.refunded + other.refunded};
}

// A day on which clocks change is in two periods.
std::map<std::pair<Day, std::string>, Moved> moved_by_method(const storage::View& view, const TimeZone& zone, Day first,
                                                             Day last) {
    std::map<std::pair<Day, std::string>, Moved> moved;
    const auto of = [&](const storage::Row& row) -> Moved& {
        return moved[{Day{row.get<std::int64_t>(0)}, row.get<std::string>(1)}];
    };
    for (const auto& period : zone.periods(zone.start_of(first), zone.start_of(last + 1))) {
        view.each(
            kCaptured,
            [&](const storage::Row& row) {
                of(row).payments += row.get<std::int64_t>(2);
                of(row).captured += row.get<Money>(3);
            },
            period.begin, period.end, period.ahead);
        view.each(
            kRefunded,
            [&](const storage::Row& row) {
                of(row).refunds += row.get<std::int64_t>(2);
                of(row).refunded += row.get<Money>(3);
            },
            period.begin, period.end, period.ahead);
    }
    return moved;
}

std::map<Day, Moved> moved_by_day(const storage::View& view, const TimeZone& zone, Day first, Day last) {
    std::map<Day, Moved> days;
    for (const auto& [of, moved] : moved_by_method(view, zone, first, last)) {
        auto& day = days[of.first];
        day = day + moved;
    }
    return days;
}

Json describe_takings(const storage::View& view, std::int64_t days, Time now) {
    const auto zone = settings::time_zone(view);
    const auto today = zone->day_of(now);
    const auto first = today - (days - 1);
    auto moved = moved_by_day(view, *zone, first, today);
    auto failed = failed_by_day(view, zone->periods(zone->start_of(first), zone->start_of(today + 1)));
    auto rows = Json::array();
    for (auto day = first; day <= today; day = day + 1) {
        const auto& of_day = moved[day];
        rows.push_back({{"date", to_text(day)},
                        {"payments", of_day.payments},
                        {"captured", of_day.captured.minor},
                        {"refunds", of_day.refunds},
                        {"refunded", of_day.refunded.minor},
                        {"failures", failed[day]}});
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
