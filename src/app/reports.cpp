#include "app/reports.h"

#include <limits>
#include <map>

#include "base/errors.h"
#include "documents/taxes.h"
#include "orders/numbering.h"
#include "orders/order.h"
#include "orders/sales.h"
#include "payments/takings.h"

namespace orderd::app {

namespace {

// Orders that were placed in the month and are still owed something: what is found by number, and by time in it, is a
// month's. Nothing is owed of an order that was cancelled or has expired.
constexpr auto kOwed = R"sql(
    SELECT orders.id, placed_at, payment_method, payment_status, total, coalesce(payment.captured, 0)
      FROM orders LEFT JOIN payment ON payment.order_id = orders.id
     WHERE orders.id >= ?3 AND orders.id < ?4 AND placed_at >= ?1 AND placed_at < ?2
       AND orders.status NOT IN ('draft', 'cancelled', 'expired') AND total > coalesce(payment.captured, 0)
     ORDER BY orders.id
)sql";

// The index has those alone that wait to be sent.
constexpr auto kToSend = R"sql(
    SELECT payment.order_id, refund.at, payment.method, refund.reason, refund.amount
      FROM refund INDEXED BY refund_to_be_sent CROSS JOIN payment ON payment.id = refund.payment_id
     WHERE refund.status = 'to_be_sent' AND refund.at >= ?1 AND refund.at < ?2
     ORDER BY refund.id
)sql";

Column method_column() {
    return {.name = "method",
            .head = "Paid by",
            .holds = Holds::word,
            .about = "empty: not chosen yet",
            .words = {{"card", "Card"},
                      {"bank_transfer", "Bank transfer"},
                      {"cash_on_delivery", "Cash on delivery"},
                      {"cash", "Cash"},
                      {"terminal", "Card terminal"},
                      {"", "Not chosen yet"}}};
}

Column count_column(std::string_view name, std::string_view head, std::string_view about) {
    return {.name = name, .head = head, .holds = Holds::count, .about = about};
}

Column money_column(std::string_view name, std::string_view head, std::string_view about) {
    return {.name = name, .head = head, .holds = Holds::money, .about = about};
}

const std::vector<Column>& takings_columns() {
    static const std::vector<Column> columns{
        {.name = "date", .head = "Day", .holds = Holds::day, .about = "on which the money came or went"},
        method_column(),
        count_column("payments", "Payments", "that came in"),
        money_column("captured", "Taken in", "what was captured or received"),
        count_column("refunds", "Refunds", "begun, or sent by hand, and not failed since"),
        money_column("refunded", "Refunded", "what they returned"),
        money_column("net", "Net", "captured less refunded"),
    };
    return columns;
}

std::vector<Cell> takings_row(Cell date, const std::string& method, const payments::Moved& moved) {
    return {std::move(date),      method,           moved.payments, moved.captured.minor, moved.refunds,
            moved.refunded.minor, moved.net().minor};
}

Report takings(const storage::View& view, const TimeZone& zone, const CalendarMonth& month, std::size_t most) {
    Report report(takings_columns(), most);
    std::map<std::string, payments::Moved> by_method;
    for (const auto& [of, moved] : payments::moved_by_method(view, zone, month.first, month.last)) {
        report.add(takings_row(to_text(of.first), of.second, moved));
        auto& sum = by_method[of.second];
        sum = sum + moved;
    }
    for (const auto& [method, moved] : by_method) {
        report.add_sums(takings_row({}, method, moved));
    }
    return report;
}

const std::vector<Column>& sales_columns() {
    static const std::vector<Column> columns{
        {.name = "sku", .head = "SKU", .holds = Holds::text},
        {.name = "product", .head = "Product", .holds = Holds::text, .about = "as it is called now"},
        {.name = "orders",
         .head = "Orders",
         .holds = Holds::count,
         .about = "that it was sold with; one order can be of several products",
         .summed = false},
        count_column("units", "Units", "sold, less what was cancelled or came back"),
        money_column("discount", "Discounts", "what they cost less than their prices"),
        money_column("revenue", "Revenue", "unit price × units − discounts; with tax where prices include it"),
    };
    return columns;
}

Report sales(const storage::View& view, const TimeZone& /*zone*/, const CalendarMonth& month, std::size_t most) {
    Report report(sales_columns(), most);
    const auto all = orders::sold(view, month.begin, month.end, orders::MostFirst::revenue,
                                  std::numeric_limits<std::int64_t>::max());
    for (const auto& sold : all) {
        report.add({sold.sku, sold.name, sold.orders, sold.units, sold.discount.minor, sold.revenue.minor});
    }
    return report;
}

const std::vector<Column>& tax_columns() {
    static const std::vector<Column> columns{
        {.name = "country", .head = "Country", .holds = Holds::text, .about = "whose tax it is; empty: not known"},
        {.name = "treatment",
         .head = "Treatment",
         .holds = Holds::word,
         .words = {{"taxed", "Taxed"},
                   {"untaxed", "No tax due"},
                   {"export", "Export"},
                   {"reverse_charge", "Reverse charge"},
                   {"small_business", "Small business"}}},
        {.name = "rate_ppm", .head = "Rate", .holds = Holds::rate},
        {.name = "documents",
         .head = "Documents",
         .holds = Holds::count,
         .about = "that have the rate; one can have several",
         .summed = false},
        money_column("net", "Net", "invoiced less credited"),
        money_column("tax", "Tax", "on it"),
        money_column("total", "Total", "net and tax"),
    };
    return columns;
}

