#include "app/exports.h"

#include <fmt/format.h>

#include <array>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "accounts/customer.h"
#include "app/beside_order.h"
#include "base/language.h"
#include "base/log.h"
#include "base/plain_time.h"
#include "orders/order.h"
#include "payments/payment.h"
#include "storage/events.h"
#include "storage/settings.h"
#include "storage/shop_zone.h"

namespace orderd::app {

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
    "Payment Method",
    "Paid at",
    "Refunded Amount",
    "Outstanding Balance",
    "Tax 1 Name",
    "Tax 1 Value",
    "Tax 2 Name",
    "Tax 2 Value",
    "Tax 3 Name",
    "Tax 3 Value",
    "Tax 4 Name",
    "Tax 4 Value",
    "Tax 5 Name",
    "Tax 5 Value",
};
constexpr int kFirstColumns = 9;   ///< an order's own, before those of its line
constexpr int kLastColumns = 24;   ///< and after them
constexpr std::size_t kTaxes = 5;  ///< of an order, at most: as many as there are classes

constexpr std::array kCustomerHeader{
    "Customer ID",  "Name", "Email",        "Phone",       "Address1", "Address2",    "City",       "Province",
    "Country Code", "Zip",  "Total Orders", "Total Spent", "Currency", "Has Account", "Created at",
};

constexpr auto kOrdersAfter = "SELECT id FROM orders WHERE id > ?1 AND status <> 'draft' ORDER BY id LIMIT ?2";
constexpr auto kCustomersAfter = "SELECT id FROM customer WHERE id > ?1 ORDER BY id LIMIT ?2";
constexpr auto kSums = R"sql(
    SELECT count(*) FILTER (WHERE o.status NOT IN ('draft', 'cancelled', 'expired')),
           coalesce(sum(p.captured - p.refunded + p.to_be_sent), 0)
      FROM orders o LEFT JOIN payment p ON p.order_id = o.id WHERE o.customer_id = ?1
)sql";
constexpr auto kCancelledAt = R"sql(
    SELECT max(at) FROM event WHERE subject = 'order' AND subject_id = ?1 AND kind = 'order.cancelled'
)sql";

template <std::size_t N>
void write_header(csv::Writer& out, const std::array<const char*, N>& names) {
    for (const auto* name : names) {
        out.raw(name);
    }
    out.end_record();
}

/// What an order's payment says; nothing if it has none.
using Paid = std::optional<payments::Payment>;

bool is_closed(const orders::Order& order) {
    return order.status == orders::Status::cancelled || order.status == orders::Status::expired;
}

/// Shopify's word for an order whose money has come, by what of it has gone back.
std::string_view status_of_money(const payments::Payment& payment) {
    const auto back = payment.moved_back();
    if (back.minor == 0) {
        return payment.captured < payment.amount ? "partially_paid" : "paid";
    }
    return back < payment.captured ? "partially_refunded" : "refunded";
}

/// Shopify's words for what has become of an order's money.
std::string_view financial_status(const orders::Order& order, const Paid& payment) {
    const auto* const unpaid = is_closed(order) ? "voided" : "pending";
    if (!payment) {
        return unpaid;
    }
    switch (payment->status) {
        case payments::Status::authorized: return "authorized";
        case payments::Status::succeeded:
        case payments::Status::disputed:
        case payments::Status::partially_refunded:
        case payments::Status::refunded: return status_of_money(*payment);
        case payments::Status::processing:
        case payments::Status::requires_action:
        case payments::Status::failed:
        case payments::Status::voided: return unpaid;
    }
    return unpaid;
}

std::string_view fulfillment_status(const orders::Order& order) {
    switch (order.status) {
        case orders::Status::shipped:
        case orders::Status::delivered:
        case orders::Status::returned: return "fulfilled";
        case orders::Status::partially_shipped: return "partial";
        case orders::Status::draft:
        case orders::Status::pending:
        case orders::Status::paid:
        case orders::Status::processing:
        case orders::Status::cancelled:
        case orders::Status::expired: return "unfulfilled";
    }
    return "unfulfilled";
}

void write_own_columns(csv::Writer& out, const orders::Order& order, const Paid& payment, std::string_view currency,
                       const TimeZone& zone) {
    const auto& sums = order.totals;
    out.raw(financial_status(order, payment)).raw(fulfillment_status(order)).raw(currency);
    const auto goods = sums.subtotal - sums.discount;
    for (const auto amount : {goods, sums.shipping, sums.tax + sums.tax_included, sums.total, sums.discount}) {
        out.amount(amount, currency);
    }
    out.raw(sheet_time(order.placed_at, zone));
}

void write_money(csv::Writer& out, const orders::Order& order, const Paid& payment, std::string_view currency,
                 const TimeZone& zone) {
    const auto captured = payment ? payment->captured : Money{};
    const auto owed = is_closed(order) ? Money{} : order.totals.total - captured;
    out.raw(payment ? payment->method : "")
        .raw(payment && payment->captured_at ? sheet_time(*payment->captured_at, zone) : "")
        .amount(payment ? payment->moved_back() : Money{}, currency)
        .amount(owed, currency);
    auto taxes = orders::taxes_of(order);
    std::erase_if(taxes, [](const orders::RateSum& sum) { return sum.rate.ppm == 0; });
    for (std::size_t i = 0; i < kTaxes; ++i) {
        if (i < taxes.size()) {
            out.raw(Language::english().percent(taxes[i].rate)).amount(taxes[i].tax, currency);
        } else {
            out.raw("").raw("");
        }
    }
}

