#include "support/event_bodies.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/errors.h"
#include "base/json.h"
#include "notify/event_bodies.h"

namespace orderd::tests {

namespace {

constexpr auto kNewest = R"sql(
    SELECT kind, subject, body FROM event
     WHERE sequence > (SELECT coalesce(max(sequence), 0) FROM event) - 1000 ORDER BY sequence
)sql";

bool is_of_a_test(const std::string& kind) { return kind.starts_with("test.") || kind.starts_with("thing."); }

}  // namespace

void check_event_bodies(const storage::View& view) {
    static const auto known = notify::sent_events().kinds;
    view.each(kNewest, [&](const storage::Row& row) {
        const auto kind = row.get<std::string>(0);
        const auto body = row.get<std::string>(2);
        const auto found = std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.name == kind; });
        if (is_of_a_test(kind)) {
            return;
        }
        if (found == known.end()) {
            FAIL_CHECK(kind << " has no body in src/notify/event_bodies.cpp");
            return;
        }
        std::vector<Fault> faults;
        found->body.check(Json::parse(body), "", faults);
        for (const auto& fault : faults) {
            FAIL_CHECK(kind << " is not as the document says: " << fault.pointer << ' ' << fault.detail << ": "
                            << body);
        }
        if (found->subject != row.get<std::string>(1)) {
            FAIL_CHECK(kind << " is about a " << row.get<std::string>(1) << ", and the document says "
                            << found->subject);
        }
    });
}

}  // namespace orderd::tests
