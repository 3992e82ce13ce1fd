#include "api/conditional.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "api/answer.h"
#include "api/refusals.h"
#include "base/text.h"
#include "wire/head.h"

namespace orderd::api {
namespace {

/// Removes and returns the first entry of a list.
std::string_view next_of(std::string_view& list, char separator) {
    const auto end = list.find(separator);
    const auto entry = trimmed(list.substr(0, end));
    list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
    return entry;
}

/// Whether an entry's weight is zero, which means "not acceptable".
bool is_refused(std::string_view parameters) {
    while (!parameters.empty()) {
        const auto parameter = next_of(parameters, ';');
        if (parameter.size() > 2 && (parameter[0] == 'q' || parameter[0] == 'Q') && parameter[1] == '=') {
            return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
        }
    }
    return false;
}

/// An entry's weight in thousandths (RFC 9110, section 12.4.2). An invalid weight is ignored.
int weight_of(std::string_view parameters) {
    while (!parameters.empty()) {
        const auto parameter = next_of(parameters, ';');
        if (parameter.size() > 2 && (parameter[0] == 'q' || parameter[0] == 'Q') && parameter[1] == '=') {
            int weight = 0;
            int place = 1000;
            for (const char c : parameter.substr(2, 5)) {
                if (c >= '0' && c <= '9') {
                    weight += (c - '0') * place;
                    place /= 10;
                }
            }
            return std::min(weight, 1000);
        }
    }
    return 1000;
}

/// How specifically a media range matches a type: 0 not at all, 1 "*/*", 2 "text/*", 3 the type itself.
int fit(std::string_view range, std::string_view media_type) {
    if (range == "*/*") return 1;
    if (equal_ignoring_case(range, media_type)) return 3;
    const auto slash = media_type.find('/');
    return range.size() == slash + 2 && range.substr(slash) == "/*" &&
                   equal_ignoring_case(range.substr(0, slash), media_type.substr(0, slash))
               ? 2
               : 0;
}

/// Whether the list is "*", or `fits` accepts one of its tags. It gets the tag with its quotes.
template <class Fits>
bool any_tag(std::string_view list, bool weak, Fits fits) {
    if (trimmed(list) == "*") {
        return true;
    }
    while (!list.empty()) {
        // A tag may contain a comma, so look for its closing quote.
        list = list.substr(std::min(list.find_first_not_of(" \t,"), list.size()));
        const bool is_weak = list.substr(0, 2) == "W/";
        if (is_weak) {
            list.remove_prefix(2);
        }
        if (list.empty() || list.front() != '"') {
            return false;
        }
        const auto end = list.find('"', 1);
        if (end == std::string_view::npos) {
            return false;
        }
        if ((weak || !is_weak) && fits(list.substr(0, end + 1))) {
            return true;
        }
        list.remove_prefix(end + 1);
    }
    return false;
}

/// The version in an entity tag "7" or "7-…"; nullopt if the tag is only a hash of the content.
std::optional<std::int64_t> version_of(std::string_view etag) {
    const auto inner = etag.size() > 2 ? etag.substr(1, etag.size() - 2) : std::string_view();
    return parse_integer(inner.substr(0, inner.find('-')));
}

Refusal weakened(std::string_view etag) {
    const std::string strong(etag);
    return Refusal(
        kWeakEtag,
        fmt::format("nothing has changed, but If-Match names the weak tag W/{0}, and it never matches a weak "
                    "one (RFC 9110, section 13.1.1). A proxy that compresses answers makes ETags weak (nginx "
                    "with gzip does): send If-Match: {0}, and turn off compression of /admin and of "
                    "other JSON answers in the proxy",
                    strong));
}

}  // namespace

bool names_etag(std::string_view list, std::string_view etag, bool weak) {
    return any_tag(list, weak, [&](std::string_view tag) { return tag == etag; });
}

bool names_version(std::string_view list, std::int64_t version, bool weak) {
    const auto plain = etag_of(version);
    const auto composed = plain.substr(0, plain.size() - 1) + '-';
    return any_tag(list, weak, [&](std::string_view tag) { return tag == plain || tag.starts_with(composed); });
}

bool names_version_of(std::string_view list, std::string_view etag) {
    const auto version = version_of(etag);
    return version && names_version(list, *version, false);
}

Refusal precondition_failed(std::string_view if_match, std::int64_t version) {
    return names_version(if_match, version, true) ? weakened(etag_of(version)) : stale(version);
}

Refusal precondition_failed(std::string_view if_match, std::string_view etag) {
    const auto version = version_of(etag);
    if (version) {
        return precondition_failed(if_match, *version);
    }
    return names_etag(if_match, etag, true) ? weakened(etag)
                                            : Refusal(kStaleVersion, "it is not what the header If-Match names");
}

bool accepts(std::string_view accept, std::string_view media_type) {
    if (trimmed(accept).empty()) {
        return true;
    }
    int best = 0;
    bool allowed = false;
    while (!accept.empty()) {
        auto entry = next_of(accept, ',');
        const auto range = next_of(entry, ';');
        const int how_well = fit(range, media_type);
        if (how_well > best) {
            best = how_well;
            allowed = !is_refused(entry);
        }
    }
    return allowed;
}

bool prefers_html(std::string_view accept) {
    int html = 0;
    int json = 0;
    while (!accept.empty()) {
        auto entry = next_of(accept, ',');
        const auto range = next_of(entry, ';');
        if (equal_ignoring_case(range, "text/html")) {
            html = std::max(html, weight_of(entry));
        } else if (equal_ignoring_case(range, "application/json") ||
                   equal_ignoring_case(range, "application/problem+json")) {
            json = std::max(json, weight_of(entry));
        }
    }
    return html > 0 && html >= json;
}

const Language* asked_language(std::string_view accept_language) {
    const Language* best = nullptr;
    int weight = 0;
    while (!accept_language.empty()) {
        auto entry = next_of(accept_language, ',');
        const auto range = next_of(entry, ';');
        const auto* const language = Language::find(range.substr(0, range.find('-')));
        const bool any = range == "*";
        const int its_weight = 2 * weight_of(entry) - (any ? 1 : 0);  // a language that is named goes before any
        if (its_weight > weight && (language != nullptr || any)) {
            best = language;
            weight = its_weight;
        }
    }
    return best;
}

bool accepts_encoding(std::string_view accept_encoding, std::string_view coding) {
    bool any = false;
    while (!accept_encoding.empty()) {
        auto entry = next_of(accept_encoding, ',');
        const auto name = next_of(entry, ';');
        if (equal_ignoring_case(name, coding)) {
            return !is_refused(entry);
        }
        any = any || (name == "*" && !is_refused(entry));
    }
    return any;
}

bool is_media_type(std::string_view content_type, std::string_view media_type) {
    return equal_ignoring_case(trimmed(content_type.substr(0, content_type.find(';'))), media_type);
}

}  // namespace orderd::api
