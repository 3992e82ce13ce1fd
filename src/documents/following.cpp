#include "documents/following.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/log.h"

namespace orderd::documents {

namespace {

// An order paid after its parcels left stays as it is, and only its payment says so.
constexpr std::array<std::string_view, 2> kPaid{"order.paid", "payment.succeeded"};
constexpr std::array<std::string_view, 2> kLeft{"order.partially_shipped", "order.shipped"};
constexpr std::array<std::string_view, 3> kMayHaveChanged{"order.billing_changed", "order.recipient_changed",
                                                          "order.total_changed"};
constexpr std::array<std::string_view, 4> kEndings{"order.cancelled", "order.expired", "payment.refunded",
                                                   "payment.refund_failed"};

template <std::size_t kCount>
bool is_among(const std::array<std::string_view, kCount>& kinds, std::string_view kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// What happened to an order in one mutation.
struct Followed {
    News news;
    Actor actor;
    Time at;
};

std::map<OrderId, Followed> followed_in(const storage::Transaction& tx) {
    std::map<OrderId, Followed> all;
    for (const auto& happening : tx.happenings()) {
        const bool paid = is_among(kPaid, happening.kind);
        const bool left = is_among(kLeft, happening.kind);
        const bool changed = is_among(kMayHaveChanged, happening.kind);
        if (paid || left || changed || is_among(kEndings, happening.kind)) {
            auto& order = all[happening.order];
            order.news.paid = order.news.paid || paid;
            order.news.left = order.news.left || left;
            order.news.may_have_changed = order.news.may_have_changed || changed;
            order.actor = happening.actor;
            order.at = happening.at;
        }
    }
    return all;
}

void try_again_later(storage::Transaction& tx, OrderId order, const Followed& it, const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        log::error("an order's documents could not be brought up to date",
                   {{"order", number(order)}, {"error", error.what()}});
    }
    jobs::add(tx,
              {.kind = kFollowJob,
               .payload = {{"order_id", number(order)},
                           {"paid", it.news.paid},
                           {"left", it.news.left},
                           {"may_have_changed", it.news.may_have_changed}},
               .run_at = it.at},
              it.at);
}

}  // namespace

void follow(storage::Transaction& tx) {
    for (const auto& [order, it] : followed_in(tx)) {
        const auto failure =
            tx.try_apart([&, id = order, &what = it] { bring_up_to_date(tx, id, what.news, what.actor, what.at); });
        if (failure) {
            try_again_later(tx, order, it, failure);
        }
    }
}

void add_jobs(jobs::Workers& workers, storage::Store& store, const Clock& clock) {
    workers.handle(kFollowJob, [&](const jobs::Job& job) {
        const OrderId order{job.payload.at("order_id").get<std::int64_t>()};
        const News news{.paid = job.payload.at("paid").get<bool>(),
                        .left = job.payload.at("left").get<bool>(),
                        .may_have_changed = job.payload.at("may_have_changed").get<bool>()};
        store.writer().run(
            [&](storage::Transaction& tx) { bring_up_to_date(tx, order, news, Actor::system(), clock.now()); });
    });
}

}  // namespace orderd::documents
