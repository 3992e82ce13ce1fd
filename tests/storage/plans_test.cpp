// Every SQL text that the tests run is looked at as a shop with a million
// orders would run it. None reads a table that grows from end to end, and none
// sorts more rows than it shows, but for those that are named here with a
// reason, and that no stranger and no list runs.
//
// What the tests ran is known once they have: tests/run.sh runs this one after
// them.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <numeric>
#include <optional>
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
    std::string_view bound = "";  ///< what bounds it, where a stranger or a list
                                  ///< runs it; empty: none does
};

constexpr std::string_view kDays =
    "the orders of as many days as are asked "
    "for, 366 at most, are summed up by day";

constexpr std::string_view kSlice = "what is old is removed in slices, from the oldest on: its LIMIT ends it";

/// One that no test runs any more fails this test, and so does one whose plan
/// is good by now.
constexpr std::array kExceptions{
    Exception{"SELECT format('",
              "orderd check, and the check of a backup, on "
              "a connection of their own"},
    Exception{"SELECT id, sku, sku_key, name, name_key FROM product", "likewise"},
    Exception{"SELECT p.id, p.on_hand, p.reserved, coalesce(m.units, 0)", "likewise, and its repair"},
    Exception{"SELECT id, order_id, awaited, 0, product_id, units FROM wrong", "its repair alone"},
    Exception{"SELECT o.id AS id, o.awaits AS awaits, i.awaits AS by_lines", "orderd check, and its repair"},
    Exception{"SELECT id FROM document ORDER BY id", "likewise: each is opened"},
    Exception{"SELECT group_id, min(id), max(id) FROM product", "likewise"},
    Exception{"SELECT id FROM product_group g WHERE price_from IS NOT", "likewise"},
    Exception{"SELECT id FROM product WHERE (handle = '')", "likewise"},
    Exception{"FROM picture_content c ORDER BY c.id", "likewise: each is read with its sizes"},
    Exception{"INSERT INTO product_price (product_id, since, price) SELECT", "a migration, once"},
    Exception{"INSERT INTO import_change (import_id, subject, subject_id, kept) SELECT", "a migration, once"},
    Exception{"UPDATE import SET changes = json_set(json_remove", "a migration, once"},
    Exception{"UPDATE payment SET waived = amount - captured WHERE captured > 0", "a migration, once"},
    Exception{"UPDATE payment_attempt SET amount = p.amount, captured = iif(", "a migration, once"},
    Exception{"SELECT id FROM product_group ORDER BY id", "likewise: each is read with its variants"},
    Exception{"DELETE FROM former_email WHERE id IN (SELECT", "once an hour, and what is kept is a week's"},
    Exception{"DELETE FROM known_device WHERE id IN (SELECT", "once an hour, and what is kept has its term"},
    Exception{"DELETE FROM session WHERE id IN (SELECT", "once an hour, and what is kept has its term"},
    Exception{"SELECT id, at FROM audit_entry WHERE id < (SELECT max(id)", kSlice},
    Exception{"SELECT sequence, at FROM event WHERE sequence < (SELECT max(sequence)", kSlice},
    Exception{"SELECT a.id FROM payment p JOIN payment_attempt a", "every six hours, and few payments are undecided"},
    Exception{"FROM orders WHERE id >= ?4 AND id < ?5 AND placed_at >= ?1", kDays},
    Exception{"SELECT count(*), coalesce(sum(payment.amount), 0)",
              "payments with one of several statuses are summed up",
              "those of at most 10,001 payments a status are sorted"},
    Exception{"SELECT sold.product_id, product.sku", kDays},
    Exception{"FROM payment WHERE captured_at >= ?1 AND captured_at < ?2 GROUP BY 1, 2", kDays},
    Exception{"FROM payment_attempt WHERE at >= ?1 AND at < ?2 AND outcome = 'failed' GROUP BY 1", kDays},
    Exception{"WHERE coalesce(sent_at, at) >= ?1 AND coalesce(sent_at, at) < ?2", kDays},
    Exception{"SELECT d.tax_country, d.tax_treatment", "the documents of a month are summed up by rate"},
    Exception{"SELECT count(*) FROM product", "how far an export is"},
    Exception{"SELECT max(id) FROM import WHERE file_hash = ?1", "one import at a time, of those made by hand"},
    Exception{"SELECT id, key_hash FROM idempotency_key WHERE about <> ''", "a customer is erased once",
              "answers are kept for a day, whatever the shop's age"},
};

