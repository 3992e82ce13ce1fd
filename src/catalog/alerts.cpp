#include "catalog/alerts.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "base/log.h"
#include "storage/events.h"
#include "storage/numbering.h"

namespace orderd::catalog {

namespace {

constexpr auto kOpen =
    "INSERT INTO alert (id, product_id, level, opened_at) VALUES (" ORDERD_NEXT_ID("alert") R"sql(, ?1, ?2, ?3)
    ON CONFLICT (product_id) WHERE resolved_at IS NULL DO NOTHING RETURNING id
)sql";
constexpr auto kResolve = R"sql(
    UPDATE alert SET resolved_at = ?2 WHERE product_id = ?1 AND resolved_at IS NULL RETURNING id
)sql";
#define ORDERD_ALERT_COLUMNS                                                                                          \
    "SELECT a.id, a.product_id, p.sku, p.name, a.level, p.on_hand - p.reserved, p.low_stock_threshold, a.opened_at, " \
    "a.resolved_at, p.on_hand - p.reserved <= p.low_stock_threshold FROM alert a JOIN product p ON p.id = "           \
    "a.product_id "
constexpr auto kList = ORDERD_ALERT_COLUMNS
    "WHERE a.id < ?1 AND (?2 IS NULL OR (a.resolved_at IS NULL) = ?2) "
    "AND (?3 IS NULL OR (p.on_hand - p.reserved <= p.low_stock_threshold) = ?3) ORDER BY a.id DESC LIMIT ?4";
constexpr auto kOpenOfProduct = ORDERD_ALERT_COLUMNS
    "WHERE a.product_id = ?1 AND a.resolved_at IS NULL AND p.on_hand - p.reserved <= p.low_stock_threshold";
constexpr auto kOne = ORDERD_ALERT_COLUMNS "WHERE a.id = ?1";
#undef ORDERD_ALERT_COLUMNS
constexpr auto kDismiss = "UPDATE alert SET resolved_at = ?2 WHERE id = ?1 AND resolved_at IS NULL";
constexpr auto kToNotify = R"sql(
    SELECT a.product_id, p.sku, min(a.level, p.on_hand - p.reserved), p.low_stock_threshold
      FROM alert a JOIN product p ON p.id = a.product_id
     WHERE a.id = ?1 AND a.resolved_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM event WHERE subject = 'alert' AND subject_id = ?1 AND kind = 'alert.notified')
)sql";

constexpr jobs::Kind kNotify{"alert.notify", jobs::Lane::upkeep};

Alert read(const storage::Row& row) {
    return {.id = row.get<AlertId>(0),
            .product = row.get<ProductId>(1),
            .sku = row.get<std::string>(2),
            .name = row.get<std::string>(3),
            .level = row.get<Quantity>(4),
            .available = row.get<Quantity>(5),
            .threshold = row.get<std::optional<Quantity>>(6),
            .opened_at = row.get<Time>(7),
            .resolved_at = row.get<std::optional<Time>>(8),
            .low = row.get<bool>(9)};
}

Json level_of(const Product& product) {
    return {{"product_id", number(product.id)},
            {"sku", product.sku},
            {"available", product.available()},
            {"threshold", product.low_stock_threshold ? Json(*product.low_stock_threshold) : Json(nullptr)}};
}

void open(storage::Transaction& tx, const Product& product, Time now, std::optional<OrderId> order) {
    const auto id = tx.value<std::int64_t>(kOpen, product.id, product.available(), now);
    if (!id) {
        return;  // already open
    }
    auto body = level_of(product);
    if (order) {
        body["order_id"] = number(*order);
    }
    events::record(tx, "alert.opened", {"alert", *id}, body, Actor::system(), now);
    jobs::add(tx,
              {.kind = kNotify,
               .payload = {{"alert_id", *id}},
               .run_at = now,
               .dedupe_key = fmt::format("{}:{}", kNotify.name, *id)},
              now);
}

