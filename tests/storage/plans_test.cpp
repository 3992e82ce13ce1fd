// Every SQL text that the tests run is looked at as a shop with a million orders would run it. None reads a table that
// grows from end to end, and none sorts more rows than it shows, but for those that are named here with a reason, and
// that no stranger and no list runs.
//
// What the tests ran is known once they have: tests/run.sh runs this one after them.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "api/server.h"
#include "app/open_shop.h"
#include "paths.h"
#include "storage/connection.h"
#include "storage/store.h"
#include "support/plan.h"
#include "support/shop.h"
#include "support/source_tree.h"
#include "support/statements.h"
#include "support/statistics.h"
#include "support/temporary_folder.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

constexpr ShopSize kLarge{.orders = 1'000'000, .products = 100'000};

/// Fewer are not what all tests ran.
constexpr std::size_t kFewestStatements = 500;

struct Exception {
    std::string_view part;  ///< of the statement, its blanks as one
    std::string_view reason;
};

/// One that no test runs any more fails this test, as does one whose plan is good by now.
constexpr std::array kExceptions{
    Exception{"", ""},
};

/// Statements of storage that are made for the moment, on tables of that moment.
constexpr std::array<std::string_view, 2> kPassing{"kept_rows", "sqlite_temp_schema"};

/// A new shop's database, with the figures of a large one, or with none: nobody may have asked SQLite to look.
class Planner {
public:
    explicit Planner(bool with_figures) {
        const SystemClock clock;
        app::open_shop(folder_.path(), clock, true);
        SQLite::Database database(file(), SQLite::OPEN_READWRITE);
        statistics_.emplace(database, kLarge);
        if (with_figures) {
            statistics_->write(database);
        }
        // As the product opens it: whether references are checked is part of a plan.
        connection_.emplace(file(), storage::Connection::Mode::read_write);
    }

    std::vector<PlanStep> plan(std::string_view sql) { return plan_of(connection_->database(), sql); }
    std::vector<std::string> faults(std::string_view sql) { return faults_of(sql, plan(sql), *statistics_); }
    const Statistics& statistics() const { return *statistics_; }

private:
    std::string file() const { return (folder_.path() / "shop.db").string(); }

    TemporaryFolder folder_;
    std::optional<Statistics> statistics_;
    std::optional<storage::Connection> connection_;
};

std::string with_single_blanks(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool blank = std::isspace(static_cast<unsigned char>(c)) != 0;
        if (!blank) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (out.ends_with(' ')) {
        out.pop_back();
    }
    return out;
}

std::set<std::string> literals_of(std::string_view folder) {
    std::set<std::string> found;
    for (const auto& file : source_files({folder}, {".cpp", ".h"})) {
        for (const auto& literal : literals(file.text())) {
            found.insert(with_single_blanks(literal));
        }
    }
    return found;
}

bool has_a_plan(std::string_view sql) {
    constexpr std::array<std::string_view, 5> kVerbs{"SELECT", "WITH", "INSERT", "UPDATE", "DELETE"};
    return std::any_of(kVerbs.begin(), kVerbs.end(), [&](auto verb) { return sql.starts_with(verb); });
}

/// The product's statements, each with its causes: without those that only tests have, and those that the full-text
/// index has for its own tables.
std::map<std::string, std::set<std::string>> product_statements() {
    const auto of_product = literals_of("src");
    const auto of_tests = literals_of("tests");
    std::map<std::string, std::set<std::string>> found;
    for (const auto& [cause, text] : ran_statements()) {
        const auto sql = with_single_blanks(text);
        const bool only_tests = of_tests.contains(sql) && !of_product.contains(sql);
        const bool of_full_text =
            sql.find("'product_text_") != std::string::npos || sql.find("'product_word_") != std::string::npos;
        if (has_a_plan(sql) && !only_tests && !of_full_text) {
            found[sql].insert(cause);
        }
    }
    return found;
}

/// Routes that anyone may become a caller of, and lists.
std::set<std::string> routes_that_must_be_quick() {
    Shop shop;
    std::set<std::string> routes;
    for (const auto& row : shop.app().server().routes().rows()) {
        if (row.route.who < api::Who::viewer || row.route.paged) {
            routes.insert(row.route.method + ' ' + row.route.path);
        }
    }
    return routes;
}

}  // namespace

TEST_CASE("every statement that the tests ran has a plan that a large shop can bear", "[.][plans]") {
    const auto statements = product_statements();
    INFO(
        "too few statements are known to this build. First run all other tests: tests/run.sh --quick, or ctest "
        "--test-dir "
        << std::filesystem::path(kExecutable).parent_path() << " --label-exclude last");
    REQUIRE(statements.size() >= kFewestStatements);
    Planner without_figures(false);
    Planner with_figures(true);
    const auto quick = routes_that_must_be_quick();
    std::set<std::string_view> needed;
    for (const auto& [sql, causes] : statements) {
        if (std::any_of(kPassing.begin(), kPassing.end(),
                        [&, &text = sql](auto part) { return text.find(part) != std::string::npos; })) {
            continue;
        }
        std::string told;
        for (auto* planner : {&without_figures, &with_figures}) {
            try {
                const auto plan = planner->plan(sql);
                for (const auto& fault : faults_of(sql, plan, planner->statistics())) {
                    told += fmt::format("{} {}:\n{}", planner == &with_figures ? "with statistics it" : "it", fault,
                                        printed(plan));
                }
            } catch (const SQLite::Exception& error) {
                told += fmt::format("it cannot be prepared: {}\n", error.what());
            }
        }
        if (told.empty()) {
            continue;
        }
        FAIL_CHECK(sql << "\n" << fmt::format("{}", fmt::join(causes, ", ")) << "\n" << told);
    }
}

