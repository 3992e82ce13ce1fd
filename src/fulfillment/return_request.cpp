#include "fulfillment/return_request.h"

#include <algorithm>
#include <charconv>

#include "base/budgets.h"
#include "base/domain.h"
#include "base/errors.h"
#include "base/json.h"
#include "base/text.h"
#include "orders/order.h"
#include "storage/events.h"
#include "storage/numbering.h"

namespace orderd::fulfillment {

namespace {

constexpr auto kInsertRequest =
    "INSERT INTO return_request (id, kind, order_id, network, locale, received_at) "
    "VALUES (" ORDERD_NEXT_ID("return_request") ", ?1, ?2, ?3, ?4, ?5)";
constexpr auto kSealSaid = "UPDATE return_request SET said_sealed = ?2 WHERE id = ?1";
constexpr auto kSettle = "UPDATE return_request SET settled_at = ?2 WHERE id = ?1 AND settled_at IS NULL";
constexpr auto kRequest = R"sql(
    SELECT id, kind, order_id, said_sealed, locale, received_at, settled_at FROM return_request WHERE id = ?1
)sql";
constexpr auto kAllRequests = R"sql(
    SELECT id, kind, order_id, said_sealed, locale, received_at, settled_at FROM return_request
     WHERE id < ?1 ORDER BY id DESC LIMIT ?2
)sql";
constexpr auto kOpenRequests = R"sql(
    SELECT id, kind, order_id, said_sealed, locale, received_at, settled_at FROM return_request
     WHERE id < ?1 AND settled_at IS NULL ORDER BY id DESC LIMIT ?2
)sql";
constexpr auto kRequestsOfOrder = R"sql(
    SELECT id, kind, order_id, said_sealed, locale, received_at, settled_at FROM return_request
     WHERE order_id = ?1 ORDER BY id
)sql";
constexpr auto kUnmatchedRequests = R"sql(
    SELECT id, kind, order_id, said_sealed, locale, received_at, settled_at FROM return_request
     WHERE order_id IS NULL
)sql";
constexpr auto kCountOpen = "SELECT count(*) FROM return_request WHERE settled_at IS NULL";
constexpr auto kCountUnmatched = "SELECT count(*) FROM (SELECT 1 FROM return_request WHERE order_id IS NULL LIMIT ?1)";
constexpr auto kCountOfNetwork = R"sql(
    SELECT count(*) FROM (SELECT 1 FROM return_request WHERE network = ?1 AND received_at > ?2 LIMIT ?3)
)sql";
constexpr auto kEraseOfOrders = R"sql(
    UPDATE return_request SET said_sealed = NULL WHERE order_id IN (SELECT id FROM orders WHERE customer_id = ?1)
)sql";
constexpr auto kEraseSaid = "UPDATE return_request SET said_sealed = NULL WHERE id = ?1";
constexpr auto kOldUnmatched = R"sql(
    SELECT id, received_at, received_at < ?3 FROM return_request
     WHERE order_id IS NULL AND id > ?1 ORDER BY id LIMIT ?2
)sql";
constexpr auto kRemoveRequest = "DELETE FROM return_request WHERE id = ?1";

storage::Place said_place(std::int64_t id) { return {.table = "return_request", .column = "said_sealed", .row = id}; }

Json to_list(const Said& said) { return Json::array({said.order_number, said.name, said.email, said.text}); }

Said said_from(const Json& list) {
    return {.order_number = list.at(0).get<std::string>(),
            .name = list.at(1).get<std::string>(),
            .email = list.at(2).get<std::string>(),
            .text = list.at(3).get<std::string>()};
}

ReturnRequest request_from(const storage::View& view, const storage::Row& row) {
    ReturnRequest request{.id = row.get<std::int64_t>(0),
                          .kind = kRequestKinds.stored(row.get<std::string_view>(1)),
                          .order = row.get<std::optional<OrderId>>(2),
                          .said = {},
                          .received_at = row.get<Time>(5),
                          .settled_at = row.get<std::optional<Time>>(6)};
    if (const auto sealed = row.get<std::optional<std::string_view>>(3)) {
        request.said = said_from(stored_json(view.vault().open(said_place(request.id), *sealed)));
    }
    if (const auto* language = Language::find(row.get<std::string_view>(4))) {
        request.language = language;
    }
    return request;
}

template <class... Args>
std::vector<ReturnRequest> requests(const storage::View& view, std::string_view sql, const Args&... args) {
    std::vector<ReturnRequest> found;
    view.each(
        sql, [&](const storage::Row& row) { found.push_back(request_from(view, row)); }, args...);
    return found;
}

