#include "app/customer_export.h"

#include <fmt/format.h>

#include "accounts/customer.h"
#include "app/beside_order.h"
#include "documents/describe.h"
#include "fulfillment/describe.h"
#include "fulfillment/returns.h"
#include "orders/comments.h"
#include "orders/describe.h"
#include "orders/lifecycle.h"
#include "orders/links.h"
#include "orders/tags.h"
#include "payments/describe.h"
#include "storage/events.h"

namespace orderd::app {

namespace {

using api::Answer;
using api::Request;
using api::Shape;

constexpr auto kSessions = R"sql(
    SELECT created_at, last_used_at, expires_at FROM session WHERE customer_id = ?1 ORDER BY id
)sql";
constexpr auto kMails = R"sql(
    SELECT template, status, created_at, updated_at FROM mail WHERE order_id = ?1 ORDER BY id
)sql";
constexpr auto kEvents = R"sql(
    SELECT kind, actor, body, at FROM event WHERE subject = 'customer' AND subject_id = ?1 ORDER BY sequence
)sql";

/// Turns "admin:3:anna" into "admin": customers are not shown which person of the shop it was.
std::string role_of(std::string_view actor) { return std::string(actor.substr(0, actor.find(':'))); }

Json history_json(std::string_view kind, std::string_view actor, Json body, Time at) {
    // The order's manager is a person of the shop.
    for (const auto* of_staff : {"from", "to"}) {
        if (kind == "order.reassigned" && body.is_object()) {
            body.erase(of_staff);
        }
    }
    return {{"kind", kind}, {"by", role_of(actor)}, {"details", std::move(body)}, {"at", rfc3339(at)}};
}

Json person_json(const accounts::Customer& customer) {
    auto json = customer.contact ? accounts::to_json(*customer.contact) : Json::object();
    json["id"] = number(customer.id);
    json["shipping_address"] = customer.address ? accounts::to_json(*customer.address) : Json(nullptr);
    json["has_account"] = customer.has_account;
    json["erased"] = !customer.contact;
    json["created_at"] = rfc3339(customer.created_at);
    json["updated_at"] = rfc3339(customer.updated_at);
    return json;
}

Json sessions_json(const storage::View& view, CustomerId id) {
    auto list = Json::array();
    view.each(
        kSessions,
        [&](const storage::Row& row) {
            list.push_back({{"created_at", rfc3339(row.get<Time>(0))},
                            {"last_used_at", rfc3339(row.get<Time>(1))},
                            {"expires_at", rfc3339(row.get<Time>(2))}});
        },
        id);
    return list;
}

Json events_json(const storage::View& view, CustomerId id) {
    auto list = Json::array();
    view.each(
        kEvents,
        [&](const storage::Row& row) {
            list.push_back(history_json(row.get<std::string_view>(0), row.get<std::string_view>(1),
                                        stored_json(row.get<std::string_view>(2)), row.get<Time>(3)));
        },
        id);
    return list;
}

Json mails_json(const storage::View& view, OrderId id) {
    auto list = Json::array();
    view.each(
        kMails,
        [&](const storage::Row& row) {
            list.push_back({{"kind", row.get<std::string>(0)},
                            {"status", row.get<std::string>(1)},
                            {"created_at", rfc3339(row.get<Time>(2))},
                            {"updated_at", rfc3339(row.get<Time>(3))}});
        },
        id);
    return list;
}

Json shipments_json(const storage::View& view, OrderId id) {
    auto list = Json::array();
    for (const auto& shipment : fulfillment::shipments_of(view, id)) {
        auto json = fulfillment::describe(shipment);
        json.erase("next_statuses");
        auto events = Json::array();
        for (const auto& event : fulfillment::events_of(view, shipment.id)) {
            events.push_back({{"at", rfc3339(event.at)},
                              {"status", fulfillment::to_text(event.status)},
                              {"description", event.description},
                              {"location", event.location}});
        }
        json["events"] = std::move(events);
        list.push_back(std::move(json));
    }
    return list;
}

