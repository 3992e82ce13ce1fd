#include "fulfillment/easypost.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utf8proc.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/hmac.h"
#include "base/money.h"
#include "base/text.h"
#include "fulfillment/tracking_number.h"

namespace orderd::fulfillment {

namespace {

constexpr double kGramsInOunce = 28.349523125;
constexpr double kMillimetresInInch = 25.4;
constexpr std::size_t kMostLabel = 8 << 20;

bool was_bought(const Json& shipment) { return member_or_null(shipment, "postage_label").is_object(); }

/// EasyPost cannot say whether the label was bought, or is just buying it.
bool is_undecided(std::string_view code) {
    return code == "SHIPMENT.PURCHASE.IN_PROGRESS" || code == "SHIPMENT.POSTAGE.TIMED_OUT" ||
           code == "SHIPMENT.POSTAGE.NO_RESPONSE";
}

Json address_json(const accounts::Address& address, const std::string& name, const std::string& company,
                  const std::string& phone) {
    Json json = {{"street1", address.line1}, {"street2", address.line2},   {"city", address.city},
                 {"state", address.region},  {"zip", address.postal_code}, {"country", address.country}};
    const auto add = [&](const char* member, const std::string& value) {
        if (!value.empty()) {
            json[member] = value;
        }
    };
    add("name", name);
    add("company", company);
    add("phone", phone);
    return json;
}

/// One decimal place, as EasyPost keeps it; never nothing.
double measure(double value) { return std::max(std::round(value * 10) / 10, 0.1); }

Json parcel_json(const Parcel& parcel) {
    if (!parcel.weight_g) {
        throw CarrierRefused("EasyPost asks what the parcel weighs, and nobody knows: start it again with a weight");
    }
    Json json = {{"weight", measure(static_cast<double>(*parcel.weight_g) / kGramsInOunce)}};
    const auto add = [&](const char* member, const std::optional<std::int64_t>& length) {
        if (length) {
            json[member] = measure(static_cast<double>(*length) / kMillimetresInInch);
        }
    };
    add("length", parcel.length_mm);
    add("width", parcel.width_mm);
    add("height", parcel.height_mm);
    return json;
}

/// What one unit weighs whose weight is not known: an equal share of what the parcel weighs beside the others.
double unknown_share(const Consignment& consignment) {
    auto left = consignment.shipment.parcel.weight_g.value_or(0);
    Quantity units = 0;
    for (const auto& content : consignment.contents) {
        left -= content.weight_g.value_or(0) * content.quantity;
        units += content.weight_g ? 0 : content.quantity;
    }
    if (units > 0 && left < 1) {
        throw CarrierRefused("the parcel weighs no more than the products whose weight is known: look at both weights");
    }
    return units == 0 ? 0 : static_cast<double>(left) / static_cast<double>(units);
}

/// An amount as EasyPost's CustomsItem has it: a number, in whole units of its currency.
double decimal_amount(Money amount, std::string_view currency) {
    const int digits = currency_exponent(currency).value_or(2);
    return static_cast<double>(amount.minor) / std::pow(10.0, digits);
}

Json customs_json(const Consignment& consignment) {
    auto items = Json::array();
    const auto share = unknown_share(consignment);
    for (const auto& content : consignment.contents) {
        const auto grams = content.weight_g ? static_cast<double>(*content.weight_g) : share;
        const auto weight = grams / kGramsInOunce;
        items.push_back({{"description", content.name},
                         {"quantity", content.quantity},
                         {"value", decimal_amount(content.unit_price * content.quantity, consignment.currency)},
                         {"currency", consignment.currency},
                         {"weight", measure(weight * static_cast<double>(content.quantity))},
                         {"origin_country", consignment.from.address.country}});
    }
    return {{"contents_type", "merchandise"},
            {"restriction_type", "none"},
            {"customs_certify", true},
            {"customs_signer", consignment.from.name},
            {"customs_items", std::move(items)}};
}

Json shipment_json(const Consignment& consignment) {
    if (consignment.from.address.line1.empty()) {
        throw CarrierRefused("the shop has no address: set it in the settings first");
    }
    const auto& to = consignment.to;
    Json json = {{"to_address", address_json(to.address, to.contact.name, "", to.contact.phone)},
                 {"from_address", address_json(consignment.from.address, "", consignment.from.name, "")},
                 {"parcel", parcel_json(consignment.shipment.parcel)},
                 {"options", {{"label_format", "PNG"}, {"label_size", "4x6"}}}};
    if (to.address.country != consignment.from.address.country) {
        json["customs_info"] = customs_json(consignment);
    }
    return json;
}

std::string reference_of(const Consignment& consignment) {
    return fmt::format("orderd-{}-{}", number(consignment.shipment.id), consignment.fingerprint);
}

/// "5.60 USD": amounts are decimals in text, or numbers.
std::optional<Rate> rate_from(const Json& json) {
    const auto& amount = member_or_null(json, "rate");
    auto decimal = amount.is_string()   ? amount.get<std::string>()
                   : amount.is_number() ? fmt::format("{:.2f}", amount.get<double>())
                                        : std::string();
    const auto currency = text_member(json, "currency");
    // Five decimals come with zeros that say nothing: "7.58000".
    const auto point = decimal.find('.');
    while (point != std::string::npos && decimal.size() > point + 3 && decimal.back() == '0') {
        decimal.pop_back();
    }
    const auto money = currency_exponent(currency) ? parse_money(decimal, currency) : std::nullopt;
    const auto id = text_member(json, "id");
    if (id.empty() || !money) {
        return std::nullopt;
    }
    const auto& days = member_or_null(json, "delivery_days");
    return Rate{.id = id,
                .service = fmt::format("{} {}", text_member(json, "carrier"), text_member(json, "service")),
                .cost = money->minor,
                .currency = currency,
                .days = days.is_number_integer() ? std::optional(days.get<std::int64_t>()) : std::nullopt};
}

std::vector<Rate> rates_in(const Json& shipment) {
    std::vector<Rate> rates;
    for (const auto& json : member_or_null(shipment, "rates")) {
        if (auto rate = rate_from(json)) {
            rates.push_back(std::move(*rate));
        }
    }
    std::sort(rates.begin(), rates.end(), [](const Rate& a, const Rate& b) { return a.cost < b.cost; });
    return rates;
}

/// The rate of a service as rates() names it; the cheapest where none was asked for.
const Rate& choose(const std::vector<Rate>& rates, const std::string& service) {
    if (rates.empty()) {
        throw CarrierRefused("EasyPost has no rate for this parcel: look at its address, weight and size");
    }
    if (service == "standard" || service == "cheapest") {
        return rates.front();
    }
    const auto found = std::find_if(rates.begin(), rates.end(),
                                    [&](const Rate& rate) { return folded(rate.service) == folded(service); });
    if (found == rates.end()) {
        std::vector<std::string_view> names;
        for (const auto& rate : rates) {
            names.push_back(rate.service);
        }
        throw CarrierRefused(
            fmt::format("\"{}\" is not offered for this parcel; it can be {}", service, fmt::join(names, ", ")));
    }
    return *found;
}

}  // namespace

/// What EasyPost answered, where it did.
struct EasyPost::Reply {
    int status = 0;
    Json body;