/// A new shop's database, with the figures of one of another size, or with none:
/// nobody may have asked SQLite to look.
class Planner {
public:
    explicit Planner(const std::optional<ShopSize>& size) {
        const SystemClock clock;
        app::open_shop(folder_.path(), clock, true);
        SQLite::Database database(file(), SQLite::OPEN_READWRITE);
        statistics_.emplace(database, size.value_or(kLarge));
        if (size) {
            statistics_->write(database);
        }
        // As the product opens it: whether references are checked is part of a
        // plan.
        connection_.emplace(file(), storage::Connection::Mode::read_write);
    }

    std::vector<PlanStep> plan(std::string_view sql) { return plan_of(connection_->database(), sql); }
    std::vector<std::string> faults(std::string_view sql) { return faults_of(sql, plan(sql), *statistics_); }

    /// The faults of its plan, and the plan; empty: there are none.
    std::string told(std::string_view sql, std::string_view how) {
        const auto steps = plan(sql);
        std::string text;
        for (const auto& fault : faults_of(sql, steps, *statistics_)) {
            text += fmt::format("{}it {}:\n", how, fault);
        }
        return text.empty() ? text : text + printed(steps);
    }

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

bool has_a_plan(std::string_view sql) {
    constexpr std::array<std::string_view, 5> kVerbs{"SELECT", "WITH", "INSERT", "UPDATE", "DELETE"};
    return std::any_of(kVerbs.begin(), kVerbs.end(), [&](auto verb) { return sql.starts_with(verb); });
}

/// The pieces of SQL in a folder's sources: literals, cut where something is
/// put in.
std::set<std::string> pieces_in(std::string_view folder, std::size_t shortest) {
    std::set<std::string> found;
    for (const auto& file : source_files({folder}, {".cpp", ".h"})) {
        for (const auto& literal : literals(file.text())) {
            for (std::size_t from = 0; from < literal.size();) {
                const auto open = std::min(literal.find('{', from), literal.size());
                auto piece = with_single_blanks(literal.substr(from, open - from));
                if (piece.size() >= shortest) {
                    found.insert(std::move(piece));
                }
                from = std::min(literal.find('}', open), literal.size() - 1) + 1;
            }
        }
    }
    return found;
}

/// What only tests run: a literal of theirs that is none of the product's, or
/// what has a piece of such a one in it.
class SqlOfTests {
public:
    SqlOfTests() {
        const auto of_product = pieces_in("src", kLongEnough);
        for (const auto& piece : pieces_in("tests", kLongEnough)) {
            const bool shared = std::any_of(of_product.begin(), of_product.end(), [&](const std::string& one) {
                return one.find(piece) != std::string::npos;
            });
            if (!shared) {
                pieces_.push_back(piece);
            }
        }
    }

    bool has(const std::string& sql) const {
        return (of_tests_.contains(sql) && !of_product_.contains(sql)) ||
               std::any_of(pieces_.begin(), pieces_.end(),
                           [&](const std::string& piece) { return sql.find(piece) != std::string::npos; });
    }

private:
    static constexpr std::size_t kLongEnough = 20;  ///< not to be there by chance

