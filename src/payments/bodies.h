#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/fields.h"
#include "orders/bodies.h"
#include "payments/card.h"

namespace orderd::payments {

// The bodies of this department's requests, each declared once (see api/fields.h).

/// A card, or a token in its place.
struct ByCard : TypedCard {
    std::optional<std::string> token;
};
struct ByBankTransfer {};
struct ByCashOnDelivery {};
struct ByCash {};      ///< at the counter; staff say so
struct ByTerminal {};  ///< likewise, by a card terminal of the shop's bank
using PaymentMethod = std::variant<ByCard, ByBankTransfer, ByCashOnDelivery, ByCash, ByTerminal>;

/// Whether staff alone can say that an order is paid this way.
bool is_at_counter(const PaymentMethod& method);

/// The method's name in the settings and the database.
std::string_view name_of(const PaymentMethod& method);

struct NewPayment {
    OrderId order_id{};
    PaymentMethod method;
    std::optional<Money> amount;
    std::optional<std::string> return_url;
};

struct PaymentConfirmation {};

struct Capture {
    std::optional<Money> amount;  ///< nullopt: all of it
    std::string reference;
};

struct PaymentVoid {};

struct NewRefund {
    std::optional<Money> amount;  ///< nullopt: all that is left
    std::string reason;
    std::vector<orders::Units> restock;
};

}  // namespace orderd::payments

namespace orderd {

template <>
struct api::Fields<payments::ByCard> {
    static Declared<payments::ByCard> value();
};
template <>
struct api::Fields<payments::ByBankTransfer> {
    static Declared<payments::ByBankTransfer> value();
};
template <>
struct api::Fields<payments::ByCashOnDelivery> {
    static Declared<payments::ByCashOnDelivery> value();
};
template <>
struct api::Fields<payments::ByCash> {
    static Declared<payments::ByCash> value();
};
template <>
struct api::Fields<payments::ByTerminal> {
    static Declared<payments::ByTerminal> value();
};
template <>
struct api::Fields<payments::PaymentMethod> {
    static Declared<payments::PaymentMethod> value();
};
template <>
struct api::Fields<payments::NewPayment> {
    static Declared<payments::NewPayment> value();
};
template <>
struct api::Fields<payments::PaymentConfirmation> {
    static Declared<payments::PaymentConfirmation> value();
};
template <>
struct api::Fields<payments::Capture> {
    static Declared<payments::Capture> value();
};
template <>
struct api::Fields<payments::PaymentVoid> {
    static Declared<payments::PaymentVoid> value();
};
template <>
struct api::Fields<payments::NewRefund> {
    static Declared<payments::NewRefund> value();
};

}  // namespace orderd
