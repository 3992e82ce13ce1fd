#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "catalog/collections.h"
#include "catalog/import.h"

namespace orderd::catalog {

// What the rows of a file will do, decided row by row. The same for a preview and for the import itself: what a row
// does to its own product, group and collections is all that it changes.

/// A group of the file, as far as the shop has it.
struct KnownGroup {
    std::optional<Group> group = {};                 ///< nullopt: it is to be made
    std::map<std::string, std::string> taken = {};   ///< the SKU of each variant, by the key of its values
    std::vector<std::set<std::string>> values = {};  ///< the keys of each option's values
    bool is_told = false;                            ///< a row says that its texts change
};

/// The groups of a file.
class GroupBook {
public:
    GroupBook(const storage::View& view, const Sheet& sheet) : view_(view), sheet_(sheet) {}

    KnownGroup& at(std::size_t group);
    /// Those that at() was called for, by their place in the sheet.
    std::map<std::size_t, KnownGroup>& seen() { return known_; }
    const SheetGroup& in_sheet(std::size_t group) const { return sheet_.groups[group]; }

    /// The texts of a group that are others in the file.
    GroupChanges changes_of(std::size_t group);

private:
    const storage::View& view_;
    const Sheet& sheet_;
    std::map<std::size_t, KnownGroup> known_;
};

/// The collections of the shop, by what a file may call them.
class CollectionBook {
public:
    explicit CollectionBook(const storage::View& view);

    /// Nullopt: it is to be made.
    std::optional<CollectionId> find(const std::string& name) const;
    /// Whether it is there, or the shop can have one more. Counts it then.
    bool can_have(const std::string& name);
    void made(const Collection& collection);
    std::string name_of(CollectionId id) const;

private:
    std::map<std::string, CollectionId> by_key_;
    std::map<CollectionId, std::string> names_;
    std::set<std::string> new_;
    std::int64_t count_ = 0;
};

/// What a file said about stock and sale, which belong to the running shop.
struct Said {
    std::optional<Quantity> quantity = {};
    std::optional<ProductStatus> status = {};
    std::optional<StockPolicy> policy = {};
    Time at = {};  ///< when it said the quantity
};

/// The work for one row.
struct Step {
    ImportReport::Row report = {};
    const SheetRow* row = nullptr;
    std::optional<Product> product = {};                       ///< the existing one
    ProductFields fields = {};                                 ///< of a new one
    Changes changes = {};                                      ///< of the existing one
    std::optional<Quantity> on_hand = {};                      ///< the new value
    bool takes_place = false;                                  ///< becomes the variant that its row says
    std::optional<std::vector<std::string>> collections = {};  ///< to be in; nullopt: they stay
    bool says_new = false;                                     ///< the file says something new about stock or sale
};

class Planner {
public:
    Planner(const storage::View& view, const Sheet& sheet);

    Step plan(const SheetRow& row);

    GroupBook& groups() { return groups_; }
    CollectionBook& collections() { return collections_; }

private:
    void plan_new(Step& step);
    void plan_update(Step& step);
    void plan_policy(Step& step, const Said& before);
    void plan_quantity(Step& step, const Said& before);
    void plan_place(Step& step);
    void plan_collections(Step& step);
    void drop_compare_at(const Step& step, ProductFields& fields, Notes& notes) const;
    void note_sales(Step& step, const Said& before) const;
    bool has_fault(Step& step, ProductFields fields, bool is_new_price) const;

    const storage::View& view_;
    const Sheet& sheet_;
    const Money unit_;
    const std::string currency_;
    GroupBook groups_;
    CollectionBook collections_;
};

}  // namespace orderd::catalog
