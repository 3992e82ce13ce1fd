#include "http/caller.h"

namespace orderd::http {

Actor Caller::actor() const {
    switch (kind) {
        case Kind::nobody:
        case Kind::capability: return {.kind = Actor::Kind::guest, .id = 0, .name = {}, .address = address};
        case Kind::customer: return {.kind = Actor::Kind::customer, .id = id, .name = {}, .address = address};
        case Kind::admin: return {.kind = Actor::Kind::admin, .id = id, .name = name, .address = address};
        case Kind::api_key: return {.kind = Actor::Kind::api_key, .id = id, .name = name, .address = address};
    }
    return {.kind = Actor::Kind::guest, .id = 0, .name = {}, .address = address};
}

std::string_view to_text(Who who) {
    switch (who) {
        case Who::anyone: return "anyone";
        case Who::customer: return "customer";
        case Who::holder: return "holder";
        case Who::holder_or_staff: return "holder_or_staff";
        case Who::signed_in: return "signed_in";
        case Who::viewer: return "viewer";
        case Who::staff: return "staff";
        case Who::owner: return "owner";
    }
    return "owner";
}

}  // namespace orderd::http
