#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/caller.h"
#include "base/ids.h"
#include "base/names.h"
#include "base/refused.h"
#include "base/time.h"
#include "storage/writer.h"

namespace orderd::accounts {

// The filters of a list of the dashboard, kept under a name: for oneself, or for all who work here. Name and filters are
// sealed, since they may be a customer's name.

inline constexpr Refused kTooManyLists{409, "too_many_saved_lists",
                                       "You keep as many lists as you may. Remove one of them first."};

/// The dashboard's lists that have filters.
enum class ListName { orders, payments, customers, inventory };
inline constexpr Names<ListName, 4> kListNames{{{{ListName::orders, "orders"},
                                                 {ListName::payments, "payments"},
                                                 {ListName::customers, "customers"},
                                                 {ListName::inventory, "inventory"}}}};

enum class SavedListId : std::int64_t {};

struct NewSavedList {
    ListName list = ListName::orders;
    std::string name;
    std::string query;  ///< as in the page's address: "status=paid&tag=gift"
    bool shared = false;
};

struct SavedList {
    SavedListId id{};
    AdminId admin{};
    NewSavedList what;
};

/// One's own lists, and those that others share; one's own first, oldest first. Of people who may not sign in any more,
/// none.
std::vector<SavedList> saved_lists(const storage::View& view, AdminId admin);

/// @throws Refusal 409 `too_many_saved_lists`
SavedList add_saved_list(storage::Transaction& tx, AdminId admin, const NewSavedList& wanted, const Actor& actor,
                         Time now);

/// Removes one's own list; an owner removes shared ones too.
///
/// @throws Refusal 404
void remove_saved_list(storage::Transaction& tx, SavedListId id, const Caller& who, Time now);

}  // namespace orderd::accounts