    bool good() const { return status >= 200 && status < 300; }
    std::string code() const { return text_member(member_or_null(body, "error"), "code"); }

    /// The error as one of ours. Its message is left out: it may hold a part of an address.
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
                throw CarrierUnavailable("EasyPost's answer cannot be read");
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

/// Rates grow old; those of a shipment that was made some time ago are asked for again.
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

/// EasyPost's shipment under which the label is, or will be, bought.
Json EasyPost::made(const Consignment& consignment, const Remember& remember) {
    auto wanted = shipment_json(consignment);  // what cannot be bought is found before anything is asked
    const auto reference = reference_of(consignment);
    const auto& known = consignment.shipment.carrier_reference;
    auto found = known ? find(*known) : std::nullopt;
    if (found && (was_bought(*found) || text_member(*found, "reference") == reference)) {
        return with_new_rates(std::move(*found));
    }
    // Made before a crash, or by a request whose answer was lost.
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
    return counts == id ? std::move(*found) : get(counts);  // another worker was faster
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
    // The ZPL is made when it is asked for; some carriers have none.
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
    if (!shipment.carrier_reference) {  // bought elsewhere: the same number gets the same tracker again
        auto reply =
            ask("POST", "/trackers", {{"tracker", {{"tracking_code", shipment.tracking_number.value_or("")}}}});
        if (!reply.good()) {
            reply.refuse();
        }
        return tracker_events(reply.body);
    }
    return tracker_events(member_or_null(get(*shipment.carrier_reference), "tracker"));
}

std::vector<TrackingEvent> tracker_events(const Json& tracker) {
    static const std::vector<std::pair<std::string_view, Status>> kStatuses{
        {"in_transit", Status::in_transit},     {"out_for_delivery", Status::out_for_delivery},
        {"delivered", Status::delivered},       {"available_for_pickup", Status::out_for_delivery},
        {"return_to_sender", Status::returned}, {"failure", Status::exception},
        {"error", Status::exception},
    };
    std::vector<TrackingEvent> events;
    for (const auto& detail : member_or_null(tracker, "tracking_details")) {
        const auto status = text_member(detail, "status");
        const auto known =
            std::find_if(kStatuses.begin(), kStatuses.end(), [&](const auto& pair) { return pair.first == status; });
        const auto at = parse_time(text_member(detail, "datetime"));
        if (known == kStatuses.end() || !at) {
            continue;
        }
        std::string location;
        for (const auto* part : {"city", "state", "country"}) {
            const auto text = text_member(member_or_null(detail, "tracking_location"), part);
            location += text.empty() ? "" : (location.empty() ? "" : ", ") + text;
        }
        const auto cut = [](std::string text, std::size_t most) {
            return code_points(text) > most || has_control(text, false) ? std::string() : text;
        };
        events.push_back({.status = known->second,
                          .description = cut(text_member(detail, "message"), 500),
                          .location = cut(location, 200),
                          .at = *at});
    }
    std::stable_sort(events.begin(), events.end(),
                     [](const TrackingEvent& a, const TrackingEvent& b) { return a.at < b.at; });
    return events;
}

bool signed_by_easypost(std::string_view body, std::string_view signature, std::string_view secret) {
    const std::string text(secret);
    auto* decomposed = utf8proc_NFKD(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str()));
    const std::string key = decomposed == nullptr ? text : reinterpret_cast<const char*>(decomposed);
    std::free(decomposed);  // utf8proc hands out what malloc gave it
    return equal_in_constant_time("hmac-sha256-hex=" + to_hex(hmac_sha256(key, body)), signature);
}

}  // namespace orderd::fulfillment
