#include "orders/routes.h"

#include <fmt/format.h>

#include "accounts/customer.h"
#include "api/conditional.h"
#include "api/counted_network.h"
#include "api/refusals.h"
#include "api/span.h"
#include "base/random.h"
#include "base/state_table.h"
#include "base/text.h"
#include "catalog/price_step.h"
#include "orders/access.h"
#include "orders/bodies.h"
#include "orders/describe.h"
#include "orders/expanding.h"
#include "orders/holding.h"
#include "orders/lifecycle.h"
#include "orders/links.h"
#include "orders/list.h"
#include "orders/packing.h"
#include "orders/placing.h"
#include "orders/quoting.h"
#include "orders/readdressing.h"
#include "storage/events.h"

namespace orderd::orders {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer place_order(Request& in, Desk& desk, OrderRequest asked);
Answer show_order(Request& in, Desk& desk);
Answer cancel_order(Request& in, Desk& desk, Cancellation wanted);
Answer list_own_orders(Request& in, Desk& desk);
Answer list_orders(Request& in, Desk& desk);
Answer list_large_holds(Request& in, Desk& desk);
Answer show_for_admin(Request& in, Desk& desk);
Answer update_order(Request& in, Desk& desk, OrderUpdate wanted);

constexpr Refused kFollowsFromElsewhere{409, "follows_from_elsewhere",
                                        "An order reaches this status by its payment or its shipments, never by hand. "
                                        "Capture the payment, or move the parcels on, and the status follows."};

std::vector<api::QueryParameter> list_parameters() {
    auto all = list_filters();
    all.push_back({"expand", Shape::one_of({"items", "payment"}), "adds the orders' lines, or payments", true});
    return all;
}

}  // namespace

std::vector<api::QueryParameter> list_filters() {
    return {
        {"status", status_shape(), "any of these", true},
        {"from", Shape::time(), fmt::format("placed at this time or later{}", api::kDateAloneBegins)},
        {"to", Shape::time(), fmt::format("placed before this time{}", api::kDateAloneEnds)},
        {"customer_id", Shape::id(), "of this customer"},
        {"product_id", Shape::id(), "with this product in it"},
        {"managed_by", Shape::id(), "managed by this admin"},
        {"packable", Shape::boolean(),
         "true: may be packed now or is in packing; false: neither, also once it is in stock"},
        {"in_trouble", Shape::boolean(), "true: with a parcel that has no label or is held up"},
        {"awaits_stock", Shape::boolean(), "true: with units that are not in stock yet"},
        {"tag", Shape::text(1, budget::kTagLetters), "with this tag, whatever its case"},
        {"q", Shape::text(1, 200),
         "an order's, a parcel's or a document's number, a product's SKU, or of the order's own recipient or bill an e-mail "
         "address, the last six digits of a telephone number, words of a name or their beginnings, a town or a postcode"},
    };
}

