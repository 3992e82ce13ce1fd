#include "orders/export.h"

#include <fmt/format.h>

#include <array>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "accounts/customer.h"
#include "base/log.h"
#include "base/plain_time.h"
#include "orders/order.h"
#include "storage/events.h"
#include "storage/settings.h"
#include "storage/shop_zone.h"

namespace orderd::orders {

namespace {

// The size of a slice: it is read with one reader, and kept in memory until it is sent.
constexpr std::int64_t kSliceRows = 200;
constexpr std::size_t kSliceBytes = std::size_t{256} * 1024;

constexpr std::array kOrderHeader{
    "Name",
    "Email",
    "Financial Status",
    "Fulfillment Status",
    "Currency",
    "Subtotal",
    "Shipping",
    "Taxes",
    "Total",
    "Discount Amount",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Lineitem sku",
    "Shipping Name",
    "Shipping Address1",
    "Shipping Address2",
    "Shipping City",
    "Shipping Zip",
    "Shipping Province",
    "Shipping Country",
    "Shipping Phone",
    "Notes",
    "Cancelled at",
};

constexpr std::array kCustomerHeader{
    "Customer ID",  "Name", "Email",        "Phone",       "Address1", "Address2",    "City",       "Province",
    "Country Code", "Zip",  "Total Orders", "Total Spent", "Currency", "Has Account", "Created at",
};

constexpr auto kAfter = "SELECT id FROM orders WHERE id > ?1 ORDER BY id LIMIT ?2";
constexpr auto kCustomersAfter = "SELECT id FROM customer WHERE id > ?1 ORDER BY id LIMIT ?2";
constexpr auto kSums = R"sql(
    SELECT count(*), coalesce(sum(total), 0) FROM orders WHERE customer_id = ?1 AND status NOT IN ('cancelled', 'expired')
)sql";

template <std::size_t N>
void write_header(csv::Writer& out, const std::array<const char*, N>& names) {
    for (const auto* name : names) {
        out.raw(name);
    }
    out.end_record();
}

/// The next ids after one, at most a slice.
std::vector<std::int64_t> ids_after(const storage::View& view, std::string_view sql, std::int64_t after) {
    std::vector<std::int64_t> ids;
    view.each(
        sql, [&](const storage::Row& row) { ids.push_back(row.get<std::int64_t>(0)); }, after, kSliceRows);
    return ids;
}

/// Shopify's words for the payment and shipping state of an order.
std::string_view financial_status(const Order& order) {
    if (order.payment_status == "succeeded") {
        return "paid";
    }
    if (order.payment_status == "refunded" || order.payment_status == "partially_refunded" ||
        order.payment_status == "voided" || order.payment_status == "authorized") {
        return order.payment_status;
    }
    return order.status == Status::expired || order.status == Status::cancelled ? "voided" : "pending";
}

std::string_view fulfillment_status(const Order& order) {
    switch (order.status) {
        case Status::shipped:
        case Status::delivered:
        case Status::returned: return "fulfilled";
        case Status::partially_shipped: return "partial";
        default: return "unfulfilled";
    }
}

void write_own_columns(csv::Writer& out, const Order& order, std::string_view currency, const TimeZone& zone) {
    const auto& sums = order.totals;
    const auto tax = sums.tax + sums.tax_included;
    out.raw(financial_status(order)).raw(fulfillment_status(order)).raw(currency);
    for (const auto amount : {sums.subtotal, sums.shipping, tax, sums.total, sums.discount}) {
        out.raw(decimal_money(amount, currency));
    }
    out.raw(sheet_time(order.placed_at, zone));
}

void write_recipient(csv::Writer& out, const Recipient& to) {
    out.text(to.contact.name)
        .text(to.address.line1)
        .text(to.address.line2)
        .text(to.address.city)
        .text(to.address.postal_code)
        .text(to.address.region)
        .text(to.address.country)
        .text(to.contact.phone)
        .text(to.note);
}

void write_empty(csv::Writer& out, int count) {
    for (int i = 0; i < count; ++i) {
        out.raw("");
    }
}

void write_order(csv::Writer& out, const Order& order, std::string_view currency, const TimeZone& zone) {
    bool first = true;
    const auto to = order.recipient.value_or(Recipient{});
    for (const auto& item : order.items) {
        out.raw(fmt::format("#{}", number(order.id))).text(to.contact.email);
        if (first) {
            write_own_columns(out, order, currency, zone);
        } else {
            write_empty(out, 9);
        }
        out.raw(std::to_string(item.quantity))
            .text(item.name)
            .raw(decimal_money(item.unit_price, currency))
            .text(item.sku);
        if (first) {
            write_recipient(out, to);
            out.raw(order.status == Status::cancelled ? sheet_time(order.updated_at, zone) : "");
        } else {
            write_empty(out, 10);
        }
        out.end_record();
        first = false;
    }
}

void write_customer(csv::Writer& out, const storage::View& view, const accounts::Customer& customer,
                    std::string_view currency, const TimeZone& zone) {
    const auto address = customer.address.value_or(accounts::Address{});
    std::int64_t orders = 0;
    Money spent;
    view.each(
        kSums,
        [&](const storage::Row& row) {
            orders = row.get<std::int64_t>(0);
            spent = row.get<Money>(1);
        },
        customer.id);
    out.raw(std::to_string(number(customer.id)))
        .text(customer.contact->name)
        .text(customer.contact->email)
        .text(customer.contact->phone)
        .text(address.line1)
        .text(address.line2)
        .text(address.city)
        .text(address.region)
        .text(address.country)
        .text(address.postal_code)
        .raw(std::to_string(orders))
        .raw(decimal_money(spent, currency))
        .raw(currency)
        .raw(customer.has_account ? "yes" : "no")
        .raw(sheet_time(customer.created_at, zone));
    out.end_record();
}

/// Writes the records of one id, if there are any.
using Write = std::function<void(csv::Writer& out, const storage::View& view, std::int64_t id)>;

/// Sends the header, and what `write` writes for every id that `sql` returns, slice by slice. A slice's
/// reader is returned to its pool before the slice is sent.
template <std::size_t N>
bool send_slices(storage::Store& store, const std::array<const char*, N>& header, std::string_view sql,
                 const Write& write, const csv::Send& send) {
    std::string slice;
    csv::Writer out([&slice](std::string_view piece) {
        slice += piece;
        return true;
    });
    write_header(out, header);
    std::int64_t last = 0;
    const auto read_slice = [&] {
        const auto view = store.read();
        const auto ids = ids_after(view, sql, last);
        for (auto id = ids.begin(); id != ids.end() && slice.size() < kSliceBytes; ++id) {
            write(out, view, *id);
            last = *id;
        }
        return !ids.empty();
    };
    for (bool more = true; more;) {
        more = read_slice();
        out.finish();
        if (!slice.empty() && !send(slice)) {
            return false;
        }
        slice.clear();
    }
    return true;
}

}  // namespace

