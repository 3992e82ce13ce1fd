#pragma once

#include <cstdint>
#include <string_view>

#include "base/errors.h"
#include "base/language.h"

namespace orderd::api {

/// Whether an If-Match or If-None-Match list matches the entity tag: by "*", or by one of its tags (RFC 9110,
/// section 8.8.3). `weak`: W/"x" equals "x", as for If-None-Match; otherwise a weak tag matches nothing.
bool names_etag(std::string_view list, std::string_view etag, bool weak);

/// Whether a list matches a version: by "*", by its tag "7", or by the tag of a composed answer, "7-…" (see
/// composed() in answer.h).
bool names_version(std::string_view list, std::int64_t version, bool weak);

/// Whether an If-Match list matches the version in an entity tag.
bool names_version_of(std::string_view list, std::string_view etag);

/// The refusal if If-Match does not match this version or entity tag: the resource has changed, or a proxy
/// has made the client's tag weak, which If-Match never matches (RFC 9110, section 13.1.1).
Refusal precondition_failed(std::string_view if_match, std::int64_t version);
Refusal precondition_failed(std::string_view if_match, std::string_view etag);

/// Whether the Accept header (RFC 9110, section 12.5.1) allows a media type. An empty header allows all.
bool accepts(std::string_view accept, std::string_view media_type);

/// Whether an Accept header prefers a page to data, as a browser's does: it names text/html with at least the
/// weight of JSON. "*/*" alone, as programs send it, prefers data.
bool prefers_html(std::string_view accept);

/// The language that an Accept-Language header asks for (RFC 9110, section 12.5.4): the one of most weight that there is,
/// and of those the first; "de" is there for "de-AT" too. nullptr if the header is empty, names no language that there is,
/// or gives "*" more weight: any will do.
const Language* asked_language(std::string_view accept_language);

/// Whether the Accept-Encoding header allows a coding.
bool accepts_encoding(std::string_view accept_encoding, std::string_view coding);

/// Whether a Content-Type has this media type, ignoring parameters and case: "Application/JSON;
/// charset=utf-8" is "application/json".
bool is_media_type(std::string_view content_type, std::string_view media_type);

}  // namespace orderd::api