void add_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Orders", desk);
    add({.method = "POST",
         .path = "/orders",
         .name = "orders.place",
         .who = Who::anyone,
         .summary = "Place an order",
         .answers = {{201, placed_order_shape()}},
         .refuses = {catalog::kInsufficientStock, catalog::kUnknownProduct, kDeliveryNotPossible, kNotShippedThere,
                     kRegionNotTaxed, kTotalOutOfRange, kTooManyUnpaid, catalog::kPriceOffStep, kCodeNotValid,
                     kCodeUsedUp, kTotalChanged, kTermsChanged},
         .idempotent = true,
         .limited = true},
        place_order);
    add({.method = "GET",
         .path = "/orders/{id}",
         .name = "orders.get",
         .who = Who::holder,
         .summary = "Read an order",
         .answers = {{200, order_shape()}}},
        show_order);
    add({.method = "POST",
         .path = "/orders/{id}/cancel",
         .name = "orders.cancel",
         .who = Who::holder_or_staff,
         .summary = "Cancel an order",
         .answers = {{200, order_shape()}},
         .refuses = {kIllegalTransition},
         .idempotent = true,
         .if_match = true},
        cancel_order);
    add({.method = "GET",
         .path = "/customers/me/orders",
         .name = "account.orders",
         .who = Who::customer,
         .summary = "List your own orders",
         .paged = true,
         .answers = {{200, Shape::page(order_summary_shape())}}},
        list_own_orders);
    add({.method = "GET",
         .path = "/admin/orders",
         .name = "orders.list",
         .who = Who::viewer,
         .summary = "List orders, newest first",
         .query = list_parameters(),
         .paged = true,
         .answers = {{200, Shape::page(admin_order_summary_shape())}}},
        list_orders);
    add({.method = "GET",
         .path = "/admin/orders/large-holds",
         .name = "orders.largeHolds",
         .who = Who::viewer,
         .summary = "List unpaid orders that hold over half of a product's stock",
         .answers = {{200, large_holds_shape()}}},
        list_large_holds);
    add({.method = "GET",
         .path = "/admin/orders/{id}",
         .name = "orders.show",
         .who = Who::viewer,
         .summary = "Read an order, with its history",
         .answers = {{200, admin_order_shape()}}},
        show_for_admin);
    add({.method = "PUT",
         .path = "/admin/orders/{id}",
         .name = "orders.update",
         .who = Who::staff,
         .summary = "Change an order's status, recipient, language, notes or manager",
         .answers = {{200, admin_order_shape()}},
         .refuses = {kIllegalTransition, kFollowsFromElsewhere, kNotPaid, kBalanceOwed, kPaymentNotHeld, kUnitsAwaited,
                     kNotPending, kAlreadyShipped, kCustomerErased, kAddressOfPickup, kTotalWouldChange,
                     kNotShippedThere, kRegionNotTaxed, kTotalOutOfRange, catalog::kPriceOffStep},
         .if_match = true},
        update_order);
    add_staff_order_routes(routes, desk);
    add_staff_discount_routes(routes, desk);
    add_link_routes(routes, desk);
    add_delivery_routes(routes, desk);
    add_legal_routes(routes, desk);
    add_together_routes(routes, desk);
}

namespace {

/// The recipient: from the body, or from the signed-in customer's account.
accounts::PreparedCustomer recipient_of(Request& in, const OrderRequest& asked, bool is_fetched) {
    const auto& vault = in.store().vault();
    if (asked.customer) {
        auto recipient = accounts::prepare(vault, *asked.customer, "/customer");
        if (!recipient.address && !is_fetched) {
            throw invalid("/customer/shipping_address", "is required, unless the order is picked up");
        }
        return recipient;
    }
    if (in.caller().kind == Caller::Kind::customer) {
        const auto account = accounts::get_customer(in.read(), CustomerId{in.caller().id});
        if (account.contact && (account.address || is_fetched)) {
            return accounts::prepare(vault, *account.contact, account.address);
        }
        throw invalid("/customer", "your account has no shipping address; give one here");
    }
    throw invalid("/customer", "is required");
}

/// The result of `read`; if it refuses the body, nullopt, and its faults are added to the others.
template <class Read>
auto read_or_fault(std::vector<Fault>& faults, Read read) -> std::optional<decltype(read())> {
    try {
        return read();
    } catch (const Refusal& refusal) {
        if (refusal.faults().empty()) {
            throw;
        }
        faults.insert(faults.end(), refusal.faults().begin(), refusal.faults().end());
        return std::nullopt;
    }
}

/// The language that the customer asks for: in the body, or by the browser's header. nullptr: none.
const Language* language_for(const Request& in, const OrderRequest& asked) {
    return asked.locale ? Language::find(*asked.locale) : api::asked_language(in.header("accept-language"));
}

}  // namespace

std::string receipt_url(const Desk& desk, const storage::View& view, OrderId id) {
    return desk.url() + receipt_path(view.vault(), id);
}

