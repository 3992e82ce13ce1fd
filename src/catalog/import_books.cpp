// The groups and collections that a file names: GroupBook and CollectionBook of import_plan.h.

#include "base/budgets.h"
#include "base/folding.h"
#include "base/text.h"
#include "catalog/import_plan.h"
#include "catalog/sheet_groups.h"

namespace orderd::catalog {

KnownGroup& GroupBook::at(std::size_t group) {
    const auto [found, is_new] = known_.try_emplace(group);
    auto& known = found->second;
    if (!is_new) {
        return known;
    }
    const auto& in_file = sheet_.groups[group];
    known.group = find_group_by_handle(view_, in_file.handle);
    if (known.group) {
        for (const auto& variant : variants(view_, known.group->id)) {
            known.taken.emplace(key_of(variant.variant.value().values), variant.sku);
        }
    }
    for (const auto& option : known.group ? known.group->options : in_file.options) {
        auto& keys = known.values.emplace_back();
        for (const auto& value : option.values) {
            if (keys.size() < budget::kOptionValues) {
                keys.insert(identifier_key(value));
            }
        }
    }
    return known;
}

GroupChanges GroupBook::changes_of(std::size_t group) {
    GroupChanges changes;
    const auto& known = at(group);
    const auto& in_file = sheet_.groups[group];
    if (!known.group) {
        return changes;
    }
    if (!in_file.title.empty() && in_file.title != known.group->name && is_group_name(in_file.title)) {
        changes.name = in_file.title;
    }
    if (in_file.description && *in_file.description != known.group->description) {
        changes.description = *in_file.description;
    }
    return changes;
}

CollectionBook::CollectionBook(const storage::View& view) {
    for (const auto& collection : catalog::collections(view)) {
        made(collection);
    }
}

void CollectionBook::made(const Collection& collection) {
    by_key_.emplace(identifier_key(collection.handle), collection.id);
    by_key_.insert_or_assign(identifier_key(collection.name), collection.id);  // a name goes before a handle
    names_[collection.id] = collection.name;
    if (new_.erase(identifier_key(collection.name)) == 0) {
        ++count_;
    }
}

std::optional<CollectionId> CollectionBook::find(const std::string& name) const {
    const auto found = by_key_.find(identifier_key(name));
    return found == by_key_.end() ? std::nullopt : std::optional(found->second);
}

bool CollectionBook::can_have(const std::string& name) {
    const auto key = identifier_key(name);
    if (by_key_.contains(key) || new_.contains(key)) {
        return true;
    }
    if (key.empty() || code_points(name) > kMaxCollectionName || has_control(name, false) ||
        count_ >= budget::kCollections) {
        return false;
    }
    ++count_;
    new_.insert(key);
    return true;
}

std::string CollectionBook::name_of(CollectionId id) const { return names_.at(id); }

}  // namespace orderd::catalog
