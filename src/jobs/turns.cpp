#include "jobs/turns.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace orderd::jobs {

namespace {

constexpr auto kParties = R"sql(
    WITH RECURSIVE party (name) AS (
        SELECT min(party) FROM job WHERE status = 'ready' AND lane = ?1
         UNION ALL
        SELECT (SELECT min(party) FROM job WHERE status = 'ready' AND lane = ?1 AND party > name)
          FROM party WHERE name IS NOT NULL)
    SELECT name FROM party WHERE name IS NOT NULL
)sql";
constexpr auto kNext = R"sql(
    SELECT id, run_at FROM job
     WHERE status = 'ready' AND lane = ?1 AND party = ?2 AND (attempts > 0) = ?3 AND run_at <= ?4
     ORDER BY run_at, id LIMIT ?5
)sql";

/// How many of a party's jobs may start.
struct Share {
    int all = 0;
    int fresh = 0;  ///< jobs that were never tried
    int tried = 0;  ///< jobs that failed before
};

Share share_of(Lane lane, std::string_view party, const Room& room, Time now) {
    const int free = std::min(room.free, party.empty() ? room.free : room.free_for(party));
    const auto pause = party.empty() || !room.pause ? std::nullopt : room.pause(party);
    if (!pause) {
        return {.all = free, .fresh = free, .tried = free};
    }
    const bool fresh_passes = limits_of(lane).fresh_passes;
    if (pause->rests(now)) {
        return {.all = fresh_passes ? free : 0, .fresh = fresh_passes ? free : 0, .tried = 0};
    }
    const int probe = room.runs(party) ? 0 : std::min(free, 1);
    return {.all = fresh_passes ? free : probe, .fresh = fresh_passes ? free : probe, .tried = probe};
}

std::vector<Turn> turns_of(const storage::View& view, Lane lane, const std::string& party, const Share& share,
                           Time now) {
    std::vector<Turn> turns;
    const auto read = [&](bool tried, int most) {
        if (most > 0) {
            view.each(
                kNext,
                [&](const storage::Row& row) {
                    turns.push_back({.id = row.get<JobId>(0), .run_at = row.get<Time>(1), .party = party});
                },
                to_text(lane), party, tried, now, most);
        }
    };
    read(false, share.fresh);
    read(true, share.tried);
    std::sort(turns.begin(), turns.end(),
              [](const Turn& a, const Turn& b) { return std::tie(a.run_at, a.id) < std::tie(b.run_at, b.id); });
    if (static_cast<int>(turns.size()) > share.all) {
        turns.resize(static_cast<std::size_t>(share.all));
    }
    for (std::size_t i = 0; i < turns.size(); ++i) {
        turns[i].place = static_cast<int>(i);
    }
    return turns;
}

}  // namespace

std::vector<std::string> parties_of(const storage::View& view, Lane lane) {
    std::vector<std::string> parties;
    view.each(
        kParties, [&](const storage::Row& row) { parties.push_back(row.get<std::string>(0)); }, to_text(lane));
    return parties;
}

std::vector<Turn> next_turns(const storage::View& view, Lane lane, const Room& room, Time now) {
    std::vector<Turn> all;
    if (room.free <= 0) {
        return all;
    }
    for (const auto& party : parties_of(view, lane)) {
        const auto share = share_of(lane, party, room, now);
        if (share.all > 0) {
            auto turns = turns_of(view, lane, party, share, now);
            std::move(turns.begin(), turns.end(), std::back_inserter(all));
        }
    }
    std::sort(all.begin(), all.end(), [](const Turn& a, const Turn& b) {
        return std::tie(a.place, a.run_at, a.id) < std::tie(b.place, b.run_at, b.id);
    });
    if (static_cast<int>(all.size()) > room.free) {
        all.resize(static_cast<std::size_t>(room.free));
    }
    return all;
}

}  // namespace orderd::jobs
