// JSON that comes from outside: bodies, webhooks, what gateways and carriers answer.

#include <algorithm>
#include <string>

#include "api/openapi.h"
#include "api/request_parts.h"
#include "api/server.h"
#include "app/app.h"
#include "app/config.h"
#include "base/hmac.h"
#include "base/json.h"
#include "base/text.h"
#include "fulfillment/easypost.h"
#include "fulfillment/easypost_json.h"
#include "fuzz/target.h"
#include "payments/stripe_webhook_routes.h"
#include "support/manual_clock.h"
#include "support/temporary_folder.h"

namespace orderd::fuzz {

namespace {

/// The routes of a whole shop. They stay until the program ends.
const api::RouteTable& routes() {
    static const tests::TemporaryFolder folder;
    static const tests::ManualClock clock;
    static const auto app = [] {
        app::Config config;
        config.data = folder.path();
        config.log_level = "error";
        config.job_workers = 0;
        config.sandbox_payments = true;
        return app::App::make(config, clock);
    }();
    return app->server().routes();
}

std::vector<const api::Route*> rows_where(bool (*holds)(const api::Route&)) {
    std::vector<const api::Route*> some;
    for (const auto& row : routes().rows()) {
        if (holds(row.route)) {
            some.push_back(&row.route);
        }
    }
    return some;
}

bool is_of_json(const Refusal& refusal) {
    for (const auto& refused : {kMalformedJson, kJsonTooDeep, kJsonTooLarge, kDuplicateMember}) {
        if (refusal.code() == refused.code()) {
            return true;
        }
    }
    return false;
}

/// A body that the shape allows, with some of its bytes replaced: closer to what routes take than any bytes are.
std::string edited(std::string text, Input& input) {
    for (int edits = input.byte() % 8; edits > 0 && !input.empty(); --edits) {
        const auto at = input.number(text.size() + 1);
        const std::size_t removed = input.byte() % 32U;
        const auto put = input.line();
        text.replace(at, std::min(removed, text.size() - at), put);
    }
    return text;
}

/// Whether a JSON Pointer (RFC 6901) leads to a value, or to a member that is missing from one.
bool leads_somewhere(const Json& value, const std::string& pointer) {
    if (pointer.empty()) {
        return true;
    }
    if (pointer.front() != '/') {
        return false;
    }
    const auto end = std::min(pointer.find('/', 1), pointer.size());
    auto name = pointer.substr(1, end - 1);
    for (const auto& [escaped, plain] : {std::pair{"~1", "/"}, std::pair{"~0", "~"}}) {
        for (auto at = name.find(escaped); at != std::string::npos; at = name.find(escaped, at + 1)) {
            name.replace(at, 2, plain);
        }
    }
    if (value.is_object() && value.contains(name)) {
        return leads_somewhere(value.at(name), pointer.substr(end));
    }
    if (const auto index = parse_integer(name);
        value.is_array() && index && static_cast<std::size_t>(*index) < value.size()) {
        return leads_somewhere(value.at(static_cast<std::size_t>(*index)), pointer.substr(end));
    }
    return value.is_object() && end == pointer.size();
}

void check_body(const api::Route& route, const std::string& text) {
    Json body;
    try {
        body = route.body->parse(text);
    } catch (const Refusal& refusal) {
        require(is_of_json(refusal), "what is no JSON is refused as that");
        return;
    }
    std::vector<Fault> faults;
    route.body->check(body, "", faults);
    for (const auto& fault : faults) {
        require(leads_somewhere(body, fault.pointer), "a fault's pointer leads into the body");
        require(!fault.detail.empty() && valid_utf8(fault.detail), "a fault says what is wrong");
    }
    require(faults.size() <= 100, "there are at most 100 faults");
    if (faults.empty()) {
        const auto printed = json_text(body);
        const auto again = route.body->parse(printed);
        require(again == body, "a body that is printed again reads the same");
        route.body->check(again, "", faults);
        require(faults.empty(), "and is let through again");
    }
}

/// The first byte chooses the route, the second whether its example is edited or the bytes are the body.
void body(std::string_view bytes) {
    static const auto rows = rows_where([](const api::Route& route) { return route.body.has_value(); });
    Input input(bytes);
    const auto& route = *rows[input.byte() % rows.size()];
    if (input.byte() % 2 == 0) {
        check_body(route, std::string(input.rest()));
    } else {
        check_body(route, edited(json_text(api::sample_of(*route.body)), input));
    }
}

void json(std::string_view bytes) {
    Json value;
    try {
        value = parse_json(bytes);
    } catch (const Refusal& refusal) {
        require(is_of_json(refusal), "what is no JSON is refused as that");
        return;
    }
    const auto printed = json_text(value);
    require(printed == value.dump(), "json_text() prints what dump() does");
    require(parse_json(printed) == value, "JSON that is printed again reads the same");
    require(stored_json(printed) == value, "and is read from the database");
}

/// The first byte chooses the list, the rest is a cursor, and a key to make one of.
void cursor(std::string_view bytes) {
    static const auto rows = rows_where([](const api::Route& route) { return route.paged; });
    static const storage::Vault vault(std::string(32, 'k'));
    Input input(bytes);
    const auto& route = *rows[input.byte() % rows.size()];
    const std::vector<std::pair<std::string, std::string>> filters{{"q", std::string(input.line())}, {"limit", "5"}};
    const auto text = input.rest();
    try {
        api::read_cursor(vault, route, filters, text);
        require(false, "nobody makes a cursor without the key");
    } catch (const Refusal& refusal) {
        require(refusal.code() == "invalid_cursor", "a cursor is refused as one");
    }
    const Json key{valid_utf8(text) ? Json(text) : Json(to_hex(text)), text.size()};
    const auto made = api::make_cursor(vault, route, filters, key);
    require(api::read_cursor(vault, route, filters, made) == key, "a cursor goes on where it was made");
    auto other = made;
    other[text.size() % other.size()] ^= 1;
    try {
        api::read_cursor(vault, route, filters, other);
        require(from_base64url(other) == from_base64url(made), "a cursor that was changed is refused");
    } catch (const Refusal&) {
    }
}

/// Header, then body.
void stripe_webhook(std::string_view bytes) {
    constexpr Time kThen{1'767'225'600'000};
    constexpr std::string_view kSecret = "whsec_for_this_alone";
    Input input(bytes);
    const std::string header(input.line());
    const auto text = input.rest();
    require(!payments::is_signed_by_stripe(text, header, kSecret, kThen), "nobody signs without the secret");
    const auto signed_at = std::to_string(kThen.ms / 1000);
    const auto right = "t=" + signed_at + ",v1=" + to_hex(hmac_sha256(kSecret, signed_at + '.' + std::string(text)));
    require(payments::is_signed_by_stripe(text, right, kSecret, kThen), "what is signed is taken");
    require(!payments::is_signed_by_stripe(text, right, kSecret, kThen + hours(1)), "but not an hour later");
    require(!payments::is_signed_by_stripe(std::string(text) + ' ', right, kSecret, kThen), "and not changed");
}

/// The header, then the tracker's event, which is also read as what EasyPost answers.
void easypost_webhook(std::string_view bytes) {
    constexpr std::string_view kSecret = "sécret";
    Input input(bytes);
    const auto header = input.line();
    const auto text = input.rest();
    require(!fulfillment::signed_by_easypost(text, header, kSecret), "nobody signs without the secret");
    Json event;
    try {
        event = parse_json(text);
    } catch (const Refusal&) {
        return;
    }
    const auto& tracker = member_or_null(event, "result");
    const auto news = fulfillment::tracker_events(tracker.is_object() ? tracker : event);
    require(std::is_sorted(news.begin(), news.end(), [](const auto& a, const auto& b) { return a.at < b.at; }),
            "a parcel's news is told oldest first");
    const auto rates = fulfillment::rates_in(event);
    require(std::is_sorted(rates.begin(), rates.end(), [](const auto& a, const auto& b) { return a.cost < b.cost; }),
            "the cheapest rate comes first");
    for (const auto& rate : rates) {
        require(rate.cost >= 0, "a rate costs nothing, or something");
    }
}

}  // namespace

std::vector<Target> json_targets() {
    return {{"body", body},
            {"json", json},
            {"cursor", cursor},
            {"stripe_webhook", stripe_webhook},
            {"easypost_webhook", easypost_webhook}};
}

}  // namespace orderd::fuzz
