#include "catalog/group.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/budgets.h"
#include "base/errors.h"
#include "base/folding.h"
#include "base/text.h"
#include "catalog/handle.h"
#include "catalog/options.h"
#include "catalog/text_index.h"
#include "catalog/variant.h"
#include "storage/events.h"

namespace orderd::catalog {

namespace {

#define ORDERD_GROUP_COLUMNS "id, handle, name, description, options, price_from, created_at, updated_at, version"
constexpr auto kGroupById = "SELECT " ORDERD_GROUP_COLUMNS " FROM product_group WHERE id = ?1";
constexpr auto kGroupByHandle = "SELECT " ORDERD_GROUP_COLUMNS " FROM product_group WHERE handle = ?1";
constexpr auto kInsertGroup = R"sql(
    INSERT INTO product_group (handle, name, name_key, description, options, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
)sql";
constexpr auto kUpdateGroup = R"sql(
    UPDATE product_group
       SET handle = ?2, name = ?3, name_key = ?4, description = ?5, options = ?6, updated_at = ?7, version = version + 1
     WHERE id = ?1
)sql";
constexpr auto kDeleteGroup = "DELETE FROM product_group WHERE id = ?1";
constexpr auto kVariants =
    "SELECT " ORDERD_PRODUCT_COLUMNS " FROM product WHERE group_id = ?1 ORDER BY group_position, id";

Group read_group(const storage::Row& row) {
    return {.id = row.get<GroupId>(0),
            .handle = row.get<std::string>(1),
            .name = row.get<std::string>(2),
            .description = row.get<std::string>(3),
            .options = options_from(stored_json(row.get<std::string_view>(4))),
            .price_from = row.get<std::optional<Money>>(5),
            .created_at = row.get<Time>(6),
            .updated_at = row.get<Time>(7),
            .version = row.get<std::int64_t>(8)};
}

/// Brings a group into the form in which it is stored.
///
/// @returns every fault
std::vector<Fault> tidy(Group& group) {
    // The bounds of a product's texts, which its variants have.
    ProductFields texts{.sku = "-", .handle = group.handle, .name = group.name, .description = group.description};
    auto faults = tidy(texts);
    group.handle = texts.handle;
    group.name = texts.name;
    group.description = texts.description;
    const auto of_options = tidy(group.options);
    faults.insert(faults.end(), of_options.begin(), of_options.end());
    return faults;
}

void throw_faults(std::vector<Fault> faults) {
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
}

/// What events and the audit log say of a group.
Json state_of(const Group& group) {
    return {{"handle", group.handle},
            {"name", group.name},
            {"description", group.description},
            {"options", to_json(group.options)}};
}

/// The members of the first that differ from the second.
Json differing(const Json& one, const Json& other) {
    auto members = Json::object();
    for (const auto& [name, value] : one.items()) {
        if (value != member_or_null(other, name.c_str())) {
            members[name] = value;
        }
    }
    return members;
}

/// Refuses a change of options that variants are in the way of.
void refuse_in_use(const std::vector<Product>& variants, const std::vector<std::size_t>& places, std::string_view why) {
    if (places.empty()) {
        return;
    }
    auto products = Json::array();
    for (const auto place : places) {
        const auto& variant = variants.at(place);
        products.push_back({{"product_id", number(variant.id)}, {"sku", variant.sku}});
    }
    throw Refusal(kOptionInUse, fmt::format("options: {} of {} variants {}; the first is {}", places.size(),
                                            variants.size(), why, variants.at(places.front()).sku))
        .with("products", std::move(products))
        .at({{"/options", fmt::format("{} variants {}", places.size(), why)}});
}

/// The options of a group as they will be, with those of its variants.
Reform reformed(const Group& group, const std::vector<Product>& variants, const GroupChanges& changes) {
    std::vector<Values> values;
    for (const auto& variant : variants) {
        values.push_back(variant.variant.value().values);
    }
    Reform reform(group.options, std::move(values));
    std::vector<Fault> faults;
    reform.rename(changes.renamings, faults);
    std::vector<std::size_t> in_need;
    if (changes.options) {
        auto options = *changes.options;
        faults = faults.empty() ? tidy(options) : faults;
        if (faults.empty()) {
            in_need = reform.take(options, faults);
        }
    }
    throw_faults(std::move(faults));
    refuse_in_use(variants, in_need, "have values that would not be there any more");
    refuse_in_use(variants, reform.repeated(), "would be the same as another");
    return reform;
}

/// Brings the variants of a group to what it has become.
void follow(storage::Transaction& tx, const Group& before, const Group& after, const std::vector<Product>& variants,
            const Reform& reform, const Actor& actor, Time now) {
    for (std::size_t i = 0; i < variants.size(); ++i) {
        auto variant = variants[i];
        auto& values = variant.variant.value().values;
        if (variant.name == variant_name(before, values)) {
            variant.name = variant_name(after, reform.variants()[i]);
        }
        if (variant.description == before.description) {
            variant.description = after.description;
        }
        values = reform.variants()[i];
        replace(tx, variants[i], std::move(variant), actor, now);
    }
    if (reform.reordered()) {
        std::vector<ProductId> order;
        for (const auto place : reform.sorted()) {
            order.push_back(variants[place].id);
        }
        order_variants(tx, after.id, order, actor, now);
    }
}

}  // namespace