/// The order with the number that was typed ("1001", "#1001", "No. 1001"), if it went to this e-mail address.
std::optional<OrderId> order_meant(const storage::View& view, const Said& said) {
    std::string digits;
    std::copy_if(said.order_number.begin(), said.order_number.end(), std::back_inserter(digits), is_digit);
    std::int64_t typed = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), typed);
    const OrderId id{typed};
    if (fault != std::errc() || !orders::exists(view, id)) {
        return std::nullopt;
    }
    const auto order = orders::get(view, id);
    const bool is_theirs =
        order.recipient && mail_identity(order.recipient->contact.email) == mail_identity(said.email);
    return is_theirs ? std::optional(id) : std::nullopt;
}

/// Whoever sends many is no customer; and a receipt goes to whatever address is typed.
void require_room(const storage::View& view, const NewReturnRequest& wanted, bool matched, Time now) {
    const bool many_of_network =
        wanted.network != 0 &&
        view.value<std::int64_t>(kCountOfNetwork, wanted.network, now - days(1), budget::kReturnRequestsOfNetwork)
                .value_or(0) >= budget::kReturnRequestsOfNetwork;
    const bool many_unmatched =
        !matched && view.value<std::int64_t>(kCountUnmatched, budget::kUnmatchedReturnRequests).value_or(0) >=
                        budget::kUnmatchedReturnRequests;
    if (many_of_network || many_unmatched) {
        throw Refusal(kTooManyRequests, "too many such requests came today; write to the shop instead");
    }
}

}  // namespace

ReturnRequest receive_request(storage::Transaction& tx, const NewReturnRequest& wanted, Time now) {
    const auto order = order_meant(tx, wanted.said);
    if (order) {
        for (auto& earlier : requests_of(tx, *order)) {
            if (earlier.kind == wanted.kind && !earlier.settled_at) {
                return std::move(earlier);
            }
        }
    }
    require_room(tx, wanted, order.has_value(), now);
    ReturnRequest made{.kind = wanted.kind,
                       .order = order,
                       .said = wanted.said,
                       .language = wanted.language,
                       .received_at = now,
                       .settled_at = {}};
    made.id =
        tx.insert(kInsertRequest, kRequestKinds[wanted.kind], order, wanted.network, wanted.language->code(), now);
    const auto sealed = tx.vault().seal(said_place(made.id), json_text(to_list(wanted.said)));
    tx.run(kSealSaid, made.id, storage::Blob{sealed});
    events::record(tx, "return_request.received", {"return_request", made.id},
                   {{"kind", kRequestKinds[wanted.kind]}, {"order_id", order ? Json(number(*order)) : Json(nullptr)}},
                   {.kind = Actor::Kind::guest, .id = 0, .name = {}, .address = {}}, now);
    return made;
}

std::optional<ReturnRequest> find_request(const storage::View& view, std::int64_t id) {
    auto found = requests(view, kRequest, id);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

FoundRequests list_requests(const storage::View& view, bool only_open, const storage::Page& page) {
    FoundRequests found{.rows = requests(view, only_open ? kOpenRequests : kAllRequests, storage::below_id(page),
                                         storage::rows_to_read(page))};
    if (storage::cut(found.rows, page)) {
        found.after = found.rows.back().id;
    }
    return found;
}

std::vector<ReturnRequest> requests_of(const storage::View& view, OrderId order) {
    return requests(view, kRequestsOfOrder, order);
}

std::int64_t open_requests(const storage::View& view) { return view.value<std::int64_t>(kCountOpen).value_or(0); }

void settle_request(storage::Transaction& tx, const ReturnRequest& request, const Actor& actor, Time now) {
    if (tx.run(kSettle, request.id, now) == 0) {
        return;
    }
    events::record(tx, "return_request.settled", {"return_request", request.id},
                   {{"kind", kRequestKinds[request.kind]},
                    {"order_id", request.order ? Json(number(*request.order)) : Json(nullptr)}},
                   actor, now);
}

void settle_requests_of(storage::Transaction& tx, OrderId order, const Actor& actor, Time now) {
    for (const auto& request : requests_of(tx, order)) {
        settle_request(tx, request, actor, now);
    }
}

void erase_requests(storage::Transaction& tx, CustomerId customer, std::string_view email) {
    tx.run(kEraseOfOrders, customer);
    const auto identity = mail_identity(email);
    for (const auto& request : requests(tx, kUnmatchedRequests)) {
        if (request.said && mail_identity(request.said->email) == identity) {
            tx.run(kEraseSaid, request.id);
        }
    }
}

storage::Pruned remove_unmatched_requests(storage::Transaction& tx, const storage::Slice& slice) {
    return storage::remove_old(tx, slice, kOldUnmatched, kRemoveRequest);
}

}  // namespace orderd::fulfillment
