#include "orders/access.h"

#include "base/errors.h"
#include "base/text.h"

namespace orderd::orders {

bool may_see(const Caller& caller, const Order& order) {
    if (order.status == Status::draft && caller.is_stranger()) {
        return false;
    }
    switch (caller.kind) {
        case Caller::Kind::nobody: return false;
        case Caller::Kind::capability: return equal_in_constant_time(caller.capability_hash, order.access_token_hash);
        case Caller::Kind::customer: return caller.id == number(order.customer);
        case Caller::Kind::admin:
        case Caller::Kind::api_key: return caller.is(Role::viewer);
    }
    return false;
}

Order get_for(const storage::View& view, OrderId id, const Caller& caller) {
    auto order = get(view, id);
    if (!may_see(caller, order)) {
        throw not_found("order");
    }
    return order;
}

}  // namespace orderd::orders
