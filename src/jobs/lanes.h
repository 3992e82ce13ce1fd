#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace orderd::jobs {

/// Jobs of one lane have workers of their own, and never wait for a job of another lane.
enum class Lane {
    money,     ///< charges, captures, refunds
    parcels,   ///< labels and tracking
    mail,      ///< the shop's mail server
    webhooks,  ///< other people's programs
    upkeep,    ///< the database alone: expiry, backups, tidying
};

inline constexpr std::array kLanes{Lane::money, Lane::parcels, Lane::mail, Lane::webhooks, Lane::upkeep};

std::string_view to_text(Lane lane);
std::optional<Lane> lane_from(std::string_view text);

/// Of a job that moves money, or asks how it moved. One constant, so that none of them gives up before the others.
inline constexpr int kMoneyTries = 25;

/// A kind of job, declared once: its name in the database, the lane that it runs in, and how often
/// it is tried.
struct Kind {
    std::string_view name;  ///< of static storage: "payment.charge"
    Lane lane = Lane::upkeep;
    int tries = 10;  ///< that fail, then it is a dead letter
};

/// How a lane runs. A party is the outside service that its jobs call: a gateway, a carrier, the mail server, a
/// webhook's endpoint.
struct LaneLimits {
    int workers;        ///< jobs at once. Threads are started as they are needed, so a lane at rest costs nothing
    int per_party;      ///< of them for one party: a party that hangs leaves some workers for the others
    bool in_order;      ///< a party's job that got no answer goes again before the party's later jobs
    bool fresh_passes;  ///< what was never tried is tried during a pause too: somebody waits for its outcome
    int patience;       ///< times in a row that a party does not answer before it is paused
    Duration first_pause;
    Duration longest_pause;  ///< a pause is twice as long as the one before, up to this
};

const LaneLimits& limits_of(Lane lane);

}  // namespace orderd::jobs
