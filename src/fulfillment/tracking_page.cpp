#include "fulfillment/tracking_page.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include "base/text.h"
#include "fulfillment/label.h"
#include "storage/settings.h"

namespace orderd::fulfillment {

namespace {

std::string key_of(const storage::Vault& vault, OrderId order) {
    return to_base64url(vault.keyed_hash("tracking page", std::to_string(number(order))));
}

std::string_view in_words(Status status) {
    switch (status) {
        case Status::label_pending:
        case Status::label_ready: return "Being packed";
        case Status::in_transit: return "On its way";
        case Status::out_for_delivery: return "Out for delivery";
        case Status::delivered: return "Delivered";
        case Status::exception: return "Held up";
        case Status::returned: return "Going back to the sender";
        case Status::voided:
        case Status::failed: break;
    }
    return "";
}

std::string_view in_words(orders::Status status, bool has_parcels) {
    using orders::Status;
    switch (status) {
        case Status::pending: return "The order waits for its payment.";
        case Status::paid: return "The order is being prepared.";
        case Status::processing: return "The order is being packed.";
        case Status::partially_shipped: return "A part of the order is on its way.";
        case Status::shipped: return has_parcels ? "The order is on its way." : "The order has left.";
        case Status::delivered: return "The order was delivered.";
        case Status::returned: return "The order came back.";
        case Status::cancelled: return "The order was cancelled.";
        case Status::expired: return "The order was not paid in time, and is closed.";
    }
    return "";
}

std::string carrier_name(const Shipment& shipment) {
    const auto& by = shipment.tracked_by;
    if (!by) {
        return "";
    }
    if (*by == "fedex") {
        return "FedEx";
    }
    if (by->starts_with("post-")) {
        auto country = by->substr(5);
        std::transform(country.begin(), country.end(), country.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        return fmt::format("Post ({})", country);
    }
    auto name = *by;
    if (name.size() <= 4) {  // UPS, USPS, DHL
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    }
    return name;
}

/// "2026-01-01 10:30 UTC"
std::string moment(Time time) {
    const auto text = rfc3339(time);
    return fmt::format("{} {} UTC", text.substr(0, 10), text.substr(11, 5));
}

std::string steps_html(const storage::View& view, const Shipment& shipment) {
    auto events = events_of(view, shipment.id);
    if (events.empty()) {
        return "";
    }
    std::string html = "<ol>\n";
    for (auto it = events.rbegin(); it != events.rend(); ++it) {
        html += fmt::format("<li>{}<br><small>{}{}{}</small></li>\n",
                            escape_html(it->description.empty() ? in_words(it->status) : it->description),
                            moment(it->at), it->location.empty() ? "" : " · ", escape_html(it->location));
    }
    return html + "</ol>\n";
}

std::string parcel_html(const storage::View& view, const orders::Order& order, const Shipment& shipment, int count) {
    const auto carrier = escape_html(carrier_name(shipment));
    auto html = fmt::format("<section>\n<h2>Parcel {}</h2>\n<p class=\"status\">{}</p>\n<dl>\n", count,
                            in_words(shipment.status));
    if (shipment.tracking_number) {
        html += fmt::format("<dt>Tracking number</dt><dd>{} <small>{}</small></dd>\n",
                            escape_html(*shipment.tracking_number), carrier);
    }
    if (shipment.shipped_at) {
        html += fmt::format("<dt>Shipped</dt><dd>{}</dd>\n", moment(*shipment.shipped_at));
    }
    if (shipment.delivered_at) {
        html += fmt::format("<dt>Delivered</dt><dd>{}</dd>\n", moment(*shipment.delivered_at));
    }
    html += "<dt>In this parcel</dt>\n";
    for (const auto& units : shipment.items) {
        html += fmt::format("<dd>{} × {}</dd>\n", units.quantity,
                            escape_html(orders::line(order, units.item, "/items").name));
    }
    html += "</dl>\n";
    if (shipment.tracking_url && shipment.tracking_url->starts_with("https://")) {
        html += fmt::format("<p><a href=\"{}\" rel=\"noreferrer noopener\">Follow it at {}</a></p>\n",
                            escape_html(*shipment.tracking_url), carrier.empty() ? "the carrier" : carrier);
    }
    return html + steps_html(view, shipment) + "</section>\n";
}

constexpr std::string_view kStyle = R"css(
:root { color-scheme: light dark; --text: #1c2024; --soft: #59636e; --line: #d9dee3; --page: #f4f6f8; --paper: #fff;
  --link: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e9ec; --soft: #a6b0ba; --line: #3a424a; --page: #121518; --paper: #1b1f24; --link: #7db8f5; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 0 1rem 3rem; font: 16px/1.55 system-ui, sans-serif; color: var(--text);
  background: var(--page); overflow-wrap: anywhere; }
header, main, footer { max-width: 40rem; margin: 0 auto; }
header p { margin: 0; padding: 1.5rem 0 1rem; font-size: 1.15rem; font-weight: 650; }
main { padding: clamp(1.1rem, 4vw, 2.25rem); background: var(--paper); border: 1px solid var(--line);
  border-radius: .75rem; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 2rem 0 0; padding-top: 1.25rem; font-size: 1rem; border-top: 1px solid var(--line); }
.status { margin: .25rem 0; font-size: 1.25rem; font-weight: 650; }
dt { margin-top: .75rem; font-size: .85rem; font-weight: 600; color: var(--soft); }
dd { margin: 0; }
small, footer { color: var(--soft); }
a { display: inline-block; padding: .75rem 0; color: var(--link); }
ol { margin: 1rem 0; padding: 0; list-style: none; }
li { padding: 0 0 1rem 1rem; border-left: 2px solid var(--line); }
footer { padding-top: 1.25rem; font-size: .9rem; }
)css";

}  // namespace

std::string tracking_path(const storage::Vault& vault, OrderId order) {
    return fmt::format("/track/{}-{}", number(order), key_of(vault, order));
}

std::optional<OrderId> order_of_link(const storage::Vault& vault, std::string_view token) {
    const auto dash = token.find('-');
    const auto id = dash == std::string_view::npos ? std::nullopt : parse_integer(token.substr(0, dash));
    if (!id || !equal_in_constant_time(token.substr(dash + 1), key_of(vault, OrderId{*id}))) {
        return std::nullopt;
    }
    return OrderId{*id};
}

std::string tracking_page(const storage::View& view, const orders::Order& order) {
    std::string parcels;
    int count = 0;
    for (const auto& shipment : shipments_of(view, order.id)) {
        if (shipment.status != Status::voided && shipment.status != Status::failed) {
            parcels += parcel_html(view, order, shipment, ++count);
        }
    }
    std::string address;
    if (const auto setting = settings::read(view, "shop_address"); setting && setting->is_object()) {
        for (const auto& line : address_lines(accounts::address_from(*setting), "")) {
            address += "<br>" + escape_html(line);
        }
    }
    const auto shop = escape_html(settings::shop_name(view));
    return fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\">\n<title>Order {0} · {1}</title>\n<style>{2}</style>\n"
        "</head>\n<body>\n<header><p>{1}</p></header>\n<main>\n<h1>Order {0}</h1>\n<p>{3}</p>\n{4}</main>\n"
        "<footer><p>{1}{5}</p></footer>\n</body>\n</html>\n",
        number(order.id), shop, kStyle, in_words(order.status, count > 0), parcels, address);
}

const std::string& tracking_policy() {
    static const auto policy = [] {
        std::string hash(crypto_hash_sha256_BYTES, '\0');
        crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                           reinterpret_cast<const unsigned char*>(kStyle.data()), kStyle.size());
        std::string text(sodium_base64_ENCODED_LEN(hash.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
        sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(hash.data()), hash.size(),
                          sodium_base64_VARIANT_ORIGINAL);
        text.pop_back();  // its end of string
        return fmt::format(
            "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'",
            text);
    }();
    return policy;
}

}  // namespace orderd::fulfillment
