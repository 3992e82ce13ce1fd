#include "api/refusals.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/caller.h"
#include "base/errors.h"
#include "base/fair_queue.h"
#include "base/json.h"
#include "storage/paging.h"
#include "wire/connection.h"
#include "wire/head.h"

namespace orderd::api {
namespace {

bool is_there(const std::vector<Refused>& list, const Refused& wanted) {
    return std::any_of(list.begin(), list.end(), [&](const Refused& one) { return one.code() == wanted.code(); });
}

bool answers_with_content(const Route& route) {
    return std::any_of(route.answers.begin(), route.answers.end(), [](const Outcome& outcome) {
        return outcome.shape || outcome.content_type != "application/json";
    });
}

void add(std::vector<ListedRefusal>& list, const Refused& refused, const std::string& tag) {
    for (const auto& known : list) {
        if (known.refused.code() != refused.code()) {
            continue;
        }
        if (known.refused.status() != refused.status() || known.refused.meaning() != refused.meaning()) {
            throw std::logic_error(fmt::format("the code {} is declared twice", refused.code()));
        }
        return;
    }
    list.push_back({refused, tag});
}

}  // namespace

std::vector<Refused> refusals_before_routing() {
    return {wire::kBadRequest,
            kUnknownHost,
            wire::kHttpsRequired,
            kNotFound,
            kMethodNotAllowed,
            wire::kMethodUnknown,
            wire::kUriTooLong,
            wire::kHeadersTooLarge,
            kRequestTimeout,
            kOverloaded,
            kInternal};
}

std::vector<Refused> general_refusals(const Route& route) {
    const bool reads = route.method == "GET";
    std::vector<Refused> all{
        wire::kBadRequest, kUnauthenticated, kInvalidToken,  kValidationFailed, kInternal,   kOverloaded, kBusy,
        kTooCostly,        kReadOnly,        kStorageFailed, kDatabaseDamaged,  kStorageLost};
    const auto add_if = [&](bool applies, std::initializer_list<Refused> some) {
        if (applies) {
            all.insert(all.end(), some);
        }
    };
    add_if(route.body.has_value(), {kMalformedJson, kJsonTooDeep, kJsonTooLarge, kDuplicateMember, kOutOfRange});
    add_if(route.body || !route.raw_body.empty(),
           {kBodyIncomplete, kBodyTooLarge, kUnsupportedMediaType, kUnsupportedContentEncoding});
    add_if(!reads, {kCsrfTokenRequired, kOutOfSpace, kOutcomeUnknown});
    add_if(route.who != Who::anyone, {kForbidden, kOutOfScope});
    add_if(route.path.find('{') != std::string::npos || route.page, {kNotFound});  // pages may be off
    add_if(answers_with_content(route), {kNotAcceptable});
    add_if(route.paged, {storage::kInvalidCursor});
    add_if(route.idempotent, {kInvalidIdempotencyKey, kIdempotencyKeyReused, kIdempotencyKeyInUse, kErased});
    add_if(reads || route.if_match, {kStaleVersion, kWeakEtag});
    add_if(route.if_match, {kExistsAlready, kIfMatchRequired});
    add_if(route.limited, {kTooManyRequests});
    return all;
}

std::vector<Refused> refusals_of(const Route& route) {
    auto all = general_refusals(route);
    for (const auto& own : route.refuses) {
        if (!is_there(all, own)) {
            all.push_back(own);
        }
    }
    return all;
}

std::vector<ListedRefusal> all_refusals(const RouteTable& table) {
    std::vector<ListedRefusal> all;
    for (const auto& refused : refusals_before_routing()) {
        add(all, refused, "");
    }
    for (const auto& row : table.rows()) {
        for (const auto& refused : general_refusals(row.route)) {
            add(all, refused, "");
        }
    }
    for (const auto& row : table.rows()) {
        for (const auto& refused : row.route.refuses) {
            add(all, refused, row.route.tag);
        }
    }
    return all;
}

}  // namespace orderd::api