void notify(storage::Store& store, AlertId id, Time now) {
    store.writer().run([&](storage::Transaction& tx) {
        const auto body = tx.first(
            kToNotify,
            [](const storage::Row& row) {
                return Json{{"product_id", row.get<std::int64_t>(0)},
                            {"sku", row.get<std::string>(1)},
                            {"available", row.get<Quantity>(2)},
                            {"threshold", row.get<Quantity>(3)}};
            },
            id);
        if (body) {
            log::warning("stock is low", *body);
            events::record(tx, "alert.notified", {"alert", number(id)}, *body, Actor::system(), now);
        }
    });
}

}  // namespace

void keep_alert(storage::Transaction& tx, const Product& product, Time now, std::optional<OrderId> order) {
    const bool low =
        !product.archived() && product.low_stock_threshold && product.available() <= *product.low_stock_threshold;
    if (low) {
        open(tx, product, now, order);
        return;
    }
    if (const auto resolved = tx.value<std::int64_t>(kResolve, product.id, now)) {
        events::record(tx, "alert.resolved", {"alert", *resolved}, level_of(product), Actor::system(), now);
    }
}

Alerts alerts(const storage::View& view, AlertFilter filter, const storage::Page& page) {
    const auto before = storage::below_id(page);
    std::optional<bool> unresolved;
    std::optional<bool> low;
    if (filter != AlertFilter::all) {
        unresolved = filter != AlertFilter::resolved;
    }
    if (filter == AlertFilter::open || filter == AlertFilter::quiet) {
        low = filter == AlertFilter::open;
    }
    Alerts found;
    view.each(
        kList, [&](const storage::Row& row) { found.rows.push_back(read(row)); }, before, unresolved, low,
        storage::rows_to_read(page));
    if (storage::cut(found.rows, page)) {
        found.after = number(found.rows.back().id);
    }
    return found;
}

std::optional<Alert> open_alert(const storage::View& view, ProductId product) {
    return view.first(kOpenOfProduct, read, product);
}

Alert dismiss(storage::Transaction& tx, AlertId id, const Actor& actor, Time now) {
    auto alert = tx.first(kOne, read, id);
    if (!alert) {
        throw not_found("alert");
    }
    if (tx.run(kDismiss, id, now) != 1) {
        throw Refusal(kAlertResolved, "the alert is already resolved");
    }
    alert->resolved_at = now;
    events::record(tx, "alert.resolved", {"alert", number(id)},
                   {{"product_id", number(alert->product)},
                    {"sku", alert->sku},
                    {"available", alert->available},
                    {"threshold", alert->threshold ? Json(*alert->threshold) : Json(nullptr)},
                    {"dismissed", true}},
                   actor, now);
    audit::record(tx, "alert.dismiss", {"alert", number(id)}, {{"status", "open"}}, {{"status", "resolved"}}, actor,
                  now);
    tx.touched(storage::Topic::catalog);
    return std::move(*alert);
}

Json to_json(const Alert& alert) {
    return {{"id", number(alert.id)},
            {"product_id", number(alert.product)},
            {"sku", alert.sku},
            {"name", alert.name},
            {"status", alert.resolved_at ? "resolved"
                       : alert.low       ? "open"
                                         : "quiet"},
            {"level", alert.level},
            {"available", alert.available},
            {"low_stock_threshold", alert.threshold ? Json(*alert.threshold) : Json(nullptr)},
            {"opened_at", rfc3339(alert.opened_at)},
            {"resolved_at", alert.resolved_at ? Json(rfc3339(*alert.resolved_at)) : Json(nullptr)}};
}

void add_jobs(jobs::Workers& workers, storage::Store& store, const Clock& clock) {
    workers.handle(kNotify, [&store, &clock](const jobs::Job& job) {
        notify(store, AlertId{job.payload.at("alert_id").get<std::int64_t>()}, clock.now());
    });
}

}  // namespace orderd::catalog
