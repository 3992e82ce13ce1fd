#include "api/problem.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <new>
#include <optional>
#include <utility>

#include "api/refusals.h"
#include "base/caller.h"
#include "base/fair_queue.h"
#include "base/money.h"
#include "storage/writer.h"

namespace orderd::api {
namespace {

constexpr int kSecondsUntilFree = 1;  // the longest wait for a busy writer or reader, by its queue's limit
constexpr int kSecondsUntilMended = 10;
constexpr int kSecondsUntilRestored = 300;

Refusal internal() { return {kInternal, "something went wrong here; it has been logged under this request's id"}; }

Refusal out_of_space() { return {kOutOfSpace, "there is no space left to store this; nothing was changed"}; }

Refusal busy() {
    return Refusal(kBusy, "there is too much to do just now; nothing was changed, try again")
        .retry_after(kSecondsUntilFree);
}

/// A stranger's read that reached its limit (storage::StrangersReads).
Refusal too_costly() {
    return Refusal(kTooCostly, "this takes longer than it may: ask for less at once, or with fewer and longer words")
        .retry_after(kSecondsUntilFree);
}

/// The refusal for trouble with the disk or the database. storage/health.h has logged it.
Refusal of_trouble(storage::Trouble trouble) {
    using storage::Trouble;
    switch (trouble) {
        case Trouble::none: break;
        case Trouble::no_space: return out_of_space();
        case Trouble::read_only:
            return Refusal(kReadOnly, "the shop's disk is read-only just now; nothing was changed")
                .retry_after(kSecondsUntilMended);
        case Trouble::failed:
            return Refusal(kStorageFailed, "the shop's disk fails just now; nothing was changed")
                .retry_after(kSecondsUntilMended);
        case Trouble::damaged:
            return Refusal(kDatabaseDamaged,
                           "the shop's database is damaged, and takes no changes until it is restored; nothing was "
                           "changed")
                .retry_after(kSecondsUntilRestored);
        case Trouble::files_gone:
            return Refusal(kStorageLost,
                           "the shop's files were removed or replaced, and it takes no changes until it is started "
                           "again; nothing was changed")
                .retry_after(kSecondsUntilRestored);
    }
    return internal();
}

Refusal unknown_outcome() {
    return {kOutcomeUnknown,
            "it is not known whether this was done, since the disk failed while it was stored: ask again with the same "
            "Idempotency-Key; without one, look first whether it is there"};
}

/// Of a request that had stored something before it failed: no refusal that says that nothing was changed is true.
Refusal done_in_part() {
    return {
        kOutcomeUnknown,
        "this was done, at least in part, before the shop failed to store the rest or to read the answer: ask again "
        "with the same Idempotency-Key; without one, look how it stands"};
}

Refusal of_sqlite(int code) {
    switch (code & 0xFF) {  // the primary code
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return busy();
        case SQLITE_INTERRUPT: return too_costly();
        default: return of_trouble(storage::trouble_of(code));
    }
}

/// Of what the shop itself could not do: its disk, its memory, its time. nullopt for anything else.
std::optional<Refusal> of_shortage(const std::exception_ptr& error, std::string& inner) {
    try {
        std::rethrow_exception(error);
    } catch (const storage::Busy&) {
        return busy();
    } catch (const storage::CommitFailed& failed) {
        inner = failed.trouble() == storage::Trouble::none ? failed.what() : "";
        return of_sqlite(failed.sqlite_code());
    } catch (const storage::NotStored& failed) {
        return of_trouble(failed.trouble());
    } catch (const SQLite::Exception& failed) {
        const bool at_its_bound = (failed.getErrorCode() & 0xFF) == SQLITE_INTERRUPT;  // nothing failed
        inner = at_its_bound ? "" : failed.what();
        return of_sqlite(failed.getErrorCode());
    } catch (const std::bad_alloc&) {
        inner = "out of memory";
        return busy();
    } catch (...) {
        return std::nullopt;
    }
}

}  // namespace

std::string_view title_of(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No content";
        case 302: return "Found";
        case 303: return "See other";
        case 304: return "Not modified";
        case 308: return "Permanent redirect";
        case 400: return "Bad request";
        case 401: return "Unauthorized";
        case 402: return "Payment required";
        case 403: return "Forbidden";
        case 404: return "Not found";
        case 405: return "Method not allowed";
        case 406: return "Not acceptable";
        case 408: return "Request timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 412: return "Precondition failed";
        case 413: return "Content too large";
        case 414: return "URI too long";
        case 415: return "Unsupported media type";
        case 422: return "Unprocessable content";
        case 428: return "Precondition required";
        case 429: return "Too many requests";
        case 431: return "Request header fields too large";
        case 500: return "Internal server error";
        case 501: return "Not implemented";
        case 503: return "Service unavailable";
        case 507: return "Insufficient storage";
        default: return "Answer";
    }
}

Refusal as_refusal(const std::exception_ptr& error, bool has_stored, std::string& inner) {
    if (auto shortage = of_shortage(error, inner)) {
        return has_stored ? done_in_part() : std::move(*shortage);
    }
    try {
        std::rethrow_exception(error);
    } catch (const Refusal& refusal) {
        return refusal;
    } catch (const storage::OutcomeUnknown&) {
        return unknown_outcome();
    } catch (const Overflow& overflow) {
        return {kOutOfRange, overflow.what()};
    } catch (const std::exception& defect) {
        inner = defect.what();
    } catch (...) {
        inner = "an exception of unknown type";
    }
    return internal();
}

Answer problem(const Refusal& refusal, std::string_view request_id) {
    const auto status = refusal.status();
    Json body = {{"type", fmt::format("/docs#{}", refusal.code())},
                 {"title", title_of(status)},
                 {"status", status},
                 {"code", refusal.code()},
                 {"detail", refusal.detail()},
                 {"request_id", request_id}};
    if (!refusal.faults().empty()) {
        auto& errors = body["errors"] = Json::array();
        for (const auto& fault : refusal.faults()) {
            errors.push_back({{"pointer", fault.pointer}, {"detail", fault.detail}});
        }
    }
    if (refusal.extra().is_object()) {
        for (const auto& [member, value] : refusal.extra().items()) {
            body[member] = value;
        }
    }
    Answer answer{.status = status, .body = std::move(body), .content_type = "application/problem+json"};
    if (status == 401) {
        // Whoever sent a token learns that it was the token (RFC 6750, section 3.1).
        answer.headers.emplace_back(
            "WWW-Authenticate", refusal.code() == kInvalidToken.code() ? "Bearer error=\"invalid_token\"" : "Bearer");
    }
    if (refusal.retry_after_seconds() > 0) {
        answer.headers.emplace_back("Retry-After", std::to_string(refusal.retry_after_seconds()));
    }
    return answer;
}

}  // namespace orderd::api
