#include "accounts/customer_shapes.h"

namespace orderd::accounts {

using api::optional;
using api::Shape;

namespace {

Shape name_shape() { return Shape::text(1, 200).described("as it is written on a parcel"); }
Shape phone_shape() { return Shape::text(0, 40); }

}  // namespace

Shape address_shape() {
    return Shape::object({{"line1", Shape::text(1, 200)},
                          optional("line2", Shape::text(0, 200)),
                          {"city", Shape::text(1, 100)},
                          optional("region", Shape::text(0, 100).described("state, province or county")),
                          optional("postal_code", Shape::text(0, 20)),
                          {"country", Shape::country()}})
        .named("Address");
}

Shape order_customer_shape() {
    return Shape::object({{"name", name_shape()},
                          {"email", Shape::email()},
                          optional("phone", phone_shape()),
                          {"shipping_address", address_shape()}})
        .named("OrderCustomer");
}

Shape contact_shape() {
    return Shape::object({{"name", name_shape()},
                          {"email", Shape::email()},
                          {"phone", phone_shape()},
                          {"shipping_address", address_shape()}})
        .named("Contact");
}

Shape account_shape() {
    return Shape::object({{"id", Shape::id()},
                          {"name", name_shape()},
                          {"email", Shape::email()},
                          {"phone", phone_shape()},
                          {"shipping_address", address_shape().nullable()},
                          {"created_at", Shape::time()},
                          {"updated_at", Shape::time()},
                          {"version", Shape::id()}})
        .named("Account");
}

Shape customer_shape() {
    return Shape::object({{"id", Shape::id()},
                          {"name", name_shape().nullable()},
                          {"email", Shape::email().nullable()},
                          {"phone", phone_shape().nullable()},
                          {"shipping_address", address_shape().nullable()},
                          {"has_account", Shape::boolean().described("can sign in; guests cannot")},
                          {"erased", Shape::boolean().described("its personal data was erased on request")},
                          {"created_at", Shape::time()},
                          {"updated_at", Shape::time()},
                          {"version", Shape::id()}})
        .named("Customer");
}

}  // namespace orderd::accounts
