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

/// A routed, authorized and validated request, as a handler gets it.
class Request {
public:
    struct Parts;  ///< filled in by the server: api/request_parts.h
    explicit Request(Parts& parts) : parts_(&parts) {}

    const Route& route() const;
    const Caller& caller() const;
    Actor actor() const { return caller().actor(); }
    Time now() const;  ///< read once for each request
    const std::string& request_id() const;
    bool secure() const;  ///< the client uses TLS, to us or to a configured proxy: cookies are Secure

    /// The path's {name} as an id. @throws Refusal 404 if it is not a positive integer
    std::int64_t id(std::string_view name = "id") const;
    std::string path_text(std::string_view name) const;

    const std::string& raw_body() const;  ///< for routes whose body is not JSON
    std::string take_raw_body();          ///< the same, for a long body that need not be kept until the answer
    std::string header(std::string_view name) const;

    /// A query parameter, already validated by its shape.
    std::optional<std::string> query(std::string_view name) const;
    std::optional<std::int64_t> query_integer(std::string_view name) const;
    std::optional<bool> query_flag(std::string_view name) const;
    /// A `repeated` parameter: its comma-separated values, validated and without duplicates; empty if it is absent.
    std::vector<std::string> query_list(std::string_view name) const;
    /// `limit` and `cursor` of a list route. The cursor is one that this list made for the same filters:
    /// others were refused before the handler.
    storage::Page page() const;
    /// The cursor that continues after a sort key, for a list that prints its answer itself (see Answer::page_after).
    std::string cursor_after(const Json& key) const;

    /// Checks If-Match and If-None-Match against the current version of a resource, inside the transaction that changes
    /// it (RFC 9110, section 13.2.2). Conditions by date are ignored: there are no modification dates here.
    ///
    /// @throws Refusal 412 `stale_version`, `weak_etag` or `exists_already`; 428 `if_match_required` if the
    ///         dashboard (by cookie) sent none
    void check_version(std::int64_t current) const;

    /// Whether the answer is still wanted: false once the client has gone or the server stops. Long work
    /// should then end. Callable from any thread while the handler runs.
    bool is_wanted() const;

    /// Keeps an object alive until the handler has returned or its stream has ended, such as one that
    /// Route::before_body has taken.
    void hold(std::shared_ptr<void> held);

    storage::Reader read() const;  ///< a snapshot of the present state
    storage::Store& store() const;

    /// Runs a mutation on the writer and returns its answer once it is durable. With an Idempotency-Key (on routes that
    /// take one) the answer is stored, sealed, in the same transaction, and a request with the same key and body gets
    /// it again for 24 hours. A refusal is not stored, since it changed nothing: the same key may be tried again.
    /// Call it once in a handler: a second call would find the first one's answer.
    Answer mutate(const std::function<Answer(storage::Transaction& tx)>& mutation);

    /// For a handler that waits for an outside service between its transactions. `work` runs while the
    /// Idempotency-Key is held (another request with the key meanwhile gets 409), and its answer is stored as
    /// by mutate(). A mutate() inside stores a first answer, which the final one replaces: after a crash, a
    /// retry gets the first answer, and nothing is started twice. Changes that `work` makes without mutate()
    /// must be recognized by other means.
    Answer once(const std::function<Answer()>& work);

    /// Has a key count as the request's Idempotency-Key: the header's, or a form's, which is one of its fields. Before
    /// mutate() or once(). `content`: what a repeated request must have too.
    ///
    /// @throws Refusal 422 `invalid_idempotency_key`
    void take_key(std::string_view key, std::string_view content);

    /// The key that was taken; empty if there is none.
    const std::string& idempotency_key() const;

    /// From here on the caller is the holder of the order whose access token has this hash. For pages that are reached by
    /// an order's link, which the handler has checked.
    void act_as_holder(std::string access_token_hash);

    /// From here on the caller is this customer, at the same address. For pages, which authenticate their own cookie.
    /// Before take_key(): each caller's keys are their own.
    void act_as(Caller customer);

private:
    Parts* parts_;
};

}  // namespace orderd::api