Answer place_for(Request& in, Desk& desk, const OrderRequest& asked, const AnswerPlaced& answer) {
    const auto rates = desk.rates.get();
    const auto* method = asked.delivery_method ? rates->delivery.find(*asked.delivery_method) : nullptr;
    const bool is_fetched = method != nullptr && method->kind == DeliveryKind::pickup;
    std::vector<Fault> faults;
    auto recipient = read_or_fault(faults, [&] { return recipient_of(in, asked, is_fetched); });
    auto lines = read_or_fault(faults, [&] { return wanted_lines(asked.items); });
    auto billing = read_or_fault(faults, [&] { return billing_of(asked.billing); });
    if (!faults.empty()) {
        if (lines) {  // already refused: report the products' faults too
            read_or_fault(faults, [&] { return catalog::price(in.read(), *lines); });
        }
        throw Refusal(std::move(faults));
    }
    const auto token = random_token("ot_");
    const bool signed_in = in.caller().kind == Caller::Kind::customer;
    const NewOrder wanted{.customer = std::move(*recipient),
                          .account = signed_in ? std::optional(CustomerId{in.caller().id}) : std::nullopt,
                          .note = asked.note,
                          .language = language_for(in, asked),
                          .lines = std::move(*lines),
                          .discount_code = asked.discount_code,
                          .billing = std::move(*billing),
                          .delivery = asked.delivery_method,
                          .expected_total = asked.expected_total,
                          .accepted_terms = asked.accepted_terms,
                          .access_token_hash = storage::hash_of_token(token),
                          .placed_from = api::counted_network(in)};
    return in.mutate(
        [&](storage::Transaction& tx) { return answer(tx, place(tx, wanted, *rates, in.actor(), in.now()), token); });
}

namespace {

Answer place_order(Request& in, Desk& desk, OrderRequest asked) {
    return place_for(in, desk, asked, [&](storage::Transaction& tx, const Order& order, const std::string& token) {
        auto body = describe(order, desk.currency.code(), receipt_url(desk, tx, order.id));
        body.add("access_token", token);
        return api::created(fmt::format("/orders/{}", number(order.id)), body, order.version);
    });
}

Answer show_order(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto order = get_for(view, OrderId{in.id()}, in.caller());
    return api::ok(describe(order, desk.currency.code(), receipt_url(desk, view, order.id)), order.version);
}

}  // namespace

void audit_change(storage::Transaction& tx, Request& in, std::string_view action, OrderId id, const Json& before,
                  const Json& after) {
    if (in.caller().is(Role::viewer)) {
        audit::record(tx, action, {"order", number(id)}, before, after, in.actor(), in.now());
    }
}

namespace {

Answer cancel_order(Request& in, Desk& desk, Cancellation wanted) {
    const auto id = OrderId{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        const auto order = get_for(tx, id, in.caller());
        in.check_version(order.version);
        cancel(tx, order, wanted.reason, in.actor(), in.now());
        audit_change(tx, in, "order.cancel", id, {{"status", to_text(order.status)}}, {{"status", "cancelled"}});
        const auto now = get(tx, id);
        return api::ok(describe(now, desk.currency.code(), receipt_url(desk, tx, now.id)), now.version);
    });
}

template <class Describe>
Answer answer_page(const SummaryPage& page, Describe describe_row) {
    auto rows = Json::array();
    for (const auto& summary : page.rows) {
        rows.push_back(describe_row(summary));
    }
    return api::page(std::move(rows), page.after);
}

Answer list_own_orders(Request& in, Desk& desk) {
    return answer_page(list(in.read(), placed_by(CustomerId{in.caller().id}), in.page()),
                       [&](const Summary& row) { return describe(row, desk.currency.code()); });
}

template <class Id>
std::optional<Id> id_parameter(const Request& in, std::string_view name) {
    const auto value = in.query_integer(name);
    return value ? std::optional(Id{*value}) : std::nullopt;
}

}  // namespace

Filter filter_of(const Request& in, const storage::View& view) {
    Filter filter;
    for (const auto& status : in.query_list("status")) {
        filter.statuses.push_back(parse_status(status).value());
    }
    const auto span = api::span_of_query(in, view);
    filter.from = span.from;
    filter.before = span.before;
    filter.customer = id_parameter<CustomerId>(in, "customer_id");
    filter.product = id_parameter<ProductId>(in, "product_id");
    filter.manager = id_parameter<AdminId>(in, "managed_by");
    filter.packable = in.query_flag("packable");
    filter.in_trouble = in.query_flag("in_trouble").value_or(false);
    filter.awaits_stock = in.query_flag("awaits_stock").value_or(false);
    filter.tag = in.query("tag").value_or("");
    filter.text = in.query("q").value_or("");
    return filter;
}