void note_export(storage::Store& store, std::string_view what, const Actor& actor, Time now) {
    try {
        store.writer().run([&](storage::Transaction& tx) {
            audit::record(tx, std::string(what) + ".export", {what, 0}, nullptr, {{"exported", "all"}}, actor, now);
        });
    } catch (const std::exception& error) {
        log::warning("an export could not be written into the audit log",
                     {{"of", what}, {"actor", to_text(actor)}, {"address", actor.address}, {"error", error.what()}});
    }
}

bool export_orders(storage::Store& store, const csv::Send& send) {
    const auto currency = settings::currency(store.read());
    const auto zone = settings::time_zone(store.read());
    const auto write = [&](csv::Writer& out, const storage::View& view, std::int64_t id) {
        write_order(out, get(view, OrderId{id}), currency, *zone);
    };
    return send_slices(store, kOrderHeader, kAfter, write, send);
}

bool export_customers(storage::Store& store, const csv::Send& send) {
    const auto currency = settings::currency(store.read());
    const auto zone = settings::time_zone(store.read());
    const auto write = [&](csv::Writer& out, const storage::View& view, std::int64_t id) {
        if (const auto customer = accounts::get_customer(view, CustomerId{id}); customer.contact) {
            write_customer(out, view, customer, currency, *zone);
        }
    };
    return send_slices(store, kCustomerHeader, kCustomersAfter, write, send);
}

}  // namespace orderd::orders
