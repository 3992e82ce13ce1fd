#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/answer.h"
#include "base/caller.h"
#include "base/json.h"
#include "base/time.h"
#include "storage/paging.h"
#include "storage/store.h"

namespace orderd::api {

struct Route;

/// A request that was routed, authorized and validated: what a handler unpacks.
class Request {
public:
    struct Parts;  ///< what the server makes it of: api/request_parts.h
    explicit Request(Parts& parts) : parts_(&parts) {}

    const Route& route() const;
    const Caller& caller() const;
    Actor actor() const { return caller().actor(); }
    Time now() const;  ///< read once a request
    const std::string& request_id() const;
    bool secure() const;  ///< the client speaks TLS, to us or to a configured proxy: cookies are Secure

    /// The path's {name} as an id: 404 for what is not a positive integer.
    std::int64_t id(std::string_view name = "id") const;
    std::string path_text(std::string_view name) const;

    const std::string& raw_body() const;  ///< of routes that take no JSON
    std::string header(std::string_view name) const;

    /// A query parameter, validated by its shape.
    std::optional<std::string> query(std::string_view name) const;
    std::optional<std::int64_t> query_integer(std::string_view name) const;
    std::optional<bool> query_flag(std::string_view name) const;
    /// A `repeated` parameter: its comma-separated values, each validated, and once; empty if it is absent.
    std::vector<std::string> query_list(std::string_view name) const;
    /// `limit` and `cursor` of a list route. A cursor is one that this list gave out, under the same filters: others
    /// were refused before the handler.
    storage::Page page() const;
    /// The cursor that goes on after a sort key: for a list that prints its answer itself (see Answer::page_after).
    std::string cursor_after(const Json& key) const;

    /// Checks If-Match and If-None-Match against the current version of what is to be changed, inside the transaction
    /// that changes it (RFC 9110, section 13.2.2). Conditions by date do not count: nothing here has a modification
    /// date.
    ///
    /// @throws Refusal 412 `stale_version`, `weak_etag` or `exists_already`; 428 `if_match_required` when the dashboard
    /// (by cookie) sent none
    void check_version(std::int64_t current) const;

    /// Whether somebody still waits for the answer: not once the client has gone, or the server stops. For long work,
    /// which ends then. From any thread, while the handler runs.
    bool is_wanted() const;

    /// Keeps something until the handler has returned, or its stream has ended: what Route::before_body took.
    void hold(std::shared_ptr<void> held);

    storage::Reader read() const;  ///< a snapshot of now
    storage::Store& store() const;

    /// Runs a mutation on the writer and returns its answer once that is durable. With an Idempotency-Key (on routes
    /// that take one) the answer is stored, sealed, in the same transaction, and the same key and body get it again for
    /// 24 hours. A refusal is not stored, since it changed nothing: the same key may be tried again.
    /// Once a handler: a second one would find the first one's answer.
    Answer mutate(const std::function<Answer(storage::Transaction& tx)>& mutation);

    /// For a handler that waits for outside work between its transactions: `work` runs while the Idempotency-Key is
    /// held (the same key meanwhile: 409), and what it returns is stored as mutate() would. Inside, mutate() stores its
    /// own answer, until that one takes its place: a client whose answer was lost to a crash gets how it began, and
    /// nothing is begun twice. What `work` changes without mutate() must be found again by other means.
    Answer once(const std::function<Answer()>& work);

private:
    Parts* parts_;
};

}  // namespace orderd::api
