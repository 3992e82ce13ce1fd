#include "payments/stripe_api.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/errors.h"
#include "base/random.h"
#include "base/text.h"
#include "base/version.h"
#include "payments/gateway.h"

namespace orderd::payments {

namespace {

using std::chrono::milliseconds;

constexpr int kTries = 3;
constexpr milliseconds kFirstPause{500};
constexpr milliseconds kLongestPause{5'000};
constexpr std::size_t kLongestCode = 80;

/// Cut to the length of a code, since it goes into texts and may come from anyone who answers.
std::string code_in(const Json& error, const char* member) {
    return text_member(error, member).substr(0, kLongestCode);
}

bool may_try_again(const outgoing::Answer& answer) {
    const auto advice = answer.header("stripe-should-retry");
    if (advice == "true" || advice == "false") {
        return advice == "true";
    }
    return answer.status == 409 || answer.status == 429 || answer.status >= 500;
}

/// Half of the pause is random, so that requests refused together do not return together.
milliseconds pause_before(int next_try, const std::optional<outgoing::Answer>& refused) {
    if (refused) {
        const auto seconds = parse_integer(refused->header("retry-after"));
        if (seconds && milliseconds(*seconds * 1000) <= kLongestPause) {
            return milliseconds(*seconds * 1000);
        }
    }
    const auto whole = std::min(kFirstPause * (1 << (next_try - 2)), kLongestPause);
    return whole / 2 + milliseconds(random_below(static_cast<std::uint32_t>(whole.count() / 2 + 1)));
}

Json parsed(const outgoing::Answer& answer) {
    try {
        auto json = parse_json(answer.body);
        if (json.is_object()) {
            return json;
        }
    } catch (const Refusal&) {
        // Reported below, without the content.
    }
    throw GatewayTrouble(fmt::format("Stripe answered {} with something that is not its JSON", answer.status));
}

}  // namespace

StripeError::StripeError(int status, const Json& error)
    : std::runtime_error(
          fmt::format("Stripe answered {} {} {}", status, code_in(error, "type"), code_in(error, "code"))),
      status_(status),
      type_(code_in(error, "type")),
      code_(code_in(error, "code")),
      decline_code_(code_in(error, "decline_code")),
      intent_(error.is_object() ? error.value("payment_intent", Json(nullptr)) : Json(nullptr)) {}

bool StripeError::is_trouble() const {
    return status_ == 401 || status_ == 403 || status_ == 409 || status_ == 424 || status_ == 429 || status_ >= 500;
}

StripeApi::StripeApi(outgoing::Client& outgoing, Options options) : outgoing_(outgoing), options_(std::move(options)) {}

Json StripeApi::get(const std::string& key, const std::string& path, const outgoing::Fields& query) const {
    const auto encoded = outgoing::form_encoded(query);
    return send(
        {.method = "GET", .url = fmt::format("{}{}{}{}", options_.base_url, path, encoded.empty() ? "" : "?", encoded)},
        key);
}

Json StripeApi::post(const std::string& key, const std::string& path, const outgoing::Fields& form,
                     const std::string& idempotency) const {
    outgoing::Request request{.method = "POST",
                              .url = options_.base_url + path,
                              .body = outgoing::form_encoded(form),
                              .content_type = "application/x-www-form-urlencoded"};
    if (!idempotency.empty()) {
        request.headers.emplace_back("Idempotency-Key", idempotency);
    }
    return send(std::move(request), key);
}

Json StripeApi::send(outgoing::Request request, const std::string& key) const {
    request.headers.emplace_back("Authorization", "Bearer " + key);
    request.headers.emplace_back("Stripe-Version", kStripeVersion);
    request.headers.emplace_back("User-Agent", fmt::format("orderd/{}", version()));
    request.answer_within = options_.time_out;
    const auto answer = send_again(request);
    auto json = parsed(answer);
    if (answer.status < 200 || answer.status > 299) {
        throw StripeError(answer.status, json.value("error", Json(nullptr)));
    }
    return json;
}

outgoing::Answer StripeApi::send_again(const outgoing::Request& request) const {
    for (int next_try = 2;; ++next_try) {
        std::optional<outgoing::Answer> refused;
        try {
            auto answer = outgoing_.send(request);
            if (next_try > kTries || !may_try_again(answer)) {
                return answer;
            }
            refused = std::move(answer);
        } catch (const outgoing::Trouble& trouble) {
            if (next_try > kTries) {
                throw GatewayTrouble(trouble.what());
            }
        }
        const auto pause = pause_before(next_try, refused);
        if (options_.pause) {
            options_.pause(pause);
        } else {
            outgoing_.apart().pause(pause);
        }
    }
}

}  // namespace orderd::payments
