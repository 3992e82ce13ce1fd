#include "app/check.h"

#include <fmt/format.h>

#include "app/search_index.h"
#include "catalog/group.h"
#include "catalog/picture_content.h"
#include "catalog/product.h"
#include "catalog/stock.h"
#include "documents/checking.h"
#include "orders/awaited.h"
#include "orders/lifecycle.h"
#include "storage/audit.h"
#include "storage/event_log.h"
#include "storage/events.h"
#include "storage/schema_faults.h"

namespace orderd::app {

namespace {

/// A rule is a query that returns a row of text for each violation.
struct Rule {
    std::string_view sql;
};

struct Invariant {
    std::string_view name;
    std::string_view promise;
    std::vector<Rule> rules;
};

constexpr auto kReservedByOrders = R"sql(
    SELECT i.product_id AS product_id, sum(i.quantity - i.shipped - i.cancelled) AS units
      FROM orders o JOIN order_item i ON i.order_id = o.id
     WHERE o.status IN ('pending', 'paid', 'processing', 'partially_shipped') AND i.counted
     GROUP BY i.product_id
)sql";

const std::vector<Invariant>& invariants() {
    static const auto reserved_rule = fmt::format(R"sql(
        SELECT format('product %d: reserved is %d, open orders hold %d', p.id, p.reserved, coalesce(r.units, 0))
          FROM product p LEFT JOIN ({}) r ON r.product_id = p.id
         WHERE p.reserved <> coalesce(r.units, 0)
    )sql",
                                                  kReservedByOrders);
    static const auto given_back_rule = fmt::format(R"sql(
        SELECT format('order %d is %s, and %d of its payment are neither given back nor about to be', o.id, o.status,
                      p.captured - p.refunded)
          FROM orders o JOIN payment p ON p.order_id = o.id
         WHERE o.status IN ('cancelled', 'expired') AND p.captured > p.refunded AND p.status <> 'disputed'
           AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.payment_id = p.id AND r.status = 'failed')
           AND NOT EXISTS (SELECT 1 FROM job j WHERE j.kind = '{}' AND json_extract(j.payload, '$.order_id') = o.id)
    )sql",
                                                    orders::kSettleJob.name);
    // At most half a step is rounded (base/card_step.h). Sums beyond what is exact here are left out.
    static constexpr std::string_view rounding_rule = R"sql(
        WITH step (minor) AS (
            SELECT CASE WHEN value IN ('"BHD"', '"JOD"', '"KWD"', '"OMR"', '"TND"') THEN 10
                        WHEN value = '"MGA"' THEN 100 ELSE 1 END
              FROM (SELECT coalesce((SELECT value FROM setting WHERE name = 'currency'), '') AS value)),
        part (id, ppm, amount, tax, is_included) AS (
            SELECT o.id, i.tax_rate_ppm, i.unit_price * i.quantity - i.discount, i.tax, o.tax_included > 0
              FROM orders o JOIN order_item i ON i.order_id = o.id WHERE o.rounded_by = 'rate'
            UNION ALL
            SELECT o.id, p.value ->> 0, p.value ->> 1, p.value ->> 2, o.tax_included > 0
              FROM orders o JOIN json_each(o.shipping_taxes) p WHERE o.rounded_by = 'rate')
        SELECT format('order %d: at %d ppm the tax of %d is %d', id, ppm, sum(amount), sum(tax))
          FROM part GROUP BY id, ppm
        HAVING sum(amount) < 1000000000000
           AND 2 * abs(sum(amount) * ppm - sum(tax) * (1000000 + iif(max(is_included), ppm, 0))) >
               (SELECT minor FROM step) * (1000000 + iif(max(is_included), ppm, 0))
    )sql";
    static const std::vector<Invariant> all = {
        {"stock",
         "on_hand is the sum of the movements, reserved is what open orders hold, 0 <= reserved <= on_hand + what is sold "
         "beyond it; what is not on hand is awaited by the newest orders",
         {{R"sql(
             SELECT format('product %d: on_hand is %d, its movements sum up to %d', p.id, p.on_hand, coalesce(m.units, 0))
               FROM product p LEFT JOIN (SELECT product_id, sum(delta) AS units FROM inventory_movement GROUP BY product_id) m
                    ON m.product_id = p.id
              WHERE p.on_hand <> coalesce(m.units, 0)
          )sql"},
          {reserved_rule},
          {R"sql(
             SELECT format('product %d: reserved is %d of %d on hand and %d beyond', id, reserved, on_hand, beyond_limit)
               FROM product WHERE reserved < 0 OR reserved > on_hand + beyond_limit
          )sql"},
          {R"sql(
             SELECT format('product %d is not counted: %d on hand, %d reserved', id, on_hand, reserved)
               FROM product WHERE stock_policy = 'uncounted' AND (on_hand <> 0 OR reserved <> 0)
          )sql"},
          {orders::wrong_lines()},
          {orders::wrong_orders()}}},
        {"totals",
         "an order's total is the sum of its lines, less discount, with shipping and tax; its taxes are rounded once for each rate",
         {{R"sql(
             SELECT format('order %d: the subtotal is %d, its lines sum up to %d', o.id, o.subtotal, i.amount)
               FROM orders o JOIN (SELECT order_id, sum(unit_price * quantity) AS amount FROM order_item GROUP BY order_id) i
                    ON i.order_id = o.id
              WHERE o.subtotal <> i.amount
          )sql"},
          {R"sql(
             SELECT format('order %d: the total is %d', id, total)
               FROM orders WHERE total <> subtotal - discount + shipping + tax
          )sql"},
          {R"sql(
             SELECT format('order %d: the discount is %d, its lines'' sum up to %d', o.id, o.discount, i.discount)
               FROM orders o JOIN (SELECT order_id, sum(discount) AS discount FROM order_item GROUP BY order_id) i
                    ON i.order_id = o.id
              WHERE o.discount <> i.discount
          )sql"},
          {R"sql(
             SELECT format('order %d: the tax is %d, that of lines and delivery sums up to %d', o.id,
                           o.tax + o.tax_included, i.tax + d.tax)
               FROM orders o JOIN (SELECT order_id, sum(tax) AS tax FROM order_item GROUP BY order_id) i
                    ON i.order_id = o.id
               JOIN (SELECT o.id, coalesce(sum(p.value ->> 2), 0) AS tax
                       FROM orders o LEFT JOIN json_each(o.shipping_taxes) p GROUP BY o.id) d ON d.id = o.id
              WHERE o.tax + o.tax_included <> i.tax + d.tax
          )sql"},
          {R"sql(
             SELECT format('order %d: the delivery costs %d, its parts sum up to %d', o.id, o.shipping,
                           coalesce(sum(p.value ->> 1), 0))
               FROM orders o LEFT JOIN json_each(o.shipping_taxes) p GROUP BY o.id
             HAVING o.shipping <> coalesce(sum(p.value ->> 1), 0)
          )sql"},
          {rounding_rule},
          {R"sql(
             SELECT format('order %d has no lines', id)
               FROM orders WHERE id NOT IN (SELECT order_id FROM order_item)
          )sql"}}},
        {"money",
         "refunded <= captured; captured − what was given back since the total fell = total, or the difference is the balance, and an "
         "order says paid exactly where nothing is owed",
         {{R"sql(
             SELECT format('payment %d: refunded %d, captured %d, given back %d', id, refunded, captured, given_back)
               FROM payment WHERE NOT (0 <= given_back AND given_back <= refunded AND refunded <= captured)
          )sql"},
          {R"sql(
             SELECT format('payment %d: %d were given back since its total fell, its refunds sum up to %d', p.id, p.given_back,
                           coalesce(r.amount, 0))
               FROM payment p
               LEFT JOIN (SELECT payment_id, sum(amount) AS amount FROM refund
                           WHERE status <> 'failed' AND of_total GROUP BY payment_id) r ON r.payment_id = p.id
              WHERE p.given_back <> coalesce(r.amount, 0)
          )sql"},
          {R"sql(
             SELECT format('order %d says that %d are owed, and of %d its payment captured %d, waived %d and gave back %d', o.id,
                           o.balance, o.total, coalesce(p.captured, 0), coalesce(p.waived, 0), coalesce(p.given_back, 0))
               FROM orders o LEFT JOIN payment p ON p.order_id = o.id
              WHERE o.balance <> iif(p.captured > 0 OR p.status IN ('succeeded', 'partially_refunded', 'refunded', 'disputed'),
                                     p.amount - p.waived - p.captured + p.given_back, 0)
          )sql"},
          {R"sql(
             SELECT format('order %d is %s, and %d are owed', id, status, balance)
               FROM orders WHERE status = 'paid' AND balance > 0
          )sql"},
          {R"sql(
             SELECT format('payment %d captured %d, and its charges sum up to %d', p.id, p.captured, a.captured)
               FROM payment p
               JOIN (SELECT payment_id, sum(captured) AS captured FROM payment_attempt GROUP BY payment_id) a
                    ON a.payment_id = p.id
              WHERE a.captured > p.captured
          )sql"},
          {R"sql(
             SELECT format('charge %d took %d, and %d of it went back', a.id, a.captured, r.amount)
               FROM payment_attempt a
               JOIN (SELECT attempt_id, sum(amount) AS amount FROM refund WHERE status <> 'failed' GROUP BY attempt_id) r
                    ON r.attempt_id = a.id
              WHERE r.amount > a.captured
          )sql"},
          {R"sql(
             SELECT format('payment %d: refunded is %d, its refunds sum up to %d', p.id, p.refunded, coalesce(r.amount, 0))
               FROM payment p
               LEFT JOIN (SELECT payment_id, sum(amount) AS amount FROM refund WHERE status <> 'failed' GROUP BY payment_id) r
                    ON r.payment_id = p.id
              WHERE p.refunded <> coalesce(r.amount, 0)
          )sql"},
          {R"sql(
             SELECT format('payment %d is %s, with %d captured and %d refunded', id, status, captured, refunded)
               FROM payment
              WHERE (status IN ('processing', 'requires_action', 'authorized', 'failed', 'voided') AND captured > 0)
                 OR (status = 'succeeded' AND refunded > to_be_sent)
                 OR (status = 'partially_refunded' AND refunded - to_be_sent IN (0, captured))
                 OR (status = 'refunded' AND refunded - to_be_sent <> captured)
          )sql"},
          {R"sql(
             SELECT format('payment %d: %d are to be sent by hand, its refunds say %d', p.id, p.to_be_sent, coalesce(r.amount, 0))
               FROM payment p
               LEFT JOIN (SELECT payment_id, sum(amount) AS amount FROM refund WHERE status = 'to_be_sent' GROUP BY payment_id) r
                    ON r.payment_id = p.id
              WHERE p.to_be_sent <> coalesce(r.amount, 0)
          )sql"},
          {R"sql(
             SELECT format('order %d is paid, and its payment captured %d of %d', o.id, coalesce(p.captured, 0), o.total)
               FROM orders o LEFT JOIN payment p ON p.order_id = o.id
              WHERE o.status = 'paid' AND (p.id IS NULL OR (p.captured = 0 AND o.total > 0))
          )sql"},
          {R"sql(
             SELECT format('order %d is %s, and its card payment captured nothing', o.id, o.status)
               FROM orders o JOIN payment p ON p.order_id = o.id
              WHERE p.gateway <> 'manual' AND p.captured = 0 AND p.amount > 0
                AND o.status IN ('processing', 'partially_shipped', 'shipped', 'delivered', 'returned')
          )sql"},
          {R"sql(
             SELECT format('payment %d is over %d, and its order''s total is %d', p.id, p.amount, o.total)
               FROM payment p JOIN orders o ON o.id = p.order_id WHERE p.amount <> o.total
          )sql"},
          {R"sql(
             SELECT format('payment %d is %s, and captured nothing', id, status)
               FROM payment
              WHERE status IN ('succeeded', 'partially_refunded', 'refunded', 'disputed') AND captured = 0 AND amount > 0
          )sql"},
          {R"sql(
             SELECT format('payment %d captured %d, and has no time of it', id, captured)
               FROM payment WHERE captured > 0 AND captured_at IS NULL
          )sql"},
          {R"sql(
             SELECT format('payment %d is %s, and has %d open disputes', p.id, p.status, coalesce(d.open, 0))
               FROM payment p
               LEFT JOIN (SELECT payment_id, count(*) AS open FROM dispute WHERE status = 'open' GROUP BY payment_id) d
                    ON d.payment_id = p.id
              WHERE (p.status = 'disputed') <> (coalesce(d.open, 0) > 0)
          )sql"},
          {given_back_rule},
          {R"sql(
             SELECT format('order %d is %s, and its payment captured %d', o.id, o.status, p.captured)
               FROM orders o JOIN payment p ON p.order_id = o.id
              WHERE o.status = 'pending' AND p.captured > 0 AND o.balance <= 0
          )sql"}}},
        {"told",
         "orders know how their payment and parcels stand, and products their newest order",
         {{R"sql(
             SELECT format('order %d takes its payment for %s (%s), and it is %s (%s)', o.id, o.payment_status,
                           o.payment_method, coalesce(p.status, ''), coalesce(p.method, ''))
               FROM orders o LEFT JOIN payment p ON p.order_id = o.id
              WHERE (o.payment_status, o.payment_method, o.money_goes_back)
                    <> (coalesce(p.status, ''), coalesce(p.method, ''), coalesce(p.captured > 0 AND p.refunded = p.captured, 0))
          )sql"},
          {R"sql(
             SELECT format('order %d does not know whether its parcels are in trouble', o.id)
               FROM orders o
              WHERE o.parcel_trouble <> EXISTS (SELECT 1 FROM shipment s
                                                 WHERE s.order_id = o.id AND s.status IN ('failed', 'exception'))
          )sql"},
          {R"sql(
             SELECT format('product %d takes order %d for its newest', p.id, p.last_order)
               FROM product p
              WHERE p.last_order IS NOT (SELECT max(order_id) FROM order_item WHERE product_id = p.id)
          )sql"}}},
        {"shipments",
         "shipped + cancelled <= ordered in each line, and an order's status agrees with its shipments",
         {{R"sql(
             SELECT format('item %d of order %d: %d shipped, %d cancelled, %d ordered', id, order_id, shipped, cancelled, quantity)
               FROM order_item WHERE shipped < 0 OR cancelled < 0 OR shipped + cancelled > quantity OR returned > shipped
          )sql"},
          {R"sql(
             SELECT format('item %d of order %d: %d shipped, its parcels hold %d', i.id, i.order_id, i.shipped, coalesce(s.units, 0))
               FROM order_item i
               LEFT JOIN (SELECT si.item_id, sum(si.quantity) AS units
                            FROM shipment_item si JOIN shipment s ON s.id = si.shipment_id
                           WHERE s.shipped_at IS NOT NULL GROUP BY si.item_id) s ON s.item_id = i.id
              WHERE i.shipped <> coalesce(s.units, 0)
          )sql"},
          {R"sql(
             SELECT format('order %d is %s, with %d units shipped and %d open', o.id, o.status, i.shipped, i.open)
               FROM orders o
               JOIN (SELECT order_id, sum(shipped) AS shipped, sum(quantity - shipped - cancelled) AS open
                       FROM order_item GROUP BY order_id) i ON i.order_id = o.id
              WHERE (o.status IN ('pending', 'paid', 'processing') AND i.shipped > 0)
                 OR (o.status = 'partially_shipped' AND (i.shipped = 0 OR i.open = 0))
                 OR (o.status IN ('shipped', 'delivered', 'returned') AND (i.shipped = 0 OR i.open > 0))
                 OR (o.status = 'draft' AND i.shipped > 0)
                 OR (o.status IN ('cancelled', 'expired') AND (i.shipped > 0 OR i.open > 0))
          )sql"},
          {R"sql(
             SELECT format('shipment %d is %s, and %s the house', id, status, iif(shipped_at IS NULL, 'never left', 'left'))
               FROM shipment
              WHERE (shipped_at IS NULL) <> (status IN ('label_pending', 'label_ready', 'ready', 'failed', 'voided'))
          )sql"},
          {R"sql(
             SELECT format('shipment %d is %s, and its label outdated or marked shipped', id, status)
               FROM shipment
              WHERE (outdated_at IS NOT NULL OR leaves_at IS NOT NULL) AND status <> 'label_ready'
          )sql"},
          {R"sql(
             SELECT format('shipment %d is %s, without a tracking number', id, status)
               FROM shipment
              WHERE status NOT IN ('label_pending', 'failed', 'voided') AND carrier NOT IN ('pickup', 'own_delivery')
                AND tracking_number IS NULL
          )sql"},
          {R"sql(
             SELECT format('item %d of order %d: %d ordered, %d cancelled, its parcels hold %d', i.id, i.order_id, i.quantity,
                           i.cancelled, s.units)
               FROM order_item i JOIN orders o ON o.id = i.order_id
               JOIN (SELECT si.item_id, sum(si.quantity) AS units
                       FROM shipment_item si JOIN shipment s ON s.id = si.shipment_id
                      WHERE s.status <> 'voided' GROUP BY si.item_id) s ON s.item_id = i.id
              WHERE s.units > i.quantity - i.cancelled AND o.status <> 'cancelled'
          )sql"},
          {R"sql(
             SELECT format('shipment %d has a line of another order than its own, %d', s.id, s.order_id)
               FROM shipment s JOIN shipment_item si ON si.shipment_id = s.id JOIN order_item i ON i.id = si.item_id
              WHERE i.order_id <> s.order_id
          )sql"},
          {R"sql(
             SELECT format('order %d is delivered, and its shipment %d is %s', o.id, s.id, s.status)
               FROM orders o JOIN shipment s ON s.order_id = o.id
              WHERE o.status = 'delivered' AND s.status NOT IN ('delivered', 'voided')
          )sql"},
          {R"sql(
             SELECT format('item %d of order %d: %d returned, its returns sum up to %d', i.id, i.order_id, i.returned,
                           coalesce(r.units, 0))
               FROM order_item i
               LEFT JOIN (SELECT item_id, sum(quantity) AS units FROM order_return_item GROUP BY item_id) r
                    ON r.item_id = i.id
              WHERE i.returned <> coalesce(r.units, 0)
          )sql"}}},
        {"logs",
         "the event and audit logs have no gap from the oldest entry that is kept to the last, SQLite's own checks are "
         "clean",
         {{R"sql(
             SELECT format('the event sequence holds %d events from number %d to %d, and those up to %d were removed',
                           count(*), min(sequence), max(sequence), s.after)
               FROM (SELECT coalesce((SELECT after FROM event_start), 0) AS after) s LEFT JOIN event
             HAVING count(sequence) <> coalesce(max(sequence), 0) - s.after OR coalesce(min(sequence), 1) <> s.after + 1
          )sql"},
          {R"sql(SELECT format('foreign key: row %d of %s has no %s', rowid, "table", parent) FROM pragma_foreign_key_check)sql"},
          {R"sql(SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok')sql"}}},
        {"charges",
         "at most one charge reached the gateway for one attempt, and a further one is of what an edit added",
         {{R"sql(
             SELECT format('charge %d of payment %d succeeded, and took nothing', id, payment_id)
               FROM payment_attempt WHERE outcome = 'succeeded' AND captured <= 0
          )sql"},
          {R"sql(
             SELECT format('payment %d has %d attempts that hold or took its money', payment_id, count(*))
               FROM payment_attempt WHERE outcome IN ('authorized', 'succeeded') GROUP BY payment_id
             HAVING sum(outcome = 'authorized') + max(outcome = 'succeeded') > 1
          )sql"},
          {R"sql(
             SELECT format('payment %d is %s, and no attempt at it is', p.id, p.status)
               FROM payment p
              WHERE p.status IN ('authorized', 'requires_action')
                AND NOT EXISTS (SELECT 1 FROM payment_attempt a
                                 WHERE a.payment_id = p.id AND a.outcome = p.status
                                   AND a.gateway_reference IS p.gateway_reference)
          )sql"},
          {R"sql(
             SELECT format('payment %d of %s captured %d, without an attempt that succeeded', p.id, p.gateway, p.captured)
               FROM payment p
              WHERE p.captured > 0 AND p.gateway <> 'manual'
                AND NOT EXISTS (SELECT 1 FROM payment_attempt a
                                 WHERE a.payment_id = p.id AND a.outcome = 'succeeded'
                                   AND a.gateway_reference = p.gateway_reference)
          )sql"},
          {R"sql(
             SELECT format('payment %d captured nothing, and an attempt at it succeeded', p.id)
               FROM payment p JOIN payment_attempt a ON a.payment_id = p.id
              WHERE a.outcome = 'succeeded' AND p.captured = 0
          )sql"}}},
    };
    return all;
}

// An older schema let two SKUs, or the addresses of two accounts, differ that are equal now. Both work on.
constexpr auto kEqualSkus = R"sql(
    SELECT format('product %d: its SKU %s equals %s: give it another', p.id, p.sku,
                  coalesce(format('that of product %d, %s', first.id, first.sku), 'an empty one'))
      FROM product p LEFT JOIN product first ON first.sku_key = substr(p.sku_key, 1, instr(p.sku_key, char(10)) - 1)
     WHERE instr(p.sku_key, char(10)) > 0
)sql";
constexpr auto kEqualAccounts = R"sql(
    SELECT format('customers %d and %d have accounts with the same e-mail address, written in two ways', min(id), max(id))
      FROM customer WHERE password_hash IS NOT NULL GROUP BY email_index HAVING count(*) > 1
)sql";

constexpr std::size_t kMostFaults = 20;

void apply(const storage::View& view, const Rule& rule, std::vector<std::string>& faults) {
    std::size_t found = 0;
    view.each(rule.sql, [&](const storage::Row& row) {
        if (++found <= kMostFaults) {
            faults.push_back(row.get<std::string>(0));
        }
    });
    if (found > kMostFaults) {
        faults.push_back(fmt::format("… and {} more", found - kMostFaults));
    }
}

constexpr auto kWrongCounters = R"sql(
    SELECT p.id, p.on_hand, p.reserved, coalesce(m.units, 0), coalesce(r.units, 0), p.beyond_limit
      FROM product p
      LEFT JOIN (SELECT product_id, sum(delta) AS units FROM inventory_movement GROUP BY product_id) m ON m.product_id = p.id
      LEFT JOIN ({}) r ON r.product_id = p.id
     WHERE p.on_hand <> coalesce(m.units, 0) OR p.reserved <> coalesce(r.units, 0)
)sql";

struct Counters {
    ProductId product;
    Quantity on_hand;
    Quantity reserved;
    Quantity moved;
    Quantity held;
    Quantity beyond_limit;
};

}  // namespace

std::vector<Finding> check(const storage::View& view) {
    std::vector<Finding> findings;
    const auto look = [&](std::string_view name, std::string_view promise, const auto& find) {
        Finding finding{.name = std::string(name), .promise = std::string(promise), .faults = {}};
        try {
            find(finding.faults);
        } catch (const SQLite::Exception& error) {  // a table or column of the rule is missing
            finding.faults.push_back(fmt::format("it cannot be checked: {}", error.what()));
        }
        findings.push_back(std::move(finding));
    };
    for (const auto& invariant : invariants()) {
        look(invariant.name, invariant.promise, [&](std::vector<std::string>& faults) {
            for (const auto& rule : invariant.rules) {
                apply(view, rule, faults);
            }
            if (invariant.name == "logs") {
                if (auto fault = audit::fault(view); !fault.empty()) {
                    faults.push_back(std::move(fault));
                }
                if (const auto until = notify::acted_upon(view, log_readers()); until < events::removed_until(view)) {
                    faults.push_back(fmt::format("events up to {} were removed, and those after {} were not acted upon",
                                                 events::removed_until(view), until));
                }
            }
        });
    }
    look("documents",
         "documents are numbered without a gap and can be opened; their sums are those of their order and its refunds",
         [&](std::vector<std::string>& faults) { faults = documents::faults_of(view, kMostFaults); });
    look("groups",
         "variants have a value of each option of their group, no two the same; handles and prices are theirs",
         [&](std::vector<std::string>& faults) { faults = catalog::wrong_groups(view, kMostFaults); });
    std::vector<std::string> notes;
    look("keys", "products are compared by the folded SKU and sorted by the folded name",
         [&](std::vector<std::string>& faults) {
             faults = catalog::wrong_keys(view, kMostFaults);
             apply(view, {kEqualSkus}, notes);
             apply(view, {kEqualAccounts}, notes);
         });
    findings.back().notes = std::move(notes);
    look("pictures", "each picture is there in all its sizes, and its bytes have the hash that its URL names",
         [&](std::vector<std::string>& faults) { faults = catalog::picture_faults(view, kMostFaults); });
    look("search", "orders and customers are found by what they say, and by nothing that they do not say any more",
         [&](std::vector<std::string>& faults) { faults = search_faults(view, kMostFaults); });
    findings.back().notes = search_lag(view);
    look("schema", "the tables, indexes, triggers and views are those that orderd makes, and no others",
         [&](std::vector<std::string>& faults) { faults = storage::schema_faults(view); });
    return findings;
}

std::vector<std::string> repair(storage::Transaction& tx, Time now) {
    std::vector<Counters> wrong;
    tx.each(fmt::format(kWrongCounters, kReservedByOrders), [&](const storage::Row& row) {
        wrong.push_back({row.get<ProductId>(0), row.get<Quantity>(1), row.get<Quantity>(2), row.get<Quantity>(3),
                         row.get<Quantity>(4), row.get<Quantity>(5)});
    });
    std::vector<std::string> lines;
    for (const auto& it : wrong) {
        const auto id = number(it.product);
        if (it.held > it.moved + it.beyond_limit || it.moved < 0) {
            lines.push_back(
                fmt::format("product {}: not changed: its movements sum up to {}, and open orders hold {}; "
                            "record what is missing, or cancel an order",
                            id, it.moved, it.held));
            continue;
        }
        catalog::set_counters(tx, it.product, it.moved, it.held, now);
        const Json before{{"on_hand", it.on_hand}, {"reserved", it.reserved}};
        const Json after{{"on_hand", it.moved}, {"reserved", it.held}};
        events::record(tx, "stock.repaired", {"product", id}, {{"before", before}, {"after", after}},
                       Actor::command_line(), now);
        audit::record(tx, "stock.repair", {"product", id}, before, after, Actor::command_line(), now);
        lines.push_back(fmt::format("product {}: on_hand {} -> {}, reserved {} -> {}", id, it.on_hand, it.moved,
                                    it.reserved, it.held));
    }
    for (auto& line : orders::repair_awaited(tx, now)) {
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace orderd::app
