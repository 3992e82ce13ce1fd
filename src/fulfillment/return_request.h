#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/language.h"
#include "base/names.h"
#include "base/refused.h"
#include "base/time.h"
#include "storage/paging.h"
#include "storage/pruning.h"

namespace orderd::fulfillment {

// What a customer tells the shop without signing in: that they withdraw from an order (Directive 2011/83/EU, article 11a,
// in force since 19 June 2026), or want to send goods back. It moves neither stock nor money: staff deal with it.

enum class RequestKind { withdrawal, send_back };

inline constexpr Names<RequestKind, 2> kRequestKinds{
    {{{RequestKind::withdrawal, "withdrawal"}, {RequestKind::send_back, "return"}}}};

inline constexpr Refused kTooManyRequests{
    429, "too_many_return_requests",
    "Too many withdrawals and returns were asked for from this network today, or for orders that the shop does not know. "
    "Write to the shop instead."};

/// As the customer typed it.
struct Said {
    std::string order_number;
    std::string name;
    std::string email;
    std::string text;  ///< which goods, why; may be empty

    bool operator==(const Said&) const = default;
};

struct NewReturnRequest {
    RequestKind kind = RequestKind::withdrawal;
    Said said;
    std::int64_t network = 0;  ///< keyed hash of the sender's; 0: not bounded
    const Language* language = &Language::english();
};

struct ReturnRequest {
    std::int64_t id = 0;
    RequestKind kind = RequestKind::withdrawal;
    std::optional<OrderId> order;  ///< nullopt: no order has this number and e-mail address
    std::optional<Said> said;      ///< nullopt: erased on request
    const Language* language = &Language::english();
    Time received_at;
    std::optional<Time> settled_at;
};

/// Stores the request, and records "return_request.received", which sends the customer a receipt. A second one of a kind
/// for an order, while the first is open, is the first: somebody clicked twice.
///
/// @throws Refusal 429 `too_many_return_requests`
ReturnRequest receive_request(storage::Transaction& tx, const NewReturnRequest& wanted, Time now);

std::optional<ReturnRequest> find_request(const storage::View& view, std::int64_t id);

struct FoundRequests {
    std::vector<ReturnRequest> rows;
    Json after = nullptr;  ///< null: the last page
};

/// Newest first.
///
/// @param only_open  those that staff have to deal with
FoundRequests list_requests(const storage::View& view, bool only_open, const storage::Page& page);

/// An order's, oldest first.
std::vector<ReturnRequest> requests_of(const storage::View& view, OrderId order);

/// How many are open.
std::int64_t open_requests(const storage::View& view);

/// Staff dealt with it. Nothing happens if they did before.
void settle_request(storage::Transaction& tx, const ReturnRequest& request, const Actor& actor, Time now);

/// Settles what is open of an order.
void settle_requests_of(storage::Transaction& tx, OrderId order, const Actor& actor, Time now);

/// Takes a customer's texts away: of their orders, and of what was sent under their e-mail address and matched no order.
void erase_requests(storage::Transaction& tx, CustomerId customer, std::string_view email);

/// Those that matched no order.
storage::Pruned remove_unmatched_requests(storage::Transaction& tx, const storage::Slice& slice);

}  // namespace orderd::fulfillment
