// Tags and comments: how those who work on orders tell each other what is up.

#include <fmt/format.h>

#include "accounts/signing_in.h"
#include "base/budgets.h"
#include "base/errors.h"
#include "base/text.h"
#include "orders/comments.h"
#include "orders/routes.h"
#include "orders/tags.h"

namespace orderd::orders {

namespace {

struct TagChanges {
    std::vector<std::string> add;
    std::vector<std::string> remove;
};

struct NewComment {
    std::string text;
};

}  // namespace

}  // namespace orderd::orders

namespace orderd {

template <>
struct api::Fields<orders::TagChanges> {
    static Declared<orders::TagChanges> value() {
        using orders::TagChanges;
        return object<TagChanges>(
            "TagChanges",
            {optional("add", &TagChanges::add, orders::order_tags_shape().described("tags that it gets")),
             optional("remove", &TagChanges::remove, orders::order_tags_shape().described("tags that it loses"))});
    }
};

template <>
struct api::Fields<orders::NewComment> {
    static Declared<orders::NewComment> value() {
        return object<orders::NewComment>(
            "NewComment", {field("text", &orders::NewComment::text, Shape::lines(1, budget::kComment))});
    }
};

}  // namespace orderd

namespace orderd::orders {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Shape tags_in_use_shape() {
    const auto tag = Shape::object({{"tag", Shape::text(1, budget::kTagLetters).described("as it was first typed")},
                                    {"orders", Shape::integer(1, 9'007'199'254'740'991).described("that have it")}})
                         .named("TagInUse");
    return Shape::object({{"data", Shape::list(tag, 0, budget::kTags).described("most used first")}})
        .named("TagsInUse");
}

Shape tags_of_order_shape() { return Shape::object({{"tags", order_tags_shape()}}).named("OrderTags"); }

Shape comment_shape() {
    return Shape::object({{"id", Shape::id()},
                          {"author_id", Shape::id().described("the user who wrote it")},
                          {"author", Shape::text(1, 64).described("their name")},
                          {"text", Shape::lines(1, budget::kComment)},
                          {"at", Shape::time()}})
        .named("StaffComment");
}

Shape comments_shape() {
    return Shape::object(
               {{"data", Shape::list(comment_shape(), 0, budget::kCommentsOfOrder).described("oldest first")}})
        .named("Comments");
}

Json to_json(const Comment& comment) {
    return {{"id", static_cast<std::int64_t>(comment.id)},
            {"author_id", number(comment.author)},
            {"author", comment.author_name},
            {"text", comment.text},
            {"at", rfc3339(comment.at)}};
}

/// A comment is a person's.
const Caller& person(const Request& in) {
    accounts::require_admin(in.caller(), "comments are written by people: sign in first");
    return in.caller();
}

Answer list_tags(Request& in, Desk&) {
    auto rows = Json::array();
    for (const auto& tag : tags_in_use(in.read())) {
        rows.push_back({{"tag", tag.text}, {"orders", tag.orders}});
    }
    return api::ok({{"data", std::move(rows)}});
}

Answer tag_order(Request& in, Desk&, TagChanges wanted) {
    const OrderId order{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        change_tags(tx, order, wanted.add, wanted.remove, in.actor(), in.now());
        return api::ok({{"tags", tags_of(tx, order)}});
    });
}

Answer list_comments(Request& in, Desk&) {
    const auto view = in.read();
    const OrderId order{in.id()};
    require_exists(view, order);
    auto rows = Json::array();
    for (const auto& comment : comments_of(view, order)) {
        rows.push_back(to_json(comment));
    }
    return api::ok({{"data", std::move(rows)}});
}

Answer write_comment(Request& in, Desk&, NewComment wanted) {
    const auto& who = person(in);
    const OrderId order{in.id()};
    const auto text = std::string(trimmed(wanted.text));
    if (text.empty()) {
        throw invalid("/text", "has nothing in it");
    }
    return in.mutate([&](storage::Transaction& tx) {
        const auto comment = add_comment(tx, order, text, who, in.now());
        return api::created(fmt::format("/admin/orders/{}/comments", number(order)), to_json(comment), 1);
    });
}

Answer unwrite_comment(Request& in, Desk&) {
    const auto& who = person(in);
    const OrderId order{in.id()};
    const CommentId comment{in.id("comment")};
    return in.mutate([&](storage::Transaction& tx) {
        remove_comment(tx, order, comment, who, in.now());
        return api::no_content();
    });
}

}  // namespace

void add_together_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Orders", desk);
    add({.method = "GET",
         .path = "/admin/order-tags",
         .name = "orders.tags",
         .who = Who::viewer,
         .summary = "List the tags that orders have",
         .answers = {{200, tags_in_use_shape()}}},
        list_tags);
    add({.method = "POST",
         .path = "/admin/orders/{id}/tags",
         .name = "orders.tag",
         .who = Who::staff,
         .summary = "Add tags to an order, and remove others",
         .answers = {{200, tags_of_order_shape()}},
         .refuses = {kTooManyTags},
         .idempotent = true},
        tag_order);
    add({.method = "GET",
         .path = "/admin/orders/{id}/comments",
         .name = "orders.comments",
         .who = Who::viewer,
         .summary = "List staff's comments on an order",
         .answers = {{200, comments_shape()}}},
        list_comments);
    add({.method = "POST",
         .path = "/admin/orders/{id}/comments",
         .name = "orders.comment",
         .who = Who::staff,
         .summary = "Comment on an order; its customer does not see it",
         .answers = {{201, comment_shape()}},
         .refuses = {accounts::kSessionRequired, kTooManyComments},
         .idempotent = true},
        write_comment);
    add({.method = "DELETE",
         .path = "/admin/orders/{id}/comments/{comment}",
         .name = "orders.removeComment",
         .who = Who::staff,
         .summary = "Remove one's own comment; an owner removes any",
         .answers = {{204, std::nullopt}},
         .refuses = {accounts::kSessionRequired, kNotYourComment}},
        unwrite_comment);
}

}  // namespace orderd::orders
