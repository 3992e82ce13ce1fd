#include "orders/lifecycle.h"

#include <fmt/format.h>

#include <algorithm>

#include "accounts/admin.h"
#include "base/log.h"
#include "catalog/stock.h"
#include "jobs/jobs.h"
#include "orders/awaited.h"
#include "orders/codes.h"
#include "orders/comments.h"
#include "orders/search.h"
#include "orders/tags.h"
#include "storage/events.h"

namespace orderd::orders {

namespace {

constexpr auto kSetStatus = R"sql(
    UPDATE orders SET status = ?2, expires_at = NULL, updated_at = ?3, version = version + 1 WHERE id = ?1 AND status = ?4
)sql";
constexpr auto kSetParcelTrouble = "UPDATE orders SET parcel_trouble = ?2 WHERE id = ?1 AND parcel_trouble <> ?2";
constexpr auto kSetPaymentState = R"sql(
    UPDATE orders
       SET payment_status = ?2, payment_method = ?3, money_goes_back = ?4, balance = ?6, version = version + 1,
           updated_at = ?5
     WHERE id = ?1 AND (payment_status, payment_method, money_goes_back, balance) <> (?2, ?3, ?4, ?6)
)sql";
constexpr auto kGrowVersion = "UPDATE orders SET updated_at = ?2, version = version + 1 WHERE id = ?1";
constexpr auto kCancelItems = R"sql(
    UPDATE order_item SET cancelled = quantity - shipped, awaited = 0 WHERE order_id = ?1
)sql";
// By its index: without statistics, SQLite would sort all pending orders.
constexpr auto kDue = R"sql(
    SELECT id, expires_at FROM orders INDEXED BY orders_expiring
     WHERE status = 'pending' AND expires_at IS NOT NULL AND expires_at <= ?1 AND (expires_at, id) > (?2, ?3)
     ORDER BY expires_at, id LIMIT ?4
)sql";
constexpr auto kHoldUntil = R"sql(
    UPDATE orders SET expires_at = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1 AND status = 'pending'
)sql";
constexpr auto kHoldAll = R"sql(
    UPDATE orders SET expires_at = ?1, version = version + 1, updated_at = ?2
     WHERE status = 'pending' AND expires_at IS NOT NULL AND expires_at < ?1
)sql";
constexpr auto kSetRecipient = R"sql(
    UPDATE orders SET contact_sealed = ?2, address_sealed = ?3, updated_at = ?4, version = version + 1 WHERE id = ?1
)sql";
constexpr auto kSetLocale = R"sql(
    UPDATE orders SET locale = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1
)sql";
constexpr auto kSetStaffNote = R"sql(
    UPDATE orders SET staff_note_sealed = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1
)sql";
constexpr auto kSetDeliveryNote = R"sql(
    UPDATE orders SET delivery_note_sealed = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1
)sql";
constexpr auto kRenewPaymentLink = R"sql(
    UPDATE orders SET payment_links = payment_links + 1, updated_at = ?2, version = version + 1 WHERE id = ?1
)sql";
constexpr auto kSetManager = R"sql(
    UPDATE orders SET managed_by = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1
)sql";
constexpr auto kErase = R"sql(
    UPDATE orders SET contact_sealed = NULL, address_sealed = NULL, staff_note_sealed = NULL,
                      delivery_note_sealed = NULL, billing_sealed = NULL, updated_at = ?2, version = version + 1
     WHERE customer_id = ?1
)sql";

constexpr auto kNumbersOf = "SELECT id FROM orders WHERE customer_id = ?1 ORDER BY id";
constexpr auto kOpenOf = R"sql(
    SELECT id FROM orders
     WHERE managed_by = ?1 AND status IN ('pending', 'paid', 'processing', 'partially_shipped', 'shipped')
)sql";
constexpr auto kCountOpenOf = R"sql(
    SELECT count(*) FROM orders
     WHERE managed_by = ?1 AND status IN ('pending', 'paid', 'processing', 'partially_shipped', 'shipped')
)sql";
constexpr auto kAwaits = R"sql(
    SELECT 1 FROM orders
     WHERE customer_id = ?1 AND status IN ('pending', 'paid', 'processing', 'partially_shipped', 'shipped') LIMIT 1
)sql";

