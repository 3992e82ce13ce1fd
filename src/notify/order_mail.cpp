#include "notify/order_mail.h"

#include <fmt/format.h>

#include "base/marked_text.h"
#include "fulfillment/tracking_page.h"
#include "notify/values.h"
#include "payments/payment.h"
#include "storage/settings.h"
#include "storage/shop_zone.h"

namespace orderd::notify {

namespace {

/// The terms and the withdrawal text, in the versions that the order accepted: a customer must have them on something
/// that lasts (directive 2011/83/EU, article 8, paragraph 7).
Json legal_values(const storage::View& view, const orders::Order& order) {
    const auto zone = settings::time_zone(view);
    auto texts = Json::array();
    for (const auto& version : order.accepted_terms) {
        if (version.kind == orders::LegalKind::privacy) {
            continue;
        }
        if (const auto text = orders::find_text(view, version)) {
            texts.push_back(
                {{"title", order.language->text(fmt::format("legal.{}", orders::kLegalKinds[version.kind]))},
                 {"version", version.version},
                 {"date", order.language->date(text->created_at, *zone)},
                 {"text_lang", version.language},
                 {"text", marked_plain(text->text)},
                 {"html", marked_html(text->text)}});
        }
    }
    return texts;
}

}  // namespace

Json order_mail_values(const storage::View& view, const Desk& desk, const orders::Order& order, const OrderMail& mail) {
    auto values = order_values(view, order, desk.url(), desk.simulated);
    if (mail.name == "order_placed") {
        values["legal"] = legal_values(view, order);
    }
    if (mail.refund) {
        values["refund"] = {{"amount", order.language->money(*mail.refund, settings::currency(view))}};
    }
    if (mail.parcel) {
        values["parcel"] = fulfillment::parcel_values(order, *mail.parcel);
    }
    return values;
}

std::optional<Json> sample_values(const storage::View& view, const Desk& desk, const orders::Order& order,
                                  const std::string& name) {
    if (!order.recipient) {
        return std::nullopt;
    }
    OrderMail mail{.name = name};
    if (const auto payment = payments::find_by_order(view, order.id)) {
        for (const auto& refund : payments::refunds_of(view, payment->id)) {
            mail.refund = refund.amount;
        }
    }
    for (auto& parcel : fulfillment::shipments_of(view, order.id)) {
        mail.parcel = std::move(parcel);
    }
    return order_mail_values(view, desk, order, mail);
}

}  // namespace orderd::notify
