#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/shape.h"
#include "base/actor.h"
#include "base/ids.h"
#include "base/refused.h"
#include "base/time.h"
#include "storage/writer.h"

namespace orderd::orders {

// What staff sort orders by. Two tags are the same if identifier_key() (base/folding.h) makes them the same: whatever their
// case, and spaces at their ends. Customers never see them. They are stored as they are: nobody's name belongs there.

inline constexpr Refused kTooManyTags{
    409, "too_many_tags",
    "The order has as many tags as it may have, or the shop as many different ones. Remove some first."};

struct Tag {
    std::int64_t id = 0;
    std::string text;         ///< as it was first typed
    std::int64_t orders = 0;  ///< that have it
};

/// The tags in use, most used first.
std::vector<Tag> tags_in_use(const storage::View& view);

/// The tag that a text means; nullopt: no order has it.
std::optional<Tag> find_tag(const storage::View& view, std::string_view text);

/// An order's tags, in alphabetical order.
std::vector<std::string> tags_of(const storage::View& view, OrderId order);

/// The same of many orders. An order without tags is not in it.
std::map<OrderId, std::vector<std::string>> tags_of(const storage::View& view, const std::vector<OrderId>& orders);

/// Adds tags to an order and removes others from it: what it has already, or has not, changes nothing. Records
/// "order.tags_changed" with the tags' ids, since their words might say something of a person.
///
/// @throws Refusal 404; 409 `too_many_tags`; 422 for a tag in which there is nothing to be seen
void change_tags(storage::Transaction& tx, OrderId order, const std::vector<std::string>& add,
                 const std::vector<std::string>& remove, const Actor& actor, Time now);

/// The tags of one order, in bodies and answers.
api::Shape order_tags_shape();

/// Takes their tags from the orders of a customer who is erased. `orders`: a JSON array.
void erase_tags(storage::Transaction& tx, const std::string& orders);

}  // namespace orderd::orders
