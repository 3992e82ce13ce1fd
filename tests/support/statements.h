#pragma once

#include <compare>
#include <set>
#include <string>
#include <vector>

/// Every SQL text that a connection of this process runs, and for whom: kept in the build's folder when the tests of
/// the process have ended, for the test of their plans. SQLite itself is asked (sqlite3_trace_v2), so that the product
/// knows nothing of it.
namespace orderd::tests {

struct RanStatement {
    std::string cause;  ///< "GET /products": the one request that was under way; "jobs"; empty: nobody can say
    std::string sql;
    auto operator<=>(const RanStatement&) const = default;
};

/// All that the tests of this very build have run so far, other processes' included.
std::set<RanStatement> ran_statements();

/// While it lives, what the shop's threads run is for this cause. Where there are several at the same time, nobody can
/// say whose a statement is. Thread-safe.
class Because {
public:
    explicit Because(std::string cause);
    Because(const Because&) = delete;
    Because& operator=(const Because&) = delete;
    ~Because();

private:
    std::string cause_;
};

}  // namespace orderd::tests
