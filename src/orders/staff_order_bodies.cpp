#include "orders/staff_order_bodies.h"

#include "accounts/customer_shapes.h"

namespace orderd::api {

using namespace orders;
using accounts::Address;

namespace {

Shape hold_shape() {
    return Shape::time().nullable().described(
        "until when it holds its stock; null: until it is paid; absent: as long as for a bank transfer");
}

}  // namespace

Declared<StaffCustomer> Fields<StaffCustomer>::value() {
    return object<StaffCustomer>(
        "StaffCustomer",
        {field("name", &StaffCustomer::name, accounts::name_shape()),
         optional("email", &StaffCustomer::email, Shape::text(0, 254).described("empty or absent: none").example("")),
         optional("phone", &StaffCustomer::phone, accounts::phone_shape()),
         optional("shipping_address", &StaffCustomer::shipping_address,
                  shape_of<Address>().described("needed for all orders but those that are picked up"))});
}

Declared<StaffOrderRequest> Fields<StaffOrderRequest>::value() {
    constexpr std::size_t kMostLines = 200;
    return object<StaffOrderRequest>(
        "StaffOrder",
        {optional("status", &StaffOrderRequest::status,
                  Shape::one_of({"pending", "draft"}).described("a draft holds no stock, and is placed later")),
         optional("customer_id", &StaffOrderRequest::customer_id,
                  Shape::id().described("a known customer, who gets it unless customer says otherwise"))
             .not_in_example(),
         optional("customer", &StaffOrderRequest::customer, shape_of<StaffCustomer>().described("who gets it")),
         field("items", &StaffOrderRequest::items, Shape::list(shape_of<StaffLine>(), 1, kMostLines)),
         optional("discount", &StaffOrderRequest::discount, shape_of<StaffDiscount>()).not_in_example(),
         optional("hold_until", &StaffOrderRequest::hold_until, hold_shape()).not_in_example(),
         optional("delivery_method_id", &StaffOrderRequest::delivery_method,
                  Shape::id().described("the cheapest that fits if absent, but never a pickup"))
             .not_in_example(),
         optional("note", &StaffOrderRequest::note, Shape::lines(0, 2000).described("the customer's note")),
         optional("locale", &StaffOrderRequest::locale,
                  Shape::one_of(Language::codes()).described("of all that goes to the customer; else the shop's")),
         optional("dry_run", &StaffOrderRequest::dry_run,
                  Shape::boolean().described("true: answers what the order would be, and stores nothing"))
             .not_in_example()});
}

Declared<DraftPlacement> Fields<DraftPlacement>::value() {
    return object<DraftPlacement>("DraftPlacement",
                                  {optional("hold_until", &DraftPlacement::hold_until, hold_shape()).not_in_example()});
}

}  // namespace orderd::api
