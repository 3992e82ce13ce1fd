#include "notify/values.h"

#include <fmt/format.h>

#include <map>

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
#include "payments/transfer_code.h"
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

/// A card's brand, or another way to pay of a gateway's, as it calls itself.
std::string brand_name(const std::string& brand) {
    static const std::map<std::string_view, std::string_view> all{
        {"amex", "American Express"}, {"ideal", "iDEAL"},          {"eps", "EPS"},
        {"sepa_debit", "SEPA"},       {"paypal", "PayPal"},        {"p24", "Przelewy24"},
        {"mb_way", "MB WAY"},         {"us_bank_account", "ACH"},  {"au_becs_debit", "BECS"},
        {"bacs_debit", "Bacs"},       {"wechat_pay", "WeChat Pay"}};
    if (const auto found = all.find(brand); found != all.end()) {
        return std::string(found->second);
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
    const bool online = payment.method == "card";
    const bool is_card = online && payment.card_last4.has_value();
    return {{"paid", payment.is_captured()},
            {"paid_on", payment.captured_at ? written.date(*payment.captured_at) : ""},
            {"authorized", payment.status == payments::Status::authorized},
            {"captured", written.sum(payment.captured)},
            {"refunded", written.sum(payment.moved_back())},
            {"to_be_refunded", written.sum(payment.to_be_sent)},
            {"refunds", std::move(refunds)},
            {"card", is_card},
            {"online", online && !is_card ? brand_name(payment.card_brand.value_or("")) : ""},
            {"brand", brand_name(payment.card_brand.value_or(""))},
            {"last4", payment.card_last4.value_or("")},
            {"bank_transfer", payment.method == "bank_transfer"},
            {"cash_on_delivery", payment.method == "cash_on_delivery"},
            {"simulated", payment.gateway == payments::Sandbox::kName},
            {"failure",
             failed ? payments::decline_text(payments::decline_of(*payment.failure_code), written.language) : ""}};
}

/// What of a line is not in stock yet, in words; empty: all of it is.
std::string awaited_text(const orders::Item& item, const Language& language) {
    if (item.awaited == 0) {
        return "";
    }
    const auto units = language.number(item.awaited);
    return item.expected_on
               ? language.say("item.awaited_until", {{"units", units}, {"day", language.date(*item.expected_on)}})
               : language.say("item.awaited", {{"units", units}});
}

Json items_json(const orders::Order& order, const Written& written) {
    auto items = Json::array();
    for (const auto& item : order.items) {
        items.push_back({{"sku", item.sku},
                         {"name", item.name},
                         {"quantity", written.language.number(item.quantity)},
                         {"unit_price", written.money(item.unit_price)},
                         {"total", written.money(item.unit_price * item.quantity)},
                         {"awaited", awaited_text(item, written.language)}});
    }
    return items;
}

}  // namespace

Json mail_values(const storage::View& view, const Language& language, const std::string& url) {
    auto values = fulfillment::shop_values(view, language);
    const auto& logo = values.at("logo");
    values["logo_url"] = logo.is_null() ? std::string() : url + "/" + logo.at("path").get<std::string>();
    return values;
}

Json tax_lines(const std::vector<orders::RateSum>& taxes, const orders::Totals& totals, const Language& language,
               std::string_view currency) {
    const bool within = totals.includes_tax();
    auto lines = Json::array();
    for (const auto& sum : taxes) {
        if (sum.tax.minor != 0) {
            lines.push_back({{"label", language.say(within ? "sum.tax_within_at" : "sum.tax_at",
                                                    {{"tax_rate", language.percent(sum.rate)}})},
                             {"tax", language.money(sum.tax, currency)}});
        }
    }
    return {{"taxes", within ? Json::array() : lines}, {"taxes_within", within ? lines : Json::array()}};
}

Json order_values(const storage::View& view, const orders::Order& order, const std::string& url, bool simulated) {
    const Written written{
        .language = *order.language, .currency = settings::currency(view), .zone = settings::time_zone(view)};
    const auto& totals = order.totals;
    const auto payment = payments::find_by_order(view, order.id);
    auto values = mail_values(view, *order.language, url);
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
    values.update(tax_lines(orders::taxes_of(order), totals, written.language, written.currency));
    values["total"] = written.money(totals.total);
    values["owed"] = written.sum(orders::balance_of(order));
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
    const bool by_hand = payment && payment->is_manual() && payment->status == payments::Status::processing;
    const bool owes_rest = orders::is_open(order.status) && order.balance.minor > 0;  // since it was edited
    const bool to_pay = owes_rest || (order.status == orders::Status::pending && !(payment && payment->is_taken()));
    values["pay_page_url"] = to_pay ? url + orders::payment_path(view.vault(), order) : "";
    values["payment_url"] = by_hand ? Json("") : values.at("pay_page_url");
    values["transfer_code"] =
        to_pay &&
        payments::transfer_code(view, orders::balance_of(order), std::to_string(number(order.id))).has_value();
    values["order_url"] = url + orders::order_path(view.vault(), order.id);
    values["tracking_page_url"] = url + fulfillment::tracking_path(view.vault(), order.id);
    return values;
}

}  // namespace orderd::notify