Report tax(const storage::View& view, const TimeZone& /*zone*/, const CalendarMonth& month, std::size_t most) {
    Report report(tax_columns(), most);
    for (const auto& of : documents::tax_by_rate(view, month.first, month.last)) {
        report.add(
            {of.country, of.treatment, of.rate.ppm, of.documents, of.net.minor, of.tax.minor, (of.net + of.tax).minor});
    }
    return report;
}

/// The name is costly to read, and a sum has none.
std::string name_if_shown(const Report& report, const storage::View& view, OrderId order) {
    return report.has_room() ? orders::recipient_name(view, order) : "";
}

const std::vector<Column>& owed_columns() {
    static const std::vector<Column> columns{
        {.name = "order_id", .head = "Order", .holds = Holds::order},
        {.name = "date", .head = "Placed", .holds = Holds::day},
        {.name = "customer", .head = "Customer", .holds = Holds::text, .about = "empty once erased"},
        method_column(),
        {.name = "payment_status",
         .head = "Payment",
         .holds = Holds::word,
         .about = "empty: none was begun",
         .words = {{"processing", "Awaited"},
                   {"requires_action", "Customer must confirm"},
                   {"authorized", "Authorised"},
                   {"failed", "Failed"},
                   {"voided", "Voided"},
                   {"succeeded", "Paid in part"},
                   {"partially_refunded", "Partly refunded"},
                   {"refunded", "Refunded"},
                   {"disputed", "Disputed"},
                   {"", "None yet"}}},
        money_column("total", "Total", "of the order"),
        money_column("captured", "Received", "of it"),
        money_column("owed", "Owed", "total less received"),
    };
    return columns;
}

Report owed(const storage::View& view, const TimeZone& zone, const CalendarMonth& month, std::size_t most) {
    Report report(owed_columns(), most);
    const auto span = orders::span_of(view, month.begin, month.end);
    view.each(
        kOwed,
        [&](const storage::Row& row) {
            const auto order = row.get<OrderId>(0);
            const auto total = row.get<Money>(4);
            const auto captured = row.get<Money>(5);
            report.add({number(order), to_text(zone.day_of(row.get<Time>(1))), name_if_shown(report, view, order),
                        row.get<std::string>(2), row.get<std::string>(3), total.minor, captured.minor,
                        (total - captured).minor});
        },
        month.begin, month.end, span.from, span.below);
    return report;
}

const std::vector<Column>& to_send_columns() {
    static const std::vector<Column> columns{
        {.name = "order_id", .head = "Order", .holds = Holds::order},
        {.name = "date", .head = "Asked for", .holds = Holds::day},
        {.name = "customer", .head = "Customer", .holds = Holds::text, .about = "empty once erased"},
        method_column(),
        {.name = "reason", .head = "Reason", .holds = Holds::text, .about = "what staff wrote"},
        money_column("amount", "To send", "what staff are to send by hand"),
    };
    return columns;
}

Report to_send(const storage::View& view, const TimeZone& zone, const CalendarMonth& month, std::size_t most) {
    Report report(to_send_columns(), most);
    view.each(
        kToSend,
        [&](const storage::Row& row) {
            const auto order = row.get<OrderId>(0);
            report.add({number(order), to_text(zone.day_of(row.get<Time>(1))), name_if_shown(report, view, order),
                        row.get<std::string>(2), row.get<std::string>(3), row.get<Money>(4).minor});
        },
        month.begin, month.end);
    return report;
}

Day day_after_month(Day first) {
    auto day = first + 28;
    while (to_text(day).substr(0, 7) == to_text(first).substr(0, 7)) {
        day = day + 1;
    }
    return day;
}

CalendarMonth month_from(Day first, const TimeZone& zone) {
    const auto after = day_after_month(first);
    return {.name = to_text(first).substr(0, 7),
            .first = first,
            .last = after - 1,
            .begin = zone.start_of(first),
            .end = zone.start_of(after)};
}

}  // namespace

CalendarMonth parse_month(std::string_view text, const TimeZone& zone) {
    const auto first = text.size() == 7 ? parse_day(std::string(text) + "-01") : std::nullopt;
    if (!first || text > "9999-11") {  // the day after it has a year of four digits too
        throw invalid("?month", "is not a month like 2026-11");
    }
    return month_from(*first, zone);
}

CalendarMonth month_of(Time moment, const TimeZone& zone) {
    return parse_month(to_text(zone.day_of(moment)).substr(0, 7), zone);
}

const std::vector<ReportKind>& report_kinds() {
    static const std::vector<ReportKind> kinds{
        {.name = "takings",
         .operation = "reports.takings",
         .component = "TakingsReport",
         .summary = "Read what came in and went back in a month, by day and method",
         .columns = takings_columns,
         .read = takings,
         .audited = {}},
        {.name = "tax",
         .operation = "reports.tax",
         .component = "TaxReport",
         .summary = "Read the tax of a month's invoices and credit notes, by country and rate",
         .columns = tax_columns,
         .read = tax,
         .audited = {}},
        {.name = "sales",
         .operation = "reports.sales",
         .component = "SalesReport",
         .summary = "Read what a month's orders sold, by product",
         .columns = sales_columns,
         .read = sales,
         .audited = {}},
        {.name = "open-payments",
         .operation = "reports.openPayments",
         .component = "OpenPaymentsReport",
         .summary = "Read which of a month's orders are still owed something",
         .columns = owed_columns,
         .read = owed,
         .audited = "open_payments"},
        {.name = "refunds-to-send",
         .operation = "reports.refundsToSend",
         .component = "RefundsToSendReport",
         .summary = "Read which refunds of a month staff are still to send by hand",
         .columns = to_send_columns,
         .read = to_send,
         .audited = "refunds_to_send"},
    };
    return kinds;
}

}  // namespace orderd::app