Json returns_json(const storage::View& view, OrderId id) {
    auto list = Json::array();
    for (const auto& it : fulfillment::returns_of(view, id)) {
        list.push_back({{"items", fulfillment::to_json(it.items)},
                        {"reason", it.reason},
                        {"restocked", it.restocked},
                        {"refund", it.refund.minor},
                        {"at", rfc3339(it.at)}});
    }
    return list;
}

/// What was written about a person is theirs to read (GDPR, article 15); who wrote it is somebody else's data.
Json comments_json(const storage::View& view, OrderId id) {
    auto list = Json::array();
    for (const auto& comment : orders::comments_of(view, id)) {
        list.push_back({{"text", comment.text}, {"at", rfc3339(comment.at)}});
    }
    return list;
}

Json order_json(const storage::View& view, const CustomerExport& desk, OrderId id) {
    const auto order = orders::get(view, id);
    const auto currency = desk.currency.code();
    auto json =
        stored_json(orders::describe(order, currency, desk.url() + orders::receipt_path(view.vault(), id)).text());
    json["staff_note"] = order.staff_note;
    json["tags"] = orders::tags_of(view, id);
    json["staff_comments"] = comments_json(view, id);
    const auto payment = payments::find_by_order(view, id);
    json["payment"] = payment ? payments::describe_for_admin(view, *payment, currency, desk.url()) : Json(nullptr);
    json["shipments"] = shipments_json(view, id);
    json["returns"] = returns_json(view, id);
    auto requests = Json::array();
    for (const auto& request : fulfillment::requests_of(view, id)) {
        requests.push_back(fulfillment::describe(request));
    }
    json["return_requests"] = std::move(requests);
    json["mails"] = mails_json(view, id);
    auto documents = Json::array();
    for (const auto& document : documents::documents_of(view, id)) {
        documents.push_back(documents::describe_whole(view, document));
    }
    json["documents"] = std::move(documents);
    auto history = Json::array();
    for (const auto& entry : orders::history(view, id, {.subjects_of = subjects_beside_order})) {
        history.push_back(history_json(entry.kind, entry.actor, entry.body, entry.at));
    }
    json["history"] = std::move(history);
    return json;
}

Answer export_customer(Request& in, CustomerExport& desk) {
    const CustomerId id{in.id()};
    in.store().writer().run([&](storage::Transaction& tx) {
        accounts::get_customer(tx, id);
        audit::record(tx, "customer.export", {"customer", number(id)}, nullptr, {{"personal_data", "exported"}},
                      in.actor(), in.now());
    });
    const auto view = in.read();
    auto orders = Json::array();
    for (const auto order : orders::numbers_of(view, id)) {
        orders.push_back(order_json(view, desk, order));
    }
    auto answer = api::ok({{"exported_at", rfc3339(in.now())},
                           {"customer", person_json(accounts::get_customer(view, id))},
                           {"sessions", sessions_json(view, id)},
                           {"events", events_json(view, id)},
                           {"orders", std::move(orders)}});
    return std::move(answer).header("Content-Disposition",
                                    fmt::format("attachment; filename=\"customer-{}.json\"", number(id)));
}

}  // namespace

void add_customer_export(api::RouteTable& routes, CustomerExport& desk) {
    const auto add = api::rows_of(routes, "Customers", desk);
    add({.method = "GET",
         .path = "/admin/customers/{id}/export",
         .name = "customers.export",
         .who = api::Who::staff,
         .summary = "Export all data about a customer; the audit log records who asked",
         .answers = {{200, Shape::object({{"exported_at", Shape::time()},
                                          {"customer", Shape::anything()},
                                          {"sessions", Shape::list(Shape::anything(), 0, 100'000)},
                                          {"events", Shape::list(Shape::anything(), 0, 1'000'000)},
                                          {"orders", Shape::list(Shape::anything(), 0, 1'000'000)}})
                               .named("CustomerExport")}}},
        export_customer);
}

}  // namespace orderd::app
