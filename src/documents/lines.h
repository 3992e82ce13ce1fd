#pragma once

#include <vector>

#include "documents/content.h"
#include "documents/document.h"
#include "orders/order.h"
#include "orders/shipping.h"

namespace orderd::documents {

// What documents list. Each function's lines add up to its sum to the last minor unit, in total and at each rate.

/// All of an order: its lines and its delivery.
std::vector<Line> lines_of(const orders::Order& order);

/// The sums of lines by rate, highest first.
std::vector<RateSum> sums_of(const std::vector<Line>& lines);

/// The sums of documents by rate, highest first: what stands of an order.
std::vector<RateSum> sums_of(const std::vector<Document>& documents);

/// The same with the opposite sign.
std::vector<RateSum> negated(std::vector<RateSum> sums);

Money total_of(const std::vector<RateSum>& sums);

/// What a credit note over an amount lists. Units bring back what was paid for them, at their rates; what is more than
/// that, and a sum without units, is shared over the rates by what is left of each. Never more than is left of a rate; the
/// tax is the same share of the tax that is left, so that all of it goes back with the last of the money.
///
/// @param left  what stands of the order: at least `amount` in total
/// @param step  prices are rounded to multiples of it
std::vector<Line> lines_of_credit(const orders::Order& order, std::vector<RateSum> left, Money amount,
                                  const std::vector<orders::Units>& units, Money step);

}  // namespace orderd::documents
