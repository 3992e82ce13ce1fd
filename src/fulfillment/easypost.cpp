#include "fulfillment/easypost.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <cstdlib>

#include "base/hmac.h"
#include "base/text.h"
#include "fulfillment/easypost_json.h"
#include "fulfillment/tracking_number.h"

namespace orderd::fulfillment {

namespace {

constexpr std::size_t kMostLabel = 8 << 20;

bool was_bought(const Json& shipment) { return member_or_null(shipment, "postage_label").is_object(); }

/// EasyPost cannot say whether the label was bought, or is buying it right now.
bool is_undecided(std::string_view code) {
    return code == "SHIPMENT.PURCHASE.IN_PROGRESS" || code == "SHIPMENT.POSTAGE.TIMED_OUT" ||
           code == "SHIPMENT.POSTAGE.NO_RESPONSE";
}

}  // namespace

/// EasyPost's answer, if there was one.
struct EasyPost::Reply {
    int status = 0;
    Json body;

    bool good() const { return status >= 200 && status < 300; }
    std::string code() const { return text_member(member_or_null(body, "error"), "code"); }

    /// Throws the error as one of ours. Its message is left out: it may contain a part of an address.
    [[noreturn]] void refuse() const {
        std::string fields;
        for (const auto& fault : member_or_null(member_or_null(body, "error"), "errors")) {
            const auto field = text_member(fault, "field");
            fields += field.empty() ? "" : (fields.empty() ? ": " : ", ") + field;
        }
        const auto said = code().empty() ? fmt::format("EasyPost answered {}", status)
                                         : fmt::format("EasyPost answered {} {}{}", status, code(), fields);
        if (status == 401 || status == 403) {
            throw CarrierRefused(said + ": look at the API key");
        }
        if (status == 408 || status == 409 || status == 429 || status >= 500 || is_undecided(code())) {
            throw CarrierUnavailable(said);
        }
        throw CarrierRefused(said);
    }
};

void EasyPost::reached(Moment moment) const {
    if (at_moment) {
        at_moment(moment);
    }
}

EasyPost::Reply EasyPost::ask(const std::string& method, const std::string& path, const Json& body) {
    const auto key = options_.key();
    if (!key) {
        throw CarrierRefused("EasyPost's API key is not set");
    }
    outgoing::Request request{
        .method = method, .url = options_.url + path, .headers = {{"Authorization", "Basic " + to_base64(*key + ":")}}};
    request.answer_within = options_.answer_within;
    if (!body.is_null()) {
        request.body = body.dump();
        request.content_type = "application/json";
    }
    try {
        const auto answer = outgoing_.send(request);
        auto json = Json::parse(answer.body, nullptr, false);
        if (json.is_discarded()) {
            if (answer.status < 300) {
                throw CarrierUnavailable("EasyPost's answer is not valid JSON");
            }
            json = nullptr;
        }
        return {.status = answer.status, .body = std::move(json)};
    } catch (const outgoing::Trouble& trouble) {
        throw CarrierUnavailable(trouble.what());
    }
}

Json EasyPost::get(const std::string& id) {
    auto reply = ask("GET", "/shipments/" + id);
    if (!reply.good()) {
        reply.refuse();
    }
    return std::move(reply.body);
}

std::optional<Json> EasyPost::find(const std::string& id_or_reference) {
    auto reply = ask("GET", "/shipments/" + id_or_reference);
    if (reply.status == 404) {
        return std::nullopt;
    }
    if (!reply.good()) {
        reply.refuse();
    }
    return std::move(reply.body);
}

Json EasyPost::make(Json json, const std::string& reference) {
    if (!reference.empty()) {
        json["reference"] = reference;
    }
    auto reply = ask("POST", "/shipments", {{"shipment", std::move(json)}});
    if (!reply.good() || text_member(reply.body, "id").empty()) {
        reply.refuse();
    }
    return std::move(reply.body);
}

std::vector<Rate> EasyPost::rates(const Consignment& consignment) {
    return rates_in(make(shipment_json(consignment), ""));
}

/// Rates expire, so those of a shipment that was created some time ago are requested again.
Json EasyPost::with_new_rates(Json shipment) {
    if (!was_bought(shipment)) {
        auto reply = ask("POST", fmt::format("/shipments/{}/rerate", text_member(shipment, "id")));
        if (!reply.good()) {
            reply.refuse();
        }
        shipment["rates"] = member_or_null(reply.body, "rates");
    }
    return shipment;
}

/// The EasyPost shipment under which the label is, or will be, bought.
Json EasyPost::made(const Consignment& consignment, const Remember& remember) {
    auto wanted = shipment_json(consignment);  // throws before the first request if no label can be bought
    const auto reference = reference_of(consignment);
    const auto& known = consignment.shipment.carrier_reference;
    auto found = known ? find(*known) : std::nullopt;
    if (found && (was_bought(*found) || text_member(*found, "reference") == reference)) {
        return with_new_rates(std::move(*found));
    }
    // It may exist from before a crash, or from a request whose answer was lost.
    found = find(reference);
    if (found) {
        found = with_new_rates(std::move(*found));
    } else {
        reached(Moment::before_making);
        found = make(std::move(wanted), reference);
        reached(Moment::after_making);
    }
    const auto id = text_member(*found, "id");
    const auto counts = remember(id);
    return counts == id ? std::move(*found) : get(counts);  // another worker was first
}

Json EasyPost::bought(Json shipment, const Consignment& consignment) {
    const auto id = text_member(shipment, "id");
    if (was_bought(shipment)) {
        return shipment;
    }
    const auto rates = rates_in(shipment);
    const auto& rate = choose(rates, consignment.shipment.service);
    reached(Moment::before_buying);
    auto reply = ask("POST", fmt::format("/shipments/{}/buy", id), {{"rate", {{"id", rate.id}}}});
    reached(Moment::after_buying);
    if (reply.good() && was_bought(reply.body)) {
        return std::move(reply.body);
    }
    if (reply.code() == "SHIPMENT.POSTAGE.EXISTS") {
        return get(id);
    }
    if (reply.good()) {
        throw CarrierUnavailable("EasyPost answered without a label");
    }
    reply.refuse();
}

std::string EasyPost::download(const Json& label, const char* member_name) {
    const auto url = text_member(label, member_name);
    if (!outgoing::is_outgoing_url(url)) {
        throw CarrierUnavailable(fmt::format("EasyPost gave no {}", member_name));
    }
    outgoing::Request request{.url = url};
    request.answer_within = options_.answer_within;
    request.most_answer = kMostLabel;
    try {
        auto answer = outgoing_.send(request);
        if (answer.status != 200 || answer.body.empty()) {
            throw CarrierUnavailable(fmt::format("the label could not be fetched: {}", answer.status));
        }
        return std::move(answer.body);
    } catch (const outgoing::Trouble& trouble) {
        throw CarrierUnavailable(trouble.what());
    }
}

Label EasyPost::buy(const Consignment& consignment, const Remember& remember) {
    const auto shipment = bought(made(consignment, remember), consignment);
    const auto id = text_member(shipment, "id");
    const auto& rate = member_or_null(shipment, "selected_rate");
    reached(Moment::before_fetching);
    Label label{.tracking_number = text_member(shipment, "tracking_code")};
    label.png = download(member_or_null(shipment, "postage_label"), "label_url");
    // The ZPL is made on demand; some carriers have none.
    const auto converted = ask("GET", fmt::format("/shipments/{}/label?file_format=ZPL", id));
    if (converted.status == 429 || converted.status >= 500) {
        converted.refuse();
    }
    if (const auto& both = member_or_null(converted.body, "postage_label");
        !text_member(both, "label_zpl_url").empty()) {
        label.zpl = download(both, "label_zpl_url");
    }
    if (const auto chosen = rate_from(rate)) {
        label.service = chosen->service;
        label.cost = chosen->cost;
        label.cost_currency = chosen->currency;
    }
    const auto carrier = folded(text_member(rate, "carrier"));
    label.tracked_by = carrier.empty() ? std::nullopt : std::optional(carrier);
    if (const auto known = recognise(label.tracking_number)) {
        label.tracked_by = known->carrier;
        label.tracking_url = known->url.empty() ? std::nullopt : std::optional(known->url);
    }
    if (const auto page = text_member(member_or_null(shipment, "tracker"), "public_url");
        !label.tracking_url && page.starts_with("https://")) {
        label.tracking_url = page;
    }
    label.is_followed = true;
    return label;
}

void EasyPost::give_back(const std::string& reference) {
    const auto shipment = find(reference);
    if (!shipment || !was_bought(*shipment)) {
        return;
    }
    const auto status = text_member(*shipment, "refund_status");
    if (status == "submitted" || status == "refunded") {
        return;
    }
    if (status == "rejected") {
        throw CarrierRefused("the carrier does not refund this label: it was used, or is too old");
    }
    const auto reply = ask("POST", fmt::format("/shipments/{}/refund", reference));
    if (!reply.good()) {
        reply.refuse();
    }
    if (text_member(reply.body, "refund_status") == "rejected") {
        throw CarrierRefused("the carrier does not refund this label: it was used, or is too old");
    }
}

std::vector<TrackingEvent> EasyPost::follow(const Shipment& shipment) {
    if (!shipment.carrier_reference) {  // bought elsewhere: the same number returns the same tracker
        auto reply =
            ask("POST", "/trackers", {{"tracker", {{"tracking_code", shipment.tracking_number.value_or("")}}}});
        if (!reply.good()) {
            reply.refuse();
        }
        return tracker_events(reply.body);
    }
    return tracker_events(member_or_null(get(*shipment.carrier_reference), "tracker"));
}

bool signed_by_easypost(std::string_view body, std::string_view signature, std::string_view secret) {
    const std::string text(secret);
    auto* decomposed = utf8proc_NFKD(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str()));
    const std::string key = decomposed == nullptr ? text : reinterpret_cast<const char*>(decomposed);
    std::free(decomposed);  // utf8proc allocates with malloc
    return equal_in_constant_time("hmac-sha256-hex=" + to_hex(hmac_sha256(key, body)), signature);
}

}  // namespace orderd::fulfillment