    std::set<std::string> of_product_ = pieces_in("src", 1);
    std::set<std::string> of_tests_ = pieces_in("tests", 1);
    std::vector<std::string> pieces_;
};

/// The product's statements, each with its causes: without those that only
/// tests have, and those that the full-text index has for its own tables.
std::map<std::string, std::set<std::string>> product_statements() {
    const SqlOfTests of_tests;
    std::map<std::string, std::set<std::string>> found;
    for (const auto& [cause, text] : ran_statements()) {
        const auto sql = with_single_blanks(text);
        const bool of_full_text =
            sql.find("'product_text_") != std::string::npos || sql.find("'product_word_") != std::string::npos;
        const bool of_script = sql.ends_with(';');  // a migration's, which runs once, or a test's
        if (has_a_plan(sql) && !of_full_text && !of_script && !of_tests.has(sql)) {
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
    if (statements.size() < kFewestStatements) {
        FAIL("only " << statements.size() << " statements are known to this build. Run all other tests first: "
                     << "tests/run.sh --quick, or ctest --label-exclude last --test-dir "
                     << std::filesystem::path(kExecutable).parent_path());
    }
    Planner without_figures(std::nullopt);
    Planner with_figures(kLarge);
    const auto quick = routes_that_must_be_quick();
    std::set<std::string_view> needed;
    for (const auto& [sql, causes] : statements) {
        const auto told = [&, &text = sql] {
            try {
                auto faults = without_figures.told(text, "");
                return faults + with_figures.told(text, "with SQLite's statistics ");
            } catch (const SQLite::Exception&) {
                return std::string();  // of another database: the simulated card
                                       // network's, or an older schema
            }
        }();
        if (told.empty()) {
            continue;
        }
        const auto* exception = std::find_if(kExceptions.begin(), kExceptions.end(), [&, &text = sql](const auto& one) {
            return text.find(one.part) != std::string::npos;
        });
        if (exception == kExceptions.end()) {
            FAIL_CHECK(sql << "\nrun by: " << fmt::format("{}", fmt::join(causes, ", ")) << '\n'
                           << told
                           << "Let an index lead to its rows; or name it in "
                              "kExceptions, with a reason.");
            continue;
        }
        needed.insert(exception->part);
        for (const auto& cause : causes) {
            if (exception->bound.empty() && quick.contains(cause)) {
                FAIL_CHECK(sql << "\nis run by " << cause << ", which must not wait for it\n" << told);
            }
        }
    }
    for (const auto& exception : kExceptions) {
        INFO(exception.part << ": no test runs such a statement, or its plan is "
                               "good: remove the exception");
        CHECK(needed.contains(exception.part));
    }
}

TEST_CASE(
    "a plan that reads or sorts a long table is found, and a good one is "
    "let be") {
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
        {"SELECT p.id FROM json_each(?1) AS wanted JOIN payment p ON p.captured = "
         "wanted.value",
         {"reads all of payment"}},
        {"SELECT rowid FROM product_text WHERE product_text MATCH ?1", {}},
        {"SELECT rowid FROM product_text", {"reads all of product_text"}},
        {"DELETE FROM mail WHERE id IN (SELECT id FROM mail WHERE attempts = 3 "
         "LIMIT 500)",
         {"reads all of mail"}},
        {"UPDATE orders SET version = version + 1 WHERE id = ?1", {}},
        {"SELECT o.id FROM orders o WHERE +o.id IN (1, 2) AND o.id < ?1 ORDER BY o.id LIMIT 5",
         {"passes rows of orders that it does not name"}},
        {"SELECT o.id FROM orders o WHERE o.id IN (1, 2) AND o.id < ?1 ORDER BY o.id LIMIT 5", {}},
    };
    Planner planner(kLarge);
    for (const auto& [sql, faults] : examples) {
        INFO(sql << "\n" << printed(planner.plan(sql)));
        CHECK(planner.faults(sql) == faults);
    }
}

TEST_CASE("rows that a long statement names are looked up, whatever is known of the table") {
    std::vector<int> ids(500);
    std::iota(ids.begin(), ids.end(), 2'000);
    const auto page = [&](std::string_view bound) {
        return fmt::format(
            "SELECT DISTINCT o.id FROM orders o WHERE o.id IN ({0}) AND +o.status IN ('expired') AND "
            "{1}o.id < ?1 AND {1}o.id >= ?2 ORDER BY o.id DESC LIMIT ?3",
            fmt::join(ids, ", "), bound);
    };
    constexpr ShopSize kMiddling{.orders = 100'000, .products = 1'000};
    for (const auto& size : {std::optional<ShopSize>(), std::optional(kMiddling), std::optional(kLarge)}) {
        Planner planner(size);
        INFO(printed(planner.plan(page("+"))));
        CHECK(planner.faults(page("+")).empty());
    }
    CHECK_FALSE(Planner(kMiddling).faults(page("")).empty());  // where the span seems to be short
}

TEST_CASE("the figures of a large shop are those of a small one that was filled, but for its size", "[large]") {
    constexpr ShopSize kSmall{.orders = 3000, .products = 200};
    constexpr double kAlike = 5;  // times as much, or as little
    // The filling audits no orders, makes no groups unless it is told to, and
    // gives all payments and parcels one status.
    constexpr std::array<std::string_view, 7> kNotFilled{
        "audit_entry",           "payment_by_status",     "shipment_by_status",    "product_by_handle",
        "product_alone_by_time", "product_alone_by_name", "product_alone_by_price"};
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
        SQLite::Statement found(filled,
                                "SELECT stat FROM sqlite_stat1 WHERE tbl = "
                                "?1 AND idx IS nullif(?2, '')");
        found.bind(1, table);
        found.bind(2, index);
        const bool is_filled = std::none_of(kNotFilled.begin(), kNotFilled.end(),
                                            [&, &of = table, &by = index](auto one) { return one == of || one == by; });
        if (!is_filled || !computed.grows(table) || !found.executeStep()) {
            continue;  // the filling makes no jobs, mails, sessions, …
        }
        std::istringstream words(found.getColumn(0).getString());
        std::vector<double> counted;
        for (double one = 0; words >> one;) {
            counted.push_back(one);
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
