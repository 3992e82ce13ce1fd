#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/answer.h"
#include "api/route.h"
#include "api/shape.h"
#include "base/json.h"
#include "storage/last_known.h"

namespace orderd::api {

inline constexpr auto kAllowedOrigins = "allowed_origins";  ///< the setting's name

/// The setting: origins as browsers send them, such as "https://www.example.com".
Shape allowed_origins_shape();
Json allowed_origins_json(const storage::View& view);

/// Adds a fault for each text that is not an origin, and says what to write instead.
void check_allowed_origins(const Json& value, std::vector<Fault>& faults);

/// Whether pages of other origins may call a route: those for everybody and for customers. Never staff's, and never
/// /auth, where staff sign in.
bool is_for_other_origins(const Route& route);

/// Tells browsers which pages of other origins may read answers (CORS: fetch.spec.whatwg.org, section 3.3). Such
/// requests are made without cookies, since no answer allows credentials. Thread-safe.
class CrossOrigin {
public:
    explicit CrossOrigin(storage::Store& store);

    /// Adds the headers to an answer of a route that is_for_other_origins().
    ///
    /// @param origin  the request's header; empty without one
    void allow(Answer& answer, std::string_view origin);

    /// The headers of the answer to a preflight for such a route: OPTIONS with Access-Control-Request-Method.
    void allow_preflight(Answer& answer, std::string_view origin, std::string_view method);

private:
    storage::LastKnown<std::vector<std::string>> origins_;
};

}  // namespace orderd::api
