// The packing table: what is to be packed, what is printed for it, and what staff decide there.

#include <fmt/format.h>

#include <map>

#include "api/pages.h"
#include "base/state_table.h"
#include "catalog/product.h"
#include "catalog/stock.h"
#include "fulfillment/bodies.h"
#include "fulfillment/describe.h"
#include "fulfillment/leaving.h"
#include "fulfillment/outdating.h"
#include "fulfillment/routes.h"
#include "fulfillment/short_pick.h"
#include "orders/cancelling.h"
#include "orders/packing.h"
#include "orders/tags.h"
#include "orders/to_pack.h"
#include "storage/events.h"
#include "storage/settings.h"

namespace orderd::fulfillment {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer list_to_pack(Request& in, Desk& desk);
Answer show_to_pack(Request& in, Desk& desk);
Answer print_sheets(Request& in, Desk& desk, OrdersRequest wanted);
Answer undo_shipped(Request& in, Desk& desk, OrdersRequest wanted);
Answer keep(Request& in, Desk& desk);
Answer replace(Request& in, Desk& desk);
Answer short_pick(Request& in, Desk& desk, ShortPick wanted);

const Shape& to_pack_shape() {
    static const auto item =
        Shape::object({
                          {"item_id", Shape::id()},
                          {"product_id", Shape::id().nullable().described("null: a line of the shop's own")},
                          {"sku", Shape::text(1, 64)},
                          {"name", Shape::text(1, 200)},
                          {"barcode", Shape::text(0, 14)},
                          {"shelf", Shape::text(0, 64)},
                          {"units", Shape::integer(0, kMaxQuantity).described("to be packed")},
                          {"ordered", Shape::integer(1, kMaxQuantity)},
                          {"awaited", Shape::integer(0, kMaxQuantity).described("not in stock yet")},
                      })
            .named("ItemToPack");
    static const auto parcel = Shape::object({
                                                 {"id", Shape::id()},
                                                 {"status", Shape::text(1, 40)},
                                                 {"carrier", Shape::text(1, 40)},
                                                 {"version", Shape::id()},
                                             })
                                   .named("ParcelToPack");
    static const auto shape =
        Shape::object({
                          {"id", Shape::id().described("the order number")},
                          {"status", Shape::text(1, 40)},
                          {"customer_name", Shape::text(0, 200)},
                          {"country", Shape::text(0, 2).described("where it goes")},
                          {"note", Shape::lines(0, 2000).described("the customer's")},
                          {"staff_note", Shape::lines(0, 2000)},
                          {"tags", orders::order_tags_shape()},
                          {"delivery_kind", Shape::text(1, 40).nullable().described("null: shipping that was free")},
                          {"label", Shape::text(1, 40).nullable().described("as in the list of orders")},
                          {"items", Shape::list(item, 0, 100'000)},
                          {"parcels", Shape::list(parcel, 0, 100'000).described("that are still in the shop")},
                          {"can", Shape::list(Shape::one_of(orders::act_names()), 0, 10)},
                          {"created_at", Shape::time()},
                          {"version", Shape::id()},
                      })
            .named("OrderToPack");
    return shape;
}

Shape short_picked_shape() {
    const auto units = Shape::list(api::shape_of<Units>(), 0, 100'000);
    return Shape::object(
               {
                   {"refund", Shape::money().described("what goes back")},
                   {"off_total", Shape::money().described("by how much the total of an order that was not paid falls")},
                   {"currency", Shape::currency()},
                   {"written_off", Shape::integer(0, kMaxQuantity).described("units")},
                   {"packed", Shape::list(api::shape_of<Units>(), 0, 100'000).described("what is in the parcel")},
                   {"shipment", shipment_shape().nullable().described("the parcel; null: there is none, or dry_run")},
                   {"voided", Shape::list(Shape::id(), 0, 100'000).described("parcels that held what is missing")},
               })
        .named("ShortPicked");
}

std::vector<Refused> refusals_of_short_pick(const Desk& desk) {
    std::vector<Refused> all{kIllegalTransition,      orders::kNotOpen, orders::kNothingWouldBeLeft,
                             catalog::kBelowReserved, orders::kNotPaid, orders::kBalanceOwed,
                             orders::kPaymentNotHeld, kLabelRefused,    kNothingToShip,
                             orders::kUnitsAwaited};
    for (const auto& more : {desk.refunds.refuses, desk.refunds.taking_out_refuses}) {
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

}  // namespace

void add_packing_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Fulfillment", desk);
    add({.method = "GET",
         .path = "/admin/packing",
         .name = "packing.list",
         .who = Who::viewer,
         .summary = "List what is to be packed, oldest order first",
         .paged = true,
         .answers = {{200, Shape::page(to_pack_shape())}}},
        list_to_pack);
    add({.method = "GET",
         .path = "/admin/packing/{id}",
         .name = "packing.get",
         .who = Who::viewer,
         .summary = "Read what is to be packed of an order",
         .answers = {{200, to_pack_shape()}}},
        show_to_pack);
    add({.method = "POST",
         .path = "/admin/packing/sheets",
         .name = "packing.sheets",
         .who = Who::staff,
         .summary = "Print the pick list, slips and labels of orders, in one PDF",
         .answers = {{200, std::nullopt, "application/pdf"}},
         .refuses = {kLabelRefused, kNothingToShip, kNotFound, orders::kNotPaid, orders::kBalanceOwed,
                     orders::kPaymentNotHeld, orders::kUnitsAwaited}},
        print_sheets);
    add({.method = "POST",
         .path = "/orders/bulk/fulfillment/undo",
         .name = "orders.undoShipped",
         .who = Who::staff,
         .summary = "Take back that orders were marked as shipped, within a minute, with a result for each",
         .answers = {{200, bulk_shape()}},
         .refuses = {kAlreadyLeft},
         .idempotent = true},
        undo_shipped);
    add({.method = "POST",
         .path = "/shipments/{id}/keep-label",
         .name = "shipments.keepLabel",
         .who = Who::staff,
         .summary = "Keep a label though its order was changed since",
         .answers = {{200, shipment_shape()}},
         .refuses = {kLabelNotOutdated},
         .idempotent = true,
         .if_match = true},
        keep);
    add({.method = "POST",
         .path = "/shipments/{id}/replace-label",
         .name = "shipments.replaceLabel",
         .who = Who::staff,
         .summary = "Void an outdated label, and start the same parcel anew",
         .answers = {{202, shipment_shape()}},
         .refuses = {kLabelNotOutdated, kIllegalTransition, kNothingToShip, orders::kNotOpen, orders::kUnitsAwaited,
                     orders::kNotPaid, orders::kBalanceOwed, orders::kPaymentNotHeld, kWeightUnknown},
         .idempotent = true,
         .if_match = true},
        replace);
    add({.method = "POST",
         .path = "/orders/{id}/short-pick",
         .name = "orders.shortPick",
         .who = Who::staff,
         .summary = "Pack what is there of an order, and hold or refund what is missing",
         .answers = {{200, short_picked_shape()}},
         .refuses = refusals_of_short_pick(desk),
         .idempotent = true,
         .if_match = true},
        short_pick);
}

namespace {

/// The units of each line that are to be packed: in parcels in the shop, or in none yet.
std::map<ItemId, Quantity> units_to_pack(const storage::View& view, const orders::Order& order,
                                         const std::vector<Shipment>& in_house) {
    std::map<ItemId, Quantity> units;
    const auto loose = open_units_in_stock(view, order);
    for (const auto& unit : loose) {
        units[unit.item] += unit.quantity;
    }
    for (const auto& shipment : in_house) {
        for (const auto& unit : shipment.items) {
            units[unit.item] += unit.quantity;
        }
    }
    return units;
}

Json items_to_pack(const storage::View& view, const orders::Order& order, const std::vector<Shipment>& in_house) {
    auto units = units_to_pack(view, order, in_house);
    auto items = Json::array();
    for (const auto& item : order.items) {
        if (units[item.id] == 0 && item.awaited == 0) {
            continue;
        }
        const auto product = item.product ? catalog::find(view, *item.product) : std::nullopt;
        items.push_back({{"item_id", number(item.id)},
                         {"product_id", item.product ? Json(number(*item.product)) : Json(nullptr)},
                         {"sku", item.sku},
                         {"name", item.name},
                         {"barcode", product ? product->barcode : ""},
                         {"shelf", product ? product->shelf : ""},
                         {"units", units[item.id]},
                         {"ordered", item.quantity},
                         {"awaited", item.awaited}});
    }
    return items;
}

Json describe_to_pack(const storage::View& view, const orders::Summary& row) {
    const auto order = orders::get(view, row.id);
    const auto in_house = parcels_in_house(view, row.id);
    auto parcels = Json::array();
    for (const auto& shipment : in_house) {
        parcels.push_back({{"id", number(shipment.id)},
                           {"status", to_text(shipment.status)},
                           {"carrier", shipment.carrier},
                           {"version", shipment.version}});
    }
    auto can = Json::array();
    const auto acts = orders::acts_on(row);
    for (const auto act : acts) {
        can.push_back(orders::to_text(act));
    }
    const auto label = orders::label_state(row);
    return {{"id", number(row.id)},
            {"status", orders::to_text(row.status)},
            {"customer_name", row.customer_name},
            {"country", order.recipient ? order.recipient->address.country : ""},
            {"note", order.recipient ? order.recipient->note : ""},
            {"staff_note", order.staff_note},
            {"tags", row.tags},
            {"delivery_kind", row.delivery_kind ? Json(orders::kDeliveryKinds[*row.delivery_kind]) : Json(nullptr)},
            {"label", label.empty() ? Json(nullptr) : Json(label)},
            {"items", items_to_pack(view, order, in_house)},
            {"parcels", std::move(parcels)},
            {"can", std::move(can)},
            {"created_at", rfc3339(row.placed_at)},
            {"version", row.version}};
}

orders::Beside parcels_beside(const Desk& desk) {
    return {.parcels_of = [&desk](const storage::View& view, const std::vector<OrderId>& orders) {
        return progress_of(view, desk.carriers, orders);
    }};
}

Answer list_to_pack(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto page = orders::list_to_pack(view, in.page(), parcels_beside(desk));
    auto rows = Json::array();
    for (const auto& row : page.rows) {
        rows.push_back(describe_to_pack(view, row));
    }
    return api::page(std::move(rows), page.after);
}

Answer show_to_pack(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto rows = orders::summaries(view, {in.id()}, parcels_beside(desk));
    if (rows.empty()) {
        throw not_found("order");
    }
    return api::ok(describe_to_pack(view, rows.front()), rows.front().version);
}

Answer print_sheets(Request& in, Desk& desk, OrdersRequest wanted) {
    Answer answer;
    answer.text = std::make_shared<const std::string>(desk.printer.packing_sheets_pdf(in.read(), wanted.order_ids));
    answer.content_type = "application/pdf";
    answer.headers = {{"Content-Disposition", "inline; filename=\"to-pack.pdf\""},
                      {"Cache-Control", "private, no-store"}};
    return answer;
}

/// A crash midway leaves the earlier orders taken back; repeating the call says of them that there is nothing left to do.
Answer undo_shipped(Request& in, Desk&, OrdersRequest wanted) {
    return in.once([&] {
        auto results = Json::array();
        for (const auto id : wanted.order_ids) {
            results.push_back(result_of_one(in, id, 200, [&](storage::Transaction& tx) {
                stay(tx, id, in.actor(), in.now());
                audit::record(tx, "shipment.stay", {"order", number(id)}, nullptr, nullptr, in.actor(), in.now());
                return describe_fulfillment(tx, id).at("shipments");
            }));
        }
        return api::ok({{"results", std::move(results)}});
    });
}

Answer keep(Request& in, Desk&) {
    const ShipmentId id{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        const auto shipment = get_shipment(tx, id);
        in.check_version(shipment.version);
        keep_label(tx, shipment, in.actor(), in.now());
        audit::record(tx, "shipment.keep_label", {"shipment", number(id)}, nullptr, nullptr, in.actor(), in.now());
        const auto kept = get_shipment(tx, id);
        return api::ok(describe(kept), kept.version);
    });
}

Answer replace(Request& in, Desk& desk) {
    const ShipmentId id{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        const auto shipment = get_shipment(tx, id);
        in.check_version(shipment.version);
        const auto made = get_shipment(tx, replace_label(tx, shipment, desk.carriers, in.actor(), in.now()));
        audit::record(tx, "shipment.replace_label", {"shipment", number(id)}, nullptr,
                      {{"shipment_id", number(made.id)}}, in.actor(), in.now());
        return api::accepted(fmt::format("/shipments/{}", number(made.id)), describe(made), made.version);
    });
}

Json describe_short(const storage::View& view, const ShortPicked& done) {
    return {{"refund", done.given.refund.minor},
            {"off_total", done.given.off_total.minor},
            {"currency", settings::currency(view)},
            {"written_off", done.written_off},
            {"packed", to_json(done.packed)},
            {"shipment", done.parcel ? describe(get_shipment(view, *done.parcel)) : Json(nullptr)},
            {"voided", numbers_json(done.voided)}};
}

Answer short_pick(Request& in, Desk& desk, ShortPick wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto order = orders::get(tx, OrderId{in.id()});
        in.check_version(order.version);
        const auto run = wanted.dry_run ? plan_short : pick_short;
        const auto done = run(tx, order, wanted, desk.carriers, desk.refunds, in.actor(), in.now());
        if (!wanted.dry_run) {
            audit::record(tx, "order.short_pick", {"order", number(order.id)}, nullptr,
                          {{"rest", kRests[wanted.rest]},
                           {"missing_units", kMissingUnits[wanted.missing_units]},
                           {"refund", done.given.refund.minor},
                           {"written_off", done.written_off}},
                          in.actor(), in.now());
        }
        return api::ok(describe_short(tx, done));
    });
}

}  // namespace

}  // namespace orderd::fulfillment
