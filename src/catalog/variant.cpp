#include "catalog/variant.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/budgets.h"
#include "base/errors.h"
#include "base/folding.h"
#include "base/text.h"
#include "catalog/handle.h"
#include "storage/events.h"

namespace orderd::catalog {

namespace {

constexpr auto kSameValues = R"sql(
    SELECT id FROM product WHERE group_id = ?1 AND option1 = ?2 AND option2 = ?3 AND option3 = ?4 AND id <> ?5
)sql";
constexpr auto kCountVariants = "SELECT count(*) FROM product WHERE group_id = ?1";
constexpr auto kLastPosition = "SELECT ifnull(max(group_position), 0) FROM product WHERE group_id = ?1";
constexpr auto kSetPosition = "UPDATE product SET group_position = ?2 WHERE id = ?1 AND group_position <> ?2";
constexpr auto kTouchGroup = "UPDATE product_group SET updated_at = ?2, version = version + 1 WHERE id = ?1";
constexpr auto kKeepPrice = R"sql(
    UPDATE product_group SET price_from = now.price
      FROM (SELECT min(price) AS price FROM product WHERE group_id = ?1 AND +status = 'active') now
     WHERE id = ?1 AND price_from IS NOT now.price
)sql";
constexpr auto kGroupsOf = R"sql(
    SELECT id, handle, name, options FROM product_group WHERE id IN (SELECT value FROM json_each(?1))
)sql";
constexpr auto kWrongPrices = R"sql(
    SELECT id FROM product_group g
     WHERE price_from IS NOT (SELECT min(price) FROM product p WHERE p.group_id = g.id AND +p.status = 'active')
)sql";
constexpr auto kEqualVariants = R"sql(
    SELECT group_id, min(id), max(id) FROM product WHERE group_id IS NOT NULL
     GROUP BY group_id, option1, option2, option3 HAVING count(*) > 1
)sql";
constexpr auto kGroupIds = "SELECT id FROM product_group ORDER BY id";
constexpr auto kWithoutHandle = "SELECT id FROM product WHERE (handle = '') <> (group_id IS NOT NULL)";

std::string joined(const Group& group, const Values& values, std::string_view between) {
    std::string text;
    for (std::size_t i = 0; i < group.options.size(); ++i) {
        text.append(text.empty() ? "" : between).append(values.at(i));
    }
    return text;
}

/// The first `most` characters of well-formed UTF-8.
std::string first_of(std::string text, std::size_t most) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
        if (begins && count++ == most) {
            text.resize(at);
        }
    }
    return text;
}

void check_room(const storage::View& view, const Group& group, bool joins) {
    const auto count = view.value<std::int64_t>(kCountVariants, group.id).value() + (joins ? 1 : 0);
    if (count > static_cast<std::int64_t>(budget::kGroupVariants)) {
        throw Refusal(kTooManyVariants, fmt::format("group: {} would have {} variants; a group has {} at most",
                                                    group.handle, count, budget::kGroupVariants));
    }
    for (const auto& option : group.options) {
        if (option.values.size() > budget::kOptionValues) {
            throw Refusal(kTooManyVariants,
                          fmt::format("group: {} of {} would have {} values; an option has {} at most", option.name,
                                      group.handle, option.values.size(), budget::kOptionValues));
        }
    }
}

void check_values_are_free(const storage::View& view, const Group& group, const Values& values, ProductId product) {
    const auto other = view.value<ProductId>(kSameValues, group.id, values.at(0), values.at(1), values.at(2), product);
    if (other) {
        throw Refusal(kVariantTaken, fmt::format("values: {} has a variant {}, which is product {}", group.handle,
                                                 joined(group, values, " / "), number(*other)))
            .with("product_id", number(*other))
            .at({{"/values", "are those of another variant"}});
    }
}

/// The variants of a group by their places, the wanted ones first.
std::vector<ProductId> whole_order(const std::vector<Product>& members, const std::vector<ProductId>& wanted) {
    std::set<ProductId> left;
    for (const auto& member : members) {
        left.insert(member.id);
    }
    auto order = wanted;
    std::vector<Fault> faults;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (left.erase(wanted[i]) == 0) {
            faults.push_back(
                {fmt::format("/order/{}", i),
                 fmt::format("product {} is no variant of this group, or is there twice", number(wanted[i]))});
        }
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    for (const auto& member : members) {
        if (left.contains(member.id)) {
            order.push_back(member.id);
        }
    }
    return order;
}

Json values_json(const Variant& variant, const std::vector<Option>& options) {
    auto list = Json::array();
    for (std::size_t i = 0; i < options.size(); ++i) {
        list.push_back({{"name", options[i].name}, {"value", variant.values.at(i)}});
    }
    return list;
}

}  // namespace

