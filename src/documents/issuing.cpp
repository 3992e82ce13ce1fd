#include "documents/issuing.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/price_step.h"
#include "documents/lines.h"
#include "documents/settings.h"
#include "fulfillment/shipment.h"
#include "orders/tax_rates.h"
#include "payments/payment.h"
#include "storage/settings.h"
#include "storage/shop_zone.h"

namespace orderd::documents {

namespace {

using orders::Order;

bool has_ended(const Order& order) {
    return order.status == orders::Status::cancelled || order.status == orders::Status::expired;
}

std::vector<payments::Refund> refunds_of(const storage::View& view, const std::optional<payments::Payment>& payment) {
    auto refunds = payment ? payments::refunds_of(view, payment->id) : std::vector<payments::Refund>();
    // What the total fell by was credited with the whole invoice, when it fell.
    std::erase_if(refunds, [](const payments::Refund& refund) { return refund.of_total; });
    return refunds;
}

Party buyer_of(const Order& order) {
    if (!order.recipient) {
        throw Refusal(kBuyerErased, "the customer's data was erased: an invoice could name no buyer");
    }
    Party buyer{.name = order.recipient->contact.name, .address = order.recipient->address};
    if (order.delivery && order.delivery->kind == orders::DeliveryKind::pickup) {
        buyer.address = {};  // it is the place's
    }
    if (const auto& billing = order.billing) {
        buyer.name = billing->name.empty() ? buyer.name : billing->name;
        buyer.company = billing->company;
        buyer.vat_id = billing->vat_id;
        buyer.address = billing->address.value_or(buyer.address);
    }
    return buyer;
}

/// The day on which the first parcel left.
std::optional<Day> supplied_on(const storage::View& view, OrderId order, const TimeZone& zone) {
    std::optional<Day> first;
    for (const auto& shipment : fulfillment::shipments_of(view, order)) {
        if (shipment.shipped_at) {
            const auto day = zone.day_of(*shipment.shipped_at);
            first = first ? std::min(*first, day) : day;
        }
    }
    return first;
}

/// What documents of an order have in common.
Content content_for(const storage::View& view, const Order& order, Party buyer) {
    const auto zone = settings::time_zone(view);
    const auto payment = payments::find_by_order(view, order.id);
    const auto seller = read_seller(view);
    const bool paid = payment && payment->is_captured();
    Content content{
        .seller = require_seller(view),
        .buyer = std::move(buyer),
        .delivered_to = {},
        .currency = settings::currency(view),
        .prices_include_tax = order.totals.includes_tax(),
        .exemption = {},
        .lines = {},
        .ordered_on = zone->day_of(order.placed_at),
        .supplied_on = supplied_on(view, order.id, *zone),
        .paid_on = paid && payment->captured_at ? std::optional(zone->day_of(*payment->captured_at)) : std::nullopt,
        .paid_by = payment ? payment->method : "",
        .payment_terms = paid ? "" : seller.payment_terms,
        .foot = seller.foot,
        .refers_to = {},
        .reason = {}};
    if (order.totals.treatment == orders::TaxTreatment::small_business) {
        content.exemption = orders::read_tax_settings(view).small_business;
    }
    return content;
}

/// Stores a document over its lines.
Document store(storage::Transaction& tx, const Order& order, Document document, const Content& content,
               const Actor& actor, Time now) {
    const auto sums = sums_of(content.lines);
    document.order = order.id;
    document.taxes = document.kind == Kind::credit_note ? negated(sums) : sums;
    for (const auto& sum : document.taxes) {
        document.net += sum.base;
        document.tax += sum.tax;
    }
    document.total = document.net + document.tax;
    return add(tx, std::move(document), content, actor, now);
}

/// The newest invoice of some documents; null: there is none.
const Document* last_invoice(const std::vector<Document>& documents) {
    const auto found = std::find_if(documents.rbegin(), documents.rend(),
                                    [](const Document& document) { return document.kind == Kind::invoice; });
    return found == documents.rend() ? nullptr : &*found;
}

Document store_invoice(storage::Transaction& tx, const Order& order, const Actor& actor, Time now) {
    auto content = content_for(tx, order, buyer_of(order));
    if (order.recipient->address != content.buyer.address) {
        content.delivered_to = order.recipient->address;
    }
    content.lines = lines_of(order);
    return store(tx, order,
                 {.kind = Kind::invoice,
                  .tax_country = order.tax_country,
                  .tax_treatment = std::string(orders::kTaxTreatments[order.totals.treatment]),
                  .language = order.language},
                 content, actor, now);
}

/// What a credit note is for.
struct Occasion {
    std::optional<RefundId> refund = {};
    std::vector<orders::Units> units = {};
    std::string reason = {};  ///< for the customer. A refund's is staff's own
};

/// Credits an amount of what stands. The buyer is the invoice's: it stays known after the customer was erased.
Document store_credit_note(storage::Transaction& tx, const Order& order, const std::vector<Document>& before,
                           Money amount, const Occasion& occasion, const Actor& actor, Time now) {
    const auto& invoice = *last_invoice(before);
    const auto invoiced = content_of(tx, invoice);
    auto content = content_for(tx, order, invoiced.buyer);
    content.exemption = invoiced.exemption;
    content.prices_include_tax = invoiced.prices_include_tax;
    content.payment_terms.clear();
    content.refers_to = {.number = invoice.number, .issued_on = invoice.issued_on};
    content.reason = occasion.reason;
    content.lines = lines_of_credit(order, sums_of(before), amount, occasion.units, catalog::price_step(tx));
    return store(tx, order,
                 {.kind = Kind::credit_note,
                  .refers_to = invoice.id,
                  .refund = occasion.refund,
                  .tax_country = invoice.tax_country,
                  .tax_treatment = invoice.tax_treatment,
                  .language = invoice.language},
                 content, actor, now);
}

Document store_correction(storage::Transaction& tx, const Order& order, const Document& credit_note, const Actor& actor,
                          Time now) {
    auto content = content_of(tx, credit_note);
    content.seller = require_seller(tx);
    content.refers_to = {.number = credit_note.number, .issued_on = credit_note.issued_on};
    return store(tx, order,
                 {.kind = Kind::correction,
                  .refers_to = credit_note.id,
                  .refund = credit_note.refund,
                  .tax_country = credit_note.tax_country,
                  .tax_treatment = credit_note.tax_treatment,
                  .language = credit_note.language},
                 content, actor, now);
}

bool is_corrected(const std::vector<Document>& documents, const Document& credit_note) {
    return std::any_of(documents.begin(), documents.end(), [&](const Document& other) {
        return other.kind == Kind::correction && other.refers_to == credit_note.id;
    });
}

bool is_credited(const std::vector<Document>& documents, RefundId refund) {
    return std::any_of(documents.begin(), documents.end(), [&](const Document& document) {
        return document.kind == Kind::credit_note && document.refund == refund;
    });
}

/// Undoes the credit notes of refunds that failed.
void undo_failed(storage::Transaction& tx, const Order& order, const std::vector<payments::Refund>& refunds,
                 const Actor& actor, Time now) {
    const auto documents = documents_of(tx, order.id);
    for (const auto& refund : refunds) {
        for (const auto& document : documents) {
            if (refund.status == payments::RefundStatus::failed && document.kind == Kind::credit_note &&
                document.refund == refund.id && !is_corrected(documents, document)) {
                store_correction(tx, order, document, actor, now);
            }
        }
    }
}

/// Credits refunds that succeeded, and then whatever else stands and should not.
void credit_what_went_back(storage::Transaction& tx, const Order& order, const std::vector<payments::Refund>& refunds,
                           const Actor& actor, Time now) {
    const auto target = should_stand(tx, order);
    auto documents = documents_of(tx, order.id);
    const auto credit = [&](Money amount, const Occasion& occasion) {
        // Without an invoice, its term is over, and it was removed.
        if (amount.minor > 0 && last_invoice(documents) != nullptr) {
            documents.push_back(store_credit_note(tx, order, documents, amount, occasion, actor, now));
        }
    };
    for (const auto& refund : refunds) {
        if (refund.status == payments::RefundStatus::succeeded && !is_credited(documents, refund.id)) {
            credit(std::min(refund.amount, total_of(sums_of(documents)) - target),
                   {.refund = refund.id, .units = refund.units});
        }
    }
    credit(total_of(sums_of(documents)) - target, {});
}

/// Whether the settings want an invoice now. One that was paid before they did is not due when its parcels leave: it has
/// its invoice from elsewhere, or staff issue it.
bool is_due(const storage::View& view, const Order& order, const std::optional<payments::Payment>& payment,
            const News& news) {
    const auto issue = read_settings(view).issue;
    if (issue == Issue::by_hand || has_ended(order) || !order.recipient) {
        return false;
    }
    const bool left_unpaid = news.left && order.totals.total.minor > 0 && !(payment && payment->captured.minor > 0);
    return issue == Issue::at_shipping ? news.left : news.paid || left_unpaid;
}

/// Whether an invoice says something else than the order does now.
bool differs(const storage::View& view, const Order& order, const Document& invoice) {
    if (!order.recipient) {
        return false;
    }
    const auto content = content_of(view, invoice);
    auto now = content;
    now.buyer = buyer_of(order);
    now.lines = lines_of(order);
    return to_json(now) != to_json(content) || invoice.tax_country != order.tax_country ||
           invoice.tax_treatment != orders::kTaxTreatments[order.totals.treatment];
}

/// Credits the whole of what stands and issues a new invoice, if the order is not what was invoiced any more. Of one
/// whose money went back nothing stands, and it stays as it is.
void replace_if_changed(storage::Transaction& tx, const Order& order, const std::vector<Document>& documents,
                        const Actor& actor, Time now) {
    const auto* invoice = last_invoice(documents);
    const auto stands = total_of(sums_of(documents));
    const bool was_free = invoice != nullptr && invoice->total.minor == 0 && order.totals.total.minor > 0;
    if (has_ended(order) || invoice == nullptr || (stands.minor <= 0 && !was_free) || !differs(tx, order, *invoice)) {
        return;
    }
    if (stands.minor > 0) {
        store_credit_note(tx, order, documents, stands, {}, actor, now);
    }
    store_invoice(tx, order, actor, now);
}

}  // namespace

Money should_stand(const storage::View& view, const Order& order) {
    const auto payment = payments::find_by_order(view, order.id);
    const auto captured = payment ? payment->captured - payment->given_back : Money{};
    Money back;
    for (const auto& refund : refunds_of(view, payment)) {
        back += refund.status == payments::RefundStatus::succeeded ? refund.amount : Money{};
    }
    if (has_ended(order)) {
        return std::max(captured - back, Money{});
    }
    return std::max(order.totals.total - back, Money{});
}

Document issue_invoice(storage::Transaction& tx, const Order& order, const Actor& actor, Time now) {
    const auto documents = documents_of(tx, order.id);
    if (const auto* invoice = last_invoice(documents);
        invoice != nullptr && (total_of(sums_of(documents)).minor > 0 || order.totals.total.minor == 0)) {
        throw Refusal(kAlreadyInvoiced, fmt::format("the order has the invoice {}", invoice->number))
            .with("number", invoice->number);
    }
    if (has_ended(order) || (order.totals.total.minor > 0 && should_stand(tx, order).minor == 0)) {
        throw Refusal(kNothingToInvoice,
                      fmt::format("the order is {}, and nothing of it is to be paid", orders::to_text(order.status)));
    }
    auto invoice = store_invoice(tx, order, actor, now);
    credit_what_went_back(tx, order, refunds_of(tx, payments::find_by_order(tx, order.id)), actor, now);
    return invoice;
}

Document issue_credit_note(storage::Transaction& tx, const Order& order, std::optional<Money> amount,
                           const std::string& reason, const Actor& actor, Time now) {
    const auto payment = payments::find_by_order(tx, order.id);
    if (payment && payment->captured.minor > 0) {
        throw Refusal(kRefundInstead, "the order was paid: refund it, and the credit note follows");
    }
    const auto documents = documents_of(tx, order.id);
    const auto stands = last_invoice(documents) != nullptr ? total_of(sums_of(documents)) : Money{};
    const auto wanted = amount.value_or(stands);
    if (wanted.minor < 1 || wanted > stands) {
        throw Refusal(kCreditExceedsInvoice, fmt::format("{} cannot be credited: {} stand", wanted.minor, stands.minor))
            .with("creditable", stands.minor);
    }
    return store_credit_note(tx, order, documents, wanted, {.reason = reason}, actor, now);
}

void bring_up_to_date(storage::Transaction& tx, OrderId id, const News& news, const Actor& actor, Time now) {
    const auto documents = documents_of(tx, id);
    if (documents.empty() && !news.paid && !news.left) {
        return;
    }
    const auto order = orders::get(tx, id);
    const auto payment = payments::find_by_order(tx, id);
    // Staff may have credited all of an order that is paid after all.
    const bool none_stands =
        documents.empty() || (total_of(sums_of(documents)).minor == 0 && should_stand(tx, order).minor > 0);
    if (none_stands && is_due(tx, order, payment, news)) {
        store_invoice(tx, order, actor, now);
    } else if (documents.empty()) {
        return;
    } else if (news.may_have_changed) {
        replace_if_changed(tx, order, documents, actor, now);
    }
    const auto refunds = refunds_of(tx, payment);
    undo_failed(tx, order, refunds, actor, now);
    credit_what_went_back(tx, order, refunds, actor, now);
}

}  // namespace orderd::documents
