#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/statistics.h"

/// What is wrong with how SQLite would run a statement in a large shop.
namespace orderd::tests {

struct PlanStep {
    int id;
    int parent;
    std::string detail;  ///< EXPLAIN QUERY PLAN's words: "SEARCH orders USING INTEGER PRIMARY KEY (rowid=?)"
};

/// @throws SQLite::Exception for a statement that this database does not take
std::vector<PlanStep> plan_of(SQLite::Database& database, std::string_view sql);

std::string printed(const std::vector<PlanStep>& plan);

/// A scan of a table that grows, but where it ends at its LIMIT since each row counts; a sort of more rows than are
/// shown at once; an index that is made for the one statement. What stands there twice is named once.
std::vector<std::string> faults_of(std::string_view sql, const std::vector<PlanStep>& plan,
                                   const Statistics& statistics);

}  // namespace orderd::tests
