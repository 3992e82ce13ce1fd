#include "base/caller.h"

namespace orderd {

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

}  // namespace orderd
