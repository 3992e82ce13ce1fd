#include "payments/decline_bounds.h"

#include <algorithm>
#include <vector>

#include "base/budgets.h"
#include "base/errors.h"

namespace orderd::payments {

namespace {

constexpr std::size_t kMostNetworks = 50'000;  // about 3 MiB

constexpr auto kDeclinedOfOrder = R"sql(
    SELECT payment_attempt.at FROM payment JOIN payment_attempt ON payment_attempt.payment_id = payment.id
     WHERE payment.order_id = ?1 AND payment_attempt.outcome = 'failed' AND payment_attempt.at > ?2
)sql";

Refusal too_many(Duration wait) {
    return Refusal(kTooManyDeclines, "too many cards were declined: wait a while, or pay in another way")
        .retry_after(static_cast<int>((wait.ms + 999) / 1000));
}

}  // namespace

void DeclineCounter::begin(std::optional<std::int64_t> network, Time now) {
    if (!network) {
        return;
    }
    const MutexLock lock(mutex_);
    if (declined_.size() >= kMostNetworks && !declined_.contains(*network)) {
        std::erase_if(declined_, [&](const auto& entry) { return now - entry.second.since >= kDeclineWindow; });
        if (declined_.size() >= kMostNetworks) {
            declined_.clear();
        }
    }
    auto& declined = declined_[*network];
    if (declined.count <= 0 || now - declined.since >= kDeclineWindow || now < declined.since) {
        declined = {.count = 0, .since = now};
    }
    if (declined.count >= budget::kDeclinesOfNetwork) {
        throw too_many(declined.since + kDeclineWindow - now);
    }
    ++declined.count;
}

void DeclineCounter::settle(std::optional<std::int64_t> network) {
    if (!network) {
        return;
    }
    const MutexLock lock(mutex_);
    const auto found = declined_.find(*network);
    if (found != declined_.end() && --found->second.count <= 0) {
        declined_.erase(found);
    }
}

void require_few_declines(const storage::View& view, OrderId order, Time now) {
    std::vector<Time> declined;
    view.each(
        kDeclinedOfOrder, [&](const storage::Row& row) { declined.push_back(row.get<Time>(0)); }, order,
        now - kDeclineWindow);
    if (std::ssize(declined) >= budget::kDeclinesOfOrder) {
        throw too_many(*std::min_element(declined.begin(), declined.end()) + kDeclineWindow - now);
    }
}

}  // namespace orderd::payments
