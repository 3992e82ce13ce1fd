#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/caller.h"
#include "base/ids.h"
#include "base/refused.h"
#include "base/time.h"
#include "storage/writer.h"

namespace orderd::orders {

// What staff say to each other about an order. Customers never see it; it is sealed, and erased with the customer.

inline constexpr Refused kTooManyComments{409, "too_many_comments",
                                          "The order has as many comments as it may have. Remove some first."};
inline constexpr Refused kNotYourComment{
    403, "not_your_comment", "Somebody else wrote the comment. They remove it themselves, or an owner does."};

enum class CommentId : std::int64_t {};

struct Comment {
    CommentId id{};
    OrderId order{};
    AdminId author{};
    std::string author_name;
    std::string text;
    Time at;
};

/// An order's comments, oldest first.
std::vector<Comment> comments_of(const storage::View& view, OrderId order);

/// Records "order.commented", without the text.
///
/// @throws Refusal 404; 409 `too_many_comments`
Comment add_comment(storage::Transaction& tx, OrderId order, std::string_view text, const Caller& author, Time now);

/// Removes one's own comment; an owner removes any. Records "order.comment_removed".
///
/// @throws Refusal 404; 403 `not_your_comment`
void remove_comment(storage::Transaction& tx, OrderId order, CommentId id, const Caller& who, Time now);

/// Removes the comments on the orders of a customer who is erased. `orders`: a JSON array.
void erase_comments(storage::Transaction& tx, const std::string& orders);

}  // namespace orderd::orders
