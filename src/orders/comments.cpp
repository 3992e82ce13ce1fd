#include "orders/comments.h"

#include <fmt/format.h>

#include "base/budgets.h"
#include "base/errors.h"
#include "base/json.h"
#include "orders/order.h"
#include "storage/events.h"

namespace orderd::orders {

namespace {

constexpr auto kCommentsOf = R"sql(
    SELECT c.id, c.order_id, c.admin_id, a.username, c.text_sealed, c.at
      FROM order_comment c JOIN admin_user a ON a.id = c.admin_id
     WHERE c.order_id = ?1 ORDER BY c.id
)sql";
constexpr auto kCountComments = "SELECT count(*) FROM order_comment WHERE order_id = ?1";
constexpr auto kAddComment = "INSERT INTO order_comment (order_id, admin_id, text_sealed, at) VALUES (?1, ?2, x'', ?3)";
constexpr auto kSealComment = "UPDATE order_comment SET text_sealed = ?2 WHERE id = ?1";
constexpr auto kAuthorOf = "SELECT admin_id FROM order_comment WHERE id = ?1 AND order_id = ?2";
constexpr auto kRemoveComment = "DELETE FROM order_comment WHERE id = ?1";
constexpr auto kEraseComments = "DELETE FROM order_comment WHERE order_id IN (SELECT value FROM json_each(?1))";

storage::Place place_of(CommentId id) { return {"order_comment", "text_sealed", static_cast<std::int64_t>(id)}; }

Json id_json(CommentId id) { return {{"comment_id", static_cast<std::int64_t>(id)}}; }

void record_comment(storage::Transaction& tx, std::string_view kind, OrderId order, CommentId id, const Caller& who,
                    Time now) {
    events::record(tx, kind, {"order", number(order)}, id_json(id), who.actor(), now);
    audit::record(tx, kind, {"order", number(order)}, nullptr, id_json(id), who.actor(), now);
}

}  // namespace

std::vector<Comment> comments_of(const storage::View& view, OrderId order) {
    std::vector<Comment> comments;
    view.each(
        kCommentsOf,
        [&](const storage::Row& row) {
            const auto id = row.get<CommentId>(0);
            comments.push_back({.id = id,
                                .order = row.get<OrderId>(1),
                                .author = row.get<AdminId>(2),
                                .author_name = row.get<std::string>(3),
                                .text = view.vault().open(place_of(id), row.get<std::string_view>(4)),
                                .at = row.get<Time>(5)});
        },
        order);
    return comments;
}

Comment add_comment(storage::Transaction& tx, OrderId order, std::string_view text, const Caller& author, Time now) {
    require_exists(tx, order);
    if (tx.value<std::int64_t>(kCountComments, order).value() >= budget::kCommentsOfOrder) {
        throw Refusal(kTooManyComments, fmt::format("an order has at most {} comments", budget::kCommentsOfOrder));
    }
    const AdminId admin{author.id};
    const CommentId id{tx.insert(kAddComment, order, admin, now)};
    const auto sealed = tx.vault().seal(place_of(id), text);
    tx.run(kSealComment, id, storage::Blob{sealed});
    record_comment(tx, "order.commented", order, id, author, now);
    return {
        .id = id, .order = order, .author = admin, .author_name = author.name, .text = std::string(text), .at = now};
}

void remove_comment(storage::Transaction& tx, OrderId order, CommentId id, const Caller& who, Time now) {
    const auto author = tx.value<AdminId>(kAuthorOf, id, order);
    if (!author) {
        throw not_found("comment");
    }
    if (number(*author) != who.id && !who.is(Role::owner)) {
        throw Refusal(kNotYourComment, "somebody else wrote the comment: they remove it themselves, or an owner does");
    }
    tx.run(kRemoveComment, id);
    record_comment(tx, "order.comment_removed", order, id, who, now);
}

void erase_comments(storage::Transaction& tx, const std::string& orders) { tx.run(kEraseComments, orders); }

}  // namespace orderd::orders