std::optional<Group> find_group(const storage::View& view, GroupId id) {
    return view.first(kGroupById, read_group, id);
}

std::optional<Group> find_group_by_handle(const storage::View& view, std::string_view handle) {
    return view.first(kGroupByHandle, read_group, handle_form(handle, kMaxHandle));
}

Group get_group(const storage::View& view, GroupId id) {
    auto group = find_group(view, id);
    if (!group) {
        throw not_found("group of products");
    }
    return std::move(*group);
}

std::vector<Product> variants(const storage::View& view, GroupId group) {
    std::vector<Product> found;
    view.each(
        kVariants, [&](const storage::Row& row) { found.push_back(read_product(row)); }, group);
    return found;
}

Group create_group(storage::Transaction& tx, const NewGroup& wanted, const Actor& actor, Time now) {
    Group group{.handle = wanted.handle,
                .name = wanted.name,
                .description = wanted.description,
                .options = wanted.options,
                .price_from = {},
                .created_at = now,
                .updated_at = now};
    throw_faults(tidy(group));
    if (group.handle.empty()) {
        group.handle = free_handle(tx, group.name, "");
    }
    check_handle_is_free(tx, group.handle, std::nullopt, std::nullopt);
    group.id = GroupId{tx.insert(kInsertGroup, group.handle, group.name, search_form(group.name), group.description,
                                 json_text(to_json(group.options)), now)};
    index_texts(tx, group);
    tx.touched(storage::Topic::catalog);
    const events::Subject subject{"product_group", number(group.id)};
    events::record(tx, "product_group.created", subject, state_of(group), actor, now);
    audit::record(tx, "product_group.create", subject, nullptr, state_of(group), actor, now);
    return group;
}

Group store_group(storage::Transaction& tx, const Group& before, Group after, const Actor& actor, Time now) {
    const auto was = differing(state_of(before), state_of(after));
    const auto is = differing(state_of(after), state_of(before));
    if (is.empty()) {
        return before;
    }
    tx.run(kUpdateGroup, after.id, after.handle, after.name, search_form(after.name), after.description,
           json_text(to_json(after.options)), now);
    index_texts(tx, after);
    tx.touched(storage::Topic::catalog);
    after.updated_at = now;
    after.version = before.version + 1;
    const events::Subject subject{"product_group", number(after.id)};
    events::record(tx, "product_group.updated", subject, {{"before", was}, {"after", is}}, actor, now);
    audit::record(tx, "product_group.update", subject, was, is, actor, now);
    return after;
}

Group update_group(storage::Transaction& tx, GroupId id, const GroupChanges& changes, const Actor& actor, Time now) {
    const auto before = get_group(tx, id);
    auto after = before;
    after.handle = changes.handle.value_or(before.handle);
    after.name = changes.name.value_or(before.name);
    after.description = changes.description.value_or(before.description);
    throw_faults(tidy(after));
    if (after.handle.empty()) {
        after.handle = before.handle;
    }
    check_handle_is_free(tx, after.handle, std::nullopt, id);
    const auto members = variants(tx, id);
    const auto reform = reformed(before, members, changes);
    after.options = reform.options();
    const auto stored = store_group(tx, before, after, actor, now);
    if (stored.version != before.version) {
        follow(tx, before, stored, members, reform, actor, now);
    }
    return get_group(tx, id);
}

void remove_group(storage::Transaction& tx, GroupId id, const Actor& actor, Time now) {
    const auto group = get_group(tx, id);
    for (const auto& variant : variants(tx, id)) {
        set_variant(tx, variant.id, std::nullopt, actor, now);
    }
    tx.run(kDeleteGroup, id);
    tx.touched(storage::Topic::catalog);
    const events::Subject subject{"product_group", number(id)};
    events::record(tx, "product_group.deleted", subject, {{"handle", group.handle}}, actor, now);
    audit::record(tx, "product_group.delete", subject, state_of(group), nullptr, actor, now);
}

}  // namespace orderd::catalog
