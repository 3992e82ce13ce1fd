#include "notify/follower.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "base/repeated_log.h"

namespace orderd::notify {

namespace {

/// Commits in quick succession are handled together, so that a busy shop's writer has few extra mutations
/// among the orders.
constexpr auto kGather = std::chrono::milliseconds(50);

constexpr auto kAgain = std::chrono::seconds(1);  // after a failure: no other commit may follow

constexpr auto kMark = "SELECT coalesce((SELECT sequence FROM log_reader WHERE name = ?1), 0)";
constexpr auto kSetMark = R"sql(
    INSERT INTO log_reader (name, sequence) VALUES (?1, ?2)
        ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence
)sql";
constexpr auto kLast = "SELECT coalesce(max(sequence), 0) FROM event";
constexpr auto kFirstUsed = R"sql(
    SELECT min(sequence) FROM (SELECT min(event_sequence) AS sequence FROM mail
                               UNION ALL SELECT min(event_sequence) FROM webhook_delivery)
)sql";
constexpr auto kNext = R"sql(
    SELECT sequence, kind, subject_id, body FROM event WHERE sequence > ?1 ORDER BY sequence LIMIT ?2
)sql";

}  // namespace

void read_on_from_now(storage::Transaction& tx, std::string_view reader) {
    tx.run(kSetMark, reader, tx.value<std::int64_t>(kLast).value());
}

std::int64_t unread(const storage::View& view, std::string_view reader) {
    return view.value<std::int64_t>(kLast).value() - view.value<std::int64_t>(kMark, reader).value();
}

std::int64_t acted_upon(const storage::View& view, const std::vector<LogReader>& readers) {
    auto until = view.value<std::int64_t>(kLast).value();
    if (const auto used = view.value<std::optional<std::int64_t>>(kFirstUsed).value()) {
        until = std::min(until, *used - 1);
    }
    for (const auto& reader : readers) {
        if (reader.listens(view)) {
            until = std::min(until, view.value<std::int64_t>(kMark, reader.name).value());
        }
    }
    return until;
}

std::int64_t Follower::follow() {
    std::int64_t read = 0;
    for (const auto& reader : readers_) {
        read += follow(reader);
    }
    return read;
}

std::int64_t Follower::follow(const LogReader& reader) {
    const bool anything_new = [&] {
        const auto view = store_.read();
        return reader.listens(view) &&
               view.value<std::int64_t>(kMark, reader.name).value() < view.value<std::int64_t>(kLast).value();
    }();
    if (!anything_new) {
        return 0;  // checked with a read first, so that an idle shop writes nothing
    }
    return store_.writer().run([&](storage::Transaction& tx) {
        const auto act = reader.begin(tx, clock_.now());
        std::int64_t read = 0;
        auto reached = tx.value<std::int64_t>(kMark, reader.name).value();
        tx.each(
            kNext,
            [&](const storage::Row& row) {
                const LoggedEvent event{.sequence = row.get<std::int64_t>(0),
                                        .kind = row.get<std::string_view>(1),
                                        .subject_id = row.get<std::int64_t>(2),
                                        .body = row.get<std::string_view>(3)};
                act(event);
                reached = event.sequence;
                ++read;
            },
            reached, reader.batch);
        tx.run(kSetMark, reader.name, reached);
        return read;
    });
}

void Follower::start() {
    thread_ = std::thread([this] { run(); });
}

void Follower::committed() {
    {
        const MutexLock lock(mutex_);
        ++commits_;
    }
    woken_.notify_one();
}

void Follower::stop() {
    {
        const MutexLock lock(mutex_);
        stopping_ = true;
    }
    woken_.notify_one();
    if (thread_.joinable()) {
        thread_.join();
    }
}

bool Follower::stopping() {
    const MutexLock lock(mutex_);
    return stopping_;
}

/// Handles the next events of the readers that do not rest, until there are none. @returns when the first rest ends;
/// nullopt: nobody rests
std::optional<Follower::Moment> Follower::follow_rested() {
    std::optional<Moment> next;
    for (const auto& reader : readers_) {
        auto& until = rests_until_[reader.name];
        while (!stopping() && std::chrono::steady_clock::now() >= until && follow(reader) > 0) {
            until = std::chrono::steady_clock::now() + reader.rest;
        }
        if (std::chrono::steady_clock::now() < until) {
            next = std::min(next.value_or(until), until);
        }
    }
    return next;
}

void Follower::run() {
    std::uint64_t seen = 0;
    std::optional<Moment> rested;
    log::RepeatedLine broken;
    while (!stopping()) {
        bool failed = false;
        try {
            rested = follow_rested();
        } catch (const std::exception& error) {
            broken.error("the event log could not be read; trying again", {{"error", error.what()}});
            failed = true;
        }
        const MutexLock lock(mutex_);
        const auto until = std::chrono::steady_clock::now() + (failed ? kGather + kAgain : kGather);
        while (!stopping_ && woken_.wait_until(mutex_, until)) {
        }
        while (!failed && !stopping_ && commits_ == seen && (!rested || std::chrono::steady_clock::now() < *rested)) {
            if (rested) {
                woken_.wait_until(mutex_, *rested);
            } else {
                woken_.wait(mutex_);
            }
        }
        seen = commits_;
    }
}

}  // namespace orderd::notify
