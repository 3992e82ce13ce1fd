#include "notify/values.h"

#include <fmt/format.h>

#include "base/text.h"
#include "documents/document.h"
#include "documents/links.h"
#include "fulfillment/delivery_values.h"
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

/// How an order's language writes the shop's money and days.
struct Written {
    const Language& language;
    std::string currency;
    std::shared_ptr<const TimeZone> zone;

    std::string money(Money amount) const { return language.money(amount, currency); }
    std::string sum(Money amount) const { return amount.minor == 0 ? "" : money(amount); }
    std::string percent(Rate rate) const { return rate.ppm == 0 ? "" : language.percent(rate); }
    std::string date(Time t) const { return language.date(t, *zone); }
};

std::string brand_name(const std::string& brand) {
    if (brand == "amex") {
        return "American Express";
    }
    return brand.empty() ? "" : in_capitals(brand.substr(0, 1)) + brand.substr(1);
}

Json payment_values(const storage::View& view, const payments::Payment& payment, const Written& written) {
    auto refunds = Json::array();
    for (const auto& refund : payments::refunds_of(view, payment.id)) {
        if (refund.status == payments::RefundStatus::pending || refund.status == payments::RefundStatus::succeeded) {
            refunds.push_back({{"amount", written.money(refund.amount)},
                               {"date", written.date(refund.sent_at.value_or(refund.at))},
                               {"pending", refund.status == payments::RefundStatus::pending}});
        }
    }
    const bool failed = payment.status == payments::Status::failed && payment.failure_code;
    return {{"paid", payment.is_captured()},
            {"paid_on", payment.captured_at ? written.date(*payment.captured_at) : ""},
            {"authorized", payment.status == payments::Status::authorized},
            {"captured", written.sum(payment.captured)},
            {"refunded", written.sum(payment.moved_back())},
            {"to_be_refunded", written.sum(payment.to_be_sent)},
            {"refunds", std::move(refunds)},
            {"card", payment.method == "card"},
            {"brand", brand_name(payment.card_brand.value_or(""))},
            {"last4", payment.card_last4.value_or("")},
            {"bank_transfer", payment.method == "bank_transfer"},
            {"cash_on_delivery", payment.method == "cash_on_delivery"},
            {"simulated", payment.gateway == payments::Sandbox::kName},
            {"failure",
             failed ? payments::decline_text(payments::decline_of(*payment.failure_code), written.language) : ""}};
}

Json items_json(const orders::Order& order, const Written& written) {
    auto items = Json::array();
    for (const auto& item : order.items) {
        items.push_back({{"sku", item.sku},
                         {"name", item.name},
                         {"quantity", written.language.number(item.quantity)},
                         {"unit_price", written.money(item.unit_price)},
                         {"total", written.money(item.unit_price * item.quantity)}});
    }
    return items;
}

/// A line for each rate of the order's taxes. `said_as`: the message's key, "sum.tax_at".
Json taxes_json(const orders::Order& order, const Written& written, std::string_view said_as) {
    auto taxes = Json::array();
    for (const auto& sum : orders::taxes_of(order)) {
        if (sum.tax.minor != 0) {
            taxes.push_back({{"label", written.language.say(said_as, {{"tax_rate", written.percent(sum.rate)}})},
                             {"tax", written.money(sum.tax)}});
        }
    }
    return taxes;
}

}  // namespace

Json order_values(const storage::View& view, const orders::Order& order, const std::string& url, bool simulated) {
    const Written written{
        .language = *order.language, .currency = settings::currency(view), .zone = settings::time_zone(view)};
    const auto& totals = order.totals;
    const auto payment = payments::find_by_order(view, order.id);
    auto values = fulfillment::shop_values(view);
    const auto shop_address = settings::read(view, "shop_address").value_or(nullptr);
    const auto from_country = shop_address.is_object() ? text_member(shop_address, "country") : "";

    values["title"] = written.language.say("order.title", {{"order_number", std::to_string(number(order.id))}});
    values["order_number"] = number(order.id);
    values["order_date"] = written.date(order.placed_at);
    values["customer_name"] = order.recipient ? order.recipient->contact.name : "";
    values["address"] = Json::array();
    if (order.recipient) {
        const bool is_fetched = order.delivery && order.delivery->kind == orders::DeliveryKind::pickup;
        if (!is_fetched) {  // the address of a pickup is the place's
            values["address"] = fulfillment::address_lines(order.recipient->address, from_country, written.language);
        }
        values.at("address").insert(values.at("address").begin(), order.recipient->contact.name);
    }
    values["items"] = items_json(order, written);
    values["subtotal"] = written.money(totals.subtotal);
    values["discount"] = written.sum(totals.discount);
    values["shipping"] = written.sum(totals.shipping);
    values["tax"] = written.sum(totals.tax);
    values["tax_included"] = written.sum(totals.tax_included);
    values["tax_rate"] = written.percent(totals.tax_rate);
    values["taxes"] = totals.includes_tax() ? Json::array() : taxes_json(order, written, "sum.tax_at");
    values["taxes_within"] = totals.includes_tax() ? taxes_json(order, written, "sum.tax_within_at") : Json::array();
    values["total"] = written.money(totals.total);
    values["waiting"] = order.status == orders::Status::pending;
    values["cancelled"] = order.status == orders::Status::cancelled;
    values["expired"] = order.status == orders::Status::expired;
    values["expires_at"] = order.status == orders::Status::pending && order.expires_at
                               ? written.language.time(*order.expires_at, *written.zone)
                               : "";
    values["payment"] = payment ? payment_values(view, *payment, written) : Json(nullptr);
    values["simulated"] = payment ? values.at("payment").at("simulated").get<bool>() : simulated;
    values["bank_details"] = fulfillment::lines_of(payments::read_bank_details(view));
    values["delivery"] = fulfillment::delivery_values(view, order);
    values["documents"] = Json::array();
    for (const auto& document : documents::documents_of(view, order.id)) {
        values.at("documents")
            .push_back({{"title", documents::title_of(document.kind, *order.language)},
                        {"number", document.number},
                        {"date", order.language->date(document.issued_on)},
                        {"url", url + documents::document_path(view.vault(), order.id, document.id)}});
    }
    values["receipt_url"] = url + orders::receipt_path(view.vault(), order.id);
    values["tracking_page_url"] = url + fulfillment::tracking_path(view.vault(), order.id);
    return values;
}

}  // namespace orderd::notify
