#include "orders/tags.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/budgets.h"
#include "base/errors.h"
#include "base/folding.h"
#include "base/json.h"
#include "base/text.h"
#include "orders/order.h"
#include "storage/events.h"

namespace orderd::orders {

namespace {

constexpr auto kTagsInUse = "SELECT id, text, orders FROM tag ORDER BY orders DESC, key";
constexpr auto kTagByKey = "SELECT id, text, orders FROM tag WHERE key = ?1";
constexpr auto kCountTags = "SELECT count(*) FROM tag";
constexpr auto kAddTag = "INSERT INTO tag (text, key) VALUES (?1, ?2)";
constexpr auto kCountTagOfOrder = "SELECT count(*) FROM order_tag WHERE order_id = ?1";
constexpr auto kTagOrder = "INSERT INTO order_tag (tag_id, order_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
constexpr auto kUntagOrder = "DELETE FROM order_tag WHERE tag_id = ?1 AND order_id = ?2";
constexpr auto kCountOrders = "UPDATE tag SET orders = orders + ?2 WHERE id = ?1";
constexpr auto kForgetUnused = "DELETE FROM tag WHERE id = ?1 AND orders = 0";
constexpr auto kTagsOfOrders = R"sql(
    SELECT o.order_id, t.text
      FROM json_each(?1) AS wanted
      JOIN order_tag o ON o.order_id = wanted.value
      JOIN tag t ON t.id = o.tag_id
     ORDER BY o.order_id, t.key
)sql";
constexpr auto kTagIdsOfOrders = R"sql(
    SELECT o.order_id, o.tag_id FROM json_each(?1) AS wanted JOIN order_tag o ON o.order_id = wanted.value
)sql";

Tag read_tag(const storage::Row& row) {
    return {.id = row.get<std::int64_t>(0), .text = row.get<std::string>(1), .orders = row.get<std::int64_t>(2)};
}

/// Removes a tag from an order. @returns whether the order had it
bool untag(storage::Transaction& tx, std::int64_t tag, OrderId order) {
    if (tx.run(kUntagOrder, tag, order) == 0) {
        return false;
    }
    tx.run(kCountOrders, tag, -1);
    tx.run(kForgetUnused, tag);
    return true;
}

std::int64_t find_or_add(storage::Transaction& tx, std::string_view text, const std::string& pointer) {
    const auto key = identifier_key(text);
    if (key.empty()) {
        throw invalid(pointer, "has nothing in it that can be seen");
    }
    if (const auto found = tx.first(kTagByKey, read_tag, key)) {
        return found->id;
    }
    if (tx.value<std::int64_t>(kCountTags).value() >= budget::kTags) {
        throw Refusal(kTooManyTags, fmt::format("the shop has {} different tags, and no more are possible: use one of "
                                                "them, or remove one from all of its orders",
                                                budget::kTags));
    }
    return tx.insert(kAddTag, trimmed(text), key);
}

}  // namespace

std::vector<Tag> tags_in_use(const storage::View& view) {
    std::vector<Tag> tags;
    view.each(kTagsInUse, [&](const storage::Row& row) { tags.push_back(read_tag(row)); });
    return tags;
}

std::optional<Tag> find_tag(const storage::View& view, std::string_view text) {
    return view.first(kTagByKey, read_tag, identifier_key(text));
}

std::map<OrderId, std::vector<std::string>> tags_of(const storage::View& view, const std::vector<OrderId>& orders) {
    std::map<OrderId, std::vector<std::string>> tags;
    view.each(
        kTagsOfOrders, [&](const storage::Row& row) { tags[row.get<OrderId>(0)].push_back(row.get<std::string>(1)); },
        numbers_json(orders).dump());
    return tags;
}

std::vector<std::string> tags_of(const storage::View& view, OrderId order) {
    auto tags = tags_of(view, std::vector{order});
    return tags.empty() ? std::vector<std::string>() : std::move(tags.begin()->second);
}

void change_tags(storage::Transaction& tx, OrderId order, const std::vector<std::string>& add,
                 const std::vector<std::string>& remove, const Actor& actor, Time now) {
    require_exists(tx, order);
    auto removed = Json::array();
    for (const auto& text : remove) {
        const auto tag = find_tag(tx, text);
        if (tag && untag(tx, tag->id, order)) {
            removed.push_back(tag->id);
        }
    }
    auto added = Json::array();
    for (std::size_t i = 0; i < add.size(); ++i) {
        const auto tag = find_or_add(tx, add[i], fmt::format("/add/{}", i));
        if (tx.run(kTagOrder, tag, order) == 1) {
            tx.run(kCountOrders, tag, 1);
            added.push_back(tag);
        }
    }
    if (tx.value<std::int64_t>(kCountTagOfOrder, order).value() > static_cast<std::int64_t>(budget::kTagsOfOrder)) {
        throw Refusal(kTooManyTags, fmt::format("an order has at most {} tags", budget::kTagsOfOrder));
    }
    if (added.empty() && removed.empty()) {
        return;
    }
    const Json what{{"added", std::move(added)}, {"removed", std::move(removed)}};
    events::record(tx, "order.tags_changed", {"order", number(order)}, what, actor, now);
    audit::record(tx, "order.tags", {"order", number(order)}, nullptr, what, actor, now);
    tx.touched(storage::Topic::orders);
}

api::Shape order_tags_shape() {
    return api::Shape::list(api::Shape::text(1, budget::kTagLetters), 0, budget::kTagsOfOrder)
        .described("what staff sort orders by; customers do not see it");
}

void erase_tags(storage::Transaction& tx, const std::string& orders) {
    std::vector<std::pair<OrderId, std::int64_t>> theirs;
    tx.each(
        kTagIdsOfOrders,
        [&](const storage::Row& row) { theirs.emplace_back(row.get<OrderId>(0), row.get<std::int64_t>(1)); }, orders);
    for (const auto& [order, tag] : theirs) {
        untag(tx, tag, order);
    }
}

}  // namespace orderd::orders
