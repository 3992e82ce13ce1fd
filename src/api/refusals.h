#pragma once

#include <string>
#include <vector>

#include "api/route.h"
#include "base/refused.h"

namespace orderd::api {

// Refusals of the API itself, for all departments. Refusals of lower layers (JSON, HTTP, the disk) are declared there.

// Before the route is known.
inline constexpr Refused kUnknownHost{
    400, "unknown_host",
    "The Host header names a host that the server's certificate is not for, so you are not redirected to HTTPS. Use "
    "the shop's own host name."};
inline constexpr Refused kMethodNotAllowed{
    405, "method_not_allowed",
    "This path exists, but not with this method. The Allow header lists the methods that it has."};
inline constexpr Refused kRequestTimeout{
    408, "request_timeout",
    "The request's headers did not arrive in time, and the connection is closed. Send the request again."};

// Callers and their rights.
inline constexpr Refused kOutOfScope{
    403, "out_of_scope",
    "This API key is limited to scopes that do not cover the route. The member scope names the one that it needs: use "
    "a key that has it."};
inline constexpr Refused kCsrfTokenRequired{
    403, "csrf_token_required",
    "A change that is made with the session cookie needs the session's csrf_token in the X-CSRF-Token header. Programs "
    "send a Bearer token instead, and need none."};
inline constexpr Refused kTooManyRequests{
    429, "too_many_requests",
    "Too many requests of this kind came from your address. Wait for the seconds in Retry-After."};

// Media types and bodies.
inline constexpr Refused kNotAcceptable{
    406, "not_acceptable",
    "The Accept header excludes every media type that this route answers with. Leave it out, or add the type that "
    "detail names."};
inline constexpr Refused kUnsupportedMediaType{
    415, "unsupported_media_type",
    "The body has another media type than this route takes. Send the Content-Type that detail names."};
inline constexpr Refused kUnsupportedContentEncoding{
    415, "unsupported_content_encoding", "Bodies are not accepted compressed. Send it without Content-Encoding."};
inline constexpr Refused kBodyTooLarge{413, "body_too_large",
                                       "The body is longer than this route accepts; detail says how long it may be."};
inline constexpr Refused kBodyIncomplete{
    400, "body_incomplete",
    "The body ended early, came too slowly, or its chunks were malformed. Nothing was changed. Send the request "
    "again."};
inline constexpr Refused kOutOfRange{
    422, "out_of_range",
    "An amount of money that follows from the request is larger than can be counted. Use smaller prices or "
    "quantities."};

// Versions (If-Match, If-None-Match).
inline constexpr Refused kWeakEtag{
    412, "weak_etag",
    "Nothing has changed, but If-Match names a weak ETag (W/...), and those never match (RFC 9110, section 13.1.1). A "
    "proxy that compresses answers makes ETags weak: send the ETag without W/, and turn off compression of JSON in the "
    "proxy."};
inline constexpr Refused kExistsAlready{
    412, "exists_already",
    "It exists, and If-None-Match says that you do not want to replace it. Read it first, or use If-Match."};
inline constexpr Refused kIfMatchRequired{
    428, "if_match_required",
    "A change that is made with the session cookie needs If-Match with the ETag that was read, so that nobody's change "
    "is lost."};

// Idempotency keys.
inline constexpr Refused kInvalidIdempotencyKey{
    422, "invalid_idempotency_key",
    "The Idempotency-Key is empty, longer than 255 characters, or has characters other than visible ASCII. A random "
    "UUID is a good key."};
inline constexpr Refused kIdempotencyKeyReused{
    422, "idempotency_key_reused",
    "This Idempotency-Key was used for another request in the last 24 hours. Make a new key for each new request, and "
    "repeat a key with exactly the same request only."};
inline constexpr Refused kIdempotencyKeyInUse{
    409, "idempotency_key_in_use",
    "A request with this Idempotency-Key is still being worked on. Send the same request again after the seconds in "
    "Retry-After to get its answer."};
inline constexpr Refused kErased{
    404, "erased",
    "The request with this Idempotency-Key was carried out before, and the customer it was about has been erased "
    "since. Its answer is gone; do not repeat it."};

// Load, the disk and defects.
inline constexpr Refused kOverloaded{
    503, "overloaded",
    "There are too many connections or long requests at the moment, and nothing was changed. Send the same request "
    "again after the seconds in Retry-After."};
inline constexpr Refused kTooManyStreams{
    503, "too_many_streams",
    "As many event streams or exports as allowed are open already. Close one of yours, or try again after the seconds "
    "in Retry-After."};
inline constexpr Refused kTooCostly{
    503, "too_costly",
    "Reading this took longer than is allowed without signing in. Ask for less at once, or search for fewer and longer "
    "words."};
inline constexpr Refused kReadOnly{
    503, "read_only",
    "The shop's disk is read-only, and nothing was changed. Whoever runs the server has to make it writable; try again "
    "later."};
inline constexpr Refused kStorageFailed{
    503, "storage_failed",
    "The shop's disk reported an error, and nothing was changed. Whoever runs the server finds the error in the log; "
    "try again later."};
inline constexpr Refused kDatabaseDamaged{
    503, "database_damaged",
    "The shop's database is damaged and takes no changes until it is restored from a backup. Nothing was changed. "
    "Whoever runs the server finds what to do with `orderd doctor`."};
inline constexpr Refused kStorageLost{
    503, "storage_lost",
    "The shop's files were removed or replaced while it ran, and it takes no changes until it is started again. "
    "Nothing was changed."};
inline constexpr Refused kNotReady{
    503, "not_ready",
    "The server is starting or stopping, or cannot read or write its database; detail says which. Send requests "
    "elsewhere, or wait."};
inline constexpr Refused kOutOfSpace{
    507, "out_of_space",
    "The disk is full, and nothing was changed. Whoever runs the server has to free space; then send the same request "
    "again."};
inline constexpr Refused kInternal{
    500, "internal", "A defect of the server. It is in the log under the answer's request_id: report it with that id."};
inline constexpr Refused kOutcomeUnknown{
    500, "outcome_unknown",
    "The disk failed while the change was stored, and it is not known whether it was. Send the same request again with "
    "the same Idempotency-Key; without a key, first look whether the change is there."};

/// The possible refusals before a request's route is known.
std::vector<Refused> refusals_before_routing();

/// All refusals of a route: first those that follow from its properties (caller, body, query, headers), then
/// those that its row names. Without duplicates.
std::vector<Refused> refusals_of(const Route& route);

/// The part of refusals_of() that follows from the route's properties.
std::vector<Refused> general_refusals(const Route& route);

struct ListedRefusal {
    Refused refused;
    std::string tag;  ///< of the first route that names it; empty if any route can answer it
};

/// Every refusal that the API can answer with, without duplicates, in the order of the documentation.
///
/// @throws std::logic_error if one code stands for two refusals
std::vector<ListedRefusal> all_refusals(const RouteTable& table);

}  // namespace orderd::api
