#include "catalog/matrix.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/budgets.h"
#include "base/errors.h"
#include "base/text.h"

namespace orderd::catalog {

std::vector<Values> combinations(const Group& group) {
    std::vector<Values> all(1);
    for (std::size_t i = 0; i < group.options.size(); ++i) {
        std::vector<Values> longer;
        for (const auto& begun : all) {
            for (const auto& value : group.options[i].values) {
                longer.push_back(begun);
                longer.back().at(i) = value;
            }
        }
        all = std::move(longer);
        if (all.size() > budget::kGroupVariants) {
            throw Refusal(
                kTooManyVariants,
                fmt::format("options: their values have {} combinations or more; a group has {} variants at most",
                            all.size(), budget::kGroupVariants));
        }
    }
    return all;
}

Product add_variant(storage::Transaction& tx, GroupId id, NewProduct wanted, const Values& values, const Actor& actor,
                    Time now) {
    auto group = get_group(tx, id);
    auto spelled = values;
    if (auto faults = match(group.options, spelled); !faults.empty()) {
        throw Refusal(std::move(faults));
    }
    if (trimmed(wanted.sku).empty()) {
        wanted.sku = variant_sku(group, spelled);
    }
    if (trimmed(wanted.name).empty()) {
        wanted.name = variant_name(group, spelled);
    }
    if (wanted.description.empty()) {
        wanted.description = group.description;
    }
    wanted.variant = Variant{.group = id, .values = spelled};
    return create(tx, wanted, actor, now);
}

void change_variants(storage::Transaction& tx, GroupId group, const std::vector<ProductId>& named,
                     const Changes& fields, const std::optional<StockChange>& stock, const Actor& actor, Time now) {
    const auto members = variants(tx, group);
    std::vector<Fault> faults;
    for (std::size_t i = 0; i < named.size(); ++i) {
        const bool is_member =
            std::any_of(members.begin(), members.end(), [&](const Product& one) { return one.id == named[i]; });
        if (!is_member) {
            faults.push_back({fmt::format("/products/{}", i),
                              fmt::format("product {} is no variant of this group", number(named[i]))});
        }
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    for (const auto& variant : members) {
        if (!named.empty() && std::find(named.begin(), named.end(), variant.id) == named.end()) {
            continue;
        }
        try {
            change(tx, variant.id, fields, stock, actor, now);
        } catch (Refusal& why) {
            throw std::move(why).with("product_id", number(variant.id));
        }
    }
}

}  // namespace orderd::catalog
