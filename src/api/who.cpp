#include "api/who.h"

namespace orderd::api {

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

}  // namespace orderd::api
