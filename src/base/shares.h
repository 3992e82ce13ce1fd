#pragma once

#include <vector>

#include "base/money.h"

namespace orderd {

/// Splits an amount in proportion to weights, by the largest remainder: the shares add up to the amount, and none is
/// more than one `step` from its exact part. Of equal remainders the first gets the step.
///
/// @param whole  0 or more, a multiple of `step`
/// @param weights  0 or more. If all are 0, the first share is the whole
/// @param step  each share is a multiple of it
/// @returns as many shares as there are weights; a weight of 0 has a share of 0, if another has more
/// @throws Overflow if the weights' sum is out of range
std::vector<Money> shares(Money whole, const std::vector<Money>& weights, Money step = Money{1});

/// What `part` of `all` equal parts have of an amount, rounded down to a multiple of `step` (to 1, if the amount is not
/// a multiple of it). So share_of(k + 1) − share_of(k) over all parts adds up to the amount.
///
/// @param all  above 0
/// @param part  0 or more
Money share_of(Money whole, std::int64_t part, std::int64_t all, Money step);

}  // namespace orderd
