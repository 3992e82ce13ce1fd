#include "orders/links.h"

#include <fmt/format.h>

#include "base/text.h"

namespace orderd::orders {

namespace {

constexpr auto kReceipt = "receipt page";

std::string key_of(const storage::Vault& vault, std::string_view purpose, OrderId order) {
    return to_base64url(vault.keyed_hash(purpose, std::to_string(number(order))));
}

}  // namespace

std::string link_token(const storage::Vault& vault, std::string_view purpose, OrderId order) {
    return fmt::format("{}-{}", number(order), key_of(vault, purpose, order));
}

std::optional<OrderId> order_of_link(const storage::Vault& vault, std::string_view purpose, std::string_view token) {
    const auto dash = token.find('-');
    const auto id = dash == std::string_view::npos ? std::nullopt : parse_integer(token.substr(0, dash));
    if (!id || !equal_in_constant_time(token.substr(dash + 1), key_of(vault, purpose, OrderId{*id}))) {
        return std::nullopt;
    }
    return OrderId{*id};
}

std::string receipt_path(const storage::Vault& vault, OrderId order) {
    return "/receipt/" + link_token(vault, kReceipt, order);
}

std::optional<OrderId> order_of_receipt(const storage::Vault& vault, std::string_view token) {
    return order_of_link(vault, kReceipt, token);
}

}  // namespace orderd::orders
