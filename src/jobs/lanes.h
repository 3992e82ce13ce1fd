#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace orderd::jobs {

/// Each lane has its own workers: a job never waits for a job of another lane.
enum class Lane {
    money,     ///< charges, captures, refunds
    parcels,   ///< labels and tracking
    mail,      ///< the shop's mail server
    webhooks,  ///< other people's programs
    pictures,  ///< fetching what an imported file names
    upkeep,    ///< only the database: expiry, backups, cleaning up
};

inline constexpr std::array kLanes{Lane::money,    Lane::parcels,  Lane::mail,
                                   Lane::webhooks, Lane::pictures, Lane::upkeep};

std::string_view to_text(Lane lane);
std::optional<Lane> lane_from(std::string_view text);

/// Tries of a job that moves money, or asks for the outcome. One constant, so that none gives up before the others.
inline constexpr int kMoneyTries = 25;

/// A kind of job, declared once: its name in the database, its lane, and its number of tries.
struct Kind {
    std::string_view name;  ///< with static lifetime: "payment.charge"
    Lane lane = Lane::upkeep;
    int tries = 10;  ///< after so many failures it is a dead letter
};

/// How a lane runs. A party is the outside service that its jobs call: a gateway, a carrier, the mail server, a
/// webhook's endpoint.
struct LaneLimits {
    int workers;        ///< jobs at once. Threads are started on demand, so an idle lane costs nothing
    int per_party;      ///< of those, for one party: a party that hangs leaves workers for the others
    bool in_order;      ///< a party's unanswered job is retried before the party's later jobs
    bool fresh_passes;  ///< a job's first try runs even during a pause: somebody waits for its outcome
    int patience;       ///< how many times in a row a party may fail to answer before it is paused
    Duration first_pause;
    Duration longest_pause;  ///< each pause is twice as long as the previous one, up to this
};

const LaneLimits& limits_of(Lane lane);

}  // namespace orderd::jobs
