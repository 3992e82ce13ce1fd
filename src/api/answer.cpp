#include "api/answer.h"

#include <fmt/format.h>

#include "api/response.h"

namespace orderd::api {
namespace {

Answer with_exact_etag(Answer answer, std::int64_t version) {
    answer.etag = fmt::format("\"{}-{}", version, etag_of(*answer.text).substr(1));
    return answer;
}

}  // namespace

Answer&& Answer::header(std::string name, std::string value) && {
    headers.emplace_back(std::move(name), std::move(value));
    return std::move(*this);
}

Answer&& Answer::shows_once(std::string member) && {
    shown_once = std::move(member);
    return std::move(*this);
}

std::string etag_of(std::int64_t version) { return fmt::format("\"{}\"", version); }

Answer ok(Json body) { return {.body = std::move(body)}; }

Answer ok(Json body, std::int64_t version) { return {.body = std::move(body), .etag = etag_of(version)}; }

Answer ok(const JsonObject& body, std::int64_t version) {
    return {.text = std::make_shared<const std::string>(body.text()), .etag = etag_of(version)};
}

Answer composed(Json body, std::int64_t version) {
    return with_exact_etag({.text = std::make_shared<const std::string>(json_text(body))}, version);
}

Answer composed(const JsonObject& body, std::int64_t version) {
    return with_exact_etag({.text = std::make_shared<const std::string>(body.text())}, version);
}

Answer created(std::string location, Json body, std::int64_t version) {
    return {.status = 201,
            .body = std::move(body),
            .headers = {{"Location", std::move(location)}},
            .etag = etag_of(version)};
}

Answer created(std::string location, const JsonObject& body, std::int64_t version) {
    auto answer = ok(body, version);
    answer.status = 201;
    return std::move(answer).header("Location", std::move(location));
}

Answer accepted(std::string location, Json body, std::int64_t version) {
    auto answer = created(std::move(location), std::move(body), version);
    answer.status = 202;
    return answer;
}

Answer no_content() { return {.status = 204}; }

Answer see_other(std::string location) { return {.status = 303, .headers = {{"Location", std::move(location)}}}; }

Answer printed(std::shared_ptr<const std::string> text, std::string content_type, std::string etag) {
    return {.text = std::move(text), .content_type = std::move(content_type), .etag = std::move(etag)};
}

Answer page(Json rows, const Json& after) {
    Answer answer{.body = {{"data", std::move(rows)}, {"next_cursor", nullptr}}};
    if (!after.is_null()) {
        answer.page_after = after;
    }
    return answer;
}

}  // namespace orderd::api
