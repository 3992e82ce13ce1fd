#include "orders/links.h"

#include <fmt/format.h>

#include "base/text.h"
#include "orders/order.h"

namespace orderd::orders {

namespace {

constexpr auto kReceipt = "receipt page";
constexpr auto kOrderPage = "order page";
constexpr auto kPaymentPage = "payment page";
constexpr auto kPaymentLinks = "SELECT payment_links FROM orders WHERE id = ?1";

std::string key_of(const storage::Vault& vault, std::string_view purpose, OrderId order) {
    return to_base64url(vault.keyed_hash(purpose, std::to_string(number(order))));
}

/// Of the first link, and of each that replaced one before it.
std::string payment_key(const storage::Vault& vault, OrderId order, std::int64_t renewed) {
    const auto purpose = renewed == 0 ? std::string(kPaymentPage) : fmt::format("{} {}", kPaymentPage, renewed);
    return key_of(vault, purpose, order);
}

/// The parts of "1001-…".
struct Token {
    OrderId order{};
    std::string_view key;
};

std::optional<Token> parts_of(std::string_view token) {
    const auto dash = token.find('-');
    const auto id = dash == std::string_view::npos ? std::nullopt : parse_integer(token.substr(0, dash));
    return id ? std::optional(Token{.order = OrderId{*id}, .key = token.substr(dash + 1)}) : std::nullopt;
}

}  // namespace

std::string link_token(const storage::Vault& vault, std::string_view purpose, OrderId order) {
    return fmt::format("{}-{}", number(order), key_of(vault, purpose, order));
}

std::optional<OrderId> order_of_link(const storage::Vault& vault, std::string_view purpose, std::string_view token) {
    const auto parts = parts_of(token);
    if (!parts || !equal_in_constant_time(parts->key, key_of(vault, purpose, parts->order))) {
        return std::nullopt;
    }
    return parts->order;
}

std::string order_path(const storage::Vault& vault, OrderId order) {
    return "/o/" + link_token(vault, kOrderPage, order);
}

std::optional<OrderId> order_of_page(const storage::Vault& vault, std::string_view token) {
    return order_of_link(vault, kOrderPage, token);
}

std::string payment_path(const storage::Vault& vault, const Order& order) {
    return fmt::format("/pay/{}-{}", number(order.id), payment_key(vault, order.id, order.payment_links));
}

std::optional<OrderId> order_of_payment(const storage::View& view, std::string_view token) {
    const auto parts = parts_of(token);
    const auto renewed = parts ? view.value<std::int64_t>(kPaymentLinks, parts->order) : std::nullopt;
    if (!renewed || !equal_in_constant_time(parts->key, payment_key(view.vault(), parts->order, *renewed))) {
        return std::nullopt;
    }
    return parts->order;
}

std::string receipt_path(const storage::Vault& vault, OrderId order) {
    return "/receipt/" + link_token(vault, kReceipt, order);
}

std::optional<OrderId> order_of_receipt(const storage::Vault& vault, std::string_view token) {
    return order_of_link(vault, kReceipt, token);
}

}  // namespace orderd::orders