constexpr std::int64_t kSecond = 1000;

/// Releases the stock that an order holds, and marks these units as cancelled in its lines.
void release_all(storage::Transaction& tx, const Order& order, Time now) {
    for (const auto& item : order.items) {
        if (item.counted && item.open() > 0) {
            catalog::release(tx, item.product.value(), item.open(), now);
        }
    }
    tx.run(kCancelItems, order.id);
    if (awaits_stock(order)) {
        keep_awaits(tx, order.id);
    }
}

/// Has the payment of an order that will not be shipped settled, if there is one.
void settle_payment(storage::Transaction& tx, const Order& order, const Actor& actor, Time now) {
    if (!order.payment_status.empty()) {
        ask_to_settle(tx, order.id, actor, now);
    }
}

/// Has the labels of an order voided. There are none before packing began.
void void_labels(storage::Transaction& tx, const Order& order, const Actor& actor, Time now) {
    if (order.status == Status::processing) {
        jobs::add(tx,
                  {.kind = kVoidAllJob,
                   .payload = {{"order_id", number(order.id)}, {"actor", to_text(actor)}},
                   .run_at = now,
                   .dedupe_key = jobs::key_of(kVoidAllJob, number(order.id))},
                  now);
    }
}

struct Due {
    OrderId order{};
    Time at;
};

/// Reports an order that cannot expire to staff: as one dead letter, not each time that others expire.
void report_stuck(storage::Transaction& tx, OrderId id, const std::exception_ptr& failure, Time now) {
    const Json payload{{"order_id", number(id)}};
    const bool is_new = !jobs::has_died(tx, kExpireOneJob, payload) &&
                        jobs::add(tx,
                                  {.kind = kExpireOneJob,
                                   .payload = payload,
                                   .run_at = now,
                                   .dedupe_key = jobs::key_of(kExpireOneJob, number(id))},
                                  now);
    if (!is_new) {
        return;
    }
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        log::error("an order whose reservation is over cannot expire",
                   {{"order", number(id)}, {"error", error.what()}});
    }
}

Json to_json(const Recipient& recipient) {
    auto json = accounts::to_json(recipient.contact, recipient.address);
    json["note"] = recipient.note;
    return json;
}

std::vector<std::string> changed_fields(const std::optional<Recipient>& before, const Recipient& after) {
    const auto old = before ? to_json(*before) : Json::object();
    std::vector<std::string> fields;
    const auto wanted = to_json(after);
    for (const auto& [name, value] : wanted.items()) {
        if (old.value(name, Json()) != value) {
            fields.push_back(name);
        }
    }
    return fields;
}

}  // namespace

void step(storage::Transaction& tx, const Order& order, Status to, const Actor& actor, Time now, const Json& body) {
    require_step(order.status, to);
    if (tx.run(kSetStatus, order.id, to_text(to), now, to_text(order.status)) != 1) {
        throw std::logic_error("the order changed since it was read in this transaction");
    }
    events::record(tx, fmt::format("order.{}", to_text(to)), {"order", number(order.id)}, body, actor, now);
    tx.touched(storage::Topic::orders);
}

void grow_version(storage::Transaction& tx, OrderId id, Time now) {
    tx.run(kGrowVersion, id, now);
    tx.touched(storage::Topic::orders);
}

void set_payment_state(storage::Transaction& tx, OrderId id, const PaymentState& state, Time now) {
    tx.run(kSetPaymentState, id, state.status, state.method, state.goes_back, now, state.balance);
    tx.touched(storage::Topic::orders);
}

void set_parcel_trouble(storage::Transaction& tx, OrderId id, bool in_trouble) {
    tx.run(kSetParcelTrouble, id, in_trouble);
}

void cancel(storage::Transaction& tx, const Order& order, std::string_view reason, const Actor& actor, Time now) {
    require_step(order.status, Status::cancelled);
    release_all(tx, order, now);
    give_back_use(tx, order);
    step(tx, order, Status::cancelled, actor, now, {{"reason", reason}, {"items", open_units(order)}});
    settle_payment(tx, order, actor, now);
    void_labels(tx, order, actor, now);
}

