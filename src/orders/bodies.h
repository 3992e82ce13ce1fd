#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/prepared_customer.h"
#include "api/fields.h"
#include "orders/billing_details.h"
#include "orders/legal_texts.h"
#include "orders/machine.h"
#include "orders/shipping.h"

namespace orderd::orders {

// The bodies of this department's requests, each declared once (see api/fields.h).

struct OrderLine {
    std::optional<ProductId> product_id;
    std::optional<std::string> sku;  ///< instead of product_id
    Quantity quantity = 0;
};

struct OrderRequest {
    std::optional<accounts::CustomerDetails> customer;  ///< nullopt: taken from the signed-in customer's account
    std::vector<OrderLine> items;
    std::string note;
    std::optional<std::string> locale;  ///< nullopt: as the header Accept-Language asks
    std::optional<std::string> discount_code;
    std::optional<BillingDetails> billing;
    std::optional<Money> expected_total;
    std::optional<DeliveryMethodId> delivery_method;  ///< nullopt: the cheapest that fits
    std::vector<LegalVersion> accepted_terms;
};

/// Where a quote's goods would go, as far as it is known yet.
struct QuoteAddress {
    std::string country;
    std::string region;
    std::string postal_code;
    std::string city;
};

struct QuoteCustomer {
    QuoteAddress shipping_address;
};

struct QuoteRequest {
    std::optional<QuoteCustomer> customer;  ///< nullopt: the signed-in customer's address
    std::vector<OrderLine> items;
    std::optional<std::string> discount_code;
    std::optional<DeliveryMethodId> delivery_method;
};

struct Cancellation {
    std::string reason;
};

/// What is absent stays.
struct CustomerChanges {
    std::optional<std::string> name;
    std::optional<std::string> email;
    std::optional<std::string> phone;
    std::optional<accounts::Address> shipping_address;
};

/// What is absent stays.
struct OrderUpdate {
    std::optional<Status> status;
    std::optional<CustomerChanges> customer;
    std::optional<std::string> note;
    std::optional<std::string> staff_note;
    std::optional<AdminId> managed_by;
    std::optional<std::string> locale;
    std::string reason;
    std::optional<std::optional<Time>> hold_until;         ///< inner nullopt: without an end
    bool keep_total = false;                               ///< whatever the new address
    std::optional<std::optional<BillingDetails>> billing;  ///< inner nullopt: the recipient is billed
    std::optional<bool> vat_id_verified;
    std::optional<std::string> delivery_note;
};

/// An order's number in a body. The first of a shop is 1001.
api::Shape order_number();

}  // namespace orderd::orders

namespace orderd {

template <>
struct api::Fields<orders::Units> {
    static Declared<orders::Units> value();
};
template <>
struct api::Fields<orders::QuoteAddress> {
    static Declared<orders::QuoteAddress> value();
};
template <>
struct api::Fields<orders::QuoteCustomer> {
    static Declared<orders::QuoteCustomer> value();
};
template <>
struct api::Fields<orders::QuoteRequest> {
    static Declared<orders::QuoteRequest> value();
};
template <>
struct api::Fields<orders::LegalVersion> {
    static Declared<orders::LegalVersion> value();
};
template <>
struct api::Fields<orders::OrderLine> {
    static Declared<orders::OrderLine> value();
};
template <>
struct api::Fields<orders::OrderRequest> {
    static Declared<orders::OrderRequest> value();
};
template <>
struct api::Fields<orders::Cancellation> {
    static Declared<orders::Cancellation> value();
};
template <>
struct api::Fields<orders::CustomerChanges> {
    static Declared<orders::CustomerChanges> value();
};
template <>
struct api::Fields<orders::OrderUpdate> {
    static Declared<orders::OrderUpdate> value();
};

}  // namespace orderd
