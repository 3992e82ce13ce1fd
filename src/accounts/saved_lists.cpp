#include "accounts/saved_lists.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/budgets.h"
#include "base/errors.h"
#include "base/json.h"
#include "storage/events.h"

namespace orderd::accounts {

namespace {

constexpr auto kSavedLists = R"sql(
    SELECT s.id, s.admin_id, s.list, s.shared, s.said_sealed
      FROM saved_list s JOIN admin_user a ON a.id = s.admin_id
     WHERE s.admin_id = ?1 OR (s.shared = 1 AND a.active = 1)
     ORDER BY s.admin_id <> ?1, s.id
)sql";
constexpr auto kCountSavedLists = "SELECT count(*) FROM saved_list WHERE admin_id = ?1";
constexpr auto kAddSavedList =
    "INSERT INTO saved_list (admin_id, list, shared, said_sealed, created_at) VALUES (?1, ?2, ?3, x'', ?4)";
constexpr auto kSealSavedList = "UPDATE saved_list SET said_sealed = ?2 WHERE id = ?1";
constexpr auto kOwnerOfSavedList = "SELECT admin_id, shared, list FROM saved_list WHERE id = ?1";
constexpr auto kRemoveSavedList = "DELETE FROM saved_list WHERE id = ?1";

storage::Place place_of(SavedListId id) { return {"saved_list", "said_sealed", number(id)}; }

SavedList read_saved_list(const storage::Row& row, const storage::Vault& vault) {
    const auto id = row.get<SavedListId>(0);
    const auto said = stored_json(vault.open(place_of(id), row.get<std::string_view>(4)));
    return {.id = id,
            .admin = row.get<AdminId>(1),
            .what = {.list = kListNames.stored(row.get<std::string_view>(2)),
                     .name = said.at(0).get<std::string>(),
                     .query = said.at(1).get<std::string>(),
                     .shared = row.get<bool>(3)}};
}

}  // namespace

std::vector<SavedList> saved_lists(const storage::View& view, AdminId admin) {
    std::vector<SavedList> lists;
    view.each(
        kSavedLists, [&](const storage::Row& row) { lists.push_back(read_saved_list(row, view.vault())); }, admin);
    return lists;
}

SavedList add_saved_list(storage::Transaction& tx, AdminId admin, const NewSavedList& wanted, const Actor& actor,
                         Time now) {
    if (tx.value<std::int64_t>(kCountSavedLists, admin).value() >= budget::kSavedLists) {
        throw Refusal(kTooManyLists, fmt::format("you have {} lists, and no more are possible", budget::kSavedLists));
    }
    const SavedListId id{tx.insert(kAddSavedList, admin, kListNames[wanted.list], wanted.shared, now)};
    const auto sealed = tx.vault().seal(place_of(id), Json::array({wanted.name, wanted.query}).dump());
    tx.run(kSealSavedList, id, storage::Blob{sealed});
    audit::record(tx, "saved_list.add", {"saved_list", number(id)}, nullptr,
                  {{"list", kListNames[wanted.list]}, {"shared", wanted.shared}}, actor, now);
    return {.id = id, .admin = admin, .what = wanted};
}

void remove_saved_list(storage::Transaction& tx, SavedListId id, const Caller& who, Time now) {
    const auto found = tx.first(
        kOwnerOfSavedList,
        [](const storage::Row& row) {
            return SavedList{.id = {},
                             .admin = row.get<AdminId>(0),
                             .what = {.list = kListNames.stored(row.get<std::string_view>(2)),
                                      .name = {},
                                      .query = {},
                                      .shared = row.get<bool>(1)}};
        },
        id);
    const bool own = found && number(found->admin) == who.id;
    if (!found || !(own || (found->what.shared && who.is(Role::owner)))) {
        throw not_found("saved list");
    }
    tx.run(kRemoveSavedList, id);
    audit::record(tx, "saved_list.remove", {"saved_list", number(id)},
                  {{"list", kListNames[found->what.list]}, {"shared", found->what.shared}}, nullptr, who.actor(), now);
}

}  // namespace orderd::accounts