int expire_due(storage::Transaction& tx, Time now, int most) {
    int expired = 0;
    Due last;
    for (bool more = true; more && expired < most;) {
        std::vector<Due> due;
        tx.each(
            kDue,
            [&](const storage::Row& row) {
                due.push_back({row.get<OrderId>(0), row.get<Time>(1)});
            },
            now, last.at, last.order, most - expired);
        for (const auto& it : due) {
            if (const auto failure = tx.try_apart([&] { expire(tx, it.order, now); })) {
                report_stuck(tx, it.order, failure, now);
            } else {
                ++expired;
            }
            last = it;
        }
        more = !due.empty();
    }
    return expired;
}

void expire(storage::Transaction& tx, OrderId id, Time now) {
    const auto order = get(tx, id);
    if (order.status != Status::pending || !order.expires_at || *order.expires_at > now) {
        return;
    }
    release_all(tx, order, now);
    give_back_use(tx, order);
    step(tx, order, Status::expired, Actor::system(), now, {{"items", open_units(order)}});
    settle_payment(tx, order, Actor::system(), now);
}

void ask_to_settle(storage::Transaction& tx, OrderId order, const Actor& actor, Time now) {
    // Without a dedupe key: a job that is running now may have read the state before this change.
    jobs::add(tx,
              {.kind = kSettleJob, .payload = {{"order_id", number(order)}, {"actor", to_text(actor)}}, .run_at = now},
              now);
}

void ask_for_expiry(storage::Transaction& tx, Time at, Time now) {
    const Time second{(at.ms + kSecond - 1) / kSecond * kSecond};
    jobs::add(tx, {.kind = kExpireJob, .run_at = second, .dedupe_key = jobs::key_of(kExpireJob, second.ms / kSecond)},
              now);
}

void hold_until(storage::Transaction& tx, const Order& order, std::optional<Time> until, Time now) {
    tx.run(kHoldUntil, order.id, until, now);
    if (until) {
        ask_for_expiry(tx, *until, now);
    }
    tx.touched(storage::Topic::orders);
}

void hold_all_until(storage::Transaction& tx, Time until, Time now) {
    if (tx.run(kHoldAll, until, now) > 0) {
        ask_for_expiry(tx, until, now);
        tx.touched(storage::Topic::orders);
    }
}

void agree_to_hold(storage::Transaction& tx, const Order& order, std::optional<Time> until, const Actor& actor,
                   Time now) {
    if (order.status != Status::pending) {
        throw Refusal(kNotPending, fmt::format("the order is {}: only one that waits for its payment can run out",
                                               to_text(order.status)))
            .with("order_status", to_text(order.status));
    }
    if (until && *until <= now) {
        throw invalid("/hold_until", "is in the past; give a later time, or null for no end");
    }
    hold_until(tx, order, until, now);
    events::record(tx, "order.held", {"order", number(order.id)},
                   {{"until", until ? Json(rfc3339(*until)) : Json(nullptr)}}, actor, now);
}

void start_processing(storage::Transaction& tx, const Order& order, const Actor& actor, Time now) {
    step(tx, order, Status::processing, actor, now);
}

std::vector<std::string> set_recipient(storage::Transaction& tx, const Order& order, const Recipient& recipient,
                                       const Actor& actor, Time now) {
    const bool left = std::any_of(order.items.begin(), order.items.end(), [](const Item& i) { return i.shipped > 0; });
    if (left || !(is_open(order.status) || order.status == Status::draft)) {
        throw Refusal(kAlreadyShipped,
                      fmt::format("the order is {}: its address can be changed until its first parcel leaves",
                                  to_text(order.status)))
            .with("order_status", to_text(order.status));
    }
    auto fields = changed_fields(order.recipient, recipient);
    if (fields.empty()) {
        return fields;
    }
    const auto contact = seal_contact(tx.vault(), order.id, recipient);
    const auto address = seal_address(tx.vault(), order.id, recipient.address);
    tx.run(kSetRecipient, order.id, storage::Blob{contact}, storage::Blob{address}, now);
    accounts::forget_found_by(tx, accounts::Kind::order, number(order.id), found_by(order.recipient, order.billing),
                              found_by(recipient, order.billing));
    events::record(tx, "order.recipient_changed", {"order", number(order.id)}, {{"fields", fields}}, actor, now);
    tx.touched(storage::Topic::orders);
    return fields;
}

