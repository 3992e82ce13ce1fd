#include "simulate/outside.h"

#include <httplib.h>

#include <algorithm>
#include <stdexcept>

#include "fulfillment/easypost_server.h"
#include "support/picture_files.h"
#include "support/stripe_like.h"

namespace orderd::tests {

namespace {

/// The path and query of a URL, as httplib's server would have read them.
httplib::Request as_served(const outgoing::Request& wanted) {
    httplib::Request request;
    request.method = wanted.method;
    const auto path = wanted.url.find('/', wanted.url.find("//") + 2);
    auto target = path == std::string::npos ? "/" : wanted.url.substr(path);
    request.target = target;
    const auto query = target.find('?');
    if (query != std::string::npos) {
        for (auto& [name, value] : form_decoded(std::string_view(target).substr(query + 1))) {
            request.params.emplace(name, value);
        }
        target.resize(query);
    }
    request.path = std::move(target);
    for (const auto& [name, value] : wanted.headers) {
        request.set_header(name, value);
    }
    request.body = wanted.body;
    return request;
}

/// Each address has another picture, some behind a redirect, and some none.
outgoing::Answer picture_at(const std::string& url) {
    const auto number = url.size() * 7 + static_cast<unsigned char>(url[url.size() - 5]);
    if (number % 10 == 0) {
        return {.status = 404, .headers = {}, .body = {}};
    }
    if (number % 10 == 1 && !url.ends_with(".jpg.jpg")) {
        return {.status = 302, .headers = {{"Location", url + ".jpg"}}, .body = {}};
    }
    const auto shade = static_cast<std::uint8_t>(number);
    return {.status = 200, .headers = {}, .body = jpeg_of({30, 20}, [shade](std::size_t, std::size_t) {
                                              return Colour{shade, 90, 9, 255};
                                          })};
}

outgoing::Answer as_received(const httplib::Response& response) {
    outgoing::Answer answer{.status = response.status, .headers = {}, .body = response.body};
    answer.headers.assign(response.headers.begin(), response.headers.end());
    return answer;
}

}  // namespace

Outside::Outside(Around around)
    : around_(std::move(around)),
      stripe_(std::make_unique<StripeLike>(false)),
      easypost_(std::make_unique<EasyPostServer>(false)) {}

Outside::~Outside() = default;

outgoing::Answer Outside::carry(const outgoing::Request& request) {
    const auto lose = [&](std::string_view kind) {
        around_.count(kind);
        throw outgoing::AnswerLost("the simulated network lost an answer");
    };
    if (!around_.shop_is_up()) {
        throw outgoing::NeverSent("the shop has no power");
    }
    if (happens(20)) {
        around_.count("call never sent");
        throw outgoing::NeverSent("the simulated network is down");
    }
    if (happens(20)) {
        lose("call lost before its effect");
    }
    if (happens(150)) {
        around_.count("call late");
        around_.others();
    }
    if (!around_.shop_is_up()) {
        throw outgoing::AnswerLost("the shop has no power");
    }
    if (happens(20)) {
        around_.count("call refused for now");
        return {
            .status = around_.dice.chance(500) ? 503 : 429, .headers = {}, .body = R"({"error":{"type":"api_error"}})"};
    }
    auto answer = effect(request);
    if (happens(20)) {
        around_.count("call twice");
        answer = effect(request);
    }
    if (happens(150)) {
        around_.count("answer late");
        around_.others();
    }
    if (happens(30)) {
        lose("call lost after its effect");
    }
    if (!around_.shop_is_up()) {
        throw outgoing::AnswerLost("the shop has no power");
    }
    return answer;
}

outgoing::Answer Outside::effect(const outgoing::Request& request) {
    if (request.url.starts_with(kStripe)) {
        return from_stripe(request);
    }
    if (request.url.starts_with(kHooks)) {
        return take_delivery(request);
    }
    if (request.url.starts_with(kPictures)) {
        return picture_at(request.url);
    }
    return from_easypost(request);  // its labels have addresses of their own
}

outgoing::Answer Outside::from_stripe(const outgoing::Request& request) {
    const auto answer = stripe_->answer(as_served(request));
    if (request.method == "POST") {
        const auto body = Json::parse(answer.body);
        const auto& object = body.contains("error") ? body["error"].value("payment_intent", Json(nullptr)) : body;
        if (object.is_object()) {
            note(object);
        }
    }
    return as_received(answer);
}

void Outside::note(const Json& object) {
    const auto id = object.value("id", "");
    news_.push_back(id);
    if (object.value("object", "") == "payment_intent") {
        const auto& metadata = object.at("metadata");
        auto& known = intents_[std::stoll(metadata.value("order_id", "0"))];
        if (std::find(known.begin(), known.end(), id) == known.end()) {
            known.push_back(id);
            charges_.push_back(metadata.value("orderd_attempt", ""));
        }
    }
}

Outside::Taken Outside::taken_for(std::int64_t order, const std::function<bool(const std::string& charge)>& counts) {
    Taken taken;
    for (const auto& id : intents_[order]) {
        if (counts && !counts(id)) {
            continue;
        }
        const auto sums = stripe_->sums_of(id);
        taken.received += sums.received;
        taken.went_back += sums.went_back;
        taken.held += sums.held;
    }
    return taken;
}

std::map<std::string, std::int64_t> Outside::charges() const {
    std::map<std::string, std::int64_t> all;
    for (const auto& [order, charges] : intents_) {
        for (const auto& charge : charges) {
            all.emplace(charge, order);
        }
    }
    return all;
}

bool Outside::went_back(const std::string& key, const std::string& reference) {
    return stripe_->went_back(key, reference);
}

outgoing::Answer Outside::from_easypost(const outgoing::Request& request) {
    return as_received(easypost_->answer(as_served(request)));
}

outgoing::Answer Outside::take_delivery(const outgoing::Request& request) {
    if (happens(50)) {
        around_.count("receiver refuses");
        return {.status = around_.dice.chance(950) ? 500 : 410, .headers = {}, .body = {}};
    }
    if (request.url == kNotices) {
        around_.count("notice posted");
        return {.status = 200, .headers = {}, .body = {}};
    }
    for (const auto& [name, value] : request.headers) {
        if (name == "webhook-id") {
            deliveries_[value] = Json::parse(request.body);
        }
    }
    around_.count("webhook delivered");
    return {.status = 204, .headers = {}, .body = {}};
}

void Outside::post(const notify::SmtpServer&, const std::string&, const std::string& to, std::string_view) {
    using Outcome = notify::SmtpError::Outcome;
    if (!around_.shop_is_up() || happens(30)) {
        throw notify::SmtpError("the simulated mail server is not reached", Outcome::unreachable);
    }
    if (happens(30)) {
        throw notify::SmtpError("the simulated mail server wants it later", Outcome::not_sent);
    }
    if (happens(10)) {
        throw notify::SmtpError("the simulated mail server refuses it", Outcome::refused);
    }
    around_.count(to == kStaffMail ? "notice mailed" : "mail taken");
    if (happens(150)) {
        around_.others();
    }
    if (happens(30)) {
        around_.count("mail lost after it was taken");
        throw notify::SmtpError("the simulated mail server's answer was lost", Outcome::unknown);
    }
}

}  // namespace orderd::tests
