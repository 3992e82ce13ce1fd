#pragma once

#include <cstdint>
#include <string_view>

#include "base/errors.h"

namespace orderd::api {

/// Whether an If-Match or If-None-Match list names the entity tag: "*", or one of its tags (RFC 9110, section 8.8.3).
/// `weak`: W/"x" and "x" are the same, as If-None-Match compares; else a weak tag matches nothing.
bool names_etag(std::string_view list, std::string_view etag, bool weak);

/// Whether a list names a version: "*", or a tag of it, "7", or of what was composed with it, "7-…" (see composed() in
/// answer.h).
bool names_version(std::string_view list, std::int64_t version, bool weak);

/// Whether an If-Match list names the version that an entity tag is of.
bool names_version_of(std::string_view list, std::string_view etag);

/// Why If-Match does not hold for what has this version, or for what has this entity tag: it has changed, or something
/// on the way has made the client's tag a weak one, which If-Match never matches (RFC 9110, section 13.1.1).
Refusal precondition_failed(std::string_view if_match, std::int64_t version);
Refusal precondition_failed(std::string_view if_match, std::string_view etag);

/// Whether the Accept header (RFC 9110, section 12.5.1) lets a media type be the answer. An empty header lets any.
bool accepts(std::string_view accept, std::string_view media_type);

/// Whether an Accept header asks for a page rather than for data, as a browser's does: it names text/html, and weighs
/// it no less than JSON. "*/*" alone, as programs send it, asks for data.
bool prefers_html(std::string_view accept);

/// Whether the Accept-Encoding header lets a coding be used.
bool accepts_encoding(std::string_view accept_encoding, std::string_view coding);

/// A media type without its parameters, to compare: "application/json" of "Application/JSON; charset=utf-8".
bool is_media_type(std::string_view content_type, std::string_view media_type);

}  // namespace orderd::api