namespace {

Answer list_large_holds(Request& in, Desk&) {
    auto rows = Json::array();
    for (const auto& hold : large_holds(in.read(), 100)) {
        rows.push_back(to_json(hold));
    }
    return api::ok({{"data", std::move(rows)}});
}

Answer list_orders(Request& in, Desk& desk) {
    const auto view = in.read();
    auto page = list(view, filter_of(in, view), in.page(), desk.beside);
    const Expanded expanded(view, in.query_list("expand"), page, desk.beside);
    return answer_page(page, [&](const Summary& row) {
        auto json = describe_for_admin(row, desk.currency.code());
        expanded.add_to(json, row.id);
        return json;
    });
}

}  // namespace

JsonObject describe_whole(const Desk& desk, const storage::View& view, const Order& order) {
    auto json = describe_for_admin(view, order, desk.currency.code(), receipt_url(desk, view, order.id), desk.beside);
    json.add("payment_url", desk.url() + payment_path(view.vault(), order));
    return json;
}

Answer answer_for_admin(const Desk& desk, const storage::View& view, OrderId id) {
    const auto order = get(view, id);
    return api::composed(describe_whole(desk, view, order), order.version);
}

namespace {

Answer show_for_admin(Request& in, Desk& desk) { return answer_for_admin(desk, in.read(), OrderId{in.id()}); }

/// Sets a status that an admin may set by hand. The others follow from payments and shipments, which handle
/// the money and the stock.
void set_status(storage::Transaction& tx, const Order& order, Status to, const std::string& reason, Request& in) {
    if (to == order.status) {
        return;
    }
    if (to == Status::cancelled) {
        cancel(tx, order, reason, in.actor(), in.now());
        return;
    }
    require_step(order.status, to);
    if (to != Status::processing) {
        throw Refusal(kFollowsFromElsewhere,
                      fmt::format("an order becomes {} by its payment or its shipments, not by hand", to_text(to)))
            .with("order_status", to_text(order.status));
    }
    require_paid(tx, order);
    require_some_in_stock(order);
    start_processing(tx, order, in.actor(), in.now());
}

Answer update_order(Request& in, Desk& desk, OrderUpdate wanted) {
    const auto id = OrderId{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        const auto order = get(tx, id);
        in.check_version(order.version);
        Json before = Json::object();
        Json after = Json::object();
        if (wanted.customer || wanted.note || wanted.billing || wanted.vat_id_verified) {
            const auto addressees = changed_addressees(order, wanted, tx.vault());
            auto fields = readdress(tx, order, addressees, wanted.keep_total, desk.beside, in.actor(), in.now());
            if (!fields.empty()) {
                after["recipient"] = std::move(fields);
            }
        }
        if (wanted.staff_note) {
            set_staff_note(tx, order, *wanted.staff_note, in.actor(), in.now());
            after["staff_note"] = "changed";
        }
        if (wanted.delivery_note) {
            set_delivery_note(tx, order, *wanted.delivery_note, in.actor(), in.now());
            after["delivery_note"] = "changed";
        }
        if (wanted.managed_by) {
            set_manager(tx, order, *wanted.managed_by, in.actor(), in.now());
            before["managed_by"] = number(order.managed_by);
            after["managed_by"] = number(*wanted.managed_by);
        }
        if (wanted.locale && *wanted.locale != order.language->code()) {
            set_language(tx, order, *Language::find(*wanted.locale), in.actor(), in.now());
            before["locale"] = order.language->code();
            after["locale"] = *wanted.locale;
        }
        if (wanted.hold_until) {
            agree_to_hold(tx, order, *wanted.hold_until, in.actor(), in.now());
            before["expires_at"] = or_null(order.expires_at);
            after["expires_at"] = or_null(*wanted.hold_until);
        }
        if (wanted.status) {
            set_status(tx, order, *wanted.status, wanted.reason, in);
            before["status"] = to_text(order.status);
            after["status"] = to_text(*wanted.status);
        }
        if (!after.empty()) {
            audit_change(tx, in, "order.update", id, before, after);
        }
        return answer_for_admin(desk, tx, id);
    });
}

}  // namespace

}  // namespace orderd::orders
