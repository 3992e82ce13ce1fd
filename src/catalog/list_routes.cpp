#include "catalog/list_routes.h"

#include <algorithm>
#include <array>

#include "catalog/collections.h"

namespace orderd::catalog {

namespace {

std::optional<Money> amount(const api::Request& in, std::string_view name) {
    const auto number = in.query_integer(name);
    return number ? std::optional(Money{*number}) : std::nullopt;
}

}  // namespace

std::string question(const api::Request& in, std::string_view list) {
    constexpr std::array<std::string_view, 9> kNames{"q",     "min_price",  "max_price", "in_stock", "sort",
                                                     "group", "collection", "limit",     "cursor"};
    std::string key(list);
    for (const auto name : kNames) {
        if (const auto value = in.query(name)) {
            key.append(1, '\0').append(name).append(1, '=').append(*value);
        }
    }
    return key;
}

bool narrows(const api::Request& in) {
    constexpr std::array<std::string_view, 6> kCostly{"q", "min_price", "max_price", "in_stock", "collection", "sort"};
    return std::any_of(kCostly.begin(), kCostly.end(), [&](auto name) { return in.query(name).has_value(); });
}

api::Answer printed_answer(const Printed& printed) {
    auto answer = api::printed(printed.text, "application/json", printed.etag);
    answer.page_after = printed.after;
    return answer;
}

Printed printed_page(const api::Request& in, Json rows, const Json& after) {
    const auto cursor = after.is_null() ? Json(nullptr) : Json(in.cursor_after(after));
    auto printed = print({{"data", std::move(rows)}, {"next_cursor", cursor}});
    if (!after.is_null()) {
        printed.after = after;
    }
    return printed;
}

Search search_of(const api::Request& in) {
    const auto group = in.query_integer("group");
    return {.q = in.query("q").value_or(""),
            .status = ProductStatus::active,
            .least_price = amount(in, "min_price"),
            .most_price = amount(in, "max_price"),
            .in_stock = in.query_flag("in_stock"),
            .low_stock = {},
            .group = group ? std::optional(GroupId{*group}) : std::nullopt,
            .sort = parse_sort(in.query("sort").value_or("newest")).value()};
}

Search search_of(const storage::View& view, const api::Request& in) {
    auto wanted = search_of(in);
    if (const auto collection = in.query("collection")) {
        wanted.collection = find_collection(view, *collection).value_or(CollectionId{0});
    }
    return wanted;
}

}  // namespace orderd::catalog
