#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/names.h"
#include "fulfillment/returns.h"

namespace orderd::fulfillment {

// What staff do if not all units of an order are on the shelf: what is there goes out, and what is missing waits or is given
// back. All of it is one change.

enum class Rest { hold, refund };
enum class MissingUnits { put_back, write_off };

inline constexpr Names<Rest, 2> kRests{{{{Rest::hold, "hold"}, {Rest::refund, "refund"}}}};
inline constexpr Names<MissingUnits, 2> kMissingUnits{
    {{{MissingUnits::put_back, "put_back"}, {MissingUnits::write_off, "write_off"}}}};

struct ShortPick {
    std::vector<Units> missing;
    Rest rest = Rest::hold;
    MissingUnits missing_units = MissingUnits::put_back;
    std::optional<Money> refund = {};  ///< nullopt: what the missing units cost, as far as it was not refunded before
    std::string reason = {};
    bool pack = true;  ///< what was found becomes a parcel with the shop's own label
    bool dry_run = false;
};

struct ShortPicked {
    GivenUp given;                          ///< what becomes of the missing units' money
    Quantity written_off = 0;               ///< units that were taken off the stock
    std::vector<Units> packed = {};         ///< what is in the parcel; empty: there is none
    std::optional<ShipmentId> parcel = {};  ///< of a dry run: nullopt
    std::vector<ShipmentId> voided = {};    ///< parcels that held what is missing: their labels are not used
};

/// Does it. Parcels in the shop that hold lines of which units are missing are voided first.
///
/// @throws Refusal 422 for a line that is not the order's; 409 `not_open` if fewer units are left to ship;
///         `nothing_would_be_left`; `below_reserved` if units that are written off are promised to open orders; what start()
///         and Refunds::give refuse
ShortPicked pick_short(storage::Transaction& tx, const orders::Order& order, const ShortPick& wanted,
                       const Carriers& carriers, const Refunds& refunds, const Actor& actor, Time now);

/// What pick_short() would do now: nothing is changed. @throws Refusal as pick_short()
ShortPicked plan_short(storage::Transaction& tx, const orders::Order& order, const ShortPick& wanted,
                       const Carriers& carriers, const Refunds& refunds, const Actor& actor, Time now);

}  // namespace orderd::fulfillment
