#include "catalog/answers.h"

#include "catalog/options.h"
#include "catalog/picture.h"

namespace orderd::catalog {

namespace {

constexpr auto kCountOfGroup = "SELECT count(*) FROM product WHERE group_id = ?1";

Json own_json(const Product& product, std::string_view currency, For whom) {
    return whom == For::staff ? admin_json(product, currency) : public_json(product, currency);
}

Json members_of(const Group& group, std::string_view currency) {
    return {{"id", number(group.id)},
            {"handle", group.handle},
            {"name", group.name},
            {"description", group.description},
            {"options", to_json(group.options)},
            {"price_from", group.price_from ? Json(group.price_from->minor) : Json(nullptr)},
            {"currency", currency},
            {"created_at", rfc3339(group.created_at)},
            {"updated_at", rfc3339(group.updated_at)},
            {"version", group.version}};
}

}  // namespace

Json products_json(const storage::View& view, const std::vector<Product>& products, std::string_view currency,
                   For whom) {
    auto groups = groups_of(view, products);
    auto list = listed(products, [&](const Product& product) {
        auto json = own_json(product, currency, whom);
        const auto group = groups.find(product.id);
        json["group"] = group == groups.end() ? Json(nullptr) : std::move(group->second);
        return json;
    });
    return with_pictures(view, std::move(list));
}

Json product_json(const storage::View& view, const Product& product, std::string_view currency, For whom) {
    return products_json(view, {product}, currency, whom).at(0);
}

Json group_json(const storage::View& view, const Group& group, std::string_view currency) {
    auto json = with_pictures(view, Json::array({members_of(group, currency)}), PictureOwner::Kind::group).at(0);
    json["variant_count"] = view.value<std::int64_t>(kCountOfGroup, group.id).value();
    return json;
}

Json whole_group_json(const storage::View& view, const Group& group, std::string_view currency) {
    auto json = group_json(view, group, currency);
    json["variants"] = products_json(view, variants(view, group.id), currency, For::staff);
    return json;
}

namespace {

Json entry_json(const WindowEntry& entry, std::string_view currency) {
    const auto shown = [&](const auto& one) {
        return Json{{"id", number(one.id)},
                    {"handle", one.handle},
                    {"name", one.name},
                    {"description", one.description},
                    {"created_at", rfc3339(one.created_at)}};
    };
    auto json = entry.group ? shown(*entry.group) : shown(entry.product.value());
    const auto price = [](const std::optional<Money>& money) { return money ? Json(money->minor) : Json(nullptr); };
    json.update({{"kind", entry.group ? "group" : "product"},
                 {"options", entry.group ? to_json(entry.group->options) : Json::array()},
                 {"price_from", entry.price_from.minor},
                 {"price_to", entry.price_to.minor},
                 {"compare_at_price", entry.product ? price(entry.product->compare_at_price) : Json(nullptr)},
                 {"lowest_price", entry.product ? price(entry.product->lowest_price) : Json(nullptr)},
                 {"price_per", entry.product ? price_per_json(*entry.product) : Json(nullptr)},
                 {"currency", currency},
                 {"orderable", entry.orderable},
                 {"variant_count", entry.variants}});
    return json;
}

}  // namespace

Json entries_json(const storage::View& view, const std::vector<WindowEntry>& entries, std::string_view currency) {
    return with_pictures(view, listed(entries, [&](const WindowEntry& entry) { return entry_json(entry, currency); }));
}

Json whole_entry_json(const storage::View& view, const WindowEntry& entry, std::string_view currency) {
    auto json = entries_json(view, {entry}, currency).at(0);
    const auto products = entry.group ? shown_variants(view, entry.group->id) : std::vector{entry.product.value()};
    json["variants"] = products_json(view, products, currency, For::customers);
    return json;
}

}  // namespace orderd::catalog