void write_recipient(csv::Writer& out, const orders::Recipient& to) {
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

std::string cancelled_at(const storage::View& view, const orders::Order& order, const TimeZone& zone) {
    const auto at = order.status == orders::Status::cancelled
                        ? view.value<std::optional<Time>>(kCancelledAt, order.id).value_or(std::nullopt)
                        : std::nullopt;
    return at ? sheet_time(*at, zone) : "";
}

void write_order(csv::Writer& out, const storage::View& view, OrderId id, std::string_view currency,
                 const TimeZone& zone) {
    const auto order = orders::get(view, id);
    const auto payment = payments::find_by_order(view, id);
    const auto to = order.recipient.value_or(orders::Recipient{});
    bool first = true;
    for (const auto& item : order.items) {
        out.raw(fmt::format("#{}", number(id))).text(to.contact.email);
        if (first) {
            write_own_columns(out, order, payment, currency, zone);
        } else {
            write_empty(out, kFirstColumns);
        }
        out.raw(std::to_string(item.quantity)).text(item.name).amount(item.unit_price, currency).text(item.sku);
        if (first) {
            write_recipient(out, to);
            out.raw(cancelled_at(view, order, zone));
            write_money(out, order, payment, currency, zone);
        } else {
            write_empty(out, kLastColumns);
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
        .amount(spent, currency)
        .raw(currency)
        .raw(customer.has_account ? "yes" : "no")
        .raw(sheet_time(customer.created_at, zone));
    out.end_record();
}

/// Reads the ids that follow one (nullopt: from the start), at most a slice.
using Next = std::function<std::vector<std::int64_t>(const storage::View& view, std::optional<std::int64_t> after)>;

/// Writes the records of one id, if there are any.
using Write = std::function<void(csv::Writer& out, const storage::View& view, std::int64_t id)>;

/// All ids, oldest first.
Next all_of(std::string_view sql) {
    return [sql](const storage::View& view, std::optional<std::int64_t> after) {
        std::vector<std::int64_t> ids;
        view.each(
            sql, [&](const storage::Row& row) { ids.push_back(row.get<std::int64_t>(0)); }, after.value_or(0),
            kSliceRows);
        return ids;
    };
}

template <class Id>
std::vector<std::int64_t> numbers_of(const std::vector<Id>& ids) {
    std::vector<std::int64_t> numbers;
    for (const auto id : ids) {
        numbers.push_back(number(id));
    }
    return numbers;
}

template <class Id>
std::optional<Id> id_of(std::optional<std::int64_t> number) {
    return number ? std::optional(Id{*number}) : std::nullopt;
}

/// Sends the header, and what `write` writes for every id that `next` returns, slice by slice. A slice's
/// reader is returned to its pool before the slice is sent.
template <std::size_t N>
bool send_slices(storage::Store& store, const std::array<const char*, N>& header, const Next& next, const Write& write,
                 const csv::Send& send, const csv::Style& style) {
    std::string slice;
    csv::Writer out(
        [&slice](std::string_view piece) {
            slice += piece;
            return true;
        },
        style);
    write_header(out, header);
    std::optional<std::int64_t> last;
    const auto read_slice = [&] {
        const auto view = store.read();
        const auto ids = next(view, last);
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

void note_export(storage::Store& store, std::string_view what, bool filtered, const Actor& actor, Time now) {
    try {
        store.writer().run([&](storage::Transaction& tx) {
            audit::record(tx, std::string(what) + ".export", {what, 0}, nullptr,
                          {{"exported", filtered ? "filtered" : "all"}}, actor, now);
        });
    } catch (const std::exception& error) {
        log::warning("an export could not be written into the audit log",
                     {{"of", what}, {"actor", to_text(actor)}, {"address", actor.address}, {"error", error.what()}});
    }
}

bool export_orders(storage::Store& store, const std::optional<orders::Filter>& shown, const csv::Send& send,
                   const csv::Style& style) {
    const auto currency = settings::currency(store.read());
    const auto zone = settings::time_zone(store.read());
    const auto matching = [&](const storage::View& view, std::optional<std::int64_t> after) {
        return numbers_of(
            orders::list_ids(view, *shown, id_of<OrderId>(after), kSliceRows, {.found_by_number = orders_by_number}));
    };
    const auto write = [&](csv::Writer& out, const storage::View& view, std::int64_t id) {
        write_order(out, view, OrderId{id}, currency, *zone);
    };
    return send_slices(store, kOrderHeader, shown ? Next(matching) : all_of(kOrdersAfter), write, send, style);
}

bool export_customers(storage::Store& store, const std::optional<std::string>& text, const csv::Send& send,
                      const csv::Style& style) {
    const auto currency = settings::currency(store.read());
    const auto zone = settings::time_zone(store.read());
    const auto matching = [&](const storage::View& view, std::optional<std::int64_t> after) {
        auto found = accounts::find_customers(view, *text, kSliceRows, id_of<CustomerId>(after));
        while (found.ids.empty() && found.looked_to) {
            found = accounts::find_customers(view, *text, kSliceRows, CustomerId{*found.looked_to});
        }
        return found.ids;
    };
    const auto write = [&](csv::Writer& out, const storage::View& view, std::int64_t id) {
        if (const auto customer = accounts::get_customer(view, CustomerId{id}); customer.contact) {
            write_customer(out, view, customer, currency, *zone);
        }
    };
    return send_slices(store, kCustomerHeader, text ? Next(matching) : all_of(kCustomersAfter), write, send, style);
}

}  // namespace orderd::app
