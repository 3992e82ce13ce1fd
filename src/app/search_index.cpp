#include "app/search_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "accounts/customer.h"
#include "base/random.h"
#include "notify/readers.h"
#include "orders/list.h"
#include "orders/search.h"
#include "storage/settings.h"

namespace orderd::app {

namespace {

using accounts::Kind;

constexpr auto kSearchReader = "search";
constexpr auto kCustomerOf = "SELECT customer_id FROM orders WHERE id = ?1";
constexpr jobs::Kind kRenewJob{"search.renew", jobs::Lane::upkeep};
constexpr jobs::Kind kGoOnJob{"search.go_on",
                              jobs::Lane::upkeep};  ///< with what a migration asked for, or a crash ended

/// What changes what is found. What is found no more is forgotten with the change itself.
constexpr auto kOfOrders = std::to_array<std::string_view>(
    {"order.drafted", "order.placed", "order.recipient_changed", "order.billing_changed"});
constexpr auto kOfCustomers = std::to_array<std::string_view>({"customer.registered", "customer.updated"});

constexpr std::int64_t kBatch = 200;                    ///< events: some 10 ms of the writer,
constexpr auto kRest = std::chrono::milliseconds(100);  ///< of ten times as much
constexpr std::int64_t kRenewed = 50;                   ///< orders or customers in a mutation, likewise
constexpr std::int64_t kChecked = 10'000;               ///< orders, customers and rows
constexpr std::int64_t kSliceChecked = 500;

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& kinds, std::string_view kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

void index_event(storage::Transaction& tx, const notify::LoggedEvent& event) {
    if (is_one_of(kOfOrders, event.kind)) {
        const OrderId order{event.subject_id};
        orders::index_order(tx, order);
        const auto customer = tx.value<CustomerId>(kCustomerOf, order);
        if (customer && (event.kind == "order.placed" || event.kind == "order.drafted")) {  // its guest may be new
            accounts::index_customer(tx, *customer);
        }
    } else if (is_one_of(kOfCustomers, event.kind)) {
        accounts::index_customer(tx, CustomerId{event.subject_id});
    }
}

std::vector<std::int64_t> subjects_after(const storage::View& view, Kind kind, std::int64_t after, std::int64_t most) {
    std::vector<std::int64_t> found;
    if (kind == Kind::order) {
        for (const auto id : orders::orders_after(view, after, most)) {
            found.push_back(number(id));
        }
    } else {
        for (const auto id : accounts::customers_after(view, CustomerId{after}, most)) {
            found.push_back(number(id));
        }
    }
    return found;
}

accounts::FoundBy found_by(const storage::View& view, Kind kind, std::int64_t id) {
    if (kind == Kind::order) {
        return orders::found_by(view, OrderId{id});
    }
    const auto customer = accounts::find_customer(view, CustomerId{id});
    return customer ? accounts::found_by(*customer) : accounts::FoundBy{};
}

/// @returns whether there is more to be done
bool renew_slice(storage::Transaction& tx) {
    const auto renewal = accounts::renewal(tx);
    if (!renewal) {
        return false;
    }
    const auto slice = subjects_after(tx, renewal->kind, renewal->after, kRenewed);
    for (const auto id : slice) {
        accounts::write_found_by(tx, renewal->kind, id, found_by(tx, renewal->kind, id));
    }
    const bool done = std::ssize(slice) < kRenewed;
    accounts::note_renewal(tx, renewal->kind, done ? std::nullopt : std::optional(slice.back()));
    return true;
}

/// 0 if there is none.
std::int64_t newest_of(const storage::View& view, Kind kind) {
    if (kind == Kind::order) {
        const auto orders = orders::list_ids(view, {}, std::nullopt, 1);
        return orders.empty() ? 0 : number(orders.front());
    }
    const auto customers = accounts::list_customers(view, 1).ids;
    return customers.empty() ? 0 : customers.front();
}

void add_missing(const storage::View& view, Kind kind, std::vector<std::string>& faults) {
    const auto newest = newest_of(view, kind);
    for (auto after = std::max<std::int64_t>(newest - kChecked, 0); after < newest;) {
        const auto slice = subjects_after(view, kind, after, kSliceChecked);
        for (const auto id : slice) {
            if (!accounts::has_found_by(view, kind, id, found_by(view, kind, id))) {
                faults.push_back(fmt::format("{} {} is not found by all that it says",
                                             kind == Kind::order ? "order" : "customer", id));
            }
            after = id;
        }
        if (slice.empty()) {
            return;
        }
    }
}

void add_untrue(const storage::View& view, std::vector<std::string>& faults) {
    std::int64_t from = 0;
    const auto random = random_bytes(sizeof from);
    std::memcpy(&from, random.data(), sizeof from);
    auto rows = accounts::rows_from(view, from >> 16, kChecked);
    if (std::ssize(rows) < kChecked) {
        rows = accounts::rows_from(view, std::numeric_limits<std::int64_t>::min(), kChecked);
    }
    for (const auto& [word, subject] : rows) {
        const bool is_true = accounts::is_word_of(view, Kind::order, word, found_by(view, Kind::order, subject)) ||
                             accounts::is_word_of(view, Kind::customer, word, found_by(view, Kind::customer, subject));
        if (!is_true) {
            faults.push_back(fmt::format("order or customer {} is found by a word that it does not say", subject));
        }
    }
}

}  // namespace

notify::LogReader search_reader() {
    return {.name = kSearchReader,
            .listens = [](const storage::View&) { return true; },
            .begin = [](storage::Transaction& tx,
                        Time) { return [&tx](const notify::LoggedEvent& event) { index_event(tx, event); }; },
            .batch = kBatch,
            .rest = kRest};
}

std::vector<notify::LogReader> log_readers() {
    auto readers = notify::log_readers();
    readers.push_back(search_reader());
    return readers;
}

void add_search_job(jobs::Workers& workers, storage::Store& store) {
    const auto renew = [&store](const jobs::Job& job) {
        while (store.writer().run(renew_slice)) {
            job.end_if_stopping();
        }
    };
    workers.handle(kRenewJob, renew);
    workers.every(kGoOnJob, hours(1), renew);
}

Section search_section(const Clock& clock) {
    return {
        .name = accounts::kSearchBeginnings,
        .shape = api::Shape::boolean().described(
            "whether orders and customers are found by the beginnings of names, from three letters on. What that gives "
            "away of a stolen database is in the README, under Security"),
        .read = [](const storage::View& view) -> Json { return accounts::finds_beginnings(view); },
        .changed =
            [&clock](storage::Transaction& tx, const Json&) {
                accounts::ask_for_renewal(tx);
                jobs::add(tx, {.kind = kRenewJob, .run_at = clock.now(), .dedupe_key = std::string(kRenewJob.name)},
                          clock.now());
            }};
}

std::vector<std::string> search_faults(const storage::View& view, std::size_t most) {
    std::vector<std::string> faults;
    if (accounts::renewal(view)) {
        return faults;
    }
    if (notify::unread(view, kSearchReader) == 0) {
        add_missing(view, Kind::order, faults);
        add_missing(view, Kind::customer, faults);
    }
    add_untrue(view, faults);
    if (faults.size() > most) {
        const auto more = faults.size() - most;
        faults.resize(most);
        faults.push_back(fmt::format("… and {} more", more));
    }
    return faults;
}

std::vector<std::string> search_lag(const storage::View& view) {
    std::vector<std::string> lines;
    if (const auto events = notify::unread(view, kSearchReader); events > 0) {
        lines.push_back(
            fmt::format("the search index is {} events behind; a served shop reads them within a second", events));
    }
    if (const auto renewal = accounts::renewal(view)) {
        lines.push_back(fmt::format("the search index is being made anew, of {} up to {} so far; a served shop goes on",
                                    renewal->kind == Kind::order ? "orders" : "customers", renewal->after));
    }
    return lines;
}

}  // namespace orderd::app
