#include <fmt/format.h>

#include "accounts/desk.h"
#include "accounts/routes.h"
#include "accounts/saved_lists.h"
#include "accounts/signing_in.h"
#include "base/budgets.h"
#include "base/errors.h"

namespace orderd {

using accounts::NewSavedList;

template <>
struct api::Fields<NewSavedList> {
    static Declared<NewSavedList> value() {
        const auto parse = +[](std::string_view text) { return accounts::kListNames.parse(text); };
        return object<NewSavedList>(
            "NewSavedList",
            {field("list", &NewSavedList::list,
                   Shape::one_of(accounts::kListNames.list()).described("the dashboard's list that it filters"), parse),
             field("name", &NewSavedList::name, Shape::text(1, budget::kSavedListName)),
             field("query", &NewSavedList::query,
                   Shape::text(1, budget::kSavedListQuery)
                       .described("its filters, as in the page's address")
                       .example("status=paid&tag=gift")),
             optional("shared", &NewSavedList::shared, Shape::boolean().described("with all who work here"))});
    }
};

}  // namespace orderd

namespace orderd::accounts {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Shape saved_list_shape() {
    return Shape::object(
               {{"id", Shape::id()},
                {"list", Shape::one_of(kListNames.list()).described("the dashboard's list that it filters")},
                {"name", Shape::text(1, budget::kSavedListName)},
                {"query", Shape::text(1, budget::kSavedListQuery).described("its filters, as in the page's address")},
                {"shared", Shape::boolean().described("with all who work here")},
                {"own", Shape::boolean().described("of whoever asks")}})
        .named("SavedList");
}

Shape saved_lists_shape() {
    return Shape::object({{"data", Shape::list(saved_list_shape(), 0, 100'000)}}).named("SavedLists");
}

/// An API key sees no lists.
AdminId whose(const Request& in) { return require_admin(in.caller(), "lists are kept by people: sign in first"); }

Json to_json(const SavedList& saved, AdminId asks) {
    return {{"id", number(saved.id)},    {"list", kListNames[saved.what.list]}, {"name", saved.what.name},
            {"query", saved.what.query}, {"shared", saved.what.shared},         {"own", saved.admin == asks}};
}

Answer list_saved(Request& in, Desk&) {
    const auto admin = whose(in);
    const auto wanted = in.query("list");
    auto rows = Json::array();
    for (const auto& saved : saved_lists(in.read(), admin)) {
        if (!wanted || kListNames[saved.what.list] == *wanted) {
            rows.push_back(to_json(saved, admin));
        }
    }
    return api::ok({{"data", std::move(rows)}});
}

Answer save_list(Request& in, Desk&, NewSavedList wanted) {
    const auto admin = whose(in);
    return in.mutate([&](storage::Transaction& tx) {
        const auto saved = add_saved_list(tx, admin, wanted, in.actor(), in.now());
        return api::created("/admin/saved-lists", to_json(saved, admin), 1);
    });
}

Answer unsave_list(Request& in, Desk&) {
    whose(in);
    return in.mutate([&](storage::Transaction& tx) {
        remove_saved_list(tx, SavedListId{in.id()}, in.caller(), in.now());
        return api::no_content();
    });
}

}  // namespace

void add_saved_list_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Users and keys", desk);
    add({.method = "GET",
         .path = "/admin/saved-lists",
         .name = "savedLists.list",
         .who = Who::viewer,
         .summary = "One's saved lists, and those that others share",
         .query = {{"list", Shape::one_of(kListNames.list()), "of this list"}},
         .answers = {{200, saved_lists_shape()}},
         .refuses = {kSessionRequired}},
        list_saved);
    add({.method = "POST",
         .path = "/admin/saved-lists",
         .name = "savedLists.add",
         .who = Who::viewer,
         .summary = "Keep a list's filters under a name",
         .answers = {{201, saved_list_shape()}},
         .refuses = {kSessionRequired, kTooManyLists},
         .idempotent = true},
        save_list);
    add({.method = "DELETE",
         .path = "/admin/saved-lists/{id}",
         .name = "savedLists.remove",
         .who = Who::viewer,
         .summary = "Remove a saved list; an owner removes shared ones of others too",
         .answers = {{204, std::nullopt}},
         .refuses = {kSessionRequired}},
        unsave_list);
}

}  // namespace orderd::accounts
