#include "orders/placing.h"

#include <fmt/format.h>

#include "accounts/admin.h"
#include "accounts/customer.h"
#include "orders/lifecycle.h"
#include "orders/numbering.h"
#include "orders/writing.h"
#include "storage/events.h"
#include "storage/shop_language.h"

namespace orderd::orders {

namespace {

Quantity units_of(const std::vector<catalog::Line>& lines) {
    Quantity units = 0;
    for (const auto& line : lines) {
        units += line.quantity;
    }
    return units;
}

}  // namespace

Order place(storage::Transaction& tx, const NewOrder& wanted, const Rates& rates, const Actor& actor, Time now) {
    const auto& language = wanted.language == nullptr ? settings::language(tx) : *wanted.language;
    require_current(tx, wanted.accepted_terms, language);
    const DeliveryWish wish{.to = wanted.customer.address.value_or(accounts::Address()), .method = wanted.delivery};
    const auto quoted =
        quote(tx, rates, {.lines = wanted.lines, .delivery = wish, .discount_code = wanted.discount_code}, now);
    if (wanted.expected_total && *wanted.expected_total != quoted.sums.totals.total) {
        throw Refusal(kTotalChanged,
                      fmt::format("the order would cost {} minor units, and not the {} that were expected",
                                  quoted.sums.totals.total.minor, wanted.expected_total->minor))
            .with("quote",
                  to_json(quoted, offers_for(rates, quoted, wish, now), rates.price.currency, language.code()));
    }
    // An order that is picked up has the place's address, whatever else was given.
    const auto& to = tax_place(quoted.sums.delivery, wish.to);
    const auto delivery = as_it_was(quoted.sums.delivery, language.code());
    const auto turn = next_turn(tx, now);
    catalog::reserve(tx, quoted.lines, turn.id, now);
    const auto customer = wanted.account ? *wanted.account : accounts::find_or_add_guest(tx, wanted.customer, now);
    if (wanted.placed_from) {
        require_room(tx, rates.guest_limits, customer, *wanted.placed_from, units_of(quoted.lines), now);
    }
    if (quoted.code) {
        take_use(tx, *quoted.code, customer);
    }
    Order order{.id = turn.id,
                .customer = customer,
                .status = Status::pending,
                .totals = quoted.sums.totals,
                .managed_by = accounts::manager_for(tx, turn.id),
                .recipient = Recipient{wanted.customer.contact, to, wanted.note},
                .staff_note = {},
                .access_token_hash = wanted.access_token_hash,
                .placed_at = turn.placed_at,
                .expires_at = now + rates.reservation,  // not from a stored time, which may be ahead of the clock
                .updated_at = turn.placed_at,
                .version = 1,
                .language = &language,
                .payment_status = {},
                .tax_country = to.country,
                .billing = wanted.billing,
                .discount_code = quoted.code ? std::optional(quoted.code->id) : std::nullopt,
                .discount_reason = quoted.code ? quoted.code->code : "",
                .items = {},
                .delivery = delivery_from(delivery),
                .accepted_terms = wanted.accepted_terms};
    insert(tx, order, delivery, awaits_of(quoted.lines), wanted.placed_from);
    insert_lines(tx, order, quoted.lines, quoted.sums.lines);
    ask_for_expiry(tx, *order.expires_at, now);
    events::record(tx, "order.placed", {"order", number(order.id)}, placed_body(order), actor, now);
    tx.touched(storage::Topic::orders);
    return order;
}

}  // namespace orderd::orders
