#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What ANALYZE would find in a shop of some size (SQLite's sqlite_stat1), computed: so that plans can be looked at as
/// a large shop has them. tests/storage/plans_test.cpp compares the figures with those of a shop that was filled.
namespace orderd::tests {

struct ShopSize {
    std::int64_t orders;
    std::int64_t products;
};

/// How many rows an index has, and how many of them have the same first column, the same first two, …
struct IndexFigures {
    std::string table;
    std::string index;  ///< empty: the table itself, of which nothing else says how long it is
    std::vector<std::int64_t> figures;
};

class Statistics {
public:
    /// @param schema  a database with the whole schema, and no rows
    /// @throws std::runtime_error naming the table or index whose size nobody has said
    Statistics(SQLite::Database& schema, ShopSize size);

    const std::vector<IndexFigures>& all() const { return all_; }

    /// Writes them into a database, for connections that are opened from then on.
    void write(SQLite::Database& database) const;

    /// Whether a shop's years of trade make a table longer. All do, but for a list with reasons.
    bool grows(std::string_view table) const;

    /// Whether a table grows with what the shop sells, and not with its orders.
    bool is_catalogue(std::string_view table) const;

    /// Whether an index has some rows of its table alone.
    bool is_partial(std::string_view index) const;

    bool knows(std::string_view table) const { return rows_.contains(table); }
    double rows(std::string_view table) const { return rows_.find(table)->second; }

    /// How many rows are found in an index by so many of its columns; 1 where nothing is known of it.
    double found(std::string_view index, std::size_t columns) const;

private:
    void add_index(SQLite::Database& schema, const std::string& table, const std::string& index, bool unique,
                   bool partial);

    std::map<std::string, double, std::less<>> rows_;
    std::vector<IndexFigures> all_;
};

}  // namespace orderd::tests