TEST_CASE("a plan that reads or sorts a long table is found, and a good one is let be") {
    struct Example {
        std::string_view sql;
        std::vector<std::string> faults;
    };
    const std::vector<Example> examples{
        {"SELECT id FROM orders WHERE total = 5", {"reads all of orders"}},
        {"SELECT o.id FROM orders AS o WHERE o.total = 5", {"reads all of orders"}},
        {"SELECT count(*) FROM event", {"reads all of event"}},
        {"SELECT id FROM orders WHERE total = 5 ORDER BY id DESC LIMIT 50", {"reads all of orders"}},
        {"SELECT id FROM orders ORDER BY id DESC LIMIT 50", {}},
        {"SELECT id FROM orders WHERE id < ?1 ORDER BY id DESC LIMIT 50", {}},
        {"SELECT max(id) FROM orders", {}},
        {"SELECT EXISTS (SELECT 1 FROM product)", {}},
        {"SELECT EXISTS (SELECT 1 FROM product WHERE name = 'x')", {"reads all of product"}},
        {"SELECT name FROM setting WHERE value = '1'", {}},
        {"SELECT id FROM orders ORDER BY total LIMIT 5", {"sorts 1000000 rows"}},
        {"SELECT id FROM orders WHERE status = 'paid' ORDER BY total LIMIT 5", {"sorts 111112 rows"}},
        {"SELECT id FROM order_item WHERE order_id = ?1 ORDER BY sku", {}},
        {"SELECT DISTINCT total FROM orders WHERE managed_by = ?1", {"sorts 100000 rows"}},
        {"SELECT p.id FROM json_each(?1) AS wanted JOIN payment p ON p.amount = wanted.value",
         {"reads all of payment"}},
        {"SELECT rowid FROM product_text WHERE product_text MATCH ?1", {}},
        {"SELECT rowid FROM product_text", {"reads all of product_text"}},
        {"DELETE FROM mail WHERE id IN (SELECT id FROM mail WHERE attempts = 3 LIMIT 500)", {"reads all of mail"}},
        {"UPDATE orders SET version = version + 1 WHERE id = ?1", {}},
    };
    Planner planner(true);
    for (const auto& [sql, faults] : examples) {
        INFO(sql << "\n" << printed(planner.plan(sql)));
        CHECK(planner.faults(sql) == faults);
    }
}

TEST_CASE("the figures of a large shop are those of a small one that was filled, but for its size") {
    constexpr ShopSize kSmall{.orders = 3000, .products = 200};
    constexpr double kAlike = 3;  // times as much, or as little
    const TemporaryFolder folder;
    const auto fill = std::filesystem::path(kExecutable).parent_path() / "bench_fill";
    const auto command = fmt::format("'{}' --data '{}' --orders {} --products {}", fill.string(),
                                     folder.path().string(), kSmall.orders, kSmall.products);
    REQUIRE(std::system(command.c_str()) == 0);
    SQLite::Database filled((folder.path() / "shop.db").string(), SQLite::OPEN_READWRITE);
    filled.exec("ANALYZE");
    const Statistics computed(filled, kSmall);
    std::size_t compared = 0;
    for (const auto& [table, index, figures] : computed.all()) {
        SQLite::Statement found(filled, "SELECT stat FROM sqlite_stat1 WHERE tbl = ?1 AND idx IS nullif(?2, '')");
        found.bind(1, table);
        found.bind(2, index);
        if (!computed.grows(table) || !found.executeStep()) {
            continue;  // the filling makes no jobs, mails, sessions, …
        }
        std::istringstream words(found.getColumn(0).getString());
        std::vector<double> counted;
        for (double number = 0; words >> number;) {
            counted.push_back(number);
        }
        REQUIRE(counted.size() == figures.size());
        const bool holds_all = counted.front() > 20;  // a partial index of a handful of rows says nothing
        for (std::size_t i = 0; holds_all && i < figures.size(); ++i) {
            ++compared;
            INFO(table << ' ' << index << ": "
                       << fmt::format("{} by the statistics, {} counted", fmt::join(figures, " "),
                                      fmt::join(counted, " ")));
            CHECK(static_cast<double>(figures[i]) <= kAlike * counted[i]);
            CHECK(static_cast<double>(figures[i]) >= counted[i] / kAlike);
        }
    }
    CHECK(compared > 40);
}
