#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "http/answer.h"
#include "http/caller.h"
#include "storage/paging.h"
#include "storage/store.h"

namespace orderd::http {

struct Route;

/// A request that was routed, authorized and validated: what a handler unpacks.
class Request {
public:
    const Route& route() const;
    const Caller& caller() const;
    Actor actor() const { return caller().actor(); }
    Time now() const;                        ///< read once a request
    const std::string& request_id() const;
    bool secure() const;                     ///< the client speaks TLS, to us or to a configured proxy: cookies are Secure

    /// The path's {name} as an id: 404 for what is no positive integer.
    std::int64_t id(std::string_view name = "id") const;
    std::string path_text(std::string_view name) const;

    /// The validated body. Absent optional members are absent.
    const Json& body() const;
    const std::string& raw_body() const;     ///< of routes that take no JSON
    std::string header(std::string_view name) const;

    /// A query parameter, validated by its shape.
    std::optional<std::string> query(std::string_view name) const;
    std::optional<std::int64_t> query_integer(std::string_view name) const;
    /// A `repeated` parameter: its comma-separated values, each validated; empty where it is absent.
    std::vector<std::string> query_list(std::string_view name) const;
    /// `limit` and `cursor` of a list route.
    storage::Page page() const;

    /// Holds If-Match against the current version of what is to be changed, inside the transaction that changes it.
    ///
    /// @throws Refusal 412 `stale_version`; 428 `if_match_required` when the dashboard (by cookie) sent none
    void check_version(std::int64_t current) const;

    storage::Reader read() const;            ///< a snapshot of now
    storage::Store& store() const;

    /// Runs a mutation on the writer and returns its answer once that is durable. With an Idempotency-Key (on routes that
    /// take one) the answer is stored, sealed, in the same transaction, and the same key and body get it again for
    /// 24 hours. A refusal is not stored, since it changed nothing: the same key may be tried again.
    Answer mutate(const std::function<Answer(storage::Transaction& tx)>& mutation);

private:
    friend class Server;
    struct Parts;
    explicit Request(Parts& parts) : parts_(&parts) {}
    Parts* parts_;
};

}  // namespace orderd::http
