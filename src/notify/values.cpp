#include "notify/values.h"

#include <fmt/format.h>

#include "base/plain_time.h"
#include "base/text.h"
#include "fulfillment/label.h"
#include "fulfillment/shop_values.h"
#include "fulfillment/tracking_page.h"
#include "notify/mail_settings.h"
#include "orders/links.h"
#include "payments/choosing.h"
#include "payments/declines.h"
#include "payments/payment.h"
#include "payments/sandbox.h"
#include "storage/settings.h"
#include "storage/shop_zone.h"

namespace orderd::notify {

namespace {

std::string sum(Money amount, const std::string& currency) {
    return amount.minor == 0 ? "" : format_money(amount, currency);
}

/// "19 %", "8.875 %".
std::string percent(Rate rate) {
    if (rate.ppm == 0) {
        return "";
    }
    auto text = fmt::format("{}.{:04}", rate.ppm / 10'000, rate.ppm % 10'000);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) {
        text.pop_back();
    }
    return text + " %";
}

std::string brand_name(const std::string& brand) {
    if (brand == "amex") {
        return "American Express";
    }
    return brand.empty() ? "" : in_capitals(brand.substr(0, 1)) + brand.substr(1);
}

Json payment_values(const storage::View& view, const payments::Payment& payment, const std::string& currency,
                    const TimeZone& zone) {
    auto refunds = Json::array();
    for (const auto& refund : payments::refunds_of(view, payment.id)) {
        if (refund.status == payments::RefundStatus::pending || refund.status == payments::RefundStatus::succeeded) {
            refunds.push_back({{"amount", format_money(refund.amount, currency)},
                               {"date", plain_date(refund.sent_at.value_or(refund.at), zone)},
                               {"pending", refund.status == payments::RefundStatus::pending}});
        }
    }
    const bool failed = payment.status == payments::Status::failed && payment.failure_code;
    return {{"paid", payment.is_captured()},
            {"paid_on", payment.captured_at ? plain_date(*payment.captured_at, zone) : ""},
            {"authorized", payment.status == payments::Status::authorized},
            {"captured", sum(payment.captured, currency)},
            {"refunded", sum(payment.moved_back(), currency)},
            {"to_be_refunded", sum(payment.to_be_sent, currency)},
            {"refunds", std::move(refunds)},
            {"card", payment.method == "card"},
            {"brand", brand_name(payment.card_brand.value_or(""))},
            {"last4", payment.card_last4.value_or("")},
            {"bank_transfer", payment.method == "bank_transfer"},
            {"cash_on_delivery", payment.method == "cash_on_delivery"},
            {"simulated", payment.gateway == payments::Sandbox::kName},
            {"failure", failed ? payments::decline_of(*payment.failure_code).text : ""}};
}

Json items_json(const orders::Order& order, const std::string& currency) {
    auto items = Json::array();
    for (const auto& item : order.items) {
        items.push_back({{"sku", item.sku},
                         {"name", item.name},
                         {"quantity", item.quantity},
                         {"unit_price", format_money(item.unit_price, currency)},
                         {"total", format_money(item.unit_price * item.quantity, currency)}});
    }
    return items;
}

}  // namespace

Json order_values(const storage::View& view, const orders::Order& order, const std::string& url, bool simulated) {
    const auto currency = settings::currency(view);
    const auto zone = settings::time_zone(view);
    const auto& totals = order.totals;
    const auto payment = payments::find_by_order(view, order.id);
    auto values = fulfillment::shop_values(view);
    const auto shop_address = settings::read(view, "shop_address").value_or(nullptr);
    const auto from_country = shop_address.is_object() ? text_member(shop_address, "country") : "";

    values["title"] = fmt::format("Order {}", number(order.id));
    values["order_number"] = number(order.id);
    values["order_date"] = plain_date(order.placed_at, *zone);
    values["customer_name"] = order.recipient ? order.recipient->contact.name : "";
    values["address"] = Json::array();
    if (order.recipient) {
        values["address"] = fulfillment::address_lines(order.recipient->address, from_country);
        values.at("address").insert(values.at("address").begin(), order.recipient->contact.name);
    }
    values["items"] = items_json(order, currency);
    values["subtotal"] = format_money(totals.subtotal, currency);
    values["discount"] = sum(totals.discount, currency);
    values["shipping"] = sum(totals.shipping, currency);
    values["tax"] = sum(totals.tax, currency);
    values["tax_included"] = sum(totals.tax_included, currency);
    values["tax_rate"] = percent(totals.tax_rate);
    values["total"] = format_money(totals.total, currency);
    values["waiting"] = order.status == orders::Status::pending;
    values["cancelled"] = order.status == orders::Status::cancelled;
    values["expired"] = order.status == orders::Status::expired;
    values["expires_at"] =
        order.status == orders::Status::pending && order.expires_at ? plain_time(*order.expires_at, *zone) : "";
    values["payment"] = payment ? payment_values(view, *payment, currency, *zone) : Json(nullptr);
    values["simulated"] = payment ? values.at("payment").at("simulated").get<bool>() : simulated;
    values["bank_details"] = Json::array();
    const auto details = payments::read_bank_details(view);
    for (std::size_t at = 0; at < details.size();) {
        const auto end = std::min(details.find('\n', at), details.size());
        values.at("bank_details").push_back(details.substr(at, end - at));
        at = end + 1;
    }
    values["receipt_url"] = url + orders::receipt_path(view.vault(), order.id);
    values["tracking_page_url"] = url + fulfillment::tracking_path(view.vault(), order.id);
    return values;
}

}  // namespace orderd::notify
