#pragma once

#include <cstdint>

namespace orderd {

// One type for each kind of row, so that a product's id cannot be passed for an order's.

enum class AdminId : std::int64_t {};
enum class CustomerId : std::int64_t {};
enum class ProductId : std::int64_t {};
enum class OrderId : std::int64_t {};  ///< the order number: starts at 1001
enum class ItemId : std::int64_t {};
enum class PaymentId : std::int64_t {};
enum class RefundId : std::int64_t {};
enum class ShipmentId : std::int64_t {};
enum class AlertId : std::int64_t {};
enum class SessionId : std::int64_t {};
enum class ApiKeyId : std::int64_t {};
enum class ImportId : std::int64_t {};
enum class PictureId : std::int64_t {};
enum class JobId : std::int64_t {};
enum class DiscountCodeId : std::int64_t {};
enum class DeliveryMethodId : std::int64_t {};
enum class GroupId : std::int64_t {};  ///< of a product group
enum class CollectionId : std::int64_t {};

template <class Id>
constexpr std::int64_t number(Id id) {
    return static_cast<std::int64_t>(id);
}

/// A count of units of a product.
using Quantity = std::int64_t;

constexpr Quantity kMaxQuantity = 1'000'000'000;  ///< of stock: far above any shop's need, far below overflow
constexpr Quantity kMaxOrderQuantity = 10'000;    ///< of one order line

}  // namespace orderd
