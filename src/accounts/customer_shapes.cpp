#include "accounts/customer_shapes.h"

namespace orderd::accounts {

using api::Shape;

Shape name_shape() { return Shape::text(1, 200).described("as it is written on a parcel").example("Ada Lovelace"); }
Shape phone_shape() { return Shape::text(0, 40).example("+49 30 1234567"); }

Shape address_shape() { return api::shape_of<Address>(); }

Shape contact_shape() {
    return Shape::object({{"name", name_shape()},
                          {"email", Shape::text(0, 254).described("empty: none was given")},
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
    return Shape::object(
               {{"id", Shape::id()},
                {"name", name_shape().nullable()},
                {"email", Shape::text(0, 254).nullable()},
                {"phone", phone_shape().nullable()},
                {"shipping_address", address_shape().nullable()},
                {"has_account", Shape::boolean().described("can sign in; guests cannot")},
                {"erased", Shape::boolean().described("its personal data was erased on request")},
                api::optional("documents_kept_until",
                              Shape::text(10, 10)
                                  .nullable()
                                  .described("the last day on which invoices that name the customer are kept, "
                                             "as the law demands, also once it was erased; null: there are "
                                             "none. Not in lists")
                                  .example("2036-12-31")),
                {"created_at", Shape::time()},
                {"updated_at", Shape::time()},
                {"version", Shape::id()}})
        .named("Customer");
}

}  // namespace orderd::accounts

namespace orderd::api {

using accounts::Address;
using accounts::CustomerDetails;

Declared<Address> Fields<Address>::value() {
    return object<Address>(
        "Address",
        {field("line1", &Address::line1, Shape::text(1, 200).example("Analytische Allee 12")),
         optional("line2", &Address::line2, Shape::text(0, 200).example("")),
         field("city", &Address::city, Shape::text(1, 100).example("Berlin")),
         optional("region", &Address::region, Shape::text(0, 100).described("state, province or county").example("")),
         optional("postal_code", &Address::postal_code, Shape::text(0, 20).example("10115")),
         field("country", &Address::country, Shape::country())});
}

Declared<CustomerDetails> Fields<CustomerDetails>::value() {
    return object<CustomerDetails>(
        "OrderCustomer",
        {field("name", &CustomerDetails::name, accounts::name_shape()),
         field("email", &CustomerDetails::email, Shape::email()),
         optional("phone", &CustomerDetails::phone, accounts::phone_shape()),
         optional("shipping_address", &CustomerDetails::shipping_address,
                  shape_of<Address>().described("needed for all orders but those that are picked up"))});
}

}  // namespace orderd::api