void set_staff_note(storage::Transaction& tx, const Order& order, std::string_view note, const Actor& actor, Time now) {
    const auto sealed = seal_staff_note(tx.vault(), order.id, note);
    tx.run(kSetStaffNote, order.id, storage::Blob{sealed}, now);
    events::record(tx, "order.noted", {"order", number(order.id)}, Json::object(), actor, now);
    tx.touched(storage::Topic::orders);
}

void set_language(storage::Transaction& tx, const Order& order, const Language& language, const Actor& actor,
                  Time now) {
    tx.run(kSetLocale, order.id, language.code(), now);
    events::record(tx, "order.language_changed", {"order", number(order.id)},
                   {{"from", order.language->code()}, {"to", language.code()}}, actor, now);
    tx.touched(storage::Topic::orders);
}

void set_delivery_note(storage::Transaction& tx, const Order& order, std::string_view note, const Actor& actor,
                       Time now) {
    const auto sealed = seal_delivery_note(tx.vault(), order.id, note);
    tx.run(kSetDeliveryNote, order.id, storage::Blob{sealed}, now);
    events::record(tx, "order.delivery_noted", {"order", number(order.id)}, Json::object(), actor, now);
    tx.touched(storage::Topic::orders);
}

void renew_payment_link(storage::Transaction& tx, const Order& order, const Actor& actor, Time now) {
    tx.run(kRenewPaymentLink, order.id, now);
    events::record(tx, "order.payment_link_renewed", {"order", number(order.id)}, Json::object(), actor, now);
    tx.touched(storage::Topic::orders);
}

void set_manager(storage::Transaction& tx, const Order& order, AdminId manager, const Actor& actor, Time now) {
    const auto admin = accounts::find_admin(tx, manager);
    if (!admin || !admin->active || admin->role < Role::staff) {
        throw invalid("/managed_by", fmt::format("{} is not an active owner or staff member", number(manager)));
    }
    tx.run(kSetManager, order.id, manager, now);
    events::record(tx, "order.reassigned", {"order", number(order.id)},
                   {{"from", number(order.managed_by)}, {"to", number(manager)}}, actor, now);
    tx.touched(storage::Topic::orders);
}

std::int64_t open_orders_of(const storage::View& view, AdminId manager) {
    return view.value<std::int64_t>(kCountOpenOf, manager).value_or(0);
}

void hand_over(storage::Transaction& tx, AdminId from, AdminId to, const Actor& actor, Time now) {
    std::vector<OrderId> theirs;
    tx.each(
        kOpenOf, [&](const storage::Row& row) { theirs.push_back(row.get<OrderId>(0)); }, from);
    for (const auto id : theirs) {
        set_manager(tx, get(tx, id), to, actor, now);
    }
}

bool awaits_something(const storage::View& view, CustomerId customer) {
    return view.value<bool>(kAwaits, customer).has_value();
}

std::vector<OrderId> numbers_of(const storage::View& view, CustomerId customer) {
    std::vector<OrderId> found;
    view.each(
        kNumbersOf, [&](const storage::Row& row) { found.push_back(row.get<OrderId>(0)); }, customer);
    return found;
}

void erase_recipient(storage::Transaction& tx, CustomerId customer, Time now) {
    const auto theirs = numbers_of(tx, customer);
    for (const auto id : theirs) {
        accounts::forget_found_by(tx, accounts::Kind::order, number(id), found_by(tx, id));
    }
    tx.run(kErase, customer, now);
    const auto ids = numbers_json(theirs);
    catalog::forget_notes(tx, ids);
    events::forget_comments(tx, "order", ids);
    erase_comments(tx, ids.dump());
    erase_tags(tx, ids.dump());
    tx.touched(storage::Topic::orders);
}

}  // namespace orderd::orders