Variant settle_variant(storage::Transaction& tx, const Variant& wanted, std::optional<ProductId> product,
                       const Actor& actor, Time now) {
    const auto before = get_group(tx, wanted.group);
    const auto place = product ? get(tx, *product).variant : std::nullopt;
    const bool joins = !place || place->group != wanted.group;
    auto group = before;
    auto settled = wanted;
    if (auto faults = match(group.options, settled.values); !faults.empty()) {
        throw Refusal(std::move(faults));
    }
    check_room(tx, group, joins);
    check_values_are_free(tx, group, settled.values, product.value_or(ProductId{}));
    if (settled.position <= 0) {
        settled.position = joins ? tx.value<std::int64_t>(kLastPosition, group.id).value() + 1 : place->position;
    }
    store_group(tx, before, group, actor, now);
    return settled;
}

void keep_group_price(storage::Transaction& tx, GroupId group) { tx.run(kKeepPrice, group); }

Product set_variant(storage::Transaction& tx, ProductId id, const std::optional<Variant>& variant, const Actor& actor,
                    Time now) {
    const auto before = get(tx, id);
    auto after = before;
    const auto made_name = [&](const Variant& of) { return variant_name(get_group(tx, of.group), of.values); };
    const bool is_made = before.variant && before.name == made_name(*before.variant);
    if (!variant) {
        after.variant.reset();
    } else {
        after.variant = settle_variant(tx, *variant, id, actor, now);
        after.handle.clear();
        after.name = is_made ? made_name(*after.variant) : before.name;
    }
    return replace(tx, before, std::move(after), actor, now);
}

Group order_variants(storage::Transaction& tx, GroupId id, const std::vector<ProductId>& wanted, const Actor& actor,
                     Time now) {
    const auto group = get_group(tx, id);
    const auto members = variants(tx, id);
    const auto order = whole_order(members, wanted);
    std::int64_t moved = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        moved += tx.run(kSetPosition, order[i], static_cast<std::int64_t>(i + 1));
    }
    const auto differs = [](const Product& member, ProductId other) { return member.id != other; };
    if (moved == 0 || std::equal(members.begin(), members.end(), order.begin(), std::not_fn(differs))) {
        return group;
    }
    tx.run(kTouchGroup, id, now);
    tx.touched(storage::Topic::catalog);
    const auto ids = numbers_json(order);
    const events::Subject subject{"product_group", number(id)};
    events::record(tx, "product_group.updated", subject, {{"after", {{"order", ids}}}}, actor, now);
    audit::record(tx, "product_group.order", subject, nullptr, {{"order", ids}}, actor, now);
    return get_group(tx, id);
}

std::string variant_name(const Group& group, const Values& values) {
    const auto of_values = joined(group, values, " / ");
    return first_of(of_values.empty() ? group.name : group.name + " – " + of_values, kMaxName);
}

std::string variant_sku(const Group& group, const Values& values) {
    return handle_form(group.handle + ' ' + joined(group, values, " "), kMaxSku);
}

std::map<ProductId, Json> groups_of(const storage::View& view, const std::vector<Product>& products) {
    std::set<std::int64_t> ids;
    for (const auto& product : products) {
        if (product.variant) {
            ids.insert(number(product.variant->group));
        }
    }
    std::map<ProductId, Json> groups;
    if (ids.empty()) {
        return groups;
    }
    view.each(
        kGroupsOf,
        [&](const storage::Row& row) {
            const auto id = row.get<GroupId>(0);
            const auto options = options_from(stored_json(row.get<std::string_view>(3)));
            for (const auto& product : products) {
                if (product.variant && product.variant->group == id) {
                    groups[product.id] = {{"id", number(id)},
                                          {"handle", row.get<std::string>(1)},
                                          {"name", row.get<std::string>(2)},
                                          {"options", values_json(*product.variant, options)}};
                }
            }
        },
        Json(ids).dump());
    return groups;
}

std::vector<std::string> wrong_groups(const storage::View& view, std::size_t most) {
    std::vector<std::string> lines;
    const auto add = [&](std::string line) {
        if (lines.size() < most) {
            lines.push_back(std::move(line));
        }
    };
    view.each(kEqualVariants, [&](const storage::Row& row) {
        add(fmt::format("group {}: products {} and {} have the same values", row.get<std::int64_t>(0),
                        row.get<std::int64_t>(1), row.get<std::int64_t>(2)));
    });
    view.each(kWrongPrices, [&](const storage::Row& row) {
        add(fmt::format("group {}: its price is not the least of its variants", row.get<std::int64_t>(0)));
    });
    view.each(kWithoutHandle, [&](const storage::Row& row) {
        add(fmt::format("product {}: it stands alone without a handle, or is a variant with one",
                        row.get<std::int64_t>(0)));
    });
    std::vector<GroupId> ids;
    view.each(kGroupIds, [&](const storage::Row& row) { ids.push_back(row.get<GroupId>(0)); });
    for (const auto id : ids) {
        const auto group = get_group(view, id);
        for (const auto& product : variants(view, id)) {
            auto options = group.options;
            auto values = product.variant.value().values;
            if (!match(options, values).empty() || options != group.options || values != product.variant->values) {
                add(fmt::format("product {}: its values are not those of group {}", number(product.id), number(id)));
            }
        }
    }
    return lines;
}

}  // namespace orderd::catalog
