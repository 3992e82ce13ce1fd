#include "orders/readdressing.h"

#include <fmt/format.h>

#include "orders/lifecycle.h"
#include "orders/rates.h"
#include "orders/recomputing.h"
#include "orders/regions.h"
#include "orders/search.h"
#include "storage/events.h"

namespace orderd::orders {

namespace {

constexpr auto kSetDelivery = "UPDATE orders SET delivery = ?2 WHERE id = ?1";
constexpr auto kSetBilling = R"sql(
    UPDATE orders SET billing_sealed = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1
)sql";

/// Whether taxes and delivery may differ between the addresses: a corrected street is no reason to compute them anew.
bool elsewhere(const accounts::Address& before, const accounts::Address& after) {
    return before.country != after.country ||
           region_key(before.country, before.region) != region_key(after.country, after.region);
}

bool is_picked_up(const Order& order) { return order.delivery && order.delivery->kind == DeliveryKind::pickup; }

/// Whether the order's method, as it is today, says the same of both addresses. Most people have postcodes corrected.
bool is_delivered_alike(const Rates& rates, const Order& order, const std::vector<catalog::Line>& lines,
                        const accounts::Address& before, const accounts::Address& after) {
    const auto* method = order.delivery ? rates.delivery.find(order.delivery->method) : nullptr;
    if (before.postal_code == after.postal_code || method == nullptr) {
        return true;
    }
    const auto value = order.totals.subtotal - order.totals.discount;
    const auto price_at = [&](const accounts::Address& to) {
        const auto its = rates.delivery.offer_of(method->id, consignment_of(lines, to, value));
        const auto* offer = std::get_if<Offer>(&its);
        return offer == nullptr ? std::nullopt : std::optional(offer->price);
    };
    return price_at(before) == price_at(after);
}

/// The sums at another address, with the order's own method where it fits there, else with the cheapest that does.
Sums sums_at(const Rates& rates, const Order& order, const Basket& basket, const accounts::Address& to, Time now) {
    if (!order.delivery) {
        return sums_of(rates, basket, {.to = to}, now);
    }
    try {
        return sums_of(rates, basket, {.to = to, .method = order.delivery->method}, now);
    } catch (const Refusal& refusal) {
        if (refusal.code() != kDeliveryNotPossible.code()) {
            throw;
        }
    }
    if (is_picked_up(order)) {  // its method was changed since: what was agreed stays
        return sums_with_agreed_delivery(rates, order, basket, now);
    }
    return sums_of(rates, basket, {.to = to}, now);
}

void set_billing(storage::Transaction& tx, const Order& order, const std::optional<Billing>& billing,
                 const Actor& actor, Time now) {
    const auto sealed = billing ? seal_billing(tx.vault(), order.id, *billing) : "";
    const auto before = found_by(tx, order.id);  // with the recipient as it was just set
    tx.run(kSetBilling, order.id, billing ? std::optional(storage::Blob{sealed}) : std::nullopt, now);
    accounts::forget_found_by(tx, accounts::Kind::order, number(order.id), before, found_by(tx, order.id));
    events::record(tx, "order.billing_changed", {"order", number(order.id)},
                   {{"vat_id_verified", billing && billing->vat_id_verified}}, actor, now);
    tx.touched(storage::Topic::orders);
}

Recipient changed_recipient(const Order& order, const OrderUpdate& wanted, const storage::Vault& vault) {
    if (!order.recipient) {
        throw Refusal(kCustomerErased, "the customer's data was erased on request");
    }
    const auto& contact = order.recipient->contact;
    const auto changes = wanted.customer.value_or(CustomerChanges{});
    const auto prepared =
        accounts::prepare(vault,
                          {.name = changes.name.value_or(contact.name),
                           .email = changes.email.value_or(contact.email),
                           .phone = changes.phone.value_or(contact.phone),
                           .shipping_address = changes.shipping_address.value_or(order.recipient->address)},
                          "/customer");
    return {.contact = prepared.contact,
            .address = prepared.address.value(),
            .note = wanted.note.value_or(order.recipient->note)};
}

std::optional<Billing> changed_billing(const Order& order, const OrderUpdate& wanted) {
    auto billing = wanted.billing ? billing_of(*wanted.billing) : order.billing;
    if (billing && order.billing && billing->vat_id == order.billing->vat_id) {
        billing->vat_id_verified = order.billing->vat_id_verified;
    }
    if (wanted.vat_id_verified) {
        if (*wanted.vat_id_verified && (!billing || billing->vat_id.empty())) {
            throw invalid("/vat_id_verified", "the order has no VAT ID");
        }
        if (billing) {
            billing->vat_id_verified = *wanted.vat_id_verified;
        }
    }
    return billing;
}

}  // namespace

void set_delivery(storage::Transaction& tx, const Order& order, const DeliveryMethod* method) {
    if (method != nullptr && (!order.delivery || order.delivery->method != method->id)) {
        tx.run(kSetDelivery, order.id, json_text(as_it_was(method, order.language->code())));
    }
}

Addressees changed_addressees(const Order& order, const OrderUpdate& wanted, const storage::Vault& vault) {
    return {.recipient = changed_recipient(order, wanted, vault), .billing = changed_billing(order, wanted)};
}

std::vector<std::string> readdress(storage::Transaction& tx, const Order& order, const Addressees& after,
                                   bool keep_total, const Beside& beside, const Actor& actor, Time now) {
    const auto& from = order.recipient->address;
    const auto& to = after.recipient.address;
    if (is_picked_up(order) && from != to) {
        throw Refusal(kAddressOfPickup, fmt::format("order {} is picked up at {}, {}: its address stays",
                                                    number(order.id), from.line1, from.city));
    }
    std::vector<std::string> fields;
    if (after.recipient != *order.recipient) {
        fields = set_recipient(tx, order, after.recipient, actor, now);
        if (beside.outdate_parcels && !fields.empty()) {
            beside.outdate_parcels(tx, order.id, fields, actor, now);
        }
    }
    const bool new_billing = after.billing != order.billing;
    if (new_billing) {
        set_billing(tx, order, after.billing, actor, now);
        fields.emplace_back("billing");
    }
    const bool is_same_tax = !elsewhere(from, to) && owes_tax(order.billing) == owes_tax(after.billing);
    if (fields.empty() || keep_total || (is_same_tax && from.postal_code == to.postal_code)) {
        return fields;
    }
    const auto rates = read_rates(tx);
    const auto basket = basket_of(tx, order, owes_tax(after.billing));
    if (is_same_tax && is_delivered_alike(rates, order, basket.lines, from, to)) {
        return fields;
    }
    const auto sums = sums_at(rates, order, basket, to, now);
    if (!differ(sums.totals, order.totals)) {
        set_delivery(tx, order, sums.delivery);
        return fields;
    }
    follow(tx, order, sums.totals, beside, now);
    set_delivery(tx, order, sums.delivery);
    set_totals(tx, order, sums, to.country, actor, now);
    return fields;
}

}  // namespace orderd::orders
